"""The pretended provider as a process of its own: `python -m kiosk.payments.simulator.server`.

It listens on 127.0.0.1 alone, prints {"port": N} as its first line, and ends when its standard
input closes, so that it never outlives whoever started it. What it answers stands in front.py.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import secrets
import socketserver
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from kiosk.payments.simulator.books import Books, BooksDamaged
from kiosk.payments.simulator.front import BODY_MOST_BYTES, Delivery, Front, Reply, refusal
from kiosk.payments.simulator.provider import Fees

REQUEST_S = 10.0
"""A client that sends nothing for so long is not listened to any more."""
_SECRET_BYTES = 32
LATE_S = 60.0
"""When a late answer goes out by itself; every client has given up by then."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer requests until the standard input closes."""
    parser = argparse.ArgumentParser(prog="kiosk.payments.simulator.server")
    parser.add_argument("--books", type=Path, required=True, metavar="FILE")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--fee-bp", type=int, default=0)
    parser.add_argument("--fee-fixed-minor", type=int, default=0)
    parser.add_argument("--chargeback-fee-minor", type=int, default=0)
    asked = parser.parse_args(arguments)
    fees = Fees(
        bp=asked.fee_bp,
        fixed_minor=asked.fee_fixed_minor,
        chargeback_minor=asked.chargeback_fee_minor,
    )
    try:
        _run(asked.books, asked.port, fees)
    except (OSError, ValueError, BooksDamaged) as error:
        print(error, file=sys.stderr)  # noqa: T201 - for whoever reads the parent's journal
        return 1
    return 0


def _run(books: Path, port: int, fees: Fees) -> None:
    with open(books, "ab", opener=_private) as locked:
        fcntl.flock(locked, fcntl.LOCK_EX | fcntl.LOCK_NB)  # two would write over one another
        front = Front(
            Books(books),
            now=lambda: datetime.now(UTC),
            notice_secret=notice_secret(books),
            fees=fees,
        )
        server = _Server(port, front)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(json.dumps({"port": server.server_port}), flush=True)  # noqa: T201 - for the parent
        sys.stdin.buffer.read()
        front.stop()  # the threads end with the process


def notice_secret(books: Path) -> bytes:
    """What notices are signed with: a file beside the books, made at the first start."""
    file = books.with_suffix(".notice-key")
    if not file.exists() or len(file.read_bytes()) != _SECRET_BYTES * 2:
        with open(file, "w", encoding="ascii", opener=_private) as made:
            made.write(secrets.token_hex(_SECRET_BYTES))
    return bytes.fromhex(file.read_text("ascii"))


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


class _Server(ThreadingHTTPServer):
    request_queue_size = 64

    def __init__(self, port: int, front: Front) -> None:
        self.front = front
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        # HTTPServer's own would look up the machine's name, which may wait for a network.
        socketserver.TCPServer.server_bind(self)
        self.server_port = self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = REQUEST_S

    def do_GET(self) -> None:
        self._deliver(self.server.front.answer("GET", self.path, b""))

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and len(length) <= 9):
            self._deliver(refusal(411, "no-length"))
            return
        if int(length) > BODY_MOST_BYTES:
            self._deliver(refusal(413, "too-large"))
            return
        try:
            body = self.rfile.read(int(length))
        except OSError:
            return
        if len(body) != int(length):
            return  # cut off on its way: not a whole request, so nothing is done
        front = self.server.front
        self._deliver(front.answer("POST", self.path, body, is_given_up=self._is_given_up))

    def _is_given_up(self) -> bool:
        limit = self.headers.get("Give-Up-At-Ms", "")
        is_named = limit.isascii() and limit.isdigit() and len(limit) <= 15
        return is_named and time.time_ns() // 1_000_000 > int(limit)

    def _deliver(self, reply: Reply) -> None:
        if reply.delivery is Delivery.LATE:
            self.server.front.may_answer_late.wait(LATE_S)
        if reply.delivery in {Delivery.NONE, Delivery.NOT_REACHED}:
            return
        body = reply.body
        sent = body[: len(body) // 2] if reply.delivery is Delivery.CUT else body
        try:
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(sent)
        except OSError:
            return  # whoever asked has gone

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as named there
        """The books tell what happened."""


if __name__ == "__main__":
    raise SystemExit(main())
