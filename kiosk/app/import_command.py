"""The command lines of `kiosk import ...`; what they do loads when asked for."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `import` with its subcommands."""
    about = "take over what exists already"
    imports = commands.add_parser("import", help=about, description=f"{about.capitalize()}.")
    subcommands = imports.add_subparsers(required=True, metavar="COMMAND")
    _add_inventory(subcommands, default_site)


def _add_inventory(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser], default_site: Path
) -> None:
    about = "list the car parks of published inventories"
    command = subcommands.add_parser(
        "inventory",
        help=about,
        description=f"{about.capitalize()}: ParkAPI, SBB P+Rail, DB BahnPark and HDB, each known "
        "by its content. All files are imported in one step or none is; each record is taken "
        "whole, left out, or refused by a line that says why. Exit 1 when any was refused.",
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--site", type=Path, default=default_site, help="the site file")
    command.add_argument("--db", help="the database, for example sqlite:///var/site.db")
    command.add_argument("--dry-run", action="store_true", help="say all of it, write nothing")
    command.add_argument("--json", action="store_true", help="one JSON object on stdout")
    command.add_argument(
        "--draft", metavar="KEY", help="import nothing; write a site file for this car park"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="where the draft goes")
    command.set_defaults(command=_inventory)


def _inventory(options: argparse.Namespace) -> int:
    from kiosk.app.import_inventory import import_inventory

    return import_inventory(options)
