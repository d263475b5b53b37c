"""Rows 10 and 11 of "Journals, worked", the merchant of record, and other currencies."""

from __future__ import annotations

import pytest

from kiosk.domain.ids import OwnerId, PayoutId
from kiosk.domain.journals import (
    paid_in,
    refund_granted,
    refund_paid,
)
from kiosk.domain.journals_cash import (
    cash_given,
    cash_taken,
    shift_closed,
    till_banked,
)
from kiosk.domain.journals_outside import (
    handed_over,
    shared_by_merchant,
)
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money
from kiosk.domain.settlement import (
    Shared,
    Shares,
    SplitRule,
    SplitTerms,
    refund_transfers,
    share_transfers,
    split,
)
from tests.domain.books import Books, Moves
from tests.domain.examples import TERMS, euro
from tests.domain.stay_moves import HELD, OWNER, PSP, R1, back, paid

PAYOUT = PayoutId(9)


@pytest.fixture
def books() -> Books:
    return Books()


# Row 10 ---------------------------------------------------------------------------------------


def test_row_10_cash_from_the_hand_of_the_driver_to_the_bank(books: Books) -> None:
    books.post(cash_taken("desk-1", into="escrow:1", amount=euro(1000)))
    books.post(share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    books.post(refund_transfers(R1, euro(300), None))
    books.post(cash_given("desk-1", out_of="refund-due:1", amount=euro(300)))
    assert books.balances()["till:desk-1"] == -700

    books.post(shift_closed("desk-1", expected=euro(700), counted=euro(690)))
    books.post(till_banked("desk-1", euro(690)))

    assert books.balances() == {
        "bank": -690,
        "cash-over-short": -10,
        "owner:7": 506,
        "commission": 104,
        "vat": 20,
        "manager": 70,
    }


# Row 11 ---------------------------------------------------------------------------------------


def test_row_11_the_owner_is_the_merchant(books: Books) -> None:
    shares = split(euro(700), TERMS)
    books.post(paid(1000, account=HELD))
    books.post(
        share_transfers(R1, Shared.to(OWNER, shares)), refund_transfers(R1, euro(300), HELD)
    )
    passed_on = shared_by_merchant(OWNER, shares)

    assert passed_on == (
        Transfer("psp:operator", HELD, euro(124)),
        Transfer("manager", HELD, euro(70)),
        Transfer("owner:7", HELD, euro(506)),
    )
    books.post(passed_on)
    assert books.balances() == {"psp:operator": -124, "commission": 104, "vat": 20}


def test_row_9_where_the_owner_is_the_merchant(books: Books) -> None:
    shares = split(euro(1100), TERMS)
    books.post(paid(1100, account=HELD), share_transfers(R1, Shared.to(OWNER, shares)))
    books.post(shared_by_merchant(OWNER, shares))
    given = back(200, of=1100)

    books.post(refund_granted(R1, Shared.to(OWNER, given)), refund_transfers_to_held(200))
    books.post(shared_by_merchant(OWNER, given))

    assert books.balances() == {"psp:operator": -134 - 26, "commission": 134, "vat": 26}


def test_who_took_the_money_for_another_owners_space_hands_it_over(books: Books) -> None:
    shares = split(euro(700), TERMS)
    books.post(paid(1000, account=HELD))
    books.post(
        share_transfers(R1, Shared.to(OwnerId(8), shares)), refund_transfers(R1, euro(300), HELD)
    )
    moved = handed_over(HELD, euro(700))

    assert moved == (Transfer("psp:operator", HELD, euro(700)),)
    books.post(moved)
    parties = {"owner:8": 506, "commission": 104, "vat": 20, "manager": 70}
    assert books.balances() == {**parties, "psp:operator": -700}


def test_of_what_was_handed_over_a_later_refund_is_given_again(books: Books) -> None:
    books.post(paid(1100, account=HELD))
    books.post(share_transfers(R1, Shared.to(OwnerId(8), split(euro(1100), TERMS))))
    books.post(handed_over(HELD, euro(1100)))

    books.post(
        refund_granted(R1, Shared.to(OwnerId(8), back(200, of=1100))),
        refund_transfers_to_held(200),
    )
    zero = euro(0)
    moved = shared_by_merchant(OWNER, Shares(zero, euro(-200), zero, zero))

    assert moved == (Transfer(HELD, "psp:operator", euro(200)),)
    books.post(moved)
    parties = {"owner:8": 650, "commission": 134, "vat": 26, "manager": 90}
    assert books.balances() == {**parties, "psp:operator": -900}


def refund_transfers_to_held(minor: int) -> Moves:
    """The owner, who took the driver's money, gives it back."""
    return refund_paid(R1, account=HELD, amount=euro(minor))


def test_a_merchant_who_takes_nothing_passes_nothing_on() -> None:
    assert shared_by_merchant(OWNER, Shares.nothing("EUR")) == ()


# Currencies without decimals and with three ---------------------------------------------------


@pytest.mark.parametrize("rule", SplitRule)
def test_700_yen_with_10_per_cent_of_tax(books: Books, rule: SplitRule) -> None:
    fee, terms = Money(700, "JPY"), SplitTerms(1500, 1000, 1000, rule)
    books.post(paid_in(R1, account=PSP, amount=Money(1000, "JPY")))
    books.post(share_transfers(R1, Shared.to(OWNER, split(fee, terms))))
    books.post(refund_transfers(R1, Money(300, "JPY"), PSP))

    # 115.5 of commission with VAT and 514.5 for the owner: the earlier of the two is the owner.
    assert books.balances() == {
        PSP: -700,
        "owner:7": 515,
        "commission": 105,
        "vat": 10,
        "manager": 70,
    }


@pytest.mark.parametrize("rule", SplitRule)
def test_1_250_dinars_without_tax(books: Books, rule: SplitRule) -> None:
    fee, terms = Money(1250, "KWD"), SplitTerms(1500, 0, 1000, rule)
    books.post(paid_in(R1, account=PSP, amount=fee))
    books.post(share_transfers(R1, Shared.to(OWNER, split(fee, terms))))

    # 187.5 of commission and 937.5 for the owner.
    assert books.balances() == {PSP: -1250, "owner:7": 938, "commission": 187, "manager": 125}


def test_yen_with_the_owner_as_the_merchant(books: Books) -> None:
    fee = Money(700, "JPY")
    shares = split(fee, SplitTerms(1500, 1000, 1000))
    books.post(
        paid_in(R1, account=HELD, amount=fee), share_transfers(R1, Shared.to(OWNER, shares))
    )

    books.post(shared_by_merchant(OWNER, shares))

    assert books.balances() == {"psp:operator": -115, "commission": 105, "vat": 10}


def test_dinars_with_the_owner_as_the_merchant(books: Books) -> None:
    fee = Money(1250, "KWD")
    shares = split(fee, SplitTerms(1500, 0, 1000))
    books.post(
        paid_in(R1, account=HELD, amount=fee), share_transfers(R1, Shared.to(OWNER, shares))
    )

    books.post(shared_by_merchant(OWNER, shares))

    assert books.balances() == {"psp:operator": -187, "commission": 187}
