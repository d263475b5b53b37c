"""What the schema itself refuses, whoever writes: each test goes past the repositories."""

from __future__ import annotations

import re

import pytest
from peewee import IntegrityError

from db.errors import Overlap
from db.schema import GOLDEN
from kiosk.domain import ledger
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.reservation import LIVE, TRANSITIONS, State
from tests.db.conftest import NOON, Site, euro, hours
from tests.db.test_ledger import a_receipt

APPEND_ONLY = ["journal", "transfer", "receipt", "audit", "tariff", "split_terms"]
A_COLUMN = {
    "journal": "kind",
    "transfer": "amount_minor",
    "receipt": "total_minor",
    "audit": "detail",
    "tariff": "text",
    "split_terms": "vat_bp",
}
RAW_TRANSFER = "INSERT INTO transfer(journal_id, number, debit, credit, amount_minor, currency)"
RAW_OFFER = "INSERT INTO offer(space_id, state, times, notice_s, shortest_s, longest_s)"
RAW_CHANGE = "INSERT INTO change"
RAW_RESERVATION = """INSERT INTO reservation(space_id, vehicle_id, t0, t1, state, quote_minor,
currency, tariff_id, split_terms_id, pay_until, short_code, created_at)
VALUES (?, 1, ?, ?, ?, 400, 'EUR', 1, 1, 0, ?, 0)"""


@pytest.fixture
def full(site: Site) -> Site:
    """A site with a row in each append-only table."""
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        deposit = Transfer(ledger.psp("sim"), ledger.escrow(reservation_id), euro(400))
        tx.ledger.post(Journal("deposit", "deposit", (deposit,), reservation_id), NOON)
        tx.ledger.add_receipt(a_receipt(reservation_id, 400))
        tx.audit.write(at=NOON, actor_kind="driver", actor_name="lane", action="deposit.paid")
    return site


def raw_reservation(site: Site, first: int, last: int, state: State, code: str) -> None:
    site.raw("INSERT OR IGNORE INTO vehicle(id, plate) VALUES (1, 'B AA 1')")
    site.raw(RAW_RESERVATION, site.space_id, first, last, state.value, code)


