"""The tables of a scenario that say how money is handled: operator, desk, payouts, who else pays.

Amounts are in the currency of the site, where a site file counts its smallest units.
"""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictStr

from kiosk.app.board_tables import Table
from kiosk.app.money_tables import OperatorTable, PayoutsTable
from kiosk.app.scenario_tables import Name
from kiosk.app.scenario_times import Limit
from kiosk.domain.money import Money
from kiosk.domain.payout import PayoutTerms
from kiosk.domain.site import OfflineLimits

ATTENDANT = "Attendant"
"""Stands at the desk in every story."""


class SmallOperatorTable(OperatorTable):
    """[operator]: who runs the site; what receipts, invoices and payouts say of it."""


class SmallDeskTable(Table):
    """[desk]: who works there, and what one of them may not do alone."""

    attendants: tuple[Name, ...] = ()
    """Who else works there besides the Attendant."""
    shifts: StrictBool = False
    """Cash needs an open shift; the first one begins with the story and an empty till."""
    refund_two_persons_above: Limit | None = None
    """Refunds of one stay above it take two attendants; left out: as in a site file."""


class SmallOfflineTable(Table):
    """[offline]: with how much a car may leave unpaid; left out: as in a site file."""

    per_stay: Limit | None = None
    per_plate: Limit | None = None
    per_site_day: Limit | None = None
    doubt: Limit | None = None

    def to_limits(self) -> OfflineLimits:
        """The domain's view of it."""
        said = {name: value for name, value in self if isinstance(value, Money)}
        return OfflineLimits(**{f"{name}_minor": value.minor for name, value in said.items()})


class SmallPayoutsTable(Table):
    """[payouts]: when owners are paid out, from how much on, and who has to agree."""

    minimum: Limit | None = None
    """Less is carried to the next run; left out: nothing is too little."""
    two_persons_above: Limit | None = None
    """A run of more takes two attendants; left out: one is enough for any."""
    weekday: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"] = "mon"
    time_local: time = time(6)
    """The weekly cut-off, by the site's wall clock."""

    def to_terms(self) -> PayoutTerms:
        """The domain's view of it."""
        two = self.two_persons_above
        table = PayoutsTable(
            minimum_minor=0 if self.minimum is None else self.minimum.minor,
            two_persons_above_minor=None if two is None else two.minor,
            weekday=self.weekday,
            time_local=self.time_local,
        )
        return table.to_terms()


class DebtorTable(Table):
    """Who gets a monthly invoice."""

    name: Name
    address: tuple[StrictStr, ...] = Field(default=(), max_length=4)
    """Line by line, without the name."""
    tax_number: Annotated[StrictStr, Field(max_length=30)] = ""


class FleetTable(DebtorTable):
    """[[fleet]]: a firm whose cars park on one monthly invoice."""

    credit_limit: Limit
    """So much at most is promised, parked for and not paid yet, together."""


class ShopTable(DebtorTable):
    """[[shop]]: pays a part of the stays of those who buy there."""
