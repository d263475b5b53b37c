"""`kiosk search`: what of the library can be had for a window, why the rest cannot, what else."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.app.arguments import capitalised, number_argument
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.app.local_times import instant_of, time_argument, time_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from db.store import Tx
    from kiosk.app.config import SiteFile
    from kiosk.domain.ids import AreaId
    from kiosk.domain.search import Proposal
    from kiosk.domain.search_outcomes import LibrarySearched
    from kiosk.domain.site import Site
    from kiosk.services.search import SearchAnswer

_METRE_MM = 1000


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `search`."""
    about = "find idle spaces of the shared library, and why the others are not offered"
    search = commands.add_parser("search", help=about, description=f"{capitalised(about)}.")
    search.add_argument("--area", action="append", default=[], help="its code; default: all")
    search.add_argument("--from", dest="from_", required=True, type=time_argument, metavar="T")
    search.add_argument("--until", required=True, type=time_argument, metavar="T")
    search.add_argument("--height", type=_metres, metavar="M", help="of the car, in metres")
    search.add_argument("--width", type=_metres, metavar="M", help="of the car, in metres")
    search.add_argument("--length", type=_metres, metavar="M", help="of the car, in metres")
    search.add_argument("--charger", action="store_true", help="with a charger only")
    search.add_argument("--accessible", action="store_true", help="accessible only")
    search.add_argument("--motorcycle", action="store_true", help="for a motorcycle")
    search.add_argument("--by-rank", action="store_true", help="nearest first, not best fit")
    search.add_argument(
        "--most", type=number_argument, default=20, help="how many found spaces are listed"
    )
    search.add_argument("--json", action="store_true", help="one JSON object on stdout")
    search.add_argument("--site", type=Path, default=default_site, help="the site file")
    search.add_argument("--db", metavar="URL", help="the site's database")
    search.set_defaults(command=_search)


def _metres(text: str) -> int:
    try:
        millimetres = round(float(text) * _METRE_MM)
    except (ValueError, OverflowError) as error:
        raise argparse.ArgumentTypeError("should be metres, like 2.05") from error
    if not 0 < millimetres < 100 * _METRE_MM:
        raise argparse.ArgumentTypeError("should be the size of a car in metres, like 2.05")
    return millimetres


def _search(options: argparse.Namespace) -> int:
    from kiosk.app.clocks import SystemClock
    from kiosk.app.config import read_site_file
    from kiosk.domain.search_outcomes import LibrarySearched
    from kiosk.domain.space import CarNeeds, SpaceType
    from kiosk.domain.time import Window
    from kiosk.services.commands import Actor, ActorKind
    from kiosk.services.life_commands import SearchLibrary
    from kiosk.services.search import searched

    file = read_site_file(options.site)
    site, now = file.to_site(), SystemClock().now()
    from_, until = (instant_of(at, site.zone) for at in (options.from_, options.until))
    if until <= from_:
        raise ConfigError("search: --until should be later than --from")
    with _snapshot(file, options.db, now=now) as tx:
        area_ids = _areas(tx, options.area)
        answer = searched(
            site,
            tx,
            SearchLibrary(
                actor=Actor(ActorKind.DRIVER, "command line"),
                area_ids=area_ids,
                window=Window(from_, until),
                needs=CarNeeds(
                    width_mm=options.width,
                    length_mm=options.length,
                    height_mm=options.height,
                    charger=options.charger,
                    accessible=options.accessible,
                    type=SpaceType.MOTORCYCLE if options.motorcycle else SpaceType.CAR,
                ),
                by_rank=options.by_rank,
            ),
            now=now,
        )
        if not isinstance(answer, LibrarySearched):
            print(_refusal(answer, site.zone), file=sys.stderr)
            return REFUSED
        table = _table(tx, answer, site, now=now)
    if options.json:
        print(json.dumps(table, indent=2, ensure_ascii=False, sort_keys=True))
    else:
        print("\n".join(_lines(table, most=options.most)))
    return DONE if answer.found else REFUSED


def _areas(tx: Tx, wanted: Sequence[str]) -> tuple[AreaId, ...]:
    """The areas with these codes, however they are capitalized, each once; none: all of them."""
    areas = tx.library.areas()
    exact = {area.code: area.id for area in areas}
    folded = {area.code.casefold(): area.id for area in areas}
    unknown = sorted({code for code in wanted if code.casefold() not in folded})
    if unknown:
        known = ", ".join(sorted(exact))
        raise ConfigError(f"search: there is no area {', '.join(unknown)}; there are {known}")
    return tuple(dict.fromkeys(exact.get(code, folded[code.casefold()]) for code in wanted))


@contextmanager
def _snapshot(file: SiteFile, database: str | None, *, now: datetime) -> Iterator[Tx]:
    """The site's library; where no site is founded yet, as its site file would found it."""
    from kiosk.app.places import folders_of
    from kiosk.app.site_store import site_snapshot
    from kiosk.app.virtual_site import VirtualSite

    path = folders_of(database, site_number=file.site.number).database
    if database is not None or path.exists():
        with site_snapshot(path, file.to_site()) as tx:
            yield tx
        return
    print("No site is founded yet: this is what its site file offers.", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="kiosk-search-") as folder:
        site = VirtualSite(file=file, database=Path(folder) / "site.db", starts_at=now)
        try:
            with site.core.store.reading() as tx:
                yield tx
        finally:
            site.close()


