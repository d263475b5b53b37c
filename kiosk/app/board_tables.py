"""The tables of a site file that say which relay boards there are, and on which lines.

What a family can do is asked of hardware.boards; that a lane is wired to what is there is checked
in lane_check.py.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from hardware.boards.families import BoardSetup

Baud = Literal[4800, 9600, 19200, 38400, 57600, 115200]
SIMULATED = "sim"


def _named(name: str) -> str:
    if NAME.fullmatch(name) is None:
        raise ValueError(
            "Input should be a name of letters, digits, '-', '_', '.' and spaces that begins and"
            " ends with a letter or digit"
        )
    return name


NAME = re.compile(r"\w(?:[\w .-]*\w)?")
"""It stands in file names, in a line of the journal and on the desk."""
Name = Annotated[str, Field(min_length=1, max_length=16), AfterValidator(_named)]
"""What a lane or a bus is called."""


class Table(BaseModel):
    """What all tables of a site file have in common: no key that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class LineTable(Table):
    """A serial line: by id or path (/dev/serial/by-id/..., /dev/kiosk/bus0), speed, parity."""

    port: str
    baud: Baud = 9600
    parity: Literal["N", "E", "O"] = "N"
    local_echo: bool = False
    """A 2-wire RS-485 adapter that hears its own bytes."""


class BoardFacts(Table):
    """One relay board; what is left out is as its family has it."""

    family: Literal["waveshare-modbus", "modbus-coils", "lcus", "kmtronic", "numato"] = (
        "waveshare-modbus"
    )
    unit: int = Field(default=1, ge=1, le=247)
    outputs: int | None = Field(default=None, ge=1, le=64)
    inputs: int | None = Field(default=None, ge=0, le=64)
    reply: str | None = None
    """Which build of an lcus board: none, text or bytes."""
    gap_ms: float | None = Field(default=None, ge=0, le=1000)
    """Silence between frames."""

    def to_setup(self) -> BoardSetup:
        """The board as hardware.boards makes it."""
        from hardware.boards.families import BoardSetup

        return BoardSetup(
            family=self.family,
            unit=self.unit,
            outputs=self.outputs,
            inputs=self.inputs,
            reply=self.reply,
            gap_ms=self.gap_ms,
        )


class BoardTable(BoardFacts, LineTable):
    """[lane.board]: the board that a lane has for itself, or `sim` for a simulated one."""

    @model_validator(mode="after")
    def _is_simulated_as_what_there_is(self) -> BoardTable:
        if self.port == SIMULATED and self.family != "waveshare-modbus":
            raise ValueError("the simulated board of a site is a waveshare-modbus one")
        return self


class BusBoardTable(BoardFacts):
    """[[bus.board]]: one of several boards on a line; lanes wire to it by its name."""

    name: str = Field(min_length=1, max_length=16, pattern=r"^[a-z0-9-]+$")


class BusTable(LineTable):
    """[[bus]]: an RS-485 line with boards for one or more lanes."""

    name: Name
    board: tuple[BusBoardTable, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_real(self) -> BusTable:
        if self.port == SIMULATED:
            raise ValueError("a bus is real; lanes with a board of their own can be simulated")
        return self
