"""All tables of a scenario together, and what is wrong between them although each can be read.

Reading them stands in scenario_file.py, events in scenario_agenda.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

from pydantic import Field

from kiosk.app.board_tables import Table
from kiosk.app.config import RulesTable, SiteFile
from kiosk.app.lane_tables import has_doubles
from kiosk.app.scenario_money_tables import (
    ATTENDANT,
    FleetTable,
    ShopTable,
    SmallDeskTable,
    SmallOfflineTable,
    SmallOperatorTable,
    SmallPayoutsTable,
)
from kiosk.app.scenario_names import Names
from kiosk.app.scenario_site import offer_times
from kiosk.app.scenario_slips import nearest
from kiosk.app.scenario_tables import (
    DriverTable,
    Name,
    PriceTable,
    ScenarioTable,
    SmallAreaTable,
    SmallOwnerTable,
    SmallSiteTable,
    SmallSplitTable,
)
from kiosk.app.scenario_times import Amount
from kiosk.domain.ledger import ACCOUNT_KINDS
from kiosk.domain.money import Money
from kiosk.domain.offer import offer_problems
from kiosk.domain.site import Site
from kiosk.services import limits
from kiosk.services.charge_words import amount_text

Counted = TypeVar("Counted")


class SmallFile(Table):
    """All tables of a scenario but its events; with a whole site file only some of them."""

    scenario: ScenarioTable
    site: SmallSiteTable | None = None
    operator: SmallOperatorTable = SmallOperatorTable()
    desk: SmallDeskTable = SmallDeskTable()
    offline: SmallOfflineTable = SmallOfflineTable()
    payouts: SmallPayoutsTable = SmallPayoutsTable()
    rules: RulesTable = RulesTable()
    tariff: dict[str, PriceTable] = Field(default={})
    split: dict[str, SmallSplitTable] = Field(default={"standard": SmallSplitTable()})
    area: tuple[SmallAreaTable, ...] = ()
    owner: tuple[SmallOwnerTable, ...] = ()
    driver: tuple[DriverTable, ...] = ()
    fleet: tuple[FleetTable, ...] = ()
    shop: tuple[ShopTable, ...] = ()
    balances: dict[Name, Amount] = Field(default={})
    """What accounts must have at the end, by the names and signs of the report."""


def area_problems(small: SmallFile, broken: set[str]) -> list[str]:
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


def owner_problems(small: SmallFile, site: Site, today: date) -> list[str]:
    """Windows that cannot be kept."""
    return [
        f"owner.{number}: {problem}"
        for number, owner in enumerate(small.owner, start=1)
        if owner.offer or owner.dated
        for problem in offer_problems(offer_times(owner), zone=site.zone, today=today)
    ]


def driver_problems(small: SmallFile, currency: str, broken: set[str]) -> list[str]:
    """Wallets that are too full, fleets that are not there, and names that stand there twice."""
    drivers, problems = small.driver, []
    fleets = [fleet.name for fleet in small.fleet]
    most = Money(limits.TOP_UP_MOST_MINOR, currency)
    for number, driver in enumerate(drivers, start=1):
        if driver.balance is not None and not Money.zero(currency) <= driver.balance <= most:
            limit = amount_text(most)
            problems.append(f"driver.{number}.balance: should be from 0 to {limit}")
        if driver.fleet is not None and driver.fleet not in fleets and "fleet" not in broken:
            near = nearest(driver.fleet, fleets)
            problems.append(f"driver.{number}.fleet: no fleet {driver.fleet}; {near}")
    if has_doubles([driver.name for driver in drivers]):
        problems.append("driver: names should differ")
    for what, names in (("fleet", fleets), ("shop", [shop.name for shop in small.shop])):
        if has_doubles(names):
            problems.append(f"{what}: names should differ")
    if has_doubles([ATTENDANT, *small.desk.attendants]):
        problems.append(f"desk.attendants: names should differ; {ATTENDANT} is there always")
    return problems


def balance_problems(
    balances: Mapping[str, Money], names: Names, reservations: list[str]
) -> Iterator[str]:
    """Accounts that no books can have, whatever happens."""
    named = {
        "owner": ("owner", names.known["owner"]),
        "held-by-owner": ("owner", names.known["owner"]),
        "wallet": ("driver", names.known["who"]),
        "escrow": ("reservation", reservations),
        "refund-due": ("reservation", reservations),
        "uncollected": ("reservation", reservations),
    }
    for account in balances:
        kind, _, name = account.partition(" ")
        if kind not in ACCOUNT_KINDS:
            near = nearest(kind, [*ACCOUNT_KINDS])
            yield f"balances: {account}: no account begins with {kind}; {near}"
            continue
        what, known = named.get(kind, ("", None))
        if known is not None and name not in known:
            yield f"balances: {account}: no {what} {name}; {nearest(name, known)}"


def lane_problems(site: SiteFile) -> list[str]:
    """A story needs a way in and a way out."""
    is_good = {lane.direction for lane in site.lane} == {"entry", "exit"}
    return [] if is_good else ["site: should have a lane in and a lane out"]


def _counted(tables: tuple[Counted, ...]) -> Iterator[tuple[int, Counted]]:
    return enumerate(tables, start=1)
