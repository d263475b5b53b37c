"""Which page the desk shows, who sits at it, and what was just done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the window shows."""

    page: str = "locked"
    """locked, overview, stay, wallet, till"""
    attendant: str = ""
    time: str = ""
    said: str = ""
    said_of: str = ""
    """What was just done (ordered, moved, closed ...), to which lane, plate or space."""
