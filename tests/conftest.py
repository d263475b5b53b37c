"""Makes each test run in one known world and fail when it leaves something behind.

It asserts nothing about parking. Before Qt is imported: no display, the software renderer, one
style, one locale. The machine's zone is neither UTC nor that of any site, so that code which
forgets to say which zone it means is caught. Around each test: no thread and no file stays open,
no object of Qt lives on, no unexpected warning is logged.
"""

from __future__ import annotations

import ctypes.util
import gc
import importlib.util
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QT_QUICK_CONTROLS_STYLE"] = "Basic"
os.environ["QML_DISABLE_DISK_CACHE"] = "1"
os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"
os.environ["TZ"] = "Asia/Kathmandu"  # UTC+05:45
time.tzset()

import hypothesis
import pytest
import structlog

from kiosk.app.qt_import import import_qt

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QGuiApplication

pytest_plugins = ["pytester"]

import_qt()  # as the product does

hypothesis.settings.register_profile(
    "house", derandomize=True, deadline=None, database=None, max_examples=60
)
hypothesis.settings.load_profile("house")

THREAD_END_LIMIT_S = 2.0
"""How long a thread that was told to stop may take before it counts as left behind."""

# What Qt and the C library keep open once first used; it is theirs, and it does not grow.
KEPT_OPEN = ("anon_inode:", "/memfd:", "/dev/null", "/dev/urandom", "/dev/dri", "/usr/share/")

LoggedEvent = MutableMapping[str, Any]
ExpectLog = Callable[..., None]


@dataclass
class LogWatch:
    """What one test logged, and which warnings it announced."""

    events: list[LoggedEvent] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)

    def record(self, _logger: object, level: str, event: LoggedEvent) -> NoReturn:
        """The only structlog processor of the tests: keep the event, print nothing."""
        self.events.append({**event, "log_level": "error" if level == "exception" else level})
        raise structlog.DropEvent

    def faults(self) -> list[str]:
        """One line per warning that nobody announced and per announced one that never came."""
        loud = [e for e in self.events if e["log_level"] in ("warning", "error", "critical")]
        seen = {str(event["event"]) for event in loud}
        lines = [f"unexpected log: {e}" for e in loud if str(e["event"]) not in self.expected]
        return lines + [f"expected log never came: {name}" for name in self.expected - seen]


class _WatchHandler(logging.Handler):
    """Brings records of the standard library's logging into the same list."""

    def __init__(self, watch: LogWatch) -> None:
        super().__init__(logging.WARNING)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        event: LoggedEvent = {"event": record.getMessage(), "logger": record.name}
        self._watch.events.append({**event, "log_level": record.levelname.lower()})


# Where .ci/run puts peers that are packages of Node.js.
NODE_PEERS = Path(__file__).resolve().parents[1] / "out" / "peers" / "node_modules"
# Peers that are libraries of the system, and the name by which the linker knows them.
LIBRARY_PEERS = {"libmodbus": "modbus"}
_missing_peers: set[str] = set()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark slow tests by their folder, and leave out those whose peer program is not installed."""
    for item in items:
        for slow in {"bench", "torture"}.intersection(item.path.parts):
            item.add_marker(slow)
    for item in items[:]:
        for peer in item.iter_markers("peer"):
            if not _is_installed(peer.args[0]):
                _missing_peers.add(peer.args[0])
                config.hook.pytest_deselected(items=[item])
                items.remove(item)


def _is_installed(peer: str) -> bool:
    if peer in LIBRARY_PEERS:
        return ctypes.util.find_library(LIBRARY_PEERS[peer]) is not None
    is_of_node = (NODE_PEERS / peer).is_dir() and shutil.which("node") is not None
    is_of_python = importlib.util.find_spec(peer) is not None
    return is_of_node or is_of_python or shutil.which(peer) is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name in sorted(_missing_peers):
        terminalreporter.write_line(f"left out, because {name} is not installed")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    """QtWidgets is never loaded by the product, so the tests' application is a plain one."""
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    threads_before = set(threading.enumerate())
    files_before = _open_files()
    objects_before = {id(each) for each in _qt_objects()}
    yield
    left = _threads_left(threads_before)
    objects = _qt_objects_left(objects_before)
    files = _files_left(files_before)
    if left or files or objects:
        pytest.fail(
            f"left behind: threads {left}, open files {files}, objects of Qt {objects}",
            pytrace=False,
        )


