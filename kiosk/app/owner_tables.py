"""The tables of a site file that say who shares spaces, when, and on which terms."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from kiosk.app.board_tables import Table
from kiosk.app.money_tables import PayeeKeys

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Minutes = Annotated[int, Field(ge=0, le=7 * 24 * 60)]
SomeMinutes = Annotated[int, Field(ge=1, le=7 * 24 * 60)]


def _beside_the_site_file(path: Path, info: ValidationInfo) -> Path:
    folder: Path = (info.context or {}).get("folder", Path())
    return folder / path


TariffPath = Annotated[Path, AfterValidator(_beside_the_site_file)]
"""A tariff file; a path that is not absolute begins beside the site file."""


class OfferTable(Table):
    """[[owner.offer]]: a weekly window in local time; until not after from: over midnight."""

    weekdays: tuple[Weekday, ...] = Field(default=WEEKDAYS, min_length=1)
    from_local: time
    until_local: time

    @model_validator(mode="after")
    def _is_to_the_minute(self) -> OfferTable:
        if self.from_local.second or self.until_local.second:
            raise ValueError("from_local and until_local should be whole minutes")
        return self


class OwnerTable(PayeeKeys):
    """[[owner]]: who shares spaces, and when; with what receipts and payouts need to know."""

    name: str = Field(min_length=1)
    kind: Literal["resident", "office", "shop", "operator", "other"] = "other"
    offer: tuple[OfferTable, ...] = Field(min_length=1)
    notice_minutes: Minutes = 0
    """How long before its start a reservation must be made; with one, no walk-ups."""
    shortest_stay_minutes: SomeMinutes | None = None
    longest_stay_minutes: SomeMinutes | None = None
    skips_holidays: bool = False
    tariff: TariffPath | None = None
    """Their own price; without one the area's."""
    split: str | None = None
    """Their own [split.NAME]; without one the area's."""

    @model_validator(mode="after")
    def _allows_some_stay(self) -> OwnerTable:
        shortest, longest = self.shortest_stay_minutes, self.longest_stay_minutes
        if shortest is not None and longest is not None and longest < shortest:
            raise ValueError("longest_stay_minutes should be at least shortest_stay_minutes")
        return self
