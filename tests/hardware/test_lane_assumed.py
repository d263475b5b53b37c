"""Lanes that see no passage: without a loop under the arm it is assumed after a good pulse."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.lane import step
from hardware.lane_facts import next_due_s
from hardware.lane_words import (
    AlarmCode,
    AlarmRaised,
    AttendantClose,
    AttendantOpen,
    GrantGiven,
    GrantVoided,
    InputsRead,
    IoBack,
    LaneInputs,
    LaneNotice,
    LaneRules,
    LaneState,
    Noticed,
    OpenCause,
    Passage,
    Phase,
    PulseAnswered,
    PulseClose,
    PulseOpen,
    PulseUnconfirmed,
    Tick,
    VoidReason,
)
from tests.hardware.lane_states import NOW_S, at, then_read, ticked

NOTHING = LaneInputs()
BARE = LaneRules(
    is_passage_assumed=True, has_arming=False, has_open_limit=False, has_closed_limit=False
)
LIMITS = LaneRules(is_passage_assumed=True, has_arming=False)
ARMING = replace(BARE, has_arming=True)
ALL_RULES = (BARE, LIMITS, ARMING)
CLOSED = LaneInputs(open_limit=False, closed_limit=True)
BETWEEN = LaneInputs(open_limit=False, closed_limit=False)
OPEN = LaneInputs(open_limit=True, closed_limit=False)


def opening(rules: LaneRules, inputs: LaneInputs, *, pulsed_s: float) -> LaneState:
    """A lane that was granted and pulsed so long ago; the pulse is not answered."""
    state = at(Phase.OPENING, inputs, for_s=pulsed_s, grant="g", rules=rules)
    return replace(state, pulse_at_s=NOW_S - pulsed_s)


def answered(state: LaneState, *, ago_s: float) -> LaneState:
    """The same lane, whose pulse was answered so long ago."""
    return step(state, PulseAnswered(), NOW_S - ago_s)[0]


def test_a_lane_without_an_arming_loop_must_assume_its_passages() -> None:
    with pytest.raises(ValueError, match="arming"):
        LaneRules(has_arming=False)


def test_a_bare_lane_starts_without_loops_and_limits() -> None:
    boot, _ = step(LaneState(rules=BARE), IoBack(), NOW_S)
    state, _ = step(boot, InputsRead(NOTHING), NOW_S)
    early = step(replace(state, read_at_s=NOW_S + 4.9), Tick(), NOW_S + 4.9)[0]
    ready = step(replace(state, read_at_s=NOW_S + 5.0), Tick(), NOW_S + 5.0)[0]
    assert (early.phase, ready.phase) == (Phase.BOOT, Phase.IDLE)


@pytest.mark.parametrize("rules", [BARE, LIMITS])
@pytest.mark.parametrize("phase", [Phase.IDLE, Phase.CLOSING])
def test_whoever_asks_is_there_where_no_loop_says_so(rules: LaneRules, phase: Phase) -> None:
    after, actions = step(at(phase, CLOSED, rules=rules), GrantGiven("g"), NOW_S)
    assert (after.phase, actions) == (Phase.OPENING, (PulseOpen(OpenCause.GRANT),))


@pytest.mark.parametrize("arming", [False, None])
def test_an_arming_loop_is_asked_where_there_is_one(arming: bool | None) -> None:
    state = at(Phase.IDLE, LaneInputs(arming=arming), rules=ARMING)
    assert step(state, GrantGiven("g"), NOW_S)[1] == (GrantVoided("g", VoidReason.NO_CAR),)


def test_the_passage_is_assumed_the_open_time_after_the_answer() -> None:
    state = answered(opening(BARE, NOTHING, pulsed_s=3.1), ago_s=3.0)
    opened, _ = step(state, Tick(), NOW_S)
    after, actions = step(opened, Tick(), NOW_S)
    assert (opened.phase, after.phase, after.grant) == (Phase.OPEN, Phase.CLOSING, None)
    assert actions == (Passage("g", is_assumed=True),)


def test_the_passage_is_not_assumed_before() -> None:
    opened, _ = step(answered(opening(BARE, NOTHING, pulsed_s=3.1), ago_s=2.9), Tick(), NOW_S)
    assert opened.phase is Phase.OPEN
    assert ticked(opened) == (Phase.OPEN, ())
    assert next_due_s(opened, NOW_S) == pytest.approx(NOW_S + 0.1)


def test_no_passage_is_assumed_without_an_answer() -> None:
    assert ticked(opening(BARE, NOTHING, pulsed_s=5.9)) == (Phase.OPENING, ())


@pytest.mark.parametrize("rules", [BARE, ARMING])
def test_a_pulse_that_failed_gives_the_grant_back(rules: LaneRules) -> None:
    state, raised = step(opening(rules, NOTHING, pulsed_s=6.0), PulseUnconfirmed(), NOW_S)
    voided = GrantVoided("g", VoidReason.OPEN_TIMEOUT)
    assert raised == (AlarmRaised(AlarmCode.PULSE_UNCONFIRMED),)
    assert ticked(state) == (Phase.FAULT, (AlarmRaised(AlarmCode.OPEN_TIMEOUT), voided))


def test_an_answered_pulse_that_moved_nothing_is_no_passage() -> None:
    state = answered(opening(LIMITS, CLOSED, pulsed_s=4.0), ago_s=3.9)
    assert ticked(state) == (Phase.OPENING, ())


def test_an_arm_that_is_seen_open_has_had_its_pulse() -> None:
    unsure, _ = step(opening(LIMITS, BETWEEN, pulsed_s=2.0), PulseUnconfirmed(), NOW_S - 1)
    opened, _ = step(unsure, InputsRead(OPEN), NOW_S)
    later = replace(opened, read_at_s=NOW_S + 3.0)
    assert opened.phase is Phase.OPEN
    assert step(later, Tick(), NOW_S + 2.9)[1] == ()
    assert step(later, Tick(), NOW_S + 3.0)[1] == (Passage("g", is_assumed=True),)


HERE, GONE = LaneInputs(arming=True), LaneInputs(arming=False)


def after_grant(*readings: tuple[float, LaneInputs], answer_s: float = 0.1) -> LaneState:
    """A lane with an arming loop, granted at NOW_S, after these readings so long afterwards."""
    state = replace(at(Phase.IDLE, HERE, rules=ARMING), arming_since_s=NOW_S - 5)
    state, _ = step(state, GrantGiven("g"), NOW_S)
    for late_s, inputs in readings:
        if state.answered_at_s is None and late_s >= answer_s:
            state, _ = step(state, PulseAnswered(), NOW_S + answer_s)
        state, _ = step(state, InputsRead(inputs), NOW_S + late_s)
    return state


def seconds(inputs: LaneInputs, from_s: int, until_s: int) -> list[tuple[float, LaneInputs]]:
    """The same reading once a second."""
    return [(float(late_s), inputs) for late_s in range(from_s, until_s)]


def test_a_car_that_stays_on_the_arming_loop_has_not_passed() -> None:
    waits = after_grant(*seconds(HERE, 1, 60))
    assert (waits.phase, waits.grant) == (Phase.OPEN, "g")
    abandoned, actions = step(waits, InputsRead(HERE), NOW_S + 66)
    assert (abandoned.phase, actions[0]) == (Phase.CLOSING, Noticed(LaneNotice.ABANDONED))
    assert GrantVoided("g", VoidReason.ABANDONED) in actions


@pytest.mark.parametrize("gone_s", [1, 2, 3, 15])
def test_a_car_that_left_the_arming_loop_after_the_pulse_has_passed(gone_s: int) -> None:
    waits = after_grant(*seconds(HERE, 1, gone_s), *seconds(GONE, gone_s, max(gone_s, 4)))
    _, actions = step(waits, InputsRead(GONE), NOW_S + max(gone_s, 4))
    assert actions == (Passage("g", is_assumed=True),)


def test_a_car_passes_although_the_next_one_is_on_the_arming_loop() -> None:
    waits = after_grant((1.0, HERE), (2.0, GONE), (3.0, HERE))
    assert step(waits, InputsRead(HERE), NOW_S + 4)[1] == (Passage("g", is_assumed=True),)


def test_a_car_that_left_before_the_pulse_went_out_has_backed_out() -> None:
    waits = after_grant((0.2, GONE), *seconds(GONE, 1, 23), answer_s=0.5)
    assert (waits.phase, waits.grant) == (Phase.OPEN, "g")
    after, actions = step(waits, InputsRead(GONE), NOW_S + 24)
    voided = GrantVoided("g", VoidReason.BACK_OUT)
    assert (after.phase, actions) == (Phase.CLOSING, (Noticed(LaneNotice.BACK_OUT), voided))


def test_a_car_that_left_before_the_arm_was_pulsed_again_has_backed_out() -> None:
    gone = after_grant((1.0, HERE), (2.0, GONE))
    pulsed, _ = step(gone, AttendantOpen(None, "not moved"), NOW_S + 2.0)
    again, _ = step(pulsed, PulseAnswered(), NOW_S + 2.1)
    assert gone.has_left_arming
    assert not step(again, InputsRead(GONE), NOW_S + 2.2)[0].has_left_arming


def test_the_answer_to_an_earlier_pulse_is_not_that_of_the_next() -> None:
    retried, actions = step(
        answered(opening(LIMITS, CLOSED, pulsed_s=6.0), ago_s=5.9), Tick(), NOW_S
    )
    assert (actions, retried.answered_at_s) == ((PulseOpen(OpenCause.RETRY),), None)
    owing = replace(retried, owed=OpenCause.GRANT)
    assert step(owing, PulseAnswered(), NOW_S)[0].answered_at_s is None


@pytest.mark.parametrize(("for_s", "phase"), [(4.9, Phase.CLOSING), (5.0, Phase.IDLE)])
def test_a_bare_arm_counts_as_closed_after_its_time(for_s: float, phase: Phase) -> None:
    state = replace(at(Phase.CLOSING, NOTHING, for_s=for_s, rules=BARE), clear_since_s=0.0)
    assert ticked(state)[0] is phase


def test_a_closed_limit_closes_an_assumed_passage() -> None:
    assert then_read(at(Phase.CLOSING, BETWEEN, rules=LIMITS), CLOSED)[0] is Phase.IDLE


@pytest.mark.parametrize("rules", ALL_RULES)
def test_an_attendant_may_lower_an_arm_that_only_its_operator_guards(rules: LaneRules) -> None:
    assert step(at(Phase.OPEN, NOTHING, rules=rules), AttendantClose(), NOW_S)[1] == (
        PulseClose(),
    )


@pytest.mark.parametrize("safety", [True, None])
def test_a_safety_input_forbids_it_all_the_same(safety: bool | None) -> None:
    rules = replace(BARE, has_safety=True)
    state = at(Phase.OPEN, LaneInputs(safety=safety), rules=rules)
    assert step(state, AttendantClose(), NOW_S)[1] == (Noticed(LaneNotice.CLOSE_REFUSED),)


def test_a_loop_that_is_there_after_all_forbids_it_too() -> None:
    state = at(Phase.OPEN, LaneInputs(under_arm=True), rules=BARE)
    assert step(state, AttendantClose(), NOW_S)[1] == (Noticed(LaneNotice.CLOSE_REFUSED),)


def test_an_arm_opened_from_outside_closes_without_a_passage() -> None:
    opened, actions = step(at(Phase.IDLE, CLOSED, rules=LIMITS), InputsRead(OPEN), NOW_S)
    assert actions == (Noticed(LaneNotice.EXTERNAL_OPEN),)
    assert ticked(opened) == (Phase.CLOSING, ())
