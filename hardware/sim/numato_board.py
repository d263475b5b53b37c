"""A Numato USB relay board of software: a command line with echo and prompt, relays from 0.

Source: numato.com/docs, and what drivers of others expect to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hardware.sim.relay_board import BoardFault, OutputListener, SimBoard

RETURN: Final = 0x0D
NEW_LINE: Final = b"\n\r"
PROMPT: Final = b">"
LINE_CHARS: Final = 64
ONE_DIGIT_MAX: Final = 16
HEX_DIGIT_BITS: Final = 4
COLLECTED: Final = (BoardFault.WRONG_COIL, BoardFault.WRONG_VALUE, BoardFault.STALE_REPLY)
"""To spoil the echo it must be known whole, so with these it comes at the end of the line."""
SWAPPED: Final = {"on": "off", "off": "on"}


class NumatoBoard(SimBoard):
    """The device: up to 64 relays, inputs read as gpio; it takes any speed of the line.

    Half a line waits for its end however long, as when a person types it.
    """

    def __init__(
        self, *, outputs: int = 8, inputs: int = 4, on_output: OutputListener | None = None
    ) -> None:
        super().__init__(
            outputs=outputs,
            inputs=inputs,
            faults=(BoardFault.MUTE, *COLLECTED),
            on_output=on_output,
        )
        self._typed = b""

    def power_off(self) -> None:
        """As SimBoard; half a line is forgotten too."""
        super().power_off()
        self._typed = b""

    def _obey(self, now_s: float) -> list[bytes]:
        data, self._inbox = self._inbox, b""
        replies, echo = [], b""
        for byte in data:
            if byte != RETURN:
                echo += bytes((byte,))
                if len(self._typed) < LINE_CHARS:
                    self._typed += bytes((byte,))
                continue
            words = self._typed.decode("latin-1").split()
            answer = self._answer(words)
            if self.fault in COLLECTED:
                echo = self._echo(words)
            body = answer.encode() + NEW_LINE if answer else b""
            replies.append(self._said(echo + NEW_LINE + body + PROMPT))
            self._typed, echo = b"", b""
        if self.fault not in COLLECTED:
            replies.append(echo)
        return replies

    def _echo(self, words: list[str]) -> bytes:
        """The line as a spoilt echo shows it."""
        if self.fault is BoardFault.WRONG_COIL and len(words) == 3:
            words = [*words[:2], words[2][:-1] + chr(ord(words[2][-1]) ^ 1)]
        if self.fault is BoardFault.WRONG_VALUE:
            words = [SWAPPED.get(each, each) for each in words]
        return " ".join(words).encode("latin-1")

    def _answer(self, words: list[str]) -> str:
        """Carry one line out; what the board has to say, "" when it only obeys."""
        said = ""
        match words:
            case ["relay", ("on" | "off") as verb, name]:
                if (index := _index(name, self._contacts)) is not None:
                    self._switch(index, is_on=verb == "on")
            case ["relay", "read", name]:
                if (index := _index(name, self._contacts)) is not None:
                    said = "on" if self._contacts[index] else "off"
            case ["relay", "readall"]:
                value = sum(1 << index for index, is_on in enumerate(self._contacts) if is_on)
                said = f"{value:0{self._hex_digits()}x}"
            case ["relay", "writeall", digits]:
                self._write_all(digits)
            case ["gpio", "read", name]:
                if (index := _index(name, self._inputs)) is not None:
                    said = str(int(self._inputs[index]))
        return "?" if said and self.fault is BoardFault.WRONG_VALUE else said

    def _write_all(self, digits: str) -> None:
        if len(digits) != self._hex_digits() or set(digits.lower()) - set("0123456789abcdef"):
            return
        value = int(digits, 16)
        for index in range(len(self._contacts)):
            self._switch(index, is_on=bool(value >> index & 1))

    def _hex_digits(self) -> int:
        return max(2, len(self._contacts) // HEX_DIGIT_BITS)


def _index(name: str, bits: Sequence[bool]) -> int | None:
    """Which one a name means: one digit up to F, or two decimal ones on the big boards."""
    if len(bits) > ONE_DIGIT_MAX:
        index = int(name) if len(name) == 2 and name.isdecimal() else len(bits)
    else:
        index = "0123456789ABCDEF".find(name) if len(name) == 1 else len(bits)
    return index if 0 <= index < len(bits) else None
