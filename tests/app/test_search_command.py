"""`kiosk search`: what can be had, why the rest cannot, and what comes nearest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app import main
from kiosk.app.config import read_site_file
from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.virtual_site import VirtualSite
from kiosk.domain.ids import SpaceId
from kiosk.domain.offer import OfferTerms
from kiosk.domain.outcomes import Reserved
from kiosk.services.commands import Actor, ActorKind, Reserve

SITE = Path(__file__).parents[1] / "data" / "small.toml"
Run = Callable[..., tuple[int, str, str]]


def local(days: int, clock: str) -> str:
    """So many days from now, by the clock of the site."""
    zone = read_site_file(SITE).to_site().zone
    day = datetime.now(zone).date() + timedelta(days=days)
    return f"{day}T{clock}"


@pytest.fixture
def search(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        code = main.main(["search", "--site", str(SITE), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def window(days: int, first: str, last: str) -> tuple[str, ...]:
    return "--from", local(days, first), "--until", local(days, last)


def test_found_spaces_come_with_price_and_leave_by(search: Run) -> None:
    code, out, _ = search(*window(1, "10:00", "12:00"))

    assert code == DONE
    assert "found" in out.splitlines()[0]
    assert "leave by" in out.splitlines()[1]


def test_machines_get_the_same_as_people(search: Run) -> None:
    code, text, _ = search(*window(1, "10:00", "12:00"), "--most", "999")
    _, out, _ = search(*window(1, "10:00", "12:00"), "--json")
    table = json.loads(out)

    assert code == DONE
    listed = [line.split()[0] for line in text.splitlines() if "leave by" in line]
    assert [each["space"] for each in table["found"]] == listed
    assert {each["reason"] for each in table["not_offered"]} <= {"other-hours", "not-shared"}


def test_every_space_is_either_found_or_has_its_reason(search: Run) -> None:
    _, out, _ = search(*window(1, "10:00", "12:00"), "--json", "--charger")
    table = json.loads(out)
    file = read_site_file(SITE)

    count = sum(row.count for area in file.area for row in area.row)
    assert len(table["found"]) + len(table["not_offered"]) == count
    assert all("misfit" in each or each["reason"] for each in table["not_offered"])


def test_a_car_that_is_too_long_fits_nowhere(search: Run) -> None:
    code, out, _ = search(*window(1, "10:00", "12:00"), "--length", "12.5")

    assert code == REFUSED
    assert "0 found" in out
    assert "is too short" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(window(-1, "10:00", "12:00"), "begun before now", id="in the past"),
        pytest.param(window(61, "10:00", "12:00"), "at the latest", id="too far ahead"),
        pytest.param(
            ("--from", local(1, "10:00"), "--until", local(401, "10:00")),
            "a stay lasts from",
            id="400 days",
        ),
    ],
)
def test_a_window_that_no_site_takes_is_refused_in_words(
    search: Run, arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = search(*arguments)

    assert code == REFUSED
    assert said in err


def test_an_area_that_is_not_there_is_named_with_those_that_are(search: Run) -> None:
    code, _, err = search("--area", "Z", *window(1, "10:00", "12:00"))

    assert code == INPUT
    assert "no area Z; there are" in err


def test_a_window_that_ends_before_it_starts_is_refused(search: Run) -> None:
    code, _, err = search(*window(1, "12:00", "10:00"))

    assert code == INPUT
    assert "later than --from" in err


def test_a_database_that_is_not_there_is_said_so(search: Run, tmp_path: Path) -> None:
    code, _, err = search(
        *window(1, "10:00", "12:00"), "--db", f"sqlite:///{tmp_path / 'none.db'}"
    )

    assert code == INPUT
    assert "no such database" in err


def test_a_running_site_is_searched_and_shows_what_is_reserved(
    search: Run, tmp_path: Path
) -> None:
    database = tmp_path / "site.db"
    now = datetime.now(UTC).replace(microsecond=0)
    start = datetime.fromisoformat(local(1, "10:00"))
    zone = read_site_file(SITE).to_site().zone
    site = VirtualSite(file=read_site_file(SITE), database=database, starts_at=now)
    try:
        kept = site.do(
            Reserve(
                actor=Actor(ActorKind.DRIVER, "entry"),
                space_id=SpaceId(1),
                duration_minutes=120,
                plate="B AB 1",
                starts_at=start.replace(tzinfo=zone).astimezone(UTC),
            )
        )
        assert isinstance(kept, Reserved)
        _, out, _ = search(*window(1, "10:00", "12:00"), "--json", "--db", f"sqlite:///{database}")
    finally:
        site.close()

    reasons = {each["space"]: each["reason"] for each in json.loads(out)["not_offered"]}
    assert reasons[kept.space.label] == "reserved"


def leave_by(search: Run, *arguments: str) -> set[str]:
    _, out, _ = search(*arguments, "--area", "A", "--json")
    return {each["leave_by"] for each in json.loads(out)["found"]}


def test_leave_by_is_never_beyond_the_longest_stay(search: Run) -> None:
    site = read_site_file(SITE).to_site()
    start = datetime.fromisoformat(local(1, "10:00")).replace(tzinfo=site.zone)
    latest = (start.astimezone(UTC) + site.rules.longest_stay).astimezone(site.zone)

    assert max(leave_by(search, *window(1, "10:00", "12:00"))) == f"{latest:%Y-%m-%d %H:%M}"


def test_leave_by_is_never_beyond_what_can_be_reserved_ahead(search: Run) -> None:
    site = read_site_file(SITE).to_site()
    days = site.rules.booking_ahead.days

    found = leave_by(search, *window(days - 1, "22:00", "23:00"))

    last = (datetime.now(UTC) + site.rules.booking_ahead).astimezone(site.zone)
    assert found
    assert max(found) <= f"{last:%Y-%m-%d %H:%M}"


def test_leave_by_keeps_to_the_longest_stay_of_the_offer(search: Run, tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    path = tmp_path / "site.db"
    site = VirtualSite(file=read_site_file(SITE), database=path, starts_at=now)
    with site.core.store.transaction() as tx:
        for space in tx.library.spaces():
            offer = tx.library.offer_in_force(space.id)
            if offer is not None:
                tx.library.set_offer_terms(offer.id, OfferTerms(longest=timedelta(hours=3)))
    site.close()

    found = leave_by(search, *window(1, "10:00", "12:00"), "--db", str(path))

    assert found == {local(1, "13:00").replace("T", " ")}


def test_an_area_is_known_however_it_is_capitalized(search: Run) -> None:
    _, small, _ = search("--area", "a", *window(1, "10:00", "12:00"))
    _, twice, _ = search("--area", "a", "--area", "A", *window(1, "10:00", "12:00"))
    _, large, _ = search("--area", "A", *window(1, "10:00", "12:00"))

    assert small == twice == large


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01"])
def test_a_day_that_does_not_exist_is_not_called_badly_written(
    search: Run, capsys: pytest.CaptureFixture[str], day: str
) -> None:
    with pytest.raises(SystemExit):
        search("--from", f"{day}T12:00", "--until", "2026-03-01T12:00")

    assert f"--from: there is no such day as {day}" in capsys.readouterr().err
