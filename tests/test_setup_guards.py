"""Holds what may enter the product: the Qt that does not crash, licences, locked packages."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
OWN_NAME = "sharedpark-kiosk"

EMIT = """
import sys
from PySide6.QtCore import QObject, Signal, Slot

class Bell(QObject):
    rung = Signal()
    turned = Signal(bool)

    @Slot()
    def ring(self):
        return None

    @Slot(bool, result=bool)
    def turn(self, on):
        return on

bell = Bell()
bell.rung.connect(bell.ring)
bell.turned.connect(bell.turn)
before = sys.getrefcount(True), sys.getrefcount(False), sys.getrefcount(None)
for _ in range(20_000):
    bell.rung.emit()
    bell.turned.emit(True)
    bell.turned.emit(False)
after = sys.getrefcount(True), sys.getrefcount(False), sys.getrefcount(None)
print(max(abs(a - b) for a, b in zip(before, after)))
"""

READ_AGAIN = """
import linecache
from kiosk.app.qt_import import import_qt

import_qt()
import kiosk.app.windows
print(sum("kiosk" in name for name in linecache.cache))
"""

ALLOWED_LICENCES = {
    "MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "BSD 2-Clause License",
    "BSD License", "Apache-2.0", "Apache 2.0", "Apache Software License", "MIT License", "PSF-2.0",
    "MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)", "LGPL-3.0-only", "LGPL-2.1-only", "Zlib",
    "zlib", "Artistic License",
}  # fmt: skip
READ_BY_HAND = {
    "peewee": "MIT License",  # no field in its metadata; its LICENSE file, docs/decisions/0002
    "pysqlite3": "zlib",  # likewise
    "pypdfium2": "BSD-3-Clause",  # or Apache-2.0, and what PDFium carries; tests alone
}

GPL_QT = ("Charts", "DataVisualization", "Graphs", "VirtualKeyboard", "Quick3D", "HttpServer")


def locked() -> list[dict[str, Any]]:
    return [package for package in LOCK["package"] if package["name"] != OWN_NAME]


def test_twenty_thousand_emissions_lose_no_reference_to_true_or_none() -> None:
    done = subprocess.run([sys.executable, "-c", EMIT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 100


def test_qt_does_not_keep_the_source_of_what_is_imported_after_it() -> None:
    done = subprocess.run([sys.executable, "-c", READ_AGAIN], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == 0


def test_qt_is_never_locked_at_the_first_release_of_a_series() -> None:
    qt = [p for p in locked() if p["name"].startswith(("pyside6", "shiboken6"))]
    assert {package["version"] for package in qt} == {"6.11.3"}
    assert not [package for package in qt if package["version"].endswith(".0")]


def test_the_lock_names_no_index_but_the_public_default() -> None:
    addresses = re.findall(r'"((?:https?|file)://[^"]+)"', (ROOT / "uv.lock").read_text())
    hosts = {address.split("/")[2] for address in addresses}
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    assert "://" not in (ROOT / "requirements.txt").read_text()


def test_requirements_txt_is_the_lock_told_to_pip() -> None:
    text = (ROOT / "requirements.txt").read_text().replace("\\\n", " ")
    told = {
        line.split("==")[0]: (line.split("==")[1].split()[0], set(re.findall(r"sha256:\w+", line)))
        for line in text.splitlines()
    }
    meant = {
        package["name"]: (
            package["version"],
            {
                file["hash"]
                for file in [*package.get("wheels", []), package.get("sdist", {})]
                if file
            },
        )
        for package in locked()
    }
    assert told == meant, "run `make lock`"


def test_the_test_extra_equals_the_dev_group() -> None:
    assert (
        PROJECT["project"]["optional-dependencies"]["test"] == PROJECT["dependency-groups"]["dev"]
    )


def test_every_direct_dependency_is_pinned_to_one_version() -> None:
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    assert not [name for name in wanted if not re.fullmatch(r"[\w-]+==[\w.]+( ;.*|;.*)?", name)]


def test_the_decision_on_dependencies_names_each_direct_one() -> None:
    record = (ROOT / "docs/decisions/0002-dependencies.md").read_text()
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    pins = [name.split(";")[0].strip().split("==") for name in wanted]
    assert not [pin for pin in pins if f"| {pin[0]} | {pin[1]} |" not in record]


def test_every_installed_package_has_an_allowed_licence() -> None:
    names = {package["name"] for package in locked()}
    strangers = {
        installed.name: licences_of(installed)
        for installed in metadata.distributions()
        if normal(installed.name) in names and not is_allowed(installed)
    }
    assert strangers == {}


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "Proprietary", ""])
def test_a_licence_outside_the_list_is_refused(licence: str) -> None:
    assert not is_allowed_text(licence)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licences_of(installed: metadata.Distribution) -> list[str]:
    """What the package says of itself: the first of expression, short text and classifiers."""
    fields = installed.metadata
    expression, text = (
        (fields.get_all(key) or [""])[0] for key in ("License-Expression", "License")
    )
    short = text.strip()
    classified = [
        c.rsplit(" :: ", 1)[1] for c in fields.get_all("Classifier") or [] if "License" in c
    ]
    by_hand = READ_BY_HAND.get(normal(installed.name))
    for found in (by_hand, expression, short if len(short) < 60 else ""):
        if found:
            return [found]
    return classified


def is_allowed(installed: metadata.Distribution) -> bool:
    found = licences_of(installed)
    return bool(found) and all(is_allowed_text(text) for text in found)


def is_allowed_text(expression: str) -> bool:
    """One allowed choice of an OR is enough; of an AND each part must be allowed."""
    if expression in ALLOWED_LICENCES:
        return True
    choices = [choice.split(" AND ") for choice in expression.split(" OR ")]
    return any(all(p.strip(" ()") in ALLOWED_LICENCES for p in parts) for parts in choices)


@pytest.mark.parametrize("module", ["QtWidgets", *(f"Qt{name}" for name in GPL_QT)])
def test_ruff_refuses_a_forbidden_qt_module(module: str) -> None:
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--no-cache"]
    sample = f"from PySide6.{module} import Anything\n"
    done = subprocess.run(
        [*command, "--stdin-filename", "kiosk/ui/sample.py", "-"],
        cwd=ROOT, input=sample, capture_output=True, text=True,
    )  # fmt: skip
    assert "TID251" in done.stdout
    assert done.returncode == 1


def test_no_screen_imports_a_gpl_module_of_qt() -> None:
    words = re.compile(rf"^\s*import Qt(Quick\.)?({'|'.join(GPL_QT)}|WebEngine|WebView)\b", re.M)
    assert words.search("import QtCharts")
    assert words.search("import QtQuick.VirtualKeyboard 2.0")
    screens = sorted((ROOT / "resources").rglob("*.qml"))
    assert not [screen for screen in screens if words.search(screen.read_text())]


def test_the_program_loads_no_widgets() -> None:
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for folder in ("kiosk/ui", "kiosk/app")
        for path in (ROOT / folder).rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py")
    )
    load = f"import importlib, sys\nfor m in {modules}: importlib.import_module(m)\n"
    look = "print([m for m in sys.modules if m.startswith('PySide6.QtWidgets')])"
    done = subprocess.run(
        [sys.executable, "-c", load + look], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr
