"""A provider that moves less than it was asked to: the books carry what moved, no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered, ExitDue, PaymentDeclined
from kiosk.payments.adapter import Answer, Declined, PaymentRequest, Succeeded
from kiosk.payments.simulator.faults import SimulatedFault
from tests.fakes.stage import CARD, EXIT, Stage, Wallet, euro


def short(stage: Stage, kind: str) -> None:
    stage.site.simulator.fault_next(SimulatedFault.PARTIAL, kind=kind)


def test_half_of_a_charged_deposit_is_no_deposit_and_goes_back(stage: Stage) -> None:
    reserved = stage.reserve()
    short(stage, "collect")

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    stage.wait(seconds=3)

    assert stage.finished("card") == [PaymentDeclined()]
    assert stage.provider_counts() == (240, 240)
    assert stage.state(reserved.reservation_id) == "pending"
    assert stage.books() == {}


def test_half_of_what_is_due_is_kept_and_the_other_half_is_still_asked_for(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=136))
    stage.scan(EXIT, ticket.text)
    short(stage, "collect")

    stage.pay_due(ticket.reservation_id, CARD, intent="half")
    stage.pay_due(ticket.reservation_id, CARD, intent="rest")

    (half,), (rest,) = stage.finished("half"), stage.finished("rest")
    assert isinstance(half, ExitDue)
    assert half.bill.due == euro(60)
    assert isinstance(rest, ExitCovered)
    assert stage.books()["psp:simulator"] == -120


def test_the_rest_of_a_refund_stays_due_and_is_asked_for_under_keys_of_its_own(
    stage: Stage,
) -> None:
    ticket = stage.inside(CARD)
    stage.site.simulator.fault_next(*[SimulatedFault.PARTIAL] * 2, kind="refund")

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    key = "settlement:1:refund:1"
    stage.wait(seconds=2)
    after_two = stage.books().get(f"refund-due:{ticket.reservation_id}")
    stage.wait(seconds=9)

    asked = stage.sql("SELECT key, amount_minor FROM operation WHERE kind = 'refund'")
    assert [(str(name), minor) for name, minor in asked] == [
        (key, 240),
        (f"{key}:rest", 120),
        (f"{key}:rest:rest", 60),
    ]
    assert after_two in {60, 120, None}
    assert stage.provider_counts() == (480, 240)
    assert f"refund-due:{ticket.reservation_id}" not in stage.books()
    assert stage.wrong() == []


@pytest.mark.parametrize("amount", [euro(0), euro(-480), euro(480).zero("CHF")])
def test_an_answer_that_cannot_be_true_is_a_doubt_and_nothing_is_booked(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, amount: object
) -> None:
    def collect(request: PaymentRequest) -> Answer:
        return Succeeded("odd", amount)  # type: ignore[arg-type]

    monkeypatch.setattr(stage.site.simulator, "collect", collect)
    reserved = stage.reserve()

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    assert stage.operation("card") == "in-doubt"
    assert stage.state(reserved.reservation_id) == "pending"
    assert stage.books() == {}


@pytest.mark.parametrize(
    "answer",
    [
        Succeeded("odd", euro(480), euro(-1)),
        Succeeded("odd", euro(480), euro(2**63)),
        Succeeded("odd", euro(480), Money(1, "JPY")),
        Succeeded("odd", euro(2**63), euro(0)),
        Succeeded("\ud800", euro(480), euro(0)),
        Succeeded("odd", euro(480), euro(0), datetime.min.replace(tzinfo=UTC)),
    ],
)
def test_an_answer_with_a_strange_fee_sum_number_or_end_is_a_doubt_until_a_clear_one_comes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, answer: Succeeded
) -> None:
    real = stage.site.simulator.query
    monkeypatch.setattr(stage.site.simulator, "query", lambda _key: answer)
    reserved = stage.reserve()
    stage.site.simulator.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    stage.wait(minutes=2)
    in_doubt = (stage.operation("card"), stage.books())
    monkeypatch.setattr(stage.site.simulator, "query", real)
    stage.wait(minutes=2)

    assert in_doubt == ("in-doubt", {})
    assert stage.operation("card") == "succeeded"


def test_a_no_whose_words_cannot_be_kept_is_a_no(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage.site.simulator, "collect", lambda _request: Declined("\ud800"))
    reserved = stage.reserve()

    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    assert stage.finished("card") == [PaymentDeclined()]
    assert stage.operation("card") == "declined"
