"""The desk's page of one stay: what went back later, and which button stands out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.disputes import Cause, Correction
from kiosk.domain.reservation import ENDED, State
from kiosk.services.commands import ShowStay
from kiosk.services.views import StayMoney
from tests.ui.desk_after import CORRECTION, after_stay
from tests.ui.desk_stage import NOW, DeskStage, euro, stay_in


def corrected(*corrections: Correction) -> StayMoney:
    """Stay 4, which has left and whose charge of 3.60 was corrected so."""
    money = after_stay()
    assert money.after is not None
    return replace(money, after=replace(money.after, corrections=corrections))


def bill(stage: DeskStage, money: StayMoney) -> list[tuple[str, str, str]]:
    """What stands below the settled bill on the page of a stay."""
    stage.asker.answers(ShowStay, money)
    stage.screen.showStay("4")
    lines = [(each.kind, each.detail, each.amount) for each in stage.screen._detail._bill.rows]
    kinds = [kind for kind, _, _ in lines]
    return lines[kinds.index("refund") + 1 :]


def test_a_later_refund_says_how_much_when_by_whom_and_why(at_work: DeskStage) -> None:
    earlier = replace(CORRECTION, at=NOW - timedelta(days=1), reason="an hour was lost")
    goodwill = replace(
        CORRECTION, cause=Cause.GOODWILL, total=euro(60), reason="it rained", note_number=6
    )

    assert bill(at_work, corrected(earlier, goodwill)) == [
        ("later-refund", "Sat 21 Nov 14:05 · Ada · an hour was lost", "€1.20"),
        ("later-goodwill", "Sun 22 Nov 14:05 · Ada · it rained", "€0.60"),
        ("charge-now", "", "€1.80"),
    ]


def test_a_chargeback_that_is_lost_and_won_again_stands_there_twice(at_work: DeskStage) -> None:
    lost = replace(CORRECTION, cause=Cause.CHARGEBACK, by="simulator", reason="chargeback x")
    won = replace(lost, total=-lost.total)

    assert bill(at_work, corrected(lost, won)) == [
        ("chargeback-lost", "Sun 22 Nov 14:05 · simulator", "€1.20"),
        ("chargeback-won", "Sun 22 Nov 14:05 · simulator", "€1.20"),
        ("charge-now", "", "€3.60"),
    ]


def test_what_corrected_an_earlier_receipt_lowers_this_one_by_nothing(at_work: DeskStage) -> None:
    of_another = replace(CORRECTION, receipt_number=1041)

    assert [kind for kind, _, _ in bill(at_work, corrected(of_another))] == ["later-refund"]
    assert bill(at_work, corrected()) == []


@pytest.mark.parametrize("state", State)
def test_the_barrier_is_the_main_button_only_of_a_stay_that_can_wait_for_it(
    glass: DeskStage, state: State
) -> None:
    glass.asker.answers(ShowStay, stay_in(state))
    glass.screen.showStay("4")

    kind = glass.item("stay_open").property("kind")

    assert kind == ("secondary" if state in ENDED else "primary")
