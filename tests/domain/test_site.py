"""A site cannot promise what its tickets or its buffer do not hold."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.site import Rules, Site

ZONE = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("number", [-1, 4096])
def test_a_site_number_fits_into_twelve_bits(number: int) -> None:
    with pytest.raises(AssertionError, match="12 bits"):
        Site(number, "Lindenhof", ZONE, "EUR")


def test_a_currency_must_be_known() -> None:
    with pytest.raises(AssertionError):
        Site(17, "Lindenhof", ZONE, "ABC")


def test_a_late_leaver_in_the_grace_is_never_in_the_way_of_the_next_driver() -> None:
    rules = Rules(buffer=timedelta(minutes=14), late_grace=timedelta(minutes=15))

    with pytest.raises(AssertionError):
        Site(17, "Lindenhof", ZONE, "EUR", rules)
