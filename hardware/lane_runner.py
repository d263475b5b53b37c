"""Runs one barrier machine on its own thread "lane:<name>" over real relay boards.

It polls the inputs, debounces them, sends the pulses that the machine asks for and tells the
listener what happened. What the machine decides is left to `hardware.lane`, the bytes to the port.
"""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Final

from hardware.boards.base import Ack
from hardware.errors import CommandDropped
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
from hardware.lane_polls import LanePolls, Poll
from hardware.lane_words import (
    AlarmCode,
    AlarmRaised,
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
    Lamp,
    LampTo,
    LaneAction,
    LaneEvent,
    LaneState,
    LockLane,
    OutputStuck,
    Phase,
    PulseAnswered,
    PulseClose,
    PulseOpen,
    PulseStop,
    PulseUnconfirmed,
    Reset,
    Tick,
    UnlockLane,
)
from hardware.levels import Levels
from hardware.orders import Priority
from hardware.port import BoardLink, PortState
from hardware.pulse_answers import answer_to
from hardware.read_back import ReadBack, Relays
from hardware.recorder import Frame
from hardware.seen_pulse import seen_pulse

POLL_S: Final = 0.050
LATER_S: Final = 0.0005
"""Just beyond an age that is still good."""
PULSE_DEADLINE_S: Final = 1.0
"""A pulse that is not begun within the least gap between pulses could meet the next one."""
COMMANDS_MAX: Final = 64

MAY_WAIT: Final = {
    Output.OPEN: (Phase.OPENING, Phase.OPEN, Phase.PASSING, Phase.HELD, Phase.FORCED),
    Output.CLOSE: (Phase.CLOSING,),
}
"""The phases in which a pulse that still waits for its line may go out."""

AlarmFrames = Callable[[str, str, Mapping[str, tuple[Frame, ...]]], None]
"""Takes lane, alarm code and what last crossed each port of the lane; must only enqueue."""


@dataclass(frozen=True, slots=True)
class _Stop:
    pass


@dataclass(frozen=True, slots=True)
class _Board:
    name: str
    state: PortState


@dataclass(frozen=True, slots=True)
class _Full:
    is_full: bool


_Mail = LaneEvent | Poll | Relays | BaseException | _Stop | RelayOrder | _Board | _Full


