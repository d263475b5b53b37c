"""The simulated port: its name, its cable, and bytes that come late or in pieces."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.line import SerialLine
from hardware.sim.pty_port import LineFaults, PtyPort, arrivals
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


def test_what_follows_waits_until_a_paced_line_is_free() -> None:
    port = PtyPort(Parrot(), baud=9600)
    line = SerialLine(port.path)
    line.open()
    began_s = time.monotonic()

    port.push(b"ten bytes!")
    port.push(b"ten bytes!")
    line.read_exact(20, soon())

    assert time.monotonic() >= began_s + 20 * 11 / 9600
    line.close()
    port.close()


def test_a_device_is_called_when_something_of_it_is_due(port: PtyPort, line: SerialLine) -> None:
    parrot = _parrot(port)
    parrot.due_s = due_s = time.monotonic() + 0.02

    line.write(b"wake", soon())

    assert parrot.advanced.next() >= due_s


def test_without_batches_all_comes_when_the_last_byte_has() -> None:
    assert list(arrivals(b"ten bytes!", 1.0, 11000, 0.0)) == [(1.01, b"ten bytes!")]


def test_batches_cut_an_answer_at_their_own_rhythm() -> None:
    # One byte each millisecond from 1.005 on, batches at multiples of 16 ms: 1.008, 1.024, 1.040.
    pieces = list(arrivals(bytes(range(1, 31)), 1.0055, 11000, 0.016))

    assert [piece for _, piece in pieces] == [
        bytes((1, 2)),
        bytes(range(3, 19)),
        bytes(range(19, 31)),
    ]
    assert [due_s for due_s, _ in pieces] == pytest.approx([1.008, 1.024, 1.040])


def test_where_bytes_take_no_time_a_batch_is_whole() -> None:
    pieces = list(arrivals(b"word", 1.001, 0, 0.016))

    assert [piece for _, piece in pieces] == [b"word"]
    assert pieces[0][0] == pytest.approx(1.008)


def test_an_answer_in_batches_comes_whole_in_the_end() -> None:
    port = PtyPort(Parrot(), baud=9600)
    port.faults.batch_s = 0.016
    line = SerialLine(port.path)
    line.open()

    line.write(bytes(range(40)), soon())

    assert line.read_exact(40, soon()) == bytes(range(40))
    line.close()
    port.close()


def test_on_two_wires_the_host_hears_itself_before_the_answer(
    port: PtyPort, line: SerialLine
) -> None:
    port.faults.is_echoing = True
    port.faults.before = b"<"  # noise of the device: not in the echo

    line.write(b"word", soon())

    assert line.read_exact(9, soon()) == b"word<word"


def test_no_byte_is_damaged_unless_asked_for() -> None:
    assert LineFaults().damaged(bytes(range(256))) == bytes(range(256))


def test_what_the_host_says_is_damaged_on_the_way_too(port: PtyPort, line: SerialLine) -> None:
    port.faults.flip_rate = 1.0

    line.write(bytes(4), soon())
    line.read_exact(4, soon())

    heard, _ = _parrot(port).heard.next()
    assert {byte.bit_count() for byte in heard} == {1}


def test_a_lost_byte_is_lost_for_good(port: PtyPort, line: SerialLine) -> None:
    port.faults.drop_rate = 1.0
    port.push(b"lost")
    port.faults.drop_rate = 0.0

    port.push(b"kept")

    assert line.read_exact(4, soon()) == b"kept"


def test_a_flipped_byte_differs_in_one_bit() -> None:
    faults = LineFaults(flip_rate=1.0)

    after = faults.damaged(bytes(1000))

    assert {byte.bit_count() for byte in after} == {1}
    assert len(set(after)) == 8
    assert len(after) == 1000


def test_damage_is_as_frequent_as_asked_for() -> None:
    kept = LineFaults(drop_rate=0.1).damaged(bytes(10_000))
    flipped = LineFaults(flip_rate=0.1).damaged(bytes(10_000))

    assert 8_800 < len(kept) < 9_200
    assert 800 < sum(1 for byte in flipped if byte) < 1_200


def test_damage_is_the_same_with_the_same_seed_and_another_with_another() -> None:
    data = bytes(range(256))

    def damaged(seed: int) -> bytes:
        faults = LineFaults(drop_rate=0.1, flip_rate=0.1, chance=random.Random(seed))
        return faults.damaged(data)

    assert damaged(1) == damaged(1)
    assert damaged(1) != damaged(2)


def _parrot(port: PtyPort) -> Parrot:
    device = port._device
    assert isinstance(device, Parrot)
    return device
