"""`kiosk tariff check`: what is wrong in tariff files, and what in them looks odd.

Problems come from tariff_files/file.py, worked examples are run by tariff_imports/coverage.py, and
what is odd is found by checking/lint.py; here they are only asked for and printed.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.arguments import capitalised
from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.local_times import day_argument

if TYPE_CHECKING:
    from kiosk.domain.checking.lint import DstNight, Finding, Lint
    from kiosk.domain.pricing.charge_lines import NoPrice
    from kiosk.domain.tariff import Tariff
    from kiosk.services.tariff_files.parts import TariffFile

_WIDTH = 96
_LABEL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One file: its problems, or the tariff with what was found in it."""

    path: Path
    code: int
    problems: tuple[str, ...] = ()
    """With their keys, and worked examples that disagree."""
    file: TariffFile | None = None
    lint: Lint | None = None
    validity: tuple[tuple[str, str], ...] = ()
    """Why it does not hold today: the key, and the words."""

    @property
    def warnings(self) -> int:
        """How many things look odd."""
        return len(self.validity) + len(self.lint.findings if self.lint else ())


def add_to(subcommands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the command line `tariff check`."""
    about = "say what is wrong in tariff files, and what looks odd"
    check = subcommands.add_parser(
        "check",
        help=about,
        description=f"{capitalised(about)}. Exit 0 when they may be used, also with warnings; "
        "1 when one is wrong, 2 when one cannot be read.",
    )
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="TOML or JSON")
    check.add_argument(
        "--week",
        type=day_argument,
        metavar="DATE",
        help="try stays in the week of this date (default: this week)",
    )
    check.add_argument("--json", action="store_true", help="one JSON object on stdout")
    check.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    from kiosk.app.clocks import SystemClock

    week_of = options.week or SystemClock().now().date()
    checked = [check_file(path, week_of) for path in options.files]
    if options.json:
        print(json.dumps([_as_json(each) for each in checked], ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(_text(each)) for each in checked))
        if len(checked) > 1:
            print(f"\n{_summary(checked)}")
    return max(each.code for each in checked)


def check_file(path: Path, week_of: date) -> Checked:
    """Read the file, run its worked examples, and try its tariff in the week of a date."""
    from pydantic import ValidationError

    from kiosk.domain.checking.lint import lint
    from kiosk.services.refused import TariffFileRefused
    from kiosk.services.tariff_files.examples import disagreements
    from kiosk.services.tariff_files.file import read_tariff_file

    try:
        file = read_tariff_file(path)
    except TariffFileRefused as refused:
        is_read = refused.__cause__ is None or isinstance(refused.__cause__, ValidationError)
        lines = tuple(line.removeprefix(f"{path}: ") for line in refused.lines)
        return Checked(path=path, code=REFUSED if is_read else INPUT, problems=lines)
    wrong = disagreements(file) if file.examples else ()
    return Checked(
        path=path,
        code=REFUSED if wrong else DONE,
        problems=wrong,
        file=file,
        lint=lint(file.tariff, week_of=week_of),
        validity=tuple(_validity(file.tariff)),
    )


def _validity(tariff: Tariff) -> Iterator[tuple[str, str]]:
    """No fault, but then no bill is written by it: whoever checks the file should know."""
    from zoneinfo import ZoneInfo

    from kiosk.app.clocks import SystemClock

    today = SystemClock().now().astimezone(ZoneInfo(tariff.zone)).date()
    if tariff.valid_until is not None and tariff.valid_until <= today:
        yield "valid_until", f"has ended on {tariff.valid_until}"
    if tariff.valid_from is not None and today < tariff.valid_from:
        text = f"begins on {tariff.valid_from}; until then the tariff before it stays live"
        yield "valid_from", text


def _text(checked: Checked) -> Iterator[str]:
    yield str(checked.path)
    file, found = checked.file, checked.lint
    if file is None or found is None:
        yield from _block("Wrong", checked.problems)
        yield from _block("Result", [_result(checked)])
        return
    tariff = file.tariff
    yield from _block(
        "Tariff", [f"{tariff.code}, version {tariff.version}, {tariff.zone}, {tariff.currency}"]
    )
    yield from _block("Wrong", checked.problems)
    yield from _block("Examples", [_examples_text(checked)])
    for number, (key, text) in enumerate(checked.validity):
        yield from _block("Look at" if number == 0 else "", [text], head=f"{key}  ")
    for label, is_unstated in (("" if checked.validity else "Look at", False), ("No price", True)):
        yield from _findings(
            label, [each for each in found.findings if _is_unstated(each) is is_unstated]
        )
    yield from _block("Clocks", [*_clock_lines(checked)])
    yield from _block("Result", [_result(checked)])


def _is_unstated(finding: Finding) -> bool:
    from kiosk.domain.checking.lint import FindingKind

    return finding.kind is FindingKind.UNSTATED


def _examples_text(checked: Checked) -> str:
    assert checked.file is not None
    count = len(checked.file.examples)
    if not count:
        return "none; add an [[example]] or two: a stay with the total that you expect"
    return f"{count - len(checked.problems)} of {count} cost what the file says"


def _result(checked: Checked) -> str:
    if checked.code != DONE:
        return "wrong: mend the lines above, then check again"
    warnings = checked.warnings
    if not warnings:
        return "good"
    return f"good, with {warnings} warning{'s' if warnings > 1 else ''}"


def _summary(checked: list[Checked]) -> str:
    good = sum(each.code == DONE for each in checked)
    warned = sum(each.code == DONE and each.warnings > 0 for each in checked)
    return f"{len(checked)} files: {good} good, {warned} of them with warnings"


def _findings(label: str, findings: list[Finding]) -> Iterator[str]:
    width = max((len(each.path) for each in findings), default=0)
    for number, each in enumerate(findings):
        head = each.path.ljust(width)
        yield from _block(label if number == 0 else "", [each.text], head=f"{head}  ")


def _block(label: str, lines: list[str] | tuple[str, ...], *, head: str = "") -> Iterator[str]:
    """Lines with a label before the first, wrapped below one another."""
    from textwrap import wrap

    for number, line in enumerate(lines):
        margin = f"  {label if number == 0 else '':<{_LABEL}}"
        yield from wrap(
            line,
            _WIDTH,
            initial_indent=margin + head,
            subsequent_indent=" " * (len(margin) + len(head)),
            break_long_words=False,
            break_on_hyphens=False,
        )


def _clock_lines(checked: Checked) -> Iterator[str]:
    """A table of the nights in which the clocks change."""
    assert checked.file is not None
    assert checked.lint is not None
    tariff = checked.file.tariff
    if not checked.lint.dst_nights:
        yield f"{tariff.zone} never changes its clocks in that year"
        return
    rows = [("22:00 to 06:00", "clocks", "that night", "a week later")]
    rows += [
        (
            f"{night.changes_at:%a %d %b %Y}",
            f"{night.clock_before} -> {night.clock_after}",
            _night_text(night.elapsed, night.total_minor, tariff.currency),
            _night_text(night.later_elapsed, night.later_minor, tariff.currency),
        )
        for night in checked.lint.dst_nights
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "   ".join(cells).rstrip()


def _night_text(elapsed: timedelta, total: int | NoPrice, currency: str) -> str:
    from kiosk.domain.checking.findings import amount_text
    from kiosk.services.charge_words import duration_text

    price = amount_text(total, currency) if isinstance(total, int) else "no price"
    return f"{duration_text(int(elapsed.total_seconds()))}  {price}"


def _as_json(checked: Checked) -> dict[str, object]:
    known: dict[str, object] = {
        "file": str(checked.path),
        "is_good": checked.code == DONE,
        "problems": list(checked.problems),
    }
    file, found = checked.file, checked.lint
    if file is None or found is None:
        return known
    return known | {
        "code": file.tariff.code,
        "version": file.tariff.version,
        "zone": file.tariff.zone,
        "currency": file.tariff.currency,
        "examples": len(file.examples),
        "warnings": [
            {"kind": "validity", "path": key, "text": text} for key, text in checked.validity
        ]
        + [
            {"kind": each.kind.value, "path": each.path, "text": each.text}
            for each in found.findings
        ],
        "inversions": [
            {
                "path": each.path,
                "cause": each.cause,
                "entered_at": each.entered_at.isoformat(),
                "left_at": each.left_at.isoformat(),
                "total_minor": each.total_minor,
                "a_minute_later_minor": each.later_minor,
                "count": each.count,
            }
            for each in found.inversions
        ],
        "clock_changes": [_night_json(each) for each in found.dst_nights],
    }


def _night_json(night: DstNight) -> dict[str, object]:
    from kiosk.services.charge_words import no_price_name

    def priced(total: int | NoPrice) -> int | str:
        return total if isinstance(total, int) else no_price_name(total)

    return {
        "changes_at": night.changes_at.isoformat(),
        "clock_before": night.clock_before,
        "clock_after": night.clock_after,
        "elapsed_s": int(night.elapsed.total_seconds()),
        "total_minor": priced(night.total_minor),
        "a_week_later_elapsed_s": int(night.later_elapsed.total_seconds()),
        "a_week_later_minor": priced(night.later_minor),
    }
