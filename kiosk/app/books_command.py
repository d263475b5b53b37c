"""`kiosk books check | balances | reconcile`: whether the books are true.

By their own sums and by hledger; reconciling with providers is reconcile_command.py.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app import reconcile_command
from kiosk.app.arguments import capitalised
from kiosk.app.exit_codes import DONE, REFUSED

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from db.store import Tx
    from kiosk.domain.ledger import Balance

_HLEDGER_WAITS_S = 600


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `books` with its subcommands."""
    about = "check the books of a site, of a running one too, and show its balances"
    books = commands.add_parser("books", help=about, description=f"{capitalised(about)}.")
    subcommands = books.add_subparsers(required=True, metavar="COMMAND")
    for name, task, help_text in (
        ("check", _check, "sum every transfer anew, and let hledger check all journals"),
        ("balances", _balances, "what every account has"),
    ):
        command = subcommands.add_parser(
            name, help=help_text, description=f"{capitalised(help_text)}."
        )
        command.add_argument("--site", type=Path, default=default_site, help="the site file")
        command.add_argument("--db", help="the database, for example sqlite:///var/site.db")
        command.add_argument("--json", action="store_true", help="one JSON object on stdout")
        command.set_defaults(command=task)
    reconcile_command.add_to(subcommands, default_site=default_site)


def _check(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.export import snapshot

    zone = read_site_file(options.site).to_site().zone
    with snapshot(options.site, options.db) as tx:
        stored, summed = tx.ledger.balances(), tx.ledger.sums()
        wrong = list(_differences(stored, summed))
        journals = sum(1 for _ in tx.ledger.journals())
        hledger = _ask_hledger(tx, zone)
    if hledger is not None:
        wrong += hledger
    if options.json:
        is_asked = hledger is not None
        answer = {"journals": journals, "accounts": len(stored), "hledger": is_asked}
        print(json.dumps({**answer, "wrong": wrong}))
    else:
        print(f"{journals} journals, {len(stored)} accounts.")
        print(
            "hledger is not installed: it was not asked. All transfers were summed anew."
            if hledger is None
            else "All transfers were summed anew, and hledger check --strict refuses them."
            if hledger
            else "All transfers were summed anew, and hledger check --strict has read them."
        )
        print("The books are wrong:" if wrong else "The books are true to the last unit.")
    for line in wrong:
        print(line, file=sys.stderr)
    return REFUSED if wrong else DONE


def _differences(stored: tuple[Balance, ...], summed: tuple[Balance, ...]) -> Iterator[str]:
    """In words: each account whose stored balance is not that of its transfers."""
    from kiosk.domain.ledger import kind_of
    from kiosk.services.charge_words import amount_text

    said = {(each.account, each.currency): each for each in stored}
    found = {(each.account, each.currency): each for each in summed}
    for key in sorted(said.keys() | found.keys()):
        if said.get(key) == found.get(key):
            continue
        at_cache, at_transfers = (
            "nothing"
            if each is None
            else f"{amount_text(each.debits)} in debits and {amount_text(each.credits)} in credits"
            for each in (said.get(key), found.get(key))
        )
        yield f"{key[0]}: stored is {at_cache}, its transfers have {at_transfers}"
    for each in summed:
        if kind_of(each.account).is_guarded and each.owed.minor < 0:
            yield f"{each.account}: more was taken from it than it ever had"


def _ask_hledger(tx: Tx, zone: ZoneInfo) -> list[str] | None:
    """What hledger finds wrong; None where it is not installed."""
    from kiosk.services.books_text import BooksFormat, books_lines, books_of

    program = shutil.which("hledger")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.journal"
        with path.open("w", encoding="utf-8") as file:
            lines = books_lines(books_of(tx), zone=zone, format_=BooksFormat.HLEDGER)
            file.writelines(f"{line}\n" for line in lines)
        done = subprocess.run(  # noqa: S603 - the program that the operator has installed
            [program, "-f", str(path), "check", "--strict"],
            capture_output=True,
            text=True,
            check=False,
            timeout=_HLEDGER_WAITS_S,
        )
    if done.returncode == 0:
        return []
    return [f"hledger: {line}" for line in done.stderr.splitlines() if line.strip()]


def _balances(options: argparse.Namespace) -> int:
    from kiosk.app.export import snapshot
    from kiosk.services.charge_words import amount_text

    with snapshot(options.site, options.db) as tx:
        stored = tx.ledger.balances()
    if options.json:
        print(
            json.dumps(
                [
                    {
                        "account": each.account,
                        "debits": each.debits_minor,
                        "credits": each.credits_minor,
                        "currency": each.currency,
                    }
                    for each in stored
                ]
            )
        )
        return DONE
    for each in stored:
        if each.owed:
            print(f"{amount_text(-each.owed):>18}  {each.account}")
    if not any(each.owed for each in stored):
        print("No account has anything.")
    return DONE
