"""The rows of "More journals" (money.md): wallets, cash, surcharges, suspense, vouchers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import ledger
from kiosk.domain.ids import DriverId, OwnerId, ReservationId
from kiosk.domain.journals import (
    compensated_by_owner,
    goodwill_into_wallet,
    paid_in,
    refund_paid,
)
from kiosk.domain.journals_cash import (
    cash_given,
    cash_taken,
    float_brought,
    round_cash,
    shift_closed,
    till_banked,
    wallet_topped_up,
)
from kiosk.domain.journals_outside import (
    found_less,
    found_more,
    less_explained,
    more_explained,
)
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.settlement import (
    Shared,
    displaced_share,
    displaced_transfers,
    given_back,
    refund_transfers,
    share_transfers,
    split,
    split_charge,
)
from tests.domain.books import Books
from tests.domain.examples import TERMS, euro, minutes

R1, R2, OWNER, ADA = ReservationId(1), ReservationId(2), OwnerId(7), DriverId(3)
PSP, WALLET = ledger.psp("simulator"), ledger.wallet(ADA)
TILL = ledger.till("desk-1")
LATE = Charge(
    minutes(0, 60),
    (
        ChargeLine(kind=LineKind.OVERSTAY, amount=euro(1350)),
        ChargeLine(kind=LineKind.OVERSTAY_SURCHARGE, amount=euro(119)),
    ),
    euro(1469),
    euro(0),
)
"""Row 3's stay with a surcharge."""


@pytest.fixture
def books() -> Books:
    return Books()


def franc(minor: int) -> Money:
    """An amount in Rappen, of which the smallest coin has five."""
    return Money(minor, "CHF")


# Wallets --------------------------------------------------------------------------------------


