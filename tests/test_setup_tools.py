"""Proves that the checks of screens and of full coverage fail when they must."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.checks import check_qml_format
from tests.tools.lint_qml import lint
from tests.tools.perfect import check

PYTHON = '''
"""A view-model as kiosk/ui has them."""
from PySide6.QtCore import QAbstractListModel, QObject, Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

@QmlElement
@QmlUncreatable("made by Python")
class BoardScreen(Screen):
    changed = Signal()

    @Property(SpacesModel, constant=True)
    def spaces(self): ...

    @Property(str, notify=changed)
    def headline(self): ...

    @Slot(str)
    def choose(self, code): ...
'''
MODEL = '''
"""Stands in a later file than the screen that hands it out."""
from PySide6.QtCore import QAbstractListModel
from PySide6.QtQml import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

@QmlElement
@QmlUncreatable("made by Python")
class SpacesModel(QAbstractListModel):
    pass
'''
BASE = '''
"""A plain base in a file that names no QML module."""
from PySide6.QtCore import QObject, Slot

class Screen(QObject):
    @Slot()
    def leave(self): ...
'''
MAIN = """pragma ComponentBehavior: Bound

import QtQuick
import Theme

Window {
    id: root

    required property BoardScreen board

    color: Theme.ground

    ListView {
        model: root.board.spaces

        delegate: Text {
            required property string code

            text: code + root.board.headline

            TapHandler {
                onTapped: root.board.choose("")
                onLongPressed: root.board.leave()
            }
        }
    }
}
"""
THEME = """pragma Singleton

import QtQuick

QtObject {
    readonly property color ground: "white"
}
"""


def lint_main(tmp_path: Path, main: str) -> int:
    for folder, name, text in (("Kiosk", "Main", main), ("Theme", "Theme", THEME)):
        module = tmp_path / "qml" / folder
        module.mkdir(parents=True)
        (module / f"{name}.qml").write_text(text)
        kind = "singleton " if name == "Theme" else ""
        (module / "qmldir").write_text(f"module {folder}\n{kind}{name} 1.0 {name}.qml\n")
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "board.py").write_text(PYTHON)
    (tmp_path / "ui" / "screen.py").write_text(BASE)
    (tmp_path / "ui" / "spaces.py").write_text(MODEL)
    return lint(qml=tmp_path / "qml", python=tmp_path / "ui", out=tmp_path / "out")


def test_a_screen_that_uses_what_python_offers_passes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = lint_main(tmp_path, MAIN)
    assert (answer, capfd.readouterr().err) == (0, "")


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("board.headline", "board.headlin"),
        ("board.choose(", "board.chose("),
        ("board.spaces", "board.space"),
        ("board.leave(", "board.leav("),
        ("BoardScreen", "BordScreen"),
        ("Theme.ground", "Theme.grund"),
        ("import Theme", "import Them"),
        ("root.board.headline", "board.headline"),
        ("import QtQuick\n", "import QtQuick\nimport QtQuick.Layouts\n"),
    ],
)
def test_a_screen_that_asks_for_what_is_not_there_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], good: str, bad: str
) -> None:
    assert good in MAIN
    assert lint_main(tmp_path, MAIN.replace(good, bad)) != 0
    assert "Main.qml:" in capfd.readouterr().err


def test_a_screen_out_of_form_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    screens = tmp_path / "qml"
    screens.mkdir()
    (screens / "Good.qml").write_text(THEME)
    (screens / "Bad.qml").write_text(THEME.replace("    readonly", "  readonly"))
    assert check_qml_format(screens, tmp_path / "scratch") == 1
    assert "qml/Bad.qml" in capfd.readouterr().out
    (screens / "Bad.qml").write_text(THEME)
    assert check_qml_format(screens, tmp_path / "scratch") == 0


HALF = """def half(minor: int) -> int:
    if minor < 0:
        raise ValueError
    return minor // 2
"""
TEST_OF_HALF = """import rules, pytest
def test_half():
    assert rules.half(4) == 2
"""
TEST_OF_THE_REST = """    with pytest.raises(ValueError):
        rules.half(-1)
"""


@pytest.mark.parametrize(
    ("test", "modules", "answer"),
    [
        (TEST_OF_HALF + TEST_OF_THE_REST, ("rules.py",), 0),
        (TEST_OF_HALF, ("rules.py",), 1),
        (TEST_OF_HALF + TEST_OF_THE_REST, ("rules.py", "absent.py"), 1),
        (TEST_OF_HALF + TEST_OF_THE_REST, ("rules.py", "never_imported.py"), 1),
        ("def test_fails():\n    import rules\n    assert not rules\n", ("rules.py",), 1),
    ],
    ids=["covered", "branch left", "absent", "never imported", "failing test"],
)
def test_only_full_coverage_is_perfect(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    test: str,
    modules: tuple[str, ...],
    answer: int,
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the sample needs none of them
    (tmp_path / "rules.py").write_text(HALF)
    (tmp_path / "never_imported.py").write_text(HALF)
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\npythonpath = ['.']\n")
    (tmp_path / "test_rules.py").write_text(test)
    data = tmp_path / "out" / "data"
    assert check(root=tmp_path, modules=modules, tests=("test_*.py",), data=data) == answer


def test_a_perfect_list_without_tests_is_not_perfect(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rules.py").write_text(HALF)
    data = tmp_path / "out" / "data"
    assert check(root=tmp_path, modules=("rules.py",), tests=("none_*.py",), data=data) == 1
    assert "missing none_*.py" in capsys.readouterr().out
