"""`kiosk tariff chart` shows the prices of the stays it names, by day and by week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from kiosk.app.exit_codes import DONE, INPUT
from kiosk.app.main import main
from kiosk.app.tariff_charts import is_valid_at, picture_of, telling_entries
from kiosk.domain.tariff import (
    DAY_MINUTES,
    Band,
    BlockPolicy,
    Cap,
    CapScope,
    Free,
    Row,
    RowKind,
    Tariff,
    Tax,
)

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 8, tzinfo=BERLIN)
SHIPPED = Path(__file__).parents[2] / "resources" / "tariffs"


def block(price: int, per: int) -> Row:
    return Row(kind=RowKind.BLOCK, price=Fraction(price), per_minutes=per, block_minutes=per)


ALWAYS = Band(name="Always", from_minute=0, until_minute=DAY_MINUTES, rows=(block(120, 30),))
DAY = Band(name="Day", from_minute=480, until_minute=1080, rows=(block(400, 60),))
NIGHT = Band(
    name="Night", from_minute=1080, until_minute=DAY_MINUTES + 480, rows=(block(100, 60),)
)
PLAIN = Tariff(
    code="yard",
    version=2,
    zone="Europe/Berlin",
    currency="EUR",
    bands=(ALWAYS,),
    caps=(Cap(scope=CapScope.ROLLING_24H, price=Fraction(1400)),),
)
TWO_BANDS = replace(PLAIN, bands=(DAY, NIGHT), caps=())


def marks(tariff: Tariff, *entries: datetime) -> dict[str, int]:
    day = picture_of(tariff, entries or (MONDAY,)).day
    return {mark.words: mark.minute for mark in day.marks}


def test_the_command_writes_a_picture(tmp_path: Path, qapp: QGuiApplication) -> None:
    target = tmp_path / "yard.png"

    code = main(
        [
            "tariff",
            "chart",
            str(SHIPPED / "goldbeck/klinik-plattenwald.toml"),
            "--out",
            str(target),
        ]
    )

    image = QImage(str(target))
    assert code == DONE
    assert image.width() == 1440
    assert image.height() > 1000


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        (["2026-03-02"], None),
        (["yesterday"], "should be a date and a time"),
        (["2026-03-29T02:30"], "is skipped by the clocks"),
        (["2026-03-02T08:00", "2026-03-03T08:00"], "less than 24 hours between"),
        (["2026-03-02T08:00", "2026-03-02T09:00", "2026-03-02T10:00"], "may stand twice"),
        (["2019-03-02T08:00"], "does not hold then"),
    ],
)
def test_an_entry_that_makes_no_picture_is_refused_in_words(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    qapp: QGuiApplication,
    entries: list[str],
    why: str | None,
) -> None:
    tariff = tmp_path / "yard.toml"
    tariff.write_text(
        'code = "yard"\nversion = 2\nzone = "Europe/Berlin"\ncurrency = "EUR"\n'
        "valid_from = 2026-01-01\n"
        '[[band]]\nname = "Always"\n[[band.row]]\nprice = 1.20\nper_minutes = 30\n'
    )
    options = [part for entry in entries for part in ("--enter", entry)]

    code = main(["tariff", "chart", str(tariff), "--out", str(tmp_path / "x.png"), *options])

    assert code == (DONE if why is None else INPUT)
    assert (why or "") in capsys.readouterr().err


def test_a_picture_that_cannot_be_written_is_known_before_it_is_painted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tariff = str(SHIPPED / "goldbeck/klinik-plattenwald.toml")

    code = main(["tariff", "chart", tariff, "--out", "/proc/yard.png"])

    assert code == INPUT
    assert "/proc/yard.png: cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("town.toml", "town.toml: the picture is a PNG; write a name that ends in .png"),
        ("x.txt", "ends in .png"),
        ("x", "ends in .png"),
        (".", "ends in .png"),
        ("", "ends in .png"),
        ("/dev/full", "ends in .png"),
        ("none/x.png", "none/x.png: the folder none is missing; make it first"),
        ("folder.png", "folder.png: cannot be written: Is a directory"),
        ("linked.png", "linked.png: is the tariff; write another name"),
    ],
)
def test_a_wrong_place_for_the_picture_is_refused_and_nothing_is_changed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    out: str,
    why: str,
) -> None:
    text = (SHIPPED / "goldbeck/klinik-plattenwald.toml").read_text(encoding="utf-8")
    (tmp_path / "town.toml").write_text(text, encoding="utf-8")
    (tmp_path / "linked.png").symlink_to(tmp_path / "town.toml")
    (tmp_path / "folder.png").mkdir()
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())

    code = main(["tariff", "chart", "town.toml", "--out", out])

    said = capsys.readouterr().err
    assert code == INPUT
    assert why in said
    assert said.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / "town.toml").read_text(encoding="utf-8") == text


def test_a_picture_without_room_leaves_the_old_one_as_it_was(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QImage, "save", lambda *_: False)
    target = tmp_path / "yard.png"
    target.write_bytes(b"old")

    code = main(
        [
            "tariff",
            "chart",
            str(SHIPPED / "goldbeck/klinik-plattenwald.toml"),
            "--out",
            str(target),
        ]
    )

    assert code == INPUT
    assert capsys.readouterr().err.startswith(f"{target}: cannot be written")
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]


# ---------------------------------------------------------------------------------- what is marked


def test_the_marks_say_what_stays_cost() -> None:
    assert marks(PLAIN) == {
        "at once: 1.20": 0,
        "1 h: 2.40": 60,
        "2 h: 4.80": 120,
        "after 5 h 30 min: 14.00": 330,
        "24 h: 14.00": 1440,
    }


def test_free_minutes_and_the_maximum_stay_are_marked() -> None:
    found = marks(replace(PLAIN, free=Free(minutes=20), maximum_stay_minutes=240))

    assert found["20 min free"] == 20
    assert found["maximum stay 4 h: 9.60"] == 240


def test_a_price_by_the_minute_has_no_first_step_and_reaches_its_cap_exactly() -> None:
    found = marks(replace(PLAIN, policy=BlockPolicy.PRO_RATA))

    assert "after 5 h 50 min: 14.00" in found
    assert not any(words.startswith(("at once", "after 0", "after 1 ")) for words in found)


def test_prices_end_where_the_board_states_none() -> None:
    gap = replace(TWO_BANDS, bands=(DAY, replace(NIGHT, rows=(), unstated="Nothing is said.")))

    picture = picture_of(gap, (MONDAY,))

    assert len(picture.day.lines[0].totals_minor) == 600
    assert marks(gap)["no price is stated from here on"] == 600
    assert [band.is_unstated for band in picture.bands] == [False, True]


def test_prices_without_tax_are_shown_with_it() -> None:
    taxed = replace(PLAIN, tax=Tax(rate=Fraction(1, 4), is_included=False))

    picture = picture_of(taxed, (MONDAY,))

    assert "1 h: 3.00" in marks(taxed)
    assert picture.day.caps[0].total_minor == 1750
    assert "with tax of 25 %" in picture.subtitle


# -------------------------------------------------------------------------------------------- caps


def test_a_cap_of_each_day_stands_on_what_was_due_before() -> None:
    daily = replace(PLAIN, caps=(Cap(scope=CapScope.CALENDAR_DAY, price=Fraction(1000)),))

    first, second = picture_of(daily, (MONDAY,)).day.caps

    assert (first.from_minute, first.until_minute, first.total_minor) == (0, 960, 1000)
    assert (second.from_minute, second.until_minute, second.total_minor) == (960, 1440, 2000)
    assert (first.words, second.words) == ("at most 10.00 a day", "")


def test_a_cap_of_a_band_is_drawn_over_its_hours() -> None:
    tariff = replace(
        TWO_BANDS, caps=(Cap(scope=CapScope.BAND, price=Fraction(500), band="Night"),)
    )

    (cap,) = picture_of(tariff, (MONDAY,)).day.caps

    assert (cap.from_minute, cap.until_minute, cap.total_minor) == (600, 1440, 4500)
    assert cap.words == "at most 5.00 in Night"


def test_a_cap_far_above_the_line_is_left_out() -> None:
    tariff = replace(PLAIN, caps=(Cap(scope=CapScope.ROLLING_24H, price=Fraction(100_000)),))

    assert not picture_of(tariff, (MONDAY,)).day.caps


def test_the_week_shows_the_caps_that_are_longer_than_a_day() -> None:
    weekly = Cap(scope=CapScope.WEEK, price=Fraction(5000), is_from_entry=True)

    week = picture_of(replace(PLAIN, caps=(*PLAIN.caps, weekly)), (MONDAY,)).week

    assert [cap.words for cap in week.caps] == ["at most 50.00 a week"]
    assert week.lines[0].totals_minor[-1] == 5000


# --------------------------------------------------------------------------- entries and the axis


def test_a_second_car_comes_where_another_band_begins() -> None:
    entries = telling_entries(TWO_BANDS, MONDAY)

    assert [entry.astimezone(BERLIN).hour for entry in entries] == [8, 18]
    assert telling_entries(PLAIN, MONDAY) == (MONDAY,)


def test_in_unstated_hours_the_first_stated_ones_are_shown() -> None:
    gap = replace(TWO_BANDS, bands=(replace(DAY, rows=(), unstated="Nothing is said."), NIGHT))

    (entry,) = telling_entries(gap, MONDAY)

    assert entry.astimezone(BERLIN).hour == 18


def test_a_board_without_any_price_still_has_a_picture() -> None:
    silent = replace(PLAIN, bands=(replace(ALWAYS, rows=(), unstated="Nothing."),), caps=())

    picture = picture_of(silent, telling_entries(silent, MONDAY))

    assert picture.day.lines[0].totals_minor == ()
    assert not picture.day.marks


def test_the_second_car_has_its_own_marks() -> None:
    picture = picture_of(TWO_BANDS, telling_entries(TWO_BANDS, MONDAY))

    second = [(mark.words, mark.minute) for mark in picture.day.marks if mark.line == 1]
    assert second == [("1 h: 1.00", 660), ("14 h: 14.00", 1440)]
    assert len(picture.week.lines) == 1


def test_hours_stand_where_the_wall_clock_shows_them() -> None:
    before_spring = datetime(2026, 3, 28, 20, tzinfo=BERLIN)

    ticks = picture_of(PLAIN, (before_spring,)).day.ticks

    assert [(tick.minute, tick.words) for tick in ticks[:5]] == [
        (0, "20:00"),
        (120, "22:00"),
        (240, "00:00"),
        (420, "04:00"),
        (540, "06:00"),
    ]


def test_the_days_of_the_week_begin_at_midnight() -> None:
    ticks = picture_of(PLAIN, (MONDAY,)).week.ticks

    assert [(tick.minute, tick.words) for tick in ticks[:3]] == [
        (0, "Mon"),
        (960, "Tue"),
        (2400, "Wed"),
    ]
    assert len(ticks) == 8


def test_bands_are_told_with_their_days_and_hours() -> None:
    picture = picture_of(TWO_BANDS, (MONDAY,))

    assert [band.hours for band in picture.bands] == [
        "every day, 08:00 to 18:00",
        "every day, 18:00 to 08:00",
    ]
    assert picture_of(PLAIN, (MONDAY,)).bands[0].hours == "every day, all hours"


def test_the_title_names_code_version_and_zone() -> None:
    picture = picture_of(PLAIN, (MONDAY,), source_name="Courtyard")

    assert picture.title == "yard, version 2"
    assert picture.subtitle == "Courtyard · prices in EUR · Europe/Berlin"


@pytest.mark.parametrize(
    ("day", "is_valid"),
    [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 6, 1), False)],
)
def test_an_entry_is_valid_from_the_first_day_on_and_no_more_on_the_last(
    day: date, is_valid: bool
) -> None:
    tariff = replace(PLAIN, valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 1))

    assert is_valid_at(tariff, datetime(day.year, day.month, day.day, tzinfo=BERLIN)) is is_valid
