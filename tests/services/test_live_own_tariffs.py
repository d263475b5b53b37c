"""An owner's tariff file that changes under a running site: new stays get the newer version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.domain.offer import USUAL_TERMS, OfferState
from kiosk.domain.outcomes import ExitCovered
from kiosk.services import limits
from kiosk.services.commands import ShowDesk
from kiosk.services.life_commands import SetOfferTerms
from tests.fakes.own_price import DORA, doras_board, doras_stage
from tests.fakes.planned import sell_by, set_terms
from tests.fakes.stage import EXIT, KIM, Stage, euro
from tests.fakes.tariffs import simple_tariff
from tests.services.offering import in_force

EACH_LOOK = limits.TARIFF_LOOK_EVERY_S + 1
OWN = simple_tariff("own", block_minutes=30, price_minor=300, cap_minor=9000)
OTHER = replace(OWN, code="other")
ExpectLog = Callable[..., None]


@pytest.fixture
def doras(tmp_path: Path) -> Iterator[Stage]:
    """A site whose file names a price of Dora's own, 3.00 for half an hour."""
    stage = doras_stage(tmp_path)
    yield stage
    stage.close()


def change(stage: Stage, *changes: tuple[str, str]) -> None:
    text = doras_board(stage.folder).read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    doras_board(stage.folder).write_text(text, encoding="utf-8")


def dearer(stage: Stage) -> None:
    """A version 2 of Dora's, 3.30 for half an hour."""
    change(stage, ("version = 1", "version = 2"), ("price = 3.00", "price = 3.30"))


def quote(stage: Stage, plate: str, space_id: int = DORA) -> object:
    """What two hours cost; the space is kept only until that is known."""
    reserved = stage.reserve(plate=plate, minutes=120, space_id=space_id)
    stage.wait(minutes=11)
    return reserved.quote.total


def published(stage: Stage) -> list[object]:
    rows = stage.sql("SELECT detail FROM audit WHERE action = 'tariff.published' ORDER BY id")
    return [row[0] for row in rows]


def notices(stage: Stage) -> list[tuple[str, str]]:
    view = stage.site.do(ShowDesk(actor=KIM))
    return [(each.file, each.why) for each in view.refused_tariffs]


def test_a_newer_version_of_an_owners_tariff_is_live_for_new_reservations(doras: Stage) -> None:
    before = quote(doras, "B AB 1")

    dearer(doras)
    doras.wait(seconds=EACH_LOOK)

    assert (before, quote(doras, "B AB 2")) == (euro(1200), euro(1320))
    assert quote(doras, "B AB 3", space_id=1) == euro(480)
    assert published(doras) == ["A03: dora 2"]


def test_a_stay_keeps_the_owners_tariff_that_it_was_quoted_with(doras: Stage) -> None:
    ticket = doras.inside(doras.wallet().proof, minutes=120, space_id=DORA)

    dearer(doras)
    doras.wait(seconds=EACH_LOOK)
    gone = doras.drive(EXIT, ticket.text, at=ticket.window.until)

    assert published(doras) == ["A03: dora 2"]
    assert isinstance(gone, ExitCovered)
    assert gone.bill.charge.total == euro(1200)
    assert doras.reservation(ticket.reservation_id).tariff.version == 1


def test_an_owners_tariff_that_changed_while_the_site_was_down_is_live_at_its_start(
    doras: Stage,
) -> None:
    dearer(doras)

    doras.restart()

    assert quote(doras, "B AB 1") == euro(1320)


def test_an_offer_that_is_sold_by_its_area_is_left_so(doras: Stage) -> None:
    offer_id, kim = in_force(doras, DORA), doras.attendant_id
    doras.site.do(SetOfferTerms(actor=KIM, attendant_id=kim, offer_id=offer_id, terms=USUAL_TERMS))

    doras.restart()
    dearer(doras)
    doras.wait(seconds=EACH_LOOK)

    assert quote(doras, "B AB 1") == euro(480)
    assert published(doras) == []


