"""A forgotten PIN and a lost pass are mended at the desk, and the old ones open nothing."""

from __future__ import annotations

from kiosk.domain.ids import AttendantId
from kiosk.domain.outcomes import (
    NotSignedIn,
    PinRefused,
    UnknownPass,
    WalletOpened,
    WalletShown,
    WrongPin,
)
from kiosk.domain.till_outcomes import DriverNotFound, PinChanged
from kiosk.services.commands import ShowWallet
from kiosk.services.till_commands import ChangeWalletPin, PayOutWallet, ReplacePass
from tests.fakes.stage import DRIVER, DRIVER_PIN, KIM, Stage, Wallet, euro

OTHER_PIN = "864209"


def shown(stage: Stage, pass_code: str, pin: str) -> object:
    return stage.site.do(ShowWallet(actor=DRIVER, pass_code=pass_code, pin=pin))


def change(stage: Stage, pass_code: str, pin: str = OTHER_PIN) -> object:
    return stage.site.do(
        ChangeWalletPin(
            actor=KIM, attendant_id=stage.attendant_id, pass_code=pass_code, new_pin=pin
        )
    )


def lost(stage: Stage, name: str = "Ada", *, phone: str = "1", pin: str = DRIVER_PIN) -> object:
    return stage.site.do(
        ReplacePass(
            actor=KIM, attendant_id=stage.attendant_id, driver_name=name, phone=phone, pin=pin
        )
    )


def acts(stage: Stage) -> list[tuple[str, str]]:
    rows = stage.sql("SELECT action, detail FROM audit WHERE action LIKE 'wallet.p%'")
    return [(str(action), str(detail)) for action, detail in rows]


def test_a_new_pin_opens_the_wallet_and_the_old_one_does_not(stage: Stage, ada: Wallet) -> None:
    changed = change(stage, ada.pass_code)

    assert isinstance(changed, PinChanged)
    assert isinstance(shown(stage, ada.pass_code, OTHER_PIN), WalletShown)
    assert isinstance(shown(stage, ada.pass_code, DRIVER_PIN), WrongPin)
    assert acts(stage) == [("wallet.pin_changed", str(changed.driver_id))]


def test_a_new_pin_ends_the_wait_after_wrong_ones(stage: Stage, ada: Wallet) -> None:
    for _ in range(5):
        shown(stage, ada.pass_code, "999999")
    assert isinstance(shown(stage, ada.pass_code, DRIVER_PIN), WrongPin)

    change(stage, ada.pass_code)

    assert isinstance(shown(stage, ada.pass_code, OTHER_PIN), WalletShown)


def test_a_bad_pin_and_an_unknown_pass_change_nothing(stage: Stage, ada: Wallet) -> None:
    assert change(stage, ada.pass_code, "111111") == PinRefused(6)
    assert change(stage, "zzzzzzzz") == UnknownPass()
    assert isinstance(shown(stage, ada.pass_code, DRIVER_PIN), WalletShown)
    assert acts(stage) == []


def test_a_new_pass_holds_the_same_money_and_the_lost_one_opens_nothing(
    stage: Stage, ada: Wallet
) -> None:
    replaced = lost(stage, " ada ")

    assert isinstance(replaced, WalletOpened)
    assert replaced.pass_code != ada.pass_code
    new = shown(stage, replaced.pass_code, DRIVER_PIN)
    assert isinstance(new, WalletShown)
    assert new.balance == euro(2000)
    assert shown(stage, ada.pass_code, DRIVER_PIN) == UnknownPass()
    assert acts(stage) == [("wallet.pass_replaced", str(replaced.driver_id))]


def test_who_does_not_know_phone_or_pin_gets_no_pass(stage: Stage, ada: Wallet) -> None:
    assert lost(stage, phone="2") == DriverNotFound()
    assert lost(stage, "Bo") == DriverNotFound()
    assert lost(stage, pin="999999") == WrongPin(None)
    assert isinstance(shown(stage, ada.pass_code, DRIVER_PIN), WalletShown)


def test_two_drivers_of_one_name_and_number_get_no_pass(stage: Stage, ada: Wallet) -> None:
    stage.wallet(0)

    assert lost(stage) == DriverNotFound()


def test_nobody_does_any_of_it_at_a_locked_desk(stage: Stage, ada: Wallet) -> None:
    away = AttendantId(99)
    asked = (
        ChangeWalletPin(actor=KIM, attendant_id=away, pass_code=ada.pass_code, new_pin=OTHER_PIN),
        ReplacePass(actor=KIM, attendant_id=away, driver_name="Ada", phone="1", pin=DRIVER_PIN),
        PayOutWallet(
            actor=KIM,
            attendant_id=away,
            desk="desk-1",
            pass_code=ada.pass_code,
            pin=DRIVER_PIN,
            amount=None,
            intent="x",
        ),
    )

    assert [stage.site.do(command) for command in asked] == [NotSignedIn()] * 3
