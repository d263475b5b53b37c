"""Conditions that tables, indexes and queries must say alike.

By OR, not by IN: of a list of more than two SQLite builds a table each time that it checks a row,
which made a settlement a tenth slower (docs/decisions/0013).
"""

from __future__ import annotations


def one_of(column: str, *values: str) -> str:
    """Whether a column has one of these values."""
    return "(" + " OR ".join(f"{column} = '{value}'" for value in values) + ")"


def live(column: str = "state") -> str:
    """A reservation that has its space to itself."""
    return one_of(column, "pending", "confirmed", "arrived")


ENDED = one_of(
    "state", "expired", "cancelled", "no-show", "substituted", "displaced", "owner-recalled"
)
"""A reservation that never became a stay."""
UNFINISHED = one_of("state", "new", "sent", "pending", "in-doubt")
"""An operation whose result is not known yet."""
UNREPORTED = ("restart", "io_lost", "fire", "stopped", "held", "locked", "loop_suspect")
"""Why a grant ended whose car may have passed all the same: the program or the board was away,
the arm stayed up for a fire or an attendant, or the loop is not believed."""
