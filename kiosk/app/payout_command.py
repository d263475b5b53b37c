"""The command lines of `kiosk payout ...`; what they do loads when asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kiosk.app.arguments import capitalised, number_argument
from kiosk.app.local_times import month_argument, time_argument


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `payout` with its subcommands."""
    about = "pay owners out: propose, approve, release, note the bank's answer; their statements"
    payout = commands.add_parser("payout", help=about, description=f"{capitalised(about)}.")
    subcommands = payout.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, help_text: str, does: str) -> argparse.ArgumentParser:
        parser = subcommands.add_parser(
            name, help=help_text, description=f"{capitalised(help_text)}."
        )
        parser.add_argument("--site", type=Path, default=default_site, help="the site file")
        parser.add_argument("--db", metavar="URL", help="the site's database")
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
        parser.set_defaults(command=_later(does))
        return parser

    run = command("run", "propose what owners are paid at a cut-off; nothing moves", "propose")
    run.add_argument(
        "--cutoff", type=time_argument, metavar="T", help="default: the latest weekly cut-off"
    )
    command("list", "list the latest runs, of a running site too", "list_runs")
    _number(command("show", "show one run, of a running site too", "show_run"))
    for name, about_it, does in (
        ("approve", "approve a run with the PIN of an attendant", "approve"),
        ("release", "let the money of an approved run go", "release"),
        ("withdraw", "give a run up that was not released", "withdraw"),
    ):
        _attendant(_number(command(name, about_it, does)))
    paid = command("paid", "note that the bank has paid a run, but for what it rejected", "paid")
    _attendant(_number(paid))
    back = paid.add_mutually_exclusive_group()
    back.add_argument(
        "--rejected", action="append", default=[], metavar="ID", help="a payout that came back"
    )
    back.add_argument(
        "--returned",
        action="append",
        default=[],
        metavar="ID",
        help="one that came back after it was noted as paid",
    )
    paid.add_argument(
        "--reason", action="append", default=[], help="why; one for each that came back, in order"
    )
    export = command("export", "write the order to the bank; always the same bytes", "export")
    _number(export)
    export.add_argument("--out", type=Path, required=True, metavar="FILE")
    _add_statement(command("statement", "write the statement of an owner", "statement"))


def _add_statement(statement: argparse.ArgumentParser) -> None:
    statement.add_argument("owner", metavar="OWNER", help="by name, as in the site file")
    span = statement.add_mutually_exclusive_group(required=True)
    span.add_argument("--month", type=month_argument, metavar="YYYY-MM")
    span.add_argument("--from", dest="from_", type=time_argument, metavar="T")
    statement.add_argument("--until", type=time_argument, metavar="T", help="with --from")
    statement.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="ends in .pdf or .csv"
    )


def _number(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    command.add_argument(
        "run", type=number_argument, metavar="RUN", help="as `payout list` says it"
    )
    return command


def _attendant(command: argparse.ArgumentParser) -> None:
    command.add_argument("--attendant", required=True, metavar="NAME", help="who does it")
    command.add_argument(
        "--pin-stdin", action="store_true", help="read the PIN from stdin; else it is asked"
    )


def _later(name: str) -> Callable[[argparse.Namespace], int]:
    """A function of another module that is looked up when it is called."""
    module = "payout_statement" if name == "statement" else "payout_runs"

    def does(options: argparse.Namespace) -> int:
        done: int = getattr(import_module(f"kiosk.app.{module}"), name)(options)
        return done

    return does
