"""The rules of ux that can be checked on theme and parts, each named after its number."""

import itertools

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.ui.images import QUIET_ZONE_MODULES, qr_modules
from kiosk.ui.plate_keys import PROVINCES
from kiosk.ui.stage import QML, Glass
from tests.ui.part_stage import DESK, GLASS, shown

NIGHT = Glass(GLASS.px_per_mm, night=True)

# (words, surface) as they meet on the parts.
TEXT_PAIRS = [
    ("ink", "ground"),
    ("ink", "card"),
    ("ink", "sunk"),
    ("inkQuiet", "ground"),
    ("inkQuiet", "card"),
    ("inkQuiet", "sunk"),
    ("bandInk", "band"),
    ("bandInkQuiet", "band"),
    ("accentInk", "accent"),
    ("accentInk", "accentDown"),
    ("primaryInk", "primary"),
    ("primaryInk", "primaryDown"),
    ("dangerInk", "danger"),
    ("goodInk", "good"),
    ("goodInk", "goodDown"),
    ("goodSoftInk", "goodSoft"),
    ("attentionInk", "attention"),
    ("badInk", "bad"),
    ("badSoftInk", "badSoft"),
    ("neutralSoftInk", "neutralSoft"),
    ("tileTakenInk", "floor"),
]
EDGE_PAIRS = [
    ("control", "ground"),
    ("control", "card"),
    ("primary", "ground"),
    ("danger", "ground"),
    ("good", "floor"),
    ("chosenEdge", "floor"),
    ("focusFrame", "ground"),
    ("bandRule", "band"),
    ("accent", "band"),
    ("aisleSign", "aisle"),
]

KEYPAD = "Keypad { objectName: 'pad'; onKey: d => hear(d) }"
PLATE = "PlateKeyboard { objectName: 'keys'; x: 40; width: 1000; possible: '0123456789ABC' }"
PAGE = """PageFrame { objectName: 'page'; anchors.fill: parent; title: 'Pay'; step: 4
    languages: [{code: 'en', name: 'English'}, {code: 'zh_CN', name: '简体中文'}]
    controls: [ BigButton { objectName: 'pay'; label: 'Pay'; width: parent.width
                            anchors.bottom: parent.bottom } ] }"""


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: QColor, second: QColor) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def side_mm(item: QQuickItem) -> float:
    """The shorter side on the glass; half a pixel may be lost to rounding."""
    return (min(item.width(), item.height()) + 0.5) / GLASS.px_per_mm


def gap_mm(first: QQuickItem, second: QQuickItem) -> float:
    """The free distance between two items on the glass."""
    a, b = (item.mapRectToScene(item.boundingRect()) for item in (first, second))
    across = max(a.left() - b.right(), b.left() - a.right(), 0)
    down = max(a.top() - b.bottom(), b.top() - a.bottom(), 0)
    return float(max(across, down) + 1) / GLASS.px_per_mm


