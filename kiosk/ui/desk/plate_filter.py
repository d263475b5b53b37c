"""Finds a stay by what an attendant types; folds signs that look alike (ux 30), asks no core."""

from __future__ import annotations

_ALIKE = str.maketrans({"O": "0", "I": "1", "B": "8"})
_NEAR_FROM_SIGNS = 3
"""With fewer signs typed nearly every plate would be near."""


def folded(text: str) -> str:
    """Only letters and digits, upper case, with O as 0, I as 1 and B as 8."""
    return "".join(sign for sign in text.upper() if sign.isalnum()).translate(_ALIKE)


def matches(wanted: str, fields: tuple[str, ...]) -> bool:
    """Whether a folded field holds the folded text; nothing typed matches everything."""
    return any(wanted in field for field in fields)


def is_near(wanted: str, fields: tuple[str, ...]) -> bool:
    """Whether a folded field holds the folded text but for one wrong, missing or extra sign."""
    if len(wanted) < _NEAR_FROM_SIGNS:
        return False
    return any(
        _one_wrong(wanted, field) or _one_missing(wanted, field) or _one_missing(field, wanted)
        for field in fields
    )


def _one_wrong(wanted: str, field: str) -> bool:
    length = len(wanted)
    return any(
        sum(left != right for left, right in zip(wanted, field[at : at + length], strict=True))
        <= 1
        for at in range(len(field) - length + 1)
    )


def _one_missing(shorter: str, longer: str) -> bool:
    """Whether `shorter` is `longer` without one of its signs."""
    if len(longer) != len(shorter) + 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
