"""Reads a scenario (TOML) into a story whose names and times hold; what is wrong is all named.

Tables stand in scenario_tables.py, events in scenario_agenda.py; scenario_run.py tells the story.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field

from kiosk.app.board_tables import Table
from kiosk.app.config import RulesTable, SiteFile, SiteTable, read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.lane_tables import has_doubles
from kiosk.app.scenario_agenda import Agenda, PlannedEvent
from kiosk.app.scenario_names import names_there
from kiosk.app.scenario_site import SmallSite, offer_times, read_tariffs, split_terms
from kiosk.app.scenario_slips import Found, Slips, nearest, read_table
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
_USUAL = SmallSiteTable()
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
    """The story of the raw values; Slips names everything that is wrong with any of them.

    What cannot be read is passed over by what depends on it, so that each slip is said once.
    """
    found = Found()
    events = raw.pop("event", None)
    if not isinstance(events, list) or not events:
        found.add("event: is missing; write [[event]] at least once")
        events = []
    site: SmallSite | SiteFile | None = None
    place: SmallSiteTable | SiteTable | None = None
    is_whole = isinstance(raw.get("site"), str)
    with found.kept():
        if is_whole:
            site = _whole_site(path.parent / raw.pop("site"), raw)
            place = site.site
        else:
            place = _checked_place(raw.get("site", {}))
    if place is None:
        raw.pop("site", None)
    currency, zone = (place or _USUAL).currency, ZoneInfo((place or _USUAL).zone)
    small, broken = _tables(raw, currency, found)
    starts_at: datetime | None = None
    with found.kept():
        starts_at = _starts_at(raw.get("scenario"), zone)
    found.add(*_driver_problems(small.driver, currency))
    if not is_whole and place is not None:
        found.add(*_area_problems(small, broken))
        site = _small_site(small)
        if starts_at is not None:
            today = starts_at.astimezone(zone).date()
            found.add(*_owner_problems(small, site.to_site(), today))
    tariffs: dict[str, Tariff] = {}
    if site is not None:
        with found.kept():
            tariffs = read_tariffs(small.tariff, site=site.to_site(), folder=path.parent)
    names = names_there(raw, site, is_read=not broken)
    agenda = Agenda(names, starts_at=starts_at or _BEGINNING, zone=zone, currency=currency)
    planned: tuple[PlannedEvent, ...] = ()
    with found.kept():
        planned = agenda.plan(events)
    if isinstance(site, SiteFile):
        found.add(*_lane_problems(site))
    if found.lines:
        raise Slips(*found.lines)
    assert site is not None, "where nothing is wrong there is a site"
    assert starts_at is not None, "where nothing is wrong there is a start"
    return Scenario(
        file=path.name,
        title=small.scenario.title,
        site=replace(site, tariffs=tariffs) if isinstance(site, SmallSite) else site,
        starts_at=starts_at,
        ends_after=read_step(small.scenario.ends),
        seed=small.scenario.seed,
        drivers=small.driver,
        events=planned,
        tariffs=tariffs,
        splits={name: split_terms(table) for name, table in small.split.items()},
    )


def _whole_site(path: Path, raw: dict[str, Any]) -> SiteFile:
    theirs = [key for key in _OF_A_SITE_FILE if key in raw]
    if theirs:
        raise Slips(*(f"{key}: stands in the site file {path.name}" for key in theirs))
    try:
        site = read_site_file(path)
        site.to_plan()
    except ConfigError as error:
        raise Slips(*str(error).splitlines()) from error
    return site


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


def _tables(raw: dict[str, Any], currency: str, found: Found) -> tuple[SmallFile, set[str]]:
    """The tables of a scenario without those that are wrong, and the names of these."""
    context = {"currency": currency}
    with found.kept():
        return read_table(SmallFile, raw, place="", context=context), set()
    good: dict[str, Any] = {"scenario": {"title": "?", "starts_at": "?"}}
    for key, table in raw.items():
        with suppress(Slips):  # said already
            read_table(SmallFile, {**good, key: table}, place="", context=context)
            good[key] = table
    broken = {key for key in (*raw, "scenario") if raw.get(key) is not good.get(key)}
    return read_table(SmallFile, good, place="", context=context), broken


def _small_site(small: SmallFile) -> SmallSite:
    """The site without its tariffs, which are read by its zone and its currency."""
    splits = {name: split_terms(split) for name, split in small.split.items()}
    table, rules = small.site or SmallSiteTable(), small.rules.to_rules()
    return SmallSite(table, rules, small.area, small.owner, {}, splits)


def _area_problems(small: SmallFile, broken: set[str]) -> list[str]:
    """What is missing, or named and not there; what is broken may be what is meant."""
    problems = []
    tariffs, splits = small.tariff, small.split
    if not small.area and not broken:
        problems.append("area: is missing; write [[area]] with its spaces, or site = a site file")
    if not tariffs and not broken:
        problems.append("tariff: is missing; write for example [tariff.day] and price = 2.00")
    owners = [owner.name for owner in small.owner]
    named = [
        *((f"area.{number}", area.tariff, area.split) for number, area in _counted(small.area)),
        *((f"owner.{number}", each.tariff, each.split) for number, each in _counted(small.owner)),
    ]
    for place, tariff, split in named:
        if tariff is not None and tariff not in tariffs and "tariff" not in broken:
            problems.append(f"{place}.tariff: no tariff {tariff}; {nearest(tariff, [*tariffs])}")
        if split is not None and split not in splits and "split" not in broken:
            problems.append(f"{place}.split: no split {split}; {nearest(split, [*splits])}")
    labels: list[str] = []
    for number, area in enumerate(small.area, start=1):
        for line in area.spaces:
            labels += line.labels
            if line.owner not in owners and "owner" not in broken:
                near = nearest(line.owner, owners)
                problems.append(f"area.{number}.spaces: no owner {line.owner}; {near}")
    twice = sorted({label for label in labels if labels.count(label) > 1})
    problems += [f"area: there are two spaces {label}; labels should differ" for label in twice]
    if has_doubles([area.code for area in small.area]):
        problems.append("area: codes should differ")
    if has_doubles(owners):
        problems.append("owner: names should differ")
    return problems


def _owner_problems(small: SmallFile, site: Site, today: date) -> list[str]:
    return [
        f"owner.{number}: {problem}"
        for number, owner in enumerate(small.owner, start=1)
        if owner.offer or owner.dated
        for problem in offer_problems(offer_times(owner), zone=site.zone, today=today)
    ]


def _driver_problems(drivers: tuple[DriverTable, ...], currency: str) -> list[str]:
    problems = []
    most = Money(limits.TOP_UP_MOST_MINOR, currency)
    for number, driver in enumerate(drivers, start=1):
        if driver.balance is not None and not Money.zero(currency) <= driver.balance <= most:
            limit = amount_text(most)
            problems.append(f"driver.{number}.balance: should be from 0 to {limit}")
    if has_doubles([driver.name for driver in drivers]):
        problems.append("driver: names should differ")
    return problems


def _lane_problems(site: SiteFile) -> list[str]:
    is_good = {lane.direction for lane in site.lane} == {"entry", "exit"}
    return [] if is_good else ["site: should have a lane in and a lane out"]


def _starts_at(scenario: object, zone: ZoneInfo) -> datetime | None:
    """None for a table that does not say it; that is told with the others of its slips."""
    text = scenario.get("starts_at") if isinstance(scenario, dict) else None
    if not isinstance(text, str):
        return None
    try:
        return instant_of(text, after=_BEGINNING, zone=zone)
    except ValueError as error:
        raise Slips(f"scenario.starts_at: {error}") from error


def _counted(tables: tuple[Counted, ...]) -> Iterator[tuple[int, Counted]]:
    return enumerate(tables, start=1)
