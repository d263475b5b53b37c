"""Speaks with the pretended card provider and keeps the promise of PaymentAdapter.

Only a whole answer that fits the question is believed; everything else after the first byte is
doubt. How requests get there is the transport's business.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import EXPONENTS, Money
from kiosk.payments.adapter import (
    UNSUPPORTED,
    Answer,
    Capabilities,
    Declined,
    InDoubt,
    Notice,
    NotSent,
    PaymentRequest,
    Rejected,
    ReportLine,
    SignedNotice,
    Succeeded,
    UnreadableLine,
)
from kiosk.payments.simulator.books import OPERATIONS, Books
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.payments.simulator.front import BODY_MOST_BYTES, Front, Reply
from kiosk.payments.simulator.notices import NoticeCheck
from kiosk.payments.simulator.transport import InProcess, NoClearAnswer, NotReached, Transport

_log = logging.getLogger(__name__)

QUERY_S = 10.0
HEALTH_S = 3.0
REPORT_MOST_PAGES = 1000
UNREADABLE_MOST_SIGNS = 200
CHARGES = Capabilities(has_report=True)
"""A deposit is charged when the reservation is made."""
AUTHORISES = Capabilities(
    can_authorise=True,
    can_increase=True,
    can_share=True,
    has_report=True,
)
"""A deposit is authorised first, and captured in part at the exit."""
_NEEDS_AUTHORISATION = frozenset({"authorise", "increase", "capture", "release"})


def in_process(
    books: Path, *, authorises: bool = False, now: Callable[[], datetime]
) -> SimulatorAdapter:
    """An adapter with a provider of its own in memory, for virtual time."""
    front = Front(Books(books), now=now, notice_secret=b"notices of virtual time")
    return SimulatorAdapter(InProcess(front), authorises=authorises, now=now)


class SimulatorAdapter:
    """Charges, or authorises when it is told to; `transport` leads to the provider."""

    name = "simulator"

    def __init__(
        self,
        transport: Transport,
        *,
        authorises: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._transport = transport
        self._capabilities = AUTHORISES if authorises else CHARGES
        self._check = NoticeCheck(now=now)

    @property
    def capabilities(self) -> Capabilities:
        """What it was made for."""
        return self._capabilities

    def collect(self, request: PaymentRequest) -> Answer:
        """Take the amount from the pretended card."""
        return self._ask("collect", request)

    def authorise(self, request: PaymentRequest) -> Answer:
        """Reserve the amount on the pretended card; captured by its reference."""
        return self._ask("authorise", request)

    def increase(self, request: PaymentRequest) -> Answer:
        """Raise an authorisation, which keeps its reference and its end."""
        return self._ask("increase", request)

    def capture(self, request: PaymentRequest) -> Answer:
        """Take all or a part, once; refunds name the capture's own reference."""
        return self._ask("capture", request)

    def release(self, request: PaymentRequest) -> Answer:
        """Let go of all; another sum than was asked is in doubt, and a query then tells it."""
        return self._ask("release", request)

    def refund(self, request: PaymentRequest) -> Answer:
        """Give back to the pretended card, never more than was taken."""
        return self._ask("refund", request)

    def share(self, request: PaymentRequest) -> Answer:
        """Pass a share of a charge or a capture on."""
        return self._ask("share", request)

    def unshare(self, request: PaymentRequest) -> Answer:
        """Take a share, or a part of it, back."""
        return self._ask("unshare", request)

    def payout(self, request: PaymentRequest) -> Answer:
        """Pay out of our account at the provider, as far as it goes."""
        return self._ask("payout", request)

    def abort(self, key: OperationKey) -> Answer:
        """Nothing waits for a driver here."""
        return UNSUPPORTED

    def query(self, key: OperationKey) -> Answer:
        """What the provider's books say of the key; not reaching it proves nothing."""
        target = f"/v1/operations/{quote(key, safe='')}"
        try:
            reply = self._transport.send("GET", target, b"", deadline_s=QUERY_S)
        except (NotReached, NoClearAnswer):
            return InDoubt()
        told = _object_of(reply)
        if told is None or told.get("key") != key:
            return InDoubt()
        if reply.status == 404 and told.get("error") == "unknown-key":
            return NotSent()
        return _answer_of(told) if reply.status == 200 else InDoubt()

    def parse_notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        """The key that a notice names, when it is genuine, fresh and new."""
        secret = self._transport.notice_secret
        if not secret or not self._check.is_genuine(secret, headers, body):
            return None
        told = _object_of(Reply(200, body))
        key = told.get("key") if told is not None else None
        return Notice(OperationKey(key)) if isinstance(key, str) else None

    def poll_notices(self) -> tuple[SignedNotice, ...]:
        """The notices that wait at the provider, oldest first, each told once.

        What is none goes into the log and stops no other: the provider's report tells it again.
        """
        told = self._told("/v1/notices")
        if told is None:
            return ()
        waiting = told.get("notices")
        notices = []
        for each in waiting if isinstance(waiting, list) else (told,):
            notice = _notice_of(each)
            if notice is None:
                _log.info("provider.notice adapter=%s unreadable=%s", self.name, _shortened(each))
            else:
                notices.append(notice)
        return tuple(notices)

    def report(self, day: date) -> tuple[ReportLine | UnreadableLine, ...] | NotSent:
        """All that the provider did on a day, or nothing of it when a page is missing."""
        lines: list[ReportLine | UnreadableLine] = []
        first = 0
        for _ in range(REPORT_MOST_PAGES):
            told = self._told(f"/v1/report?day={day.isoformat()}&from={first}")
            page = _lines_of(told)
            if told is None or page is None:
                return NotSent()
            lines += page
            following = told.get("next")
            if following is None:
                return tuple(lines)
            if not isinstance(following, int) or following <= first:
                return NotSent()
            first = following
        return NotSent()

    def health(self) -> bool:
        """Whether it answers; a provider that has died is started again."""
        return self._told("/v1/health") is not None

    def close(self) -> None:
        """Nothing is asked any more."""
        self._transport.close()

    # -- what only a pretended provider has

    def fault_next(self, *faults: SimulatedFault, kind: str | None = None) -> None:
        """The next operations meet these faults, one each; or the next of one kind.

        A kind is an operation's word, "query", "report" or "health". None at all: no more faults.
        """
        words = [fault.value for fault in faults]
        self._control("faults", {"faults": words, "kind": kind})

    def let_go(self) -> None:
        """Late answers go out."""
        self._control("let-go", {})

    def total(self, kind: str, currency: str) -> Money:
        """What the provider itself counts: the sum of all that it did of a kind."""
        told = self._told(f"/control/total?kind={kind}&currency={currency}")
        assert told is not None, "the provider does not answer"
        return Money(told["minor"], currency)

    def expire(self, reference: str) -> None:
        """An authorisation runs out."""
        self._control("expire", {"reference": reference})

    def charge_back(self, reference: str) -> str:
        """A driver's bank takes a charge back; the chargeback's own reference."""
        return str(self._control("chargeback", {"reference": reference})["reference"])

    def win_chargeback(self, reference: str) -> None:
        """It is decided for us."""
        self._control("chargeback-won", {"reference": reference})

    def pay_bank(self, currency: str) -> Money:
        """The provider pays the whole balance to our bank."""
        return Money(self._control("bank", {"currency": currency})["minor"], currency)

    def _ask(self, kind: str, request: PaymentRequest) -> Answer:
        if kind in _NEEDS_AUTHORISATION and not self._capabilities.can_authorise:
            return UNSUPPORTED
        if kind in {"share", "unshare"} and not self._capabilities.can_share:
            return UNSUPPORTED
        order = {
            "key": request.key,
            "kind": kind,
            "minor": request.amount.minor,
            "currency": request.amount.currency,
            "original": request.original,
            "stay": request.stay,
        }
        body = _bytes(order)
        if len(body) > BODY_MOST_BYTES:
            return Rejected("too-large")
        try:
            reply = self._transport.send(
                "POST", "/v1/operations", body, deadline_s=request.deadline_s
            )
        except NotReached:
            return NotSent()
        except NoClearAnswer:
            return InDoubt()
        told = _object_of(reply)
        if told is None:
            return InDoubt()
        if isinstance(code := told.get("error"), str) and 400 <= reply.status < 500:
            return NotSent() if code == "too-late" else Rejected(code)
        if (told.get("key"), told.get("kind")) != (request.key, kind):
            return InDoubt()
        if reply.status != {"done": 200, "declined": 402}.get(str(told.get("state"))):
            return InDoubt()
        answer = _answer_of(told)
        is_right = not isinstance(answer, Succeeded) or _fits(answer, request, kind)
        return answer if is_right else InDoubt()

    def _told(self, target: str) -> dict[str, Any] | None:
        try:
            reply = self._transport.send("GET", target, b"", deadline_s=HEALTH_S)
        except (NotReached, NoClearAnswer):
            return None
        return _object_of(reply) if reply.status == 200 else None

    def _control(self, what: str, document: dict[str, Any]) -> dict[str, Any]:
        reply = self._transport.send(
            "POST", f"/control/{what}", _bytes(document), deadline_s=QUERY_S
        )
        told = _object_of(reply)
        if reply.status != 200 or told is None:
            raise ValueError(f"{what}: {reply.body.decode('utf-8', 'replace')}")
        return told


