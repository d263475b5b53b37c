"""The events of a scenario that are about money alone: one table for each kind.

Tills, shops, fleets, payouts, refunds, disputes; what a verb does stands in scenario_till.py and
its neighbours.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, model_validator

from kiosk.app.board_tables import Table
from kiosk.app.scenario_events import DriverEvent, EventTable, WalletEvent
from kiosk.app.scenario_tables import Name
from kiosk.app.scenario_times import Limit, Paid, TimeText
from kiosk.domain.disputes import DisputeKind
from kiosk.domain.invoice import Month
from kiosk.domain.money import Money
from kiosk.domain.validation import Given, ValidationKind


def _a_month(text: str) -> str:
    month = Month.read(text)
    if month is None or not 2020 <= month.year < 2100:
        raise ValueError(f'"{text}" should be a month; write for example "2026-06"')
    return text


MonthText = Annotated[StrictStr, AfterValidator(_a_month)]


class ShiftEvent(EventTable):
    """Somebody counts the till."""

    counted: Limit


class CloseShift(ShiftEvent):
    """The shift ends."""

    left: Limit | None = None
    """Stays in the till; left out: all goes to the bank."""


class PayOutWallet(WalletEvent):
    """Cash out of a wallet, at the desk."""

    amount: Paid | None = None
    """Left out: all that is on it."""


# Who else pays ---------------------------------------------------------------------------


class Worth(Table):
    """What a shop, or the operator, gives."""

    shop: Name | None = None
    """Left out: the operator."""
    amount: Paid | None = None
    minutes: Annotated[StrictInt, Field(ge=1, le=100_000)] | None = None
    percent: Annotated[StrictInt, Field(ge=1, le=100)] | None = None

    @model_validator(mode="after")
    def _is_one_of_three(self) -> Worth:
        if sum(each is not None for each in (self.amount, self.minutes, self.percent)) != 1:
            raise ValueError("should have one of amount, minutes and percent")
        if self.amount is not None and self.amount.minor <= 0:
            raise ValueError("amount should be more than nothing")
        return self

    def given(self) -> Given:
        """The domain's view of it."""
        if self.amount is not None:
            return Given(ValidationKind.AMOUNT, self.amount.minor)
        if self.minutes is not None:
            return Given(ValidationKind.MINUTES, self.minutes)
        assert self.percent is not None, "it is one of the three"
        return Given(ValidationKind.PERCENT, self.percent * 100)


class Validate(DriverEvent, Worth):
    """The attendant enters what a shop gives to a car inside."""


class GiveVoucher(EventTable, Worth):
    """A shop gives a voucher to a driver."""

    who: Name
    days: Annotated[StrictInt, Field(ge=1, le=3660)] = 90
    """Good for so long."""


class HandOver(DriverEvent):
    """From now on somebody else pays for a car that is inside."""

    to: Name
    """The driver who takes it over."""
    by: Literal["wallet", "fleet"] | None = None
    """Left out: the wallet of who has one, else the fleet."""


class DebtorEvent(EventTable):
    """Something about the invoices of a fleet or of a shop."""

    fleet: Name | None = None
    shop: Name | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> DebtorEvent:
        if (self.fleet is None) == (self.shop is None):
            raise ValueError("should have one of fleet and shop")
        return self


class Invoice(DebtorEvent):
    """Issue the invoice of a month that is over."""

    month: MonthText

    def to_month(self) -> Month:
        """The domain's view of it."""
        month = Month.read(self.month)
        assert month is not None, "the table has read it"
        return month


class PayInvoice(DebtorEvent):
    """The bank has received something for the latest invoice."""

    amount: Paid | None = None
    """Left out: all that is open."""


# Payouts ---------------------------------------------------------------------------------


class ProposePayouts(EventTable):
    """What would be paid to owners at a cut-off."""

    cutoff: TimeText | None = None
    """Left out: the latest weekly one."""


class ApprovePayouts(EventTable):
    """An attendant stands behind the latest run, with the PIN."""

    attendant: Name = "Attendant"


class PayoutResults(EventTable):
    """What the bank says of the latest run."""

    rejected: tuple[Name, ...] = ()
    """The owners whose payouts came back; all others are paid."""
    returned: tuple[Name, ...] = ()
    """Those whose payouts came back after they were noted as paid."""
    reason: StrictStr = "account closed"


class ShowStatement(EventTable):
    """An owner's statement of a month."""

    owner: Name
    month: MonthText


# After the stay --------------------------------------------------------------------------


class ApprovedEvent(DriverEvent):
    """Takes the attendant's PIN, and for much a second one."""

    second: Name | None = None
    """The attendant who approves it, too."""


class Refund(ApprovedEvent):
    """A part of what a stay has cost goes back."""

    amount: Paid | None = None
    new_total: Limit | None = None
    """What the stay should have cost, instead of an amount."""
    goodwill: StrictBool = False
    """true: at the operator's cost alone."""
    reason: StrictStr

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Refund:
        if (self.amount is None) == (self.new_total is None):
            raise ValueError("should have one of amount and new_total")
        return self

    @property
    def money(self) -> Money:
        """The amount, or the new total."""
        money = self.new_total if self.amount is None else self.amount
        assert money is not None, "it has one of both"
        return money


class OpenDispute(DriverEvent):
    """A driver says that the parking or its price was wrong."""

    kind: DisputeKind
    words: StrictStr


class DecideDispute(ApprovedEvent):
    """The desk decides the driver's dispute."""

    amount: Paid | None = None
    """Goes back; left out: the dispute is refused."""
    goodwill: StrictBool = False
    """true: at the operator's cost alone."""
    words: StrictStr


class Chargeback(DriverEvent):
    """The bank of a driver who paid by card takes the payment back."""

    amount: Paid
    fee: Limit | None = None
    """What the provider asks for the case; left out: nothing."""
    case: StrictStr = "case-1"
    """The provider's own name of it."""


class DecideChargeback(DriverEvent):
    """The bank has decided about a case."""

    lost: StrictBool
    case: StrictStr = "case-1"


class GiveGoodwill(WalletEvent):
    """The operator puts an amount on a wallet, without a stay."""

    amount: Paid
    reason: StrictStr
    second: Name | None = None
    """The attendant who approves it, too."""


class PayLater(DriverEvent):
    """Pay what was left open at the exit."""

    by: Literal["wallet", "card", "cash"] | None = None
    """Left out: from the wallet of who has one, else by card."""


class WriteOff(DriverEvent):
    """The attendant gives up what was left open."""

    reason: StrictStr