def test_a_wallet_is_topped_up_pays_and_gets_its_refund(books: Books) -> None:
    books.post(wallet_topped_up(ADA, account=PSP, amount=euro(2000)))
    assert books.balances() == {PSP: -2000, WALLET: 2000}

    books.post(paid_in(R1, account=WALLET, amount=euro(1000)))
    assert books.balances() == {PSP: -2000, WALLET: 1000, "escrow:1": 1000}

    books.post(share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    books.post(refund_transfers(R1, euro(300), WALLET))
    parties = {"owner:7": 506, "commission": 104, "vat": 20, "manager": 70}
    assert books.balances() == {PSP: -2000, WALLET: 1300, **parties}


def test_goodwill_into_a_wallet_is_the_operators_expense(books: Books) -> None:
    books.post(goodwill_into_wallet(ADA, euro(500)))

    assert books.balances() == {"goodwill": -500, WALLET: 500}


# Cash -----------------------------------------------------------------------------------------


def test_a_shift_with_its_float_that_is_short_by_ten(books: Books) -> None:
    books.post(float_brought("desk-1", euro(5000)))
    assert books.balances() == {TILL: -5000, "bank": 5000}

    books.post(cash_taken("desk-1", into=WALLET, amount=euro(2000)))
    books.post(shift_closed("desk-1", expected=euro(7000), counted=euro(6990)))
    books.post(till_banked("desk-1", euro(6990)))

    assert books.balances() == {WALLET: 2000, "cash-over-short": -10, "bank": 5000 - 6990}


def test_a_till_with_too_much_in_it(books: Books) -> None:
    books.post(cash_taken("desk-1", into=WALLET, amount=euro(2000)))

    books.post(shift_closed("desk-1", expected=euro(2000), counted=euro(2015)))

    assert books.balances() == {WALLET: 2000, TILL: -2015, "cash-over-short": 15}


def test_a_till_that_holds_what_it_should_moves_nothing() -> None:
    assert shift_closed("desk-1", expected=euro(2000), counted=euro(2000)) == ()


@pytest.mark.parametrize(
    ("amount", "step", "rounded"),
    [
        pytest.param(franc(102), 5, franc(100), id="CHF 0.05 down"),
        pytest.param(franc(103), 5, franc(105), id="CHF 0.05 up"),
        pytest.param(franc(2), 5, franc(0), id="CHF 0.02 is no coin"),
        pytest.param(franc(5), 10, franc(10), id="half of a step goes up"),
        pytest.param(Money(701, "JPY"), 1, Money(701, "JPY"), id="JPY has all its coins"),
        pytest.param(Money(1252, "KWD"), 5, Money(1250, "KWD"), id="KWD 0.005 down"),
        pytest.param(Money(1253, "KWD"), 5, Money(1255, "KWD"), id="KWD 0.005 up"),
    ],
)
def test_cash_is_rounded_to_the_coins_that_there_are(
    amount: Money, step: int, rounded: Money
) -> None:
    assert round_cash(amount, step) == rounded


@pytest.mark.parametrize(("minor", "step"), [(-1, 5), (100, 0)])
def test_neither_a_debt_nor_a_coin_of_no_worth_is_rounded(minor: int, step: int) -> None:
    with pytest.raises(AssertionError):
        round_cash(franc(minor), step)


@given(st.integers(0, 10**9), st.sampled_from([1, 5, 10, 50, 100]))
def test_a_rounded_amount_is_a_multiple_and_no_other_is_nearer(minor: int, step: int) -> None:
    rounded = round_cash(franc(minor), step).minor

    assert rounded % step == 0
    assert -step < 2 * (minor - rounded) < step or 2 * (rounded - minor) == step


@pytest.mark.parametrize(
    ("minor", "in_till", "rounding"),
    [
        pytest.param(102, 100, {"rounding": -2}, id="down: the operator gives up two"),
        pytest.param(103, 105, {"rounding": 2}, id="up: the operator gets two"),
        pytest.param(100, 100, {}, id="even"),
        pytest.param(2, 0, {"rounding": -2}, id="less than any coin"),
    ],
)
def test_what_is_taken_in_cash_reaches_escrow_exactly(
    books: Books, minor: int, in_till: int, rounding: dict[str, int]
) -> None:
    books.post(cash_taken("desk-1", into="escrow:1", amount=franc(minor), step=5))

    tills = {TILL: -in_till} if in_till else {}
    assert books.balances() == {**tills, "escrow:1": minor, **rounding}


@pytest.mark.parametrize(
    ("minor", "from_till", "rounding"),
    [
        pytest.param(102, 100, {"rounding": 2}, id="down: the operator keeps two"),
        pytest.param(103, 105, {"rounding": -2}, id="up: the operator gives two"),
        pytest.param(100, 100, {}, id="even"),
    ],
)
def test_what_is_given_in_cash_is_owed_no_more(
    books: Books, minor: int, from_till: int, rounding: dict[str, int]
) -> None:
    books.post(paid_in(R1, account=PSP, amount=franc(minor)))
    books.post(refund_transfers(R1, franc(minor), None))

    books.post(cash_given("desk-1", out_of="refund-due:1", amount=franc(minor), step=5))

    assert books.balances() == {PSP: -minor, TILL: from_till, **rounding}


# The surcharge of an overstay -----------------------------------------------------------------


def overstayed(books: Books) -> None:
    """Row 3's stay is settled, with its surcharge."""
    books.post(paid_in(R1, account=PSP, amount=LATE.total))
    books.post(share_transfers(R1, Shared.to(OWNER, split_charge(LATE, TERMS))))


def test_where_nobody_was_displaced_the_surcharge_is_commission_with_its_vat(
    books: Books,
) -> None:
    overstayed(books)

    assert books.balances() == {
        PSP: -1469,
        "owner:7": 975,
        "commission": 202 + 100,
        "vat": 38 + 19,
        "manager": 135,
    }


def test_half_of_the_surcharge_is_due_to_whom_the_overstay_displaced(books: Books) -> None:
    overstayed(books)

    books.post(displaced_transfers(displaced_share(LATE, TERMS), [R2]))

    # 119 // 2 = 59 to the driver; of the 60 left, 10 is tax.
    assert books.balances() == {
        PSP: -1469,
        "refund-due:2": 59,
        "owner:7": 975,
        "commission": 202 + 50,
        "vat": 38 + 10,
        "manager": 135,
    }


def test_what_goes_back_of_an_overstay_is_the_operators_surcharge_first(books: Books) -> None:
    back = given_back(LATE, TERMS, before=euro(0), now=euro(119))

    assert (back.owner, back.manager) == (euro(0), euro(0))
    assert (back.commission, back.vat) == (euro(-100), euro(-19))


# Recalls, vouchers, suspense ------------------------------------------------------------------


def test_an_owner_who_recalls_may_owe_more_than_was_earned(books: Books) -> None:
    books.post(compensated_by_owner(R1, OWNER, euro(200)))
    books.post(refund_paid(R1, account=WALLET, amount=euro(200)))

    assert books.balances() == {"owner:7": -200, WALLET: 200}


def test_money_that_a_provider_has_too_much_waits_until_it_is_explained(books: Books) -> None:
    books.post(found_more("simulator", euro(480)))
    assert books.balances() == {PSP: -480, "suspense:simulator": 480}

    books.post(more_explained("simulator", account="escrow:1", amount=euro(480)))
    assert books.balances() == {PSP: -480, "escrow:1": 480}


def test_money_that_a_provider_has_too_little_waits_until_it_is_explained(books: Books) -> None:
    books.post(found_less("simulator", euro(35)))
    assert books.balances() == {PSP: 35, "suspense:simulator": -35}

    books.post(less_explained("simulator", account="provider-fees", amount=euro(35)))
    assert books.balances() == {PSP: 35, "provider-fees": -35}
