"""`kiosk tariff coverage`: how many published price boards are shipped as tariffs that hold.

The counting is done by kiosk.services.tariff_imports.coverage; here are the table's three forms.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence

from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.services.published_records import Refusal
from kiosk.services.tariff_imports.coverage import SetCoverage, coverage

_HEAD = ("Set", "Published", "Taken", "Refused", "Files", "Files that hold", "Hours unstated in")


def coverage_command(options: argparse.Namespace) -> int:
    """Count and print; FileRefused when there is no list of what was published."""
    sets = coverage(options.folder)
    if options.json:
        print(json.dumps([_as_json(each) for each in sets], ensure_ascii=False, indent=2))
    elif options.markdown:
        print("\n".join(_markdown(sets)))
    else:
        print("\n".join(_text(sets, is_with_refused=options.refused)))
    return REFUSED if any(each.failures for each in sets) else DONE


def _row(each: SetCoverage) -> tuple[str, ...]:
    return (
        each.name,
        f"{each.published} {each.records}",
        f"{each.taken} ({_percent(each)})",
        str(len(each.refused)),
        str(each.files),
        str(each.holding),
        str(each.with_unstated_hours),
    )


def _percent(each: SetCoverage) -> str:
    # Down, so that 100 % is all of them.
    return f"{100 * each.taken // each.published} %" if each.published else "-"


def _text(sets: Sequence[SetCoverage], *, is_with_refused: bool) -> Iterator[str]:
    rows = [_HEAD, *(_row(each) for each in sets)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    for number, row in enumerate(rows):
        first, *others = row
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join(cells)
        if number == 0:
            yield "  ".join("-" * width for width in widths)
    yield ""
    for each in sets:
        if each.note:
            yield f"{each.name}: {each.note}"
        yield from (f"  does not hold: {_line(failure)}" for failure in each.failures)
        if each.refused and is_with_refused:
            yield from (f"  refused: {_line(refusal)}" for refusal in each.refused)
        elif each.refused:
            yield f"  {len(each.refused)} refused; --refused names each with its reason."


def _line(refusal: Refusal) -> str:
    return f"{refusal.what}: {refusal.reason}"


def _markdown(sets: Sequence[SetCoverage]) -> Iterator[str]:
    yield f"| {' | '.join(_HEAD)} |"
    yield f"|---|{'---:|' * (len(_HEAD) - 1)}"
    for each in sets:
        yield f"| {' | '.join(_row(each))} |"


def _as_json(each: SetCoverage) -> dict[str, object]:
    return {
        "set": each.name,
        "records": each.records,
        "published": each.published,
        "taken": each.taken,
        "refused": [{"what": one.what, "reason": one.reason} for one in each.refused],
        "files": each.files,
        "files_that_hold": each.holding,
        "files_with_unstated_hours": each.with_unstated_hours,
        "failures": [{"what": one.what, "reason": one.reason} for one in each.failures],
        "source": each.source,
        "licence": each.licence,
        "note": each.note,
    }
