"""The tables of a site file that say how a lane is wired: outputs, inputs, scanner, printer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from kiosk.app.board_tables import SIMULATED, Baud, BoardTable, Name, Table
from kiosk.app.scanner_table import KEYBOARD, ScannerTable
from kiosk.domain.lane_orders import LaneWiring

if TYPE_CHECKING:
    from hardware.lane_words import LaneTimers

OWN_BOARD = "lane"
BETWEEN_PULSES_S = 0.5
USUAL_PULSE_MS = 500
CHANNEL_MAX = 64
BUS_CHANNEL = re.compile(r"[a-z0-9-]{1,16}:[1-9][0-9]?")


def _checked(wire: object) -> object:
    is_own = type(wire) is int and 1 <= wire <= CHANNEL_MAX
    is_on_bus = isinstance(wire, str) and BUS_CHANNEL.fullmatch(wire) is not None
    if not is_own and not is_on_bus:
        raise ValueError(
            f"Input should be a channel, 1 to {CHANNEL_MAX}, of the lane's own board, or"
            ' "board:channel" of a [[bus.board]]'
        )
    return wire


Wire = Annotated[int | str, BeforeValidator(_checked)]
"""A channel of the lane's own board, or of a board of a [[bus]], as in "north:3"."""

Place = tuple[str, int]
"""A board's name and a channel of it."""


def has_doubles(values: Sequence[int | str | Place | None]) -> bool:
    """Whether a value that is given stands there twice."""
    given = [value for value in values if value is not None]
    return len(set(given)) < len(given)


def place_of(wire: Wire) -> Place:
    """Where a wire goes."""
    if isinstance(wire, int):
        return OWN_BOARD, wire
    board, _, channel = wire.partition(":")
    return board, int(channel)


class WiresTable(Table):
    """What outputs and inputs have in common: names with a wire each."""

    def places(self) -> dict[str, Place]:
        """Where each wire that there is goes, by its name."""
        wires = {name: getattr(self, name) for name in type(self).wire_names()}
        return {name: place_of(wire) for name, wire in wires.items() if wire is not None}

    @classmethod
    def wire_names(cls) -> tuple[str, ...]:
        """The names of the wires in their order."""
        return tuple(name for name, hint in cls.__annotations__.items() if "Wire" in hint)


class InputsTable(WiresTable):
    """[lane.inputs]: which input channel of which board reads what."""

    arming: Wire | None = None
    under_arm: Wire | None = None
    open_limit: Wire | None = None
    closed_limit: Wire | None = None
    safety: Wire | None = None
    """The photocell or safety loop, in copy: it stays wired to the operator."""
    fire: Wire | None = None
    """The fire alarm, in copy and wired normally closed: a cut wire is a fire."""
    closed_when_off: tuple[
        Literal["arming", "under_arm", "open_limit", "closed_limit", "safety"], ...
    ] = ()
    """Inputs wired normally closed: they read on when nothing is there."""

    @model_validator(mode="after")
    def _has_a_channel_each(self) -> InputsTable:
        if has_doubles(list(self.places().values())):
            raise ValueError("each input should have a channel of its own")
        return self


class OutputsTable(WiresTable):
    """[lane.outputs]: which relay of which board does what."""

    open: Wire
    close: Wire | None = None
    stop: Wire | None = None
    hold: Wire | None = None
    green: Wire | None = None
    red: Wire | None = None
    full: Wire | None = None
    host_alive: Wire | None = None
    pulse_ms: int = Field(default=USUAL_PULSE_MS, ge=200, le=2000, multiple_of=100)

    @model_validator(mode="after")
    def _has_a_channel_each(self) -> OutputsTable:
        # A lamp on the channel of OPEN would raise the arm with no grant at all.
        if has_doubles(list(self.places().values())):
            raise ValueError("each output should have a channel of its own")
        return self


