"""What each event of a stay moves in the books (docs/money.md): one function for each.

Settling a charge and giving back what is left of a deposit stand in settlement.py; cash and
wallets in journals_cash.py; providers, banks, payouts and invoices in journals_outside.py.
A service puts the transfers of an event into one Journal with its own key.
"""

from __future__ import annotations

from kiosk.domain import ledger
from kiosk.domain.ids import DriverId, OwnerId, ReservationId, ShopId
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money
from kiosk.domain.settlement import Shared, divided

COMPENSATION = "recall-compensation"
"""The kind of a journal by which an owner owes a driver something beside any fee."""

# Money into escrow ----------------------------------------------------------------------------


def paid_in(reservation_id: ReservationId, *, account: str, amount: Money) -> tuple[Transfer, ...]:
    """A deposit, an extension or what was due is paid, or an authorised deposit is posted.

    `account` is whoever pays: psp, wallet, held-by-owner, fleet.
    """
    return (Transfer(account, ledger.escrow(reservation_id), amount),)


def validated_by_shop(
    reservation_id: ReservationId, shop_id: ShopId, amount: Money
) -> tuple[Transfer, ...]:
    """A shop pays a part of the stay of somebody who bought there."""
    return paid_in(reservation_id, account=ledger.receivable_shop(shop_id), amount=amount)


def promoted(reservation_id: ReservationId, amount: Money) -> tuple[Transfer, ...]:
    """The operator pays a part of a stay with a voucher that it gave away."""
    return paid_in(reservation_id, account=ledger.PROMO, amount=amount)


# Shares back ----------------------------------------------------------------------------------


def unshared(shared: tuple[Transfer, ...]) -> tuple[Transfer, ...]:
    """What parties had got of a fee goes back to where it came from, transfer by transfer."""
    return tuple(Transfer(each.credit, each.debit, each.amount) for each in shared)


# Money back to drivers ------------------------------------------------------------------------


def refund_paid(
    reservation_id: ReservationId, *, account: str, amount: Money
) -> tuple[Transfer, ...]:
    """What was due to a driver has reached him by psp, wallet, held-by-owner or fleet.

    Over the counter it is cash_given (journals_cash.py), which rounds.
    """
    return (Transfer(ledger.refund_due(reservation_id), account, amount),)


def refund_granted(reservation_id: ReservationId, back: Shared) -> tuple[Transfer, ...]:
    """A part of a settled fee goes back: each party gives its part.

    `back` is what settlement.given_back says: shares below zero.
    """
    return divided(ledger.refund_due(reservation_id), back)


def goodwill_granted(reservation_id: ReservationId, amount: Money) -> tuple[Transfer, ...]:
    """The operator gives something back from its own pocket."""
    return (Transfer(ledger.GOODWILL, ledger.refund_due(reservation_id), amount),)


def goodwill_into_wallet(driver_id: DriverId, amount: Money) -> tuple[Transfer, ...]:
    """The operator gives something to a driver whom no stay stands for."""
    return (Transfer(ledger.GOODWILL, ledger.wallet(driver_id), amount),)


def compensated_by_owner(
    reservation_id: ReservationId, owner_id: OwnerId, amount: Money
) -> tuple[Transfer, ...]:
    """An owner who recalls a space owes its driver something."""
    return (Transfer(ledger.owner(owner_id), ledger.refund_due(reservation_id), amount),)


# Debts of drivers -----------------------------------------------------------------------------


def left_unpaid(reservation_id: ReservationId, amount: Money) -> tuple[Transfer, ...]:
    """A car was let out before it had paid all: a claim that is nobody's income yet."""
    return (Transfer(ledger.RECEIVABLE_DRIVER, ledger.uncollected(reservation_id), amount),)


def paid_later(
    reservation_id: ReservationId, *, account: str, amount: Money
) -> tuple[Transfer, ...]:
    """What was left unpaid, or a part of it, is paid; it lies in escrow, to be shared.

    share_transfers with the difference of the two splits belongs into the same journal.
    """
    return (
        Transfer(account, ledger.RECEIVABLE_DRIVER, amount),
        Transfer(ledger.uncollected(reservation_id), ledger.escrow(reservation_id), amount),
    )


