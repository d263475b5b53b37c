"""Finds out which inventory a file is, by its content, and reads all files of one import.

What the records of a source mean stands in its own module. Nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pydantic import ValidationError

from kiosk.domain.inventory import ListSource
from kiosk.services.inventory_imports.db import DB
from kiosk.services.inventory_imports.hdb import HDB
from kiosk.services.inventory_imports.parkapi import PARKAPI
from kiosk.services.inventory_imports.records import (
    Inventory,
    InventoryKind,
    NoCarPark,
    Record,
    Taken,
    printable,
)
from kiosk.services.inventory_imports.sbb import SBB
from kiosk.services.published_records import CannotSay, Refusal, words
from kiosk.services.refused import InventoryRefused
from kiosk.services.strict_json import read_json

KINDS = (PARKAPI, SBB, DB, HDB)
_HEAD_BYTES = 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
"""So text begins in which every other byte may be nought; all other text has no such byte."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a site was met first."""

    file: str
    taken: Taken


def read_inventories(files: Iterable[tuple[str, bytes]]) -> tuple[Inventory, ...]:
    """One inventory for each named file, in order; no key is taken twice in all of them.

    A record that says again what another one has said is left out; one that says something else
    of the same key is refused. InventoryRefused, with a line for each of them, when any file is
    none of the four kinds or cannot be read: then nothing of the others counts either.
    """
    found: list[tuple[str, Inventory]] = []
    lines: list[str] = []
    for name, raw in files:
        try:
            found.append((name, read_inventory(raw)))
        except CannotSay as reason:
            lines.append(f"{name}: {reason}")
    if lines:
        raise InventoryRefused(lines)
    first: dict[tuple[ListSource, str], _Place] = {}
    return tuple(_without_doubles(name, inventory, first) for name, inventory in found)


def read_inventory(raw: bytes) -> Inventory:
    """What became of each record of one file; CannotSay when it is no inventory that we know."""
    if b"\0" in raw[:_HEAD_BYTES] and not raw.startswith(_UTF_16):
        raise CannotSay(f"is no text (save a spreadsheet as CSV first); {_known()}")
    document = _document(_text(raw))
    for kind in KINDS:
        records = kind.records(document)
        if records is not None:
            return _read(kind, records)
    raise CannotSay(f"is none of the inventories that are known here; {_known()}")


def _known() -> str:
    return "known are:" + "".join(f"\n  {kind.about}" for kind in KINDS)


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        sign = raw[error.start]
        text = f"line {line}: is not UTF-8 (byte {sign:#04x}); save the file as UTF-8"
        raise CannotSay(text) from error
    if not text.strip():
        raise CannotSay("is empty")
    return text


def _document(text: str) -> object:
    """What JSON says, or the text itself when it is none."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        return read_json(text)
    except ValueError as error:
        raise CannotSay(f"is not whole JSON: {printable(str(error))}") from error


def _read(kind: InventoryKind, records: Iterable[Record]) -> Inventory:
    taken: list[Taken] = []
    left_out: list[Refusal] = []
    refused: list[Refusal] = []
    for record in records:
        try:
            if record.broken:
                raise CannotSay(record.broken)
            taken.append(kind.take(record))
        except NoCarPark as reason:
            left_out.append(Refusal(record.what, str(reason)))
        except CannotSay as reason:
            refused.append(Refusal(record.what, str(reason)))
        except ValidationError as error:
            refused.append(Refusal(record.what, words(error)))
    return Inventory(
        source=kind.source,
        taken=tuple(taken),
        left_out=tuple(left_out),
        refused=tuple(refused),
        note=kind.note,
    )


def _without_doubles(
    name: str, inventory: Inventory, first: dict[tuple[ListSource, str], _Place]
) -> Inventory:
    taken: list[Taken] = []
    left_out = list(inventory.left_out)
    refused = list(inventory.refused)
    for each in inventory.taken:
        before = first.setdefault((each.site.source, each.site.key), _Place(name, each))
        if before.taken is each:
            taken.append(each)
            continue
        where = before.taken.what
        if before.file != name:
            where += f" in {before.file}"
        if before.taken.site == each.site:
            left_out.append(Refusal(each.what, f"says the same as {where}"))
        else:
            refused.append(Refusal(each.what, f"has the key of {where} and says something else"))
    return replace(inventory, taken=tuple(taken), left_out=tuple(left_out), refused=tuple(refused))
