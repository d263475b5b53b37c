"""Builds and ends the QML engine of one window: fonts, import path, pictures; loads no screen."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from kiosk.ui.images import QrPictures, SignPictures

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
QML = RESOURCES / "qml"
FONT_FILES = ("KioskSans-Regular.ttf", "KioskSans-SemiBold.ttf")
FONT_FAMILY = "Kiosk Sans"


@dataclass(frozen=True, slots=True)
class Glass:
    """What the theme must know of one screen; from configuration, because EDID may lie."""

    px_per_mm: float
    desk: bool = False
    night: bool = False
    text_scale: float = 1.0


def px_per_mm(*, diagonal_inch: float, width_px: int, height_px: int) -> float:
    """Pixels per millimetre of a screen with square pixels."""
    return float((width_px**2 + height_px**2) ** 0.5 / (diagonal_inch * 25.4))


def load_fonts(application: QGuiApplication) -> None:
    """Load the bundled fonts and make them the application's; a missing file is our mistake."""
    for name in FONT_FILES:
        loaded = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))
        assert loaded >= 0, f"bundled font {name} cannot be loaded"
    font = application.font()
    font.setFamily(FONT_FAMILY)
    application.setFont(font)


def make_engine(glass: Glass, *, parent: QObject | None = None) -> QQmlApplicationEngine:
    """An engine with import path, pictures and theme set; one window has one engine.

    The theme is a singleton of the engine: two windows with different scales need two engines.
    """
    engine = QQmlApplicationEngine(parent)
    engine.addImportPath(str(QML))
    engine.addImageProvider("sign", SignPictures(RESOURCES / "icons"))
    engine.addImageProvider("qr", QrPictures())
    set_glass(engine, glass)
    return engine


def set_glass(engine: QQmlApplicationEngine, glass: Glass) -> None:
    """Give the engine's theme its scale and mode; also used to change night or text size live."""
    theme = engine.singletonInstance("Theme", "Theme")
    assert isinstance(theme, QObject), "the Theme module is not on the import path"
    theme.setProperty("pxPerMm", glass.px_per_mm)
    theme.setProperty("desk", glass.desk)
    theme.setProperty("night", glass.night)
    theme.setProperty("textScale", glass.text_scale)


def delete_now(*objects: QObject) -> None:
    """Delete these one after another, on the main thread, before this returns.

    `deleteLater` alone waits for an event loop that may never run again. And what nobody deletes
    Python's garbage collector may, on whichever thread it happens to run: a timer that dies on
    another thread than its own is still called by Qt, and the program ends.
    """
    for each in objects:
        each.deleteLater()
        QCoreApplication.sendPostedEvents(each, QEvent.Type.DeferredDelete)
