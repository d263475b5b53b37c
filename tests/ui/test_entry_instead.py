"""Nothing is idle for what was wanted: what comes nearest is one touch away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.domain.life_outcomes import CarDoesNotFit, WalkUpsOnly, WindowTooFarAhead
from kiosk.domain.outcomes import SpaceJustTaken
from kiosk.domain.search_outcomes import NothingIdle
from kiosk.domain.space import CarNeeds, Misfit
from kiosk.services.commands import FindSpaces, PayDeposit, Reserve
from tests.ui.entry_site import AREAS, LATER, NOW, found, nothing_but, reserved, space, ticket
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.entry_ways import happened


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[EntryStage]:
    with entry_stage(with_window=True) as one:
        one.to_find()
        one.asker.answers(FindSpaces, nothing_but(), found())
        one.screen.search()
        QGuiApplication.processEvents()
        yield one


def test_a_later_window_is_one_touch_away_with_the_space_that_has_it(stage: EntryStage) -> None:
    stage.touch("instead_later")
    asked = stage.last(FindSpaces)
    assert (asked.starts_at, asked.duration_minutes) == (NOW + timedelta(minutes=40), 120)
    assert (stage.page, stage.forms.choice.space_id()) == ("choose", 19)


def test_a_shorter_time_begins_now_and_ends_as_proposed(stage: EntryStage) -> None:
    stage.watch.at = NOW + timedelta(minutes=2)
    stage.touch("instead_shorter")
    asked = stage.last(FindSpaces)
    assert (asked.starts_at, asked.duration_minutes) == (None, 73)


def test_no_minute_of_a_proposal_is_lost_while_the_clock_goes_on(stage: EntryStage) -> None:
    stage.watch.at = NOW + timedelta(minutes=2, seconds=20)
    stage.touch("instead_shorter")
    asked = stage.last(FindSpaces)
    assert (asked.duration_minutes, asked.ends_by) == (73, NOW + timedelta(minutes=75))
    stage.touch("take")
    stage.type_plate("DDAB1234")
    stage.screen.reserve()
    again = stage.last(Reserve)
    assert (again.duration_minutes, again.ends_by) == (73, NOW + timedelta(minutes=75))


def test_another_length_is_not_cut_where_a_proposal_ended(stage: EntryStage) -> None:
    stage.touch("instead_shorter")
    stage.screen.back()
    stage.forms.find.lengthen()
    stage.screen.search()
    asked = stage.last(FindSpaces)
    assert (asked.duration_minutes, asked.ends_by) == (105, None)


def test_another_area_is_one_touch_away_at_the_same_time(stage: EntryStage) -> None:
    stage.touch("instead_area_2")
    asked = stage.last(FindSpaces)
    assert (asked.area_id, asked.starts_at, asked.duration_minutes) == (AREAS[1].id, None, 120)


def test_of_two_spaces_the_second_is_offered_when_the_first_is_paid(stage: EntryStage) -> None:
    stage.touch("instead_two")
    assert stage.last(FindSpaces).duration_minutes == 75
    stage.touch("take")
    stage.type_plate("DDAB1234")
    stage.asker.answers(Reserve, reserved)
    stage.screen.reserve()
    stage.asker.answers(PayDeposit, ticket())
    stage.pay_by_wallet()
    QGuiApplication.processEvents()
    stage.asker.answers(FindSpaces, found())
    stage.touch("take_second")
    asked = stage.last(FindSpaces)
    assert (asked.starts_at, asked.duration_minutes) == (NOW + timedelta(minutes=75), 45)
    stage.touch("take")
    stage.screen.reserve()
    again = stage.last(Reserve)
    assert (again.space_id, again.plate) == (23, "DDAB1234")


def test_another_search_forgets_the_second_space(stage: EntryStage) -> None:
    stage.touch("instead_two")
    stage.screen.back()
    stage.asker.answers(FindSpaces, found())
    stage.screen.search()
    assert stage.state.second is None


def test_with_nothing_at_all_the_page_says_what_to_do(stage: EntryStage) -> None:
    stage.touch("instead_later")
    stage.screen.back()
    stage.asker.answers(FindSpaces, NothingIdle(AREAS[0], found().window, ()))
    stage.screen.search()
    QGuiApplication.processEvents()
    assert stage.text("advice") == "Please choose another time or another area."
    stage.touch("dismiss")
    assert stage.page == "find"


def test_the_page_says_whether_any_space_or_only_one_for_the_car_is_missing(
    stage: EntryStage,
) -> None:
    any_car = happened(stage)
    stage.touch("instead_later")
    stage.screen.back()
    nothing = replace(nothing_but(), needs=CarNeeds(charger=True))
    stage.asker.answers(FindSpaces, nothing)
    stage.screen.search()
    one_car = happened(stage)
    stage.touch("language")

    assert any_car.startswith("Level 1 has no space free: ")
    assert one_car.startswith("Level 1 has no suitable space free: ")
    assert happened(stage).endswith("没有合适的空位。")


def test_the_page_says_it_anew_in_another_language(stage: EntryStage) -> None:
    stage.touch("language")
    assert stage.item("instead_later").property("title") == "晚些：14:45\u00a0–\u2060\u00a016:45"


def test_walk_ups_only_a_misfit_and_a_day_too_far_are_said_in_words(
    qapp: QGuiApplication,
) -> None:
    with entry_stage() as stage:
        stage.to_plate()
        stage.asker.answers(Reserve, WalkUpsOnly(AREAS[0]))
        stage.screen.reserve()
        said = [happened(stage)]
        stage.to_plate()
        stage.asker.answers(Reserve, CarDoesNotFit(space(3), Misfit.TOO_LOW))
        stage.screen.reserve()
        said.append(happened(stage))
        stage.screen.dismiss()
        stage.asker.answers(FindSpaces, WindowTooFarAhead(LATER))
        stage.screen.search()
        said.append(happened(stage))
    assert said == [
        "The last spaces of Level 1 are for those who come without booking.",
        "Your car does not fit space A3.",
        "Spaces can be booked up to Tue 24 Nov 09:15.",
    ]


def test_a_space_that_was_taken_meanwhile_leads_back_to_the_plan(stage: EntryStage) -> None:
    stage.touch("instead_later")
    stage.touch("take")
    stage.type_plate("DDAB1234")
    stage.asker.answers(Reserve, SpaceJustTaken())
    stage.screen.reserve()
    assert happened(stage) == "Somebody took this space a moment ago."
