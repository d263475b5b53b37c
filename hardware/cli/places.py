"""Which board on which port a command is about: the options for it, and the opened line.

What a family can have is left to hardware.boards.families.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

from hardware.boards.base import RelayBoard
from hardware.boards.families import FAMILIES, BoardSetup, make_board
from hardware.cli.say import WrongInput
from hardware.line import Line, SerialLine
from hardware.local_echo import EchoedLine

PARITIES: Final = ("N", "E", "O")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One board: its port, how the line is set, and what the board is."""

    port: str
    baud: int | None = None
    """None: as boards of this family leave the factory."""
    parity: str = "N"
    has_local_echo: bool = False
    setup: BoardSetup = field(default_factory=lambda: BoardSetup(family="waveshare-modbus"))

    def board(self) -> RelayBoard:
        """The board; WrongInput for what its family cannot have."""
        try:
            return make_board(self.setup)
        except ValueError as wrong:
            raise WrongInput(str(wrong)) from wrong


def add_board(parser: argparse.ArgumentParser, *, is_needed: bool = True) -> None:
    """The options of a command about one board."""
    parser.add_argument(
        "port",
        nargs=None if is_needed else "?",
        metavar="PORT",
        help="path of the board, see `list`",
    )
    add_setup(parser)


def add_setup(parser: argparse.ArgumentParser) -> None:
    """The options that say what a board is."""
    add_line(parser)
    parser.add_argument(
        "--family",
        choices=tuple(FAMILIES),
        default="waveshare-modbus",
        help="what kind of board, default waveshare-modbus",
    )
    units = range(1, 248)
    parser.add_argument(
        "--unit", type=int, choices=units, default=1, metavar="1..247", help="address on the bus"
    )
    parser.add_argument("--outputs", type=count, default=None, help="how many relays it has")
    parser.add_argument("--inputs", type=count_or_none, default=None, help="how many inputs")
    parser.add_argument("--reply", default=None, help="of lcus: none, text or bytes")
    parser.add_argument(
        "--gap-ms", type=float, default=None, help="silence between frames, default: the family's"
    )
    parser.add_argument(
        "--local-echo", action="store_true", help="the RS-485 adapter hears its own bytes"
    )


def add_line(parser: argparse.ArgumentParser) -> None:
    """The options of a serial line."""
    parser.add_argument("--baud", type=count, default=None, help="default: the family's, or 9600")
    parser.add_argument("--parity", choices=PARITIES, default="N")


def place_of(options: argparse.Namespace, port: str | None = None) -> Place:
    """What the options say, of this port or of the one among them."""
    return Place(
        port=options.port if port is None else port,
        baud=options.baud,
        parity=options.parity,
        has_local_echo=options.local_echo,
        setup=BoardSetup(
            family=options.family,
            unit=options.unit,
            outputs=options.outputs,
            inputs=options.inputs,
            reply=options.reply,
            gap_ms=options.gap_ms,
        ),
    )


def place_from(text: str, options: argparse.Namespace) -> Place:
    """A place in one word: PORT, or PORT=family,unit=2,outputs=4 and the like.

    A family named there starts anew: nothing that the options say of a board holds for it.
    Raises WrongInput.
    """
    port, _, words = text.partition("=")
    if not port:
        raise WrongInput(f"{text!r} names no port")
    if not words:
        return place_of(options, port)
    family, *settings = words.split(",")
    place = Place(port=port, setup=BoardSetup(family=family))
    for setting in settings:
        place = _with(place, setting)
    return place


def named_place_from(text: str) -> tuple[str, Place]:
    """A board and its place in one word: NAME=PORT[,family=lcus][,outputs=2] and the like.

    Raises WrongInput.
    """
    name, _, words = text.partition("=")
    port, *settings = words.split(",")
    if not name or not port:
        raise WrongInput(f"{text!r} is not NAME=PORT, perhaps with ,family= and more behind it")
    place = Place(port=port)
    for setting in settings:
        place = _with(place, setting)
    return name, place


def count(text: str) -> int:
    """A number from 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("more than 0")
    return number


def count_or_none(text: str) -> int:
    """A number from 0."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("0 or more")
    return number


@contextmanager
def opened(place: Place, default_baud: int = 9600) -> Iterator[Line]:
    """The open line of a place, closed at the end."""
    baud = default_baud if place.baud is None else place.baud
    serial_line = SerialLine(place.port, baud, place.parity)
    line: Line = EchoedLine(serial_line) if place.has_local_echo else serial_line
    line.open()
    try:
        yield line
    finally:
        line.close()


def _with(place: Place, setting: str) -> Place:
    name, _, value = setting.partition("=")
    try:
        if name == "local_echo" and not value:
            return replace(place, has_local_echo=True)
        if name == "baud":
            return replace(place, baud=int(value))
        if name == "parity" and value in PARITIES:
            return replace(place, parity=value)
        if name in _OF_A_BOARD:
            told: dict[str, Any] = {name: _OF_A_BOARD[name](value)}
            return replace(place, setup=replace(place.setup, **told))
    except ValueError:
        pass
    raise WrongInput(
        f"{place.port}: {setting!r} is none of family=, unit=, outputs=, inputs=, reply=, gap_ms=,"
        " baud=, parity=N, E or O, local_echo"
    )


_OF_A_BOARD: Final[dict[str, Callable[[str], int | float | str]]] = {
    "family": str,
    "unit": int,
    "outputs": int,
    "inputs": int,
    "reply": str,
    "gap_ms": float,
}
