"""kill -9 while a change is paid: it is made whole, or waits on as if nothing had been pressed."""

from __future__ import annotations

from kiosk.domain.life_outcomes import Changed
from tests.fakes.planned import drop_change, hours, pay_change
from tests.fault_killed.afterlife import CASH, Kill

UNTOUCHED = ("confirmed", hours(0, 2))


def test_inside_the_commit_of_a_change_nothing_has_moved(kill: Kill) -> None:
    after = kill("inside_the_changes_commit")
    stage, account = after.stage, after.wallet.account
    found = (after.state, stage.reservation(after.reservation_id).window)
    books = stage.books()

    paid = pay_change(stage, after.reservation_id, after.wallet.proof)

    assert found == UNTOUCHED
    assert books == CASH | {account: 1520, "escrow:1": 480}
    assert isinstance(paid, Changed)
    assert stage.books() == CASH | {account: 1280, "escrow:1": 720}


def test_between_intent_and_provider_the_change_waits_on_and_is_paid_anew(kill: Kill) -> None:
    after = kill("before_the_provider_acts_on_a_change")
    stage = after.stage
    found = (after.state, stage.reservation(after.reservation_id).window)

    paid = pay_change(stage, after.reservation_id, after.wallet.proof)

    assert found == UNTOUCHED
    assert stage.operation("card") == "failed"
    assert isinstance(paid, Changed)
    assert stage.provider_counts() == (0, 0)


def test_between_provider_and_answer_the_payment_is_found_and_the_change_made(
    kill: Kill,
) -> None:
    after = kill("after_the_provider_acted_on_a_change")
    stage = after.stage

    (changed,) = stage.finished("card")
    drop_change(stage, after.reservation_id)

    assert isinstance(changed, Changed)
    assert [printed.paper.qr for printed in stage.site.papers] == [changed.ticket.text]
    assert stage.reservation(after.reservation_id).window == hours(0, 3)
    assert stage.provider_counts() == (240, 0)
    assert stage.books()["escrow:1"] == 720
