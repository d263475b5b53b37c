"""What drivers do on the tour: find, choose, pay, drive in, drive out; and what goes wrong.

Everything they hold to a reader goes as bytes over that lane's scanner line; every barrier
that opens was ordered by bytes over its relay line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from hardware.sim.printer import Paper
from hardware.sim.rig import ToyLane
from kiosk.app.tour_desk import TourDriver
from kiosk.app.tour_stage import TourStage
from kiosk.services.events import LaneChanged, PassageReported, Published
from kiosk.services.views import LaneStatus
from kiosk.services.wallets import PASS_PREFIX

SHOWN_SPACE = 11
"""Which of the idle spaces on the plan the first driver chooses, counted from the first."""


class TourLane:
    """One lane: its window's name, its toy, and what it has reported.

    Not slotted: a signal keeps weak references to whom it calls.
    """

    def __init__(self, name: str, toy: ToyLane) -> None:
        self.name = name
        self.toy = toy
        self.status: LaneStatus | None = None
        self.passages = 0

    def follow(self, event: Published) -> None:
        """Take the reports of this lane; called on the main thread, after the screens."""
        match event:
            case LaneChanged(status=status) if status.lane == self.name:
                self.status = status
            case PassageReported(lane=lane) if lane == self.name:
                self.passages += 1
            case _:
                pass

    def has_car(self) -> bool:
        """Whether the lane knows that a car stands at its line."""
        return self.status is not None and self.status.phase == "present"

    def is_at_rest(self) -> bool:
        """Whether its barrier is down and a ticket presented now can open it."""
        return self.status is not None and self.status.phase in {"idle", "present"}


@dataclass(frozen=True, slots=True)
class Tour:
    """Everything that the story is played with."""

    stage: TourStage
    entry: TourLane
    exit: TourLane
    attendant: str
    one_time_pin: str
    skip: Callable[[timedelta], None]
    decline_next_card: Callable[[], None]
    """The pretended provider says no to the next charge."""


class TourDrivers:
    """The entry and the exit screen by touches, their readers by bytes."""

    def __init__(self, stage: TourStage, *, entry: TourLane, exit_: TourLane) -> None:
        self._stage = stage
        self._entry = entry
        self._exit = exit_

    # Buying a ticket ---------------------------------------------------------------------

    def find(self, *, half_hours_more: int = 0, is_pictured: bool = False) -> None:
        """From the first page to the plan: the first area, two hours and so much more."""
        stage, window = self._stage, self._entry.name
        stage.wait(
            "the areas stand on the first page", lambda: bool(stage.names(window, "board_"))
        )
        if is_pictured:
            stage.picture(window, "entry-attract")
        stage.touch(window, "start")
        stage.touch(window, "area_1")
        for _ in range(half_hours_more):
            stage.touch(window, "longer")
        if is_pictured:
            stage.picture(window, "entry-find")

    def find_for_tomorrow(self, *, hour: int) -> None:
        """From the first page to the search: the first area, tomorrow at this hour."""
        stage, window = self._stage, self._entry.name
        stage.touch(window, "start")
        stage.touch(window, "area_1")
        stage.touch(window, "when_later")
        stage.touch(window, f"day_{stage.tomorrow().isoformat()}")
        stage.touch(window, f"hour_{hour}")
        stage.touch(window, "quarter_0")
        stage.picture(window, "entry-when")
        stage.touch(window, "come_later")
        stage.see(window, "page_find")

    def shorten(self, minutes: int) -> None:
        """Take one of the common durations."""
        self._stage.touch(self._entry.name, f"preset_{minutes}")

    def choose_on_plan(self) -> str:
        """Touch an idle space on the plan and take it; its label."""
        stage, window = self._stage, self._entry.name
        stage.touch(window, "search")
        stage.see(window, "page_choose")
        idle = [
            name
            for name in stage.names(window, "space_")
            if stage.read(window, name, "condition") == "idle"
        ]
        stage.touch(window, idle[min(SHOWN_SPACE, len(idle)) - 1])
        wanted = stage.read(window, idle[min(SHOWN_SPACE, len(idle)) - 1], "label")
        stage.wait_until_reads(window, "chosen_space", wanted)
        stage.picture(window, "entry-choose")
        stage.touch(window, "take")
        return wanted

    def choose_best(self) -> None:
        """Leave the choice to the kiosk."""
        self._stage.touch(self._entry.name, "search")
        self._stage.touch(self._entry.name, "take")

    def type_plate(self, plate: str, *, is_pictured: bool = False) -> None:
        """Type the plate and go on to the review."""
        stage, window = self._stage, self._entry.name
        stage.see(window, "plate_keyboard")
        stage.touch_each(window, "plate_", plate)
        if is_pictured:
            stage.picture(window, "entry-plate")
        stage.touch(window, "plate_ok")
        stage.see(window, "page_pay")

    def pay_by_scan(self, driver: TourDriver, pass_code: str) -> Paper:
        """Hold the pass to the reader, type the PIN, pay; the paper ticket."""
        stage, window = self._stage, self._entry.name
        self._entry.toy.scan(PASS_PREFIX + pass_code)
        stage.see(window, "digit_1")
        stage.touch_each(window, "digit_", driver.pin)
        stage.picture(window, "entry-pay")
        return self._pay()

    def pay_by_touch(
        self, driver: TourDriver, pass_code: str, *, is_pictured: bool = True
    ) -> Paper:
        """Type the pass code and the PIN, pay; the paper ticket."""
        stage, window = self._stage, self._entry.name
        if is_pictured:
            stage.picture(window, "entry-pay-code")
        stage.touch_each(window, "code_", pass_code)
        stage.touch_each(window, "digit_", driver.pin)
        return self._pay()

    def prove(self, driver: TourDriver, pass_code: str) -> None:
        """Paid, but the ticket is not at hand: the pass brings it back."""
        stage, window = self._stage, self._entry.name
        stage.touch(window, "my_ticket")
        stage.touch(window, "prove")
        stage.see(window, "page_proof")
        self._entry.toy.scan(PASS_PREFIX + pass_code)
        stage.see(window, "digit_1")
        stage.touch_each(window, "digit_", driver.pin)
        stage.picture(window, "entry-show-my-ticket")
        stage.touch(window, "pay")
        stage.see(window, "page_ticket")

    def short_code(self) -> str:
        """The eight signs under the picture of the ticket on the glass."""
        return "".join(self._stage.read(self._entry.name, "ticket_qr", "code").split())

    def put_away(self) -> None:
        """Done under the ticket: the screen is free for the next driver."""
        self._stage.touch(self._entry.name, "cancel")
        self._stage.see(self._entry.name, "page_attract")

    # Lanes -------------------------------------------------------------------------------

    def arrive(self, lane: TourLane) -> None:
        """A car rolls to the line, and the lane's loop reports it."""
        lane.toy.car_arrives()
        self._stage.wait(f"the loop of {lane.name} reports a car", lane.has_car)

    def hold(self, lane: TourLane, code: str, *, then: str) -> None:
        """Hold a code to the reader: bytes over the scanner's line, then this page."""
        lane.toy.scan(code)
        self._stage.see(lane.name, then)

    def wait_for_open(self, lane: TourLane) -> None:
        """The arm is up: the sign says drive."""
        self._stage.wait_until_reads(lane.name, "barrier_sign", "drive", what="condition")

    def drive_through(self, lane: TourLane) -> None:
        """The car drives on, and the loops report its passage."""
        before = lane.passages
        lane.toy.car_drives_on()
        self._stage.wait(
            f"the loops of {lane.name} report the passage", lambda: lane.passages > before
        )

    def rest(self, lane: TourLane, *, page: str) -> None:
        """Until the barrier is down again and the screen waits for the next driver."""
        self._stage.wait(f"the barrier of {lane.name} is down", lane.is_at_rest)
        self._stage.see(lane.name, page)

    def pay_due(self, driver: TourDriver, pass_code: str) -> None:
        """More is due than was paid: the rest from the wallet, at the exit."""
        stage, window = self._stage, self._exit.name
        stage.touch(window, "pay_due")
        stage.see(window, "page_pay")
        self._exit.toy.scan(PASS_PREFIX + pass_code)
        stage.see(window, "digit_1")
        stage.touch_each(window, "digit_", driver.pin)
        stage.picture(window, "exit-pay")
        stage.touch(window, "pay")
        stage.see(window, "page_receipt")

    def paper(self, lane: TourLane, number: int) -> Paper:
        """The paper of this number that the lane's printer has cut, counted from 1."""
        printed = lane.toy.paper.printed
        self._stage.wait(
            f"the printer of {lane.name} cuts its paper {number}", lambda: len(printed) >= number
        )
        return printed[number - 1]

    def _pay(self) -> Paper:
        stage, window = self._stage, self._entry.name
        before = len(self._entry.toy.paper.printed)
        stage.touch(window, "pay")
        stage.see(window, "page_ticket")
        ticket = self.paper(self._entry, before + 1)
        stage.wait(
            "paper and glass show the same ticket",
            lambda: stage.read(window, "ticket_qr") == ticket.qr,
        )
        return ticket
