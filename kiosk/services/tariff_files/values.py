"""The kinds of values in a tariff file: numbers that are never floats, hours, dates, currencies.

Which key has which stands in tables.py. Each says what is wrong in words for a manager.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from unicodedata import category

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

from kiosk.domain.money import EXPONENTS

_LARGEST = 10**9
_LONGEST_NAME = 40
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
    if number.is_nan():
        raise wrong("is no number; write for example 1.20")
    # Before any arithmetic: 1e999999999 would fill the memory as a fraction.
    if not number.is_finite() or number.adjusted() >= 9:
        raise wrong("is too large; write a number under 1000000000")
    if number != round(number, 9):
        raise wrong("has too many digits; write at most 9 behind the point")
    return number


def _version(value: Any) -> int:
    return _whole(value, like=2)


def _whole(value: Any, like: int = 60) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(f"should be a whole number without quotes; write for example {like}")
    if abs(value) >= _LARGEST:
        raise wrong("is too large; write a number under 1000000000")
    return value


def _hour(value: Any) -> str:
    if not isinstance(value, str) or not _HOUR.fullmatch(value):
        raise wrong('should be an hour of the day in quotes; write for example "08:00"')
    return value


def _first_hour(value: Any) -> str:
    if value == "24:00":
        raise wrong('should be an hour from 00:00 to 23:59; write "00:00" for midnight')
    return _hour(value)


def _name(value: str) -> str:
    if any(category(sign) in {"Cc", "Zl", "Zp"} for sign in value):
        raise wrong("has a sign that cannot be printed; remove it")
    if len(value) > _LONGEST_NAME:
        raise wrong(f"is too long for a bill; write at most {_LONGEST_NAME} signs")
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
Version = Annotated[
    int, BeforeValidator(_version), WithJsonSchema({"type": "integer", "minimum": 1})
]
From = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
Hour = Annotated[
    str,
    BeforeValidator(_hour),
    WithJsonSchema({"type": "string", "pattern": f"^({_HOUR.pattern})$", "examples": ["08:00"]}),
]
FirstHour = Annotated[
    str,
    BeforeValidator(_first_hour),
    WithJsonSchema(
        {"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$", "examples": ["08:00"]}
    ),
]
Name = Annotated[StrictStr, AfterValidator(_name), Field(max_length=_LONGEST_NAME)]
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
