"""Whoever gets past the guards of the file is found out: every edit, deletion, swap and cut."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.evidence import EMPTY, START, Head, seal
from kiosk.services.audit_check import check_site
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage, founded
from tests.services.tampered import FAR, Deed, Tampered, other, places, words

__all__ = ["founded"]

STAYS = 12
PROVED = {"journal": ("id",), "transfer": ("journal_id", "number"), "receipt": ("number",)}
KEYS = {"audit": ("id",), **PROVED}


@pytest.fixture(scope="module")
def busy_day(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database after a dozen stays, some paid by wallet, some by card, some too long."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copy(founded, folder)
    stage = Stage(folder)
    wallet = stage.wallet(20_000)
    for number in range(STAYS):
        method = wallet.proof if number % 2 else CARD
        ticket = stage.inside(method, plate=f"B X {number}", minutes=60)
        stage.wait(minutes=20 + 6 * number)
        stage.drive(EXIT, ticket.text)
        stage.pay_due(ticket.reservation_id, wallet.proof)
        stage.wait(minutes=2)
    stage.site.scan(ENTRY, "no ticket at all")
    stage.wait(minutes=1)
    stage.close()
    return folder / "site.db"


@pytest.fixture(scope="module")
def tampered(busy_day: Path) -> Iterator[Tampered]:
    file = Tampered(busy_day)
    yield file
    file.close()


def edit(table: str, row: dict[str, Any], column: str) -> Deed:
    """A statement that changes this column of this row alone."""
    key = KEYS[table]
    where = " AND ".join(f"{name} = ?" for name in key)
    changed = row[column] + FAR if column in key else other(column, row[column])
    sql = f"UPDATE {table} SET {column} = ? WHERE {where}"
    return sql, (changed, *(row[name] for name in key))


def proved(table: str, row: dict[str, Any]) -> set[str]:
    """Where a spoilt row is reported: by its number, also by one that it was given."""
    name = "journal" if table == "transfer" else table
    number = row[KEYS[table][0]]
    return {f"{name} {number}", f"{name} {number + FAR}"}


def test_the_untouched_file_is_good(tampered: Tampered) -> None:
    checked = tampered.check()

    assert checked.findings == ()
    assert checked.head == tampered.head
    assert checked.rows > 8 * STAYS
    assert checked.journals > 2 * STAYS
    assert checked.receipts >= STAYS


@pytest.mark.parametrize("table", ["audit", "journal", "transfer", "receipt"])
def test_every_column_of_every_row_is_guarded(tampered: Tampered, table: str) -> None:
    rows = tampered.rows(f"SELECT * FROM {table}")
    missed = []
    for column in rows[0]:
        found = places(tampered.check(*(edit(table, row, column) for row in rows)))
        missed += [(column, row) for row in rows if not found & proved(table, row)]
    assert missed == []


@pytest.mark.parametrize("table", ["audit", "journal", "transfer", "receipt"])
def test_one_changed_column_of_one_row_is_enough(tampered: Tampered, table: str) -> None:
    missed = []
    for row in tampered.rows(f"SELECT * FROM {table}")[::9]:
        named = proved(table, row)
        missed += [
            (column, row)
            for column in row
            if not places(tampered.check(edit(table, row, column))) & named
        ]
    assert missed == []


def test_every_deleted_row_of_the_audit_is_named(tampered: Tampered) -> None:
    missed = []
    for row in tampered.rows("SELECT * FROM audit"):
        number = row["id"]
        said = words(tampered.check(("DELETE FROM audit WHERE id = ?", (number,))))
        last = number == tampered.head.row
        if (f"row {number} was there" if last else f"row {number} is missing") not in said:
            missed.append(number)
    assert missed == []


def test_every_deleted_row_whose_gap_was_closed_is_found(tampered: Tampered) -> None:
    missed = []
    for row in tampered.rows("SELECT * FROM audit WHERE id < (SELECT max(id) FROM audit)"):
        number = row["id"]
        found = tampered.check(
            ("DELETE FROM audit WHERE id = ?", (number,)),
            ("UPDATE audit SET id = -id WHERE id > ?", (number,)),
            ("UPDATE audit SET id = -id - 1 WHERE id < 0", ()),
        )
        if f"audit {number}" not in places(found):
            missed.append(number)
    assert missed == []


def test_every_two_rows_that_are_swapped_are_named(tampered: Tampered) -> None:
    numbers = [row["id"] for row in tampered.rows("SELECT id FROM audit")]
    missed = []
    for distance in (1, 7):
        for one, two in zip(numbers, numbers[distance:], strict=False):
            said = words(
                tampered.check(
                    ("UPDATE audit SET id = -1 WHERE id = ?", (one,)),
                    ("UPDATE audit SET id = ? WHERE id = ?", (one, two)),
                    ("UPDATE audit SET id = ? WHERE id = -1", (two,)),
                )
            )
            wanted = (f"audit {one}: was written as row {two}", f"audit {two}: was written as row")
            if not all(each in said for each in wanted):
                missed.append((one, two))
    assert missed == []


def test_a_row_put_in_anywhere_is_found(tampered: Tampered) -> None:
    missed = []
    for row in tampered.rows("SELECT * FROM audit"):
        number = row["id"]
        copied = {**row, "id": number + 1}
        found = tampered.check(
            ("UPDATE audit SET id = -id WHERE id > ?", (number,)),
            ("UPDATE audit SET id = 1 - id WHERE id < 0", ()),
            (
                f"INSERT INTO audit({', '.join(copied)}) VALUES ({', '.join('?' * len(copied))})",
                tuple(copied.values()),
            ),
        )
        if f"audit {number + 1}" not in places(found):
            missed.append(number)
    assert missed == []


def test_every_cut_of_the_tail_is_named_by_the_signed_head(tampered: Tampered) -> None:
    missed = []
    for number in range(1, tampered.head.row + 1):
        cut = ("DELETE FROM audit WHERE id >= ?", (number,))
        if f"row {tampered.head.row} was there" not in words(tampered.check(cut)):
            missed.append(number)
    assert missed == []


def test_a_tail_that_was_cut_and_made_anew_in_full_is_found_by_the_signed_head(
    tampered: Tampered,
) -> None:
    """Whoever knows the rules can make good hashes, but has no key for the heads."""
    deeds, before, stays = [], START, dict[int | None, str]()
    for row in tampered.rows("SELECT * FROM audit ORDER BY id"):
        columns = {name: row[name] for name in row if name not in {"hash", "stay_hash"}}
        if row["id"] == 5:
            columns["detail"] = "nothing happened here"
        stay = row["reservation_id"]
        made = seal(columns, before=before, stay_before=stays.get(stay, START))
        before, stays[stay] = made.hash, made.stay_hash or START
        sql = "UPDATE audit SET detail = ?, hash = ?, stay_hash = ? WHERE id = ?"
        deeds.append((sql, (columns["detail"], made.hash, made.stay_hash, row["id"])))

    assert tampered.check(*deeds, are_heads_there=False).findings == ()
    assert places(tampered.check(*deeds)) == {"head 2"}


@pytest.mark.parametrize("table", PROVED)
def test_every_row_that_is_taken_out_of_the_books_is_named(tampered: Tampered, table: str) -> None:
    key = PROVED[table]
    of = "receipt" if table == "receipt" else "journal"
    where = " AND ".join(f"{name} = ?" for name in key)
    missed = []
    for row in tampered.rows(f"SELECT * FROM {table}"):
        values = tuple(row[name] for name in key)
        found = places(tampered.check((f"DELETE FROM {table} WHERE {where}", values)))
        if f"{of} {values[0]}" not in found:
            missed.append(values)
    assert missed == []


@pytest.mark.parametrize("table", PROVED)
def test_every_row_that_is_put_into_the_books_is_named(tampered: Tampered, table: str) -> None:
    key = PROVED[table]
    of = "receipt" if table == "receipt" else "journal"
    missed = []
    for row in tampered.rows(f"SELECT * FROM {table}"):
        copied = {**row, key[-1]: 9999}
        if table == "journal":
            copied["key"] = "put:in"
        put = (
            f"INSERT INTO {table}({', '.join(copied)}) VALUES ({', '.join('?' * len(copied))})",
            tuple(copied.values()),
        )
        if f"{of} {copied[key[0]]}" not in places(tampered.check(put)):
            missed.append(row)
    assert missed == []


def test_every_two_neighbours_of_the_books_that_are_swapped_are_named(tampered: Tampered) -> None:
    missed = []
    for table, name in (("journal", "id"), ("receipt", "number")):
        numbers = [row[name] for row in tampered.rows(f"SELECT {name} FROM {table} ORDER BY 1")]
        for one, two in pairwise(numbers):
            found = tampered.check(
                (f"UPDATE {table} SET {name} = -1 WHERE {name} = ?", (one,)),
                (f"UPDATE {table} SET {name} = ? WHERE {name} = ?", (one, two)),
                (f"UPDATE {table} SET {name} = ? WHERE {name} = -1", (two,)),
            )
            if not {f"{table} {one}", f"{table} {two}"} <= places(found):
                missed.append((table, one))
    for row in tampered.rows("SELECT * FROM transfer WHERE number = 1"):
        number = row["journal_id"]
        if not tampered.rows(f"SELECT 1 FROM transfer WHERE journal_id = {number} AND number = 2"):
            continue
        found = tampered.check(
            ("UPDATE transfer SET number = 99 WHERE journal_id = ? AND number = 1", (number,)),
            ("UPDATE transfer SET number = 1 WHERE journal_id = ? AND number = 2", (number,)),
            ("UPDATE transfer SET number = 2 WHERE journal_id = ? AND number = 99", (number,)),
        )
        if f"journal {number}" not in places(found):
            missed.append(("transfer", number))
    assert missed == []


def test_a_cut_of_the_books_is_named_also_where_the_balances_were_made_to_fit(
    tampered: Tampered,
) -> None:
    last = tampered.rows("SELECT max(id) AS id FROM journal")[0]["id"]
    transfers = tampered.rows(f"SELECT * FROM transfer WHERE journal_id = {last}")
    fitting = [
        (
            f"UPDATE account SET {side}s_minor = {side}s_minor - ? WHERE name = ?",
            (each["amount_minor"], each[side]),
        )
        for each in transfers
        for side in ("debit", "credit")
    ]

    checked = tampered.check(
        ("DELETE FROM transfer WHERE journal_id = ?", (last,)),
        ("DELETE FROM journal WHERE id = ?", (last,)),
        *fitting,
    )

    assert words(checked) == f"journal {last}: was written and is gone"


def test_a_changed_balance_is_named(tampered: Tampered) -> None:
    missed = []
    for account in tampered.rows("SELECT * FROM account"):
        for column in ("debits_minor", "credits_minor"):
            deed = (
                f"UPDATE account SET {column} = {column} + 1 WHERE name = ?",
                (account["name"],),
            )
            if places(tampered.check(deed)) != {f"account {account['name']} EUR"}:
                missed.append((account["name"], column))
    assert missed == []


def test_a_lost_account_is_named(tampered: Tampered) -> None:
    gone = tampered.check(("DELETE FROM account WHERE name = 'commission'", ()))

    assert places(gone) == {"account commission EUR"}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE operation SET state = 'failed' WHERE key = ?",
        "UPDATE operation SET amount_minor = amount_minor + 1 WHERE key = ?",
        "DELETE FROM operation WHERE key = ?",
    ],
)
def test_an_operation_that_was_changed_or_taken_out_is_named(tampered: Tampered, sql: str) -> None:
    keys = [row["key"] for row in tampered.rows("SELECT key FROM operation")]
    assert keys
    found = [places(tampered.check((sql, (key,)))) for key in keys]
    assert found == [{f"operation {key}"} for key in keys]


def test_an_operation_that_the_site_did_not_write_is_named(tampered: Tampered) -> None:
    row = {**tampered.rows("SELECT * FROM operation")[0], "key": "put-in", "state": "new"}
    sql = f"INSERT INTO operation({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"

    assert places(tampered.check((sql, tuple(row.values())))) == {"operation put-in"}


def test_facts_that_cannot_be_read_are_named(tampered: Tampered) -> None:
    said = words(tampered.check(("UPDATE audit SET facts = '{}' WHERE id = 3", ())))

    assert "audit 3: its facts cannot be read" in said


def test_a_head_that_somebody_has_on_paper_is_compared(tampered: Tampered) -> None:
    with tampered.store.reading() as tx:
        good = check_site(tx, told=(tampered.head, EMPTY))
        other_hash = check_site(tx, told=(Head(3, "f" * 64),))
        cut = check_site(tx, told=(Head(tampered.head.row + 1, "f" * 64),))

    assert good.findings == ()
    assert places(other_hash) == {"audit 3"}
    assert places(cut) == {f"audit {tampered.head.row + 1}"}