@pytest.fixture(autouse=True)
def _log_watch() -> Iterator[LogWatch]:
    """Fail on warnings that the test did not announce with `expect_log`."""
    watch = LogWatch()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    handler = _WatchHandler(watch)
    root.addHandler(handler)
    structlog.reset_defaults()
    structlog.configure(processors=[watch.record], cache_logger_on_first_use=False)
    yield watch
    is_cached = structlog.get_config()["cache_logger_on_first_use"]
    structlog.reset_defaults()
    root.handlers[:] = [kept for kept in handlers if kept is not handler]
    root.setLevel(level)
    faults = watch.faults()
    if is_cached:
        faults.append("cache_logger_on_first_use hides the logs of every later test")
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


@pytest.fixture
def expect_log(_log_watch: LogWatch) -> ExpectLog:
    """Announce one warning or error by its event name, with the reason; it must then come.

    `expect_log("port.lost", because="the board is unplugged here")`
    """

    def announce(event: str, *, because: str) -> None:
        assert because.strip(), "say why this log is right here"
        _log_watch.expected.add(event)

    return announce


@pytest.fixture
def logged(_log_watch: LogWatch) -> list[LoggedEvent]:
    """The events logged so far, oldest first, each with `event` and `log_level`."""
    return _log_watch.events


def _threads_left(before: set[threading.Thread]) -> list[str]:
    """Names of threads younger than the test that do not end by themselves."""
    left: list[str] = []
    for thread in set(threading.enumerate()) - before:
        if isinstance(thread, threading._DummyThread):
            continue  # a Qt thread that called into Python; Qt ends it
        thread.join(THREAD_END_LIMIT_S)
        if thread.is_alive():
            left.append(thread.name)
    return sorted(left)


def _open_files() -> dict[str, str]:
    """Number and target of each open file of this process; empty off Linux."""
    if sys.platform != "linux":
        return {}
    files: dict[str, str] = {}
    for number in os.listdir("/proc/self/fd"):
        try:
            files[number] = os.readlink(f"/proc/self/fd/{number}")
        except FileNotFoundError:
            continue  # the listing's own file, closed since
    return files


def _files_left(before: dict[str, str]) -> list[str]:
    """Targets opened since `before` and still open, apart from what Qt keeps."""
    if _files_added(before):
        gc.collect()  # an object in a circle closes its file only now
    return _files_added(before)


def _files_added(before: dict[str, str]) -> list[str]:
    now = _open_files()
    added = [target for number, target in now.items() if before.get(number) != target]
    return sorted(target for target in added if not target.startswith(KEPT_OPEN))


def _qt_objects() -> list[QObject]:
    """Every object of Qt that Python knows, and every window; none without an application."""
    from PySide6.QtCore import QCoreApplication, QObject
    from PySide6.QtGui import QGuiApplication
    from shiboken6 import Shiboken

    application = QCoreApplication.instance()
    if application is None:
        return []
    windows = QGuiApplication.allWindows()  # Python knows them from now on
    known = [each for each in Shiboken.getAllValidWrappers() if isinstance(each, QObject)]
    return [each for each in (*windows, *known) if each is not application]


def _qt_objects_left(before: set[int]) -> list[str]:
    """Classes of the objects younger than the test that nobody has deleted.

    Whatever lives on is deleted by Python's garbage collector, on the thread where that happens
    to run: a timer of the main thread stays known to Qt there, which calls it, and all tests end.
    """
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = {id(each): type(each).__name__ for each in _qt_objects() if id(each) not in before}
    return sorted(left.values())
