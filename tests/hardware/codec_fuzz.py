"""Throws noise and damaged answers at every driver; what may count as an answer is judged apart.

The judge knows the families from their documents and shares no code with the drivers. Time is
virtual, so that a million missed answers cost nothing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import pytest

from hardware.boards.base import Ack, AckKind, RelayBoard
from hardware.errors import HardwareError
from hardware.line import Line
from hardware.scanner import CodeFramer, CodeGate, ScanFraming
from hardware.sim.relay_board import SimBoard
from hardware.sim.rtu_board import checksum
from tests.hardware.sim_benches import KITS
from tests.hardware.virtual_line import Script, VirtualTimeLine, share_clock

TIMEOUT_MS: Final = 100
ENTER: Final = b"\r"
READ_INPUTS: Final = 2
CHECKED: Final = ("waveshare", "coils")
"""Families whose frames have a checksum."""
SPEAKING: Final = tuple(kit for kit in KITS if kit != "lcus-none")
"""One build answers nothing, ever."""
FRAMINGS: Final = {
    "line ends": ScanFraming(),
    "STX to ETX": ScanFraming(start=b"\x02", ends=(b"\x03",), has_aim=True),
    "CR LF": ScanFraming(ends=(b"\r\n",), prefix=b"]Q1"),
    "silence": ScanFraming(ends=(), idle_ms=30),
}
Bits = tuple[bool, ...]


@dataclass(slots=True)
class Exchange:
    """One frame that a driver sent, and all that it heard before it sent another."""

    request: bytes
    heard: bytes = b""


class FuzzedLine(VirtualTimeLine):
    """A line on which `answer` decides what comes back to each frame, and when."""

    def __init__(self, answer: Callable[[bytes], Script]) -> None:
        super().__init__()
        self.exchanges: list[Exchange] = []
        self._answer = answer

    def write(self, data: bytes, deadline_s: float) -> None:
        self.exchanges.append(Exchange(data))
        self.arriving += [(self.now_s + after_s, said) for after_s, said in self._answer(data)]

    def read_some(self, deadline_s: float) -> bytes:
        said = super().read_some(deadline_s)
        if self.exchanges:
            self.exchanges[-1].heard += said
        return said


def fuzzed_line(monkeypatch: pytest.MonkeyPatch, answer: Callable[[bytes], Script]) -> FuzzedLine:
    """A line that answers so; its clock is also the codec's."""
    line = FuzzedLine(answer)
    share_clock(monkeypatch, line)
    return line


# -- what a driver can be asked


@dataclass(slots=True)
class Tally:
    """What came of the orders."""

    good: int = 0
    failed: int = 0


Order = Callable[[RelayBoard, Line], Ack | Bits]


def orders_of(board: RelayBoard) -> list[Order]:
    """Every transaction that this driver knows; relay 1 stands for all."""
    orders: list[Order] = [
        lambda relays, line: relays.set_output(line, 1, True),
        lambda relays, line: relays.set_output(line, 1, False),
        lambda relays, line: relays.all_off(line),
    ]
    if board.caps.has_readback:
        orders.append(lambda relays, line: relays.read_outputs(line))
    if board.caps.inputs:
        orders.append(lambda relays, line: relays.read_inputs(line))
    if board.caps.pulse_quantum_ms is not None:
        orders.append(lambda relays, line: relays.pulse(line, 1, 500))
        orders.append(lambda relays, line: relays.lease(line, 1, 2000))
    return orders


def carry_out(
    kit: str, board: RelayBoard, line: FuzzedLine, order: Order, tally: Tally
) -> Ack | Bits | None:
    """Give one order and judge whatever comes of it; None for a failure."""
    line.exchanges.clear()
    result = None
    try:
        result = order(board, line)
    except HardwareError:
        tally.failed += 1
    else:
        tally.good += 1
        judge(kit, line.exchanges, result)
    frames = [each.request for each in line.exchanges if each.request != ENTER]
    assert len(frames) == len(set(frames)), f"{kit}: a frame was sent twice: {frames}"
    return result


# -- the judge


