"""The command lines of `kiosk tariff import` and `coverage`; what they do loads when asked for."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.app.arguments import capitalised

SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "tariffs"


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give `kiosk tariff` the subcommands about published price boards."""
    _add_import(subcommands)
    _add_coverage(subcommands)


def _add_import(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "turn published price models into tariff files"
    command = subcommands.add_parser(
        "import",
        help=about,
        description=f"{capitalised(about)}. Each record becomes a whole tariff or is refused by "
        "a line that says why. Exit 1 when any was refused.",
    )
    command.add_argument(
        "source", choices=("sbb", "db", "ocpi"), help="SBB P+Rail, DB BahnPark, or OCPI tariffs"
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="where the tariff files go"
    )
    command.add_argument("--zone", help="for ocpi: the time zone of the location")
    command.add_argument(
        "--phase",
        choices=("charging", "parking"),
        help="for ocpi: what a stay is, where a tariff prices both",
    )
    command.add_argument(
        "--replace", action="store_true", help="overwrite files that have other content"
    )
    command.add_argument("--json", action="store_true", help="one JSON object on stdout")
    command.set_defaults(command=_import)


def _add_coverage(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "count how many published price boards are shipped as tariffs and hold"
    command = subcommands.add_parser(
        "coverage", help=about, description=f"{capitalised(about)}. Exit 1 when a file does not."
    )
    command.add_argument(
        "folder", nargs="?", type=Path, default=SHIPPED, help="default: the shipped tariffs"
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object on stdout")
    form.add_argument("--markdown", action="store_true", help="the table for a README")
    form.add_argument("--refused", action="store_true", help="also each refused record, by line")
    command.set_defaults(command=_coverage)


def _import(options: argparse.Namespace) -> int:
    from kiosk.app.tariff_import import import_command

    return import_command(options)


def _coverage(options: argparse.Namespace) -> int:
    from kiosk.app.tariff_coverage import coverage_command

    return coverage_command(options)
