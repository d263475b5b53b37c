"""A whole site on its thread: what a start offers, and what it does when the disk is full."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.store import Tx
from kiosk.app.clocks import SkippingClock
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.places import Folders
from kiosk.app.run import SiteThread
from kiosk.domain.errors import StoreFull
from kiosk.domain.ids import LaneName, SpaceId
from kiosk.domain.lane_orders import LaneOrder, LaneOrdered
from kiosk.domain.outcomes import Reserved, SignedIn
from kiosk.domain.search_outcomes import AreasShown
from kiosk.services.commands import ChoosePin, Command, OrderLane, Reserve, ShowAreas
from kiosk.services.events import FaultRaised, LaneChanged, Published, TicketPresented
from tests.fakes.stage import DRIVER, KIM, NOON, SITE_FILE, small_site

ANSWER_LIMIT_S = 20.0
"""How long a test waits for an answer that never comes."""
OWN_PIN = "975310"


class Asked:
    """A site thread, asked as a screen would ask it."""

    def __init__(self, folder: Path, file: SiteFile) -> None:
        self.published: list[Published] = []
        self.fault_raised = threading.Event()
        self.lane_locked = threading.Event()
        self.thread = SiteThread(
            file=file,
            folders=Folders(folder / "site.db"),
            publish=self._publish,
            clock=SkippingClock(starts_at=NOON),
            on_end=lambda: None,
        )
        self.thread.start()
        assert self.thread.is_up.wait(ANSWER_LIMIT_S)

    def _publish(self, event: Published) -> None:
        self.published.append(event)
        if isinstance(event, FaultRaised):
            self.fault_raised.set()
        if isinstance(event, LaneChanged) and event.status.is_locked:
            self.lane_locked.set()

    def ask(self, command: Command[object]) -> object:
        """What the command is answered with."""
        answers: list[object] = []
        answered = threading.Event()

        def reply(answer: object) -> None:
            answers.append(answer)
            answered.set()

        assert self.thread.work.submit(command, reply)
        assert answered.wait(ANSWER_LIMIT_S)
        return answers[0]

    def one_time_pin(self) -> str | None:
        """What this start offered."""
        assert self.thread.site is not None
        return self.thread.site.one_time_pin


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Asked]]:
    """Starts the site in this test's folder; it is stopped at the end at the latest."""
    started: list[Asked] = []

    def begin() -> Asked:
        started.append(Asked(tmp_path, small_site()))
        return started[-1]

    yield begin
    for asked in started:
        asked.thread.stop()


def reserve(space_id: int) -> Reserve:
    return Reserve(actor=DRIVER, space_id=SpaceId(space_id), duration_minutes=60, plate="B AB 1")


@contextmanager
def full_disk() -> Iterator[Tx]:
    raise StoreFull("no room left")
    yield  # a context manager is a generator


def test_a_full_disk_is_told_and_the_site_goes_on(
    start: Callable[[], Asked], expect_log: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expect_log("command.failed code=store-full", because="the disk is full here")
    asked = start()
    assert asked.thread.site is not None
    with monkeypatch.context() as disk:
        disk.setattr(asked.thread.site.core.store, "transaction", full_disk)
        answers: list[object] = []
        asked.thread.work.submit(reserve(1), answers.append)
        assert asked.fault_raised.wait(ANSWER_LIMIT_S)
        shown = asked.ask(ShowAreas(actor=DRIVER))
    reserved = asked.ask(reserve(1))

    assert FaultRaised("store-full", StoreFull.remedy) in asked.published
    assert answers == []
    assert isinstance(shown, AreasShown)
    assert isinstance(reserved, Reserved)
    assert not asked.thread.has_crashed


def test_a_code_that_was_typed_is_presented_at_its_lane(start: Callable[[], Asked]) -> None:
    asked = start()
    asked.thread.code_scanned(LaneName("entry"), "no ticket")
    asked.ask(ShowAreas(actor=DRIVER))  # its turn comes after the code's

    presented = [event for event in asked.published if isinstance(event, TicketPresented)]
    assert [(event.lane, event.code) for event in presented] == [("entry", "no ticket")]


def test_each_start_offers_a_one_time_pin_until_an_own_one_was_chosen(
    start: Callable[[], Asked], capsys: pytest.CaptureFixture[str]
) -> None:
    first = start()
    pins = [first.one_time_pin()]
    first.thread.stop()
    second = start()
    pins.append(second.one_time_pin())
    name = small_site().desk.first_attendant
    assert pins[1] is not None

    chosen = second.ask(ChoosePin(actor=KIM, name=name, one_time_pin=pins[1], new_pin=OWN_PIN))
    second.thread.stop()
    third = start()

    said = capsys.readouterr().out
    assert None not in pins
    assert [str(pin) in said for pin in pins] == [True, True]
    assert isinstance(chosen, SignedIn)
    assert third.one_time_pin() is None
    assert said.count("One-time PIN") == 2


def test_a_lane_that_was_locked_is_locked_after_the_next_start(start: Callable[[], Asked]) -> None:
    first = start()
    name, pin = small_site().desk.first_attendant, first.one_time_pin()
    assert pin is not None
    kim = first.ask(ChoosePin(actor=KIM, name=name, one_time_pin=pin, new_pin=OWN_PIN))
    assert isinstance(kim, SignedIn)
    lock = OrderLane(
        actor=KIM,
        attendant_id=kim.attendant_id,
        lane=LaneName("entry"),
        order=LaneOrder.LOCK,
        reason="snow",
    )
    ordered = first.ask(lock)
    first.thread.stop()

    second = start()

    assert ordered == LaneOrdered(LaneName("entry"), LaneOrder.LOCK)
    assert second.lane_locked.wait(ANSWER_LIMIT_S)


def test_a_new_site_with_a_bad_tariff_does_not_come_up(
    tmp_path: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("command.failed code=site-not-up", because="a screen asks a site that is none")
    (tmp_path / "site.toml").write_text(SITE_FILE.read_text(encoding="utf-8"))
    asked = Asked(tmp_path, read_site_file(tmp_path / "site.toml"))
    asked.thread.work.submit(ShowAreas(actor=DRIVER), lambda _answer: None)
    asked.fault_raised.wait(ANSWER_LIMIT_S)

    asked.thread.stop()

    assert not asked.thread.has_crashed
    assert [each.code for each in asked.published if isinstance(each, FaultRaised)] == [
        "site-not-up"
    ]
    assert isinstance(asked.thread.problem, ConfigError)
    assert "standard.toml: cannot be read: No such file" in str(asked.thread.problem)
