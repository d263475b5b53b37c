"""The provider's own process: it never outlives us, dies and comes back with its books."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import InDoubt, NotSent, Succeeded
from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter, process
from kiosk.payments.simulator.over_http import OverHttp
from kiosk.payments.simulator.process import OwnProcess
from kiosk.payments.simulator.server import notice_secret
from tests.payments.recovery import asked, reference

ENDS_MS = 10_000
"""How long a test waits for a process that never ends."""
PARENT = """
import sys
from pathlib import Path
from kiosk.payments.simulator import SimulatorAdapter
from kiosk.payments.simulator.over_http import OverHttp
from kiosk.payments.simulator.process import OwnProcess
from kiosk.payments.simulator.server import notice_secret

own = OwnProcess(Path(sys.argv[1]))
assert SimulatorAdapter(own).health()
print(own.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[OwnProcess]:
    made = OwnProcess(tmp_path / "books.jsonl")
    yield made
    made.close()


def has_ended(pid: int) -> bool:
    """Waits for the end of a process, which need not be a child of ours."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        waiting = select.poll()
        waiting.register(watched, select.POLLIN)
        return bool(waiting.poll(ENDS_MS))
    finally:
        os.close(watched)


def test_a_provider_that_died_is_started_again_with_all_its_books(own: OwnProcess) -> None:
    adapter = SimulatorAdapter(own, authorises=True)
    original = reference(adapter.authorise(asked("deposit")))

    own.kill()
    captured = adapter.capture(asked("exit", 700, original=original))

    assert isinstance(captured, Succeeded)
    own.kill()
    assert adapter.query(OperationKey("exit")) == captured


def test_it_ends_when_its_standard_input_closes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kiosk.payments.simulator.server"]
    with subprocess.Popen(
        [*command, "--books", str(tmp_path / "books.jsonl")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        first = json.loads(running.stdout.readline())

        running.stdin.close()

        assert first["port"] > 0
        assert running.wait(ENDS_MS / 1000) == 0


def test_no_orphan_is_left_when_we_are_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path / "books.jsonl")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:
        assert parent.stdout is not None
        provider = int(parent.stdout.readline())

        parent.send_signal(signal.SIGKILL)

        assert has_ended(provider)


def test_it_listens_on_this_machine_alone(own: OwnProcess) -> None:
    assert SimulatorAdapter(own).health()

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", own.port), timeout=5)


def test_its_files_are_ours_alone(own: OwnProcess, tmp_path: Path) -> None:
    SimulatorAdapter(own).collect(asked("pay"))

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}

    assert modes == {"books.jsonl": 0o600, "books.notice-key": 0o600}


def test_a_second_one_is_refused_the_books_until_the_first_has_ended(
    own: OwnProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = SimulatorAdapter(own)
    paid = first.collect(asked("pay"))
    monkeypatch.setattr(process, "START_AGAIN_S", 0.0)
    other = OwnProcess(tmp_path / "books.jsonl")
    second = SimulatorAdapter(other)

    assert not second.health()
    first.close()

    assert second.query(OperationKey("pay")) == paid
    second.close()


def test_a_provider_that_does_not_start_is_one_that_is_not_reached(tmp_path: Path) -> None:
    own = OwnProcess(tmp_path / "no such folder" / "books.jsonl")
    adapter = SimulatorAdapter(own)

    assert isinstance(adapter.collect(asked("pay")), NotSent)
    assert isinstance(adapter.query(OperationKey("pay")), InDoubt)
    assert not adapter.health()


def test_after_its_end_nothing_is_sent(own: OwnProcess) -> None:
    adapter = SimulatorAdapter(own)
    assert adapter.health()

    adapter.close()

    assert isinstance(adapter.collect(asked("pay")), NotSent)


def test_an_answer_that_is_awaited_when_we_close_is_in_doubt(own: OwnProcess) -> None:
    adapter = SimulatorAdapter(own)
    adapter.fault_next(SimulatedFault.ANSWER_LATE)
    with ThreadPoolExecutor(max_workers=1) as aside:
        awaited = aside.submit(adapter.collect, asked("pay", deadline_s=30))
        wait_until_done(own, OperationKey("pay"))

        own.close()

        assert isinstance(awaited.result(timeout=10), InDoubt)


def wait_until_done(own: OwnProcess, key: OperationKey) -> None:
    beside = SimulatorAdapter(OverHttp(own.port, notice_secret=b""))
    while isinstance(beside.query(key), NotSent):
        pass
    beside.close()


def test_the_secret_of_notices_outlives_the_process_unless_it_was_cut_off(tmp_path: Path) -> None:
    books = tmp_path / "books.jsonl"
    first = notice_secret(books)
    again = notice_secret(books)

    books.with_suffix(".notice-key").write_text(first.hex()[:10])

    assert again == first
    assert len(notice_secret(books)) == len(first) == 32
