"""One thread per port: it alone opens, probes, uses and reopens the line of one or more boards.

Others submit orders to one board's link, with a priority and a deadline, and get a future. What
the orders are for, and what to do when one fails, is left to the lane runner.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from enum import Enum
from typing import Final, TypeVar

from hardware.boards.base import Ack, AckKind, BoardCaps, RelayBoard
from hardware.errors import (
    BadReply,
    CommandDropped,
    DeviceRefused,
    DeviceTimeout,
    HardwareError,
    NotReady,
    PortBusy,
    PortDenied,
    PortError,
)
from hardware.line import Backoff, Line
from hardware.local_echo import EchoedLine
from hardware.orders import Order, OrderQueue, Priority, Releases
from hardware.recorder import Frame, RecordedLine

T = TypeVar("T")

BLACKBOX_FRAMES: Final = 256
FAILURES_MAX: Final = 3
"""So many of all orders, or of those that switch, in a row without a good answer: lost."""
IDLE_S: Final = 60.0
"""Longest wait of an idle port; an order, a stray byte or an unplugged cable ends it at once."""
SHARED_PROBE_MAX_S: Final = 5.0
"""A dead board on a shared line is asked seldom: each question keeps the others waiting."""


class PortState(Enum):
    """Where a board and its port are. READY alone means that orders are taken."""

    CLOSED = "closed"
    OPENING = "opening"
    PROBING = "probing"
    READY = "ready"
    LOST = "lost"
    """Gone, mute or not there yet; tried again by itself."""
    DENIED = "denied"
    """Held by another program, not permitted, or a board set up unsafely; tried again too."""


class BoardLink:
    """One board as a lane sees it; made by its PortWorker.

    State listeners and future callbacks run on the port's thread (a dropped order's on the
    caller's) and must only enqueue.
    """

    def __init__(self, name: str, board: RelayBoard, worker: PortWorker) -> None:
        self.name = name
        self.state = PortState.CLOSED
        """The state at this moment; written by the port's thread."""
        self.fault: HardwareError | None = None
        """Why the board is LOST or DENIED, for the desk; None in every other state."""
        self._board = board
        self._worker = worker
        self._listeners: tuple[Callable[[PortState], None], ...] = ()
        self._backoff = Backoff(max_s=SHARED_PROBE_MAX_S)
        self._failures = 0
        self._bad_orders = 0
        self._probe_at_s = 0.0
        self._may_be_on = True  # at the start nobody knows

    @property
    def port_name(self) -> str:
        """The name of the port that this board shares with others, or has alone."""
        return self._worker.name

    @property
    def caps(self) -> BoardCaps:
        """What this board can do."""
        return self._board.caps

    def add_state_listener(self, listener: Callable[[PortState], None]) -> None:
        """Tell the listener of every change of state from now on; before the port starts."""
        self._listeners = (*self._listeners, listener)

    def blackbox(self) -> tuple[Frame, ...]:
        """The last 256 frames of the board's port, oldest first; from any thread."""
        return self._worker.blackbox()

    def submit(
        self,
        order: Callable[[RelayBoard, Line], T],
        *,
        priority: Priority,
        deadline_s: float,
    ) -> Future[T]:
        """Queue one transaction; the future has its result or its HardwareError.

        CommandDropped means that nothing was sent: the board was not READY, the queue was full,
        the order was not begun by deadline_s (an instant of time.monotonic()), or the board was
        lost while it waited. Any other error leaves it unknown whether the board acted. An order
        is never repeated.
        """
        return self._worker.submit(self, order, priority=priority, deadline_s=deadline_s)

    def pulse(
        self, channel: int, duration_ms: int, *, priority: Priority, deadline_s: float
    ) -> Future[Ack]:
        """Close one relay for a moment, as submit(); the port ends it where the board cannot."""

        def timed(board: RelayBoard, line: Line) -> Ack:
            return board.pulse(line, channel, duration_ms)

        def pressed(board: RelayBoard, line: Line) -> Ack:
            try:
                return board.set_output(line, channel, True)
            finally:  # a relay of which we do not know whether it closed is let drop as well
                self._worker.release_at(self, channel, time.monotonic() + duration_ms / 1000)

        order = pressed if self.caps.pulse_quantum_ms is None else timed
        return self.submit(order, priority=priority, deadline_s=deadline_s)

    # ---- only the port's own thread

    def _enter(self, state: PortState, fault: HardwareError | None = None) -> None:
        self.fault = fault
        if state is self.state:
            return
        self.state = state
        for listener in self._listeners:
            listener(state)

    def _probe(self, line: Line) -> None:
        self._enter(PortState.PROBING)
        try:
            self._board.probe(line)
        except PortError:
            raise
        except HardwareError:
            self._try_all_off(line)  # it may hear us, with a pulse of ours still on
            raise
        self._all_off(line)
        self._failures = self._bad_orders = 0
        self._backoff.reset()
        self._enter(PortState.READY)

    def _all_off(self, line: Line) -> None:
        if self.caps.pulse_quantum_ms is None:  # a pulse of ours may have been left on
            with contextlib.suppress(DeviceTimeout, BadReply):
                self._board.all_off(line)
        self._board.all_off(line)
        self._may_be_on = False

    def _try_all_off(self, line: Line) -> None:  # though it may not answer
        if self.caps.pulse_quantum_ms is None and self._may_be_on:
            with contextlib.suppress(HardwareError):
                self._board.all_off(line)

    def _is_unreliable(self, failure: HardwareError | None, *, is_read: bool) -> bool:
        """Note how one more order ended, and say whether it was one too many.

        A read that went well says nothing of the orders: a board may confirm those alone wrongly.
        """
        is_bad = isinstance(failure, DeviceTimeout | BadReply | DeviceRefused)
        self._failures = self._failures + 1 if is_bad else 0
        if not is_read:
            self._bad_orders = self._bad_orders + 1 if is_bad else 0
        return max(self._failures, self._bad_orders) >= FAILURES_MAX

    def _lose(self, fault: HardwareError) -> None:
        is_denied = isinstance(fault, PortBusy | PortDenied | NotReady)
        self._probe_at_s = time.monotonic() + self._backoff.take_s()
        self._enter(PortState.DENIED if is_denied else PortState.LOST, fault)


