"""The desk's window by real keys and touches; what it asks of the core is tested beside this."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import AttendantId, DriverId, GrantToken, ReservationId
from kiosk.domain.life_outcomes import DuePriced
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    BarrierOrdered,
    RefundPaid,
    SignedIn,
    WalletOpened,
    WalletShown,
)
from kiosk.domain.passage_outcomes import PassageWritten
from kiosk.domain.reservation import State
from kiosk.services.commands import (
    OpenBarrier,
    OpenWallet,
    PayRefundInCash,
    PrintTicketAgain,
    ReportPassage,
    ShowDesk,
    ShowStay,
    SignIn,
    TopUpWallet,
)
from kiosk.services.events import FaultRaised
from kiosk.services.life_commands import PriceDue
from kiosk.services.views import Direction, OpenGrant
from tests.ui.desk_looks import words
from tests.ui.desk_stage import (
    EXIT,
    NOW,
    DeskStage,
    desk_stage,
    desk_view,
    euro,
    owing,
    stay_in,
    stay_money,
)

FAULT = FaultRaised("store-full", "Free space on the data partition.")


@pytest.fixture
def desk(qapp: object) -> Iterator[DeskStage]:
    """The window of a locked desk."""
    with desk_stage(with_window=True, names=("Ada", "Bo")) as stage:
        yield stage


@pytest.fixture
def at_work(desk: DeskStage, qtbot: QtBot) -> DeskStage:
    """The window of a desk that Ada unlocked; the cursor stands in the filter."""
    desk.sign_in()
    qtbot.waitUntil(lambda: desk.item("filter").hasActiveFocus())
    return desk


# Keys ------------------------------------------------------------------------------------


def test_name_and_pin_by_keys_unlock_the_desk(desk: DeskStage, qtbot: QtBot) -> None:
    desk.asker.answers(SignIn, SignedIn(AttendantId(1), "Ada"))
    desk.asker.answers(ShowDesk, desk_view())
    qtbot.waitUntil(lambda: desk.window.activeFocusItem() is not None)
    desk.type("Ada")
    desk.press(Qt.Key.Key_Return)
    desk.type("482913")

    desk.press(Qt.Key.Key_Return)

    assert desk.last(SignIn).pin == "482913"
    assert desk.screen.state.page == "overview"


def test_name_and_pin_by_touch_unlock_the_desk(desk: DeskStage, qtbot: QtBot) -> None:
    desk.asker.answers(SignIn, SignedIn(AttendantId(1), "Bo"))
    desk.asker.answers(ShowDesk, desk_view())
    desk.touch("name_Bo")
    for digit in "482913":
        desk.touch(f"digit_{digit}")

    desk.touch("sign_in")

    assert (desk.last(SignIn).name, desk.last(SignIn).pin) == ("Bo", "482913")
    assert desk.shown("page_overview")


def test_typing_filters_at_once_and_enter_opens_the_stay(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.type("ddkb1oo4")
    assert at_work.screen._stays.state.found == 1

    at_work.press(Qt.Key.Key_Return)

    assert at_work.shown("stay_open")
    assert at_work.screen._detail.state.line is not None


def test_arrows_walk_the_list_and_enter_opens_the_line(at_work: DeskStage) -> None:
    second = at_work.screen._stays._lines.rows[1].key
    at_work.press(Qt.Key.Key_Down)

    at_work.press(Qt.Key.Key_Return)

    assert str(at_work.last(ShowStay).reservation_id) == second


def test_escape_leads_back_to_the_list_with_the_cursor_in_the_filter(
    at_work: DeskStage, qtbot: QtBot
) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.screen.showStay("4")

    at_work.press(Qt.Key.Key_Escape)

    assert at_work.screen.state.page == "overview"
    qtbot.waitUntil(lambda: at_work.item("filter").hasActiveFocus())


def test_a_barrier_is_opened_by_three_keys_with_a_reason(at_work: DeskStage, qtbot: QtBot) -> None:
    at_work.asker.answers(OpenBarrier, BarrierOrdered(GrantToken("g1"), EXIT))
    at_work.press(Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: at_work.shown("open_confirm"))
    at_work.press(Qt.Key.Key_F4)

    at_work.press(Qt.Key.Key_Return)

    order = at_work.last(OpenBarrier)
    assert (order.lane, order.reason) == (EXIT, "Service or delivery")
    assert at_work.shown("ordered")


def test_escape_leaves_the_barrier_as_it_is(at_work: DeskStage) -> None:
    at_work.press(Qt.Key.Key_F6)

    at_work.press(Qt.Key.Key_Escape)

    assert not at_work.shown("open_confirm")
    assert not any(isinstance(each, OpenBarrier) for each in at_work.asker.asked)


def test_enter_without_a_reason_says_what_is_missing(at_work: DeskStage) -> None:
    at_work.press(Qt.Key.Key_F6)

    at_work.press(Qt.Key.Key_Return)

    assert "was not opened" in at_work.item("open_problem").property("text")


def test_a_wallet_is_opened_by_keys_alone(at_work: DeskStage, qtbot: QtBot) -> None:
    at_work.asker.answers(OpenWallet, WalletOpened(DriverId(7), "k7mp2xqa"))
    at_work.press(Qt.Key.Key_F4)
    at_work.press(Qt.Key.Key_F2)
    at_work.type("Wei")
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Return)
    at_work.type("482913")
    at_work.press(Qt.Key.Key_Return)
    at_work.type("482913")

    at_work.press(Qt.Key.Key_Return)

    assert at_work.item("pass_text").property("text") == "k7mp 2xqa"
    assert at_work.last(OpenWallet).driver_name == "Wei"


def show_stay(stage: DeskStage, state: State, *, refund_due: int = 0) -> None:
    """The page of stay 4 in this state."""
    stage.asker.answers(ShowStay, stay_in(state, refund_due=refund_due))
    stage.screen.showStay("4")


def test_a_car_inside_that_no_lane_saw_is_said_by_three_keys(
    at_work: DeskStage, qtbot: QtBot
) -> None:
    show_stay(at_work, State.CONFIRMED)
    at_work.asker.answers(ReportPassage, PassageWritten(ReservationId(4), State.ARRIVED))
    at_work.press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: at_work.item("reason").hasActiveFocus())
    at_work.press(Qt.Key.Key_F1)

    at_work.press(Qt.Key.Key_Return)

    said = at_work.last(ReportPassage)
    assert (said.direction, said.reason) == (Direction.ENTRY, "Seen at its space")
    assert (said.reservation_id, said.attendant_id) == (4, 1)
    assert "is inside" in at_work.item("ordered").property("text")


def test_a_refund_is_paid_by_two_keys_and_its_cash_is_named_until_enter(
    at_work: DeskStage, qtbot: QtBot
) -> None:
    show_stay(at_work, State.LEFT, refund_due=120)
    at_work.asker.answers(PayRefundInCash, RefundPaid(Money(100, "EUR")))
    at_work.press(Qt.Key.Key_F10)
    owed = at_work.item("deed_amount").property("text")
    at_work.press(Qt.Key.Key_Return)
    paid = at_work.item("deed_amount").property("text")

    at_work.press(Qt.Key.Key_Return)

    assert (owed, paid) == ("€1.20", "€1.00")
    assert at_work.last(PayRefundInCash).desk == "desk-1"
    assert sum(isinstance(each, PayRefundInCash) for each in at_work.asker.asked) == 1
    assert not at_work.shown("deed_amount")


def test_f11_asks_once_more_and_escape_prints_nothing(at_work: DeskStage) -> None:
    show_stay(at_work, State.ARRIVED)
    at_work.press(Qt.Key.Key_F11)
    asked = at_work.item("deed_title").property("text")

    at_work.press(Qt.Key.Key_Escape)

    assert "DD" in asked
    assert at_work.screen.state.page == "stay"
    assert not any(isinstance(each, PrintTicketAgain) for each in at_work.asker.asked)


def test_f12_locks_the_desk_and_hides_everything(at_work: DeskStage) -> None:
    at_work.press(Qt.Key.Key_F12)

    assert at_work.shown("sign_in")
    assert not at_work.shown("page_overview")


# Touches ---------------------------------------------------------------------------------


def test_a_top_up_by_touch(at_work: DeskStage, qtbot: QtBot) -> None:
    shown = WalletShown(DriverId(7), "k7mp2xqa", Money(2000, "EUR"))
    at_work.asker.answers(TopUpWallet, shown)
    at_work.touch("page_wallet")
    qtbot.waitUntil(lambda: not at_work.shown("filter"))
    at_work.touch("pass_code")
    for sign in "k7mp2xqa":
        at_work.touch(f"key_{sign}")
    at_work.touch("amount_20")

    at_work.touch("wallet_next")

    command = at_work.last(TopUpWallet)
    assert (command.pass_code, command.amount) == ("K7mp2xqa", Money(2000, "EUR"))
    assert at_work.screen._wallet.state.page == "topped-up"


def test_a_stay_is_found_and_opened_by_touch(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.touch("stays_keys")
    at_work.touch("key_k")
    at_work.touch("key_b")

    at_work.touch("row_4")

    assert at_work.screen._stays.state.filter == "Kb"
    assert at_work.shown("stay_open")


def test_a_call_for_help_is_answered_by_touch(at_work: DeskStage) -> None:
    at_work.screen.help_asked(EXIT)

    at_work.touch(f"notice_done_help_{EXIT}")

    assert at_work.screen._notices._lines.rows == ()


def test_what_a_car_that_has_left_owes_stands_above_the_key_that_waives_it(
    at_work: DeskStage,
) -> None:
    at_work.asker.answers(PriceDue, DuePriced(owing(690), euro(690)))
    show_stay(at_work, State.ARRIVED)

    at_work.touch("stay_left")

    assert (at_work.shown("deed_due"), at_work.item("deed_due").property("amount")) == (
        True,
        "€6.90",
    )
    assert "waive" in at_work.item("deed_confirm").property("label")


def test_a_car_that_has_left_is_said_by_touch(at_work: DeskStage) -> None:
    show_stay(at_work, State.ARRIVED)
    at_work.asker.answers(ReportPassage, PassageWritten(ReservationId(4), State.LEFT))
    at_work.touch("stay_left")
    at_work.touch("reason_2")

    at_work.touch("deed_confirm")

    said = at_work.last(ReportPassage)
    assert (said.direction, said.reason) == (Direction.EXIT, "Seen driving out")
    assert not at_work.shown("deed_confirm")


@pytest.mark.parametrize(
    ("state", "refund_due", "verbs"),
    [
        (State.CONFIRMED, 0, {"inside", "print"}),
        (State.ARRIVED, 0, {"left", "print"}),
        (State.SETTLED, 120, {"left", "refund", "print"}),
        (State.LEFT, 120, {"refund"}),
        (State.LEFT, 0, set()),
        (State.PENDING, 0, set()),
        (State.NO_SHOW, 0, set()),
    ],
)
def test_only_what_makes_sense_for_a_stay_is_offered(
    at_work: DeskStage, state: State, refund_due: int, verbs: set[str]
) -> None:
    show_stay(at_work, state, refund_due=refund_due)

    offered = {
        verb for verb in ("inside", "left", "refund", "print") if at_work.shown(f"stay_{verb}")
    }

    assert offered == verbs


def test_a_passage_that_nobody_saw_leads_to_its_stay(desk: DeskStage) -> None:
    desk.sign_in(desk_view(unreported=(OpenGrant(EXIT, ReservationId(4), NOW),)))
    desk.asker.answers(ShowStay, stay_in(State.ARRIVED))

    desk.touch(f"notice_open_unreported_{EXIT}")

    assert desk.shown("stay_left")


def test_a_fault_says_what_to_do_until_it_was_seen(at_work: DeskStage) -> None:
    at_work.screen.on_published(FAULT)
    at_work.frame()
    told = [each.property("text") for each in words(at_work)]

    at_work.touch("notice_done_failed_")

    assert "The computer failed: store-full" in told
    assert any("Free space on the data partition" in each for each in told)
    assert at_work.screen._notices._lines.rows == ()


def test_a_touch_keeps_the_desk_open(at_work: DeskStage) -> None:
    at_work.screen._idle.stop()

    at_work.touch("page_wallet")

    assert at_work.screen._idle.isActive()


def test_a_touch_beside_the_order_changes_nothing_behind_it(at_work: DeskStage) -> None:
    at_work.press(Qt.Key.Key_F6)
    lock = at_work.item("lock")
    middle = lock.mapToScene(QPointF(lock.width() / 2, lock.height() / 2))

    at_work.touch_at(middle)

    assert at_work.screen.state.page == "overview"
