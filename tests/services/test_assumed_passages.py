"""A lane without a loop under its arm assumes who passes: marked everywhere, and never dearer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.domain.outcomes import ExitCovered
from kiosk.services.commands import ShowDesk
from tests.fakes.stage import ENTRY, EXIT, KIM, SITE_FILE, Stage, Wallet

LOOPS = "arming = 1\nunder_arm = 2\n"


@pytest.fixture(params=["arming = 1\n", ""], ids=["an arming loop", "no loop"])
def unseen(founded: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """The small site, whose entrance has only an arming loop, or no loop at all."""
    shutil.copy(founded, tmp_path)
    shutil.copytree(SITE_FILE.parent / "tariffs", tmp_path / "tariffs")
    text = SITE_FILE.read_text(encoding="utf-8")
    entrance = 'direction = "entry"\n'
    text = text.replace(entrance, f'{entrance}passage = "assumed"\n', 1)
    text = text.replace(LOOPS, request.param, 1)
    (tmp_path / SITE_FILE.name).write_text(text, encoding="utf-8")
    stage = Stage(tmp_path, file=read_site_file(tmp_path / SITE_FILE.name))
    yield stage
    stage.close()


def test_a_stay_that_was_assumed_to_begin_is_marked_in_the_list_and_in_its_timeline(
    unseen: Stage,
) -> None:
    ticket = unseen.inside(unseen.wallet().proof)

    (row,) = unseen.site.do(ShowDesk(actor=KIM)).stays
    timeline = unseen.money_of(ticket.reservation_id).timeline

    assert row.is_passage_assumed
    assert [each.detail for each in timeline if each.action == "entry.passed"] == ["assumed"]


def test_a_passage_that_loops_have_seen_is_not_marked(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)

    (row,) = stage.site.do(ShowDesk(actor=KIM)).stays
    timeline = stage.money_of(ticket.reservation_id).timeline

    assert not row.is_passage_assumed
    assert [each.detail for each in timeline if each.action == "entry.passed"] == [""]


def test_the_mark_stays_when_the_car_has_left(unseen: Stage) -> None:
    ticket = unseen.inside(unseen.wallet().proof)
    unseen.drive(EXIT, ticket.text)

    (row,) = unseen.site.do(ShowDesk(actor=KIM)).stays

    assert (row.state.value, row.is_passage_assumed) == ("left", True)


@pytest.mark.parametrize("minutes", [29, 30, 59, 60, 119])
def test_an_assumed_entry_never_costs_more_than_one_that_was_seen(
    unseen: Stage, founded: Path, tmp_path: Path, minutes: int
) -> None:
    (tmp_path / "seen").mkdir()
    shutil.copy(founded, tmp_path / "seen")
    seen = Stage(tmp_path / "seen")
    charges = []
    for stage in (unseen, seen):
        ticket = stage.inside(stage.wallet().proof)
        at = ticket.window.from_.replace(second=0)
        stage.site.car_to(EXIT)
        stage.wait_until(at)
        stage.wait(minutes=minutes)
        outcome = stage.scan(EXIT, ticket.text)
        assert isinstance(outcome, ExitCovered)
        charges.append(outcome.bill.charge.total)
    seen.close()

    assert charges[0] <= charges[1]


def test_a_site_says_of_its_lanes_which_assume_their_passages(unseen: Stage) -> None:
    lanes = unseen.site.core.lanes

    assert lanes[ENTRY].status.wiring.is_passage_assumed
    assert not lanes[EXIT].status.wiring.is_passage_assumed
