"""Reads tariffs of OCPI (2.2.1 and 2.3.0 objects) that price time; energy is refused by name.

TIME is time spent charging, PARKING_TIME time spent not charging. A tariff with one of them is
taken for the whole stay; of a tariff with both the caller says which phase a stay is. The fields
stand in ocpi_record.py; which element holds when, in ocpi_bands.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from kiosk.domain.money import EXPONENTS, Money
from kiosk.domain.tariff import Cap, CapScope, Surcharge, SurchargeAt, Tariff, Tax
from kiosk.services.charge_words import amount_text
from kiosk.services.published_records import CannotSay, Refusal, quoted, words
from kiosk.services.tariff_files.parts import Source, TariffFile
from kiosk.services.tariff_imports.ocpi_bands import TimeRule, Week, example_of, week_of
from kiosk.services.tariff_imports.ocpi_record import (
    Component,
    Limit,
    Restrictions,
    TariffRecord,
)
from kiosk.services.tariff_imports.records import Imported, whole

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_CODE = re.compile(r"[^a-z0-9]+")
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_BY_CARD = re.compile(r"debit card: (?P<debit>\d+\.\d\d) \w+, credit card: (?P<credit>\d+\.\d\d)")
_KNOWN_TYPES = frozenset({"TIME", "PARKING_TIME", "FLAT"})
_NOT_OF_PARKING = (
    "min_kwh",
    "max_kwh",
    "min_current",
    "max_current",
    "min_power",
    "max_power",
)


class Phase(Enum):
    """Which part of a stay at a charge point is priced; the value is the command line's word."""

    CHARGING = "charging"
    PARKING = "parking"


