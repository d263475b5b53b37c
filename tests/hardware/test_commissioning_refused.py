"""The guided lane test at an operator set wrongly, at a wrong board, and when it is broken off."""

from __future__ import annotations

import pytest

from hardware.commissioning.bench import LaneBench
from hardware.commissioning.sequence import BOARD, DRIVE, OPEN, REST, SECOND, STEPS
from hardware.commissioning.trial import Trial, Verdict
from hardware.commissioning.wiring import Wire, Wiring
from hardware.sim.plant import OpenLogic
from tests.hardware.commission_bench import (
    ALL_OUTPUTS,
    CTRL_C,
    LIMITS,
    ON_NORTH,
    PAUSE_S,
    Fitter,
    Lane,
    World,
    commission,
    operator,
)

BACK_OUT = "back out, and the operator closes"
ONE_CAR = "two OPEN pulses, one car"
TITLES = [step.title for step in STEPS]


# -- wrong settings of the operator


def test_an_operator_in_step_logic_is_found() -> None:
    done = commission(operator(logic=OpenLogic.STEP))

    assert done.failed == [SECOND]
    assert "switch the operator from step-by-step logic" in done.findings(SECOND)
    assert done.findings(ONE_CAR) == f"only after: {SECOND}"


@pytest.mark.parametrize("pause_s", [PAUSE_S, 60.0])
def test_an_operator_that_counts_pulses_is_found(pause_s: float) -> None:
    done = commission(operator(vend_limit=3, pause_s=pause_s))

    assert ONE_CAR in done.failed
    assert "switch off the operator's vend count" in done.findings(ONE_CAR)


def test_an_operator_that_never_closes_by_itself_is_found() -> None:
    done = commission(operator(pause_s=None, close_delay_s=1e6))

    assert done.failed == [DRIVE, BACK_OUT, "hold keeps the arm up"] or DRIVE in done.failed
    assert "switch on its automatic closing" in done.findings(DRIVE)


def test_an_operator_that_waits_for_a_car_that_has_backed_out_is_found() -> None:
    done = commission(operator(pause_s=None))

    assert done.failed == [BACK_OUT]
    assert "set the operator's pause time" in done.findings(BACK_OUT)


def test_a_pause_that_is_too_long_for_the_kiosk_is_found() -> None:
    done = commission(operator(pause_s=40.0))

    assert done.failed == [BACK_OUT]
    assert "the arm was still up after 20 s" in done.findings(BACK_OUT)


def test_a_slow_arm_is_given_its_time_in_the_site_file() -> None:
    done = commission(operator(motor_s=6.0, pause_s=8.0))

    assert "from pulse to open limit: 6.0 s" in done.findings(OPEN)
    assert done.failed == []
    assert "[lane.timers]\nopen_max_s = 10\n" in done.text
    assert "the arm rises in 6.0 s; the kiosk waits 10 s" in done.text


# -- wrong boards


def test_a_factory_linked_board_is_unlinked_when_the_fitter_agrees() -> None:
    done = commission(Lane(is_linked=True))

    assert done.verdict(BOARD) is Verdict.PASSED
    assert "unlinked now" in done.findings(BOARD)


def test_a_factory_linked_board_is_never_used_when_the_fitter_does_not() -> None:
    done = commission(Lane(is_linked=True), says={"Unlink them": "n"})

    assert done.failed == [BOARD]
    assert "--unlink" in done.findings(BOARD)
    assert len(done.skipped) == len(TITLES) - 1


def test_a_welded_relay_is_found_before_anything_is_wired_to_it() -> None:
    def weld(world: World) -> None:
        world.board._switch(0, is_on=True)
        world.board.stick(1)

    done = commission(meddle=weld)

    assert done.failed == [BOARD]
    assert "relay 1 stays closed" in done.findings(BOARD)


def test_a_board_that_is_unplugged_ends_the_test_with_a_report() -> None:
    def pull(world: World) -> None:
        def pulled(now_s: float) -> None:
            if now_s > 1.0:
                world.on_pause = None
                world.port.unplug()

        world.on_pause = pulled

    done = commission(meddle=pull)

    assert done.failed == [REST]
    assert "Check the cable" in done.findings(REST)
    assert done.findings(OPEN) == "the port of a board was lost"
    assert any("could not be told to drop" in each for each in done.heard)


def test_a_lane_that_is_not_at_rest_is_not_tested() -> None:
    done = commission(says={"Is the lane empty": "n"})

    assert done.failed == [REST]
    assert done.sent == ["green", "red", "full"]


def test_ctrl_c_at_a_question_lets_every_relay_drop() -> None:
    worlds: list[World] = []

    with pytest.raises(KeyboardInterrupt):
        commission(says={"Is the green lamp lit": CTRL_C}, meddle=worlds.append)

    assert worlds[0].sent == ["green"]
    assert not any(worlds[0].board.outputs)


def test_ctrl_c_with_the_arm_held_up_lets_it_go() -> None:
    worlds: list[World] = []

    def press(world: World) -> None:
        def pressed(_now_s: float) -> None:
            if world.board.outputs[ALL_OUTPUTS["hold"].channel - 1]:
                raise KeyboardInterrupt

        world.on_pause = pressed
        worlds.append(world)

    with pytest.raises(KeyboardInterrupt):
        commission(Lane(has_timer=False), meddle=press)

    assert worlds[0].sent[-1] == "hold"
    assert not any(worlds[0].board.outputs)


# -- slow arms


def test_an_arm_that_comes_down_late_is_waited_for_as_long_as_the_fitter_sees_it_come() -> None:
    done = commission(
        operator(motor_s=2.5, close_delay_s=20.0, pause_s=8.0), says={"Will the arm": "y"}
    )

    assert DRIVE not in done.failed
    assert "from the clear loop to the closed limit: 22.5 s" in done.findings(DRIVE)
    assert "close_max_s = 34\n" in done.text.partition("[lane.timers]")[2]


def test_an_arm_that_no_site_file_can_wait_for_fails() -> None:
    world = World(Lane())
    world.close()
    bench = LaneBench(boards={}, wiring=ON_NORTH, clock=world)
    trial = Trial(bench=bench, terminal=Fitter(world), limits=LIMITS)

    trial.allow("open_max_s", 50.0, "faster")
    trial.allow("close_max_s", 600.1, "shorter")
    done = trial.take_result("times")

    assert trial.told_timers == {"open_max_s": 60}
    assert done.verdict is Verdict.FAILED
    assert done.findings[-1] == "the kiosk waits at most 600 s for that: shorter"


def test_an_arm_without_an_open_limit_is_told_of_the_time_it_is_given() -> None:
    done = commission(wiring=Wiring(outputs={"open": Wire(1)}, inputs={}))

    assert "no open limit: the kiosk takes the arm for up 3 s after OPEN" in done.findings(OPEN)
