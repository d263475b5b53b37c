"""The operator of the simulated barrier as the manuals have it: hold, fire, stop, steps, mains."""

from __future__ import annotations

import pytest

from hardware.sim.barrier import OpenLogic
from hardware.sim.plant import OperatorSetup, Plant
from tests.hardware.plant_story import letters, story

ALL_WIRES = ("arming", "under_arm", "open_limit", "closed_limit", "safety", "fire")


@pytest.fixture
def plant() -> Plant:
    """A lane at rest."""
    return Plant()


def raised(operator: OperatorSetup) -> Plant:
    """A lane whose arm has just gone up."""
    plant = Plant(operator=operator)
    plant.open_pulse()
    plant.advance(1.5)
    return plant


def passes(plant: Plant, until_s: float) -> None:
    """Let a car drive through that waits for nobody."""
    plant.tailgate()
    plant.advance(until_s)


# Hold, fire, stop --------------------------------------------------------------------------


def test_a_held_arm_goes_up_and_stays_up_for_every_car(plant: Plant) -> None:
    plant.hold(True)
    passes(plant, 20.0)
    passes(plant, 280.0)
    assert (letters(plant), plant.cars) == ("O", ())


def test_a_close_pulse_cannot_lower_a_held_arm(plant: Plant) -> None:
    plant.hold(True)
    plant.advance(5.0)
    plant.close_pulse()
    plant.advance(9.0)
    assert letters(plant) == "O"


def test_a_released_arm_comes_down_after_its_delay(plant: Plant) -> None:
    plant.hold(True)
    plant.advance(100.0)
    plant.hold(False)
    plant.advance(104.9)
    late = letters(plant)
    assert (late, story(plant)) == ("O", ["O", "", "C"])


def test_a_released_arm_waits_for_the_car_under_it(plant: Plant) -> None:
    car = plant.tailgate()
    plant.hold(True)
    plant.advance(3.0)
    plant.stall(car)
    plant.hold(False)
    plant.advance(60.0)
    under = letters(plant)
    plant.drive_through(car)
    assert (under, story(plant)[-1]) == ("AUO", "C")


def test_fire_raises_the_arm_and_is_seen_on_its_own_wire() -> None:
    plant = Plant(wired=ALL_WIRES)
    before = plant.inputs().fire
    plant.fire(True)
    plant.advance(200.0)
    assert (before, plant.inputs().fire, letters(plant)) == (False, True, "O")


def test_an_arm_stays_up_while_one_of_fire_and_hold_is_left(plant: Plant) -> None:
    plant.fire(True)
    plant.hold(True)
    plant.advance(5.0)
    plant.fire(False)
    plant.advance(100.0)
    held = letters(plant)
    plant.hold(False)
    assert (held, story(plant)[-1]) == ("O", "C")


def test_stop_overrides_fire_until_the_next_open(plant: Plant) -> None:
    plant.fire(True)
    plant.advance(0.75)
    plant.stop_pulse()
    plant.advance(60.0)
    stopped = plant.arm_fraction
    plant.open_pulse()
    plant.advance(61.0)
    assert (stopped, plant.arm_fraction) == (0.5, 1.0)


