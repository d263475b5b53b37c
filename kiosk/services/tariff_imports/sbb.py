"""Reads the price models of SBB P+Rail (sbb_park_rail_flat.geojson) as tariffs.

What a field means is said in `_notes`, which every file carries. How records become files, and
the words of refusals, stand in records.py; the words beside a price model in sbb_words.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import time, timedelta
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError
from pydantic.alias_generators import to_camel

from kiosk.domain.money import Money
from kiosk.domain.tariff import (
    DAY_MINUTES,
    EVERY_DAY,
    Band,
    Cap,
    CapScope,
    DayType,
    Rounding,
    Row,
    RowKind,
    Tariff,
)
from kiosk.services.charge_words import amount_text
from kiosk.services.published_records import CannotSay, Refusal, quoted, words
from kiosk.services.tariff_files.parts import Source, TariffFile, WorkedExample
from kiosk.services.tariff_imports.records import (
    MONDAY,
    Imported,
    Taken,
    one_per_tariff,
    stay,
    stay_without_price,
    whole,
)
from kiosk.services.tariff_imports.sbb_words import CustomerText, words_about_prices

PUBLISHER = "SBB AG, P+Rail"
LICENCE = "open data, attribution"

_ZONE, _CURRENCY = "Europe/Zurich", "CHF"
_SMALLEST_COIN_MINOR = 5
_HOUR = 60
_WEEK = 7 * DAY_MINUTES
_DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")

_OPEN, _BEFORE, _AFTER, _OTHER_DAYS = "Parking", "Before opening", "After closing", "Other days"
_OPEN_DAY, _OTHER_DAY = "operating day", "other day"

Positive = Annotated[StrictInt, Field(gt=0)]


class _Fields(BaseModel):
    """Fields that must all be known: what is left out would be a price read by half."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid", frozen=True)


class _Segment(_Fields):
    starting_from: StrictInt
    price: Annotated[StrictInt, Field(ge=0)]


class _PricingModel(_Fields):
    minimum_duration: Positive
    maximum_duration: Positive
    maximum_day_price: Annotated[StrictInt, Field(ge=0)]
    viable_increment: Positive
    price_segments: tuple[_Segment, ...]
    monthly_ticket_price: int | None = None
    yearly_ticket_price: int | None = None
    monthly_ticket_price_with_public_transport_season_ticket_discount: int | None = None
    yearly_ticket_price_with_public_transport_season_ticket_discount: int | None = None


class _OperationTime(_Fields):
    operating_from: time
    operating_to: time
    days_of_week: Annotated[tuple[str, ...], Field(min_length=1)]


