"""What every family promises as a RelayBoard, asked of each on a cable in memory."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from hardware.boards.base import AckKind, RelayBoard
from hardware.boards.families import (
    FAMILIES,
    BoardSetup,
    caps_of,
    make_board,
)
from hardware.boards.modbus import encode_frame, encode_words
from hardware.errors import BadReply, DeviceTimeout, PortLost, Unsupported
from hardware.null_modem import NullModemEnd


@dataclass
class Device:
    """The least that a board must do to be driven: relays, inputs, and an answer to each frame."""

    relays: list[bool]
    inputs: list[bool] = field(default_factory=list)

    def bits(self, states: list[bool]) -> bytes:
        value = sum(1 << index for index, is_on in enumerate(states) if is_on)
        return value.to_bytes((len(states) + 7) // 8, "little")

    def modbus(self, frame: bytes) -> bytes:
        unit, function, address = frame[0], frame[1], int.from_bytes(frame[2:4], "big")
        if function == 3:
            return encode_frame(unit, 3, b"\x10" + bytes(16))
        if function in (1, 2):
            content = self.bits(self.relays if function == 1 else self.inputs)
            return encode_frame(unit, function, bytes((len(content),)) + content)
        if function == 15 or address == 0xFF:
            self.relays[:] = [False] * len(self.relays)
        else:
            self.relays[address & 0xFF] = frame[4:6] != b"\0\0"
        return frame if function == 5 else encode_words(unit, 15, 0, len(self.relays))

    def lcus_set(self, frame: bytes) -> bytes:
        self.relays[frame[1] - 1] = frame[2] == 1
        return b""

    def lcus_text(self, frame: bytes) -> bytes:
        if frame != b"\xff":
            return self.lcus_set(frame)
        words = ["ON" if is_on else "OFF" for is_on in self.relays]
        return "".join(f"CH{n}: {word}\r\n" for n, word in enumerate(words, start=1)).encode()

    def lcus_bytes(self, frame: bytes) -> bytes:
        return bytes(self.relays) if frame == b"\xff" else self.lcus_set(frame)

    def kmtronic(self, frame: bytes) -> bytes:
        if frame == b"\xff\x09\x00":
            return bytes(self.relays)
        if frame[2] == 3:
            return bytes((0xFF, frame[1], self.relays[frame[1] - 1]))
        return self.lcus_set(frame)

    def numato(self, frame: bytes) -> bytes:
        words = frame.decode().split()
        said = b""
        match words:
            case ["relay", "read", digit]:
                said = b"on\n\r" if self.relays[int(digit, 16)] else b"off\n\r"
            case ["gpio", "read", digit]:
                said = b"1\n\r" if self.inputs[int(digit, 16)] else b"0\n\r"
            case ["relay", word, digit]:
                self.relays[int(digit, 16)] = word == "on"
        return frame.rstrip(b"\r") + b"\n\r" + said + b">"


Answer = Callable[[bytes], bytes]


class Cable(NullModemEnd):
    """The host's end of a null modem whose other end answers each frame by a script."""

    def __init__(self, answer: Answer) -> None:
        joint = threading.Condition()
        super().__init__("null:host", 0, joint)
        self.sent: list[bytes] = []
        self.answer = answer
        self.device = NullModemEnd("null:device", 0, joint)
        self.join_to(self.device)
        self.device.join_to(self)

    def open(self) -> None:
        super().open()
        self.device.open()

    def write(self, data: bytes, deadline_s: float) -> None:
        super().write(data, deadline_s)
        frame = self.device.drain()
        self.sent.append(frame)
        self.say(self.answer(frame))

    def say(self, content: bytes) -> None:
        self.device.write(content, time.monotonic())


@dataclass(frozen=True)
class Bench:
    """A board of one family, cabled to a device that answers as that family does."""

    board: RelayBoard
    device: Device
    cable: Cable


