"""What ux.md demands of every page of the desk's window: names, sizes, places, words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from kiosk.domain.ids import DriverId, OperationKey, ReservationId
from kiosk.domain.lane_orders import LaneWiring
from kiosk.domain.life_outcomes import DuePriced, NoSubstitute, SubstitutesFound
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    RefundPaid,
    WalletOpened,
)
from kiosk.domain.reservation import State
from kiosk.services.commands import (
    PayRefundInCash,
    ShowStay,
)
from kiosk.services.events import FaultRaised, LaneChanged
from kiosk.services.life_commands import FindSubstitutes, PriceDue
from kiosk.ui.format import Language
from kiosk.ui.translate import Translations
from tests.ui.desk_looks import words
from tests.ui.desk_stage import (
    ENTRY,
    EXIT,
    GLASS,
    DeskStage,
    desk_stage,
    euro,
    lane_status,
    owing,
    space,
    stay_in,
    stay_money,
    visible_items,
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


@pytest.fixture
def translations(qapp: QGuiApplication) -> Iterator[Translations]:
    """Both languages; English again afterwards."""
    home = QObject()
    both = Translations(qapp, home)
    yield both
    both.speak_at_desk("en", [])
    home.deleteLater()


def _pages(stage: DeskStage) -> Iterator[str]:
    """Every page of the window, one after another, by name."""
    yield "locked"
    stage.sign_in()
    yield "overview"
    stage.touch("stays_keys")
    yield "keys"
    stage.asker.answers(ShowStay, stay_money(4))
    stage.screen.showStay("4")
    yield "stay"
    stage.asker.answers(ShowStay, stay_in(State.ARRIVED, refund_due=120))
    stage.screen.showStay("4")
    yield "stay-verbs"
    for deed in ("left", "refund", "print"):
        stage.screen._stay_form.begin(deed)
        stage.screen._stay_form.confirm()
        stage.screen._stay_form.try_again("failed")
        yield f"deed-{deed}"
    stage.asker.answers(PayRefundInCash, RefundPaid(Money(120, "EUR")))
    stage.screen._stay_form.begin("refund")
    stage.screen._stay_form.confirm()
    yield "deed-paid"
    stage.screen._stay_form.cancel()
    yield from _life_pages(stage)
    stage.screen.closeSpace()
    stage.screen._forms.space_form.confirm()
    yield "space-close"
    stage.screen._forms.space_form.cancel()
    wallet = stage.screen._wallet
    stage.screen.showWallet()
    yield "wallet"
    stage.touch("pay_card")
    assert wallet.state.is_card
    for answer in (PaymentDeclined(), PaymentUnavailable()):
        wallet._card_answered(answer)
        yield f"card-{type(answer).__name__}"
    wallet.show(replace(wallet.state, added=euro(5000)))
    for key in (PaymentInDoubt(OperationKey("k")), PaymentRunning(OperationKey("k"))):
        wallet.show(replace(wallet.state, is_waiting=True))
        wallet._card_answered(key)
        yield f"card-{type(key).__name__}"
    wallet.openNew()
    wallet.typeName("Wei")
    yield "driver"
    wallet.confirm()
    yield "pin"
    wallet._open_answered(WalletOpened(DriverId(7), "k7mp2xqa"))
    yield "opened"
    stage.screen.showOverview()
    yield from _lane_pages(stage)
    stage.screen.on_published(LaneChanged(lane_status(EXIT, "blind", alarms=("io_lost",))))
    stage.screen.help_asked(EXIT)
    stage.screen.on_published(FAULT)
    yield "busy"
    stage.screen._lanes.open(EXIT)
    yield "order"


def _lane_pages(stage: DeskStage) -> Iterator[str]:
    """Lanes that can do everything: held, locked, stopped, in doubt; and what is asked first."""
    wiring = LaneWiring(can_close=True, can_stop=True, can_hold=True, has_fire=True)
    entry = replace(lane_status(ENTRY, "held"), is_held=True, is_locked=True, wiring=wiring)
    out = replace(lane_status(EXIT, "stopped", alarms=("stopped",)), under_arm=True, wiring=wiring)
    for status in (entry, out):
        stage.screen.on_published(LaneChanged(status))
    yield "lanes"
    alarms = ("fire", "loop_suspect")
    fire = replace(lane_status(ENTRY, "forced", alarms=alarms), fire=True, wiring=wiring)
    stage.screen.on_published(LaneChanged(fire))
    yield "fire"
    for order in ("hold", "lock"):
        stage.screen._lanes.order(ENTRY, order)
        stage.screen._forms.lane_form.confirm()
        yield f"lane-{order}"
        stage.screen._forms.lane_form.cancel()
    for lane in (ENTRY, EXIT):
        stage.screen.on_published(LaneChanged(lane_status(lane)))
    for line in stage.screen._notices._lines.rows:
        stage.screen._notices.done(line.key)


def _life_pages(stage: DeskStage) -> Iterator[str]:
    """What is asked before the life of the shown stay takes another turn, and about its money."""
    life = stage.screen._forms.life_form
    substitutes = SubstitutesFound(ReservationId(4), space(3), (space(10), space(11)))
    stage.asker.answers(FindSubstitutes, substitutes, NoSubstitute(ReservationId(4)))
    for deed in ("replace", "move", "wrong", "link"):
        life.begin(deed)
        life.say("1")
        life.confirm()
        life.try_again("failed")
        yield f"life-{deed}"
        life.cancel()
    life.begin("move")
    yield "life-displace"
    life.cancel()
    life.begin("replace")
    life.confirm()
    yield "life-lost"
    stage.asker.answers(
        PriceDue, DuePriced(owing(690), euro(690)), DuePriced(owing(1200), euro(1200))
    )
    for name, open_form in (("lost", "openLost"), ("due", "openBarrier")):
        getattr(stage.screen._detail, open_form)()
        stage.screen._open_form.confirm()
        yield f"open-{name}"
        stage.screen._open_form.cancel()


def _controls(stage: DeskStage) -> list[QQuickItem]:
    """Everything shown that can be touched."""
    stage.frame()
    return [
        each
        for each in visible_items(stage.window)
        if each.metaObject().indexOfSignal("acted()") >= 0
    ]


def _front(stage: DeskStage) -> list[QQuickItem]:
    """The controls that are not behind the order's card and not cut by a list's end."""
    controls = [each for each in _controls(stage) if not each.objectName().startswith("row_")]
    confirms = [name for name in ("open_confirm", "deed_confirm") if stage.shown(name)]
    if not confirms:
        return controls
    card = stage.item(confirms[0]).parentItem().parentItem()
    return [each for each in controls if card.isAncestorOf(each)]


def _place(item: QQuickItem) -> QRectF:
    """Where an item stands on the glass, less the pixel that neighbours may share."""
    return item.mapRectToScene(item.boundingRect()).adjusted(1, 1, -1, -1)


def test_ux_14_the_desk_changes_its_language_live_and_keeps_entries(
    at_work: DeskStage, translations: Translations
) -> None:
    engine = at_work.engine
    assert engine is not None
    at_work.screen.languageWanted.connect(
        lambda language: translations.speak_at_desk(language, [engine])
    )
    at_work.type("dd")

    at_work.touch("language")

    assert at_work.item("page_overview").property("label") == "总览 (F1)"
    assert at_work.screen._stays.state.filter == "dd"
    assert "在场" in [each.property("text") for each in words(at_work)]


def test_ux_39_every_control_has_a_name(desk: DeskStage) -> None:
    nameless = [
        (page, each.objectName())
        for page in _pages(desk)
        for each in _controls(desk)
        if not each.property("label")
    ]

    assert nameless == []


def test_every_control_of_the_desk_is_ten_millimetres_high(desk: DeskStage) -> None:
    least = round(10 * GLASS.px_per_mm)

    small = [
        (page, each.objectName())
        for page in _pages(desk)
        for each in _controls(desk)
        if each.isEnabled() and min(each.width(), each.height()) < least
    ]

    assert small == []


def test_no_control_leaves_the_glass(desk: DeskStage) -> None:
    glass = QRectF(0, 0, desk.window.width(), desk.window.height())

    outside = [
        (page, each.objectName())
        for page in _pages(desk)
        for each in _controls(desk)
        if not each.objectName().startswith("row_")  # the list is cut at its end
        and not glass.contains(each.mapRectToScene(each.boundingRect()))
    ]

    assert outside == []


def test_no_two_controls_lie_on_each_other(desk: DeskStage) -> None:
    clashes = [
        (page, one.objectName(), other.objectName())
        for page in _pages(desk)
        for one, other in combinations(_front(desk), 2)
        if _place(one).intersects(_place(other))
    ]

    assert clashes == []


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Open {lane} by hand"), ("zh_CN", "人工开启 出口 {lane}")]
)
def test_a_lane_is_named_with_its_way_where_its_name_is_of_other_letters(
    at_work: DeskStage, language: Language, title: str, translations: Translations
) -> None:
    assert at_work.engine is not None
    translations.speak_at_desk(language, [at_work.engine])
    at_work.screen._open_form.for_lane(EXIT, (lane_status(EXIT),))
    QGuiApplication.processEvents()

    assert title.format(lane=EXIT) in {each.property("text") for each in words(at_work)}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_words_are_cut_short(
    desk: DeskStage, language: Language, translations: Translations
) -> None:
    assert desk.engine is not None
    translations.speak_at_desk(language, [desk.engine])
    desk.screen.speak(language)

    cut = [
        (page, each.property("text"))
        for page in _pages(desk)
        for each in words(desk)
        if each.property("truncated")
    ]

    assert cut == []


def test_ux_5_no_word_of_the_desk_is_smaller_than_two_millimetres(desk: DeskStage) -> None:
    least_px = int(2.1 * GLASS.px_per_mm / 0.714)

    small = [
        (page, each.property("text"))
        for page in _pages(desk)
        for each in words(desk)
        if each.property("font").pixelSize() < least_px
    ]

    assert small == []


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("Plate", "short code", "debt code", "space")),
        ("zh_CN", ("车牌", "短码", "欠款码", "车位")),
    ],
)
def test_the_field_says_all_by_which_a_stay_is_found(
    at_work: DeskStage, translations: Translations, language: Language, names: tuple[str, ...]
) -> None:
    assert at_work.engine is not None
    translations.speak_at_desk(language, [at_work.engine])
    hint = at_work.item("stays").property("filterHint")
    assert [name for name in names if name not in hint] == []
