"""The driver's way at the entry screen: what each answer of the core and of the lane leads to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.domain.outcomes import (
    PlateHasReservation,
    PlateRefused,
    Reserved,
    SpaceJustTaken,
)
from kiosk.domain.pricing.charge_lines import NoPrice, NotValidThen, WindowTooLong
from kiosk.domain.search_outcomes import NothingIdle, WindowNotPriced, WindowRefused
from kiosk.services.commands import (
    CancelReservation,
    FindSpaces,
    Reserve,
)
from kiosk.services.events import (
    SiteChanged,
)
from tests.ui.entry_site import AREAS, NOW, found, nothing_but, reserved
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.entry_ways import OURS, check, happened, idle_until_the_end


@pytest.fixture
def stage(qapp: QObject) -> Iterator[EntryStage]:
    with entry_stage(card_adapter="card") as one:
        one.lane("idle")
        yield one


# Finding and choosing --------------------------------------------------------------------


def test_the_search_asks_for_the_chosen_area_and_duration(stage: EntryStage) -> None:
    stage.to_find()
    stage.forms.find.lengthen()
    stage.screen.search()
    assert (stage.last(FindSpaces).area_id, stage.last(FindSpaces).duration_minutes) == (1, 150)


def test_without_an_area_nothing_is_asked(stage: EntryStage) -> None:
    stage.screen.start()
    stage.screen.search()
    assert stage.asked(FindSpaces) == []


def test_a_full_area_can_be_chosen_for_what_comes_nearest(stage: EntryStage) -> None:
    stage.screen.start()
    stage.forms.find.choose(3)
    assert stage.forms.find.property("isFull") is True
    stage.asker.answers(FindSpaces, nothing_but())
    stage.screen.search()
    assert stage.page == "nothing"


def test_a_full_area_leads_to_one_with_spaces(stage: EntryStage) -> None:
    stage.to_find()
    nothing = NothingIdle(AREAS[0], found().window, (AREAS[1].id,))
    stage.asker.answers(FindSpaces, nothing, found())
    stage.screen.search()
    assert stage.page == "nothing"
    stage.screen.takeInstead("area_2")
    assert stage.last(FindSpaces).area_id == AREAS[1].id


def test_a_refused_duration_moves_into_what_the_site_allows(stage: EntryStage) -> None:
    stage.to_find()
    stage.asker.answers(FindSpaces, WindowRefused(30, 90))
    stage.screen.search()
    assert stage.page == "note"
    assert stage.forms.find.state.duration_minutes == 90


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (WindowTooLong(timedelta(minutes=90)), "In Level 1 you can park for 1 h 30 min at most."),
        (NotValidThen(None, NOW.date()), "Level 1 has no price for this time."),
    ],
)
def test_a_time_without_a_price_is_said_to_be_and_another_can_be_chosen(
    stage: EntryStage, why: NoPrice, says: str
) -> None:
    stage.to_find()
    stage.asker.answers(FindSpaces, WindowNotPriced(AREAS[0], why))
    stage.screen.search()
    note = stage.screen.note()
    assert (stage.page, note.happened.replace("\u00a0", " ")) == ("note", says)
    assert note.money == "Nothing was charged."


def test_the_best_one_for_me_is_taken_when_none_is_chosen(stage: EntryStage) -> None:
    stage.to_plate()
    stage.screen.reserve()
    assert stage.last(Reserve).space_id == 17


def test_arrows_walk_over_idle_spaces_alone(stage: EntryStage) -> None:
    stage.to_choose()
    stage.forms.choice.choose_next()
    stage.forms.choice.choose_next()
    stage.forms.choice.choose_next()
    assert stage.forms.choice.state.chosen == 4


def test_a_chosen_space_that_is_taken_by_others_is_not_chosen_any_more(stage: EntryStage) -> None:
    stage.to_choose()
    stage.forms.choice.choose("22")
    stage.asker.answers(FindSpaces, found(taken=frozenset({22})))
    stage.screen.on_published(SiteChanged())
    assert stage.forms.choice.state.chosen is None


def test_a_space_taken_a_moment_ago_leads_back_to_a_fresh_plan(stage: EntryStage) -> None:
    stage.to_plate()
    stage.asker.answers(Reserve, SpaceJustTaken())
    stage.asker.answers(FindSpaces, found(taken=frozenset({17})))
    stage.screen.reserve()
    assert stage.page == "note"
    stage.screen.dismiss()
    assert stage.page == "choose"
    assert stage.forms.choice.state.found == found(taken=frozenset({17}))
    assert stage.forms.plate.state.plate == "DDAB1234"


def test_a_refused_plate_is_typed_again(stage: EntryStage) -> None:
    stage.to_plate()
    stage.asker.answers(Reserve, PlateRefused(12))
    stage.screen.reserve()
    stage.screen.dismiss()
    assert stage.page == "plate"


def test_a_plate_with_a_paid_space_is_offered_its_ticket(stage: EntryStage) -> None:
    stage.to_plate()
    stage.asker.answers(Reserve, PlateHasReservation(found().window))
    stage.screen.reserve()
    stage.screen.followNote()
    assert stage.page == "proof"


def test_a_second_press_while_the_core_thinks_asks_nothing(stage: EntryStage) -> None:
    stage.to_plate()
    stage.screen.reserve()
    stage.screen.reserve()
    assert len(stage.asked(Reserve)) == 1


# A kept space goes back ------------------------------------------------------------------


@pytest.mark.parametrize("leave", ["back", "cancel"])
def test_leaving_the_pay_page_gives_the_space_back(stage: EntryStage, leave: str) -> None:
    stage.to_pay()
    getattr(stage.screen, leave)()
    assert stage.last(CancelReservation).reservation_id == OURS
    assert stage.state.reserved is None


def test_back_from_the_pay_page_keeps_the_plate(stage: EntryStage) -> None:
    stage.to_pay()
    stage.screen.back()
    assert stage.page == "plate"
    assert stage.forms.plate.state.plate == "DDAB1234"


def test_an_idle_screen_gives_the_space_back_and_forgets_everything(stage: EntryStage) -> None:
    stage.to_pay()
    stage.type_proof()
    idle_until_the_end(stage)
    assert stage.page == "attract"
    assert stage.last(CancelReservation).reservation_id == OURS
    assert stage.forms.plate.state.plate == ""
    assert stage.forms.pay.state.pin == ""
    assert stage.forms.pay.state.pass_code == ""


def test_a_space_kept_after_the_driver_left_goes_back_at_once(stage: EntryStage) -> None:
    def leave_first(command: Reserve) -> Reserved:
        stage.screen.cancel()
        return reserved(command)

    stage.to_plate()
    stage.asker.answers(Reserve, leave_first)
    stage.screen.reserve()
    assert stage.page == "attract"
    assert stage.last(CancelReservation).reservation_id == OURS


def test_the_space_goes_back_when_the_time_to_pay_is_over(qapp: QObject, qtbot: QtBot) -> None:
    with entry_stage(second_ms=1) as stage:
        stage.to_pay()
        stage.watch.at = NOW + timedelta(minutes=10)
        qtbot.waitUntil(lambda: stage.page == "note")
        assert "time to pay is over" in happened(stage)
        assert stage.last(CancelReservation).reservation_id == OURS


def test_a_payment_under_way_outlives_the_time_to_pay(qapp: QObject, qtbot: QtBot) -> None:
    with entry_stage(card_adapter="card", second_ms=1) as stage:
        check(stage)
        stage.watch.at = NOW + timedelta(minutes=10)
        qtbot.waitUntil(stage.forms.review.is_short)
        assert stage.page == "pay"
        assert stage.asked(CancelReservation) == []
