"""Brings requests to a provider's port on this machine over HTTP, each once and in limited time.

No retries (a retry without its key makes doubles), no redirects, no connection kept: so a
refused connection is known to have carried nothing.
"""

from __future__ import annotations

import time
from http.client import HTTPException

import urllib3
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
        self._pool = urllib3.HTTPConnectionPool("127.0.0.1", port, maxsize=1, retries=False)
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
        try:
            response = self._pool.urlopen(
                method,
                target,
                body=body if method == "POST" else None,
                headers=headers,
                timeout=urllib3.Timeout(total=deadline_s, connect=min(CONNECT_S, deadline_s)),
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise NotReached from error
        except (HTTPError, HTTPException, OSError) as error:
            raise NoClearAnswer from error
        try:
            return Reply(response.status, _whole_body(response, ends_s))
        except (HTTPError, HTTPException, OSError) as error:
            raise NoClearAnswer from error
        finally:
            response.close()

    def close(self) -> None:
        """The port is not asked any more."""
        self._pool.close()


def _whole_body(response: urllib3.BaseHTTPResponse, ends_s: float) -> bytes:
    body = b""
    while chunk := response.read(_CHUNK_BYTES):
        body += chunk
        if len(body) > BODY_MOST_BYTES:
            raise NoClearAnswer("the answer is too large")
        if time.monotonic() > ends_s:
            raise NoClearAnswer("the answer takes too long")
    return body
