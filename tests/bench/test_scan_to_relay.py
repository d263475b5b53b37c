"""From the last byte of a scan to the order that raises the arm, with a durable commit between."""

from __future__ import annotations

import queue
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from kiosk.domain.ids import AreaId, AttendantId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Reserved, SignedIn, TicketIssued, WalletOpened
from kiosk.domain.search_outcomes import SpacesFound
from kiosk.domain.till_outcomes import ShiftOpened
from kiosk.services.commands import (
    Actor,
    ActorKind,
    ChoosePin,
    Command,
    FindSpaces,
    OpenWallet,
    PayDeposit,
    Reserve,
    TopUpWallet,
    WalletProof,
)
from kiosk.services.pins import SHORTEST_MEMORY_KIB, ArgonPins
from kiosk.services.till_commands import OpenShift
from tests.bench.figures import Figure, Quantiles, quantiles
from tests.bench.scan_site import LIMIT_S, STAY, BenchSite

Answer = TypeVar("Answer")
NAME = "Attendant"
CLERK = Actor(ActorKind.ATTENDANT, NAME)
PIN = "271828"
DESK = "desk-1"
CARS = 102
PACED_CARS = 20
P50_GOAL_MS, P99_GOAL_MS = 5.0, 20.0


def do(site: BenchSite, command: Command[Answer]) -> Answer:
    """Ask the site as a screen would, and wait for the answer."""
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    assert site.work.submit(command, answers.put)
    return answers.get(timeout=LIMIT_S)


@dataclass(frozen=True, slots=True)
class Purse:
    """A wallet that pays for all cars, and who fills it."""

    attendant_id: AttendantId
    proof: WalletProof


def open_wallet(site: BenchSite) -> Purse:
    """A wallet opened by the first attendant."""
    site.core.pins = ArgonPins(memory_kib=SHORTEST_MEMORY_KIB, rounds=1)
    assert site.one_time_pin is not None, "founded a moment ago"
    signed_in = do(
        site, ChoosePin(actor=CLERK, name=NAME, one_time_pin=site.one_time_pin, new_pin=PIN)
    )
    assert isinstance(signed_in, SignedIn)
    by = signed_in.attendant_id
    float_ = Money.zero(site.core.site.currency)
    shift = OpenShift(
        actor=CLERK, attendant_id=by, desk=DESK, counted=float_, intent="the day of the bench"
    )
    assert isinstance(do(site, shift), ShiftOpened)
    opened = do(
        site, OpenWallet(actor=CLERK, attendant_id=by, driver_name="Driver", phone="", pin=PIN)
    )
    assert isinstance(opened, WalletOpened)
    return Purse(by, WalletProof(opened.pass_code, PIN))


def buy_ticket(site: BenchSite, purse: Purse, number: int) -> TicketIssued:
    """A paid ticket for the next space."""
    driver = Actor(ActorKind.DRIVER, "entry-1")
    minutes = int(STAY.total_seconds() // 60)
    found = do(site, FindSpaces(actor=driver, area_id=AreaId(1), duration_minutes=minutes))
    assert isinstance(found, SpacesFound)
    reserved = do(
        site,
        Reserve(actor=driver, space_id=found.best, duration_minutes=minutes, plate=f"BX{number}"),
    )
    assert isinstance(reserved, Reserved)
    do(
        site,
        TopUpWallet(
            actor=CLERK,
            attendant_id=purse.attendant_id,
            desk=DESK,
            pass_code=purse.proof.pass_code,
            amount=reserved.quote.total,
            intent=f"top-up-{number}",
        ),
    )
    ticket = do(
        site,
        PayDeposit(
            actor=driver,
            lane=site.entries[0].name,
            reservation_id=reserved.reservation_id,
            method=purse.proof,
            intent=f"deposit-{number}",
        ),
    )
    assert isinstance(ticket, TicketIssued), ticket
    return ticket


def scan_all(site: BenchSite, cars: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Let every car in, and out as soon as it is inside: what each scan took."""
    purse = open_wallet(site)
    texts = {}
    for number in range(cars):
        ticket = buy_ticket(site, purse, number)
        texts[ticket.reservation_id] = ticket.text
    came, went = [], []
    waiting = list(texts.values())
    lag = len(site.exits)  # the first cars are still under the arm
    for number in range(cars + lag):
        lane = number % lag
        if number < cars:
            came.append(site.entries[lane].scan(waiting[number]))
        if number >= lag:
            leaving = site.inside.get(timeout=LIMIT_S)
            went.append(site.exits[lane].scan(texts[leaving]))
    return came, went


@pytest.mark.bench
def test_from_the_scan_to_the_order(tmp_path: Path, figures: list[Figure]) -> None:
    site = BenchSite(tmp_path, pairs=3, spaces=120, baud=0)
    try:
        came, went = scan_all(site, CARS)
    finally:
        site.close()

    entry, leave = ([first for first, _ in each] for each in (came, went))
    # Each by itself: an entrance is quick and must not hide an exit that is not.
    held = [
        _hold(figures, "scan to open order, entrances", quantiles(entry)),
        _hold(figures, "scan to open order, exits with settlement", quantiles(leave)),
    ]
    assert held == [True, True]


def _hold(figures: list[Figure], what: str, found: Quantiles) -> bool:
    is_held = found.p50_ms <= P50_GOAL_MS and found.p99_ms <= P99_GOAL_MS
    figures.append(
        Figure(
            bench="scan_to_relay",
            what=what,
            value=found.text,
            goal=f"p50 <= {P50_GOAL_MS:.0f} ms, p99 <= {P99_GOAL_MS:.0f} ms",
            is_held=is_held,
        )
    )
    return is_held


@pytest.mark.bench
@pytest.mark.parametrize(("baud", "goal_ms"), [(9600, 51.0), (38400, 30.0)])
def test_from_the_scan_to_the_last_bit(
    tmp_path: Path, baud: int, goal_ms: float, figures: list[Figure]
) -> None:
    site = BenchSite(tmp_path, pairs=1, spaces=40, baud=baud)
    try:
        came, went = scan_all(site, PACED_CARS)
    finally:
        site.close()

    found = quantiles([last for _, last in (*came, *went)])
    figures.append(
        Figure(
            bench="scan_to_relay",
            what=f"scan to last bit of the order, {baud} baud",
            value=found.text,
            goal=f"p99 <= {goal_ms:.0f} ms",
            is_held=found.p99_ms <= goal_ms,
        )
    )
