"""What the desk asks of the core, and what it makes of the answers; no window is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import AttendantId, DriverId, GrantToken, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    BarrierOrdered,
    LaneBusy,
    LaneOutOfOrder,
    LaneReset,
    MustChoosePin,
    NotSignedIn,
    PinRefused,
    ReasonMissing,
    SignedIn,
    UnknownPass,
    WalletOpened,
    WalletShown,
    WrongPin,
)
from kiosk.services import limits
from kiosk.services.commands import (
    ChoosePin,
    OpenBarrier,
    OpenWallet,
    ResetLane,
    ShowDesk,
    ShowStay,
    SignIn,
    TopUpWallet,
)
from kiosk.services.events import FaultRaised, LaneChanged, PaperFailed, SiteChanged
from kiosk.services.views import OpenGrant, SpaceUse
from tests.ui.desk_stage import (
    ENTRY,
    EXIT,
    NOW,
    DeskStage,
    desk_stage,
    desk_view,
    lane_status,
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


def _asked(stage: DeskStage, command_type: type[object]) -> int:
    return sum(isinstance(command, command_type) for command in stage.asker.asked)


# Signing in ------------------------------------------------------------------------------


def test_a_locked_desk_asks_for_nothing(desk: DeskStage) -> None:
    desk.screen.on_published(SiteChanged())

    assert desk.asker.asked == []
    assert desk.screen.state.page == "locked"


def test_the_right_pin_unlocks_the_desk_and_asks_for_the_site(at_work: DeskStage) -> None:
    assert at_work.screen.state.page == "overview"
    assert [type(command) for command in at_work.asker.asked] == [SignIn, ShowDesk]
    assert at_work.asker.asked[1].actor.name == "Ada"


def test_a_wrong_pin_is_forgotten_and_says_so(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, WrongPin(None))
    form.typeName("Ada")
    form.typeDigit("111111")

    form.confirm()

    assert (form.state.problem, form._pin.length) == ("wrong-pin", 0)
    assert desk.screen.state.page == "locked"


def test_too_many_wrong_pins_say_until_when_to_wait(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, WrongPin(NOW + timedelta(minutes=2)))
    form.typeName("Ada")
    form.typeDigit("1")

    form.confirm()

    assert form.state.problem == "wait"
    assert form.state.locked_until == NOW + timedelta(minutes=2)


def test_a_one_time_pin_leads_to_an_own_pin_typed_twice(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, MustChoosePin(AttendantId(1), "Ada"))
    desk.asker.answers(ChoosePin, SignedIn(AttendantId(1), "Ada"))
    form.typeName("Ada")
    form.typeDigit("123456")
    form.confirm()
    form.typeDigit("482913")
    form.confirm()
    form.typeDigit("482913")

    form.confirm()

    chosen = next(each for each in desk.asker.asked if isinstance(each, ChoosePin))
    assert (chosen.one_time_pin, chosen.new_pin) == ("123456", "482913")
    assert desk.screen.state.page == "overview"


def test_two_different_new_pins_are_asked_for_again(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, MustChoosePin(AttendantId(1), "Ada"))
    form.typeName("Ada")
    form.typeDigit("123456")
    form.confirm()
    form.typeDigit("482913")
    form.confirm()
    form.typeDigit("482914")

    form.confirm()

    assert (form.state.page, form.state.problem) == ("choose", "differs")
    assert _asked(desk, ChoosePin) == 0


def test_a_refused_new_pin_keeps_the_one_time_pin_for_the_next_try(desk: DeskStage) -> None:
    form = desk.screen._sign_in
    desk.asker.answers(SignIn, MustChoosePin(AttendantId(1), "Ada"))
    desk.asker.answers(ChoosePin, PinRefused(6), SignedIn(AttendantId(1), "Ada"))
    form.typeName("Ada")
    form.typeDigit("123456")
    form.confirm()
    form.typeDigit("111111")
    form.confirm()
    form.typeDigit("111111")
    form.confirm()
    form.typeDigit("482913")
    form.confirm()
    form.typeDigit("482913")

    form.confirm()

    assert desk.last(ChoosePin).one_time_pin == "123456"
    assert desk.screen.state.page == "overview"


# Locking ---------------------------------------------------------------------------------


def test_five_minutes_without_a_touch_lock_the_desk(at_work: DeskStage) -> None:
    assert limits.DESK_LOCK_IDLE_S == 300
    assert at_work.screen._idle.interval() == 300_000
    assert at_work.screen._idle.isActive()

    at_work.screen._idle.timeout.emit()

    assert at_work.screen.state.page == "locked"


def test_a_key_begins_the_five_minutes_anew(at_work: DeskStage, qtbot: QtBot) -> None:
    at_work.screen._idle.stop()

    at_work.screen.eventFilter(at_work.screen, QEvent(QEvent.Type.KeyPress))

    assert at_work.screen._idle.isActive()


def test_a_moving_mouse_alone_does_not_keep_the_desk_open(at_work: DeskStage) -> None:
    at_work.screen._idle.stop()

    at_work.screen.eventFilter(at_work.screen, QEvent(QEvent.Type.MouseMove))

    assert not at_work.screen._idle.isActive()


def test_locking_wipes_every_form(at_work: DeskStage) -> None:
    at_work.screen.showWallet()
    at_work.screen._wallet.typePass("k7mp2xqa")
    at_work.screen._open_form.for_lane(EXIT)
    at_work.screen._stays.type("DD")

    at_work.screen.lock()

    assert at_work.screen._wallet.state.pass_code == ""
    assert not at_work.screen._open_form.state.is_shown
    assert at_work.screen._stays.state.filter == ""
    assert at_work.screen._seat.attendant is None


def test_locking_forgets_the_digits_of_a_pin(desk: DeskStage) -> None:
    desk.screen._sign_in.typeDigit("4829")

    desk.screen.lock()

    assert desk.screen._sign_in._pin.length == 0


def test_an_answer_after_the_lock_shows_nothing(desk: DeskStage) -> None:
    desk.asker.answers(SignIn, SignedIn(AttendantId(1), "Ada"))
    desk.screen._sign_in.typeName("Ada")
    desk.screen._sign_in.typeDigit("482913")
    desk.screen._sign_in.confirm()
    desk.screen.lock()

    desk.screen._answered(desk_view())

    assert desk.screen._stays._lines.rows == ()


# Asking again ----------------------------------------------------------------------------


def test_many_events_are_one_question_at_most_every_quarter_second(
    at_work: DeskStage, qtbot: QtBot
) -> None:
    at_work.asker.answers(ShowDesk, desk_view(), desk_view())
    before = _asked(at_work, ShowDesk)
    for _ in range(50):
        at_work.screen.on_published(SiteChanged())
    assert _asked(at_work, ShowDesk) == before

    qtbot.waitUntil(lambda: _asked(at_work, ShowDesk) > before)

    assert _asked(at_work, ShowDesk) == before + 1
    assert at_work.screen._refresher.pause.interval() == limits.DESK_REFRESH_MS == 250


def test_a_lost_question_is_asked_again(at_work: DeskStage, qtbot: QtBot) -> None:
    at_work.screen._refresher.pause.stop()
    at_work.screen.on_published(SiteChanged())
    at_work.screen.on_published(SiteChanged())
    before = _asked(at_work, ShowDesk)

    at_work.screen._refresher.patience.timeout.emit()

    assert _asked(at_work, ShowDesk) == before + 1


def test_a_changed_lane_is_shown_before_the_next_picture(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "passing", under_arm=True)))

    row = at_work.screen._lanes._rows.rows[1]
    assert (row.phase, row.under_arm) == ("passing", "on")


# Plan, lanes, money ----------------------------------------------------------------------


def test_the_plan_counts_what_its_spaces_are_doing(at_work: DeskStage) -> None:
    state = at_work.screen._board.state

    tiles = at_work.screen._board._tiles.rows
    assert state.idle + state.reserved + state.occupied + state.not_shared == len(tiles) == 32
    assert state.overstayed == sum(tile.is_overstayed for tile in tiles) > 0


def test_another_level_shows_its_own_spaces(at_work: DeskStage) -> None:
    at_work.screen._board.chooseLevel("2")

    assert {tile.space[0] for tile in at_work.screen._board._tiles.rows} == {"B"}
    assert [tab.is_shown for tab in at_work.screen._board._levels.rows] == [False, True]


def test_a_touched_idle_space_tells_its_owner(at_work: DeskStage) -> None:
    idle = next(t for t in at_work.screen._board._tiles.rows if t.use == SpaceUse.IDLE.value)

    at_work.screen._board.look(idle.key)

    assert at_work.screen._board.state.looked_at == idle
    assert at_work.screen.state.page == "overview"


def test_a_touched_occupied_space_opens_its_stay(at_work: DeskStage) -> None:
    taken = next(tile for tile in at_work.screen._board._tiles.rows if tile.stay)

    at_work.screen._board.look(taken.key)

    assert at_work.asker.asked[-1] == ShowStay(
        actor=at_work.asker.asked[1].actor, reservation_id=ReservationId(int(taken.stay))
    )


def test_cash_in_the_till_is_shown_as_people_count_it(at_work: DeskStage) -> None:
    amounts = {line.party: line.amount for line in at_work.screen._money._parties.rows}

    assert amounts["till"] == "€1,891.11"
    assert amounts["escrow"] == "€96.00"


def test_an_unknown_input_is_never_shown_as_clear(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(ENTRY, "blind", arming=None)))

    assert at_work.screen._lanes._rows.rows[0].arming == "unknown"


def test_a_reset_goes_out_under_the_attendants_name(at_work: DeskStage) -> None:
    at_work.asker.answers(ResetLane, LaneReset(EXIT))

    at_work.screen._lanes.reset(EXIT)

    command = at_work.last(ResetLane)
    assert (command.lane, command.attendant_id, command.actor.name) == (EXIT, 1, "Ada")
    assert (at_work.screen.state.said, at_work.screen.state.said_of) == ("reset", EXIT)


def test_a_core_that_knows_no_attendant_locks_the_desk(at_work: DeskStage) -> None:
    at_work.asker.answers(ResetLane, NotSignedIn())

    at_work.screen._lanes.reset(EXIT)

    assert at_work.screen.state.page == "locked"


# Opening by hand -------------------------------------------------------------------------


def test_ux_46_a_barrier_is_not_even_ordered_without_a_reason(at_work: DeskStage) -> None:
    at_work.screen._lanes.open(EXIT)
    at_work.screen._open_form.say("   ")

    at_work.screen._open_form.confirm()

    assert at_work.screen._open_form.state.problem == "reason-missing"
    assert _asked(at_work, OpenBarrier) == 0


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

    assert _asked(at_work, OpenBarrier) == 1


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


# One stay --------------------------------------------------------------------------------


def test_a_stay_shows_bill_transfers_balances_and_timeline(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))

    at_work.screen.showStay("4")

    detail = at_work.screen._detail
    assert [line.kind for line in detail._bill.rows] == [
        "block",
        "total",
        "tax",
        "deposit",
        "refund",
    ]
    assert detail._transfers.rows[0].debit == "wallet"
    assert detail._transfers.rows[1].credit_of == "Yilmaz"
    assert [line.owed for line in detail._balances.rows] == ["€0.00", "€0.00"]
    assert detail._timeline.rows[-1].detail == "Ticket lost, plate checked"


def test_a_waived_difference_is_written_as_money(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))

    at_work.screen.showStay("4")

    lines = {line.action: line for line in at_work.screen._detail._timeline.rows}
    assert lines["difference.waived"].value == "€1.20"


def test_what_was_due_at_a_scan_is_written_as_money(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))

    at_work.screen.showStay("4")

    lines = {(line.action, line.detail): line for line in at_work.screen._detail._timeline.rows}
    assert lines["ticket.presented", "due"].value == "€1.20"
    assert lines["ticket.presented", "granted"].value == ""


def test_an_answer_for_a_stay_that_was_left_is_dropped(at_work: DeskStage) -> None:
    at_work.screen.showStay("5")

    at_work.screen._detail._answered(stay_money(4))

    assert at_work.screen._detail.state.line is None


def test_an_open_stay_is_asked_for_again_when_the_site_changes(at_work: DeskStage) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.screen.showStay("4")
    at_work.screen._refresher.pause.stop()

    at_work.screen.on_published(SiteChanged())

    assert _asked(at_work, ShowStay) == 2


# Wallets ---------------------------------------------------------------------------------


def test_a_wallet_is_opened_with_the_drivers_own_pin(at_work: DeskStage) -> None:
    form = at_work.screen._wallet
    at_work.asker.answers(OpenWallet, WalletOpened(DriverId(7), "k7mp2xqa"))
    form.openNew()
    form.typeName("Wei Chen")
    form.confirm()
    form.typeDigit("482913")
    form.confirm()
    form.typeDigit("482913")

    form.confirm()

    command = at_work.last(OpenWallet)
    assert (command.driver_name, command.pin, command.attendant_id) == ("Wei Chen", "482913", 1)
    assert (form.state.page, form.state.pass_code) == ("opened", "k7mp2xqa")


def test_two_different_pins_open_no_wallet(at_work: DeskStage) -> None:
    form = at_work.screen._wallet
    form.openNew()
    form.typeName("Wei Chen")
    form.confirm()
    form.typeDigit("482913")
    form.confirm()
    form.typeDigit("482914")

    form.confirm()

    assert (form.state.page, form.state.problem) == ("pin", "differs")
    assert _asked(at_work, OpenWallet) == 0


def test_cash_goes_into_the_till_of_this_desk(at_work: DeskStage) -> None:
    form = at_work.screen._wallet
    shown = WalletShown(DriverId(7), "k7mp2xqa", Money(5000, "EUR"))
    at_work.asker.answers(TopUpWallet, shown)
    form.typePass("k7mp 2xqa")
    form.typeAmount("50")

    form.confirm()

    command = at_work.last(TopUpWallet)
    assert (command.desk, command.pass_code) == ("desk-1", "k7mp2xqa")
    assert command.amount == Money(5000, "EUR")
    assert (form.state.page, form.state.balance) == ("topped-up", Money(5000, "EUR"))


def test_the_same_cash_pressed_again_has_the_same_intent(at_work: DeskStage) -> None:
    form = at_work.screen._wallet
    form.typePass("k7mp2xqa")
    form.typeAmount("50")
    form.confirm()
    at_work.screen.on_overloaded()

    form.confirm()

    first, second = (each for each in at_work.asker.asked if isinstance(each, TopUpWallet))
    assert first.intent == second.intent


def test_other_cash_has_another_intent(at_work: DeskStage) -> None:
    form = at_work.screen._wallet
    at_work.asker.answers(TopUpWallet, UnknownPass(), UnknownPass())
    form.typePass("k7mp2xqa")
    form.typeAmount("50")
    form.confirm()
    form.typeAmount("20")

    form.confirm()

    first, second = (each for each in at_work.asker.asked if isinstance(each, TopUpWallet))
    assert first.intent != second.intent


@pytest.mark.parametrize(
    ("pass_code", "amount", "problem"),
    [
        ("", "50", "pass-missing"),
        ("k7mp2xqa", "", "amount-missing"),
        ("k7", "0", "amount-missing"),
    ],
)
def test_an_incomplete_top_up_asks_the_core_for_nothing(
    at_work: DeskStage, pass_code: str, amount: str, problem: str
) -> None:
    form = at_work.screen._wallet
    form.typePass(pass_code)
    form.typeAmount(amount)

    form.confirm()

    assert form.state.problem == problem
    assert _asked(at_work, TopUpWallet) == 0


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [(UnknownPass(), "unknown-pass"), (AmountRefused(Money(50_000, "EUR")), "amount-refused")],
)
def test_a_refused_top_up_says_why(at_work: DeskStage, outcome: object, problem: str) -> None:
    form = at_work.screen._wallet
    at_work.asker.answers(TopUpWallet, outcome)
    form.typePass("k7mp2xqa")
    form.typeAmount("900")

    form.confirm()

    assert (form.state.page, form.state.problem) == ("top-up", problem)


# What needs the attendant ----------------------------------------------------------------


def test_a_call_for_help_rings_and_stands_first(at_work: DeskStage, qtbot: QtBot) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))

    with qtbot.waitSignal(at_work.screen.rang):
        at_work.screen.help_asked(ENTRY)

    lines = at_work.screen._notices._lines.rows
    assert [(line.kind, line.lane) for line in lines] == [("help", ENTRY), ("fault", EXIT)]


def test_a_call_is_seen_on_the_locked_desk(desk: DeskStage) -> None:
    desk.screen.help_asked(EXIT)

    assert desk.screen._notices.has_call


def test_a_fault_that_is_there_cannot_be_waved_away(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))
    key = at_work.screen._notices._lines.rows[0].key

    at_work.screen._notices.done(key)

    assert at_work.screen._notices._lines.rows[0].code == "io_lost"


def test_a_cleared_fault_says_since_when_until_it_was_seen(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))
    at_work.screen.on_published(LaneChanged(lane_status(EXIT)))
    line = at_work.screen._notices._lines.rows[0]
    assert (line.at, line.cleared) == ("14:05", "14:05")

    at_work.screen._notices.done(line.key)

    assert at_work.screen._notices._lines.rows == ()


def test_a_fault_that_comes_back_is_raised_again(at_work: DeskStage) -> None:
    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))
    at_work.screen.on_published(LaneChanged(lane_status(EXIT)))

    at_work.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))

    lines = at_work.screen._notices._lines.rows
    assert [line.cleared for line in lines] == [""]


def test_a_passage_from_before_a_restart_is_shown_until_seen(desk: DeskStage) -> None:
    grant = OpenGrant(EXIT, ReservationId(9), NOW - timedelta(minutes=9))
    desk.sign_in(desk_view(unreported=(grant,)))
    line = desk.screen._notices._lines.rows[0]
    assert (line.kind, line.lane, line.stay) == ("unreported", EXIT, "9")

    desk.screen._notices.done(line.key)
    desk.screen._show(desk_view(unreported=(grant,)))

    assert desk.screen._notices._lines.rows == ()


def test_the_same_fault_again_rings_once(at_work: DeskStage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(at_work.screen.rang):
        at_work.screen.on_published(FAULT)
    with qtbot.assertNotEmitted(at_work.screen.rang):
        at_work.screen.on_published(FAULT)

    lines = at_work.screen._notices._lines.rows
    assert [(line.kind, line.code) for line in lines] == [("failed", "store-full")]
    assert lines[0].remedy.startswith("Free space")


def test_paper_that_failed_is_told(at_work: DeskStage) -> None:
    at_work.screen.on_published(PaperFailed(ENTRY, "paper_out"))

    assert at_work.screen._notices._lines.rows[0].kind == "paper"


# Language --------------------------------------------------------------------------------


def test_another_language_writes_amounts_and_times_anew_and_keeps_entries(
    at_work: DeskStage,
) -> None:
    at_work.asker.answers(ShowStay, stay_money(4))
    at_work.screen.showStay("4")
    at_work.screen._stays.type("DD")

    at_work.screen.chooseLanguage("zh_CN")

    assert at_work.spoken == ["zh_CN"]
    assert at_work.screen.texts.language == "zh_CN"
    assert at_work.screen._stays.state.filter == "DD"
    assert at_work.screen._detail.state.line is not None


def test_a_stay_of_many_days_shows_the_last_day(at_work: DeskStage) -> None:
    row = stay_money(4).row
    window = replace(row.window, until=row.window.until + timedelta(days=2))

    at_work.asker.answers(ShowStay, replace(stay_money(4), row=replace(row, window=window)))
    at_work.screen.showStay("4")

    line = at_work.screen._detail.state.line
    assert line is not None
    assert "24 Nov" in line.window
