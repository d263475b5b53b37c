"""LCUS boards: the listed frames, the three builds of reply, and the gap that they need."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.boards.base import AckKind
from hardware.boards.lcus import LcusRelay, decode_text, encode_set
from hardware.errors import BadReply, DeviceTimeout, ReplyFlaw, Unsupported
from tests.hardware.virtual_line import virtual_line

TEXT = b"CH1: ON\r\nCH2: OFF\r\n"
STATES = st.lists(st.booleans(), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("channel", "is_on", "golden"),
    [
        (1, True, "A0 01 01 A2"),
        (1, False, "A0 01 00 A1"),
        (2, True, "A0 02 01 A3"),
        (2, False, "A0 02 00 A2"),
        (8, False, "A0 08 00 A8"),
    ],
)
def test_an_order_is_the_golden_frame(channel: int, is_on: bool, golden: str) -> None:
    assert encode_set(channel, is_on=is_on).hex(" ").upper() == golden


@given(channel=st.integers(1, 8), is_on=st.booleans())
def test_the_fourth_byte_is_the_sum_of_the_others(channel: int, is_on: bool) -> None:
    frame = encode_set(channel, is_on=is_on)

    assert frame[:3] == bytes((0xA0, channel, is_on))
    assert frame[3] == sum(frame[:3]) % 256


def text_of(states: list[bool]) -> bytes:
    lines = [f"CH{n}: {'ON' if on else 'OFF'}\r\n" for n, on in enumerate(states, start=1)]
    return "".join(lines).encode()


@given(states=STATES, before=st.binary(max_size=10), after=st.binary(max_size=10))
def test_text_is_read_in_any_noise_around_it(
    states: list[bool], before: bytes, after: bytes
) -> None:
    assert decode_text(before + text_of(states) + after, len(states)) == tuple(states)


@given(states=STATES, cut=st.integers(1, 9))
def test_text_that_was_cut_short_tells_nothing(states: list[bool], cut: int) -> None:
    assert decode_text(text_of(states)[:-cut], len(states)) is None


@pytest.mark.parametrize("reply", [b"CH1:ON \r\nCH2:OFF \r\n", b"CH1: ON\nCH2: OFF\n"])
def test_text_is_read_as_other_makers_space_it(reply: bytes) -> None:
    assert decode_text(reply, 2) == (True, False)


def test_an_order_counts_as_sent_and_never_as_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, encode_set(1, is_on=True))])

    ack = LcusRelay(outputs=2).set_output(line, 1, True)

    assert ack.kind is AckKind.SENT
    assert ack.frame == encode_set(1, is_on=True)
    assert ack.sent_at_s == line.sent_at_s[0]


def test_the_next_order_waits_for_the_gap_after_the_last_bit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, baud=9600)
    board = LcusRelay(outputs=2)
    board.set_output(line, 1, True)

    board.set_output(line, 1, False)

    assert line.sent_at_s[1] - line.sent_at_s[0] == pytest.approx(0.06 + 4 * 11 / 9600)


def test_an_order_to_a_board_that_rested_goes_out_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch)
    board = LcusRelay(outputs=2)
    board.set_output(line, 1, True)
    line.now_s += 0.5
    asked_at_s = line.now_s

    board.set_output(line, 1, False)

    assert line.sent_at_s[1] == asked_at_s


def test_cancelled_waits_do_not_shorten_the_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch)
    board = LcusRelay(outputs=2)
    board.set_output(line, 1, True)
    line.cancel()

    board.set_output(line, 1, False)

    assert line.sent_at_s[1] - line.sent_at_s[0] == pytest.approx(0.06)


def test_all_off_goes_to_every_relay_with_the_gap_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch)

    ack = LcusRelay(outputs=4).all_off(line)

    assert line.sent == [encode_set(channel, is_on=False) for channel in (1, 2, 3, 4)]
    assert line.sent_at_s[3] - line.sent_at_s[0] == pytest.approx(0.18)
    assert ack.frame == b"".join(line.sent)
    assert (ack.sent_at_s, ack.acked_at_s) == (line.sent_at_s[0], line.sent_at_s[3])


@pytest.mark.parametrize(("reply", "content"), [("text", TEXT), ("bytes", b"\x01\x00")])
def test_the_relays_are_read_from_the_build_that_answers(
    monkeypatch: pytest.MonkeyPatch, reply: str, content: bytes
) -> None:
    line = virtual_line(monkeypatch, [(0.01, content[:1]), (0.03, content[1:])])

    assert LcusRelay(outputs=2, reply=reply).read_outputs(line) == (True, False)
    assert line.sent == [b"\xff"]


@pytest.mark.parametrize(
    ("reply", "content", "flaw"),
    [
        ("bytes", b"\x01", ReplyFlaw.SHORT),
        ("bytes", b"\x01\x00\x00", ReplyFlaw.WRONG_SHAPE),
        ("bytes", b"\x01\x02", ReplyFlaw.WRONG_SHAPE),
        ("bytes", TEXT, ReplyFlaw.WRONG_SHAPE),
        ("text", b"\x01\x00", ReplyFlaw.SHORT),
        ("text", b"CH1: ON\r\n", ReplyFlaw.SHORT),
        ("text", b"CH1: ON\r\n\x00\xff\x00CH2: OFF\r\n", ReplyFlaw.WRONG_SHAPE),
        ("text", b"CH2: ON\r\nCH1: OFF\r\n\r\n", ReplyFlaw.WRONG_SHAPE),
    ],
)
def test_any_other_reply_is_a_bad_one_and_the_question_is_sent_once(
    monkeypatch: pytest.MonkeyPatch, reply: str, content: bytes, flaw: ReplyFlaw
) -> None:
    line = virtual_line(monkeypatch, [(0.01, content)])

    with pytest.raises(BadReply) as caught:
        LcusRelay(outputs=2, reply=reply).read_outputs(line)

    assert caught.value.why is flaw
    assert caught.value.frame == content
    assert line.sent == [b"\xff"]


@given(noise=st.binary(min_size=1, max_size=12).filter(lambda each: each not in (b"\0", b"\1")))
def test_noise_never_reads_as_a_relay(noise: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        line = virtual_line(monkeypatch, [(0.01, noise)])

        with pytest.raises(BadReply):
            LcusRelay(outputs=1, reply="bytes").read_outputs(line)


def test_silence_is_a_timeout_after_line_time_and_a_tenth_of_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, baud=9600)

    with pytest.raises(DeviceTimeout):
        LcusRelay(outputs=2, reply="bytes").read_outputs(line)

    assert line.now_s - line.sent_at_s[0] == pytest.approx(0.1 + 3 * 11 / 9600)


def test_bytes_from_before_the_question_are_not_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.01, b"\x00\x00")])
    line.arriving = [(line.now_s, b"\x01\x01")]

    assert LcusRelay(outputs=2, reply="bytes").read_outputs(line) == (False, False)


def test_a_question_after_a_missed_one_first_lets_the_late_answer_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.12, b"\x01\x01")], [(0.01, b"\x00\x00")])
    board = LcusRelay(outputs=2, reply="bytes", gap_ms=0)
    with pytest.raises(DeviceTimeout):
        board.read_outputs(line)

    assert board.read_outputs(line) == (False, False)


def test_a_build_that_never_answers_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch)

    with pytest.raises(Unsupported, match='reply = "none"'):
        LcusRelay(outputs=2).read_outputs(line)

    assert line.sent == []


def test_the_probe_of_a_build_that_never_answers_lets_every_relay_drop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch)

    LcusRelay(outputs=2).probe(line)

    assert line.sent == [encode_set(1, is_on=False), encode_set(2, is_on=False)]


def test_the_probe_of_a_build_that_answers_asks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, TEXT)])

    LcusRelay(outputs=2, reply="text").probe(line)

    assert line.sent == [b"\xff"]
