"""Reads a scenario (TOML) into a story whose names and times hold; what is wrong is all named.

Tables stand in scenario_tables.py, events in scenario_agenda.py; scenario_run.py tells the story.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field

from kiosk.app.config import RulesTable, SiteFile, SiteTable, read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.lane_tables import Table, has_doubles
from kiosk.app.scenario_agenda import Agenda, PlannedEvent
from kiosk.app.scenario_site import (
    SmallSite,
    labels_of,
    offer_times,
    read_tariffs,
    split_terms,
)
from kiosk.app.scenario_slips import Slips, nearest, read_table
from kiosk.app.scenario_tables import (
    DriverTable,
    PriceTable,
    ScenarioTable,
    SmallAreaTable,
    SmallOwnerTable,
    SmallSiteTable,
    SmallSplitTable,
)
from kiosk.app.scenario_times import instant_of, read_step
from kiosk.domain.money import Money
from kiosk.domain.offer import offer_problems
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.site import Site
from kiosk.domain.tariff import Tariff
from kiosk.services import limits
from kiosk.services.charge_words import amount_text
from kiosk.services.refused import TariffFileRefused

Counted = TypeVar("Counted")
_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_PHONE = "+49 30 5550 0000"
_OF_A_SITE_FILE = ("rules", "area", "owner")
"""Tables that a whole site file has itself."""


class SmallFile(Table):
    """All tables of a scenario but its events; with a whole site file only some of them."""

    scenario: ScenarioTable
    site: SmallSiteTable | None = None
    rules: RulesTable = RulesTable()
    tariff: dict[str, PriceTable] = Field(default={})
    split: dict[str, SmallSplitTable] = Field(default={"standard": SmallSplitTable()})
    area: tuple[SmallAreaTable, ...] = ()
    owner: tuple[SmallOwnerTable, ...] = ()
    driver: tuple[DriverTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A story that can be told."""

    file: str
    """The name of the file, without its folder."""
    title: str
    site: SmallSite | SiteFile
    starts_at: datetime
    ends_after: timedelta
    seed: int
    drivers: tuple[DriverTable, ...]
    events: tuple[PlannedEvent, ...]
    tariffs: Mapping[str, Tariff]
    splits: Mapping[str, SplitTerms]


