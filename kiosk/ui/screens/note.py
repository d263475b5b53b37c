"""What a screen says when something went otherwise: what happened, about money, what to do now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One message in the order of ux 32, with a small number for the attendant."""

    happened: str
    money: str
    now: str
    number: str
    is_bad: bool = True
    """False for news that is nobody's trouble: painted calmly."""
