"""Reads a scenario (TOML) into a story whose names and times hold; what is wrong is all named.

Tables stand in scenario_tables.py, events in scenario_agenda.py; scenario_run.py tells the story.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from kiosk.app.scenario_times import read_step
from kiosk.domain.offer import offer_problems
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.site import Site
from kiosk.domain.tariff import Tariff
from kiosk.services.instants import read_instant
from kiosk.services.refused import TariffFileRefused

Counted = TypeVar("Counted")
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
    if whole is not None:
        theirs = [key for key in _OF_A_SITE_FILE if key in raw]
        if theirs:
            raise Slips(*(f"{key}: stands in the site file {whole}" for key in theirs))
        site_file = read_site_file(path.parent / whole)
        currency = site_file.site.currency
    else:
        currency = _checked_place(raw.get("site", {})).currency
    small = read_table(SmallFile, raw, place="", context={"currency": currency})
    splits = {name: split_terms(table) for name, table in small.split.items()}
    if whole is not None:
        place = site_file.to_site()
        tariffs = read_tariffs(small.tariff, site=place, folder=path.parent)
        site: SmallSite | SiteFile = site_file
        areas, owners = (
            [area.code for area in site_file.area],
            [owner.name for owner in site_file.owner],
        )
    else:
        site = _small_site(small, splits, folder=path.parent)
        place, tariffs = site.to_site(), dict(site.tariffs)
        areas, owners = (
            [area.code for area in small.area],
            [owner.name for owner in small.owner],
        )
    _check_drivers(small.driver)
    starts_at = _starts_at(small.scenario.starts_at, place.zone)
    agenda = Agenda(
        known={
            "who": [driver.name for driver in small.driver],
            "owner": owners,
            "space": list(labels_of(site)),
            "area": areas,
            "lane": [lane.name for lane in site.lane],
            "tariff": list(tariffs),
            "split": list(splits),
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
        splits=splits,
    )


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


def _small_site(small: SmallFile, splits: dict[str, SplitTerms], *, folder: Path) -> SmallSite:
    table = small.site or SmallSiteTable()
    rules = small.rules.to_rules()
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


def _check_drivers(drivers: tuple[DriverTable, ...]) -> None:
    if has_doubles([driver.name for driver in drivers]):
        raise Slips("driver: names should differ")


def _starts_at(text: str, zone: ZoneInfo) -> datetime:
    try:
        return read_instant(text, zone)
    except ValueError as error:
        raise Slips(f"scenario.starts_at: {error}") from error


def _counted(tables: tuple[Counted, ...]) -> Iterator[tuple[int, Counted]]:
    return enumerate(tables, start=1)
