"""`kiosk run`: the windows first, then the site behind them; or the site without a screen.

The first page stands before the logs' library, the database and the ports are even imported
(performance.md, UI); the frame before it is first_frame.py's.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.clocks import SkippingClock
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.crash import forward_qt_messages, guard_against_bugs
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, IN_USE, INPUT, MISSING, REFUSED
from kiosk.app.places import Folders, folders_of
from kiosk.app.watchdog import Beat, ServiceManager, Watchdog, own_service_manager
from kiosk.domain.errors import Fault, SiteNotUp, StoreBusy
from kiosk.domain.ids import LaneName
from kiosk.services.commands import Command
from kiosk.services.events import Published
from kiosk.services.work import WorkThread

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQuick import QQuickWindow

    from hardware.escpos import Raster
    from kiosk.app.first_frame import FirstFrame
    from kiosk.app.windows import Which
    from kiosk.app.wiring import SiteAtWork

_log = logging.getLogger(__name__)
SIGNAL_LOOK_MS = 200
"""How long a signal may wait until it is seen."""


class SiteThread:
    """The work thread with a whole site on it: made there, used there, closed there."""

    def __init__(
        self,
        *,
        file: SiteFile,
        folders: Folders,
        publish: Callable[[Published], None],
        clock: SkippingClock,
        on_end: Callable[[], None],
        toy_speed: float = 1.0,
        to_raster: Callable[[str], Raster] | None = None,
        manager: ServiceManager | None = None,
    ) -> None:
        self._file = file
        self._folders = folders
        self._publish = publish
        self._clock = clock
        self._on_end = on_end
        self._toy_speed = toy_speed
        self._to_raster = to_raster
        self._beats = {"work": Beat()}
        self._watchdog = Watchdog(manager, beats=self.beats_at_s)
        self.site: SiteAtWork | None = None
        self.problem: Fault | ConfigError | None = None
        """Why the site could not come up."""
        self.has_crashed = False
        """A bug has ended the work thread: the process must end and start again."""
        self.is_started = False
        self.is_up = threading.Event()
        """Set when the site is at work, or has failed to come up."""
        self.work = WorkThread(
            handle=self._handle,
            on_tick=self._tick,
            on_fault=self._failed,
            on_crash=self._crashed,
            on_stop=self._close,
        )
        self.work.post(self._make)

    def start(self) -> None:
        """Load the database and the devices, on the work thread; once."""
        if not self.is_started:
            self.is_started = True
            self.work.start()

    def code_scanned(self, lane: LaneName, text: str) -> None:
        """A scanner that types like a keyboard has read a code; before the site is up, nothing."""
        if self.site is not None:
            self.site.code_scanned(lane, text)

    def stop(self) -> None:
        """Drain the queue, put the devices into their safe state, close the database."""
        self._watchdog.close()
        self.work.stop()

    def beat_of(self, part: str) -> Beat:
        """What one more part has to beat, or the watchdog ends us; asked for before the start."""
        return self._beats.setdefault(part, Beat())

    def beats_at_s(self) -> dict[str, float]:
        """When each part last was alive, by the monotonic clock: lanes, and what has beats."""
        lanes = self.site.devices.items() if self.site is not None else ()
        return {
            **{part: beat.at_s() for part, beat in self._beats.items()},
            **{f"lane:{name}": devices.runner.beat_at_s for name, devices in lanes},
        }

    def _make(self) -> None:
        from kiosk.app.wiring import SiteAtWork

        try:
            self.site = SiteAtWork(
                file=self._file,
                folders=self._folders,
                publish=self._publish,
                post=self.work.post,
                on_bug=self._crashed,
                clock=self._clock,
                toy_speed=self._toy_speed,
                to_raster=self._to_raster,
            )
        except (Fault, ConfigError) as problem:
            self.problem = problem
            self.is_up.set()
            self._on_end()
            return
        if self.site.one_time_pin is not None:
            print(
                f"One-time PIN of {self._file.desk.first_attendant}: {self.site.one_time_pin} "
                "(shown only now; the desk asks for an own one)",
                flush=True,
            )
        self._beats["work"].beat()
        self.is_up.set()
        self._watchdog.ready()

    def _handle(self, command: Command[object]) -> object:
        import structlog

        from kiosk.services.handle import handle

        if self.site is None:
            assert self.problem is not None, "commands come after the site is made"
            if isinstance(self.problem, Fault):
                raise self.problem
            raise SiteNotUp(str(self.problem))
        began_s = time.perf_counter()
        outcome = handle(self.site.core, command)
        structlog.get_logger(__name__).info(
            "command.answered",
            command=type(command).__name__,
            outcome=type(outcome).__name__,
            actor=command.actor.name,
            took_ms=round((time.perf_counter() - began_s) * 1000, 1),
        )
        return outcome

    def _tick(self) -> None:
        self._beats["work"].beat()
        if self.site is not None:
            self.site.tick()

    def _failed(self, fault: Fault) -> None:
        """Nothing was written; whoever waits may try again, and the desk sees what to do."""
        from kiosk.services.events import FaultRaised

        _log.error("command.failed code=%s", fault.code)
        self._publish(FaultRaised(fault.code, fault.remedy))

    def _crashed(self, error: BaseException) -> None:
        self.has_crashed = True
        _log.critical("program.failed", exc_info=error)
        self.is_up.set()
        self._on_end()

    def _close(self) -> None:
        if self.site is not None:
            self.site.close()


def run(
    *,
    site: Path,
    database: str | None,
    is_headless: bool,
    windows: Which,
    first_frame: FirstFrame | None,
) -> int:
    """Run a site until its windows are closed, or until a signal when there are none.

    `first_frame` is what the glass shows until then; None without a display.
    """
    file = read_site_file(site)
    folders = folders_of(database, site_number=file.site.number)
    if is_headless:
        return _run_headless(file, folders)
    if first_frame is None:
        print("kiosk run: no display here; use `kiosk tour` or --headless", file=sys.stderr)
        return MISSING
    return _run_windows(file, folders, windows, first_frame)


def _run_headless(file: SiteFile, folders: Folders) -> int:
    from kiosk.app.logs import start_logging

    start_logging()
    ended = threading.Event()
    site = SiteThread(
        file=file,
        folders=folders,
        publish=lambda _event: None,
        clock=SkippingClock(),
        on_end=ended.set,
        manager=own_service_manager(),
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    guard_against_bugs(ended.set)
    site.start()
    site.is_up.wait()
    if site.problem is None:
        print(f"{file.site.name} is at work without a screen; Ctrl+C ends it.", flush=True)
        ended.wait()
    site.stop()
    return _exit_code(site)


def _run_windows(file: SiteFile, folders: Folders, which: Which, first_frame: FirstFrame) -> int:
    from PySide6.QtCore import QMetaObject, Qt

    from kiosk.app.placing import Placing, rooms_of
    from kiosk.app.toys import Toys
    from kiosk.app.windows import Windows
    from kiosk.ui.bridge import Bridge
    from kiosk.ui.raster import paint_line
    from kiosk.ui.stage import delete_now, load_fonts

    forward_qt_messages()
    application = first_frame.application
    load_fonts(application)
    clock = SkippingClock()
    site: SiteThread

    def submit(command: Command[object], reply: Callable[[object], None]) -> bool:
        return site.work.submit(command, reply)

    bridge = Bridge(submit)

    def quit_later() -> None:
        QMetaObject.invokeMethod(application, "quit", Qt.ConnectionType.QueuedConnection)

    guard_against_bugs(quit_later)
    site = SiteThread(
        file=file,
        folders=folders,
        publish=bridge.publish,
        clock=clock,
        on_end=quit_later,
        to_raster=paint_line,
        manager=own_service_manager(),
    )
    opened = Windows(
        application,
        file=file,
        bridge=bridge,
        now=clock.now,
        which=which,
        placing=Placing(rooms_of(application.screens())),
        on_code=site.code_scanned,
    )

    _start_after(next(iter(opened.open.values())).window, first_frame, site)
    wake = _quit_on_signals(application, site.beat_of("screen"))
    toys = Toys(
        lambda: site.site if site.is_up.is_set() else None,
        application=application,
        file=file,
        clock=clock,
        windows=opened,
    )
    application.exec()
    wake.stop()
    toys.close()
    opened.close()
    site.stop()
    delete_now(bridge)
    return _exit_code(site)


def _start_after(first_page: QQuickWindow, first_frame: FirstFrame, site: SiteThread) -> None:
    """Begin the site's work once the first page stands in place of the first frame."""
    from PySide6.QtCore import QTimer

    def first_page_stands() -> None:
        first_page.frameSwapped.disconnect(first_page_stands)
        first_frame.close()
        QTimer.singleShot(0, start)

    def start() -> None:
        from kiosk.app.logs import start_logging

        start_logging()
        site.start()

    first_page.frameSwapped.connect(first_page_stands)


def _quit_on_signals(application: QGuiApplication, screen: Beat) -> QTimer:
    """End on SIGINT and SIGTERM; the timer lets Python see them, and beats while Qt is alive."""
    from PySide6.QtCore import QTimer

    signal.signal(signal.SIGINT, lambda *_: application.quit())
    signal.signal(signal.SIGTERM, lambda *_: application.quit())
    wake = QTimer(application)
    wake.timeout.connect(screen.beat)
    wake.start(SIGNAL_LOOK_MS)
    return wake


def _exit_code(site: SiteThread) -> int:
    if site.has_crashed:
        return REFUSED
    if site.problem is None:
        return DONE
    problem = site.problem
    if isinstance(problem, Fault):
        print(f"{problem.code}: {problem}. {problem.remedy}", file=sys.stderr)
        return IN_USE if isinstance(problem, StoreBusy) else REFUSED
    print(problem, file=sys.stderr)
    return INPUT
