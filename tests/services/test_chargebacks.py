"""A bank takes a payment back: opened, won, lost in part or whole, and turned again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.after_outcomes import ChargebackOpened, ChargebackRefused, RefundRefused
from kiosk.domain.disputes import ChargebackState
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, TicketIssued
from tests.fakes.stage import CARD, Stage, euro
from tests.services.after import (
    ask_chargeback,
    ask_refund,
    charged_back,
    decide,
    left,
    parties,
    refund,
    split_of,
    stage_at,
)

DISPUTED = "psp:simulator:disputed"


@pytest.fixture
def seven(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """Two hours cost 7.00."""
    with stage_at(founded, tmp_path, "1.75") as stage:
        yield stage


def journals(stage: Stage, ticket: TicketIssued) -> list[list[tuple[str, str, int]]]:
    """What each turn of its chargebacks has moved."""
    with stage.site.core.store.reading() as tx:
        rows = tx.ledger.transfers_of(ticket.reservation_id)
    turns: dict[str, list[tuple[str, str, int]]] = {}
    for row in rows:
        if row.journal_kind == "chargeback":
            moved = (row.transfer.debit, row.transfer.credit, row.transfer.amount.minor)
            turns.setdefault(row.journal_key, []).append(moved)
    return list(turns.values())


# Row 7 ------------------------------------------------------------------------------------------


def test_a_lost_chargeback_takes_its_part_from_each_party(seven: Stage) -> None:
    ticket = left(seven)
    assert parties(seven) == (506, 104, 20, 70)

    chargeback = charged_back(seven, ticket.reservation_id, 700)
    decided = decide(seven, chargeback, is_lost=True)

    assert journals(seven, ticket) == [
        [(DISPUTED, "psp:simulator", 700), ("provider-fees", "psp:simulator", 1500)],
        [
            ("owner:1", DISPUTED, 506),
            ("commission", DISPUTED, 104),
            ("vat", DISPUTED, 20),
            ("manager", DISPUTED, 70),
        ],
    ]
    assert decided.state is ChargebackState.LOST
    assert parties(seven) == (0, 0, 0, 0)
    assert seven.wrong() == []


def test_a_chargeback_that_is_won_comes_back_and_costs_its_fee(seven: Stage) -> None:
    ticket = left(seven)

    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=False)

    assert journals(seven, ticket)[1] == [("psp:simulator", DISPUTED, 700)]
    assert parties(seven) == (506, 104, 20, 70)
    assert seven.books()["provider-fees"] == -1500
    assert seven.wrong() == []


def test_a_part_that_is_lost_is_split_again_at_the_new_total(seven: Stage) -> None:
    ticket = left(seven)

    decide(seven, charged_back(seven, ticket.reservation_id, 333), is_lost=True)

    assert parties(seven) == split_of(seven, ticket.reservation_id, 367)
    assert seven.wrong() == []


def test_no_more_is_taken_than_refunds_and_goodwill_have_left(seven: Stage) -> None:
    ticket = left(seven)
    refund(seven, ticket.reservation_id, 200, is_goodwill=True)
    refund(seven, ticket.reservation_id, 100)
    seven.wait(seconds=5)

    chargeback = charged_back(seven, ticket.reservation_id, 400)
    decide(seven, chargeback, is_lost=True)

    assert parties(seven) == split_of(seven, ticket.reservation_id, 200)
    assert "chargeback-loss" not in seven.books()


def test_what_was_refunded_and_is_lost_too_is_the_operators_loss(seven: Stage) -> None:
    ticket = left(seven)
    refund(seven, ticket.reservation_id, 200, is_goodwill=True)
    refund(seven, ticket.reservation_id, 100)
    seven.wait(seconds=5)

    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)

    assert parties(seven) == split_of(seven, ticket.reservation_id, 200)
    assert seven.books()["chargeback-loss"] == -300
    assert seven.wrong() == []


def test_a_chargeback_while_the_car_is_inside_is_the_operators_loss_until_it_leaves(
    seven: Stage,
) -> None:
    ticket = seven.inside(CARD)

    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)

    assert seven.books()["chargeback-loss"] == -700
    assert seven.books()[f"escrow:{ticket.reservation_id}"] == 700


def test_an_owner_who_was_paid_out_owes_it(seven: Stage) -> None:
    ticket = left(seven)
    with seven.site.core.store.transaction() as tx:
        paid = Transfer("owner:1", "bank", euro(506))
        tx.ledger.post(Journal("paid-out", "payout", (paid,)), seven.now)

    decide(seven, charged_back(seven, ticket.reservation_id, 700), is_lost=True)

    assert seven.books()["owner:1"] == -506


# Never twice ----------------------------------------------------------------------------------


def test_the_same_case_is_opened_once_and_decided_once(seven: Stage) -> None:
    ticket = left(seven)
    chargeback = charged_back(seven, ticket.reservation_id, 700)
    again = ask_chargeback(seven, ticket.reservation_id, 700)
    first = decide(seven, chargeback, is_lost=True)
    books = seven.books()

    second = decide(seven, chargeback, is_lost=True)

    assert again == ChargebackOpened(chargeback)
    assert second == first
    assert seven.books() == books
    assert len(journals(seven, ticket)) == 2


def test_what_a_bank_has_taken_is_not_refunded_too(seven: Stage) -> None:
    ticket = left(seven)
    chargeback = charged_back(seven, ticket.reservation_id, 500)

    while_open = ask_refund(seven, ticket.reservation_id, 201)
    decide(seven, chargeback, is_lost=False)
    after_it = ask_refund(seven, ticket.reservation_id, 701)

    assert while_open == RefundRefused(euro(200))
    assert after_it == RefundRefused(euro(700))


def test_what_was_won_is_refunded_by_the_operation_that_had_taken_it(seven: Stage) -> None:
    ticket = left(seven)
    decide(seven, charged_back(seven, ticket.reservation_id, 500), is_lost=False)

    refund(seven, ticket.reservation_id, 700)
    seven.wait(seconds=5)

    with seven.site.core.store.reading() as tx:
        operations = tx.payments.of_reservation(ticket.reservation_id)
    assert [(each.kind, each.state) for each in operations[1:]] == [("refund", "succeeded")]
    assert {each.original for each in operations[1:]} == {operations[0].key}
    assert seven.provider_counts() == (700, 700)


def test_a_bank_that_turns_its_mind_moves_everything_back_and_forth(seven: Stage) -> None:
    ticket = left(seven)
    chargeback = charged_back(seven, ticket.reservation_id, 333)
    lost = decide(seven, chargeback, is_lost=True)
    refund(seven, ticket.reservation_id, 101)

    won = decide(seven, lost, is_lost=False)
    parties_when_won = parties(seven)
    lost_again = decide(seven, won, is_lost=True)

    assert parties_when_won == split_of(seven, ticket.reservation_id, 599)
    assert (won.state, won.turns) == (ChargebackState.WON, 2)
    assert (lost_again.state, lost_again.turns) == (ChargebackState.LOST, 3)
    assert parties(seven) == split_of(seven, ticket.reservation_id, 266)
    assert DISPUTED not in seven.books()
    assert seven.wrong() == []


# Refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minor", "fee"), [(0, 0), (-1, 0), (701, 0), (700, -1), (2**63, 0)])
def test_more_than_the_provider_has_collected_is_refused(
    seven: Stage, minor: int, fee: int
) -> None:
    ticket = left(seven)
    before = seven.books()

    refused = ask_chargeback(seven, ticket.reservation_id, minor, fee_minor=fee)

    assert refused == ChargebackRefused(euro(700))
    assert seven.books() == before


def test_a_chargeback_of_a_provider_that_was_never_paid_is_refused(seven: Stage) -> None:
    ticket = left(seven, seven.wallet(2000).proof)

    assert ask_chargeback(seven, ticket.reservation_id, 1) == ChargebackRefused(euro(0))


def test_a_chargeback_needs_its_number_and_somebody_signed_in(seven: Stage) -> None:
    ticket = left(seven)

    assert ask_chargeback(seven, ticket.reservation_id, 1, reference=" ") == ReasonMissing()
    seven.site.core.signed_in.clear()
    assert ask_chargeback(seven, ticket.reservation_id, 1) == NotSignedIn()


def test_an_open_chargeback_holds_the_payout_back(seven: Stage) -> None:
    ticket = left(seven)
    chargeback = charged_back(seven, ticket.reservation_id, 700)
    while_open = held_back(seven)

    decide(seven, chargeback, is_lost=False)

    assert while_open == {ticket.reservation_id}
    assert held_back(seven) == set()


def held_back(stage: Stage) -> set[int]:
    """Reservations whose owners are not paid out now."""
    with stage.site.core.store.reading() as tx:
        return set(tx.disputes.open_reservations())
