"""Offers are made by owners and proved by attendants; what is refused is said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.ids import OfferId
from kiosk.domain.life_outcomes import OfferMade, OfferMoved, OfferRefused
from kiosk.domain.offer import OfferEvent, OfferState, OfferTerms, OfferTimes, SharedWindow
from kiosk.domain.outcomes import NotSignedIn
from kiosk.services.life_commands import MoveOffer, SetOfferTimes
from tests.fakes.stage import Stage
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
    by_kim,
    by_owner,
    draft,
    idle,
    in_force,
    is_as_if_made_anew,
    offered,
)

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
            OfferTerms(longest=timedelta(minutes=29)),
            "the longest stay is 29 minutes: the shortest at this site is 30 minutes",
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
        (f"offer {offer_id} is draft and cannot be paused: it can be handed in or withdrawn",)
    )
    assert resumed == OfferRefused(
        (f"offer {offer_id} is withdrawn and cannot be resumed: it stays so",)
    )


def test_an_offer_that_never_was_is_refused_in_words(stage: Stage) -> None:
    none, refused = OfferId(999), OfferRefused(("there is no offer 999",))
    change = SetOfferTimes(actor=OWNER, owner_id=NIGHTS, offer_id=none, times=MIDDAY)

    assert by_owner(stage, none, OfferEvent.PAUSED) == refused
    assert stage.site.do(change) == refused
