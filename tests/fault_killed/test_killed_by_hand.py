"""kill -9 while the attendant opens by hand: the desk asks what became of the car, or nothing is.

No order is repeated by the program; the attendant gives it again, and no money moves twice.
"""

from __future__ import annotations

from kiosk.domain.outcomes import BarrierOrdered, ExitCovered, Granted
from kiosk.services.commands import ShowDesk
from tests.fakes.stage import ENTRY, EXIT, KIM
from tests.fault_killed.afterlife import CASH, Afterlife, Kill


def unreported(after: Afterlife) -> list[tuple[str, int | None]]:
    """The cars of which the desk asks the attendant whether they have passed."""
    view = after.stage.site.do(ShowDesk(actor=KIM))
    return [(grant.lane, grant.reservation_id) for grant in view.unreported]


def audited(after: Afterlife) -> list[str]:
    """What became of grants and orders."""
    rows = after.stage.sql("SELECT action || ' ' || detail FROM audit ORDER BY id")
    said = [str(row[0]) for row in rows]
    return [each for each in said if each.startswith(("grant.", "barrier."))]


def driven_out_by_hand(after: Afterlife) -> object:
    """The attendant opens the exit again, and the car drives out."""
    car = after.stage.site.car_to(EXIT)
    ordered = after.stage.open_barrier(EXIT, reservation_id=after.reservation_id)
    after.stage.site.car_through(EXIT, car)
    return ordered


def test_inside_the_commit_of_an_opening_the_grant_before_still_stands_and_is_asked_about(
    kill: Kill,
) -> None:
    after = kill("inside_the_commit_of_an_entrance_opened_by_hand")
    found, asked = audited(after), unreported(after)

    outcome = after.stage.drive(ENTRY, after.text)

    assert found == ["grant.returned restart"]
    assert asked == [(ENTRY, after.reservation_id)]
    assert not after.stage.is_arm_up(ENTRY)
    assert isinstance(outcome, Granted)
    assert (after.state, unreported(after)) == ("arrived", [])


def test_inside_the_commit_of_a_reported_passage_the_open_grant_is_still_asked_about(
    kill: Kill,
) -> None:
    after = kill("inside_the_commit_of_a_reported_passage")

    assert audited(after) == ["grant.returned restart"]
    assert (after.state, unreported(after)) == ("confirmed", [(ENTRY, after.reservation_id)])
    assert isinstance(after.stage.drive(ENTRY, after.text), Granted)


def test_after_the_commit_of_a_reported_passage_its_grant_has_ended_and_nothing_is_asked(
    kill: Kill,
) -> None:
    after = kill("after_the_commit_of_a_reported_passage")

    assert audited(after) == ["grant.returned replaced"]
    assert (after.state, unreported(after)) == ("arrived", [])
    assert isinstance(after.stage.drive(EXIT, after.text), ExitCovered)


def test_between_an_order_and_its_arm_the_entrance_is_asked_about_and_opens_for_the_ticket(
    kill: Kill,
) -> None:
    after = kill("before_the_arm_of_an_entrance_opened_by_hand")
    found, asked = audited(after), unreported(after)

    outcome = after.stage.drive(ENTRY, after.text)

    assert found == [
        "grant.returned replaced",
        "barrier.ordered no phone",
        "grant.returned restart",
    ]
    assert asked == [(ENTRY, after.reservation_id)]
    assert isinstance(outcome, Granted)
    assert (after.state, unreported(after)) == ("arrived", [])


def test_between_its_question_and_its_order_an_exit_has_begun_and_settled_nothing(
    kill: Kill,
) -> None:
    after = kill("between_the_transactions_of_an_exit_opened_by_hand")
    found = (after.state, after.stage.books(), audited(after), unreported(after))

    ordered = driven_out_by_hand(after)

    untouched = CASH | {after.wallet.account: 1520, "escrow:1": 480}
    assert found == ("confirmed", untouched, [], [])
    assert isinstance(ordered, BarrierOrdered)
    assert after.state == "left"
    assert after.stage.books()[after.wallet.account] == 1880


def test_between_an_order_and_its_arm_the_exit_is_settled_once_and_opens_again(
    kill: Kill,
) -> None:
    after = kill("before_the_arm_of_an_exit_opened_by_hand")
    found, asked = (after.state, after.stage.books()), unreported(after)
    journals = after.stage.journal_count()

    outcome = after.stage.drive(EXIT, after.text)

    settled = {"owner:1": 87, "commission": 18, "vat": 3, "manager": 12}
    assert found == ("settled", CASH | {after.wallet.account: 1880, **settled})
    assert asked == [(EXIT, after.reservation_id)]
    assert isinstance(outcome, ExitCovered)
    assert (after.state, unreported(after)) == ("left", [])
    assert (after.stage.books(), after.stage.journal_count()) == (found[1], journals)
