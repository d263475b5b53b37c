"""Offers are made by owners, proved by attendants, and never take a paid reservation away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from kiosk.domain.ids import OfferId, OwnerId, SpaceId
from kiosk.domain.life_outcomes import OfferMade, OfferMoved, OfferRefused
from kiosk.domain.offer import (
    USUAL_TERMS,
    OfferEvent,
    OfferState,
    OfferTerms,
    OfferTimes,
    SharedWindow,
    weekly,
)
from kiosk.domain.outcomes import Granted, NotSignedIn
from kiosk.domain.time import Window
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.library import renew_space
from kiosk.services.life_commands import MoveOffer, OfferSpace, SetOfferTimes
from kiosk.services.offers import sync_holidays
from tests.fakes.stage import CARD, ENTRY, KIM, NOON, Stage, Wallet, small_site

OWNER = Actor(ActorKind.OWNER, "Nights")
ALWAYS, NIGHTS = OwnerId(1), OwnerId(2)
FIRST, SECOND = SpaceId(1), SpaceId(2)
"""The first is the space of Always, the second that of Nights (tests/data/small.toml)."""
EVERY_DAY = range(7)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDDAY = OfferTimes(
    (weekly(EVERY_DAY, from_local=time(11), until_local=time(17), first_day=date(2026, 6, 1)),)
)
"""At NOON, 14:00 at the site, these have begun and last for three hours more."""


def offered(
    stage: Stage,
    *,
    times: OfferTimes = MIDDAY,
    terms: OfferTerms = USUAL_TERMS,
    owner_id: OwnerId = NIGHTS,
    space_id: SpaceId = SECOND,
) -> OfferMade | OfferRefused:
    """An owner writes an offer down."""
    return stage.site.do(
        OfferSpace(actor=OWNER, owner_id=owner_id, space_id=space_id, times=times, terms=terms)
    )


def draft(stage: Stage) -> OfferId:
    """A draft of the second space."""
    made = offered(stage)
    assert isinstance(made, OfferMade), made
    return made.offer_id


def by_owner(
    stage: Stage, offer_id: OfferId, event: OfferEvent, *, owner_id: OwnerId = NIGHTS
) -> OfferMoved | OfferRefused | NotSignedIn:
    """The owner lets an event happen."""
    return stage.site.do(MoveOffer(actor=OWNER, offer_id=offer_id, event=event, owner_id=owner_id))


def by_kim(
    stage: Stage, offer_id: OfferId, event: OfferEvent
) -> OfferMoved | OfferRefused | NotSignedIn:
    """The attendant lets an event happen."""
    return stage.site.do(
        MoveOffer(actor=KIM, offer_id=offer_id, event=event, attendant_id=stage.attendant_id)
    )


def in_force(stage: Stage, space_id: SpaceId) -> OfferId:
    """The offer of a space that is in force."""
    with stage.site.core.store.reading() as tx:
        offer = tx.library.offer_in_force(space_id)
    assert offer is not None
    return offer.id


def acts(stage: Stage) -> list[tuple[str, str]]:
    """What was written down about offers, oldest first."""
    with stage.site.core.store.reading() as tx:
        latest = tx.audit.latest(50)
    return [
        (each.action, each.detail)
        for each in reversed(latest)
        if each.action.startswith(("offer.", "holidays."))
    ]


def idle(stage: Stage, space_id: SpaceId, hours: int = 24) -> list[str]:
    """The idle time of a space from now on, on the clock of the site."""
    zone = stage.site.core.site.zone
    span = Window(stage.now, stage.now + hours * HOUR)
    with stage.site.core.store.reading() as tx:
        gaps = tx.library.gaps(space_id, span)
    cut = [gap.inside(span) for gap in gaps]
    return [
        f"{gap.from_.astimezone(zone):%d %H:%M} to {gap.until.astimezone(zone):%d %H:%M}"
        for gap in cut
        if gap is not None
    ]


def is_as_if_made_anew(stage: Stage) -> bool:
    """Whether the idle time that was kept is what all offers and commitments give."""
    kept = stage.gaps()
    core = stage.site.core
    with core.store.transaction() as tx:
        for space in tx.library.spaces():
            renew_space(core, tx, space.id)
    return stage.gaps() == kept


# From a draft to a shared space --------------------------------------------------------------


def test_an_offer_shares_nothing_before_its_proof_and_then_at_once(stage: Stage) -> None:
    by_owner(stage, in_force(stage, SECOND), OfferEvent.WITHDRAWN)

    offer_id = draft(stage)
    handed_in = by_owner(stage, offer_id, OfferEvent.HANDED_IN)
    before = idle(stage, SECOND)
    accepted = by_kim(stage, offer_id, OfferEvent.PROOF_ACCEPTED)

    assert (handed_in, before) == (OfferMoved(offer_id, "awaiting-proof"), [])
    assert accepted == OfferMoved(offer_id, "approved")
    assert idle(stage, SECOND) == ["01 14:00 to 01 17:00", "02 11:00 to 02 14:00"]
    assert acts(stage) == [
        ("offer.withdrawn", "A02: 2"),
        ("offer.made", f"A02: {offer_id}"),
        ("offer.handed_in", f"A02: {offer_id}"),
        ("offer.proof_accepted", f"A02: {offer_id}"),
    ]
    assert is_as_if_made_anew(stage)


def test_a_refused_proof_makes_a_draft_of_it_again(stage: Stage) -> None:
    offer_id = draft(stage)
    by_owner(stage, offer_id, OfferEvent.HANDED_IN)

    refused = by_kim(stage, offer_id, OfferEvent.PROOF_REFUSED)

    assert refused == OfferMoved(offer_id, "draft")
    assert acts(stage)[-1] == ("offer.proof_refused", f"A02: {offer_id}")


@pytest.mark.parametrize("event", [OfferEvent.PROOF_ACCEPTED, OfferEvent.PROOF_REFUSED])
def test_no_owner_judges_a_proof(stage: Stage, event: OfferEvent) -> None:
    offer_id = draft(stage)
    by_owner(stage, offer_id, OfferEvent.HANDED_IN)

    assert by_owner(stage, offer_id, event) == NotSignedIn()


def test_an_attendant_who_has_locked_the_desk_moves_nothing(stage: Stage) -> None:
    offer_id = draft(stage)
    stage.site.core.signed_in.clear()

    assert by_kim(stage, offer_id, OfferEvent.HANDED_IN) == NotSignedIn()


def test_nobody_in_particular_moves_nothing(stage: Stage) -> None:
    command = MoveOffer(actor=OWNER, offer_id=draft(stage), event=OfferEvent.HANDED_IN)

    assert stage.site.do(command) == NotSignedIn()


def test_an_attendant_does_for_an_owner_what_the_owner_may_do(stage: Stage) -> None:
    offer_id = in_force(stage, FIRST)

    paused = by_kim(stage, offer_id, OfferEvent.PAUSED)

    assert (paused, idle(stage, FIRST)) == (OfferMoved(offer_id, "paused"), [])


# What is refused, in words -------------------------------------------------------------------


def test_a_space_is_offered_by_its_owner_alone(stage: Stage) -> None:
    assert offered(stage, owner_id=ALWAYS) == OfferRefused(("A02 belongs to another owner",))
    assert acts(stage) == []


def test_an_offer_is_moved_and_changed_by_the_owner_of_its_space_alone(stage: Stage) -> None:
    offer_id, refused = draft(stage), OfferRefused(("A02 belongs to another owner",))

    moved = by_owner(stage, offer_id, OfferEvent.WITHDRAWN, owner_id=ALWAYS)
    changed = stage.site.do(
        SetOfferTimes(actor=OWNER, owner_id=ALWAYS, offer_id=offer_id, times=MIDDAY)
    )

    assert (moved, changed) == (refused, refused)


def test_everything_that_is_wrong_with_an_offer_is_said_at_once(stage: Stage) -> None:
    window = MIDDAY.windows[0]
    wrong = OfferTimes((replace(window, repeats="FREQ=HOURLY"), replace(window, repeats="MO")))
    terms = OfferTerms(shortest=3 * HOUR, longest=2 * HOUR, notice=61 * DAY)

    refused = offered(stage, times=wrong, terms=terms, owner_id=ALWAYS)

    assert refused == OfferRefused(
        (
            "A02 belongs to another owner",
            "window 1: repeats by HOURLY: should be daily, weekly, monthly or yearly",
            'window 2: "MO" should be a rule like FREQ=WEEKLY;BYDAY=MO,TU',
            "the shortest stay, 180 minutes, is longer than the longest, 120 minutes",
            (
                "the notice is 87840 minutes: reservations end 60 days ahead at the latest, "
                "so nobody could make one"
            ),
        )
    )


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (
            OfferTerms(longest=25 * HOUR),
            "the longest stay is 1500 minutes: the site allows 1440 minutes",
        ),
        (
            OfferTerms(shortest=25 * HOUR),
            "the shortest stay, 1500 minutes, is longer than the longest, 1440 minutes",
        ),
        (
            OfferTerms(notice=-HOUR),
            "the shortest and the longest stay are a minute at least, the notice 0",
        ),
        (
            OfferTerms(shortest=timedelta()),
            "the shortest and the longest stay are a minute at least, the notice 0",
        ),
        (
            OfferTerms(notice=timedelta(seconds=90)),
            "the notice, the shortest and the longest stay should be whole minutes",
        ),
    ],
)
def test_terms_that_nobody_can_keep_are_refused(stage: Stage, terms: OfferTerms, why: str) -> None:
    assert offered(stage, terms=terms) == OfferRefused((why,))


def test_terms_at_their_very_edges_are_taken(stage: Stage) -> None:
    terms = OfferTerms(notice=59 * DAY, shortest=24 * HOUR, longest=24 * HOUR)

    made = offered(stage, terms=terms)

    assert isinstance(made, OfferMade)
    with stage.site.core.store.reading() as tx:
        offer = tx.library.offer(made.offer_id)
    assert offer is not None
    assert (offer.state, offer.times, offer.terms) == (OfferState.DRAFT, MIDDAY, terms)


def test_an_offer_of_endless_windows_is_refused_before_they_are_looked_at(stage: Stage) -> None:
    window = MIDDAY.windows[0]

    dated = offered(stage, times=OfferTimes((SharedWindow(window.span),) * 1001))
    repeating = offered(stage, times=OfferTimes((window,) * 30, needed=(window,) * 31))

    assert dated == OfferRefused(
        ("has 1001 windows, needs and blackouts; an offer has 1000 at most",)
    )
    assert repeating == OfferRefused(("61 windows and needs repeat; in an offer 60 may at most",))


def test_a_second_offer_in_force_of_one_space_is_refused(stage: Stage) -> None:
    offer_id = draft(stage)
    by_owner(stage, offer_id, OfferEvent.HANDED_IN)
    by_owner(stage, in_force(stage, SECOND), OfferEvent.PAUSED)

    refused = by_kim(stage, offer_id, OfferEvent.PROOF_ACCEPTED)

    assert refused == OfferRefused(("A02 has offer 2 in force already: withdraw that one first",))
    assert in_force(stage, SECOND) == 2


def test_what_the_table_does_not_allow_is_refused_with_what_it_does(stage: Stage) -> None:
    offer_id = draft(stage)

    paused = by_owner(stage, offer_id, OfferEvent.PAUSED)
    by_owner(stage, offer_id, OfferEvent.WITHDRAWN)
    resumed = by_owner(stage, offer_id, OfferEvent.RESUMED)

    assert paused == OfferRefused(
        (f"offer {offer_id} is draft and cannot be paused: it can be handed-in or withdrawn",)
    )
    assert resumed == OfferRefused(
        (f"offer {offer_id} is withdrawn and cannot be resumed: it stays so",)
    )


def test_an_offer_that_never_was_is_refused_in_words(stage: Stage) -> None:
    none, refused = OfferId(999), OfferRefused(("there is no offer 999",))
    change = SetOfferTimes(actor=OWNER, owner_id=NIGHTS, offer_id=none, times=MIDDAY)

    assert by_owner(stage, none, OfferEvent.PAUSED) == refused
    assert stage.site.do(change) == refused


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
