"""The table of a site file that says how a lane's scanner talks: port, framing, limits.

A site file is read before the first frame, the scanner's code is loaded after it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from hardware.scanner import CodeGate, ScanFraming

KEYBOARD: Final = "keyboard"
"""The port of a scanner that types its codes like a keyboard."""


class ScannerTable(BaseModel):
    """[lane.scanner]: by id or path, `sim`, or `keyboard` where a site has no other.

    A keyboard's codes end with Enter; what is said of bytes is nothing to it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    port: str
    baud: Literal[4800, 9600, 19200, 38400, 57600, 115200] = 9600
    terminator: Literal["cr-or-lf", "cr", "lf", "crlf", "stx-etx", "idle"] = "cr-or-lf"
    idle_ms: int = Field(default=50, ge=20, le=1000)
    """Of "idle": how long the line is still after a code."""
    aim: bool = False
    """Whether the scanner puts "]Q1" or the like before each code."""
    prefix: str = Field(default="", max_length=16)
    suffix: str = Field(default="", max_length=16)
    dedupe_s: float = Field(default=2.0, ge=0.5, le=60)
    rate_max: int = Field(default=10, ge=1, le=10)
    """So many codes a second."""
    key_gap_ms: int = Field(default=50, ge=10, le=100)
    """Of "keyboard": keys further apart than this were typed by a person."""

    @property
    def is_keyboard(self) -> bool:
        """Whether the codes come as keys of the driver's window, over no port of their own."""
        return self.port == KEYBOARD

    @model_validator(mode="after")
    def _has_no_serial_framing_on_a_keyboard(self) -> ScannerTable:
        if self.is_keyboard and self.terminator != "cr-or-lf":
            raise ValueError("a keyboard's codes end with Enter: no terminator is set for it")
        return self

    def framing(self) -> ScanFraming:
        """How this scanner wraps a code."""
        from hardware.scanner import FRAMINGS

        framing = FRAMINGS[self.terminator]
        return replace(
            framing,
            idle_ms=self.idle_ms if framing.idle_ms is not None else None,
            has_aim=self.aim,
            prefix=self.prefix.encode(),
            suffix=self.suffix.encode(),
        )

    def gate(self) -> CodeGate:
        """The limits of this scanner, for one reader."""
        from hardware.scanner import CodeGate

        return CodeGate(dedupe_s=self.dedupe_s, rate_max=self.rate_max)
