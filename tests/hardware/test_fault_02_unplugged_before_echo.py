"""Fault 2: the board is unplugged between a command and its echo.

Expected: "result UNKNOWN, grant void->attendant decision, never auto-repeat; limit switch decides
if it opened".
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.errors import CommandDropped, PortLost
from hardware.lane_words import Phase
from hardware.orders import Priority
from hardware.sim.relay_board import BoardFault
from kiosk.services.commands import ReportPassage, ShowDesk
from kiosk.services.events import GrantReturned
from kiosk.services.views import Direction
from tests.fakes.stage import ENTRY, KIM, Stage, Wallet, ada, founded, stage
from tests.hardware.fault_bench import ALL_OFF, OPEN_PULSE, FaultBench
from tests.hardware.lane_worlds import Heard
from tests.hardware.port_bench import Bench, soon
from tests.hardware.waiting import LIMIT_S

__all__ = ["ada", "founded", "stage"]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[FaultBench]:
    """A lane with a car before its arm."""
    bench = FaultBench(tmp_path)
    bench.rest()
    bench.car_arrives()
    yield bench
    bench.close()


def cut_after_the_order(bench: FaultBench, fault: BoardFault) -> list[Heard]:
    """Give a grant and pull the cable before the board has answered; all that was heard of it."""
    bench.board.fault = fault
    bench.lane.grant("g")
    bench.until_sent(OPEN_PULSE)
    if fault is BoardFault.MUTE:
        bench.outputs.until((1, True))
    bench.pty.unplug()
    bench.board.power_off()
    bench.board.fault = BoardFault.NONE
    return bench.ear.reports.until(Phase.BLIND)


def heal(bench: FaultBench, rest: Phase) -> list[Heard]:
    """Plug in again and wait for this phase."""
    bench.pty.replug()
    return bench.ear.reports.until(rest)


def test_whether_it_was_done_is_unknown_and_not_that_nothing_was_sent(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "relay0")
    bench.start()
    bench.board.fault = BoardFault.MUTE
    order = bench.link.pulse(1, 500, priority=Priority.OPEN, deadline_s=soon())
    bench.outputs.until((1, True))
    bench.port.unplug()
    failure = order.exception(LIMIT_S)
    bench.close()

    assert isinstance(failure, PortLost)
    assert not isinstance(failure, CommandDropped), "that would say that nothing was sent"


@pytest.mark.parametrize("fault", [BoardFault.MUTE, BoardFault.DEAF])
def test_the_grant_is_void_and_its_pulse_an_alarm(bench: FaultBench, fault: BoardFault) -> None:
    heard = cut_after_the_order(bench, fault)

    assert heard.count(("voided", "g", "io_lost")) == 1
    assert ("alarm", "pulse_unconfirmed", "raised") in heard
    assert ("alarm", "io_lost", "raised") in heard


def test_an_arm_that_stayed_down_is_at_rest_again_and_nothing_was_repeated(
    bench: FaultBench,
) -> None:
    cut_after_the_order(bench, BoardFault.DEAF)

    heard = heal(bench, Phase.PRESENT)
    bench.until_sent(ALL_OFF, 2)

    assert [each for each in heard if isinstance(each, Phase)] == [Phase.BOOT, Phase.PRESENT]
    assert bench.sent().count(OPEN_PULSE) == 1


def test_an_arm_that_went_up_is_known_by_its_limits_alone(bench: FaultBench) -> None:
    cut_after_the_order(bench, BoardFault.MUTE)
    bench.arm_is(open_=True, closed=False)

    heal(bench, Phase.BOOT)
    bench.ear.reports.until(("limits", "True", "False"))
    bench.clock.pass_s(40.0)
    heard = bench.ear.reports.until(("alarm", "arm_not_closed", "raised"))
    bench.arm_is(open_=False, closed=True)
    healed = bench.ear.reports.until(Phase.PRESENT)

    assert Phase.PRESENT not in heard
    assert ("alarm", "arm_not_closed", "cleared") in healed
    assert bench.sent().count(OPEN_PULSE) == 1


def test_a_token_whose_end_nobody_knows_opens_nothing_more(bench: FaultBench) -> None:
    cut_after_the_order(bench, BoardFault.MUTE)
    heal(bench, Phase.PRESENT)

    bench.lane.grant("g")
    bench.ear.reports.until(("voided", "g", "token_used"))

    assert bench.sent().count(OPEN_PULSE) == 1


def test_what_became_of_the_car_is_the_attendants_decision(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)
    stage.site.lanes[ENTRY].plant.jam()
    stage.scan(ENTRY, ticket.text)
    stage.site.lanes[ENTRY].unplug_board()
    returned = stage.last(GrantReturned)
    asked = stage.site.do(ShowDesk(actor=KIM)).unreported
    before = stage.state(ticket.reservation_id)

    stage.site.do(
        ReportPassage(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=ticket.reservation_id,
            direction=Direction.ENTRY,
            reason="has looked",
        )
    )

    assert returned == GrantReturned(ENTRY, ticket.reservation_id, "io_lost")
    assert [(each.lane, each.reservation_id) for each in asked] == [(ENTRY, ticket.reservation_id)]
    assert before == "confirmed"
    assert stage.state(ticket.reservation_id) == "arrived"
    assert stage.site.do(ShowDesk(actor=KIM)).unreported == ()
