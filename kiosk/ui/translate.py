"""Switches the language of drivers' screens and of the desk live; owns no text itself.

Qt has one translator for the whole process, but the attendant must not change language because a
driver did. A QML text carries the name of its file as context, so the files of the desk are told
apart from all others by that name.
"""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtQml import QQmlEngine

from kiosk.ui.format import Language
from kiosk.ui.stage import QML, RESOURCES

OWN_NAMES: dict[Language, str] = {"en": "English", "zh_CN": "简体中文"}
SOURCE_LANGUAGE: Language = "en"
_DESK_PARTS = frozenset({"DataTable", "LaneStrip"})


class Translations(QTranslator):
    """Installed once in the application; `speak` changes one side and repaints its engines."""

    def __init__(self, application: QCoreApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._desk_contexts = _DESK_PARTS | {path.stem for path in (QML / "Desk").glob("*.qml")}
        self._loaded = {language: _load(language, self) for language in OWN_NAMES}
        self._drivers: Language = SOURCE_LANGUAGE
        self._desk: Language = SOURCE_LANGUAGE
        application.installTranslator(self)

    def speak(self, language: Language, engines: list[QQmlEngine]) -> None:
        """Drivers' screens speak this language from now on; entries on them stay."""
        self._drivers = language
        for engine in engines:
            engine.retranslate()

    def speak_at_desk(self, language: Language, engines: list[QQmlEngine]) -> None:
        """The desk speaks this language from now on."""
        self._desk = language
        for engine in engines:
            engine.retranslate()

    def isEmpty(self) -> bool:  # noqa: N802
        """Never empty: Qt would not ask an empty translator."""
        return False

    def translate(
        self,
        context: str | bytes,
        sourceText: str | bytes,  # noqa: N803
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str:
        """The text in the language of the side that asks; empty means the source text itself."""
        at_desk = _text(context) in self._desk_contexts
        translator = self._loaded[self._desk if at_desk else self._drivers]
        found = translator.translate(_text(context), _text(sourceText), _text(disambiguation), n)
        return found or ""


def _text(value: str | bytes | None) -> str:
    return value.decode() if isinstance(value, bytes) else value or ""


def _load(language: Language, parent: QObject) -> QTranslator:
    translator = QTranslator(parent)
    if language != SOURCE_LANGUAGE:
        path = translation_file(language)
        assert translator.load(str(path)), f"translation {path.name} cannot be loaded"
    return translator


def translation_file(language: Language) -> Path:
    """The compiled translation of a language other than the source."""
    return RESOURCES / "i18n" / f"kiosk_{language}.qm"
