"""`kiosk day`: a recorded day of cars through the real services, and where every cent went."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.day_cars import cars_of, read_counts
from kiosk.app.day_drive import DayDrive
from kiosk.app.day_report import DayReport, paint_report, report_json, report_text
from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.places import folders_of
from kiosk.app.virtual_site import VirtualSite
from kiosk.domain.money import Money
from kiosk.services.show_desk import money_by_party

COUNTS = Path(__file__).resolve().parents[2] / "resources" / "days" / "birmingham_brcbrg02.csv"
DEFAULT_DAY = date(2016, 10, 28)


def day(
    *,
    site: Path,
    database: str | None,
    seed: int,
    on: date | None,
    picture: Path | None,
    is_json: bool,
) -> int:
    """Drive the day and print the report; 1 when escrow or the books do not end at zero."""
    file = read_site_file(site)
    on = on if on is not None else DEFAULT_DAY
    if not read_counts(COUNTS, on=on, zone=file.to_site().zone):
        print(f"--date {on}: {COUNTS.name} has no counts for this day", file=sys.stderr)
        return INPUT
    if picture is not None:
        # Before the day, not after it: a picture that cannot be written is known at once.
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.touch()
    if database is None:
        with tempfile.TemporaryDirectory(prefix="kiosk-day-") as folder:
            report = drive_day(file, Path(folder) / "site.db", on=on, seed=seed)
    else:
        path = folders_of(database, site_number=file.site.number).database
        if path.exists():
            print(
                f"--db {path}: a day starts with a new database; this one exists", file=sys.stderr
            )
            return INPUT
        path.parent.mkdir(parents=True, exist_ok=True)
        report = drive_day(file, path, on=on, seed=seed)
    print(report_json(report) if is_json else report_text(report))
    if picture is not None:
        paint_report(report, picture)
    return DONE if report.is_clean else REFUSED


def drive_day(file: SiteFile, database: Path, *, on: date, seed: int) -> DayReport:
    """Found the site in `database`, let the cars of the day come and go, read the books."""
    began_s = time.perf_counter()
    zone = file.to_site().zone
    counts = read_counts(COUNTS, on=on, zone=zone)
    cars = cars_of(counts, zone=zone, seed=seed)
    site = VirtualSite(
        file=file,
        database=database,
        starts_at=cars[0].arrives_at.replace(minute=0, second=0),
        seed=seed,
    )
    try:
        result = DayDrive(site, cars).drive(counts)
        with site.core.store.reading() as tx:
            money = money_by_party(site.core, tx)
            ledger_sum = Money.zero(file.site.currency)
            for balance in tx.ledger.balances():
                ledger_sum += balance.owed
    finally:
        site.close()
    return DayReport(
        site_name=file.site.name,
        zone=zone,
        on=on,
        seed=seed,
        capacity=sum(row.count for area in file.area for row in area.row),
        cars=len(cars),
        result=result,
        money=money,
        ledger_sum=ledger_sum,
        took_s=time.perf_counter() - began_s,
    )
