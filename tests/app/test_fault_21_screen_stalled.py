"""Fault 21: the screens' main loop stands still.

Expected: "lanes go on (lease and lane follow the lane and work threads); after 10 s without a
beat the watchdog restarts the process".

No screen runs in these tests: the site works on its own threads, and the screen's beat is one
that somebody should give and nobody does.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from configparser import RawConfigParser
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hardware.sim.rig import HOST_ALIVE_CHANNEL, OPEN_CHANNEL
from kiosk.app import wiring
from kiosk.app.clocks import SkippingClock
from kiosk.app.config import read_site_file
from kiosk.app.places import Folders
from kiosk.app.run import SiteThread
from kiosk.app.watchdog import ALIVE, BEAT_MAX_AGE_S, Beat, ServiceManager, Watchdog
from kiosk.domain.ids import SpaceId
from kiosk.domain.outcomes import Granted, Reserved, TicketIssued
from kiosk.services.commands import PayDeposit, Reserve
from kiosk.services.events import LaneChanged, PaymentFinished, Published, TicketPresented
from tests.conftest import ExpectLog
from tests.fakes.stage import CARD, DRIVER, ENTRY, NOON, SITE_FILE
from tests.hardware.waiting import LIMIT_S, Reports

SERVICE = Path(__file__).parents[2] / "resources" / "deploy" / "sharedpark-kiosk.service"
START_LIMIT_S = 6 * LIMIT_S
ROLLS_UP_S = 2.0
ARM_AND_NOSE_S = 2.5
"""The arm is up after 1.5 s; then the car drives on, and stands under it on both loops."""
GOES_ON_S = 10.0
"""The car has gone and the arm is down."""
WIRED = "[lane.outputs]\nopen = 1\nhost_alive = 8\n[lane.inputs]\n"


class HandClock:
    """The clock of the toys' barriers and cars: it stands until a test lets it run.

    So no car is gone before a slow machine has looked at the loops under it.
    """

    def __init__(self) -> None:
        self.at_s = 0.0

    def monotonic(self) -> float:
        """As time.monotonic, by hand."""
        return self.at_s


class Site:
    """A site at work with simulated lanes, whose screen stands still."""

    def __init__(self, folder: Path, toy_clock: HandClock) -> None:
        self._toy_clock = toy_clock
        text = SITE_FILE.read_text("utf-8").replace("[lane.inputs]\n", WIRED, 1)
        root = SITE_FILE.parents[2]
        text = text.replace("../../resources", str(root / "resources"))
        text = text.replace('"tariffs/', f'"{SITE_FILE.parent}/tariffs/')
        file = folder / "site.toml"
        file.write_text(text, encoding="utf-8")
        self.events: Reports[Published] = Reports()
        self.thread = SiteThread(
            file=read_site_file(file),
            folders=Folders(folder / "data" / "site.db"),
            publish=self.events.add,
            clock=SkippingClock(starts_at=NOON),
            on_end=lambda: None,
        )
        self.screen = self.thread.beat_of("screen")
        self._relays: Reports[tuple[int, bool]] = Reports()

    def start(self) -> None:
        """Come up, however long the machine takes; whoever calls stops the thread in the end."""
        self.thread.start()
        assert self.thread.is_up.wait(START_LIMIT_S)
        assert self.thread.site is not None, self.thread.problem
        self.site = self.thread.site
        toy = self.site.devices[ENTRY].toy
        assert toy is not None
        self.toy = toy
        toy.board._on_output = self._relay_changed

    def cars_and_arm_move(self, *, for_s: float) -> None:
        """Let so much time pass in the toy, and its board see what there is then."""
        self._toy_clock.at_s += for_s
        self.toy.view()

    def until(self, is_it: Callable[[Published], bool]) -> Published:
        """The first event that is the one waited for."""
        while not is_it(event := self.events.next()):
            pass
        return event

    def until_phase(self, phase: str) -> None:
        """The entrance has come to this phase."""

        def is_it(event: Published) -> bool:
            return (
                isinstance(event, LaneChanged)
                and event.status.lane == ENTRY
                and event.status.phase == phase
            )

        self.until(is_it)

    def until_pulsed(self) -> None:
        """The relay that raises the arm of the entrance has closed."""
        self._relays.until((OPEN_CHANNEL, True))

    def lease_is(self, is_on: bool) -> None:
        """Wait until the host-alive relay of the entrance is so."""
        if self.toy.view().is_host_alive is not is_on:
            self._relays.until((HOST_ALIVE_CHANNEL, is_on))

    def _relay_changed(self, channel: int, is_on: bool) -> None:
        self.toy._output_changed(channel, is_on)
        self._relays.add((channel, is_on))

    def ask(self, command: object) -> object:
        """What the work thread answers."""
        answers: Reports[object] = Reports()
        assert self.thread.work.submit(command, answers.add)  # type: ignore[arg-type]
        return answers.next()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    toy_clock = HandClock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hardware.sim.rig.time", toy_clock)
        site = Site(tmp_path, toy_clock)
        try:
            site.start()
            yield site
        finally:
            site.thread.stop()


def ticket_of(site: Site) -> TicketIssued:
    """A driver has paid by card."""
    reserved = site.ask(
        Reserve(actor=DRIVER, space_id=SpaceId(1), duration_minutes=60, plate="B AB 1")
    )
    assert isinstance(reserved, Reserved)
    pay = PayDeposit(
        actor=DRIVER,
        lane=ENTRY,
        reservation_id=reserved.reservation_id,
        method=CARD,
        intent="card",
    )
    site.ask(pay)
    paid = site.until(lambda event: isinstance(event, PaymentFinished))
    assert isinstance(paid, PaymentFinished)
    assert isinstance(paid.outcome, TicketIssued), paid.outcome
    return paid.outcome


def test_a_car_drives_in_with_its_ticket_though_no_screen_lives(site: Site) -> None:
    stood_still_s = site.screen.at_s()
    site.until_phase("idle")
    ticket = ticket_of(site)
    site.toy.car_arrives()
    site.cars_and_arm_move(for_s=ROLLS_UP_S)
    site.until_phase("present")
    site.toy.scan(ticket.text)
    presented = site.until(lambda event: isinstance(event, TicketPresented))
    site.until_pulsed()
    site.cars_and_arm_move(for_s=ARM_AND_NOSE_S)
    site.until_phase("passing")
    site.cars_and_arm_move(for_s=GOES_ON_S)
    site.until_phase("idle")

    assert isinstance(presented, TicketPresented)
    assert isinstance(presented.outcome, Granted)
    assert site.screen.at_s() == stood_still_s


def test_the_lease_follows_the_lane_and_the_work_thread_and_no_screen(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.lease_is(True)
    monkeypatch.setattr(wiring, "TICK_AGE_MAX_S", -1.0)  # as when the work thread stood as long
    site.lease_is(False)
    monkeypatch.undo()
    site.lease_is(True)


def test_a_screen_without_a_beat_ends_the_feed_and_no_other_part_is_blamed(
    site: Site, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("watchdog.silent parts=screen", because="the screen stands still here")
    systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    systemd.bind(str(tmp_path / "notify"))
    systemd.settimeout(LIMIT_S)
    manager = ServiceManager(str(tmp_path / "notify"), watchdog_s=None)
    now_s = [site.screen.at_s()]

    def beats() -> dict[str, float]:
        """The parts of the site, each alive but for the screen, by a clock that is moved."""
        return {
            name: at_s if name == "screen" else now_s[0]
            for name, at_s in site.thread.beats_at_s().items()
        }

    dog = Watchdog(manager, beats=beats, monotonic=lambda: now_s[0])
    dog.feed()
    now_s[0] += BEAT_MAX_AGE_S + 0.01
    dog.feed()
    heard = [systemd.recv(4096).decode() for _ in range(2)]
    manager.close()
    systemd.close()

    assert heard == [ALIVE, "STATUS=silent: screen"]
    assert {"work", "screen", f"lane:{ENTRY}"} <= set(site.thread.beats_at_s())


def test_the_lanes_and_the_work_thread_beat_on_while_the_screen_does_not(site: Site) -> None:
    site.until_phase("idle")
    before = site.thread.beats_at_s()
    worked = threading.Event()
    site.thread.work.post(lambda: None)
    site.thread.work.post(worked.set)
    assert worked.wait(LIMIT_S)
    site.toy.car_arrives()
    site.cars_and_arm_move(for_s=ROLLS_UP_S)
    site.until_phase("present")
    after = site.thread.beats_at_s()

    assert after["work"] > before["work"]
    assert after[f"lane:{ENTRY}"] > before[f"lane:{ENTRY}"]
    assert after["screen"] == before["screen"]


def test_the_service_manager_restarts_what_was_silent_for_ten_seconds() -> None:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(SERVICE.read_text("utf-8"))
    service = unit["Service"]

    assert (service["Type"], service["WatchdogSec"], service["Restart"]) == (
        "notify",
        "10",
        "always",
    )
    assert "all-off" in service["ExecStopPost"]
    assert BEAT_MAX_AGE_S < 10 / 2, "silent at the next feed, and restarted at the one after"


def test_only_the_screens_own_loop_gives_the_screens_beat(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QGuiApplication

    from kiosk.app import run

    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr(run, "SIGNAL_LOOK_MS", 0)
    assert isinstance(qapp, QGuiApplication)
    ticks = [100.0]
    screen = Beat(lambda: ticks[0])
    wake = run._quit_on_signals(qapp, screen)
    ticks[0] = 105.0
    stalled_s = screen.at_s()
    qtbot.waitUntil(lambda: screen.at_s() != stalled_s)
    wake.stop()
    wake.deleteLater()

    assert stalled_s == 100.0
    assert screen.at_s() == 105.0
    assert 105.0 - stalled_s > BEAT_MAX_AGE_S
