"""Switches the language of drivers' screens, desk and toy window live; owns no text itself.

Qt has one list of translators for the whole process, but the attendant must not change language
because a driver did: each language is compiled by context into a file for each side.
The translators are Qt's own. One written in Python was seen to stop the program for good: QML's
loader thread asked it, and waited for the interpreter that the main thread kept while it waited.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtQml import QQmlEngine

from kiosk.ui.format import Language
from kiosk.ui.stage import RESOURCES

OWN_NAMES: dict[Language, str] = {"en": "English", "zh_CN": "简体中文"}
SOURCE_LANGUAGE: Language = "en"

Side = Literal["drivers", "desk", "toy"]


class Translations:
    """Made once for the application; `speak` changes one side and repaints its engines."""

    def __init__(self, application: QCoreApplication, parent: QObject) -> None:
        self._application = application
        self._parent = parent
        self._installed: dict[Side, QTranslator] = {}

    def speak(self, language: Language, engines: Sequence[QQmlEngine]) -> None:
        """Drivers' screens speak this language from now on; entries on them stay."""
        self._switch("drivers", language, engines)

    def speak_at_desk(self, language: Language, engines: Sequence[QQmlEngine]) -> None:
        """The desk speaks this language from now on."""
        self._switch("desk", language, engines)

    def speak_in_toys(self, language: Language, engines: Sequence[QQmlEngine]) -> None:
        """The toy window of a simulated site speaks this language from now on."""
        self._switch("toy", language, engines)

    def _switch(self, side: Side, language: Language, engines: Sequence[QQmlEngine]) -> None:
        before = self._installed.pop(side, None)
        if before is not None:
            self._application.removeTranslator(before)
            before.deleteLater()
        if language != SOURCE_LANGUAGE:
            self._installed[side] = self._install(side, language)
        for engine in engines:
            engine.retranslate()

    def _install(self, side: Side, language: Language) -> QTranslator:
        translator = QTranslator(self._parent)
        path = translation_file(language, side)
        assert translator.load(str(path)), f"translation {path.name} cannot be loaded"
        self._application.installTranslator(translator)
        return translator


def translation_file(language: Language, side: Side) -> Path:
    """The compiled translation of one side in a language other than the source."""
    return RESOURCES / "i18n" / f"{side}_{language}.qm"