@pytest.mark.parametrize("glass", [GLASS, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("words", "surface"), TEXT_PAIRS)
def test_rule_08_text_stands_out_ten_to_one(
    qapp: object, glass: Glass, words: str, surface: str
) -> None:
    with shown("", glass) as stage:
        found = contrast(QColor(stage.theme(words)), QColor(stage.theme(surface)))
    assert found >= 10, f"{words} on {surface}: {found:.1f}"


@pytest.mark.parametrize("glass", [GLASS, NIGHT], ids=["day", "night"])
@pytest.mark.parametrize(("edge", "surface"), EDGE_PAIRS)
def test_rule_08_edges_of_controls_stand_out_three_to_one(
    qapp: object, glass: Glass, edge: str, surface: str
) -> None:
    with shown("", glass) as stage:
        found = contrast(QColor(stage.theme(edge)), QColor(stage.theme(surface)))
    assert found >= 3, f"{edge} on {surface}: {found:.1f}"


def test_rule_01_sizes_follow_the_millimetre(qapp: object) -> None:
    with shown("") as glass, shown("", Glass(2 * GLASS.px_per_mm)) as fine:
        assert fine.theme("touch") == pytest.approx(2 * float(str(glass.theme("touch"))), abs=1)


@pytest.mark.parametrize("name", ["back", "cancel", "help", "language", "pay"])
def test_rule_02_a_target_is_at_least_20_mm(qapp: object, name: str) -> None:
    with shown(PAGE) as stage:
        assert side_mm(stage.item(name)) >= 20


def test_rule_02_the_main_action_is_25_by_60_mm(qapp: object) -> None:
    with shown("BigButton { objectName: 'b'; label: 'Go' }") as stage:
        button = stage.item("b")
        assert side_mm(button) >= 25
        assert button.width() / GLASS.px_per_mm >= 60


@pytest.mark.parametrize(
    ("body", "name"),
    [(KEYPAD, "digit_5"), (KEYPAD, "keypad_ok"), (PLATE, "plate_A"), (PLATE, "plate_correct")],
)
def test_rule_02_a_key_is_at_least_22_mm(qapp: object, body: str, name: str) -> None:
    with shown(body) as stage:
        assert side_mm(stage.item(name)) >= 22


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (KEYPAD, ["digit_1", "digit_2", "digit_5", "keypad_correct"]),
        (PLATE, ["plate_1", "plate_2", "plate_Q", "plate_W"]),
        (PAGE, ["back", "cancel", "language", "help", "pay"]),
    ],
)
def test_rule_03_targets_stand_3_mm_apart(qapp: object, body: str, names: list[str]) -> None:
    with shown(body) as stage:
        items = [stage.item(name) for name in names]
        least = min(gap_mm(a, b) for a, b in itertools.combinations(items, 2))
    assert least >= 3


@pytest.mark.parametrize(
    ("body", "undo", "do"),
    [
        (PAGE, "cancel", "pay"),
        (KEYPAD, "keypad_cancel", "keypad_ok"),
        (PLATE, "plate_correct", "plate_ok"),
    ],
)
def test_rule_03_cancel_stands_15_mm_from_confirm(
    qapp: object, body: str, undo: str, do: str
) -> None:
    with shown(body) as stage:
        assert gap_mm(stage.item(undo), stage.item(do)) >= 15


@pytest.mark.parametrize(
    ("token", "least_mm"), [("small", 4.8), ("body", 7.4), ("figure", 15), ("title", 7.4)]
)
def test_rule_05_capitals_are_high_enough(qapp: object, token: str, least_mm: float) -> None:
    with shown("") as stage:
        pixels = float(str(stage.theme(token)))
    assert (pixels + 0.5) * 0.714 / GLASS.px_per_mm >= least_mm


def test_rule_04_text_grows_to_twice_its_size(qapp: object) -> None:
    with shown("") as normal, shown("", Glass(GLASS.px_per_mm, text_scale=2)) as large:
        assert large.theme("body") == pytest.approx(2 * float(str(normal.theme("body"))), abs=1)


def test_rule_10_controls_stand_in_the_lower_half(qapp: object) -> None:
    with shown(PAGE) as stage:
        assert stage.centre("pay").y() > stage.window.height() / 2


def test_rule_17_a_touch_acts_on_release_and_sliding_off_cancels(qapp: object) -> None:
    body = "BigButton { objectName: 'b'; label: 'Go'; onActed: hear('acted') }"
    with shown(body) as stage:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(stage.window, left, none, stage.centre("b"))
        QTest.mouseMove(stage.window, QPoint(900, 1800))
        QTest.mouseRelease(stage.window, left, none, QPoint(900, 1800))
        assert stage.heard() == []
        QTest.mousePress(stage.window, left, none, stage.centre("b"))
        assert stage.heard() == []
        QTest.mouseRelease(stage.window, left, none, stage.centre("b"))
        assert stage.heard() == ["acted"]


def test_rule_18_a_second_touch_at_once_is_ignored(qapp: object) -> None:
    body = "BigButton { objectName: 'b'; label: 'Go'; onActed: hear('acted') }"
    with shown(body) as stage:
        stage.touch("b")
        stage.touch("b")
        assert stage.heard() == ["acted"]
        assert stage.theme("repeatGuardMs") == 400


