"""What the desk orders when a barrier is opened by hand; no window is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.domain.ids import GrantToken
from kiosk.domain.outcomes import (
    BarrierOrdered,
    LaneBusy,
    LaneOutOfOrder,
    ReasonMissing,
)
from kiosk.services.commands import (
    OpenBarrier,
    ShowStay,
)
from kiosk.services.events import FaultRaised
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import (
    EXIT,
    DeskStage,
    desk_stage,
    stay_money,
)

FAULT = FaultRaised("store-full", "Free space on the data partition.")


@pytest.fixture
def desk(qapp: object) -> Iterator[DeskStage]:
    """A locked desk."""
    with desk_stage() as stage:
        yield stage


@pytest.fixture
def at_work(desk: DeskStage) -> DeskStage:
    """A desk that Ada unlocked."""
    desk.sign_in()
    return desk


# Opening by hand -------------------------------------------------------------------------


def test_ux_46_a_barrier_is_not_even_ordered_without_a_reason(at_work: DeskStage) -> None:
    at_work.screen._lanes.open(EXIT)
    at_work.screen._open_form.say("   ")

    at_work.screen._open_form.confirm()

    assert at_work.screen._open_form.state.problem == "reason-missing"
    assert asked(at_work, OpenBarrier) == 0


def test_an_order_carries_lane_reason_and_name(at_work: DeskStage) -> None:
    at_work.asker.answers(OpenBarrier, BarrierOrdered(GrantToken("g1"), EXIT))
    at_work.screen._lanes.openByKey(6)
    at_work.screen._open_form.say("Service or delivery")

    at_work.screen._open_form.confirm()

    order = at_work.last(OpenBarrier)
    assert (order.lane, order.reason, order.reservation_id) == (EXIT, "Service or delivery", None)
    assert order.actor.name == "Ada"
    assert not at_work.screen._open_form.state.is_shown
    assert (at_work.screen.state.said, at_work.screen.state.said_of) == ("ordered", EXIT)


def test_an_order_for_a_stay_inside_goes_to_an_exit(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.screen.showStay("4")
    at_work.screen._detail.openBarrier()
    at_work.screen._open_form.say("Ticket lost, plate checked")

    at_work.screen._open_form.confirm()

    order = at_work.last(OpenBarrier)
    assert (order.lane, order.reservation_id) == (EXIT, 4)


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [
        (ReasonMissing(), "reason-missing"),
        (LaneOutOfOrder(), "out-of-order"),
        (LaneBusy(), "passing"),
    ],
)
def test_a_refused_order_says_why_and_may_be_given_again(
    at_work: DeskStage, outcome: object, problem: str
) -> None:
    at_work.asker.answers(OpenBarrier, outcome)
    at_work.screen._lanes.open(EXIT)
    at_work.screen._open_form.say("Emergency")

    at_work.screen._open_form.confirm()

    state = at_work.screen._open_form.state
    assert (state.is_shown, state.is_waiting, state.problem) == (True, False, problem)


def test_one_press_is_one_order(at_work: DeskStage) -> None:
    at_work.screen._lanes.open(EXIT)
    at_work.screen._open_form.say("Emergency")
    at_work.screen._open_form.confirm()

    at_work.screen._open_form.confirm()

    assert asked(at_work, OpenBarrier) == 1


def test_a_full_queue_frees_the_form_for_another_try(at_work: DeskStage) -> None:
    at_work.screen._lanes.open(EXIT)
    at_work.screen._open_form.say("Emergency")
    at_work.screen._open_form.confirm()

    at_work.screen.on_overloaded()

    state = at_work.screen._open_form.state
    assert (state.is_waiting, state.problem) == (False, "busy")


def test_a_fault_frees_the_forms_that_wait_and_says_so(at_work: DeskStage) -> None:
    at_work.screen._lanes.open(EXIT)
    at_work.screen._open_form.say("Emergency")
    at_work.screen._open_form.confirm()
    at_work.screen._wallet.typePass("k7mp2xqa")
    at_work.screen._wallet.typeAmount("50")
    at_work.screen._wallet.confirm()

    at_work.screen.on_published(FAULT)

    for state in (at_work.screen._open_form.state, at_work.screen._wallet.state):
        assert (state.is_waiting, state.problem) == (False, "failed")


def test_a_fault_frees_the_sign_in_of_a_locked_desk(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    form.typeName("Ada")
    form.typeDigit("482913")
    form.confirm()

    desk.screen.on_published(FAULT)

    assert (form.state.is_waiting, form.state.problem) == (False, "failed")