def test_drafts_get_the_newer_version_and_withdrawn_offers_keep_theirs(doras: Stage) -> None:
    with doras.site.core.store.transaction() as tx:
        offer = tx.library.offer_in_force(DORA)
        assert offer is not None
        states = (OfferState.DRAFT, OfferState.WITHDRAWN)
        for state in states:
            tx.library.add_offer(DORA, offer.times, terms=offer.terms, state=state)

    dearer(doras)
    doras.wait(seconds=EACH_LOOK)

    rows = doras.sql(
        "SELECT o.state || ' ' || t.version FROM offer o JOIN tariff t ON t.id = o.tariff_id "
        "ORDER BY o.id"
    )
    assert [str(row[0]) for row in rows] == ["approved 2", "draft 2", "withdrawn 1"]


def test_a_bad_file_of_an_owner_changes_nothing_and_the_desk_knows_why(
    doras: Stage, expect_log: ExpectLog
) -> None:
    why = "version: 1 of dora was published with other prices; raise the version to 2"
    said = f"tariff.refused file=dora.toml why={doras_board(doras.folder)}: {why}"
    expect_log(said, because="the file keeps its version")
    change(doras, ("price = 3.00", "price = 3.30"))

    doras.wait(seconds=EACH_LOOK)

    assert notices(doras) == [("dora.toml", why)]
    assert quote(doras, "B AB 1") == euro(1200)


def test_a_version_of_an_owner_that_begins_later_waits(doras: Stage) -> None:
    tomorrow: date = (doras.now + timedelta(days=1)).date()
    dearer(doras)
    change(doras, ("version = 2", f"version = 2\nvalid_from = {tomorrow}"))

    doras.wait(seconds=EACH_LOOK)
    today = quote(doras, "B AB 1")
    doras.wait(minutes=24 * 60)

    assert (today, quote(doras, "B AB 2")) == (euro(1200), euro(1320))


def test_the_desk_says_when_an_owners_tariff_has_ended(doras: Stage) -> None:
    tomorrow = (doras.now + timedelta(days=1)).date()
    change(doras, ("version = 1", f"version = 2\nvalid_until = {tomorrow}"))
    doras.wait(seconds=EACH_LOOK)

    doras.wait(minutes=24 * 60)
    ended = notices(doras)
    change(doras, ("version = 2", "version = 3"), (f"valid_until = {tomorrow}\n", ""))
    doras.wait(seconds=EACH_LOOK)

    why = f"ended on {tomorrow}: what Dora shares (A03) is not sold; write a new version"
    assert ended == [("dora 2", why)]
    assert notices(doras) == []


@pytest.mark.parametrize("is_first_ended", [True, False])
@pytest.mark.parametrize("is_second_ended", [True, False])
def test_each_own_tariff_of_an_owner_that_has_ended_is_told_with_its_spaces(
    stage: Stage, is_first_ended: bool, is_second_ended: bool
) -> None:
    today = stage.now.date()
    ends = (today if is_first_ended else None, today if is_second_ended else None)
    for space_id, tariff, ended_on in zip((1, 3), (OWN, OTHER), ends, strict=True):
        sell_by(stage, space_id, replace(tariff, valid_until=ended_on))

    stage.wait(seconds=EACH_LOOK)

    said = f"ended on {today}: what Always shares ({{}}) is not sold; write a new version"
    first = [("own 1", said.format("A01"))] if is_first_ended else []
    second = [("other 1", said.format("A03"))] if is_second_ended else []
    assert notices(stage) == [*first, *second]


def test_spaces_of_an_owner_that_share_an_ended_tariff_are_told_together(stage: Stage) -> None:
    today = stage.now.date()
    terms = sell_by(stage, 1, replace(OWN, valid_until=today))
    set_terms(stage, 3, terms)

    stage.wait(seconds=EACH_LOOK)

    why = f"ended on {today}: what Always shares (A01, A03) is not sold; write a new version"
    assert notices(stage) == [("own 1", why)]


def test_the_notice_goes_when_an_offer_leaves_its_ended_tariff(stage: Stage) -> None:
    sell_by(stage, 1, replace(OWN, valid_until=stage.now.date()))
    stage.wait(seconds=EACH_LOOK)
    ended = notices(stage)

    set_terms(stage, 1, USUAL_TERMS)
    stage.wait(seconds=EACH_LOOK)

    assert (len(ended), notices(stage)) == (1, [])
