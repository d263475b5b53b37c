"""Offers that change: idle time follows at once, and no paid reservation is taken away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kiosk.domain.life_outcomes import OfferMoved, OfferRefused
from kiosk.domain.offer import OfferEvent, OfferTimes
from kiosk.domain.outcomes import Granted
from kiosk.services.library import renew_space
from kiosk.services.life_commands import SetOfferTimes
from kiosk.services.offers import sync_holidays
from tests.fakes.stage import CARD, ENTRY, NOON, Stage, Wallet, small_site
from tests.services.offering import (
    ALWAYS,
    DAY,
    FIRST,
    MIDDAY,
    NIGHTS,
    OWNER,
    SECOND,
    acts,
    by_owner,
    draft,
    idle,
    in_force,
    is_as_if_made_anew,
)

# Other times, and paid reservations ----------------------------------------------------------


def test_other_times_of_an_offer_in_force_are_idle_at_once(stage: Stage) -> None:
    offer_id = in_force(stage, SECOND)

    changed = stage.site.do(
        SetOfferTimes(actor=OWNER, owner_id=NIGHTS, offer_id=offer_id, times=MIDDAY)
    )

    assert changed == OfferMoved(offer_id, "approved")
    assert idle(stage, SECOND) == ["01 14:00 to 01 17:00", "02 11:00 to 02 14:00"]
    assert acts(stage) == [("offer.times_set", "A02: 2")]
    assert is_as_if_made_anew(stage)


def test_other_times_of_a_draft_share_nothing(stage: Stage) -> None:
    offer_id, before = draft(stage), idle(stage, SECOND)

    changed = stage.site.do(
        SetOfferTimes(actor=OWNER, owner_id=NIGHTS, offer_id=offer_id, times=MIDDAY)
    )

    assert changed == OfferMoved(offer_id, "draft")
    assert idle(stage, SECOND) == before


def test_wrong_times_and_those_of_a_withdrawn_offer_are_refused(stage: Stage) -> None:
    offer_id = draft(stage)
    by_owner(stage, offer_id, OfferEvent.WITHDRAWN)

    refused = stage.site.do(
        SetOfferTimes(actor=OWNER, owner_id=NIGHTS, offer_id=offer_id, times=OfferTimes(()))
    )

    assert refused == OfferRefused(
        (
            f"offer {offer_id} is withdrawn: make a new one",
            "an offer should have at least one window",
        )
    )


@pytest.mark.parametrize("event", [OfferEvent.PAUSED, OfferEvent.WITHDRAWN])
def test_a_paid_reservation_keeps_its_space_when_the_offer_goes(
    stage: Stage, ada: Wallet, event: OfferEvent
) -> None:
    ticket = stage.ticket(ada.proof, minutes=120)

    by_owner(stage, in_force(stage, FIRST), event, owner_id=ALWAYS)

    assert idle(stage, FIRST) == []
    assert stage.state(ticket.reservation_id) == "confirmed"
    assert isinstance(stage.drive(ENTRY, ticket.text), Granted)
    assert is_as_if_made_anew(stage)


def test_after_a_pause_the_rest_around_a_paid_reservation_is_idle_again(stage: Stage) -> None:
    stage.ticket(CARD, minutes=120)
    offer_id, before = in_force(stage, FIRST), idle(stage, FIRST)

    by_owner(stage, offer_id, OfferEvent.PAUSED, owner_id=ALWAYS)
    stage.wait(minutes=5)
    by_owner(stage, offer_id, OfferEvent.RESUMED, owner_id=ALWAYS)

    assert before == ["01 16:15 to 02 14:00"]
    assert idle(stage, FIRST) == ["01 16:15 to 02 14:05"]
    assert is_as_if_made_anew(stage)


def test_a_paid_reservation_outside_the_new_times_stands(stage: Stage, ada: Wallet) -> None:
    ticket = stage.ticket(ada.proof, minutes=240)

    stage.site.do(
        SetOfferTimes(actor=OWNER, owner_id=ALWAYS, offer_id=in_force(stage, FIRST), times=MIDDAY)
    )

    assert (idle(stage, FIRST), stage.state(ticket.reservation_id)) == (
        ["02 11:00 to 02 14:00"],
        "confirmed",
    )
    assert is_as_if_made_anew(stage)


# Holidays ------------------------------------------------------------------------------------


@pytest.fixture
def skipping(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site, on which the nights skip holidays; there are none at first."""
    shutil.copy(founded, tmp_path)
    stage = Stage(tmp_path)
    offer_id = in_force(stage, SECOND)
    with stage.site.core.store.transaction() as tx:
        offer = tx.library.offer(offer_id)
        assert offer is not None
        tx.library.set_offer_times(offer_id, replace(offer.times, skips_holidays=True))
        renew_space(stage.site.core, tx, SECOND)
    yield stage
    stage.close()


def with_holidays(stage: Stage, *days: date) -> bool:
    """The site file names these holidays when the site starts."""
    stage.site.core.site = replace(stage.site.core.site, holidays=frozenset(days))
    return sync_holidays(stage.site.core)


def test_holidays_of_the_site_file_are_kept_from_the_next_start_on(skipping: Stage) -> None:
    before = idle(skipping, SECOND, 48)

    is_changed = with_holidays(skipping, date(2026, 6, 2))

    assert before == ["01 17:30 to 02 08:00", "02 17:30 to 03 08:00"]
    assert is_changed
    assert idle(skipping, SECOND, 48) == ["01 17:30 to 02 08:00"]
    assert acts(skipping) == [("holidays.changed", "2026-06-02")]
    assert is_as_if_made_anew(skipping)


def test_a_holiday_that_is_none_any_more_is_shared_again(skipping: Stage) -> None:
    with_holidays(skipping, date(2026, 6, 1), date(2026, 6, 2))
    with_holidays(skipping, date(2026, 6, 1))

    assert idle(skipping, SECOND, 48) == ["02 17:30 to 03 08:00"]
    assert is_as_if_made_anew(skipping)


def test_every_holiday_that_gaps_are_known_for_is_renewed(skipping: Stage) -> None:
    with_holidays(skipping, *(date(2026, 5, 25) + number * DAY for number in range(80)))

    assert idle(skipping, SECOND, 62 * 24) == []


def test_the_same_holidays_change_nothing_and_a_restart_asks_for_them(skipping: Stage) -> None:
    file = small_site()
    table = file.site.model_copy(update={"holidays": (date(2026, 6, 2),)})
    skipping._file = file.model_copy(update={"site": table})
    assert skipping.now > NOON

    skipping.restart()
    again = sync_holidays(skipping.site.core)

    assert not again
    assert idle(skipping, SECOND, 48) == ["01 17:30 to 02 08:00"]
    assert acts(skipping) == [("holidays.changed", "2026-06-02")]
