"""The command lines of `kiosk import ...`; what they do loads when asked for."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.app.arguments import capitalised


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `import` with its subcommands."""
    about = "take over what exists already"
    imports = commands.add_parser("import", help=about, description=f"{capitalised(about)}.")
    subcommands = imports.add_subparsers(required=True, metavar="COMMAND")
    _add_inventory(subcommands, default_site)
    _add_calendar(subcommands, default_site)


def _add_inventory(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser], default_site: Path
) -> None:
    about = "list the car parks of published inventories"
    command = subcommands.add_parser(
        "inventory",
        help=about,
        description=f"{capitalised(about)}: ParkAPI, SBB P+Rail, DB BahnPark and HDB, each known "
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


def _add_calendar(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser], default_site: Path
) -> None:
    about = "take over an owner's calendar as the times of an offer"
    command = subcommands.add_parser(
        "calendar",
        help=about,
        description=f"{capitalised(about)}: each event of an iCalendar file is a time in which "
        "the space is shared. All events are taken or, where one cannot be kept to the minute, "
        "none is. Exit 1 when one was refused.",
    )
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument("--space", required=True, help="the label of the space, for example A05")
    command.add_argument("--owner", required=True, metavar="NAME", help="whose space it is")
    command.add_argument(
        "--busy",
        action="store_true",
        help="the events are times in which the owner needs the space, out of those shared",
    )
    command.add_argument("--site", type=Path, default=default_site, help="the site file")
    command.add_argument("--db", help="the database, for example sqlite:///var/site.db")
    command.add_argument("--dry-run", action="store_true", help="say all of it, write nothing")
    command.set_defaults(command=_calendar)


def _calendar(options: argparse.Namespace) -> int:
    from kiosk.app.import_calendar import import_calendar

    return import_calendar(options)