class TimersTable(Table):
    """[lane.timers]: where a barrier takes longer than most; the rest is as in LaneTimers."""

    open_max_s: float | None = Field(default=None, ge=1, le=60)
    close_max_s: float | None = Field(default=None, ge=5, le=600)
    open_time_s: float | None = Field(default=None, ge=1, le=60)
    """Without an open limit: when the arm counts as open."""
    close_time_s: float | None = Field(default=None, ge=1, le=60)
    grant_ttl_s: float | None = Field(default=None, ge=10, le=300)
    """How long a driver may take to go."""
    loop_stuck_s: float | None = Field(default=None, ge=30, le=3600)
    loop_tuned_out_s: float | None = Field(default=None, ge=60, le=7200)
    """The least time after which the detector of the loop under the arm forgets a standing car."""

    def to_timers(self, *, pulse_ms: int) -> LaneTimers:
        """With what is not said as a lane has it; ValueError when they contradict each other.

        The next pulse waits until the last one is over for a while: else an operator may take
        both for one, or CLOSE for OPEN.
        """
        from hardware.lane_words import LaneTimers  # the first frame need not wait for it

        gap_s = pulse_ms / 1000 + BETWEEN_PULSES_S
        return LaneTimers(min_gap_s=gap_s, **self.model_dump(exclude_none=True))


class SerialTable(Table):
    """A printer: its port (or `sim`) and rate."""

    port: str
    baud: Baud = 9600


class LaneTable(Table):
    """[[lane]]: a way in or out with its devices."""

    name: Name
    direction: Literal["entry", "exit"]
    passage: Literal["seen", "assumed"] = "seen"
    """Whether loops see who passes; without them a passage is assumed after each open pulse."""
    on_host_loss: Literal["keep", "open", "light_red"] = "keep"
    """What the wiring of `host_alive` does when this program no longer runs."""
    board: BoardTable | None = None
    outputs: OutputsTable = OutputsTable(open=1, close=2, green=3, red=4)
    inputs: InputsTable = InputsTable()
    timers: TimersTable = TimersTable()
    scanner: ScannerTable
    printer: SerialTable | None = None

    @model_validator(mode="after")
    def _has_timers_that_agree(self) -> LaneTable:
        if self.timers != TimersTable() or self.outputs.pulse_ms > USUAL_PULSE_MS:
            self.timers.to_timers(pulse_ms=self.outputs.pulse_ms)
        return self

    @property
    def ports(self) -> tuple[str, ...]:
        """The ports of all devices that this lane has for itself."""
        devices = (self.board, self.scanner, self.printer)
        return tuple(device.port for device in devices if device is not None)

    @property
    def is_simulated(self) -> bool:
        """Whether toy devices stand at this lane."""
        return self.board is not None and self.board.port == SIMULATED

    def to_wiring(self) -> LaneWiring:
        """What an attendant can order here, and what the lane can see besides its loops."""
        outputs, inputs = self.outputs, self.inputs
        return LaneWiring(
            can_close=outputs.close is not None,
            can_stop=outputs.stop is not None,
            can_hold=outputs.hold is not None,
            has_safety=inputs.safety is not None,
            has_fire=inputs.fire is not None,
            is_passage_assumed=self.passage == "assumed",
            has_full_sign=outputs.full is not None,
            has_arming=inputs.arming is not None,
        )

    @model_validator(mode="after")
    def _is_simulated_as_a_whole(self) -> LaneTable:
        serial = set(self.ports) - {KEYBOARD}
        if SIMULATED in serial and serial != {SIMULATED}:
            raise ValueError("board, scanner and printer should be simulated together or not")
        return self

    @model_validator(mode="after")
    def _can_tell_who_passes(self) -> LaneTable:
        inputs = self.inputs
        if self.passage == "seen" and (inputs.arming is None or inputs.under_arm is None):
            raise ValueError(
                "without an arming loop and a loop under the arm nobody sees who passes: wire"
                ' both in [lane.inputs], or say passage = "assumed"'
            )
        if self.passage == "assumed" and inputs.under_arm is not None:
            raise ValueError('with a loop under the arm passage should be "seen"')
        if self.on_host_loss != "keep" and self.outputs.host_alive is None:
            raise ValueError(f'on_host_loss = "{self.on_host_loss}" needs outputs.host_alive')
        return self
