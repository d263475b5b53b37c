"""Several boards on their lines: those on one port share it, and keep its silence together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from hardware.boards.base import BoardCaps, RelayBoard
from hardware.boards.families import make_boards
from hardware.cli.places import Place, opened
from hardware.cli.say import WrongInput
from hardware.commissioning.bench import OpenBoard
from hardware.commissioning.tables import LineSetup
from hardware.inputs import OWN_BOARD


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One port with its boards by name; `places` are what was said of each."""

    places: Mapping[str, Place]
    boards: Mapping[str, RelayBoard]

    @property
    def place(self) -> Place:
        """The port, and how its line is set."""
        return _of_the_line(list(self.places.values()))

    @property
    def default_baud(self) -> int:
        """As boards of these families leave the factory."""
        return next(iter(self.boards.values())).caps.default_baud

    def setup(self) -> LineSetup:
        """What a report says of it."""
        place = self.place
        return LineSetup(
            port=place.port,
            baud=self.default_baud if place.baud is None else place.baud,
            parity=place.parity,
            has_local_echo=place.has_local_echo,
            boards={name: each.setup for name, each in self.places.items()},
        )


def lines_of(places: Mapping[str, Place]) -> list[SharedLine]:
    """The lines of these boards; WrongInput for boards that cannot share one, or be at all."""
    by_port: dict[str, dict[str, Place]] = {}
    for name, place in places.items():
        by_port.setdefault(place.port, {})[name] = place
    lines = []
    for port, named in by_port.items():
        if OWN_BOARD in named and len(named) > 1:
            raise WrongInput(f"{port}: where boards share a port each needs a name (--board)")
        try:
            boards = make_boards({name: place.setup for name, place in named.items()})
        except ValueError as wrong:
            raise WrongInput(f"{port}: {wrong}") from wrong
        _of_the_line(list(named.values()))
        lines.append(SharedLine(named, boards))
    return lines


def caps_of_lines(lines: Sequence[SharedLine]) -> dict[str, BoardCaps]:
    """What each board can do."""
    return {name: board.caps for line in lines for name, board in line.boards.items()}


@contextmanager
def all_opened(lines: Sequence[SharedLine]) -> Iterator[dict[str, OpenBoard]]:
    """Every board on its open line; all are closed at the end."""
    with ExitStack() as stack:
        at: dict[str, OpenBoard] = {}
        for each in lines:
            line = stack.enter_context(opened(each.place, each.default_baud))
            at |= {name: OpenBoard(board, line) for name, board in each.boards.items()}
        yield at


def _of_the_line(places: Sequence[Place]) -> Place:
    """The line that all of them are on: what one says of it holds for all."""
    first = places[0]
    bauds = {place.baud for place in places if place.baud is not None}
    parities = {place.parity for place in places if place.parity != "N"}
    if len(bauds) > 1 or len(parities) > 1:
        raise WrongInput(f"{first.port}: boards on one line have one baud and one parity")
    return replace(
        first,
        baud=next(iter(bauds), None),
        parity=next(iter(parities), "N"),
        has_local_echo=any(place.has_local_echo for place in places),
    )
