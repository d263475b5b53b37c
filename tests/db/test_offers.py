"""Offers as they are stored: what goes in comes back, and the terms of the one in force count."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import IntegrityError

from db.offer_text import offer_text, read_offer_text
from kiosk.domain.ids import OfferId, SpaceId
from kiosk.domain.offer import (
    USUAL_TERMS,
    LocalSpan,
    Offer,
    OfferState,
    OfferTerms,
    OfferTimes,
    SharedWindow,
    weekly,
)
from kiosk.domain.settlement import SplitTerms
from tests.db.conftest import AHEAD, ALWAYS, BUFFER, NOON, TARIFF, TERMS, Site, build, hours
from tests.fakes.tariffs import simple_tariff

HOUR = timedelta(hours=1)
EMPTY = OfferTimes(())


def local(text: str) -> datetime:
    """A time on the wall."""
    return datetime.fromisoformat(text)


FULL = OfferTimes(
    windows=(
        SharedWindow(
            LocalSpan(local("2026-06-01T22:30"), local("2026-06-02T06:15")),
            "FREQ=WEEKLY;BYDAY=MO,SU",
            frozenset({date(2026, 6, 8)}),
        ),
        SharedWindow(LocalSpan(local("2026-07-01T00:00"), local("2026-08-01T00:00"))),
    ),
    except_days=frozenset({date(2026, 12, 24), date(2026, 6, 15)}),
    blackouts=(LocalSpan(local("2026-07-10T08:00"), local("2026-07-11T08:00")),),
    needed=(
        SharedWindow(
            LocalSpan(local("2026-06-03T09:00"), local("2026-06-03T10:00")), "FREQ=DAILY"
        ),
    ),
    skips_holidays=True,
)


def test_an_offer_comes_back_as_it_was_made(site: Site) -> None:
    with site.store.transaction() as tx:
        space_id = site.add_space(tx, "2")
        terms = OfferTerms(
            notice=HOUR,
            shortest=2 * HOUR,
            longest=9 * HOUR,
            tariff_id=1,
            split_terms_id=1,
        )
        offer_id = tx.library.add_offer(space_id, FULL, terms=terms, state=OfferState.DRAFT)
        offer = tx.library.offer(offer_id)

    assert offer == Offer(offer_id, space_id, OfferState.DRAFT, FULL, terms)


def test_the_usual_terms_are_those_of_the_site(site: Site) -> None:
    with site.store.reading() as tx:
        offer = tx.library.offer_in_force(site.space_id)

    assert offer is not None
    assert (offer.times, offer.terms, offer.state) == (ALWAYS, USUAL_TERMS, OfferState.APPROVED)


def test_an_unknown_offer_is_none(site: Site) -> None:
    with site.store.reading() as tx:
        assert tx.library.offer(OfferId(99)) is None
        assert tx.library.offer_in_force(SpaceId(99)) is None


def test_a_space_has_one_offer_in_force_and_any_number_of_others(site: Site) -> None:
    with site.store.transaction() as tx:
        drafts = [
            tx.library.add_offer(site.space_id, FULL, state=state)
            for state in (OfferState.DRAFT, OfferState.AWAITING_PROOF, OfferState.WITHDRAWN)
        ]
        ids = [offer.id for offer in tx.library.offers(site.space_id)]
        in_force = tx.library.offer_in_force(site.space_id)

    assert in_force is not None
    assert ids == [in_force.id, *drafts]


@pytest.mark.parametrize("state", [OfferState.APPROVED, OfferState.PAUSED])
def test_a_second_offer_in_force_is_refused_by_the_schema(site: Site, state: OfferState) -> None:
    with pytest.raises(IntegrityError), site.store.transaction() as tx:
        tx.library.add_offer(site.space_id, FULL, state=state)


def test_a_paused_offer_keeps_its_place_and_shares_nothing(site: Site) -> None:
    with site.store.transaction() as tx:
        (offer,) = tx.library.offers(site.space_id)
        tx.library.set_offer_state(offer.id, OfferState.PAUSED)
        build(tx, site.space_id)
        in_force = tx.library.offer_in_force(site.space_id)
        idle = tx.library.idle_spaces(site.area_id, hours(0, 1), now=NOON, ahead=AHEAD)

    assert in_force is not None
    assert in_force.state is OfferState.PAUSED
    assert idle == ()


def test_a_withdrawn_offer_makes_room_for_another(site: Site) -> None:
    with site.store.transaction() as tx:
        (offer,) = tx.library.offers(site.space_id)
        tx.library.set_offer_state(offer.id, OfferState.WITHDRAWN)
        new = tx.library.add_offer(site.space_id, FULL)
        in_force = tx.library.offer_in_force(site.space_id)

    assert in_force is not None
    assert (in_force.id, in_force.times) == (new, FULL)


def test_new_times_of_an_offer_count_after_its_gaps_are_renewed(site: Site) -> None:
    mornings = weekly(
        range(7), from_local=time(8), until_local=time(12), first_day=date(2026, 1, 1)
    )
    with site.store.transaction() as tx:
        (offer,) = tx.library.offers(site.space_id)
        tx.library.set_offer_times(offer.id, OfferTimes((mornings,)))
        build(tx, site.space_id)
        gaps = tx.library.gaps(site.space_id, hours(0, 24))

    assert gaps == (hours(18, 22),)


@pytest.mark.parametrize(
    ("terms", "ahead", "lasts", "is_idle"),
    [
        (OfferTerms(notice=HOUR), 1.0, 2.0, True),
        (OfferTerms(notice=HOUR), 0.999, 2.0, False),
        (OfferTerms(notice=timedelta(seconds=1)), 0.0, 2.0, False),
        (OfferTerms(shortest=2 * HOUR), 0.0, 2.0, True),
        (OfferTerms(shortest=2 * HOUR), 0.0, 1.999, False),
        (OfferTerms(longest=2 * HOUR), 0.0, 2.0, True),
        (OfferTerms(longest=2 * HOUR), 0.0, 2.001, False),
    ],
)
def test_the_terms_of_an_offer_are_kept_to_the_second_by_every_question(
    site: Site, terms: OfferTerms, ahead: float, lasts: float, is_idle: bool
) -> None:
    window = hours(ahead, ahead + lasts)
    with site.store.transaction() as tx:
        space_id = site.add_space(tx, "2")
        tx.library.add_offer(space_id, ALWAYS, terms=terms)
        build(tx, space_id)
        idle = {
            each.space.id
            for each in tx.library.idle_spaces(site.area_id, window, now=NOON, ahead=AHEAD)
        }
        around = tx.library.gap_around(space_id, window, now=NOON, ahead=AHEAD)
        taken = tx.library.take_gap(space_id, window, now=NOON, ahead=AHEAD, buffer=BUFFER)

    assert taken == around
    assert (space_id in idle, around is not None) == (is_idle, is_idle)


def test_a_reservation_has_the_tariff_and_the_split_of_its_offer(site: Site) -> None:
    own = simple_tariff("own", block_minutes=60, price_minor=300, cap_minor=3_000)
    split = SplitTerms(2_000, 1_900, 500)
    with site.store.transaction() as tx:
        space_id = site.add_space(tx, "2")
        terms = OfferTerms(
            tariff_id=tx.library.add_tariff(own),
            split_terms_id=tx.library.add_split_terms(split),
        )
        tx.library.add_offer(space_id, ALWAYS, terms=terms)
        found = tx.library.terms_for(space_id)
        reservation = tx.reservations.get(site.reserve(tx, hours(0, 1), space_id=space_id))
        usual = tx.reservations.get(site.reserve(tx, hours(0, 1), plate="B BB 2"))

    assert (found.tariff, found.tariff_id) == (own, terms.tariff_id)
    assert reservation is not None
    assert (reservation.tariff, reservation.split_terms) == (own, split)
    assert usual is not None
    assert (usual.tariff, usual.split_terms) == (TARIFF, TERMS)


@pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.AWAITING_PROOF])
def test_the_terms_of_an_offer_that_is_not_approved_do_not_count(
    site: Site, state: OfferState
) -> None:
    with site.store.transaction() as tx:
        own = tx.library.add_tariff(
            simple_tariff("own", block_minutes=60, price_minor=300, cap_minor=3_000)
        )
        space_id = site.add_space(tx, "2")
        tx.library.add_offer(space_id, FULL, terms=OfferTerms(tariff_id=own), state=state)

        assert tx.library.terms_for(space_id).tariff == TARIFF


def test_the_same_times_are_the_same_text_and_what_is_empty_is_left_out() -> None:
    turned = OfferTimes(FULL.windows, frozenset(sorted(FULL.except_days)), FULL.blackouts)

    assert offer_text(EMPTY) == '{"windows":[]}'
    assert offer_text(turned) == offer_text(
        OfferTimes(FULL.windows, frozenset(sorted(FULL.except_days)[::-1]), FULL.blackouts)
    )
    assert "needed" not in offer_text(turned)


MOMENTS = st.datetimes(local("1970-01-01T00:00"), local("2999-12-31T00:00")).map(
    lambda at: at.replace(second=0, microsecond=0)
)
SPANS = st.builds(LocalSpan, MOMENTS, MOMENTS)
DAYS = st.frozensets(st.dates(), max_size=3)
WINDOWS = st.lists(
    st.builds(SharedWindow, SPANS, st.sampled_from([None, "FREQ=DAILY;COUNT=3"]), DAYS), max_size=3
).map(tuple)


@given(
    st.builds(
        OfferTimes, WINDOWS, DAYS, st.lists(SPANS, max_size=2).map(tuple), WINDOWS, st.booleans()
    )
)
def test_times_read_back_as_they_were_written(times: OfferTimes) -> None:
    assert read_offer_text(offer_text(times)) == times


def test_holidays_are_kept_and_change_only_when_they_do(site: Site) -> None:
    days = frozenset({date(2026, 12, 25), date(2026, 6, 2)})
    with site.store.transaction() as tx:
        changes = [tx.library.set_holidays(days), tx.library.set_holidays(days)]

    with site.store.transaction() as tx:
        kept = tx.library.holidays()
        changes.append(tx.library.set_holidays(frozenset()))

        assert (kept, tx.library.holidays()) == (days, frozenset())
    assert changes == [True, False, True]


def set_holidays_and_fail(site: Site) -> None:
    with site.store.transaction() as tx:
        tx.library.set_holidays(frozenset({date(2026, 6, 2)}))
        assert tx.library.holidays()
        raise RuntimeError


def test_holidays_from_an_undone_transaction_are_forgotten(site: Site) -> None:
    with pytest.raises(RuntimeError):
        set_holidays_and_fail(site)

    with site.store.reading() as tx:
        assert tx.library.holidays() == frozenset()


def test_on_a_holiday_only_offers_that_skip_it_share_nothing(site: Site) -> None:
    with site.store.transaction() as tx:
        skipping = site.add_space(tx, "2")
        tx.library.add_offer(skipping, OfferTimes(ALWAYS.windows, skips_holidays=True))
        tx.library.set_holidays(frozenset({date(2026, 6, 1)}))
        build(tx, skipping)
        build(tx, site.space_id)
        idle = tx.library.idle_spaces(site.area_id, hours(0, 1), now=NOON, ahead=AHEAD)

    assert [each.space.id for each in idle] == [site.space_id]
