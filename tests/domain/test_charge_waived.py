"""What an attendant strikes off is a line, and takes as large a part of the tax with it."""

from __future__ import annotations

from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import Charge, LineKind
from tests.domain.charges import TWO_HOURS, shown


def charge(total: int, tax: int) -> Charge:
    return Charge(TWO_HOURS, (), Money(total, "EUR"), Money(tax, "EUR"))


def test_a_waived_part_takes_its_part_of_the_tax() -> None:
    waived = charge(1190, 190).waived(Money(-595, "EUR"))

    assert shown(waived) == [(LineKind.WAIVED.value, "", -595)]
    assert (waived.total.minor, waived.tax.minor) == (595, 95)


def test_nothing_can_be_struck_off_nothing() -> None:
    waived = charge(0, 0).waived(Money(0, "EUR"))

    assert (waived.total.minor, waived.tax.minor) == (0, 0)