def test_a_stopped_arm_does_not_close_by_itself(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(5.0)
    plant.stop_pulse()
    passes(plant, 200.0)
    assert (letters(plant), plant.cars) == ("O", ())


def test_a_stopped_arm_that_is_closed_closes(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(0.75)
    plant.stop_pulse()
    plant.close_pulse()
    assert story(plant) == ["", "C"]


def test_a_release_does_not_move_a_stopped_arm(plant: Plant) -> None:
    plant.hold(True)
    plant.advance(5.0)
    plant.stop_pulse()
    plant.hold(False)
    assert story(plant) == ["O"]


# Vend count and step logic -----------------------------------------------------------------


def test_a_kept_pulse_lets_one_more_car_pass_before_the_arm_comes_down() -> None:
    plant = raised(OperatorSetup(vend_limit=3, pause_s=None))
    plant.open_pulse()
    passes(plant, 30.0)
    after_one = letters(plant)
    plant.tailgate()
    assert (after_one, story(plant)[-1], plant.cars) == ("O", "C", ())


def test_an_operator_without_a_vend_count_closes_behind_the_first_car() -> None:
    plant = raised(OperatorSetup(pause_s=None))
    plant.open_pulse()
    plant.tailgate()
    assert story(plant)[-1] == "C"


def test_no_more_pulses_are_kept_than_the_operator_can_count() -> None:
    plant = raised(OperatorSetup(vend_limit=2, pause_s=None))
    for _ in range(5):
        plant.open_pulse()
    passes(plant, 30.0)
    passes(plant, 60.0)
    after_two = letters(plant)
    plant.tailgate()
    assert (after_two, story(plant)[-1]) == ("O", "C")


def test_kept_pulses_are_forgotten_once_the_arm_comes_down() -> None:
    plant = raised(OperatorSetup(vend_limit=3, pause_s=10.0))
    plant.open_pulse()
    story(plant)
    plant.open_pulse()
    plant.tailgate()
    plant.advance(plant.now_s + 9.0)
    assert letters(plant) == "C"


def test_in_step_logic_the_next_open_closes_a_raised_arm() -> None:
    plant = raised(OperatorSetup(logic=OpenLogic.STEP))
    plant.open_pulse()
    assert story(plant) == ["", "C"]


def test_in_step_logic_an_open_stops_a_moving_arm_and_the_next_turns_it() -> None:
    plant = Plant(operator=OperatorSetup(logic=OpenLogic.STEP))
    plant.open_pulse()
    plant.advance(0.75)
    plant.open_pulse()
    plant.advance(100.0)
    stopped = plant.arm_fraction
    plant.open_pulse()
    plant.advance(100.3)
    plant.open_pulse()
    lower = plant.arm_fraction
    plant.open_pulse()
    plant.advance(102.0)
    assert (stopped, plant.arm_fraction) == (0.5, 1.0)
    assert lower == pytest.approx(0.3)


def test_in_step_logic_fire_is_stronger_than_a_step() -> None:
    plant = Plant(operator=OperatorSetup(logic=OpenLogic.STEP))
    plant.fire(True)
    plant.advance(0.75)
    plant.open_pulse()
    plant.advance(9.0)
    plant.open_pulse()
    plant.advance(19.0)
    assert letters(plant) == "O"


# Mains, crank, a broken arm ----------------------------------------------------------------


def test_without_mains_the_arm_stays_where_it_is_and_orders_are_lost(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(0.75)
    plant.mains(False)
    plant.open_pulse()
    plant.advance(60.0)
    dark = plant.arm_fraction
    plant.mains(True)
    plant.advance(120.0)
    assert (dark, plant.arm_fraction) == (0.5, 0.5)


def test_an_arm_that_was_up_stays_up_when_the_mains_return(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(5.0)
    plant.mains(False)
    plant.advance(100.0)
    plant.mains(True)
    assert story(plant) == ["O"]


def test_a_car_that_leaves_without_mains_brings_no_arm_down_when_they_return(
    plant: Plant,
) -> None:
    plant.open_pulse()
    plant.advance(1.5)
    plant.mains(False)
    passes(plant, 60.0)
    gone = plant.cars
    plant.mains(True)
    assert (gone, story(plant)) == ((), ["O"])


def test_an_operator_that_always_closes_does_so_after_the_mains_return() -> None:
    plant = raised(OperatorSetup(mains_close_delay_s=5.0))
    plant.mains(False)
    plant.advance(100.0)
    plant.mains(True)
    plant.advance(104.9)
    late = letters(plant)
    assert (late, story(plant)) == ("O", ["O", "", "C"])


def test_a_fire_that_began_without_mains_raises_the_arm_with_them(plant: Plant) -> None:
    plant.mains(False)
    plant.fire(True)
    plant.advance(10.0)
    dark = letters(plant)
    plant.mains(True)
    plant.advance(20.0)
    assert (dark, letters(plant)) == ("C", "O")


def test_a_fire_that_began_at_a_jammed_arm_raises_it_once_healed(plant: Plant) -> None:
    plant.jam()
    plant.fire(True)
    plant.advance(10.0)
    jammed = letters(plant)
    plant.heal()
    plant.advance(20.0)
    assert (jammed, letters(plant)) == ("C", "O")


def test_the_guard_cranks_the_arm_up_without_mains(plant: Plant) -> None:
    car = plant.drive_up()
    plant.drive_through(car)
    plant.mains(False)
    plant.advance(5.0)
    plant.crank(1.0)
    plant.advance(30.0)
    assert (letters(plant), plant.cars) == ("O", ())


def test_mending_brings_the_mains_back(plant: Plant) -> None:
    plant.mains(False)
    plant.heal()
    plant.open_pulse()
    plant.advance(2.0)
    assert letters(plant) == "O"


def test_a_broken_arm_bars_nobody_and_never_makes_the_closed_limit(plant: Plant) -> None:
    plant.break_arm()
    plant.tailgate()
    gone = story(plant)
    assert (gone[-1], plant.cars) == ("", ())
    assert all("C" not in reading for reading in gone)


def test_a_new_arm_makes_the_closed_limit_again(plant: Plant) -> None:
    plant.break_arm()
    plant.heal()
    assert letters(plant) == "C"


# The photocell -----------------------------------------------------------------------------


def test_the_photocell_sees_a_car_between_the_posts_alone() -> None:
    plant = Plant(wired=ALL_WIRES)
    plant.tailgate(speed_mm_s=1000.0)
    plant.open_pulse()
    seen = [(0.0, plant.inputs().safety)]
    while (change_s := plant.next_change_s()) < 60.0:
        plant.advance(change_s)
        if plant.inputs().safety is not seen[-1][1]:
            seen.append((round(change_s, 6), plant.inputs().safety))
    assert seen == [(0.0, False), (6.5, True), (11.0, False)]


def test_what_stands_between_the_posts_keeps_the_arm_up(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(5.0)
    plant.obstruct(True)
    plant.close_pulse()
    plant.advance(200.0)
    blocked = letters(plant)
    plant.obstruct(False)
    assert (blocked, story(plant)[-1]) == ("O", "C")


def test_an_input_that_is_not_wired_is_unknown(plant: Plant) -> None:
    assert (plant.inputs().safety, plant.inputs().fire) == (None, None)
    assert Plant(wired=("arming",)).inputs().closed_limit is None
