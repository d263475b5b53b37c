"""The rows of "Journals, worked" (money.md), with those very numbers, to the last balance."""

from __future__ import annotations

import pytest

from kiosk.domain.ids import FleetId, PayoutId, ShopId
from kiosk.domain.journals import (
    left_unpaid,
    paid_in,
    paid_later,
    promoted,
    refund_paid,
    unpaid_written_off,
    validated_by_shop,
)
from kiosk.domain.journals_outside import (
    fee_taken,
    fleet_invoiced,
    fleet_paid,
    payout_paid,
    payout_started,
    provider_settled,
    shop_paid,
)
from kiosk.domain.settlement import (
    Shared,
    refund_transfers,
    share_transfers,
    split,
)
from tests.domain.books import Books
from tests.domain.examples import TERMS, euro
from tests.domain.stay_moves import LARGEST, OWNER, PSP, R1, paid, settled

FLEET, SHOP, PAYOUT = FleetId(3), ShopId(4), PayoutId(9)


@pytest.fixture
def books() -> Books:
    return Books()


# Row 1 ----------------------------------------------------------------------------------------


def test_row_1_a_deposit_of_1000_of_which_700_is_captured(books: Books) -> None:
    books.post(paid(700), share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
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
    books.post(paid(700), share_transfers(R1, Shared.to(OWNER, split(euro(700), LARGEST))))

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
            *share_transfers(R1, Shared.to(OWNER, split(euro(1100), TERMS))),
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
    books.post(share_transfers(R1, Shared.to(OWNER, split(euro(1350), TERMS))))

    assert books.balances() == {
        PSP: -1000,
        "psp:other": -350,
        "owner:7": 975,
        "commission": 202,
        "vat": 38,
        "manager": 135,
    }


def test_row_3_by_the_largest_remainder(books: Books) -> None:
    books.post(paid(1350), share_transfers(R1, Shared.to(OWNER, split(euro(1350), LARGEST))))

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
        (
            *share_transfers(R1, Shared.to(OWNER, split(euro(1000), TERMS))),
            *left_unpaid(R1, euro(350)),
        )
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
    assert share_transfers(R1, Shared.to(OWNER, more)) == settled(253, 52, 10, 35)
    books.post(
        (
            *paid_later(R1, account=PSP, amount=euro(350)),
            *share_transfers(R1, Shared.to(OWNER, more)),
        )
    )

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
    books.post(paid(500), share_transfers(R1, Shared.to(OWNER, split(euro(500), TERMS))))

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
            *share_transfers(R1, Shared.to(OWNER, split(euro(1000), TERMS))),
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
    books.post(share_transfers(R1, Shared.to(OWNER, split(euro(900), TERMS))))
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
    books.post(share_transfers(R1, Shared.to(OWNER, split(euro(900), TERMS))))
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
    books.post(paid_in(R1, account="receivable:fleet:unbilled:3", amount=euro(800)))
    books.post(share_transfers(R1, Shared.to(OWNER, split(euro(800), TERMS))))
    parties = {"owner:7": 578, "commission": 119, "vat": 23, "manager": 80}
    assert books.balances() == {"receivable:fleet:unbilled:3": -800, **parties}

    books.post(fleet_invoiced(FLEET, euro(800)))
    assert books.balances() == {"receivable:fleet:invoiced:3": -800, **parties}

    books.post(fleet_paid(FLEET, euro(800)))
    assert books.balances() == {"bank": -800, **parties}
