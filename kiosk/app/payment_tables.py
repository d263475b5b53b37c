"""[payments] and [offline] of a site file: ways to pay, and what holds when none works."""

from __future__ import annotations

from pydantic import Field

from kiosk.app.board_tables import Table
from kiosk.domain.site import OfflineLimits


class PaymentsTable(Table):
    """[payments]: ways to pay besides the wallet."""

    simulator: bool = False
    """A pretended card provider, for demos: no money moves anywhere."""
    simulator_authorises: bool = False
    """It keeps deposits and captures them at the exit, instead of charging them at once."""


class OfflineTable(Table):
    """[offline]: with how much a car may leave unpaid when no provider can take it."""

    per_stay_minor: int = Field(default=5_000, ge=0)
    per_plate_minor: int = Field(default=10_000, ge=0)
    per_site_day_minor: int = Field(default=200_000, ge=0)
    doubt_minor: int = Field(default=2_000, ge=0)

    def to_limits(self) -> OfflineLimits:
        """The domain's view of it."""
        return OfflineLimits(**self.model_dump())
