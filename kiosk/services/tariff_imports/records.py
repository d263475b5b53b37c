"""What importing published price models has in common: whole tariffs and their examples.

Each source has its own reading: sbb.py, db.py, ocpi.py; refusals: published_records.py.
They are pure: files are written by kiosk.app.tariff_import.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.checking.problems import problems
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.tariff import Tariff
from kiosk.services.published_records import CannotSay, Refusal
from kiosk.services.tariff_files.parts import TariffFile, WorkedExample

MONDAY = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 (a wall clock: each tariff brings its zone)
"""When the stays of generated examples begin: no holiday, no clock change in the next weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a source: every record is in one of the files or in one refusal."""

    files: tuple[TariffFile, ...]
    refused: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()
    """What holds for the whole source, not for one record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One record that became a tariff; equal tariffs have equal codes."""

    name: str
    file: TariffFile
    remarks: tuple[str, ...] = ()
    """What this record alone says besides."""


def one_per_tariff(taken: Iterable[Taken], *, of: str) -> tuple[TariffFile, ...]:
    """One file for all records with the same price, which its notes list; ordered by code."""
    groups: dict[str, list[Taken]] = {}
    for record in taken:
        groups.setdefault(record.file.tariff.code, []).append(record)
    return tuple(_merged(groups[code], of) for code in sorted(groups))


def _merged(group: list[Taken], of: str) -> TariffFile:
    first = group[0].file
    for record in group:
        assert record.file.tariff == first.tariff, f"{first.tariff.code} names two prices"
    assert first.source is not None, "an importer always says where it read"
    names = ", ".join(record.name for record in group)
    remarks = tuple(f"{each.name}: {remark}" for each in group for remark in each.remarks)
    source = replace(
        first.source,
        name=f"{len(group)} {of}" if len(group) > 1 else group[0].name,
        notes=(f"Holds for {names}.", *first.source.notes, *remarks),
    )
    return replace(first, source=source)


def stay(
    tariff: Tariff, *, says: str, minutes: int, total_minor: int, entered: datetime = MONDAY
) -> WorkedExample:
    """A worked example: so many minutes from a wall clock on, and what they come to."""
    facts = _facts(tariff, minutes, entered)
    return WorkedExample(says=says, facts=facts, total=Money(total_minor, tariff.currency))


def stay_without_price(
    tariff: Tariff, *, says: str, minutes: int, entered: datetime
) -> WorkedExample:
    """A worked example of a stay that touches hours whose price is not published."""
    return WorkedExample(
        says=says, facts=_facts(tariff, minutes, entered), refused="price-not-stated"
    )


def _facts(tariff: Tariff, minutes: int, entered: datetime) -> StayFacts:
    entered_at = entered.replace(tzinfo=ZoneInfo(tariff.zone)).astimezone(UTC)
    return StayFacts(entered_at=entered_at, left_at=entered_at + timedelta(minutes=minutes))


def whole(file: TariffFile) -> TariffFile:
    """The file, when its tariff is a whole one; CannotSay with the first thing that is wrong."""
    for problem in problems(file.tariff):
        raise CannotSay(f"{problem.path}: {problem.text}")
    return file
