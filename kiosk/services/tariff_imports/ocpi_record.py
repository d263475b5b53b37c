"""The fields of an OCPI tariff object (2.2.1, 2.3.0); their meaning is said by the importer."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kiosk.services.published_records import exact

Number = Annotated[Decimal, BeforeValidator(exact), Field(ge=0)]


class _Fields(BaseModel):
    """Fields that must all be known: what is left out would be a price read by half."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Component(_Fields):
    type: str
    price: Number
    vat: Number | None = None
    step_size: Annotated[int, Field(ge=0)]


class Restrictions(_Fields):
    start_time: str | None = None
    end_time: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    min_kwh: Number | None = None
    max_kwh: Number | None = None
    min_current: Number | None = None
    max_current: Number | None = None
    min_power: Number | None = None
    max_power: Number | None = None
    min_duration: int | None = None
    max_duration: int | None = None
    day_of_week: tuple[str, ...] = ()
    reservation: str | None = None


class Element(_Fields):
    price_components: tuple[Component, ...]
    restrictions: Restrictions = Restrictions()


class Limit(_Fields):
    before_taxes: Number | None = None
    after_taxes: Number | None = None
    excl_vat: Number | None = None
    incl_vat: Number | None = None


class Text(_Fields):
    language: str
    text: str


class TariffRecord(_Fields):
    country_code: str
    party_id: str
    id: str
    currency: str
    type: str | None = None
    tariff_alt_text: tuple[Text, ...] = ()
    tariff_alt_url: str | None = None
    min_price: Limit | None = None
    max_price: Limit | None = None
    preauthorize_amount: Number | None = None
    elements: Annotated[tuple[Element, ...], Field(min_length=1)]
    tax_included: str | None = None
    start_date_time: datetime | None = None
    end_date_time: datetime | None = None
    energy_mix: object = None
    last_updated: str | None = None
