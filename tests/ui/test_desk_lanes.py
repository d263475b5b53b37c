"""What the desk offers, orders and says of a lane: close, stop, hold, lock, and a fire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, QPointF
from PySide6.QtQml import QQmlComponent

from hardware.lane_words import AlarmCode, Phase, VoidReason
from kiosk.domain.lane_orders import (
    LaneObstacle,
    LaneOrder,
    LaneOrdered,
    LaneWiring,
    NotWired,
    OrderRefused,
)
from kiosk.domain.outcomes import LaneBusy, NotSignedIn, ReasonMissing
from kiosk.services.commands import OpenBarrier, OrderLane, ResetLane
from kiosk.services.events import FaultRaised, LaneChanged
from kiosk.services.views import LaneStatus, PartyMoney
from tests.ui.desk_looks import asked, words
from tests.ui.desk_stage import (
    ENTRY,
    EXIT,
    DeskStage,
    desk_stage,
    desk_view,
    euro,
    lane_status,
    stay,
)

FULLY = LaneWiring(can_close=True, can_stop=True, can_hold=True, has_fire=True)
FIRE = ("fire",)


def lane(phase: str = "idle", **changes: object) -> LaneStatus:
    """The entrance, wired for everything, with no fire unless told."""
    status = replace(lane_status(ENTRY, phase), wiring=FULLY, fire=False)
    return replace(status, **changes)  # type: ignore[arg-type]


@pytest.fixture
def desk(qapp: object) -> Iterator[DeskStage]:
    """A desk that Ada unlocked, without its window."""
    with desk_stage() as stage:
        stage.sign_in(desk_view(lanes=(lane(), lane_status(EXIT))))
        yield stage


@pytest.fixture
def window(qapp: object) -> Iterator[DeskStage]:
    """The same with its window."""
    with desk_stage(with_window=True) as stage:
        stage.sign_in(desk_view(lanes=(lane(), lane_status(EXIT))))
        yield stage


def offered(stage: DeskStage, number: int = 0) -> dict[str, str]:
    """What a lane's row offers, each with what stands against it."""
    row = stage.screen._lanes._rows.rows[number]
    return {each["order"]: each["obstacle"] for each in row.orders}


def test_every_order_of_a_lane_stands_there_whole_beside_twelve_lines_of_money(
    qapp: object,
) -> None:
    parties = ("escrow", "refund-due", "wallet", "owner", "manager", "commission", "vat", "other")
    ours = ("till", "bank", "psp", "receivable")
    exit_ = replace(lane_status(EXIT), wiring=FULLY, fire=False)
    view = desk_view(lanes=(lane(), exit_))
    money = tuple(PartyMoney(each, euro(100)) for each in (*parties, *ours))
    with desk_stage(with_window=True) as stage:
        stage.sign_in(replace(view, money=money))
        stage.frame()
        key, last = stage.item(f"lock_{EXIT}"), stage.item("money_till")
        card = stage.item("lanes")
        bottom = card.mapToScene(QPointF(0, card.height())).y()

        assert key.mapToScene(QPointF(0, key.height())).y() <= bottom
        assert stage.item("money_bar").isVisible()
        room = stage.item("money_room")
        room.setProperty("contentY", room.property("contentHeight") - room.height())
        stage.frame()
        end = room.mapToScene(QPointF(0, room.height())).y()
        assert last.mapToScene(QPointF(0, last.height())).y() <= end


# What is offered -------------------------------------------------------------------------


def test_a_lane_offers_only_what_it_is_wired_for(desk: DeskStage) -> None:
    assert list(offered(desk)) == ["open", "close", "stop", "hold", "lock"]
    assert list(offered(desk, 1)) == ["open", "lock"]


def test_a_held_and_locked_lane_offers_the_way_back(desk: DeskStage) -> None:
    desk.screen.on_published(LaneChanged(lane("held", is_held=True, is_locked=True)))

    assert offered(desk) == {
        "open": "held",
        "close": "held",
        "stop": "",
        "release": "",
        "unlock": "",
    }


def test_a_close_that_would_be_refused_is_dim_and_says_why(window: DeskStage) -> None:
    window.screen.on_published(LaneChanged(lane("open", under_arm=True)))
    key = window.item(f"close_{ENTRY}")

    said = {str(each.property("text")) for each in words(window)}

    assert not key.isEnabled()
    assert "Close: something is under the arm" in said
    window.touch(f"close_{ENTRY}")
    assert asked(window, OrderLane) == 0


def test_a_fault_and_a_refused_close_are_both_said(window: DeskStage) -> None:
    window.screen.on_published(LaneChanged(lane("closing", alarms=("loop_suspect",))))
    window.frame()

    said = {str(each.property("text")) for each in words(window)}

    assert "The loops may not see the cars\nClose: the loop is in doubt, reset first" in said


