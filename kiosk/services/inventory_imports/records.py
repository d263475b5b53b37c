"""What reading inventories has in common: records, what became of them, and their values.

Each source has its own reading (parkapi.py, sbb.py, db.py, hdb.py), and read.py finds out which
one a file is. Two rules for all: a value by which a publisher says "not stated" is set aside and
the rest of its record is taken; a value that cannot be true refuses its record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from kiosk.domain.inventory import MOST_SPACES, ListedSite, ListSource, Position, SiteKind
from kiosk.services.published_records import CannotSay, Refusal, quoted

_MOST_DECKS = 100
_LEAST_HEIGHT_MM, _MOST_HEIGHT_MM = 1_000, 10_000
_LONGEST_NUMBER = 40
_UDEG = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One entry of a file: where it stands, which key it has, and its fields."""

    where: str
    """`line 4` or `feature 3`."""
    key: str
    """Of the source; empty when it has none."""
    fields: Mapping[str, object]
    broken: str = ""
    """Why it is no record at all, when it is none."""

    @property
    def what(self) -> str:
        """The place and the key, for whoever prepared the file."""
        return f"{self.where} {printable(self.key)}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One record that became a listed site, and which of its values did not become part of it."""

    what: str
    site: ListedSite
    set_aside: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What became of a file: every record is in exactly one of the three lists."""

    source: ListSource
    taken: tuple[Taken, ...]
    left_out: tuple[Refusal, ...]
    """Sound, but no car park of its own."""
    refused: tuple[Refusal, ...]
    note: str
    """What holds for the whole source, not for one record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryKind:
    """How one source is recognised and read."""

    source: ListSource
    about: str
    """By what a file of it is known, in words."""
    records: Callable[[object], Iterable[Record] | None]
    """The records of a document of this source; None for any other document."""
    take: Callable[[Record], Taken]
    """CannotSay refuses the record; NoCarPark leaves it out."""
    note: str


class NoCarPark(Exception):
    """A sound record of something else; the text says of what."""


class Values:
    """Reads the values of one record, and keeps what was set aside of them."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._set_aside: list[str] = []

    def set_aside(self, text: str) -> None:
        """Keep what is not taken over, and why."""
        self._set_aside.append(text)

    def taken(self, site: ListedSite) -> Taken:
        """The record as this site."""
        return Taken(what=self._record.what, site=site, set_aside=tuple(self._set_aside))

    def key(self, field: str) -> str:
        """The key of the record, which its source has found already."""
        return line_of(field, self._record.key)

    def spaces(self, field: str, value: object) -> int | None:
        """How many spaces there are; nobody lists a car park without any, so 0 says nothing."""
        count = self.count(field, value)
        if count == 0:
            self.set_aside(f"{field} 0: not stated")
        return count or None

    def decks(self, field: str, value: object) -> int | None:
        """How many decks there are; 0 says nothing."""
        count = _whole(field, value, most=_MOST_DECKS)
        if count == 0:
            self.set_aside(f"{field} 0: not stated")
        return count or None

    def count(self, field: str, value: object) -> int | None:
        """How many there are of something, where none is an answer too."""
        return _whole(field, value, most=MOST_SPACES)

    def height_mm(self, field: str, value: object, *, unit_mm: int) -> int | None:
        """A height published in this unit; 0 says nothing."""
        if value is None:
            return None
        exactly_mm = number_of(field, value) * unit_mm
        if exactly_mm == 0:
            self.set_aside(f"{field} {value}: not stated")
            return None
        if not _LEAST_HEIGHT_MM <= exactly_mm < _MOST_HEIGHT_MM:
            least, most = _LEAST_HEIGHT_MM // unit_mm, _MOST_HEIGHT_MM // unit_mm
            raise CannotSay(f"{field}: should be from {least} to under {most}, not {shown(value)}")
        height_mm = int(exactly_mm.to_integral_value(ROUND_HALF_EVEN))
        if height_mm != exactly_mm:
            self.set_aside(f"{field} {value}: taken as {height_mm} mm")
        return height_mm

    def position(self, latitude: object, longitude: object) -> Position | None:
        """A point in degrees; 0 and 0 say nothing."""
        if latitude is None and longitude is None:
            return None
        north, east = number_of("latitude", latitude), number_of("longitude", longitude)
        if abs(north) > 90 or abs(east) > 180:
            where = f"latitude {shown(latitude)}, longitude {shown(longitude)}"
            raise CannotSay(f"{where}: is not on earth")
        if north == east == 0:
            self.set_aside("latitude 0, longitude 0: not stated")
            return None
        if north == east:
            both = f"latitude and longitude are both {shown(latitude)}"
            raise CannotSay(f"{both}: one was written in place of the other")
        return Position(_udeg(north), _udeg(east))

    def kind(self, field: str, value: object, known: Mapping[str, SiteKind]) -> SiteKind | None:
        """How the site is built, by the publisher's word for it."""
        if value is None:
            return None
        kind = known.get(str(value).strip())
        if kind is None:
            self.set_aside(f"{field} {shown(value)}: is not known here")
        return kind


def line_of(field: str, value: object) -> str:
    """A text that must be there, on one line and printable."""
    if value is None or value == "":
        raise CannotSay(f"{field}: there is none")
    if not isinstance(value, str):
        raise CannotSay(f"{field}: should be a text, not {shown(value)}")
    line = " ".join(value.split())
    if not line or not line.isprintable() or "\N{REPLACEMENT CHARACTER}" in line:
        raise CannotSay(f"{field}: should be signs that can be read, not {shown(value)}")
    return line


def table(value: object) -> Mapping[str, object]:
    """A JSON object; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def printable(text: str) -> str:
    """Published signs without any that could move a cursor."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def shown(value: object) -> str:
    """A published value inside one of our lines."""
    return quoted(printable(str(value)))


def decimal_of(text: str) -> object:
    """The number that a text of digits is; the text itself when it is none."""
    digits = text.strip().removeprefix("-").replace(".", "", 1)
    is_number = digits.isascii() and digits.isdigit() and len(text) <= _LONGEST_NUMBER
    return Decimal(text.strip()) if is_number else text


def number_of(field: str, value: object) -> Decimal:
    """The number that a value is, also when it was written as a text."""
    found = decimal_of(value) if isinstance(value, str) else value
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        raise CannotSay(f"{field}: should be a number, not {shown(value)}")
    number = Decimal(found)
    # What is longer or larger than any measure would only make lines and sums endless.
    if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
        raise CannotSay(f"{field}: should be a number, not {shown(value)}")
    return number


def once_each(field: str, pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Values by their category; CannotSay when one is there twice."""
    found: dict[str, object] = {}
    for category, value in pairs:
        if category in found:
            raise CannotSay(f"{field}: {shown(category)} is there twice")
        found[category] = value
    return found


def _whole(field: str, value: object, *, most: int) -> int | None:
    if value is None:
        return None
    number = number_of(field, value)
    if number != number.to_integral_value() or not 0 <= number <= most:
        raise CannotSay(f"{field}: should be a whole number from 0 to {most}, not {shown(value)}")
    return int(number)


def _udeg(degrees: Decimal) -> int:
    return int((degrees * _UDEG).to_integral_value(ROUND_HALF_EVEN))
