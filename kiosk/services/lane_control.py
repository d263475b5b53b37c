"""Turns what lanes report into stays: passages, returned grants, alarms, scanned codes.

The calls of LaneListener come on the lanes' own threads and only queue; everything is done
on the work thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kiosk.domain.ids import GrantToken, LaneName
from kiosk.domain.lane_orders import LaneWiring
from kiosk.services.commands import Actor, ActorKind, PresentTicket
from kiosk.services.core import Lane
from kiosk.services.events import (
    LaneChanged,
    PassageReported,
    PassPresented,
    SiteChanged,
)
from kiosk.services.grants import return_grant
from kiosk.services.lane_evidence import LaneEvidence, note_all
from kiosk.services.passages import begin_or_end_stay
from kiosk.services.present import present_ticket
from kiosk.services.tickets import NoTicket
from kiosk.services.validations import present_voucher
from kiosk.services.views import Direction, LaneStatus
from kiosk.services.vouchers import VOUCHER_PREFIX
from kiosk.services.wallets import FLEET_PREFIX, PASS_PREFIX, plain_pass

if TYPE_CHECKING:
    from datetime import datetime

    from db.records import GrantRecord
    from db.store import Tx
    from hardware.lane_control import LaneView, RelayOrder
    from kiosk.domain.ids import ReservationId
    from kiosk.services.core import Core


class LaneReports:
    """Keeps the promise of hardware's LaneListener for all lanes of a site."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._granted: dict[LaneName, tuple[str, ReservationId | None]] = {}
        self._evidence = LaneEvidence(core)

    # On the lanes' threads: only queue. -----------------------------------------------------

    def lane_changed(self, lane: str, view: LaneView) -> None:
        """The lane is in another phase, or an input or alarm changed."""
        at = self._core.clock.now()
        self._queue(lambda: self._changed(LaneName(lane), view, at))

    def passage(self, lane: str, token: str, *, at_s: float, is_assumed: bool) -> None:
        """A granted car is through, or the lane that sees nothing assumes so."""
        self._queue(lambda: self._passed(LaneName(lane), GrantToken(token), is_assumed=is_assumed))

    def grant_voided(self, lane: str, token: str, why: str) -> None:
        """A grant ended without a passage: its right goes back."""
        self._queue(lambda: self._voided(LaneName(lane), GrantToken(token), why))

    def lane_noticed(self, lane: str, notice: str) -> None:
        """Something worth a line in the audit: a tailgate, the guard's remote."""
        if notice not in {"welcome", "idle"}:
            self._queue(lambda: self._noticed(LaneName(lane), notice))

    def alarm(self, lane: str, code: str, *, is_raised: bool) -> None:
        """A device fault came or went; the lane's view carries it to the screens."""
        verb = "raised" if is_raised else "cleared"
        self._queue(lambda: self._noticed(LaneName(lane), f"{code} {verb}"))

    def relay_ordered(self, lane: str, order: RelayOrder) -> None:
        """A pulse was ordered, or its board has answered, or not."""
        at = self._core.clock.now()
        self._queue(lambda: self._evidence.ordered(LaneName(lane), order, at=at))

    def code_scanned(self, lane: LaneName, text: str) -> None:
        """A scanner read a code; the clock stops here, not when its turn comes."""
        presented_at = self._core.clock.now()
        self._queue(lambda: self._scanned(lane, text, presented_at))

    def _queue(self, task: Callable[[], object]) -> None:
        self._core.post(task)

    # On the work thread. --------------------------------------------------------------------

    def keep_evidence(self) -> None:
        """Write what lanes did after their grants had ended; with every tick, and at the end."""
        self._evidence.keep()

    def _changed(self, name: LaneName, view: LaneView, at: datetime) -> None:
        self._evidence.changed(name, view, at=at)
        lane = self._core.lanes[name]
        status = LaneStatus(
            lane=name,
            direction=lane.direction,
            phase=view.phase.value,
            arming=view.inputs.arming,
            under_arm=view.inputs.under_arm,
            open_limit=view.inputs.open_limit,
            closed_limit=view.inputs.closed_limit,
            alarms=tuple(sorted(code.value for code in view.alarms)),
            reservation_id=self._granted_to(name, view.grant),
            safety=view.inputs.safety,
            fire=view.inputs.fire,
            is_held=view.is_held,
            is_locked=view.is_locked,
            wiring=lane.status.wiring,
        )
        if status != lane.status:
            lane.status = status
            self._core.publish(LaneChanged(status))

    def _granted_to(self, name: LaneName, token: str | None) -> ReservationId | None:
        if token is None:
            return None
        known = self._granted.get(name)
        if known is None or known[0] != token:
            with self._core.store.reading() as tx:
                grant = tx.lanes.grant(GrantToken(token))
            known = (token, grant.reservation_id if grant is not None else None)
            self._granted[name] = known
        return known[1]

    def _passed(self, lane: LaneName, token: GrantToken, *, is_assumed: bool) -> None:
        core, now = self._core, self._core.clock.now()
        why = "assumed" if is_assumed else "passage"
        with core.store.transaction() as tx:
            grant = tx.lanes.close_grant(token, state="passed", why=why, at=now)
            grant = grant or _replaced(tx, token)
            if grant is None:
                return
            reservation_id = grant.reservation_id
            if reservation_id is not None:
                begin_or_end_stay(
                    core, tx, reservation_id, Direction(grant.direction), lane=lane, at=now
                )
            note_all(tx, reservation_id, self._evidence.of(lane), at=now)
            core.audit(
                tx,
                actor=_lane_actor(lane),
                action=f"{grant.direction}.passed",
                detail="assumed" if is_assumed else "",
                lane=lane,
                reservation_id=reservation_id,
            )
        self._evidence.taken(lane, reservation_id)
        core.publish(PassageReported(lane, reservation_id))
        core.publish(SiteChanged())

    def _voided(self, lane: LaneName, token: GrantToken, why: str) -> None:
        returned = return_grant(self._core, token, why, evidence=self._evidence.of(lane))
        if returned is not None:
            self._evidence.taken(lane, returned.reservation_id)

    def _noticed(self, lane: LaneName, what: str) -> None:
        core = self._core
        with core.store.transaction() as tx:
            core.audit(tx, actor=_lane_actor(lane), action="lane.noticed", detail=what, lane=lane)

    def _scanned(self, lane: LaneName, text: str, presented_at: datetime) -> None:
        if text.startswith((PASS_PREFIX, FLEET_PREFIX)):
            self._core.publish(PassPresented(lane, plain_pass(text)))
            return
        tries = self._core.lanes[lane].scanned
        if tries.wait_until(presented_at) is not None:
            return
        if text.startswith(VOUCHER_PREFIX):
            present_voucher(self._core, lane, text, at=presented_at)
            return
        outcome = present_ticket(
            self._core,
            PresentTicket(
                actor=_lane_actor(lane), lane=lane, text=text, presented_at=presented_at
            ),
        )
        if isinstance(outcome, NoTicket):
            tries.note_bad(presented_at)


def _replaced(tx: Tx, token: GrantToken) -> GrantRecord | None:
    """A grant that an order by hand replaced while its car was already under the arm.

    The lane then refuses the order and lets the car keep its grant: the passage is a fact.
    """
    grant = tx.lanes.grant(token)
    return grant if grant is not None and grant.why == "replaced" else None


def unwired_lanes(lanes: Iterable[tuple[str, str, LaneWiring]]) -> dict[LaneName, Lane]:
    """The lanes of a site by name, direction and wiring, before their devices answer."""
    return {
        LaneName(name): Lane(
            LaneName(name),
            Direction(direction),
            unwired(LaneName(name), Direction(direction), wiring=wiring),
        )
        for name, direction, wiring in lanes
    }


def unwired(name: LaneName, direction: Direction, *, wiring: LaneWiring) -> LaneStatus:
    """A lane before its first report: nothing is known, nothing opens."""
    return LaneStatus(
        lane=name,
        direction=direction,
        phase="blind",
        arming=None,
        under_arm=None,
        open_limit=None,
        closed_limit=None,
        alarms=(),
        reservation_id=None,
        wiring=wiring,
    )


def _lane_actor(lane: LaneName) -> Actor:
    return Actor(ActorKind.DEVICE, lane)
