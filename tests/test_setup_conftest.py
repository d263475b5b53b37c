"""Proves that each check of tests/conftest.py fails a test that breaks it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py").read_text()

SAMPLES = """
import logging, os, threading
import hypothesis, structlog

kept_open = []
release = threading.Event()

def test_leaves_a_thread():
    threading.Thread(target=release.wait, name="left-thread", daemon=True).start()

def test_leaves_a_file(tmp_path):
    kept_open.append(os.open(tmp_path / "left-file", os.O_CREAT))

def test_leaves_a_terminal():
    kept_open.extend(os.openpty())

def test_leaves_a_timer(qapp):
    from PySide6.QtCore import QTimer
    kept_open.append(QTimer())

def test_leaves_a_window(qapp):
    from PySide6.QtGui import QWindow
    kept_open.append(QWindow())

def test_deletes_its_timer_later(qapp):
    from PySide6.QtCore import QTimer
    kept_open.append(QTimer())
    kept_open[-1].deleteLater()

def test_logs_a_warning():
    logging.getLogger("some").warning("loud-logging")

def test_logs_an_event():
    structlog.get_logger().error("loud.structlog")

def test_announces_what_never_comes(expect_log):
    expect_log("never.came", because="this sample waits in vain")

def test_hides_later_logs():
    structlog.configure(cache_logger_on_first_use=True)

def test_is_clean(expect_log, logged, capsys):
    expect_log("port.lost", because="this sample announces it")
    structlog.get_logger().warning("port.lost", lane="east")
    structlog.get_logger().info("car.entered")
    assert [event["event"] for event in logged] == ["port.lost", "car.entered"]
    assert capsys.readouterr().out == ""

def test_runs_in_the_known_world(qapp):
    assert type(qapp).__name__ == "QGuiApplication"
    assert qapp.platformName() == "offscreen"
    assert os.environ["QT_QUICK_BACKEND"] == "software"
    assert hypothesis.settings().derandomize and hypothesis.settings().deadline is None

def test_provokes_qt(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("loud-qt")

def test_warns():
    import warnings
    warnings.warn("loud-python")
"""

SETTINGS = """
[pytest]
filterwarnings = error
qt_api = pyside6
qt_log_level_fail = WARNING
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The short summary of a run of the samples in a process of its own."""
    import subprocess
    import sys

    folder = tmp_path_factory.mktemp("samples")
    (folder / "conftest.py").write_text(
        CONFTEST.replace("THREAD_END_LIMIT_S = 2.0", "THREAD_END_LIMIT_S = 0.05")
    )
    (folder / "test_samples.py").write_text(SAMPLES)
    (folder / "pytest.ini").write_text(SETTINGS)
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "COLUMNS": "200"}, capture_output=True, text=True
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("sample", "reason"),
    [
        ("ERROR test_samples.py::test_leaves_a_thread", "threads ['left-thread']"),
        ("ERROR test_samples.py::test_leaves_a_file", "left-file"),
        ("ERROR test_samples.py::test_leaves_a_terminal", "/dev/ptmx"),
        ("ERROR test_samples.py::test_leaves_a_timer", "objects of Qt ['QTimer']"),
        ("ERROR test_samples.py::test_leaves_a_window", "objects of Qt ['QWindow']"),
        ("ERROR test_samples.py::test_logs_a_warning", "loud-logging"),
        ("ERROR test_samples.py::test_logs_an_event", "loud.structlog"),
        ("ERROR test_samples.py::test_announces_what_never_comes", "log never came: never.came"),
        ("ERROR test_samples.py::test_hides_later_logs", "cache_logger_on_first_use"),
        ("FAILED test_samples.py::test_provokes_qt", "loud-qt"),
        ("FAILED test_samples.py::test_warns", "loud-python"),
    ],
)
def test_a_test_that_breaks_the_rule_fails(said: str, sample: str, reason: str) -> None:
    assert sample in said
    assert reason in said


@pytest.mark.parametrize(
    "sample", ["test_is_clean", "test_runs_in_the_known_world", "test_deletes_its_timer_later"]
)
def test_a_test_that_keeps_the_rules_passes(said: str, sample: str) -> None:
    assert f"PASSED test_samples.py::{sample}" in said
    assert f"ERROR test_samples.py::{sample}" not in said
