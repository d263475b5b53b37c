"""What the desk asks of the core for wallets and their cash; no window is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.domain.ids import DriverId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    AmountRefused,
    UnknownPass,
    WalletOpened,
    WalletShown,
)
from kiosk.services.commands import (
    OpenWallet,
    TopUpWallet,
)
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
