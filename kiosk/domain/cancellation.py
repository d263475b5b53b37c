"""What goes back to a driver who cancels a paid reservation, by how early that is."""

from __future__ import annotations

from datetime import datetime

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import Reservation
from kiosk.domain.site import Rules
from kiosk.domain.time import Window

ALL_BP = 10_000


def refund_bp(reservation: Reservation, *, at: datetime, rules: Rules) -> int:
    """The part of the price that goes back when the driver cancels at an instant.

    All of it within `regret` of making it, and until the start of a window that is not long;
    before a long one the tiers decide, each holding at its very edge (parking.md,
    cancellation). From the start on nothing goes back by this rule (kept_fee).
    """
    if at < reservation.made_at + rules.regret:
        return ALL_BP
    start = reservation.window.from_
    if at >= start:
        return 0
    if reservation.window.duration <= rules.long_window:
        return ALL_BP
    for tier in rules.cancel_tiers:
        if start - at >= tier.notice:
            return tier.refund_bp
    return 0


def no_show_fee(reservation: Reservation, rules: Rules) -> Money:
    """What a driver pays who does not come: the first part of the window, at most `no_show_fee`.

    There are tariffs by which a part costs more than the whole: never more than the quote.
    """
    window = reservation.window
    if not rules.no_show_fee:
        return Money.zero(reservation.quote.currency)
    charged = Window(window.from_, min(window.until, window.from_ + rules.no_show_fee))
    price = quote_for(reservation.tariff, charged)
    assert isinstance(price, Charge), "the whole window had a price"
    return min(price.total, reservation.quote)


def kept_fee(reservation: Reservation, *, at: datetime, rules: Rules) -> Money:
    """What the parties keep when the driver cancels; what goes back is rounded up.

    Once the window has begun it is what a driver pays who does not come.
    """
    quote = reservation.quote
    if at >= max(reservation.window.from_, reservation.made_at + rules.regret):
        return no_show_fee(reservation, rules)
    kept = quote.minor * (ALL_BP - refund_bp(reservation, at=at, rules=rules)) // ALL_BP
    return Money(kept, quote.currency)