def raw_changes_from(site: Site, before: State) -> set[State]:
    """The states that raw SQL can bring a reservation in `before` to."""
    reached: set[State] = set()
    for after in State:
        site.raw("DELETE FROM reservation")
        raw_reservation(site, 100, 200, before, "code")
        try:
            site.raw("UPDATE reservation SET state = ?", after.value)
        except IntegrityError:
            continue
        reached.add(after)
    return reached


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_of_an_append_only_table_cannot_be_changed(full: Site, table: str) -> None:
    with pytest.raises(IntegrityError, match=f"{table} is append-only"):
        full.raw(f"UPDATE {table} SET {A_COLUMN[table]} = {A_COLUMN[table]}")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_of_an_append_only_table_cannot_be_removed(full: Site, table: str) -> None:
    full.raw("PRAGMA foreign_keys = OFF")

    with pytest.raises(IntegrityError, match=f"{table} is append-only"):
        full.raw(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_a_row_of_an_append_only_table_cannot_be_replaced(full: Site, table: str) -> None:
    full.raw("PRAGMA foreign_keys = OFF")

    with pytest.raises(IntegrityError, match=r"append-only|have no gaps"):
        full.raw(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.parametrize("state", sorted(LIVE, key=str))
def test_two_live_reservations_never_overlap_even_by_raw_sql(site: Site, state: State) -> None:
    raw_reservation(site, 1_000, 2_000, State.PENDING, "first")

    with pytest.raises(IntegrityError, match="overlap"):
        raw_reservation(site, 1_999, 3_000, state, "second")


@pytest.mark.parametrize("span", [(900, 1_001), (1_200, 1_300), (500, 2_500), (1_000, 2_000)])
def test_every_kind_of_overlap_is_refused(site: Site, span: tuple[int, int]) -> None:
    raw_reservation(site, 1_000, 2_000, State.ARRIVED, "first")

    with pytest.raises(IntegrityError, match="overlap"):
        raw_reservation(site, *span, State.PENDING, "second")


def test_windows_that_only_touch_do_not_overlap(site: Site) -> None:
    raw_reservation(site, 1_000, 2_000, State.PENDING, "first")

    raw_reservation(site, 2_000, 3_000, State.PENDING, "after")
    raw_reservation(site, 500, 1_000, State.PENDING, "before")

    assert site.raw("SELECT count(*) FROM reservation") == [(3,)]


def test_an_ended_reservation_keeps_its_space_from_nobody(site: Site) -> None:
    raw_reservation(site, 1_000, 2_000, State.SETTLED, "settled")
    raw_reservation(site, 1_000, 2_000, State.CANCELLED, "cancelled")

    raw_reservation(site, 1_000, 2_000, State.PENDING, "new")

    assert site.raw("SELECT count(*) FROM reservation") == [(3,)]


@pytest.mark.parametrize("change", ["t1 = 3500", "t0 = 1500", "space_id = 1, t0 = 1, t1 = 9999"])
def test_a_reservation_cannot_be_moved_over_another(site: Site, change: str) -> None:
    raw_reservation(site, 1_000, 2_000, State.PENDING, "first")
    raw_reservation(site, 2_000, 3_000, State.PENDING, "second")
    raw_reservation(site, 3_000, 4_000, State.PENDING, "third")

    with pytest.raises(IntegrityError, match="overlap"):
        site.raw(f"UPDATE reservation SET {change} WHERE short_code = 'second'")


def test_the_repository_names_an_overlap_and_writes_nothing(site: Site) -> None:
    with site.store.transaction() as tx:
        site.reserve(tx, hours(0, 2))
        with pytest.raises(Overlap):
            site.reserve(tx, hours(1, 3), plate="B BB 2")

    assert site.raw("SELECT count(*) FROM reservation") == [(1,)]


@pytest.mark.parametrize("before", list(State))
def test_raw_sql_changes_states_only_as_the_table_of_transitions_allows(
    site: Site, before: State
) -> None:
    allowed = {after for (state, _), after in TRANSITIONS.items() if state is before}

    assert raw_changes_from(site, before) == allowed


def test_receipt_numbers_have_no_gap_even_by_raw_sql(full: Site) -> None:
    columns = [str(row[1]) for row in full.raw("PRAGMA table_info(receipt)")][1:]
    copy = f"SELECT number + 2, {', '.join(columns)} FROM receipt"

    with pytest.raises(IntegrityError, match="no gaps"):
        full.raw(f"INSERT INTO receipt {copy}")


@pytest.mark.parametrize(
    "sql",
    [
        f"{RAW_TRANSFER} VALUES (1, 2, 'psp:sim', 'escrow:1', 0, 'EUR')",
        f"{RAW_TRANSFER} VALUES (1, 2, 'psp:sim', 'psp:sim', 5, 'EUR')",
        f"{RAW_TRANSFER} VALUES (1, 2, 'psp:sim', 'nobody', 5, 'EUR')",
        f"{RAW_TRANSFER} VALUES (99, 1, 'psp:sim', 'escrow:1', 5, 'EUR')",
        "INSERT INTO journal(key, kind, at) VALUES ('deposit', 'deposit', 0)",
        "UPDATE account SET debits_minor = 401 WHERE name = 'escrow:1'",
        "UPDATE account SET credits_minor = -1 WHERE name = 'psp:sim'",
        "INSERT INTO free_gap VALUES (1, 5, 5, 0, 0, 9)",
        "INSERT INTO free_gap VALUES (99, 5, 6, 0, 0, 9)",
        f"{RAW_OFFER} VALUES (1, 'lost', '{{}}', 0, NULL, NULL)",
        f"{RAW_OFFER} VALUES (1, 'draft', 'always', 0, NULL, NULL)",
        f"{RAW_OFFER} VALUES (1, 'draft', '{{}}', -1, NULL, NULL)",
        f"{RAW_OFFER} VALUES (1, 'draft', '{{}}', 0, 0, NULL)",
        f"{RAW_OFFER} VALUES (1, 'draft', '{{}}', 0, 60, 59)",
        f"{RAW_OFFER} VALUES (1, 'draft', '{{}}', 0, NULL, 0)",
        f"{RAW_OFFER} VALUES (1, 'approved', '{{}}', 0, NULL, NULL)",
        f"{RAW_OFFER} VALUES (1, 'paused', '{{}}', 0, NULL, NULL)",
        "INSERT INTO closure(space_id, t0, t1, reason) VALUES (1, 5, 5, 'works')",
        "INSERT INTO closure(space_id, t0, t1, reason) VALUES (1, 5, 6, '')",
        f"{RAW_CHANGE} VALUES (1, 1, 6, 6, 0, 1, 1, 0)",
        f"{RAW_CHANGE} VALUES (1, 1, 5, 6, -1, 1, 1, 0)",
        f"{RAW_CHANGE} VALUES (99, 1, 5, 6, 0, 1, 1, 0)",
        "INSERT INTO move VALUES (1, 1, 1, 1, 0, 'to where it was')",
        "INSERT INTO ticket VALUES (1, 1, 6, 6, 0, NULL, NULL)",
        "INSERT INTO ticket VALUES (1, 1, 5, 6, 0, 5, NULL)",
        "INSERT INTO ticket VALUES (1, 1, 5, 6, 0, NULL, 'lost')",
        "UPDATE space SET height_mm = 0",
        "UPDATE space SET type = 'lorry'",
        "UPDATE owner SET kind = 'king'",
        "UPDATE reservation SET needs_charger = 2",
        "UPDATE reservation SET linked_to = 99",
        "INSERT INTO vehicle(plate) VALUES ('B AA 1')",
        "INSERT INTO vehicle(plate) VALUES ('')",
        "UPDATE reservation SET t1 = t0",
        "UPDATE reservation SET tariff_id = 99",
        "UPDATE space SET label = 5.5, rank = 'first'",
    ],
)
def test_the_schema_refuses_a_row_that_makes_no_sense(full: Site, sql: str) -> None:
    with pytest.raises(IntegrityError):
        full.raw(sql)


def test_no_more_is_posted_than_was_authorised(site: Site) -> None:
    with site.store.transaction() as tx:
        number = tx.authorisations.add(
            site.reserve(tx, hours(0, 2)),
            account=ledger.psp("sim"),
            amount=euro(400),
            operation_key=None,
            made_at=NOON,
            expires_at=None,
        )

    with pytest.raises(IntegrityError, match="than was authorised"):
        site.raw("INSERT INTO authorisation_end VALUES (?, 'posted', 401, 0)", number)
    site.raw("INSERT INTO authorisation_end VALUES (?, 'posted', 400, 0)", number)


def test_what_every_entry_and_exit_writes_is_checked_without_a_list_of_more_than_two() -> None:
    """Of a longer one SQLite builds a table for each row that it checks (decision 0013)."""
    hot = ("due", "operation", "passage_grant", "receipt", "reservation", "stay", "ticket_use")
    statements = GOLDEN.read_text(encoding="utf-8").split("\n\n")
    found = [
        statement.partition("\n")[0]
        for statement in statements
        if re.search(rf'(CREATE TABLE "?|ON "?)({"|".join(hot)})\b', statement)
        and re.search(r"\bIN \([^()]*,[^()]*,", statement)
    ]
    assert found == []
