"""Codes from a scanner: framing, limits and the thread that reads them over a real pty."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.line import SerialLine
from hardware.port import PortState
from hardware.scanner import CodeFramer, CodeGate, CodeReader, ScanFraming, ScannedCode
from hardware.sim.scanner import ToyScanner
from tests.hardware.waiting import Reports


@pytest.fixture
def framer() -> CodeFramer:
    return CodeFramer(ScanFraming())


@pytest.mark.parametrize("stream", [b"ONE\rTWO\r", b"ONE\nTWO\n", b"ONE\r\nTWO\r\n"])
def test_each_common_terminator_ends_a_code(framer: CodeFramer, stream: bytes) -> None:
    assert framer.feed(stream) == ["ONE", "TWO"]


@given(cuts=st.lists(st.integers(0, 17), max_size=6))
def test_a_code_is_the_same_however_it_is_cut(cuts: list[int]) -> None:
    framer, stream = CodeFramer(ScanFraming()), b"SP1-ABC\r\nSP1-DEF\r\n"
    edges = [0, *sorted(cuts), len(stream)]

    pieces = [stream[begin:end] for begin, end in itertools.pairwise(edges)]

    assert [code for piece in pieces for code in framer.feed(piece)] == ["SP1-ABC", "SP1-DEF"]


def test_nothing_comes_before_the_terminator(framer: CodeFramer) -> None:
    assert framer.feed(b"ONE") == []


def test_nuls_are_no_part_of_a_code(framer: CodeFramer) -> None:
    assert framer.feed(b"\0O\0NE\0\r\0\n") == ["ONE"]


def test_empty_codes_are_nothing(framer: CodeFramer) -> None:
    assert framer.feed(b"\r\n\r\n\n\n") == []


def test_a_code_of_the_longest_length_is_taken(framer: CodeFramer) -> None:
    assert framer.feed(b"A" * 512 + b"\r") == ["A" * 512]


def test_a_longer_code_is_thrown_away_up_to_its_terminator(framer: CodeFramer) -> None:
    assert framer.feed(b"A" * 513 + b"\rGOOD\r") == ["GOOD"]


def test_ten_thousand_bytes_without_a_terminator_keep_nothing(framer: CodeFramer) -> None:
    assert [framer.feed(b"X" * 100) for _ in range(100)] == [[]] * 100

    assert framer.feed(b"TAIL\rGOOD\r") == ["GOOD"]


def test_prefix_and_suffix_are_removed_where_they_are() -> None:
    framer = CodeFramer(ScanFraming(prefix=b"]Q1", suffix=b"#"))

    assert framer.feed(b"]Q1ONE#\rTWO\r]Q1#\r") == ["ONE", "TWO"]


def test_bytes_that_are_no_text_are_shown_as_such(framer: CodeFramer) -> None:
    assert framer.feed(b"\xff\xfe\r") == ["\ufffd\ufffd"]


def test_the_same_code_counts_once_in_two_seconds() -> None:
    gate = CodeGate(dedupe_s=2.0, rate_max=10)

    passed = [gate.lets_through("ONE", at_s) for at_s in (0.0, 0.1, 1.99, 2.0, 2.1)]

    assert passed == [True, False, False, True, False]


def test_another_code_is_let_through_between() -> None:
    gate = CodeGate(dedupe_s=2.0, rate_max=10)

    passed = [gate.lets_through(code, 0.1) for code in ("ONE", "TWO", "ONE", "TWO")]

    assert passed == [True, True, False, False]


def test_ten_codes_a_second_and_no_more() -> None:
    gate = CodeGate(dedupe_s=2.0, rate_max=10)

    passed = [gate.lets_through(f"CODE{index}", index / 100) for index in range(20)]

    assert passed == [True] * 10 + [False] * 10
    assert gate.lets_through("LATER", 1.0)


class Desk:
    """A scanner, its reader, and what the reader reported."""

    def __init__(self, link: Path) -> None:
        self.scanner = ToyScanner(link=link)
        self.codes: Reports[ScannedCode] = Reports()
        self.states: Reports[PortState] = Reports()
        self.reader = CodeReader(
            name="test",
            line=SerialLine(self.scanner.path),
            on_code=self.codes.add,
            on_state=self.states.add,
        )

    def close(self) -> None:
        self.reader.stop()
        self.scanner.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "scanner0")
    yield desk
    desk.close()


def test_a_scanned_code_arrives(desk: Desk) -> None:
    desk.reader.start()
    desk.states.until(PortState.READY)

    desk.scanner.scan("SP1-ABC")

    assert desk.codes.next().text == "SP1-ABC"


def test_codes_bear_the_instants_of_their_arrival(desk: Desk) -> None:
    desk.reader.start()
    desk.states.until(PortState.READY)
    desk.scanner.scan("ONE")
    first = desk.codes.next()

    desk.scanner.scan("TWO")

    assert desk.codes.next().received_at_s > first.received_at_s


def test_a_code_held_before_the_glass_arrives_once(desk: Desk) -> None:
    desk.reader.start()
    desk.states.until(PortState.READY)

    desk.scanner.port.push(b"ONE\r\n" * 20 + b"TWO\r\n")

    assert [desk.codes.next().text, desk.codes.next().text] == ["ONE", "TWO"]


def test_a_scanner_that_was_unplugged_reads_again(desk: Desk) -> None:
    desk.reader.start()
    desk.states.until(PortState.READY)
    desk.scanner.port.push(b"FIRST\r\nHALF-A-CO")
    assert desk.codes.next().text == "FIRST"
    desk.scanner.port.unplug()
    desk.states.until(PortState.LOST)
    desk.scanner.port.replug()
    desk.states.until(PortState.READY)

    desk.scanner.scan("WHOLE")

    assert desk.codes.next().text == "WHOLE"


def test_a_scanner_that_another_holds_is_denied_until_it_is_free(desk: Desk) -> None:
    other = SerialLine(desk.scanner.path)
    other.open()
    desk.reader.start()
    seen = desk.states.until(PortState.DENIED)

    other.close()

    assert seen == [PortState.OPENING, PortState.DENIED]
    desk.states.until(PortState.READY)


def test_a_stopped_reader_gives_the_port_back(desk: Desk) -> None:
    desk.reader.start()
    desk.states.until(PortState.READY)

    desk.reader.stop()

    assert desk.reader.state is PortState.CLOSED
    again = SerialLine(desk.scanner.path)
    again.open()
    again.close()


def test_a_missing_scanner_can_be_stopped(desk: Desk) -> None:
    desk.scanner.port.unplug()
    desk.reader.start()
    desk.states.until(PortState.LOST)

    desk.reader.stop()

    assert desk.reader.state is PortState.CLOSED
