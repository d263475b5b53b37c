"""An exit that is covered is decided while the provider hangs or is dead: real thread and wire."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from queue import Queue

import pytest

from kiosk.app.pay_threads import PayThreads
from kiosk.domain.outcomes import PaymentInDoubt, PaymentUnavailable, TicketIssued
from kiosk.payments.simulator import SimulatorAdapter
from kiosk.payments.simulator.over_http import OverHttp
from kiosk.payments.simulator.process import OwnProcess
from kiosk.payments.simulator.transport import Transport
from kiosk.services.events import PaymentFinished
from tests.fakes.stage import CARD, EXIT, Stage, authorising

__all__ = ["authorising"]

LIMIT_S = 20.0
"""How long a test waits for what never comes."""


class Outside:
    """The provider of a site at another end of a wire, asked on a thread of its own."""

    def __init__(self, stage: Stage, transport: Transport) -> None:
        self.adapter = SimulatorAdapter(transport, authorises=True, now=stage.site.clock.now)
        self.answers: Queue[Callable[[], object]] = Queue()
        self._bugs: list[BaseException] = []
        adapters = {"simulator": self.adapter}
        self._threads = PayThreads(adapters, on_bug=self._bugs.append)
        core, at_once = stage.site.core, stage.site.core.post

        def post(task: Callable[[], object]) -> None:
            if threading.current_thread() is threading.main_thread():
                at_once(task)
            else:
                self.answers.put(task)

        core.adapters, core.run_payment, core.post = adapters, self._threads.run, post

    def close(self) -> None:
        """Nothing is asked any more, and no thread has stumbled."""
        self.adapter.close()
        self._threads.close()
        assert self._bugs == []


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(LIMIT_S)
        yield listening


def begin_to_pay(stage: Stage) -> None:
    """Somebody at the entry pays by card."""
    reserved = stage.reserve(plate="B AB 9", space_id=5)
    stage.pay_deposit(reserved.reservation_id, CARD, intent="hangs")


def leave(stage: Stage, ticket: TicketIssued) -> None:
    """The covered car leaves, and its capture is queued."""
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    assert stage.state(ticket.reservation_id) == "left"
    assert stage.operation("settlement:1:capture:1") in {"new", "sent"}


def test_an_exit_is_decided_while_a_request_to_the_provider_hangs(
    authorising: Stage, server: socket.socket
) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    outside = Outside(stage, OverHttp(server.getsockname()[1], notice_secret=b"any"))
    begin_to_pay(stage)
    connection, _ = server.accept()
    with connection:
        connection.settimeout(LIMIT_S)
        assert connection.recv(4) == b"POST"

        leave(stage, ticket)

        assert outside.answers.empty()
        assert stage.operation("hangs") == "sent"
    server.close()
    outside.answers.get(timeout=LIMIT_S)()
    assert isinstance(stage.last(PaymentFinished).outcome, PaymentInDoubt)
    outside.close()


def test_an_exit_is_decided_while_the_process_of_the_provider_is_dead(
    authorising: Stage, tmp_path: Path
) -> None:
    stage = authorising
    ticket = stage.inside(CARD)
    books = tmp_path / "own.jsonl"
    process = OwnProcess(books)
    outside = Outside(stage, process)
    assert outside.adapter.health()
    process.kill()
    books.write_text("rubbish\n")
    begin_to_pay(stage)

    leave(stage, ticket)

    outside.answers.get(timeout=LIMIT_S)()
    assert isinstance(stage.last(PaymentFinished).outcome, PaymentUnavailable)
    outside.close()
