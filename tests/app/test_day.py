"""A whole recorded day through the real services: every car accounted for, every cent too."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.app.day import DEFAULT_DAY, drive_day
from kiosk.app.day_report import DayReport, paint_report, report_json, report_text
from kiosk.app.main import SITES, main
from kiosk.domain.money import Money


@dataclass(frozen=True, slots=True)
class DrivenDay:
    report: DayReport
    database: Path
    journal: Path


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> DrivenDay:
    folder = tmp_path_factory.mktemp("day")
    database, journal = folder / "site.db", folder / "day.journal"
    report = drive_day(read_site_file(SITES / "birmingham.toml"), database, on=DEFAULT_DAY, seed=1)
    arguments = ["--site", str(SITES / "birmingham.toml"), "--db", f"sqlite:///{database}"]
    assert main(["export", "ledger", *arguments, "--out", str(journal)]) == 0
    return DrivenDay(report, database, journal)


def test_every_car_is_served_or_refused_with_a_reason(day: DrivenDay) -> None:
    result = day.report.result

    assert day.report.cars == 983
    assert result.served + result.refused.total() == 983
    assert (result.served, result.refused.total()) == (954, 29)
    assert result.paid_more_at_exit == 86


def test_no_escrow_is_left_and_the_books_add_up_to_nothing(day: DrivenDay) -> None:
    assert day.report.owed("escrow") == Money.zero("GBP")
    assert day.report.owed("refund-due") == Money.zero("GBP")
    assert day.report.ledger_sum == Money.zero("GBP")
    assert day.report.is_clean


def test_the_parties_got_what_the_drivers_paid(day: DrivenDay) -> None:
    shares = [day.report.owed(party) for party in ("owner", "manager", "commission", "vat")]
    paid = -day.report.owed("till") - day.report.owed("wallet")

    assert sum((share.minor for share in shares), 0) == paid.minor > 0


def test_the_car_park_is_never_fuller_than_it_was(day: DrivenDay) -> None:
    readings = day.report.result.readings

    assert len(readings) == 17
    assert all(reading.ours <= reading.real for reading in readings)
    assert readings[0].ours == readings[0].real == 90


def test_the_report_says_who_was_refused_and_why(day: DrivenDay) -> None:
    text = report_text(day.report)

    assert "no space is idle for the whole time asked for" in text
    assert "sum of the ledger GBP 0.00" in text


def test_the_json_report_holds_the_same_figures(day: DrivenDay) -> None:
    said = json.loads(report_json(day.report))

    assert said["served"] == day.report.result.served
    assert said["owed"]["escrow"] == {"minor": 0, "currency": "GBP"}


def test_the_picture_of_the_day_is_painted(day: DrivenDay, tmp_path: Path, qapp: object) -> None:
    target = tmp_path / "day.png"

    paint_report(day.report, target)

    assert target.read_bytes().startswith(b"\x89PNG")
    assert target.stat().st_size > 10_000


@pytest.mark.peer("hledger")
def test_hledger_accepts_the_books_of_the_whole_day(day: DrivenDay) -> None:
    checked = subprocess.run(["hledger", "-f", day.journal, "check", "--strict"], check=False)

    assert checked.returncode == 0


@pytest.mark.peer("hledger")
def test_hledger_refuses_the_books_after_one_penny_is_moved(
    day: DrivenDay, tmp_path: Path
) -> None:
    text = day.journal.read_text(encoding="utf-8")
    place = text.index(".00 GBP\n", text.index("settlement"))
    spoilt = tmp_path / "spoilt.journal"
    spoilt.write_text(f"{text[:place]}.01 GBP\n{text[place + len('.00 GBP') + 1 :]}", "utf-8")

    checked = subprocess.run(
        ["hledger", "-f", spoilt, "check", "--strict"], capture_output=True, check=False
    )

    assert checked.returncode == 1
