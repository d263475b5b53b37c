"""The picture of a tariff shows each step where it is, and no label covers anything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QGuiApplication, QImage

from kiosk.ui.chart_frame import (
    BandSpan,
    CapLine,
    Chart,
    Frame,
    Mark,
    PriceLine,
    Tick,
    frame_of,
    step_corners,
)
from kiosk.ui.chart_labels import Wish, along, around, leader, line_rects, placed
from kiosk.ui.stage import load_fonts
from kiosk.ui.tariff_picture import (
    DAY_PLOT,
    FREE_COLOUR,
    LINE_COLOURS,
    TINTS,
    WEEK_PLOT,
    WIDTH,
    BandWords,
    TariffPicture,
    flowed,
    labels_of,
    paint_tariff,
    text_width,
)

DAY, WEEK = 24 * 60, 7 * 24 * 60
GROUND, INK = "#ffffff", "#0b1b2b"
# 2.00 for each started hour after 20 free minutes, at most 8.00; nothing is stated after 20:00.
TOTALS = tuple(0 if minute <= 20 else min(200 * -(-minute // 60), 800) for minute in range(1, 721))
LINE = PriceLine(words="arriving Monday 08:00", entered_minute=0, totals_minor=TOTALS)
EVENING = PriceLine(words="arriving Monday 10:00", entered_minute=120, totals_minor=(100,) * 600)
CAP = CapLine(from_minute=0, until_minute=DAY, total_minor=800, words="at most 8.00 in 24 h")
CHART = Chart(
    heading="24 hours from Monday 2 March 2026, 08:00",
    minutes=DAY,
    ticks=[Tick(minute=hour * 60, words=f"{(8 + hour) % 24:02d}:00") for hour in range(0, 25, 2)],
    bands=[
        BandSpan(from_minute=0, until_minute=720, band=0),
        BandSpan(from_minute=720, until_minute=DAY, band=1),
    ],
    lines=[LINE, EVENING],
    caps=[CAP],
    marks=[
        Mark(line=0, minute=20, total_minor=200, words="20 min free"),
        Mark(line=0, minute=60, total_minor=200, words="1 h: 2.00"),
        Mark(line=0, minute=120, total_minor=400, words="2 h: 4.00"),
        Mark(line=0, minute=720, total_minor=800, words="no price is stated from here on"),
        Mark(line=1, minute=180, total_minor=100, words="1 h: 1.00"),
    ],
    free_minutes=20,
)
PICTURE = TariffPicture(
    title="lindenhof, version 3",
    subtitle="prices in EUR · Europe/Berlin",
    currency="EUR",
    bands=[
        BandWords(name="Day", hours="every day, 08:00 to 20:00"),
        BandWords(
            name="Night", hours="every day, 20:00 to 08:00: no price stated", is_unstated=True
        ),
    ],
    day=CHART,
    week=replace(
        CHART,
        heading="Seven days from then",
        minutes=WEEK,
        ticks=[Tick(minute=0, words="Mon"), Tick(minute=960, words="Tue")],
        lines=[LINE],
        marks=[],
    ),
)
FRAME = frame_of(CHART, DAY_PLOT, "EUR")


@pytest.fixture(autouse=True)
def _fonts(qapp: QGuiApplication) -> None:
    load_fonts(qapp)


def painted(picture: TariffPicture, folder: Path) -> QImage:
    paint_tariff(picture, folder / "tariff.png")
    image = QImage(str(folder / "tariff.png"))
    assert not image.isNull()
    return image


@pytest.fixture
def image(tmp_path: Path) -> QImage:
    return painted(PICTURE, tmp_path)


def colour(image: QImage, at: QPointF) -> str:
    return image.pixelColor(round(at.x()), round(at.y())).name()


def is_near(image: QImage, at: QPointF, wanted: str) -> bool:
    """Whether the colour is there, or on a pixel beside it: edges of lines are softened."""
    x, y = round(at.x()), round(at.y())
    beside = [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return QColor(wanted).name() in {image.pixelColor(*each).name() for each in beside}


# ------------------------------------------------------------------------------------------ steps


@pytest.mark.parametrize(
    ("minute", "minor"), [(40, 200), (100, 400), (150, 600), (200, 800), (600, 800)]
)
def test_the_line_runs_at_the_price_of_the_minute(image: QImage, minute: int, minor: int) -> None:
    assert is_near(image, FRAME.at(minute, minor), LINE_COLOURS[0])
    assert colour(image, FRAME.at(minute, minor + 60)) != LINE_COLOURS[0]
    assert colour(image, FRAME.at(minute, minor - 60)) != LINE_COLOURS[0]


@pytest.mark.parametrize(("minute", "between"), [(20, 150), (60, 300), (120, 450), (180, 700)])
def test_each_step_stands_upright_at_its_minute(image: QImage, minute: int, between: int) -> None:
    assert is_near(image, FRAME.at(minute, between), LINE_COLOURS[0])
    assert colour(image, FRAME.at(minute - 8, between)) != LINE_COLOURS[0]
    assert colour(image, FRAME.at(minute + 8, between)) != LINE_COLOURS[0]


def test_the_price_of_a_stay_holds_until_its_last_minute_and_rises_behind_it() -> None:
    line = PriceLine(words="", entered_minute=10, totals_minor=(0, 0, 5, 5, 3))
    frame = Frame(QRectF(0, 0, 100, 100), 100, 10, 100)

    corners = step_corners(line, frame)

    assert [(round(corner.x(), 6), round(100 - corner.y(), 6)) for corner in corners] == [
        (10, 0),
        (12, 0),
        (12, 5),
        (14, 5),
        (14, 3),
        (15, 3),
    ]


def test_a_line_ends_at_the_edge_of_the_plot() -> None:
    line = PriceLine(words="", entered_minute=90, totals_minor=(5,) * 50)

    corners = step_corners(line, Frame(QRectF(0, 0, 100, 100), 100, 10, 100))

    assert max(corner.x() for corner in corners) == 100


def test_the_line_of_a_second_car_begins_when_it_comes(image: QImage) -> None:
    span = [FRAME.at(minute, 100) for minute in range(200, 400)]

    assert any(colour(image, at) == LINE_COLOURS[1] for at in span)
    assert not any(is_near(image, FRAME.at(minute, 100), LINE_COLOURS[1]) for minute in range(110))


def test_no_line_is_drawn_where_no_price_is_stated(image: QImage) -> None:
    after = [FRAME.at(minute, 800) for minute in range(740, DAY - 20)]

    assert not any(colour(image, at) == LINE_COLOURS[0] for at in after)


# ------------------------------------------------------------------------------ what stands behind


def test_hours_without_a_price_are_hatched_and_others_are_not(image: QImage) -> None:
    stated = {colour(image, FRAME.at(minute, 950)) for minute in range(300, 700)}
    unstated = {colour(image, FRAME.at(minute, 950)) for minute in range(730, DAY - 10)}

    assert stated == {TINTS[0]}
    assert {GROUND, "#8794a1"} <= unstated


def test_the_free_minutes_are_marked_on_the_ground_line(image: QImage) -> None:
    above = QPointF(0, -4)

    assert colour(image, FRAME.at(10, 0) + above) == FREE_COLOUR
    assert colour(image, FRAME.at(26, 0) + above) == TINTS[0]


def test_the_cap_is_a_dashed_line_at_its_amount(image: QImage) -> None:
    before = [colour(image, FRAME.at(minute, 800) + QPointF(0, 0.4)) for minute in range(10, 170)]

    assert INK in before
    assert before.count(INK) < len(before)


def test_the_days_of_the_week_are_parted(image: QImage) -> None:
    frame = frame_of(PICTURE.week, WEEK_PLOT, "EUR")

    assert is_near(image, frame.at(960, 100) + QPointF(0, 10), "#8794a1")


def test_nothing_is_painted_in_the_margin_however_long_the_words_are(tmp_path: Path) -> None:
    long = "the longest name of a car park that anybody ever wrote " * 4
    bands = [replace(PICTURE.bands[0], hours=long), PICTURE.bands[1]]

    image = painted(replace(PICTURE, title=long, subtitle=long, bands=bands), tmp_path)

    columns = range(WIDTH - 20, WIDTH)
    assert {image.pixelColor(x, y).name() for x in columns for y in range(image.height())} == {
        GROUND
    }


def test_a_tariff_that_is_free_has_a_picture_too(tmp_path: Path) -> None:
    free = replace(CHART, lines=[replace(LINE, totals_minor=(0,) * DAY)], caps=[], marks=[])

    image = painted(replace(PICTURE, day=free), tmp_path)

    frame = frame_of(free, DAY_PLOT, "EUR")
    assert is_near(image, frame.at(300, 0), LINE_COLOURS[0])


# -------------------------------------------------------------------------------------- the scale


@pytest.mark.parametrize(
    ("highest", "step", "top"),
    [
        (0, 20, 100),
        (100, 20, 120),
        (800, 200, 1000),
        (1400, 500, 2000),
        (123_456, 50_000, 150_000),
    ],
)
def test_the_grid_has_few_round_lines_and_air_for_a_label(
    highest: int, step: int, top: int
) -> None:
    chart = replace(CHART, lines=[replace(LINE, totals_minor=(highest,))], caps=[])

    frame = frame_of(chart, DAY_PLOT, "EUR")

    assert (frame.step_minor, frame.top_minor) == (step, top)


# --------------------------------------------------------------------------------------- the words


def test_every_label_of_the_day_is_there_and_none_covers_another_or_a_line() -> None:
    labels = labels_of(CHART, FRAME)

    places = [label.place for label in labels]
    lines = [
        rect for line in CHART.lines for rect in line_rects(step_corners(line, FRAME), width=4)
    ]
    assert {label.words for label in labels} == {
        CAP.words,
        *(mark.words for mark in CHART.marks),
    }
    assert not any(one.intersects(other) for one, other in combinations(places, 2))
    assert not any(place.intersects(rect) for place in places for rect in lines)
    assert all(DAY_PLOT.contains(place) for place in places)


def test_a_label_is_as_wide_as_its_words() -> None:
    label = next(each for each in labels_of(CHART, FRAME) if each.words == CAP.words)

    assert label.place.width() == text_width(CAP.words, size=20) > 150


def test_a_label_without_room_is_left_out() -> None:
    room = QRectF(0, 0, 100, 40)
    size = QSizeF(90, 30)
    wishes = [Wish(around(QPointF(2, 2), size)), Wish(around(QPointF(3, 3), size))]

    first, second = placed(wishes, within=room, taken=[])

    assert first is None
    assert second is None


def test_a_label_keeps_clear_of_what_is_taken_and_of_labels_before_it() -> None:
    room, size = QRectF(0, 0, 400, 200), QSizeF(60, 20)
    taken = QRectF(110, 110, 200, 60)
    point = QPointF(100, 100)

    places = placed(
        [Wish(around(point, size), point), Wish(around(point, size), point)],
        within=room,
        taken=[taken],
    )

    first, second = places
    assert first is not None
    assert second is not None
    assert not first.intersects(taken)
    assert not second.intersects(taken)
    assert not first.intersects(second)


def test_a_leader_line_crosses_nothing() -> None:
    point, size = QPointF(100, 100), QSizeF(60, 20)
    fence = [QRectF(0, 80, 400, 4), QRectF(120, 80, 4, 100)]

    (place,) = placed(
        [Wish(around(point, size), point)], within=QRectF(95, 0, 400, 300), taken=fence
    )

    assert place is not None
    assert place.top() > 180
    assert leader(point, place) == place.topLeft()


def test_a_level_line_has_its_label_above_it_at_the_left() -> None:
    place = next(iter(along(QPointF(0, 100), QPointF(400, 100), QSizeF(60, 20))))

    assert (place.left(), place.bottom()) == (6, 90)


def test_the_legend_begins_a_row_when_one_is_full_and_for_the_bands() -> None:
    places = flowed([[600, 600, 600], [100, 100]])

    rows = [place.y() for place in places]
    assert rows == sorted(rows)
    assert len(set(rows)) == 4
    assert rows[3] == rows[4]
    assert all(place.x() + 50 <= WIDTH for place in places)