SETUPS: dict[str, tuple[BoardSetup, Callable[[Device], Answer]]] = {
    "waveshare-modbus": (
        BoardSetup(family="waveshare-modbus", gap_ms=0),
        lambda device: device.modbus,
    ),
    "modbus-coils": (
        BoardSetup(family="modbus-coils", unit=9, outputs=4, inputs=2, gap_ms=0),
        lambda device: device.modbus,
    ),
    "modbus-coils without inputs": (
        BoardSetup(family="modbus-coils", outputs=16, gap_ms=0),
        lambda device: device.modbus,
    ),
    "lcus": (
        BoardSetup(family="lcus", outputs=2, gap_ms=0),
        lambda device: device.lcus_set,
    ),
    "lcus with text": (
        BoardSetup(family="lcus", outputs=8, reply="text", gap_ms=0),
        lambda device: device.lcus_text,
    ),
    "lcus with bytes": (
        BoardSetup(family="lcus", outputs=4, reply="bytes", gap_ms=0),
        lambda device: device.lcus_bytes,
    ),
    "small kmtronic": (
        BoardSetup(family="kmtronic", outputs=2, gap_ms=0),
        lambda device: device.kmtronic,
    ),
    "large kmtronic": (
        BoardSetup(family="kmtronic", outputs=8, gap_ms=0),
        lambda device: device.kmtronic,
    ),
    "numato": (
        BoardSetup(family="numato", outputs=16, inputs=4, gap_ms=0),
        lambda device: device.numato,
    ),
    "numato without inputs": (
        BoardSetup(family="numato", outputs=1, gap_ms=0),
        lambda device: device.numato,
    ),
}


CAPS = {name: caps_of(setup) for name, (setup, _) in SETUPS.items()}
ACKED = [name for name in SETUPS if CAPS[name].is_acked]
NEVER_ACKED = [name for name in SETUPS if not CAPS[name].is_acked]
TIMED = [name for name in SETUPS if CAPS[name].pulse_max_ms]
UNTIMED = [name for name in SETUPS if not CAPS[name].pulse_max_ms]
READ_BACK = [name for name in SETUPS if CAPS[name].has_readback]
NOT_READ_BACK = [name for name in SETUPS if not CAPS[name].has_readback]
WITH_INPUTS = [name for name in SETUPS if CAPS[name].inputs]
WITHOUT_INPUTS = [name for name in SETUPS if not CAPS[name].inputs]


@pytest.fixture(params=SETUPS)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    setup, answering = SETUPS[request.param]
    caps = caps_of(setup)
    device = Device([False] * caps.outputs, [False] * caps.inputs)
    cable = Cable(answering(device))
    cable.open()
    yield Bench(make_board(setup), device, cable)
    cable.close()
    cable.device.close()


def test_every_family_is_asked_for_its_promise() -> None:
    assert {setup.family for setup, _ in SETUPS.values()} == set(FAMILIES)


def test_a_healthy_board_passes_its_probe(bench: Bench) -> None:
    bench.board.probe(bench.cable)

    assert bench.cable.sent


def test_an_order_switches_that_relay_alone(bench: Bench) -> None:
    last = bench.board.caps.outputs

    bench.board.set_output(bench.cable, last, True)

    assert bench.device.relays == [*[False] * (last - 1), True]


def test_an_order_off_lets_that_relay_alone_drop(bench: Bench) -> None:
    bench.device.relays[:] = [True] * bench.board.caps.outputs

    bench.board.set_output(bench.cable, 1, False)

    assert bench.device.relays == [False, *[True] * (bench.board.caps.outputs - 1)]


def test_an_order_is_confirmed_where_the_caps_say_so_and_else_sent(bench: Bench) -> None:
    ack = bench.board.set_output(bench.cable, 1, True)

    assert ack.kind is (AckKind.CONFIRMED if bench.board.caps.is_acked else AckKind.SENT)
    assert ack.frame == bench.cable.sent[-1]
    assert ack.sent_at_s <= ack.acked_at_s


def test_all_off_lets_every_relay_drop(bench: Bench) -> None:
    bench.device.relays[:] = [True] * bench.board.caps.outputs

    ack = bench.board.all_off(bench.cable)

    assert not any(bench.device.relays)
    assert ack.kind is (AckKind.CONFIRMED if bench.board.caps.is_acked else AckKind.SENT)


@pytest.mark.parametrize("beyond", [-1, 0, 1])
def test_a_channel_that_the_board_does_not_have_is_refused_and_nothing_sent(
    bench: Bench, beyond: int
) -> None:
    channel = bench.board.caps.outputs + 1 if beyond == 1 else beyond

    with pytest.raises(ValueError, match="channels 1 to"):
        bench.board.set_output(bench.cable, channel, True)

    assert bench.cable.sent == []


@pytest.mark.parametrize("bench", TIMED, indirect=True)
def test_a_board_with_a_timer_takes_pulses_and_leases(bench: Bench) -> None:
    bench.board.pulse(bench.cable, 1, 500)
    bench.board.lease(bench.cable, 2, 2000)

    assert bench.device.relays[:2] == [True, True]


