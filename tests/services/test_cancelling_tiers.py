"""Row 4 of the journals with its very numbers: half kept, not come, and free; paid both ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.domain.outcomes import Cancelled
from kiosk.domain.site import CancelTier
from kiosk.domain.time import Window
from tests.fakes.planned import cancel, set_rules, ticket_for
from tests.fakes.stage import CARD, NOON, SITE_FILE, Stage, euro, stage_with_own_tariff
from tests.services.after import parties

DAY = timedelta(days=1)
TWO_DAYS = Window(NOON + 3 * DAY, NOON + 5 * DAY)
"""Long enough for tiers, soon enough to be authorised; each day costs at most 5.00."""
TWO_HOURS = Window(NOON + DAY, NOON + DAY + timedelta(hours=2))
KINDS = ("authorise", "capture", "release", "collect", "refund")


@dataclass
class Paying:
    """A site whose provider charges at once, or authorises first."""

    stage: Stage
    authorises: bool

    def did(self) -> dict[str, int]:
        """What the provider itself says that it did, in cents."""
        simulator = self.stage.site.simulator
        totals = {kind: simulator.total(kind, "EUR").minor for kind in KINDS}
        return {kind: minor for kind, minor in totals.items() if minor}


def paying(
    founded: Path, folder: Path, *changes: tuple[str, str], authorises: bool
) -> Iterator[Paying]:
    stage = stage_with_own_tariff(founded, folder, *changes)
    stage.close()
    site_file = read_site_file(folder / SITE_FILE.name)
    stage = Stage(folder, file=site_file, authorises=authorises)
    tiers = (CancelTier(2 * DAY, 10_000), CancelTier(DAY, 5_000))
    set_rules(stage, longest_stay=5 * DAY, cancel_tiers=tiers)
    yield Paying(stage, authorises)
    stage.close()


@pytest.fixture(params=[False, True], ids=["charged", "authorised"])
def days(founded: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Paying]:
    """A day costs at most 5.00."""
    change = ("price = 14.00", "price = 5.00")
    yield from paying(founded, tmp_path, change, authorises=request.param)


@pytest.fixture(params=[False, True], ids=["charged", "authorised"])
def hours(founded: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Paying]:
    """Two hours cost 10.00."""
    change = ("price = 1.20", "price = 2.50")
    yield from paying(founded, tmp_path, change, authorises=request.param)


def test_half_of_1000_is_kept_and_shared_in_the_tier_of_half(days: Paying) -> None:
    stage = days.stage
    ticket = ticket_for(stage, TWO_DAYS, CARD)
    stage.site.clock.jump(TWO_DAYS.from_ - DAY - stage.now)

    answer = cancel(stage, ticket.reservation_id)
    stage.wait(seconds=5)

    assert answer == Cancelled(euro(500))
    assert parties(stage) == (361, 75, 14, 50)
    authorised = {"authorise": 1000, "capture": 500}
    assert days.did() == (authorised if days.authorises else {"collect": 1000, "refund": 500})
    assert stage.books()["psp:simulator"] == -500
    assert stage.wrong() == []


def test_who_does_not_come_pays_the_first_two_hours_of_1000(hours: Paying) -> None:
    stage = hours.stage
    ticket_for(stage, TWO_HOURS, CARD)
    stage.wait_until(TWO_HOURS.from_ + timedelta(minutes=26))

    assert parties(stage) == (722, 150, 28, 100)
    assert hours.did() == (
        {"authorise": 1000, "capture": 1000} if hours.authorises else {"collect": 1000}
    )
    assert stage.books()["psp:simulator"] == -1000
    assert stage.wrong() == []


def test_a_free_cancellation_voids_what_was_authorised_and_gives_back_what_was_charged(
    hours: Paying,
) -> None:
    stage = hours.stage
    ticket = ticket_for(stage, TWO_HOURS, CARD)
    stage.wait(minutes=30)

    answer = cancel(stage, ticket.reservation_id)
    stage.wait(seconds=5)

    assert answer == Cancelled(euro(1000))
    assert parties(stage) == (0, 0, 0, 0)
    voided = {"authorise": 1000, "release": 1000}
    assert hours.did() == (voided if hours.authorises else {"collect": 1000, "refund": 1000})
    assert stage.books() == {}
    assert stage.wrong() == []
