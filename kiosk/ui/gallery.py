"""Renders every part to PNG, in both scales, languages and themes; only for people to look at."""

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from kiosk.ui.format import Language
from kiosk.ui.models import RowsModel
from kiosk.ui.stage import Glass, load_fonts, make_engine, px_per_mm
from kiosk.ui.translate import Translations

GLASS_PAGES = 9
_SETTLE_MS = 1100
_LANGUAGES: tuple[Language, ...] = ("en", "zh_CN")


@dataclass(frozen=True, slots=True)
class TileRow:
    key: str
    label: str
    condition: str
    spoken: str
    x_mm: int
    y_mm: int
    width_mm: int
    height_mm: int


@dataclass(frozen=True, slots=True)
class AisleRow:
    key: str
    x_mm: int
    y_mm: int
    width_mm: int
    height_mm: int
    heading: int


@dataclass(frozen=True, slots=True)
class StayRow:
    key: str
    plate: str
    space: str
    since: str
    condition: str
    kind: str
    charge: str


def tiles() -> list[TileRow]:
    """Four rows of spaces along two aisles, every condition somewhere."""
    conditions = ["idle", "taken", "idle", "taken", "taken"]
    conditions += ["idle", "notFitting", "taken", "idle", "taken"]
    rows = []
    for band, y_mm in enumerate((1000, 12000, 17200, 28000)):
        for place in range(11):
            number = band * 11 + place + 1
            condition = conditions[(number * 7 + band) % len(conditions)]
            condition = {7: "best", 18: "chosen"}.get(number, condition)
            label = f"A{number:02d}"
            rows.append(
                TileRow(
                    key=label,
                    label=label,
                    condition=condition,
                    spoken=f"{label} {condition}",
                    x_mm=1250 + place * 2500,
                    y_mm=y_mm,
                    width_mm=2500,
                    height_mm=5000,
                )
            )
    return rows


def aisles() -> list[AisleRow]:
    """Two one-way aisles."""
    return [
        AisleRow(key="1", x_mm=0, y_mm=6200, width_mm=30000, height_mm=5600, heading=90),
        AisleRow(key="2", x_mm=0, y_mm=22400, width_mm=30000, height_mm=5400, heading=270),
    ]


def stays() -> list[StayRow]:
    """Forty stays in four conditions."""
    kinds = (
        ("parked", "neutral"),
        ("overstay", "attention"),
        ("paid", "good"),
        ("no ticket", "bad"),
    )
    return [
        StayRow(
            key=str(number),
            plate=f"M PK {200 + number}",
            space=f"A{number:02d}",
            since=f"{8 + number // 10}:{number % 6}5",
            condition=kinds[number % 4][0],
            kind=kinds[number % 4][1],
            charge=f"€{number // 4}.{number % 4}0",
        )
        for number in range(1, 41)
    ]


def render(folder: Path, *, desk: bool, night: bool, translations: Translations) -> None:
    """All pages of one window in every language."""
    scale = px_per_mm(diagonal_inch=24 if desk else 21.5, width_px=1920, height_px=1080)
    engine = make_engine(Glass(scale, desk=desk, night=night))
    tile_rows = RowsModel(TileRow, key="key", parent=engine)
    tile_rows.show(tiles())
    aisle_rows = RowsModel(AisleRow, key="key", parent=engine)
    aisle_rows.show(aisles())
    stay_rows = RowsModel(StayRow, key="key", parent=engine)
    stay_rows.show(stays())
    models: dict[str, QObject] = {"tiles": tile_rows, "aisles": aisle_rows}
    if desk:
        models["stays"] = stay_rows
    engine.setInitialProperties(models)
    engine.loadFromModule("Gallery", "Desk" if desk else "Glass")
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    for language in _LANGUAGES:
        window.setProperty("language", language)
        translations.speak(language, [engine])
        translations.speak_at_desk(language, [engine])
        for page in range(1 if desk else GLASS_PAGES):
            window.setProperty("page", page)
            settle()
            role = "desk" if desk else "glass"
            theme = "night" if night else "day"
            window.grabWindow().save(str(folder / f"{role}_{page}_{language}_{theme}.png"))
    window.close()
    engine.deleteLater()
    settle()


def settle() -> None:
    """Let motion end before the picture is taken."""
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication(sys.argv[:1])
    load_fonts(application)
    translations = Translations(application, application)
    render(folder, desk=False, night=False, translations=translations)
    render(folder, desk=True, night=False, translations=translations)
    render(folder, desk=False, night=True, translations=translations)
    render(folder, desk=True, night=True, translations=translations)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
