"""What the attendant does on the tour: signs in, takes cash, looks, answers, opens by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.app.tour_stage import OTHER, SOURCE, TourStage

DESK = "desk"
OWN_PIN = "482913"
CASH = "20"
"""What each driver hands over, one of the amounts that the desk has a key for."""
FLOAT_PIECES = {"1000": "3", "500": "8", "200": "12", "50": "12"}
"""How many of each note or coin lie in the till in the morning: 100.00 in euros."""
REFUND = "1"
"""So much of a settled stay goes back, in whole units of the currency."""
REASON_KEY = "reason_4"
CLOSED_FOR_KEY = "space_hours_168"


@dataclass(frozen=True, slots=True)
class TourDriver:
    """One of the drivers of the story."""

    name: str
    plate: str
    pin: str


def count_pieces(stage: TourStage, pieces: Mapping[str, str]) -> None:
    """How many of each note or coin, by its minor units, are typed where the till is counted."""
    for minor, count in pieces.items():
        stage.touch(DESK, f"count_{minor}")
        stage.touch_each(DESK, "digit_", count)


class TourDesk:
    """The desk's window by touches and keys."""

    def __init__(self, stage: TourStage) -> None:
        self._stage = stage

    def sign_in(self, *, attendant: str, one_time_pin: str) -> None:
        """From the locked desk to the overview, with an own PIN chosen on the way."""
        stage = self._stage
        stage.tell(f"{attendant} signs in at the desk with the one-time PIN")
        stage.touch(DESK, f"name_{attendant}")
        stage.picture(DESK, "desk-locked")
        self._pin(one_time_pin)
        stage.tell(f"{attendant} chooses an own PIN")
        stage.wait_until_gone(DESK, f"name_{attendant}")
        stage.picture(DESK, "desk-choose-pin")
        self._pin(OWN_PIN)
        self._pin(OWN_PIN)
        stage.see(DESK, "page_wallet")
        stage.wait("the plan is drawn", lambda: bool(stage.names(DESK, "space_")))
        stage.picture(DESK, "desk-overview")

    def open_shift(self, *, attendant: str) -> None:
        """A float that is counted, so that the desk may take cash."""
        stage = self._stage
        stage.tell(f"{attendant} counts the float and opens a shift")
        stage.touch(DESK, "page_till")
        count_pieces(stage, FLOAT_PIECES)
        stage.picture(DESK, "desk-till-count")
        stage.touch(DESK, "till_next")
        stage.see(DESK, "till_expected")
        stage.picture(DESK, "desk-till")
        stage.touch(DESK, "page_overview")
        stage.see(DESK, "stays")

    def open_wallet(self, driver: TourDriver, *, is_pictured: bool) -> str:
        """A new wallet with the driver's own PIN and cash in it; its pass code."""
        stage = self._stage
        stage.tell(f"The desk opens a wallet for {driver.name}")
        stage.touch(DESK, "page_wallet")
        stage.touch(DESK, "wallet_new")
        stage.touch(DESK, "driver_name")
        stage.type(DESK, driver.name)
        self._picture("desk-wallet-driver", wanted=is_pictured)
        stage.touch(DESK, "wallet_next")
        stage.see(DESK, "driver_pin")
        stage.touch_each(DESK, "digit_", driver.pin)
        self._picture("desk-wallet-pin", wanted=is_pictured)
        stage.touch(DESK, "wallet_next")
        stage.touch_each(DESK, "digit_", driver.pin)
        stage.touch(DESK, "wallet_next")
        pass_code = "".join(stage.read(DESK, "pass_text").split())
        self._picture("desk-wallet-opened", wanted=is_pictured)
        stage.tell(f"{driver.name} hands over {CASH} in cash, and the desk adds it to the wallet")
        stage.touch(DESK, "wallet_next")
        stage.touch(DESK, f"amount_{CASH}")
        stage.wait_until_reads(DESK, f"amount_{CASH}", "True", what="isChosen")
        self._picture("desk-top-up", wanted=is_pictured)
        stage.touch(DESK, "wallet_next")
        stage.wait_until_gone(DESK, f"amount_{CASH}")
        self._picture("desk-topped-up", wanted=is_pictured)
        stage.touch(DESK, "page_overview")
        stage.see(DESK, "stays")
        return pass_code

    def see_clock(self) -> None:
        """The desk's own clock has followed what was skipped."""
        stage = self._stage
        stage.wait("the desk's clock is right", lambda: stage.read(DESK, "time") == stage.time())

    def look(self, name: str, *, use: str, count: int) -> None:
        """The overview, as soon as so many spaces of the shown level are in this use."""
        self._stage.wait_until_reads(DESK, f"count_{use}", str(count))
        self._stage.picture(DESK, name)

    def see_fault(self, lane: str) -> None:
        """A fault of this lane stands in the list of what needs the attendant."""
        self._stage.tell(f"The desk sees the fault of {lane}")
        self._stage.see(DESK, f"notice_reset_{lane}")
        self._stage.picture(DESK, "desk-fault")

    def see_fault_gone(self, lane: str) -> None:
        """The fault has gone by itself; the attendant has seen it."""
        self._stage.tell(f"The desk sees that the fault of {lane} has gone by itself")
        self._stage.touch(DESK, f"notice_done_fault_{lane}")
        self._stage.wait_until_gone(DESK, f"notice_done_fault_{lane}")

    def answer_call(self, lane: str) -> None:
        """Somebody rang from this lane."""
        self._stage.tell(f"The desk rings for {lane}, and the attendant answers")
        self._stage.see(DESK, f"notice_open_help_{lane}")
        self._stage.picture(DESK, "desk-help-wanted")
        self._stage.touch(DESK, f"notice_done_help_{lane}")
        self._stage.wait_until_gone(DESK, f"notice_open_help_{lane}")

    def show_money(self, driver: TourDriver) -> None:
        """Every transfer of one stay."""
        stage = self._stage
        stage.tell(f"The desk looks at every cent of the stay of {driver.name}")
        self.show_stay(driver)
        stage.picture(DESK, "desk-stay-money")
        self.leave_stay()

    def refund_later(self, driver: TourDriver) -> None:
        """A part of a stay that was settled goes back, with the reason and the PIN once more."""
        stage = self._stage
        stage.tell(f"The desk gives {REFUND}.00 of it back to {driver.name}, for a slow barrier")
        self.show_stay(driver)

        def fill() -> None:
            stage.touch(DESK, "after_give-back")
            stage.touch_each(DESK, "digit_", REFUND)
            stage.touch(DESK, "reason")
            stage.type(DESK, "Slow barrier")
            stage.touch(DESK, "after_pin")
            stage.touch_each(DESK, "digit_", OWN_PIN)

        self.ask_twice("desk-refund", fill, "after_cancel")
        stage.touch(DESK, "after_confirm")
        stage.see(DESK, "after_given")
        stage.touch(DESK, "after_confirm")
        stage.wait_until_gone(DESK, "after_confirm")
        self.leave_stay()

    def ask_twice(self, name: str, fill: Callable[[], None], cancel: str) -> None:
        """Fill a card in and take it in both languages; it stays filled in the second one.

        Nothing can be switched under a card: the first one is given up.
        """
        number = None
        for language in (OTHER, SOURCE):
            self._stage.speak(DESK, language)
            fill()
            number = self._stage.picture_of(DESK, name, language, number=number)
            if language != SOURCE:
                self._stage.touch(DESK, cancel)
                self._stage.wait_until_gone(DESK, cancel)

    def show_due(self, driver: TourDriver) -> None:
        """What the desk can do for a driver at the exit who cannot pay there; it does nothing."""
        stage = self._stage
        stage.tell(f"The desk sees what is due for {driver.name}, in case no card or wallet works")
        self.show_stay(driver)

        def look() -> None:
            stage.touch(DESK, "stay_open")
            stage.see(DESK, "open_due")

        self.ask_twice("desk-still-due", look, "open_cancel")
        stage.touch(DESK, "open_cancel")
        stage.wait_until_gone(DESK, "open_cancel")
        self.leave_stay()

    def leave_stay(self) -> None:
        """Back to the overview."""
        self._stage.touch(DESK, "stay_back")
        self._stage.see(DESK, "stays")

    def show_stay(self, driver: TourDriver) -> None:
        """The page of the one stay of this driver's plate."""
        stage = self._stage
        rows = [
            row
            for row in stage.names(DESK, "row_")
            if driver.plate in "".join(stage.read(DESK, row, "label").split())
        ]
        assert len(rows) == 1, f"one stay of {driver.plate} is listed"
        stage.touch(DESK, rows[0])
        stage.wait("the stay is shown", lambda: stage.is_enabled(DESK, "stay_open"))

    def close_space(self, label: str) -> None:
        """Take a space out of use; whoever had reserved it is told at once."""
        stage = self._stage
        stage.tell(f"The desk closes space {label}: it is broken")
        self._touch_space(label)

        def fill() -> None:
            stage.touch(DESK, "board_close")
            stage.touch(DESK, CLOSED_FOR_KEY)
            stage.touch(DESK, "reason_1")

        self.ask_twice("desk-close-space", fill, "space_cancel")
        stage.touch(DESK, "space_confirm")
        stage.see(DESK, "space_moved")
        stage.touch(DESK, "space_confirm")
        stage.wait_until_reads(DESK, "count_closed", "1")

    def reopen_space(self, label: str) -> None:
        """It is in order again."""
        stage = self._stage
        stage.tell(f"The desk opens space {label} again")
        stage.touch(DESK, "board_close")
        stage.touch(DESK, "space_confirm")
        stage.wait_until_reads(DESK, "count_closed", "0")

    def _touch_space(self, label: str) -> None:
        stage = self._stage
        spaces = stage.names(DESK, "space_")
        (tile,) = [name for name in spaces if stage.read(DESK, name, "space") == label]
        stage.touch(DESK, tile)

    def open_by_hand(self, lane: str, *, attendant: str) -> None:
        """Order the barrier up with a reason; the name is the attendant's own."""
        stage = self._stage
        stage.tell(f"{attendant} opens {lane} by hand for a delivery, with name and reason")

        def fill() -> None:
            stage.touch(DESK, f"open_{lane}")
            stage.touch(DESK, REASON_KEY)

        self.ask_twice("desk-open-by-hand", fill, "open_cancel")
        stage.touch(DESK, "open_confirm")
        stage.see(DESK, "ordered")

    def _pin(self, pin: str) -> None:
        self._stage.touch_each(DESK, "digit_", pin)
        self._stage.touch(DESK, "sign_in")
        self._stage.wait("the desk has taken the PIN", self._has_answered)

    def _has_answered(self) -> bool:
        return not self._stage.shows(DESK, "sign_in") or self._stage.is_enabled(DESK, "sign_in")

    def _picture(self, name: str, *, wanted: bool) -> None:
        if wanted:
            self._stage.picture(DESK, name)
