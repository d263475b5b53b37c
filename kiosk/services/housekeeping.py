"""What time itself asks for: expired and missed reservations, open payments, and the restart.

There are no timers: every tick looks into the tables for what is due, so that a power cut
delays things but loses none.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, assert_never

from db.records import UNFINISHED
from kiosk.domain.cancellation import no_show_fee
from kiosk.domain.money import Money
from kiosk.domain.reservation import Due, DueKind, Event, Reservation
from kiosk.services import limits, providers
from kiosk.services.authorisations import expire
from kiosk.services.change import let_change_run_out
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.ending import end_reservation, stay_away
from kiosk.services.events import SiteChanged
from kiosk.services.full_disk import write_down
from kiosk.services.full_sign import FullSigns
from kiosk.services.grants import SITE_FAILED, return_grant
from kiosk.services.library import renew_around, roll_forward
from kiosk.services.nightly import NightlyReports
from kiosk.services.reseat import make_room_behind
from kiosk.services.waiting import ring_for_waiting

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import OperationKey, ReservationId
    from kiosk.services.core import Core
    from kiosk.services.tariffs import TariffFiles

_CLOCK = Actor(ActorKind.CLOCK, "housekeeping")


class Housekeeping:
    """Does what is due, at most once in DUE_EVERY_S; lives on the work thread."""

    def __init__(self, core: Core, tariffs: TariffFiles) -> None:
        self._core = core
        self._tariffs = tariffs
        self._full_signs = FullSigns(core)
        self._next_at: datetime | None = None
        self._expired_until = datetime.fromtimestamp(0, UTC)
        self._reports = NightlyReports(core)

    def recover(self) -> None:
        """After a start: void the grants that nobody reported, query every open operation.

        An open grant is never replayed: its right goes back, and the desk shows it. What was
        sent may have been done: it is in doubt.
        """
        core = self._core
        with core.store.reading() as tx:
            grants = tx.lanes.open_grants()
        for grant in grants:
            return_grant(core, grant.token, "restart")
        with core.store.transaction() as tx:
            tx.payments.doubt_all_sent(core.clock.now())
        self.tick()

    def tick(self) -> None:
        """Do everything that is due by now."""
        core, now = self._core, self._core.clock.now()
        pause = timedelta(seconds=limits.DUE_EVERY_S)
        # A clock that was set back must not silence what is due until it has caught up.
        if self._next_at is not None and self._next_at - pause <= now < self._next_at:
            return
        self._next_at = now + pause
        write_down(core)
        self._tariffs.look()
        with core.store.reading() as tx:
            due = tx.dues.by(now)
            operations = tx.payments.unfinished()
            horizon = tx.library.gap_horizon()
        for each in due:
            self._do(each, now)
        for operation in operations:
            self._pursue(operation.key, now=now)
        self._expire_authorisations(now)
        self._reports.look(now)
        near = now + timedelta(days=limits.GAP_HORIZON_DAYS - 1)
        if horizon is None or horizon < near:
            with core.store.transaction() as tx:
                roll_forward(core, tx, most=limits.GAP_SPACES_A_TICK)
        self._full_signs.look()
        ring_for_waiting(core)
        if due:
            core.publish(SiteChanged())

    def _do(self, due: Due, now: datetime) -> None:
        """Do one thing that time has brought, in a transaction of its own.

        What was done before it in the same tick can have undone it: a late car has cost a
        driver the space whose start he would have missed.
        """
        with self._core.store.reading() as tx:
            if due not in tx.dues.of_reservation(due.reservation_id):
                return
        match due.kind:
            case DueKind.PENDING_RUNS_OUT:
                self._expire(due.reservation_id)
            case DueKind.START_MISSED:
                self._miss(due.reservation_id, now)
            case DueKind.CHANGE_RUNS_OUT:
                with self._core.store.transaction() as tx:
                    let_change_run_out(self._core, tx, due.reservation_id, actor=_CLOCK)
            case DueKind.STAY_RUNS_LATE:
                with self._core.store.transaction() as tx:
                    make_room_behind(self._core, tx, due.reservation_id, actor=_CLOCK)
            case _:
                assert_never(due.kind)

    def _expire(self, reservation_id: ReservationId) -> None:
        core = self._core
        with core.store.transaction() as tx:
            reservation = _still_there(tx, reservation_id)
            tx.dues.drop(reservation_id, DueKind.PENDING_RUNS_OUT)
            tx.reservations.apply(reservation_id, Event.PENDING_RAN_OUT)
            renew_around(core, tx, reservation.space_id, reservation.window)
            core.audit(
                tx, actor=_CLOCK, action="reservation.expired", reservation_id=reservation_id
            )

    def _miss(self, reservation_id: ReservationId, now: datetime) -> None:
        """Nobody came: the first part of the window is charged, the rest goes back.

        Where the entrance could not open, or may have let the car in unseen, nothing is
        charged, and only the booked end tells that nobody will come. A car that was here
        before and did not come back after all has paid for its stay.
        """
        core = self._core
        with core.store.transaction() as tx:
            reservation = _still_there(tx, reservation_id)
            if any(grant.reservation_id == reservation_id for grant in tx.lanes.open_grants()):
                return  # the car is under the arm: looked at again with the next tick
            if now < reservation.window.until and _has_site_failed(tx, reservation_id):
                tx.dues.put(reservation_id, DueKind.START_MISSED, reservation.window.until)
                return
            if tx.reservations.stay(reservation_id) is not None:
                stay_away(core, tx, reservation, actor=_CLOCK)
                return
            missed_at = reservation.window.from_ + core.site.rules.no_show_after
            if now < missed_at:
                # Written by the program before, or by longer patience that a site has since got.
                tx.dues.put(reservation_id, DueKind.START_MISSED, missed_at)
                return
            fee = Money.zero(core.site.currency)
            if not _has_site_failed(tx, reservation_id):
                fee = no_show_fee(reservation, core.site.rules)
            end_reservation(
                core, tx, reservation, event=Event.START_MISSED, fee=fee, kind="no-show"
            )
            core.audit(
                tx, actor=_CLOCK, action="reservation.missed", reservation_id=reservation_id
            )

    def _pursue(self, key: OperationKey, *, now: datetime) -> None:
        """Send what is queued, ask what became of all else; a call before it can have ended it."""
        with self._core.store.reading() as tx:
            operation = tx.payments.operation(key)
        assert operation is not None, "it was unfinished a moment ago"
        if operation.state in UNFINISHED:
            providers.pursue(self._core, operation, now)

    def _expire_authorisations(self, now: datetime) -> None:
        core = self._core
        with core.store.reading() as tx:
            expired = tx.authorisations.expired(after=self._expired_until, until=now)
        for each in expired:
            with core.store.transaction() as tx:
                expire(core, tx, each)
        self._expired_until = now


def _still_there(tx: Tx, reservation_id: ReservationId) -> Reservation:
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None
    return reservation


def _has_site_failed(tx: Tx, reservation_id: ReservationId) -> bool:
    """Whether its driver came and the entrance could not open, or not tell what happened."""
    return any(
        grant.state == "void" and grant.why in SITE_FAILED
        for grant in tx.lanes.of_reservation(reservation_id, "entry")
    ) or tx.audit.has(reservation_id, action="ticket.presented", detail="LaneOutOfOrder")
