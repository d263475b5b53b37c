"""The story of the tour in its order: one day at a car park, and the Monday that pays its owners.

Two drivers come, one leaves early and one late; a board is unplugged in between, a third needs a
charger (tour_guest.py), a space is closed that was reserved for tomorrow, and the chapter about
money (tour_money.py) ends it. How the attendant and the drivers do what they do stands in
tour_desk.py, tour_drivers.py and tour_tickets.py.
"""

from __future__ import annotations

from datetime import timedelta

from hardware.sim.printer import Paper
from kiosk.app.tour_desk import TourDesk, TourDriver
from kiosk.app.tour_drivers import Tour, TourDrivers
from kiosk.app.tour_guest import play_guest
from kiosk.app.tour_money import play_end_of_shift, play_payouts, play_shared_car
from kiosk.app.tour_stage import OTHER
from kiosk.app.tour_tickets import TourTickets

EARLY = TourDriver("Rosa Lind", "BKR4713", "739214")
LATE = TourDriver("Ben Okoro", "HHX205", "603185")
BOOKED_BY_LATE_MINUTES = 60
FIRST_SKIP = timedelta(hours=1, minutes=37)
TOMORROW_AT = 9
"""The hour of the reservation for later."""
SECOND_SKIP = timedelta(minutes=33)


def play(tour: Tour) -> None:
    """Play the whole story; StepFailed when something does not happen."""
    desk = TourDesk(tour.stage)
    drivers = TourDrivers(tour.stage, entry=tour.entry, exit_=tour.exit)
    desk.sign_in(attendant=tour.attendant, one_time_pin=tour.one_time_pin)
    desk.open_shift(attendant=tour.attendant)
    early_pass = desk.open_wallet(EARLY, is_pictured=True)
    early_ticket = _buy_by_plan(tour, drivers, early_pass)
    _drive_in(tour, drivers, early_ticket)
    late_pass = desk.open_wallet(LATE, is_pictured=False)
    late_ticket = _buy_the_best(tour, drivers, late_pass)
    _unplug(tour, desk, drivers, late_ticket)
    _let_pass(tour, desk, FIRST_SKIP)
    _leave_early(tour, drivers, early_ticket)
    desk.show_money(EARLY)
    desk.refund_later(EARLY)
    _refuse(tour, drivers, used=early_ticket, genuine=late_ticket)
    _call_for_help(tour, desk)
    _let_pass(tour, desk, SECOND_SKIP)
    _leave_late(tour, desk, drivers, late_pass, late_ticket)
    play_guest(tour, desk, drivers)
    _come_tomorrow(tour, desk, drivers, late_pass)
    _open_by_hand(tour, desk, drivers)
    play_shared_car(tour, desk, drivers, LATE, late_pass)
    play_end_of_shift(tour)
    play_payouts(tour, desk)
    desk.look("desk-at-the-end", use="occupied", count=0)


def _let_pass(tour: Tour, desk: TourDesk, skipped: timedelta) -> None:
    tour.stage.tell(f"{skipped // timedelta(minutes=1)} minutes pass")
    tour.skip(skipped)
    desk.see_clock()


def _buy_by_plan(tour: Tour, drivers: TourDrivers, pass_code: str) -> Paper:
    tour.stage.tell(f"{EARLY.name} looks for a space for three hours")
    drivers.find(half_hours_more=2, is_pictured=True)
    space = drivers.choose_on_plan()
    tour.stage.tell(f"{EARLY.name} takes space {space} on the plan and types a plate")
    drivers.type_plate(EARLY.plate, is_pictured=True)
    tour.stage.tell(f"{EARLY.name} pays the deposit with pass and PIN")
    ticket = drivers.pay_by_scan(EARLY, pass_code)
    tour.stage.tell(f"The ticket is on the glass and on paper: {ticket.qr}")
    tour.stage.picture(tour.entry.name, "entry-ticket")
    drivers.put_away()
    return ticket


def _drive_in(tour: Tour, drivers: TourDrivers, ticket: Paper) -> None:
    assert ticket.qr is not None
    tour.stage.tell(f"{EARLY.name} holds the paper to the reader, and the barrier opens")
    drivers.arrive(tour.entry)
    drivers.hold(tour.entry, ticket.qr, then="page_drive")
    drivers.wait_for_open(tour.entry)
    tour.stage.picture(tour.entry.name, "entry-drive-in", ends_in=OTHER)
    drivers.drive_through(tour.entry)
    tour.stage.tell(f"{EARLY.name} is in: the stay begins")
    tour.stage.picture(tour.entry.name, "entry-welcome")


def _buy_the_best(tour: Tour, drivers: TourDrivers, pass_code: str) -> Paper:
    tour.stage.tell(f"{LATE.name} takes the best space for an hour and pays")
    drivers.find()
    drivers.shorten(BOOKED_BY_LATE_MINUTES)
    drivers.choose_best()
    drivers.type_plate(LATE.plate)
    ticket = drivers.pay_by_touch(LATE, pass_code)
    drivers.put_away()
    tour.stage.tell(f"{LATE.name} has no ticket in hand, and the pass brings it back")
    drivers.prove(LATE, pass_code)
    drivers.put_away()
    return ticket


