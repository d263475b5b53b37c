"""What a test takes down is asked whether QML could have mistaken it for something dead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from tests.ui.taking_down import take_down


class Bell(QObject):
    """Rings itself."""

    rung = Signal()

    @Slot()
    def ring(self) -> None:
        """A slot of the class."""

    def swing(self) -> None:
        """A method that Qt knows nothing of until somebody connects it."""


def test_a_view_model_with_a_plain_method_connected_is_found(
    qapp: QGuiApplication,
) -> None:
    home = QObject()
    bell = Bell(home)
    bell.rung.connect(bell.swing)
    with pytest.raises(AssertionError, match="Bell"):
        take_down(home)


def test_a_view_model_with_slots_connected_is_good(qapp: QGuiApplication) -> None:
    home = QObject()
    bell = Bell(home)
    bell.rung.connect(bell.ring)
    take_down(home)