class LaneRunner:
    """One lane on the boards that its setup names; keeps the promise of LaneControl.

    A command wakes the lane's thread at once; the listener is called on that thread.
    `is_host_alive` says whether the rest of the program still works: without it the host-alive
    relay drops.
    """

    def __init__(
        self,
        *,
        setup: LaneSetup,
        boards: Mapping[str, BoardLink],
        listener: LaneListener,
        on_alarm: AlarmFrames | None = None,
        is_host_alive: Callable[[], bool] = lambda: True,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._setup = setup
        self._boards = {name: boards[name] for name in setup.boards}
        self._listener = listener
        self._on_alarm = on_alarm
        self._is_host_alive = is_host_alive
        self._monotonic = monotonic
        self._mail: queue.SimpleQueue[_Mail] = queue.SimpleQueue()
        self._polls = LanePolls(
            setup=setup, boards=self._boards, answered=self._mail.put, monotonic=monotonic
        )
        self._read_back = ReadBack(
            setup=setup, boards=self._boards, answered=self._mail.put, monotonic=monotonic
        )
        self._levels = Levels(setup=setup, boards=self._boards, monotonic=monotonic)
        self._state = LaneState(rules=setup.rules, since_s=monotonic())
        self._ordered: dict[Output, Future[Ack]] = {}
        self._orders = 0
        self._view: LaneView | None = None
        self._poll_due_s = 0.0
        self._beat_at_s = monotonic()
        self._thread = threading.Thread(target=self._run, name=f"lane:{setup.name}", daemon=True)

    @property
    def name(self) -> str:
        """The lane's name."""
        return self._setup.name

    @property
    def beat_at_s(self) -> float:
        """When the lane's thread last came round; from any thread, for the watchdog."""
        return self._beat_at_s

    def start(self) -> None:
        """Begin to poll; once in the life of a runner, before its ports start."""
        for name, link in self._boards.items():
            link.add_state_listener(partial(self._board_changed, name))
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """End the thread. A grant that is open stays unanswered, as after a crash."""
        if self._thread.ident is not None:
            self._mail.put(_Stop())
            self._thread.join(timeout_s)

    def grant(self, token: str) -> None:
        """As LaneControl."""
        self._order(GrantGiven(token))

    def attendant_open(self, token: str, reason: str) -> None:
        """As LaneControl."""
        self._order(AttendantOpen(token, reason))

    def attendant_close(self) -> None:
        """As LaneControl."""
        self._order(AttendantClose())

    def attendant_stop(self) -> None:
        """As LaneControl."""
        self._order(AttendantStop())

    def attendant_hold(self) -> None:
        """As LaneControl."""
        self._order(AttendantHold())

    def attendant_release(self) -> None:
        """As LaneControl."""
        self._order(AttendantRelease())

    def lock(self) -> None:
        """As LaneControl."""
        self._order(LockLane())

    def unlock(self) -> None:
        """As LaneControl."""
        self._order(UnlockLane())

    def reset(self) -> None:
        """As LaneControl."""
        self._order(Reset())

    def show_full(self, is_full: bool) -> None:
        """As LaneControl."""
        self._mail.put(_Full(is_full))

    def _order(self, event: LaneEvent) -> None:
        if self._mail.qsize() >= COMMANDS_MAX:
            raise CommandDropped("the lane has too much to do")
        self._mail.put(event)

    # ---- called on the ports' threads: only enqueue; few polls and pulses are ever under way

    def _board_changed(self, name: str, state: PortState) -> None:
        self._mail.put(_Board(name, state))

    def _pulsed(self, order: RelayOrder, future: Future[Ack]) -> None:
        self._mail.put(answer_to(order, future))

    # ---- from here on: only the lane's own thread

    def _run(self) -> None:
        while True:
            self._beat_at_s = self._monotonic()
            wait_s = min(self._poll_due_s, self._stale_at_s()) - self._beat_at_s
            try:
                mail = self._mail.get(timeout=wait_s) if wait_s > 0 else self._mail.get_nowait()
            except queue.Empty:
                if self._monotonic() >= self._poll_due_s:
                    self._poll()
                else:
                    self._take(Tick())  # the last reading has just become too old
                continue
            if isinstance(mail, _Stop):
                return
            self._take_mail(mail)
            if self._monotonic() >= self._poll_due_s:
                self._poll()

    def _take_mail(self, mail: _Mail) -> None:
        match mail:
            case Poll():
                self._polls.take(mail)
                self._look()
            case Relays():
                self._compare(mail)
            case RelayOrder(output=output, state=state):
                self._listener.relay_ordered(self.name, mail)
                self._read_back.pulse_answered(output)
                if state is OrderState.UNCONFIRMED:
                    self._read_back.doubt(self._setup.outputs[output].board)
                    self._take(PulseUnconfirmed())
                elif output is Output.OPEN and state is not OrderState.TAKEN_BACK:
                    self._take(PulseAnswered())
            case _Board(name=name, state=state):
                self._take_board_state(name, state)
            case _Full(is_full=is_full):
                self._levels.want({Output.FULL: is_full})
            case BaseException():
                raise mail
            case _Stop():
                pass
            case Reset() | UnlockLane():
                self._read_back.start_again()
                self._take(mail)
            case _:
                self._take(mail)

    def _poll(self) -> None:
        self._poll_due_s = self._monotonic() + POLL_S
        self._take(Tick())
        self._polls.ask()
        if not self._setup.inputs:
            self._look()
        if self._state.phase is not Phase.BLIND:
            self._levels.want({Output.HOST_ALIVE: self._is_host_alive()})
            self._levels.keep_up()
            for board in self._levels.take_doubtful():
                self._read_back.doubt(board)
            self._read_back.ask()

    def _stale_at_s(self) -> float:
        """When the last reading becomes too old to act on: not only at the next poll."""
        if self._state.phase is Phase.BLIND:
            return inf
        return self._state.read_at_s + self._setup.timers.input_age_max_s + LATER_S

    def _look(self) -> None:
        if self._polls.is_lost():
            self._lose_io()
            return
        if self._state.phase is Phase.BLIND and self._polls.read() is not None:
            for board in self._boards:
                self._levels.forget(board)
            self._take(IoBack())
        read = self._polls.read()
        if read is not None:
            self._take(InputsRead(*read))

    def _take_board_state(self, name: str, state: PortState) -> None:
        self._read_back.forget(name)
        match state:
            case PortState.READY:
                self._levels.forget(name)
                self._poll_due_s = self._monotonic()
            case PortState.LOST | PortState.DENIED | PortState.CLOSED:
                self._lose_io()
            case PortState.OPENING | PortState.PROBING:
                pass

    def _lose_io(self) -> None:
        self._polls.forget()
        self._take(IoLost())

    def _compare(self, relays: Relays) -> None:
        self._levels.keep_up()
        shown = self._levels.shown
        if self._read_back.is_dropped(relays, shown):
            self._levels.forget(relays.board)
        if self._read_back.is_stuck(relays, shown):
            self._levels.switch_off(relays.board)
            self._take(OutputStuck())

    def _take(self, event: LaneEvent) -> None:
        now_s = self._monotonic()
        self._state, actions = step(self._state, event, now_s)
        for action in actions:
            self._act(action, now_s)
        self._take_back_orders()
        view = view_of(self._state)
        if view != self._view:
            self._view = view
            self._listener.lane_changed(self.name, view)

    def _act(self, action: LaneAction, now_s: float) -> None:
        match action:
            case PulseOpen():
                self._pulse(Output.OPEN, Priority.OPEN, now_s)
            case PulseClose():
                self._pulse(Output.CLOSE, Priority.CLOSE, now_s)
            case PulseStop():
                self._pulse(Output.STOP, Priority.STOP, now_s)
            case HoldTo(is_on=is_on):
                self._levels.want({Output.HOLD: is_on})
            case LampTo(lamp=lamp):
                self._levels.want({Output.GREEN: lamp is Lamp.GREEN, Output.RED: lamp is Lamp.RED})
            case AlarmRaised(code=code) if self._on_alarm is not None:
                boxes = {link.port_name: link.blackbox() for link in self._boards.values()}
                self._on_alarm(self.name, code.value, boxes)
                tell(self._listener, self.name, action, at_s=now_s)
            case _:
                tell(self._listener, self.name, action, at_s=now_s)

    def _take_back_orders(self) -> None:
        # A busy line may still hold a pulse whose cause has ended; one under way goes out.
        state = self._state
        is_for_grant = state.phase is Phase.OPENING and not state.is_raised_by_attendant
        is_stuck = is_for_grant and AlarmCode.OUTPUT_STUCK in state.alarms and state.is_locked
        for output, order in list(self._ordered.items()):
            is_over = state.phase not in MAY_WAIT[output]
            if is_over or (is_stuck and state.grant is None):
                del self._ordered[output]
                order.cancel()

    def _pulse(self, output: Output, priority: Priority, now_s: float) -> None:
        wire = self._setup.outputs.get(output)
        if wire is None:  # the operator has no such input, so there is nothing to press
            return
        self._read_back.pulse_ordered(output)
        order = seen_pulse(
            self._boards[wire.board],
            wire.channel,
            self._setup.pulse_ms,
            priority=priority,
            deadline_s=now_s + PULSE_DEADLINE_S,
        )
        self._orders += 1
        report = RelayOrder(self._orders, output, OrderState.ORDERED)
        self._listener.relay_ordered(self.name, report)
        order.add_done_callback(partial(self._pulsed, report))
        if output in MAY_WAIT:
            self._ordered[output] = order
