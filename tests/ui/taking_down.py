"""Takes what a test has put on the glass down, in the order that Qt wants."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QWindow
from PySide6.QtQml import QQmlApplicationEngine

from kiosk.ui.stage import delete_now

OWN_META_OBJECT = "__METAOBJECT__"
"""Where PySide keeps it in an object."""


def take_down(home: QObject, engine: QQmlApplicationEngine | None = None) -> None:
    """The window first, then its engine, then the view-models, none of which is a type by itself.

    `home` is the view-models' parent.
    """
    strange = with_a_type_of_their_own(home)
    if engine is not None:
        for window in engine.rootObjects():
            assert isinstance(window, QWindow)
            window.close()
        delete_now(engine)
    delete_now(home)
    assert not strange, f"a signal is connected to a method of theirs that is no slot: {strange}"


def with_a_type_of_their_own(home: QObject) -> list[str]:
    """The classes of view-models below `home` whose meta-object is not that of their class.

    A signal that is connected to a method without `@Slot` gives that one object a meta-object,
    which dies with it. QML remembers properties by a meta-object's address, and longer than it
    lives: what is given the same address next, all its properties read as undefined.
    """
    known = home.findChildren(QObject)
    return sorted(type(each).__name__ for each in known if OWN_META_OBJECT in vars(each))
