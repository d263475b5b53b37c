"""The outbox: what was sent is in doubt after a start, and asked about ever more seldom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import ActionKind, Answer, NotSent, PaymentRequest, Pending, Succeeded
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services import limits, providers
from kiosk.services.bills import held_for
from kiosk.services.commands import PayRefundInCash
from kiosk.services.debt_commands import CashAtDesk, PayDebt
from kiosk.services.reconcile import explain, reconcile
from kiosk.services.show_after import open_cases
from tests.fakes.stage import CARD, EXIT, KIM, Stage, euro

KEY = OperationKey("card")


def queued_capture(stage: Stage) -> str:
    ticket = stage.inside(CARD)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    return "settlement:1:capture:1"


def test_each_pause_is_twice_the_one_before_up_to_five_minutes() -> None:
    pauses = [limits.ask_pause(tries).total_seconds() for tries in range(25)]

    assert pauses[:3] == [0, 2, 2]
    assert pauses[14:19] == [2, 4, 8, 16, 32]
    assert pauses[-1] == limits.ASK_LONGEST_PAUSE_S
    assert limits.ask_pause(0, 9.0) == timedelta(seconds=9)


def test_what_was_sent_when_the_power_failed_is_queried_and_not_done_twice(
    authorising: Stage,
) -> None:
    stage = authorising
    stage.site.simulator.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING, kind="capture")
    key = queued_capture(stage)
    stage.wait(seconds=1)

    stage.restart()
    stage.wait(seconds=3)

    assert stage.operation(key) == "succeeded"
    assert stage.site.simulator.total("capture", "EUR") == euro(240)


def test_what_a_provider_never_saw_is_sent_again_under_the_same_key(authorising: Stage) -> None:
    stage = authorising
    stage.site.simulator.fault_next(*[SimulatedFault.UNREACHABLE] * 4, kind="capture")

    key = queued_capture(stage)
    stage.wait(seconds=20)

    assert stage.operation(key) == "succeeded"
    assert stage.site.simulator.total("capture", "EUR") == euro(240)


def scripted(stage: Stage, monkeypatch: pytest.MonkeyPatch, *queries: Answer) -> list[str]:
    """A provider that shows a QR first; what it was asked then."""
    asked: list[str] = []
    left = list(queries)
    simulator = stage.site.simulator

    def collect(request: PaymentRequest) -> Answer:
        return Pending(ActionKind.SHOW_QR, "weixin://pay")

    def query(key: OperationKey) -> Answer:
        asked.append("query")
        return left.pop(0) if len(left) > 1 else left[0]

    def abort(key: OperationKey) -> Answer:
        asked.append("abort")
        return NotSent()

    monkeypatch.setattr(simulator, "collect", collect)
    monkeypatch.setattr(simulator, "query", query)
    monkeypatch.setattr(simulator, "abort", abort)
    return asked


PENDING = Pending(ActionKind.SHOW_QR)


def test_a_qr_is_asked_about_every_two_seconds_and_closed_after_120_with_a_last_query(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Answer] = [*[PENDING] * 59, Succeeded("late", euro(480))]
    asked = scripted(stage, monkeypatch, *answers)
    reserved = stage.reserve()

    stage.pay_deposit(reserved.reservation_id, CARD, intent=KEY)
    stage.wait(seconds=118)
    before, state = list(asked), stage.operation(KEY)
    stage.wait(seconds=4)

    assert state == "pending"
    assert set(before) == {"query"}
    assert 55 <= len(before) <= 60
    assert asked[len(before) :] == ["abort", "query"]
    assert stage.operation(KEY) == "succeeded"
    assert stage.state(reserved.reservation_id) == "confirmed"


def test_a_genuine_notice_is_a_hint_to_query_and_nothing_more(authorising: Stage) -> None:
    stage = authorising
    reserved = stage.reserve()
    stage.site.simulator.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING, kind="authorise")
    stage.pay_deposit(reserved.reservation_id, CARD, intent=KEY)

    forged = providers.hear(stage.site.core, "simulator", {}, b'{"key": "card"}')

    assert not forged
    assert stage.operation(KEY) == "in-doubt"


def test_what_covers_the_exit_covers_it_though_a_call_to_the_provider_hangs(
    authorising: Stage,
) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    other = stage.reserve(plate="B AB 9", space_id=5)
    waiting = stage.hold_payments()
    stage.pay_deposit(other.reservation_id, CARD, intent="hangs")

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    core = stage.site.core
    with core.store.reading() as tx:
        assert not held_for(core, tx, ticket.reservation_id)
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.operation("hangs") == "sent"
    waiting.clear()


def alarms(stage: Stage) -> list[tuple[str, str, int]]:
    with stage.site.core.store.reading() as tx:
        return [
            (each.kind, each.words or each.key, each.amount.minor)
            for each in open_cases(tx)
            if each.amount is not None
        ]


def test_what_nobody_answers_is_shown_at_the_desk_after_some_minutes(authorising: Stage) -> None:
    stage = authorising
    stage.site.simulator.fault_next(*[SimulatedFault.UNREACHABLE] * 60, kind="capture")
    queued_capture(stage)
    stage.wait(seconds=60)
    early = alarms(stage)

    stage.wait(minutes=5)

    assert (early, alarms(stage)) == ([], [("unanswered", "simulator", 240)])


def test_a_capture_that_failed_is_shown_until_its_debt_is_paid(authorising: Stage) -> None:
    stage = authorising
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="capture")
    queued_capture(stage)
    stage.wait(seconds=3)
    ((what, code, minor),) = alarms(stage)

    stage.site.do(
        PayDebt(
            actor=KIM,
            code=code.removeprefix("debt "),
            method=CashAtDesk("desk-1", stage.attendant_id),
            intent="cash",
        )
    )

    assert (what, minor) == ("capture-failed", 240)
    assert alarms(stage) == []
    assert "receivable:driver" not in stage.books()


def test_a_refund_that_a_provider_refuses_is_shown_until_it_is_paid(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="refund")
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)
    shown = alarms(stage)

    stage.site.do(
        PayRefundInCash(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk="desk-1",
            reservation_id=ticket.reservation_id,
        )
    )

    assert shown == [("refund-refused", "simulator", 240)]
    assert alarms(stage) == []


def test_the_desk_sees_each_line_that_nobody_can_explain(authorising: Stage) -> None:
    stage = authorising
    for key, minor in (("who?", 700), ("what?", 300)):
        stage.site.simulator.collect(PaymentRequest(OperationKey(key), euro(minor)))
    reconcile(stage.site.core, "simulator", stage.now.date())
    shown = alarms(stage)
    core = stage.site.core

    with core.store.transaction() as tx:
        first = tx.ledger.suspended()[0]
        explain(core, tx, first.journal_key, account="bank", actor=KIM)

    assert shown == [("suspense-more", "simulator", 700), ("suspense-more", "simulator", 300)]
    assert alarms(stage) == shown[1:]
