"""The guided lane test, over a real pty against a barrier that moves: what is found, and how."""

from __future__ import annotations

import pytest

from hardware.commissioning.sequence import (
    ARMING,
    BOARD,
    CONSENT,
    DRIVE,
    OPEN,
    REST,
    SECOND,
    STEPS,
)
from hardware.commissioning.trial import Verdict
from hardware.commissioning.wiring import Wire, Wiring
from tests.hardware.commission_bench import (
    ALL_INPUTS,
    ALL_OUTPUTS,
    Lane,
    World,
    commission,
    operator,
)

TITLES = [step.title for step in STEPS]
NC = ("fire",)


# -- a good lane


def test_a_good_lane_passes_every_step_and_is_left_with_every_relay_off() -> None:
    done = commission()

    assert [(each.title, each.verdict) for each in done.results] == [
        (title, Verdict.PASSED) for title in TITLES
    ]
    assert "ALL 17 STEPS PASSED" in done.text
    assert not any(done.relays)


def test_the_times_of_the_arm_are_measured() -> None:
    done = commission(operator(motor_s=2.5, close_delay_s=1.5))

    assert "from pulse to open limit: 2.5 s" in done.findings(OPEN)
    assert "from the clear loop to the closed limit: 4.0 s" in done.findings(DRIVE)
    assert "the arm rises in 2.5 s; the kiosk waits 4 s" in done.text


def test_a_good_lane_on_a_board_without_a_timer_passes_all_but_what_needs_one() -> None:
    done = commission(Lane(has_timer=False))

    assert done.failed == ["host-alive relay"]
    assert "this computer times each pulse" in done.findings(BOARD)
    assert "waveshare-modbus" in done.findings("host-alive relay")
    assert not any(done.relays)


def test_only_what_is_wired_is_tested() -> None:
    done = commission(wiring=Wiring(outputs={"open": Wire(1)}, inputs={"closed_limit": Wire(4)}))

    assert [each.title for each in done.results] == [BOARD, REST, OPEN, SECOND]
    assert "not wired, so not tested: close, stop, hold" in done.text
    assert 'passage = "assumed"' in done.text


def test_nothing_moves_before_the_fitter_has_agreed() -> None:
    done = commission()
    asked = done.heard.index(next(each for each in done.heard if CONSENT in each))

    assert f"\n== {OPEN}" == done.heard[asked - 1]
    assert sum(CONSENT in each for each in done.heard) == 1


def test_without_the_fitters_word_the_arm_never_moves() -> None:
    done = commission(says={CONSENT: "n"})

    assert done.sent == ["green", "red", "full"]
    assert done.skipped == [step.title for step in STEPS if step.is_moving]
    assert "NOT READY: 0 failed, 10 skipped, 7 passed" in done.text


def test_each_lamp_is_off_again_before_the_next_is_asked_for() -> None:
    worlds: list[World] = []

    commission(says={CONSENT: "n"}, meddle=worlds.append)

    lamps = [(name, is_on) for name in ("green", "red", "full") for is_on in (True, False)]
    assert worlds[0].switched == lamps


def test_no_arm_is_lowered_on_a_car_that_no_loop_has_been_seen_to_see() -> None:
    done = commission(Lane(dead=("under_arm",)), says={"Is nothing under it": "n"})

    tidied = [each for each in done.sent if each == "close"]
    assert tidied == ["close"]  # the step that tests it
    assert "CLOSE lowers the arm" not in done.failed


def test_once_the_loop_under_the_arm_has_proved_itself_nobody_is_asked_any_more() -> None:
    done = commission()
    asked = [index for index, each in enumerate(done.heard) if "Is nothing under it" in each]

    assert asked
    assert max(asked) < done.heard.index(f"\n== {DRIVE}")


def test_a_loop_that_loses_the_middle_of_a_car_is_found() -> None:
    def lose(world: World) -> None:
        passes = iter([True] * 8 + [False] * 3)

        def look(_now_s: float) -> None:
            world.plant.unstick("under_arm")
            if world.plant.read("under_arm"):
                world.plant.stick("under_arm", next(passes, True))

        world.on_pause = look

    done = commission(meddle=lose)

    assert DRIVE in done.failed
    assert "changed 4 times for one car" in done.findings(DRIVE)


def test_a_step_is_skipped_with_its_reason() -> None:
    done = commission(says={"Is the green lamp lit": "s", "Why?": "no lamp yet"})

    assert (done.verdict("green lamp"), done.findings("green lamp")) == (
        Verdict.SKIPPED,
        "no lamp yet",
    )
    assert done.failed == []
    assert not done.relays[ALL_OUTPUTS["green"].channel - 1]


# -- wrong wires


