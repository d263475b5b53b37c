"""The tables of a scenario that say what there is: site, prices, areas, owners, drivers.

What happens stands in scenario_events.py; reading, and the words of an error, in scenario_file.py.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from kiosk.app.board_tables import Table
from kiosk.app.config import BasisPoints, Millimetres, SplitTable
from kiosk.app.money_tables import PayeeKeys
from kiosk.app.owner_tables import Minutes, OfferTable
from kiosk.app.scenario_times import Amount, LocalText, StepText

Name = Annotated[StrictStr, Field(min_length=1, max_length=40)]
Count = Annotated[StrictInt, Field(ge=1, le=500)]


class ScenarioTable(Table):
    """[scenario]: what the story is about, and when it begins."""

    title: Annotated[StrictStr, Field(min_length=1, max_length=80)]
    """Stands over the report."""
    starts_at: StrictStr
    """On the clock of the site, for example "2026-06-01 08:00"."""
    seed: StrictInt = 1
    """Which codes and passes are made up."""
    ends: StepText = "+0m"
    """How long time still passes after the last event."""


class SmallSiteTable(Table):
    """[site]: the small form; `site = "FILE"` before all tables takes a whole site file."""

    name: Name = "Car park"
    zone: StrictStr = "Europe/Berlin"
    """IANA name of the time zone."""
    currency: StrictStr = "EUR"
    """ISO 4217 code."""
    holidays: tuple[date, ...] = ()
    """Local days on which offers with skips_holidays share nothing."""
    entries: Annotated[StrictInt, Field(ge=1, le=9)] = 1
    """How many lanes lead in: entry, entry-2 ..."""
    exits: Annotated[StrictInt, Field(ge=1, le=9)] = 1
    """How many lanes lead out: exit, exit-2 ..."""
    payments: Literal["charge", "authorise"] = "charge"
    """What the card provider does with a deposit: take it, or keep it until the exit."""


class PriceTable(Table):
    """[tariff.NAME]: a tariff file, or a simple price."""

    file: Path | None = None
    """A tariff file beside the scenario; then nothing else."""
    price: Decimal | None = None
    """For each started block of `per_minutes`, in the currency's major unit."""
    per_minutes: Count = 60
    day_maximum: Decimal | None = None
    """The most that 24 hours from the entry cost."""
    free_minutes: Count | None = None
    """Who stays no longer pays nothing; a longer stay is charged whole."""
    tax_percent: Decimal = Decimal(0)
    """The tax inside the prices."""
    overstay_multiplier: Decimal = Decimal(1)
    """What time after the booked end costs, as a multiple of the price."""
    overstay_cap: Decimal | None = None
    """The most that an overstay costs."""
    lost_ticket: Decimal | None = None
    """A flat price for a driver without any proof of the entry."""
    validated_minutes: Count | None = None
    """The most minutes of one stay that shops may pay for; left out: none."""

    @model_validator(mode="after")
    def _is_one_of_both(self) -> PriceTable:
        if (self.file is None) == (self.price is None):
            raise ValueError("should have one of file and price")
        if self.file is not None and self.model_fields_set != {"file"}:
            raise ValueError("file stands alone: the prices are in it")
        return self


class SpaceTable(Table):
    """A line of `spaces` of an area: one or more spaces that are alike."""

    labels: tuple[Name, ...] = Field(min_length=1)
    owner: Name
    width_mm: Millimetres = 2500
    length_mm: Millimetres = 5000
    """How long a car may be."""
    height_mm: Annotated[StrictInt, Field(ge=1000, le=10_000)] | None = None
    """The clearance; left out: nothing is above."""
    covered: StrictBool = False
    charger: StrictBool = False
    accessible: StrictBool = False
    type: Literal["car", "motorcycle"] = "car"


class SmallAreaTable(Table):
    """[[area]]: a level or zone; its spaces stand in the order of the way from the entrance."""

    code: Annotated[StrictStr, Field(min_length=1, max_length=4)]
    name: Annotated[StrictStr, Field(min_length=1, max_length=24)] | None = None
    """Left out: the code."""
    level: StrictInt = 0
    tariff: Name | None = None
    """Left out: the first [tariff] table."""
    split: Name | None = None
    """Left out: the first [split] table."""
    spaces: tuple[SpaceTable, ...] = Field(min_length=1)


class DatedTable(Table):
    """A window, or a blackout, on certain days."""

    from_: LocalText = Field(alias="from")
    """On the clock of the site, "2026-06-06 09:00"."""
    until: LocalText


class TimesTable(Table):
    """When a space is shared."""

    offer: tuple[OfferTable, ...] = ()
    """Weekly windows: weekdays, from_local, until_local."""
    dated: tuple[DatedTable, ...] = ()
    """Windows that come once."""
    except_days: tuple[date, ...] = ()
    """Days on which no window begins."""
    blackouts: tuple[DatedTable, ...] = ()
    """Not shared whatever the windows say."""
    skips_holidays: StrictBool = False
    """On the holidays of the site no window begins."""


class SharedTable(TimesTable):
    """When and on which terms a space is shared; of [[owner]], and of the verb offer."""

    notice_minutes: Minutes = 0
    """How long before its start a reservation must be made; with one, no walk-ups."""
    shortest_stay_minutes: Minutes | None = None
    longest_stay_minutes: Minutes | None = None
    tariff: Name | None = None
    """Its own prices; left out: the area's."""
    split: Name | None = None
    """Its own split; left out: the area's."""


class SmallOwnerTable(SharedTable, PayeeKeys):
    """[[owner]]: who shares spaces; without any window nothing is shared until an event offers it.

    All spaces of an owner are shared alike at the start.
    """

    name: Name
    kind: Literal["resident", "office", "shop", "operator", "other"] = "other"
    state: Literal["draft", "awaiting-proof", "approved", "paused", "withdrawn"] = "approved"
    """Where the offers stand when the story begins."""


class CarTable(Table):
    """`car` of a driver: what it needs of its space."""

    width_mm: Millimetres | None = None
    length_mm: Millimetres | None = None
    height_mm: Millimetres | None = None
    charger: StrictBool = False
    accessible: StrictBool = False
    type: Literal["car", "motorcycle"] = "car"


class DriverTable(Table):
    """[[driver]]: somebody with a car, and a wallet or a card."""

    name: Name
    plate: StrictStr
    balance: Amount | None = None
    """Has a wallet with so much on it, paid in cash at the desk; left out: pays by card."""
    fleet: Name | None = None
    """Has a pass of this fleet, and pays by it who has no wallet."""
    car: CarTable = CarTable()


class SmallSplitTable(SplitTable):
    """[split.NAME]: who gets how much of a charge, in hundredths of a percent; owners the rest."""

    commission_bp: BasisPoints = 1500
    vat_bp: BasisPoints = 1900
    manager_bp: BasisPoints = 1000
