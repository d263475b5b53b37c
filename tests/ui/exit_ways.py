"""Ways of a driver at the exit screen that tests of more than one subject take."""

from __future__ import annotations

from kiosk.services.commands import PayDue
from kiosk.services.events import PassPresented
from kiosk.services.limits import LANE_SCREEN_IDLE_S, STILL_THERE_S
from tests.ui.exit_stage import LANE, ExitStage

PASS = "abcd2345"
PIN = "204816"


def pay_by_wallet(stage: ExitStage) -> PayDue:
    """From the amount to the pressed button, with a pass held to the reader."""
    stage.screen.pay()
    stage.screen.on_published(PassPresented(LANE, PASS))
    for digit in PIN:
        stage.screen.pay_form.press(digit)
    stage.screen.pay_form.pay()
    asked = stage.asker.asked[-1]
    assert isinstance(asked, PayDue)
    return asked


def idle(stage: ExitStage, seconds: int = LANE_SCREEN_IDLE_S + STILL_THERE_S) -> None:
    """Nobody touches the screen for so long."""
    for _ in range(seconds):
        stage.screen.person.count_second()
