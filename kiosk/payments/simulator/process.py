"""Keeps the pretended provider's process alive as our child, and brings requests to it.

Nothing starts before the first request, so that whoever makes it never waits; a provider that
does not start is one that is not reached.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from queue import Empty, Queue

from kiosk.payments.simulator.front import Reply
from kiosk.payments.simulator.over_http import OverHttp
from kiosk.payments.simulator.transport import NotReached

_log = logging.getLogger(__name__)

START_S = 10.0
"""How long the process may take to name its port."""
START_AGAIN_S = 2.0
"""How long after a start that failed the next one is tried."""
END_S = 5.0
"""How long it may take to end once its input is closed."""
_TOP = Path(__file__).parents[3]


class OwnProcess:
    """A Transport: starts the provider at the first request, and again when it has died.

    `send` is for one thread; `close` may come from another one.
    """

    def __init__(self, books: Path, *, options: Sequence[str] = ()) -> None:
        self._books = books
        self._options = tuple(options)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._way: OverHttp | None = None
        self._is_closed = False
        self._may_start_at_s = 0.0

    @property
    def notice_secret(self) -> bytes:
        """What the provider signs with; empty until it has run once."""
        return self._way.notice_secret if self._way is not None else b""

    @property
    def port(self) -> int:
        """Where it listens; it runs."""
        assert self._way is not None, "nothing was asked yet"
        return self._way.port

    @property
    def pid(self) -> int:
        """The number of the process; it runs."""
        assert self._process is not None, "nothing was asked yet"
        return self._process.pid

    def send(self, method: str, target: str, body: bytes, *, deadline_s: float) -> Reply:
        """The answer of the process that lives, or of a new one with the same books."""
        with self._lock:
            way = self._living()
        return way.send(method, target, body, deadline_s=deadline_s)

    def close(self) -> None:
        """The process ends; a request that is under way gets no answer."""
        with self._lock:
            self._is_closed = True
            self._end()

    def kill(self) -> None:
        """It dies at once, as in a power cut; the next request starts it again."""
        with self._lock:
            if self._process is not None:
                self._process.kill()
                self._process.wait(END_S)

    def _living(self) -> OverHttp:
        if self._way is not None and self._process is not None and self._process.poll() is None:
            return self._way
        if self._is_closed or time.monotonic() < self._may_start_at_s:
            raise NotReached("the provider does not run")
        if self._process is not None:
            _log.info("simulator.died code=%s", self._process.returncode)
        self._end()
        try:
            self._process, port = _started(self._books, self._options)
            secret = bytes.fromhex(self._books.with_suffix(".notice-key").read_text("ascii"))
        except (OSError, ValueError) as error:
            self._may_start_at_s = time.monotonic() + START_AGAIN_S
            _log.info("simulator.not-started why=%s", error)
            raise NotReached("the provider does not start") from error
        self._way = OverHttp(port, notice_secret=secret)
        return self._way

    def _end(self) -> None:
        if self._way is not None:
            self._way.close()
            self._way = None
        if self._process is not None:
            _end(self._process)
            self._process = None


def _started(books: Path, options: Sequence[str]) -> tuple[subprocess.Popen[bytes], int]:
    command = [sys.executable, "-P", "-m", "kiosk.payments.simulator.server", "--books"]
    found = os.pathsep.join(part for part in (str(_TOP), os.environ.get("PYTHONPATH")) if part)
    process = subprocess.Popen(  # noqa: S603 - our own module, by our own Python
        [*command, str(books), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": found},
        start_new_session=True,  # an interrupt from the keyboard is ours to handle
    )
    first: Queue[bytes] = Queue()
    assert process.stdout is not None
    reader = threading.Thread(target=lambda: first.put(_first_line(process)), daemon=True)
    reader.start()
    try:
        return process, int(json.loads(first.get(timeout=START_S))["port"])
    except (Empty, ValueError, KeyError, TypeError) as error:
        _end(process)
        raise OSError("it named no port") from error
    finally:
        reader.join(END_S)


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    assert process.stdout is not None
    return process.stdout.readline(200)


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(END_S)
    process.stdout.close()
