"""`kiosk export calendar`: when a space is shared, as a calendar that other programs show."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path

from kiosk.app.clocks import SystemClock
from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED
from kiosk.app.export import snapshot
from kiosk.app.import_calendar import space_of
from kiosk.domain.time import Window
from kiosk.services import limits
from kiosk.services.calendars.write import CalendarOf, calendar_text


def export_calendar(options: argparse.Namespace, *, site: Path) -> int:
    """Write the times of the offer in force; REFUSED when the space has none."""
    if options.space is None:
        raise ConfigError("export calendar: of which space? Give --space with its label.")
    place, now = read_site_file(site).to_site(), SystemClock().now()
    with snapshot(site, options.db) as tx:
        space = space_of(tx, options.space, owner_id=None)
        offer = tx.library.offer_in_force(space.id)
        if offer is None:
            print(f"{space.label}: has no offer in force", file=sys.stderr)
            return REFUSED
        ahead = Window(now, now + timedelta(days=limits.GAP_HORIZON_DAYS))
        live = tx.reservations.of_space(space.id, ahead) if options.with_reservations else ()
        of = CalendarOf(
            site_number=place.number,
            label=space.label,
            zone=place.zone,
            holidays=tx.library.holidays(),
            written_at=now,
        )
        text = calendar_text(of, offer.times, [(each.id, each.window) for each in live])
    if options.out is None:
        print(text.decode(), end="")
    else:
        options.out.write_bytes(text)
    return DONE
