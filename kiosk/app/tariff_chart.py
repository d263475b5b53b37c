"""`kiosk tariff chart`: the price curve of a tariff over a day and a week, as a picture."""

from __future__ import annotations

import argparse
import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.arguments import capitalised
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.tariff import Tariff
    from kiosk.ui.tariff_picture import TariffPicture

_MORNING_MINUTE = 8 * 60


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the command line `tariff chart`."""
    about = "draw what a stay costs over a day and over a week"
    chart = subcommands.add_parser(
        "chart",
        help=about,
        description=f"{capitalised(about)}. Times are ISO 8601; without an offset they are on "
        "the clock of the tariff's zone.",
    )
    chart.add_argument("file", type=Path, metavar="FILE", help="the tariff (TOML or JSON)")
    chart.add_argument("--out", type=Path, required=True, metavar="PNG", help="where it goes")
    chart.add_argument(
        "--enter",
        action="append",
        default=[],
        metavar="T",
        help="when the car comes (default: Monday of this week at 08:00); a second one, up to "
        "24 hours later, is drawn beside it",
    )
    chart.set_defaults(command=_chart)


def _chart(options: argparse.Namespace) -> int:
    from kiosk.app.tariff_charts import picture_of
    from kiosk.services.tariff_files.file import read_tariff_file

    file = read_tariff_file(options.file)
    entries = _entries(options.enter, file.tariff)
    name = "" if file.source is None else file.source.name
    with _replacing(options.out, options.file) as beside:
        _paint(picture_of(file.tariff, entries, source_name=name), beside)
    print(f"{options.out}: {file.tariff.code}, version {file.tariff.version}")
    return DONE


@contextmanager
def _replacing(out: Path, tariff: Path) -> Iterator[Path]:
    """A new file beside the wanted one, which takes its place only when it is whole.

    What cannot be written is known before the picture is painted.
    """
    if out.suffix.lower() != ".png":
        raise ConfigError(f"{out}: the picture is a PNG; write a name that ends in .png")
    if not out.parent.is_dir():
        raise ConfigError(f"{out}: the folder {out.parent} is missing; make it first")
    beside = out.with_name(f".{out.stem}-{os.getpid()}.png")
    try:
        if out.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if out.exists() and out.samefile(tariff):
            raise ConfigError(f"{out}: is the tariff; write another name")
        beside.touch()
        yield beside
        beside.replace(out)
    except OSError as error:
        raise ConfigError(f"{out}: cannot be written: {error.strerror}") from error
    finally:
        # In a folder that takes no files there is none, and unlinking is refused as well.
        with suppress(OSError):
            beside.unlink()


def _paint(picture: TariffPicture, target: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from kiosk.ui.stage import load_fonts
    from kiosk.ui.tariff_picture import paint_tariff

    application = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(application, QGuiApplication)
    load_fonts(application)
    paint_tariff(picture, target)


def _entries(texts: list[str], tariff: Tariff) -> tuple[datetime, ...]:
    """The wanted entries, or Monday morning and the band of its evening."""
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from kiosk.app.tariff_charts import is_valid_at, telling_entries
    from kiosk.services.instants import read_instant

    if not texts:
        return telling_entries(tariff, _monday_morning(tariff))
    try:
        entries = sorted(read_instant(text, ZoneInfo(tariff.zone)) for text in texts)
    except ValueError as error:
        raise ConfigError(f"--enter: {error}") from error
    if len(entries) > 2 or entries[-1] - entries[0] >= timedelta(hours=24):
        raise ConfigError("--enter: may stand twice, with less than 24 hours between")
    if entries[0] == entries[-1]:
        entries = entries[:1]
    if not all(is_valid_at(tariff, entry) for entry in entries):
        raise ConfigError(
            f"--enter: {tariff.code} does not hold then; see valid_from, valid_until"
        )
    return tuple(entries)


def _monday_morning(tariff: Tariff) -> datetime:
    """Of this week, or of the nearest in which the tariff holds."""
    from datetime import timedelta
    from zoneinfo import ZoneInfo

    from kiosk.app.clocks import SystemClock
    from kiosk.domain.checking.lint import nearest_valid
    from kiosk.domain.pricing.timetable import timetable_of
    from kiosk.domain.time import from_epoch

    today = SystemClock().now().astimezone(ZoneInfo(tariff.zone)).date()
    day = nearest_valid(tariff, today)
    monday = day - timedelta(days=day.weekday())
    return from_epoch(timetable_of(tariff).edge(nearest_valid(tariff, monday), _MORNING_MINUTE))
