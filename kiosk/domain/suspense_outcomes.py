"""What can come of explaining what a provider and our books disagree about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.money import Money


class WhatItWas(StrEnum):
    """Who has, or has given, what a provider and our books disagree about."""

    BANK = "bank"
    """The provider has settled it with our bank."""
    PROVIDER_FEES = "provider-fees"
    """A fee, or one that came back: the operator bears it, or gains it."""
    DRIVER = "driver"
    """It belongs to the driver of a reservation, or has gone back to that driver."""


@dataclass(frozen=True, slots=True)
class SuspenseExplained:
    """The books say what it was; nobody has to look any more."""

    amount: Money


@dataclass(frozen=True, slots=True)
class NothingToExplain:
    """It is explained by now, or was never open; nothing moved."""


@dataclass(frozen=True, slots=True)
class NotThatOne:
    """It cannot have been that; nothing moved.

    A driver gets back what a provider has too much, or what it did not give back; what it gave
    back must have been due to the driver.
    """
