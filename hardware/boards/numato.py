"""Numato Lab's USB relay modules up to 16 relays: a command line that echoes every character.

An order counts as confirmed when its exact echo and the prompt after it came back: the echo is
the board's own, so the line that it carries out is the one that we wrote; which relays it has was
asked at the probe. Boards of 32 and 64 relays are left out on purpose: builds differ in how they
want such a number ("V" or "31"), and one that reads a single digit would switch another relay.
The rate of the port means nothing (USB CDC). Source: numato.com/docs; golden lines in the tests.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from typing import ClassVar, Final

from hardware.boards.base import Ack, BoardCaps, Untimed, check_channel
from hardware.boards.exchange import PlainTalk
from hardware.errors import BadReply, DeviceTimeout, HardwareError, Unsupported
from hardware.line import Line

SIZES: Final = (1, 2, 4, 8, 16)
INPUTS_MAX: Final = 10
DIGITS: Final = "0123456789ABCDEF"
"""Upper case: the board takes a lower-case digit and does nothing."""
ENTER: Final = b"\r"
NEW_LINE: Final = rb"[\r\n]{1,4}"
"""\\n\\r from most builds; what else a build may send ends a line as well."""
PROMPT: Final = b">"
GAP_MS: Final = 0.0
"""None: every order waits for the prompt of the one before."""
LEAST_EXTRA_BYTES: Final = 2
"""What the shortest reply, echo and prompt, has beyond the command."""

STATES: Final = {b"on": True, b"off": False, b"1": True, b"0": False}


def encode_set(channel: int, *, is_on: bool) -> bytes:
    """Switch one relay; the board counts from 0."""
    return f"relay {'on' if is_on else 'off'} {DIGITS[channel - 1]}\r".encode()


def encode_read_output(channel: int) -> bytes:
    """Ask for one relay."""
    return f"relay read {DIGITS[channel - 1]}\r".encode()


def encode_read_input(channel: int) -> bytes:
    """Ask for one input."""
    return f"gpio read {DIGITS[channel - 1]}\r".encode()


def find_echo(received: bytes, command: bytes) -> bool | None:
    """True once the exact echo of the command is followed by the prompt."""
    echo = re.escape(command.removesuffix(ENTER))
    return True if re.search(echo + NEW_LINE + PROMPT, received) else None


def ends_at_prompt(received: bytes) -> bool | None:
    """True once the board waits for a command."""
    return True if received.endswith(PROMPT) else None


def decode_output(received: bytes, command: bytes) -> bool | None:
    """The state of the relay between the exact echo of the question and the prompt."""
    return _find_word(received, command, rb"on|off")


def decode_input(received: bytes, command: bytes) -> bool | None:
    """The state of the input between the exact echo of the question and the prompt."""
    return _find_word(received, command, rb"1|0")


def _find_word(received: bytes, command: bytes, words: bytes) -> bool | None:
    echo = re.escape(command.removesuffix(ENTER))
    found = re.search(echo + NEW_LINE + rb"(" + words + rb")" + NEW_LINE + PROMPT, received)
    return STATES[found[1]] if found else None


class NumatoRelay(Untimed):
    """One board on its own line; keeps the promise of RelayBoard."""

    family: ClassVar[str] = "numato"

    def __init__(
        self, *, outputs: int, inputs: int = 0, gap_ms: float = GAP_MS, timeout_ms: int = 100
    ) -> None:
        self._talk = PlainTalk(timeout_ms=timeout_ms, gap_ms=gap_ms)
        self._is_at_prompt = False
        self.caps: Final = BoardCaps(
            outputs=outputs,
            inputs=inputs,
            is_acked=True,
            has_readback=True,
            pulse_quantum_ms=None,
            pulse_max_ms=0,
            min_gap_ms=round(gap_ms),
            default_baud=0,
        )

    def probe(self, line: Line) -> None:
        """Ask for every relay: a board with fewer of them does not answer for the others."""
        self._is_at_prompt = False
        self.read_outputs(line)

    def set_output(self, line: Line, channel: int, is_on: bool) -> Ack:
        check_channel(channel, self.caps.outputs)
        return self._switch(line, channel, is_on=is_on)

    def all_off(self, line: Line) -> Ack:
        """Let every relay drop, one after the other: small boards know no order for all.

        A relay that gives no answer does not keep the others closed; the first fault is raised.
        """
        acks: list[Ack] = []
        faults: list[HardwareError] = []
        for channel in range(1, self.caps.outputs + 1):
            try:
                acks.append(self._switch(line, channel, is_on=False))
            except (DeviceTimeout, BadReply) as failure:
                faults.append(failure)
        if faults:
            raise faults[0]
        frame = b"".join(ack.frame for ack in acks)
        return Ack(acks[0].kind, acks[0].sent_at_s, acks[-1].acked_at_s, frame)

    def read_outputs(self, line: Line) -> tuple[bool, ...]:
        return tuple(
            self._ask(line, encode_read_output(channel), decode_output)[0]
            for channel in range(1, self.caps.outputs + 1)
        )

    def read_inputs(self, line: Line) -> tuple[bool, ...]:
        if not self.caps.inputs:
            raise Unsupported(self.family, "read inputs when set up without any")
        return tuple(
            self._ask(line, encode_read_input(channel), decode_input)[0]
            for channel in range(1, self.caps.inputs + 1)
        )

    def _switch(self, line: Line, channel: int, *, is_on: bool) -> Ack:
        if not is_on:
            # A board that does not answer may still hear: nothing keeps an OFF back.
            with contextlib.suppress(DeviceTimeout, BadReply):
                self._end_line(line)
            self._is_at_prompt = True
        return self._ask(line, encode_set(channel, is_on=is_on), find_echo)[1]

    def _end_line(self, line: Line) -> None:
        # Something half written may stand on the board's line (a service that probed the port
        # for a modem, an order that was cut off), and would become part of ours.
        if not self._is_at_prompt:
            self._talk.ask(line, ENTER, find=ends_at_prompt, length=LEAST_EXTRA_BYTES + 1)

    def _ask(
        self, line: Line, command: bytes, find: Callable[[bytes, bytes], bool | None]
    ) -> tuple[bool, Ack]:
        self._end_line(line)
        self._is_at_prompt = False
        answer = self._talk.ask(
            line,
            command,
            find=lambda received: find(received, command),
            length=len(command) + LEAST_EXTRA_BYTES,
        )
        self._is_at_prompt = True
        return answer
