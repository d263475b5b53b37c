"""Every way to pay, every fault of a provider, every step of a stay: both sides end the same.

After each stay the provider's objects are our successes, and whoever paid has the space or the
money back, never both. One site sees all the faults of a step, one after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from kiosk.domain.ids import ReservationId
from kiosk.domain.life_outcomes import ChangeKept
from kiosk.domain.outcomes import ExitDue, Granted
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import CancelReservation, CardPresented, PayRefundInCash, WalletProof
from kiosk.services.life_commands import TakeDueInCash
from tests.fakes.planned import change, pay_change
from tests.fakes.provider_books import disagreements, finish_all, space_or_refund, unfinished
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, KIM, Stage, euro
from tests.services.after import ask_refund
from tests.services.fleets import add_fleet

CHARGING = {"deposit": "collect", "extension": "collect", "due": "collect", "refund": "refund"}
"""The steps at which a provider is asked that charges, and for what."""
AUTHORISING = {
    "deposit": "authorise",
    "extension": "increase",
    "due": "collect",
    "capture": "capture",
    "release": "release",
    "refund": "refund",
}


@dataclass
class Parking:
    """One stay after another, each paid in one way, with a fault at one of its steps."""

    stage: Stage
    method: WalletProof | CardPresented
    step: str
    kind: str | None
    """What of the provider fails at that step; None: whatever it is asked first."""
    is_cash: bool = False
    wrong: list[str] = field(default_factory=list)

    def play(self, fault: SimulatedFault) -> None:
        """A whole stay with this fault, and everything that is not right after it."""
        stage = self.stage
        self._meets(fault, "deposit", "capture", "release", "refund")
        chosen = self._paid()
        if chosen is None:
            self.wrong.append(f"{fault}: a driver cannot pay")
            return
        if self.step == "release":
            refund = stage.reservation(chosen).quote
            stage.site.do(
                CancelReservation(actor=DRIVER, reservation_id=chosen, agreed_refund=refund)
            )
        else:
            self._park(chosen, fault)
        finish_all(stage)
        stage.site.do(
            PayRefundInCash(
                actor=KIM,
                attendant_id=stage.attendant_id,
                desk="desk-1",
                reservation_id=chosen,
            )
        )
        stage.site.simulator.fault_next()
        found = [
            *disagreements(stage),
            *unfinished(stage),
            *stage.wrong(),
            *space_or_refund(stage),
        ]
        self.wrong += [f"{fault}: {each}" for each in found]

    def _meets(self, fault: SimulatedFault, *steps: str) -> None:
        if self.step in steps:
            self.stage.site.simulator.fault_next(fault, kind=self.kind)

    def _paid(self) -> ReservationId | None:
        """A paid reservation, at the third try at the latest; each may get another space."""
        stage = self.stage
        starts_at = stage.now + timedelta(hours=3) if self.step == "release" else None
        for space_id in (1, 3, 5):
            reserved = stage.reserve(60, space_id=space_id, starts_at=starts_at)
            chosen = reserved.reservation_id
            stage.pay_deposit(chosen, self.method)
            stage.wait(seconds=10)
            if stage.state(chosen) == "confirmed":
                return chosen
            stage.site.do(CancelReservation(actor=DRIVER, reservation_id=chosen))
            finish_all(stage)
        return None

    def _park(self, chosen: ReservationId, fault: SimulatedFault) -> None:
        stage = self.stage
        assert isinstance(stage.drive(ENTRY, stage.ticket_text(chosen)), Granted)
        window = stage.reservation(chosen).window
        if self.step == "extension":
            self._meets(fault, "extension")
            longer = type(window)(window.from_, window.until + timedelta(minutes=30))
            if isinstance(change(stage, chosen, longer), ChangeKept):
                pay_change(stage, chosen, self.method)
            stage.wait(seconds=10)
        is_over = self.step == "due" or self.is_cash
        stage.wait_until(window.from_ + timedelta(minutes=100 if is_over else 20))
        self._leave(chosen, fault)
        if self.step == "refund" and self.kind is not None:
            ask_refund(stage, chosen, 50)

    def _leave(self, chosen: ReservationId, fault: SimulatedFault) -> None:
        """Out by the ticket; by a second payment; by hand."""
        stage = self.stage
        car = stage.site.car_to(EXIT)
        self._meets(fault, "due")
        outcome: object = stage.scan(EXIT, stage.ticket_text(chosen))
        for _ in range(2):
            if stage.is_arm_up(EXIT) or not isinstance(outcome, ExitDue):
                break
            self._pay_due(chosen)
            stage.wait(seconds=10)
        stage.site.car_through(EXIT, car)
        if stage.state(chosen) != "left":
            stage.open_barrier(EXIT, reservation_id=chosen)
            stage.site.car_through(EXIT, car)
        assert stage.state(chosen) == "left", fault

    def _pay_due(self, chosen: ReservationId) -> None:
        if self.is_cash:
            self.stage.site.do(
                TakeDueInCash(
                    actor=KIM,
                    attendant_id=self.stage.attendant_id,
                    desk="desk-1",
                    reservation_id=chosen,
                    intent=self.stage.intent(),
                )
            )
            self.stage.scan(EXIT, self.stage.ticket_text(chosen))
        else:
            self.stage.pay_due(chosen, self.method)


def play_all(parking: Parking, faults: Iterator[SimulatedFault]) -> None:
    for fault in faults:
        parking.play(fault)
    assert parking.wrong == []


@pytest.mark.parametrize("step", CHARGING)
def test_a_provider_that_charges_fails(stage: Stage, step: str) -> None:
    play_all(Parking(stage, CARD, step, CHARGING[step]), iter(SimulatedFault))


@pytest.mark.parametrize("step", AUTHORISING)
def test_a_provider_that_authorises_fails(authorising: Stage, step: str) -> None:
    play_all(Parking(authorising, CARD, step, AUTHORISING[step]), iter(SimulatedFault))


def by_wallet(stage: Stage) -> Parking:
    return Parking(stage, stage.wallet(20_000).proof, "", None)


def by_fleet(stage: Stage) -> Parking:
    return Parking(stage, add_fleet(stage, limit_minor=20_000).proof, "", None)


def in_cash(stage: Stage) -> Parking:
    stage.wallet(20_000)
    return Parking(stage, stage.wallet(20_000, name="Bo").proof, "", None, is_cash=True)


@pytest.mark.parametrize("paying", [by_wallet, by_fleet, in_cash])
@pytest.mark.parametrize("step", ["extension", "due", "release", "refund"])
def test_who_pays_without_a_provider_does_not_notice_its_faults(
    stage: Stage, paying: Callable[[Stage], Parking], step: str
) -> None:
    parking = paying(stage)
    parking.step = step
    stage.site.simulator.fault_next(*SimulatedFault)

    parking.play(SimulatedFault.UNREACHABLE)

    assert parking.wrong == []
    assert euro(0) == stage.site.simulator.total("collect", "EUR")
