"""Offers that change: idle time follows at once, and no paid reservation is taken away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.ids import AttendantId, OfferId
from kiosk.domain.life_outcomes import OfferMoved, OfferRefused
from kiosk.domain.offer import OfferEvent, OfferTerms, OfferTimes
from kiosk.domain.outcomes import ExitCovered, Granted, NotSignedIn
from kiosk.domain.search_outcomes import WindowRefused
from kiosk.domain.settlement import SplitTerms
from kiosk.services.commands import Reserve
from kiosk.services.library import renew_space
from kiosk.services.life_commands import SetOfferTerms, SetOfferTimes
from kiosk.services.offers import sync_holidays
from tests.fakes.stage import (
    CARD,
    DRIVER,
    ENTRY,
    EXIT,
    KIM,
    NOON,
    Stage,
    Wallet,
    euro,
    small_site,
)
from tests.fakes.tariffs import simple_tariff
from tests.services.offering import (
    ALWAYS,
    DAY,
    FIRST,
    HOUR,
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

OWN = simple_tariff("own", block_minutes=30, price_minor=300, cap_minor=9000)

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


# Other terms, and paid reservations ----------------------------------------------------------


def with_terms(
    stage: Stage, terms: OfferTerms, **own: Any
) -> OfferMoved | OfferRefused | NotSignedIn:
    """The offer of the first space has other terms, by the attendant."""
    kim: Any = {"actor": KIM, "attendant_id": stage.attendant_id, **own}
    return stage.site.do(SetOfferTerms(offer_id=in_force(stage, FIRST), terms=terms, **kim))


def test_other_terms_of_an_offer_in_force_hold_at_once(stage: Stage) -> None:
    offer_id = in_force(stage, FIRST)

    changed = with_terms(stage, OfferTerms(longest=HOUR))

    assert changed == OfferMoved(offer_id, "approved")
    two_hours = Reserve(actor=DRIVER, space_id=FIRST, duration_minutes=120, plate="B AB 1")
    assert stage.site.do(two_hours) == WindowRefused(shortest_minutes=30, longest_minutes=60)
    assert stage.reserve(minutes=60, space_id=1).quote.total == euro(240)
    assert acts(stage) == [("offer.terms_set", "A01: 1: longest stay the site's -> 60 min")]
    assert is_as_if_made_anew(stage)


def test_a_paid_reservation_keeps_its_price_its_split_and_its_window_under_other_terms(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof, minutes=120, space_id=1)

    with_terms(stage, OfferTerms(longest=HOUR), tariff=OWN, split_terms=SplitTerms(0, 0, 0))
    gone = stage.drive(EXIT, ticket.text, at=ticket.window.until)
    stage.wait(minutes=30)
    later = stage.inside(ada.proof, minutes=60, space_id=1, plate="B AB 2")
    also_gone = stage.drive(EXIT, later.text, at=later.window.until)

    assert isinstance(gone, ExitCovered)
    assert isinstance(also_gone, ExitCovered)
    assert gone.bill.charge.total == euro(480)
    assert gone.bill.shares.owner < euro(480)
    assert (also_gone.bill.charge.total, also_gone.bill.shares.owner) == (euro(600), euro(600))


@pytest.mark.parametrize(
    ("terms", "own", "said"),
    [
        (OfferTerms(shortest=2 * HOUR, longest=HOUR), {}, "the shortest stay, 120 minutes, is"),
        (
            OfferTerms(),
            {"tariff": replace(OWN, valid_until=date(2026, 6, 1))},
            "valid_until: 2026-06-01 has passed",
        ),
        (
            OfferTerms(),
            {"tariff": replace(OWN, valid_from=date(2026, 6, 2))},
            "own 1 begins on 2026-06-02: not sold yet",
        ),
        (
            OfferTerms(),
            {"tariff": replace(OWN, code="standard")},
            "version: 1 of standard was published with other prices; raise the version to 2",
        ),
    ],
)
def test_terms_that_cannot_be_kept_are_refused_and_nothing_is_written(
    stage: Stage, terms: OfferTerms, own: dict[str, Any], said: str
) -> None:
    refused = with_terms(stage, terms, **own)

    assert isinstance(refused, OfferRefused)
    assert [problem.startswith(said) for problem in refused.problems] == [True], refused
    assert acts(stage) == []
    assert stage.sql("SELECT count(*) FROM tariff")[0][0] == 1


def test_terms_are_changed_by_the_owner_of_the_space_while_the_offer_stands(stage: Stage) -> None:
    offer_id = in_force(stage, FIRST)
    change = SetOfferTerms(actor=OWNER, owner_id=NIGHTS, offer_id=offer_id, terms=OfferTerms())

    not_theirs = stage.site.do(change)
    by_owner(stage, offer_id, OfferEvent.WITHDRAWN, owner_id=ALWAYS)
    withdrawn = stage.site.do(replace(change, owner_id=ALWAYS))
    unknown = stage.site.do(replace(change, offer_id=OfferId(99)))

    assert not_theirs == OfferRefused(("A01 belongs to another owner",))
    assert withdrawn == OfferRefused(("offer 1 is withdrawn: make a new one",))
    assert unknown == OfferRefused(("there is no offer 99",))


@pytest.mark.parametrize(
    ("terms", "own"),
    [
        (OfferTerms(), {"tariff": OWN}),
        (OfferTerms(), {"split_terms": SplitTerms(0, 0, 0)}),
        (OfferTerms(tariff_id=1), {}),
        (OfferTerms(split_terms_id=1), {}),
        (OfferTerms(), {"attendant_id": AttendantId(99)}),
    ],
)
def test_price_and_split_of_an_offer_in_force_are_not_changed_without_an_attendant(
    stage: Stage, terms: OfferTerms, own: dict[str, Any]
) -> None:
    offer_id = in_force(stage, FIRST)
    change = SetOfferTerms(actor=OWNER, owner_id=ALWAYS, offer_id=offer_id, terms=terms, **own)

    assert stage.site.do(change) == NotSignedIn()
    assert acts(stage) == []


def test_the_owner_alone_changes_the_rest_of_an_offer_in_force(stage: Stage) -> None:
    offer_id = in_force(stage, FIRST)
    change = SetOfferTerms(
        actor=OWNER, owner_id=ALWAYS, offer_id=offer_id, terms=OfferTerms(longest=HOUR)
    )

    nobody = stage.site.do(replace(change, owner_id=None))
    owner = stage.site.do(change)

    assert (nobody, owner) == (NotSignedIn(), OfferMoved(offer_id, "approved"))
