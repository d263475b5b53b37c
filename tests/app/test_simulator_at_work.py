"""A site whose card provider is a process of its own: a payment, a death, and no provider."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.app.clocks import SkippingClock
from kiosk.app.config import SiteFile
from kiosk.app.errors import ConfigError
from kiosk.app.pay_threads import PayThreads
from kiosk.app.places import Folders
from kiosk.app.run import SiteThread
from kiosk.app.wiring import SiteAtWork, refuse_currency
from kiosk.domain.ids import LaneName, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import PaymentRunning, PaymentUnavailable, Reserved, TicketIssued
from kiosk.payments.adapter import Capabilities
from kiosk.payments.own_account import OwnAccountAdapter
from kiosk.payments.simulator import SimulatorAdapter
from kiosk.services.commands import CardPresented, Command, PayDeposit, Reserve
from kiosk.services.events import PaymentFinished, Published
from tests.fakes.stage import DRIVER, NOON, small_site

LIMIT_S = 20.0
"""How long a test waits for what never comes."""


class Running:
    """A site at work, asked as a screen would ask it."""

    def __init__(self, folder: Path, file: SiteFile) -> None:
        self.finished: list[PaymentFinished] = []
        self.has_finished = threading.Event()
        self.thread = SiteThread(
            file=file,
            folders=Folders(folder / "site.db"),
            publish=self._publish,
            clock=SkippingClock(starts_at=NOON),
            on_end=lambda: None,
        )
        self.thread.start()
        assert self.thread.is_up.wait(LIMIT_S)

    def _publish(self, event: Published) -> None:
        if isinstance(event, PaymentFinished):
            self.finished.append(event)
            self.has_finished.set()

    def ask(self, command: Command[object]) -> object:
        answers: list[object] = []
        answered = threading.Event()

        def reply(answer: object) -> None:
            answers.append(answer)
            answered.set()

        assert self.thread.work.submit(command, reply)
        assert answered.wait(LIMIT_S)
        return answers[0]

    def pay(self, space: int) -> object:
        """Reserve and pay by card; what came of it in the end."""
        self.has_finished.clear()
        reserved = self.ask(
            Reserve(
                actor=DRIVER, space_id=SpaceId(space), duration_minutes=60, plate=f"B AB {space}"
            )
        )
        assert isinstance(reserved, Reserved)
        running = self.ask(
            PayDeposit(
                actor=DRIVER,
                lane=LaneName("entry"),
                reservation_id=reserved.reservation_id,
                method=CardPresented("simulator"),
                intent=f"card:{space}",
            )
        )
        assert isinstance(running, PaymentRunning), running
        assert self.has_finished.wait(LIMIT_S)
        return self.finished[-1].outcome


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Running]]:
    started: list[Running] = []

    def begin() -> Running:
        file = small_site()
        payments = file.payments.model_copy(update={"simulator": True})
        started.append(Running(tmp_path, file.model_copy(update={"payments": payments})))
        return started[-1]

    yield begin
    for running in started:
        running.thread.stop()


def test_a_card_is_charged_by_a_process_of_its_own(start: Callable[[], Running]) -> None:
    assert isinstance(start().pay(1), TicketIssued)


def test_a_site_goes_on_without_its_provider(start: Callable[[], Running], tmp_path: Path) -> None:
    (tmp_path / "simulator.jsonl").write_text("rubbish\n")

    assert start().pay(1) == PaymentUnavailable()


class Provider(OwnAccountAdapter):
    """Tells on which thread it was asked for its health."""

    def __init__(self) -> None:
        super().__init__("wallet", account="wallet:1", spendable=Money.zero("EUR"))
        self.thread = ""
        self.was_asked = threading.Event()

    def health(self) -> bool:
        self.thread = threading.current_thread().name
        self.was_asked.set()
        return True


def test_each_provider_is_asked_for_its_health_on_a_thread_of_its_own() -> None:
    providers = {"stripe": Provider(), "wechat": Provider()}
    threads = PayThreads(providers, on_bug=_never)

    threads.look()

    assert all(provider.was_asked.wait(LIMIT_S) for provider in providers.values())
    threads.close()
    assert providers["stripe"].thread == "pay:stripe_0"
    assert providers["wechat"].thread == "pay:wechat_0"
    assert threads.is_up == {"stripe": True, "wechat": True}


class OnlyYen(Provider):
    """Takes no other money."""

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(currencies=frozenset({"JPY"}))


def test_a_provider_that_cannot_take_the_sites_money_is_refused_in_words() -> None:
    providers = {"stripe": Provider(), "yen": OnlyYen()}

    refuse_currency(providers, "JPY")
    with pytest.raises(ConfigError, match=r"\[payments\] yen: it takes JPY, not EUR"):
        refuse_currency(providers, "EUR")


def test_a_site_whose_provider_cannot_take_its_money_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SimulatorAdapter, "capabilities", Capabilities(currencies=frozenset()))
    file = small_site()
    payments = file.payments.model_copy(update={"simulator": True})

    with pytest.raises(ConfigError, match=r"\[payments\] simulator: .* not EUR"):
        SiteAtWork(
            file=file.model_copy(update={"payments": payments}),
            folders=Folders(tmp_path / "site.db"),
            publish=lambda _event: None,
            post=lambda _task: None,
            on_bug=_never,
            clock=SkippingClock(starts_at=NOON),
        )


def test_what_a_task_raises_is_a_bug_of_ours() -> None:
    bugs: list[BaseException] = []
    threads = PayThreads({"stripe": Provider()}, on_bug=bugs.append)

    threads.run("stripe", _stumble)

    threads.close()
    assert [type(bug) for bug in bugs] == [IndexError]


def _stumble() -> None:
    raise IndexError


def _never(bug: BaseException) -> None:
    raise AssertionError from bug
