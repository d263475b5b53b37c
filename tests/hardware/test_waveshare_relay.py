"""Transactions of the Waveshare driver: what it takes for an answer, and what never."""

from __future__ import annotations

import pytest

from hardware.boards.base import AckKind
from hardware.boards.modbus import encode_frame
from hardware.boards.waveshare import (
    WaveshareRelay,
    encode_all_off,
    encode_pulse,
    encode_read_inputs,
    encode_set,
    encode_unlink,
    encode_unlink_reply,
)
from hardware.errors import BadReply, DeviceRefused, DeviceTimeout, NotReady, ReplyFlaw
from tests.hardware.virtual_line import virtual_line

PULSE = encode_pulse(1, 1, 500)
INPUTS_NONE = encode_frame(1, 2, b"\x01\x00")
INPUTS_ALL = encode_frame(1, 2, b"\x01\xff")
UNLINKED = encode_frame(1, 3, b"\x10" + bytes(16))


def test_an_exact_echo_confirms_a_pulse(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, PULSE)])

    ack = WaveshareRelay().pulse(line, 1, 500)

    assert ack.kind is AckKind.CONFIRMED
    assert ack.frame == PULSE
    assert ack.acked_at_s - ack.sent_at_s == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("echo", "flaw"),
    [
        (encode_pulse(1, 2, 500), ReplyFlaw.WRONG_ECHO),
        (encode_pulse(1, 1, 600), ReplyFlaw.WRONG_ECHO),
        (encode_set(1, 1, is_on=True), ReplyFlaw.WRONG_ECHO),
        (encode_pulse(2, 1, 500), ReplyFlaw.WRONG_UNIT),
        (INPUTS_ALL, ReplyFlaw.WRONG_FUNCTION),
        (PULSE[:-1] + b"\x00", ReplyFlaw.CRC),
        (PULSE[:6], ReplyFlaw.SHORT),
    ],
)
def test_any_other_echo_is_a_bad_reply_and_the_pulse_is_sent_once(
    monkeypatch: pytest.MonkeyPatch, echo: bytes, flaw: ReplyFlaw
) -> None:
    line = virtual_line(monkeypatch, [(0.01, echo)])

    with pytest.raises(BadReply) as caught:
        WaveshareRelay().pulse(line, 1, 500)

    assert caught.value.why is flaw
    assert caught.value.frame == echo
    assert line.sent == [PULSE]


def test_a_mute_board_times_out_once_and_nothing_is_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch)

    with pytest.raises(DeviceTimeout):
        WaveshareRelay(timeout_ms=100).pulse(line, 1, 500)

    assert line.sent == [PULSE]
    assert line.now_s - line.sent_at_s[0] == pytest.approx(0.1)


def test_line_time_is_added_to_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, baud=9600)

    with pytest.raises(DeviceTimeout):
        WaveshareRelay(timeout_ms=100).pulse(line, 1, 500)

    both_frames_and_silence_s = 16 * 11 / 9600 + 3.5 * 11 / 9600 + 0.001
    assert line.now_s - line.sent_at_s[0] == pytest.approx(0.1 + both_frames_and_silence_s)


def test_a_refusal_carries_the_boards_own_number(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, encode_frame(1, 0x85, b"\x02"))])

    with pytest.raises(DeviceRefused) as caught:
        WaveshareRelay().pulse(line, 1, 500)

    assert caught.value.exception_code == 2


def test_a_late_reply_to_an_earlier_request_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.01, INPUTS_ALL), (0.03, PULSE)])

    ack = WaveshareRelay().pulse(line, 1, 500)

    assert ack.kind is AckKind.CONFIRMED


def test_a_late_echo_of_another_order_does_not_confirm_this_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.01, encode_all_off(1))])

    with pytest.raises(BadReply):
        WaveshareRelay().pulse(line, 1, 500)


def test_bytes_from_before_the_request_are_drained(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, INPUTS_NONE)])
    line.arriving = [(line.now_s, INPUTS_ALL)]

    inputs = WaveshareRelay().read_inputs(line)

    assert not any(inputs)


def test_a_read_after_a_missed_one_first_lets_the_late_answer_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.12, INPUTS_ALL)], [(0.05, INPUTS_NONE)])
    board = WaveshareRelay(timeout_ms=100)
    with pytest.raises(DeviceTimeout):
        board.read_inputs(line)

    inputs = board.read_inputs(line)

    assert not any(inputs)


def test_a_pulse_after_a_missed_read_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [], [(0.01, PULSE)])
    board = WaveshareRelay(timeout_ms=100)
    with pytest.raises(DeviceTimeout):
        board.read_inputs(line)
    asked_at_s = line.now_s

    board.pulse(line, 1, 500)

    assert line.sent_at_s[1] == asked_at_s


