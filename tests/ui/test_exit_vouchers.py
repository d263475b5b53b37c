"""What the exit says of vouchers, and of a fleet whose credit is used up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject

from kiosk.domain.money import Money
from kiosk.domain.payer_outcomes import (
    CreditExhausted,
    VoucherExpired,
    VoucherUnknown,
    VoucherUsed,
)
from kiosk.domain.payers import PayerPart
from kiosk.domain.validation import ShopPart
from kiosk.services.events import VoucherPresented
from tests.ui.exit_stage import BOOKED, LANE, ExitStage, covered, due, exit_stage

PROBLEMS = (
    (VoucherUnknown(), "This voucher is not known here."),
    (VoucherUsed(), "This voucher was used before."),
    (VoucherExpired(BOOKED.from_), "This voucher has run out."),
)


def euro(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def stage(qapp: QObject) -> Iterator[ExitStage]:
    with exit_stage(card_adapter="card") as one:
        one.lane("present")
        yield one


def test_a_good_voucher_asks_for_the_ticket_now(stage: ExitStage) -> None:
    stage.screen.on_published(VoucherPresented(LANE, None))

    note = stage.screen.note()
    assert (note.happened, note.number) == ("Your voucher was read.", "X9")
    assert not note.is_bad
    assert stage.screen.wantsTicket


@pytest.mark.parametrize(("problem", "said"), PROBLEMS)
def test_a_bad_voucher_says_why_and_a_ticket_can_follow(
    stage: ExitStage, problem: VoucherUnknown | VoucherUsed | VoucherExpired, said: str
) -> None:
    stage.screen.on_published(VoucherPresented(LANE, problem))
    assert stage.screen.note().happened == said

    stage.present(covered())
    assert stage.screen.state.page == "receipt"


def test_a_bad_voucher_leaves_what_is_due_on_the_glass(stage: ExitStage) -> None:
    stage.present(due())

    stage.screen.on_published(VoucherPresented(LANE, VoucherUsed()))

    assert stage.screen.state.page == "pay"
    assert stage.screen.pay_form.note().happened == "This voucher was used before."


def test_a_voucher_in_another_lane_is_nobodys_here(stage: ExitStage) -> None:
    stage.screen.on_published(VoucherPresented(type(LANE)("exit-9"), None))

    assert stage.screen.state.page == "present"


def test_a_fleet_without_credit_may_pay_another_way(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.pay()

    stage.screen.pay_form.answer(CreditExhausted())

    note = stage.screen.pay_form.note()
    assert note.happened == "The credit of this fleet does not cover the amount."
    assert stage.screen.pay_form.state.field == "pin"


def test_the_bill_on_the_glass_names_who_else_pays(stage: ExitStage) -> None:
    asked = due()
    others = replace(
        asked.bill,
        validated=(ShopPart(1, "Bakery", euro(150)),),
        payers=(
            PayerPart("wallet:1", 60, euro(240), euro(0)),
            PayerPart("wallet:2", 15, euro(60), euro(0)),
        ),
    )

    stage.present(replace(asked, bill=others))

    assert stage.screen.bill_text.state.others.splitlines()[0] == "€1.50 of it from Bakery"
