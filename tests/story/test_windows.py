"""The windows of a site open and close together; Qt's warnings fail these tests by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import get_args

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.main import SITES
from kiosk.app.scanner_table import KEYBOARD, ScannerTable
from kiosk.app.windows import Which, Windows
from kiosk.domain.search_outcomes import AreasShown
from kiosk.services.commands import Command
from kiosk.ui.bridge import Bridge
from kiosk.ui.stage import delete_now, load_fonts
from tests.ui.taking_down import with_a_type_of_their_own

NOW = datetime(2026, 6, 9, 7, 12, tzinfo=UTC)
SHOWN: dict[Which, set[str]] = {
    "all": {"entry", "exit", "desk"},
    "drivers": {"entry", "exit"},
    "desk": {"desk"},
}


def open_windows(application: QGuiApplication, bridge: Bridge, which: Which) -> Windows:
    """Windows of the demo site whose core is whatever stands behind the bridge."""
    load_fonts(application)
    file = read_site_file(SITES / "demo.toml")
    return Windows(application, file=file, bridge=bridge, now=lambda: NOW, which=which)


@pytest.mark.parametrize("which", get_args(Which))
def test_windows_open_and_close_without_a_warning(qapp: QGuiApplication, which: Which) -> None:
    bridge = Bridge(lambda command, reply: True)
    windows = open_windows(qapp, bridge, which)
    opened = {name: each.window for name, each in windows.open.items()}
    assert set(opened) == SHOWN[which]
    assert not any(window.grabWindow().isNull() for window in opened.values())
    assert with_a_type_of_their_own(windows) == []
    windows.close()
    assert windows.open == {}
    delete_now(bridge)


def test_an_answer_that_comes_after_the_windows_reaches_nobody(qapp: QGuiApplication) -> None:
    replies: list[Callable[[object], None]] = []

    def submit(command: Command[object], reply: Callable[[object], None]) -> bool:
        replies.append(reply)
        return True

    bridge = Bridge(submit)
    windows = open_windows(qapp, bridge, "drivers")
    assert replies, "the entry screen asks what is idle as soon as it opens"
    windows.close()
    del windows
    replies[0](AreasShown(areas=(), at=NOW))
    qapp.processEvents()
    delete_now(bridge)


def with_keyboard(file: SiteFile) -> SiteFile:
    """The same site with a scanner at its entry that types."""
    keyboard = ScannerTable(port=KEYBOARD)
    entry, *others = file.lane
    return file.model_copy(
        update={"lane": (entry.model_copy(update={"scanner": keyboard}), *others)}
    )


@pytest.mark.parametrize("is_keyboard", [True, False])
def test_keys_of_a_scanner_are_a_code_only_where_the_site_says_so(
    qapp: QGuiApplication, is_keyboard: bool
) -> None:
    codes: list[tuple[str, str]] = []
    bridge = Bridge(lambda command, reply: True)
    load_fonts(qapp)
    file = read_site_file(SITES / "demo.toml")
    windows = Windows(
        qapp,
        file=with_keyboard(file) if is_keyboard else file,
        bridge=bridge,
        now=lambda: NOW,
        which="drivers",
        on_code=lambda lane, code: codes.append((lane, code)),
    )
    for lane in ("entry", "exit"):
        window = windows.open[lane].window
        for number, letter in enumerate("SP1.ABC123\r"):
            key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter))
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
                event.setTimestamp(1000 + 5 * number)
                QCoreApplication.sendEvent(window, event)
    windows.close()
    delete_now(bridge)

    assert codes == ([("entry", "SP1.ABC123")] if is_keyboard else [])
