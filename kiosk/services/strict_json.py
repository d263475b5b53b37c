"""JSON read strictly: no key twice, and numbers with a point exactly as they were written."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any


def read_json(text: str) -> object:
    """What the text says; ValueError when it is not JSON, or says a key twice.

    Of two equal keys each program may take another one: a bill must not depend on that.
    """
    try:
        found: object = json.loads(
            text,
            parse_float=Decimal,
            parse_constant=Decimal,
            object_pairs_hook=_table,
        )
        # Half of a surrogate pair can be escaped in JSON, but never be printed or hashed.
        json.dumps(found, default=str, ensure_ascii=False).encode()
    except ArithmeticError as error:
        raise ValueError("it has a number that is too large") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    except UnicodeEncodeError as error:
        raise ValueError(f"it has half a sign, {error.object[error.start]!r}") from error
    return found


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f'the key "{double}" stands twice in one table')
    return table
