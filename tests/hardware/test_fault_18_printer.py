"""Fault 18: a printer that is dead, out of paper, open, jammed half way or pulled out.

It never counts as printed then, nothing is printed twice, and once it is mended the next slip is
whole and alone on its paper.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hardware.escpos import CUT, QrCode, Raster, Slip, TextLine, encode_slip
from hardware.printer import PAPER_SPEED_S, STATUS_S, PrintResult
from hardware.sim.printer import Paper
from tests.hardware.paper_line import PaperDesk

SLIP: Slip = (
    TextLine("SHARED PARKING", is_large=True, is_centred=True),
    TextLine("Space A-07"),
    Raster(48, bytes(48 * 24)),
    TextLine("12.50"),
    QrCode("SP1.ABC-123"),
)
WHOLE = Paper("SHARED PARKING\nSpace A-07\n12.50", "SP1.ABC-123", 1)
LENGTH = len(encode_slip(SLIP))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[PaperDesk]:
    desk = PaperDesk(monkeypatch)
    yield desk
    desk.close()


def test_a_printer_that_is_well_prints_at_once(desk: PaperDesk) -> None:
    assert desk.print_slip(SLIP) is PrintResult.OK

    assert desk.roll.printed == [WHOLE]
    assert desk.roll.unknown == []


def test_the_status_is_asked_before_and_after_and_once_each(desk: PaperDesk) -> None:
    desk.print_slip(SLIP)

    asked = b"\x10\x04\x01\x10\x04\x04"
    assert desk.line.sent == asked + encode_slip(SLIP) + asked


def test_without_paper_nothing_is_sent_and_nothing_printed_later(desk: PaperDesk) -> None:
    desk.roll.is_paper_out = True

    assert desk.print_slip(SLIP) is PrintResult.PAPER_OUT

    desk.roll.mend()
    assert desk.roll.printed == []


def test_an_open_cover_is_off_line_and_nothing_is_sent(desk: PaperDesk) -> None:
    desk.roll.is_offline = True

    assert desk.print_slip(SLIP) is PrintResult.OFFLINE

    desk.roll.mend()
    assert desk.roll.printed == []


def test_a_roll_near_its_end_still_prints_and_says_so(desk: PaperDesk) -> None:
    desk.roll.is_paper_low = True

    result = desk.print_slip(SLIP)

    assert result is PrintResult.PAPER_LOW
    assert result.is_printed
    assert desk.roll.printed == [WHOLE]


def test_a_roll_that_ends_in_the_middle_is_out_of_paper(desk: PaperDesk) -> None:
    desk.roll.break_after(2, "paper_out")

    assert desk.print_slip(SLIP) is PrintResult.PAPER_OUT
    assert desk.roll.printed == []


def test_a_cover_opened_in_the_middle_is_off_line(desk: PaperDesk) -> None:
    desk.roll.break_after(2, "cover_open")

    assert desk.print_slip(SLIP) is PrintResult.OFFLINE
    assert desk.roll.printed == []


@pytest.mark.parametrize("result", PrintResult)
def test_only_what_the_printer_has_confirmed_counts_as_printed(result: PrintResult) -> None:
    assert result.is_printed == (result in {PrintResult.OK, PrintResult.PAPER_LOW})


def test_a_printer_that_never_told_is_not_taken_for_one_with_plenty(desk: PaperDesk) -> None:
    desk.roll.is_mute = True

    result = desk.print_slip(SLIP)

    assert result is PrintResult.UNVERIFIED
    assert not result.is_printed
    assert desk.roll.printed == [WHOLE]


def test_a_printer_that_tells_no_more_gets_no_slip(desk: PaperDesk) -> None:
    desk.print_slip(SLIP)
    desk.roll.is_mute = True

    assert desk.print_slip(SLIP) is PrintResult.OFFLINE
    assert desk.roll.printed == [WHOLE]


def test_a_dead_printer_is_known_after_one_status(desk: PaperDesk) -> None:
    desk.print_slip(SLIP)
    desk.roll.jam_after(0)
    before_s = desk.line.now_s

    assert desk.print_slip(SLIP) is PrintResult.OFFLINE
    assert desk.line.now_s - before_s == pytest.approx(STATUS_S)


@pytest.mark.parametrize("noise", [b"\x00", b"\xff", b"\x10", b"\x92"])
def test_a_garbled_status_is_nothing_that_is_known(desk: PaperDesk, noise: bytes) -> None:
    desk.roll.noise = noise

    assert desk.print_slip(SLIP) is PrintResult.UNVERIFIED


def test_a_status_garbled_after_the_slip_is_nothing_that_is_known(desk: PaperDesk) -> None:
    desk.roll.break_after(1, "cover_open")
    assert desk.print_slip(SLIP) is PrintResult.OFFLINE
    desk.roll.mend()
    desk.roll.noise = b"\xff"

    assert desk.print_slip(SLIP) is PrintResult.UNVERIFIED


@pytest.mark.parametrize("count", range(6, LENGTH + 6, 97))
def test_after_a_jam_half_way_the_next_slip_is_whole_and_alone(
    desk: PaperDesk, count: int
) -> None:
    desk.roll.jam_after(count)
    assert desk.print_slip(SLIP) is PrintResult.OFFLINE

    desk.roll.mend()

    assert desk.print_slip(SLIP) is PrintResult.OK
    assert desk.roll.printed[-1] == WHOLE
    assert WHOLE not in desk.roll.printed[:-1]


def test_a_jam_is_waited_for_once_and_not_for_ever(desk: PaperDesk) -> None:
    desk.roll.jam_after(100)
    before_s = desk.line.now_s

    desk.print_slip(SLIP)

    wire_s = (LENGTH + 12) * 11 / 9600
    assert desk.line.now_s - before_s <= PAPER_SPEED_S + wire_s


def test_a_second_jam_leaves_the_third_slip_whole(desk: PaperDesk) -> None:
    for count in (700, 900):
        desk.roll.jam_after(count)
        assert desk.print_slip(SLIP) is PrintResult.OFFLINE
        desk.roll.mend()

    assert desk.print_slip(SLIP) is PrintResult.OK
    assert desk.roll.printed[-1] == WHOLE


def test_a_printer_that_stays_jammed_is_never_sent_more_than_one_slip(desk: PaperDesk) -> None:
    desk.roll.jam_after(700)
    desk.print_slip(SLIP)
    desk.roll.jam_after(0)

    assert [desk.print_slip(SLIP) for _ in range(9)] == [PrintResult.OFFLINE] * 9

    desk.roll.mend()
    start = len(desk.line.sent)
    desk.print_slip(SLIP)
    assert len(desk.line.sent) - start <= 2 * LENGTH + len(CUT) + 12


def test_a_slip_after_one_that_went_well_brings_no_empty_paper(desk: PaperDesk) -> None:
    desk.roll.jam_after(300)
    desk.print_slip(SLIP)
    desk.roll.mend()
    desk.print_slip(SLIP)
    papers = len(desk.roll.printed)

    desk.print_slip(SLIP)

    assert len(desk.roll.printed) == papers + 1


@pytest.mark.parametrize("count", [0, 5, 200, LENGTH, LENGTH + 8])
def test_a_printer_pulled_out_in_the_middle_is_lost_and_prints_again_when_it_is_back(
    desk: PaperDesk, count: int
) -> None:
    desk.line.breaks_after = count
    assert desk.print_slip(SLIP) is PrintResult.LOST
    assert desk.print_slip(SLIP) is PrintResult.LOST

    desk.line.is_plugged = True

    assert desk.print_slip(SLIP) is PrintResult.OK
    assert desk.roll.printed[-1] == WHOLE


def test_another_printer_in_its_place_may_be_one_that_never_tells(desk: PaperDesk) -> None:
    desk.print_slip(SLIP)
    desk.line.is_plugged = False
    desk.print_slip(SLIP)
    desk.line.is_plugged, desk.roll.is_mute = True, True

    assert desk.print_slip(SLIP) is PrintResult.UNVERIFIED


def test_an_encoder_that_cannot_be_loaded_is_as_good_as_no_printer(
    desk: PaperDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def has_no_folder(slip: Slip) -> bytes:
        raise FileNotFoundError("no usable temporary directory")

    with monkeypatch.context() as patch:
        patch.setattr("hardware.printer.encode_slip", has_no_folder)
        assert desk.print_slip(SLIP) is PrintResult.OFFLINE

    assert desk.print_slip(SLIP) is PrintResult.OK
    assert desk.line.sent.count(CUT) == 1
