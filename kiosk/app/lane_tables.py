"""The tables of a site file that say how a lane is wired: board, inputs, scanner, printer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Channel = Annotated[int, Field(ge=1, le=8)]
"""Of the one board family there is: eight outputs and eight inputs."""
Baud = Literal[4800, 9600, 19200, 38400, 57600, 115200]


class Table(BaseModel):
    """What all tables of a site file have in common: no key that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


def has_doubles(values: Sequence[int | str | None]) -> bool:
    """Whether a value that is given stands there twice."""
    given = [value for value in values if value is not None]
    return len(set(given)) < len(given)


class InputsTable(Table):
    """[lane.inputs]: which input channel of the board reads what."""

    arming: Channel
    under_arm: Channel
    open_limit: Channel | None = None
    closed_limit: Channel | None = None
    closed_when_off: tuple[Literal["arming", "under_arm", "open_limit", "closed_limit"], ...] = ()
    """Inputs wired normally closed: they read on when nothing is there."""

    @model_validator(mode="after")
    def _has_a_channel_each(self) -> InputsTable:
        channels = [self.arming, self.under_arm, self.open_limit, self.closed_limit]
        if has_doubles(channels):
            raise ValueError("each input should have a channel of its own")
        return self


class BoardTable(Table):
    """[lane.board]: the relay board of a lane."""

    family: Literal["waveshare-modbus"] = "waveshare-modbus"
    port: str
    """By id or path: /dev/serial/by-id/..., /dev/kiosk/relay0; or `sim` for a simulated one."""
    baud: Baud = 9600
    unit: int = Field(default=1, ge=1, le=247)
    open_channel: Channel = 1
    close_channel: Channel = 2
    green_channel: Channel | None = 3
    red_channel: Channel | None = 4
    pulse_ms: int = Field(default=500, ge=200, le=2000, multiple_of=100)

    @model_validator(mode="after")
    def _has_a_channel_each(self) -> BoardTable:
        # A lamp on the channel of OPEN would raise the arm with no grant at all.
        outputs = [self.open_channel, self.close_channel, self.green_channel, self.red_channel]
        if has_doubles(outputs):
            raise ValueError("each output should have a channel of its own")
        return self


class SerialTable(Table):
    """A scanner or a printer: its port (or `sim`) and rate."""

    port: str
    baud: Baud = 9600


class LaneTable(Table):
    """[[lane]]: a way in or out with its devices."""

    name: str = Field(min_length=1, max_length=16)
    direction: Literal["entry", "exit"]
    board: BoardTable
    inputs: InputsTable
    scanner: SerialTable
    printer: SerialTable | None = None

    @property
    def ports(self) -> tuple[str, ...]:
        """The ports of all devices of this lane."""
        devices = (self.board, self.scanner, self.printer)
        return tuple(device.port for device in devices if device is not None)

    @model_validator(mode="after")
    def _is_simulated_as_a_whole(self) -> LaneTable:
        if "sim" in self.ports and set(self.ports) != {"sim"}:
            raise ValueError("board, scanner and printer should be simulated together or not")
        return self
