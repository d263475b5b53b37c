"""What the pretended provider does for a request, by its books: no sockets, no faults of a way.

A key never moves money twice, nothing is given back that was not taken, and an authorisation
is captured once, before it has run out. front.py speaks with the world.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.domain.money import EXPONENTS, half_up
from kiosk.payments.simulator.books import OPERATIONS, Books, Entry

AUTHORISATION = timedelta(days=7)
MOST_MINOR = 2**53
"""A larger amount is no amount; JSON numbers are exact up to here."""
KEY_MOST_SIGNS = 200
_OWN = "sim:"
"""Begins the keys of what the provider does by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One operation as it was asked for."""

    key: str
    kind: str
    minor: int
    currency: str
    original: str | None = None
    stay: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fees:
    """What the provider keeps: of each charge and capture, and for each chargeback."""

    bp: int = 0
    fixed_minor: int = 0
    chargeback_minor: int = 0

    def of(self, minor: int) -> int:
        """The fee of a charge, at most the charge itself."""
        return min(minor, half_up(minor * self.bp, 10_000) + self.fixed_minor)


@dataclass(frozen=True, slots=True)
class Refused:
    """It can never be done as it is; nothing was written."""

    code: str


@dataclass(frozen=True, slots=True)
class No:
    """It could be done but is not; written down, so that the same key gets the same no."""

    code: str


@dataclass(slots=True)
class _Kept:
    """An authorisation, a charge or a share: what is left of it."""

    key: str
    kind: str
    currency: str
    minor: int
    original: str | None = None
    shared_minor: int = 0
    capture_before: datetime | None = None
    is_over: bool = False
    """Captured or released: an authorisation ends once."""
    has_run_out: bool = False


class Provider:
    """One pretended account at one pretended provider. Not for two threads at once."""

    def __init__(self, books: Books, *, now: Callable[[], datetime], fees: Fees) -> None:
        self._books = books
        self._now = now
        self._fees = fees
        self._by_key: dict[str, Entry] = {}
        self._kept: dict[str, _Kept] = {}
        self._to_refund: dict[str, int] = {}
        self._balance: dict[str, int] = {}
        for entry in books.entries:
            self._apply(entry)

    def do(
        self, order: Order, *, declined: str | None = None, is_partial: bool = False
    ) -> Entry | Refused:
        """Carry out an order once: the same key with the same order has the same answer.

        `declined` makes it a no; `is_partial` does half of it.
        """
        known = self._by_key.get(order.key)
        if known is not None:
            return known if _is_same(known, order) else Refused("key-reused")
        checked = self._check(order)
        if isinstance(checked, Refused):
            return checked
        if declined == "expired" and order.original in self._kept:
            self.expire(order.original)
        code = declined or (checked.code if isinstance(checked, No) else "")
        minor = order.minor
        if order.kind == "release":
            minor = self._kept[order.original or ""].minor
        elif is_partial:
            minor = max(1, minor // 2)
        charges = order.kind in {"collect", "capture"} and not code
        return self._write(
            Entry(
                key=order.key,
                kind=order.kind,
                state="declined" if code else "done",
                reference=self._next_reference(),
                currency=order.currency,
                minor=minor,
                asked_minor=order.minor,
                fee_minor=self._fees.of(minor) if charges else 0,
                original=order.original,
                stay=order.stay,
                code=code,
                at=self._now().isoformat(),
                capture_before=self._capture_before(order),
            )
        )

    def of_key(self, key: str) -> Entry | None:
        """What became of a key; None proves that nothing was done under it."""
        return self._by_key.get(key)

    def expire(self, reference: str) -> Entry | Refused:
        """An authorisation runs out now."""
        kept = self._kept.get(reference)
        if kept is None or kept.kind != "authorise":
            return Refused("unknown-original")
        return self._write_own("expire", reference, kept.currency, minor=kept.minor)

    def charge_back(self, reference: str) -> Entry | Refused:
        """A driver's bank takes a whole charge back; it cannot be refunded any more."""
        kept = self._kept.get(reference)
        if kept is None or kept.kind not in {"collect", "capture"} or not kept.minor:
            return Refused("unknown-original")
        fee = self._fees.chargeback_minor
        return self._write_own(
            "chargeback", reference, kept.currency, minor=kept.minor, fee_minor=fee
        )

    def win(self, reference: str) -> Entry | Refused:
        """A chargeback is decided for us: its money comes back, as a line below zero."""
        for entry in self._books.entries:
            if entry.kind == "chargeback" and entry.reference == reference and entry.minor > 0:
                assert entry.original is not None
                key = f"{_OWN}won:{reference}"
                if key in self._by_key:
                    return self._by_key[key]
                return self._write_own(
                    "chargeback", entry.original, entry.currency, minor=-entry.minor, key=key
                )
        return Refused("unknown-chargeback")

    def pay_bank(self, currency: str) -> Entry | Refused:
        """The whole balance of a currency goes to our bank, as providers do by themselves."""
        minor = self._balance.get(currency, 0)
        if minor <= 0:
            return Refused("balance-too-low")
        return self._write_own("bank", None, currency, minor=minor)

    def report(self, day: date) -> list[Entry]:
        """What was done on a day (UTC), in order; what was declined is left out.

        A chargeback has the key of the operation that it takes back.
        """
        return [
            entry
            for entry in self._books.entries
            if entry.state == "done"
            and entry.kind != "expire"
            and entry.at
            and datetime.fromisoformat(entry.at).date() == day
        ]

    def key_of(self, reference: str | None) -> str | None:
        """Under which key a charge or an authorisation was made."""
        kept = self._kept.get(reference or "")
        return kept.key if kept is not None else None

    def total(self, kind: str, currency: str) -> int:
        """The sum of all that was done of a kind."""
        return sum(
            entry.minor
            for entry in self._books.entries
            if entry.kind == kind and entry.state == "done" and entry.currency == currency
        )

    def _check(self, order: Order) -> Refused | No | None:
        if order.kind not in OPERATIONS:
            return Refused("unknown-kind")
        if not 0 < len(order.key) <= KEY_MOST_SIGNS or order.key.startswith(_OWN):
            return Refused("bad-key")
        least = 0 if order.kind == "release" else 1
        if not least <= order.minor <= MOST_MINOR:
            return Refused("bad-amount")
        if order.currency not in EXPONENTS:
            return Refused("unknown-currency")
        if order.kind in {"collect", "authorise"}:
            return None
        if order.kind == "payout":
            covered = self._balance.get(order.currency, 0)
            return No("balance-too-low") if order.minor > covered else None
        if order.kind == "refund" and order.original is None:
            # Sites of before kept no provider's reference of what is given back.
            covered = self._to_refund.get(order.currency, 0)
            return Refused("more-than-captured") if order.minor > covered else None
        original = self._kept.get(order.original or "")
        if original is None or original.kind not in _ORIGINALS[order.kind]:
            return Refused("unknown-original")
        if original.currency != order.currency:
            return Refused("other-currency")
        if original.kind == "authorise":
            return self._check_authorised(order, original)
        if order.kind == "share":
            is_covered = order.minor <= original.minor - original.shared_minor
        else:
            is_covered = order.minor <= original.minor
        return None if is_covered else Refused("more-than-captured")

    def _check_authorised(self, order: Order, authorised: _Kept) -> Refused | No | None:
        if authorised.is_over:
            return Refused("already-ended")
        limit = authorised.capture_before
        if authorised.has_run_out or (limit is not None and self._now() >= limit):
            return No("expired")
        if order.kind == "capture" and order.minor > authorised.minor:
            return Refused("more-than-authorised")
        return None

    def _capture_before(self, order: Order) -> str | None:
        if order.kind == "authorise":
            return (self._now() + AUTHORISATION).isoformat()
        if order.kind == "increase":
            limit = self._kept[order.original or ""].capture_before
            return limit.isoformat() if limit is not None else None
        return None

    def _next_reference(self) -> str:
        return f"sim-{len(self._books.entries) + 1:06d}"

    def _write_own(
        self,
        kind: str,
        original: str | None,
        currency: str,
        *,
        minor: int,
        fee_minor: int = 0,
        key: str | None = None,
    ) -> Entry:
        reference = self._next_reference()
        return self._write(
            Entry(
                key=key or f"{_OWN}{kind}:{reference}",
                kind=kind,
                state="done",
                reference=reference,
                currency=currency,
                minor=minor,
                asked_minor=minor,
                fee_minor=fee_minor,
                original=original,
                at=self._now().isoformat(),
            )
        )

    def _write(self, entry: Entry) -> Entry:
        self._books.append(entry)
        self._apply(entry)
        return entry

    def _apply(self, entry: Entry) -> None:
        self._by_key[entry.key] = entry
        if entry.state == "declined":
            return
        minor, currency = entry.minor, entry.currency
        moved = _BALANCE_SIGNS.get(entry.kind, 0) * minor - entry.fee_minor
        self._balance[currency] = self._balance.get(currency, 0) + moved
        if (sign := _TO_REFUND_SIGNS.get(entry.kind, 0)) != 0:
            self._to_refund[currency] = self._to_refund.get(currency, 0) + sign * minor
        original = self._kept.get(entry.original or "")
        match entry.kind:
            case "increase" if original is not None:
                original.minor += minor
            case "capture" | "release" if original is not None:
                original.is_over = True
            case "expire" if original is not None:
                original.has_run_out = True
            case "refund" | "chargeback" if original is not None:
                original.minor -= minor
            case "share" if original is not None:
                original.shared_minor += minor
            case "unshare" if original is not None:
                original.minor -= minor
                self._kept[original.original or ""].shared_minor -= minor
            case _:
                pass
        if entry.kind in {"collect", "authorise", "capture", "share"}:
            limit = entry.capture_before
            self._kept[entry.reference] = _Kept(
                key=entry.key,
                kind=entry.kind,
                currency=currency,
                minor=minor,
                original=entry.original,
                capture_before=datetime.fromisoformat(limit) if limit else None,
            )


_ORIGINALS = {
    "increase": {"authorise"},
    "capture": {"authorise"},
    "release": {"authorise"},
    "refund": {"collect", "capture"},
    "share": {"collect", "capture"},
    "unshare": {"share"},
}
"""What the original of each kind has to be."""
_BALANCE_SIGNS = {
    "collect": 1,
    "capture": 1,
    "unshare": 1,
    "refund": -1,
    "share": -1,
    "payout": -1,
    "chargeback": -1,
    "bank": -1,
}
_TO_REFUND_SIGNS = {"collect": 1, "capture": 1, "refund": -1, "chargeback": -1}


def _is_same(entry: Entry, order: Order) -> bool:
    if entry.asked_minor is None:
        asked = (entry.kind, entry.minor, entry.currency)
        return asked == (order.kind, order.minor, order.currency)
    asked_for = Order(
        key=entry.key,
        kind=entry.kind,
        minor=entry.asked_minor,
        currency=entry.currency,
        original=entry.original,
        stay=entry.stay,
    )
    return asked_for == order