class _Some(BaseModel):
    """The part of a record that a price depends on, or its name; the rest is not read."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)


class _CarPark(_Some):
    didok_id: str | None
    display_name: str
    pricing_model: _PricingModel | None
    operation_time: _OperationTime
    additional_information_for_customers: CustomerText | None


class _Feature(_Some):
    properties: dict[str, object]


class _Collection(_Some):
    features: tuple[_Feature, ...]


def import_sbb(document: object) -> Imported:
    """All car parks of the parsed file: one tariff for each price model with its hours.

    Raises pydantic's ValidationError for a document that is no list of car parks at all.
    """
    taken: list[Taken] = []
    refused: list[Refusal] = []
    for feature in _Collection.model_validate(document).features:
        name = _name(feature.properties)
        try:
            taken.append(_taken(name, _CarPark.model_validate(feature.properties)))
        except ValidationError as error:
            refused.append(Refusal(name, words(error)))
        except CannotSay as reason:
            refused.append(Refusal(name, str(reason)))
    return Imported(
        files=one_per_tariff(taken, of="car parks of SBB P+Rail"),
        refused=tuple(refused),
        notes=("Monthly and yearly tickets are products of their own and are left out.",),
    )


def _name(properties: dict[str, object]) -> str:
    return " ".join(
        str(properties[key]).strip() for key in ("didokId", "displayName") if properties.get(key)
    )


def _taken(name: str, park: _CarPark) -> Taken:
    if park.pricing_model is None:
        raise CannotSay("pricingModel: there is none")
    besides = words_about_prices(park.additional_information_for_customers)
    remarks = () if besides is None else (f"says besides: {quoted(besides)}",)
    file = whole(_file(park.pricing_model, park.operation_time))
    return Taken(name=name, file=file, remarks=remarks)


def _file(model: _PricingModel, times: _OperationTime) -> TariffFile:
    price = _price(model)
    operating = _Hours(times)
    tariff = Tariff(
        code=_code(model, price) + operating.code,
        version=1,
        zone=_ZONE,
        currency=_CURRENCY,
        day_types=operating.day_types,
        bands=operating.bands(price),
        caps=(Cap(scope=CapScope.ROLLING_24H, price=Fraction(model.maximum_day_price)),),
        minimum=Fraction(_minimum(model, price)),
        maximum_stay_minutes=model.maximum_duration,
        rounding=Rounding(cash_step_minor=_SMALLEST_COIN_MINOR),
    )
    source = Source(
        publisher=PUBLISHER,
        licence=LICENCE,
        text=_text(model, times),
        notes=tuple(_notes(model, price, operating)),
    )
    return TariffFile(
        tariff=tariff, source=source, examples=tuple(_examples(tariff, model, operating))
    )


def _price(model: _PricingModel) -> int:
    """Centimes for an hour, of a model that says so without a doubt."""
    if model.viable_increment != _HOUR:
        raise CannotSay(
            f"viableIncrement {model.viable_increment}: the data does not say if a price is for "
            "an hour or for an increment when they differ"
        )
    if len(model.price_segments) != 1 or model.price_segments[0].starting_from != 0:
        raise CannotSay("priceSegments: only one segment, from 0 on, is known")
    price = model.price_segments[0].price
    if model.minimum_duration % _HOUR or model.maximum_duration % _HOUR:
        raise CannotSay("minimumDuration, maximumDuration: should be whole increments")
    if price > model.maximum_day_price:
        raise CannotSay(f"maximumDayPrice {model.maximum_day_price}: an hour costs {price}")
    if _minimum(model, price) > model.maximum_day_price:
        raise CannotSay("minimumDuration: costs more than maximumDayPrice")
    return price


def _minimum(model: _PricingModel, price: int) -> int:
    hours = model.minimum_duration // _HOUR
    return hours * price if hours > 1 else 0


def _code(model: _PricingModel, price: int) -> str:
    code = f"sbb-hour-{price}-day-{model.maximum_day_price}"
    if model.minimum_duration != _HOUR:
        code += f"-from-{model.minimum_duration // _HOUR}h"
    if model.maximum_duration != _WEEK:
        code += f"-max-{model.maximum_duration // _HOUR}h"
    return code


class _Hours:
    """When a car park operates; what its other hours cost is not published."""

    def __init__(self, times: _OperationTime) -> None:
        self.from_minute = _minute(times.operating_from)
        self.until_minute = _minute(times.operating_to) or DAY_MINUTES
        if self.from_minute >= self.until_minute:
            raise CannotSay("operationTime: ends before it begins")
        unknown = set(times.days_of_week) - set(_DAYS)
        if unknown:
            raise CannotSay(f"operationTime.daysOfWeek: {', '.join(sorted(unknown))}")
        self.weekdays = tuple(day for day in range(7) if _DAYS[day] in times.days_of_week)

    @property
    def is_always(self) -> bool:
        return self.is_every_day and self.is_all_day

    @property
    def is_every_day(self) -> bool:
        return len(self.weekdays) == len(_DAYS)

    @property
    def is_all_day(self) -> bool:
        return (self.from_minute, self.until_minute) == (0, DAY_MINUTES)

    @property
    def code(self) -> str:
        """For the tariff's code: nothing when it operates always."""
        hours = f"-{_clock(self.from_minute)}-{_clock(self.until_minute)}".replace(":", "")
        days = "".join(f"-{_DAYS[day][:3].lower()}" for day in self.weekdays)
        return ("" if self.is_all_day else hours) + ("" if self.is_every_day else days)

    @property
    def day_types(self) -> tuple[DayType, ...]:
        """The days on which it operates and the others."""
        if self.is_every_day:
            return (EVERY_DAY,)
        others = tuple(day for day in range(7) if day not in self.weekdays)
        return (
            DayType(name=_OPEN_DAY, weekdays=self.weekdays),
            DayType(name=_OTHER_DAY, weekdays=others),
        )

    def bands(self, price: int) -> tuple[Band, ...]:
        """The hours with the price, and the hours without one."""
        row = Row(
            kind=RowKind.BLOCK, price=Fraction(price), per_minutes=_HOUR, block_minutes=_HOUR
        )
        days = () if self.is_every_day else (_OPEN_DAY,)
        bands = [
            Band(
                name=_OPEN,
                from_minute=self.from_minute,
                until_minute=self.until_minute,
                days=days,
                rows=(row,),
            )
        ]
        if self.from_minute > 0:
            bands.append(self._unstated(_BEFORE, 0, self.from_minute, days))
        if self.until_minute < DAY_MINUTES:
            bands.append(self._unstated(_AFTER, self.until_minute, DAY_MINUTES, days))
        if not self.is_every_day:
            bands.append(self._unstated(_OTHER_DAYS, 0, DAY_MINUTES, (_OTHER_DAY,)))
        return tuple(bands)

    def _unstated(
        self, name: str, from_minute: int, until_minute: int, days: tuple[str, ...]
    ) -> Band:
        return Band(
            name=name,
            from_minute=from_minute,
            until_minute=until_minute,
            days=days,
            unstated="operationTime leaves these hours out; the data does not say what they cost.",
        )


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _text(model: _PricingModel, times: _OperationTime) -> str:
    """The published fields that the price was read from, under their own names."""
    fields = model.model_dump(
        mode="json",
        by_alias=True,
        include={
            "minimum_duration",
            "maximum_duration",
            "maximum_day_price",
            "viable_increment",
            "price_segments",
        },
    )
    operation = times.model_dump(mode="json", by_alias=True)
    return json.dumps({"pricingModel": fields, "operationTime": operation})