_TYPE_OF = {Phase.CHARGING: "TIME", Phase.PARKING: "PARKING_TIME"}


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A component with its place in the tariff, for the words of a refusal."""

    number: int
    component: Component
    restrictions: Restrictions


def import_ocpi(document: object, *, zone: str, phase: Phase | None = None) -> Imported:
    """The tariffs of one parsed file: one object, a list, or the data of a response.

    `zone` is that of the location, which an OCPI tariff does not carry.
    """
    files: list[TariffFile] = []
    refused: list[Refusal] = []
    for number, record in enumerate(_records(document), 1):
        name = _name(record, number)
        try:
            files.append(_file(record, zone, phase))
        except ValidationError as error:
            refused.append(Refusal(name, words(error)))
        except CannotSay as reason:
            refused.append(Refusal(name, str(reason)))
    return Imported(files=tuple(files), refused=tuple(refused))


def _records(document: object) -> list[object]:
    if isinstance(document, dict) and "data" in document and "status_code" in document:
        document = document["data"]
    return document if isinstance(document, list) else [document]


def _name(record: object, number: int) -> str:
    if not isinstance(record, dict) or "id" not in record:
        return f"record {number}"
    keys = ("country_code", "party_id", "id")
    return "*".join(str(record[key]) for key in keys if key in record)


def _file(record: object, zone: str, phase: Phase | None) -> TariffFile:
    if not isinstance(record, dict) or "elements" not in record:
        raise CannotSay("is no tariff: it has no elements")
    source = TariffRecord.model_validate(record)
    if source.currency not in EXPONENTS:
        raise CannotSay(f"currency: {source.currency} is not one of this program")
    time_type = _time_type(source, phase)
    rules, flat = _rules(source, time_type), _flat(source)
    week = week_of(rules, has_only_flat=time_type is None)
    tax = _tax(source, rules, flat)
    valid_from, valid_until = _valid(source, rules, zone)
    tariff = Tariff(
        code=_code(source, time_type, phase),
        version=1,
        zone=zone,
        currency=source.currency,
        policy=week.policy,
        day_types=week.day_types,
        bands=week.bands(tax.rate),
        valid_from=valid_from,
        valid_until=valid_until,
        tax=tax,
        minimum=_minimum(source, week, rules, flat),
        caps=_maximum(source, rules, flat),
        surcharges=_surcharges(source, flat, tax),
    )
    origin = Source(
        name=f"{source.country_code}*{source.party_id}*{source.id}",
        publisher="an OCPI tariff object",
        text="\n".join(each.text for each in source.tariff_alt_text),
        notes=tuple(_notes(source, time_type, week, flat)),
    )
    return whole(TariffFile(tariff=tariff, source=origin, examples=example_of(tariff, rules)))


def _time_type(source: TariffRecord, phase: Phase | None) -> str | None:
    """TIME or PARKING_TIME, whichever prices the stay; None: only a flat fee does."""
    unknown: list[str] = []
    types: set[str] = set()
    for number, element in enumerate(source.elements, 1):
        if element.restrictions.reservation is not None:
            unknown.append(f"element {number}: restriction reservation")
        for component in element.price_components:
            types.add(component.type)
            if component.type not in _KNOWN_TYPES:
                unknown.append(f"element {number}: {component.type}")
    if unknown:
        raise CannotSay(", ".join(unknown))
    timed = types - {"FLAT"}
    if len(timed) < 2:
        return next(iter(timed), None)
    if phase is None:
        raise CannotSay(
            "TIME and PARKING_TIME: say with --phase charging or --phase parking which of "
            "them a stay is"
        )
    return _TYPE_OF[phase]


def _components(source: TariffRecord, wanted: str | None) -> Iterator[_Numbered]:
    for number, element in enumerate(source.elements, 1):
        for component in element.price_components:
            if component.type == wanted:
                yield _Numbered(number, component, element.restrictions)


def _rules(source: TariffRecord, time_type: str | None) -> tuple[TimeRule, ...]:
    """The elements that price time, in their order: the first that fits an instant holds."""
    scale = 10 ** EXPONENTS[source.currency]
    return tuple(_rule(each, scale) for each in _components(source, time_type))


def _rule(each: _Numbered, scale: int) -> TimeRule:
    where = f"element {each.number}"
    limits = each.restrictions
    for name in _NOT_OF_PARKING:
        if getattr(limits, name) is not None:
            raise CannotSay(f"{where}: restriction {name}")
    unknown = set(limits.day_of_week) - set(DAYS)
    if unknown:
        raise CannotSay(f"{where}: day_of_week {', '.join(sorted(unknown))}")
    from_minute, until_minute = _hours(where, limits)
    return TimeRule(
        element=each.number,
        price=Fraction(each.component.price) * scale,
        vat=_rate(each.component.vat),
        step_s=max(each.component.step_size, 1),
        from_minute=from_minute,
        until_minute=until_minute,
        weekdays=frozenset(
            day for day in range(7) if not limits.day_of_week or DAYS[day] in limits.day_of_week
        ),
        from_date=limits.start_date,
        until_date=limits.end_date,
        min_minutes=_minutes(where, "min_duration", limits.min_duration or 0),
        max_minutes=(
            None
            if limits.max_duration is None
            else _minutes(where, "max_duration", limits.max_duration)
        ),
    )


def _hours(where: str, limits: Restrictions) -> tuple[int, int]:
    """From and until on the clock of the location; until at most 24 h after midnight."""
    minutes = []
    for name, text in (("start_time", limits.start_time), ("end_time", limits.end_time)):
        if text is not None and not _HOUR.fullmatch(text):
            raise CannotSay(f"{where}: {name} {quoted(text)}")
        minutes.append(0 if text is None else int(text[:2]) * 60 + int(text[3:]))
    from_minute, until_minute = minutes
    if from_minute == until_minute and from_minute != 0:
        raise CannotSay(f"{where}: start_time is end_time")
    return from_minute, until_minute or 24 * 60


def _minutes(where: str, name: str, seconds: int) -> int:
    if seconds % 60 or seconds < 0:
        raise CannotSay(f"{where}: {name} {seconds} is not in whole minutes")
    return seconds // 60


def _flat(source: TariffRecord) -> Component | None:
    """The fee for each stay, when there is one that costs something."""
    for each in _components(source, "FLAT"):
        if each.restrictions != Restrictions():
            raise CannotSay(f"element {each.number}: FLAT with restrictions")
        return each.component if each.component.price else None
    return None


def _surcharges(source: TariffRecord, flat: Component | None, tax: Tax) -> tuple[Surcharge, ...]:
    if flat is None:
        return ()
    rate = _rate(flat.vat)
    price = Fraction(flat.price) * 10 ** EXPONENTS[source.currency]
    own = None if rate == tax.rate else rate
    return (Surcharge(name="Start fee", price=price, at=SurchargeAt.ENTRY, tax=own),)


def _rate(vat: Decimal | None) -> Fraction:
    return Fraction(vat or 0) / 100


def _tax(source: TariffRecord, rules: tuple[TimeRule, ...], flat: Component | None) -> Tax:
    if source.tax_included not in {None, "YES", "NO", "N/A"}:
        raise CannotSay(f"tax_included: {quoted(str(source.tax_included))}")
    rates = [rule.vat for rule in rules] + ([_rate(flat.vat)] if flat else [])
    if source.tax_included == "N/A" and any(rates):
        raise CannotSay("tax_included: N/A beside a component with vat")
    rate = rates[0] if rates else Fraction(0)
    return Tax(rate=rate, is_included=source.tax_included == "YES")


def _minimum(
    source: TariffRecord, week: Week, rules: tuple[TimeRule, ...], flat: Component | None
) -> Fraction:
    if source.min_price is None:
        return Fraction(0)
    if week.has_free_time or flat is not None:
        raise CannotSay("min_price: beside a FLAT fee or hours without a price")
    return _limit(source, "min_price", source.min_price, rules)


def _maximum(
    source: TariffRecord, rules: tuple[TimeRule, ...], flat: Component | None
) -> tuple[Cap, ...]:
    if source.max_price is None:
        return ()
    if flat is not None:
        raise CannotSay("max_price: beside a FLAT fee")
    price = _limit(source, "max_price", source.max_price, rules)
    return (Cap(scope=CapScope.SESSION, price=price),)


def _limit(source: TariffRecord, name: str, limit: Limit, rules: tuple[TimeRule, ...]) -> Fraction:
    """A limit in the tariff's own kind of prices, with tax or without."""
    scale: int = 10 ** EXPONENTS[source.currency]
    before = limit.excl_vat if limit.before_taxes is None else limit.before_taxes
    after = limit.incl_vat if limit.after_taxes is None else limit.after_taxes
    rates = {rule.vat for rule in rules}
    if before is not None and after is not None:
        # Both apply: with one rate they must be the same limit said twice.
        taxed = Fraction(before) * (1 + next(iter(rates), Fraction(0)))
        if len(rates) > 1 or abs(taxed - Fraction(after)) * scale > Fraction(1, 2):
            raise CannotSay(f"{name}: before and after taxes are two different limits")
    chosen = after if source.tax_included == "YES" else before
    if chosen is None:
        raise CannotSay(f"{name}: is not given for prices as the components have them")
    return Fraction(chosen) * scale


