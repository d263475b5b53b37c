"""Looks at a tariff that is whole, and says what in it its keeper would hardly have meant.

What is wrong, and keeps a tariff from being used, stands in problems.py. Rows and caps that
are never felt are found in reach.py, dates in dates.py, prices that fall in
inversions.py; a table of the nights in which the clocks change comes from dst_nights.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.checking.dates import date_findings
from kiosk.domain.checking.dst_nights import dst_nights
from kiosk.domain.checking.findings import DstNight, Finding, FindingKind, Inversion, amount_text
from kiosk.domain.checking.inversions import inversions
from kiosk.domain.checking.reach import reach_findings
from kiosk.domain.tariff import Tariff

__all__ = ["DstNight", "Finding", "FindingKind", "Inversion", "Lint", "lint", "nearest_valid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lint:
    """What the linter found."""

    findings: tuple[Finding, ...]
    """All of them in words, unstated hours and inversions too."""
    inversions: tuple[Inversion, ...]
    """The inversions once more, with their figures."""
    dst_nights: tuple[DstNight, ...]
    """Empty where the clocks of the zone do not change in that year."""


def lint(tariff: Tariff, *, week_of: date) -> Lint:
    """Try the tariff in the week of a date, or in the valid week that is nearest to it.

    Around every kind of date that this week lacks, too: what is found is the same in any week.
    Promises nothing of a tariff with `problems`. Takes less than a second for a common board.
    """
    week_of = nearest_valid(tariff, week_of)
    falling = inversions(tariff, week_of)
    findings = [
        *date_findings(tariff, week_of),
        *reach_findings(tariff, week_of),
        *_unstated(tariff),
        *(_inversion_finding(tariff, each) for each in falling),
    ]
    return Lint(
        findings=tuple(findings),
        inversions=falling,
        dst_nights=dst_nights(tariff, week_of.year),
    )


def nearest_valid(tariff: Tariff, day: date) -> date:
    """The date, or the nearest one on which the tariff holds."""
    if tariff.valid_from is not None and day < tariff.valid_from:
        return tariff.valid_from
    if tariff.valid_until is not None and day >= tariff.valid_until:
        return tariff.valid_until - timedelta(days=1)
    return day


def _unstated(tariff: Tariff) -> Iterator[Finding]:
    for number, band in enumerate(tariff.bands, 1):
        if band.unstated:
            yield Finding(
                kind=FindingKind.UNSTATED,
                path=f"band.{number}",
                text=f'"{band.name}" has no price: {band.unstated}',
            )


def _inversion_finding(tariff: Tariff, inversion: Inversion) -> Finding:
    zone = ZoneInfo(tariff.zone)
    entered = inversion.entered_at.astimezone(zone)
    left = inversion.left_at.astimezone(zone)
    later = (inversion.left_at + timedelta(minutes=1)).astimezone(zone)
    total = amount_text(inversion.total_minor, tariff.currency)
    cheaper = amount_text(inversion.later_minor, tariff.currency)
    return Finding(
        kind=FindingKind.INVERSION,
        path=inversion.path,
        text=f"{inversion.cause}: enter {entered:%a %H:%M}, leave {left:%a %H:%M} for {total}, "
        f"{later:%H:%M} for {cheaper}; found {inversion.count} times",
    )
