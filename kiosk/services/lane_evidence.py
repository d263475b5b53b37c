"""What a lane saw and did around a grant, gathered as evidence of its stay.

Edges of loops and limits, phases and relay orders are kept in memory until the transaction that
ends the grant takes them; what comes after it, such as the arm going down, is written with the
next tick. A crash loses at most what no transaction has taken yet.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.services.commands import Actor, ActorKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.store import Tx
    from hardware.lane_control import LaneView, RelayOrder
    from kiosk.domain.evidence import Fact
    from kiosk.domain.ids import LaneName, ReservationId
    from kiosk.services.core import Core

FACTS_MOST = 64
"""Of one lane between two transactions; of more the oldest are dropped, and counted."""
REST_MOST = 64
"""What waits for the next tick, of all lanes together."""
_INPUTS = ("arming", "under_arm", "open_limit", "closed_limit", "safety", "fire")
_WORDS = {True: "on", False: "off", None: "unknown"}
_AT_REST = frozenset({"idle", "present", "blind", "fault", "stopped", "held"})


@dataclass(slots=True)
class _Lane:
    facts: deque[Fact] = field(default_factory=lambda: deque(maxlen=FACTS_MOST))
    dropped: int = 0
    phase: str = ""
    inputs: dict[str, bool | None] = field(default_factory=dict)
    token: str | None = None
    ended: ReservationId | None = None
    """Whose grant has ended while its car or the arm is still moving."""

    def add(self, fact: Fact) -> None:
        self.dropped += len(self.facts) == FACTS_MOST
        self.facts.append(fact)

    def all(self) -> tuple[Fact, ...]:
        dropped: tuple[Fact, ...] = (("dropped", self.dropped),) if self.dropped else ()
        return (*dropped, *self.facts)

    def forget(self) -> None:
        self.facts.clear()
        self.dropped = 0


@dataclass(frozen=True, slots=True)
class _Rest:
    lane: LaneName
    reservation_id: ReservationId
    facts: Sequence[Fact]


class LaneEvidence:
    """The evidence of all lanes of a site; lives on the work thread."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lanes: dict[LaneName, _Lane] = {}
        self._rest: deque[_Rest] = deque(maxlen=REST_MOST)

    def changed(self, name: LaneName, view: LaneView, *, at: datetime) -> None:
        """A phase or an input is another one since the last view."""
        lane, at_ms = self._lane(name), _ms(at)
        if view.grant is not None and view.grant != lane.token:
            self._set_aside(name, lane)
        lane.token = view.grant
        for each in _INPUTS:
            state = getattr(view.inputs, each)
            if state is not lane.inputs.get(each):
                lane.inputs[each] = state
                lane.add(("input", at_ms, each, _WORDS[state]))
        phase = view.phase.value
        if phase != lane.phase:
            lane.phase = phase
            lane.add(("phase", at_ms, phase))
            if phase in _AT_REST:
                self._set_aside(name, lane)

    def ordered(self, name: LaneName, order: RelayOrder, *, at: datetime) -> None:
        """A pulse was ordered, or its board has answered, or not."""
        state, output = order.state.value, order.output.value
        self._lane(name).add(("relay", _ms(at), order.number, output, state, order.answer))

    def of(self, name: LaneName) -> tuple[Fact, ...]:
        """What was gathered and no transaction has taken yet."""
        return self._lane(name).all()

    def taken(self, name: LaneName, reservation_id: ReservationId | None) -> None:
        """It is committed with the end of this reservation's grant."""
        lane = self._lane(name)
        lane.forget()
        lane.ended = reservation_id

    def keep(self) -> None:
        """Write what came after the ends of grants, in one transaction if there is any."""
        if not self._rest:
            return
        core = self._core
        with core.store.transaction() as tx:
            for rest in self._rest:
                note_all(tx, rest.reservation_id, rest.facts, at=core.clock.now())
                core.audit(
                    tx,
                    actor=Actor(ActorKind.DEVICE, rest.lane),
                    action="evidence.lane",
                    lane=rest.lane,
                    reservation_id=rest.reservation_id,
                )
        self._rest.clear()

    def _set_aside(self, name: LaneName, lane: _Lane) -> None:
        if lane.ended is not None and lane.facts:
            self._rest.append(_Rest(name, lane.ended, lane.all()))
            lane.forget()
        lane.ended = None

    def _lane(self, name: LaneName) -> _Lane:
        return self._lanes.setdefault(name, _Lane())


def note_all(
    tx: Tx, reservation_id: ReservationId | None, facts: Sequence[Fact], *, at: datetime
) -> None:
    """Facts for the next row of a reservation."""
    for fact in facts:
        tx.audit.note(reservation_id, fact, at=at)


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
