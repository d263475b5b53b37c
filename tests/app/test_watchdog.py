"""What the service manager hears of us: over a real socket, with a clock that the test moves."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.clocks import SkippingClock
from kiosk.app.config import read_site_file
from kiosk.app.places import Folders
from kiosk.app.run import SiteThread
from kiosk.app.watchdog import (
    ALIVE,
    BEAT_MAX_AGE_S,
    READY,
    STOPPING,
    Beat,
    ServiceManager,
    Watchdog,
    service_manager,
)
from tests.conftest import ExpectLog
from tests.fakes.stage import NOON, SITE_FILE

LIMIT_S = 20.0
"""How long a test waits for words that never come."""


class Systemd:
    """The other end: keeps what it is told until somebody reads it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:] if address.startswith("@") else address)
        self._socket.settimeout(LIMIT_S)

    def hears(self) -> str:
        return self._socket.recv(4096).decode()

    def has_heard_nothing(self) -> bool:
        self._socket.setblocking(False)
        try:
            self._socket.recv(4096)
        except BlockingIOError:
            return True
        finally:
            self._socket.settimeout(LIMIT_S)
        return False

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    systemd = Systemd(str(tmp_path / "notify"))
    yield systemd
    systemd.close()


@pytest.fixture
def manager(systemd: Systemd) -> Iterator[ServiceManager]:
    manager = ServiceManager(systemd.address, watchdog_s=None)
    yield manager
    manager.close()


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_program_that_is_up_says_so_and_ends_by_saying_so(
    systemd: Systemd, manager: ServiceManager
) -> None:
    watchdog = Watchdog(manager, beats=dict)

    watchdog.ready()
    watchdog.close()

    assert [systemd.hears(), systemd.hears()] == [READY, STOPPING]


def test_while_every_part_beats_it_lives(systemd: Systemd, manager: ServiceManager) -> None:
    clock = Clock()
    beats = {"work": Beat(clock), "screen": Beat(clock)}
    watchdog = Watchdog(
        manager,
        beats=lambda: {name: beat.at_s() for name, beat in beats.items()},
        monotonic=clock,
    )

    clock.now_s += BEAT_MAX_AGE_S
    watchdog.feed()

    assert systemd.hears() == ALIVE


@pytest.mark.parametrize("stuck", ["work", "screen", "lane:entry"])
def test_one_part_that_is_stuck_is_enough_to_be_silent(
    systemd: Systemd, manager: ServiceManager, expect_log: ExpectLog, stuck: str
) -> None:
    expect_log(f"watchdog.silent parts={stuck}", because="one part gives no beat here")
    clock = Clock()
    beats = {name: Beat(clock) for name in ("work", "screen", "lane:entry")}
    watchdog = Watchdog(
        manager,
        beats=lambda: {name: beat.at_s() for name, beat in beats.items()},
        monotonic=clock,
    )

    clock.now_s += BEAT_MAX_AGE_S + 0.01
    for name, beat in beats.items():
        if name != stuck:
            beat.beat()
    watchdog.feed()
    watchdog.feed()

    assert [systemd.hears(), systemd.hears()] == [f"STATUS=silent: {stuck}"] * 2
    beats[stuck].beat()
    watchdog.feed()
    watchdog.feed()
    assert [systemd.hears(), systemd.hears()] == [f"{ALIVE}\nSTATUS=", ALIVE]


def test_it_is_fed_again_and_again_once_the_program_is_up(systemd: Systemd) -> None:
    manager = ServiceManager(systemd.address, watchdog_s=0.002)
    watchdog = Watchdog(manager, beats=dict)
    assert systemd.has_heard_nothing()

    watchdog.ready()

    assert [systemd.hears() for _ in range(4)] == [READY, ALIVE, ALIVE, ALIVE]
    watchdog.close()


def test_a_program_that_was_ended_is_never_ready(systemd: Systemd) -> None:
    class StillOpen(ServiceManager):
        def close(self) -> None:
            """Whatever is said after the end would be heard."""

    manager = StillOpen(systemd.address, watchdog_s=0.002)
    watchdog = Watchdog(manager, beats=dict)

    watchdog.close()
    watchdog.ready()

    assert systemd.hears() == STOPPING
    assert systemd.has_heard_nothing()
    ServiceManager.close(manager)


def test_without_a_service_manager_nothing_is_begun() -> None:
    before = threading.active_count()
    watchdog = Watchdog(None, beats=dict)

    watchdog.ready()
    watchdog.feed()

    assert threading.active_count() == before
    watchdog.close()


def test_a_service_manager_that_is_gone_disturbs_nobody(
    systemd: Systemd, manager: ServiceManager
) -> None:
    systemd.close()

    manager.say(READY)


@pytest.mark.parametrize(
    ("environment", "watchdog_s"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "10000000"}, 10.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "77"}, 10.0),
        ({"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": "78"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_how_long_we_may_be_silent_stands_in_the_environment(
    environment: dict[str, str], watchdog_s: float | None
) -> None:
    manager = service_manager({"NOTIFY_SOCKET": "/run/notify", **environment}, 77)

    assert manager is not None
    assert manager.watchdog_s == watchdog_s
    manager.close()


@pytest.mark.parametrize("environment", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "vsock:2"}])
def test_a_program_that_nobody_manages_tells_nobody(environment: dict[str, str]) -> None:
    assert service_manager(environment, 77) is None


def test_a_socket_may_lie_in_no_folder(tmp_path: Path) -> None:
    systemd = Systemd(f"@{tmp_path}")
    manager = service_manager({"NOTIFY_SOCKET": systemd.address}, 77)
    assert manager is not None

    manager.say(READY)

    assert systemd.hears() == READY
    manager.close()
    systemd.close()


def test_a_site_at_work_is_ready_and_every_lane_of_it_beats(
    systemd: Systemd, tmp_path: Path
) -> None:
    manager = ServiceManager(systemd.address, watchdog_s=0.002)
    site = SiteThread(
        file=read_site_file(SITE_FILE),
        folders=Folders(tmp_path / "site" / "site.db"),
        publish=lambda _event: None,
        clock=SkippingClock(starts_at=NOON),
        on_end=lambda: None,
        manager=manager,
    )
    screen = site.beat_of("screen")
    screen.beat()

    site.start()
    try:
        assert [systemd.hears() for _ in range(3)] == [READY, ALIVE, ALIVE]
        beating = set(site.beats_at_s())
        before_s = site.beats_at_s()["work"]
        worked = threading.Event()
        site.work.post(lambda: None)  # after it the thread looks what is due, and beats
        site.work.post(worked.set)
        assert worked.wait(LIMIT_S)
        assert site.beats_at_s()["work"] > before_s
    finally:
        site.stop()

    lanes = {f"lane:{lane.name}" for lane in read_site_file(SITE_FILE).lane}
    assert beating == {"work", "screen", *lanes}
    assert lanes


def test_a_site_that_does_not_come_up_is_never_ready(systemd: Systemd, tmp_path: Path) -> None:
    (tmp_path / "site.db").write_text("no database")
    site = SiteThread(
        file=read_site_file(SITE_FILE),
        folders=Folders(tmp_path / "site.db"),
        publish=lambda _event: None,
        clock=SkippingClock(starts_at=NOON),
        on_end=lambda: None,
        manager=ServiceManager(systemd.address, watchdog_s=0.002),
    )

    site.start()
    site.stop()

    assert site.problem is not None
    assert systemd.hears() == STOPPING