def judge(kit: str, exchanges: list[Exchange], result: Ack | Bits) -> None:
    """AssertionError for a success without the valid answer among what was heard."""
    if isinstance(result, Ack) and result.kind is AckKind.SENT:
        return  # this family never answers, and says so
    asked = [each for each in exchanges if each.request != ENTER]
    if kit in CHECKED:
        (only,) = asked
        assert _modbus_said(only, result), f"{kit}: {only} is no {result}"
    elif kit.startswith("numato"):
        words = [None] * len(asked) if isinstance(result, Ack) else list(result)
        assert all(_numato_said(*pair) for pair in zip(asked, words, strict=True)), f"{kit}"
    else:
        assert not isinstance(result, Ack)
        assert _states_said(kit, asked, result), f"{kit}: {asked} are no {result}"


def _modbus_said(exchange: Exchange, result: Ack | Bits) -> bool:
    request, heard = exchange.request, exchange.heard
    if isinstance(result, Ack):
        return request[:6] + checksum(request[:6]) in heard
    count = (len(result) + 7) // 8
    value = sum(1 << index for index, is_on in enumerate(result) if is_on)
    head = request[:2] + bytes((count,))
    windows = (heard[at : at + count + 5] for at in range(len(heard)))
    mask = (1 << len(result)) - 1
    return any(
        window.startswith(head)
        and len(window) == count + 5
        and checksum(window[:-2]) == window[-2:]
        and int.from_bytes(window[3:-2], "little") & mask == value
        for window in windows
    )


def _numato_said(exchange: Exchange, is_on: bool | None) -> bool:
    heard = re.sub(rb"[\r\n]+", b"\n", exchange.heard)
    echo = exchange.request.removesuffix(ENTER) + b"\n"
    if is_on is None:
        return echo + b">" in heard
    words = (b"on", b"1") if is_on else (b"off", b"0")
    return any(echo + word + b"\n>" in heard for word in words)


def _states_said(kit: str, asked: list[Exchange], states: Bits) -> bool:
    if kit in ("kmtronic-1", "kmtronic-2"):
        return all(
            bytes((0xFF, channel, int(is_on))) in asked[channel - 1].heard
            for channel, is_on in enumerate(states, 1)
        )
    (only,) = asked
    if kit == "lcus-text":
        words = ["ON" if is_on else "OFF" for is_on in states]
        lines = "".join(f"CH{channel}:{word}\n" for channel, word in enumerate(words, 1))
        return lines.encode() in re.sub(rb"[ \r]", b"", only.heard)
    return only.heard == bytes(states)


# -- noise


def noise_of(chance: random.Random) -> bytes:
    """A piece of noise, mostly of the length of an answer."""
    return chance.randbytes(chance.choice((1, 2, 4, 8, 40, 400, 1600)))


def throw_noise(kit: str, count: int, *, monkeypatch: pytest.MonkeyPatch, seed: int) -> Tally:
    """So many bytes of noise, in pieces, as the answers to all that the driver can be asked."""
    chance = random.Random(f"{kit} {seed}")
    thrown = 0

    def noise(request: bytes) -> Script:
        nonlocal thrown
        pieces = [noise_of(chance) for _ in range(chance.randint(1, 3))]
        thrown += sum(map(len, pieces))
        return [(chance.uniform(0.0, 1.2) * TIMEOUT_MS / 1000, piece) for piece in pieces]

    line = fuzzed_line(monkeypatch, noise)
    board = KITS[kit].driver(TIMEOUT_MS)
    orders = orders_of(board)
    tally = Tally()
    while thrown < count:
        carry_out(kit, board, line, chance.choice(orders), tally)
    return tally


def throw_noise_at_scanner(framing: ScanFraming, count: int, *, seed: int) -> int:
    """So many bytes of noise into a scanner's framer; how many codes came out of it.

    None is longer than the framing allows, no more than ten a second pass, and what follows the
    noise is read.
    """
    chance = random.Random(seed)
    framer, gate = CodeFramer(framing), CodeGate()
    end = framing.ends[0] if framing.ends else b""
    now_s, thrown = 0.0, 0
    passed: list[float] = []
    found = 0
    while thrown < count:
        piece = noise_of(chance)
        thrown += len(piece)
        now_s += chance.uniform(0.0, 0.05)
        codes = framer.feed(piece) + (framer.lapse() if framing.idle_ms else [])
        found += len(codes)
        for code in codes:
            assert 0 < len(code) <= framing.max_bytes
            if gate.lets_through(code, now_s):
                passed.append(now_s)
                recent = [at_s for at_s in passed[-11:] if now_s - at_s < 1.0]
                assert len(recent) <= 10, "ten codes a second at most"
    framer.feed(framing.start + end)
    codes = framer.feed(framing.start + b"SP1.AFTER" + end) + framer.lapse()
    assert "SP1.AFTER" in codes
    return found


