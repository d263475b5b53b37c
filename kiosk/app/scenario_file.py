"""Reads a scenario (TOML) into a story whose names and times hold; what is wrong is all named.

Tables stand in scenario_tables.py, events in scenario_agenda.py; scenario_run.py tells the story.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.app.config import SiteFile, SiteTable, read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.scenario_agenda import Agenda, PlannedEvent
from kiosk.app.scenario_checks import (
    SmallFile,
    area_problems,
    balance_problems,
    driver_problems,
    lane_problems,
    owner_problems,
)
from kiosk.app.scenario_money_tables import FleetTable, ShopTable
from kiosk.app.scenario_names import names_there
from kiosk.app.scenario_site import SmallSite, read_tariffs
from kiosk.app.scenario_slips import Found, Slips, read_table
from kiosk.app.scenario_tables import DriverTable, SmallSiteTable
from kiosk.app.scenario_times import instant_of, read_step
from kiosk.domain.money import Money
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.tariff import Tariff
from kiosk.services.refused import TariffFileRefused

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_USUAL = SmallSiteTable()
_PHONE = "+49 30 5550 0000"
_OF_A_SITE_FILE = ("operator", "rules", "desk", "offline", "payouts", "area", "owner")
"""Tables that a whole site file has itself."""


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
    attendants: tuple[str, ...] = ()
    """Who works at the desk besides the Attendant."""
    fleets: tuple[FleetTable, ...] = ()
    shops: tuple[ShopTable, ...] = ()
    balances: Mapping[str, Money] = field(default_factory=dict)
    """What accounts must have at the end."""


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
    found.add(*driver_problems(small, currency, broken))
    if not is_whole and place is not None:
        found.add(*area_problems(small, broken))
        site = _small_site(small)
        if starts_at is not None:
            today = starts_at.astimezone(zone).date()
            found.add(*owner_problems(small, site.to_site(), today))
    tariffs: dict[str, Tariff] = {}
    if site is not None:
        with found.kept():
            tariffs = read_tariffs(small.tariff, site=site.to_site(), folder=path.parent)
    names = names_there(raw, site, is_read=not broken)
    agenda = Agenda(names, starts_at=starts_at or _BEGINNING, zone=zone, currency=currency)
    planned: tuple[PlannedEvent, ...] = ()
    with found.kept():
        planned = agenda.plan(events)
    found.add(*balance_problems(small.balances, names, agenda.reservations))
    if isinstance(site, SiteFile):
        found.add(*lane_problems(site))
    if found.lines:
        raise Slips(*found.lines)
    assert site is not None, "where nothing is wrong there is a site"
    assert starts_at is not None, "where nothing is wrong there is a start"
    if isinstance(site, SmallSite):
        site = replace(site, tariffs=tariffs)
    return _scenario(path.name, small, site, starts_at=starts_at, events=planned, tariffs=tariffs)


def _scenario(
    file: str,
    small: SmallFile,
    site: SmallSite | SiteFile,
    *,
    starts_at: datetime,
    events: tuple[PlannedEvent, ...],
    tariffs: Mapping[str, Tariff],
) -> Scenario:
    """All of a file together, when nothing is wrong with it."""
    return Scenario(
        file=file,
        title=small.scenario.title,
        site=site,
        starts_at=starts_at,
        ends_after=read_step(small.scenario.ends),
        seed=small.scenario.seed,
        drivers=small.driver,
        events=events,
        tariffs=tariffs,
        splits=_splits_of(small),
        attendants=small.desk.attendants,
        fleets=small.fleet,
        shops=small.shop,
        balances=small.balances,
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
    return SmallSite(
        small.site or SmallSiteTable(),
        small.rules.to_rules(),
        small.area,
        small.owner,
        {},
        _splits_of(small),
        operator=small.operator,
        desk=small.desk,
        offline=small.offline,
        payouts=small.payouts,
    )


def _splits_of(small: SmallFile) -> dict[str, SplitTerms]:
    """How charges are divided, by the names of the tables."""
    return {name: table.to_terms() for name, table in small.split.items()}


def _starts_at(scenario: object, zone: ZoneInfo) -> datetime | None:
    """None for a table that does not say it; that is told with the others of its slips."""
    text = scenario.get("starts_at") if isinstance(scenario, dict) else None
    if not isinstance(text, str):
        return None
    try:
        return instant_of(text, after=_BEGINNING, zone=zone)
    except ValueError as error:
        raise Slips(f"scenario.starts_at: {error}") from error