def _bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def _object_of(reply: Reply) -> dict[str, Any] | None:
    try:
        document = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _fits(answer: Succeeded, request: PaymentRequest, kind: str) -> bool:
    """Whether no more, and no other currency, was done than was asked for."""
    if answer.amount.currency != request.amount.currency:
        return False
    if kind == "release":  # always of all; when that is another sum than we think, query
        return answer.amount == request.amount
    return answer.amount <= request.amount


def _answer_of(told: dict[str, Any]) -> Answer:
    match told:
        case {"state": "declined", "code": str(code)}:
            return Declined(code)
        case {
            "state": "done",
            "reference": str(reference),
            "currency": str(currency),
            "minor": int(minor),
            "fee_minor": int(fee_minor),
            "capture_before": str() | None as limit,
        } if min(minor, fee_minor) >= 0 and currency in EXPONENTS:
            try:
                capture_before = _instant(limit) if limit is not None else None
            except ValueError:
                return InDoubt()
            fee = Money(fee_minor, currency)
            return Succeeded(reference, Money(minor, currency), fee, capture_before)
        case _:
            return InDoubt()


def _lines_of(told: dict[str, Any] | None) -> list[ReportLine | UnreadableLine] | None:
    """The lines of a page; None when it is no page. A line that is none stops no other."""
    lines = None if told is None else told.get("lines")
    return [_line_or_text(line) for line in lines] if isinstance(lines, list) else None


