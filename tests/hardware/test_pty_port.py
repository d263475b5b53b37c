"""The simulated port: its name, its cable, and bytes that come late or in pieces."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.line import SerialLine
from hardware.sim.pty_port import PtyPort
from tests.hardware.waiting import LIMIT_S, Reports


class Parrot:
    """Says back what it hears and notes the instants."""

    def __init__(self) -> None:
        self.heard: Reports[tuple[bytes, float]] = Reports()
        self.due_s: float | None = None
        self.advanced: Reports[float] = Reports()

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        self.heard.add((data, now_s))
        return [data]

    def advance(self, now_s: float) -> None:
        if self.due_s is not None and now_s >= self.due_s:
            self.due_s = None
            self.advanced.add(now_s)

    def next_change_s(self) -> float | None:
        return self.due_s


def soon() -> float:
    return time.monotonic() + LIMIT_S


@pytest.fixture
def port(tmp_path: Path) -> Iterator[PtyPort]:
    port = PtyPort(Parrot(), link=tmp_path / "port0")
    yield port
    port.close()


@pytest.fixture
def line(port: PtyPort) -> Iterator[SerialLine]:
    line = SerialLine(port.path)
    line.open()
    yield line
    line.close()


def test_the_link_keeps_its_name_while_the_pty_changes(port: PtyPort) -> None:
    name, first = port.path, Path(port.path).resolve()
    holder = first.open("rb", buffering=0)  # so that the number is not given out again
    port.unplug()
    assert not Path(name).is_symlink()

    port.replug()

    assert port.path == name
    assert Path(name).resolve() != first
    holder.close()


def test_a_port_without_a_link_is_known_by_its_pty() -> None:
    port = PtyPort(Parrot())

    assert Path(port.path).is_char_device()

    port.close()


def test_pulling_and_plugging_twice_is_as_good_as_once(port: PtyPort) -> None:
    port.replug()
    port.unplug()
    port.unplug()

    port.replug()

    assert Path(port.path).exists()


def test_what_is_pushed_arrives_unasked(port: PtyPort, line: SerialLine) -> None:
    port.push(b"hello")

    assert line.read_exact(5, soon()) == b"hello"


def test_what_is_pushed_while_unplugged_is_lost(port: PtyPort) -> None:
    port.unplug()
    port.push(b"lost")
    port.replug()
    line = SerialLine(port.path)
    line.open()

    port.push(b"kept")

    assert line.read_exact(4, soon()) == b"kept"
    line.close()


def test_noise_stands_around_an_answer(port: PtyPort, line: SerialLine) -> None:
    port.faults.before, port.faults.after = b"<", b">"

    line.write(b"word", soon())

    assert line.read_exact(6, soon()) == b"<word>"


def test_a_late_answer_comes_late(port: PtyPort, line: SerialLine) -> None:
    port.faults.late_s = 0.02
    line.write(b"word", soon())

    line.read_exact(4, soon())

    _, heard_at_s = _parrot(port).heard.next()
    assert time.monotonic() >= heard_at_s + 0.02


def test_a_split_answer_comes_whole_in_the_end(port: PtyPort, line: SerialLine) -> None:
    port.faults.split_s = 0.01

    line.write(b"word", soon())

    assert line.read_exact(4, soon()) == b"word"


def test_bytes_take_their_time_on_a_paced_line() -> None:
    port = PtyPort(Parrot(), baud=9600)
    line = SerialLine(port.path)
    line.open()
    sent_at_s = time.monotonic()

    line.write(b"ten bytes!", soon())
    line.read_exact(10, soon())

    there_and_back_s = 2 * 10 * 11 / 9600
    assert time.monotonic() >= sent_at_s + there_and_back_s
    line.close()
    port.close()


def test_a_device_is_called_when_something_of_it_is_due(port: PtyPort, line: SerialLine) -> None:
    parrot = _parrot(port)
    parrot.due_s = due_s = time.monotonic() + 0.02

    line.write(b"wake", soon())

    assert parrot.advanced.next() >= due_s


def _parrot(port: PtyPort) -> Parrot:
    device = port._device
    assert isinstance(device, Parrot)
    return device
