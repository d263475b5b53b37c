"""What our Modbus costs beside a bare read of the same bytes and beside pymodbus' client.

All three ask the same simulated board, in a process of its own, for the same transaction, in turn.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from pymodbus.client import ModbusSerialClient

from hardware.boards.modbus import silence_s
from hardware.boards.waveshare import EXTRA_GAP_MS, WaveshareRelay, encode_set
from hardware.line import SerialLine, line_time_s
from tests.bench.board_process import board_at
from tests.bench.figures import Figure, Quantiles, quantiles, ratio

ROUNDS, ORDERS, PACED_ORDERS = 10, 100, 10
P50_GOAL_MS, RATIO_GOAL = 0.5, 5.0
FRAME_BYTES = 8
FASTEST_BAUD = 115200
"""pymodbus has to be given a rate, waits by it, and waits no less at higher ones."""
Ask = Callable[[bool], object]
Rounds = list[list[int]]


@contextmanager
def bare(path: str) -> Iterator[Ask]:
    """Write the frame, read until its eight bytes are back."""
    port = os.open(path, os.O_RDWR | os.O_NOCTTY)
    frames = {is_on: encode_set(1, 1, is_on=is_on) for is_on in (False, True)}

    def ask(is_on: bool) -> None:
        os.write(port, frames[is_on])
        got = b""
        while len(got) < len(frames[is_on]):
            got += os.read(port, 8)
        assert got == frames[is_on]

    yield ask
    os.close(port)


@contextmanager
def ours(path: str, baud: int) -> Iterator[Ask]:
    """The driver over its line, as a port's thread calls it."""
    line = SerialLine(path, baud=baud)
    line.open()
    board = WaveshareRelay()
    yield lambda is_on: board.set_output(line, 1, is_on)
    line.close()


@contextmanager
def theirs(path: str, baud: int) -> Iterator[Ask]:
    """pymodbus' synchronous client."""
    client = ModbusSerialClient(path, baudrate=baud, timeout=1, retries=0)
    assert client.connect()

    def ask(is_on: bool) -> None:
        assert not client.write_coil(0, is_on, device_id=1).isError()

    yield ask
    client.close()  # type: ignore[no-untyped-call]


def taken_ns(ask: Ask, count: int) -> list[int]:
    """How long each of so many orders took, on and off in turn; the first warms up."""
    ask(False)
    durations = []
    for number in range(count):
        began_ns = time.perf_counter_ns()
        ask(number % 2 == 0)
        durations.append(time.perf_counter_ns() - began_ns)
    return durations


@pytest.mark.bench
def test_a_transaction_beside_a_bare_read_and_pymodbus(figures: list[Figure]) -> None:
    read: Rounds = []
    own: Rounds = []
    peer: Rounds = []
    with board_at(0) as path:
        for _ in range(ROUNDS):
            with bare(path) as ask:
                read.append(taken_ns(ask, ORDERS))
            with ours(path, 0) as ask:
                own.append(taken_ns(ask, ORDERS))
            with theirs(path, FASTEST_BAUD) as ask:
                peer.append(taken_ns(ask, ORDERS))
    over_ms = p50_ms(own) - p50_ms(read)
    factor = ratio([p50_ms([each]) for each in peer], [p50_ms([each]) for each in own])
    figures += [
        Figure(
            bench="codec",
            what="one acknowledged order over a bare read of its echo, no line time",
            value=f"p50 {over_ms:.2f} ms more ({all_of(own).text}; bare {all_of(read).text})",
            goal=f"p50 <= {P50_GOAL_MS} ms",
            is_held=over_ms <= P50_GOAL_MS,
        ),
        Figure(
            bench="codec",
            what="pymodbus 3.16.1's synchronous client for the same order, no line time",
            value=f"{factor:.1f} x ({all_of(peer).text})",
            goal=f">= {RATIO_GOAL:.0f} x",
            is_held=factor >= RATIO_GOAL,
        ),
    ]


@pytest.mark.bench
@pytest.mark.parametrize("baud", [9600, 38400])
def test_a_transaction_with_line_time(baud: int, figures: list[Figure]) -> None:
    own: Rounds = []
    peer: Rounds = []
    with board_at(baud) as path:
        for _ in range(ROUNDS):
            with ours(path, baud) as ask:
                own.append(taken_ns(ask, PACED_ORDERS))
            with theirs(path, baud) as ask:
                peer.append(taken_ns(ask, PACED_ORDERS))
    own_ms, peer_ms = p50_ms(own), p50_ms(peer)
    wire_ms = line_time_s(2 * FRAME_BYTES, baud) * 1000
    silence_ms = silence_s(baud, EXTRA_GAP_MS) * 1000
    figures.append(
        Figure(
            bench="codec",
            what=f"one acknowledged order at {baud} baud, {wire_ms:.1f} ms of it wire, p50",
            value=(
                f"{own_ms:.1f} ms: silence that the standard wants {silence_ms:.1f}, ourselves "
                f"{own_ms - wire_ms - silence_ms:.1f}; pymodbus {peer_ms:.1f} ms: no silence, "
                f"itself {peer_ms - wire_ms:.1f}"
            ),
        )
    )


def all_of(rounds: Rounds) -> Quantiles:
    """The quantiles of all rounds together."""
    return quantiles([each for taken in rounds for each in taken])


def p50_ms(rounds: Rounds) -> float:
    """The median of all rounds together."""
    return all_of(rounds).p50_ms
