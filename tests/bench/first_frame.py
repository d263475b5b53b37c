"""Starts `kiosk run` and notes when its first frame and its first page stand, and at what cost.

The program is the real one: only the two methods that are called at these instants are wrapped.
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow


def note(name: str) -> None:
    """Print an instant with the processor time and the resident memory so far."""
    with open("/proc/self/statm", encoding="ascii") as statm:
        pages = int(statm.read().split()[1])
    resident_mb = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    print(name, time.monotonic_ns(), time.process_time_ns(), resident_mb, flush=True)


def main() -> None:
    """Run until the site is at work, then end."""
    from kiosk.app import main as program
    from kiosk.app.first_frame import FirstFrame

    wait, close = FirstFrame._wait_for, FirstFrame.close

    def noted_wait(frame: FirstFrame, window: QQuickWindow) -> None:
        wait(frame, window)
        note("frame")

    def noted_close(frame: FirstFrame) -> None:
        note("page")
        FirstFrame.close = close  # type: ignore[method-assign]
        close(frame)
        QTimer.singleShot(0, first_frame_is_gone)

    def first_frame_is_gone() -> None:
        note("settled")
        watch.start(20)

    def look() -> None:
        if all(name in sys.modules for name in ("kiosk.app.wiring", "kiosk.services.handle")):
            note("at-work")  # the first command of a screen is being answered
            os._exit(0)

    watch = QTimer()
    watch.timeout.connect(look)
    FirstFrame._wait_for = noted_wait  # type: ignore[method-assign,assignment]
    FirstFrame.close = noted_close  # type: ignore[method-assign,assignment]
    program.main(sys.argv[1:])


if __name__ == "__main__":
    main()