def _valid(
    source: TariffRecord, rules: tuple[TimeRule, ...], zone: str
) -> tuple[date | None, date | None]:
    """The dates between which the tariff holds."""
    dates = {(rule.from_date, rule.until_date) for rule in rules}
    if len(dates) > 1:
        raise CannotSay("restrictions start_date, end_date: differ between elements")
    from_date, until_date = next(iter(dates), (None, None))
    own = (
        _midnight("start_date_time", source.start_date_time, zone),
        _midnight("end_date_time", source.end_date_time, zone),
    )
    starts = [each for each in (from_date, own[0]) if each is not None]
    ends = [each for each in (until_date, own[1]) if each is not None]
    return max(starts, default=None), min(ends, default=None)


def _midnight(name: str, at: datetime | None, zone: str) -> date | None:
    if at is None:
        return None
    # OCPI's instants are UTC, also where their text does not say so.
    local = (at if at.tzinfo else at.replace(tzinfo=ZoneInfo("UTC"))).astimezone(ZoneInfo(zone))
    if (local.hour, local.minute, local.second) != (0, 0, 0):
        raise CannotSay(f"{name}: is no midnight in {zone}, but {local:%H:%M:%S}")
    return local.date()


def _code(source: TariffRecord, time_type: str | None, phase: Phase | None) -> str:
    parts = ["ocpi", source.country_code, source.party_id, source.id]
    types = {each.type for element in source.elements for each in element.price_components}
    if phase is not None and time_type is not None and {"TIME", "PARKING_TIME"} <= types:
        parts.append(phase.value)
    return _CODE.sub("-", "-".join(parts).lower()).strip("-")


def _notes(
    source: TariffRecord, time_type: str | None, week: Week, flat: Component | None
) -> Iterator[str]:
    meaning = {"TIME": "time spent charging", "PARKING_TIME": "time spent not charging"}
    if time_type is not None:
        yield f"{time_type} ({meaning[time_type]}) is taken for the whole stay."
    yield from week.notes
    if source.type is not None:
        yield f"type {source.type}: whom the tariff is for is not a part of the price."
    if source.tax_included not in {"YES", "N/A"}:
        yield "Prices are without tax; a component without vat has none added."
    if source.tariff_alt_text:
        yield "tariff_alt_text: prices are those of the elements; the text is not read."
    yield from _contradiction(source, flat)
    if source.tariff_alt_url is not None:
        yield f"tariff_alt_url: {source.tariff_alt_url}"


def _contradiction(source: TariffRecord, flat: Component | None) -> Iterator[str]:
    """A start fee by kind of card, which an element has no place for."""
    texts = " ".join(each.text for each in source.tariff_alt_text)
    found = _BY_CARD.search(texts)
    if found is None or flat is None:
        return
    taxed = Fraction(flat.price)
    if source.tax_included != "YES":
        taxed *= 1 + _rate(flat.vat)
    same = [card for card, price in found.groupdict().items() if Fraction(price) == taxed]
    whose = f", that of the {same[0]} card" if len(same) == 1 else ""
    minor = round(taxed * 10 ** EXPONENTS[source.currency])
    yield (
        f"Contradiction: tariff_alt_text starts at {found['debit']} for a debit card and at "
        f"{found['credit']} for a credit card; FLAT has one price for both, "
        f"{amount_text(Money(minor, source.currency))} with tax{whose}."
    )
