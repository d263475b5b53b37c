"""Numato boards: the maker's lines, the echo that confirms them, and half lines of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.boards import numato
from hardware.boards.base import AckKind
from hardware.boards.numato import NumatoRelay, encode_set
from hardware.errors import BadReply, DeviceTimeout, PortLost, ReplyFlaw, Unsupported
from tests.hardware.virtual_line import Script, VirtualTimeLine, virtual_line

GOLDEN = {
    "relay 1 on": (encode_set(1, is_on=True), b"relay on 0\r"),
    "relay 1 off": (encode_set(1, is_on=False), b"relay off 0\r"),
    "relay 10 on": (encode_set(10, is_on=True), b"relay on 9\r"),
    "relay 11 on": (encode_set(11, is_on=True), b"relay on A\r"),
    "relay 16 off": (encode_set(16, is_on=False), b"relay off F\r"),
    "ask for relay 1": (numato.encode_read_output(1), b"relay read 0\r"),
    "ask for input 1": (numato.encode_read_input(1), b"gpio read 0\r"),
}
AT_PROMPT: Script = [(0.001, b"\n\r>")]
ON = encode_set(1, is_on=True)
ON_ECHO = b"relay on 0\n\r>"


@pytest.mark.parametrize("name", GOLDEN)
def test_a_command_is_the_golden_line(name: str) -> None:
    command, golden = GOLDEN[name]

    assert command == golden


@given(channel=st.integers(1, 16), is_on=st.booleans(), noise=st.binary(max_size=10))
def test_an_echo_is_found_after_any_noise(channel: int, is_on: bool, noise: bytes) -> None:
    command = encode_set(channel, is_on=is_on)

    assert numato.find_echo(noise + command[:-1] + b"\n\r>", command)


@given(position=st.integers(0, len(ON_ECHO) - 1), flip=st.integers(1, 255))
def test_an_echo_with_any_byte_changed_confirms_nothing(position: int, flip: int) -> None:
    spoilt = bytearray(ON_ECHO)
    spoilt[position] ^= flip
    is_new_line_still = set(spoilt[-3:-1]) <= set(b"\r\n") and spoilt[-1:] == b">"

    assert bool(numato.find_echo(bytes(spoilt), ON)) == (
        position in (10, 11) and is_new_line_still
    )


@given(channel=st.integers(1, 16), is_on=st.booleans())
def test_a_state_is_read_between_echo_and_prompt(channel: int, is_on: bool) -> None:
    command = numato.encode_read_output(channel)
    reply = command[:-1] + (b"\n\ron" if is_on else b"\n\roff") + b"\n\r>"

    assert numato.decode_output(reply, command) is is_on
    assert numato.decode_output(reply[:-1], command) is None


@pytest.mark.parametrize(("word", "is_on"), [(b"1", True), (b"0", False), (b"on", None)])
def test_an_input_is_one_digit(word: bytes, is_on: bool | None) -> None:
    command = numato.encode_read_input(1)

    assert numato.decode_input(b"gpio read 0\n\r" + word + b"\n\r>", command) is is_on


def at_prompt(
    monkeypatch: pytest.MonkeyPatch, *scripts: Script, inputs: int = 0
) -> tuple[VirtualTimeLine, NumatoRelay]:
    """A board of two that was cleared and probed; then it answers by the scripts."""
    line = virtual_line(
        monkeypatch,
        AT_PROMPT,
        [(0.001, b"relay read 0\n\roff\n\r>")],
        [(0.001, b"relay read 1\n\roff\n\r>")],
        *scripts,
    )
    board = NumatoRelay(outputs=2, inputs=inputs)
    board.probe(line)
    line.sent.clear()
    return line, board


def test_the_exact_echo_and_the_prompt_confirm_an_order(monkeypatch: pytest.MonkeyPatch) -> None:
    line, board = at_prompt(monkeypatch, [(0.001, ON_ECHO[:6]), (0.002, ON_ECHO[6:])])

    ack = board.set_output(line, 1, True)

    assert ack.kind is AckKind.CONFIRMED
    assert ack.frame == ON
    assert ack.acked_at_s - ack.sent_at_s == pytest.approx(0.002)
    assert line.sent == [ON]


@pytest.mark.parametrize(
    ("reply", "flaw"),
    [
        (b"relay on 1\n\r>", ReplyFlaw.WRONG_SHAPE),
        (b"relay off 0\n\r>", ReplyFlaw.WRONG_SHAPE),
        (b"ATrelay on 0\n\r", ReplyFlaw.WRONG_SHAPE),
        (b"relay on 0", ReplyFlaw.SHORT),
        (b"\n\r>", ReplyFlaw.SHORT),
    ],
)
def test_any_other_echo_is_a_bad_reply_and_the_order_is_sent_once(
    monkeypatch: pytest.MonkeyPatch, reply: bytes, flaw: ReplyFlaw
) -> None:
    line, board = at_prompt(monkeypatch, [(0.001, reply)])

    with pytest.raises(BadReply) as caught:
        board.set_output(line, 1, True)

    assert caught.value.why is flaw
    assert line.sent == [ON]


def test_a_line_that_another_program_left_half_written_is_ended_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.001, b"AT\n\r>")], [(0.001, ON_ECHO)])

    NumatoRelay(outputs=2).set_output(line, 1, True)

    assert line.sent == [b"\r", ON]


def test_after_a_missed_echo_the_line_is_ended_and_its_late_echo_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line, board = at_prompt(monkeypatch, [(0.12, ON_ECHO)], AT_PROMPT, [(0.001, b"noise")])
    with pytest.raises(DeviceTimeout):
        board.set_output(line, 1, True)

    with pytest.raises(BadReply):
        board.set_output(line, 1, True)

    assert line.sent == [ON, b"\r", ON]


def test_inputs_are_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    line, board = at_prompt(
        monkeypatch,
        [(0.001, b"gpio read 0\n\r1\n\r>")],
        [(0.001, b"gpio read 1\n\r0\n\r>")],
        inputs=2,
    )

    assert board.read_inputs(line) == (True, False)


def test_a_board_set_up_without_inputs_is_not_asked_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line, board = at_prompt(monkeypatch)

    with pytest.raises(Unsupported):
        board.read_inputs(line)

    assert line.sent == []


def test_a_relay_that_the_board_does_not_have_fails_the_probe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(
        monkeypatch,
        AT_PROMPT,
        [(0.001, b"relay read 0\n\roff\n\r>")],
        [(0.001, b"relay read 1\n\r>")],
    )

    with pytest.raises(BadReply):
        NumatoRelay(outputs=2).probe(line)


def test_a_probe_after_a_port_came_back_ends_the_line_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line, board = at_prompt(
        monkeypatch,
        AT_PROMPT,
        [(0.001, b"relay read 0\n\roff\n\r>")],
        [(0.001, b"relay read 1\n\roff\n\r>")],
    )

    board.probe(line)

    assert line.sent[0] == b"\r"


def test_all_off_goes_on_after_a_relay_that_gave_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line, board = at_prompt(monkeypatch, [], AT_PROMPT, [(0.001, b"relay off 1\n\r>")])

    with pytest.raises(DeviceTimeout):
        board.all_off(line)

    assert line.sent == [b"relay off 0\r", b"\r", b"relay off 1\r"]


def test_all_off_of_a_lost_port_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    line, board = at_prompt(monkeypatch)

    def lose(data: bytes, deadline_s: float) -> None:
        line.sent.append(data)
        raise PortLost("virtual", "unplugged")

    monkeypatch.setattr(line, "write", lose)

    with pytest.raises(PortLost):
        board.all_off(line)

    assert line.sent == [b"relay off 0\r"]
