"""`kiosk ticket ...`: its subcommands; rotate-key stands here, check beside it."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app import ticket_check
from kiosk.app.arguments import capitalised
from kiosk.app.exit_codes import DONE

if TYPE_CHECKING:
    from datetime import datetime

_MOST_DAYS = 366


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `ticket` with its subcommands."""
    about = "check tickets without the site, change the key that signs them"
    ticket = commands.add_parser("ticket", help=about, description=f"{capitalised(about)}.")
    subcommands = ticket.add_subparsers(required=True, metavar="COMMAND")
    for command in (ticket_check.add_to(subcommands), _add_rotate_key(subcommands)):
        command.add_argument(
            "--site", type=Path, default=default_site, help="the site file (default: the demo's)"
        )
        command.add_argument(
            "--db", metavar="URL", help="beside this database the site's files stand"
        )


def _add_rotate_key(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> argparse.ArgumentParser:
    about = "make a new key for tickets; the old ones are believed for a while"
    rotate = subcommands.add_parser(
        "rotate-key", help=about, description=f"{capitalised(about)}. A running site takes it."
    )
    rotate.add_argument(
        "--overlap-days",
        type=_days,
        dest="overlap",
        metavar="DAYS",
        help="how long old keys are believed (default: as long as a ticket of theirs may be "
        "shown); 0 after a leak",
    )
    rotate.set_defaults(command=_rotate_key)
    return rotate


def _days(text: str) -> timedelta:
    if not text.isascii() or not text.isdigit() or len(text) > 3 or int(text) > _MOST_DAYS:
        raise argparse.ArgumentTypeError(f"should be a whole number of days up to {_MOST_DAYS}")
    return timedelta(days=int(text))


def _rotate_key(options: argparse.Namespace) -> int:
    from kiosk.app.clocks import SystemClock
    from kiosk.app.config import read_site_file
    from kiosk.app.places import folders_of
    from kiosk.app.site_store import open_site_store
    from kiosk.app.ticket_keys import rotate_ticket_keys
    from kiosk.domain.key_ring import OVERLAP

    site = read_site_file(options.site).to_site()
    folders = folders_of(options.db, site_number=site.number)
    path = folders.ticket_key
    # The keys in the folder of a mistyped path are those of another site, or of nobody.
    open_site_store(folders.database, site, read_only=True).close()
    overlap = OVERLAP if options.overlap is None else options.overlap
    ring = rotate_ticket_keys(path, now=SystemClock().now(), overlap=overlap)

    def local(instant: datetime) -> str:
        return f"{instant.astimezone(site.zone):%Y-%m-%d %H:%M}"

    *older, newest = ring.keys
    print(f"{path}: times are of {site.zone.key}")
    print(f"  key {newest.key.number} signs from {local(newest.signs_from)}")
    for each in reversed(older):
        assert each.believed_until is not None, "an old key has an end"
        print(f"  key {each.key.number} is believed until {local(each.believed_until)}")
    if not older:
        print("  no other key is believed any more: print the tickets that are in use again")
    print("A running site takes it within a minute. Put the file into the backup.")
    return DONE
