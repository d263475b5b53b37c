"""The same reservation on another space: what stays, what changes, and what is told of it."""

from __future__ import annotations

import pytest

from db.errors import Overlap
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.life_outcomes import Changed, ChangeKept, Moved, TicketShown
from kiosk.domain.outcomes import ExitCovered, Granted
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.time import Window
from kiosk.services.life_commands import ChangeReservation
from kiosk.services.moves import move, reserved_space
from tests.fakes.stage import DRIVER, ENTRY, EXIT, KIM, Stage, Wallet
from tests.services.moving import (
    HOUR,
    actions,
    assert_books_are_whole,
    assert_gaps_are_kept,
    close,
    idle_for,
    paid,
    rebuild,
    report_wrong,
    space_of,
)


def moved(stage: Stage, reservation_id: ReservationId, to_space_id: int) -> Moved:
    core = stage.site.core
    reservation = stage.reservation(reservation_id)
    with core.store.transaction() as tx:
        return move(core, tx, reservation, SpaceId(to_space_id), why="a test", actor=KIM)


def test_window_ticket_tariff_and_quote_stay(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=60)
    before = stage.reservation(ticket.reservation_id)

    told = moved(stage, ticket.reservation_id, 3)

    after = stage.reservation(ticket.reservation_id)
    assert (after.space_id, told.ticket.space.id, told.moved_from.id) == (3, 3, 1)
    assert (after.window, after.quote, after.tariff) == (
        before.window,
        before.quote,
        before.tariff,
    )
    assert told.ticket.text == ticket.text


def test_the_ticket_in_hand_opens_the_entrance_and_says_the_new_space(
    stage: Stage, ada: Wallet
) -> None:
    ticket = paid(stage, ada, starts_in=60)
    moved(stage, ticket.reservation_id, 3)

    shown = stage.show_ticket(ticket.text)
    stage.wait(minutes=60)
    granted = stage.drive(ENTRY, ticket.text)

    assert isinstance(shown, TicketShown)
    assert shown.moved_from == ticket.space
    assert isinstance(granted, Granted)
    assert (granted.space.id, granted.moved_from) == (3, ticket.space)


def test_the_owner_of_the_new_space_has_the_share_by_the_terms_of_the_new_space(
    stage: Stage, ada: Wallet
) -> None:
    with stage.site.core.store.transaction() as tx:
        terms_id = tx.library.add_split_terms(SplitTerms(2000, 0, 0))
        tx.library._session.run("UPDATE area SET split_terms_id = ? WHERE code = 'B'", terms_id)
    ticket = paid(stage, ada, starts_in=60)
    moved(stage, ticket.reservation_id, 5)
    stage.wait(minutes=60)
    stage.drive(ENTRY, ticket.text)
    stage.wait(minutes=50)

    left = stage.drive(EXIT, ticket.text)

    assert isinstance(left, ExitCovered)
    assert left.bill.shares.commission.minor == 48  # 20 % of 2.40
    assert_books_are_whole(stage)


def test_what_was_divided_once_stays_divided_so(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=30)
    stage.drive(EXIT, ticket.text)
    stage.wait(minutes=10)
    stage.drive(ENTRY, ticket.text)
    with stage.site.core.store.transaction() as tx:
        terms_id = tx.library.add_split_terms(SplitTerms(2000, 0, 0))
        tx.library._session.run("UPDATE area SET split_terms_id = ? WHERE code = 'B'", terms_id)

    moved(stage, ticket.reservation_id, 5)

    assert stage.reservation(ticket.reservation_id).split_terms == SplitTerms(1500, 1900, 1000)


def test_both_spaces_have_the_idle_time_that_they_should(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=60)

    moved(stage, ticket.reservation_id, 3)

    assert idle_for(stage, Window(stage.now + HOUR, stage.now + 2 * HOUR)) == {1, 5}
    assert_gaps_are_kept(stage)


def test_the_audit_says_both_spaces_and_why(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=60)

    moved(stage, ticket.reservation_id, 3)

    row = stage.money_of(ticket.reservation_id).timeline[-1]
    assert (row.action, row.detail) == ("reservation.moved", "A01 -> A03: a test")


def test_a_space_that_is_kept_for_somebody_else_is_refused_by_the_schema(
    stage: Stage, ada: Wallet
) -> None:
    ticket = paid(stage, ada, starts_in=60)
    paid(stage, ada, starts_in=90, plate="B AB 3", space_id=3)

    with pytest.raises(Overlap):
        moved(stage, ticket.reservation_id, 3)

    assert space_of(stage, ticket.reservation_id) == 1
    assert "reservation.moved" not in actions(stage, ticket.reservation_id)


def test_a_change_that_waited_to_be_paid_is_forgotten(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=60)
    kept = stage.site.do(
        ChangeReservation(
            actor=DRIVER,
            lane=ENTRY,
            reservation_id=ticket.reservation_id,
            window=Window(ticket.window.from_, ticket.window.until + HOUR),
        )
    )
    assert isinstance(kept, ChangeKept)

    moved(stage, ticket.reservation_id, 3)

    assert stage.sql("SELECT * FROM change") == []
    assert_gaps_are_kept(stage)


def test_who_was_once_given_a_better_space_is_not_owed_the_better_one(
    stage: Stage, ada: Wallet
) -> None:
    rebuild(stage, 3, "is_covered", 1)
    ticket = paid(stage, ada, starts_in=60)
    moved(stage, ticket.reservation_id, 3)

    close(stage, 3)

    assert space_of(stage, ticket.reservation_id) == 1


def test_who_has_changed_to_another_space_has_its_class(stage: Stage, ada: Wallet) -> None:
    ticket = paid(stage, ada, starts_in=60)
    moved(stage, ticket.reservation_id, 3)
    changed = stage.site.do(
        ChangeReservation(
            actor=DRIVER,
            lane=ENTRY,
            reservation_id=ticket.reservation_id,
            space_id=SpaceId(5),
            window=ticket.window,
        )
    )
    assert isinstance(changed, Changed)

    reservation = stage.reservation(ticket.reservation_id)
    with stage.site.core.store.reading() as tx:
        assert reserved_space(tx, reservation).id == 5


def test_who_took_a_better_space_by_himself_has_its_class(stage: Stage, ada: Wallet) -> None:
    rebuild(stage, 3, "is_covered", 1)
    ticket = stage.inside(ada.proof)
    report_wrong(stage, ticket.reservation_id, 3)

    reservation = stage.reservation(ticket.reservation_id)
    with stage.site.core.store.reading() as tx:
        assert reserved_space(tx, reservation).id == 3
