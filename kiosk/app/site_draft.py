"""A draft of a site file for one listed site: its spaces laid out, and what is to be filled in.

What a site file says is defined in config.py; a draft is one that `kiosk check-config` accepts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.app.config import RulesTable
from kiosk.domain.inventory import ListedSite, ListSource

TARIFFS = Path(__file__).resolve().parents[2] / "resources" / "tariffs"

_MARK = "FILL IN"
_LONGEST_NAME = 40
_ROW_SPACES = 20
_AREA_ROWS = 40
_SPACE_WIDTH_MM, _SPACE_DEPTH_MM, _AISLE_MM = 2_500, 5_000, 6_000


@dataclass(frozen=True, slots=True)
class _Country:
    """What a list's country suggests; the lists themselves say nothing of it."""

    zone: str
    currency: str
    tariff: str


_GERMANY = _Country("Europe/Berlin", "EUR", "db/db-each-1h-50-day-200-week-1000-max-14d.toml")
_COUNTRIES = {
    ListSource.PARKAPI: _GERMANY,
    ListSource.SBB: _Country("Europe/Zurich", "CHF", "sbb/sbb-hour-100-day-600.toml"),
    ListSource.DB: _GERMANY,
    ListSource.HDB: _Country("Asia/Singapore", "SGD", "singapore/hindoo-road.toml"),
}

_LANES = """
# FILL IN: each lane's devices. port = "sim" simulates one; docs/lane.md says what others are.
""" + "".join(
    f"""
[[lane]]
name = "{direction}"
direction = "{direction}"
[lane.board]
port = "sim"
[lane.inputs]
arming = 1
under_arm = 2
open_limit = 3
closed_limit = 4
[lane.scanner]
port = "sim"
[lane.printer]
port = "sim"
"""
    for direction in ("entry", "exit")
)

_DESK = """
# FILL IN: who sits at the desk first, and gets a one-time PIN.
[desk]
name = "desk-1"
first_attendant = "Attendant"
"""


def draft_of(site: ListedSite) -> str:
    """The text of the site file; where it guesses or invents, it says FILL IN.

    Spaces stand in rows of at most 20, two rows to an aisle; accessible ones come first, those
    with a charger last.
    """
    return "".join((*_head(site), *_rules(), *_owner(), *_areas(site), _LANES, _DESK))


def unfilled(text: str) -> tuple[int, ...]:
    """The lines of a site file, counted from 1, that still say FILL IN."""
    lines = text.splitlines()
    return tuple(number for number, line in enumerate(lines, start=1) if _MARK in line)


def _head(site: ListedSite) -> Iterator[str]:
    country = _COUNTRIES[site.source]
    yield f"# A draft for {site.name} ({site.source} {site.key}).\n"
    yield "# What is to be filled in is a guess: no inventory says it. docs/operator.md\n"
    yield from (f"# {line}\n" for line in _facts(site))
    yield "\n[site]\n"
    yield "number = 0  # FILL IN: stands on every ticket, unique among your sites (0 to 4095)\n"
    yield f"name = {_toml(site.name[:_LONGEST_NAME])}\n"
    yield f'zone = "{country.zone}"  # FILL IN: the inventory states no time zone\n'
    yield f'currency = "{country.currency}"  # FILL IN\n'
    yield 'phone = "000"  # FILL IN: shown on every help page\n'


def _facts(site: ListedSite) -> Iterator[str]:
    """What is published and has no place in a site file."""
    if site.kind is not None:
        yield f"Kind: {site.kind}."
    if site.decks is not None:
        yield f"Decks: {site.decks}; all spaces stand in areas of level 0 here. FILL IN"
    if site.position is not None:
        north, east = site.position.latitude_udeg, site.position.longitude_udeg
        yield f"Position: {north / 1e6:.6f}, {east / 1e6:.6f} (latitude, longitude)."
    if site.spaces is None:
        yield "The number of spaces is not published: one space stands for all of them. FILL IN"


def _rules() -> Iterator[str]:
    yield "\n[rules]  # the defaults\n"
    for name, value in RulesTable().model_dump().items():
        yield f"{name} = {_toml(value)}\n"


def _owner() -> Iterator[str]:
    yield "\n# FILL IN: how a fee is divided, in basis points; the owner gets the rest.\n"
    yield "[split.standard]\ncommission_bp = 1500\nvat_bp = 1900\nmanager_bp = 1000\n"
    yield "\n# FILL IN: who shares spaces, and when; then name them in the rows below.\n"
    yield '[[owner]]\nname = "Owner"\n[[owner.offer]]\n'
    yield "from_local = 00:00:00\nuntil_local = 00:00:00\n"


def _areas(site: ListedSite) -> Iterator[str]:
    spaces = site.spaces or 1
    accessible = min(site.accessible or 0, spaces)
    chargers = min(site.chargers or 0, spaces)
    tariff = TARIFFS / _COUNTRIES[site.source].tariff
    area_spaces = _ROW_SPACES * _AREA_ROWS
    for number, first in enumerate(range(0, spaces, area_spaces), start=1):
        count = min(area_spaces, spaces - first)
        rows = -(-count // _ROW_SPACES)
        yield f'\n[[area]]\ncode = "P{number}"\nname = "Part {number}"\nlevel = 0\n'
        yield f"width_mm = {_ROW_SPACES * _SPACE_WIDTH_MM}\n"
        yield f"depth_mm = {_row_mm(rows - 1) + _SPACE_DEPTH_MM}\n"
        yield "# FILL IN: your own price board (docs/tariffs.md); this is that of somebody else.\n"
        yield f"tariff = {_toml(str(tariff))}\n"
        yield 'split = "standard"\n'
        for row in range(rows):
            before = first + row * _ROW_SPACES
            places = range(1, min(_ROW_SPACES, spaces - before) + 1)
            yield f"[[area.row]]\nx_mm = 0\ny_mm = {_row_mm(row)}\n"
            yield f'count = {len(places)}\nowners = ["Owner"]\n'
            if site.height_mm is not None:
                yield f"height_mm = {site.height_mm}\n"
            yield from _places("accessible", (p for p in places if before + p <= accessible))
            yield from _places("charger", (p for p in places if before + p > spaces - chargers))


def _row_mm(row: int) -> int:
    """Where a row begins: two of them at each aisle, back to back with the next two."""
    return row * _SPACE_DEPTH_MM + (row + 1) // 2 * _AISLE_MM


def _places(name: str, places: Iterable[int]) -> Iterator[str]:
    found = list(places)
    if found:
        yield f"{name} = {_toml(found)}\n"


def _toml(value: object) -> str:
    """A value of a site file in one line of TOML."""
    match value:
        case dict():
            return f"{{ {', '.join(f'{key} = {_toml(each)}' for key, each in value.items())} }}"
        case list() | tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            # A text of JSON is one of TOML, when it can be printed; a number is the same in both.
            return json.dumps(value, ensure_ascii=False)
