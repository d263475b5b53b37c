"""The words for what is wrong in a scenario: each key by its table, events by their number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kiosk.services.refused import FileRefused

_WORDS = {
    "model_type": "should be a table",
    "dict_type": "should be a table",
    "tuple_type": "should be a list",
    "string_type": "should be text in quotes",
    "bool_type": "should be true or false, without quotes",
    "int_type": "should be a whole number, without quotes",
}
"""By pydantic's names of errors."""

Read = TypeVar("Read", bound=BaseModel)


class Found:
    """Everything that was found wrong so far; each thing is said once."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, *lines: str) -> None:
        """More that is wrong."""
        self.lines += [line for line in lines if line not in self.lines]

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Go on behind the block when it finds something wrong."""
        try:
            yield
        except (Slips, FileRefused) as slips:
            self.add(*slips.lines)


class Slips(Exception):
    """Everything that was found wrong at one stage of reading, a line for each."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read_table(table: type[Read], raw: object, *, place: str, context: Mapping[str, Any]) -> Read:
    """The raw values as a table; Slips names each wrong key after its `place`."""
    try:
        return table.model_validate(raw, context=dict(context))
    except ValidationError as error:
        found = error.errors(include_url=False)
        raise Slips(*(_slip(each, table, place) for each in found)) from error


def nearest(word: str, known: list[str]) -> str:
    """What may have been meant by an unknown word."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    return f"there are: {', '.join(known)}" if known else "there is none"


def _slip(error: ErrorDetails, table: type[BaseModel], place: str) -> str:
    path = [*error["loc"]]
    match error["type"]:
        case "missing":
            text = "is missing"
        case "extra_forbidden":
            known = [each for each in _keys(table, path[:-1]) if each not in {"at", "does"}]
            text = f"is no key of this table; {nearest(str(path[-1]), known)}"
        case "literal_error" | "enum":
            text = f"should be {error['ctx']['expected']}"
        case kind:
            text = _WORDS.get(kind, error["msg"].removeprefix("Value error, "))
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return ": ".join(filter(None, (place, key, text)))


def _keys(table: type[BaseModel], path: list[int | str]) -> list[str]:
    for part in path:
        for name, field in table.model_fields.items():
            if part == (field.alias or name):
                table = _table_in(field.annotation) or table
    return [field.alias or name for name, field in table.model_fields.items()]


def _table_in(annotation: Any) -> type[BaseModel] | None:
    """The table that an optional key, a list of tables or a table of them is made of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_table_in(each) for each in get_args(annotation))
    return next((table for table in found if table is not None), None)
