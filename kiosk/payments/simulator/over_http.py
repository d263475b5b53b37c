"""Brings requests to a provider's port on this machine over HTTP, each once and in limited time.

No retries (a retry without its key makes doubles), no redirects, no connection kept: so a
refused connection is known to have carried nothing.
"""

from __future__ import annotations

import socket
import time
from http.client import HTTPException
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
)

from kiosk.payments.simulator.front import BODY_MOST_BYTES, Reply
from kiosk.payments.simulator.transport import NoClearAnswer, NotReached

CONNECT_S = 3.0
_CHUNK_BYTES = 8192


class OverHttp:
    """A provider at a port of 127.0.0.1. For one thread."""

    def __init__(self, port: int, *, notice_secret: bytes) -> None:
        self._secret = notice_secret
        self.port = port

    @property
    def notice_secret(self) -> bytes:
        """What it was made with."""
        return self._secret

    def send(self, method: str, target: str, body: bytes, *, deadline_s: float) -> Reply:
        """A whole answer within the deadline, or NotReached or NoClearAnswer."""
        ends_s = time.monotonic() + deadline_s
        headers = {
            "Content-Type": "application/json",
            "Give-Up-At-Ms": str(time.time_ns() // 1_000_000 + int(deadline_s * 1000)),
        }
        line = _Line(self.port, ends_s=ends_s, connect_s=min(CONNECT_S, deadline_s))
        try:
            line.connect()
            line.request(
                method,
                target,
                body=body if method == "POST" else None,
                headers=headers,
                preload_content=False,
                decode_content=False,
            )
            response = line.getresponse()
            try:
                return Reply(response.status, _whole_body(response))
            finally:
                response.close()
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise NotReached from error
        except (HTTPError, HTTPException, OSError) as error:
            raise NoClearAnswer from error
        finally:
            line.close()

    def close(self) -> None:
        """No connection outlives its request."""


class _Line(HTTPConnection):
    """One connection for one request, on which nothing is heard after `ends_s`."""

    def __init__(self, port: int, *, ends_s: float, connect_s: float) -> None:
        super().__init__("127.0.0.1", port, timeout=connect_s)
        self._ends_s = ends_s

    def connect(self) -> None:
        super().connect()
        self.sock = ending = _EndingSocket(self.sock, self._ends_s)
        ending.limit()


class _EndingSocket(socket.socket):
    """A connected socket whose timeout is what is left until `ends_s`, before each read anew.

    A timeout that begins again with every byte would be none for a provider that drips them.
    """

    def __init__(self, connected: socket.socket, ends_s: float) -> None:
        super().__init__(
            connected.family, connected.type, connected.proto, fileno=connected.detach()
        )
        self._ends_s = ends_s

    def recv_into(self, *into: Any) -> int:
        """What came in time: http.client reads its status, headers and body through this."""
        self.limit()
        return super().recv_into(*into)

    def limit(self) -> None:
        """Let the next call wait no longer than the deadline; TimeoutError after it."""
        left_s = self._ends_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the answer takes too long")
        self.settimeout(left_s)


def _whole_body(response: urllib3.BaseHTTPResponse) -> bytes:
    body = b""
    while chunk := response.read(_CHUNK_BYTES):
        body += chunk
        if len(body) > BODY_MOST_BYTES:
            raise NoClearAnswer("the answer is too large")
    return body
