"""Fault 8: another program has the port, a second kiosk for example.

Expected: "PortBusy with holder pid if visible; no start".
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from hardware.boards.waveshare import WaveshareRelay
from hardware.errors import PortBusy
from hardware.inputs import OWN_BOARD
from hardware.lane_words import Phase
from hardware.line import SerialLine
from hardware.port import PortState, PortWorker
from hardware.sim.rig import ToyLane, ToySetup
from tests.hardware.lane_worlds import Ear, lane_on
from tests.hardware.port_bench import Bench
from tests.hardware.waiting import LIMIT_S, Reports

ROOT = Path(__file__).parents[2]
NOBODY = 65534


class OtherKiosk:
    """Another process that has the port at `link`."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hardware.other_program", "hold", str(link)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._pipe(self._process.stdout).readline() == "held\n"

    @property
    def pid(self) -> int:
        return self._process.pid

    def lets_go(self) -> None:
        self._say()
        assert self._pipe(self._process.stdout).readline() == "free\n"

    def ends(self) -> None:
        self._process.communicate("\n\n", timeout=LIMIT_S)

    def _say(self) -> None:
        stdin = self._pipe(self._process.stdin)
        stdin.write("\n")
        stdin.flush()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


@pytest.fixture
def other(tmp_path: Path) -> Iterator[OtherKiosk]:
    """A second kiosk that came first."""
    other = OtherKiosk(tmp_path / "relay0")
    yield other
    other.ends()


def worker_on(link: Path) -> tuple[PortWorker, Reports[PortState]]:
    """Our own port on the same board, not started."""
    line = SerialLine(str(link), baud=0)
    worker = PortWorker(name="ours", line=line, boards={OWN_BOARD: WaveshareRelay()})
    states: Reports[PortState] = Reports()
    worker.board(OWN_BOARD).add_state_listener(states.add)
    return worker, states


def test_the_second_of_two_processes_is_told_who_has_the_port(other: OtherKiosk) -> None:
    worker, states = worker_on(other.link)
    worker.start()
    seen = states.until(PortState.DENIED)
    fault = worker.board(OWN_BOARD).fault
    sent = worker.blackbox()
    worker.stop()

    assert seen == [PortState.OPENING, PortState.DENIED]
    assert isinstance(fault, PortBusy)
    assert fault.holder_pid == other.pid
    assert str(other.pid) in str(fault)
    assert sent == ()


def test_a_lane_whose_port_is_busy_does_not_start_and_says_so(
    other: OtherKiosk, tmp_path: Path
) -> None:
    toy = ToyLane(ToySetup(name="wiring", folder=tmp_path / "toy"))
    setup = toy.lane_setup()
    toy.close()
    worker, states = worker_on(other.link)
    ear = Ear()
    lane = lane_on(worker, setup=setup, listener=ear)
    lane.start()
    worker.start()
    states.until(PortState.DENIED)
    heard = ear.reports.until(("alarm", "io_lost", "raised"))
    lane.grant("g")
    heard += ear.reports.until(("voided", "g", "blind"))
    sent = worker.blackbox()
    lane.stop()
    worker.stop()

    assert Phase.BOOT not in heard
    assert sent == ()


def test_the_port_is_taken_as_soon_as_it_is_free(other: OtherKiosk) -> None:
    worker, states = worker_on(other.link)
    worker.start()
    states.until(PortState.DENIED)
    other.lets_go()
    states.until(PortState.READY)
    fault = worker.board(OWN_BOARD).fault
    worker.stop()

    assert fault is None


def test_a_plain_program_without_any_right_of_its_own_is_kept_out(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "relay0")
    bench.start()
    path = os.path.realpath(bench.port.path)
    before = os.stat(path).st_mode
    os.chmod(path, 0o666)  # whoever is refused now is refused by us
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec 3<>"$1"', "sh", path],
        user=NOBODY if os.geteuid() == 0 else None,
        env={"LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )
    os.chmod(path, before & 0o777)
    bench.close()

    assert done.returncode != 0
    assert "busy" in done.stderr


def test_a_holder_that_the_system_hides_leaves_the_rest_of_the_words(
    other: OtherKiosk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("hardware.line.Path", lambda _: tmp_path)  # a /proc without processes
    with pytest.raises(PortBusy, match=r"in use$") as caught:
        SerialLine(str(other.link), baud=0).open()

    assert caught.value.holder_pid is None
