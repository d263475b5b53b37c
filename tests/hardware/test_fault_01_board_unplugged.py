"""Fault 1: the board is unplugged while nothing happens.

Expected: "<=100 ms LOST, lane BLIND, alarm once, "lane out of order" screen, attendant notice;
reopen <=1 s after return; probe; all_off; BOOT".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.errors import PortLost, PortMissing
from hardware.lane_words import LaneTimers, Phase
from hardware.line import Backoff
from hardware.port import IDLE_S, PortState
from kiosk.domain.outcomes import LaneOutOfOrder
from kiosk.services.commands import ShowDesk
from kiosk.services.events import LaneChanged
from kiosk.ui.lane_sign import lane_sign, lane_trouble
from tests.fakes.stage import ENTRY, KIM, Stage, Wallet, ada, founded, stage
from tests.hardware.fault_bench import ALL_OFF, CLOSE_PULSE, OPEN_PULSE, READ_LINKAGE, FaultBench
from tests.hardware.port_bench import Bench
from tests.hardware.waiting import LIMIT_S

__all__ = ["ada", "founded", "stage"]

IO_LOST = ("alarm", "io_lost", "raised")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[FaultBench]:
    """A lane at rest."""
    bench = FaultBench(tmp_path)
    bench.rest()
    yield bench
    bench.close()


def test_the_port_itself_notices_the_loss_though_nobody_asks_it_anything(tmp_path: Path) -> None:
    idle = Bench(tmp_path / "relay0")
    idle.start()
    assert IDLE_S > LIMIT_S, "only the cable can have ended the wait"

    idle.port.unplug()
    seen = idle.states.until(PortState.LOST)
    fault = idle.link.fault
    idle.close()

    assert seen == [PortState.LOST]
    assert isinstance(fault, PortLost | PortMissing)


def test_the_lane_is_blind_at_once_with_one_alarm(bench: FaultBench) -> None:
    bench.pty.unplug()
    heard = bench.ear.reports.until(Phase.BLIND)

    assert [each for each in heard if each in (IO_LOST, Phase.BLIND)] == [IO_LOST, Phase.BLIND]


def test_however_often_the_port_is_tried_in_vain_the_alarm_is_raised_once(
    bench: FaultBench,
) -> None:
    bench.line.attempts.rest()
    bench.pty.unplug()
    heard = bench.ear.reports.until(Phase.BLIND)
    for _ in range(4):
        bench.line.attempts.next()
    bench.pty.replug()
    heard += bench.ear.reports.until(Phase.IDLE)

    assert heard.count(IO_LOST) == 1
    assert heard.count(("alarm", "io_lost", "cleared")) == 1


def test_a_board_that_is_back_is_probed_switched_off_and_the_lane_boots(
    bench: FaultBench,
) -> None:
    bench.pty.unplug()
    bench.ear.reports.until(Phase.BLIND)
    before = len(bench.sent())
    bench.pty.replug()
    heard = bench.ear.reports.until(Phase.IDLE)
    after = bench.sent()[before:]

    phases = [each for each in heard if isinstance(each, Phase)]
    assert phases == [Phase.BOOT, Phase.IDLE]
    assert after[after.index(READ_LINKAGE) :][:2] == [READ_LINKAGE, ALL_OFF]
    assert not {OPEN_PULSE, CLOSE_PULSE} & set(bench.sent())


def test_an_arm_that_is_not_down_keeps_the_lane_in_boot(tmp_path: Path) -> None:
    bench = FaultBench(tmp_path, timers=LaneTimers(input_age_max_s=600.0))
    bench.start()
    bench.ear.reports.until(Phase.BOOT)
    bench.clock.pass_s(2.0)
    bench.ear.reports.until(Phase.IDLE)
    bench.pty.unplug()
    bench.ear.reports.until(Phase.BLIND)
    bench.arm_is(open_=True, closed=False)
    bench.pty.replug()
    bench.ear.reports.until(Phase.BOOT)
    bench.clock.pass_s(40.0)
    heard = bench.ear.reports.until(Phase.CLOSING)
    bench.close()

    assert ("alarm", "arm_not_closed", "raised") in heard
    assert not {OPEN_PULSE, CLOSE_PULSE} & set(bench.sent())


def test_a_port_that_is_gone_is_tried_at_least_once_a_second() -> None:
    backoff = Backoff()

    assert max(backoff.take_s() for _ in range(50)) <= 1.0


def test_the_driver_and_the_desk_are_told_that_the_lane_is_out_of_order(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)

    stage.site.lanes[ENTRY].unplug_board()
    shown = stage.last(LaneChanged).status
    desk = {lane.lane: lane.alarms for lane in stage.site.do(ShowDesk(actor=KIM)).lanes}

    assert (shown.lane, shown.phase, shown.is_in_order) == (ENTRY, "blind", False)
    assert (lane_sign(shown), lane_trouble(shown)) == ("fault", "fault")
    assert desk[ENTRY] == ("io_lost",)
    assert stage.scan(ENTRY, ticket.text) == LaneOutOfOrder()
