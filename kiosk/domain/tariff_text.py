"""A tariff as one line of canonical JSON and back: what is stored, hashed and carried by receipts.

People write tariffs as TOML (kiosk.services.tariff_files.file); this form is for machines alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache, lru_cache
from hashlib import sha256
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from kiosk.domain.tariff import Tariff


class TariffTextWrong(ValueError):
    """The text is no tariff; the message names the place and what was expected there."""


def tariff_text(tariff: Tariff) -> str:
    """The canonical JSON of a tariff: equal tariffs have equal texts, different ones never.

    Fractions stand as "167/100" or "120", dates as ISO text, keys are sorted. A field that has
    its default is left out, so that a field which the model gets later changes no old text.
    """
    return json.dumps(_written(tariff), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@lru_cache(maxsize=128)
def tariff_hash(tariff: Tariff) -> str:
    """The SHA-256 of the canonical text, in hex: what a reservation and its receipts name."""
    return text_hash(tariff_text(tariff))


def text_hash(text: str) -> str:
    """The SHA-256 of a canonical text that is at hand already."""
    return sha256(text.encode()).hexdigest()


def read_tariff_text(text: str) -> Tariff:
    """The tariff that a canonical text was made from; TariffTextWrong when it is none."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise TariffTextWrong(f"tariff: should be JSON: {error}") from error
    tariff = _read(found, Tariff, "tariff")
    assert isinstance(tariff, Tariff)
    return tariff


def _written(value: object) -> object:
    """A value of the model as JSON has it."""
    match value:
        case Enum():
            return value.value
        case Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_written(item) for item in value]
        case _ if is_dataclass(value):
            return {
                field.name: _written(getattr(value, field.name))
                for field in fields(value)
                if getattr(value, field.name) != field.default
            }
        case _:
            return value


def _read(found: object, kind: Any, where: str) -> object:
    """What JSON has at `where`, as the type that the model has there."""
    if isinstance(kind, UnionType):
        kinds = [each for each in get_args(kind) if each is not type(None)]
        return None if found is None else _read(found, kinds[0], where)
    if get_origin(kind) is tuple:
        if not isinstance(found, list):
            raise TariffTextWrong(f"{where}: should be a list")
        item_kind = get_args(kind)[0]
        return tuple(
            _read(item, item_kind, f"{where}.{number}") for number, item in enumerate(found)
        )
    if is_dataclass(kind):
        return _read_fields(found, kind, where)
    if type(found) is kind and kind in {str, int, bool}:
        return found
    parse = _PARSERS.get(kind, kind)
    if not isinstance(found, str) or not (issubclass(kind, Enum) or kind in _PARSERS):
        raise TariffTextWrong(f"{where}: should be {kind.__name__}")
    try:
        return parse(found)
    except (ValueError, ZeroDivisionError) as error:
        raise TariffTextWrong(f"{where}: should be {kind.__name__}, not {found!r}") from error


def _read_fields(found: object, kind: Any, where: str) -> object:
    if not isinstance(found, dict):
        raise TariffTextWrong(f"{where}: should be an object")
    known = _fields_of(kind)
    for name in found:
        if name not in known:
            raise TariffTextWrong(f"{where}.{name}: is unknown")
    for name, (field, _) in known.items():
        if name not in found and field.default is MISSING:
            raise TariffTextWrong(f"{where}.{name}: is missing")
    values = {
        name: _read(value, known[name][1], f"{where}.{name}") for name, value in found.items()
    }
    try:
        return kind(**values)
    except AssertionError as error:
        raise TariffTextWrong(f"{where}: {error}") from error


@cache
def _fields_of(kind: Any) -> dict[str, tuple[Field[Any], Any]]:
    """Each field of a dataclass with its type."""
    hints = get_type_hints(kind)
    return {field.name: (field, hints[field.name]) for field in fields(kind)}


def _fraction(text: str) -> Fraction:
    # Fraction itself also takes "1e999999999", and is busy with it for ever.
    if _FRACTION.fullmatch(text) is None:
        raise ValueError(text)
    return Fraction(text)


_FRACTION = re.compile(r"-?[0-9]+(/[0-9]+)?")
_PARSERS: dict[Any, Callable[[str], object]] = {
    Fraction: _fraction,
    date: date.fromisoformat,
}
