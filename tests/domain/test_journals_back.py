"""Rows 7 to 9 of "Journals, worked": what banks and parties give back; captures that fail."""

from __future__ import annotations

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import PayoutId
from kiosk.domain.journals import (
    capture_failed,
    chargeback_lost,
    chargeback_opened,
    chargeback_turned,
    chargeback_won,
    debt_paid,
    debt_written_off,
    goodwill_granted,
    held_refund_due_again,
    held_refund_lost,
    loss_met,
    lost_before_refund,
    refund_granted,
    refund_paid,
    unshared,
)
from kiosk.domain.journals_outside import (
    payout_paid,
    payout_rejected,
    payout_returned,
    payout_started,
)
from kiosk.domain.ledger import Transfer
from kiosk.domain.settlement import (
    Shared,
    Shares,
    SplitTerms,
    refund_transfers,
    share_transfers,
    split,
)
from tests.domain.books import Books
from tests.domain.examples import TERMS, euro
from tests.domain.stay_moves import LARGEST, OWNER, PSP, R1, back, paid, settled

PAYOUT = PayoutId(9)


@pytest.fixture
def books() -> Books:
    return Books()


# Row 7 ----------------------------------------------------------------------------------------


def disputed(books: Books) -> None:
    """The stay of row 1, of which the driver's bank takes everything back."""
    books.post(paid(700), share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    books.post(chargeback_opened(PSP, amount=euro(700), fee=euro(1500)))


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

    lost = chargeback_lost(PSP, amount=euro(700), back=Shared.to(OWNER, back(700, of=700)))

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

    books.post(chargeback_won(PSP, euro(700)))

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
    books.post(paid(1000), share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    books.post(refund_transfers(R1, euro(300), PSP))

    books.post(chargeback_opened(PSP, amount=euro(1000), fee=euro(0)))
    books.post(chargeback_lost(PSP, amount=euro(1000), back=Shared.to(OWNER, back(700, of=700))))

    assert books.balances() == {PSP: 300, "chargeback-loss": -300}


def test_a_chargeback_lost_before_the_parties_had_anything_ends_as_one_lost_after(
    books: Books,
) -> None:
    books.post(paid(700))
    books.post(chargeback_opened(PSP, amount=euro(700), fee=euro(0)))
    nothing = Shares(euro(0), euro(0), euro(0), euro(0))
    books.post(chargeback_lost(PSP, amount=euro(700), back=Shared.to(OWNER, nothing)))
    assert books.balances()["chargeback-loss"] == -700

    books.post(share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    books.post(loss_met(Shared.to(OWNER, back(700, of=700))))

    assert books.balances() == {}


def test_no_more_is_taken_from_the_parties_than_was_disputed() -> None:
    with pytest.raises(AssertionError, match="disputed"):
        chargeback_lost(PSP, amount=euro(699), back=Shared.to(OWNER, back(700, of=700)))


def test_a_held_refund_meets_a_lost_chargeback_before_the_parties(books: Books) -> None:
    books.post(paid(1000), share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    books.post(refund_transfers(R1, euro(300), None))
    books.post(chargeback_opened(PSP, amount=euro(1000), fee=euro(0)))

    books.post(held_refund_lost(PSP, R1, euro(300)))
    books.post(chargeback_lost(PSP, amount=euro(700), back=Shared.to(OWNER, back(700, of=700))))

    assert books.balances() == {}


def test_a_refund_after_the_loss_makes_the_loss_smaller(books: Books) -> None:
    books.post(paid(1000), chargeback_opened(PSP, amount=euro(1000), fee=euro(0)))
    nothing = Shares.nothing("EUR")
    books.post(chargeback_lost(PSP, amount=euro(1000), back=Shared.to(OWNER, nothing)))
    books.post(share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    books.post(refund_transfers(R1, euro(300), None), lost_before_refund(R1, euro(300)))

    assert books.balances() == {
        "chargeback-loss": -700,
        "owner:7": 506,
        "commission": 104,
        "vat": 20,
        "manager": 70,
    }


def test_what_was_lost_and_is_won_goes_back_to_whoever_had_borne_it(books: Books) -> None:
    books.post(paid(1000), share_transfers(R1, Shared.to(OWNER, split(euro(600), TERMS))))
    before = books.balances()
    taken = back(600, of=600)
    books.post(
        chargeback_opened(PSP, amount=euro(1000), fee=euro(0)),
        held_refund_lost(PSP, R1, euro(0)),
        chargeback_lost(PSP, amount=euro(1000), back=Shared.to(OWNER, taken)),
    )

    books.post(
        chargeback_turned(PSP, amount=euro(900), back=Shared.to(OWNER, taken)),
        held_refund_due_again(PSP, R1, euro(100)),
        chargeback_won(PSP, euro(1000)),
    )

    assert books.balances() == {**before, "refund-due:1": 100, "chargeback-loss": -100}


def test_the_parties_get_no_more_again_than_was_disputed() -> None:
    with pytest.raises(AssertionError, match="disputed"):
        chargeback_turned(PSP, amount=euro(699), back=Shared.to(OWNER, back(700, of=700)))


# Row 8 ----------------------------------------------------------------------------------------


def test_row_8_a_payout_that_the_bank_sends_back_is_owed_again(books: Books) -> None:
    books.post(paid(700), share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    before = books.balances()

    books.post(payout_started(OWNER, PAYOUT, euro(506)))
    books.post(payout_rejected(OWNER, PAYOUT, euro(506)))

    assert books.balances() == before


def test_row_8_a_payout_that_the_bank_had_paid_leaves_no_trace_once_it_is_sent_back(
    books: Books,
) -> None:
    books.post(paid(700), share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    before = books.balances()

    books.post(payout_started(OWNER, PAYOUT, euro(506)))
    books.post(payout_paid(PAYOUT, euro(506)))
    assert books.balances()["bank"] == 506
    books.post(payout_returned(OWNER, PAYOUT, euro(506)))

    assert books.balances() == before


# Row 9 ----------------------------------------------------------------------------------------


def settled_1100(books: Books, *, terms: SplitTerms = TERMS) -> None:
    """The stay of row 2, settled."""
    books.post(paid(1100), share_transfers(R1, Shared.to(OWNER, split(euro(1100), terms))))


def test_row_9_a_refund_of_200_on_a_stay_of_1100(books: Books) -> None:
    settled_1100(books)

    granted = refund_granted(R1, Shared.to(OWNER, back(200, of=1100)))

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

    books.post(refund_granted(R1, Shared.to(OWNER, back(67, of=1100))))
    books.post(refund_granted(R1, Shared.to(OWNER, back(133, of=1100, before=67))))

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

    books.post(refund_granted(R1, Shared.to(OWNER, back(200, of=1100, terms=LARGEST))))

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


# A capture that fails later -------------------------------------------------------------------


def captured_in_vain(books: Books) -> None:
    """A stay of 700 was posted and shared, and then the provider did not pay."""
    books.post(paid(700), share_transfers(R1, Shared.to(OWNER, split(euro(700), TERMS))))
    books.post(capture_failed(PSP, euro(700)))


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
