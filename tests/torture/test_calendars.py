"""Thousands of random offers go through a calendar, and others understand the same of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.offer import OfferTimes
from tests.services.random_times import ZONES, times
from tests.services.test_calendars_out import check_both_readings


@settings(max_examples=2000, suppress_health_check=list(HealthCheck))
@given(found=times, zone=st.sampled_from(ZONES).map(ZoneInfo))
def test_two_thousand_offers_are_read_back_and_understood_by_others(
    found: OfferTimes, zone: ZoneInfo
) -> None:
    check_both_readings(found, zone)
