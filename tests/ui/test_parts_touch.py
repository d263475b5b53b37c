"""What the parts do when they are touched, typed at or given other rows."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest

from kiosk.ui.models import RowsModel
from tests.ui.part_samples import AisleRow, StayRow, TileRow, aisles, stays, tiles
from tests.ui.part_stage import DESK, PartStage, shown

PLAN = """LevelPlan { objectName: 'plan'; anchors.fill: parent; anchors.margins: 40
    property var given: []
    tiles: given; aisles: []; floorWidthMm: 30000; floorHeightMm: 34000; levelName: 'Level 1'
    canPageForth: true; onChosen: key => hear(key); onPagedForth: hear('forth')
    onPagedBack: hear('back') }"""
TABLE = """DataTable { objectName: 'table'; anchors.fill: parent; focus: true
    property var given: []
    rows: given; columns: [{ role: 'plate', title: 'Plate', share: 60 },
                           { role: 'condition', title: 'State', share: 40, pill: 'kind' }]
    onFilterEdited: text => hear('filter ' + text); onChosen: key => hear('row ' + key) }"""
LANGUAGES = "[{ code: 'en', name: 'English' }, { code: 'zh_CN', name: '简体中文' }]"


def show_tiles(stage: PartStage, rows: list[TileRow]) -> RowsModel[TileRow]:
    model = RowsModel(TileRow, key="key", parent=stage.engine)
    model.show(rows)
    stage.item("plan").setProperty("given", model)
    return model


def first(condition: str) -> TileRow:
    return next(row for row in tiles() if row.condition == condition)


def test_a_touch_on_a_free_space_chooses_it(qapp: object) -> None:
    with shown(PLAN) as stage:
        show_tiles(stage, tiles())
        stage.touch(f"space_{first('idle').key}")
        assert stage.heard() == [first("idle").key]


def test_a_touch_on_a_taken_space_alone_chooses_nothing(qapp: object) -> None:
    with shown(PLAN) as stage:
        show_tiles(stage, [first("taken")])
        stage.touch(f"space_{first('taken').key}")
        assert stage.heard() == []


def test_rule_02_a_touch_beside_a_small_space_chooses_it(qapp: object) -> None:
    with shown(PLAN) as stage:
        show_tiles(stage, [first("idle")])
        item = stage.item(f"space_{first('idle').key}")
        beside = stage.centre(item.objectName())
        beside.setX(beside.x() + int(item.width() / 2) + 20)
        QTest.mouseClick(
            stage.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, beside
        )
        assert stage.heard() == [first("idle").key]


def test_a_touch_at_the_edge_of_a_taken_space_chooses_the_free_one_beside_it(
    qapp: object,
) -> None:
    with shown(PLAN) as stage:
        show_tiles(stage, tiles())
        edge = stage.centre("space_A03")
        edge.setX(edge.x() + int(stage.item("space_A03").width() / 2) - 3)
        QTest.mouseClick(
            stage.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, edge
        )
        assert stage.heard() == ["A04"]


def test_rule_39_the_plan_is_walked_and_chosen_by_keys(qapp: object) -> None:
    with shown(PLAN) as stage:
        show_tiles(stage, tiles())
        stage.window.requestActivate()
        stage.item(f"space_{first('idle').key}").forceActiveFocus()
        QTest.keyClick(stage.window, Qt.Key.Key_Right)
        QTest.keyClick(stage.window, Qt.Key.Key_Return)
        assert stage.heard() == ["A05"]


def test_rule_16_levels_are_paged_by_buttons(qapp: object) -> None:
    with shown(PLAN) as stage:
        stage.touch("level_forth")
        stage.touch("level_back")
        assert stage.heard() == ["forth"]


def test_a_plan_of_400_spaces_has_them_all(qapp: object) -> None:
    rows = [
        TileRow(
            f"S{n}", f"S{n}", "idle", "", f"S{n}", (n % 25) * 1200, (n // 25) * 2000, 1200, 2000
        )
        for n in range(400)
    ]
    with shown(PLAN) as stage:
        show_tiles(stage, rows)
        assert stage.item("space_S0").x() == 0
        assert stage.item("space_S399").isVisible()


def test_a_space_that_becomes_taken_keeps_its_item(qapp: object) -> None:
    with shown(PLAN) as stage:
        free = first("idle")
        model = show_tiles(stage, [free])
        item = stage.item(f"space_{free.key}")
        taken = TileRow(
            free.key, free.label, "taken", "", "taken", free.x_mm, free.y_mm, 2500, 5000
        )
        model.show([taken])
        assert item is stage.item(f"space_{free.key}")
        assert item.property("condition") == "taken"


def test_an_aisle_is_drawn_to_scale_with_an_arrow_of_its_heading(qapp: object) -> None:
    with shown(PLAN.replace("aisles: []", "aisles: more; property var more: []")) as stage:
        model = RowsModel(AisleRow, key="key", parent=stage.engine)
        model.show(aisles()[:1])
        plan = stage.item("plan")
        plan.setProperty("more", model)
        assert stage.item("aisle").width() == pytest.approx(30000 * plan.property("scaling"))
        assert stage.item("aisle_arrow").rotation() == 90


@pytest.fixture
def table_rows() -> list[StayRow]:
    return stays()


def open_table(stage: PartStage, rows: list[StayRow]) -> QObject:
    model = RowsModel(StayRow, key="key", parent=stage.engine)
    model.show(rows)
    stage.item("table").setProperty("given", model)
    stage.window.requestActivate()
    stage.item("filter").forceActiveFocus()
    return model


def test_rule_46_arrows_and_enter_open_a_row_without_leaving_the_filter(
    qapp: object, table_rows: list[StayRow]
) -> None:
    with shown(TABLE, DESK) as stage:
        open_table(stage, table_rows)
        QTest.keyClick(stage.window, Qt.Key.Key_Down)
        QTest.keyClick(stage.window, Qt.Key.Key_Down)
        QTest.keyClick(stage.window, Qt.Key.Key_Up)
        QTest.keyClick(stage.window, Qt.Key.Key_Return)
        assert stage.heard() == ["row 2"]


def test_rule_46_typing_filters_and_escape_clears(qapp: object, table_rows: list[StayRow]) -> None:
    with shown(TABLE, DESK) as stage:
        open_table(stage, table_rows)
        QTest.keyClick(stage.window, Qt.Key.Key_P)
        QTest.keyClick(stage.window, Qt.Key.Key_K)
        QTest.keyClick(stage.window, Qt.Key.Key_Escape)
        assert stage.heard() == ["filter p", "filter pk", "filter "]


def test_a_touch_on_a_row_opens_it(qapp: object, table_rows: list[StayRow]) -> None:
    with shown(TABLE, DESK) as stage:
        open_table(stage, table_rows)
        stage.touch("row_3")
        assert stage.heard() == ["row 3"]


def test_rule_14_each_language_stands_under_its_own_name(qapp: object) -> None:
    body = f"""LanguageSwitch {{ width: 900; choices: {LANGUAGES}; current: 'en'
        onChosen: code => hear(code) }}"""
    with shown(body) as stage:
        assert stage.item("language_zh_CN").property("label") == "简体中文"
        stage.touch("language_zh_CN")
        assert stage.heard() == ["zh_CN"]


def test_a_footer_offers_the_other_language(qapp: object) -> None:
    body = f"""LanguageSwitch {{ width: 300; compact: true; choices: {LANGUAGES}
        current: 'zh_CN'; onChosen: code => hear(code) }}"""
    with shown(body) as stage:
        assert stage.item("language").property("label") == "English"
        stage.touch("language")
        assert stage.heard() == ["en"]


def test_rule_24_one_touch_extends_the_session(qapp: object) -> None:
    body = """StillThere { anchors.fill: parent; secondsLeft: '0:30'
        onStayed: hear('stayed'); onEnded: hear('ended') }"""
    with shown(body) as stage:
        stage.touch("still_there")
        stage.touch("leave_now")
        assert stage.heard() == ["stayed", "ended"]


def test_a_duration_is_made_longer_shorter_or_taken_from_a_preset(qapp: object) -> None:
    body = """DurationChooser { width: 1000; durationText: '2 h'; onShortened: hear('-')
        onLengthened: hear('+'); onPresetChosen: key => hear(key)
        presets: [{ key: '60', label: '1 h', chosen: false }] }"""
    with shown(body) as stage:
        stage.touch("longer")
        stage.touch("shorter")
        stage.touch("preset_60")
        assert stage.heard() == ["+", "-", "60"]


def test_rule_20_back_cancel_help_and_language_say_what_was_wanted(qapp: object) -> None:
    body = f"""PageFrame {{ anchors.fill: parent; title: 'T'; languages: {LANGUAGES}
        onBack: hear('back'); onCancelled: hear('cancelled'); onHelpWanted: hear('help')
        onLanguageChosen: code => hear(code) }}"""
    with shown(body) as stage:
        stage.touch("back")
        stage.touch("cancel")
        stage.touch("help")
        stage.touch("language")
        assert stage.heard() == ["back", "cancelled", "help", "zh_CN"]


def test_rule_20_places_do_not_move_when_one_is_missing(qapp: object) -> None:
    page = "PageFrame {{ anchors.fill: parent; title: 'T'; canGoBack: {} }}"
    with shown(page.format("true")) as full, shown(page.format("false")) as less:
        assert full.centre("cancel") == less.centre("cancel")
        assert full.centre("help") == less.centre("help")


def test_a_full_area_says_so_and_can_be_chosen_for_other_times(qapp: object) -> None:
    body = """AreaCard { objectName: 'area'; name: 'C'; count: '0'; full: true
        onActed: hear('acted') }"""
    with shown(body) as stage:
        stage.touch("area")
        assert stage.heard() == ["acted"]
        assert stage.item("count_word").property("text") == "none free"
