"""A space whose owner asks a price of his own: in search, reservation and settlement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.offer import OfferState, OfferTerms
from kiosk.domain.outcomes import ExitCovered, TicketIssued
from kiosk.domain.search import Reason
from kiosk.domain.search_outcomes import LibrarySearched, SpacesFound
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import Window
from kiosk.services.commands import FindSpaces
from kiosk.services.library import renew_space
from kiosk.services.life_commands import SearchLibrary
from tests.fakes.own_price import DORA, doras_stage
from tests.fakes.stage import DRIVER, EXIT, Stage, Wallet, euro
from tests.fakes.tariffs import simple_tariff

HOUR = timedelta(hours=1)
SPACE = SpaceId(3)
DEAR = simple_tariff("own", block_minutes=30, price_minor=300, cap_minor=9000)


def give_terms(stage: Stage, tariff: Tariff) -> None:
    """The owner of space 3 asks a price of his own, of which he gets everything."""
    with stage.site.core.store.transaction() as tx:
        offer = tx.library.offer_in_force(SPACE)
        assert offer is not None
        terms = OfferTerms(
            tariff_id=tx.library.add_tariff(tariff),
            split_terms_id=tx.library.add_split_terms(SplitTerms(0, 0, 0)),
        )
        tx.library.set_offer_state(offer.id, OfferState.WITHDRAWN)
        tx.library.add_offer(SPACE, offer.times, terms=terms)
        renew_space(stage.site.core, tx, SPACE)


def search(stage: Stage, hours: int) -> LibrarySearched:
    window = Window(stage.now, stage.now + hours * HOUR)
    found = stage.site.do(SearchLibrary(actor=DRIVER, area_ids=(AreaId(1),), window=window))
    assert isinstance(found, LibrarySearched)
    return found


def test_the_own_price_is_shown_promised_and_paid_out(stage: Stage, ada: Wallet) -> None:
    give_terms(stage, DEAR)

    prices = {each.space.id: each.quote.total for each in search(stage, 2).found}
    plan = stage.site.do(FindSpaces(actor=DRIVER, area_id=AreaId(1), duration_minutes=120))
    ticket = stage.inside(ada.proof, minutes=120, space_id=3)
    gone = stage.drive(EXIT, ticket.text, at=ticket.window.until)

    assert (prices[SPACE], prices[SpaceId(1)]) == (euro(1200), euro(480))
    assert isinstance(plan, SpacesFound)
    quotes = {each.space.id: each.quote.total for each in plan.spaces if each.quote is not None}
    assert quotes == prices
    assert isinstance(ticket, TicketIssued)
    assert ticket.deposit == euro(1200)
    assert isinstance(gone, ExitCovered)
    assert (gone.bill.shares.owner, gone.bill.charge.total) == (euro(1200), euro(1200))


def test_a_space_whose_own_tariff_has_no_price_is_not_found_and_says_so(stage: Stage) -> None:
    give_terms(stage, replace(DEAR, maximum_stay_minutes=60))

    found = search(stage, 2)
    plan = stage.site.do(FindSpaces(actor=DRIVER, area_id=AreaId(1), duration_minutes=120))

    reasons = {each.space.id: each.reason for each in found.not_offered}
    assert reasons[SPACE] is Reason.NO_PRICE
    assert isinstance(plan, SpacesFound)
    idle = {each.space.id for each in plan.spaces if each.is_idle}
    assert idle == {each.space.id for each in found.found}


# As the site file says it --------------------------------------------------------------------


@pytest.fixture
def doras(tmp_path: Path) -> Iterator[Stage]:
    """A site whose file names a price and a split of Dora's own."""
    stage = doras_stage(tmp_path)
    yield stage
    stage.close()


def test_what_the_site_file_says_of_an_owners_price_is_shown_promised_and_paid_out(
    doras: Stage,
) -> None:
    ada = doras.wallet()
    prices = {each.space.id: each.quote.total for each in search(doras, 2).found}

    ticket = doras.inside(ada.proof, minutes=120, space_id=DORA)
    gone = doras.drive(EXIT, ticket.text, at=ticket.window.until)

    assert (prices[DORA], prices[SpaceId(1)]) == (euro(1200), euro(480))
    assert ticket.deposit == euro(1200)
    assert isinstance(gone, ExitCovered)
    assert (gone.bill.shares.owner, gone.bill.charge.total) == (euro(1200), euro(1200))
    assert doras.reservation(ticket.reservation_id).tariff.code == "dora"


def test_beside_an_own_split_the_others_keep_that_of_the_area(doras: Stage) -> None:
    ada = doras.wallet()

    ticket = doras.inside(ada.proof, minutes=120, space_id=1)
    gone = doras.drive(EXIT, ticket.text, at=ticket.window.until)

    assert isinstance(gone, ExitCovered)
    assert gone.bill.charge.total == euro(480)
    assert gone.bill.shares.owner < euro(480)