def _refusal(answer: SearchAnswer, zone: ZoneInfo) -> str:
    from kiosk.domain.life_outcomes import WindowInThePast, WindowTooFarAhead
    from kiosk.domain.search_outcomes import WindowNotPriced, WindowRefused

    match answer:
        case WindowRefused(shortest, longest):
            return f"search: a stay lasts from {shortest} to {longest} minutes here"
        case WindowInThePast(now):
            return f"search: the window has begun before now, {time_text(now, zone)}"
        case WindowTooFarAhead(latest):
            return f"search: reservations end {time_text(latest, zone)} at the latest"
        case WindowNotPriced(area, why):
            return f"search: the tariff of {area.name} has no price for this: {why}"
        case _:
            raise AssertionError(answer)


def _table(tx: Tx, answer: LibrarySearched, site: Site, *, now: datetime) -> dict[str, object]:
    """The answer as plain values, for people and for machines alike."""
    from kiosk.services.paper import plain

    zone = site.zone
    labels = {space.id: space.label for space in tx.library.spaces()}
    areas = {area.id: area.code for area in tx.library.areas()}
    nearest = answer.proposals
    single = {"earlier": nearest.earlier, "later": nearest.later, "shorter": nearest.shorter}

    def proposal(found: Proposal) -> dict[str, str]:
        window = found.window
        return {
            "space": labels[found.space_id],
            "from": time_text(window.from_, zone),
            "until": time_text(window.until, zone),
        }

    return {
        "from": time_text(answer.window.from_, zone),
        "until": time_text(answer.window.until, zone),
        "found": [
            {
                "space": each.space.label,
                "area": each.area.code,
                "owner": each.owner_kind.value,
                "price": plain(each.quote.total),
                "leave_by": time_text(each.leave_by, zone),
                "rank": each.space.rank,
                "charger": each.space.has_charger,
                "accessible": each.space.is_accessible,
            }
            for each in answer.found
        ],
        "not_offered": [
            {
                "space": each.space.label,
                "area": each.area.code,
                "reason": each.reason.value,
                **({"misfit": each.misfit.value} if each.misfit is not None else {}),
            }
            for each in answer.not_offered
        ],
        "other_areas": [areas[area_id] for area_id in answer.other_areas],
        "proposals": {
            **{name: proposal(found) for name, found in single.items() if found is not None},
            **({"in_two": list(map(proposal, nearest.in_two))} if nearest.in_two else {}),
        },
    }


_REASONS = {
    "misfit": "does not fit the car",
    "not-shared": "is not shared",
    "other-hours": "is shared at other hours",
    "notice": "its owner wants to know earlier",
    "too-short": "is shared for longer stays only",
    "too-long": "is shared for shorter stays only",
    "out-of-order": "is out of order",
    "car-standing": "a car stands there whose time is over",
    "reserved": "is reserved",
    "walk-ups": "is kept for those who come without a reservation",
    "no-price": "its tariff has no price for this",
    "buffer": "is too close to another reservation",
}
_MISFITS = {
    "too-narrow": "is too narrow",
    "too-short": "is too short",
    "too-low": "is too low",
    "no-charger": "has no charger",
    "not-accessible": "is not accessible",
    "other-type": "is for another kind of vehicle",
}
_PROPOSALS = {"earlier": "Earlier", "later": "Later", "shorter": "Shorter"}


def _lines(table: dict[str, Any], *, most: int) -> Iterator[str]:
    found, not_offered = table["found"], table["not_offered"]
    yield f"{table['from']} to {table['until']}: {len(found)} found, {len(not_offered)} not"
    for each in found[:most]:
        extras = [word for word in ("charger", "accessible") if each[word]]
        yield (
            f"  {each['space']:<8} {each['price']:>12}  leave by {each['leave_by']}"
            f"  {each['owner']}{''.join(f', {word}' for word in extras)}"
        )
    if len(found) > most:
        yield f"  and {len(found) - most} more (--most {len(found)} shows all)"
    if table["other_areas"]:
        yield f"Another area: {', '.join(table['other_areas'])}"
    for name, word in _PROPOSALS.items():
        if name in table["proposals"]:
            yield f"{word}: {_proposal(table['proposals'][name])}"
    if "in_two" in table["proposals"]:
        yield f"In two: {', then '.join(map(_proposal, table['proposals']['in_two']))}"
    spaces_by_reason: dict[str, list[str]] = {}
    for each in not_offered:
        why = _MISFITS[each["misfit"]] if "misfit" in each else _REASONS[each["reason"]]
        spaces_by_reason.setdefault(why, []).append(each["space"])
    for why, spaces in spaces_by_reason.items():
        yield f"Not offered, {why}: {' '.join(spaces)}"


def _proposal(part: dict[str, str]) -> str:
    return f"{part['space']} {part['from']} to {part['until']}"
