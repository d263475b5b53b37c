"""The lines of a stay's timeline at the desk: what happened, with its money as money."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.services.audit_details import amounts_of
from kiosk.services.views import TimelineRow
from kiosk.ui.desk.texts import DeskTexts

_NUMBERS = frozenset(
    {
        "stay.linked",
        "reservation.linked",
        "reservation.changed",
        "reservation.displaced",
        "voucher.used",
        "stay.validated",
    }
)
"""What is written down with a number that only the books know."""
_AFTER_A_KEY = frozenset({"suspense.cleared", "missing.explained"})
"""What is written down with the key of a journal or an operation first, then the reason."""


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One thing that happened."""

    key: str
    at: str
    actor: str
    action: str
    detail: str
    value: str
    """What belongs to the detail: an amount, a receipt's number."""


def happened(key: str, row: TimelineRow, texts: DeskTexts) -> TimelineLine:
    """The audit writes amounts in minor units and codes; people read money and words."""
    action, detail, value = row.action, row.detail, ""
    amounts = amounts_of(action, detail, currency=texts.currency, said=texts.money)
    match action:
        case "ticket.presented":
            detail, _, value = detail.partition(" ")
            value = amounts[0] if amounts else value
        case "reservation.repriced":
            detail, value = "", " → ".join(amounts)
        case "reservation.moved":
            value, _, detail = detail.partition(": ")
            value = value.replace("->", "→")
        case "debt.made":
            detail, value = " ".join(detail.split()[1:2]), "".join(amounts)
        case "debt.written_off":
            detail, value = " ".join(detail.split()[2:]), "".join(amounts)
        case "capture.done_after_all" | "refund.done_after_all":
            detail, value = "".join(amounts[1:]), "".join(amounts[:1])
        case _ if action in _AFTER_A_KEY:
            detail = detail.partition(" ")[2]
        case _ if amounts or action in _NUMBERS:
            detail, value = "", "".join(amounts[:1])
        case _:
            pass
    return TimelineLine(key, texts.clock(row.at), row.actor, action, detail, value)
