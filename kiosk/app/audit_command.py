"""`kiosk audit verify` and `kiosk audit show`: is the evidence whole, and what does it say?

Both read a site at work too, in one snapshot, and change nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.arguments import capitalised
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.store import Tx
    from kiosk.domain.evidence import Head, SignedHead
    from kiosk.domain.ids import ReservationId
    from kiosk.services.audit_check import Checked

UNSIGNED_MOST = timedelta(hours=2)
"""A site at work signs every hour: rows so much younger than the last head lack heads."""


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `audit` with its subcommands."""
    about = "check the evidence of a site, or read that of one stay"
    audit = commands.add_parser("audit", help=about, description=f"{capitalised(about)}.")
    subcommands = audit.add_subparsers(required=True, metavar="COMMAND")

    about = "name every row of the audit and the books that is not as the site wrote it"
    verify = subcommands.add_parser("verify", help=about, description=f"{capitalised(about)}.")
    verify.add_argument(
        "file", nargs="?", type=Path, metavar="FILE.json", help="one stay's timeline instead"
    )
    verify.add_argument(
        "--heads", type=Path, metavar="FILE", help="signed heads from another place"
    )
    verify.add_argument(
        "--head",
        action="append",
        default=[],
        type=_head,
        metavar="ROW:HASH",
        help="a head from elsewhere, such as a printed page; may be given again",
    )
    verify.set_defaults(command=_verify)

    about = "the timeline of one stay, with its chain"
    show = subcommands.add_parser("show", help=about, description=f"{capitalised(about)}.")
    show.add_argument("stay", metavar="RESERVATION|CODE", help="its number, or its ticket's code")
    show.add_argument("--json", action="store_true", help="a file that proves itself")
    show.set_defaults(command=_show)
    for command in (verify, show):
        command.add_argument(
            "--site", type=Path, default=default_site, help="the site file (default: the demo's)"
        )
        command.add_argument("--db", metavar="URL", help="the database of the site")


def _head(text: str) -> Head:
    from kiosk.domain.evidence import Head

    row, _, row_hash = text.partition(":")
    if not (row.isascii() and row.isdigit()) or len(row) > 18 or len(row_hash) != 64:
        raise argparse.ArgumentTypeError("should be a row, a colon and the 64 digits of its hash")
    return Head(int(row), row_hash.lower())


def _verify(options: argparse.Namespace) -> int:
    if options.file is not None:
        return _verify_file(options.file)
    from kiosk.app.config import read_site_file
    from kiosk.app.export import snapshot
    from kiosk.app.places import folders_of
    from kiosk.services.audit_check import check_site

    site = read_site_file(options.site).to_site()
    folders = folders_of(options.db, site_number=site.number)
    # Before the snapshot: a head that a running site signs after it names rows that it lacks.
    heads, key, problems = _heads(options.heads or folders.audit_heads, folders.audit_key)
    with snapshot(options.site, options.db) as tx, tx.evidence.as_found():
        checked = check_site(tx, heads=heads, key=key, told=options.head)
        problems = [*problems, *_unsigned(tx, heads)]
    return _report(checked, problems, heads)


def _heads(path: Path, key_path: Path) -> tuple[tuple[SignedHead, ...], bytes, list[str]]:
    """The heads of the file and their key, and what is wrong with the file itself."""
    from kiosk.app.audit_key import read_audit_key
    from kiosk.services.audit_heads import read_heads

    if not key_path.exists():
        return (), b"", [f"{key_path}: is missing; no head can be believed without it"]
    if not path.exists():
        return (), b"", [f"{path}: is missing; a cut at the end of the chain cannot be seen"]
    key = read_audit_key(key_path)
    try:
        heads = read_heads(path)
    except ValueError as error:
        return (), key, [f"{path}: {error}; heads were changed or forged"]
    return heads, key, [] if heads else [f"{path}: has no head"]


def _unsigned(tx: Tx, heads: Sequence[SignedHead]) -> list[str]:
    latest = tx.audit.latest(1)
    if not heads or not latest:
        return []
    from kiosk.services.audit_heads import signed_at

    last = signed_at(heads[-1])
    if last is not None and latest[0].at - last <= UNSIGNED_MOST:
        return []
    latest_at = latest[0].at.isoformat()
    until = f"and rows were written until {latest_at}: heads are missing"
    return [f"the last head is of {heads[-1].at}, {until}"]


def _report(checked: Checked, problems: Sequence[str], heads: Sequence[SignedHead]) -> int:
    for finding in checked.findings:
        print(f"{finding.where}: {finding.what}", file=sys.stderr)
    for problem in problems:
        print(problem, file=sys.stderr)
    head = checked.head
    print(
        f"{checked.rows} rows, {checked.journals} journals, {checked.receipts} receipts, "
        f"{len(heads)} signed heads"
    )
    print(f"head {head.row}:{head.hash}")
    if checked.findings or problems:
        print(f"{len(checked.findings) + len(problems)} things are not as the site wrote them")
        return REFUSED
    later = head.row - heads[-1].head.row
    print("Every row follows the one before it, and every journal and receipt is proved.")
    print(f"Rows after the last signed head, that the chain alone proves: {later}")
    return DONE


def _verify_file(path: Path) -> int:
    from kiosk.services.timeline_file import check_timeline, read_timeline

    try:
        timeline = read_timeline(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error
    checked = check_timeline(timeline)
    for finding in checked.findings:
        print(f"{finding.where}: {finding.what}", file=sys.stderr)
    if checked.findings:
        return REFUSED
    print(
        f"Reservation {timeline.reservation} of site {timeline.site}: {len(timeline.rows)} rows, "
        f"{len(timeline.journals)} journals, {len(timeline.receipts)} receipts"
    )
    print(f"head of the stay {checked.head}")
    print(
        "The stay's rows, journals and receipts are as they were written when the site had this\n"
        "head. Not checked: whether it had, the number of the site, and the site's own chain\n"
        "(the `hash` of each row). Those only the site can tell, with its database: `kiosk audit "
        f"verify`\nthere, and compare the head with `kiosk audit show {timeline.reservation}`."
    )
    return DONE


def _show(options: argparse.Namespace) -> int:
    from kiosk.app.audit_words import timeline_lines
    from kiosk.app.config import read_site_file
    from kiosk.app.export import snapshot
    from kiosk.services.timeline_file import timeline_of, timeline_text

    site = read_site_file(options.site).to_site()
    with snapshot(options.site, options.db) as tx:
        reservation_id = _reservation(tx, options.stay)
        timeline = timeline_of(tx, reservation_id, site=site.number)
    if options.json:
        print(timeline_text(timeline), end="")
        return DONE
    for line in timeline_lines(timeline, zone=site.zone, currency=site.currency):
        print(line)
    return DONE


def _reservation(tx: Tx, text: str) -> ReservationId:
    """Which reservation is meant; a code has letters, or else is taken for a number."""
    from kiosk.domain.ids import ReservationId
    from kiosk.services.tickets import plain_code

    found = None
    if text.isascii() and text.isdigit() and len(text) < 19:
        found = tx.reservations.get(ReservationId(int(text)))
    if found is None:
        found = tx.reservations.by_short_code(plain_code(text))
    if found is None:
        raise ConfigError(f"audit show: there is no reservation {json.dumps(text)}")
    return found.id
