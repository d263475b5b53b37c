"""The rows of "Journals, worked" (money.md), with those very numbers, to the last balance."""

from __future__ import annotations

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import FleetId, OwnerId, PayoutId, ReservationId, ShopId
from kiosk.domain.journals import (
    capture_failed,
    chargeback_lost,
    chargeback_opened,
    chargeback_won,
    debt_paid,
    debt_written_off,
    goodwill_granted,
    left_unpaid,
    paid_by_fleet,
    paid_in,
    paid_later,
    promoted,
    refund_granted,
    refund_paid,
    unpaid_written_off,
    unshared,
    validated_by_shop,
)
from kiosk.domain.journals_cash import (
    cash_given,
    cash_taken,
    shift_closed,
    till_banked,
)
from kiosk.domain.journals_outside import (
    fee_taken,
    fleet_invoiced,
    fleet_paid,
    payout_paid,
    payout_rejected,
    payout_started,
    provider_settled,
    shared_by_merchant,
    shop_paid,
)
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.settlement import (
    Shares,
    SplitRule,
    SplitTerms,
    given_back,
    refund_transfers,
    share_transfers,
    split,
)
from tests.domain.books import Books, Moves
from tests.domain.examples import TERMS, euro, minutes

R1, OWNER, FLEET, SHOP = ReservationId(1), OwnerId(7), FleetId(3), ShopId(4)
PAYOUT = PayoutId(9)
PSP, HELD = ledger.psp("simulator"), ledger.held_by_owner(OWNER)
LARGEST = SplitTerms(1500, 1900, 1000, SplitRule.LARGEST_REMAINDER)


@pytest.fixture
def books() -> Books:
    return Books()


def paid(minor: int, *, account: str = PSP) -> Moves:
    """The driver's money in escrow."""
    return paid_in(R1, account=account, amount=euro(minor))


def settled(*shares: int) -> Moves:
    """Escrow to owner, commission, VAT and manager."""
    return share_transfers(R1, OWNER, Shares(*map(euro, shares)))


def charged(minor: int) -> Charge:
    """A charge of which only the total counts."""
    return Charge(minutes(0, 60), (), euro(minor), euro(0))


def back(minor: int, of: int, *, before: int = 0, terms: SplitTerms = TERMS) -> Shares:
    """What each party gives when an amount of a charge goes back."""
    return given_back(charged(of), terms, before=euro(before), now=euro(minor))


# Row 1 ----------------------------------------------------------------------------------------


def test_row_1_a_deposit_of_1000_of_which_700_is_captured(books: Books) -> None:
    books.post(paid(700), share_transfers(R1, OWNER, split(euro(700), TERMS)))
    assert books.balances() == {
        PSP: -700,
        "owner:7": 506,
        "commission": 104,
        "vat": 20,
        "manager": 70,
    }

    books.post(fee_taken("simulator", euro(35)), provider_settled("simulator", euro(665)))
    books.post(payout_started(OWNER, PAYOUT, euro(506)))
    assert books.balances()["payout-in-flight:9"] == 506
    assert "owner:7" not in books.balances()

    books.post(payout_paid(PAYOUT, euro(506)))
    assert books.balances() == {
        "provider-fees": -35,
        "bank": -665 + 506,
        "commission": 104,
        "vat": 20,
        "manager": 70,
    }


def test_row_1_by_the_largest_remainder(books: Books) -> None:
    books.post(paid(700), share_transfers(R1, OWNER, split(euro(700), LARGEST)))

    assert books.balances() == {
        PSP: -700,
        "owner:7": 505,
        "commission": 105,
        "vat": 20,
        "manager": 70,
    }


# Row 2 ----------------------------------------------------------------------------------------


def test_row_2_a_charge_of_1000_and_an_extension_of_400_of_which_300_goes_back(
    books: Books,
) -> None:
    books.post(paid(1000), paid(400))
    books.post(
        (
            *share_transfers(R1, OWNER, split(euro(1100), TERMS)),
            *refund_transfers(R1, euro(300), None),
        )
    )
    assert books.balances()["refund-due:1"] == 300

    books.post(refund_paid(R1, account=PSP, amount=euro(300)))
    assert books.balances() == {
        PSP: -1100,
        "owner:7": 794,
        "commission": 165,
        "vat": 31,
        "manager": 110,
    }


# Row 3 ----------------------------------------------------------------------------------------


def test_row_3_an_overstay_is_paid_by_another_card(books: Books) -> None:
    books.post(paid(1000), paid(350, account="psp:other"))
    books.post(share_transfers(R1, OWNER, split(euro(1350), TERMS)))

    assert books.balances() == {
        PSP: -1000,
        "psp:other": -350,
        "owner:7": 975,
        "commission": 202,
        "vat": 38,
        "manager": 135,
    }


