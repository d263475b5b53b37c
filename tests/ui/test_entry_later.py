"""A reservation for later at the entry screen: day and time, the car's needs, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.domain.life_outcomes import WindowInThePast
from kiosk.domain.search_outcomes import AreasShown, AreaSummary
from kiosk.domain.site import Rules
from kiosk.domain.space import ANY_CAR, CarNeeds
from kiosk.services.commands import FindSpaces, PayDeposit, Reserve, ShowAreas
from kiosk.ui.format import Language
from kiosk.ui.screens.say import Say
from kiosk.ui.screens.when import WhenForm
from tests.ui.entry_site import AREAS, DAY, LATER, NOW, found, ticket
from tests.ui.entry_stage import EntryStage, entry_stage

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def stage(qapp: QGuiApplication) -> Iterator[EntryStage]:
    with entry_stage(with_window=True) as one:
        yield one


def form(home: QObject, at: datetime, *, language: Language = "en") -> WhenForm:
    say = Say(zone=BERLIN, language=lambda: language, now=lambda: at)
    return WhenForm(say=say, rules=Rules(), now=lambda: at, parent=home)


def possible(form: WhenForm, model: str) -> set[str]:
    rows = {"days": form._days, "hours": form._hours, "quarters": form._quarters}[model].rows
    return {row.key for row in rows if row.is_possible}


def test_a_driver_reserves_for_later_by_touches(stage: EntryStage) -> None:
    stage.touch("start")
    stage.touch("area_1")
    stage.touch("when_later")
    stage.touch("day_2026-11-24")
    stage.touch("hour_9")
    stage.touch("quarter_15")
    stage.touch("come_later")
    assert stage.page == "find"
    stage.asker.answers(FindSpaces, found(at=LATER))
    stage.touch("search")
    assert stage.last(FindSpaces).starts_at == LATER
    stage.touch("take")
    stage.touch_all("plate_", "BSAK1234")
    stage.touch("plate_ok")
    assert stage.last(Reserve).starts_at == LATER


def test_every_page_on_the_way_says_on_which_day_it_will_be(stage: EntryStage) -> None:
    stage.to_later_pay()
    stage.asker.answers(PayDeposit, ticket(at=LATER))
    assert stage.forms.choice.property("window") == "Tue 24 Nov 09:15\u00a0–\u2060\u00a011:15"
    assert stage.forms.review.state.window == "Tue 24 Nov 09:15\u00a0–\u2060\u00a011:15"
    stage.pay_by_wallet()
    assert stage.forms.ticket.state.window == "Tue 24 Nov 09:15\u00a0–\u2060\u00a011:15"


def test_whoever_parks_at_once_is_told_how_long_cancelling_is_free(stage: EntryStage) -> None:
    stage.to_pay()
    QGuiApplication.processEvents()
    assert stage.text("cancel_rule").startswith("Free to cancel for 10\xa0min after reserving.")


def test_one_space_is_not_called_spaces(stage: EntryStage) -> None:
    stage.to_find()
    taken = frozenset(range(1, 45)) - {17}
    stage.asker.answers(FindSpaces, found(taken=taken))
    stage.screen.search()
    QGuiApplication.processEvents()
    note = stage.item("plan").property("levelNote")
    assert note == "1 space free for 14:05\u00a0–\u2060\u00a016:05"


def test_a_ticket_for_later_says_when_to_come_back_and_not_to_drive_in(stage: EntryStage) -> None:
    stage.to_later_pay()
    stage.asker.answers(PayDeposit, ticket(at=LATER))
    stage.pay_by_wallet()
    QGuiApplication.processEvents()
    assert "Come back on Tue 24 Nov 09:00" in stage.text("hold_hint")


def test_the_ticket_of_a_window_that_has_begun_is_to_be_held_to_the_reader(
    stage: EntryStage,
) -> None:
    stage.to_ticket()
    QGuiApplication.processEvents()
    assert "hold it to the reader" in stage.text("hold_hint")


def test_now_takes_a_chosen_day_back(stage: EntryStage) -> None:
    stage.to_later()
    QGuiApplication.processEvents()
    stage.touch("when_now")
    stage.asker.answers(FindSpaces, found())
    stage.touch("search")
    assert stage.last(FindSpaces).starts_at is None


def test_what_the_car_needs_goes_with_the_search_and_the_reservation(stage: EntryStage) -> None:
    stage.to_find()
    QGuiApplication.processEvents()
    stage.touch("car_needs")
    stage.touch("need_charger")
    stage.touch("need_high")
    stage.touch("car_done")
    stage.asker.answers(FindSpaces, found())
    stage.touch("search")
    stage.touch("take")
    stage.type_plate("DDAB1234")
    stage.screen.reserve()
    needs = CarNeeds(charger=True, height_mm=2_100)
    assert (stage.last(FindSpaces).needs, stage.last(Reserve).needs) == (needs, needs)


def test_spaces_that_do_not_fit_the_car_are_marked_so_and_not_as_taken(stage: EntryStage) -> None:
    stage.to_find()
    stage.forms.needs.switch_charger()
    stage.asker.answers(FindSpaces, found(taken=frozenset({1, 3, 14})))
    stage.screen.search()
    rows = {row.label: row.condition for row in stage.forms.choice._tiles.rows}
    assert (rows["A1"], rows["A3"]) == ("notFitting", "taken")


def told(stage: EntryStage, area: int) -> tuple[str, str]:
    """The count of a card, and what it counts."""
    QGuiApplication.processEvents()
    card = stage.item(f"area_{area}")
    return card.property("count"), card.property(
        "fullWord" if card.property("full") else "countWord"
    )


def test_the_areas_are_counted_anew_for_every_time_and_car_that_is_wanted(
    stage: EntryStage,
) -> None:
    stage.to_later()
    stage.forms.find.lengthen()
    asked = stage.last(ShowAreas)
    assert (asked.starts_at, asked.duration_minutes, asked.needs) == (LATER, 150, ANY_CAR)
    stage.forms.needs.switch_charger()
    assert stage.last(ShowAreas).needs == CarNeeds(charger=True)
    stage.screen.cancel()
    assert stage.last(ShowAreas) == ShowAreas(actor=asked.actor)


def test_a_card_says_what_it_counts(stage: EntryStage) -> None:
    stage.to_find()
    assert told(stage, 2) == ("31", "free for 2\u00a0h")
    assert told(stage, 3) == ("0", "none free")
    stage.forms.needs.switch_charger()
    assert told(stage, 2) == ("31", "suitable for 2\u00a0h")
    assert told(stage, 3) == ("0", "none suitable")


def test_a_card_without_a_count_says_so(stage: EntryStage) -> None:
    stage.to_find()
    stage.forms.find.update(AreasShown((AreaSummary(AREAS[0], None, DAY),), NOW))
    assert told(stage, 1) == ("–", "not bookable")


def test_a_wiped_screen_knows_neither_day_nor_car(stage: EntryStage) -> None:
    stage.to_later()
    stage.forms.needs.switch_accessible()
    stage.screen.cancel()
    stage.to_find()
    stage.asker.answers(FindSpaces, found())
    stage.screen.search()
    asked = stage.last(FindSpaces)
    assert (asked.starts_at, asked.needs) == (None, CarNeeds())


def test_a_start_that_has_passed_meanwhile_leads_back_to_the_calendar(stage: EntryStage) -> None:
    stage.to_later()
    stage.asker.answers(FindSpaces, WindowInThePast(NOW))
    stage.screen.search()
    assert stage.page == "note"
    stage.screen.dismiss()
    assert stage.page == "when"


def test_later_begins_with_the_next_full_hour(qapp: QGuiApplication) -> None:
    home = QObject()
    one = form(home, NOW)
    one.open(None)
    assert one.starts_at() == datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


def test_what_has_passed_today_cannot_be_chosen(qapp: QGuiApplication) -> None:
    home = QObject()
    one = form(home, NOW)  # five past two
    one.open(None)
    one.pick_hour("14")
    assert possible(one, "hours") == {str(hour) for hour in range(14, 24)}
    assert possible(one, "quarters") == {"15", "30", "45"}
    assert "2026-11-21" not in possible(one, "days")


def test_an_hour_that_the_clocks_skip_cannot_be_chosen(qapp: QGuiApplication) -> None:
    home = QObject()
    one = form(home, datetime(2026, 3, 20, 12, 0, tzinfo=UTC))
    one.open(None)
    one.pick_day("2026-03-29")
    assert possible(one, "hours") == {str(hour) for hour in range(24)} - {"2"}


def test_of_an_hour_that_the_clocks_show_twice_the_first_is_meant(qapp: QGuiApplication) -> None:
    home = QObject()
    one = form(home, datetime(2026, 10, 20, 12, 0, tzinfo=UTC))
    one.open(None)
    one.pick_day("2026-10-25")
    one.pick_hour("2")
    assert one.starts_at() == datetime(2026, 10, 25, 0, 0, tzinfo=UTC)


def test_days_can_be_chosen_as_far_ahead_as_the_site_takes_reservations(
    qapp: QGuiApplication,
) -> None:
    home = QObject()
    one = form(home, NOW)
    one.open(None)
    one.page_forth()
    one.page_forth()
    last = (NOW + timedelta(days=60) - timedelta(minutes=30)).astimezone(BERLIN).date()
    assert max(possible(one, "days")) == last.isoformat() == date(2027, 1, 21).isoformat()
    assert not one.has_later_days()


def test_on_the_last_day_hours_too_far_ahead_cannot_be_chosen(qapp: QGuiApplication) -> None:
    home = QObject()
    one = form(home, NOW)  # five past two; the shortest stay is half an hour
    one.open(None)
    one.pick_day("2027-01-21")
    one.pick_hour("13")
    assert possible(one, "hours") == {str(hour) for hour in range(14)}
    assert possible(one, "quarters") == {"0", "15", "30"}


def test_the_days_before_today_are_never_turned_to(qapp: QGuiApplication) -> None:
    home = QObject()
    one = form(home, NOW)
    one.open(None)
    one.page_back()
    assert one.state.first_day == date(2026, 11, 16)
    one.page_forth()
    one.page_back()
    assert one.state.first_day == date(2026, 11, 16)


def test_a_chosen_day_far_ahead_is_on_the_page_that_opens_again(qapp: QGuiApplication) -> None:
    home = QObject()
    one = form(home, NOW)
    one.open(datetime(2027, 1, 5, 8, 30, tzinfo=UTC))
    assert "2027-01-05" in {row.key for row in one._days.rows if row.is_chosen}