def _unplug(tour: Tour, desk: TourDesk, drivers: TourDrivers, ticket: Paper) -> None:
    stage, entry = tour.stage, tour.entry
    assert ticket.qr is not None
    drivers.arrive(entry)
    drivers.hold(entry, ticket.qr, then="page_drive")
    stage.tell(f"The relay board of {entry.name} is unplugged while the barrier opens")
    entry.toy.unplug_board()
    stage.see(entry.name, "page_note")
    stage.picture(entry.name, "entry-grant-returned")
    stage.touch(entry.name, "dismiss")
    stage.see(entry.name, "page_out_of_order")
    stage.picture(entry.name, "entry-out-of-order")
    desk.see_fault(entry.name)
    stage.tell("The board is plugged in again, and the lane comes back by itself")
    entry.toy.replug_board()
    stage.wait(f"{entry.name} is in order again", entry.has_car)
    desk.see_fault_gone(entry.name)
    stage.tell(f"The same ticket opens: {LATE.name} drives in, and nothing is charged twice")
    drivers.hold(entry, ticket.qr, then="page_drive")
    drivers.wait_for_open(entry)
    drivers.drive_through(entry)
    desk.look("desk-two-stays", use="occupied", count=2)


def _leave_early(tour: Tour, drivers: TourDrivers, ticket: Paper) -> None:
    stage = tour.stage
    assert ticket.qr is not None
    stage.tell(f"{EARLY.name} comes to the exit")
    stage.picture(tour.exit.name, "exit-present")
    drivers.arrive(tour.exit)
    drivers.hold(tour.exit, ticket.qr, then="page_receipt")
    stage.tell(f"The clock stops at the scan; the receipt shows {EARLY.name} every cent")
    drivers.wait_for_open(tour.exit)
    stage.picture(tour.exit.name, "exit-receipt", ends_in=OTHER)
    drivers.drive_through(tour.exit)
    stage.tell(f"{EARLY.name} is out: the stay has ended, and the rest is back in the wallet")
    stage.picture(tour.exit.name, "exit-goodbye")


def _refuse(tour: Tour, drivers: TourDrivers, *, used: Paper, genuine: Paper) -> None:
    assert used.qr is not None
    assert genuine.qr is not None
    stage = tour.stage
    drivers.rest(tour.entry, page="page_attract")
    stage.tell("A forged ticket is shown at the entrance: the barrier stays closed")
    drivers.hold(tour.entry, forged(genuine.qr), then="page_note")
    stage.picture(tour.entry.name, "entry-forged-ticket")
    stage.touch(tour.entry.name, "dismiss")
    stage.see(tour.entry.name, "page_attract")
    drivers.rest(tour.exit, page="page_present")
    stage.tell("A used ticket is shown at the exit: the barrier stays closed")
    drivers.hold(tour.exit, used.qr, then="page_note")
    stage.picture(tour.exit.name, "exit-used-ticket")
    stage.touch(tour.exit.name, "cancel")
    stage.see(tour.exit.name, "page_present")


def _call_for_help(tour: Tour, desk: TourDesk) -> None:
    stage = tour.stage
    stage.tell("Somebody at the exit touches Help")
    stage.touch(tour.exit.name, "help")
    stage.see(tour.exit.name, "page_help")
    stage.picture(tour.exit.name, "exit-help")
    desk.answer_call(tour.exit.name)
    stage.touch(tour.exit.name, "back")
    stage.see(tour.exit.name, "page_present")


def _leave_late(
    tour: Tour, desk: TourDesk, drivers: TourDrivers, pass_code: str, ticket: Paper
) -> None:
    stage = tour.stage
    assert ticket.qr is not None
    stage.tell(f"{LATE.name} comes to the exit, later than booked: more is due")
    drivers.arrive(tour.exit)
    drivers.hold(tour.exit, ticket.qr, then="page_due")
    stage.picture(tour.exit.name, "exit-due")
    desk.look("desk-overstayed", use="overstayed", count=1)
    desk.show_due(LATE)
    stage.tell(f"{LATE.name} pays the rest from the wallet, and the barrier opens")
    drivers.pay_due(LATE, pass_code)
    drivers.wait_for_open(tour.exit)
    stage.picture(tour.exit.name, "exit-receipt-late")
    drivers.drive_through(tour.exit)


def _come_tomorrow(tour: Tour, desk: TourDesk, drivers: TourDrivers, pass_code: str) -> None:
    stage, entry = tour.stage, tour.entry.name
    drivers.rest(tour.entry, page="page_attract")
    stage.tell(f"{LATE.name} reserves a space for tomorrow morning and pays")
    drivers.find_for_tomorrow(hour=TOMORROW_AT)
    drivers.choose_best()
    drivers.type_plate(LATE.plate)
    drivers.pay_by_touch(LATE, pass_code, is_pictured=False)
    space, code = stage.read(entry, "ticket_space"), drivers.short_code()
    stage.picture(entry, "entry-ticket-for-later")
    drivers.put_away()
    desk.close_space(space)
    stage.tell(f"{LATE.name} types the short code, and reads where the space is now")
    mine = TourTickets(stage, tour.entry)
    mine.look_up(code)
    stage.wait_until_reads(entry, "moved", f"Moved from {space} to")
    stage.picture(entry, "entry-moved")
    stage.tell(f"{LATE.name} comes half an hour later than reserved: it costs the same")
    mine.come_later(2)
    stage.picture(entry, "entry-changed")
    stage.tell(f"{LATE.name} cancels after all: everything goes back to the wallet")
    mine.cancel()
    stage.picture(entry, "entry-cancelled")
    drivers.put_away()
    desk.reopen_space(space)


def _open_by_hand(tour: Tour, desk: TourDesk, drivers: TourDrivers) -> None:
    drivers.arrive(tour.entry)
    desk.open_by_hand(tour.entry.name, attendant=tour.attendant)
    drivers.drive_through(tour.entry)
    drivers.rest(tour.entry, page="page_attract")


def forged(ticket: str) -> str:
    """The ticket with one sign of its signature changed."""
    at = len(ticket) - 4
    return ticket[:at] + ("A" if ticket[at] != "A" else "B") + ticket[at + 1 :]
