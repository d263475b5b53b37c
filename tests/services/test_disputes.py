"""Drivers dispute in time: what is upheld goes back, what is refused stays, with words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.after_outcomes import (
    DisputeClosed,
    DisputeDecided,
    DisputeOpened,
    DisputeStands,
    DisputeTooLate,
    GoodwillGiven,
    GoodwillRefused,
    NothingToDispute,
    RefundRefused,
)
from kiosk.domain.disputes import Dispute, DisputeKind, DisputeState
from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing, UnknownPass, WrongPin
from kiosk.services.after_commands import CloseDispute, GiveGoodwill, OpenDispute
from kiosk.services.approvals import Proof, SecondPersonNeeded
from tests.fakes.stage import KIM, Stage, Wallet, euro
from tests.services.after import LEE, hire_lee, left, parties, proof, split_of
from tests.services.coming_back import left_at

COULD_NOT_PARK, CHARGES = DisputeKind.COULD_NOT_PARK, DisputeKind.CHARGES


def ask(
    stage: Stage,
    reservation_id: ReservationId,
    kind: DisputeKind = CHARGES,
    words: str = "the sign was wrong",
) -> object:
    return stage.site.do(
        OpenDispute(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=reservation_id,
            kind=kind,
            words=words,
        )
    )


def opened(stage: Stage, reservation_id: ReservationId) -> Dispute:
    outcome = ask(stage, reservation_id)
    assert isinstance(outcome, DisputeOpened), outcome
    return outcome.dispute


def close(
    stage: Stage,
    dispute: Dispute,
    minor: int | None,
    *,
    words: str = "looked at",
    by: Proof | None = None,
) -> object:
    return stage.site.do(
        CloseDispute(
            actor=KIM,
            proof=by or proof(stage),
            dispute_id=dispute.id,
            refund=None if minor is None else euro(minor),
            words=words,
        )
    )


def held_back(stage: Stage) -> set[int]:
    with stage.site.core.store.reading() as tx:
        return set(tx.disputes.open_reservations())


# In time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "lasts"), [(COULD_NOT_PARK, timedelta(hours=24)), (CHARGES, timedelta(days=28))]
)
def test_each_kind_has_its_time_to_the_second(
    stage: Stage, ada: Wallet, kind: DisputeKind, lasts: timedelta
) -> None:
    ticket = left(stage, ada.proof)
    until = left_at(stage, ticket) + lasts
    stage.site.clock.jump(until + timedelta(seconds=1) - stage.now)
    too_late = ask(stage, ticket.reservation_id, kind)
    stage.site.clock.jump(timedelta(seconds=-1))

    in_time = ask(stage, ticket.reservation_id, kind)

    assert too_late == DisputeTooLate(until)
    assert isinstance(in_time, DisputeOpened)


def test_who_never_came_counts_from_the_end_of_the_booked_window(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.wait(minutes=30)
    until = ticket.window.until + timedelta(hours=24)
    stage.site.clock.jump(until + timedelta(seconds=1) - stage.now)

    assert ask(stage, ticket.reservation_id, COULD_NOT_PARK) == DisputeTooLate(until)


def test_a_car_that_is_inside_can_be_disputed(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    assert isinstance(ask(stage, ticket.reservation_id, COULD_NOT_PARK), DisputeOpened)


def test_what_nobody_has_paid_for_is_not_disputed(stage: Stage) -> None:
    reserved = stage.reserve()

    assert ask(stage, reserved.reservation_id) == NothingToDispute()


def test_a_dispute_needs_words_and_somebody_signed_in(stage: Stage, ada: Wallet) -> None:
    ticket = left(stage, ada.proof)

    assert ask(stage, ticket.reservation_id, words=" ") == ReasonMissing()
    stage.site.core.signed_in.clear()
    assert ask(stage, ticket.reservation_id) == NotSignedIn()


def test_a_reservation_has_one_open_dispute(stage: Stage, ada: Wallet) -> None:
    ticket = left(stage, ada.proof)
    dispute = opened(stage, ticket.reservation_id)

    again = ask(stage, ticket.reservation_id, COULD_NOT_PARK)
    close(stage, dispute, None)
    later = ask(stage, ticket.reservation_id)

    assert again == DisputeStands(dispute)
    assert isinstance(later, DisputeOpened)


# Decided ----------------------------------------------------------------------------------------


def test_what_is_upheld_goes_back_and_the_payout_is_free_again(stage: Stage, ada: Wallet) -> None:
    ticket = left(stage, ada.proof)
    dispute = opened(stage, ticket.reservation_id)
    held = held_back(stage)

    closed = close(stage, dispute, 180)

    assert held == {ticket.reservation_id}
    assert isinstance(closed, DisputeClosed)
    assert closed.dispute.state is DisputeState.UPHELD
    assert closed.refunded is not None
    assert closed.refunded.correction.reason == "looked at"
    assert held_back(stage) == set()
    assert parties(stage) == split_of(stage, ticket.reservation_id, 300)
    assert stage.books()[ada.account] == 2000 - 300
    assert stage.wrong() == []


def test_what_is_refused_moves_nothing_and_says_why(stage: Stage, ada: Wallet) -> None:
    ticket = left(stage, ada.proof)
    dispute = opened(stage, ticket.reservation_id)
    before = stage.books()

    closed = close(stage, dispute, None, words="the camera shows the sign")

    assert isinstance(closed, DisputeClosed)
    assert (closed.dispute.state, closed.refunded) == (DisputeState.REFUSED, None)
    assert closed.dispute.answer == "the camera shows the sign"
    assert stage.books() == before
    assert held_back(stage) == set()
    with stage.site.core.store.reading() as tx:
        assert tx.disputes.get(dispute.id) == closed.dispute


def test_a_dispute_is_decided_once(stage: Stage, ada: Wallet) -> None:
    ticket = left(stage, ada.proof)
    dispute = opened(stage, ticket.reservation_id)
    close(stage, dispute, 180)
    before = stage.books()

    again = close(stage, dispute, 180)

    assert isinstance(again, DisputeDecided)
    assert again.dispute.state is DisputeState.UPHELD
    assert stage.books() == before


@pytest.mark.parametrize("minor", [None, 100])
def test_a_decision_needs_the_pin_again_and_words(
    stage: Stage, ada: Wallet, minor: int | None
) -> None:
    ticket = left(stage, ada.proof)
    dispute = opened(stage, ticket.reservation_id)

    wrong = close(stage, dispute, minor, by=proof(stage, pin="111222"))
    silent = close(stage, dispute, minor, words=" ")

    assert wrong == WrongPin(None)
    assert silent == ReasonMissing()
    assert held_back(stage) == {ticket.reservation_id}


def test_a_dispute_stays_open_when_more_is_asked_than_was_paid(stage: Stage, ada: Wallet) -> None:
    ticket = left(stage, ada.proof)
    dispute = opened(stage, ticket.reservation_id)

    assert close(stage, dispute, 481) == RefundRefused(euro(480))
    assert held_back(stage) == {ticket.reservation_id}


# Goodwill without a stay ----------------------------------------------------------------------


def goodwill(
    stage: Stage,
    wallet: Wallet,
    minor: int,
    *,
    by: Proof | None = None,
    reason: str = "a nice letter",
    intent: str | None = None,
    pass_code: str | None = None,
) -> object:
    return stage.site.do(
        GiveGoodwill(
            actor=KIM,
            proof=by or proof(stage),
            pass_code=pass_code or wallet.pass_code,
            amount=euro(minor),
            reason=reason,
            intent=intent or stage.intent(),
        )
    )


def test_goodwill_comes_onto_a_wallet_once(stage: Stage, ada: Wallet) -> None:
    given = goodwill(stage, ada, 500, intent="press")

    again = goodwill(stage, ada, 500, intent="press")

    assert isinstance(given, GoodwillGiven)
    assert again == given
    assert given.balance == euro(2500)
    assert stage.books() == {"goodwill": -500, "till:desk-1": -2000, ada.account: 2500}


def test_much_goodwill_needs_two_persons_and_none_at_all_is_refused(
    stage: Stage, ada: Wallet
) -> None:
    hire_lee(stage)

    assert goodwill(stage, ada, 5001) == SecondPersonNeeded()
    assert isinstance(goodwill(stage, ada, 5001, by=proof(stage, second=LEE)), GoodwillGiven)
    assert goodwill(stage, ada, 0) == GoodwillRefused(euro(50_000))
    assert goodwill(stage, ada, 1, reason="") == ReasonMissing()
    assert goodwill(stage, ada, 1, pass_code="nobody00") == UnknownPass()


def test_goodwill_in_pieces_onto_one_wallet_needs_two_persons_too(
    stage: Stage, ada: Wallet
) -> None:
    hire_lee(stage)
    assert isinstance(goodwill(stage, ada, 3000), GoodwillGiven)

    assert goodwill(stage, ada, 2001) == SecondPersonNeeded()
    assert isinstance(goodwill(stage, ada, 2000), GoodwillGiven)
    assert isinstance(goodwill(stage, ada, 1, by=proof(stage, second=LEE)), GoodwillGiven)
    stage.wait(minutes=24 * 60)
    assert isinstance(goodwill(stage, ada, 5000), GoodwillGiven)


def test_goodwill_of_one_attendant_in_pieces_onto_many_wallets_needs_two_persons_too(
    stage: Stage, ada: Wallet
) -> None:
    assert isinstance(goodwill(stage, ada, 3000), GoodwillGiven)

    assert goodwill(stage, stage.wallet(0), 2001) == SecondPersonNeeded()


def test_the_same_goodwill_with_another_amount_is_told_as_it_was_given(
    stage: Stage, ada: Wallet
) -> None:
    given = goodwill(stage, ada, 100, intent="press")

    assert goodwill(stage, ada, 5000, intent="press") == given
