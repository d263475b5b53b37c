"""`kiosk books reconcile`: compares a site at rest with what its providers report of a day.

While a site is at work housekeeping does the same each night (kiosk.services.reconcile).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.arguments import capitalised
from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.local_times import day_argument

if TYPE_CHECKING:
    from kiosk.app.config import SiteFile
    from kiosk.services.core import Core
    from kiosk.services.reconcile import Reconciled


def add_to(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give `books` its subcommand."""
    about = "compare the books with what providers report of a day; the site is not at work"
    command = subcommands.add_parser("reconcile", help=about, description=f"{capitalised(about)}.")
    command.add_argument("--site", type=Path, default=default_site, help="the site file")
    command.add_argument("--db", help="the database, for example sqlite:///var/site.db")
    command.add_argument("--json", action="store_true", help="one JSON object on stdout")
    command.add_argument(
        "--day", type=day_argument, metavar="YYYY-MM-DD", help="in UTC; default: yesterday"
    )
    command.add_argument("--adapter", metavar="NAME", help="one provider; default: all of them")
    command.set_defaults(command=_reconcile)


def _reconcile(options: argparse.Namespace) -> int:
    from datetime import timedelta

    from kiosk.app.config import read_site_file
    from kiosk.payments.adapter import NotSent
    from kiosk.services.reconcile import reconcile

    file = read_site_file(options.site)
    with _asking_core(file, options.db) as core:
        day = options.day or core.clock.now().date() - timedelta(days=1)
        reporting = [name for name, each in core.adapters.items() if each.capabilities.has_report]
        asked = reporting if options.adapter is None else [options.adapter]
        if not asked or not set(asked) <= set(reporting):
            known = ", ".join(reporting) or "none"
            print(f"providers of this site that report: {known}", file=sys.stderr)
            return INPUT
        code, tables = DONE, []
        for name in asked:
            found = reconcile(core, name, day)
            if isinstance(found, NotSent):
                print(f"{name}: cannot be reached; nothing was compared", file=sys.stderr)
                code = REFUSED
                continue
            code = code if found.is_clean else REFUSED
            tables.append(_table(found))
            if not options.json:
                print("\n".join(_lines(found)))
    if options.json:
        print(json.dumps({"day": day.isoformat(), "providers": tables}))
    return code


@contextmanager
def _asking_core(file: SiteFile, database: str | None) -> Iterator[Core]:
    """A site at rest that asks its providers, each call at once; it opens and prints nothing."""
    from kiosk.app.import_calendar import core_at_rest
    from kiosk.app.places import folders_of
    from kiosk.app.wiring import adapters_of, random_code
    from kiosk.services.lane_control import unwired_lanes

    adapters = adapters_of(file, folders_of(database, site_number=file.site.number))
    try:
        with core_at_rest(file, database, is_dry_run=False) as core:
            core.adapters = adapters
            core.run_payment = lambda _adapter, task: task()
            core.post = _at_once
            core.random_code = random_code
            core.print_paper = lambda _lane, _paper: None
            core.lanes = unwired_lanes(
                (lane.name, lane.direction, lane.to_wiring()) for lane in file.lane
            )
            yield core
    finally:
        for adapter in adapters.values():
            adapter.close()


def _at_once(task: Callable[[], object]) -> None:
    task()


def _table(found: Reconciled) -> dict[str, object]:
    return {
        "provider": found.adapter,
        "matched": found.matched,
        "asked_about": found.queried,
        "explained": found.explained,
        "only_ours": found.ours_only,
        "only_theirs": found.theirs_only,
        "different": found.different,
        "impossible": found.impossible,
    }


def _lines(found: Reconciled) -> Iterator[str]:
    """One line for each number, then each key with what was done about it."""
    yield f"{found.adapter}, {found.day}: {found.matched} matched"
    for keys, what, done in (
        (found.queried, "not answered yet", "the provider was asked"),
        (found.explained, "explained before", "nothing to do"),
        (found.ours_only, "only ours", "the provider was asked; look at the desk"),
        (found.theirs_only, "only theirs", "kept in suspense; look at the desk"),
        (found.different, "different", "the difference is kept in suspense; look at the desk"),
        (found.impossible, "impossible", "nothing was booked; ask the provider"),
    ):
        if keys:
            yield f"  {len(keys)} {what}: {done}"
        for key in keys:
            yield f"    {key}"
