"""`kiosk tour`: the story by real touches and real serial bytes, offscreen, kept in pictures.

It opens the windows and the site exactly as `kiosk run` does; only the devices behind the ptys
are simulated, and the clock can be skipped. What is played stands in tour_story.py.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.app.clocks import SkippingClock
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.logs import start_logging
from kiosk.app.places import Folders, folders_of
from kiosk.app.run import SiteThread
from kiosk.domain.money import Money
from kiosk.services.show_desk import money_by_party

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QGuiApplication

    from kiosk.app.tour_drivers import TourLane
    from kiosk.app.tour_report import TourReport
    from kiosk.app.tour_stage import TourStage
    from kiosk.app.windows import Windows
    from kiosk.app.wiring import SiteAtWork
    from kiosk.domain.ids import LaneName
    from kiosk.services.commands import Command
    from kiosk.services.views import PartyMoney
    from kiosk.ui.bridge import Bridge

STARTS_LOCAL = datetime(2026, 6, 9, 9, 12)  # noqa: DTZ001 - a Tuesday on the site's own clocks
"""Always the same morning, so that the pictures look the same at any hour."""
TOY_SPEED = 5.0
"""Cars and barriers are this much faster than real ones; lane, ports and screens are not."""


@dataclass(frozen=True, slots=True)
class _Books:
    """The books at the end of the tour."""

    money: tuple[PartyMoney, ...]
    ledger_sum: Money


def tour(
    *, site: Path, database: str | None, folder: Path, readme_pictures: Path | None = None
) -> int:
    """Play the story and keep its pictures in `folder`; 1 when a step does not happen."""
    file = read_site_file(site)
    problem = _why_unfit(file)
    if problem is not None:
        print(f"kiosk tour: {site}: {problem}", file=sys.stderr)
        return INPUT
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"kiosk tour: --out {folder}: {error.strerror}", file=sys.stderr)
        return INPUT
    if database is None:
        with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as home:
            folders = Folders(Path(home) / "site.db")
            return _play(file, folders, folder=folder, readme_pictures=readme_pictures)
    folders = folders_of(database, site_number=file.site.number)
    if folders.database.exists():
        print(
            f"kiosk tour: --db {folders.database}: a tour starts with a new database; "
            "this one exists",
            file=sys.stderr,
        )
        return INPUT
    return _play(file, folders, folder=folder, readme_pictures=readme_pictures)


def _why_unfit(file: SiteFile) -> str | None:
    """Why the story cannot be played at this site; None when it can."""
    if [lane.direction for lane in file.lane] != ["entry", "exit"]:
        return "the tour needs one lane in and one lane out, in this order"
    for lane in file.lane:
        if lane.printer is None or not lane.is_simulated:
            return f'the tour needs simulated devices: every port of lane {lane.name} = "sim"'
    if not file.payments.simulator or file.payments.simulator_authorises:
        return (
            "the tour needs a pretended card that is charged at once: [payments] simulator = true"
        )
    if file.site.language != "en" or file.site.plates != "latin":
        return 'the tour is played with language = "en" and plates = "latin"'
    return None


def _play(file: SiteFile, folders: Folders, *, folder: Path, readme_pictures: Path | None) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from PySide6.QtGui import QGuiApplication

    from kiosk.app.tour_report import (
        forget_last_tour,
        report_text,
        write_readme_pictures,
        write_report,
    )
    from kiosk.app.tour_stage import StepFailed
    from kiosk.ui.stage import load_fonts

    start_logging()
    logging.getLogger().setLevel(logging.WARNING)  # the report says what happened
    forget_last_tour(folder)
    application = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(application, QGuiApplication)
    load_fonts(application)
    try:
        report = _perform(application, file, folders, folder)
    except StepFailed as failure:
        print(
            f"kiosk tour: {failure}\nThe windows as they stood then: {folder}/failed-*.png",
            file=sys.stderr,
        )
        return REFUSED
    write_report(report, folder)
    if readme_pictures is not None:
        write_readme_pictures(report, folder=folder, target=readme_pictures)
    print(f"{report_text(report)}\npictures, papers and this text: {folder}")
    if not report.is_clean:
        print("kiosk tour: the books do not end at zero", file=sys.stderr)
    return DONE if report.is_clean else REFUSED


def _perform(
    application: QGuiApplication, file: SiteFile, folders: Folders, folder: Path
) -> TourReport:
    """Open everything, play, read the books, close everything, whatever happened."""
    from kiosk.app.tour_report import TourReport
    from kiosk.app.tour_stage import StepFailed, TourStage
    from kiosk.app.windows import Windows
    from kiosk.ui.bridge import Bridge
    from kiosk.ui.stage import delete_now

    began_s = time.perf_counter()
    zone = ZoneInfo(file.site.zone)
    clock = SkippingClock(STARTS_LOCAL.replace(tzinfo=zone))
    ended = threading.Event()
    site: SiteThread

    def submit(command: Command[object], reply: Callable[[object], None]) -> bool:
        return site.work.submit(command, reply)

    bridge = Bridge(submit)
    site = SiteThread(
        file=file,
        folders=folders,
        publish=bridge.publish,
        clock=clock,
        on_end=ended.set,
        toy_speed=TOY_SPEED,
    )
    windows = Windows(application, file=file, bridge=bridge, now=clock.now, which="all")
    stage = TourStage(
        {name: opened.window for name, opened in windows.open.items()},
        folder=folder,
        now=clock.now,
        zone=zone,
        why_down=lambda: str(site.problem or "a bug, logged above") if ended.is_set() else None,
    )
    try:
        lanes = _play_story(stage, windows, site, bridge, file=file, clock=clock)
        stage.tell("The books at the end")
        books = _read_books(stage, site, currency=file.site.currency)
    except StepFailed:
        stage.keep_failure()
        raise
    finally:
        stage.close()
        windows.close()
        site.stop()
        delete_now(bridge)
    return TourReport(
        site_name=file.site.name,
        lines=tuple(stage.lines),
        pictures=tuple(stage.pictures),
        papers=tuple((lane.name, paper) for lane in lanes for paper in lane.toy.paper.printed),
        money=books.money,
        ledger_sum=books.ledger_sum,
        took_s=time.perf_counter() - began_s,
    )


def _play_story(
    stage: TourStage,
    windows: Windows,
    site: SiteThread,
    bridge: Bridge,
    *,
    file: SiteFile,
    clock: SkippingClock,
) -> tuple[TourLane, TourLane]:
    from kiosk.app.tour_drivers import Tour
    from kiosk.app.tour_story import play

    stage.tell(f"{file.site.name} opens its windows")
    first = next(iter(windows.open.values())).window
    first.frameSwapped.connect(site.start)
    stage.wait("the site is at work", site.is_up.is_set)
    at_work = site.site
    assert at_work is not None
    assert at_work.one_time_pin is not None, "the database is new"
    lanes = [_lane(at_work, name, bridge) for name in at_work.devices]
    for lane in lanes:
        stage.wait(f"{lane.name} is in order", lane.is_at_rest)
    entry, exit_ = lanes
    tour = Tour(
        stage=stage,
        entry=entry,
        exit=exit_,
        attendant=file.desk.first_attendant,
        one_time_pin=at_work.one_time_pin,
        skip=clock.skip,
        decline_next_card=lambda: site.work.post(lambda: _decline_next_card(at_work)),
    )
    play(tour)
    return entry, exit_


def _decline_next_card(site: SiteAtWork) -> None:
    """On the provider's own thread, so before whatever it is asked next."""
    from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter

    provider = site.core.adapters["simulator"]
    assert isinstance(provider, SimulatorAdapter), "the site file names no other one"
    site.core.run_payment(
        "simulator", lambda: provider.fault_next(SimulatedFault.DECLINED, kind="collect")
    )


def _lane(site: SiteAtWork, name: LaneName, bridge: Bridge) -> TourLane:
    from kiosk.app.tour_drivers import TourLane

    toy = site.devices[name].toy
    assert toy is not None, "every lane of a tour is simulated"
    toy.auto_drive = False  # each car waits until its pictures are taken
    lane = TourLane(name, toy)
    bridge.published.connect(lane.follow)
    lane.status = site.core.lanes[name].status  # after connecting, or a change could be missed
    return lane


def _read_books(stage: TourStage, site: SiteThread, *, currency: str) -> _Books:
    """Ask the work thread, which alone may read them."""
    answers: list[_Books] = []

    def read() -> None:
        assert site.site is not None
        with site.site.core.store.reading() as tx:
            total = Money.zero(currency)
            for balance in tx.ledger.balances():
                total += balance.owed
            answers.append(_Books(money_by_party(site.site.core, tx), total))

    site.work.post(read)
    stage.wait("the books are read", lambda: bool(answers))
    return answers[0]
