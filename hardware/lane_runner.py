"""Runs one barrier machine on its own thread "lane:<name>" over a real relay board.

It polls the inputs, debounces them, sends the pulses that the machine asks for and tells the
listener what happened. What the machine decides is left to `hardware.lane`, the bytes to the port.
"""

import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from hardware.boards.base import Ack, RelayBoard
from hardware.errors import CommandDropped, HardwareError
from hardware.inputs import InputBank
from hardware.lamps import Lamps
from hardware.lane import step
from hardware.lane_control import LaneListener, LaneSetup, LaneView, tell, view_of
from hardware.lane_words import (
    AttendantClose,
    AttendantOpen,
    GrantGiven,
    InputsRead,
    IoBack,
    IoLost,
    LampTo,
    LaneAction,
    LaneEvent,
    LaneInputs,
    LaneState,
    Phase,
    PulseClose,
    PulseOpen,
    PulseUnconfirmed,
    Reset,
    Tick,
)
from hardware.line import Line
from hardware.port import PortState, PortWorker, Priority

POLL_S: Final = 0.050
POLL_DEADLINE_S: Final = 0.100
MISSED_MAX: Final = 3
PULSE_DEADLINE_S: Final = 1.0
"""A pulse that is not begun within the least gap between pulses could meet the next one."""
COMMANDS_MAX: Final = 64


@dataclass(frozen=True, slots=True)
class _Poll:
    readings: tuple[bool, ...] | None
    at_s: float


@dataclass(frozen=True, slots=True)
class _Stop:
    pass


@dataclass(frozen=True, slots=True)
class _Bug:
    failure: BaseException


_Mail = LaneEvent | PortState | _Poll | _Stop | _Bug


class LaneRunner:
    """One lane on a started PortWorker; keeps the promise of LaneControl.

    A command wakes the lane's thread at once; the listener is called on that thread.
    """

    def __init__(
        self,
        *,
        setup: LaneSetup,
        port: PortWorker,
        listener: LaneListener,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._setup = setup
        self._port = port
        self._listener = listener
        self._monotonic = monotonic
        self._mail: queue.SimpleQueue[_Mail] = queue.SimpleQueue()
        self._bank = InputBank(setup.wires())
        self._lamps = Lamps(setup=setup, port=port, monotonic=monotonic)
        self._state = LaneState(rules=setup.rules, since_s=monotonic())
        self._view: LaneView | None = None
        self._missed = 0
        self._is_polling = False
        self._poll_due_s = 0.0
        self._thread = threading.Thread(target=self._run, name=f"lane:{setup.name}", daemon=True)

    @property
    def name(self) -> str:
        """The lane's name."""
        return self._setup.name

    def start(self) -> None:
        """Begin to poll; once in the life of a runner."""
        self._port.add_state_listener(self._mail.put)
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

    def reset(self) -> None:
        """As LaneControl."""
        self._order(Reset())

    def _order(self, event: LaneEvent) -> None:
        if self._mail.qsize() >= COMMANDS_MAX:
            raise CommandDropped("the lane has too much to do")
        self._mail.put(event)

    # ---- called on the port's thread: only enqueue; one poll and few pulses are ever under way

    def _polled(self, future: Future[tuple[bool, ...]]) -> None:
        failure = future.exception()
        if failure is not None and not isinstance(failure, HardwareError):
            self._mail.put(_Bug(failure))
        readings = future.result() if failure is None else None
        self._mail.put(_Poll(readings, self._monotonic()))

    def _pulsed(self, future: Future[Ack]) -> None:
        failure = future.exception()
        if isinstance(failure, HardwareError):
            self._mail.put(PulseUnconfirmed())
        elif failure is not None:
            self._mail.put(_Bug(failure))

    # ---- from here on: only the lane's own thread

    def _run(self) -> None:
        while True:
            wait_s = self._poll_due_s - self._monotonic()
            try:
                mail = self._mail.get(timeout=wait_s) if wait_s > 0 else self._mail.get_nowait()
            except queue.Empty:
                self._poll()
                continue
            match mail:
                case _Stop():
                    return
                case _Poll():
                    self._take_poll(mail)
                case _Bug(failure=failure):
                    raise failure
                case PortState():
                    self._take_port_state(mail)
                case _:
                    self._take(mail)
            if self._monotonic() >= self._poll_due_s:
                self._poll()

    def _poll(self) -> None:
        now_s = self._monotonic()
        self._poll_due_s = now_s + POLL_S
        self._take(Tick())
        if not self._is_polling:
            self._is_polling = True
            self._port.submit(
                _read_inputs, priority=Priority.POLL, deadline_s=now_s + POLL_DEADLINE_S
            ).add_done_callback(self._polled)

    def _take_poll(self, poll: _Poll) -> None:
        self._is_polling = False
        now_s = self._monotonic()
        is_fresh = now_s - poll.at_s <= self._setup.timers.input_age_max_s
        if poll.readings is None or not is_fresh:
            self._missed += 1
            is_coming = self._port.state in (PortState.OPENING, PortState.PROBING)
            if self._missed >= MISSED_MAX and not is_coming:
                self._lose_io()
            return
        self._missed = 0
        self._bank.feed(poll.readings, poll.at_s)
        if self._state.phase is Phase.BLIND:
            self._lamps.forget()
            self._take(IoBack())
        self._take(InputsRead(LaneInputs(**self._bank.read(now_s))))
        self._lamps.keep_up()

    def _take_port_state(self, state: PortState) -> None:
        match state:
            case PortState.READY:
                self._poll_due_s = self._monotonic()
            case PortState.LOST | PortState.DENIED | PortState.CLOSED:
                self._lose_io()
            case PortState.OPENING | PortState.PROBING:
                pass

    def _lose_io(self) -> None:
        self._bank.forget()
        self._take(IoLost())

    def _take(self, event: LaneEvent) -> None:
        now_s = self._monotonic()
        self._state, actions = step(self._state, event, now_s)
        for action in actions:
            self._act(action, now_s)
        view = view_of(self._state)
        if view != self._view:
            self._view = view
            self._listener.lane_changed(self.name, view)

    def _act(self, action: LaneAction, now_s: float) -> None:
        match action:
            case PulseOpen():
                self._pulse(self._setup.open_channel, Priority.OPEN, now_s)
            case PulseClose():
                self._pulse(self._setup.close_channel, Priority.CLOSE, now_s)
            case LampTo(lamp=lamp):
                self._lamps.show(lamp)
            case _:
                tell(self._listener, self.name, action, at_s=now_s)

    def _pulse(self, channel: int, priority: Priority, now_s: float) -> None:
        pulse_ms = self._setup.pulse_ms

        def order(board: RelayBoard, line: Line) -> Ack:
            return board.pulse(line, channel, pulse_ms)

        self._port.submit(
            order, priority=priority, deadline_s=now_s + PULSE_DEADLINE_S
        ).add_done_callback(self._pulsed)


def _read_inputs(board: RelayBoard, line: Line) -> tuple[bool, ...]:
    return board.read_inputs(line)