def read_scenario(path: Path) -> Scenario:
    """The story of a file; ConfigError names all that is wrong, events by their number."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text, parse_float=Decimal)
        return _read(path, raw)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: should be UTF-8 text") from error
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    except (Slips, TariffFileRefused) as slips:
        raise ConfigError("\n".join(f"{path}: {line}" for line in slips.lines)) from slips


def _read(path: Path, raw: dict[str, Any]) -> Scenario:
    events = raw.pop("event", None)
    if not isinstance(events, list) or not events:
        raise Slips("event: is missing; write [[event]] at least once")
    whole = raw.pop("site") if isinstance(raw.get("site"), str) else None
    if whole is None:
        currency = _checked_place(raw.get("site", {})).currency
        small = read_table(SmallFile, raw, place="", context={"currency": currency})
        site: SmallSite | SiteFile = _small_site(small, folder=path.parent)
    else:
        site = _whole_site(path.parent / whole, raw)
        currency = site.site.currency
        small = read_table(SmallFile, raw, place="", context={"currency": currency})
    _check_drivers(small.driver, currency)
    _check_lanes(site)
    place = site.to_site()
    tariffs = read_tariffs(small.tariff, site=place, folder=path.parent)
    starts_at = _starts_at(small.scenario.starts_at, place.zone)
    agenda = Agenda(
        known={
            "who": [driver.name for driver in small.driver],
            "owner": [owner.name for owner in site.owner],
            "space": list(labels_of(site)),
            "area": [area.code for area in site.area],
            "lane": [lane.name for lane in site.lane],
            "tariff": list(tariffs),
            "split": list(small.split),
        },
        drivers=small.driver,
        starts_at=starts_at,
        zone=place.zone,
        currency=currency,
    )
    return Scenario(
        file=path.name,
        title=small.scenario.title,
        site=site,
        starts_at=starts_at,
        ends_after=read_step(small.scenario.ends),
        seed=small.scenario.seed,
        drivers=small.driver,
        events=agenda.plan(events),
        tariffs=tariffs,
        splits={name: split_terms(table) for name, table in small.split.items()},
    )


def _whole_site(path: Path, raw: dict[str, Any]) -> SiteFile:
    theirs = [key for key in _OF_A_SITE_FILE if key in raw]
    if theirs:
        raise Slips(*(f"{key}: stands in the site file {path.name}" for key in theirs))
    return read_site_file(path)


def _checked_place(raw: object) -> SmallSiteTable:
    """[site] by itself: amounts are read in its currency, times in its zone."""
    table = read_table(SmallSiteTable, raw, place="site", context={})
    checked = {
        "number": 1,
        "phone": _PHONE,
        **table.model_dump(include={"name", "zone", "currency"}),
    }
    read_table(SiteTable, checked, place="site", context={})
    return table


def _small_site(small: SmallFile, *, folder: Path) -> SmallSite:
    table = small.site or SmallSiteTable()
    rules = small.rules.to_rules()
    splits = {name: split_terms(split) for name, split in small.split.items()}
    if not small.area:
        raise Slips("area: is missing; write [[area]] with its spaces, or site = a site file")
    place = SmallSite(table, rules, small.area, small.owner, {}, splits).to_site()
    tariffs = read_tariffs(small.tariff, site=place, folder=folder)
    if not tariffs:
        raise Slips("tariff: is missing; write for example [tariff.day] and price = 2.00")
    problems = [*_area_problems(small, tariffs, splits), *_owner_problems(small, place)]
    if problems:
        raise Slips(*problems)
    return SmallSite(table, rules, small.area, small.owner, tariffs, splits)


def _area_problems(
    small: SmallFile, tariffs: dict[str, Tariff], splits: dict[str, SplitTerms]
) -> list[str]:
    problems = []
    owners = [owner.name for owner in small.owner]
    named = [
        *((f"area.{number}", area.tariff, area.split) for number, area in _counted(small.area)),
        *((f"owner.{number}", each.tariff, each.split) for number, each in _counted(small.owner)),
    ]
    for place, tariff, split in named:
        if tariff is not None and tariff not in tariffs:
            problems.append(f"{place}.tariff: no tariff {tariff}; {nearest(tariff, [*tariffs])}")
        if split is not None and split not in splits:
            problems.append(f"{place}.split: no split {split}; {nearest(split, [*splits])}")
    labels: list[str] = []
    for number, area in enumerate(small.area, start=1):
        for line in area.spaces:
            labels += line.labels
            if line.owner not in owners:
                near = nearest(line.owner, owners)
                problems.append(f"area.{number}.spaces: no owner {line.owner}; {near}")
    twice = sorted({label for label in labels if labels.count(label) > 1})
    problems += [f"area: there are two spaces {label}; labels should differ" for label in twice]
    if has_doubles([area.code for area in small.area]):
        problems.append("area: codes should differ")
    if has_doubles(owners):
        problems.append("owner: names should differ")
    return problems


def _owner_problems(small: SmallFile, site: Site) -> list[str]:
    today = _starts_at(small.scenario.starts_at, site.zone).astimezone(site.zone).date()
    return [
        f"owner.{number}: {problem}"
        for number, owner in enumerate(small.owner, start=1)
        if owner.offer or owner.dated
        for problem in offer_problems(offer_times(owner), zone=site.zone, today=today)
    ]


def _check_drivers(drivers: tuple[DriverTable, ...], currency: str) -> None:
    problems = []
    most = Money(limits.TOP_UP_MOST_MINOR, currency)
    for number, driver in enumerate(drivers, start=1):
        if driver.balance is not None and not Money.zero(currency) <= driver.balance <= most:
            limit = amount_text(most)
            problems.append(f"driver.{number}.balance: should be from 0 to {limit}")
    if has_doubles([driver.name for driver in drivers]):
        problems.append("driver: names should differ")
    if problems:
        raise Slips(*problems)


def _check_lanes(site: SmallSite | SiteFile) -> None:
    if {lane.direction for lane in site.lane} != {"entry", "exit"}:
        raise Slips("site: should have a lane in and a lane out")


def _starts_at(text: str, zone: ZoneInfo) -> datetime:
    try:
        return instant_of(text, after=_BEGINNING, zone=zone)
    except ValueError as error:
        raise Slips(f"scenario.starts_at: {error}") from error


def _counted(tables: tuple[Counted, ...]) -> Iterator[tuple[int, Counted]]:
    return enumerate(tables, start=1)
