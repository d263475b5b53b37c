"""`kiosk import inventory`: published inventories become listed sites, all files or none.

What a record means is decided in kiosk.services.inventory_imports; here are files, the store and
what is printed.
"""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from db.sites import SiteChanges
from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.app.places import folders_of
from kiosk.app.site_draft import draft_of
from kiosk.app.site_store import open_site_store
from kiosk.domain.inventory import ListedSite, ListSource
from kiosk.services.inventory_imports.read import read_inventories
from kiosk.services.inventory_imports.records import Inventory, Taken
from kiosk.services.published_records import Refusal

_SOURCES = {
    ListSource.PARKAPI: "ParkAPI",
    ListSource.SBB: "SBB P+Rail",
    ListSource.DB: "DB BahnPark",
    ListSource.HDB: "HDB",
}
_WIDTH = 99
_INDENT = " " * 13


def import_inventory(options: argparse.Namespace) -> int:
    """Do what the command line asks for.

    InventoryRefused, with nothing written, when any file cannot be read or is of no known kind;
    ConfigError for options that do not go together. REFUSED when a record was refused, also when
    the others are stored.
    """
    if (options.draft is None) != (options.out is None):
        raise ConfigError("--draft KEY and --out FILE go together; give both or none")
    files: list[Path] = options.files
    inventories = read_inventories((str(path), path.read_bytes()) for path in files)
    sites = [taken.site for inventory in inventories for taken in inventory.taken]
    if options.draft is not None:
        return _write_draft(_listed(sites, options.draft), options.out)
    changes = _changes(options, sites)
    if options.json:
        report = _as_json(files, inventories, changes, is_written=not options.dry_run)
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(files, inventories)))
        print("\n".join(_change_lines(changes, is_dry_run=options.dry_run)))
    return REFUSED if any(inventory.refused for inventory in inventories) else DONE


def _changes(options: argparse.Namespace, sites: Sequence[ListedSite]) -> SiteChanges:
    """Store the sites in one transaction, or only compare them with what is stored."""
    site = read_site_file(options.site).to_site()
    path = folders_of(options.db, site_number=site.number).database
    # A site that is still to be founded may begin with the list, but a mistyped path may not.
    is_new = options.db is None and not path.exists()
    if options.dry_run and is_new:
        return SiteChanges(added=tuple(sites), changed=(), unchanged=())
    store = open_site_store(path, site, read_only=options.dry_run, may_found=is_new)
    try:
        if options.dry_run:
            with store.reading() as tx:
                return tx.sites.compare(sites)
        with store.transaction() as tx:
            return tx.sites.put(sites)
    finally:
        store.close()


def _listed(sites: Iterable[ListedSite], key: str) -> ListedSite:
    found = [site for site in sites if site.key == key]
    if not found:
        raise ConfigError(f"--draft {key}: no car park that was taken has this key")
    if len(found) > 1:
        names = " and ".join(_SOURCES[site.source] for site in found)
        raise ConfigError(f"--draft {key}: is a key of {names}; give the files of one of them")
    return found[0]


def _write_draft(site: ListedSite, out: Path) -> int:
    """Write the draft; a file that is there already is not overwritten."""
    with out.open("x", encoding="utf-8") as file:
        file.write(draft_of(site))
    print(f"{out}: a draft for {site.name}. Fill in what its comments say, then check it:")
    print(f"kiosk check-config --site {out}")
    return DONE


def _lines(files: Sequence[Path], inventories: Sequence[Inventory]) -> Iterator[str]:
    for path, inventory in zip(files, inventories, strict=True):
        yield f"{path}: {_SOURCES[inventory.source]}"
        yield f"  taken      {_taken_text(inventory.taken)}"
        for what, refusals in (
            ("left out ", inventory.left_out),
            ("refused  ", inventory.refused),
        ):
            for refusal in refusals:
                yield f"  {what}  {refusal.what}: {refusal.reason}"
        for text, records in _set_aside(inventory.taken).items():
            yield f"  set aside  {text} ({_counted(len(records), 'record')}):"
            yield _wrapped(records)
        yield f"  note       {inventory.note}"
    taken = [each for inventory in inventories for each in inventory.taken]
    left_out = sum(len(inventory.left_out) for inventory in inventories)
    refused = sum(len(inventory.refused) for inventory in inventories)
    yield (
        f"{_counted(len(files), 'file')}: taken {_taken_text(taken)}; "
        f"{left_out:,} left out, {refused:,} refused."
    )


def _wrapped(records: Iterable[str]) -> str:
    """The records in lines that no record is broken over, so that each can be searched for."""
    glued = ", ".join(record.replace(" ", "\0") for record in records)
    lines = textwrap.fill(
        glued,
        width=_WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines.replace("\0", " ")


def _taken_text(taken: Sequence[Taken]) -> str:
    stated = [each.site.spaces for each in taken if each.site.spaces is not None]
    text = f"{_counted(len(taken), 'car park')}, {_counted(sum(stated), 'space')}"
    missing = len(taken) - len(stated)
    return f"{text} ({missing:,} without a number)" if missing else text


def _set_aside(taken: Iterable[Taken]) -> dict[str, list[str]]:
    """The records of each value that was set aside."""
    found: dict[str, list[str]] = {}
    for each in taken:
        for text in each.set_aside:
            found.setdefault(text, []).append(each.what)
    return found


def _change_lines(changes: SiteChanges, *, is_dry_run: bool) -> Iterator[str]:
    for site in changes.changed:
        yield f"changed  {site.source} {site.key}: {site.name}"
    counts = (
        f"{len(changes.added):,} added, {len(changes.changed):,} changed, "
        f"{len(changes.unchanged):,} unchanged."
    )
    yield f"Nothing was written; it would be {counts}" if is_dry_run else f"Stored: {counts}"


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _as_json(
    files: Sequence[Path],
    inventories: Sequence[Inventory],
    changes: SiteChanges,
    *,
    is_written: bool,
) -> dict[str, object]:
    return {
        "files": [
            {
                "file": str(path),
                "kind": inventory.source,
                "taken": len(inventory.taken),
                "spaces": sum(each.site.spaces or 0 for each in inventory.taken),
                "without_spaces": sum(each.site.spaces is None for each in inventory.taken),
                "left_out": [_told(each) for each in inventory.left_out],
                "refused": [_told(each) for each in inventory.refused],
                "set_aside": [
                    {"what": each.what, "value": text}
                    for each in inventory.taken
                    for text in each.set_aside
                ],
                "note": inventory.note,
            }
            for path, inventory in zip(files, inventories, strict=True)
        ],
        "added": _keys(changes.added),
        "changed": _keys(changes.changed),
        "unchanged": _keys(changes.unchanged),
        "written": is_written,
    }


def _told(refusal: Refusal) -> dict[str, str]:
    return {"what": refusal.what, "reason": refusal.reason}


def _keys(sites: Iterable[ListedSite]) -> list[dict[str, str]]:
    return [{"kind": site.source, "key": site.key, "name": site.name} for site in sites]
