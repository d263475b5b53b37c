"""Drives the cars of a day through a virtual site: search, deposit, entry, exit, settlement."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.app.day_cars import Count, PlannedCar
from kiosk.domain.ids import AttendantId, LaneName
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    Reserved,
    SignedIn,
    TicketIssued,
    WalletOpened,
)
from kiosk.domain.search_outcomes import NothingIdle, SpacesFound
from kiosk.services.commands import (
    Actor,
    ActorKind,
    ChoosePin,
    FindSpaces,
    OpenWallet,
    PayDeposit,
    PayDue,
    Reserve,
    ShowAreas,
    TopUpWallet,
    WalletProof,
)
from kiosk.services.desk import offer_one_time_pin
from kiosk.services.events import TicketPresented
from kiosk.services.till_commands import OpenShift
from kiosk.services.views import Direction

if TYPE_CHECKING:
    from kiosk.app.virtual_site import VirtualSite

_DESK = "desk-1"
_CLERK = Actor(ActorKind.ATTENDANT, "Day")
_PIN = "271828"
_SPARE_MINOR = 5_000
"""What drivers put on their wallets besides the deposit, for the case that they are late."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The real count at an instant, and how many of our cars stood in the car park."""

    at: datetime
    real: int
    ours: int


@dataclass(slots=True)
class DayResult:
    """What became of the cars."""

    served: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    paid_more_at_exit: int = 0
    readings: list[Reading] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Inside:
    car: PlannedCar
    ticket: TicketIssued
    proof: WalletProof


class DayDrive:
    """One day; `drive` it once."""

    def __init__(self, site: VirtualSite, cars: Sequence[PlannedCar]) -> None:
        self._site = site
        self._cars = {car.number: car for car in cars}
        self._entries = self._lanes(Direction.ENTRY)
        self._exits = self._lanes(Direction.EXIT)
        self._inside: dict[int, _Inside] = {}
        self._attendant_id = self._sign_in()
        self.result = DayResult()

    def drive(self, counts: Sequence[Count]) -> DayResult:
        """Let every car come and go, and read the occupancy at each count."""
        agenda: list[tuple[datetime, int, int]] = []
        for car in self._cars.values():
            heapq.heappush(agenda, (car.arrives_at, 0, car.number))
            heapq.heappush(agenda, (car.leaves_at, 1, car.number))
        for number, count in enumerate(counts):
            heapq.heappush(agenda, (count.at, 2, number))
        while agenda:
            at, kind, number = heapq.heappop(agenda)
            self._site.pass_until(at)
            if kind == 2:
                ours = len(self._inside)
                self.result.readings.append(Reading(at, counts[number].occupancy, ours))
            elif kind == 0:
                self._arrive(self._cars[number])
            elif number in self._inside:
                self._leave(self._inside.pop(number))
        self._site.pass_time(timedelta(hours=1))
        return self.result

    def _arrive(self, car: PlannedCar) -> None:
        lane = self._entries[car.number % len(self._entries)]
        driver = Actor(ActorKind.DRIVER, lane)
        found = self._find(driver, car)
        if not isinstance(found, SpacesFound):
            self.result.refused[found] += 1
            return
        reserved = self._site.do(
            Reserve(
                actor=driver,
                space_id=found.best,
                duration_minutes=car.asks_for_minutes,
                plate=car.plate,
            )
        )
        if not isinstance(reserved, Reserved):
            self.result.refused[type(reserved).__name__] += 1
            return
        proof = self._wallet(car, reserved.quote.total)
        ticket = self._site.do(
            PayDeposit(
                actor=driver,
                lane=lane,
                reservation_id=reserved.reservation_id,
                method=proof,
                intent=f"deposit-{car.number}",
            )
        )
        assert isinstance(ticket, TicketIssued), ticket
        standing = self._site.car_to(lane)
        answer = self._scan(lane, ticket)
        assert isinstance(answer, Granted), answer
        self._site.car_through(lane, standing)
        self._inside[car.number] = _Inside(car, ticket, proof)
        self.result.served += 1

    def _leave(self, inside: _Inside) -> None:
        lane = self._exits[inside.car.number % len(self._exits)]
        standing = self._site.car_to(lane)
        answer = self._scan(lane, inside.ticket)
        if isinstance(answer, ExitDue):
            self.result.paid_more_at_exit += 1
            answer = self._site.do(
                PayDue(
                    actor=Actor(ActorKind.DRIVER, lane),
                    lane=lane,
                    reservation_id=inside.ticket.reservation_id,
                    method=inside.proof,
                    intent=f"due-{inside.car.number}",
                )
            )
        assert isinstance(answer, ExitCovered), answer
        self._site.car_through(lane, standing)

    def _find(self, driver: Actor, car: PlannedCar) -> SpacesFound | str:
        """The area with the most idle spaces first, then whatever the screen proposes."""
        areas = self._site.do(ShowAreas(actor=driver)).areas
        wish = max(areas, key=lambda summary: summary.idle_count or 0).area.id
        found = self._site.do(
            FindSpaces(actor=driver, area_id=wish, duration_minutes=car.asks_for_minutes)
        )
        if isinstance(found, NothingIdle) and found.other_areas:
            found = self._site.do(
                FindSpaces(
                    actor=driver,
                    area_id=found.other_areas[0],
                    duration_minutes=car.asks_for_minutes,
                )
            )
        if isinstance(found, NothingIdle):
            return "no space is idle for the whole time asked for"
        return found if isinstance(found, SpacesFound) else type(found).__name__

    def _wallet(self, car: PlannedCar, deposit: Money) -> WalletProof:
        opened = self._site.do(
            OpenWallet(
                actor=_CLERK,
                attendant_id=self._attendant_id,
                driver_name=f"Driver {car.number}",
                phone="",
                pin=_PIN,
            )
        )
        assert isinstance(opened, WalletOpened)
        self._site.do(
            TopUpWallet(
                actor=_CLERK,
                attendant_id=self._attendant_id,
                desk=_DESK,
                pass_code=opened.pass_code,
                amount=deposit + Money(_SPARE_MINOR, deposit.currency),
                intent=f"top-up-{car.number}",
            )
        )
        return WalletProof(opened.pass_code, _PIN)

    def _scan(self, lane: LaneName, ticket: TicketIssued) -> object:
        seen = len(self._site.events)
        self._site.scan(lane, ticket.text)
        answers = [
            event.outcome
            for event in self._site.events[seen:]
            if isinstance(event, TicketPresented)
        ]
        return answers[-1]

    def _sign_in(self) -> AttendantId:
        offer_one_time_pin(self._site.core, name="Day", one_time_pin="314159")
        signed_in = self._site.do(
            ChoosePin(actor=_CLERK, name="Day", one_time_pin="314159", new_pin=_PIN)
        )
        assert isinstance(signed_in, SignedIn)
        self._site.do(
            OpenShift(
                actor=_CLERK,
                attendant_id=signed_in.attendant_id,
                desk=_DESK,
                counted=Money.zero(self._site.core.site.currency),
                intent="day",
            )
        )
        return signed_in.attendant_id

    def _lanes(self, direction: Direction) -> tuple[LaneName, ...]:
        return tuple(
            lane.name for lane in self._site.core.lanes.values() if lane.direction is direction
        )
