"""The tables of a site file that say who supplies the parking and is paid out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

from pydantic import Field

from kiosk.app.board_tables import Table
from kiosk.domain.payee import Payee, PayeePlan
from kiosk.domain.payout import PayoutTerms

if TYPE_CHECKING:
    from collections.abc import Mapping

Line = Annotated[str, Field(min_length=1, max_length=70, pattern=r"^[^\r\n]+$")]
"""As long as a bank takes a line."""


class PayeeKeys(Table):
    """What [operator] and each [[owner]] may say for receipts, invoices and payouts."""

    address: tuple[Line, ...] = Field(default=(), max_length=4)
    """Line by line, without the name."""
    tax_number: str = Field(default="", max_length=30, pattern=r"^[^\r\n]*$")
    small_business: bool = False
    """Owes no tax: its receipts show none."""
    iban: str = Field(default="", max_length=42)
    """Where payouts go; spaces do no harm."""
    bic: str = Field(default="", max_length=11)

    def to_payee(self, name: str) -> Payee:
        """The domain's view of it."""
        return Payee(
            name=name,
            address=self.address,
            tax_number=self.tax_number,
            is_small_business=self.small_business,
            iban="".join(self.iban.split()),
            bic=self.bic,
        )


class OperatorTable(PayeeKeys):
    """[operator]: who runs the site."""

    name: Annotated[str, Field(max_length=70, pattern=r"^[^\r\n]*$")] = ""
    """Without one it is the site's."""


_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class PayoutsTable(Table):
    """[payouts]: when owners are paid out, from how much on, and who has to agree."""

    minimum_minor: int = Field(default=0, ge=0, le=10**12)
    """Less is carried to the next run; in the smallest unit of the money."""
    two_persons_above_minor: int | None = Field(default=None, ge=0, le=10**15)
    """A run of more takes two attendants; without it one is enough for any."""
    weekday: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"] = "mon"
    time_local: time = time(6)
    """The weekly cut-off, by the site's wall clock."""

    def to_terms(self) -> PayoutTerms:
        """The domain's view of it."""
        return PayoutTerms(
            minimum_minor=self.minimum_minor,
            two_persons_above_minor=self.two_persons_above_minor,
            weekday=_WEEK.index(self.weekday),
            time_local=self.time_local,
        )


class NamedPayee(Protocol):
    """An [[owner]] table."""

    @property
    def name(self) -> str:
        """Unique among the owners of a site."""
        ...

    def to_payee(self, name: str) -> Payee:
        """What receipts say of the owner."""
        ...


def payee_plan(
    operator: OperatorTable, owners: Iterable[NamedPayee], *, site_name: str
) -> PayeePlan:
    """Who is named from now on."""
    named: Mapping[str, Payee] = {owner.name: owner.to_payee(owner.name) for owner in owners}
    return PayeePlan(operator.to_payee(operator.name or site_name), named)
