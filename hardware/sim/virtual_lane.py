"""A lane in virtual time: the real barrier machine over a simulated barrier, without a thread.

It keeps the promise of `LaneControl`, so that a whole day of cars runs through the same rules
as a real lane; the caller owns the clock and calls `advance`.
"""

from collections import deque

from hardware.lane import step
from hardware.lane_control import (
    LaneListener,
    LaneSetup,
    LaneView,
    OrderState,
    Output,
    RelayOrder,
    tell,
    view_of,
)
from hardware.lane_facts import next_due_s
from hardware.lane_words import (
    AttendantClose,
    AttendantHold,
    AttendantOpen,
    AttendantRelease,
    AttendantStop,
    GrantGiven,
    HoldTo,
    InputsRead,
    IoBack,
    IoLost,
    LaneEvent,
    LaneInputs,
    LaneState,
    LockLane,
    OutputStuck,
    Phase,
    PulseAnswered,
    PulseClose,
    PulseOpen,
    PulseStop,
    Reset,
    UnlockLane,
)
from hardware.sim.plant import Plant


class VirtualLane:
    """One lane whose time passes only in `advance`; not for use by two threads.

    A listener may give the next grant from inside a call: it is taken right after that call.
    """

    def __init__(
        self, *, setup: LaneSetup, plant: Plant, listener: LaneListener, now_s: float
    ) -> None:
        self.now_s = now_s
        self.plant = plant
        self._name = setup.name
        self._listener = listener
        self._wired = tuple(setup.inputs)
        self._state = LaneState(rules=setup.rules, since_s=now_s)
        self._view: LaneView | None = None
        self._mail: deque[LaneEvent] = deque([IoBack()])
        self._is_handling = False
        self._orders = 0
        self.is_full_shown = False

    @property
    def name(self) -> str:
        """The lane's name."""
        return self._name

    @property
    def view(self) -> LaneView:
        """What may be shown of the lane at this instant."""
        return view_of(self._state)

    def grant(self, token: str) -> None:
        """As LaneControl."""
        self._handle(GrantGiven(token))

    def attendant_open(self, token: str, reason: str) -> None:
        """As LaneControl."""
        self._handle(AttendantOpen(token, reason))

    def attendant_close(self) -> None:
        """As LaneControl."""
        self._handle(AttendantClose())

    def attendant_stop(self) -> None:
        """As LaneControl."""
        self._handle(AttendantStop())

    def attendant_hold(self) -> None:
        """As LaneControl."""
        self._handle(AttendantHold())

    def attendant_release(self) -> None:
        """As LaneControl."""
        self._handle(AttendantRelease())

    def lock(self) -> None:
        """As LaneControl."""
        self._handle(LockLane())

    def unlock(self) -> None:
        """As LaneControl."""
        self._handle(UnlockLane())

    def reset(self) -> None:
        """As LaneControl."""
        self._handle(Reset())

    def show_full(self, is_full: bool) -> None:
        """As LaneControl."""
        self.is_full_shown = is_full

    def unplug_board(self) -> None:
        """Take the relay board away: every relay drops, nothing is seen, no pulse arrives."""
        self.plant.hold(is_on=False)
        self._handle(IoLost())

    def find_output_stuck(self) -> None:
        """Let the board read a relay back otherwise than it was ordered; it is all off then."""
        self.plant.hold(is_on=False)
        self._handle(OutputStuck())

    def replug_board(self) -> None:
        """Bring the relay board back."""
        self._handle(IoBack())

    def next_change_s(self) -> float:
        """Give the next instant at which the lane may change by itself, inf for none."""
        own_s = next_due_s(self._state, self.now_s)
        return min(own_s, self.plant.next_change_s())

    def advance(self, until_s: float) -> None:
        """Let time pass until `until_s`, from change to change."""
        if self._mail or self._inputs() != self._state.inputs:
            self._handle()  # a car, a jam or an order of just now
        while (change_s := self.next_change_s()) <= until_s:
            self.now_s = change_s
            self.plant.advance(change_s)
            self._handle()
        self.now_s = until_s
        self.plant.advance(until_s)

    def _handle(self, *events: LaneEvent) -> None:
        self._mail.extend(events)
        if self._is_handling:
            return
        self._is_handling = True
        try:
            is_settled = False
            while self._mail or not is_settled:
                is_settled = self._look()
                if self._mail:
                    self._take(self._mail.popleft())
                    is_settled = False
        finally:
            self._is_handling = False

    def _look(self) -> bool:
        # A machine takes one row per event: look until a reading changes nothing more.
        if self._state.phase is Phase.BLIND:
            return True
        return self._take(InputsRead(self._inputs()))

    def _inputs(self) -> LaneInputs:
        """What is wired, of what there is to be seen."""
        return LaneInputs(**{name: self.plant.read(name) for name in self._wired})

    def _take(self, event: LaneEvent) -> bool:
        before = self._state
        self._state, actions = step(before, event, self.now_s)
        for action in actions:
            match action:
                case PulseOpen():
                    self._ordered(Output.OPEN)
                    self.plant.open_pulse()
                    self._mail.append(PulseAnswered())
                case PulseClose():
                    self._ordered(Output.CLOSE)
                    self.plant.close_pulse()
                case PulseStop():
                    self._ordered(Output.STOP)
                    self.plant.stop_pulse()
                case HoldTo(is_on=is_on):
                    self.plant.hold(is_on)
                case _:
                    tell(self._listener, self._name, action, at_s=self.now_s)
        self._show()
        return not actions and before.phase is self._state.phase

    def _ordered(self, output: Output) -> None:
        """A board in virtual time answers at once, and is heard as a real one."""
        self._orders += 1
        for state in (OrderState.ORDERED, OrderState.CONFIRMED):
            self._listener.relay_ordered(self._name, RelayOrder(self._orders, output, state))

    def _show(self) -> None:
        view = view_of(self._state)
        if view != self._view:
            self._view = view
            self._listener.lane_changed(self._name, view)
