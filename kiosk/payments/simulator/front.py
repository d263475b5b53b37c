"""What the pretended provider answers over HTTP, and which fault a request meets; no sockets.

server.py brings it bytes from a socket, transport.InProcess the very same ones without. Paths
below /control belong to tests and demos: they set faults and let things happen at the provider.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from kiosk.payments.adapter import SignedNotice
from kiosk.payments.simulator.books import OPERATIONS, Books, Entry
from kiosk.payments.simulator.faults import FaultQueue, SimulatedFault
from kiosk.payments.simulator.notices import signed
from kiosk.payments.simulator.provider import Fees, Order, Provider, Refused

BODY_MOST_BYTES = 65_536
REPORT_PAGE_LINES = 100
"""So many lines stay below the limit of a body."""
NOTICES_KEPT = 1000
NOTICES_A_POLL = 50
_GARBAGE = b"\x00\xff<html>upstream"


class Delivery(Enum):
    """What becomes of an answer on its way."""

    WHOLE = "whole"
    NOT_REACHED = "not-reached"
    """The request never arrived."""
    NONE = "none"
    """The connection ends without an answer."""
    LATE = "late"
    CUT = "cut"
    """The connection ends in the middle of it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, and how it is delivered."""

    status: int
    body: bytes
    delivery: Delivery = Delivery.WHOLE


def refusal(status: int, code: str) -> Reply:
    """A clear no in the provider's words."""
    return Reply(status, json.dumps({"error": code}).encode())


class Front:
    """Answers requests one after another, from any thread."""

    def __init__(
        self,
        books: Books,
        *,
        now: Callable[[], datetime],
        notice_secret: bytes,
        fees: Fees | None = None,
    ) -> None:
        self.notice_secret = notice_secret
        self.may_answer_late = threading.Event()
        """Set by `let-go`: answers that are held back go out."""
        self._provider = Provider(books, now=now, fees=fees or Fees())
        self._now = now
        self._faults = FaultQueue()
        self._notices: deque[bytes] = deque(maxlen=NOTICES_KEPT)
        self._lock = threading.Lock()

    def stop(self) -> None:
        """What is being done ends first; nothing is done or answered any more."""
        self._lock.acquire()

    def answer(
        self,
        method: str,
        target: str,
        body: bytes,
        *,
        is_given_up: Callable[[], bool] = lambda: False,
    ) -> Reply:
        """What is answered to a whole request, with the fault that it meets.

        A request whose client waits no more when its turn comes is refused: done now, it would
        contradict what a query has answered since.
        """
        parts = urlsplit(target)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        with self._lock:
            if is_given_up():
                return refusal(408, "too-late")
            try:
                return self._route(method, parts.path, asked, body)
            except OSError:
                return refusal(503, "books-not-writable")

    def _route(self, method: str, path: str, asked: dict[str, str], body: bytes) -> Reply:
        document = _object_of(body) if method == "POST" else {}
        if document is None:
            return refusal(400, "bad-body")
        match method, path.strip("/").split("/"):
            case "POST", ["v1", "operations"]:
                return self._operation(document)
            case "GET", ["v1", "operations", key]:
                return self._with_fault("query", lambda: self._query(unquote(key)))
            case "GET", ["v1", "report"]:
                return self._with_fault("report", lambda: self._report(asked))
            case "GET", ["v1", "notices"]:
                return self._poll_notices()
            case "GET", ["v1", "health"]:
                return self._with_fault("health", lambda: _reply({"state": "up"}))
            case "GET", ["control", "total"]:
                kind, currency = asked.get("kind", ""), asked.get("currency", "")
                return _reply({"minor": self._provider.total(kind, currency)})
            case "POST", ["control", what]:
                return self._control(what, document)
        return refusal(404, "unknown-path")

    # -- what is asked of a provider

    def _operation(self, document: dict[str, Any]) -> Reply:
        order = _order_of(document)
        if order is None:
            return refusal(400, "bad-body")
        fault = self._faults.take(order.kind)
        if fault in _BEFORE_DOING:
            return _BEFORE_DOING[fault]
        declined = _DECLINING.get(fault) if fault is not None else None
        is_partial = fault is SimulatedFault.PARTIAL
        is_new = self._provider.of_key(order.key) is None
        done = self._provider.do(order, declined=declined, is_partial=is_partial)
        if fault is SimulatedFault.ANSWERED_TWICE:
            done = self._provider.do(order)
        if isinstance(done, Refused):
            status = 409 if done.code == "key-reused" else 422
            return _delivered(refusal(status, done.code), fault)
        if is_new:
            self._keep_notice(done, fault)
        told = done
        if fault is SimulatedFault.WRONG_AMOUNT:
            told = replace(done, minor=done.minor + 1)
        return _delivered(_reply(_told(told), 200 if done.state == "done" else 402), fault)

    def _query(self, key: str) -> Reply:
        entry = self._provider.of_key(key)
        if entry is None:
            return _reply({"error": "unknown-key", "key": key}, 404)
        return _reply(_told(entry))

    def _report(self, asked: dict[str, str]) -> Reply:
        try:
            day, first = date.fromisoformat(asked["day"]), int(asked.get("from", "0"))
        except (KeyError, ValueError):
            return refusal(400, "bad-day")
        lines = self._provider.report(day)
        following = first + REPORT_PAGE_LINES
        page = [self._line(entry) for entry in lines[first:following]]
        return _reply({"lines": page, "next": following if following < len(lines) else None})

    def _line(self, entry: Entry) -> dict[str, Any]:
        line = _told(entry)
        if entry.kind == "chargeback":
            line["key"] = self._provider.key_of(entry.original)
        return line

    def _poll_notices(self) -> Reply:
        at = self._now()
        taken: list[SignedNotice] = []
        while self._notices and len(taken) < NOTICES_A_POLL:
            taken.append(signed(self.notice_secret, self._notices.popleft(), at=at))
        listed = [{"headers": each.headers, "body": each.body.decode()} for each in taken]
        return _reply({"notices": listed})

    def _keep_notice(self, entry: Entry, fault: SimulatedFault | None) -> None:
        notice = json.dumps({"key": entry.key, "reference": entry.reference}).encode()
        if fault is SimulatedFault.NOTICES_OUT_OF_ORDER:
            self._notices.appendleft(notice)
            return
        self._notices.append(notice)
        if fault is SimulatedFault.NOTICE_TWICE:
            self._notices.append(notice)

    def _with_fault(self, kind: str, answer: Callable[[], Reply]) -> Reply:
        fault = self._faults.take(kind)
        if fault in _BEFORE_DOING:
            return _BEFORE_DOING[fault]
        return _delivered(answer(), fault)

    # -- what tests and demos let happen

    def _control(self, what: str, document: dict[str, Any]) -> Reply:
        match what:
            case "faults":
                return self._set_faults(document)
            case "let-go":
                self.may_answer_late.set()
                return _reply({})
            case "bank":
                return _happened(self._provider.pay_bank(str(document.get("currency"))))
        act = {
            "expire": self._provider.expire,
            "chargeback": self._provider.charge_back,
            "chargeback-won": self._provider.win,
        }.get(what)
        if act is None:
            return refusal(404, "unknown-path")
        return _happened(act(str(document.get("reference"))))

    def _set_faults(self, document: dict[str, Any]) -> Reply:
        try:
            faults = [SimulatedFault(word) for word in document["faults"]]
        except (KeyError, TypeError, ValueError):
            return refusal(422, "unknown-fault")
        kind = document.get("kind")
        if kind is not None and kind not in OPERATIONS | {"query", "report", "health"}:
            return refusal(422, "unknown-kind")
        if not faults:
            self._faults.clear()
        elif not self._faults.has_room(len(faults)):
            return refusal(422, "too-many-faults")
        self.may_answer_late.clear()
        self._faults.add(faults, kind=kind)
        return _reply({})