def test_rule_28_the_number_pad_has_1_2_3_on_top_and_0_below_8(qapp: object) -> None:
    with shown(KEYPAD) as stage:
        assert stage.centre("digit_1").y() == stage.centre("digit_3").y()
        assert stage.centre("digit_1").y() < stage.centre("digit_4").y()
        assert stage.centre("digit_0").x() == stage.centre("digit_8").x()
        assert stage.centre("digit_0").y() > stage.centre("digit_8").y()


def test_rule_29_a_key_that_cannot_come_next_is_dim_and_dead(qapp: object) -> None:
    body = "PlateKeyboard { width: 1000; possible: 'A'; onKey: sign => hear(sign) }"
    with shown(body) as stage:
        stage.touch("plate_B")
        stage.touch("plate_A")
        assert stage.heard() == ["A"]


def test_rule_29_a_chinese_plate_starts_with_31_provinces(qapp: object) -> None:
    body = f"PlateKeyboard {{ width: 1000; country: 'CN'; possible: '{PROVINCES}' }}"
    with shown(body) as stage:
        found = [stage.item(f"plate_{sign}").isEnabled() for sign in PROVINCES]
    assert found == [True] * 31


@pytest.mark.parametrize("condition", ["wait", "opening", "drive", "closing", "fault", "stop"])
def test_rule_35_the_barrier_sign_always_has_a_word(qapp: object, condition: str) -> None:
    with shown(f"BarrierSign {{ condition: '{condition}' }}") as stage:
        assert stage.item("barrier_word").property("text") != ""


def test_rule_35_no_two_conditions_share_a_word(qapp: object) -> None:
    conditions = ["wait", "opening", "drive", "closing", "fault", "stop"]
    body = "".join(f"BarrierSign {{ objectName: '{c}'; condition: '{c}' }}" for c in conditions)
    with shown(body) as stage:
        words = {str(stage.item(c).property("word")) for c in conditions}
    assert len(words) == 6


def test_rule_39_four_arrows_and_enter_reach_and_press_a_button(qapp: object) -> None:
    body = """Column { BigButton { objectName: 'one'; label: '1'; focus: true }
        BigButton { objectName: 'two'; label: '2'; onActed: hear('two') }
        BigButton { objectName: 'three'; label: '3'; onActed: hear('three') } }"""
    with shown(body) as stage:
        stage.window.requestActivate()
        stage.item("one").forceActiveFocus()
        QTest.keyClick(stage.window, Qt.Key.Key_Down)
        QTest.keyClick(stage.window, Qt.Key.Key_Return)
        assert stage.heard() == ["two"]


def test_rule_39_the_focus_frame_is_a_millimetre_thick(qapp: object) -> None:
    with shown("") as stage:
        assert (float(str(stage.theme("focus"))) + 0.5) / GLASS.px_per_mm >= 1


def test_rule_42_a_module_of_the_ticket_is_at_least_0_8_mm(qapp: object) -> None:
    text = "SP1.k7mp2xqa.9f3kq2v7c4m8n5p6r2t3"
    with shown(f"QrPicture {{ text: '{text}' }}") as stage:
        shown_px = stage.item("qr").width()
    modules = len(qr_modules(text)) + 2 * QUIET_ZONE_MODULES
    assert shown_px / modules / GLASS.px_per_mm >= 0.8
    assert shown_px % modules == 0


def test_rule_16_nothing_on_the_drivers_parts_scrolls() -> None:
    flicking = (
        "Flickable",
        "ListView",
        "GridView",
        "PathView",
        "onDoubleClicked",
        "onPressAndHold",
    )
    drivers = [p for p in (QML / "Parts").glob("*.qml") if p.stem != "DataTable"]
    found = [(p.name, word) for p in drivers for word in flicking if word in p.read_text()]
    assert found == []


def test_rule_48_no_part_uses_hover_or_a_tooltip() -> None:
    words = ("hoverEnabled", "HoverHandler", "ToolTip", "ContextMenu")
    parts = (QML / "Parts").glob("*.qml")
    found = [(part.name, word) for part in parts for word in words if word in part.read_text()]
    assert found == []


def test_the_desk_uses_the_same_tokens_with_its_own_scale(qapp: object) -> None:
    with shown("") as glass, shown("", DESK) as desk:
        assert float(str(desk.theme("body"))) < float(str(glass.theme("body")))
        assert desk.theme("ink") == glass.theme("ink")
