"""A chapter of the tour about money: a car that two drivers share, a debt, a till, a payout run.

The second driver's card is declined at the exit, so the car leaves unpaid and is paid for at the
desk. The attendant counts the till in the evening, and pays the owners on the Monday after.
"""

from __future__ import annotations

from datetime import timedelta

from hardware.sim.printer import Paper
from kiosk.app.tour_desk import DESK, OWN_PIN, TourDesk, TourDriver, count_pieces
from kiosk.app.tour_drivers import Tour, TourDrivers
from kiosk.app.tour_stage import TourStage

FIRST = TourDriver("Ines Roth", "KNR318", "528406")
BOOKED_MINUTES = 60
DRIVES_FIRST, DRIVES_SECOND = timedelta(minutes=25), timedelta(minutes=65)
TILL_PIECES = {"2000": "4", "1000": "3", "500": "8", "200": "13", "50": "13", "20": "1"} | {
    "10": "1",
    "5": "1",
    "2": "2",
}
"""The float of the morning, a note from each of four drivers, and a debt of 2.89."""
UNTIL_MONDAY = timedelta(days=5, hours=20)


def play_shared_car(
    tour: Tour, desk: TourDesk, drivers: TourDrivers, second: TourDriver, second_pass: str
) -> None:
    """One car, two payers; the second one leaves unpaid and pays at the desk."""
    stage = tour.stage
    ticket = _park(tour, desk, drivers)
    tour.skip(DRIVES_FIRST)
    desk.see_clock()
    stage.tell(f"{second.name} drives on with the car of {FIRST.name}, and pays from now on")
    _hand_over(stage, desk, second, second_pass)
    tour.skip(DRIVES_SECOND)
    desk.see_clock()
    _leave_unpaid(tour, drivers, second, ticket)
    stage.tell(f"{second.name} pays the debt at the desk, in cash")
    _pay_debt(stage, desk)


def _park(tour: Tour, desk: TourDesk, drivers: TourDrivers) -> str:
    drivers.rest(tour.entry, page="page_attract")
    pass_code = desk.open_wallet(FIRST, is_pictured=False)
    tour.stage.tell(f"{FIRST.name} takes the best space for an hour, pays, and drives in")
    drivers.find()
    drivers.shorten(BOOKED_MINUTES)
    drivers.choose_best()
    drivers.type_plate(FIRST.plate)
    ticket: Paper = drivers.pay_by_touch(FIRST, pass_code, is_pictured=False)
    assert ticket.qr is not None
    drivers.put_away()
    drivers.arrive(tour.entry)
    drivers.hold(tour.entry, ticket.qr, then="page_drive")
    drivers.wait_for_open(tour.entry)
    drivers.drive_through(tour.entry)
    drivers.rest(tour.entry, page="page_attract")
    return ticket.qr


def _hand_over(stage: TourStage, desk: TourDesk, second: TourDriver, pass_code: str) -> None:
    desk.show_stay(FIRST)

    def fill() -> None:
        stage.touch(DESK, "payer_hand-over")
        stage.touch(DESK, "payer_pass")
        stage.type(DESK, pass_code)
        stage.touch(DESK, "payer_pin")
        stage.touch_each(DESK, "digit_", second.pin)

    desk.ask_twice("desk-hand-over", fill, "payer_cancel")
    stage.touch(DESK, "payer_confirm")
    stage.see(DESK, "payer_amount_told")
    stage.touch(DESK, "payer_confirm")
    stage.wait_until_gone(DESK, "payer_confirm")
    desk.leave_stay()


def _leave_unpaid(tour: Tour, drivers: TourDrivers, second: TourDriver, ticket: str) -> None:
    stage, exit_ = tour.stage, tour.exit.name
    drivers.rest(tour.exit, page="page_present")
    stage.tell(f"{second.name} comes to the exit too late, and the card is declined")
    drivers.arrive(tour.exit)
    drivers.hold(tour.exit, ticket, then="page_due")
    stage.touch(exit_, "pay_due")
    stage.touch(exit_, "method_card")
    tour.decline_next_card()
    stage.touch(exit_, "pay")
    stage.see(exit_, "leave_now")
    stage.picture(exit_, "exit-declined")
    stage.tell(f"{second.name} leaves unpaid, with a code to pay by")
    stage.touch(exit_, "leave_now")
    stage.see(exit_, "leave_code")
    drivers.wait_for_open(tour.exit)
    stage.picture(exit_, "exit-left-unpaid")
    drivers.drive_through(tour.exit)
    drivers.rest(tour.exit, page="page_present")


def _pay_debt(stage: TourStage, desk: TourDesk) -> None:
    notices = "notice_open_debt_"
    stage.wait("the desk lists the debt", lambda: len(stage.names(DESK, notices)) == 1)
    stage.picture(DESK, "desk-owes")
    stage.touch(DESK, stage.names(DESK, notices)[0])
    desk.ask_twice("desk-debt", lambda: stage.touch(DESK, "after_debt-cash"), "after_cancel")
    stage.touch(DESK, "after_confirm")
    stage.wait_until_gone(DESK, "after_confirm")
    desk.leave_stay()


def play_end_of_shift(tour: Tour) -> None:
    """What moved in the till, the count, and the report."""
    stage = tour.stage
    stage.tell(f"{tour.attendant} counts the till and closes the shift")
    stage.touch(DESK, "page_till")
    stage.see(DESK, "till_expected")
    stage.picture(DESK, "desk-till-moved")
    stage.touch(DESK, "till_next")
    count_pieces(stage, TILL_PIECES)
    stage.touch(DESK, "till_next")
    stage.see(DESK, "till_left")
    stage.touch(DESK, "till_next")
    stage.see(DESK, "till_print")
    stage.picture(DESK, "desk-till-closed")
    stage.touch(DESK, "till_next")
    stage.touch(DESK, "page_overview")
    stage.see(DESK, "stays")


def play_payouts(tour: Tour, desk: TourDesk) -> None:
    """A run is proposed, approved and released, and the bank has paid it."""
    stage = tour.stage
    stage.tell("It is Monday, after the weekly cut-off")
    tour.skip(UNTIL_MONDAY)
    desk.see_clock()
    stage.tell(f"{tour.attendant} proposes a payout run")
    stage.touch(DESK, "payouts")
    stage.touch(DESK, "payout_propose")
    stage.see(DESK, "payout_pin")
    _close_payouts(stage)

    def type_pin() -> None:
        stage.touch(DESK, "payouts")
        stage.touch(DESK, "payout_pin")
        stage.type(DESK, OWN_PIN)

    desk.ask_twice("desk-payouts", type_pin, "payout_close")
    stage.tell(f"{tour.attendant} approves it with the PIN and releases the money; the bank pays")
    stage.touch(DESK, "payout_go")
    stage.see(DESK, "payout_approved")
    stage.touch(DESK, "payout_go")
    stage.wait_until_gone(DESK, "payout_withdraw")
    stage.touch(DESK, "payout_go")
    stage.wait_until_gone(DESK, "payout_go")
    _close_payouts(stage)

    def look() -> None:
        stage.touch(DESK, "payouts")
        stage.see(DESK, "payout_head")

    desk.ask_twice("desk-payouts-paid", look, "payout_close")
    _close_payouts(stage)


def _close_payouts(stage: TourStage) -> None:
    stage.touch(DESK, "payout_close")
    stage.wait_until_gone(DESK, "payout_close")