@pytest.mark.parametrize(
    "pieces",
    [
        [(0.01, INPUTS_ALL[:3]), (0.03, INPUTS_ALL[3:])],
        [(0.01, b"\x00\xff" + INPUTS_ALL)],
        [(0.01, INPUTS_ALL + b"\xff\x00")],
        [(0.01, b"\x01\x02"), (0.02, b"\x01"), (0.03, b"\x02\x01" + INPUTS_ALL[3:] + INPUTS_ALL)],
    ],
)
def test_a_whole_valid_frame_counts_however_it_arrives(
    monkeypatch: pytest.MonkeyPatch, pieces: list[tuple[float, bytes]]
) -> None:
    line = virtual_line(monkeypatch, pieces)

    assert all(WaveshareRelay().read_inputs(line))


@pytest.mark.parametrize(
    "reply",
    [
        encode_frame(2, 2, b"\x01\xff"),
        encode_frame(1, 1, b"\x01\xff"),
        encode_frame(1, 2, b"\x02\xff\xff"),
        INPUTS_ALL[:-1] + b"\x00",
    ],
)
def test_a_read_is_never_satisfied_by_another_unit_function_or_length(
    monkeypatch: pytest.MonkeyPatch, reply: bytes
) -> None:
    line = virtual_line(monkeypatch, [(0.01, reply)])

    with pytest.raises(BadReply):
        WaveshareRelay().read_inputs(line)


def test_a_line_that_never_stops_talking_ends_at_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chatter = [(index / 1000, b"\x55") for index in range(1, 1000)]
    line = virtual_line(monkeypatch, chatter)

    with pytest.raises(BadReply):
        WaveshareRelay(timeout_ms=100).read_inputs(line)

    assert line.now_s - line.sent_at_s[0] == pytest.approx(0.1, abs=0.002)


def test_an_answer_that_waits_for_a_stalled_host_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, INPUTS_ALL)])
    line.stall_s = 5.0

    assert all(WaveshareRelay(timeout_ms=100).read_inputs(line))


def test_a_line_that_is_never_silent_gets_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, baud=9600)
    line.arriving = [(line.now_s + index / 1000, b"\x55") for index in range(1000)]

    with pytest.raises(DeviceTimeout):
        WaveshareRelay().pulse(line, 1, 500)

    assert line.sent == []


def test_silence_is_kept_since_the_last_received_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.02, INPUTS_NONE)], [(0.02, PULSE)], baud=9600)
    board = WaveshareRelay()
    board.read_inputs(line)
    heard_at_s = line.now_s

    board.pulse(line, 1, 500)

    assert line.sent_at_s[1] - heard_at_s == pytest.approx(3.5 * 11 / 9600 + 0.001)


def test_an_idle_line_is_written_to_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.02, PULSE)], baud=9600)
    asked_at_s = line.now_s

    WaveshareRelay().pulse(line, 1, 500)

    assert line.sent_at_s == [asked_at_s]


def test_an_order_queued_meanwhile_does_not_break_a_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.01, INPUTS_ALL)])
    line.cancel()

    assert all(WaveshareRelay().read_inputs(line))


def test_a_board_whose_inputs_switch_relays_is_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    linked = encode_frame(1, 3, b"\x10" + b"\x00\x01" * 2 + bytes(12))
    line = virtual_line(monkeypatch, [(0.01, linked)])

    with pytest.raises(NotReady, match=r"relay 1, 2 .* --unlink"):
        WaveshareRelay().probe(line)


def test_a_commissioned_board_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, UNLINKED)])

    WaveshareRelay().probe(line)

    assert line.sent == [bytes.fromhex("01 03 10 00 00 08 40 CC")]


def test_an_adapter_that_repeats_what_is_sent_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    request = bytes.fromhex("01 03 10 00 00 08 40 CC")
    line = virtual_line(monkeypatch, [(0.001, request), (0.02, UNLINKED)])

    with pytest.raises(
        NotReady, match=r"echo of the RS-485 adapter off, or say --local-echo \(local_echo = true"
    ):
        WaveshareRelay().probe(line)


def test_unlinking_is_confirmed_by_the_range_without_the_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.01, encode_unlink_reply(1))])

    ack = WaveshareRelay().unlink_inputs(line)

    assert ack.frame == encode_unlink(1)


def test_another_unit_is_addressed_and_must_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, encode_frame(7, 2, b"\x01\x04"))])

    inputs = WaveshareRelay(unit=7).read_inputs(line)

    assert inputs == (False, False, True, False, False, False, False, False)
    assert line.sent == [encode_read_inputs(7)]
