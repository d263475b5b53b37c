"""Reserving and paying in one durable commit, beside overwriting one block of the same disk."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.open import CHECKPOINT_PAGES, PAGE_BYTES, open_store
from db.store import Store, Tx
from kiosk.domain import ledger
from kiosk.domain.ids import DriverId, ReservationId, SpaceId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.reservation import DueKind, Event
from kiosk.domain.time import Window
from tests.bench.figures import Figure, quantiles, ratio
from tests.db.conftest import AHEAD, ALWAYS, BUFFER, NOON, TARIFF, TERMS

SPACES, ROUNDS, MOST_BEFORE, GOAL = 200, 1_000, 1_000, 0.35
BLOCK = bytes(16 * 1024)
ZONE = ZoneInfo("Europe/Berlin")
DRIVER = DriverId(1)
QUOTE = Money(400, "EUR")
WANTED, EVERY = timedelta(hours=2), timedelta(hours=4)


def site_of_200_spaces(path: Path) -> Store:
    """Every space always shared and idle for a month; a driver with a full wallet."""
    store = open_store(f"sqlite:///{path}")
    with store.transaction() as tx:
        area_id = tx.library.add_area(
            code="A",
            name="Level 1",
            level=1,
            width_mm=1,
            depth_mm=1,
            tariff_id=tx.library.add_tariff(TARIFF),
            split_terms_id=tx.library.add_split_terms(TERMS),
        )
        owner_id = tx.library.add_owner("Owner")
        for number in range(SPACES):
            space_id = tx.library.add_space(
                area_id=area_id,
                owner_id=owner_id,
                label=f"{number}",
                rank=number,
                x_mm=0,
                y_mm=0,
                width_mm=2_500,
                depth_mm=5_000,
            )
            tx.library.add_offer(space_id, ALWAYS)
            span = Window(NOON, NOON + timedelta(days=31))
            tx.library.renew_gaps(space_id, span, zone=ZONE, buffer=BUFFER)
        everything = Money(QUOTE.minor * (MOST_BEFORE + 2 * ROUNDS), "EUR")
        top_up = Transfer(ledger.till("desk"), ledger.wallet(DRIVER), everything)
        tx.ledger.post(Journal("top-up", "top-up", (top_up,)), NOON)
    return store


def reserve_and_pay(tx: Tx, number: int) -> None:
    """The idle gap is cut in two, the reservation written, the deposit goes into escrow.

    With the car (found or added) and the audit row, which screens and lists are made from (the
    outbox): 15 statements through the repositories, BEGIN and COMMIT with them.
    """
    window, space_id = window_of(number), SpaceId(number % SPACES + 1)
    assert tx.library.take_gap(space_id, window, now=NOON, ahead=AHEAD, buffer=BUFFER)
    reservation_id = tx.reservations.add(
        space_id=space_id,
        vehicle_id=tx.reservations.vehicle_id_for(f"B AB {number % 50}"),
        window=window,
        quote=QUOTE,
        pay_until=NOON + timedelta(minutes=10),
        short_code=f"{number}",
        created_at=NOON,
    )
    assert reservation_id == number + 1
    deposit = Transfer(ledger.wallet(DRIVER), ledger.escrow(reservation_id), QUOTE)
    tx.ledger.post(Journal(f"deposit:{number}", "deposit", (deposit,), reservation_id), NOON)
    tx.audit.write(
        at=NOON,
        actor_kind="driver",
        actor_name="entry",
        action="deposit.paid",
        reservation_id=reservation_id,
    )


def confirm(tx: Tx, number: int) -> None:
    """What the kiosk writes besides: the state, what time does next, and the ticket."""
    reservation_id, window = ReservationId(number + 1), window_of(number)
    tx.reservations.apply(reservation_id, Event.DEPOSIT_PAID)
    tx.dues.put(reservation_id, DueKind.START_MISSED, window.from_ + timedelta(minutes=25))
    tx.tickets.issue(reservation_id, window, at=NOON)


def window_of(number: int) -> Window:
    """What the driver of a round wants: every space in turn, and then again later."""
    start = NOON + (number // SPACES + 1) * EVERY
    return Window(start, start + WANTED)


@contextmanager
def block_file(path: Path) -> Iterator[int]:
    """A file of one block, open for being overwritten."""
    path.write_bytes(BLOCK)
    number = os.open(path, os.O_WRONLY)
    try:
        yield number
    finally:
        os.close(number)


def took_ns(call: Callable[[], object]) -> int:
    began_ns = time.perf_counter_ns()
    call()
    return time.perf_counter_ns() - began_ns


def committed(store: Store, number: int, *, is_confirmed: bool) -> None:
    """One commit, durable when this returns."""
    with store.transaction() as tx:
        reserve_and_pay(tx, number)
        if is_confirmed:
            confirm(tx, number)


def reserve_until_log_is_full(store: Store, log: Path) -> int:
    """Reserves until the write-ahead log has grown to its size; how many it were.

    From then on it is overwritten from its beginning, as on every day but the first: a file that
    grows costs the disk more (performance.md, 2).
    """
    for number in range(MOST_BEFORE):
        if log.stat().st_size >= CHECKPOINT_PAGES * PAGE_BYTES:
            return number
        committed(store, number, is_confirmed=False)
    raise AssertionError("the log never reached its size")


def overwrite(file: int) -> None:
    """The disk's floor: a block of 16 KiB in its place, durable when this returns."""
    os.pwrite(file, BLOCK, 0)
    os.fdatasync(file)


@pytest.mark.bench
def test_a_real_reservation_beside_the_disk(tmp_path: Path, figures: list[Figure]) -> None:
    store = site_of_200_spaces(tmp_path / "site.db")
    before = reserve_until_log_is_full(store, tmp_path / "site.db-wal")
    ours: list[int] = []
    whole: list[int] = []
    floor: list[int] = []
    with block_file(tmp_path / "block") as file:
        for number in range(before, before + 2 * ROUNDS, 2):
            ours.append(took_ns(partial(committed, store, number, is_confirmed=False)))
            floor.append(took_ns(partial(overwrite, file)))
            whole.append(took_ns(partial(committed, store, number + 1, is_confirmed=True)))
    with store.reading() as tx:
        in_escrow = sum(each.owed.minor for each in tx.ledger.balances_like("escrow:"))
    store.close()

    assert in_escrow == QUOTE.minor * (before + 2 * ROUNDS)
    rate, whole_rate = ratio(floor, ours), ratio(floor, whole)
    figures += [
        Figure(
            bench="reservation",
            what="gap, reservation, ledger, outbox: one commit, against overwriting 16 KiB",
            value=f"{rate:.2f} x ({quantiles(ours).text}; disk {quantiles(floor).text})",
            goal=f">= {GOAL} x",
            is_held=rate >= GOAL,
        ),
        Figure(
            bench="reservation",
            what="the same, confirmed with its ticket and what time does next",
            value=f"{whole_rate:.2f} x ({quantiles(whole).text})",
        ),
    ]
