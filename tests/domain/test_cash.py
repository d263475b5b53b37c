"""Notes and coins of a till, how long disputes can be opened, and what a run of payouts pays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.cash import DENOMINATIONS, counted, smallest_coin
from kiosk.domain.disputes import DisputeKind, HeldRefund
from kiosk.domain.ids import OperationKey, OwnerId, PayoutId
from kiosk.domain.money import Money
from kiosk.domain.payout_run import Payout, PayoutResult, PayoutRun, ResultKind, RunState
from tests.domain.examples import euro

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_pieces_are_worth_their_sum() -> None:
    assert counted("EUR", {5000: 2, 200: 3, 1: 7}) == euro(10_607)
    assert counted("JPY", {}) == Money(0, "JPY")


def test_a_piece_that_is_no_money_here_is_not_counted() -> None:
    with pytest.raises(AssertionError):
        counted("CHF", {1: 3})


@pytest.mark.parametrize("currency", sorted(DENOMINATIONS))
def test_every_piece_is_a_multiple_of_the_smallest_coin(currency: str) -> None:
    pieces = DENOMINATIONS[currency]

    assert list(pieces) == sorted(set(pieces), reverse=True)
    assert all(minor % smallest_coin(currency) == 0 for minor in pieces)


def test_who_could_not_park_says_so_within_a_day_and_charges_are_disputed_for_four_weeks() -> None:
    assert DisputeKind.COULD_NOT_PARK.open_for == timedelta(hours=24)
    assert DisputeKind.CHARGES.open_for == timedelta(days=28)


def test_each_held_refund_is_sent_by_an_operation_of_its_own() -> None:
    first, second = (
        HeldRefund(
            id=number, chargeback_id=1, journal_key="exit:1", original=None, amount=euro(100)
        )
        for number in (1, 2)
    )

    assert first.sent_as == OperationKey("held-refund:1")
    assert second.sent_as != first.sent_as


def test_a_run_pays_what_its_payouts_add_up_to() -> None:
    payouts = tuple(
        Payout(
            id=PayoutId(number),
            owner_id=OwnerId(number),
            amount=euro(minor),
            name="Ada",
            iban="DE75512108001245126199",
            bic=None,
            end_to_end=f"P{number}",
            result=None,
        )
        for number, minor in ((1, 506), (2, 1494))
    )
    run = PayoutRun(
        id=1,
        cutoff=NOON,
        made_at=NOON,
        made_by="Kim",
        state=RunState.PROPOSED,
        approvals=(),
        payouts=payouts,
    )

    assert run.total == euro(2000)
    assert run.stands == "proposed"
    released = replace(run, state=RunState.RELEASED)
    assert released.stands == "released"
    said = PayoutResult(ResultKind.PAID, NOON)
    answered = tuple(replace(payout, result=said) for payout in payouts)
    assert replace(released, payouts=answered).stands == "answered"


def test_the_bank_can_send_back_what_waits_and_what_was_paid_and_nothing_twice() -> None:
    one = Payout(PayoutId(1), OwnerId(1), euro(1), "Ada", "DE75512108001245126199", None, "P")
    said = [None, *(PayoutResult(how, NOON) for how in ResultKind)]
    payouts = tuple(
        replace(one, end_to_end=f"P{number}", result=result) for number, result in enumerate(said)
    )
    run = PayoutRun(1, NOON, NOON, "Kim", RunState.RELEASED, payouts)

    assert run.out == {"P0": payouts[0], "P1": payouts[1]}
    assert replace(run, state=RunState.APPROVED).out == {}
