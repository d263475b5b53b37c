"""Reads and writes tariff files (TOML, or JSON with the same keys); what is wrong is all named.

The keys stand in tables.py, the way to the domain's values in parts.py, the writer
in toml.py. A refused file changes nothing: the tariff in use stays in use.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from decimal import Decimal
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kiosk.domain.checking.problems import Problem, problems
from kiosk.services.refused import TariffFileRefused
from kiosk.services.strict_json import read_json
from kiosk.services.tariff_files.parts import Parts, Source, TariffFile, WorkedExample
from kiosk.services.tariff_files.slips import slip_text
from kiosk.services.tariff_files.tables import TariffTable
from kiosk.services.tariff_files.toml import write_tariff_file

__all__ = [
    "Source",
    "TariffFile",
    "TariffFileRefused",
    "WorkedExample",
    "read_tariff_file",
    "tariff_schema",
    "write_tariff_file",
]

_WORDS = {
    "model_type": "should be a table",
    "dict_type": "should be a table",
    "tuple_type": "should be a list",
    "string_type": "should be text in quotes",
    "bool_type": "should be true or false, without quotes",
}
"""By pydantic's names of errors."""
_EXAMPLES = {
    "code": '"town-hall"',
    "version": "1",
    "zone": '"Europe/Berlin"',
    "currency": '"EUR"',
    "name": '"Day"',
    "price": "1.20",
    "scope": '"calendar-day"',
    "at": '"exit"',
    "rule": '"flat"',
    "minutes": "15",
    "says": '"Monday, one hour"',
    "enter": '"2026-03-02 10:00"',
    "leave": '"2026-03-02 11:00"',
}
"""What may stand behind a key that is missing."""
_AT_THE_TOP = frozenset(takewhile(lambda name: name != "source", TariffTable.model_fields))
"""The keys that are no tables; one written at the end of a file falls into its last table."""


def read_tariff_file(path: Path) -> TariffFile:
    """The tariff, its source and its examples; TariffFileRefused names all that is wrong.

    First each key by itself; when all are right, how they go together.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TariffFileRefused([f"{path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise TariffFileRefused([f"{path}: should be UTF-8 text; save it as UTF-8"]) from error
    try:
        table = TariffTable.model_validate(_parsed(path, text))
    except ValidationError as error:
        found = [_problem(each) for each in error.errors(include_url=False)]
        raise _refused(path, found) from error
    parts = Parts(table)
    tariff = parts.tariff()
    wrong = problems(tariff)
    is_zone_known = not any(problem.path == "zone" for problem in wrong)
    examples = parts.examples(ZoneInfo(tariff.zone)) if is_zone_known else ()
    if wrong or parts.problems:
        raise _refused(path, [*wrong, *parts.problems])
    return TariffFile(tariff=tariff, source=parts.source(), examples=examples)


def tariff_schema() -> dict[str, Any]:
    """The JSON Schema of a tariff file, by which an editor helps to write one."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_plain(TariffTable.model_json_schema()),
    }


def _parsed(path: Path, text: str) -> object:
    """The file's keys; numbers with a point as Decimal, for a float is never what was written."""
    try:
        if path.suffix == ".json":
            return read_json(text)
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise TariffFileRefused([f"{path}: {slip_text(text, str(error))}"]) from error
    except (ValueError, RecursionError, ArithmeticError) as error:
        name = "JSON" if path.suffix == ".json" else "TOML"
        raise TariffFileRefused([f"{path}: is not {name}: {error}"]) from error


def _refused(path: Path, found: Iterable[Problem]) -> TariffFileRefused:
    return TariffFileRefused(
        ": ".join(filter(None, (str(path), problem.path, problem.text))) for problem in found
    )


def _problem(error: ErrorDetails) -> Problem:
    place, context = [*error["loc"]], error.get("ctx", {})
    if context.get("key"):
        place.append(context["key"])
    key = ".".join(part for part in place if isinstance(part, str))
    path = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place)
    match error["type"]:
        case "words":
            text = context["text"]
        case "missing":
            text = _missing(place)
        case "extra_forbidden" if len(place) > 1 and place[-1] in _AT_THE_TOP:
            text = "stands before all tables; move it to the top of the file"
        case "extra_forbidden":
            text = f"is no key of a tariff file; {_nearest(place)}"
        case "literal_error":
            text = f"should be one of {context['expected']}"
        case kind:
            text = _WORDS.get(kind, error["msg"])
            if isinstance(error["input"], list) and kind == "model_type" and place:
                text = f"should be one table; write [{key}] in single brackets"
            if isinstance(error["input"], dict) and kind == "tuple_type":
                text = f"should be a list of tables; write [[{key}]] in double brackets"
    return Problem(path, text)


def _missing(place: list[int | str]) -> str:
    key = str(place[-1])
    example = _EXAMPLES.get(key)
    return (
        f"is missing; write for example {key} = {example}" if example else f"is missing; add {key}"
    )


def _nearest(place: list[int | str]) -> str:
    """What may have been meant by an unknown key: a key of the same table."""
    known = _keys(place[:-1])
    near = get_close_matches(str(place[-1]), known, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"


def _keys(place: list[int | str]) -> list[str]:
    table: type[BaseModel] = TariffTable
    for part in place:
        for name, field in table.model_fields.items():
            if part == (field.alias or name):
                table = _table_in(field.annotation)
    return [field.alias or name for name, field in table.model_fields.items()]


def _table_in(annotation: Any) -> type[BaseModel]:
    """The table that an optional key, or a list of tables, is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return _table_in(get_args(annotation)[0])


def _plain(schema: Any) -> Any:
    """Without null, which TOML does not know, and with defaults as a file has them."""
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _plain(value) for key, value in schema.items()}
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    if schema.get("default", "") in (None, [], {}) or isinstance(schema.get("default"), dict):
        del schema["default"]
    if schema.get("type") == "number" and "default" in schema:
        schema["default"] = int(schema["default"])
    return {**(kinds[0] if kinds else {}), **schema}
