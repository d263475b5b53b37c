"""All balances of a million transfers summed anew, and an exit while the provider is dead."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db.open import open_store
from kiosk.app.pay_threads import PayThreads
from kiosk.domain.ledger import kind_of
from kiosk.domain.outcomes import ExitCovered
from kiosk.payments.simulator.adapter import SimulatorAdapter
from kiosk.payments.simulator.over_http import OverHttp
from kiosk.payments.simulator.process import OwnProcess
from kiosk.services.events import TicketPresented
from tests.bench.figures import Figure, quantiles, ratio
from tests.fakes.stage import CARD, EXIT, Stage, found, small_site

STAYS, SUM_GOAL_S, DEAD_GOAL = 200_000, 2.0, 1.2
EXITS = 60
SHARES = (("owner:{}", 506), ("commission", 104), ("vat", 20), ("manager", 70))
KEEP = """INSERT INTO account(name, currency, debits_minor, credits_minor, is_guarded)
VALUES (?, 'EUR', ?, ?, ?)"""
POST = "INSERT INTO journal(id, key, kind, at) VALUES (?, ?, 'settlement', ?)"
MOVE = """INSERT INTO transfer(journal_id, number, debit, credit, amount_minor, currency)
VALUES (?, ?, ?, ?, ?, 'EUR')"""


def a_million_transfers(path: Path) -> None:
    """200,000 stays of 7.00 of 300 owners: a deposit and four shares each, written in one go."""
    sums: dict[str, list[int]] = {}
    moves: list[tuple[int, int, str, str, int]] = []
    for stay in range(1, STAYS + 1):
        escrow = f"escrow:{stay}"
        pairs = [("psp:simulator", escrow, 700)]
        pairs += [(escrow, to.format(stay % 300), minor) for to, minor in SHARES]
        for number, (debit, credit, minor) in enumerate(pairs, 1):
            moves.append((stay, number, debit, credit, minor))
            sums.setdefault(debit, [0, 0])[0] += minor
            sums.setdefault(credit, [0, 0])[1] += minor
    with closing(open_store(f"sqlite:///{path}")) as store, store.transaction() as tx:
        write = tx.ledger._session.run_each
        write(
            KEEP,
            [(name, *both, int(kind_of(name).is_guarded)) for name, both in sorted(sums.items())],
        )
        write(POST, [(stay, f"stay:{stay}", stay) for stay in range(1, STAYS + 1)])
        write(MOVE, moves)


@pytest.mark.bench
def test_all_balances_of_a_million_transfers(tmp_path: Path, figures: list[Figure]) -> None:
    a_million_transfers(tmp_path / "site.db")
    with closing(open_store(f"sqlite:///{tmp_path / 'site.db'}", read_only=True)) as store:
        took_s = []
        for _ in range(3):
            with store.reading() as tx:
                began_s = time.perf_counter()
                summed = tx.ledger.sums()
                took_s.append(time.perf_counter() - began_s)
                assert summed == tx.ledger.balances()
                assert len(summed) == STAYS + 304
    best_s = statistics.median(took_s)
    figures.append(
        Figure(
            bench="books",
            what=f"all {STAYS + 304} balances from 1,000,000 transfers, equal to the stored ones",
            value=f"{best_s:.2f} s",
            goal=f"<= {SUM_GOAL_S:.0f} s",
            is_held=best_s <= SUM_GOAL_S,
        )
    )


@contextmanager
def silent_port() -> Iterator[int]:
    """Takes every call and never answers: a network that is dead behind the next router."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        yield listener.getsockname()[1]


class Exits:
    """A small site whose provider is asked on a thread of its own as soon as a car leaves."""

    def __init__(self, folder: Path, *, port: int | None) -> None:
        folder.mkdir()
        found(small_site(), folder)
        self.stage = Stage(folder, authorises=True)
        process = OwnProcess(folder / "provider.jsonl")
        self._alive = SimulatorAdapter(process, authorises=True, now=self.stage.site.clock.now)
        self._asked = self._alive
        if port is not None:
            dead = OverHttp(port, notice_secret=b"")
            self._asked = SimulatorAdapter(dead, authorises=True)
        self._threads = PayThreads({"simulator": self._asked}, on_bug=_fail)
        self._posted: deque[Callable[[], object]] = deque()

    def leave_ns(self, number: int) -> int:
        """What the decision takes: the scan, one transaction, the order to the arm, the paper."""
        core = self.stage.site.core
        core.adapters = {"simulator": self._alive}
        core.run_payment, core.post = (lambda _name, task: task()), _at_once
        ticket = self.stage.inside(CARD, plate=f"B AB {number}")
        car = self.stage.site.car_to(EXIT)
        core.adapters = {"simulator": self._asked}
        core.run_payment, core.post = self._threads.run, self._post
        self.stage.wait(seconds=30)  # what the car before has left to do is being asked now
        began_ns = time.perf_counter_ns()
        self.stage.site.scan(EXIT, ticket.text)
        took_ns = time.perf_counter_ns() - began_ns
        assert isinstance(self.stage.last(TicketPresented).outcome, ExitCovered)
        self.stage.site.car_through(EXIT, car)
        while self._posted:
            self._posted.popleft()()
        return took_ns

    def _post(self, task: Callable[[], object]) -> None:
        """At once what this thread asks for; what a provider's thread brings waits for it."""
        if threading.current_thread() is threading.main_thread():
            task()
        else:
            self._posted.append(task)

    def close(self) -> None:
        """What still hangs ends with its deadline."""
        self._threads.close()
        self._posted.clear()
        self._alive.close()
        self.stage.close()


@pytest.mark.bench
def test_an_exit_is_decided_as_fast_while_the_provider_is_dead(
    tmp_path: Path, figures: list[Figure]
) -> None:
    with (
        silent_port() as port,
        closing(Exits(tmp_path / "alive", port=None)) as alive,
        closing(Exits(tmp_path / "dead", port=port)) as dead,
    ):
        pairs = [(dead.leave_ns(number), alive.leave_ns(number)) for number in range(EXITS)]
    dead_ns, alive_ns = ([pair[side] for pair in pairs[5:]] for side in (0, 1))
    rate = ratio(dead_ns, alive_ns)
    figures.append(
        Figure(
            bench="dead_network",
            what="an exit decided while the provider never answers, against one that does",
            value=f"{rate:.2f} x ({quantiles(dead_ns).text}; alive {quantiles(alive_ns).text})",
            goal=f"<= {DEAD_GOAL} x",
            is_held=rate <= DEAD_GOAL,
        )
    )


def _at_once(task: Callable[[], object]) -> None:
    task()


def _fail(bug: BaseException) -> None:
    raise bug