@pytest.mark.parametrize("bench", TIMED, indirect=True)
@pytest.mark.parametrize("duration_ms", [0, 100, 250, 2100])
def test_a_pulse_that_no_barrier_wants_is_refused_and_nothing_sent(
    bench: Bench, duration_ms: int
) -> None:
    with pytest.raises(ValueError):
        bench.board.pulse(bench.cable, 1, duration_ms)

    assert bench.cable.sent == []


@pytest.mark.parametrize("bench", UNTIMED, indirect=True)
def test_a_board_without_a_timer_refuses_pulses_and_leases_and_nothing_is_sent(
    bench: Bench,
) -> None:
    with pytest.raises(Unsupported):
        bench.board.pulse(bench.cable, 1, 500)
    with pytest.raises(Unsupported):
        bench.board.lease(bench.cable, 1, 2000)

    assert bench.board.caps.pulse_quantum_ms is None
    assert bench.cable.sent == []


@pytest.mark.parametrize("bench", READ_BACK, indirect=True)
def test_relays_are_read_back_first_channel_first(bench: Bench) -> None:
    bench.device.relays[0] = True

    assert bench.board.read_outputs(bench.cable) == tuple(bench.device.relays)


@pytest.mark.parametrize("bench", NOT_READ_BACK, indirect=True)
def test_a_board_that_tells_nothing_is_not_asked(bench: Bench) -> None:
    with pytest.raises(Unsupported):
        bench.board.read_outputs(bench.cable)

    assert bench.cable.sent == []


@pytest.mark.parametrize("bench", WITH_INPUTS, indirect=True)
def test_inputs_are_read_first_channel_first(bench: Bench) -> None:
    bench.device.inputs[0] = True

    assert bench.board.read_inputs(bench.cable) == tuple(bench.device.inputs)


@pytest.mark.parametrize("bench", WITHOUT_INPUTS, indirect=True)
def test_a_board_without_inputs_is_not_asked_for_them(bench: Bench) -> None:
    with pytest.raises(Unsupported):
        bench.board.read_inputs(bench.cable)

    assert bench.cable.sent == []


@pytest.mark.parametrize("bench", READ_BACK, indirect=True)
def test_what_arrived_before_a_question_is_not_its_answer(bench: Bench) -> None:
    bench.device.relays[0] = True
    bench.board.read_outputs(bench.cable)
    stale = bench.cable.answer(bench.cable.sent[-1])
    bench.device.relays[0] = False
    bench.cable.say(stale)

    assert not any(bench.board.read_outputs(bench.cable))


@pytest.mark.parametrize("bench", ACKED, indirect=True)
def test_an_order_that_is_not_answered_times_out_and_is_never_said_twice(bench: Bench) -> None:
    bench.board.set_output(bench.cable, 1, False)
    bench.cable.sent.clear()
    bench.cable.answer = lambda frame: b""

    with pytest.raises(DeviceTimeout):
        bench.board.set_output(bench.cable, 1, True)

    assert len(bench.cable.sent) == 1


@pytest.mark.parametrize("bench", NEVER_ACKED, indirect=True)
def test_an_order_that_no_board_answers_is_said_once(bench: Bench) -> None:
    bench.board.set_output(bench.cable, 1, True)

    assert len(bench.cable.sent) == 1


@pytest.mark.parametrize("bench", READ_BACK, indirect=True)
def test_a_mute_board_times_out_when_asked(bench: Bench) -> None:
    bench.cable.answer = lambda frame: b""

    with pytest.raises(DeviceTimeout):
        bench.board.read_outputs(bench.cable)

    assert len(bench.cable.sent) == 1


@pytest.mark.parametrize("bench", READ_BACK, indirect=True)
def test_garbage_is_a_bad_reply(bench: Bench) -> None:
    bench.cable.answer = lambda frame: b"\x55\xaa" * 20

    with pytest.raises(BadReply):
        bench.board.read_outputs(bench.cable)

    assert len(bench.cable.sent) == 1


def test_an_unplugged_port_is_lost(bench: Bench) -> None:
    bench.cable.unplug()

    with pytest.raises(PortLost):
        bench.board.set_output(bench.cable, 1, True)
    with pytest.raises(PortLost):
        bench.board.all_off(bench.cable)
    with pytest.raises(PortLost):
        bench.board.probe(bench.cable)
