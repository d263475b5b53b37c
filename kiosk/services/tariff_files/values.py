"""The kinds of values in a tariff file: numbers that are never floats, hours, dates, currencies.

Which key has which stands in tables.py. Each says what is wrong in words for a manager.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

from kiosk.domain.money import EXPONENTS

_LARGEST = 10**9
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")


def wrong(text: str, key: str = "") -> PydanticCustomError:
    """The words about a value, or about one key of a table that goes wrong with another."""
    return PydanticCustomError("words", "{text}", {"text": text, "key": key})


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _number(value: Any) -> Decimal:
    if not _is_number(value):
        raise wrong("should be a number without quotes; write for example 1.20")
    number = Decimal(value)
    # Before any arithmetic: 1e999999999 would fill the memory as a fraction.
    if not number.is_finite() or number.adjusted() >= 9:
        raise wrong("is too large; write a number under 1000000000")
    if number != round(number, 9):
        raise wrong("has too many digits; write at most 9 behind the point")
    return number


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong("should be a whole number without quotes; write for example 60")
    if abs(value) >= _LARGEST:
        raise wrong("is too large; write a number under 1000000000")
    return value


def _hour(value: Any) -> str:
    if not isinstance(value, str) or not _HOUR.fullmatch(value):
        raise wrong('should be an hour of the day in quotes; write for example "08:00"')
    return value


def _date(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong("should be a date; write for example 2026-12-25") from None


def _currency(value: Any) -> str:
    if not isinstance(value, str) or value not in EXPONENTS:
        raise wrong(f"is not a currency of this program; write one of {', '.join(EXPONENTS)}")
    return value


Number = Annotated[Decimal, BeforeValidator(_number)]
Price = Annotated[Number, WithJsonSchema({"type": "number", "minimum": 0, "examples": [1.2]})]
Percent = Annotated[Number, WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
Multiplier = Annotated[Number, WithJsonSchema({"type": "number", "minimum": 1})]
Step = Annotated[Number, WithJsonSchema({"type": "number", "exclusiveMinimum": 0})]
Count = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 1})]
From = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Hour = Annotated[
    str,
    BeforeValidator(_hour),
    WithJsonSchema({"type": "string", "pattern": f"^({_HOUR.pattern})$", "examples": ["08:00"]}),
]
Day = Annotated[date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]
Currency = Annotated[
    str, BeforeValidator(_currency), WithJsonSchema({"type": "string", "enum": [*EXPONENTS]})
]
Instant = Annotated[StrictStr, Field(examples=["2026-03-02 10:00"])]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Refusal = Literal[
    "exit-before-entry",
    "entry-too-long-ago",
    "not-valid-then",
    "price-not-stated",
    "window-too-long",
    "validation-too-long",
    "discount-unknown",
]
