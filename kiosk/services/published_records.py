"""What reading other people's published records has in common: refusals and their words.

What a record means is read in tariff_imports and inventory_imports.
"""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record of a source that was not taken: which one, and the element that is why."""

    what: str
    reason: str


class CannotSay(Exception):
    """A record has an element that we cannot say in our words; the text names it."""


def words(error: ValidationError) -> str:
    """What is wrong with a record, as one line: the first element that does not fit."""
    first = error.errors(include_url=False, include_context=False)[0]
    path = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    problem = "is not known here" if first["type"] == "extra_forbidden" else said
    return f"{path or 'the record'}: {problem[:1].lower()}{problem[1:]}"


def quoted(text: str) -> str:
    """Published words inside one of our lines, without line ends and not endless."""
    line = " ".join(text.split())
    return f"«{line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + '…'}»"


def exact(value: object) -> object:
    """Refuses a float: a number must have been read as a decimal one."""
    if isinstance(value, float):
        raise ValueError("was read as a float; read the file with parse_float=Decimal")
    return value
