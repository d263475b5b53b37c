"""The work thread: the one place where use cases run, fed by a bounded queue.

Screens submit commands and get the outcome by a call-back on this thread; devices post
reports. What is asked of it is written in handle.py; what it must not do is wait.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from typing import TypeVar

from kiosk.domain.errors import Fault
from kiosk.services import limits
from kiosk.services.commands import Command

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class WorkThread:
    """Runs one task after another on a thread of its own.

    `handle` answers a command, `on_tick` is called between tasks at least once a second.
    `on_fault` gets a fault of the world: the task's transaction was rolled back, nobody is
    answered, and the thread goes on. `on_crash` gets a bug; after it the thread ends.
    """

    def __init__(
        self,
        *,
        handle: Callable[[Command[object]], object],
        on_tick: Callable[[], None],
        on_fault: Callable[[Fault], None],
        on_crash: Callable[[BaseException], None],
        on_stop: Callable[[], None] = lambda: None,
    ) -> None:
        self._handle = handle
        self._on_tick = on_tick
        self._on_fault = on_fault
        self._on_crash = on_crash
        self._on_stop = on_stop
        self._tasks: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="work")

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, command: Command[_Answer], reply: Callable[[_Answer], None]) -> bool:
        """Queue a command; `reply` gets its outcome on the work thread. False: queue full."""
        if self._tasks.qsize() >= limits.WORK_QUEUE_LENGTH:
            _log.warning("work.queue_full")
            return False

        def answer() -> None:
            reply(self._handle(command))  # type: ignore[arg-type]  # handle.py pairs them

        self.post(answer)
        return True

    def post(self, task: Callable[[], object]) -> None:
        """Queue a device's report. It is never refused: the end of a grant must not be lost.

        Devices cannot flood it: a scanner passes ten codes a second, a lane what cars do.
        """
        self._tasks.put(task)

    def stop(self) -> None:
        """Let the queued tasks finish, then end the thread."""
        if self._thread.is_alive():
            self._tasks.put(None)
            self._thread.join(limits.WORK_STOP_S)

    def _run(self) -> None:
        try:
            while True:
                try:
                    task = self._tasks.get(timeout=limits.DUE_EVERY_S)
                except queue.Empty:
                    self._carry_out(self._on_tick)
                    continue
                if task is None:
                    return
                self._carry_out(task)
                # Also when more waits: what is due must not wait for silence.
                self._carry_out(self._on_tick)
        except BaseException as bug:  # noqa: BLE001 - the last stop of a bug on this thread
            self._on_crash(bug)
        finally:
            self._on_stop()

    def _carry_out(self, task: Callable[[], object]) -> None:
        try:
            task()
        except Fault as fault:
            self._on_fault(fault)
