"""Proves that the layers have teeth, and holds the shape of the code that no other tool knows."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent

MODULE_LINES = 400
FUNCTION_LINES = 60
CODE = ("kiosk", "hardware", "db", "tests")

# The rules answer the same for the same input: nothing here may ask the world.
NOT_FOR_RULES = {
    "asyncio", "http", "io", "logging", "multiprocessing", "os", "pathlib", "pickle", "queue",
    "random", "secrets", "select", "shutil", "socket", "sqlite3", "subprocess", "sys", "tempfile",
    "threading", "time", "urllib",
}  # fmt: skip

BREACHES = {
    "Imports go down only; siblings never import one another": (
        "kiosk/domain/money.py", "import kiosk.services.reserve"),
    "No circles inside a layer": ("kiosk/services/reserve.py", "import kiosk.services.cancel"),
    "Qt only in kiosk.ui and kiosk.app": ("kiosk/services/cancel.py",
        "import PySide6.QtCore\nimport kiosk.services.reserve"),
    "The database driver only in db": ("kiosk/app/main.py", "import peewee"),
    "Serial lines only in hardware": ("db/store.py", "import serial\nimport hardware.lane"),
    "HTTP only in kiosk.payments": ("kiosk/ui/screens.py", "import urllib3"),
    "hardware imports nothing of ours": ("hardware/lane.py", "import kiosk.domain.money"),
    "domain: the standard library only": ("kiosk/domain/tariff.py", "import pydantic"),
}  # fmt: skip
PACKAGES = ("kiosk/app", "kiosk/ui", "kiosk/services", "kiosk/payments", "kiosk/domain")


def lint_imports(tree: Path) -> str:
    done = subprocess.run(
        [str(BIN / "lint-imports"), "--no-cache", "--no-logo"],
        cwd=tree, env={**os.environ, "COLUMNS": "200"}, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout + done.stderr


def make_tree(tree: Path) -> None:
    (tree / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    for package in ("kiosk", "hardware", "db", *PACKAGES):
        (tree / package).mkdir(parents=True, exist_ok=True)
        (tree / package / "__init__.py").touch()


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What lint-imports says of a tree that breaks every contract at once."""
    tree = tmp_path_factory.mktemp("breaches")
    make_tree(tree)
    for file, text in BREACHES.values():
        (tree / file).write_text(text + "\n")
    return lint_imports(tree)


@pytest.mark.parametrize("contract", sorted(BREACHES))
def test_a_breach_of_a_contract_is_found(verdicts: str, contract: str) -> None:
    assert f"{contract} BROKEN" in verdicts


def test_a_tree_without_a_breach_keeps_every_contract(tmp_path: Path) -> None:
    make_tree(tmp_path)
    assert f"{len(BREACHES)} kept, 0 broken" in lint_imports(tmp_path)


def imported(source: str) -> set[str]:
    """Full names of the modules that a source imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def forbidden_to_rules(names: set[str]) -> set[str]:
    allowed = sys.stdlib_module_names - NOT_FOR_RULES
    foreign = {name for name in names if name.partition(".")[0] not in allowed}
    return {name for name in foreign if not name.startswith("kiosk.domain")}


def test_the_rules_import_only_what_cannot_ask_the_world() -> None:
    rules = sorted((ROOT / "kiosk/domain").glob("*.py"))
    found = {rule.name: forbidden_to_rules(imported(rule.read_text())) for rule in rules}
    assert {name: names for name, names in found.items() if names} == {
        "evidence.py": {"msgspec"},  # canonical bytes at every commit: decision 0013
        "recurrence.py": {"dateutil.rrule"},  # pure rules of calendars: decision 0010
    }


@pytest.mark.parametrize("line", ["import time", "from os import path", "import attr"])
def test_a_rule_that_asks_the_world_is_found(line: str) -> None:
    assert forbidden_to_rules(imported(line))


def sources() -> Iterator[Path]:
    yield ROOT / "bootstrap.py"
    for folder in CODE:
        yield from sorted((ROOT / folder).rglob("*.py"))


def long_functions(source: str) -> list[str]:
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    texts = [*sources(), *sorted((ROOT / "resources").rglob("*.qml"))]
    lengths = {str(s.relative_to(ROOT)): len(s.read_text().splitlines()) for s in texts}
    assert {name: length for name, length in lengths.items() if length > MODULE_LINES} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    found = {str(s.relative_to(ROOT)): long_functions(s.read_text()) for s in sources()}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_a_long_function_is_found() -> None:
    assert long_functions("def long():\n" + "    pass\n" * FUNCTION_LINES) == ["long"]


def sleeps(source: str) -> bool:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(
        (isinstance(call, ast.Attribute) and call.attr == "sleep")
        or (isinstance(call, ast.Name) and call.id == "sleep")
        for call in calls
    )


def test_no_test_sleeps() -> None:
    slow = {"bench", "torture"}
    tests = [s for s in (ROOT / "tests").rglob("*.py") if not slow.intersection(s.parts)]
    assert [str(test.relative_to(ROOT)) for test in tests if sleeps(test.read_text())] == []


@pytest.mark.parametrize(
    ("call", "is_found"), [("time.{}(1)", True), ("{}(1)", True), ("clock.wait({})", False)]
)
def test_a_test_that_sleeps_is_found(call: str, is_found: bool) -> None:
    """The sources are only read: nothing of them is run, and nothing waits here."""
    assert sleeps(call.format("sleep")) is is_found
