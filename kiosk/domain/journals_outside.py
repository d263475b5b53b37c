"""What providers, the bank, owners, fleets and shops move in the books, apart from any stay."""

from __future__ import annotations

from kiosk.domain import ledger
from kiosk.domain.ids import FleetId, OwnerId, PayoutId, ShopId
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money
from kiosk.domain.settlement import Shares

# Providers ------------------------------------------------------------------------------------


def fee_taken(adapter: str, amount: Money) -> tuple[Transfer, ...]:
    """A provider keeps its fee of what it owes us."""
    return (Transfer(ledger.PROVIDER_FEES, ledger.psp(adapter), amount),)


def provider_settled(adapter: str, amount: Money) -> tuple[Transfer, ...]:
    """A provider has sent what it owes to our bank account."""
    return (Transfer(ledger.BANK, ledger.psp(adapter), amount),)


def found_more(adapter: str, amount: Money) -> tuple[Transfer, ...]:
    """A provider reports money for us that we cannot explain yet."""
    return (Transfer(ledger.psp(adapter), ledger.suspense(adapter), amount),)


def found_less(adapter: str, amount: Money) -> tuple[Transfer, ...]:
    """A provider has taken or does not have what we cannot explain yet."""
    return (Transfer(ledger.suspense(adapter), ledger.psp(adapter), amount),)


def more_explained(adapter: str, *, account: str, amount: Money) -> tuple[Transfer, ...]:
    """Whose money it was that a provider had too much: an escrow, a wallet, or psp itself."""
    return (Transfer(ledger.suspense(adapter), account, amount),)


def less_explained(adapter: str, *, account: str, amount: Money) -> tuple[Transfer, ...]:
    """Who pays for what a provider had too little: a refund-due, fees, or psp itself."""
    return (Transfer(account, ledger.suspense(adapter), amount),)


# Owners ---------------------------------------------------------------------------------------


def payout_started(owner_id: OwnerId, payout_id: PayoutId, amount: Money) -> tuple[Transfer, ...]:
    """What an owner is owed is on its way."""
    return (Transfer(ledger.owner(owner_id), ledger.payout_in_flight(payout_id), amount),)


def payout_paid(payout_id: PayoutId, amount: Money) -> tuple[Transfer, ...]:
    """The bank has paid it."""
    return (Transfer(ledger.payout_in_flight(payout_id), ledger.BANK, amount),)


def payout_rejected(owner_id: OwnerId, payout_id: PayoutId, amount: Money) -> tuple[Transfer, ...]:
    """The bank has sent it back: the owner is owed it again."""
    return (Transfer(ledger.payout_in_flight(payout_id), ledger.owner(owner_id), amount),)


def payout_returned(owner_id: OwnerId, payout_id: PayoutId, amount: Money) -> tuple[Transfer, ...]:
    """The bank has sent back what it had paid: out of the bank, and owed to the owner again."""
    came_back = Transfer(ledger.BANK, ledger.payout_in_flight(payout_id), amount)
    return (came_back, *payout_rejected(owner_id, payout_id, amount))


def shared_by_merchant(owner_id: OwnerId, shares: Shares) -> tuple[Transfer, ...]:
    """The owner is the merchant of record and passes on what is not the owner's.

    Commission with its VAT reaches the operator's account at the owner's provider, the manager
    is paid by the owner, and what the owner holds is the owner's. Belongs into the journal of
    the settlement whose shares these are; shares below zero come back the same way.
    """
    held = ledger.held_by_owner(owner_id)
    parts = (
        (ledger.OPERATORS_PSP, shares.commission + shares.vat),
        (ledger.MANAGER, shares.manager),
        (ledger.owner(owner_id), shares.owner),
    )
    return tuple(
        Transfer(account, held, share) if share.minor > 0 else Transfer(held, account, -share)
        for account, share in parts
        if share
    )


def handed_over(claim: str, amount: Money) -> tuple[Transfer, ...]:
    """An owner took a driver's money as the merchant, and another owner's space was used.

    Whatever does not go back to the driver reaches the operator, who owes the parties theirs.
    `claim` is what the owner holds (held-by-owner).
    """
    return (Transfer(ledger.OPERATORS_PSP, claim, amount),)


# Fleets and shops -----------------------------------------------------------------------------


def fleet_invoiced(fleet_id: FleetId, amount: Money) -> tuple[Transfer, ...]:
    """Stays of a fleet stand on an invoice now."""
    return (Transfer(ledger.fleet_invoiced(fleet_id), ledger.fleet_unbilled(fleet_id), amount),)


def fleet_paid(fleet_id: FleetId, amount: Money) -> tuple[Transfer, ...]:
    """A fleet has paid an invoice."""
    return (Transfer(ledger.BANK, ledger.fleet_invoiced(fleet_id), amount),)


def shop_paid(shop_id: ShopId, amount: Money) -> tuple[Transfer, ...]:
    """A shop has paid what it had validated."""
    return (Transfer(ledger.BANK, ledger.receivable_shop(shop_id), amount),)
