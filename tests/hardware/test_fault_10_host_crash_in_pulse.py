"""Fault 10: the host crashes during a pulse that it was to end itself.

Expected: "at start all_off twice; recommend timed boards".
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.boards.lcus import STATUS_QUERY, LcusRelay, encode_set
from hardware.boards.waveshare import encode_pulse
from hardware.line import SerialLine
from hardware.orders import Priority
from hardware.port import PortState, PortWorker
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.pty_port import PtyPort
from kiosk.app.config import read_site_file
from kiosk.app.lane_advice import lane_advice
from tests.fakes.stage import SITE_FILE
from tests.hardware.port_bench import Bench, soon
from tests.hardware.waiting import LIMIT_S, Reports

ROOT = Path(__file__).parents[2]
OFF = [encode_set(1, is_on=False), encode_set(2, is_on=False)]


class Crashed:
    """A board whose relay 1 a process pressed that was then killed."""

    def __init__(self, link: Path) -> None:
        self.relays: Reports[tuple[int, bool]] = Reports()
        self.received: list[bytes] = []
        self.board = _Listening(self.received, self.relays)
        self.port = PtyPort(self.board, link=link)
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.hardware.other_program", "press", str(link)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.relays.until((1, True))
        assert child.stdout is not None
        assert child.stdout.readline() == "pressed\n"
        os.kill(child.pid, signal.SIGKILL)
        child.communicate(timeout=LIMIT_S)
        self.received.clear()

    def next_life(self, reply: str = "none") -> tuple[PortWorker, Reports[PortState]]:
        """The port of the program that is started again, and its states."""
        worker = PortWorker(
            name="next",
            line=SerialLine(self.port.path, baud=0),
            boards={"relay": LcusRelay(outputs=2, reply=reply, gap_ms=0)},
        )
        states: Reports[PortState] = Reports()
        worker.board("relay").add_state_listener(states.add)
        worker.start()
        return worker, states


class _Listening(LcusBoard):
    def __init__(self, received: list[bytes], relays: Reports[tuple[int, bool]]) -> None:
        super().__init__(
            outputs=2,
            reply=LcusReply.TEXT,  # it can be asked; it never answers an order
            gap_s=0.0,
            on_output=lambda channel, is_on: relays.add((channel, is_on)),
        )
        self._received = received

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        self._received.append(data)
        return super().received(data, now_s)


@pytest.fixture
def crashed(tmp_path: Path) -> Iterator[Crashed]:
    crashed = Crashed(tmp_path / "lcus0")
    yield crashed
    crashed.port.close()


@pytest.mark.parametrize(("reply", "first"), [("none", OFF), ("text", [STATUS_QUERY])])
def test_the_next_start_lets_every_relay_drop_twice_before_anything_else(
    crashed: Crashed, reply: str, first: list[bytes]
) -> None:
    was_pressed = crashed.board.outputs[0]
    worker, states = crashed.next_life(reply)
    seen = states.until(PortState.READY)
    sent = [frame.content for frame in worker.blackbox() if frame.direction == "sent"]
    dropped = crashed.relays.until((1, False))
    worker.stop()

    assert was_pressed is True
    assert seen == [PortState.OPENING, PortState.PROBING, PortState.READY]
    assert sent == [*first, *OFF, *OFF], "the probe, and then off twice"
    assert dropped == [(1, False)]


def test_nothing_is_taken_before_and_nothing_is_pressed_anew(crashed: Crashed) -> None:
    worker, states = crashed.next_life()
    states.until(PortState.READY)
    pressed = worker.board("relay").pulse(2, 200, priority=Priority.OPEN, deadline_s=soon())
    pressed.result(LIMIT_S)
    crashed.relays.until((2, False))
    worker.stop()
    received = b"".join(crashed.received)

    assert received.index(encode_set(2, is_on=True)) >= len(b"".join(OFF * 2))
    assert encode_set(1, is_on=True) not in received


def test_a_board_that_times_its_pulses_needs_no_next_start(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "relay0")
    bench.start()
    bench.link.pulse(1, 200, priority=Priority.OPEN, deadline_s=soon()).result(LIMIT_S)
    sent = [frame.content for frame in bench.worker.blackbox() if frame.direction == "sent"]
    relays = bench.outputs.until((1, False))
    bench.close()

    assert relays == [(1, True), (1, False)]
    assert sent[-1] == encode_pulse(1, 1, 200), "one frame, and the board does the rest"


def test_the_installer_is_told_what_a_board_without_a_timer_costs(tmp_path: Path) -> None:
    board = '[lane.board]\nport = "/dev/kiosk/relay0"\nfamily = "{family}"\n{more}'
    lane = """[[lane]]
name = "entry"
direction = "entry"
passage = "assumed"
[lane.scanner]
port = "/dev/kiosk/scanner0"
"""
    before = SITE_FILE.read_text("utf-8").partition("[[lane]]")[0]
    tariffs = str(ROOT / "resources" / "tariffs")

    def advice(family: str, more: str = "") -> str:
        path = tmp_path / f"{family}.toml"
        text = before.replace("../../resources/tariffs", tariffs).replace(
            '"tariffs/', f'"{SITE_FILE.parent}/tariffs/'
        )
        path.write_text(text + lane + board.format(family=family, more=more), encoding="utf-8")
        return "\n".join(lane_advice(read_site_file(path)))

    assert "cannot time a pulse" in advice("lcus", "outputs = 4\n")
    assert "cannot time a pulse" not in advice("waveshare-modbus")
