"""A run of payouts goes on after a crash at any step, and its money moves once."""

from __future__ import annotations

import pytest

from kiosk.domain.payout_outcomes import RunElsewhere, RunReleased
from tests.fakes.stage import Stage
from tests.services.paying_out import (
    ALWAYS,
    GOOD_IBAN,
    answer,
    answered,
    approve,
    move,
    name_account,
    proposed,
    release,
)


@pytest.fixture(autouse=True)
def _accounts(stage: Stage) -> None:
    name_accounts(stage)


def name_accounts(stage: Stage) -> None:
    """The operator's and the one owner's."""
    name_account(stage, None, GOOD_IBAN, name="Operator")
    name_account(stage, ALWAYS, GOOD_IBAN, name="Ada")


def test_a_run_goes_on_after_every_restart_and_its_money_moves_once(stage: Stage) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = proposed(stage)
    restart(stage)
    approve(stage, run)
    restart(stage)
    assert isinstance(release(stage, run), RunReleased)
    restart(stage)
    assert isinstance(release(stage, run), RunElsewhere)
    answered(stage, run)
    restart(stage)

    assert isinstance(answer(stage, run), RunElsewhere)
    assert stage.books() == {"bank": 500, "goodwill": -500}


def test_a_release_that_fails_half_way_moves_nothing_and_can_be_done_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = proposed(stage)
    approve(stage, run)
    with monkeypatch.context() as patch:
        patch.setattr("db.payouts.Payouts.add_file", _power_cut)
        with pytest.raises(ZeroDivisionError):
            release(stage, run)

    assert stage.books() == {"owner:1": 500, "goodwill": -500}
    assert isinstance(release(stage, run), RunReleased)


def _power_cut(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def restart(stage: Stage) -> None:
    """The site ends and begins again; its file names the same accounts."""
    stage.restart()
    name_accounts(stage)
