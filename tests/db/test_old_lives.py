"""A database from when an offer was a weekly window: spaces, promises, stays and times stay."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from db.schema import GOLDEN, schema_of
from db.store import Store
from db.upgrade import MIGRATIONS, upgrade
from kiosk.domain.evidence import facts_of
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.offer import USUAL_TERMS, OfferState, shared_time
from kiosk.domain.reservation import Due, DueKind, State
from kiosk.domain.space import ANY_CAR, OwnerKind, SpaceType
from kiosk.domain.tariff_text import tariff_hash, tariff_text
from kiosk.domain.time import Window, from_epoch, merged
from tests.db.conftest import TARIFF, ZONE, euro

STATES = ("pending", "confirmed", "arrived", "settled", "left", "expired", "cancelled", "no-show")
"""Every state that there was; reservation 11 is in the first, 12 in the next, and so on."""
HOUR = 3600
SHARED_OUT = [
    ("escrow:15", "refund-due:15", 40),
    ("escrow:15", "owner:1", 200),
    ("escrow:15", "commission", 60),
    ("escrow:15", "manager", 100),
]
"""The transfers of one journal, in an order that no column of theirs gives."""
OLD_OFFERS = [
    (1, 0b0011111, time(17, 30), time(8)),
    (1, 0b1100000, time(), time()),
    (1, 0b1000001, time(2, 30), time(3, 10)),
    (2, 0b0000100, time(23, 59), time(0, 1)),
]
"""Space, days from Monday in the lowest bit, from, until; some of space 1 lie on others."""


def old_rows() -> list[str]:
    """A site as the program before wrote it: three spaces and a reservation in each state."""
    rows = [
        f"""INSERT INTO tariff VALUES (1, 'standard', 1, 'EUR', '{tariff_hash(TARIFF)}',
        '{tariff_text(TARIFF)}')""",
        "INSERT INTO split_terms VALUES (1, 1500, 1900, 1000)",
        "INSERT INTO area VALUES (1, 'A', 'Courtyard', 0, 9000, 9000, 1, 1)",
        "INSERT INTO person VALUES (1, 'Ada', '')",
        "INSERT INTO owner VALUES (1, 1)",
        "INSERT INTO driver VALUES (1, 1, 'PASS1', 'hash', 0, NULL)",
        """INSERT INTO passage_grant
        VALUES ('g1', 'entry', 'entry', 13, NULL, NULL, 'passed', 1, 2, 'passage')""",
        "INSERT INTO ticket_use VALUES (13, 'entry', 'g1', 1)",
        "INSERT INTO horizon VALUES (1, 999999)",
        "INSERT INTO free_gap VALUES (1, 5, 6)",
    ]
    rows += [
        f"INSERT INTO space VALUES ({number}, 1, 1, 'A{number}', 1, 0, 0, 2500, 5000, 1, 0)"
        for number in (1, 2, 3)
    ]
    for space, weekdays, first, last in OLD_OFFERS:
        minutes = [at.hour * 60 + at.minute for at in (first, last)]
        rows.append(
            "INSERT INTO offer(space_id, weekdays, from_minute, until_minute) "
            f"VALUES ({space}, {weekdays}, {minutes[0]}, {minutes[1]})"
        )
    for number, state in enumerate(STATES, start=11):
        start = number * 10 * HOUR
        rows.append(f"INSERT INTO vehicle VALUES ({number}, 'B AA {number}')")
        rows.append(
            f"""INSERT INTO reservation VALUES ({number}, 1, {number}, {number % 2 or "NULL"},
            {start}, {start + HOUR}, '{state}', {number}00, 'EUR', 1, 1, {start + 600},
            'code{number}', {start - 5})"""
        )
    for number, presented, left in ((13, None, None), (14, 9, None), (15, 9, 10)):
        lane = "NULL" if presented is None else "'exit'"
        rows.append(
            f"INSERT INTO stay VALUES ({number}, 'entry', 8, {lane}, {presented or 'NULL'}, "
            f"{left or 'NULL'})"
        )
    rows += [
        f"INSERT INTO account VALUES ('{name}', 'EUR', 1000, 1000, 0)"
        for name in sorted({name for debit, credit, _ in SHARED_OUT for name in (debit, credit)})
    ]
    rows += [
        """INSERT INTO operation VALUES ('paid', 'simulator', 'collect', 'deposit', 15, 1500,
        'EUR', 'succeeded', 'entry', NULL, 'ref', 2, 3)""",
        "INSERT INTO journal VALUES (4, 'late', 'settlement', 15, 7)",
        "INSERT INTO journal VALUES (9, 'early', 'deposit', 15, 3)",
        "INSERT INTO transfer VALUES (3, 9, 'owner:1', 'escrow:15', 400, 'EUR')",
        """INSERT INTO audit(id, at, actor_kind, actor_name, action, detail)
        VALUES (6, 5, 'driver', 'entry', 'deposit.paid', '')""",
    ]
    rows += [
        f"INSERT INTO transfer VALUES ({number}, 4, '{debit}', '{credit}', {minor}, 'EUR')"
        for number, (debit, credit, minor) in enumerate(SHARED_OUT, start=11)
    ]
    return rows


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file as the program before wrote it."""
    folder, path = tmp_path / "before", tmp_path / "old.db"
    folder.mkdir()
    for number in ("0001", "0002", "0003", "0004"):
        for file in MIGRATIONS.glob(f"{number}_*.py"):
            shutil.copy(file, folder)
    database = SqliteDatabase(str(path))
    upgrade(database, path, migrations=folder)
    database.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    for row in old_rows():
        connection.execute(row)
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def store(old_file: Path, opened: Callable[[Path], Store]) -> Store:
    """The same file, opened by this program."""
    return opened(old_file)


