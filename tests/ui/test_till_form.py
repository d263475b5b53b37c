"""The till at the desk: counted by notes and coins, opened, watched and closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from kiosk.domain.ids import DriverId
from kiosk.domain.outcomes import NotSignedIn, PinRefused, UnknownPass, WalletOpened, WrongPin
from kiosk.domain.till_outcomes import (
    CountRefused,
    DriverNotFound,
    PinChanged,
    ShiftClosed,
    ShiftEnd,
    ShiftEnded,
    ShiftIsOpen,
    ShiftOpened,
    ShiftReport,
    TillMoves,
    TillShown,
    TillTooLow,
    WalletPaidOut,
)
from kiosk.services.desk_paper import PrintShift
from kiosk.services.till_commands import (
    ChangeWalletPin,
    CloseShift,
    OpenShift,
    PayOutWallet,
    ReplacePass,
    ShowTill,
)
from tests.ui.desk_looks import asked, words
from tests.ui.desk_stage import EXIT, NOW, DeskStage, desk_stage, euro

OPEN = ShiftReport(
    number=7,
    desk="desk-1",
    opened_by="Ada",
    opened_at=NOW - timedelta(hours=6),
    float_=euro(20_000),
    found=euro(20_000),
    moves=(
        TillMoves("top-up", 2, euro(5000), euro(0)),
        TillMoves("refund", 1, euro(0), euro(480)),
    ),
    end=None,
)
END = ShiftEnd("Bo", NOW, expected=euro(24_520), counted=euro(24_500), left=euro(20_000))


@pytest.fixture
def at_work(qapp: object) -> Iterator[DeskStage]:
    """The window of a desk that Ada unlocked."""
    with desk_stage(with_window=True) as stage:
        stage.sign_in()
        yield stage


def show(stage: DeskStage, report: ShiftReport | None) -> None:
    """The attendant goes to the till, whose shift is this one."""
    in_till = euro(700) if report is None else report.in_till
    stage.asker.answers(ShowTill, TillShown(in_till, report, None))
    stage.touch("page_till")


def test_without_a_shift_the_float_is_counted_by_keys_and_opens_one(at_work: DeskStage) -> None:
    show(at_work, None)
    at_work.asker.answers(OpenShift, ShiftOpened(OPEN))
    at_work.type("2")
    at_work.press(Qt.Key.Key_Down)
    at_work.type("31")
    at_work.press(Qt.Key.Key_Backspace)

    at_work.press(Qt.Key.Key_Return)

    command = at_work.last(OpenShift)
    assert (command.counted, command.desk) == (euro(2 * 20_000 + 3 * 10_000), "desk-1")
    assert at_work.item("till_expected").property("amount") == "€245.20"


def test_a_debt_that_was_paid_in_cash_is_named_in_the_report(at_work: DeskStage) -> None:
    show(at_work, replace(OPEN, moves=(TillMoves("debt", 1, euro(289), euro(0)),)))

    assert at_work.item("till_taken:debt").property("label") == "Debts paid"


def test_the_float_is_counted_by_touch(at_work: DeskStage) -> None:
    show(at_work, None)
    at_work.touch("count_50")
    for digit in ("digit_1", "digit_2", "digit_erase", "digit_4"):
        at_work.touch(digit)

    assert at_work.item("till_sum").property("amount") == "€7.00"
    assert at_work.item("count_50").property("worth") == "€7.00"


def test_an_open_shift_shows_what_moved_and_what_should_be_there(at_work: DeskStage) -> None:
    show(at_work, OPEN)

    assert at_work.item("till_float").property("amount") == "€200.00"
    assert at_work.item("till_taken:top-up").property("amount") == "€50.00"
    assert at_work.item("till_given:refund").property("amount") == "−€4.80"
    assert at_work.item("till_expected").property("amount") == "€245.20"


def test_a_shift_is_counted_closed_and_its_report_says_what_is_missing(
    at_work: DeskStage,
) -> None:
    show(at_work, OPEN)
    ended = ShiftEnded(ShiftReport(7, "desk-1", "Ada", NOW, euro(20_000), euro(0), (), END))
    at_work.asker.answers(CloseShift, ended)
    at_work.touch("till_next")
    at_work.touch("count_5000")
    for digit in "490":
        at_work.touch(f"digit_{digit}")
    at_work.press(Qt.Key.Key_Return)
    assert at_work.screen._forms.till_form.state.left == "200.00"
    at_work.frame()

    at_work.press(Qt.Key.Key_Return)

    command = at_work.last(CloseShift)
    assert (command.counted, command.left) == (euro(490 * 5000), euro(20_000))
    assert at_work.item("till_short").property("amount") == "−€0.20"
    at_work.touch("till_print")
    paper = at_work.last(PrintShift)
    assert (paper.desk, paper.lane) == ("desk-1", EXIT)
    assert at_work.item("till_banked").property("amount") == "€45.00"
    assert any("Bo" in str(each.property("text")) for each in words(at_work))


@pytest.mark.parametrize(("left", "problem"), [("x", "left-missing"), ("1", "left-more")])
def test_what_cannot_stay_in_the_till_closes_nothing(
    at_work: DeskStage, left: str, problem: str
) -> None:
    show(at_work, OPEN)
    form = at_work.screen._forms.till_form
    form.close()
    form.confirm()
    form.typeLeft(left)

    form.confirm()

    assert form.state.problem == problem
    assert asked(at_work, CloseShift) == 0


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [(ShiftClosed(), "closed"), (CountRefused(euro(1)), "count-refused")],
)
def test_a_count_that_the_core_refuses_says_why(
    at_work: DeskStage, outcome: object, problem: str
) -> None:
    show(at_work, OPEN)
    at_work.asker.answers(CloseShift, outcome)
    form = at_work.screen._forms.till_form
    form.close()
    form.confirm()

    form.confirm()

    assert (form.state.page, form.state.problem) == ("leave", problem)


def test_the_same_press_again_has_the_same_intent_and_another_count_has_not(
    at_work: DeskStage,
) -> None:
    show(at_work, None)
    form = at_work.screen._forms.till_form
    form.typeDigit("1")
    intents = []
    for again in (False, False, True):
        if again:
            form.typeDigit("2")
        form.confirm()
        intents.append(at_work.last(OpenShift).intent)
        at_work.screen.on_overloaded()

    assert form.state.problem == "busy"
    assert intents[0] == intents[1] != intents[2]


def test_a_shift_that_somebody_opened_meanwhile_is_shown(at_work: DeskStage) -> None:
    show(at_work, None)
    at_work.asker.answers(OpenShift, ShiftIsOpen(OPEN))
    form = at_work.screen._forms.till_form

    form.confirm()

    assert (form.state.page, form.property("inTill")) == ("open", "€245.20")


def test_counting_can_wait_and_the_page_is_clean_when_it_was_left(at_work: DeskStage) -> None:
    show(at_work, OPEN)
    form = at_work.screen._forms.till_form
    form.close()
    form.typeDigit("5")
    at_work.asker.answers(ShowTill, TillShown(OPEN.in_till, OPEN, None))
    at_work.touch("till_back")
    assert form.state.page == "open"

    form.close()
    form.typeDigit("5")
    at_work.screen.showOverview()

    assert (form.state.page, form.state.pieces) == ("wait", {})


def test_a_desk_that_nobody_is_signed_in_at_is_locked(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowTill, NotSignedIn())

    at_work.touch("page_till")

    assert at_work.screen.state.page == "locked"


# Wallets: cash out, another PIN, a lost pass --------------------------------------------------


def test_a_wallet_is_paid_out_with_the_drivers_pin(at_work: DeskStage) -> None:
    at_work.asker.answers(
        PayOutWallet, WalletPaidOut(DriverId(7), "k7mp2xqa", euro(1200), euro(800))
    )
    at_work.touch("page_wallet")
    at_work.touch("wallet_pay-out")
    at_work.touch("deed_pass")
    at_work.type("k7mp2xqa")
    at_work.press(Qt.Key.Key_Return)
    at_work.type("12")
    at_work.press(Qt.Key.Key_Return)
    at_work.type("135790")

    at_work.press(Qt.Key.Key_Return)

    command = at_work.last(PayOutWallet)
    assert (command.pass_code, command.pin, command.amount) == ("k7mp2xqa", "135790", euro(1200))
    assert at_work.item("deed_paid").property("text") == "€12.00"


def test_no_amount_pays_all_and_the_same_press_has_the_same_intent(at_work: DeskStage) -> None:
    at_work.asker.answers(PayOutWallet, WrongPin(None), TillTooLow(euro(500)), ShiftClosed())
    deeds = at_work.screen._wallet._deeds
    deeds.begin("pay-out")
    deeds.typePass("k7mp2xqa")
    deeds.confirm()
    told = []
    for _ in range(2):
        deeds.typeDigit("135790")
        deeds.confirm()
        told.append((deeds.state.step, deeds.state.problem, at_work.last(PayOutWallet).intent))

    assert at_work.last(PayOutWallet).amount is None
    assert [(step, problem) for step, problem, _ in told] == [
        ("pin", "wrong-pin"),
        ("form", "till-low"),
    ]
    assert told[0][2] == told[1][2]
    assert deeds.property("told") == "€5.00"


def test_who_shows_the_pass_chooses_another_pin(at_work: DeskStage) -> None:
    at_work.asker.answers(ChangeWalletPin, PinRefused(6), PinChanged(DriverId(7)))
    deeds = at_work.screen._wallet._deeds
    deeds.begin("pin")
    deeds.typePass("k7mp 2xqa")
    deeds.confirm()
    pins = ("135790", "135791", "111111", "111111", "135790", "135790")
    problems = []
    for pin in pins:
        deeds.typeDigit(pin)
        deeds.confirm()
        problems.append(deeds.state.problem)

    assert problems == ["", "differs", "", "pin-refused", "", ""]
    command = at_work.last(ChangeWalletPin)
    assert (command.pass_code, command.new_pin) == ("k7mp2xqa", "135790")
    assert deeds.state.step == "done"


def test_a_lost_pass_is_replaced_and_shown_once(at_work: DeskStage) -> None:
    at_work.asker.answers(ReplacePass, DriverNotFound(), WalletOpened(DriverId(7), "n3wp4ss2"))
    deeds = at_work.screen._wallet._deeds
    at_work.screen.showWallet()
    deeds.begin("lost")
    deeds.confirm()
    assert deeds.state.problem == "name-missing"
    deeds.typeName("Wei Chen")
    deeds.typePhone("555")
    problems = []
    for _ in range(2):
        deeds.confirm()
        deeds.typeDigit("135790")
        deeds.confirm()
        problems.append(deeds.state.problem)

    assert problems == ["not-found", ""]
    assert at_work.last(ReplacePass).driver_name == "Wei Chen"
    assert at_work.item("deed_pass_text").property("text") == "n3wp 4ss2"
    at_work.touch("wallet_deed_next")
    assert deeds.state.pass_code == ""


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [(UnknownPass(), "unknown-pass"), (WrongPin(NOW), "locked"), (ShiftClosed(), "shift-closed")],
)
def test_a_refused_pay_out_says_why(at_work: DeskStage, outcome: object, problem: str) -> None:
    at_work.asker.answers(PayOutWallet, outcome)
    deeds = at_work.screen._wallet._deeds
    deeds.begin("pay-out")
    deeds.typePass("k7mp2xqa")
    deeds.confirm()
    deeds.typeDigit("135790")

    deeds.confirm()

    assert deeds.state.problem == problem
