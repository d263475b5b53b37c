"""Tells the service manager that the program lives: every part of it, not only this module.

systemd restarts a program of Type=notify that is silent for WatchdogSec. It hears from us only
while every part that was named has given a beat of late; who beats, and how, is run.py's.
Without a service manager nothing is sent and no thread is started.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

_log = logging.getLogger(__name__)

BEAT_MAX_AGE_S: Final = 3.0
"""A part that was silent for longer counts as stuck (design: lane, faults)."""
READY: Final = "READY=1"
ALIVE: Final = "WATCHDOG=1"
STOPPING: Final = "STOPPING=1"


class Beat:
    """The last sign of life of one part; beat() may be called on any thread."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._at_s = monotonic()

    def beat(self) -> None:
        """The part is alive now."""
        self._at_s = self._monotonic()

    def at_s(self) -> float:
        """When it last was, in seconds of the monotonic clock."""
        return self._at_s


class ServiceManager:
    """The socket on which systemd listens; words that it does not take are lost, not raised."""

    def __init__(self, address: str, *, watchdog_s: float | None) -> None:
        # A name that begins with @ lies in no folder (sd_notify).
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self.watchdog_s = watchdog_s
        """How long we may be silent; None: for ever."""

    def say(self, *words: str) -> None:
        """Send lines like READY=1."""
        try:
            self._socket.sendto("\n".join(words).encode(), self._address)
        except OSError as failure:
            _log.info("watchdog.not_heard why=%s", failure)

    def close(self) -> None:
        """Say nothing any more."""
        self._socket.close()


def service_manager(environment: Mapping[str, str], process: int) -> ServiceManager | None:
    """The one that started this process, as it says in the environment; None without one."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return None
    is_meant = environment.get("WATCHDOG_PID", str(process)) == str(process)
    microseconds = environment.get("WATCHDOG_USEC", "")
    has_watchdog = is_meant and microseconds.isascii() and microseconds.isdigit()
    watchdog_s = int(microseconds) / 1e6 if has_watchdog else 0.0
    return ServiceManager(address, watchdog_s=watchdog_s or None)


class Watchdog:
    """Says that the program is ready, then every half of the allowed silence that it lives.

    `beats` gives for each part, by its name, when it last was alive; it is asked each time, for
    lanes come and go with the site. Without a manager nothing of this is done.
    """

    def __init__(
        self,
        manager: ServiceManager | None,
        *,
        beats: Callable[[], Mapping[str, float]],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._manager = manager
        self._beats = beats
        self._monotonic = monotonic
        self._ended = threading.Event()
        self._silent: tuple[str, ...] = ()
        self._thread: threading.Thread | None = None

    def ready(self) -> None:
        """The program is at work: from now on silence means that it is stuck. Once."""
        manager = self._manager
        if manager is None or self._ended.is_set():
            return
        manager.say(READY)
        if manager.watchdog_s is not None:
            every_s = manager.watchdog_s / 2
            self._thread = threading.Thread(
                target=self._run, args=(every_s,), name="watchdog", daemon=True
            )
            self._thread.start()

    def close(self) -> None:
        """We end because we were told to; from now on systemd waits for the end alone."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        if self._manager is not None:
            self._manager.say(STOPPING)
            self._manager.close()

    def feed(self) -> None:
        """Say that we live, if every part does; else say which do not."""
        if self._manager is None:
            return
        now_s = self._monotonic()
        silent = tuple(
            name for name, at_s in sorted(self._beats().items()) if now_s - at_s > BEAT_MAX_AGE_S
        )
        if silent and silent != self._silent:
            _log.error("watchdog.silent parts=%s", ",".join(silent))
        if silent:
            self._manager.say(f"STATUS=silent: {', '.join(silent)}")
        elif self._silent:
            self._manager.say(ALIVE, "STATUS=")
        else:
            self._manager.say(ALIVE)
        self._silent = silent

    def _run(self, every_s: float) -> None:
        self.feed()
        while not self._ended.wait(every_s):
            self.feed()


def own_service_manager() -> ServiceManager | None:
    """The one that started this very process."""
    return service_manager(os.environ, os.getpid())
