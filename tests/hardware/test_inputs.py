"""Named inputs: debounce, polarity, age, and that unknown is never False."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.inputs import InputBank, InputWire

WIRES = {"arming": InputWire(1), "safety": InputWire(2, is_normally_closed=True)}


def test_an_input_is_unknown_before_the_first_reading() -> None:
    bank = InputBank(WIRES)

    assert bank.read(0.0) == {"arming": None, "safety": None}
    assert bank.age_s(0.0) is None


def test_one_reading_does_not_make_an_input_known() -> None:
    bank = InputBank(WIRES)

    bank.feed([True, True], 0.0)

    assert bank.read(0.0)["arming"] is None


def test_an_input_is_known_once_it_was_the_same_for_the_debounce_time() -> None:
    bank = InputBank(WIRES, debounce_s=0.040)
    bank.feed([True, True], 0.0)

    bank.feed([True, True], 0.050)

    assert bank.read(0.050) == {"arming": True, "safety": False}


def test_a_normally_closed_input_is_on_when_its_wire_is_cut() -> None:
    bank = InputBank(WIRES)
    bank.feed([False, False], 0.0)

    bank.feed([False, False], 0.050)

    assert bank.read(0.050) == {"arming": False, "safety": True}


def test_a_bounce_shorter_than_the_debounce_time_is_not_seen() -> None:
    bank = InputBank(WIRES, debounce_s=0.040)
    bank.feed([False, True], 0.0)
    bank.feed([False, True], 0.050)
    bank.feed([True, True], 0.070)

    bank.feed([False, True], 0.090)

    assert bank.read(0.090)["arming"] is False
    bank.feed([True, True], 0.110)
    assert bank.read(0.110)["arming"] is False


def test_a_change_counts_from_the_debounce_time_on() -> None:
    bank = InputBank(WIRES, debounce_s=0.040)
    bank.feed([False, True], 0.0)
    bank.feed([False, True], 0.050)
    bank.feed([True, True], 0.100)

    bank.feed([True, True], 0.140)

    assert bank.read(0.140)["arming"] is True


def test_an_old_reading_is_unknown() -> None:
    bank = InputBank(WIRES, max_age_s=0.5)
    bank.feed([True, True], 0.0)
    bank.feed([True, True], 0.050)

    assert bank.read(0.550)["arming"] is True
    assert bank.read(0.551)["arming"] is None
    assert bank.age_s(0.551) == pytest.approx(0.501)


def test_after_a_silence_an_input_must_settle_anew() -> None:
    bank = InputBank(WIRES, max_age_s=0.5)
    bank.feed([True, True], 0.0)
    bank.feed([True, True], 0.050)

    bank.feed([True, True], 1.0)

    assert bank.read(1.0)["arming"] is None


def test_what_was_forgotten_is_unknown() -> None:
    bank = InputBank(WIRES)
    bank.feed([True, True], 0.0)
    bank.feed([True, True], 0.050)

    bank.forget()

    assert bank.read(0.050) == {"arming": None, "safety": None}


def test_an_input_beyond_the_board_is_unknown() -> None:
    bank = InputBank({"arming": InputWire(9)})
    bank.feed([True] * 8, 0.0)

    bank.feed([True] * 8, 0.050)

    assert bank.read(0.050)["arming"] is None


def test_channels_count_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        InputWire(0)


@given(st.lists(st.tuples(st.booleans(), st.floats(0.001, 0.7)), max_size=40))
def test_a_known_value_was_read_at_least_twice_within_the_age(
    steps: list[tuple[bool, float]],
) -> None:
    bank = InputBank({"arming": InputWire(1)}, debounce_s=0.040, max_age_s=0.5)
    now_s, history = 0.0, []
    for value, pause_s in steps:
        now_s += pause_s
        bank.feed([value], now_s)
        history.append((value, now_s))
        known = bank.read(now_s)["arming"]
        same = [at_s for read, at_s in history if read is known]
        assert known is None or (len(same) >= 2 and now_s - same[0] >= 0.040)