# What is ordered -------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["close", "stop"])
def test_one_touch_closes_or_stops(window: DeskStage, code: str) -> None:
    order = LaneOrder(code)
    window.asker.answers(OrderLane, LaneOrdered(ENTRY, order))

    window.touch(f"{code}_{ENTRY}")

    command = window.last(OrderLane)
    assert (command.lane, command.order, command.actor.name) == (ENTRY, order, "Ada")
    assert (window.screen.state.said, window.screen.state.said_of) == (code, ENTRY)


@pytest.mark.parametrize("code", ["hold", "lock"])
def test_a_hold_and_a_lock_ask_for_a_reason_first(window: DeskStage, code: str) -> None:
    window.asker.answers(OrderLane, LaneOrdered(ENTRY, LaneOrder(code)))
    window.touch(f"{code}_{ENTRY}")
    window.screen._forms.lane_form.confirm()
    before = asked(window, OrderLane)
    problem = window.screen._forms.lane_form.state.problem

    window.touch("reason_2")
    window.touch("lane_confirm")

    command = window.last(OrderLane)
    assert (before, problem) == (0, "reason-missing")
    assert (command.order.value, command.reason != "") == (code, True)
    assert not window.shown("lane_confirm")


def test_open_in_the_strip_still_asks_for_its_reason(window: DeskStage) -> None:
    window.touch(f"open_{ENTRY}")

    assert window.screen._open_form.state.lane == ENTRY
    assert asked(window, OpenBarrier) == 0


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (OrderRefused(LaneObstacle.CAR), "not-car"),
        (NotWired(), "not-wired"),
        (LaneBusy(), "not-busy"),
    ],
)
def test_an_order_that_was_not_given_is_said(desk: DeskStage, outcome: object, why: str) -> None:
    desk.asker.answers(OrderLane, outcome)

    desk.screen._lanes.order(ENTRY, "close")

    assert (desk.screen.state.said, desk.screen.state.said_of) == (why, ENTRY)


def test_a_reset_that_was_refused_is_said(desk: DeskStage) -> None:
    desk.asker.answers(ResetLane, OrderRefused(LaneObstacle.FIRE))

    desk.screen._lanes.reset(ENTRY)

    assert desk.screen.state.said == "not-fire"


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [
        (OrderRefused(LaneObstacle.FIRE), "fire"),
        (NotWired(), "wired"),
        (LaneBusy(), "busy"),
        (ReasonMissing(), "reason-missing"),
    ],
)
def test_a_hold_that_was_not_given_says_why_and_may_be_tried_again(
    desk: DeskStage, outcome: object, problem: str
) -> None:
    desk.asker.answers(OrderLane, outcome)
    desk.screen._lanes.order(ENTRY, "hold")
    form = desk.screen._forms.lane_form
    form.say("Event")

    form.confirm()

    assert (form.state.problem, form.state.is_waiting) == (problem, False)


def test_a_fault_frees_the_form_that_waits(desk: DeskStage) -> None:
    desk.screen._lanes.order(ENTRY, "lock")
    form = desk.screen._forms.lane_form
    form.say("Event")
    form.confirm()
    form.confirm()

    desk.screen.on_published(FaultRaised("store-full", "Free space."))

    assert (form.state.problem, form.state.is_waiting) == ("failed", False)
    assert asked(desk, OrderLane) == 1


@pytest.mark.parametrize("code", ["close", "hold"])
def test_a_core_that_knows_no_attendant_locks_the_desk(desk: DeskStage, code: str) -> None:
    desk.asker.answers(OrderLane, NotSignedIn())
    desk.screen._lanes.order(ENTRY, code)
    desk.screen._forms.lane_form.say("Event")
    desk.screen._forms.lane_form.confirm()

    assert desk.screen.state.page == "locked"


def test_a_locked_desk_orders_nothing(desk: DeskStage) -> None:
    desk.screen.lock()

    for code in ("close", "hold"):
        desk.screen._lanes.order(ENTRY, code)

    assert asked(desk, OrderLane) == 0
    assert not desk.screen._forms.lane_form.isShown


@pytest.mark.parametrize("obstacle", [LaneObstacle.HELD, LaneObstacle.FIRE])
def test_by_hand_at_an_arm_that_is_up_says_what_to_do_instead(
    window: DeskStage, obstacle: LaneObstacle
) -> None:
    window.asker.answers(OpenBarrier, OrderRefused(obstacle))
    window.screen._lanes.open(ENTRY)
    window.screen._open_form.say("Emergency")

    window.screen._open_form.confirm()

    assert "The arm is up already" in str(window.item("open_problem").property("text"))


# What is said ----------------------------------------------------------------------------


