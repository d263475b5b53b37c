"""A pretended card provider with books of its own and settable faults.

It ships with the product for the demo and for tests. Its books outlive our process in a
file, so that after a crash of ours it can truthfully be asked what became of a payment.
"""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from collections.abc import Mapping
from datetime import date
from enum import Enum
from pathlib import Path

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.payments.adapter import (
    UNSUPPORTED,
    Answer,
    Capabilities,
    Declined,
    InDoubt,
    Notice,
    NotSent,
    PaymentRequest,
    ReportLine,
    Succeeded,
)


class SimulatedFault(Enum):
    """What can go wrong with the next request."""

    DECLINED = "declined"
    UNREACHABLE = "unreachable"
    """Nothing arrives at the provider."""
    ANSWER_LOST_AFTER_DOING = "answer-lost-after-doing"
    ANSWER_LOST_BEFORE_DOING = "answer-lost-before-doing"
    SLOW = "slow"
    """The answer waits until `let_go` is called."""
    ANSWERED_TWICE = "answered-twice"
    """The request is delivered twice; the key must make the second one change nothing."""


class SimulatorAdapter:
    """Keeps the promise of PaymentAdapter; `books` is a file of one JSON line an operation."""

    name = "simulator"

    def __init__(self, books: Path) -> None:
        self._books = books
        self._lock = threading.Lock()
        self._released = threading.Event()
        self._is_closing = False
        self._faults: deque[SimulatedFault] = deque()
        self._done: dict[str, dict[str, str | int]] = {}
        if books.exists():
            for line in books.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                self._done[entry["key"]] = entry

    def fault_next(self, *faults: SimulatedFault) -> None:
        """The next requests meet these faults, one each."""
        self._faults.extend(faults)

    def let_go(self) -> None:
        """Ends the wait of a SLOW request."""
        self._released.set()

    def close(self) -> None:
        """Nothing waits any more."""
        self._is_closing = True
        self._released.set()

    def collect(self, request: PaymentRequest) -> Answer:
        """Take the amount from the pretended card."""
        return self._ask("collect", request)

    def refund(self, request: PaymentRequest) -> Answer:
        """Give the amount back to the pretended card."""
        return self._ask("refund", request)

    @property
    def capabilities(self) -> Capabilities:
        """It charges at once."""
        return Capabilities()

    def authorise(self, request: PaymentRequest) -> Answer:
        """It only charges and gives back."""
        return UNSUPPORTED

    def increase(self, request: PaymentRequest) -> Answer:
        """It only charges and gives back."""
        return UNSUPPORTED

    def capture(self, request: PaymentRequest) -> Answer:
        """It only charges and gives back."""
        return UNSUPPORTED

    def release(self, request: PaymentRequest) -> Answer:
        """It only charges and gives back."""
        return UNSUPPORTED

    def share(self, request: PaymentRequest) -> Answer:
        """It only charges and gives back."""
        return UNSUPPORTED

    def unshare(self, request: PaymentRequest) -> Answer:
        """It only charges and gives back."""
        return UNSUPPORTED

    def payout(self, request: PaymentRequest) -> Answer:
        """It only charges and gives back."""
        return UNSUPPORTED

    def abort(self, key: OperationKey) -> Answer:
        """It only charges and gives back."""
        return UNSUPPORTED

    def parse_notice(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        """It only charges and gives back."""
        return None

    def report(self, day: date) -> tuple[ReportLine, ...] | NotSent:
        """It only charges and gives back."""
        return ()

    def health(self) -> bool:
        """It only charges and gives back."""
        return True

    def query(self, key: OperationKey) -> Answer:
        """What the provider's books say of the key."""
        with self._lock:
            entry = self._done.get(key)
        return _answer_of(entry) if entry is not None else NotSent()

    def total(self, kind: str, currency: str) -> Money:
        """What the provider itself counts: the sum of all `collect` or `refund` that it did."""
        with self._lock:
            minors = [
                int(entry["minor"])
                for entry in self._done.values()
                if entry["kind"] == kind
                and entry["state"] == "done"
                and entry["currency"] == currency
            ]
        return Money(sum(minors), currency)

    def _ask(self, kind: str, request: PaymentRequest) -> Answer:
        fault = self._faults.popleft() if self._faults else None
        match fault:
            case SimulatedFault.UNREACHABLE:
                return NotSent()
            case SimulatedFault.ANSWER_LOST_BEFORE_DOING:
                return InDoubt()
            case SimulatedFault.ANSWER_LOST_AFTER_DOING:
                self._do(kind, request, is_declined=False)
                return InDoubt()
            case SimulatedFault.SLOW:
                self._released.wait()
                if not self._is_closing:
                    self._released.clear()
            case SimulatedFault.ANSWERED_TWICE:
                self._do(kind, request, is_declined=False)
            case SimulatedFault.DECLINED | None:
                pass
        return _answer_of(self._do(kind, request, is_declined=fault is SimulatedFault.DECLINED))

    def _do(
        self, kind: str, request: PaymentRequest, *, is_declined: bool
    ) -> dict[str, str | int]:
        with self._lock:
            known = self._done.get(request.key)
            if known is not None:
                return known
            entry: dict[str, str | int] = {
                "key": request.key,
                "kind": kind,
                "minor": request.amount.minor,
                "currency": request.amount.currency,
                "state": "declined" if is_declined else "done",
                "reference": f"sim-{len(self._done) + 1:06d}",
            }
            with open(self._books, "a", encoding="utf-8", opener=_private) as file:
                file.write(json.dumps(entry) + "\n")
                file.flush()
                os.fsync(file.fileno())
            self._done[request.key] = entry
            return entry


def _answer_of(entry: dict[str, str | int]) -> Answer:
    if entry["state"] == "declined":
        return Declined("card-declined")
    amount = Money(int(entry["minor"]), str(entry["currency"]))
    return Succeeded(str(entry["reference"]), amount)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