def test_row_3_by_the_largest_remainder(books: Books) -> None:
    books.post(paid(1350), share_transfers(R1, OWNER, split(euro(1350), LARGEST)))

    assert books.balances() == {
        PSP: -1350,
        "owner:7": 974,
        "commission": 203,
        "vat": 38,
        "manager": 135,
    }


def unpaid(books: Books) -> None:
    """The driver of row 3 has left without paying 350."""
    books.post(paid(1000))
    books.post(
        (*share_transfers(R1, OWNER, split(euro(1000), TERMS)), *left_unpaid(R1, euro(350)))
    )


def test_row_3_who_cannot_pay_leaves_a_claim_that_is_nobodys_income(books: Books) -> None:
    unpaid(books)

    assert books.balances() == {
        PSP: -1000,
        "receivable:driver": -350,
        "uncollected:1": 350,
        "owner:7": 722,
        "commission": 150,
        "vat": 28,
        "manager": 100,
    }


def test_row_3_what_is_paid_later_is_shared_by_the_difference(books: Books) -> None:
    unpaid(books)

    more = split(euro(1350), TERMS) - split(euro(1000), TERMS)
    assert share_transfers(R1, OWNER, more) == settled(253, 52, 10, 35)
    books.post((*paid_later(R1, account=PSP, amount=euro(350)), *share_transfers(R1, OWNER, more)))

    assert books.balances() == {
        PSP: -1350,
        "owner:7": 975,
        "commission": 202,
        "vat": 38,
        "manager": 135,
    }


def test_row_3_what_is_never_paid_is_written_off(books: Books) -> None:
    unpaid(books)

    books.post(unpaid_written_off(R1, euro(350)))

    assert books.balances() == {
        PSP: -1000,
        "owner:7": 722,
        "commission": 150,
        "vat": 28,
        "manager": 100,
    }


# Row 4 ----------------------------------------------------------------------------------------


def test_row_4_cancelled_in_the_half_tier(books: Books) -> None:
    books.post(paid(500), share_transfers(R1, OWNER, split(euro(500), TERMS)))

    assert books.balances() == {
        PSP: -500,
        "owner:7": 361,
        "commission": 75,
        "vat": 14,
        "manager": 50,
    }


def test_row_4_a_no_show_pays_for_its_first_hours_and_the_rest_goes_back(books: Books) -> None:
    books.post(paid(1300))
    books.post(
        (
            *share_transfers(R1, OWNER, split(euro(1000), TERMS)),
            *refund_transfers(R1, euro(300), None),
        )
    )

    assert books.balances() == {
        PSP: -1300,
        "refund-due:1": 300,
        "owner:7": 722,
        "commission": 150,
        "vat": 28,
        "manager": 100,
    }


def test_row_4_a_free_cancellation_of_what_was_charged_leaves_nothing(books: Books) -> None:
    books.post(paid(1000), refund_transfers(R1, euro(1000), None))
    books.post(refund_paid(R1, account=PSP, amount=euro(1000)))

    assert books.balances() == {}


# Row 5 ----------------------------------------------------------------------------------------


def test_row_5_a_shop_validates_300_of_900(books: Books) -> None:
    books.post(paid(1000), validated_by_shop(R1, SHOP, euro(300)))
    books.post(share_transfers(R1, OWNER, split(euro(900), TERMS)))
    books.post(refund_transfers(R1, euro(400), PSP))
    assert books.balances() == {
        PSP: -600,
        "receivable:shop:4": -300,
        "owner:7": 650,
        "commission": 134,
        "vat": 26,
        "manager": 90,
    }

    books.post(shop_paid(SHOP, euro(300)))
    assert books.balances()["bank"] == -300
    assert "receivable:shop:4" not in books.balances()


def test_row_5_by_a_voucher_of_the_operator(books: Books) -> None:
    books.post(paid(1000), promoted(R1, euro(300)))
    books.post(share_transfers(R1, OWNER, split(euro(900), TERMS)))
    books.post(refund_transfers(R1, euro(400), PSP))

    assert books.balances() == {
        PSP: -600,
        "promo": -300,
        "owner:7": 650,
        "commission": 134,
        "vat": 26,
        "manager": 90,
    }


# Row 6 ----------------------------------------------------------------------------------------


