"""On a slow machine the second turns while a command is being done: it still means one instant."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kiosk.app.virtual_site import VirtualClock
from kiosk.domain.ids import AreaId, SpaceId
from kiosk.domain.life_outcomes import Moved, SubstitutesFound
from kiosk.domain.outcomes import Reserved
from kiosk.domain.search_outcomes import AreasShown, SpacesFound
from kiosk.services.commands import FindSpaces, Reserve, ShowAreas
from kiosk.services.life_commands import FindSubstitutes, TakeSubstitute
from tests.fakes.planned import set_rules
from tests.fakes.stage import DRIVER, Stage, Wallet


@pytest.fixture
def slow(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The stage on a machine so slow that the second turns between two looks at its clock."""
    let_the_second_turn(monkeypatch)
    return stage


def let_the_second_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the clock is a second further each time that it is read."""
    asked = iter(range(10_000))
    as_ever = VirtualClock.now

    def now(self: VirtualClock) -> datetime:
        return as_ever(self) + timedelta(seconds=next(asked))

    monkeypatch.setattr(VirtualClock, "now", now)


def test_an_idle_space_is_found_and_reserved_though_the_second_turns(slow: Stage) -> None:
    found = slow.site.do(FindSpaces(actor=DRIVER, area_id=AreaId(1), duration_minutes=120))
    kept = slow.site.do(
        Reserve(actor=DRIVER, space_id=SpaceId(1), duration_minutes=120, plate="B AB 1")
    )

    assert isinstance(found, SpacesFound)
    assert isinstance(kept, Reserved)


def test_a_walk_up_is_no_reservation_for_later_though_the_second_turns(slow: Stage) -> None:
    set_rules(slow, walk_up_quota_bp=10_000)
    shown = slow.site.do(ShowAreas(actor=DRIVER, duration_minutes=120))
    kept = slow.site.do(
        Reserve(actor=DRIVER, space_id=SpaceId(1), duration_minutes=120, plate="B AB 1")
    )

    assert isinstance(shown, AreasShown)
    assert [each.idle_count for each in shown.areas if each.area.id == 1] != [0]
    assert isinstance(kept, Reserved)


def test_another_space_is_found_and_taken_though_the_second_turns(
    stage: Stage, ada: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = stage.ticket(ada.proof)
    let_the_second_turn(monkeypatch)
    found = stage.site.do(FindSubstitutes(actor=DRIVER, reservation_id=ticket.reservation_id))
    moved = stage.site.do(
        TakeSubstitute(actor=DRIVER, reservation_id=ticket.reservation_id, space_id=SpaceId(3))
    )

    assert isinstance(found, SubstitutesFound)
    assert isinstance(moved, Moved)
