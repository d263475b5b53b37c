"""The simulated barrier: arm, limits, the operator's own closing, and cars on two loops."""

from __future__ import annotations

import pytest

from hardware.lane_words import LaneInputs
from hardware.sim.plant import OperatorSetup, Plant
from tests.hardware.plant_story import letters, story


@pytest.fixture
def plant() -> Plant:
    """A lane at rest."""
    return Plant()


def test_a_lane_at_rest_has_nothing_to_wait_for(plant: Plant) -> None:
    assert plant.next_change_s() == float("inf")


def test_a_car_rolls_onto_the_arming_loop_and_waits(plant: Plant) -> None:
    plant.drive_up()
    assert story(plant) == ["C", "AC"]


def test_a_pulse_raises_the_arm_in_its_motor_time(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(0.75)
    half = plant.arm_fraction
    plant.advance(1.5)
    assert (half, plant.arm_fraction) == (0.5, 1.0)


def test_a_car_passes_over_both_loops_and_the_operator_closes_behind_it(plant: Plant) -> None:
    plant.drive_through(plant.drive_up())
    plant.open_pulse()
    assert story(plant) == ["", "A", "AO", "AUO", "UO", "O", "", "C"]


def test_a_car_does_not_drive_under_an_arm_that_is_not_up(plant: Plant) -> None:
    car = plant.drive_up()
    plant.drive_through(car)
    assert story(plant) == ["C", "AC"]
    assert car.front_mm == pytest.approx(1500.0)


def test_an_obedient_car_waits_although_the_arm_is_up(plant: Plant) -> None:
    car = plant.drive_up()
    plant.open_pulse()
    plant.advance(20.0)
    assert car.front_mm == pytest.approx(1500.0)


def test_a_short_car_leaves_the_arming_loop_before_it_is_under_the_arm(plant: Plant) -> None:
    plant.drive_through(plant.drive_up(length_mm=1000.0))
    plant.open_pulse()
    assert story(plant) == ["", "A", "AO", "O", "UO", "O", "", "C"]


def test_a_slow_car_reaches_the_loop_later(plant: Plant) -> None:
    plant.drive_up(speed_mm_s=1000.0)
    assert plant.next_change_s() == pytest.approx(2.0)


def test_the_operator_closes_after_its_pause_when_nobody_comes(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(31.4)
    late = letters(plant)
    assert (late, story(plant)[-1]) == ("O", "C")


def test_an_operator_without_a_pause_waits_for_its_loop(plant: Plant) -> None:
    patient = Plant(operator=OperatorSetup(pause_s=None))
    patient.open_pulse()
    assert story(patient)[-1] == "O"


def test_another_pulse_begins_the_pause_again(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(25.0)
    plant.open_pulse()
    plant.advance(54.9)
    assert letters(plant) == "O"


def test_an_arm_that_comes_down_on_a_car_goes_up_again(plant: Plant) -> None:
    car = plant.drive_up()
    plant.drive_through(car)
    plant.remote_open()
    plant.advance(1.8)
    plant.close_pulse()
    plant.advance(2.3)
    under = letters(plant)
    assert (under, story(plant)[-1]) == ("AU", "C")
    assert plant.cars == ()


def test_the_operator_lowers_no_arm_on_an_occupied_loop(plant: Plant) -> None:
    car = plant.drive_up()
    plant.drive_through(car)
    plant.open_pulse()
    plant.advance(2.6)
    plant.stall(car)
    plant.close_pulse()
    assert story(plant)[-1] == "AUO"


def test_a_stalled_car_drives_on_when_it_is_sent(plant: Plant) -> None:
    car = plant.drive_up()
    plant.drive_through(car)
    plant.open_pulse()
    plant.advance(2.6)
    plant.stall(car)
    plant.drive_through(car)
    assert (story(plant)[-1], plant.cars) == ("C", ())


def test_a_car_that_backs_out_is_gone(plant: Plant) -> None:
    car = plant.drive_up()
    plant.advance(5.0)
    plant.back_out(car)
    assert (story(plant), plant.cars) == (["AC", "C"], ())


def test_a_nose_goes_under_the_arm_and_back(plant: Plant) -> None:
    car = plant.drive_up()
    plant.advance(5.0)
    plant.open_pulse()
    plant.nose_back(car)
    assert story(plant) == ["A", "AO", "AUO", "AO", "A", "AC"]


def test_a_second_car_queues_and_moves_up(plant: Plant) -> None:
    first, second = plant.drive_up(), plant.drive_up()
    plant.advance(5.0)
    queued_mm = second.front_mm
    plant.drive_through(first)
    plant.open_pulse()
    story(plant)
    assert queued_mm == pytest.approx(-4000.0)
    assert second.front_mm == pytest.approx(1500.0)


def test_a_quicker_car_never_overtakes(plant: Plant) -> None:
    slow, quick = plant.tailgate(speed_mm_s=800.0), plant.tailgate(speed_mm_s=6000.0)
    plant.open_pulse()
    plant.advance(6.0)
    assert slow.rear_mm - quick.front_mm == pytest.approx(1000.0)


def test_a_car_cannot_reverse_into_the_next_one(plant: Plant) -> None:
    first, second = plant.drive_up(), plant.drive_up()
    plant.advance(5.0)
    plant.back_out(first)
    plant.advance(10.0)
    stuck_mm = first.front_mm
    plant.back_out(second)
    story(plant)
    assert stuck_mm == pytest.approx(1500.0)
    assert plant.cars == ()


def test_a_tailgater_follows_through_the_raised_arm(plant: Plant) -> None:
    plant.drive_through(plant.drive_up())
    plant.tailgate()
    plant.open_pulse()
    assert (story(plant)[-1], plant.cars) == ("C", ())


def test_a_jammed_arm_loses_pulses_and_goes_on_when_it_is_healed(plant: Plant) -> None:
    plant.open_pulse()
    plant.advance(0.75)
    plant.jam()
    plant.close_pulse()
    plant.advance(9.0)
    jammed = plant.arm_fraction
    plant.heal()
    plant.advance(9.75)
    assert (jammed, plant.arm_fraction) == (0.5, 1.0)


def test_a_stuck_input_reports_its_one_value_until_it_is_healed(plant: Plant) -> None:
    plant.stick("under_arm", None)
    stuck = plant.inputs()
    plant.heal()
    assert stuck == LaneInputs(False, None, False, True)
    assert plant.inputs() == LaneInputs(False, False, False, True)


def test_the_same_verbs_give_the_same_lane_late_in_the_year() -> None:
    late = Plant(now_s=2.0e7)
    late.drive_through(late.drive_up())
    late.open_pulse()
    late.advance(2.0e7 + 20.0)
    assert (letters(late), late.cars) == ("C", ())
