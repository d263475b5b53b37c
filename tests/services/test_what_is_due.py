"""What is due is done, whatever the clock, the site file or a large site put in its way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.time import to_epoch
from kiosk.payments.simulator import SimulatedFault
from kiosk.services import limits
from kiosk.services.housekeeping import Housekeeping
from kiosk.services.library import roll_forward
from tests.fakes.stage import CARD, EXIT, Stage


def set_clock_back(stage: Stage, duration: timedelta) -> None:
    stage.site.clock._starts_at -= duration


def refund_unsent(stage: Stage, *faults: SimulatedFault) -> None:
    """240 are to go back to a card; the first requests meet these faults."""
    ticket = stage.inside(CARD)
    stage.fault_next(*faults)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=1)


def test_after_the_clock_was_set_back_an_hour_a_pending_reservation_still_expires(
    stage: Stage,
) -> None:
    set_clock_back(stage, timedelta(hours=1))
    reserved = stage.reserve()

    stage.wait_until(reserved.pay_until - timedelta(seconds=1))
    before = stage.state(reserved.reservation_id)
    stage.wait_until(reserved.pay_until)

    assert before == "pending"
    assert stage.state(reserved.reservation_id) == "expired"


def test_after_the_clock_was_set_back_an_hour_a_doubtful_refund_is_still_pursued(
    stage: Stage,
) -> None:
    refund_unsent(stage, SimulatedFault.ANSWER_LOST_AFTER_DOING)
    doubtful = stage.operation("settlement:1:refund:1")

    set_clock_back(stage, timedelta(hours=1))
    stage.wait(seconds=limits.IN_DOUBT_ASK_EVERY_S)

    assert doubtful == "in-doubt"
    assert stage.operation("settlement:1:refund:1") == "succeeded"
    assert "refund-due:1" not in stage.books()


def test_a_refund_whose_provider_was_taken_out_stops_nothing_else(stage: Stage) -> None:
    refund_unsent(stage, SimulatedFault.UNREACHABLE)
    stage.site.core.adapters = {}
    reserved = stage.reserve(space_id=3, plate="B AB 3")

    stage.wait_until(reserved.pay_until)

    assert stage.state(reserved.reservation_id) == "expired"
    assert stage.operation("settlement:1:refund:1") == "new"
    assert stage.books()["refund-due:1"] == 240


@pytest.mark.parametrize(
    "fault", [SimulatedFault.UNREACHABLE, SimulatedFault.ANSWER_LOST_BEFORE_DOING]
)
def test_a_site_starts_with_a_refund_whose_provider_was_taken_out(
    stage: Stage, fault: SimulatedFault
) -> None:
    refund_unsent(stage, fault)
    adapters, stage.site.core.adapters = stage.site.core.adapters, {}

    Housekeeping(stage.site.core, stage.site.tariffs).recover()
    owed = stage.books()["refund-due:1"]
    stage.site.core.adapters = adapters
    stage.wait(seconds=limits.IN_DOUBT_ASK_EVERY_S)

    assert owed == 240
    assert "refund-due:1" not in stage.books()
    assert stage.provider_counts() == (480, 240)


def spaces_ahead(stage: Stage) -> int:
    """How many spaces have their idle time built two weeks ahead."""
    near = to_epoch(stage.now + timedelta(days=limits.GAP_HORIZON_DAYS - 1))
    ((count,),) = stage.sql(f"SELECT count(*) FROM horizon WHERE until >= {near}")
    return count


def test_a_new_day_is_rolled_forward_a_few_spaces_a_tick_until_all_are_ahead(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "GAP_SPACES_A_TICK", 2)
    housekeeping = Housekeeping(stage.site.core, stage.site.tariffs)
    stage.site.clock.passed_s += timedelta(days=3).total_seconds()

    counts = [spaces_ahead(stage)]
    for _ in range(4):
        housekeeping.tick()
        counts.append(spaces_ahead(stage))
        stage.site.clock.passed_s += limits.DUE_EVERY_S

    assert counts == [0, 2, 4, 5, 5]


def test_what_is_far_enough_ahead_is_not_built_again(stage: Stage) -> None:
    core = stage.site.core
    with core.store.transaction() as tx:
        assert roll_forward(core, tx, most=100) == 0


def test_a_site_that_was_off_for_a_month_finds_idle_spaces_again(stage: Stage) -> None:
    stage.site.clock.passed_s += timedelta(days=30).total_seconds()

    Housekeeping(stage.site.core, stage.site.tariffs).recover()

    assert {1, 3, 5} <= stage.idle_spaces()
