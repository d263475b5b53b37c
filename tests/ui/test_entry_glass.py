"""The entry's pages on the glass: rules of ux.md on every page, and the story by real touches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest

from kiosk.domain.outcomes import WrongPin
from kiosk.services.commands import FindSpaces, PayDeposit, Reserve, WalletProof
from kiosk.services.events import PassageReported
from kiosk.services.limits import KIOSK_SCREEN_IDLE_S
from tests.ui import glass_rules
from tests.ui.entry_pages import PAGES
from tests.ui.entry_site import LANE, found, granted, reserved, ticket
from tests.ui.entry_stage import PORTRAIT, EntryStage, entry_stage
from tests.ui.pseudo import pseudo_translator

EVERY_PAGE = pytest.mark.parametrize("page", list(PAGES))
PX_PER_MM = PORTRAIT.px_per_mm
SMALLEST_PX = int(4.8 / 0.714 * PX_PER_MM)


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[EntryStage]:
    QAccessible.setActive(True)
    with entry_stage(with_window=True, card_adapter="card") as one:
        one.lane("idle")
        yield one


@pytest.fixture
def pseudo(qapp: QGuiApplication, tmp_path: Path) -> Iterator[None]:
    translator = pseudo_translator(tmp_path)
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)
    translator.deleteLater()


def go(stage: EntryStage, page: str) -> None:
    PAGES[page](stage)
    QGuiApplication.processEvents()
    stage.window.grabWindow()


@EVERY_PAGE
def test_ux_2_3_39_controls_are_large_apart_and_named(stage: EntryStage, page: str) -> None:
    go(stage, page)
    assert glass_rules.too_small(stage.window, 20 * PX_PER_MM) == []
    assert glass_rules.too_close(stage.window, 3 * PX_PER_MM) == []
    assert glass_rules.nameless(stage.window) == []


@EVERY_PAGE
def test_ux_5_6_words_are_legible_whole_and_apart(stage: EntryStage, page: str) -> None:
    go(stage, page)
    assert glass_rules.too_fine(stage.window, SMALLEST_PX) == []
    assert glass_rules.cut_off(stage.window) == []
    assert glass_rules.overlapping(stage.window) == []


@EVERY_PAGE
def test_ux_6_words_two_fifths_longer_fit(pseudo: None, stage: EntryStage, page: str) -> None:
    go(stage, page)
    assert glass_rules.cut_off(stage.window) == []
    assert glass_rules.overlapping(stage.window) == []


def test_a_driver_gets_a_ticket_by_touches_and_drives_in(stage: EntryStage) -> None:
    stage.asker.answers(FindSpaces, found())
    stage.asker.answers(Reserve, reserved)
    stage.asker.answers(PayDeposit, ticket())
    stage.touch("start")
    stage.touch("area_1")
    stage.touch("preset_120")
    stage.touch("search")
    stage.touch("space_22")
    stage.touch("take")
    stage.touch_all("plate_", "BSAK1234")
    stage.touch("plate_ok")
    stage.touch_all("code_", "abcd2345")
    stage.touch_all("digit_", "204816")
    stage.touch("pay")
    assert stage.text("ticket_space") == "B6"
    stage.present(granted())
    stage.lane("open")
    assert stage.item("page_drive").isVisible()
    stage.screen.on_published(PassageReported(LANE, granted().reservation_id))
    QGuiApplication.processEvents()
    assert stage.text("title") == "Welcome"
    paid = stage.last(PayDeposit)
    assert paid.method == WalletProof("abcd2345", "204816")
    assert stage.last(Reserve).plate == "BSAK1234"
    assert stage.last(Reserve).space_id == 22


def test_ux_13_any_touch_of_the_first_page_starts(stage: EntryStage) -> None:
    stage.touch_at(QPoint(540, 300))
    assert stage.item("page_find").isVisible()


def test_ux_14_the_language_changes_and_what_was_entered_stays(stage: EntryStage) -> None:
    stage.to_plate()
    stage.touch("language")
    assert stage.text("title") == "您的车牌号？"
    assert stage.text("plate") == "DDAB1234"


def test_ux_17_a_finger_that_slides_off_presses_nothing(stage: EntryStage) -> None:
    stage.to_choose()
    QGuiApplication.processEvents()
    middle = stage.middle("take")
    QTest.mousePress(stage.window, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(stage.window, middle - QPoint(0, 200))
    QTest.mouseRelease(stage.window, Qt.MouseButton.LeftButton, pos=middle - QPoint(0, 200))
    assert stage.page == "choose"


def test_ux_20_back_cancel_language_and_help_stand_in_the_same_place(stage: EntryStage) -> None:
    names = ("back", "cancel", "language", "help")
    stage.to_find()
    QGuiApplication.processEvents()
    places = [stage.middle(name) for name in names]
    stage.asker.answers(FindSpaces, found())
    stage.touch("search")
    assert [stage.middle(name) for name in names] == places


def test_ux_22_the_review_stands_before_the_money(stage: EntryStage) -> None:
    stage.to_pay()
    QGuiApplication.processEvents()
    assert stage.text("review_space") == "B6"
    assert stage.text("review_window") == "14:05\u00a0–\u2060\u00a016:05"
    assert stage.text("review_price") == "€4.00"
    assert "16:20" in stage.text("dearest_case")
    assert "€12.00" in stage.text("dearest_case")
    assert "rest goes back" in stage.text("refund_rule")


def test_ux_3_cancel_is_far_from_pay(stage: EntryStage) -> None:
    stage.to_pay()
    stage.forms.pay.ask_pin()
    QGuiApplication.processEvents()
    least = 15 * PX_PER_MM
    pays = [glass_rules.rectangle(stage.item(name)) for name in ("pay", "keypad_ok")]
    cancels = [glass_rules.rectangle(stage.item(name)) for name in ("cancel", "keypad_cancel")]
    near = [
        (pay, cancel)
        for pay in pays
        for cancel in cancels
        if pay.adjusted(-least, -least, least, least).intersects(cancel)
    ]
    assert near == []


def test_ux_18_a_second_press_of_pay_within_the_guard_asks_once(stage: EntryStage) -> None:
    stage.to_pay()
    stage.asker.answers(PayDeposit, WrongPin(None))
    stage.type_proof()
    stage.touch("pay")
    stage.touch("pay")
    assert len(stage.asked(PayDeposit)) == 1


def test_ux_24_any_touch_of_the_glass_starts_the_wait_anew(stage: EntryStage) -> None:
    stage.to_find()
    QGuiApplication.processEvents()
    for _ in range(KIOSK_SCREEN_IDLE_S - 1):
        stage.screen.person.count_second()
    stage.touch_at(QPoint(540, 1200))
    assert stage.screen.person.state.idle_s == 0


def test_ux_36_the_help_button_of_every_page_rings_the_desk(stage: EntryStage) -> None:
    stage.to_plate()
    stage.touch("help")
    assert stage.rung == [LANE]
    assert stage.item("page_help").isVisible()
    stage.touch("back")
    assert stage.text("plate") == "DDAB1234"


def test_ux_29_keys_that_cannot_follow_are_dim(stage: EntryStage) -> None:
    stage.to_choose()
    stage.screen.take()
    stage.touch("switch_country")
    stage.touch("plate_京")
    assert stage.item("plate_A").isEnabled()
    assert not stage.item("plate_1").isEnabled()


def test_ux_42_a_module_of_the_ticket_is_wide_enough_to_scan(stage: EntryStage) -> None:
    stage.to_ticket()
    QGuiApplication.processEvents()
    modules_and_margin = 29 + 2 * 4
    drawn_px = stage.item("qr").property("paintedWidth")
    assert drawn_px / modules_and_margin >= 0.8 * PX_PER_MM


def test_the_legend_explains_only_what_the_plan_paints(stage: EntryStage) -> None:
    go(stage, "3-choose")
    words = {each.property("text") for each in glass_rules.visible_items(stage.window)}
    assert {"Free", "Best for you", "Yours", "Not free"} <= words
    assert {"Accessible", "Charger"} <= words
    assert "Not for you" not in words


def test_the_legend_explains_no_sign_that_stands_on_no_space(stage: EntryStage) -> None:
    plain = [
        replace(each, space=replace(each.space, has_charger=False, is_accessible=False))
        for each in found().spaces
    ]
    stage.to_find()
    stage.asker.answers(FindSpaces, replace(found(), spaces=tuple(plain)))
    stage.touch("search")
    words = {each.property("text") for each in glass_rules.visible_items(stage.window)}
    assert not {"Accessible", "Charger"} & words


def test_a_space_says_what_it_has_by_its_sign_and_aloud(stage: EntryStage) -> None:
    go(stage, "3-choose")
    assert stage.item("space_1").property("feature") == "accessible"
    assert stage.item("space_14").property("feature") == "charger"
    assert stage.item("space_14").property("spoken") == "B3, free, with charger"
    assert stage.item("space_2").property("spoken") == "A2, free"


@pytest.mark.parametrize(("page", "is_told"), [("5-pay-permit", True), ("5-pay-pass", False)])
def test_who_takes_an_accessible_space_is_told_of_the_permit_before_paying(
    stage: EntryStage, page: str, is_told: bool
) -> None:
    go(stage, page)
    words = " ".join(
        str(each.property("text")) for each in glass_rules.visible_items(stage.window)
    )
    assert ("Permit needed" in words) is is_told


def test_the_tile_of_the_needs_asks_and_says_what_holds(stage: EntryStage) -> None:
    stage.to_find()
    tile = stage.item("car_needs")
    assert tile.property("label") == "My car needs: nothing special"
    stage.forms.needs.switch_charger()
    assert tile.property("label") == "My car needs: a charger"


def test_done_with_the_ticket_is_ticked_and_cancel_is_crossed(stage: EntryStage) -> None:
    go(stage, "5-pay-pass")
    crossed = stage.item("cancel").property("sign")
    stage.asker.answers(PayDeposit, ticket())
    stage.pay_by_wallet()
    QGuiApplication.processEvents()
    assert (crossed, stage.item("cancel").property("sign")) == ("cross", "tick")


def test_ux_24_nothing_of_the_page_is_seen_behind_still_there(stage: EntryStage) -> None:
    go(stage, "9-still-there")
    names = {each.objectName() for each in glass_rules.visible_items(stage.window)}
    assert "still_there" in names
    assert not {"page_choose", "take", "help"} & names
