"""Reads the words that DB BahnPark puts beside its prices: steps, further hours, the day's end.

Words that name a product of its own are left out. Any words that are neither known as a price nor
as such a product are not read by half: the record is refused with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from kiosk.services.published_records import CannotSay, quoted

_PRICE = r"(\d+,\d\d)(?: €)?"

_PRODUCTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"Anwohnerparken \([^)]*\)(?:: \d+,\d\d pro Monat\*?)?",
        r"Abschließbare Fahrradbox: .*?\.de\b",
        r"Fahrradboxen tageweise online buchbar: \d+,\d\d pro Kalendertag",
        r"Stellplätze (?:ausschließlich )?online buchbar",
        r"Online-Reservierung für gewünschten Einfahrtstermin: \d+,\d\d",
        r"Zahlung des Parkentgelts am Kassenautomaten",
        r"Halbjahreskarte über den VVS: \d+,\d\d",
        r"Halbjahreskarten zum Preis von EUR \d+,\d\d über den VVS erhältlich?",
        r"Dauerparker mit Zeitfahrkarte, Monat: \d+,\d\d",
        r"Monat\* Dauerparken mit Zeitfahrkarte: \d+,\d\d",
        r"Dauerparken nur auf abgeteiltem Parkbereich",
        r"Pflegetarif \([^)]*\): \d+,\d\d pro Monat\*?",
        r"(?:Der )?Monatstarif (?:von \d+,\d\d € )?gilt nur mit ÖPNV-Zeitfahrkarte",
        r"Monatstarif (?:ohne Zeitfahrkarte|für ÖPNV-Kunden): \d+,\d\d(?: €)?",
        r"Pro Monat \d+,\d\d: Park\+Ride-Monatskarten im Reisezentrum",
        r"4-Wochen-Parkschein: \d+,\d\d",
        r"mit Pcard: \d+,\d\d pro Stunde",
        r"Tag mit physischer BahnCard oder Rabattierung im DB Reisezentrum: \d+,\d\d",
    )
)
_PER_STAY = re.compile(r"Wochentarif gilt je Parkvorgang")
_STEP = re.compile(rf"(?:bis )?(\d+) (?:Stunden|Std\.): {_PRICE}", re.IGNORECASE)
_FURTHER = re.compile(
    rf"je weitere (?:(?P<hour>Stunde)|(?P<minutes>\d+) Minuten):? {_PRICE}", re.IGNORECASE
)
_HOURLY = re.compile(r"\(?Stundentakt ab der (?:2\.|zweiten) Parkstunde\)?")
_DAY_ENDS = re.compile(
    r"(?:Der Tagestarif gilt|Tagestarife gelten) je Parkvorgang pro Kalendertag "
    r"bis (\d\d):(\d\d) Uhr früh"
)
_BETWEEN = re.compile(r"[\s.,;!]*")


@dataclass(slots=True, kw_only=True)
class Words:
    """What the words say about the price of a stay; prices in EUR."""

    steps: list[tuple[int, Decimal]] = field(default_factory=list)
    """Until so many minutes a stay costs so much."""
    further: tuple[int, Decimal] | None = None
    """After the last step: minutes and their price."""
    is_hourly: bool = False
    """From the second hour on, started hours are charged."""
    day_ends_at: int | None = None
    """Minute of the local day at which the day price ends; None: they do not say."""


def read_words(text: str) -> Words:
    """The words of one record; CannotSay with those that no tariff can say."""
    words = Words()
    position = _between(text, 0)
    while position < len(text):
        end = _read_one(text, position, words)
        if end is None:
            raise CannotSay(f"tariffSpecial says {quoted(text[position:])}")
        position = _between(text, end)
    return words


def _between(text: str, position: int) -> int:
    match = _BETWEEN.match(text, position)
    assert match is not None, "the pattern fits the empty text"
    return match.end()


def _read_one(text: str, position: int, words: Words) -> int | None:
    """Read one phrase into `words`; where it ends, or None when it is not known."""
    if match := _STEP.match(text, position):
        words.steps.append((int(match[1]) * 60, _price(match[2])))
    elif match := _FURTHER.match(text, position):
        minutes = 60 if match["hour"] else int(match["minutes"])
        words.further = (minutes, _price(match[3]))
    elif match := _HOURLY.match(text, position):
        words.is_hourly = True
    elif match := _DAY_ENDS.match(text, position):
        words.day_ends_at = int(match[1]) * 60 + int(match[2])
    else:
        match = _PER_STAY.match(text, position)
        for product in _PRODUCTS:
            match = match or product.match(text, position)
    return match.end() if match else None


def _price(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
