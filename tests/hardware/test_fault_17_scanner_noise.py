"""Fault 17: a scanner that talks nonsense, never ends, or says the same thing for ever.

Whatever it does costs nothing: no code that nobody held to it, and no more than the lane can take.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from hardware.line import SerialLine
from hardware.port import PortState
from hardware.scanner import CodeFramer, CodeReader, ScanFraming, ScannedCode
from hardware.sim.scanner import ToyScanner
from tests.hardware.scanner_script import read_script
from tests.hardware.waiting import Reports


def test_ten_thousand_bytes_without_an_end_leave_no_code_and_no_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    noise = [(step / 100, b"\xf8" * 100) for step in range(100)]

    codes = read_script(monkeypatch, [*noise, (1.5, b"TAIL\r"), (1.6, b"GOOD\r")])

    assert [code.text for code in codes] == ["GOOD"]


@pytest.mark.parametrize(
    "framing",
    [
        ScanFraming(),
        ScanFraming(ends=(b"\r\n",)),
        ScanFraming(start=b"\x02", ends=(b"\x03",)),
        ScanFraming(ends=(), idle_ms=50),
    ],
)
def test_noise_of_any_kind_is_never_kept_beyond_one_code(framing: ScanFraming) -> None:
    framer, chance = CodeFramer(framing), random.Random(17)

    kept = []
    for _ in range(200):
        framer.feed(chance.randbytes(500).translate(None, b"\r\n\x03"))
        kept.append(len(framer._inbox))

    assert max(kept) <= framing.max_bytes + 1


def test_the_same_code_twenty_times_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    held = [(step * 0.09, b"SP1-ABC\r\n") for step in range(20)]

    codes = read_script(monkeypatch, held)

    assert codes == [ScannedCode("SP1-ABC", 0.0)]


def test_a_code_held_for_long_counts_again_after_two_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = [(step * 0.5, b"SP1-ABC\r\n") for step in range(10)]

    codes = read_script(monkeypatch, held)

    assert [code.received_at_s for code in codes] == [0.0, 2.0, 4.0]


def test_a_hundred_codes_in_a_second_are_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    flood = [(step / 101, f"CODE{step}\r".encode()) for step in range(100)]

    codes = read_script(monkeypatch, [*flood, (1.5, b"LATER\r")])

    assert [code.text for code in codes] == [f"CODE{step}" for step in range(10)] + ["LATER"]


def test_after_all_of_it_a_real_scanner_still_reads(tmp_path: Path) -> None:
    scanner, codes = ToyScanner(link=tmp_path / "scanner0"), Reports[ScannedCode]()
    states = Reports[PortState]()
    line = SerialLine(scanner.path)
    reader = CodeReader(name="test", line=line, on_code=codes.add, on_state=states.add)
    reader.start()
    states.until(PortState.READY)  # what came before is dropped when a port is opened

    scanner.babble(2_001)
    scanner.scan("LOST IN NOISE")
    scanner.scan("HELD", times=20)
    scanner.scan("GOOD")

    assert [codes.next().text, codes.next().text] == ["HELD", "GOOD"]
    reader.stop()
    scanner.close()
