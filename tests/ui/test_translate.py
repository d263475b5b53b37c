"""Languages switch live, drivers and desk apart; translations are current and complete."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from kiosk.ui.stage import RESOURCES
from kiosk.ui.translate import Translations
from tests.ui.part_stage import shown


@pytest.fixture
def translations(qapp: QGuiApplication) -> Iterator[Translations]:
    home = QObject()
    made = Translations(qapp, home)
    yield made
    made.speak("en", [])
    made.speak_at_desk("en", [])
    home.deleteLater()


def test_rule_14_a_screen_changes_language_and_keeps_its_entries(
    translations: Translations,
) -> None:
    body = """HelpButton {} PlateField { objectName: 'field'; plate: 'MPK204' }"""
    with shown(body) as stage:
        translations.speak("zh_CN", [stage.engine])
        assert stage.item("help").property("label") == "帮助"
        assert stage.item("field").property("plate") == "MPK204"
        translations.speak("en", [stage.engine])
        assert stage.item("help").property("label") == "Help"


def test_the_desk_keeps_its_language_when_a_driver_changes(translations: Translations) -> None:
    translations.speak("zh_CN", [])
    assert QCoreApplication.translate("DataTable", "Filter") == "Filter"
    translations.speak_at_desk("zh_CN", [])
    translations.speak("en", [])
    assert QCoreApplication.translate("DataTable", "Filter") == "筛选"
    assert QCoreApplication.translate("HelpButton", "Help") == "Help"


def test_no_translation_is_missing_unfinished_or_stale() -> None:
    script = RESOURCES / "i18n" / "update.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
