"""A chapter of the tour: a driver who needs a charger, and what the kiosk does for her.

Nothing is free for so long, so what comes nearest is shown; her space is occupied, so she gets
another one; she stays longer, and leaves by the code of her ticket.
"""

from __future__ import annotations

from datetime import timedelta

from kiosk.app.tour_desk import TourDesk, TourDriver
from kiosk.app.tour_drivers import Tour, TourDrivers
from kiosk.app.tour_stage import OTHER
from kiosk.app.tour_tickets import TourTickets

GUEST = TourDriver("Mia Sato", "DDEV88", "417260")
WANTED_MINUTES, TAKEN_MINUTES = 480, 60
MORE_QUARTERS = 4
STAYS = timedelta(minutes=40)


def play_guest(tour: Tour, desk: TourDesk, drivers: TourDrivers) -> None:
    """From the search to the exit; the screens are as they were before."""
    drivers.rest(tour.entry, page="page_attract")
    pass_code = desk.open_wallet(GUEST, is_pictured=False)
    code = _find_a_charger(tour, drivers, pass_code)
    _move(tour, code)
    tour.skip(STAYS)
    desk.see_clock()
    _leave(tour, drivers, pass_code, code)


def _find_a_charger(tour: Tour, drivers: TourDrivers, pass_code: str) -> str:
    stage, window = tour.stage, tour.entry.name
    stage.tell(f"{GUEST.name} needs a charger for eight hours, and no space has one for so long")
    drivers.find()
    stage.touch(window, "car_needs")
    stage.touch(window, "need_charger")
    stage.picture(window, "entry-needs")
    stage.touch(window, "car_done")
    drivers.shorten(WANTED_MINUTES)
    stage.wait_until_reads(window, "area_1", "True", what="full")
    stage.picture(window, "entry-none-suitable")
    stage.touch(window, "search")
    stage.see(window, "page_nothing")
    stage.tell("The screen shows what comes nearest, each one touch away")
    stage.picture(window, "entry-nothing")
    stage.touch(window, "dismiss")
    stage.tell(f"{GUEST.name} takes the space with a charger for an hour, pays, and drives in")
    drivers.shorten(TAKEN_MINUTES)
    stage.wait_until_reads(window, "area_1", "False", what="full")
    drivers.choose_best()
    drivers.type_plate(GUEST.plate)
    ticket = drivers.pay_by_touch(GUEST, pass_code, is_pictured=False)
    assert ticket.qr is not None
    code = drivers.short_code()
    drivers.put_away()
    drivers.arrive(tour.entry)
    drivers.hold(tour.entry, ticket.qr, then="page_drive")
    drivers.wait_for_open(tour.entry)
    drivers.drive_through(tour.entry)
    drivers.rest(tour.entry, page="page_attract")
    return code


def _move(tour: Tour, code: str) -> None:
    mine = TourTickets(tour.stage, tour.entry)
    tour.stage.tell(f"Somebody stands on the space of {GUEST.name}, who types the short code")
    mine.look_up(code)
    space = mine.take_another_space()
    tour.stage.tell(f"{GUEST.name} has space {space} now, with a charger and at the same price")
    mine.picture("entry-substitute")
    tour.stage.touch(tour.entry.name, "cancel")
    tour.stage.see(tour.entry.name, "page_attract")


def _leave(tour: Tour, drivers: TourDrivers, pass_code: str, code: str) -> None:
    stage, mine = tour.stage, TourTickets(tour.stage, tour.exit)
    drivers.rest(tour.exit, page="page_present")
    stage.tell(f"{GUEST.name} types the short code at the exit, and stays an hour longer")
    mine.look_up(code)
    mine.picture("exit-my-ticket")
    mine.stay_longer(GUEST, pass_code, quarters=MORE_QUARTERS)
    mine.picture("exit-extended")
    stage.tell(f"{GUEST.name} leaves after all, by the code: what was too much goes back")
    drivers.arrive(tour.exit)
    mine.leave()
    drivers.wait_for_open(tour.exit)
    stage.picture(tour.exit.name, "exit-receipt-by-code", ends_in=OTHER)
    drivers.drive_through(tour.exit)
    drivers.rest(tour.exit, page="page_present")