def test_row_6_a_fleet_pays_800_by_its_invoice(books: Books) -> None:
    books.post(paid_by_fleet(R1, FLEET, euro(800)))
    books.post(share_transfers(R1, OWNER, split(euro(800), TERMS)))
    parties = {"owner:7": 578, "commission": 119, "vat": 23, "manager": 80}
    assert books.balances() == {"receivable:fleet:unbilled:3": -800, **parties}

    books.post(fleet_invoiced(FLEET, euro(800)))
    assert books.balances() == {"receivable:fleet:invoiced:3": -800, **parties}

    books.post(fleet_paid(FLEET, euro(800)))
    assert books.balances() == {"bank": -800, **parties}


# Row 7 ----------------------------------------------------------------------------------------


def disputed(books: Books) -> None:
    """The stay of row 1, of which the driver's bank takes everything back."""
    books.post(paid(700), share_transfers(R1, OWNER, split(euro(700), TERMS)))
    books.post(chargeback_opened("simulator", amount=euro(700), fee=euro(1500)))


def test_row_7_while_a_chargeback_is_open_the_parties_keep_their_shares(books: Books) -> None:
    disputed(books)

    assert books.balances() == {
        PSP: 1500,
        "psp:simulator:disputed": -700,
        "provider-fees": -1500,
        "owner:7": 506,
        "commission": 104,
        "vat": 20,
        "manager": 70,
    }


def test_row_7_a_chargeback_that_is_lost(books: Books) -> None:
    disputed(books)

    lost = chargeback_lost("simulator", owner_id=OWNER, amount=euro(700), back=back(700, of=700))

    assert lost == (
        Transfer("owner:7", "psp:simulator:disputed", euro(506)),
        Transfer("commission", "psp:simulator:disputed", euro(104)),
        Transfer("vat", "psp:simulator:disputed", euro(20)),
        Transfer("manager", "psp:simulator:disputed", euro(70)),
    )
    books.post(lost)
    assert books.balances() == {PSP: 1500, "provider-fees": -1500}


def test_row_7_a_chargeback_that_is_won(books: Books) -> None:
    disputed(books)

    books.post(chargeback_won("simulator", euro(700)))

    assert books.balances() == {
        PSP: -700 + 1500,
        "provider-fees": -1500,
        "owner:7": 506,
        "commission": 104,
        "vat": 20,
        "manager": 70,
    }


def test_a_chargeback_of_more_than_the_stay_cost_is_the_operators_loss_beyond_it(
    books: Books,
) -> None:
    books.post(paid(1000), share_transfers(R1, OWNER, split(euro(700), TERMS)))
    books.post(refund_transfers(R1, euro(300), PSP))

    books.post(chargeback_opened("simulator", amount=euro(1000), fee=euro(0)))
    books.post(
        chargeback_lost("simulator", owner_id=OWNER, amount=euro(1000), back=back(700, of=700))
    )

    assert books.balances() == {PSP: 300, "chargeback-loss": -300}


def test_no_more_is_taken_from_the_parties_than_was_disputed() -> None:
    with pytest.raises(AssertionError, match="disputed"):
        chargeback_lost("simulator", owner_id=OWNER, amount=euro(699), back=back(700, of=700))


# Row 8 ----------------------------------------------------------------------------------------


def test_row_8_a_payout_that_the_bank_sends_back_is_owed_again(books: Books) -> None:
    books.post(paid(700), share_transfers(R1, OWNER, split(euro(700), TERMS)))
    before = books.balances()

    books.post(payout_started(OWNER, PAYOUT, euro(506)))
    books.post(payout_rejected(OWNER, PAYOUT, euro(506)))

    assert books.balances() == before


# Row 9 ----------------------------------------------------------------------------------------


def settled_1100(books: Books, *, terms: SplitTerms = TERMS) -> None:
    """The stay of row 2, settled."""
    books.post(paid(1100), share_transfers(R1, OWNER, split(euro(1100), terms)))


def test_row_9_a_refund_of_200_on_a_stay_of_1100(books: Books) -> None:
    settled_1100(books)

    granted = refund_granted(R1, OWNER, back(200, of=1100))

    assert granted == (
        Transfer("owner:7", "refund-due:1", euro(144)),
        Transfer("commission", "refund-due:1", euro(31)),
        Transfer("vat", "refund-due:1", euro(5)),
        Transfer("manager", "refund-due:1", euro(20)),
    )
    books.post(granted, refund_paid(R1, account=PSP, amount=euro(200)))
    assert books.balances() == {
        PSP: -900,
        "owner:7": 650,
        "commission": 134,
        "vat": 26,
        "manager": 90,
    }


def test_row_9_two_refunds_leave_what_one_refund_of_both_would(books: Books) -> None:
    settled_1100(books)

    books.post(refund_granted(R1, OWNER, back(67, of=1100)))
    books.post(refund_granted(R1, OWNER, back(133, of=1100, before=67)))

    assert books.balances() == {
        PSP: -1100,
        "refund-due:1": 200,
        "owner:7": 650,
        "commission": 134,
        "vat": 26,
        "manager": 90,
    }


