"""What a line of a bill is for, in a driver's words; the amounts stand in the bill itself."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Literal, assert_never

from PySide6.QtCore import QCoreApplication

from kiosk.domain.outcomes import Bill
from kiosk.domain.pricing.charge_lines import ChargeLine, LineKind
from kiosk.domain.tariff import CapScope
from kiosk.ui.format import percent
from kiosk.ui.screens.say import Say

translate = QCoreApplication.translate
HOUR_MINUTES = 60


def line_words(line: ChargeLine, say: Say, *, with_band: bool) -> str:
    """What the line is for; `with_band` where the charge is by the prices of several bands."""
    match line.kind:
        case LineKind.BLOCK | LineKind.TIME | LineKind.FLAT | LineKind.PER_ENTRY:
            words = _row_words(line, say)
            return f"{line.name}: {words}" if with_band else words
        case LineKind.CAP | LineKind.BAND_MINIMUM:
            return _limit_words(line, say)
        case LineKind.FREE | LineKind.VALIDATION | LineKind.EARLY | LineKind.OVERSTAY:
            return _span_words(line, say)
        case LineKind.MINIMUM:
            return translate("Bill", "Up to the lowest price of a stay")
        case LineKind.PROMISE:
            return translate("Bill", "Not more than was promised to you")
        case LineKind.DISCOUNT:
            return translate("Bill", "Discount: {name}").format(name=line.name)
        case LineKind.SURCHARGE:
            return line.name
        case LineKind.OVERSTAY_SURCHARGE if line.price:
            text = translate("Bill", "Surcharge for that: {percent} more")
            return text.format(percent=percent(line.price))
        case LineKind.OVERSTAY_SURCHARGE:
            return translate("Bill", "Surcharge for staying longer than booked")
        case LineKind.LOST_TICKET:
            return translate("Bill", "Lost ticket")
        case _:
            return _last_words(line.kind)


def late_words(line: ChargeLine, say: Say) -> str:
    """What the time after the booked end is counted in; empty where no single unit holds."""
    if line.kind is not LineKind.OVERSTAY or not line.block_minutes:
        return ""
    each = line.price * Fraction(line.block_minutes, line.per_minutes)
    price = say.price(each, line.amount.currency)
    if line.block_minutes != HOUR_MINUTES:
        text = translate("Bill", "{count} × started {block} at {price}")
        return text.format(count=line.count, block=say.minutes(line.block_minutes), price=price)
    if line.count == 1:
        return translate("Bill", "1 started hour at {price}").format(price=price)
    text = translate("Bill", "{count} started hours at {price}")
    return text.format(count=line.count, price=price)


def others_words(bill: Bill, say: Say) -> str:
    """What shops paid of a bill, and each of several drivers; a line each."""
    lines = []
    for shop in bill.validated:
        if shop.worth and shop.shop_name:
            text = translate("Bill", "{amount} of it from {shop}")
            lines.append(text.format(amount=say.money(shop.worth), shop=shop.shop_name))
        elif shop.worth:
            text = translate("Bill", "{amount} of it from the car park")
            lines.append(text.format(amount=say.money(shop.worth)))
    for number, payer in enumerate(bill.payers, start=1):
        text = translate("Bill", "Driver {number}: {span}, {amount}")
        if payer.back:
            text = translate("Bill", "Driver {number}: {span}, {amount}; {back} goes back")
        span, back = say.span(timedelta(minutes=payer.minutes)), say.money(payer.back)
        amount = say.money(payer.part)
        lines.append(text.format(number=number, span=span, amount=amount, back=back))
    return "\n".join(lines)


def _last_words(
    kind: Literal[LineKind.TAX, LineKind.ROUNDING, LineKind.CASH_ROUNDING, LineKind.WAIVED],
) -> str:
    """What comes after all prices of a stay."""
    match kind:
        case LineKind.TAX:
            return translate("Bill", "Tax")
        case LineKind.ROUNDING:
            return translate("Bill", "Rounding")
        case LineKind.CASH_ROUNDING:
            return translate("Bill", "Rounding for cash")
        case LineKind.WAIVED:
            return translate("Bill", "Waived by an attendant")
        case _:
            assert_never(kind)


def _row_words(line: ChargeLine, say: Say) -> str:
    price = say.price(line.price, line.amount.currency)
    match line.kind:
        case LineKind.BLOCK:
            each = line.price * Fraction(line.block_minutes, line.per_minutes)
            return translate("Bill", "{count} × {block} at {price}").format(
                count=line.count,
                block=say.minutes(line.block_minutes),
                price=say.price(each, line.amount.currency),
            )
        case LineKind.TIME:
            each = line.price * Fraction(HOUR_MINUTES, line.per_minutes)
            return translate("Bill", "{span} at {price} per hour").format(
                span=say.span(timedelta(seconds=line.seconds)),
                price=say.price(each, line.amount.currency),
            )
        case LineKind.FLAT:
            return translate("Bill", "{count} × fixed price {price}").format(
                count=line.count, price=price
            )
        case _:
            return translate("Bill", "{count} × price per entry {price}").format(
                count=line.count, price=price
            )


def _limit_words(line: ChargeLine, say: Say) -> str:
    price = say.price(line.price, line.amount.currency)
    if line.kind is LineKind.BAND_MINIMUM:
        text = translate("Bill", "{name}: {count} × price per entry {price}")
        return text.format(name=line.name, count=line.count, price=price)
    return translate("Bill", "{count} × {maximum} {price}").format(
        count=line.count, maximum=_maximum(line.name), price=price
    )


def _maximum(scope: str) -> str:
    """The name of a cap; that of a band's cap is the band's."""
    match scope:
        case CapScope.CALENDAR_DAY.value | CapScope.RESET_DAY.value | CapScope.ROLLING_24H.value:
            return translate("Bill", "day price")
        case CapScope.WEEK.value:
            return translate("Bill", "week price")
        case CapScope.MONTH.value:
            return translate("Bill", "month price")
        case CapScope.SESSION.value:
            return translate("Bill", "highest price of a stay")
        case _:
            return translate("Bill", "highest price of {name}").format(name=scope)


def _span_words(line: ChargeLine, say: Say) -> str:
    span = say.span(timedelta(seconds=line.seconds))
    match line.kind:
        case LineKind.FREE:
            text = translate("Bill", "Free time: {span}")
        case LineKind.VALIDATION:
            text = translate("Bill", "Paid by a shop: {span}")
        case LineKind.EARLY:
            text = translate("Bill", "Before your reserved time: {span}")
        case _:
            text = translate("Bill", "After your reserved time: {span}")
    return text.format(span=span)
