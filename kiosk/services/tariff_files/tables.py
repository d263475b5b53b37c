"""The tables of a tariff file: which keys there are, and what each means.

Whether hours, names and amounts go together is said by checking/problems.py; reading, writing and
the words of an error stand in file.py. The descriptions are those of the JSON Schema.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictStr, model_validator

from kiosk.services.tariff_files.values import (
    Count,
    Currency,
    Day,
    FirstHour,
    From,
    Hour,
    Instant,
    Multiplier,
    Name,
    Percent,
    Price,
    Refusal,
    Step,
    Version,
    Weekday,
    wrong,
)


def _title(table: type) -> str:
    """LostTicketTable is shown as Lost ticket."""
    return _words(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", table.__name__.removesuffix("Table")))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


class Table(BaseModel):
    """What all tables of a tariff file have in common: no key that is not known."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        model_title_generator=_title,
        field_title_generator=lambda name, _: _words(name.strip("_")),
    )


class SourceTable(Table):
    """Where the price board was published; no part of the price."""

    name: StrictStr = ""
    """The car park, or the price list."""
    publisher: StrictStr = ""
    """Who published it."""
    licence: StrictStr = ""
    """What the publisher allows, for example dl-de/by-2-0."""
    text: StrictStr = ""
    """The published words, unchanged."""
    notes: tuple[StrictStr, ...] = ()
    """Contradictions, what was left out, what was chosen."""


class TaxTable(Table):
    """The tax on parking."""

    percent: Percent = Decimal(0)
    """19 for 19 %."""
    included: StrictBool = True
    """true: inside the prices; false: added to the total."""


class FreeTable(Table):
    """Free minutes at the start of a stay."""

    minutes: Count
    """How many."""
    how: Literal["cliff", "deducted"] = "cliff"
    """cliff: a longer stay is charged whole; deducted: these minutes are never charged."""
    once_in_hours: Count | None = None
    """Once per plate in so many hours; left out: at every entry."""


class DayTable(Table):
    """A kind of day. The first one that fits a date holds."""

    name: StrictStr
    """What bands call it."""
    weekdays: tuple[Weekday, ...] = ()
    """Its days of the week."""
    calendars: tuple[StrictStr, ...] = ()
    """Names under [calendar] whose dates it has."""


class RowTable(Table):
    """One price of a band."""

    kind: Literal["block", "minute", "flat", "per-entry"] = "block"
    """block, minute: per started block or minute; flat: once; per-entry: for coming in."""
    from_minutes: From = 0
    """It holds from this minute of the stay on, until the next row."""
    price: Price
    """In the currency's major unit: 1.20."""
    per_minutes: Count | None = None
    """What the price is for; left out: one block, or one minute for the kind minute."""
    block_minutes: Count | None = None
    """Every started block of so many minutes is charged; left out: as per_minutes."""
    tax_percent: Percent | None = None
    """Its own tax, when it is not the tariff's."""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> RowTable:
        if self.kind in {"flat", "per-entry"}:
            for key in ("per_minutes", "block_minutes"):
                if getattr(self, key) is not None:
                    raise wrong(f'does not go with kind = "{self.kind}"; remove it', key)
        if self.kind == "minute" and self.block_minutes not in {None, 1}:
            raise wrong('is always 1 with kind = "minute"; remove it', "block_minutes")
        if self.kind == "block" and self.per_minutes is None and self.block_minutes is None:
            text = "is missing; write for example per_minutes = 60"
            if not self.price:
                text += ', or for free hours kind = "flat"'
            raise wrong(text, "per_minutes")
        if self.kind == "per-entry" and self.from_minutes != 0:
            raise wrong('does not go with kind = "per-entry"; remove it', "from_minutes")
        return self