def test_a_locked_lane_has_its_sign(window: DeskStage) -> None:
    before = window.shown(f"locked_{ENTRY}")

    window.screen.on_published(LaneChanged(lane(is_locked=True)))
    window.frame()

    assert not before
    assert window.item(f"locked_{ENTRY}").property("text") == "Locked"


def test_a_fire_cannot_be_reset_while_it_is_reported(window: DeskStage) -> None:
    window.screen.on_published(LaneChanged(lane("forced", fire=True, alarms=FIRE)))
    during = window.item(f"notice_reset_{ENTRY}").isEnabled()

    window.screen.on_published(LaneChanged(lane("forced", fire=False, alarms=FIRE)))

    assert not during
    assert window.item(f"notice_reset_{ENTRY}").isEnabled()


def test_a_notice_knows_which_way_its_lane_goes(desk: DeskStage) -> None:
    desk.screen.on_published(LaneChanged(lane("stopped", alarms=("stopped",))))
    desk.screen.help_asked(EXIT)

    lines = desk.screen._notices._lines.rows

    assert {line.lane: line.way for line in lines} == {EXIT: "out", ENTRY: "in"}
    assert (desk.screen._lanes.way(EXIT), desk.screen._lanes.way("DD AB 1")) == ("out", "")


@pytest.mark.parametrize(
    ("by_hand", "is_assumed", "mark"),
    [(False, False, ""), (True, False, "by-hand"), (False, True, "assumed"), (True, True, "both")],
)
def test_a_stay_whose_passage_was_assumed_is_marked(
    desk: DeskStage, by_hand: bool, is_assumed: bool, mark: str
) -> None:
    view = desk_view(stay_count=1)
    row = replace(stay(1), was_opened_by_hand=by_hand, is_passage_assumed=is_assumed)

    desk.screen._stays.show(replace(view, stays=(row,)), desk.screen.texts)

    assert desk.screen._stays._lines.rows[0].mark == mark


WORDS = """import QtQuick
import Desk
QtObject {
    readonly property var tellers: ({
        phase: DeskWords.phase, alarm: DeskWords.alarm, remedy: DeskWords.remedy,
        order: DeskWords.order, obstacle: DeskWords.obstacle, mark: DeskWords.markInFull,
        why: DeskTimelineWords.why, said: code => DeskWords.said(code, "L"),
        passed: code => DeskTimelineWords.detail("entry.passed", code, "")
    })
    function say(kind: string, code: string): string {
        return tellers[kind](code);
    }
}"""


class Speaker:
    """What the words of the desk say for a code."""

    def __init__(self, stage: DeskStage) -> None:
        assert stage.engine is not None
        component = QQmlComponent(stage.engine)
        component.setData(WORDS.encode(), "")
        made = component.create()
        assert made is not None, component.errorString()
        self._words: QObject = made
        self._words.setParent(stage.engine)

    def __call__(self, kind: str, code: str) -> str:
        return str(self._words.say(kind, code))  # type: ignore[attr-defined]


def test_every_code_of_a_lane_has_its_own_words(window: DeskStage) -> None:
    say = Speaker(window)

    alarms = [say("alarm", code.value) for code in AlarmCode]
    remedies = [say("remedy", code.value) for code in AlarmCode]
    phases = [say("phase", phase) for phase in ("forced", "held", "stopped", "idle")]
    orders = [say("order", order.value) for order in LaneOrder if order is not LaneOrder.RESET]
    obstacles = [say("obstacle", each.value) for each in LaneObstacle]
    given = [say("said", order.value) for order in LaneOrder if order is not LaneOrder.OPEN]

    for texts in (alarms, remedies, phases, orders, obstacles, given):
        assert len(set(texts)) == len(texts)
    assert not any(text.startswith("Lane fault") for text in alarms)
    assert say("remedy", "nothing known") not in remedies
    assert not any(text.startswith("Ticket printed") for text in given)


def test_every_end_of_a_grant_is_said_in_words(window: DeskStage) -> None:
    say = Speaker(window)

    unsaid = [why.value for why in VoidReason if say("why", why.value) == why.value]

    assert unsaid == []


def test_every_phase_of_the_machine_is_known_to_the_desk(window: DeskStage) -> None:
    say = Speaker(window)
    closed = {phase.value for phase in Phase if say("phase", phase.value) == "Closed"}

    assert closed == {"idle"}


def test_a_passage_that_was_assumed_is_said_in_list_page_and_timeline(window: DeskStage) -> None:
    say = Speaker(window)

    assert "assumed" in say("mark", "assumed")
    assert "assumed" in say("mark", "both")
    assert say("passed", "assumed") == "assumed, no loop saw the car"
    assert say("said", "not-car") == "L, not done: something is under the arm"