def _notes(model: _PricingModel, price: int, operating: _Hours) -> Iterator[str]:
    hours = model.minimum_duration // _HOUR
    yield (
        "viableIncrement 60: started hours are sold, at the price of the only segment, "
        "in centimes."
    )
    if hours > 1:
        least = amount_text(Money(hours * price, _CURRENCY))
        yield f"minimumDuration: at least {hours} hours are sold: a stay costs at least {least}."
    yield (
        "maximumDayPrice is taken for each 24 hours from the entry: no field names an hour at "
        "which a day ends, and maximumDuration is a whole number of 24 hours."
    )
    if not operating.is_always:
        yield (
            "operationTime is taken for the hours that the price is for. What holds at other "
            "hours is not published: one car park says free of charge, another no parking."
        )
    yield "The data states no tax; none is shown. Cash: 0.05, the smallest Swiss coin."
    yield "Monthly and yearly tickets are products of their own, not prices of a stay."


def _examples(tariff: Tariff, model: _PricingModel, operating: _Hours) -> Iterator[WorkedExample]:
    """Stays worked out from the published numbers alone."""
    price, day = model.price_segments[0].price, model.maximum_day_price
    least = model.minimum_duration // _HOUR
    hourly, most = amount_text(Money(price, _CURRENCY)), amount_text(Money(day, _CURRENCY))
    first_day = amount_text(Money(min(24 * price, day), _CURRENCY))
    sold = max(3, least)
    why = f"2 h 10 min: {sold} hours at {hourly}"
    if sold > 3:
        why += f", because at least {least} are sold"
    if sold * price > day:
        why += f", at most {most} in a day"
    yield stay(tariff, says=why, minutes=130, total_minor=min(sold * price, day))
    if operating.is_always:
        yield stay(
            tariff,
            says=f"25 h: {first_day} for the first 24 h and one hour at {hourly}",
            minutes=25 * _HOUR,
            total_minor=min(24 * price, day) + price,
        )
        return
    if not operating.is_all_day:
        edge = operating.from_minute or operating.until_minute
        yield stay_without_price(
            tariff,
            says=f"Over {_clock(edge)}: the price on one side is not published",
            minutes=_HOUR,
            entered=MONDAY.replace(hour=0) + timedelta(minutes=edge - 30),
        )
    if not operating.is_every_day:
        yield stay_without_price(
            tariff,
            says="On Sunday: the price then is not published",
            minutes=_HOUR,
            entered=MONDAY + timedelta(days=6),
        )
