"""Barrier machines with one rule broken: the watched scripts must report every one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from hardware import lane, lane_facts, lane_latches, lane_moves, lane_orders
from hardware.lane import step
from hardware.lane_moves import Moved
from hardware.lane_words import (
    AttendantHold,
    AttendantRelease,
    AttendantStop,
    HoldTo,
    IoLost,
    LaneEvent,
    LaneRules,
    LaneState,
    OutputStuck,
    Passage,
    Phase,
    PulseOpen,
    VoidReason,
)
from tests.hardware.lane_scripts import (
    ALL_WIRED,
    ASSUMED,
    BLINDFOLD,
    SCRIPTS,
    Scene,
    come_to_rest,
    play,
)
from tests.hardware.watched_lane import Step

STEPS = range(13)
Break = Callable[[pytest.MonkeyPatch], Step]


@dataclass(frozen=True)
class Mutant:
    """One broken rule, the fault that may show it, and what the watch must say about it."""

    name: str
    break_it: Break
    report: str
    fault: str = "none"
    rules: LaneRules = ALL_WIRED


def play_all(machine: Step, *, fault: str, rules: LaneRules) -> None:
    """Run all scripts with the fault at every step, each up to a lane at rest."""
    for script in SCRIPTS:
        for at_step in STEPS:
            scene = Scene(rules, machine)
            scene.lane.run(6.0)
            play(scene, script, fault=fault, at_step=at_step)
            come_to_rest(scene)


# -- the broken rules ----------------------------------------------------------------------


def fire_ends_by_itself(_: pytest.MonkeyPatch) -> Step:
    def machine(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
        after, actions = step(state, event, now_s)
        if after.phase is Phase.FORCED and after.inputs.fire is False:
            after = replace(after, phase=Phase.BOOT, is_fire_latched=False)
        return after, actions

    return machine


def deaf_to(*orders: type) -> Break:
    def break_it(_: pytest.MonkeyPatch) -> Step:
        def machine(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
            return (state, ()) if isinstance(event, orders) else step(state, event, now_s)

        return machine

    return break_it


def passage_keeps_its_grant(_: pytest.MonkeyPatch) -> Step:
    def machine(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
        after, actions = step(state, event, now_s)
        if any(isinstance(action, Passage) for action in actions):
            after = replace(after, phase=Phase.OPEN, grant=state.grant, grant_since_s=now_s)
        return after, actions

    return machine


def tokens_are_forgotten(_: pytest.MonkeyPatch) -> Step:
    def machine(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
        return step(replace(state, used=()), event, now_s)

    return machine


def retry_without_closed_limit(patch: pytest.MonkeyPatch) -> Step:
    def is_seen_closed(state: LaneState) -> bool:
        return state.phase is Phase.OPENING or lane_facts.is_seen_closed(state)

    patch.setattr(lane, "is_seen_closed", is_seen_closed)
    return step


def guard(module: object, name: str, *, says: object) -> Break:
    def break_it(patch: pytest.MonkeyPatch) -> Step:
        patch.setattr(module, name, lambda *_: says)
        return step

    return break_it


def grants_without(reason: VoidReason) -> Break:
    def break_it(patch: pytest.MonkeyPatch) -> Step:
        def refusal(state: LaneState, token: str) -> VoidReason | None:
            why = lane_facts.refusal(state, token)
            return None if why is reason else why

        patch.setattr(lane_orders, "refusal", refusal)
        return step

    return break_it


def pulses_keep_no_gap(patch: pytest.MonkeyPatch) -> Step:
    for module in (lane_facts, lane_moves, lane_orders):
        patch.setattr(module, "gap_over_s", lambda _: 0.0)
    return step


def closes_once_the_gap_is_over(patch: pytest.MonkeyPatch) -> Step:
    def may_lower(state: LaneState, now_s: float) -> bool:
        return state.phase is not Phase.BLIND and now_s >= lane_facts.gap_over_s(state)

    patch.setattr(lane_orders, "may_lower", may_lower)
    return step


def loops_are_always_trusted(_: pytest.MonkeyPatch) -> Step:
    def machine(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
        return step(replace(state, is_loop_doubted=False), event, now_s)

    return machine


def stuck_relay_drops_the_hold(_: pytest.MonkeyPatch) -> Step:
    def machine(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
        after, actions = step(state, event, now_s)
        return after, () if isinstance(event, OutputStuck) else actions

    return machine


def back_without(*, of: Phase, lost: type) -> Break:
    def break_it(patch: pytest.MonkeyPatch) -> Step:
        def latched(state: LaneState, now_s: float) -> Moved:
            after, actions = lane_latches.latched(state, now_s)
            if after.phase is of:
                actions = tuple(each for each in actions if not isinstance(each, lost))
            return after, actions

        patch.setattr(lane, "latched", latched)
        return step

    return break_it


def voided_grant_is_still_owed(patch: pytest.MonkeyPatch) -> Step:
    def void_grant(state: LaneState, why: VoidReason) -> Moved:
        after, actions = lane_moves.void_grant(state, why)
        return replace(after, owed=state.owed, retries_left=state.retries_left), actions

    patch.setattr(lane_latches, "void_grant", void_grant)
    return step


def fire_is_not_repeated(patch: pytest.MonkeyPatch) -> Step:
    patch.setattr(lane, "repeat_fire", lambda state: state)
    return step


def every_nose_counts(patch: pytest.MonkeyPatch) -> Step:
    patch.setattr(lane_moves, "is_own_nose", lambda state: state.inputs.under_arm is True)
    return step


def clear_loop_was_left(_: pytest.MonkeyPatch) -> Step:
    def machine(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
        after, actions = step(state, event, now_s)
        is_clear = after.inputs.under_arm is True and after.inputs.arming is False
        return replace(after, has_left_arming=after.has_left_arming or is_clear), actions

    return machine


def arming_loop_is_not_asked(patch: pytest.MonkeyPatch) -> Step:
    def is_passage_due(state: LaneState, now_s: float) -> bool:
        return lane_facts.is_passage_due(replace(state, has_left_arming=True), now_s)

    patch.setattr(lane, "is_passage_due", is_passage_due)
    return step


def fire_is_reset_while_it_burns(patch: pytest.MonkeyPatch) -> Step:
    def end_fire(state: LaneState, now_s: float) -> Moved:
        ended = replace(state, inputs=replace(state.inputs, fire=False))
        return lane_latches.end_fire(ended, now_s)

    patch.setattr(lane_orders, "end_fire", end_fire)
    return step


def lost_board_keeps_the_grant(_: pytest.MonkeyPatch) -> Step:
    def machine(state: LaneState, event: LaneEvent, now_s: float) -> Moved:
        after, actions = step(state, event, now_s)
        if isinstance(event, IoLost):
            after = replace(after, grant=state.grant)
        return after, actions

    return machine


MUTANTS = (
    Mutant("fire not latched", fire_ends_by_itself, "a fire is latched until its reset"),
    Mutant("hold ignored", deaf_to(AttendantHold), "a hold lasts until it is released"),
    Mutant("release ignored", deaf_to(AttendantRelease), "a hold lasts until it is released"),
    Mutant(
        "passage not consumed",
        passage_keeps_its_grant,
        "one grant is at most one passage|a grant ends once",
    ),
    Mutant(
        "token reused",
        tokens_are_forgotten,
        "a token opens once|a grant ends once",
        fault="token again",
    ),
    Mutant(
        "retry without the closed limit",
        retry_without_closed_limit,
        "only a closed arm is pulsed again",
        fault="open limit dead",
    ),
    Mutant(
        "stale input taken as fresh",
        guard(lane, "is_stale", says=False),
        "a lane sees exactly while it is read",
        fault="readings late",
    ),
    Mutant(
        "opening while BLIND",
        grants_without(VoidReason.BLIND),
        "nothing is sent|sends nothing",
        fault="grant while blind",
    ),
    Mutant(
        "lock ignored",
        grants_without(VoidReason.LOCKED),
        "a locked lane takes no grant",
        fault="locked",
    ),
    Mutant(
        "grant without a car",
        grants_without(VoidReason.NO_CAR),
        "without a car",
        fault="grant too many",
    ),
    Mutant(
        "close without a look",
        closes_once_the_gap_is_over,
        "no arm is lowered|no held arm|the safety input is clear",
        fault="attendant closes",
    ),
    Mutant(
        "pulses without a gap",
        pulses_keep_no_gap,
        "pulses keep their gap",
        fault="attendant closes",
    ),
    Mutant("stop keeps the hold", deaf_to(AttendantStop), "a hold lasts", fault="hold, then stop"),
    Mutant(
        "tuned-out loop trusted",
        loops_are_always_trusted,
        "on a car that was tuned out",
        fault="loop tuned out, then closed",
        rules=LaneRules(),
    ),
    Mutant(
        "hold not asked for anew",
        back_without(of=Phase.HELD, lost=HoldTo),
        "the hold output follows",
        fault="hold, then board lost",
    ),
    Mutant(
        "released hold comes back",
        back_without(of=Phase.BOOT, lost=HoldTo),
        "the hold output follows",
        fault="hold, then released while blind",
    ),
    Mutant(
        "fire not pulsed again",
        back_without(of=Phase.FORCED, lost=PulseOpen),
        "a fire raises the arm",
        fault="fire, then board lost",
    ),
    Mutant(
        "fire not repeated",
        fire_is_not_repeated,
        "a fire raises the arm",
        fault="pulse unconfirmed",
    ),
    Mutant(
        "owed pulse of a voided grant",
        voided_grant_is_still_owed,
        "for a grant that is over",
        fault="closed, granted, then relay stuck",
    ),
    Mutant(
        "retry for a voided grant",
        voided_grant_is_still_owed,
        "for a grant that is over",
        fault="granted in vain, then relay stuck",
    ),
    Mutant(
        "stranger's passage",
        every_nose_counts,
        "whose nose was not under the arm",
        rules=LaneRules(),
    ),
    Mutant(
        "passage from beyond",
        clear_loop_was_left,
        "no more passages than cars that went on",
        fault="attendant opens",
        rules=LaneRules(),
    ),
    Mutant(
        "passage assumed of a car that stays",
        arming_loop_is_not_asked,
        "that stays on the arming loop",
        rules=ASSUMED,
    ),
    Mutant(
        "hold lost with a stuck relay",
        stuck_relay_drops_the_hold,
        "the hold output follows",
        fault="hold, then relay stuck",
    ),
    Mutant(
        "grant kept by a blind lane",
        lost_board_keeps_the_grant,
        "a grant is held only while the arm is up for it",
        fault="board lost",
    ),
    Mutant(
        "fire reset while it burns",
        fire_is_reset_while_it_burns,
        "a fire is latched until its reset",
    ),
    Mutant(
        "passage assumed without a pulse",
        guard(lane, "is_answered", says=True),
        "no passage is assumed without a pulse",
        fault="pulses lost",
        rules=BLINDFOLD,
    ),
)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_machine_with_a_broken_rule_is_reported(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        machine = mutant.break_it(patch)
        with pytest.raises(AssertionError, match=mutant.report):
            play_all(machine, fault=mutant.fault, rules=mutant.rules)


@pytest.mark.parametrize(
    ("fault", "rules"), sorted({(each.fault, each.rules) for each in MUTANTS}, key=str)
)
def test_the_machine_as_it_is_gives_nothing_to_report(fault: str, rules: LaneRules) -> None:
    play_all(step, fault=fault, rules=rules)
