"""Cash at a desk belongs to a shift: a counted float, every coin since, and a count at the end."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from kiosk.domain.ids import AttendantId
from kiosk.domain.life_outcomes import DueTaken
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    NotSignedIn,
    RefundPaid,
    WalletShown,
    WalletTooLow,
    WrongPin,
)
from kiosk.domain.till_outcomes import (
    CountRefused,
    ShiftClosed,
    ShiftEnded,
    ShiftIsOpen,
    ShiftOpened,
    TillTooLow,
    WalletPaidOut,
)
from kiosk.services import till as tills
from kiosk.services.commands import ShowDesk
from kiosk.services.till_commands import CloseShift, OpenShift, PayOutWallet, ShowTill
from tests.fakes.stage import DRIVER_PIN, KIM, Stage, Wallet, euro
from tests.services.cash import overstayed, take
from tests.services.till import DESK, Till, kept, till, with_site

__all__ = ["kept", "till"]


# Without a shift ------------------------------------------------------------------------------


def test_without_a_shift_no_cash_goes_in_or_out(kept: Stage, till: Till) -> None:
    till.opened(5000)
    ada = kept.wallet(1000)
    ticket = overstayed(kept, ada)
    till.closed(6000)
    before = (kept.books(), kept.journal_count())

    assert till.top_up(ada, 500) == ShiftClosed()
    assert till.pay_out(ada, 100) == ShiftClosed()
    assert take(kept, ticket) == ShiftClosed()
    assert (kept.books(), kept.journal_count()) == before
    assert kept.state(ticket.reservation_id) == "arrived"


def test_a_refund_in_cash_needs_a_shift_and_enough_in_the_till(kept: Stage, till: Till) -> None:
    owed = till.owes(480)
    assert till.refund(owed) == ShiftClosed()
    till.opened(479)

    assert till.refund(owed) == TillTooLow(euro(479))

    till.closed(479)
    till.opened(480)
    assert till.refund(owed) == RefundPaid(euro(480))
    assert till.holds == 0
    assert kept.wrong() == []


def test_a_site_that_keeps_no_shifts_takes_cash_at_any_time(kept: Stage, till: Till) -> None:
    with_site(kept, keeps_shifts=False)
    owed = till.owes(480)

    ada = kept.wallet(1000)

    assert isinstance(take(kept, overstayed(kept, ada)), DueTaken)
    assert isinstance(till.pay_out(ada, 100), WalletPaidOut)
    assert till.refund(owed) == RefundPaid(euro(480))


# Opening --------------------------------------------------------------------------------------


def test_the_first_float_comes_from_the_bank(kept: Stage, till: Till) -> None:
    report = till.opened(10_000)

    assert (report.number, report.opened_by, report.found, report.moves) == (1, "Kim", euro(0), ())
    assert kept.books() == {"till:desk-1": -10_000, "bank": 10_000}


def test_a_float_as_it_was_left_moves_nothing(kept: Stage, till: Till) -> None:
    till.opened(10_000)
    till.closed(10_000, left=4000)
    before = kept.journal_count()

    report = till.opened(4000)

    assert (report.found, report.float_) == (euro(4000), euro(4000))
    assert kept.journal_count() == before


def test_change_that_was_brought_comes_from_the_bank(kept: Stage, till: Till) -> None:
    till.opened(10_000)
    till.closed(10_000, left=4000)

    till.opened(5000)

    assert kept.books() == {"till:desk-1": -5000, "bank": 5000}


def test_what_is_missing_since_the_last_count_is_short_and_not_banked(
    kept: Stage, till: Till
) -> None:
    till.opened(10_000)
    till.closed(10_000, left=4000)

    till.opened(3900)

    books = kept.books()
    assert (books["till:desk-1"], books["cash-over-short"], books["bank"]) == (-3900, -100, 4000)


def test_before_the_first_shift_nobody_has_counted_and_nothing_is_missing(
    kept: Stage, till: Till
) -> None:
    with_site(kept, keeps_shifts=False)
    kept.wallet(2000)
    with_site(kept, keeps_shifts=True)

    till.opened(500)

    books = kept.books()
    assert (books["till:desk-1"], books["bank"]) == (-500, -1500)
    assert "cash-over-short" not in books


def test_a_desk_has_one_open_shift(kept: Stage, till: Till) -> None:
    first = till.opened(5000)

    assert till.open(7000) == ShiftIsOpen(first)
    assert isinstance(Till(kept, "desk-2").open(7000), ShiftOpened)
    assert till.holds == 5000


def test_the_same_press_opens_and_closes_once(kept: Stage, till: Till) -> None:
    first = till.open(5000, intent="morning")
    assert till.open(5000, intent="morning") == first
    ended = till.close(5000, intent="evening")
    before = (kept.books(), kept.journal_count())

    assert till.close(5000, intent="evening") == ended
    opened_again = till.open(5000, intent="morning")

    assert isinstance(opened_again, ShiftOpened)
    assert isinstance(ended, ShiftEnded)
    assert opened_again.report == ended.report
    assert (kept.books(), kept.journal_count()) == before


@pytest.mark.parametrize(
    "counted",
    [Money(-1, "EUR"), Money(1_000_000_001, "EUR"), Money(1 << 63, "EUR"), Money(5000, "CHF")],
)
def test_a_count_that_is_none_opens_and_closes_nothing(
    kept: Stage, till: Till, counted: Money
) -> None:
    most = CountRefused(euro(1_000_000_000))
    common: dict[str, Any] = {"actor": KIM, "attendant_id": kept.attendant_id, "desk": DESK}

    assert kept.site.do(OpenShift(**common, counted=counted, intent="a")) == most
    till.opened(0)
    left = euro(0)
    assert kept.site.do(CloseShift(**common, counted=counted, left=left, intent="b")) == most
    assert kept.site.do(CloseShift(**common, counted=euro(10), left=counted, intent="c")) == most
    assert till.shown().open is not None


def test_more_than_was_counted_cannot_be_left(kept: Stage, till: Till) -> None:
    till.opened(5000)

    assert isinstance(till.close(5000, left=5001), CountRefused)
    assert till.holds == 5000


def test_who_is_not_signed_in_opens_shows_and_closes_nothing(kept: Stage) -> None:
    common: dict[str, Any] = {"actor": KIM, "attendant_id": AttendantId(99), "desk": DESK}

    assert kept.site.do(ShowTill(**common)) == NotSignedIn()
    assert kept.site.do(OpenShift(**common, counted=euro(1), intent="a")) == NotSignedIn()
    closing = CloseShift(**common, counted=euro(1), left=euro(1), intent="b")
    assert kept.site.do(closing) == NotSignedIn()
    assert kept.journal_count() == 0


# Closing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("counted", "over"), [(6900, -100), (7000, 0), (7025, 25)])
def test_what_was_counted_is_banked_and_the_difference_is_over_or_short(
    kept: Stage, till: Till, counted: int, over: int
) -> None:
    till.opened(5000)
    kept.wallet(2000)

    end = till.closed(counted, left=3000).end

    assert end is not None
    assert (end.expected, end.over, end.banked) == (euro(7000), euro(over), euro(counted - 3000))
    books = kept.books()
    assert books.get("cash-over-short", 0) == over
    assert books["till:desk-1"] == -3000
    assert books["bank"] == 5000 - (counted - 3000)
    assert sum(books.values()) == 0


def test_a_shift_that_is_not_open_is_not_closed(till: Till) -> None:
    assert till.close(0) == ShiftClosed()


def test_the_report_says_what_went_in_and_out_by_kind(kept: Stage, till: Till) -> None:
    owed = till.owes(480)
    till.opened(5000)
    ada = kept.wallet(2000)
    till.top_up(ada, 500)
    take(kept, overstayed(kept, ada))
    till.pay_out(ada, 300)
    till.refund(owed)

    report = till.closed(5000 + 2500 + 120 - 300 - 480)

    moved = {move.kind: (move.count, move.taken.minor, move.given.minor) for move in report.moves}
    assert moved == {
        "top-up": (2, 2500, 0),
        "due": (1, 120, 0),
        "pay-out": (1, 0, 300),
        "refund": (1, 0, 480),
    }
    assert report.end is not None
    assert report.in_till == report.end.expected == report.end.counted


def test_the_report_stands_in_the_record_of_acts(kept: Stage, till: Till) -> None:
    till.opened(5000)
    kept.wallet(700)
    report = till.closed(5600, left=100)

    rows = kept.sql("SELECT action, detail FROM audit WHERE action LIKE 'shift.%' ORDER BY id")

    acts = [(str(action), str(detail)) for action, detail in rows]
    assert [action for action, _ in acts] == ["shift.opened", "shift.closed"]
    told = json.loads(acts[1][1])
    assert told == json.loads(tills.report_json(report))
    assert (told["in_till"], told["counted"], told["over"]) == (5700, 5600, -100)
    assert (told["banked"], told["left"], told["closed_by"]) == (5500, 100, "Kim")


def test_a_shift_lives_through_a_restart_and_a_clock_that_is_set_back(
    kept: Stage, till: Till
) -> None:
    till.opened(5000)
    kept.wallet(700)
    kept.site.clock.jump(timedelta(days=-2))
    kept.restart()
    kept.wallet(300, name="Bo")

    shown = till.shown()

    assert shown.open is not None
    assert (shown.in_till, shown.open.in_till, shown.last) == (euro(6000), euro(6000), None)


def test_the_till_shows_its_open_shift_and_the_one_before(till: Till) -> None:
    till.opened(5000)
    closed = till.closed(5000, left=200)
    opened = till.opened(200)

    shown = till.shown()

    assert (shown.in_till, shown.open, shown.last) == (euro(200), opened, closed)


def test_the_desk_shows_bank_and_differences_and_all_of_it_adds_up(
    kept: Stage, till: Till
) -> None:
    till.opened(5000)
    kept.wallet(2000)
    till.closed(6990, left=1000)

    view = kept.site.do(ShowDesk(actor=KIM))

    money = {each.party: each.owed.minor for each in view.money if each.owed}
    assert money == {"wallet": 2000, "till": -1000, "bank": -990, "other": -10}


# Wallets paid out -----------------------------------------------------------------------------


def test_a_wallet_is_paid_out_once_against_its_pin(kept: Stage, till: Till) -> None:
    till.opened(5000)
    ada = kept.wallet(2000)

    assert isinstance(till.pay_out(ada, 500, pin="999999"), WrongPin)
    paid = till.pay_out(ada, 500, intent="once")
    again = till.pay_out(ada, 500, intent="once")

    assert isinstance(paid, WalletPaidOut)
    assert again == paid
    assert (paid.cash, paid.balance) == (euro(500), euro(1500))
    assert till.holds == 5000 + 2000 - 500


def test_a_wallet_gives_all_that_it_holds_and_never_more(kept: Stage, till: Till) -> None:
    till.opened(5000)
    ada = kept.wallet(2000)

    assert till.pay_out(ada, 2001) == WalletTooLow(euro(2000), euro(1))
    paid = till.pay_out(ada, None)

    assert isinstance(paid, WalletPaidOut)
    assert (paid.cash, paid.balance) == (euro(2000), euro(0))
    assert till.holds == 5000


def test_a_till_that_holds_too_little_pays_no_wallet_out(kept: Stage, till: Till) -> None:
    till.opened(5000)
    ada = kept.wallet(2000)
    till.closed(7000, left=100)
    till.opened(100)

    assert till.pay_out(ada, 101) == TillTooLow(euro(100))
    assert isinstance(till.pay_out(ada, 100), WalletPaidOut)


def test_the_same_top_up_after_the_shift_adds_nothing_and_is_told_again(
    kept: Stage, till: Till
) -> None:
    till.opened(5000)
    ada = kept.wallet(0)
    shown = till.top_up(ada, 700, intent="once")
    till.closed(5700)

    assert isinstance(shown, WalletShown)
    assert till.top_up(ada, 700, intent="once") == shown


def test_the_same_pay_out_pressed_at_another_desk_pays_once_and_is_told_again(
    stage: Stage, ada: Wallet
) -> None:
    paid = [
        stage.site.do(
            PayOutWallet(
                actor=KIM,
                attendant_id=stage.attendant_id,
                desk=desk,
                pass_code=ada.pass_code,
                pin=DRIVER_PIN,
                amount=euro(100),
                intent="same",
            )
        )
        for desk in ("desk-1", "desk-2")
    ]

    assert paid[0] == paid[1]
    assert stage.books() == {"till:desk-1": -1900, ada.account: 1900}