_BEFORE_DOING: dict[SimulatedFault | None, Reply] = {
    SimulatedFault.UNREACHABLE: Reply(0, b"", Delivery.NOT_REACHED),
    SimulatedFault.ANSWER_LOST_BEFORE_DOING: Reply(0, b"", Delivery.NONE),
    SimulatedFault.ERROR_BEFORE_DOING: refusal(503, "busy"),
}
_DECLINING = {SimulatedFault.DECLINED: "card-declined", SimulatedFault.EXPIRED: "expired"}


def _delivered(reply: Reply, fault: SimulatedFault | None) -> Reply:
    """The answer after what was done, as the fault lets it through."""
    match fault:
        case SimulatedFault.ANSWER_LOST_AFTER_DOING:
            return replace(reply, delivery=Delivery.NONE)
        case SimulatedFault.ANSWER_LATE:
            return replace(reply, delivery=Delivery.LATE)
        case SimulatedFault.CONNECTION_CLOSED:
            return replace(reply, delivery=Delivery.CUT)
        case SimulatedFault.ERROR_AFTER_DOING:
            return refusal(500, "internal")
        case SimulatedFault.GARBAGE:
            return replace(reply, status=200, body=_GARBAGE)
        case _:
            return reply


def _reply(document: dict[str, Any], status: int = 200) -> Reply:
    return Reply(status, json.dumps(document).encode())


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "key": entry.key,
        "kind": entry.kind,
        "state": entry.state,
        "reference": entry.reference,
        "currency": entry.currency,
        "minor": entry.minor,
        "fee_minor": entry.fee_minor,
        "code": entry.code,
        "at": entry.at,
        "capture_before": entry.capture_before,
    }


def _happened(done: Entry | Refused) -> Reply:
    return refusal(422, done.code) if isinstance(done, Refused) else _reply(_told(done))


def _object_of(body: bytes) -> dict[str, Any] | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _order_of(document: dict[str, Any]) -> Order | None:
    match document:
        case {"key": str(), "kind": str(), "minor": int(minor), "currency": str(), **rest} if (
            not isinstance(minor, bool)
            and set(rest) <= {"original", "stay"}
            and isinstance(rest.get("original"), str | None)
            and isinstance(rest.get("stay"), int | None)
        ):
            return Order(**document)
    return None
