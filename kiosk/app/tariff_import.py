"""`kiosk tariff import`: published price models become tariff files, whole or refused by line.

What a model means is decided in kiosk.services.tariff_imports; here are files and the command.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.services.published_records import Refusal, words
from kiosk.services.refused import TariffFileRefused
from kiosk.services.strict_json import read_json
from kiosk.services.tariff_files.file import TariffFile, read_tariff_file, write_tariff_file
from kiosk.services.tariff_imports.db import import_db
from kiosk.services.tariff_imports.ocpi import Phase, import_ocpi
from kiosk.services.tariff_imports.records import Imported
from kiosk.services.tariff_imports.sbb import import_sbb


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What one run wrote, what it refused, and which whole tariffs had no free file name."""

    written: tuple[TariffFile, ...]
    refused: tuple[Refusal, ...]
    clashing: tuple[Refusal, ...]
    notes: tuple[str, ...]


def import_command(options: argparse.Namespace) -> int:
    """Do what the command line asks for; ConfigError for what nothing can be read from."""
    report = import_files(
        _importer(options), options.files, folder=options.out, is_replacing=options.replace
    )
    if options.json:
        print(json.dumps(_as_json(report, options.out), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(report, options.out)))
    is_whole = not report.refused and not report.clashing
    return DONE if report.written and is_whole else REFUSED


def _importer(options: argparse.Namespace) -> Callable[[object], Imported]:
    if options.source != "ocpi":
        if options.zone or options.phase:
            raise ConfigError(f"--zone and --phase go with ocpi; {options.source} has its own")
        return import_sbb if options.source == "sbb" else import_db
    if options.zone is None:
        raise ConfigError("an OCPI tariff has no time zone; add --zone, for example Europe/Berlin")
    try:
        ZoneInfo(options.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"--zone: {options.zone} is not known; write for example Europe/Berlin"
        ) from None
    phase = Phase(options.phase) if options.phase else None
    return lambda document: import_ocpi(document, zone=options.zone, phase=phase)


def import_files(
    importer: Callable[[object], Imported],
    paths: Iterable[Path],
    *,
    folder: Path,
    is_replacing: bool,
) -> ImportReport:
    """Convert all files, then write every tariff, or none when one would overwrite another.

    Each is written aside, read again and compared before any has its name.
    """
    named: list[tuple[str, TariffFile]] = []
    refused: list[Refusal] = []
    notes: list[str] = []
    for path in paths:
        imported = _imported(importer, path)
        named += [(path.name, file) for file in imported.files]
        refused += [replace(each, what=f"{path.name}: {each.what}") for each in imported.refused]
        notes += [note for note in imported.notes if note not in notes]
    files, clashing = _one_for_each_code(named)
    folder.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".import-", dir=folder))
    try:
        written, unsound = _write_aside(files, aside)
        refused += unsound
        conflicts = [] if is_replacing else _conflicts(written, aside, folder)
        if conflicts:
            written, clashing = [], clashing + conflicts
        for file in written:
            (aside / _file_name(file)).replace(folder / _file_name(file))
    finally:
        shutil.rmtree(aside)
    return ImportReport(
        written=tuple(written),
        refused=tuple(refused),
        clashing=tuple(clashing),
        notes=tuple(notes),
    )


def _imported(importer: Callable[[object], Imported], path: Path) -> Imported:
    try:
        text = path.read_text(encoding="utf-8")
        return importer(read_json(text))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except ValidationError as error:
        raise ConfigError(f"{path}: is not of this source: {words(error)}") from error
    except ValueError as error:
        raise ConfigError(f"{path}: is not JSON: {error}") from error


def _one_for_each_code(
    named: list[tuple[str, TariffFile]],
) -> tuple[list[TariffFile], list[Refusal]]:
    """Each code once; a second tariff with the code of another one has no file name left."""
    first: dict[str, TariffFile] = {}
    clashing = []
    for path_name, file in named:
        code = file.tariff.code
        if first.setdefault(code, file).tariff != file.tariff:
            what = f"{path_name}: {_source_name(file)}"
            reason = f"its code {code} is that of another one; import it into a folder of its own"
            clashing.append(Refusal(what, reason))
    return list(first.values()), clashing


def _write_aside(files: list[TariffFile], aside: Path) -> tuple[list[TariffFile], list[Refusal]]:
    """Write the files where nobody reads them yet, and read each one again."""
    written, refused = [], []
    for file in files:
        path = aside / _file_name(file)
        try:
            path.write_text(write_tariff_file(file), encoding="utf-8")
            is_same = read_tariff_file(path) == file
            assert is_same, f"{file.tariff.code} reads back as another tariff"
        except TariffFileRefused as error:
            reason = error.lines[0].removeprefix(f"{path}: ")
            refused.append(Refusal(_source_name(file), reason))
        except ValueError as error:
            refused.append(Refusal(_source_name(file), str(error)))
        else:
            written.append(file)
    return written, refused


def _conflicts(files: list[TariffFile], aside: Path, folder: Path) -> list[Refusal]:
    conflicts = []
    for file in files:
        path = folder / _file_name(file)
        if path.exists() and path.read_bytes() != (aside / path.name).read_bytes():
            reason = "is there with other content, so nothing was written; see --replace"
            conflicts.append(Refusal(str(path), reason))
    return conflicts


def _file_name(file: TariffFile) -> str:
    return f"{file.tariff.code}.toml"


def _source_name(file: TariffFile) -> str:
    return file.source.name if file.source else file.tariff.code


def _lines(report: ImportReport, folder: Path) -> Iterable[str]:
    for file in report.written:
        yield f"taken    {folder / _file_name(file)}  {_source_name(file)}"
    for refusal in report.refused:
        yield f"refused  {refusal.what}: {refusal.reason}"
    for clash in report.clashing:
        yield f"clashes  {clash.what}: {clash.reason}"
    for note in report.notes:
        yield f"note     {note}"
    counted = f"{len(report.written)} tariff files written, {len(report.refused)} records refused"
    yield f"{counted}, {len(report.clashing)} clashing." if report.clashing else f"{counted}."


def _as_json(report: ImportReport, folder: Path) -> dict[str, object]:
    return {
        "taken": [
            {
                "code": file.tariff.code,
                "file": str(folder / _file_name(file)),
                "name": _source_name(file),
            }
            for file in report.written
        ],
        "refused": [_told(each) for each in report.refused],
        "clashing": [_told(each) for each in report.clashing],
        "notes": list(report.notes),
    }


def _told(refusal: Refusal) -> dict[str, str]:
    return {"what": refusal.what, "reason": refusal.reason}