# -- damaged answers


@dataclass(slots=True)
class Damage:
    """A board whose answers are damaged on their way, each in its own manner."""

    board: SimBoard
    chance: random.Random
    now_s: Callable[[], float]
    before: list[tuple[bytes, bytes]] = field(default_factory=list)
    """The last requests with their answers."""
    is_detectable: bool = True
    """Whether a checksum of 16 bits always shows what was done last."""

    def answer(self, request: bytes) -> Script:
        """What arrives after this request."""
        replies = self.board.received(request, self.now_s())
        whole = b"".join(replies)
        keeping = (self._flip, self._cut, self._join, self._stale, self._late, self._as_is)
        manner = self.chance.choice((*keeping, self._scramble))
        self.is_detectable = manner != self._scramble
        script = manner(whole, request)
        if whole:
            self.before = [*self.before[-7:], (request, whole)]
        return script

    def _flip(self, whole: bytes, request: bytes) -> Script:
        bits = bytearray(whole)
        for _ in range(self.chance.randint(1, 2)):
            if bits:
                bits[self.chance.randrange(len(bits))] ^= 1 << self.chance.randrange(8)
        return [(0.01, bytes(bits))]

    def _cut(self, whole: bytes, request: bytes) -> Script:
        at = self.chance.randrange(len(whole) + 1)
        return [(0.01, whole[:at] if self.chance.random() < 0.5 else whole[at:])]

    def _join(self, whole: bytes, request: bytes) -> Script:
        other = self.chance.choice(self._of_others(request) or [b"\x00"])
        parts = [other, whole]
        self.chance.shuffle(parts)
        return [(0.01, b"".join(parts))]

    def _stale(self, whole: bytes, request: bytes) -> Script:
        return [(0.01, self.chance.choice(self._of_others(request) or [b""]))]

    def _late(self, whole: bytes, request: bytes) -> Script:
        return [(self.chance.uniform(0.5, 1.2) * TIMEOUT_MS / 1000, whole)]

    def _scramble(self, whole: bytes, request: bytes) -> Script:
        noise = self.chance.randbytes(self.chance.randint(0, 12))
        at = self.chance.randrange(len(whole) + 1)
        return [(0.01, whole[:at] + noise + whole[at + self.chance.randint(0, 3) :])]

    def _as_is(self, whole: bytes, request: bytes) -> Script:
        half = len(whole) // 2
        return [(0.01, whole[:half]), (0.03, whole[half:])]

    def _of_others(self, request: bytes) -> list[bytes]:
        return [answer for asked, answer in self.before if asked != request]


def damage_answers(kit: str, count: int, *, monkeypatch: pytest.MonkeyPatch, seed: int) -> Tally:
    """So many orders to a board whose answers are damaged on their way."""
    chance = random.Random(f"{kit} {seed}")
    sim = KITS[kit].board(lambda channel, is_on: None)
    damage = Damage(sim, chance, now_s=lambda: line.now_s)
    line = fuzzed_line(monkeypatch, damage.answer)
    board = KITS[kit].driver(TIMEOUT_MS)
    orders = orders_of(board)
    tally = Tally()
    for _ in range(count):
        inputs = tuple(chance.random() < 0.5 for _ in range(board.caps.inputs))
        for channel, is_on in enumerate(inputs, 1):
            sim.set_input(channel, is_on)
        sim.advance(line.now_s)
        result = carry_out(kit, board, line, chance.choice(orders), tally)
        if kit in CHECKED and damage.is_detectable and isinstance(result, tuple):
            truth = (sim.outputs, inputs)[line.exchanges[0].request[1] == READ_INPUTS]
            assert result == truth, f"{kit}: {result} is old or of another question"
    return tally
