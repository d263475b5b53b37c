"""Drivers who reserve, pay, change, cancel and drive in any order, and Kim who helps them.

Other spaces, owners and the clock are left to machine.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from kiosk.domain.ids import LaneName, ReservationId, SpaceId
from kiosk.domain.life_outcomes import CancellationPriced, DuePriced
from kiosk.domain.outcomes import Reserved
from kiosk.domain.time import Window
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import (
    CancelReservation,
    CardPresented,
    PayRefundInCash,
    ReportPassage,
    Reserve,
    WalletProof,
)
from kiosk.services.life_commands import (
    ChangeReservation,
    DropChange,
    PayChange,
    PriceCancellation,
    TakeDueInCash,
)
from kiosk.services.views import Direction
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, EXIT_2, KIM, Stage, Wallet

SPACES = 5
QUARTER = timedelta(minutes=15)
FAULTS = list(SimulatedFault)
FEW_FAULTS = st.lists(st.sampled_from(FAULTS), max_size=2)
SPACE = st.integers(1, SPACES).map(SpaceId)
ONE = st.integers(0, 4)
"""Which of the latest reservations."""
PAYER = st.sampled_from([0, 0, 1, 2])
"""One of two wallets, or a card."""
BY_CARD = 2
PAYER_OR_NOBODY = st.sampled_from([0, 0, 0, 0, 1, 2, 2, 3])
CAR = st.integers(1, 6)
MINUTES = st.sampled_from([30, 90, 600])
SHIFT = st.integers(-4, 8)
QUARTERS = st.integers(1, 24)

some_made = precondition(lambda self: self.made)


class Drivers(RuleBasedStateMachine):
    """What drivers do; `founded` is the database that each life begins with."""

    founded: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.made: list[ReservationId] = []
        shutil.copy(self.founded, self._folder.name)
        self.stage = Stage(Path(self._folder.name))
        self.wallets: list[Wallet] = []

    # -- who is meant

    def one(self, number: int) -> ReservationId:
        return self.made[-1 - number % len(self.made)]

    def paying(self, payer: int) -> WalletProof | CardPresented:
        return CARD if payer == BY_CARD else self.wallets[payer].proof

    def do(self, kind: Callable[..., Any], **values: Any) -> Any:
        return self.stage.site.do(kind(actor=DRIVER, **values))

    def by_kim(self, kind: Callable[..., Any], **values: Any) -> Any:
        attendant_id = self.stage.attendant_id
        return self.stage.site.do(kind(actor=KIM, attendant_id=attendant_id, **values))

    # -- reserving and paying

    def keep(self, payer: int, **values: Any) -> None:
        """Most of those who keep a space pay for it; payer 3 does not."""
        answer = self.do(Reserve, **values)
        if isinstance(answer, Reserved):
            self.made.append(answer.reservation_id)
            if payer < 3:
                self.stage.pay_deposit(answer.reservation_id, self.paying(payer))

    @rule(space=SPACE, minutes=MINUTES, car=CAR, payer=PAYER_OR_NOBODY)
    def reserve_now(self, space: SpaceId, minutes: int, car: int, payer: int) -> None:
        self.keep(payer, space_id=space, duration_minutes=minutes, plate=f"B AB {car}")

    @rule(space=SPACE, quarters=QUARTERS, minutes=MINUTES, car=CAR, payer=PAYER_OR_NOBODY)
    def reserve_later(
        self, space: SpaceId, quarters: int, minutes: int, car: int, payer: int
    ) -> None:
        self.keep(
            payer,
            space_id=space,
            duration_minutes=minutes,
            plate=f"B AB {car}",
            starts_at=self.stage.now + quarters * QUARTER,
        )

    @some_made
    @rule(number=ONE, payer=PAYER, faults=FEW_FAULTS)
    def pay(self, number: int, payer: int, faults: list[SimulatedFault]) -> None:
        if payer == BY_CARD:
            self.stage.fault_next(*faults)
        self.stage.pay_deposit(self.one(number), self.paying(payer))

    @some_made
    @rule(number=ONE, payer=PAYER, lane=st.sampled_from([EXIT, EXIT_2]))
    def pay_what_is_due(self, number: int, payer: int, lane: LaneName) -> None:
        chosen = self.one(number)
        text = self.stage.ticket_text(chosen)

        def act() -> None:
            self.stage.scan(lane, text)
            self.stage.pay_due(chosen, self.paying(payer), lane=lane)

        self._through(lane, act)

    # -- cancelling and changing

    @some_made
    @rule(number=ONE, has_agreed=st.booleans())
    def cancel(self, number: int, has_agreed: bool) -> None:
        chosen = self.one(number)
        priced = self.do(PriceCancellation, reservation_id=chosen)
        shown = priced.refund if isinstance(priced, CancellationPriced) and has_agreed else None
        self.do(CancelReservation, reservation_id=chosen, agreed_refund=shown)

    @some_made
    @rule(number=ONE, start=SHIFT, end=SHIFT, space=st.one_of(st.none(), SPACE))
    def change(self, number: int, start: int, end: int, space: SpaceId | None) -> None:
        chosen = self.one(number)
        window = self.stage.reservation(chosen).window
        from_, until = window.from_ + start * QUARTER, window.until + end * QUARTER
        if from_ < until:
            self.do(
                ChangeReservation,
                reservation_id=chosen,
                window=Window(from_, until),
                space_id=space,
            )

    @some_made
    @rule(number=ONE, quarters=st.integers(1, 8))
    def extend(self, number: int, quarters: int) -> None:
        chosen = self.one(number)
        window = self.stage.reservation(chosen).window
        longer = Window(window.from_, window.until + quarters * QUARTER)
        self.do(ChangeReservation, reservation_id=chosen, window=longer, lane=EXIT)

    @some_made
    @rule(number=ONE, payer=PAYER, faults=FEW_FAULTS, is_dropped=st.booleans())
    def pay_or_drop_change(
        self, number: int, payer: int, faults: list[SimulatedFault], is_dropped: bool
    ) -> None:
        chosen = self.one(number)
        if is_dropped:
            self.do(DropChange, reservation_id=chosen)
            return
        if payer == BY_CARD:
            self.stage.fault_next(*faults)
        self.do(
            PayChange,
            lane=ENTRY,
            reservation_id=chosen,
            method=self.paying(payer),
            intent=self.stage.intent(),
        )

    # -- arriving, leaving, coming back

    @some_made
    @rule(number=ONE, lane=st.sampled_from([ENTRY, EXIT, EXIT, EXIT_2]))
    def drive(self, number: int, lane: LaneName) -> None:
        self._scan(lane, number, times=1)

    @some_made
    @rule(number=ONE, lane=st.sampled_from([ENTRY, EXIT]))
    def scan_twice_and_drive(self, number: int, lane: LaneName) -> None:
        self._scan(lane, number, times=2)

    @some_made
    @rule(number=ONE, lane=st.sampled_from([ENTRY, EXIT]))
    def scan_and_back_out(self, number: int, lane: LaneName) -> None:
        self._scan(lane, number, times=1, is_going_on=False)

    @some_made
    @rule(number=ONE, minutes=st.sampled_from([-15, -1, 0, 5, 24]))
    def come_and_drive_in(self, number: int, minutes: int) -> None:
        """What histories rarely find by chance."""
        start = self.stage.reservation(self.one(number)).window.from_
        self.stage.wait_until(start + timedelta(minutes=minutes))
        self._scan(ENTRY, number, times=1)

    def _scan(self, lane: LaneName, number: int, *, times: int, is_going_on: bool = True) -> None:
        text = self.stage.ticket_text(self.one(number))

        def act() -> None:
            for _ in range(times):
                self.stage.scan(lane, text)

        self._through(lane, act, is_going_on=is_going_on)

    def _through(
        self, lane: LaneName, act: Callable[[], object], *, is_going_on: bool = True
    ) -> None:
        """A car rolls up, does something, drives on, and no car stays in the way."""
        car = self.stage.site.car_to(lane)
        act()
        if is_going_on:
            self.stage.site.car_through(lane, car)
        if car in self.stage.site.lanes[lane].plant.cars:
            self.stage.back_out(lane, car)

    @some_made
    @rule(number=ONE, lane=st.sampled_from([ENTRY, EXIT]), deed=st.integers(0, 6))
    def kim_helps(self, number: int, lane: LaneName, deed: int) -> None:
        """What a desk does now and then."""
        chosen = self.one(number)
        code = self.stage.reservation(chosen).short_code
        match deed:
            case 0 | 1:
                self._through(lane, lambda: self.stage.open_barrier(lane, reservation_id=chosen))
            case 2:
                way = Direction.ENTRY if lane == ENTRY else Direction.EXIT
                report = partial(
                    self.by_kim,
                    ReportPassage,
                    reservation_id=chosen,
                    direction=way,
                    reason="saw it",
                )
                told = report()
                if isinstance(told, DuePriced):
                    report(agreed_waiver=told.bill.due)
            case 3:
                self.stage.replace_ticket(chosen, code)
            case 4:
                self.by_kim(PayRefundInCash, desk="desk-1", reservation_id=chosen)
            case 5:
                self.by_kim(
                    TakeDueInCash,
                    desk="desk-1",
                    reservation_id=chosen,
                    is_lost_ticket=lane == EXIT,
                    intent=self.stage.intent(),
                )
            case _:
                self._through(lane, lambda: self.stage.type_code(lane, code))
