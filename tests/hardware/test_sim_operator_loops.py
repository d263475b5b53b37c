"""The detectors of the simulated lane: tuned out, cut, slow to clear; long and short vehicles."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.lane_words import Phase
from hardware.sim.cars import Car
from hardware.sim.drive import Drive
from hardware.sim.plant import LoopSetup, OperatorSetup, Plant
from tests.hardware.lane_worlds import Ear, VirtualWorld
from tests.hardware.plant_story import letters, story

TIRED = LoopSetup(tune_out_s=120.0)


def under_the_arm(plant: Plant) -> Car:
    """A car that stands under the raised arm, 2.6 seconds after it came."""
    car = plant.tailgate()
    plant.open_pulse()
    plant.advance(3.0)
    plant.stall(car)
    return car


def test_a_detector_takes_a_standing_car_for_the_road_after_its_time() -> None:
    plant = Plant(detectors=TIRED)
    plant.drive_up()
    plant.advance(120.6)
    before = letters(plant)
    plant.advance(121.0)
    assert (before, letters(plant), len(plant.cars)) == ("AC", "C", 1)


def test_a_true_presence_loop_sees_a_standing_car_for_ever() -> None:
    plant = Plant()
    plant.drive_up()
    plant.advance(1.0e6)
    assert letters(plant) == "AC"


def test_a_tuned_out_loop_sees_the_next_car_only_after_the_first_has_left() -> None:
    plant = Plant(detectors=TIRED)
    first = plant.drive_up()
    plant.advance(200.0)
    plant.drive_through(first)
    plant.open_pulse()
    plant.advance(202.0)
    rolling = letters(plant)
    story(plant)
    plant.drive_up()
    plant.advance(plant.now_s + 2.0)
    assert (rolling, letters(plant)) == ("O", "AC")


def test_the_photocell_keeps_the_arm_from_a_car_that_the_loop_has_tuned_out() -> None:
    plant = Plant(detectors=TIRED, operator=OperatorSetup(pause_s=None))
    under_the_arm(plant)
    plant.advance(290.0)
    assert letters(plant) == "O"


def test_the_arm_comes_down_before_a_tuned_out_nose_that_no_photocell_sees() -> None:
    plant = Plant(detectors=TIRED, operator=OperatorSetup(pause_s=None))
    plant.open_pulse()
    plant.advance(1.5)
    car = plant.drive_up()
    car.goals_mm = [plant.layout.hold_mm]
    car.may_pass = True
    plant.advance(2.0)
    assert story(plant)[-1] == "C"
    assert plant.cars == (car,)


def test_a_loop_may_be_tuned_out_by_hand() -> None:
    plant = Plant()
    plant.drive_up()
    plant.advance(5.0)
    plant.tune_out("arming")
    assert letters(plant) == "C"


def test_an_empty_loop_cannot_be_tuned_out() -> None:
    plant = Plant()
    plant.tune_out("arming")
    plant.drive_up()
    plant.advance(5.0)
    assert letters(plant) == "AC"


@pytest.mark.parametrize(("is_fail_safe", "reading"), [(True, "AC"), (False, "C")])
def test_a_cut_loop_reads_as_its_detector_fails(is_fail_safe: bool, reading: str) -> None:
    plant = Plant(detectors=LoopSetup(is_fail_safe=is_fail_safe))
    plant.cut_loop("arming")
    empty = letters(plant)
    plant.drive_up()
    plant.advance(5.0)
    assert (empty, letters(plant)) == (reading, reading)


def test_a_fail_safe_loop_that_is_cut_keeps_the_arm_up_until_it_is_mended() -> None:
    plant = Plant(detectors=LoopSetup(is_fail_safe=True))
    plant.open_pulse()
    plant.advance(5.0)
    plant.cut_loop("under_arm")
    plant.advance(200.0)
    cut = letters(plant)
    plant.heal()
    assert (cut, story(plant)[-1]) == ("UO", "C")


def test_a_detector_may_report_a_car_one_second_longer_than_there_is_one() -> None:
    plant = Plant(detectors=LoopSetup(clear_delay_s=1.0))
    car = plant.drive_up()
    plant.advance(5.0)
    plant.back_out(car)
    plant.advance(6.4)
    after_the_car = (letters(plant), plant.cars)
    plant.advance(6.6)
    assert (after_the_car, letters(plant)) == (("AC", ()), "C")


def test_the_operator_waits_for_a_detector_that_is_slow_to_clear() -> None:
    closed_at_s = []
    for delay_s in (0.0, 1.0):
        plant = Plant(detectors=LoopSetup(clear_delay_s=delay_s))
        plant.drive_through(plant.drive_up())
        plant.open_pulse()
        story(plant)
        closed_at_s.append(plant.now_s)
    assert closed_at_s[1] - closed_at_s[0] == pytest.approx(1.0)


def test_a_stuck_input_is_freed_alone() -> None:
    plant = Plant()
    plant.stick("arming", True)
    plant.stick("under_arm", True)
    plant.unstick("arming")
    assert letters(plant) == "UC"


@pytest.mark.parametrize(
    ("length_mm", "readings"),
    [
        (2000.0, ["", "A", "AO", "AUO", "UO", "O", "", "C"]),
        (12_000.0, ["", "A", "AO", "AUO", "UO", "O", "", "C"]),
        (1400.0, ["", "A", "AO", "O", "UO", "O", "", "C"]),
    ],
)
def test_a_motorcycle_and_a_van_with_its_trailer_pass(
    length_mm: float, readings: list[str]
) -> None:
    plant = Plant()
    plant.drive_through(plant.drive_up(length_mm=length_mm))
    plant.open_pulse()
    assert (story(plant), plant.cars) == (readings, ())


# Two lanes in one drive --------------------------------------------------------------------


def drive(*, stays: bool) -> tuple[Plant, Plant, Drive]:
    """An exit lane, an entry lane, and the drive that both lead to."""
    first, second = Plant(), Plant()
    return first, second, Drive(first, second, stays=stays)


def test_a_car_that_leaves_one_lane_waits_on_the_loop_of_the_next() -> None:
    first, second, both = drive(stays=True)
    first.drive_through(first.drive_up(length_mm=6000.0))
    first.open_pulse()
    both.advance(60.0)
    assert (letters(first), letters(second)) == ("C", "AC")
    assert [car.length_mm for car in second.cars] == [6000.0]


def test_a_car_of_the_other_lane_crosses_the_arming_loop_and_is_gone() -> None:
    first, second, both = drive(stays=False)
    first.drive_through(first.drive_up())
    first.open_pulse()
    seen = [letters(second)]
    while (change_s := both.next_change_s()) < 60.0:
        both.advance(change_s)
        if letters(second) != seen[-1]:
            seen.append(letters(second))
    assert (seen, second.cars) == (["C", "AC", "C"], ())


def test_a_car_that_backs_out_is_not_handed_over() -> None:
    first, second, both = drive(stays=True)
    car = first.drive_up()
    both.advance(5.0)
    first.back_out(car)
    both.advance(60.0)
    assert (first.cars, second.cars) == ((), ())


def test_the_lane_of_the_next_loop_greets_the_car_that_only_crosses_it(tmp_path: Path) -> None:
    ears = Ear(), Ear()
    exit_, entry = (VirtualWorld(tmp_path, ear).lane for ear in ears)
    both = Drive(exit_.plant, entry.plant, stays=False, timed=(exit_, entry))
    car = exit_.plant.drive_up()
    both.advance(10.0)
    exit_.grant("out")
    exit_.plant.drive_through(car)
    both.advance(60.0)
    assert ("passage", "out") in ears[0].reports.rest()
    phases = [heard for heard in ears[1].reports.rest() if isinstance(heard, Phase)]
    assert phases == [Phase.BOOT, Phase.IDLE, Phase.PRESENT, Phase.IDLE]