class BandTable(Table):
    """Hours of the day with prices of their own."""

    name: Name
    """As it shall stand on the bill: Day, Night."""
    days: tuple[StrictStr, ...] = ()
    """On which [[day]] types; left out: on all."""
    from_: FirstHour = Field(default="00:00", alias="from")
    """The first hour, on the clock of the zone."""
    until: Hour = "24:00"
    """The end; when it is not after `from` it is on the next date."""
    rule: Literal["sum", "min"] = "sum"
    """sum: all rows add; min: the per-entry row is the most that the others come to."""
    row: tuple[RowTable, ...] = ()
    """Its prices, [[band.row]], in the order of from_minutes."""
    unstated: StrictStr = ""
    """Instead of rows: why the price of these hours is not known. Such a stay is not priced."""


class CapTable(Table):
    """The most that one period costs."""

    scope: Literal["band", "calendar-day", "reset-day", "rolling-24h", "week", "month", "session"]
    """Which period: rolling-24h counts from the entry, session is the whole stay."""
    price: Price
    """The most, in the currency's major unit."""
    restarts_blocks: StrictBool = False
    """true: started blocks and from_minutes begin anew with each period."""
    band: StrictStr | None = None
    """For the scope band: which one."""
    reset_at: FirstHour | None = None
    """For the scope reset-day: at which hour the next day begins."""
    counts_from: Literal["calendar", "entry"] | None = None
    """For week and month: from Monday or the first (calendar), or from the entry."""
    days: tuple[StrictStr, ...] = ()
    """For the day scopes: only periods that begin on these [[day]] types."""

    @model_validator(mode="after")
    def _fits_its_scope(self) -> CapTable:
        for key, scopes in (
            ("band", ("band",)),
            ("reset_at", ("reset-day",)),
            ("counts_from", ("week", "month")),
        ):
            if getattr(self, key) is not None and self.scope not in scopes:
                raise wrong(f'does not go with scope = "{self.scope}"; remove it', key)
        if self.scope == "band" and self.band is None:
            raise wrong('is missing; write for example band = "Day"', "band")
        if self.scope == "reset-day" and self.reset_at is None:
            raise wrong('is missing; write for example reset_at = "06:00"', "reset_at")
        return self


class SurchargeTable(Table):
    """Added once when the entry, or the exit, falls into its hours."""

    name: Name
    """As it shall stand on the bill."""
    price: Price
    """What is added, in the currency's major unit."""
    at: Literal["entry", "exit"]
    """Which of the two decides."""
    from_: FirstHour = Field(default="00:00", alias="from")
    """The first hour, on the clock of the zone."""
    until: Hour = "24:00"
    """The end; when it is not after `from` it is on the next date."""
    days: tuple[StrictStr, ...] = ()
    """On which [[day]] types; left out: on all."""
    tax_percent: Percent | None = None
    """Its own tax, when it is not the tariff's."""


class LostTicketTable(Table):
    """What a driver without any proof of the entry pays."""

    rule: Literal["flat", "day-maximum", "plus-accrued"]
    """flat: the price; day-maximum: the day cap per started day; plus-accrued: price on top."""
    price: Price | None = None
    """In the currency's major unit; not with day-maximum."""

    @model_validator(mode="after")
    def _fits_its_rule(self) -> LostTicketTable:
        if self.rule == "day-maximum" and self.price is not None:
            raise wrong('does not go with rule = "day-maximum"; remove it', "price")
        if self.rule != "day-maximum" and self.price is None:
            raise wrong("is missing; write for example price = 8.00", "price")
        return self


class OverstayTable(Table):
    """How time after the booked end, or after the maximum stay, is charged."""

    multiplier: Multiplier = Decimal(1)
    """1.5: half as much again."""
    block_minutes: Count | None = None
    """Started blocks of so many minutes; left out: as the rows say."""
    cap: Price | None = None
    """The most that one overstay costs."""
    counts_from: Literal["booked-end", "grace-end"] = "booked-end"
    """From the booked end, or only from the end of the late grace."""


