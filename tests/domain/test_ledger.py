"""The books cannot say anything unbalanced."""

from __future__ import annotations

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import DriverId, OwnerId, ReservationId
from kiosk.domain.ledger import AccountType, AmountProblem, Balance, Journal, Transfer
from kiosk.domain.money import Money
from tests.domain.examples import euro

DEPOSIT = Transfer("wallet:3", "escrow:1", euro(480))


@pytest.mark.parametrize(
    ("account", "name", "type_", "is_guarded"),
    [
        (ledger.till("desk-1"), "till:desk-1", AccountType.ASSET, False),
        (ledger.psp("simulator"), "psp:simulator", AccountType.ASSET, False),
        (ledger.escrow(ReservationId(1)), "escrow:1", AccountType.LIABILITY, True),
        (ledger.refund_due(ReservationId(1)), "refund-due:1", AccountType.LIABILITY, True),
        (ledger.wallet(DriverId(3)), "wallet:3", AccountType.LIABILITY, True),
        (ledger.owner(OwnerId(7)), "owner:7", AccountType.LIABILITY, False),
        (ledger.MANAGER, "manager", AccountType.LIABILITY, False),
        (ledger.VAT, "vat", AccountType.LIABILITY, False),
        (ledger.COMMISSION, "commission", AccountType.INCOME, False),
    ],
)
def test_each_account_has_its_name_type_and_guard(
    account: str, name: str, type_: AccountType, is_guarded: bool
) -> None:
    kind = ledger.kind_of(account)

    assert account == name
    assert (kind.type, kind.is_guarded) == (type_, is_guarded)


@pytest.mark.parametrize("minor", [0, -1])
def test_a_transfer_moves_more_than_nothing(minor: int) -> None:
    with pytest.raises(AssertionError, match="more than nothing"):
        Transfer("wallet:3", "escrow:1", euro(minor))


def test_a_transfer_fits_into_64_bits() -> None:
    assert Transfer("wallet:3", "escrow:1", euro(2**63 - 1)).amount.minor == ledger.MOST_MINOR
    with pytest.raises(AssertionError, match="fits into the books"):
        Transfer("wallet:3", "escrow:1", euro(2**63))


@pytest.mark.parametrize(
    ("amount", "most", "problem"),
    [
        (euro(1), 2000, None),
        (euro(2000), 2000, None),
        (euro(2001), 2000, AmountProblem.TOO_MUCH),
        (euro(0), 2000, AmountProblem.ZERO),
        (euro(-1), 2000, AmountProblem.NEGATIVE),
        (Money(1, "JPY"), 2000, AmountProblem.OTHER_CURRENCY),
        (euro(2**63 - 1), 2**64, None),
        (euro(2**63), 2**64, AmountProblem.TOO_MUCH),
    ],
)
def test_an_amount_from_outside_is_refused_by_its_name(
    amount: Money, most: int, problem: AmountProblem | None
) -> None:
    assert ledger.amount_problem(amount, most=euro(most)) is problem


def test_nothing_to_move_is_no_transfer() -> None:
    assert ledger.moved("wallet:3", "escrow:1", euro(0)) == ()
    assert ledger.moved("wallet:3", "escrow:1", euro(480)) == (DEPOSIT,)


def test_a_transfer_goes_from_one_account_to_another() -> None:
    with pytest.raises(AssertionError):
        Transfer("escrow:1", "escrow:1", euro(1))


@pytest.mark.parametrize(("debit", "credit"), [("pocket:1", "vat"), ("vat", "pocket:1")])
def test_an_account_of_no_kind_is_refused(debit: str, credit: str) -> None:
    with pytest.raises(KeyError, match="pocket"):
        Transfer(debit, credit, euro(1))


def test_a_journal_moves_something() -> None:
    with pytest.raises(AssertionError, match="moves something"):
        Journal("key", "deposit", ())


def test_a_journal_has_one_currency() -> None:
    yen = Transfer("wallet:3", "escrow:1", Money(480, "JPY"))

    with pytest.raises(AssertionError):
        Journal("key", "deposit", (DEPOSIT, yen))


def test_each_side_of_a_balance_is_money_of_its_currency() -> None:
    balance = Balance("wallet:3", "EUR", debits_minor=480, credits_minor=2000)
    assert (balance.debits, balance.credits) == (euro(480), euro(2000))


def test_a_balance_is_owed_by_its_credits_less_its_debits() -> None:
    assert Balance("wallet:3", "EUR", debits_minor=480, credits_minor=2000).owed == euro(1520)
    assert Balance("till:desk-1", "EUR", debits_minor=2000, credits_minor=0).owed == euro(-2000)
