"""A site in virtual time to which drivers, owners, attendants and the clock do anything at all.

What drivers do stands in drivers.py, what must be true after each step in truths.py.
"""

from __future__ import annotations

from datetime import time, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from kiosk.domain.ids import OfferId, OwnerId, ReservationId, SpaceId
from kiosk.domain.life_outcomes import RecallPriced, SubstitutesFound
from kiosk.domain.offer import OfferEvent, OfferTimes, weekly
from kiosk.domain.time import Window
from kiosk.services.life_commands import (
    AcceptDisplacement,
    CloseSpace,
    FindSubstitutes,
    MoveOffer,
    PriceRecall,
    RecallSpace,
    ReopenSpace,
    ReportWrongSpace,
    SetOfferTimes,
    TakeSubstitute,
)
from tests.fakes.owners_parts import too_much_given
from tests.fakes.payments_back import too_much_back
from tests.fakes.stage import NOON
from tests.lives import truths
from tests.lives.drivers import MINUTES, ONE, PAYER, QUARTER, QUARTERS, SPACE, Drivers, some_made

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


class Lives(Drivers):
    """Everything that happens, from the first two drivers until nothing waits any more."""

    def __init__(self) -> None:
        super().__init__()
        self.excused: set[ReservationId] = set()
        self.jumped_back = timedelta()

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
            *too_much_back(self.stage),
            *too_much_given(self.stage),
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
        self.by_kim(ReportWrongSpace, reservation_id=self.one(number), space_id=space)

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
