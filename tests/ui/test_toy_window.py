"""The toy window by real touches: what a hand does in a lane, and what the drawing shows of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hardware.sim.rig import ToyLane, ToySetup
from kiosk.ui import toy_lane
from kiosk.ui.toy import GLANCE_MS, LOOK_MS, ToyPlace
from tests.ui.toy_stage import HandLane, ToyStage, toy_stage

LOOP_PX_AWAY = 170
"""From the waiting car's place until its nose is over the arming loop, on this window."""


@pytest.fixture
def toys(qapp: object) -> Iterator[ToyStage]:
    """An entry and an exit in which nothing happens yet."""
    with toy_stage() as stage:
        yield stage


def _fronts_mm(toys: ToyStage, lane: int = 0) -> list[float]:
    """Where the noses of a lane's cars are drawn."""
    toys.frame()
    return [round(row.front_mm, 3) for row in toys.screen._lanes[lane]._cars.rows]


def _rests(lane: HandLane) -> None:
    """Everything that moves in this lane comes to rest."""
    lane.passes(60)


# What to do first --------------------------------------------------------------------------


def test_a_newcomer_reads_three_steps_and_the_one_time_pin(toys: ToyStage) -> None:
    words = toys.words()

    assert {"1", "2", "3", "At the desk", "At the entry screen", "Here"} <= set(words)
    assert toys.item("one_time_pin").property("text") == "482913"


def test_a_site_of_an_earlier_run_shows_no_pin(qapp: object) -> None:
    with toy_stage(one_time_pin="") as toys:
        assert not toys.shows("one_time_pin")
        assert (
            "Sign in as Kim. Count the till (Ctrl+T). "
            "Then open a wallet with a PIN and put cash into it."
        ) in toys.words()


# Cars --------------------------------------------------------------------------------------


def test_a_car_comes_by_one_touch_and_covers_the_arming_loop(toys: ToyStage) -> None:
    toys.touch("comes_entry")
    _rests(toys.entry)

    assert _fronts_mm(toys) == [1500.0]
    assert "Arming loop: car" in toys.words()


def test_a_car_dragged_onto_the_loop_comes_and_stands_where_it_was_put(toys: ToyStage) -> None:
    toys.drag("next_entry", LOOP_PX_AWAY)

    assert toys.entry.plant.cars[0].front_mm < 0
    assert 0 < _fronts_mm(toys)[0] <= 1500
    _rests(toys.entry)
    assert _fronts_mm(toys) == [1500.0]


def test_a_dropped_car_drives_on_like_any_other(toys: ToyStage) -> None:
    toys.drag("next_entry", LOOP_PX_AWAY)
    _rests(toys.entry)

    toys.entry.raise_arm()
    toys.entry.passes(2.5)

    assert _fronts_mm(toys)[0] > 1500


