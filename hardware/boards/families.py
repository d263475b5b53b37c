"""The families of relay boards by name, and the board that a site describes.

What a family cannot have is refused in the installer's words before anything is opened. Which
port the board is on, and its speed, is left to the site file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from hardware.boards import kmtronic, lcus, modbus_coils, numato, waveshare
from hardware.boards.base import BoardCaps, RelayBoard
from hardware.boards.modbus import Bus

UNIT_MAX: Final = 247
GAP_MAX_MS: Final = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSetup:
    """What a site says of one board; None leaves it to the family."""

    family: str
    unit: int = 1
    outputs: int | None = None
    inputs: int | None = None
    reply: str | None = None
    gap_ms: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A setup that was found possible, with nothing left open."""

    unit: int
    outputs: int
    inputs: int
    reply: str | None
    gap_ms: float
    bus: Bus


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What the boards of one family can have."""

    title: str
    """With its article, for sentences."""
    outputs: Sequence[int]
    inputs: Sequence[int]
    """The first is what a board has when the site says nothing."""
    gap_ms: float
    make: Callable[[_Plan], RelayBoard]
    replies: Sequence[str] = ()
    """The builds that answer differently; the first when the site says nothing."""
    is_on_bus: bool = False
    """Has a unit address, so that several boards share one line."""


FAMILIES: Final[Mapping[str, Family]] = MappingProxyType(
    {
        "waveshare-modbus": Family(
            title="a waveshare-modbus board",
            outputs=(waveshare.OUTPUTS,),
            inputs=(waveshare.INPUTS,),
            gap_ms=waveshare.EXTRA_GAP_MS,
            is_on_bus=True,
            make=lambda plan: waveshare.WaveshareRelay(
                plan.unit, gap_ms=plan.gap_ms, bus=plan.bus
            ),
        ),
        "modbus-coils": Family(
            title="a modbus-coils board",
            outputs=range(1, modbus_coils.CHANNELS_MAX + 1),
            inputs=range(modbus_coils.CHANNELS_MAX + 1),
            gap_ms=modbus_coils.GAP_MS,
            is_on_bus=True,
            make=lambda plan: modbus_coils.ModbusCoils(
                unit=plan.unit,
                outputs=plan.outputs,
                inputs=plan.inputs,
                gap_ms=plan.gap_ms,
                bus=plan.bus,
            ),
        ),
        "lcus": Family(
            title="an lcus board",
            outputs=lcus.SIZES,
            inputs=(0,),
            gap_ms=lcus.GAP_MS,
            replies=tuple(lcus.REPLIES),
            make=lambda plan: lcus.LcusRelay(
                outputs=plan.outputs, reply=plan.reply or "none", gap_ms=plan.gap_ms
            ),
        ),
        "kmtronic": Family(
            title="a kmtronic board",
            outputs=kmtronic.SIZES,
            inputs=(0,),
            gap_ms=kmtronic.GAP_MS,
            make=lambda plan: kmtronic.KmtronicRelay(outputs=plan.outputs, gap_ms=plan.gap_ms),
        ),
        "numato": Family(
            title="a numato board",
            outputs=numato.SIZES,
            inputs=range(numato.INPUTS_MAX + 1),
            gap_ms=numato.GAP_MS,
            make=lambda plan: numato.NumatoRelay(
                outputs=plan.outputs, inputs=plan.inputs, gap_ms=plan.gap_ms
            ),
        ),
    }
)


def make_board(setup: BoardSetup) -> RelayBoard:
    """The board that the site describes; ValueError says what its family cannot have."""
    return _make(setup, Bus())


def make_boards(setups: Mapping[str, BoardSetup]) -> dict[str, RelayBoard]:
    """All boards of one line by name; ValueError when they cannot share it.

    They keep the silence of Modbus together: each after the last frame of any of them.
    """
    owners: dict[int, str] = {}
    for name, setup in setups.items():
        family = _family(setup)
        if len(setups) > 1 and not family.is_on_bus:
            raise ValueError(f"{family.title} needs a port of its own ({name})")
        if (other := owners.setdefault(setup.unit, name)) != name:
            raise ValueError(f"{other} and {name} both have unit {setup.unit} on one bus")
    bus = Bus()
    return {name: _make(setup, bus) for name, setup in setups.items()}


def caps_of(setup: BoardSetup) -> BoardCaps:
    """What such a board can do, for the check of a site; ValueError as of make_board."""
    return make_board(setup).caps


def _make(setup: BoardSetup, bus: Bus) -> RelayBoard:
    family = _family(setup)
    gap_ms = family.gap_ms if setup.gap_ms is None else setup.gap_ms
    if not 0 <= gap_ms <= GAP_MAX_MS:
        raise ValueError(f"a gap between frames is 0 to {GAP_MAX_MS:.0f} ms, not {gap_ms}")
    return family.make(
        _Plan(
            unit=_unit(setup, family),
            outputs=_outputs(setup, family),
            inputs=_inputs(setup, family),
            reply=_reply(setup, family),
            gap_ms=gap_ms,
            bus=bus,
        )
    )


def _family(setup: BoardSetup) -> Family:
    family = FAMILIES.get(setup.family)
    if family is None:
        raise ValueError(
            f"there is no board family {setup.family!r}; there are {_listed(FAMILIES, 'and')}"
        )
    return family


def _unit(setup: BoardSetup, family: Family) -> int:
    if not family.is_on_bus and setup.unit != 1:
        raise ValueError(f"{family.title} has no unit address; leave unit out")
    if not 1 <= setup.unit <= UNIT_MAX:
        raise ValueError(f"a unit is 1 to {UNIT_MAX}, not {setup.unit}")
    return setup.unit


def _outputs(setup: BoardSetup, family: Family) -> int:
    if setup.outputs is None:
        if len(family.outputs) > 1:
            # A wrong guess would leave relays closed that all_off() does not know of.
            raise ValueError(
                f"say how many relays it has: {family.title} has {_counted(family.outputs)}"
            )
        return family.outputs[0]
    if setup.outputs not in family.outputs:
        raise ValueError(
            f"{family.title} has {_counted(family.outputs)} relays, not {setup.outputs}"
        )
    return setup.outputs


def _inputs(setup: BoardSetup, family: Family) -> int:
    if setup.inputs is None:
        return family.inputs[0]
    if setup.inputs not in family.inputs:
        has = "no" if tuple(family.inputs) == (0,) else _counted(family.inputs)
        raise ValueError(f"{family.title} has {has} inputs, not {setup.inputs}")
    return setup.inputs


def _reply(setup: BoardSetup, family: Family) -> str | None:
    if setup.reply is None:
        return family.replies[0] if family.replies else None
    if not family.replies:
        raise ValueError(f"{family.title} answers in one way only; leave reply out")
    if setup.reply not in family.replies:
        raise ValueError(
            f"the reply of {family.title} is {_listed(family.replies, 'or')}, not {setup.reply!r}"
        )
    return setup.reply


def _counted(numbers: Sequence[int]) -> str:
    if isinstance(numbers, range):
        return f"{numbers[0]} to {numbers[-1]}"
    return _listed((str(number) for number in numbers), "or")


def _listed(words: Iterable[str], conjunction: str) -> str:
    *first, last = words
    return f"{', '.join(first)} {conjunction} {last}" if first else last
