"""What the desk asks of the core for wallets and their cash; no window is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.domain.ids import DriverId, OperationKey
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    NotSignedIn,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    UnknownPass,
    WalletOpened,
    WalletShown,
)
from kiosk.domain.till_outcomes import WalletToppedUp
from kiosk.services.commands import (
    OpenWallet,
    TopUpWallet,
)
from kiosk.services.events import FaultRaised, PaymentFinished
from kiosk.services.till_commands import TopUpByCard
from kiosk.ui.desk.wallet_form import WalletForm
from tests.ui.desk_looks import asked
from tests.ui.desk_stage import (
    DeskStage,
    desk_stage,
)


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
    assert asked(at_work, OpenWallet) == 0


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
    assert asked(at_work, TopUpWallet) == 0


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


# By card ---------------------------------------------------------------------------------

ADDED = WalletToppedUp(DriverId(7), "k7mp2xqa", Money(5000, "EUR"), Money(6000, "EUR"))


def by_card(stage: DeskStage) -> WalletForm:
    """The form as the attendant has just pressed it; nobody has answered."""
    form = stage.screen._wallet
    form.typePass("k7mp 2xqa")
    form.typeAmount("50")
    form.chooseCard(True)
    form.confirm()
    return form


def running(stage: DeskStage) -> tuple[WalletForm, OperationKey]:
    """The provider is asked."""
    form = by_card(stage)
    key = OperationKey(stage.last(TopUpByCard).intent)
    form._card_answered(PaymentRunning(key))
    return form, key


def test_a_card_is_asked_for_by_its_provider_and_not_booked_as_cash(at_work: DeskStage) -> None:
    by_card(at_work)

    command = at_work.last(TopUpByCard)
    assert (command.pass_code, command.amount) == ("k7mp2xqa", Money(5000, "EUR"))
    assert (command.card.adapter, command.attendant_id) == ("simulator", 1)
    assert asked(at_work, TopUpWallet) == 0


def test_what_the_provider_took_is_shown_once_it_has_answered(at_work: DeskStage) -> None:
    form, key = running(at_work)
    before = (form.state.page, form.state.is_waiting)

    at_work.screen.on_published(PaymentFinished(OperationKey("another"), PaymentDeclined()))
    waits = form.state.page
    at_work.screen.on_published(PaymentFinished(key, ADDED))

    assert (before, waits) == (("card", True), "card")
    assert (form.state.page, form.state.balance) == ("topped-up", Money(6000, "EUR"))
    assert form.state.added == Money(5000, "EUR")


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [(PaymentDeclined(), "card-declined"), (PaymentUnavailable(), "card-unavailable")],
)
def test_after_a_no_the_same_form_asks_anew(
    at_work: DeskStage, outcome: PaymentDeclined | PaymentUnavailable, problem: str
) -> None:
    form, key = running(at_work)

    at_work.screen.on_published(PaymentFinished(key, outcome))
    shown = form.state
    form.confirm()

    assert (shown.page, shown.problem, shown.amount) == ("top-up", problem, "50")
    assert at_work.last(TopUpByCard).intent != key


def test_a_doubt_is_not_asked_anew_and_ends_when_the_provider_says(at_work: DeskStage) -> None:
    form, key = running(at_work)
    at_work.screen.on_published(PaymentFinished(key, PaymentInDoubt(key)))
    doubted = form.state.page

    at_work.screen.on_published(PaymentFinished(key, ADDED))

    assert (doubted, form.state.page) == ("doubt", "topped-up")
    assert asked(at_work, TopUpByCard) == 1


def test_who_leaves_a_doubt_begins_with_a_clean_form(at_work: DeskStage) -> None:
    form, key = running(at_work)
    at_work.screen.on_published(PaymentFinished(key, PaymentInDoubt(key)))

    form.confirm()
    at_work.screen.on_published(PaymentFinished(key, ADDED))

    assert (form.state.page, form.state.pass_code) == ("top-up", "")
    assert asked(at_work, TopUpByCard) == 1


def test_a_fault_elsewhere_does_not_say_that_a_running_card_was_not_booked(
    at_work: DeskStage,
) -> None:
    form, _ = running(at_work)

    at_work.screen.on_published(FaultRaised("store-full", "Free space."))

    assert (form.state.page, form.state.is_waiting, form.state.problem) == ("card", True, "")


def test_the_same_card_pressed_again_has_the_same_intent(at_work: DeskStage) -> None:
    form = by_card(at_work)
    at_work.screen.on_overloaded()

    form.confirm()

    first, second = (each for each in at_work.asker.asked if isinstance(each, TopUpByCard))
    assert first.intent == second.intent


def test_a_provider_quicker_than_the_core_is_not_waited_for_again(at_work: DeskStage) -> None:
    form = by_card(at_work)
    key = OperationKey(at_work.last(TopUpByCard).intent)

    at_work.screen.on_published(PaymentFinished(key, ADDED))
    form._card_answered(PaymentRunning(key))

    assert (form.state.page, form.state.is_waiting) == ("topped-up", False)


@pytest.mark.parametrize(
    ("outcome", "problem"),
    [(UnknownPass(), "unknown-pass"), (AmountRefused(Money(50_000, "EUR")), "amount-refused")],
)
def test_a_refused_card_says_why(
    at_work: DeskStage, outcome: UnknownPass | AmountRefused, problem: str
) -> None:
    form = by_card(at_work)

    form._card_answered(outcome)

    assert (form.state.page, form.state.problem) == ("top-up", problem)
    assert not form.state.is_waiting


def test_a_desk_that_is_signed_out_forgets_the_card(at_work: DeskStage) -> None:
    form = by_card(at_work)

    form._card_answered(NotSignedIn())

    assert (form.state.page, form.state.pass_code) == ("top-up", "")