class PortWorker:
    """Owns one line and the boards on it, on the thread "bus:<name>".

    With has_local_echo the adapter hears its own bytes, and they are dropped.
    """

    def __init__(
        self,
        *,
        name: str,
        line: Line,
        boards: Mapping[str, RelayBoard],
        has_local_echo: bool = False,
    ) -> None:
        self.name = name
        self._frames: deque[Frame] = deque(maxlen=BLACKBOX_FRAMES)
        recorded = RecordedLine(line, self._frames)
        self._line: Line = EchoedLine(recorded) if has_local_echo else recorded
        self._links = {name: BoardLink(name, board, self) for name, board in boards.items()}
        self._condition = threading.Condition()
        self._orders = OrderQueue()
        self._releases = Releases()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name=f"bus:{name}", daemon=True)

    def board(self, name: str) -> BoardLink:
        """The link of one board; KeyError for a name that is not on this line."""
        return self._links[name]

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
        link: BoardLink,
        order: Callable[[RelayBoard, Line], T],
        *,
        priority: Priority,
        deadline_s: float,
    ) -> Future[T]:
        """As BoardLink.submit, for one of this port's links."""
        with self._condition:
            why = self._why_dropped(link)
            if why is None:
                future: Future[T] = self._orders.add(
                    link.name, order, priority=priority, deadline_s=deadline_s
                )
        if why is not None:
            future = Future()
            future.set_exception(CommandDropped(why))
        else:
            self._line.cancel()  # ends the idle wait; a transaction under way does not mind
        return future

    def release_at(self, link: BoardLink, channel: int, at_s: float) -> None:
        """Let a relay drop at an instant of time.monotonic(), twice; on the port's thread."""
        self._releases.add(link.name, channel, at_s)

    def blackbox(self) -> tuple[Frame, ...]:
        """The last 256 frames, oldest first; from any thread."""
        while True:
            with contextlib.suppress(RuntimeError):  # the port's thread added one meanwhile
                return tuple(self._frames)

    def _why_dropped(self, link: BoardLink) -> str | None:
        if self._is_stopping:
            return "stopping"
        if link.state is not PortState.READY:
            return f"board is {link.state.value}"
        return "queue is full" if self._orders.is_full else None

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
                    self._lose_port(fault)
                    with self._condition:
                        self._condition.wait_for(lambda: self._is_stopping, backoff.take_s())
        finally:
            self._shut_down()

    def _bring_up(self) -> None:
        for link in self._links.values():
            if link.state is PortState.CLOSED:
                link._enter(PortState.OPENING)
        self._line.open()
        for link in self._links.values():
            link._enter(PortState.PROBING)
        for link in self._links.values():
            self._probe(link)

    def _probe(self, link: BoardLink) -> None:
        try:
            link._probe(self._line)
        except PortError:
            raise
        except HardwareError as fault:
            self._lose_board(link, fault)

    def _serve(self) -> None:
        while not self._is_stopping:
            now_s = time.monotonic()
            if (release := self._releases.take_due(now_s)) is not None:
                self._let_drop(self._links[release.board], release.channel)
            elif (order := self._next_order(Priority.OUTPUT)) is not None:
                self._carry_out(order)
            elif (link := self._link_to_probe(now_s)) is not None:
                self._probe(link)
            elif (order := self._next_order(Priority.POLL)) is not None:
                self._carry_out(order)
            else:
                self._line.read_some(self._wake_at_s(now_s))

    def _next_order(self, least: Priority) -> Order | None:
        with self._condition:
            return self._orders.next(least)

    def _link_to_probe(self, now_s: float) -> BoardLink | None:
        lost = (link for link in self._links.values() if link.state is not PortState.READY)
        return next((link for link in lost if link._probe_at_s <= now_s), None)

    def _wake_at_s(self, now_s: float) -> float:
        waits = [now_s + IDLE_S]
        waits += [
            link._probe_at_s for link in self._links.values() if link.state is not PortState.READY
        ]
        release_at_s = self._releases.next_at_s()
        return min(waits) if release_at_s is None else min(*waits, release_at_s)

    def _carry_out(self, order: Order) -> None:
        if not order.is_begun():
            return
        link = self._links[order.board]
        is_read = order.priority is Priority.POLL
        link._may_be_on = link._may_be_on or not is_read
        try:
            result = order.act(link._board, self._line)
        except HardwareError as failure:
            order.future.set_exception(failure)
            self._judge(link, failure, is_read=is_read)
        except Exception as bug:  # noqa: BLE001 - whoever ordered it must hear of it, and crash
            order.future.set_exception(bug)
        else:
            is_sent_only = isinstance(result, Ack) and result.kind is AckKind.SENT
            if not is_sent_only:  # nobody has answered: it may as well be dead
                link._is_unreliable(None, is_read=is_read)
            order.future.set_result(result)

    def _let_drop(self, link: BoardLink, channel: int) -> None:
        try:
            link._board.set_output(self._line, channel, False)
        except HardwareError as failure:
            self._judge(link, failure, is_read=False)
        else:
            link._is_unreliable(None, is_read=False)

    def _judge(self, link: BoardLink, failure: HardwareError, *, is_read: bool) -> None:
        if isinstance(failure, PortError):
            raise failure
        if link._is_unreliable(failure, is_read=is_read):
            self._lose_board(link, failure)

    def _lose_board(self, link: BoardLink, fault: HardwareError) -> None:
        """One board is lost; the line goes on for the others, or is opened anew without any."""
        link._try_all_off(self._line)
        link._lose(fault)
        self._releases.forget(link.name)
        self._drop(link.name, "board was lost")
        states = {each.state for each in self._links.values()}
        if states <= {PortState.LOST, PortState.DENIED}:
            raise fault

    def _lose_port(self, fault: HardwareError) -> None:
        self._line.close()
        for link in self._links.values():
            self._releases.forget(link.name)
            if isinstance(fault, PortError) or link.fault is None:
                link._lose(fault)
        self._drop(None, "port was lost")

    def _shut_down(self) -> None:
        with self._condition:
            self._is_stopping = True  # also after a bug of ours: take no more orders
        self._drop(None, "stopping")
        for link in self._links.values():
            if link.state is PortState.READY:
                with contextlib.suppress(HardwareError):  # its own timers are all that is left
                    link._all_off(self._line)
            else:
                link._try_all_off(self._line)
        self._line.close()
        for link in self._links.values():
            link._enter(PortState.CLOSED)

    def _drop(self, board: str | None, why: str) -> None:
        with self._condition:
            orders = self._orders.take_all(board)
        for order in orders:
            order.drop(why)
