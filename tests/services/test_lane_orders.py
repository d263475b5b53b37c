"""What an attendant orders of a lane: written with name and reason, and never in vain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.ids import AttendantId
from kiosk.domain.lane_orders import (
    LaneObstacle,
    LaneOrder,
    LaneOrdered,
    LaneWiring,
    NotWired,
    OrderRefused,
)
from kiosk.domain.outcomes import (
    ExitCovered,
    Granted,
    LaneBusy,
    LaneOutOfOrder,
    LaneReset,
    NotSignedIn,
    ReasonMissing,
)
from kiosk.services.commands import OrderLane, ResetLane, ShowDesk
from kiosk.services.views import LaneStatus
from tests.fakes.stage import ENTRY, EXIT, KIM, Stage, Wallet
from tests.services.test_dropped_orders import deafen

ORDERS = (
    LaneOrder.CLOSE,
    LaneOrder.STOP,
    LaneOrder.HOLD,
    LaneOrder.RELEASE,
    LaneOrder.LOCK,
    LaneOrder.UNLOCK,
)


def order(stage: Stage, what: LaneOrder, *, reason: str = "event", lane: object = ENTRY) -> object:
    return stage.site.do(
        OrderLane(
            actor=KIM,
            attendant_id=stage.attendant_id,
            lane=lane,  # type: ignore[arg-type]
            order=what,
            reason=reason,
        )
    )


def reset(stage: Stage) -> object:
    return stage.site.do(ResetLane(actor=KIM, attendant_id=stage.attendant_id, lane=ENTRY))


def status(stage: Stage) -> LaneStatus:
    return stage.site.core.lanes[ENTRY].status


def audited(stage: Stage, count: int = 1) -> list[tuple[str, str, str]]:
    """The last acts: action, actor and detail, newest first."""
    with stage.site.core.store.reading() as tx:
        return [(each.action, each.actor_name, each.detail) for each in tx.audit.latest(count)]


# -- who may, and why


@pytest.mark.parametrize("what", ORDERS)
def test_who_is_not_signed_in_orders_nothing(stage: Stage, what: LaneOrder) -> None:
    stage.site.core.signed_in.clear()
    before = audited(stage)

    outcome = order(stage, what)

    assert outcome == NotSignedIn()
    assert (audited(stage), status(stage).phase) == (before, "idle")


@pytest.mark.parametrize("what", [LaneOrder.HOLD, LaneOrder.LOCK])
def test_a_hold_and_a_lock_need_a_reason(stage: Stage, what: LaneOrder) -> None:
    outcome = order(stage, what, reason="   ")

    assert outcome == ReasonMissing()
    assert (status(stage).is_held, status(stage).is_locked) == (False, False)


@pytest.mark.parametrize("what", [LaneOrder.CLOSE, LaneOrder.STOP, LaneOrder.HOLD])
def test_a_lane_without_the_relay_is_ordered_nothing(stage: Stage, what: LaneOrder) -> None:
    lane = stage.site.core.lanes[ENTRY]
    lane.status = replace(lane.status, wiring=LaneWiring())

    outcome = order(stage, what)

    assert outcome == NotWired()
    assert stage.site.lanes[ENTRY].view.phase.value == "idle"


@pytest.mark.parametrize(
    ("what", "reason", "written"),
    [
        (LaneOrder.CLOSE, "", "lane.close_ordered"),
        (LaneOrder.STOP, "", "lane.stop_ordered"),
        (LaneOrder.HOLD, "delivery", "lane.hold_ordered"),
        (LaneOrder.RELEASE, "", "lane.release_ordered"),
        (LaneOrder.LOCK, "snow", "lane.locked"),
        (LaneOrder.UNLOCK, "", "lane.unlocked"),
    ],
)
def test_an_order_stands_in_the_audit_with_name_lane_and_reason(
    stage: Stage, what: LaneOrder, reason: str, written: str
) -> None:
    outcome = order(stage, what, reason=reason)

    assert outcome == LaneOrdered(ENTRY, what)
    with stage.site.core.store.reading() as tx:
        rows = [each for each in tx.audit.latest(5) if each.action == written]
    assert [(row.actor_name, row.lane, row.detail) for row in rows] == [("Kim", ENTRY, reason)]


@pytest.mark.parametrize("what", ORDERS)
def test_an_order_that_the_lane_did_not_take_is_told_and_written(
    stage: Stage, what: LaneOrder
) -> None:
    heal = deafen(stage, ENTRY)

    outcome = order(stage, what)
    heal()

    assert outcome == LaneBusy()
    assert audited(stage) == [("lane.order_dropped", "Kim", what.value)]
    with stage.site.core.store.reading() as tx:
        assert tx.lanes.locks() == {}


def test_an_unlock_that_the_lane_did_not_take_leaves_it_locked_after_a_restart(
    stage: Stage,
) -> None:
    order(stage, LaneOrder.LOCK, reason="snow")
    deafen(stage, ENTRY)

    order(stage, LaneOrder.UNLOCK)
    stage.restart()

    assert status(stage).is_locked


def test_a_reset_that_the_lane_did_not_take_is_told(stage: Stage) -> None:
    deafen(stage, ENTRY)

    assert reset(stage) == LaneBusy()


# -- what the lane does


def test_a_held_arm_stays_open_until_it_is_released(stage: Stage) -> None:
    order(stage, LaneOrder.HOLD)
    stage.wait(minutes=5)
    held = status(stage)

    order(stage, LaneOrder.RELEASE)
    stage.wait(minutes=2)

    assert (held.phase, held.is_held, held.open_limit) == ("held", True, True)
    assert (status(stage).phase, status(stage).is_held) == ("idle", False)


def test_a_stopped_lane_takes_no_ticket_until_it_is_reset(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)
    order(stage, LaneOrder.STOP)

    refused = stage.scan(ENTRY, ticket.text)
    phase, outcome = status(stage).phase, reset(stage)
    stage.wait(seconds=10)

    assert (refused, phase) == (LaneOutOfOrder(), "stopped")
    assert outcome == LaneReset(ENTRY)
    assert isinstance(stage.scan(ENTRY, ticket.text), Granted)


def test_a_close_is_refused_while_a_car_is_under_the_arm(stage: Stage) -> None:
    car = stage.site.car_to(ENTRY)
    stage.open_barrier(ENTRY)
    stage.site.lanes[ENTRY].plant.drive_through(car)
    while not status(stage).under_arm:
        stage.wait(seconds=1)

    assert order(stage, LaneOrder.CLOSE) == OrderRefused(LaneObstacle.CAR)


def test_a_fire_is_reset_only_when_it_is_over(stage: Stage) -> None:
    plant = stage.site.lanes[ENTRY].plant
    plant.fire(is_on=True)
    stage.wait(seconds=10)

    during, opened = reset(stage), stage.open_barrier(ENTRY)
    plant.fire(is_on=False)
    stage.wait(seconds=10)
    phase, after = status(stage).phase, reset(stage)
    stage.wait(minutes=2)

    assert (during, opened) == (OrderRefused(LaneObstacle.FIRE), OrderRefused(LaneObstacle.FIRE))
    assert (phase, after, status(stage).phase) == ("forced", LaneReset(ENTRY), "idle")


def test_an_arm_that_is_held_open_is_not_opened_by_hand(stage: Stage) -> None:
    order(stage, LaneOrder.HOLD)
    stage.wait(seconds=10)

    assert stage.open_barrier(ENTRY) == OrderRefused(LaneObstacle.HELD)


def test_a_blind_lane_can_be_released_and_locked_but_not_moved(stage: Stage) -> None:
    order(stage, LaneOrder.HOLD)
    stage.site.lanes[ENTRY].unplug_board()

    refused = [order(stage, what) for what in (LaneOrder.CLOSE, LaneOrder.STOP, LaneOrder.HOLD)]
    taken = [order(stage, what) for what in (LaneOrder.RELEASE, LaneOrder.LOCK)]

    assert [*refused, reset(stage)] == [OrderRefused(LaneObstacle.BLIND)] * 4
    assert taken == [LaneOrdered(ENTRY, LaneOrder.RELEASE), LaneOrdered(ENTRY, LaneOrder.LOCK)]


# -- latches


def test_a_locked_lane_takes_no_ticket_until_it_is_unlocked(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof)
    stage.site.car_to(ENTRY)
    order(stage, LaneOrder.LOCK, reason="snow")

    refused = stage.scan(ENTRY, ticket.text)
    order(stage, LaneOrder.UNLOCK)

    assert refused == LaneOutOfOrder()
    assert isinstance(stage.scan(ENTRY, ticket.text), Granted)


def test_a_lock_outlives_the_program_and_a_hold_does_not(stage: Stage) -> None:
    order(stage, LaneOrder.LOCK, reason="snow")
    order(stage, LaneOrder.HOLD)

    stage.restart()

    assert (status(stage).is_locked, status(stage).is_held) == (True, False)
    order(stage, LaneOrder.UNLOCK)
    stage.restart()
    assert not status(stage).is_locked


def test_a_lock_of_a_lane_that_the_site_no_longer_has_is_no_bug(stage: Stage) -> None:
    with stage.site.core.store.transaction() as tx:
        tx.lanes.lock("gone", reason="snow", at=stage.now)  # type: ignore[arg-type]

    stage.restart()

    assert not status(stage).is_locked


def test_at_an_exit_that_is_held_open_a_driver_still_settles(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    order(stage, LaneOrder.HOLD, lane=EXIT)
    stage.wait(seconds=10)

    outcome = stage.scan(EXIT, ticket.text)
    view = stage.site.do(ShowDesk(actor=KIM))

    assert isinstance(outcome, ExitCovered)
    assert stage.state(ticket.reservation_id) == "settled"
    assert [each.reservation_id for each in view.unreported] == [ticket.reservation_id]


def test_a_lane_offers_what_it_is_wired_for_and_only_what_helps_now(stage: Stage) -> None:
    idle = status(stage).orders
    order(stage, LaneOrder.HOLD)
    order(stage, LaneOrder.LOCK, reason="snow")

    assert idle == (
        LaneOrder.OPEN,
        LaneOrder.CLOSE,
        LaneOrder.STOP,
        LaneOrder.HOLD,
        LaneOrder.LOCK,
    )
    assert status(stage).orders == (
        LaneOrder.OPEN,
        LaneOrder.CLOSE,
        LaneOrder.STOP,
        LaneOrder.RELEASE,
        LaneOrder.UNLOCK,
    )
    assert replace(status(stage), wiring=LaneWiring()).orders == (
        LaneOrder.OPEN,
        LaneOrder.RELEASE,
        LaneOrder.UNLOCK,
    )


FULLY = LaneWiring(can_close=True, can_stop=True, can_hold=True, has_safety=True, has_fire=True)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"under_arm": True}, LaneObstacle.CAR),
        ({"under_arm": None}, LaneObstacle.UNKNOWN),
        ({"under_arm": None, "wiring": replace(FULLY, is_passage_assumed=True)}, None),
        ({"safety": True}, LaneObstacle.CAR),
        ({"safety": None}, LaneObstacle.UNKNOWN),
        ({"safety": None, "wiring": replace(FULLY, has_safety=False)}, None),
        ({"fire": True}, LaneObstacle.FIRE),
        ({"fire": None}, LaneObstacle.FIRE),
        ({"fire": None, "wiring": replace(FULLY, has_fire=False)}, None),
        ({"is_held": True, "phase": "held"}, LaneObstacle.HELD),
        ({"phase": "forced"}, LaneObstacle.FIRE),
        ({"phase": "blind"}, LaneObstacle.BLIND),
        ({"phase": "stopped"}, None),
        ({"alarms": ("loop_suspect",)}, LaneObstacle.LOOP_SUSPECT),
    ],
)
def test_a_close_is_not_offered_where_the_lane_would_refuse_it(
    stage: Stage, changes: dict[str, object], why: LaneObstacle | None
) -> None:
    seen = replace(
        status(stage), phase="open", under_arm=False, safety=False, fire=False, wiring=FULLY
    )

    assert replace(seen, **changes).obstacle_to(LaneOrder.CLOSE) is why  # type: ignore[arg-type]


def test_who_orders_under_no_known_name_orders_nothing(stage: Stage) -> None:
    stranger = AttendantId(99)

    outcome = stage.site.do(
        OrderLane(
            actor=KIM, attendant_id=stranger, lane=ENTRY, order=LaneOrder.LOCK, reason="snow"
        )
    )

    assert outcome == NotSignedIn()