def test_row_9_by_the_largest_remainder(books: Books) -> None:
    settled_1100(books, terms=LARGEST)

    books.post(refund_granted(R1, OWNER, back(200, of=1100, terms=LARGEST)))

    # 900: 160.65 of commission with VAT, 90, 649.35; the unit left goes to the commission.
    assert books.balances() == {
        PSP: -1100,
        "refund-due:1": 200,
        "owner:7": 649,
        "commission": 135,
        "vat": 26,
        "manager": 90,
    }


def test_row_9_from_the_operators_own_pocket(books: Books) -> None:
    settled_1100(books)

    books.post(goodwill_granted(R1, euro(200)), refund_paid(R1, account=PSP, amount=euro(200)))

    assert books.balances() == {
        PSP: -900,
        "goodwill": -200,
        "owner:7": 794,
        "commission": 165,
        "vat": 31,
        "manager": 110,
    }


def test_no_more_goes_back_than_was_charged() -> None:
    with pytest.raises(AssertionError, match="no more goes back"):
        back(101, of=1100, before=1000)


# Row 10 ---------------------------------------------------------------------------------------


def test_row_10_cash_from_the_hand_of_the_driver_to_the_bank(books: Books) -> None:
    books.post(cash_taken("desk-1", into="escrow:1", amount=euro(1000)))
    books.post(share_transfers(R1, OWNER, split(euro(700), TERMS)))
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
    books.post(share_transfers(R1, OWNER, shares), refund_transfers(R1, euro(300), HELD))
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
    books.post(paid(1100, account=HELD), share_transfers(R1, OWNER, shares))
    books.post(shared_by_merchant(OWNER, shares))
    given = back(200, of=1100)

    books.post(refund_granted(R1, OWNER, given), refund_transfers_to_held(200))
    books.post(shared_by_merchant(OWNER, given))

    assert books.balances() == {"psp:operator": -134 - 26, "commission": 134, "vat": 26}


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
    books.post(share_transfers(R1, OWNER, split(fee, terms)))
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
    books.post(share_transfers(R1, OWNER, split(fee, terms)))

    # 187.5 of commission and 937.5 for the owner.
    assert books.balances() == {PSP: -1250, "owner:7": 938, "commission": 187, "manager": 125}


def test_yen_with_the_owner_as_the_merchant(books: Books) -> None:
    fee = Money(700, "JPY")
    shares = split(fee, SplitTerms(1500, 1000, 1000))
    books.post(paid_in(R1, account=HELD, amount=fee), share_transfers(R1, OWNER, shares))

    books.post(shared_by_merchant(OWNER, shares))

    assert books.balances() == {"psp:operator": -115, "commission": 105, "vat": 10}


def test_dinars_with_the_owner_as_the_merchant(books: Books) -> None:
    fee = Money(1250, "KWD")
    shares = split(fee, SplitTerms(1500, 0, 1000))
    books.post(paid_in(R1, account=HELD, amount=fee), share_transfers(R1, OWNER, shares))

    books.post(shared_by_merchant(OWNER, shares))

    assert books.balances() == {"psp:operator": -187, "commission": 187}


# A capture that fails later -------------------------------------------------------------------


def captured_in_vain(books: Books) -> None:
    """A stay of 700 was posted and shared, and then the provider did not pay."""
    books.post(paid(700), share_transfers(R1, OWNER, split(euro(700), TERMS)))
    books.post(capture_failed("simulator", euro(700)))


def test_a_capture_that_failed_later_is_a_claim_on_the_driver(books: Books) -> None:
    captured_in_vain(books)

    assert books.balances() == {
        "receivable:driver": -700,
        "owner:7": 506,
        "commission": 104,
        "vat": 20,
        "manager": 70,
    }


def test_what_a_failed_capture_left_open_is_paid(books: Books) -> None:
    captured_in_vain(books)

    books.post(debt_paid("psp:other", euro(700)))

    assert books.balances()["psp:other"] == -700
    assert "receivable:driver" not in books.balances()


def test_what_a_failed_capture_left_open_is_given_up(books: Books) -> None:
    captured_in_vain(books)

    books.post(debt_written_off(euro(700)))

    assert books.balances() == {
        "bad-debt": -700,
        "owner:7": 506,
        "commission": 104,
        "vat": 20,
        "manager": 70,
    }


def test_shares_that_come_back_leave_no_party_anything(books: Books) -> None:
    shares = settled(506, 104, 20, 70)

    books.post(paid(700), shares, unshared(shares))

    assert books.balances() == {PSP: -700, ledger.escrow(R1): 700}
