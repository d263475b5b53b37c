"""What `kiosk day` says of a day: as text, as JSON, and as a picture of its occupancy."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.app.day_cars import MOVED
from kiosk.domain.money import Money
from kiosk.services.paper import plain

if TYPE_CHECKING:
    from kiosk.app.day_drive import DayResult
    from kiosk.services.views import PartyMoney

PARTY_WORDS = {
    "till": "cash in the till",
    "wallet": "still on the wallets of drivers",
    "owner": "owners",
    "manager": "property manager",
    "commission": "operator, commission",
    "vat": "tax office, VAT on it",
    "escrow": "left in escrow",
    "refund-due": "refunds not paid yet",
    "psp": "claims on card providers",
    "bank": "at the bank",
    "receivable": "owed to the site",
    "other": "costs, rounding and all else",
}
"""The parties in the words of the report, in its order."""


@dataclass(frozen=True, slots=True)
class DayReport:
    """Everything that `kiosk day` says."""

    site_name: str
    zone: ZoneInfo
    on: date
    seed: int
    capacity: int
    cars: int
    result: DayResult
    money: tuple[PartyMoney, ...]
    ledger_sum: Money
    took_s: float

    @property
    def is_clean(self) -> bool:
        """Whether no escrow is left and the books add up to nothing."""
        return not self.owed("escrow") and not self.ledger_sum

    def owed(self, party: str) -> Money:
        """What a party has by the books; a claim of the site is below zero."""
        return next(each.owed for each in self.money if each.party == party)

    def local(self, at: datetime) -> datetime:
        """An instant on the clocks of the site."""
        return at.astimezone(self.zone)


def report_text(report: DayReport) -> str:
    """The report for people."""
    result = report.result
    lines = [
        f"{report.site_name}: the cars of {report.on:%A %d %B %Y}, seed {report.seed}",
        f"(in the books as {report.on + MOVED:%d %B %Y}, because tickets count from 2020)",
        "",
        f"cars that came    {report.cars:5d}",
        (
            f"served            {result.served:5d}   {result.paid_more_at_exit} came late "
            "and paid the difference at the exit"
        ),
        f"refused           {result.refused.total():5d}",
        *(f"                  {count:5d}   {why}" for why, count in result.refused.most_common()),
        "",
        "cars inside       recorded    here",
        *(
            f"        {report.local(reading.at):%H:%M}     {reading.real:9d} {reading.ours:7d}"
            for reading in result.readings
        ),
        "",
        "where the money is",
        *(
            f"  {words:<32}{plain(held(party, report.owed(party))):>16}"
            for party, words in PARTY_WORDS.items()
            if any(each.party == party for each in report.money)
        ),
        "",
        f"escrow left      {plain(report.owed('escrow'))}",
        f"sum of the ledger {plain(report.ledger_sum)}",
        f"took {report.took_s:.1f} s",
    ]
    return "\n".join(lines)


def report_json(report: DayReport) -> str:
    """The report for machines; money is {"minor": 1250, "currency": "EUR"}."""
    result = report.result
    return json.dumps(
        {
            "site": report.site_name,
            "date": report.on.isoformat(),
            "seed": report.seed,
            "cars": report.cars,
            "served": result.served,
            "paid_more_at_exit": result.paid_more_at_exit,
            "refused": dict(result.refused),
            "occupancy": [
                {
                    "at": report.local(reading.at).isoformat(),
                    "recorded": reading.real,
                    "here": reading.ours,
                }
                for reading in result.readings
            ],
            "owed": {each.party: _money_json(each.owed) for each in report.money},
            "ledger_sum": _money_json(report.ledger_sum),
            "took_s": round(report.took_s, 1),
        },
        indent=2,
    )


def paint_report(report: DayReport, target: Path) -> None:
    """The occupancy curve beside the recorded one, as PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    from kiosk.ui.day_picture import CurvePoint, DayPicture, paint_day
    from kiosk.ui.stage import load_fonts

    application = QGuiApplication.instance() or QGuiApplication([])
    assert isinstance(application, QGuiApplication)
    load_fonts(application)
    result = report.result
    points = [
        CurvePoint(local.hour * 60 + local.minute, reading.real, reading.ours)
        for reading in result.readings
        for local in (report.local(reading.at),)
    ]
    paint_day(
        DayPicture(
            title=f"{report.site_name}: cars inside on {report.on:%A %d %B %Y}",
            subtitle=f"{result.served} of {report.cars} cars found a shared space; "
            f"{result.refused.total()} did not",
            capacity=report.capacity,
            points=points,
        ),
        target,
    )


def held(party: str, owed: Money) -> Money:
    """What lies with a party: a till, a bank and a provider hold what they owe to the site."""
    return -owed if party in {"till", "bank", "psp", "receivable"} else owed


def _money_json(money: Money) -> dict[str, str | int]:
    return {"minor": money.minor, "currency": money.currency}