def test_crossed_loops_are_found_and_named_with_their_remedy() -> None:
    done = commission(Lane(inputs={**ALL_INPUTS, "arming": Wire(2), "under_arm": Wire(1)}))

    assert done.failed == [ARMING]
    assert (
        "input 2 (under_arm) changed instead of input 1 (arming): the wires are crossed;"
        " exchange them, or write arming = 2" in done.findings(ARMING)
    )
    assert done.findings(DRIVE) == f"only after: {ARMING}"


def test_loops_that_touch_are_found() -> None:
    def touch(world: World) -> None:
        world.on_pause = lambda _now_s: (
            world.plant.stick("safety", True)
            if world.plant.read("arming")
            else world.plant.unstick("safety")
        )

    done = commission(meddle=touch)

    assert "input 5 (safety) changed too: its wire is crossed" in done.findings(ARMING)


@pytest.mark.parametrize("name", ["arming", "under_arm", "safety", "open_limit", "closed_limit"])
def test_a_normally_closed_contact_is_found_and_written_down(name: str) -> None:
    done = commission(Lane(normally_closed=(*NC, name)))

    assert done.failed == []
    assert f"({name}) is normally closed: it stands in closed_when_off" in done.findings(REST)
    assert f'closed_when_off = ["{name}"]' in done.text


def test_a_fire_contact_without_current_at_rest_is_refused() -> None:
    done = commission(Lane(normally_closed=()))

    assert done.failed == [REST]
    assert "wire the fire contact normally closed" in done.findings(REST)
    assert "closed_when_off" not in done.text.partition("[lane.board]")[2]


def test_a_loop_that_chatters_is_found() -> None:
    def chatter(world: World) -> None:
        bounces = iter([False, True] * 5)

        def bounce(_now_s: float) -> None:
            if world.plant.read("arming") or world.plant.stuck:
                is_on = next(bounces, None)
                if is_on is None:
                    world.on_pause = None
                    world.plant.unstick("arming")
                else:
                    world.plant.stick("arming", is_on)

        world.on_pause = bounce

    done = commission(meddle=chatter)

    assert done.failed == [ARMING]
    assert "input 1 (arming) changed 9 times in 400 ms: its contact chatters" in done.findings(
        ARMING
    )


def test_an_input_that_changes_by_itself_is_found_at_rest() -> None:
    def flicker(world: World) -> None:
        world.on_pause = lambda now_s: world.plant.stick("under_arm", int(now_s) % 2 == 1)

    done = commission(meddle=flicker)

    assert "input 2 (under_arm) changes by itself" in done.findings(REST)


@pytest.mark.parametrize(
    ("name", "title"), [("arming", ARMING), ("safety", "photocell"), ("fire", "fire alarm")]
)
def test_a_dead_input_is_found(name: str, title: str) -> None:
    done = commission(Lane(dead=(name,)))

    assert title in done.failed
    assert f"({name}) did not change: look at its clamp" in done.findings(title)


def test_a_dead_loop_under_the_arm_is_found() -> None:
    done = commission(Lane(dead=("under_arm",)))

    assert DRIVE in done.failed
    assert "input 2 (under_arm) did not see the car" in done.findings(DRIVE)


@pytest.mark.parametrize("name", ["open_limit", "closed_limit"])
def test_a_dead_limit_is_found_and_the_test_goes_on_without_it(name: str) -> None:
    done = commission(Lane(dead=(name,)))

    assert done.failed == [OPEN]
    assert f"({name}) did not change although the arm went up" in done.findings(OPEN)


def test_crossed_limits_are_found() -> None:
    done = commission(Lane(inputs={**ALL_INPUTS, "open_limit": Wire(4), "closed_limit": Wire(3)}))

    assert done.failed == [OPEN]
    assert "exchange open_limit and closed_limit" in done.findings(OPEN)


@pytest.mark.parametrize(
    ("output", "title", "part"),
    [
        ("open", OPEN, "relay 1 did not raise the arm"),
        ("close", "CLOSE lowers the arm", "relay 2 did not lower the arm"),
        ("stop", "STOP halts the arm", "relay 3 did not stop the arm"),
        ("hold", "hold keeps the arm up", "relay 4 does not hold the arm up"),
        ("green", "green lamp", "relay 5 does not switch it"),
        ("red", "red lamp", "relay 6 does not switch it"),
        ("full", "full sign", "relay 7 does not switch it"),
    ],
)
def test_a_relay_that_leads_nowhere_is_found(output: str, title: str, part: str) -> None:
    done = commission(Lane(dead_outputs=(output,)))

    assert title in done.failed
    assert part in done.findings(title)


def test_a_host_alive_relay_that_nothing_hangs_on_is_found() -> None:
    done = commission(says={"kiosk that does not run": "n"})

    assert done.failed == ["host-alive relay"]


def test_a_fire_alarm_that_the_operator_does_not_hear_is_found() -> None:
    done = commission(says={"raise the arm by itself": "n"})

    assert "wire the alarm to the operator as well" in done.findings("fire alarm")
