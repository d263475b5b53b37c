"""A site in virtual time to which drivers, owners, attendants and the clock do anything at all.

What must be true after each step stands in truths.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kiosk.domain.ids import LaneName, OfferId, OwnerId, ReservationId, SpaceId
from kiosk.domain.life_outcomes import CancellationPriced, RecallPriced, SubstitutesFound
from kiosk.domain.offer import OfferEvent, OfferTimes, weekly
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
    AcceptDisplacement,
    ChangeReservation,
    CloseSpace,
    DropChange,
    FindSubstitutes,
    MoveOffer,
    PayChange,
    PriceCancellation,
    PriceRecall,
    RecallSpace,
    ReopenSpace,
    ReportWrongSpace,
    SetOfferTimes,
    TakeSubstitute,
)
from kiosk.services.views import Direction
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, EXIT_2, KIM, NOON, Stage, Wallet
from tests.lives import truths

SPACES = 5
QUARTER = timedelta(minutes=15)
FAULTS = [fault for fault in SimulatedFault if fault is not SimulatedFault.SLOW]
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
OFFERED = {
    "always": (time(), time()),
    "nights": (time(17, 30), time(8)),
    "days": (time(8), time(20)),
}


def times_of(kind: str) -> OfferTimes:
    """An offer of every day."""
    from_local, until_local = OFFERED[kind]
    first_day = NOON.date() - timedelta(days=14)
    return OfferTimes(
        (weekly(range(7), from_local=from_local, until_local=until_local, first_day=first_day),)
    )


some_made = precondition(lambda self: self.made)


class Lives(RuleBasedStateMachine):
    """The rules; `founded` is the database that each life begins with."""

    founded: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.made: list[ReservationId] = []
        self.excused: set[ReservationId] = set()
        self.jumped_back = timedelta()
        shutil.copy(self.founded, self._folder.name)
        self.stage = Stage(Path(self._folder.name))
        self.wallets: list[Wallet] = []

    @initialize(minutes=MINUTES, quarters=QUARTERS, payer=PAYER)
    def begin(self, minutes: int, quarters: int, payer: int) -> None:
        """Two wallets, one who comes now, and one who comes later to the same space."""
        self.wallets = [self.stage.wallet(20_000), self.stage.wallet(500, name="Bo")]
        self.reserve_now(space=SpaceId(1), minutes=90, car=1, payer=0)
        self.reserve_later(
            space=SpaceId(1), quarters=7 + quarters, minutes=minutes, car=2, payer=payer
        )

    def teardown(self) -> None:
        try:
            if self.wallets:
                self._end()
        finally:
            self.stage.close()
            self._folder.cleanup()

    def _end(self) -> None:
        """After the last step time passes, and everything that waits must end."""
        for _ in range(3):
            self.stage.wait(seconds=10)
        self.stage.wait_until(self.stage.now + truths.LONG_ENOUGH + self.jumped_back)
        for _ in range(3):
            self.stage.wait(seconds=10)
        every = truths.reservations(self.stage)
        wrong = [
            *truths.waiting(self.stage, every),
            *truths.money(self.stage, every),
            *truths.overlaps(self.stage, every),
            *truths.gaps(self.stage, ahead=truths.ALL_KNOWN),
            *self.stage.wrong(),
        ]
        assert not wrong, "\n".join(wrong)

    @invariant()
    def everything_is_right(self) -> None:
        every = truths.reservations(self.stage)
        wrong = [
            *truths.overlaps(self.stage, every),
            *truths.outside_offers(self.stage, every, excused=self.excused),
            *truths.money(self.stage, every),
            *truths.gaps(self.stage),
        ]
        assert not wrong, "\n".join(wrong)

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
    @rule(number=ONE, lane=st.sampled_from([ENTRY, EXIT]), deed=st.integers(0, 5))
    def kim_helps(self, number: int, lane: LaneName, deed: int) -> None:
        """What a desk does now and then."""
        chosen = self.one(number)
        code = self.stage.reservation(chosen).short_code
        match deed:
            case 0 | 1:
                self._through(lane, lambda: self.stage.open_barrier(lane, reservation_id=chosen))
            case 2:
                way = Direction.ENTRY if lane == ENTRY else Direction.EXIT
                self.by_kim(ReportPassage, reservation_id=chosen, direction=way, reason="saw it")
            case 3:
                self.stage.replace_ticket(chosen, code)
            case 4:
                self.by_kim(PayRefundInCash, desk="desk-1", reservation_id=chosen)
            case _:
                self._through(lane, lambda: self.stage.type_code(lane, code))

    # -- other spaces

    @some_made
    @rule(number=ONE, is_seen_by_kim=st.booleans(), space=SPACE)
    def take_substitute(self, number: int, is_seen_by_kim: bool, space: SpaceId) -> None:
        seen_by = self.stage.attendant_id if is_seen_by_kim else None
        chosen = self.one(number)
        found = self.do(FindSubstitutes, reservation_id=chosen, attendant_id=seen_by)
        if isinstance(found, SubstitutesFound):
            space = found.substitutes[space % len(found.substitutes)].id
        self.do(TakeSubstitute, reservation_id=chosen, space_id=space, attendant_id=seen_by)

    @some_made
    @rule(number=ONE)
    def accept_displacement(self, number: int) -> None:
        seen_by = self.stage.attendant_id
        self.do(AcceptDisplacement, reservation_id=self.one(number), attendant_id=seen_by)

    @some_made
    @rule(number=ONE, space=SPACE)
    def take_wrong_space(self, number: int, space: SpaceId) -> None:
        self.do(ReportWrongSpace, reservation_id=self.one(number), space_id=space)

    @some_made
    @rule(number=ONE, other=ONE)
    def link(self, number: int, other: int) -> None:
        self.stage.link(self.one(number), self.one(other))

    @some_made
    @rule(number=ONE, quarters=st.integers(1, 20), is_broken=st.booleans())
    def break_or_mend_space(self, number: int, quarters: int, is_broken: bool) -> None:
        space = self.stage.reservation(self.one(number)).space_id
        if is_broken:
            until = self.stage.now + quarters * QUARTER
            self.by_kim(CloseSpace, space_id=space, until=until, reason="a pipe has burst")
        else:
            self.by_kim(ReopenSpace, space_id=space)

    # -- owners

    @some_made
    @rule(number=ONE)
    def recall(self, number: int) -> None:
        """The owner wants the space for just the time for which somebody has it."""
        reservation = self.stage.reservation(self.one(number))
        window = reservation.window
        wanted = {
            "owner_id": self._owner(reservation.space_id),
            "space_id": reservation.space_id,
            "window": Window(window.from_.replace(second=0), window.until.replace(second=0)),
        }
        priced = self.do(PriceRecall, **wanted)
        if isinstance(priced, RecallPriced):
            self.do(RecallSpace, **wanted, agreed_cost=priced.cost)

    @rule(space=SPACE, kind=st.sampled_from(["always", "always", "days", "nights", "paused"]))
    def change_offer(self, space: SpaceId, kind: str) -> None:
        """A pause, or other times and no pause any more; what stands by then may lie outside."""
        self.excused.update(self.made)
        owner, offer = self._owner(space), self._offer(space)
        event = OfferEvent.PAUSED if kind == "paused" else OfferEvent.RESUMED
        self.do(MoveOffer, offer_id=offer, event=event, owner_id=owner)
        if kind != "paused":
            self.do(SetOfferTimes, owner_id=owner, offer_id=offer, times=times_of(kind))

    def _owner(self, space: SpaceId) -> OwnerId:
        with self.stage.site.core.store.reading() as tx:
            return tx.library.space(space).owner_id

    def _offer(self, space: SpaceId) -> OfferId:
        with self.stage.site.core.store.reading() as tx:
            offer = tx.library.offer_in_force(space)
        assert offer is not None, "nobody withdraws one here"
        return offer.id

    # -- time

    @rule(minutes=st.sampled_from([1, 12, 26, 45, 200]))
    def wait(self, minutes: int) -> None:
        self.stage.wait(minutes=minutes)

    @some_made
    @rule(number=ONE, minutes=st.sampled_from([-15, -1, 0, 5, 16, 26]), is_end=st.booleans())
    def wait_until_it_begins_or_ends(self, number: int, minutes: int, is_end: bool) -> None:
        window = self.stage.reservation(self.one(number)).window
        edge = window.until if is_end else window.from_
        self.stage.wait_until(edge + timedelta(minutes=minutes))

    @rule()
    def restart(self) -> None:
        self.stage.restart()

    @rule(minutes=st.sampled_from([-61, -7, 7, 61]))
    def somebody_sets_the_clock(self, minutes: int) -> None:
        if minutes < 0:
            self.jumped_back -= timedelta(minutes=minutes)
        self.stage.site.clock.jump(timedelta(minutes=minutes))