def test_a_car_dropped_before_the_loop_goes_back_to_its_place(toys: ToyStage) -> None:
    before = toys.item("next_entry").x()

    toys.drag("next_entry", LOOP_PX_AWAY // 4)

    assert toys.entry.plant.cars == ()
    assert toys.item("next_entry").x() == before


def test_at_the_exit_cars_are_dragged_to_the_left(toys: ToyStage) -> None:
    toys.drag("next_exit", LOOP_PX_AWAY)
    assert toys.exit.plant.cars == ()

    toys.drag("next_exit", -LOOP_PX_AWAY)

    assert len(toys.exit.plant.cars) == 1


def test_a_second_car_dropped_on_the_first_queues_behind_it(toys: ToyStage) -> None:
    toys.touch("comes_entry")
    _rests(toys.entry)

    toys.drag("next_entry", 3 * LOOP_PX_AWAY)
    _rests(toys.entry)

    first, second = _fronts_mm(toys)
    assert second <= first - 4500 - 1000


def test_where_a_car_was_put_is_forgotten_when_it_backs_out(toys: ToyStage) -> None:
    toys.drag("next_entry", LOOP_PX_AWAY)
    toys.entry.passes(0.5)

    toys.touch("backs_entry")
    toys.entry.passes(0.1)

    assert _fronts_mm(toys) == [round(toys.entry.plant.cars[0].front_mm, 3)]


def test_a_touch_is_seen_at_once(toys: ToyStage) -> None:
    toys.touch("comes_entry")

    assert len(toys.screen._lanes[0]._cars.rows) == 1


def test_the_window_sees_by_itself_what_happens_in_a_lane(toys: ToyStage, qtbot: QtBot) -> None:
    toys.entry.car_arrives()

    qtbot.waitUntil(lambda: len(toys.screen._lanes[0]._cars.rows) == 1)


def test_the_next_car_waits_behind_the_last_one(toys: ToyStage) -> None:
    place = toys.item("next_entry").x()
    toys.touch("comes_entry")
    _rests(toys.entry)

    assert toys.item("next_entry").x() < place
    toys.entry.car_arrives()
    _rests(toys.entry)
    assert not toys.shows("next_entry")


def test_a_car_drives_through_by_itself_once_the_arm_is_up(toys: ToyStage) -> None:
    toys.touch("comes_entry")
    _rests(toys.entry)

    toys.entry.raise_arm()
    _rests(toys.entry)

    assert _fronts_mm(toys) == []


def test_a_car_that_waits_for_a_hand_drives_on_when_told(toys: ToyStage) -> None:
    toys.touch("comes_entry")
    toys.touch("auto_entry")
    _rests(toys.entry)
    toys.entry.raise_arm()
    toys.entry.passes(3)
    assert _fronts_mm(toys) == [1500.0]

    toys.touch("drives_entry")
    toys.entry.passes(20)

    assert _fronts_mm(toys) == []
    assert toys.item("auto_entry").property("label") == "Waits for you"


def test_a_car_backs_out_by_one_touch(toys: ToyStage) -> None:
    toys.touch("comes_entry")
    _rests(toys.entry)

    toys.touch("backs_entry")
    _rests(toys.entry)

    assert _fronts_mm(toys) == []


def test_an_empty_lane_has_no_car_to_send(toys: ToyStage) -> None:
    assert not toys.item("drives_entry").isEnabled()
    assert not toys.item("backs_entry").isEnabled()


# Arm, lamp, board --------------------------------------------------------------------------


def test_the_arm_rises_with_the_simulated_one_and_says_so(toys: ToyStage) -> None:
    lengths = [toys.item("arm_drawn_entry").height()]
    words = [toys.item("arm_entry").property("text")]
    toys.entry.plant.open_pulse()
    toys.entry.passes(0.75)
    lengths.append(toys.item("arm_drawn_entry").height())
    words.append(toys.item("arm_entry").property("text"))
    toys.entry.passes(0.75)
    lengths.append(toys.item("arm_drawn_entry").height())
    words.append(toys.item("arm_entry").property("text"))

    assert lengths[0] > lengths[1] > lengths[2]
    assert words == ["Arm down", "Arm moving", "Arm up"]


def test_the_lamp_is_told_in_words(toys: ToyStage) -> None:
    assert toys.item("lamp_entry").property("text") == "Red"
    toys.entry.is_green = True
    assert toys.item("lamp_entry").property("text") == "Green"


def test_the_board_is_unplugged_by_one_touch_and_its_key_offers_the_way_back(
    toys: ToyStage,
) -> None:
    toys.touch("plug_exit")

    assert not toys.exit.is_plugged
    assert toys.item("plug_exit").property("label") == "Plug it in again"
    assert toys.shows("plug_state_exit")


def test_an_unplugged_board_is_plugged_in_by_one_touch(toys: ToyStage) -> None:
    toys.exit.is_plugged = False

    toys.touch("plug_exit")

    assert toys.exit.is_plugged
    assert not toys.shows("plug_state_exit")


# What goes wrong ---------------------------------------------------------------------------


def test_the_guards_remote_raises_the_arm(toys: ToyStage) -> None:
    toys.touch("remote_entry")
    toys.entry.passes(5)

    assert toys.item("arm_entry").property("text") == "Arm up"


def test_a_fire_begins_by_one_touch_in_its_own_lane(toys: ToyStage) -> None:
    assert toys.item("fire_exit").property("label") == "Fire alarm"

    toys.touch("fire_exit")

    assert toys.exit.plant.operator.is_fire_on
    assert not toys.entry.plant.operator.is_fire_on
    assert toys.item("fire_exit").property("label") == "End the fire"


def test_an_arm_is_jammed_by_one_touch(toys: ToyStage) -> None:
    toys.touch("jam_entry")

    assert toys.entry.plant.operator.is_jammed
    assert toys.item("jam_entry").property("label") == "Free the arm"


def test_the_mains_are_cut_by_one_touch(toys: ToyStage) -> None:
    toys.touch("mains_entry")

    assert not toys.entry.plant.operator.has_mains
    assert toys.item("mains_entry").property("label") == "Mains back"


def test_a_broken_loop_is_drawn_with_a_car(toys: ToyStage) -> None:
    toys.touch("loop_entry")

    assert "Loop under the arm: car" in toys.words()
    assert toys.item("loop_entry").property("label") == "Mend the loop"


def test_everything_is_mended_by_the_key_that_broke_it(toys: ToyStage) -> None:
    toys.entry.plant.fire(True)
    toys.entry.plant.jam()
    toys.entry.plant.mains(False)
    toys.entry.plant.stick("under_arm", True)

    for name in ("fire", "jam", "mains", "loop"):
        toys.touch(f"{name}_entry")

    operator = toys.entry.plant.operator
    assert (operator.is_fire_on, operator.is_jammed, operator.has_mains) == (False, False, True)
    assert toys.entry.plant.stuck == ()
    labels = [toys.item(f"{name}_entry").property("label") for name in ("fire", "jam")]
    assert labels == ["Fire alarm", "Jam the arm"]


# Codes -------------------------------------------------------------------------------------


def test_tickets_and_passes_are_scanned_once_there_are_any(toys: ToyStage) -> None:
    assert not toys.item("ticket_entry").isEnabled()
    assert not toys.item("pass_entry").isEnabled()
    toys.codes.ticket, toys.codes.wallet_pass = "P1/GOOD", "W1/k7mp2xqa"

    toys.touch("ticket_entry")
    toys.touch("pass_entry")
    toys.touch("forged_entry")
    toys.touch("ticket_exit")

    assert toys.entry.scanned == ["P1/GOOD", "W1/k7mp2xqa", "P1/FORGED"]
    assert toys.exit.scanned == ["P1/GOOD"]


def test_it_is_said_what_was_held_before_the_scanner(toys: ToyStage) -> None:
    assert not toys.shows("said_entry")

    toys.touch("forged_entry")

    said = toys.item("said_entry").property("text")
    assert said == "Forged ticket scanned"
    assert not toys.shows("said_exit")


def test_what_was_scanned_is_said_for_a_while_only(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toy_lane, "SAYS_MS", 20)
    with toy_stage() as toys:
        toys.touch("forged_entry")

        qtbot.waitUntil(lambda: not toys.shows("said_entry"))


# Time --------------------------------------------------------------------------------------


def test_one_hour_passes_by_one_touch(toys: ToyStage) -> None:
    assert toys.item("time").property("text") == "Sun 22 Nov 12:00"

    toys.touch("skip_hour")

    assert toys.skipped == [timedelta(hours=1)]
    assert toys.item("time").property("text") == "Sun 22 Nov 13:00"


def test_the_window_looks_often_while_something_moves_and_seldom_at_rest(toys: ToyStage) -> None:
    toys.touch("comes_entry")
    toys.entry.passes(0.1)
    toys.screen.look()
    assert toys.screen.look_ms == LOOK_MS

    _rests(toys.entry)
    toys.screen.look()
    toys.screen.look()

    assert toys.screen.look_ms == GLANCE_MS


def test_a_lane_at_rest_changes_nothing_on_the_glass(toys: ToyStage) -> None:
    toys.screen.look()
    told: list[str] = []
    toys.screen.changed.connect(lambda: told.append("window"))
    toys.screen._lanes[0].changed.connect(lambda: told.append("entry"))

    toys.screen.look()

    assert told == []


# A real toy lane ---------------------------------------------------------------------------


def test_a_touch_moves_a_real_toy_lane(qapp: object, qtbot: QtBot, tmp_path: Path) -> None:
    lane = ToyLane(ToySetup(name="entry", folder=tmp_path, speed=10.0))
    try:
        with toy_stage(places=[ToyPlace("entry", False, lane)]) as toys:
            toys.touch("comes_entry")
            qtbot.waitUntil(lambda: lane.view().inputs.arming is True)
            toys.touch("plug_entry")

            assert not lane.view().is_board_plugged
            assert "Arming loop: car" in toys.words()
    finally:
        lane.close()
