"""What a driver does with a ticket on the tour: look it up, change it, cancel it, move, stay on.

All of it by touches on the screen of one lane; how a ticket is bought stands in tour_drivers.py.
"""

from __future__ import annotations

from kiosk.app.tour_desk import TourDriver
from kiosk.app.tour_drivers import TourLane
from kiosk.app.tour_stage import TourStage
from kiosk.services.wallets import PASS_PREFIX


class TourTickets:
    """The pages of a driver's own ticket, on one lane's screen."""

    def __init__(self, stage: TourStage, lane: TourLane) -> None:
        self._stage = stage
        self._lane = lane

    def look_up(self, short_code: str) -> None:
        """A ticket is found again by its short code."""
        self._touch("my_ticket")
        self._see("page_code")
        self._stage.touch_each(self._lane.name, "code_", short_code)
        self._see("page_status")

    def picture(self, name: str) -> None:
        """The page of the ticket as it stands."""
        self._stage.picture(self._lane.name, name)

    def cancel(self) -> None:
        """See what goes back, and say yes."""
        self._touch("do_cancel")
        self._see("page_cancel")
        self.picture("entry-cancel")
        self._touch("cancel_it")
        self._see("pays_back")

    def come_later(self, quarters: int) -> None:
        """Ask for the same length, so many quarters of an hour later: it costs the same."""
        self._touch("do_change")
        for _ in range(quarters):
            self._touch("end_later")
        for _ in range(quarters):
            self._touch("start_later")
        self.picture("entry-change")
        self._touch("change_it")
        self._see("done")

    def take_another_space(self) -> str:
        """The own space is occupied: the first one that is offered; its label."""
        self._touch("do_occupied")
        self._see("page_spaces")
        self.picture("entry-occupied")
        first = self._stage.names(self._lane.name, "take_")[0]
        label = self._stage.read(self._lane.name, first, "title")
        self._touch(first)
        self._stage.wait_until_reads(self._lane.name, "my_space", label)
        return label

    def stay_longer(self, driver: TourDriver, pass_code: str, *, quarters: int) -> None:
        """So many quarters of an hour more, paid with pass and PIN."""
        stage, window = self._stage, self._lane.name
        self._touch("do_extend")
        for _ in range(quarters):
            self._touch("end_later")
        self.picture("exit-stay-longer")
        self._touch("change_it")
        self._see("page_pay_change")
        self._lane.toy.scan(PASS_PREFIX + pass_code)
        self._see("digit_1")
        stage.touch_each(window, "digit_", driver.pin)
        self.picture("exit-pay-longer")
        self._touch("pay")
        self._see("done")

    def leave(self) -> None:
        """The code is as good as a scan: the receipt."""
        self._touch("do_leave")
        self._see("page_receipt")

    def _touch(self, name: str) -> None:
        self._stage.touch(self._lane.name, name)

    def _see(self, name: str) -> None:
        self._stage.see(self._lane.name, name)
