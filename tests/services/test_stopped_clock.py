"""The clock stops at the first scan: neither a second scan nor a lane out of order costs time."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.outcomes import ExitCovered, ExitDue, LaneOutOfOrder
from tests.fakes.stage import EXIT, Stage, Wallet, euro


def at_the_exit(stage: Stage, wallet: Wallet, *, minutes: int) -> str:
    ticket = stage.inside(wallet.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=minutes))
    return ticket.text


def heal(stage: Stage) -> None:
    stage.site.lanes[EXIT].replug_board()
    stage.wait(minutes=1)


def test_a_second_scan_while_something_is_due_keeps_the_charge_of_the_first(
    stage: Stage, ada: Wallet
) -> None:
    text = at_the_exit(stage, ada, minutes=149)
    first = stage.scan(EXIT, text)

    stage.wait(minutes=14)
    second = stage.scan(EXIT, text)

    assert isinstance(first, ExitDue)
    assert isinstance(second, ExitDue)
    assert second.bill == first.bill
    assert second.bill.charge.total == euro(600)


def test_scanning_again_and_again_does_not_stop_the_clock_for_ever(
    stage: Stage, ada: Wallet
) -> None:
    text = at_the_exit(stage, ada, minutes=149)
    stage.scan(EXIT, text)
    stage.wait(minutes=14)
    stage.scan(EXIT, text)

    stage.wait(minutes=2)
    later = stage.scan(EXIT, text)

    assert isinstance(later, ExitDue)
    assert later.bill.charge.total == euro(720)


def test_a_scan_while_the_exit_is_out_of_order_stops_the_clock_for_the_exit_right(
    stage: Stage, ada: Wallet
) -> None:
    text = at_the_exit(stage, ada, minutes=59)
    stage.site.lanes[EXIT].unplug_board()
    out_of_order = stage.scan(EXIT, text)

    stage.wait(minutes=13)
    heal(stage)
    outcome = stage.scan(EXIT, text)

    assert out_of_order == LaneOutOfOrder()
    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(240)


def test_after_the_exit_right_a_scan_at_a_lane_out_of_order_stops_the_clock_no_more(
    stage: Stage, ada: Wallet
) -> None:
    text = at_the_exit(stage, ada, minutes=59)
    stage.site.lanes[EXIT].unplug_board()
    stage.scan(EXIT, text)

    stage.wait(minutes=15)
    heal(stage)
    outcome = stage.scan(EXIT, text)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(360)
