"""Receipts over a real pty to a printer that reads them back, and each way it cannot print."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware import printer as printer_module
from hardware.escpos import (
    QR_MAX_BYTES,
    QrCode,
    Raster,
    Slip,
    TextLine,
    encode_slip,
    is_printable,
)
from hardware.line import SerialLine
from hardware.printer import QUEUE_MAX, PrintResult, ReceiptPrinter
from hardware.sim.printer import Paper, PaperRoll
from hardware.sim.pty_port import PtyPort
from tests.hardware.waiting import LIMIT_S, Reports

SLIP: Slip = (
    TextLine("SHARED PARKING", is_large=True, is_centred=True),
    TextLine("Space A-07   12.50"),
    QrCode("SP1.ABC-123"),
    TextLine("Gute Fahrt, à bientôt"),
)


class Counter:
    """A paper roll on a port, its printer, and the results that came."""

    def __init__(self, link: Path) -> None:
        self.roll = PaperRoll()
        self.port = PtyPort(self.roll, link=link)
        self.results: Reports[PrintResult] = Reports()
        self.printer = ReceiptPrinter(name="test", line=SerialLine(self.port.path, baud=0))
        self.printer.start()

    def print_slip(self, slip: Slip = SLIP) -> PrintResult:
        self.printer.print_slip(slip, self.results.add)
        return self.results.next()

    def close(self) -> None:
        self.printer.stop(LIMIT_S)
        self.port.close()


@pytest.fixture
def counter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr(printer_module, "STATUS_S", 2.0)
    counter = Counter(tmp_path / "printer0")
    yield counter
    counter.close()


def test_a_slip_is_printed_with_its_text_and_its_qr(counter: Counter) -> None:
    result = counter.print_slip()

    assert result is PrintResult.OK
    assert counter.roll.printed == [
        Paper(
            text="SHARED PARKING\nSpace A-07   12.50\n\nGute Fahrt, à bientôt",
            qr="SP1.ABC-123",
            pictures=0,
        )
    ]
    assert counter.roll.unknown == []


def test_each_slip_is_a_paper_of_its_own(counter: Counter) -> None:
    counter.print_slip((TextLine("one"), QrCode("1")))

    counter.print_slip((TextLine("two"),))

    assert counter.roll.printed == [Paper("one", "1", 0), Paper("two", None, 0)]


def test_a_picture_is_printed_as_it_was_handed_in(counter: Counter) -> None:
    result = counter.print_slip((Raster(48, bytes(range(256)) * 3), TextLine("below")))

    assert result is PrintResult.OK
    assert counter.roll.printed == [Paper("below", None, 1)]
    assert counter.roll.unknown == []


def test_without_paper_nothing_is_sent(counter: Counter) -> None:
    counter.roll.is_paper_out = True

    assert counter.print_slip() is PrintResult.PAPER_OUT

    counter.roll.is_paper_out = False
    assert counter.print_slip((TextLine("next"),)) is PrintResult.OK
    assert [paper.text for paper in counter.roll.printed] == ["next"]


def test_a_printer_off_line_prints_nothing(counter: Counter) -> None:
    counter.roll.is_offline = True

    assert counter.print_slip() is PrintResult.OFFLINE
    assert counter.roll.printed == []


def test_a_mute_printer_is_unverified_and_never_taken_for_good(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_module, "STATUS_S", 0.02)
    counter.roll.is_mute = True

    assert counter.print_slip() is PrintResult.UNVERIFIED


def test_noise_instead_of_a_status_is_unverified(counter: Counter) -> None:
    counter.roll.noise = b"\xff"

    assert counter.print_slip() is PrintResult.UNVERIFIED


def test_a_printer_that_is_not_there_is_lost(counter: Counter) -> None:
    counter.port.unplug()

    assert counter.print_slip() is PrintResult.LOST


def test_a_printer_that_was_unplugged_prints_the_next_slip(counter: Counter) -> None:
    assert counter.print_slip((TextLine("one"),)) is PrintResult.OK
    counter.port.unplug()
    counter.port.replug()

    assert counter.print_slip((TextLine("two"),)) is PrintResult.OK
    assert [paper.text for paper in counter.roll.printed] == ["one", "two"]


def test_a_printer_that_takes_no_bytes_is_off_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_module, "STATUS_S", 0.02)
    monkeypatch.setattr(printer_module, "PAPER_SPEED_S", 0.02)
    master, slave = os.openpty()
    results: Reports[PrintResult] = Reports()
    printer = ReceiptPrinter(name="stuck", line=SerialLine(os.ttyname(slave), baud=0))
    printer.start()

    printer.print_slip((Raster(100, bytes(50_000)),), results.add)

    assert results.next() is PrintResult.OFFLINE
    printer.stop()
    os.close(slave)
    os.close(master)


def test_a_full_queue_answers_at_once(counter: Counter) -> None:
    stopped = ReceiptPrinter(name="never started", line=SerialLine(counter.port.path))
    taken: Reports[PrintResult] = Reports()
    for _ in range(QUEUE_MAX):
        stopped.print_slip(SLIP, taken.add)

    stopped.print_slip(SLIP, counter.results.add)

    assert counter.results.next() is PrintResult.OFFLINE
    assert taken.rest() == []


def test_a_stopped_printer_answers_at_once(counter: Counter) -> None:
    counter.printer.stop()

    assert counter.print_slip() is PrintResult.OFFLINE


@pytest.mark.parametrize(
    "slip",
    [
        (TextLine("停车"),),
        (TextLine("two\nlines"),),
        (TextLine("\x1bp"),),
        (QrCode(""),),
        (QrCode("停"),),
        (QrCode("A" * (QR_MAX_BYTES + 1)),),
        (Raster(2, b"\x00"),),
        (Raster(0, b""),),
    ],
)
def test_what_no_printer_can_print_is_refused_where_it_was_made(
    counter: Counter, slip: Slip
) -> None:
    with pytest.raises(ValueError, match=r"."):
        counter.printer.print_slip(slip, counter.results.add)

    assert counter.results.rest() == []


def test_a_slip_is_encoded_as_the_reference_has_it() -> None:
    slip = (
        TextLine("SHARED", is_large=True, is_centred=True),
        TextLine("à bientôt"),
        QrCode("SP1.ABC-123"),
        Raster(2, b"abcd"),
    )

    assert encode_slip(slip) == (
        b"\x1b@\x1bt\x00"  # reset, code page 437
        b"\x1d!\x11\x1ba\x01SHARED\n"
        b"\x1d!\x00\x1ba\x00\x85 bient\x93t\n"
        b"\x1ba\x01\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1"
        b"\x1d(k\x0e\x001P0SP1.ABC-123\x1d(k\x03\x001Q0\n"
        b"\x1ba\x01\x1dv0\x00\x02\x00\x02\x00abcd"
        b"\x1dV\x42\x00"
    )


LOADING = """
import sys
import hardware.printer
from hardware.escpos import TextLine, encode_slip
heavy = {"escpos", "PIL", "yaml", "barcode"}
print(sorted(heavy & set(sys.modules)))
encode_slip((TextLine("x"),))
print(sorted(heavy & set(sys.modules)))
"""


def test_the_encoder_is_loaded_by_the_first_slip_and_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOADING],
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("[]\n['PIL', 'barcode', 'escpos', 'yaml']\n", "")
    assert list(tmp_path.iterdir()) == []


def test_it_is_known_which_text_needs_a_picture() -> None:
    assert is_printable("Parkhaus Süd, 12.50")
    assert not is_printable("共享停车")
    assert not is_printable("12,50 €")


@given(
    words=st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126)), max_size=8),
    payload=st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=200),
)
def test_the_roll_reads_back_what_was_encoded(words: list[str], payload: str) -> None:
    roll = PaperRoll()
    slip: Slip = (QrCode(payload), *(TextLine(word) for word in words))

    roll.received(encode_slip(slip), 0.0)

    assert roll.printed == [Paper("\n".join(words).strip("\n"), payload, 0)]
    assert roll.unknown == []


def test_the_roll_shows_bytes_that_are_no_command() -> None:
    roll = PaperRoll()

    roll.received(b"\x1bZ\x07 and more text\n", 0.0)

    assert roll.unknown[0] == b"\x1b"