class DiscountTable(Table):
    """What a stay with this discount has taken off: minutes, percent or amount."""

    name: Name
    """As it shall stand on the bill."""
    minutes: Count | None = None
    """A merchant may validate at most so many minutes; stands before the other kinds."""
    percent: Percent | None = None
    """The part that is taken off."""
    amount: Price | None = None
    """What is taken off, in the currency's major unit."""

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> DiscountTable:
        if [self.minutes, self.percent, self.amount].count(None) != 2:
            raise wrong("should have one of minutes, percent and amount; write just one")
        return self


class RoundingTable(Table):
    """The steps of the total."""

    step: Step | None = None
    """0.10: to whole tens of cents; left out: to the smallest unit."""
    mode: Literal["half-up", "up", "down"] = "half-up"
    """Where the total goes between two steps."""
    cash_step: Step | None = None
    """A further step for those who pay in cash, always half up."""


class ExampleTable(Table):
    """A worked example; `kiosk tariff check` prices it and compares."""

    says: StrictStr
    """What it shows."""
    enter: Instant
    """On the clock of the zone, or with its offset from UTC."""
    leave: Instant
    """On the clock of the zone, or with its offset from UTC."""
    total: Price | None = None
    """What it costs, in the currency's major unit."""
    refused: Refusal | None = None
    """Instead of a total: why it has no price."""
    booked_from: Instant | None = None
    """The start of the booked window."""
    booked_until: Instant | None = None
    """The end of the booked window."""
    validation_minutes: From = 0
    """Minutes that a merchant has validated."""
    discounts: tuple[StrictStr, ...] = ()
    """Names of discounts that the stay has."""
    lost: StrictBool = False
    """Whether the ticket is lost."""
    cash: StrictBool = False
    """Whether it is paid in cash."""
    free_used: StrictBool = False
    """Whether the plate has used its free minutes already."""

    @model_validator(mode="after")
    def _is_whole(self) -> ExampleTable:
        if (self.total is None) == (self.refused is None):
            raise wrong("should have one of total and refused; write just one")
        if (self.booked_from is None) != (self.booked_until is None):
            key = "booked_from" if self.booked_from is None else "booked_until"
            raise wrong("is missing; a booked window has both ends", key)
        return self


class TariffTable(Table):
    """A price board."""

    code: StrictStr = Field(json_schema_extra={"pattern": "^[a-z0-9-]+$"})
    """Its name for programs: small letters, digits and hyphens."""
    version: Version
    """Counts up with every change; what was promised keeps the old one."""
    zone: StrictStr = Field(examples=["Europe/Berlin"])
    """IANA name of the time zone."""
    currency: Currency
    """ISO 4217 code."""
    blocks: Literal["restart", "run-through", "round-once", "pro-rata"] = "restart"
    """What a started block does at the edge of a band."""
    valid_from: Day | None = None
    """The first date on which it holds."""
    valid_until: Day | None = None
    """The first date on which it does not hold any more."""
    minimum: Price = Decimal(0)
    """A stay that costs anything costs at least this."""
    maximum_stay_minutes: Count | None = None
    """Longer stays are overstays."""
    early_entry: Literal["free", "charged"] = "free"
    """Time between an early entry and the booked start."""
    source: SourceTable | None = None
    tax: TaxTable = TaxTable()
    free: FreeTable | None = None
    calendar: dict[str, tuple[Day, ...]] = {}
    """Named lists of dates: public holidays, fairs."""
    day: tuple[DayTable, ...] = ()
    """Types of days; none: one type for every day."""
    band: tuple[BandTable, ...] = ()
    """Hours with their prices; together they cover every hour of every day once."""
    cap: tuple[CapTable, ...] = ()
    """The most that a day, a week or a stay costs."""
    surcharge: tuple[SurchargeTable, ...] = ()
    """What is added for entering or leaving at certain hours."""
    lost_ticket: LostTicketTable | None = None
    overstay: OverstayTable = OverstayTable()
    discount: tuple[DiscountTable, ...] = ()
    """What may be taken off, in this order."""
    rounding: RoundingTable = RoundingTable()
    example: tuple[ExampleTable, ...] = ()
    """Stays with their price, worked out by hand."""
