"""The "full" sign of an entrance says what the board of its screen says, and changes with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from kiosk.services.commands import Actor, ActorKind, CancelReservation, ShowAreas
from tests.fakes.stage import DRIVER, ENTRY, EXIT, Stage, Wallet
from tests.services.test_dropped_orders import DeafControl


@dataclass
class Signed(DeafControl):
    """A lane that remembers what its sign was told."""

    told: list[bool] = field(default_factory=list)

    def show_full(self, is_full: bool) -> None:
        self.told.append(is_full)


@pytest.fixture(autouse=True)
def signs(stage: Stage) -> None:
    """Every lane has the relay of a sign; switched as after a start."""
    for lane in stage.site.core.lanes.values():
        wiring = replace(lane.status.wiring, has_full_sign=True)
        lane.status = replace(lane.status, wiring=wiring)
    stage.wait(seconds=2)


def wired(stage: Stage, lane: str = ENTRY) -> Signed:
    """Put a remembering lane in the place of this one."""
    control = Signed()
    stage.site.core.lanes[lane].control = control  # type: ignore[index]
    return control


def idle_now(stage: Stage) -> int:
    """What the entrance's board counts."""
    areas = stage.site.do(ShowAreas(actor=Actor(ActorKind.DRIVER, "board"))).areas
    return sum(area.idle_count or 0 for area in areas)


def take_all(stage: Stage, ada: Wallet) -> list[int]:
    """Reserve every space that is idle now."""
    taken = []
    for space_id in sorted(stage.idle_spaces()):
        stage.top_up(ada.pass_code, 2000)
        ticket = stage.ticket(ada.proof, plate=f"B {space_id}", space_id=space_id)
        taken.append(int(ticket.reservation_id))
    return taken


def test_the_sign_is_lit_when_the_last_space_is_gone_and_dark_when_one_is_back(
    stage: Stage, ada: Wallet
) -> None:
    sign = stage.site.lanes[ENTRY]
    dark = sign.is_full_shown
    taken = take_all(stage, ada)
    left = idle_now(stage)

    stage.wait(seconds=2)
    lit = sign.is_full_shown
    stage.site.do(CancelReservation(actor=DRIVER, reservation_id=taken[0]))  # type: ignore[arg-type]
    stage.wait(minutes=200)

    assert (left, dark, lit) == (0, False, True)
    assert idle_now(stage) > 0
    assert not sign.is_full_shown


def test_a_sign_is_told_only_when_it_changes(stage: Stage, ada: Wallet) -> None:
    take_all(stage, ada)
    stage.wait(seconds=2)
    sign = wired(stage)

    stage.wait(seconds=2)
    while_full = list(sign.told)
    stage.wait(minutes=200)

    assert while_full == []
    assert sign.told == [False]


def test_an_exit_has_no_sign_to_switch(stage: Stage, ada: Wallet) -> None:
    sign = wired(stage, EXIT)

    take_all(stage, ada)
    stage.wait(seconds=2)

    assert sign.told == []


def test_a_site_whose_lanes_are_not_wired_yet_counts_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for lane in stage.site.core.lanes.values():
        lane.control = None
    monkeypatch.setattr("kiosk.services.full_sign.show_areas", pytest.fail)

    stage.wait(seconds=5)


def test_a_site_without_a_sign_counts_nothing(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = stage.site.core.lanes[ENTRY]
    lane.status = replace(lane.status, wiring=replace(lane.status.wiring, has_full_sign=False))
    monkeypatch.setattr("kiosk.services.full_sign.show_areas", pytest.fail)

    stage.wait(seconds=5)
