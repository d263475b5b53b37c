"""Puts one QML part in a window offscreen, touches it and reads it; knows no screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.ui.stage import Glass, delete_now, load_fonts, make_engine, px_per_mm

GLASS = Glass(px_per_mm(diagonal_inch=21.5, width_px=1080, height_px=1920))
DESK = Glass(px_per_mm(diagonal_inch=24, width_px=1920, height_px=1080), desk=True)

_WINDOW = """
import QtQuick
import Theme
import Parts
Window {{
    width: {width}; height: {height}; visible: true
    property list<string> heard: []
    function hear(what) {{ heard.push(what) }}
    {body}
}}
"""


@dataclass(frozen=True, slots=True)
class PartStage:
    """A window with one part; the part reports by `hear("word")`."""

    engine: QQmlApplicationEngine
    window: QQuickWindow

    def heard(self) -> list[str]:
        """The words that the part's signals have said, oldest first."""
        return list(self.window.property("heard"))

    def item(self, name: str) -> QQuickItem:
        """The item with this objectName."""
        found = self._find(self.window.contentItem(), name)
        assert found is not None, f"no item {name}"
        return found

    def theme(self, token: str) -> object:
        """The value of one token of the theme."""
        theme = self.engine.singletonInstance("Theme", "Theme")
        assert isinstance(theme, QObject)
        return theme.property(token)

    def centre(self, name: str) -> QPoint:
        """The middle of an item, in the window."""
        item = self.item(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()

    def touch(self, name: str) -> None:
        """Press and release in the middle of an item."""
        QTest.mouseClick(
            self.window,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            self.centre(name),
        )

    def _find(self, item: QQuickItem, name: str) -> QQuickItem | None:
        if item.objectName() == name:
            return item
        for child in item.childItems():
            if (found := self._find(child, name)) is not None:
                return found
        return None


@contextmanager
def shown(body: str, glass: Glass = GLASS) -> Iterator[PartStage]:
    """A window with this QML in it, closed and deleted at the end."""
    application = QGuiApplication.instance()
    assert isinstance(application, QGuiApplication)
    load_fonts(application)
    engine = make_engine(glass)
    width, height = (1920, 1080) if glass.desk else (1080, 1920)
    component = QQmlComponent(engine)
    text = _WINDOW.format(width=width, height=height, body=body)
    component.setData(text.encode(), "")
    window = component.create()
    assert isinstance(window, QQuickWindow), component.errorString()
    QTest.qWaitForWindowExposed(window)
    window.grabWindow()
    try:
        yield PartStage(engine, window)
    finally:
        window.close()
        delete_now(window, component, engine)
