"""Counts how many published price boards are shipped as tariff files that hold.

A file holds when it reads, its tariff is whole, and every worked example agrees with the engine.
What was published stands in published.toml beside the files; nothing is printed here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.services.published_records import Refusal, words
from kiosk.services.refused import FileRefused, TariffFileRefused
from kiosk.services.tariff_files.examples import disagreements
from kiosk.services.tariff_files.file import read_tariff_file

PUBLISHED = "published.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCoverage:
    """What became of one set of published price boards."""

    name: str
    records: str
    """What its records are: texts, car parks, rows."""
    published: int
    refused: tuple[Refusal, ...]
    files: int
    """How many tariff files there are for the others."""
    holding: int
    """How many of these files hold."""
    with_unstated_hours: int
    """How many of those have hours whose price the board leaves unstated."""
    failures: tuple[Refusal, ...]
    """Each file that does not hold, and records that have neither file nor refusal."""
    source: str
    licence: str
    note: str

    @property
    def taken(self) -> int:
        """Records that are a tariff."""
        return self.published - len(self.refused)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _RefusedTable(_Table):
    what: str
    reason: str


class _SetTable(_Table):
    name: str
    folder: str | None = None
    """Left out: its files may not be shipped; a test counts them."""
    records: str
    published: int
    is_merged: bool = False
    """Whether records with the same price are one file."""
    counted_by_tests: int = 0
    source: str
    licence: str
    note: str = ""
    refused: tuple[_RefusedTable, ...] = ()


class _PublishedTable(_Table):
    sets: tuple[_SetTable, ...] = Field(alias="set")


def coverage(folder: Path) -> tuple[SetCoverage, ...]:
    """Every set of `published.toml`, counted anew; FileRefused when that file is wrong."""
    return tuple(_count(folder, each) for each in _published(folder / PUBLISHED).sets)


def _published(path: Path) -> _PublishedTable:
    try:
        return _PublishedTable.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise FileRefused([f"{path}: cannot be read: {error.strerror}"]) from error
    except ValidationError as error:
        raise FileRefused([f"{path}: {words(error)}"]) from error
    except ValueError as error:
        raise FileRefused([f"{path}: is not TOML: {error}"]) from error


def _count(folder: Path, table: _SetTable) -> SetCoverage:
    paths = sorted((folder / table.folder).glob("*.toml")) if table.folder else []
    files, holding, unstated = len(paths), 0, 0
    failures: list[Refusal] = []
    for path in paths:
        try:
            file = read_tariff_file(path)
        except TariffFileRefused as error:
            failures.append(Refusal(path.name, error.lines[0].removeprefix(f"{path}: ")))
            continue
        wrong = disagreements(file)
        failures += [Refusal(path.name, text) for text in wrong]
        holding += not wrong
        unstated += not wrong and any(band.unstated for band in file.tariff.bands)
    if table.folder is None:
        files = holding = table.counted_by_tests
    missing = table.published - len(table.refused) - files
    if missing and not (table.is_merged and files and missing > 0):
        failures.append(
            Refusal(table.name, f"{files} files for {files + missing} {table.records}")
        )
    return SetCoverage(
        name=table.name,
        records=table.records,
        published=table.published,
        refused=tuple(Refusal(each.what, each.reason) for each in table.refused),
        files=files,
        holding=holding,
        with_unstated_hours=unstated,
        failures=tuple(failures),
        source=table.source,
        licence=table.licence,
        note=table.note,
    )
