"""Which numbers in a detail of the audit are money: they stand there in minor units.

A detail is proved as it was written; whoever shows it to people says its money as money.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kiosk.domain.money import EXPONENTS, Money

_ONLY = r"(-?\d+)"
_FIRST = r"(-?\d+)(?: .*)?"
_LAST = r".* (-?\d+)"
_TWO = r"(-?\d+) of which (-?\d+) was open"

AMOUNTS: Mapping[str, str] = {
    "answer.refused": r"(-?\d+) [A-Z]{3}(?: fee (-?\d+) [A-Z]{3})?",
    "authorisation.expired": _ONLY,
    "capture.done_after_all": _TWO,
    "change.kept": _ONLY,
    "chargeback.lost": _ONLY,
    "chargeback.opened": _ONLY,
    "chargeback.won": _ONLY,
    "debt.lowered": _FIRST,
    "debt.made": _FIRST,
    "debt.paid": _FIRST,
    "debt.written_off": _FIRST,
    "difference.waived": _ONLY,
    "due.paid_in_cash": _FIRST,
    "refund.done_after_all": _TWO,
    "refund.paid_in_cash": _ONLY,
    "refund.partial": _ONLY,
    "report.missing": _LAST,
    "reservation.cancelled": _ONLY,
    "reservation.recalled": _ONLY,
    "reservation.repriced": r"(-?\d+) -> (-?\d+)",
    "stay.handed_over": _ONLY,
    "stay.refunded": _FIRST,
    "stay.validated": r"\d+ amount (\d+)",
    "surcharge.shared": _ONLY,
    "ticket.presented": r"due (-?\d+)",
}
"""By the action of a stay: the groups are its amounts; other details of it have none."""
_CURRENCY = re.compile(r" ([A-Z]{3})\b")

Said = Callable[[Money], str]
"""How an amount is written for whoever reads it."""


def amounts_of(action: str, detail: str, *, currency: str, said: Said) -> tuple[str, ...]:
    """The amounts of a detail as they are said, in their order."""
    return tuple(text for _, _, text in _found(action, detail, currency=currency, said=said))


def in_money(action: str, detail: str, *, currency: str, said: Said) -> str:
    """The detail with its amounts as they are said: "due 240" becomes "due 2.40 EUR"."""
    made, at = "", 0
    for start, end, text in _found(action, detail, currency=currency, said=said):
        made, at = made + detail[at:start] + text, end
    return made + detail[at:]


def _found(action: str, detail: str, *, currency: str, said: Said) -> list[tuple[int, int, str]]:
    """Where each amount stands, and how it is said; one that names its currency has that one."""
    match = re.fullmatch(AMOUNTS[action], detail) if action in AMOUNTS else None
    found: list[tuple[int, int, str]] = []
    for group in range(1, 0 if match is None else match.re.groups + 1):
        assert match is not None, "it has groups"
        start, end = match.span(group)
        own = _CURRENCY.match(detail, end)
        of = currency if own is None else own[1]
        if start >= 0 and of in EXPONENTS:
            text = said(Money(int(match[group]), of))
            found.append((start, end if own is None else own.end(), text))
    return found
