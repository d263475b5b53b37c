"""Notices of a provider's real process are hints: double, out of order or forged, no harm."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from kiosk.app.pay_threads import PayThreads
from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import Answer, SignedNotice
from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter
from kiosk.payments.simulator.process import OwnProcess
from kiosk.services import providers
from tests.fakes.stage import CARD, Stage

LIMIT_S = 5.0
"""How long a test waits for what never comes."""


class Told:
    """The stage with a provider of its own process, whose notices pass through `change`."""

    def __init__(self, stage: Stage, books: Path) -> None:
        self.stage = stage
        self.tasks: Queue[Callable[[], object]] = Queue()
        self.queried: list[OperationKey] = []
        self.heard: list[bool] = []
        self.bugs: list[BaseException] = []
        self.adapter = _Listening(OwnProcess(books))
        self.adapter.queried = self.queried
        adapters = {"simulator": self.adapter}
        self.threads = PayThreads(adapters, on_bug=self.bugs.append, on_notice=self._hear)
        core = stage.site.core
        core.adapters, core.run_payment = adapters, self.threads.run
        core.post = self.tasks.put

    def _hear(self, name: str, notice: SignedNotice) -> None:
        assert threading.current_thread().name == f"pay:{name}_0"
        core = self.stage.site.core
        core.post(
            lambda: self.heard.append(providers.hear(core, name, notice.headers, notice.body))
        )

    def lose_an_answer(self, key: str, space_id: int) -> None:
        """A card is charged, and nobody here knows it."""
        self.adapter.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING)
        reserved = self.stage.reserve(plate=f"B AB {space_id}", space_id=space_id)
        self.stage.pay_deposit(reserved.reservation_id, CARD, intent=key)
        self.tasks.get(timeout=LIMIT_S)()
        assert self.stage.operation(key) == "in-doubt"

    def look(self, *, tasks: int) -> None:
        """One look at the provider, and so many tasks that the work thread has of it."""
        self.threads.look()
        for _ in range(tasks):
            self.tasks.get(timeout=LIMIT_S)()


class _Listening(SimulatorAdapter):
    """Tells what it was queried about; `change` is done to the notices on their way."""

    queried: list[OperationKey]
    change: Callable[[tuple[SignedNotice, ...]], tuple[SignedNotice, ...]] = staticmethod(
        lambda notices: notices
    )

    def query(self, key: OperationKey) -> Answer:
        self.queried.append(key)
        return super().query(key)

    def poll_notices(self) -> tuple[SignedNotice, ...]:
        return self.change(super().poll_notices())


@pytest.fixture
def told(stage: Stage, tmp_path: Path) -> Iterator[Told]:
    telling = Told(stage, tmp_path / "own.jsonl")
    yield telling
    telling.adapter.close()
    telling.threads.close()
    assert telling.bugs == []


def test_a_notice_of_what_is_in_doubt_has_it_queried_at_once(told: Told) -> None:
    told.lose_an_answer("one", 1)

    told.look(tasks=2)

    assert (told.heard, told.queried) == ([True], ["one"])
    assert told.stage.operation("one") == "succeeded"


def test_notices_that_come_double_and_out_of_order_ask_once_each(told: Told) -> None:
    told.lose_an_answer("one", 1)
    told.lose_an_answer("two", 5)
    told.adapter.change = lambda notices: (*reversed(notices), *notices)

    told.look(tasks=6)

    assert sorted(told.heard) == [False, False, True, True]
    assert sorted(told.queried) == ["one", "two"]
    assert [told.stage.operation(key) for key in ("one", "two")] == ["succeeded"] * 2
    assert told.stage.books()["psp:simulator"] == -960


def test_a_forged_notice_asks_nothing(told: Told) -> None:
    told.lose_an_answer("one", 1)
    told.lose_an_answer("two", 5)

    def forge(notices: tuple[SignedNotice, ...]) -> tuple[SignedNotice, ...]:
        first, second = notices
        assert json.loads(second.body)["key"] == "two"
        return (SignedNotice(first.headers, second.body), SignedNotice({}, second.body))

    told.adapter.change = forge

    told.look(tasks=2)

    assert (told.heard, told.queried) == ([False, False], [])
    assert told.stage.operation("two") == "in-doubt"
    assert told.tasks.empty()
