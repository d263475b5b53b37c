"""Boards with one coil per relay: the standard's frames, counts by configuration, one bus."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.boards import modbus_coils
from hardware.boards.base import AckKind
from hardware.boards.modbus import Bus, bytes_for, crc16, decode_bits, encode_frame
from hardware.boards.modbus_coils import ModbusCoils, encode_set
from hardware.errors import BadReply, DeviceRefused, DeviceTimeout, NotReady, Unsupported
from tests.hardware.virtual_line import virtual_line

GOLDEN = {
    "relay 1 on": (encode_set(1, 1, is_on=True), "01 05 00 00 FF 00 8C 3A"),
    "relay 1 off": (encode_set(1, 1, is_on=False), "01 05 00 00 00 00 CD CA"),
    "read 8 relays": (modbus_coils.encode_read_outputs(1, 8), "01 01 00 00 00 08 3D CC"),
    "read 8 inputs": (modbus_coils.encode_read_inputs(1, 8), "01 02 00 00 00 08 79 CC"),
}
COILS = b"\x01\x01\x01"


@pytest.mark.parametrize("name", GOLDEN)
def test_a_request_is_the_golden_frame(name: str) -> None:
    frame, golden = GOLDEN[name]

    assert frame.hex(" ").upper() == golden


@pytest.mark.parametrize(
    ("outputs", "content"),
    [
        (4, "01 0F 00 00 00 04 01 00"),
        (8, "01 0F 00 00 00 08 01 00"),
        (10, "01 0F 00 00 00 0A 02 00 00"),
    ],
)
def test_all_off_writes_every_coil_at_once(outputs: int, content: str) -> None:
    frame = modbus_coils.encode_all_off(1, outputs)

    assert frame[:-2] == bytes.fromhex(content)
    assert frame[-2:] == crc16(frame[:-2])


@given(states=st.lists(st.booleans(), min_size=1, max_size=64))
def test_bits_come_back_as_they_were_packed(states: list[bool]) -> None:
    packed = sum(1 << index for index, is_on in enumerate(states) if is_on)
    content = packed.to_bytes(bytes_for(len(states)), "little")

    assert decode_bits(content, len(states)) == tuple(states)


def test_only_the_exact_echo_confirms(monkeypatch: pytest.MonkeyPatch) -> None:
    on = encode_set(1, 2, is_on=True)
    line = virtual_line(monkeypatch, [(0.01, on)], [(0.01, encode_set(1, 3, is_on=True))])
    board = ModbusCoils(outputs=4)

    ack = board.set_output(line, 2, True)
    with pytest.raises(BadReply):
        board.set_output(line, 2, True)

    assert (ack.kind, ack.frame) == (AckKind.CONFIRMED, on)
    assert line.sent == [on, on]


def test_all_off_is_confirmed_by_the_range(monkeypatch: pytest.MonkeyPatch) -> None:
    reply = modbus_coils.encode_all_off_reply(1, 10)
    line = virtual_line(monkeypatch, [(0.01, reply)])

    ack = ModbusCoils(outputs=10).all_off(line)

    assert reply[:6].hex(" ") == "01 0f 00 00 00 0a"
    assert ack.frame == modbus_coils.encode_all_off(1, 10)


def test_all_off_is_not_confirmed_by_another_range(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, modbus_coils.encode_all_off_reply(1, 9))])

    with pytest.raises(BadReply):
        ModbusCoils(outputs=10).all_off(line)


def test_more_than_eight_relays_come_in_more_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, encode_frame(1, 1, b"\x02\x01\x02"))])

    states = ModbusCoils(outputs=10).read_outputs(line)

    assert states == (True, *[False] * 8, True)


def test_the_probe_reads_relays_and_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(
        monkeypatch,
        [(0.01, encode_frame(1, 1, b"\x01\x00"))],
        [(0.01, encode_frame(1, 2, b"\x01\x00"))],
    )

    ModbusCoils(outputs=4, inputs=4).probe(line)

    assert [frame[1] for frame in line.sent] == [1, 2]


def test_a_board_with_fewer_coils_refuses_the_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch, [(0.01, encode_frame(1, 0x81, b"\x02"))])

    with pytest.raises(DeviceRefused):
        ModbusCoils(outputs=16).probe(line)


def test_an_adapter_that_repeats_what_is_sent_fails_the_probe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = virtual_line(monkeypatch, [(0.001, modbus_coils.encode_read_outputs(1, 4))])

    with pytest.raises(NotReady, match="echo"):
        ModbusCoils(outputs=4).probe(line)


def test_a_board_without_inputs_is_not_asked_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(monkeypatch)

    with pytest.raises(Unsupported):
        ModbusCoils(outputs=4).read_inputs(line)

    assert line.sent == []


@pytest.mark.parametrize(("gap_ms", "silence_s"), [(30.0, 0.030), (2.5, 0.0025)])
def test_the_gap_is_kept_after_the_last_byte_heard(
    monkeypatch: pytest.MonkeyPatch, gap_ms: float, silence_s: float
) -> None:
    reply = encode_frame(1, 1, b"\x01\x00")
    line = virtual_line(monkeypatch, [(0.01, reply)], [(0.01, reply)], baud=9600)
    board = ModbusCoils(outputs=4, gap_ms=gap_ms)
    board.read_outputs(line)
    heard_at_s = line.now_s

    board.read_outputs(line)

    assert line.sent_at_s[1] - heard_at_s == pytest.approx(3.5 * 11 / 9600 + silence_s)


def test_boards_of_one_bus_keep_silence_after_each_others_frames(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    replies = [encode_frame(unit, 1, b"\x01\x00") for unit in (1, 2)]
    line = virtual_line(monkeypatch, *[[(0.01, reply)] for reply in replies], baud=9600)
    bus = Bus()
    ModbusCoils(unit=1, outputs=4, gap_ms=5, bus=bus).read_outputs(line)
    heard_at_s = line.now_s

    ModbusCoils(unit=2, outputs=4, gap_ms=5, bus=bus).read_outputs(line)

    assert line.sent_at_s[1] - heard_at_s == pytest.approx(3.5 * 11 / 9600 + 0.005)


def test_a_neighbours_answer_on_the_bus_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    line = virtual_line(
        monkeypatch,
        [(0.01, encode_frame(2, 1, b"\x01\x0f")), (0.02, encode_frame(1, 1, b"\x01\x01"))],
    )

    assert ModbusCoils(unit=1, outputs=4).read_outputs(line) == (True, False, False, False)


@given(noise=st.binary(max_size=20), reply=st.integers(0, 15))
def test_an_answer_is_found_in_noise_on_both_sides(noise: bytes, reply: int) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        frame = encode_frame(1, 1, bytes((1, reply)))
        line = virtual_line(monkeypatch, [(0.01, noise + frame + noise)])

        states = ModbusCoils(outputs=4).read_outputs(line)

    assert states == decode_bits(bytes((reply,)), 4)


@given(noise=st.binary(max_size=40).filter(lambda each: COILS not in each))
def test_noise_alone_is_never_an_answer(noise: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        line = virtual_line(monkeypatch, [(0.01, noise)])

        with pytest.raises((BadReply, DeviceTimeout)):
            ModbusCoils(outputs=4).read_outputs(line)
