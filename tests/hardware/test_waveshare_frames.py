"""The frames of the Waveshare board against the golden bytes of its manual."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.boards import waveshare
from hardware.boards.modbus import (
    EXCEPTION_BYTES,
    crc16,
    decode_bits,
    encode_frame,
    find_frame,
    flaw_of,
    has_good_crc,
    silence_s,
)
from hardware.errors import ReplyFlaw

GOLDEN = {
    "relay 1 on": (waveshare.encode_set(1, 1, is_on=True), "01 05 00 00 FF 00 8C 3A"),
    "relay 1 off": (waveshare.encode_set(1, 1, is_on=False), "01 05 00 00 00 00 CD CA"),
    "relay 1 for 700 ms": (waveshare.encode_pulse(1, 1, 700), "01 05 02 00 00 07 8D B0"),
    "relay 2 for 800 ms": (waveshare.encode_pulse(1, 2, 800), "01 05 02 01 00 08 9C 74"),
    "relay 1 for 500 ms": (waveshare.encode_pulse(1, 1, 500), "01 05 02 00 00 05 0C 71"),
    "read the relays": (waveshare.encode_read_outputs(1), "01 01 00 00 00 08 3D CC"),
    "read the inputs": (waveshare.encode_read_inputs(1), "01 02 00 00 00 08 79 CC"),
    "read the linkage": (waveshare.encode_read_linkage(1), "01 03 10 00 00 08 40 CC"),
    "unlink": (waveshare.encode_unlink(1), "01 10 10 00 00 08 10" + " 00" * 16 + " 0B 5C"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_a_request_is_the_golden_frame(name: str) -> None:
    frame, golden = GOLDEN[name]

    assert frame.hex(" ").upper() == golden


def test_all_off_addresses_every_relay_at_once() -> None:
    frame = waveshare.encode_all_off(1)

    assert frame[:6] == bytes.fromhex("01 05 00 FF 00 00")
    assert has_good_crc(frame)


@pytest.mark.parametrize("duration_ms", [0, 100, 199, 250, 2050, 2100, -500])
def test_a_pulse_outside_of_what_barriers_take_is_refused(duration_ms: int) -> None:
    with pytest.raises(ValueError, match="200 to 2000"):
        waveshare.encode_pulse(1, 1, duration_ms)


@pytest.mark.parametrize("duration_ms", [200, 2000])
def test_the_shortest_and_the_longest_pulse_are_taken(duration_ms: int) -> None:
    frame = waveshare.encode_pulse(1, 8, duration_ms)

    assert frame[2:6] == bytes((0x02, 0x07, 0x00, duration_ms // 100))


@pytest.mark.parametrize("channel", [0, 9, -1])
def test_a_channel_that_the_board_does_not_have_is_refused(channel: int) -> None:
    with pytest.raises(ValueError, match="channels 1 to 8"):
        waveshare.encode_set(1, channel, is_on=True)


@pytest.mark.parametrize("unit", [0, 248])
def test_a_unit_that_modbus_does_not_have_is_refused(unit: int) -> None:
    with pytest.raises(ValueError, match="1 to 247"):
        waveshare.encode_all_off(unit)


def test_channel_one_is_the_lowest_bit() -> None:
    assert decode_bits(b"\x81", 8) == (True, *[False] * 6, True)


def test_linked_channels_are_those_with_a_register_that_is_not_zero() -> None:
    content = bytes.fromhex("0000 0001 0000 0100 0000 0000 0000 0000")

    assert waveshare.decode_linked(content) == (2, 4)


def test_the_checksum_is_that_of_the_standard() -> None:
    assert crc16(bytes.fromhex("01 05 00 00 FF 00")) == bytes.fromhex("8C 3A")


@given(
    before=st.binary(max_size=20),
    after=st.binary(max_size=20),
    value=st.binary(min_size=1, max_size=1),
)
def test_a_whole_frame_is_found_in_any_noise(before: bytes, after: bytes, value: bytes) -> None:
    frame = encode_frame(1, 2, b"\x01" + value)

    assert find_frame(before + frame + after, b"\x01\x02\x01", 6) == frame


@given(position=st.integers(0, 5), flip=st.integers(1, 255))
def test_a_frame_with_any_byte_changed_is_never_found(position: int, flip: int) -> None:
    spoilt = bytearray(encode_frame(1, 2, b"\x01\x55"))
    spoilt[position] ^= flip

    assert find_frame(bytes(spoilt), b"\x01\x02\x01", 6) is None


REQUEST = waveshare.encode_set(1, 1, is_on=True)


@pytest.mark.parametrize(
    ("received", "flaw"),
    [
        (waveshare.encode_set(1, 2, is_on=True), ReplyFlaw.WRONG_ECHO),
        (waveshare.encode_set(1, 1, is_on=False), ReplyFlaw.WRONG_ECHO),
        (waveshare.encode_set(2, 1, is_on=True), ReplyFlaw.WRONG_UNIT),
        (encode_frame(1, 2, b"\x01\x00"), ReplyFlaw.WRONG_FUNCTION),
        (encode_frame(1, 5, b"\x00"), ReplyFlaw.SHORT),
        (REQUEST[:-1] + b"\x00", ReplyFlaw.CRC),
        (REQUEST[:5], ReplyFlaw.SHORT),
        (b"\x01", ReplyFlaw.SHORT),
    ],
)
def test_a_reply_is_told_its_flaw(received: bytes, flaw: ReplyFlaw) -> None:
    assert flaw_of(received, REQUEST, len(REQUEST)) is flaw


def test_silence_is_three_and_a_half_characters_and_never_below_the_floor() -> None:
    assert silence_s(9600, 0) == pytest.approx(0.004010, abs=1e-6)
    assert silence_s(115200, 0) == 0.00175
    assert silence_s(9600, 30) == pytest.approx(0.034010, abs=1e-6)


def test_a_line_without_line_time_needs_no_silence() -> None:
    assert silence_s(0, 30) == 0.0


def test_an_exception_is_five_bytes() -> None:
    assert len(encode_frame(1, 0x85, b"\x02")) == EXCEPTION_BYTES


def test_a_lease_is_a_flash_as_long_as_the_board_can_count() -> None:
    assert waveshare.encode_lease(1, 1, 2000).hex(" ") == waveshare.encode_pulse(1, 1, 2000).hex(
        " "
    )
    assert waveshare.encode_lease(1, 8, waveshare.LEASE_MAX_MS)[2:6].hex(" ") == "02 07 7f ff"


@pytest.mark.parametrize("duration_ms", [0, 50, 150, waveshare.LEASE_MAX_MS + 100])
def test_a_lease_that_the_board_cannot_count_is_refused(duration_ms: int) -> None:
    with pytest.raises(ValueError):
        waveshare.encode_lease(1, 1, duration_ms)