def unpaid_written_off(reservation_id: ReservationId, amount: Money) -> tuple[Transfer, ...]:
    """What was left unpaid is given up: nobody ever had a share of it."""
    return (Transfer(ledger.uncollected(reservation_id), ledger.RECEIVABLE_DRIVER, amount),)


def capture_failed(claim: str, amount: Money) -> tuple[Transfer, ...]:
    """A provider will not pay what was posted from its authorisation: the driver owes it.

    The parties keep their shares: the car has left with a receipt.
    """
    return (Transfer(ledger.RECEIVABLE_DRIVER, claim, amount),)


def debt_paid(account: str, amount: Money) -> tuple[Transfer, ...]:
    """A driver pays what a failed capture left open."""
    return (Transfer(account, ledger.RECEIVABLE_DRIVER, amount),)


def debt_written_off(amount: Money) -> tuple[Transfer, ...]:
    """What a failed capture left open is given up: the operator has paid the parties itself."""
    return (Transfer(ledger.BAD_DEBT, ledger.RECEIVABLE_DRIVER, amount),)


# Chargebacks ----------------------------------------------------------------------------------


def chargeback_opened(claim: str, *, amount: Money, fee: Money) -> tuple[Transfer, ...]:
    """A provider takes a payment back while it asks who is right, and its fee.

    `claim` is the account that it had paid into: psp, held-by-owner.
    """
    return (
        Transfer(ledger.disputed(claim), claim, amount),
        *ledger.moved(ledger.PROVIDER_FEES, claim, fee),
    )


def chargeback_lost(claim: str, *, amount: Money, back: Shared) -> tuple[Transfer, ...]:
    """The driver's bank was right: each party gives its part, the operator what is beyond.

    `back` is what settlement.given_back says of so much of the charge as the chargeback covers;
    what was disputed beyond it (a deposit of which the rest had gone back already, or a loss
    that the operator bears) is chargeback-loss.
    """
    beyond = amount + back.total
    assert beyond.minor >= 0, "no more is taken from the parties than was disputed"
    pot = ledger.disputed(claim)
    return (
        *divided(pot, back),
        *ledger.moved(ledger.CHARGEBACK_LOSS, pot, beyond),
    )


def held_refund_lost(
    claim: str, reservation_id: ReservationId, amount: Money
) -> tuple[Transfer, ...]:
    """A refund that was held back while the bank decided meets the chargeback first."""
    return ledger.moved(ledger.refund_due(reservation_id), ledger.disputed(claim), amount)


def loss_met(back: Shared) -> tuple[Transfer, ...]:
    """A payment was lost before it was shared out: of what they got, the parties give theirs.

    `back` is what settlement.given_back says: shares below zero.
    """
    return divided(ledger.CHARGEBACK_LOSS, back)


def lost_before_refund(reservation_id: ReservationId, amount: Money) -> tuple[Transfer, ...]:
    """A refund comes due of a payment that is lost already: the driver has it from his bank."""
    return (Transfer(ledger.refund_due(reservation_id), ledger.CHARGEBACK_LOSS, amount),)


def chargeback_turned(claim: str, *, amount: Money, back: Shared) -> tuple[Transfer, ...]:
    """What was lost is won after all: the parties have their parts again, the operator the rest.

    `back` is what they had given (below zero) of so much that was lost without held refunds.
    """
    beyond = amount + back.total
    assert beyond.minor >= 0, "the parties get no more again than was disputed"
    pot = ledger.disputed(claim)
    return (*divided(pot, -back), *ledger.moved(pot, ledger.CHARGEBACK_LOSS, beyond))


def held_refund_due_again(
    claim: str, reservation_id: ReservationId, amount: Money
) -> tuple[Transfer, ...]:
    """The refund that met a chargeback is due again: the bank has turned its mind."""
    return ledger.moved(ledger.disputed(claim), ledger.refund_due(reservation_id), amount)


def chargeback_won(claim: str, amount: Money) -> tuple[Transfer, ...]:
    """The provider gives back what it had taken."""
    return (Transfer(claim, ledger.disputed(claim), amount),)
