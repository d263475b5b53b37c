"""Stays and boards that the tests of charges share, and the lines of a charge in short."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import (
    Charge,
)
from kiosk.domain.tariff import (
    DayType,
    Tariff,
)
from tests.oracle.boards import (
    at,
    block,
    board,
    whole_day,
    window,
)

HOURLY = board(whole_day(block(200)))
TWO_HOURS = window("2026-03-02 10:00", "2026-03-02 12:00")
WEEK = (
    DayType(name="weekday", weekdays=(0, 1, 2, 3, 4)),
    DayType(name="weekend", weekdays=(5, 6)),
)
Shown = tuple[str, str, int]
"""Kind, name and minor units of a line."""


def priced(tariff: Tariff, facts: StayFacts) -> Charge:
    charge = charge_for(tariff, facts)
    assert isinstance(charge, Charge), charge
    assert sum(line.amount.minor for line in charge.lines) == charge.total.minor
    return charge


def shown(charge: Charge) -> list[Shown]:
    return [(line.kind.value, line.name, line.amount.minor) for line in charge.lines]


def parked(entered: str, left: str) -> StayFacts:
    return StayFacts(entered_at=at(entered), left_at=at(left))


def booked_until_noon(left: str) -> StayFacts:
    return replace(parked("2026-03-02 10:00", left), booked=TWO_HOURS)
