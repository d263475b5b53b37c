"""Rubbish on either side: the provider refuses it in words, the adapter believes none of it."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import InDoubt, NotSent, Rejected, ReportLine, UnreadableLine
from kiosk.payments.simulator import SimulatorAdapter
from kiosk.payments.simulator.front import BODY_MOST_BYTES, Reply
from kiosk.payments.simulator.notices import signed
from kiosk.payments.simulator.over_http import OverHttp
from kiosk.payments.simulator.process import OwnProcess
from tests.payments.recovery import DEADLINE_S, asked

Keys = Callable[[str], OperationKey]
ORDER = {"key": "k", "kind": "collect", "minor": 700, "currency": "EUR"}
DROPS = 40
"""More of them than come within any deadline of these tests."""
DONE = {
    **ORDER,
    "state": "done",
    "reference": "sim-1",
    "fee_minor": 0,
    "code": "",
    "capture_before": None,
}


def raw(process: OwnProcess, request: bytes, *, is_cut: bool = False) -> bytes:
    """What comes back for these very bytes."""
    with socket.create_connection(("127.0.0.1", process.port), timeout=10) as line:
        line.sendall(request)
        if is_cut:
            line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as answer:
            return answer.read()


def post(body: bytes, *, length: str | None = None, more: str = "") -> bytes:
    stated = str(len(body)) if length is None else length
    head = f"POST /v1/operations HTTP/1.1\r\nContent-Length: {stated}\r\n{more}\r\n"
    return head.encode() + body


def order(key: str, **changed: object) -> bytes:
    return json.dumps({**ORDER, "key": key, **changed}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe",
        b"[]",
        b"{",
        b"[" * 60_000,
        order("k", minor=1.5),
        order("k", minor=True),
        order("k", minor="700"),
        json.dumps({**ORDER, "key": 7}).encode(),
        order("k", original=7),
        order("k", more="of it"),
        b'{"key": "k"}',
    ],
)
def test_a_body_that_is_no_order_is_refused_in_words(
    provider_process: OwnProcess, body: bytes
) -> None:
    answer = raw(provider_process, post(body))

    assert b" 400 " in answer.splitlines()[0]
    assert answer.endswith(b'{"error": "bad-body"}')


@pytest.mark.parametrize("length", ["", "-1", "9" * 30, "+5", "0x10", "\u00b2"])
def test_a_length_that_is_none_is_refused(provider_process: OwnProcess, length: str) -> None:
    answer = raw(provider_process, post(b"", length=length))

    assert answer.endswith(b'{"error": "no-length"}')


def test_a_body_of_65_kb_is_not_read(provider_process: OwnProcess) -> None:
    answer = raw(provider_process, post(b"", length=str(BODY_MOST_BYTES + 1)))

    assert answer.endswith(b'{"error": "too-large"}')


def test_a_body_that_was_cut_off_is_not_done(
    provider_process: OwnProcess, over_http: SimulatorAdapter, key: Keys
) -> None:
    body = order(key("cut"))

    answer = raw(provider_process, post(body, length=str(len(body) + 1)), is_cut=True)

    assert answer == b""
    assert isinstance(over_http.query(key("cut")), NotSent)


def test_a_body_longer_than_its_stated_length_is_not_done(
    provider_process: OwnProcess, over_http: SimulatorAdapter, key: Keys
) -> None:
    body = order(key("long"))

    answer = raw(provider_process, post(body, length=str(len(body) - 1)))

    assert answer == b"" or answer.endswith(b'{"error": "bad-body"}')
    assert isinstance(over_http.query(key("long")), NotSent)


def test_a_request_that_nobody_waits_for_any_more_is_not_done(
    provider_process: OwnProcess, over_http: SimulatorAdapter, key: Keys
) -> None:
    answer = raw(provider_process, post(order(key("late")), more="Give-Up-At-Ms: 1\r\n"))

    assert answer.endswith(b'{"error": "too-late"}')
    assert isinstance(over_http.query(key("late")), NotSent)


def test_paths_and_methods_that_are_unknown_are_refused(provider_process: OwnProcess) -> None:
    path = raw(provider_process, b"GET /../etc/passwd HTTP/1.1\r\n\r\n")
    method = raw(provider_process, b"DELETE /v1/operations HTTP/1.1\r\n\r\n")

    assert path.endswith(b'{"error": "unknown-path"}')
    assert b" 501 " in method.splitlines()[0]


@pytest.mark.parametrize(
    "document", [{}, {"faults": ["rain"]}, {"faults": 1}, {"faults": ["garbage"], "kind": "rain"}]
)
def test_faults_that_are_unknown_are_refused(
    provider_process: OwnProcess, document: dict[str, object]
) -> None:
    body = json.dumps(document).encode()
    head = f"POST /control/faults HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode()

    assert b" 422 " in raw(provider_process, head + body).splitlines()[0]


class Canned:
    """A way to a provider that always answers the same."""

    notice_secret = b""

    def __init__(self, status: int, document: object) -> None:
        self._reply = Reply(status, json.dumps(document).encode())

    def send(self, method: str, target: str, body: bytes, *, deadline_s: float) -> Reply:
        return self._reply

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    ("status", "document"),
    [
        (200, []),
        (200, {}),
        (200, {**DONE, "key": "another"}),
        (200, {**DONE, "kind": "refund"}),
        (200, {**DONE, "minor": 701}),
        (200, {**DONE, "minor": -1}),
        (200, {**DONE, "minor": "700"}),
        (200, {**DONE, "currency": "QQQ"}),
        (200, {**DONE, "currency": "JPY"}),
        (200, {**DONE, "state": "declined"}),
        (200, {**DONE, "reference": None}),
        (200, {**DONE, "capture_before": "soon"}),
        (200, {**DONE, "capture_before": "2026-03-02T12:00:00"}),
        (200, {"error": "no"}),
        (302, {"error": "moved"}),
        (402, DONE),
        (404, ["unknown-key"]),
        (429, DONE),
        (500, {"error": "internal"}),
        (503, {**DONE, "state": "declined"}),
    ],
)
def test_an_answer_that_does_not_fit_the_question_is_doubt(status: int, document: object) -> None:
    adapter = SimulatorAdapter(Canned(status, document))

    assert isinstance(adapter.collect(asked("k", 700)), InDoubt)


@pytest.mark.parametrize(
    ("status", "document"),
    [
        (200, {**DONE, "key": "another"}),
        (200, {"key": "k"}),
        (404, {"error": "unknown-path"}),
        (404, {"error": "unknown-key", "key": "another"}),
        (500, {"error": "unknown-key", "key": "k"}),
        (200, {"error": "unknown-key", "key": "k"}),
    ],
)
def test_a_query_is_believed_only_about_its_own_key(status: int, document: object) -> None:
    adapter = SimulatorAdapter(Canned(status, document))

    assert isinstance(adapter.query(OperationKey("k")), InDoubt)


def test_a_clear_refusal_is_believed() -> None:
    adapter = SimulatorAdapter(Canned(422, {"error": "unknown-original"}))

    assert adapter.collect(asked("k", 700)) == Rejected("unknown-original")


LINE = {**DONE, "at": "2026-03-02T12:00:00+00:00"}


@pytest.mark.parametrize(
    "page",
    [
        {},
        {"lines": 7, "next": None},
        {"lines": [LINE], "next": 0},
        {"lines": [LINE], "next": "1"},
    ],
)
def test_a_report_that_cannot_be_read_whole_is_none(page: dict[str, object]) -> None:
    adapter = SimulatorAdapter(Canned(200, page))

    assert isinstance(adapter.report(date(2026, 3, 2)), NotSent)


@pytest.mark.parametrize(
    "bad",
    [
        7,
        {**LINE, "kind": "gift"},
        {**LINE, "minor": 1.5},
        {**LINE, "currency": "QQQ"},
        {**LINE, "at": "noon"},
        {"key": "k"},
    ],
)
def test_a_line_that_is_none_is_told_as_it_came_and_stops_no_other(bad: object) -> None:
    adapter = SimulatorAdapter(Canned(200, {"lines": [bad, LINE], "next": None}))

    report = adapter.report(date(2026, 3, 2))

    assert not isinstance(report, NotSent)
    unreadable, line = report
    assert unreadable == UnreadableLine(json.dumps(bad)[:200])
    assert isinstance(line, ReportLine)


GENUINE = signed(b"", b'{"key": "k"}', at=datetime(2026, 3, 2, tzinfo=UTC))
NOTICE = {"headers": dict(GENUINE.headers), "body": GENUINE.body.decode()}


@pytest.mark.parametrize(
    "told", [{}, {"notices": None}, {"notices": {"a": 1}}, {"notices": 7}], ids=str
)
def test_a_list_of_notices_that_is_none_is_told_in_the_log(
    told: object, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        assert SimulatorAdapter(Canned(200, told)).poll_notices() == ()

    assert f"provider.notice adapter=simulator unreadable={json.dumps(told)}" in caplog.text


@pytest.mark.parametrize(
    "bad",
    [
        {},
        1,
        None,
        {**NOTICE, "headers": []},
        {**NOTICE, "headers": {"Notice-Time": 1}},
        {**NOTICE, "body": 1},
        {**NOTICE, "body": "\ud800"},
        {"headers": {}},
    ],
    ids=str,
)
def test_a_notice_that_is_none_is_told_in_the_log_and_stops_no_other(
    bad: object, caplog: pytest.LogCaptureFixture
) -> None:
    adapter = SimulatorAdapter(Canned(200, {"notices": [bad, NOTICE]}))

    with caplog.at_level(logging.INFO):
        assert adapter.poll_notices() == (GENUINE,)

    assert f"unreadable={json.dumps(bad)[:200]}" in caplog.text


@contextmanager
def impostor(answer: bytes, *, stays: bool = False) -> Iterator[OverHttp]:
    """Somebody at a port who answers one request with these bytes, and may then stay silent."""
    has_ended = threading.Event()

    def serve() -> None:
        caller, _ = door.accept()
        with caller:
            caller.recv(65_536)
            caller.sendall(answer)
            if stays:
                has_ended.wait(10)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=serve)
        thread.start()
        way = OverHttp(door.getsockname()[1], notice_secret=b"")
        yield way
        has_ended.set()
        thread.join()
        way.close()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\xff\n\n",
        b"HTTP/1.0 200 OK\r\n",
        b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\n{}",
        b"HTTP/1.0 200 OK\r\nContent-Length: -1\r\n\r\n{}",
        b"HTTP/1.0 200 OK\r\n\r\n" + b"{}".rjust(BODY_MOST_BYTES + 1),
        b"HTTP/1.0 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
        b"HTTP/1.0 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n{}",
    ],
    ids=["nothing", "bytes", "head", "short", "minus", "65-kb", "redirect", "chunks", "header"],
)
def test_bytes_that_are_no_whole_answer_are_doubt(answer: bytes) -> None:
    with impostor(answer) as way:
        assert isinstance(SimulatorAdapter(way).collect(asked("k", 700)), InDoubt)


def test_a_provider_that_falls_silent_is_doubt_after_the_deadline() -> None:
    with impostor(b"HTTP/1.0 200 OK\r\nContent-Length: 50\r\n\r\n{", stays=True) as way:
        adapter = SimulatorAdapter(way)

        assert isinstance(adapter.collect(asked("k", 700, deadline_s=DEADLINE_S)), InDoubt)


@pytest.mark.parametrize("drop", [b" ", b"X: y\r\n"], ids=["body", "headers"])
def test_a_provider_that_drips_is_heard_no_longer_than_the_deadline(drop: bytes) -> None:
    head = b"HTTP/1.0 200 OK\r\n" + (b"Content-Length: 80\r\n\r\n" if drop == b" " else b"")
    has_given_up = threading.Event()
    drops_sent = 0

    def drip() -> None:
        nonlocal drops_sent
        caller, _ = door.accept()
        with caller, suppress(OSError):
            caller.recv(65_536)
            caller.sendall(head)
            while drops_sent < DROPS and not has_given_up.wait(DEADLINE_S / 4):
                caller.sendall(drop)
                drops_sent += 1

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=drip)
        thread.start()
        way = OverHttp(door.getsockname()[1], notice_secret=b"")
        answer = SimulatorAdapter(way).collect(asked("k", 700, deadline_s=DEADLINE_S))
        has_given_up.set()
        thread.join()

    assert isinstance(answer, InDoubt)
    assert drops_sent < DROPS


def test_a_request_longer_than_64_kb_is_not_sent() -> None:
    adapter = SimulatorAdapter(OverHttp(9, notice_secret=b""))

    assert adapter.collect(asked("k" * BODY_MOST_BYTES)) == Rejected("too-large")
