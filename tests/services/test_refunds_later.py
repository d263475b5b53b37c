"""A stay is refunded after it was settled: who gives, who gets, and never more than was paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.after_outcomes import RefundRefused, StayRefunded
from kiosk.domain.disputes import Cause
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.outcomes import (
    NotSignedIn,
    ReasonMissing,
    TicketIssued,
    WrongPin,
)
from kiosk.services.approvals import SecondPerson, SecondPersonNeeded
from kiosk.services.commands import ShowStay
from kiosk.services.views import StayMoney
from tests.fakes.stage import KIM, Stage, Wallet, euro
from tests.services.after import (
    LEE,
    ask_refund,
    left,
    parties,
    proof,
    refund,
    split_of,
    stage_at,
)
from tests.services.coming_back import out_at
from tests.services.fleets import add_fleet


@pytest.fixture
def eleven(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """Two hours cost 11.00."""
    with stage_at(founded, tmp_path, "2.75") as stage:
        yield stage


def later(stage: Stage, ticket: TicketIssued) -> list[tuple[str, str, int]]:
    """What the refunds after the settlement have moved."""
    with stage.site.core.store.reading() as tx:
        rows = tx.ledger.transfers_of(ticket.reservation_id)
    return [
        (row.transfer.debit, row.transfer.credit, row.transfer.amount.minor)
        for row in rows
        if row.journal_kind == "later-refund"
    ]


# Row 9 ------------------------------------------------------------------------------------------


def test_each_party_gives_its_part_of_200_on_a_stay_of_1100(eleven: Stage) -> None:
    ada = eleven.wallet(2000)
    ticket = left(eleven, ada.proof)
    assert parties(eleven) == (794, 165, 31, 110)

    refunded = refund(eleven, ticket.reservation_id, 200)

    due = f"refund-due:{ticket.reservation_id}"
    assert later(eleven, ticket) == [
        ("owner:1", due, 144),
        ("commission", due, 31),
        ("vat", due, 5),
        ("manager", due, 20),
        (due, ada.account, 200),
    ]
    assert eleven.books()[ada.account] == 2000 - 900
    assert (refunded.by_provider, refunded.in_cash) == (euro(0), euro(0))
    assert eleven.wrong() == []


def test_goodwill_costs_the_operator_alone(eleven: Stage) -> None:
    ada = eleven.wallet(2000)
    ticket = left(eleven, ada.proof)

    refunded = refund(eleven, ticket.reservation_id, 200, is_goodwill=True)

    due = f"refund-due:{ticket.reservation_id}"
    assert later(eleven, ticket) == [("goodwill", due, 200), (due, ada.account, 200)]
    assert parties(eleven) == (794, 165, 31, 110)
    assert refunded.correction.cause is Cause.GOODWILL
    assert eleven.wrong() == []


def test_a_new_total_says_the_same_as_the_difference(eleven: Stage) -> None:
    ticket = left(eleven, eleven.wallet(2000).proof)

    outcome = ask_refund(eleven, ticket.reservation_id, 900, is_new_total=True)

    assert isinstance(outcome, StayRefunded)
    assert outcome.correction.total == euro(200)
    assert parties(eleven) == split_of(eleven, ticket.reservation_id, 900)


def test_a_card_gets_it_from_its_provider_by_a_refund_of_its_own(eleven: Stage) -> None:
    ticket = left(eleven)

    refunded = refund(eleven, ticket.reservation_id, 200)
    waiting = eleven.books()[f"refund-due:{ticket.reservation_id}"]
    eleven.wait(seconds=5)

    assert (refunded.by_provider, waiting) == (euro(200), 200)
    assert eleven.provider_counts() == (1100, 200)
    assert f"refund-due:{ticket.reservation_id}" not in eleven.books()
    assert eleven.wrong() == []


def test_what_was_captured_of_an_authorisation_goes_back_by_its_provider(
    authorising: Stage,
) -> None:
    ticket = left(authorising)

    refunded = refund(authorising, ticket.reservation_id, 100)
    authorising.wait(seconds=5)

    assert refunded.by_provider == euro(100)
    assert authorising.site.simulator.total("refund", "EUR") == euro(100)
    assert parties(authorising) == split_of(authorising, ticket.reservation_id, 380)
    assert authorising.wrong() == []


def test_a_fleets_refund_comes_off_its_account_at_once(stage: Stage) -> None:
    fleet = add_fleet(stage)
    ticket = left(stage, fleet.proof)

    refunded = refund(stage, ticket.reservation_id, 100)

    assert (refunded.by_provider, refunded.in_cash) == (euro(0), euro(0))
    assert stage.books()[fleet.unbilled] == -380
    assert f"refund-due:{ticket.reservation_id}" not in stage.books()


def test_what_was_paid_in_cash_waits_at_the_desk(stage: Stage, ada: Wallet) -> None:
    ticket = left(stage, ada.proof)
    with stage.site.core.store.transaction() as tx:
        more = Transfer("till:desk-1", f"escrow:{ticket.reservation_id}", euro(60))
        share = Transfer(f"escrow:{ticket.reservation_id}", "owner:1", euro(60))
        journal = Journal("by-hand", "due", (more, share), ticket.reservation_id)
        tx.ledger.post(journal, stage.now)

    too_much = ask_refund(stage, ticket.reservation_id, 481)
    refunded = refund(stage, ticket.reservation_id, 100)

    assert too_much == RefundRefused(euro(480))
    assert refunded.in_cash == euro(60)
    assert stage.books()[f"refund-due:{ticket.reservation_id}"] == 60
    assert stage.books()[ada.account] == 2000 - 480 + 40


# The corrective receipt -----------------------------------------------------------------------


def test_a_corrective_receipt_has_its_own_number_and_names_the_receipt(eleven: Stage) -> None:
    first = left(eleven, eleven.wallet(2000).proof)
    second = eleven.inside(eleven.wallet(2000, name="Bo").proof, plate="B AB 2")
    out_at(eleven, second, 119)

    one = refund(eleven, second.reservation_id, 200).correction
    two = refund(eleven, first.reservation_id, 100, is_goodwill=True).correction

    assert (one.note_number, one.receipt_number) == (1, 2)
    assert (two.note_number, two.receipt_number) == (2, 1)
    assert (one.reason, one.by) == ("barrier was stuck", "Kim")
    assert (one.tax, two.tax) == (euro(32), euro(0))
    assert one.shares.total == euro(200)
    assert two.shares.total == euro(0)


def test_the_receipt_itself_is_never_changed(eleven: Stage) -> None:
    ticket = left(eleven, eleven.wallet(2000).proof)
    before = eleven.receipts(ticket.reservation_id)

    refund(eleven, ticket.reservation_id, 200)

    assert eleven.receipts(ticket.reservation_id) == before


# Never more than was paid ----------------------------------------------------------------------


@pytest.mark.parametrize("minor", [0, -1, 1101, 2**63])
def test_nothing_and_more_than_was_paid_is_refused(eleven: Stage, minor: int) -> None:
    ticket = left(eleven, eleven.wallet(2000).proof)
    before = eleven.books()

    outcome = ask_refund(eleven, ticket.reservation_id, minor)

    assert outcome == RefundRefused(euro(1100))
    assert eleven.books() == before


@pytest.mark.parametrize("first_is_goodwill", [False, True])
@pytest.mark.parametrize("second_is_goodwill", [False, True])
def test_all_earlier_refunds_are_counted(
    eleven: Stage, first_is_goodwill: bool, second_is_goodwill: bool
) -> None:
    ada = eleven.wallet(2000)
    ticket = left(eleven, ada.proof)
    refund(eleven, ticket.reservation_id, 700, is_goodwill=first_is_goodwill)

    refused = ask_refund(eleven, ticket.reservation_id, 401, is_goodwill=second_is_goodwill)
    refund(eleven, ticket.reservation_id, 400, is_goodwill=second_is_goodwill)
    none_left = ask_refund(eleven, ticket.reservation_id, 1)

    assert refused == RefundRefused(euro(400))
    assert none_left == RefundRefused(euro(0))
    assert eleven.books()[ada.account] == 2000
    assert eleven.wrong() == []


def test_another_currency_and_a_stay_that_is_not_settled_are_refused(eleven: Stage) -> None:
    ticket = eleven.inside(eleven.wallet(2000).proof)

    assert ask_refund(eleven, ticket.reservation_id, 1) == RefundRefused(euro(0))
    assert ask_refund(eleven, ticket.reservation_id, 1, is_goodwill=True) == RefundRefused(euro(0))


def test_a_fee_that_was_kept_for_not_coming_can_be_given_back_too(eleven: Stage) -> None:
    ada = eleven.wallet(2000)
    ticket = eleven.ticket(ada.proof)
    eleven.wait(minutes=26)
    assert eleven.state(ticket.reservation_id) == "no-show"

    refunded = refund(eleven, ticket.reservation_id, 300)

    assert refunded.correction.receipt_number is None
    assert parties(eleven) == split_of(eleven, ticket.reservation_id, 800)
    assert ask_refund(eleven, ticket.reservation_id, 801) == RefundRefused(euro(800))
    assert eleven.wrong() == []


# Who may --------------------------------------------------------------------------------------


def test_a_refund_needs_the_pin_again_a_reason_and_somebody_signed_in(eleven: Stage) -> None:
    ticket = left(eleven, eleven.wallet(2000).proof)
    number, before = ticket.reservation_id, eleven.books()

    wrong = ask_refund(eleven, number, 200, by=proof(eleven, pin="111222"))
    silent = ask_refund(eleven, number, 200, reason="  ")
    eleven.site.core.signed_in.clear()
    locked = ask_refund(eleven, number, 200)

    assert wrong == WrongPin(None)
    assert silent == ReasonMissing()
    assert locked == NotSignedIn()
    assert eleven.books() == before


def test_five_wrong_pins_lock_refunds_like_the_desk(eleven: Stage) -> None:
    ticket = left(eleven, eleven.wallet(2000).proof)
    for _ in range(4):
        ask_refund(eleven, ticket.reservation_id, 200, by=proof(eleven, pin="111222"))

    locked = ask_refund(eleven, ticket.reservation_id, 200, by=proof(eleven, pin="111222"))
    right = ask_refund(eleven, ticket.reservation_id, 200)

    assert isinstance(locked, WrongPin)
    assert isinstance(right, WrongPin)
    assert right.locked_until is not None


@pytest.mark.parametrize(
    "second", [None, SecondPerson("Kim", "246810"), SecondPerson(" Kim", "246810")]
)
def test_much_needs_two_different_persons(eleven: Stage, second: SecondPerson | None) -> None:
    set_limit(eleven, 500)
    ticket = left(eleven, eleven.wallet(2000).proof)
    number = ticket.reservation_id

    alone = ask_refund(eleven, number, 501, by=proof(eleven, second=second))
    little = ask_refund(eleven, number, 500)

    assert alone == (WrongPin(None) if second and second.name == " Kim" else SecondPersonNeeded())
    assert isinstance(little, StayRefunded)


def test_much_in_small_pieces_is_much(eleven: Stage) -> None:
    set_limit(eleven, 500)
    ticket = left(eleven, eleven.wallet(2000).proof)
    refund(eleven, ticket.reservation_id, 300)

    alone = ask_refund(eleven, ticket.reservation_id, 201)
    two = ask_refund(eleven, ticket.reservation_id, 201, by=proof(eleven, second=LEE))

    assert alone == SecondPersonNeeded()
    assert isinstance(two, StayRefunded)
    assert two.correction.by == "Kim + Lee"


def test_the_second_person_proves_it_too(eleven: Stage) -> None:
    set_limit(eleven, 0)
    ticket = left(eleven, eleven.wallet(2000).proof)
    wrong = SecondPerson("Lee", "111222")

    assert ask_refund(
        eleven, ticket.reservation_id, 1, by=proof(eleven, second=wrong)
    ) == WrongPin(None)


def set_limit(stage: Stage, minor: int) -> None:
    """Above it two persons are needed."""
    core = stage.site.core
    core.site = replace(core.site, refund_two_persons_above_minor=minor)


def test_the_same_intent_gives_back_once(eleven: Stage) -> None:
    ada = eleven.wallet(2000)
    ticket = left(eleven, ada.proof)
    first = ask_refund(eleven, ticket.reservation_id, 200, intent="press-1")

    again = ask_refund(eleven, ticket.reservation_id, 200, intent="press-1")

    assert isinstance(first, StayRefunded)
    assert again == first
    assert eleven.books()[ada.account] == 1100


def test_the_desk_is_told_what_went_back_when_and_why(eleven: Stage) -> None:
    ticket = left(eleven)
    shown = ShowStay(actor=KIM, reservation_id=ticket.reservation_id)
    before = eleven.site.do(shown)
    made = [refund(eleven, ticket.reservation_id, minor).correction for minor in (200, 100)]

    after = eleven.site.do(shown)

    assert isinstance(before, StayMoney)
    assert isinstance(after, StayMoney)
    assert before.after is not None
    assert after.after is not None
    assert (before.after.corrections, after.after.corrections) == ((), tuple(made))
    assert [each.reason for each in after.after.corrections] == ["barrier was stuck"] * 2
