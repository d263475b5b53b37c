"""Codes from a scanner: framing, limits and the thread that reads them over a real pty."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.line import SerialLine
from hardware.port import PortState
from hardware.scanner import (
    ETX,
    STX,
    CodeFramer,
    CodeGate,
    CodeReader,
    ScanFraming,
    ScannedCode,
)
from hardware.sim.scanner import ToyScanner
from tests.hardware.scanner_script import read_script
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


def test_an_aim_identifier_is_removed_where_the_scanner_adds_one() -> None:
    framer = CodeFramer(ScanFraming(has_aim=True, prefix=b"#"))

    assert framer.feed(b"]Q1ONE\r]d2#TWO\rTHREE\r]Q1\r]Q") == ["ONE", "TWO", "THREE"]


def test_a_code_keeps_what_looks_like_an_identifier_where_none_is_added(
    framer: CodeFramer,
) -> None:
    assert framer.feed(b"]Q1ONE\r") == ["]Q1ONE"]


@pytest.mark.parametrize(
    ("end", "stream", "codes"),
    [
        (b"\r", b"ONE\rTWO\n\r", ["ONE", "TWO\n"]),
        (b"\n", b"ONE\nTWO\r\n", ["ONE", "TWO\r"]),
        (b"\r\n", b"ONE\rTWO\nTHREE\r\n", ["ONE\rTWO\nTHREE"]),
    ],
)
def test_only_the_end_that_is_set_ends_a_code(end: bytes, stream: bytes, codes: list[str]) -> None:
    assert CodeFramer(ScanFraming(ends=(end,))).feed(stream) == codes


def test_an_end_of_two_bytes_ends_a_code_of_the_longest_length() -> None:
    framer = CodeFramer(ScanFraming(ends=(b"\r\n",)))

    stream = b"A" * 512 + b"\r\n" + b"B" * 513 + b"\r\n" + b"GOOD\r\n"

    assert framer.feed(stream) == ["A" * 512, "GOOD"]


def test_ends_of_unlike_length_know_the_same_longest_code() -> None:
    framer = CodeFramer(ScanFraming(ends=(b"\r\n", b"\n")))

    assert framer.feed(b"A" * 513 + b"\n" + b"B" * 512 + b"\n") == ["B" * 512]


def test_an_end_of_two_bytes_is_found_after_a_code_that_was_too_long() -> None:
    framer = CodeFramer(ScanFraming(ends=(b"\r\n",)))
    assert [framer.feed(b"A" * 600 + b"\r"), framer.feed(b"\n")] == [[], []]

    assert framer.feed(b"GOOD\r\n") == ["GOOD"]


def test_between_start_and_end_stands_a_code_and_all_else_is_noise() -> None:
    framer = CodeFramer(ScanFraming(start=STX, ends=(ETX,)))

    assert framer.feed(b"noise\x02ONE\x03noise\x03\x02HALF\x02TWO\x03") == ["ONE", "TWO"]


def test_a_start_ends_what_was_too_long() -> None:
    framer = CodeFramer(ScanFraming(start=STX, ends=(ETX,)))

    assert framer.feed(b"\x02" + b"A" * 600 + b"\x02GOOD\x03") == ["GOOD"]


def test_without_an_end_a_code_ends_when_the_line_is_still() -> None:
    framer = CodeFramer(ScanFraming(ends=(), idle_ms=50))
    assert framer.feed(b"ONE\r") == []
    assert framer.is_waiting

    assert framer.lapse() == ["ONE\r"]
    assert not framer.is_waiting


def test_a_still_line_ends_what_was_too_long() -> None:
    framer = CodeFramer(ScanFraming(ends=(), idle_ms=50))
    framer.feed(b"A" * 600)
    assert framer.is_waiting

    assert framer.lapse() == []
    framer.feed(b"GOOD")
    assert framer.lapse() == ["GOOD"]


def test_the_reader_ends_codes_by_their_gaps_and_dates_them_by_their_last_byte(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = [(0.0, b"O"), (0.02, b"N"), (0.065, b"E"), (0.2, b"TWO"), (90.0, b"THREE")]

    codes = read_script(monkeypatch, script, ScanFraming(ends=(), idle_ms=50))

    assert codes == [
        ScannedCode("ONE", 0.065),
        ScannedCode("TWO", 0.2),
        ScannedCode("THREE", 90.0),
    ]


def test_a_reader_that_is_woken_early_does_not_take_that_for_a_gap(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = [(0.0, b"ON"), (0.01, b""), (0.02, b"E")]

    codes = read_script(monkeypatch, script, ScanFraming(ends=(), idle_ms=50))

    assert codes == [ScannedCode("ONE", 0.02)]


def test_a_reader_with_an_end_waits_for_it_however_long(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = read_script(monkeypatch, [(0.0, b"ON"), (200.0, b"E\r")])

    assert codes == [ScannedCode("ONE", 200.0)]


@pytest.mark.parametrize(
    "framing",
    [
        {"start": b"AB"},
        {"ends": ()},
        {"ends": (b"\r", b"")},
        {"idle_ms": 50},
    ],
)
def test_a_framing_that_could_end_no_code_is_refused(framing: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one known way"):
        ScanFraming(**framing)


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

    desk.scanner.scan("ONE", times=20)
    desk.scanner.scan("TWO")

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
