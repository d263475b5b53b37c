"""One thread per port: it alone opens, probes, uses and reopens the line of a relay board.

Others submit orders with a priority and a deadline and get a future. What the orders are for, and
what to do when one fails, is left to the lane runner.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Any, Final, Literal, TypeVar

from hardware.boards.base import RelayBoard
from hardware.errors import (
    BadReply,
    CommandDropped,
    DeviceTimeout,
    HardwareError,
    NotReady,
    PortBusy,
    PortDenied,
    PortError,
)
from hardware.line import Backoff, Line

T = TypeVar("T")

QUEUE_MAX: Final = 64
BLACKBOX_FRAMES: Final = 256
FAILURES_MAX: Final = 3
"""So many orders in a row without a good answer, and the board counts as lost."""
IDLE_S: Final = 60.0
"""Longest wait of an idle port; an order, a stray byte or an unplugged cable ends it at once."""


class Priority(IntEnum):
    """Which order goes first; equal ones go in the order of their submission."""

    OPEN = 0
    CLOSE = 1
    OUTPUT = 2
    POLL = 3


class PortState(Enum):
    """Where a port is. READY alone means that orders are taken."""

    CLOSED = "closed"
    OPENING = "opening"
    PROBING = "probing"
    READY = "ready"
    LOST = "lost"
    """Gone, mute or not there yet; tried again by itself."""
    DENIED = "denied"
    """Held by another program, not permitted, or a board set up unsafely; tried again too."""


Direction = Literal["sent", "received"]


@dataclass(frozen=True, slots=True)
class Frame:
    """Bytes that crossed the port, with the instant of time.monotonic()."""

    at_s: float
    direction: Direction
    content: bytes


@dataclass(order=True, slots=True)
class _Order:
    priority: int
    number: int
    deadline_s: float = field(compare=False)
    act: Callable[[RelayBoard, Line], Any] = field(compare=False)
    future: Future[Any] = field(compare=False)


class PortWorker:
    """Owns one board on one line, on the thread "bus:<name>".

    State listeners and future callbacks run on that thread (a dropped order's on the caller's)
    and must only enqueue.
    """

    def __init__(
        self,
        *,
        name: str,
        line: Line,
        board: RelayBoard,
        on_state: Callable[[PortState], None] | None = None,
    ) -> None:
        self.name = name
        self._board = board
        self._frames: deque[Frame] = deque(maxlen=BLACKBOX_FRAMES)
        self._line = _RecordedLine(line, self._frames)
        self._listeners: list[Callable[[PortState], None]] = [on_state] if on_state else []
        self._condition = threading.Condition()
        self._orders: list[_Order] = []
        self._numbers = itertools.count()
        self._state = PortState.CLOSED
        self._fault: HardwareError | None = None
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name=f"bus:{name}", daemon=True)

    @property
    def state(self) -> PortState:
        """The state at this moment."""
        return self._state

    @property
    def fault(self) -> HardwareError | None:
        """Why the port is LOST or DENIED, for the desk; None in every other state."""
        return self._fault

    def add_state_listener(self, listener: Callable[[PortState], None]) -> None:
        """Tell the listener of every change of state from now on."""
        with self._condition:
            self._listeners = [*self._listeners, listener]

    def start(self) -> None:
        """Begin to open the port; once in the life of a worker."""
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Drop what is queued, let every relay drop, close the port and wait for the thread."""
        with self._condition:
            self._is_stopping = True
            self._condition.notify_all()
        self._line.cancel()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)

    def submit(
        self,
        order: Callable[[RelayBoard, Line], T],
        *,
        priority: Priority,
        deadline_s: float,
    ) -> Future[T]:
        """Queue one transaction; the future has its result or its HardwareError.

        CommandDropped means that nothing was sent: the port was not READY, the queue was full, the
        order was not begun by deadline_s (an instant of time.monotonic()), or the port was lost
        while it waited. Any other error leaves it unknown whether the board acted. An order is
        never repeated.
        """
        future: Future[T] = Future()
        with self._condition:
            why = self._why_dropped()
            if why is None:
                number = next(self._numbers)
                entry = _Order(priority, number, deadline_s, order, future)
                heapq.heappush(self._orders, entry)
        if why is not None:
            future.set_exception(CommandDropped(why))
        else:
            self._line.cancel()  # ends the idle wait; a transaction under way does not mind
        return future

    def blackbox(self) -> tuple[Frame, ...]:
        """The last 256 frames, oldest first; from any thread."""
        while True:
            try:
                return tuple(self._frames)
            except RuntimeError:  # the port's thread added one meanwhile
                continue

    def _why_dropped(self) -> str | None:
        if self._is_stopping:
            return "stopping"
        if self._state is not PortState.READY:
            return f"port is {self._state.value}"
        if len(self._orders) >= QUEUE_MAX:
            return "queue is full"
        return None

    # ---- from here on: only the port's own thread

    def _run(self) -> None:
        backoff = Backoff()
        try:
            while not self._is_stopping:
                try:
                    self._bring_up()
                    backoff.reset()
                    self._serve()
                except HardwareError as fault:
                    self._lose(fault)
                    with self._condition:
                        self._condition.wait_for(lambda: self._is_stopping, backoff.take_s())
        finally:
            self._shut_down()

    def _bring_up(self) -> None:
        if self._state is PortState.CLOSED:
            self._enter(PortState.OPENING)
        self._line.open()
        self._enter(PortState.PROBING)
        self._board.probe(self._line)
        self._board.all_off(self._line)
        self._enter(PortState.READY)

    def _serve(self) -> None:
        failures = 0
        while not self._is_stopping:
            order = self._next_order()
            if order is None:
                self._line.read_some(time.monotonic() + IDLE_S)
                continue
            failure = self._carry_out(order)
            if isinstance(failure, PortError):
                raise failure
            failures = failures + 1 if isinstance(failure, DeviceTimeout | BadReply) else 0
            if failure is not None and failures >= FAILURES_MAX:
                raise failure

    def _next_order(self) -> _Order | None:
        with self._condition:
            return heapq.heappop(self._orders) if self._orders else None

    def _carry_out(self, order: _Order) -> HardwareError | None:
        if not order.future.set_running_or_notify_cancel():
            return None
        if time.monotonic() > order.deadline_s:
            order.future.set_exception(CommandDropped("not begun by its deadline"))
            return None
        try:
            result = order.act(self._board, self._line)
        except HardwareError as failure:
            order.future.set_exception(failure)
            return failure
        except Exception as bug:  # noqa: BLE001 - whoever ordered it must hear of it, and crash
            order.future.set_exception(bug)
            return None
        order.future.set_result(result)
        return None

    def _lose(self, fault: HardwareError) -> None:
        self._line.close()
        self._fault = fault
        is_denied = isinstance(fault, PortBusy | PortDenied | NotReady)
        self._enter(PortState.DENIED if is_denied else PortState.LOST)
        self._drop_all("port was lost")

    def _shut_down(self) -> None:
        with self._condition:
            self._is_stopping = True  # also after a bug of ours: take no more orders
        self._drop_all("stopping")
        if self._state is PortState.READY:
            with contextlib.suppress(HardwareError):  # the board's own timers are all that is left
                self._board.all_off(self._line)
        self._line.close()
        self._enter(PortState.CLOSED)

    def _drop_all(self, why: str) -> None:
        with self._condition:
            orders, self._orders = self._orders, []
        for order in sorted(orders):
            if order.future.set_running_or_notify_cancel():
                order.future.set_exception(CommandDropped(why))

    def _enter(self, state: PortState) -> None:
        with self._condition:
            if state is self._state:
                return
            self._state = state
            if state not in (PortState.LOST, PortState.DENIED):
                self._fault = None
            listeners = self._listeners
        for listener in listeners:
            listener(state)


class _RecordedLine:
    """The port's line, with every chunk that crosses it noted in the black box."""

    def __init__(self, line: Line, frames: deque[Frame]) -> None:
        self._line = line
        self._frames = frames

    @property
    def name(self) -> str:
        return self._line.name

    @property
    def baud(self) -> int:
        return self._line.baud

    def open(self) -> None:
        self._line.open()

    def close(self) -> None:
        self._line.close()

    def write(self, data: bytes, deadline_s: float) -> None:
        self._note("sent", data)
        self._line.write(data, deadline_s)

    def read_exact(self, count: int, deadline_s: float) -> bytes:
        return self._received(self._line.read_exact(count, deadline_s))

    def read_some(self, deadline_s: float) -> bytes:
        return self._received(self._line.read_some(deadline_s))

    def drain(self) -> bytes:
        return self._received(self._line.drain())

    def cancel(self) -> None:
        self._line.cancel()

    def _received(self, content: bytes) -> bytes:
        if content:
            self._note("received", content)
        return content

    def _note(self, direction: Direction, content: bytes) -> None:
        self._frames.append(Frame(time.monotonic(), direction, content))
