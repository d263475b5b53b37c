"""Where cars drive on a level, found from where they stand."""

from dataclasses import replace

from kiosk.domain.ids import AreaId
from kiosk.domain.space import Area
from kiosk.ui.aisles import AisleRow, aisles
from tests.ui.entry_site import AREAS, space


def test_the_strips_between_rows_are_aisles_over_the_whole_width() -> None:
    found = aisles(AREAS[0], [space(number) for number in range(1, 45)])
    assert [(each.y_mm, each.height_mm) for each in found] == [(6_000, 6_000), (22_000, 5_000)]
    assert {each.width_mm for each in found} == {42_000}


def test_a_strip_narrower_than_a_car_is_no_aisle() -> None:
    level = Area(AreaId(9), "L9", "Level 9", 9, 40_000, 12_400)
    rows = [replace(space(1), y_mm=0), replace(space(2), y_mm=7_400)]
    assert [each for each in aisles(level, rows) if each.width_mm == 40_000] == []


def test_columns_of_spaces_have_upright_aisles() -> None:
    level = Area(AreaId(9), "L9", "Level 9", 9, 16_000, 12_000)
    columns = [
        replace(space(1), x_mm=0, y_mm=0, width_mm=5_000, depth_mm=12_000),
        replace(space(2), x_mm=11_000, y_mm=0, width_mm=5_000, depth_mm=12_000),
    ]
    assert aisles(level, columns) == (AisleRow("along-5000", 5_000, 0, 6_000, 12_000),)
