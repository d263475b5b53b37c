"""How SQLite answers the statements of the repositories: what a site piles up is never read whole.

A list that reads every reservation there ever was is quick in a test and slow after a year.
"""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import db
from tests.db.conftest import Site

SMALL = {
    *("area", "a", "attendant", "closure", "holiday", "lane", "lane_lock", "listed_site"),
    *("offer", "o", "owner", "space", "s", "l", "picked", "fleet", "shop"),
}
"""What grows with the site and not with its years, by table or by its letter in a statement."""
ON_PURPOSE = {
    *("ledger._JOURNALS", "audit._LATEST", "audit._HEAD", "audit._BACKWARDS"),
    *("evidence._ALL_ROWS", "evidence._JOURNALS", "evidence._TRANSFERS", "evidence._RECEIPTS"),
    *("evidence._OPERATIONS", "evidence._ACCOUNTS", "evidence.ALL_TERMS", "evidence._TARIFFS"),
    *("ledger._AMOUNTS", "ledger._ALL_AMOUNTS", "invoices._ALL"),
    *("payouts._UNPAID", "payouts._RUN_AT", "payouts._ALL_RUNS"),
    *("debts._OPEN", "disputes._OPEN_DISPUTES", "disputes._OPEN_CHARGEBACKS", "missing._OPEN"),
}
"""An export wants every journal from the first one on, who checks the evidence or the books all
there is, and who asks for the invoices every one; the newest rows are read from the end, until
there are enough or one is too old.

Payouts are made once a week: it reads all transfers then, and there is a run a week. What is open
of debts, disputes, chargebacks and missing operations is found among all of them: a car rarely
leaves a case behind.
"""


PARTIAL = """SELECT i.name FROM sqlite_master m JOIN pragma_index_list(m.name) i
WHERE m.type = 'table' AND i.partial"""
SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")


def statements() -> dict[str, str]:
    """Every constant statement, but for the pieces that others are made of."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(db.__path__, "db."):
        if module.ispkg:
            continue
        constants = {
            f"{module.name.removeprefix('db.')}.{name}": text
            for name, text in vars(importlib.import_module(module.name)).items()
            if isinstance(text, str) and re.match(r"(SELECT|WITH|UPDATE|DELETE|INSERT)\s", text)
        }
        texts = set(constants.values())
        for name, text in constants.items():
            is_piece = "{" in text or any(text != other and text in other for other in texts)
            if not is_piece:
                found[name] = text
    return found


def read_whole(site: Site, sql: str) -> list[str]:
    """The growing tables that a statement goes through from end to end.

    An index that holds few rows of a table (those of cars inside) does not grow with it.
    """
    # With them on, the look for children of a new row is shown, which SQLite passes over as long
    # as no deferred key is broken (sqlite.org/src, fkey.c: OP_FkIfZero).
    site.raw("PRAGMA foreign_keys = off")
    partial = {row[0] for row in site.raw(PARTIAL)}
    names = dict.fromkeys(re.findall(r"\?\d*|:\w+", re.sub(r"'[^']*'", "", sql)))
    count = sql.count("?") if "?" in names else len(names)
    steps = [str(row[3]) for row in site.raw(f"EXPLAIN QUERY PLAN {sql}", *(1,) * count)]
    scans = [scan for scan in map(SCAN.fullmatch, steps) if scan is not None]
    return [scan[1] for scan in scans if scan[1] not in SMALL and scan[2] not in partial]


def test_no_statement_reads_all_there_ever_was(site: Site) -> None:
    every = statements()
    whole = {name: read_whole(site, sql) for name, sql in every.items()}

    assert len(every) > 100
    assert {name for name, tables in whole.items() if tables} == ON_PURPOSE


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM reservation WHERE state IN ('arrived', 'settled') AND space_id = 1",
        "SELECT id FROM reservation r ORDER BY short_code",
        "SELECT number FROM ticket WHERE t1 > 1",
    ],
)
def test_a_list_of_everything_would_be_seen(site: Site, sql: str) -> None:
    assert read_whole(site, sql)