def read(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Reads a file past everything."""
    connection = sqlite3.connect(path)
    rows = connection.execute(sql).fetchall()
    connection.close()
    return rows


KEPT = {
    "reservation": "id, space_id, vehicle_id, driver_id, t0, t1, state, quote_minor, currency, "
    "tariff_id, split_terms_id, pay_until, short_code, created_at",
    "stay": "reservation_id, entry_lane, entered_at, exit_lane, presented_at, left_at",
    "space": "id, area_id, owner_id, label, rank, width_mm, depth_mm, has_charger, is_accessible",
    "ticket_use": "*",
    "passage_grant": "*",
    "vehicle": "*",
    "owner": "id, person_id",
    "account": "*",
    "journal": "*",
    "audit": "id, at, actor_kind, actor_name, action, lane, reservation_id, detail",
}
ADDED = {"audit": "WHERE action <> 'evidence.begun'"}
"""What an upgrade adds to a table of its own accord is told from what was kept."""


@pytest.mark.parametrize("table", KEPT)
def test_not_a_row_and_not_a_value_is_lost(
    old_file: Path, opened: Callable[[Path], Store], table: str
) -> None:
    rows = f"SELECT {KEPT[table]} FROM {table} {ADDED.get(table, '')} ORDER BY 1"
    before = read(old_file, rows)

    opened(old_file).close()

    assert before
    assert read(old_file, rows) == before


def test_the_transfers_of_a_journal_stay_in_their_order(store: Store) -> None:
    with store.reading() as tx:
        posted = [
            (each.journal_key, each.transfer.debit, each.transfer.credit, each.transfer.amount)
            for each in tx.ledger.transfers_of(ReservationId(15))
        ]

    assert posted == [
        *(("late", debit, credit, euro(minor)) for debit, credit, minor in SHARED_OUT),
        ("early", "owner:1", "escrow:15", euro(400)),
    ]


def test_what_a_provider_was_asked_before_is_proved_from_here_on(store: Store) -> None:
    with store.reading() as tx:
        facts = [
            fact
            for row in tx.evidence.rows()
            if row.columns["facts"] is not None
            for fact in facts_of(str(row.columns["facts"]))
        ]

    (fact,) = [fact for fact in facts if fact[0] == "operation"]
    assert fact[:7] == ("operation", "paid", "succeeded", "collect", "deposit", 1500, "EUR")
    with store.reading() as tx:
        (kept,) = tx.evidence.operations()
    assert fact[7:] == (kept["adapter"], kept["original"], kept["reservation_id"])


def test_an_upgraded_file_has_the_schema_of_a_fresh_one(store: Store) -> None:
    assert schema_of(store._database) == GOLDEN.read_text(encoding="utf-8")


def test_what_was_not_known_before_is_what_it_silently_was(store: Store) -> None:
    with store.reading() as tx:
        space = tx.library.space(SpaceId(1))
        kinds = tx.library.owner_kinds()
        reservation = tx.reservations.get(ReservationId(11))
        stay = tx.reservations.stay(ReservationId(13))

    assert (space.height_mm, space.is_covered, space.type) == (None, False, SpaceType.CAR)
    assert set(kinds.values()) == {OwnerKind.OTHER}
    assert reservation is not None
    assert (reservation.needs, reservation.linked_to) == (ANY_CAR, None)
    assert stay is not None
    assert (stay.re_entered_at, stay.is_displaced) == (None, False)


def old_windows(space: int, *, from_day: date, days: int) -> Iterator[Window]:
    """The rule that there was until now, as it stood in the program before."""
    for offset in range(-1, days):
        day = from_day + timedelta(days=offset)
        for owner, weekdays, first, last in OLD_OFFERS:
            if owner != space or not weekdays >> day.weekday() & 1:
                continue
            last_day = day if last > first else day + timedelta(days=1)
            start = datetime.combine(day, first, ZONE).astimezone(UTC)
            end = datetime.combine(last_day, last, ZONE).astimezone(UTC)
            if start < end:
                yield Window(start, end)


@pytest.mark.parametrize("space", [1, 2])
@pytest.mark.parametrize(
    "from_day", [date(2026, 3, 26), date(2026, 10, 22), date(2026, 6, 1), date(2031, 12, 29)]
)
def test_a_space_is_shared_at_the_same_minutes_as_before(
    store: Store, space: int, from_day: date
) -> None:
    midnights = [datetime.combine(from_day + timedelta(days=day), time(), ZONE) for day in (0, 9)]
    span = Window(*(midnight.astimezone(UTC) for midnight in midnights))
    with store.reading() as tx:
        offer = tx.library.offer_in_force(SpaceId(space))

    assert offer is not None
    assert (offer.state, offer.terms) == (OfferState.APPROVED, USUAL_TERMS)
    assert shared_time(offer.times, zone=ZONE, holidays=frozenset(), span=span) == merged(
        inside
        for window in old_windows(space, from_day=from_day, days=9)
        if (inside := window.inside(span)) is not None
    )


def test_a_space_without_an_offer_still_has_none(store: Store) -> None:
    with store.reading() as tx:
        assert tx.library.offers(SpaceId(3)) == ()


def test_idle_time_is_built_anew_for_every_space(store: Store) -> None:
    with store.reading() as tx:
        behind = tx.library.spaces_behind(from_epoch(1), most=9)
        horizon = tx.library.gap_horizon()

    assert behind == tuple((SpaceId(number), None) for number in (1, 2, 3))
    assert horizon is None
    assert store._database.execute_sql("SELECT * FROM free_gap").fetchall() == []


def test_what_time_will_do_is_written_for_each_state(store: Store) -> None:
    with store.reading() as tx:
        dues = {each.reservation_id: each for each in tx.dues.by(from_epoch(10**9))}
        count = len(tx.dues.by(from_epoch(10**9)))

    pending, confirmed, arrived = (ReservationId(number) for number in (11, 12, 13))
    assert count == 3
    assert dues == {
        pending: Due(pending, DueKind.PENDING_RUNS_OUT, from_epoch(110 * HOUR + 600)),
        confirmed: Due(confirmed, DueKind.START_MISSED, from_epoch(120 * HOUR)),
        arrived: Due(arrived, DueKind.STAY_RUNS_LATE, from_epoch(131 * HOUR)),
    }


@pytest.mark.parametrize(("number", "state"), list(enumerate(STATES, start=11)))
def test_every_reservation_that_was_paid_has_its_ticket(
    store: Store, number: int, state: str
) -> None:
    reservation_id = ReservationId(number)
    with store.reading() as tx:
        tickets = tx.tickets.of_reservation(reservation_id)
        reservation = tx.reservations.get(reservation_id)

    assert reservation is not None
    assert reservation.state is State(state)
    if state in {"pending", "expired", "cancelled"}:
        assert tickets == ()
    else:
        (ticket,) = tickets
        assert (ticket.number, ticket.window, ticket.revoked_at) == (1, reservation.window, None)
        assert ticket.issued_at == reservation.made_at


def test_a_new_reservation_does_not_get_the_number_of_an_old_one(store: Store) -> None:
    with store.transaction() as tx:
        old = tx.reservations.get(ReservationId(18))
        assert old is not None
        new = tx.reservations.add(
            space_id=SpaceId(3),
            vehicle_id=18,
            window=old.window,
            quote=old.quote,
            pay_until=old.pay_until,
            short_code="new",
            created_at=old.made_at,
        )

    assert new == 19
