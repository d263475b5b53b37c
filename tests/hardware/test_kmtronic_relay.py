"""KMTronic USB boards: the maker's frames, small boards relay by relay and large ones at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.boards.base import AckKind
from hardware.boards.kmtronic import ASK_ALL, KmtronicRelay, decode_state, encode_read, encode_set
from hardware.errors import BadReply, DeviceTimeout, ReplyFlaw
from tests.hardware.virtual_line import virtual_line

GOLDEN = {
    "relay 1 on": (encode_set(1, is_on=True), "FF 01 01"),
    "relay 1 off": (encode_set(1, is_on=False), "FF 01 00"),
    "relay 8 on": (encode_set(8, is_on=True), "FF 08 01"),
    "ask for relay 1": (encode_read(1), "FF 01 03"),
    "ask for relay 2": (encode_read(2), "FF 02 03"),
    "ask for all": (ASK_ALL, "FF 09 00"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_frame_is_the_golden_one(name: str) -> None:
    frame, golden = GOLDEN[name]

    assert frame.hex(" ").upper() == golden


@given(channel=st.integers(1, 2), is_on=st.booleans())
def test_an_order_reads_back_as_the_state_it_asks_for(channel: int, is_on: bool) -> None:
    assert decode_state(encode_set(channel, is_on=is_on), channel) is is_on


@given(noise=st.binary(max_size=10).filter(lambda each: 0xFF not in each), is_on=st.booleans())
def test_a_state_is_found_in_noise_on_both_sides(noise: bytes, is_on: bool) -> None:
    assert decode_state(noise + encode_set(1, is_on=is_on) + noise, 1) is is_on


@pytest.mark.parametrize("reply", ["FF 02 01", "FF 01 03", "FF 01 02", "FE 01 01", "FF 01"])
def test_another_relay_or_our_own_question_is_no_answer(reply: str) -> None:
    assert decode_state(bytes.fromhex(reply), 1) is None


def test_an_order_counts_as_sent_and_never_as_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, encode_set(1, is_on=True))])

    ack = KmtronicRelay(outputs=4).set_output(line, 1, True)

    assert ack.kind is AckKind.SENT
    assert line.sent == [ack.frame] == [encode_set(1, is_on=True)]


def test_orders_keep_the_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch)

    KmtronicRelay(outputs=4).all_off(line)

    assert line.sent == [encode_set(channel, is_on=False) for channel in (1, 2, 3, 4)]
    assert line.sent_at_s[1] - line.sent_at_s[0] == pytest.approx(0.03)


def test_a_board_of_two_is_asked_relay_by_relay(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(
        monkeypatch,
        [(0.01, bytes.fromhex("FF 01 00"))],
        [(0.01, b"\xff"), (0.02, b"\xff\x02\x01")],
    )

    assert KmtronicRelay(outputs=2).read_outputs(line) == (False, True)
    assert line.sent == [encode_read(1), encode_read(2)]


@pytest.mark.parametrize("outputs", [4, 8])
def test_a_larger_board_tells_all_relays_at_once(
    monkeypatch: pytest.MonkeyPatch, outputs: int
) -> None:
    states = bytes(index % 2 for index in range(outputs))
    line = virtual_line(monkeypatch, [(0.01, states[:3]), (0.03, states[3:])])

    assert KmtronicRelay(outputs=outputs).read_outputs(line) == tuple(map(bool, states))
    assert line.sent == [ASK_ALL]


@pytest.mark.parametrize(
    ("outputs", "reply", "flaw"),
    [
        (4, "01 00 01", ReplyFlaw.SHORT),
        (4, "01 00 01 00 01 00 01 00", ReplyFlaw.WRONG_SHAPE),
        (4, "01 00 01 02", ReplyFlaw.WRONG_SHAPE),
        (4, "FF 01 00 00", ReplyFlaw.WRONG_SHAPE),
        (1, "FF 01", ReplyFlaw.SHORT),
        (1, "FF 01 03", ReplyFlaw.WRONG_SHAPE),
        (1, "FF 02 01", ReplyFlaw.WRONG_SHAPE),
    ],
)
def test_any_other_reply_is_a_bad_one_and_the_question_is_sent_once(
    monkeypatch: pytest.MonkeyPatch, outputs: int, reply: str, flaw: ReplyFlaw
) -> None:
    line = virtual_line(monkeypatch, [(0.01, bytes.fromhex(reply))])

    with pytest.raises(BadReply) as caught:
        KmtronicRelay(outputs=outputs).read_outputs(line)

    assert caught.value.why is flaw
    assert len(line.sent) == 1


def test_a_mute_board_fails_the_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch)

    with pytest.raises(DeviceTimeout):
        KmtronicRelay(outputs=1).probe(line)

    assert line.sent == [encode_read(1)]