def _line_or_text(line: Any) -> ReportLine | UnreadableLine:
    try:
        return _line_of(line)
    except (AssertionError, KeyError, TypeError, ValueError):
        return UnreadableLine(_shortened(line))


def _notice_of(told: Any) -> SignedNotice | None:
    match told:
        case {"headers": dict(headers), "body": str(body)} if all(
            isinstance(value, str) for value in headers.values()
        ):
            with suppress(UnicodeEncodeError):  # half of a sign
                return SignedNotice(headers, body.encode())
    return None


def _shortened(garbage: Any) -> str:
    """What is not what it should be, as it came, in signs that can be printed anywhere."""
    return json.dumps(garbage)[:UNREADABLE_MOST_SIGNS]


def _line_of(line: dict[str, Any]) -> ReportLine:
    kind, currency = line["kind"], line["currency"]
    if kind not in OPERATIONS | {"chargeback", "bank"}:
        raise ValueError(f"unknown kind {kind!r}")
    if not all(type(line[name]) is int for name in ("minor", "fee_minor")):
        raise ValueError("an amount that is no whole number")
    return ReportLine(
        key=OperationKey(str(line["key"])),
        kind=kind,
        reference=str(line["reference"]),
        amount=Money(line["minor"], currency),
        fee=Money(line["fee_minor"], currency),
        at=_instant(line["at"]),
    )


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at
