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

from kiosk.services import limits
from kiosk.services.commands import Command

_log = logging.getLogger(__name__)
_Answer = TypeVar("_Answer")


class WorkThread:
    """Runs one task after another on a thread of its own.

    `handle` answers a command, `on_tick` is called between tasks at least once a second,
    `on_crash` gets a bug (not a fault: those are outcomes by then); after it the thread ends.
    """

    def __init__(
        self,
        *,
        handle: Callable[[Command[object]], object],
        on_tick: Callable[[], None],
        on_crash: Callable[[BaseException], None],
        on_stop: Callable[[], None] = lambda: None,
    ) -> None:
        self._handle = handle
        self._on_tick = on_tick
        self._on_crash = on_crash
        self._on_stop = on_stop
        self._tasks: queue.Queue[Callable[[], None] | None] = queue.Queue(limits.WORK_QUEUE_LENGTH)
        self._thread = threading.Thread(target=self._run, name="work")

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def submit(self, command: Command[_Answer], reply: Callable[[_Answer], None]) -> bool:
        """Queue a command; `reply` gets its outcome on the work thread. False: queue full."""

        def answer() -> None:
            reply(self._handle(command))  # type: ignore[arg-type]  # handle.py pairs them

        return self.post(answer)

    def post(self, task: Callable[[], None]) -> bool:
        """Queue a device's report. False: the queue is full, nothing was queued."""
        try:
            self._tasks.put_nowait(task)
        except queue.Full:
            _log.warning("work.queue_full")
            return False
        return True

    def stop(self) -> None:
        """Let the queued tasks finish, then end the thread."""
        if self._thread.is_alive():
            self._tasks.put(None, timeout=limits.WORK_STOP_S)
            self._thread.join(limits.WORK_STOP_S)

    def _run(self) -> None:
        try:
            while True:
                try:
                    task = self._tasks.get(timeout=limits.DUE_EVERY_S)
                except queue.Empty:
                    self._on_tick()
                    continue
                if task is None:
                    return
                task()
                self._on_tick()  # also when more waits: what is due must not wait for silence
        except BaseException as bug:  # noqa: BLE001 - the last stop of a bug on this thread
            self._on_crash(bug)
        finally:
            self._on_stop()
