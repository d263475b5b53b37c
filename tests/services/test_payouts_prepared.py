"""The order to the bank is made beside the work thread, before the run is released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kiosk.domain.payout_outcomes import RunReleased
from kiosk.domain.payout_run import BankFile, PayoutRun
from kiosk.services import bank_file
from kiosk.services.bank_accounts import BankAccount
from kiosk.services.payout_commands import ShowPayouts
from tests.fakes.stage import KIM, Stage
from tests.services.paying_out import (
    ALWAYS,
    DAY,
    GOOD_IBAN,
    OTHER_IBAN,
    approve,
    move,
    name_account,
    proposed,
    release,
)

Task = Callable[[], None]


@pytest.fixture
def aside(stage: Stage) -> list[Task]:
    """What is to be done beside the work thread; an open run that pays one owner 5.00."""
    waiting: list[Task] = []
    stage.site.core.run_aside = waiting.append
    name_account(stage, None, GOOD_IBAN, name="Operator")
    name_account(stage, ALWAYS, OTHER_IBAN)
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    return waiting


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The days of the orders that were made since."""
    days: list[date] = []
    make = bank_file.bank_file

    def noted(
        run: PayoutRun, *, payer: BankAccount | None, execution_date: date, text: str
    ) -> BankFile:
        days.append(execution_date)
        return make(run, payer=payer, execution_date=execution_date, text=text)

    monkeypatch.setattr(bank_file, "bank_file", noted)
    return days


def show(stage: Stage) -> None:
    stage.site.do(ShowPayouts(actor=KIM, attendant_id=stage.attendant_id))


def written(stage: Stage, run: PayoutRun) -> bytes:
    """The order that was kept when the run was released."""
    outcome = release(stage, run)
    assert isinstance(outcome, RunReleased), outcome
    with stage.site.core.store.reading() as tx:
        file = tx.payouts.file(run.id)
    assert file is not None
    return file.content


def test_what_is_released_was_made_before_and_only_once(
    stage: Stage, aside: list[Task], made: list[date]
) -> None:
    run = proposed(stage)
    show(stage)
    approve(stage, run)
    show(stage)
    assert (len(aside), made) == (1, [])
    aside.pop()()
    prepared = stage.site.core.bank_orders.file

    content = written(stage, run)

    assert prepared is not None
    assert content == prepared.content
    assert made == [stage.now.date()]


def test_who_looks_at_no_list_has_it_prepared_by_the_approval(
    stage: Stage, aside: list[Task], made: list[date]
) -> None:
    run = proposed(stage)
    approve(stage, run)
    (task,) = aside
    task()

    written(stage, run)

    assert len(made) == 1


def test_what_is_not_ready_yet_is_made_at_the_release(
    stage: Stage, aside: list[Task], made: list[date]
) -> None:
    run = proposed(stage)
    approve(stage, run)

    content = written(stage, run)
    aside.pop()()

    assert len(made) == 2
    assert OTHER_IBAN.encode() in content


def test_an_order_of_yesterday_or_of_another_account_is_not_released(
    stage: Stage, aside: list[Task], made: list[date]
) -> None:
    run = proposed(stage)
    approve(stage, run)
    stage.site.clock.jump(DAY)
    name_account(stage, None, OTHER_IBAN, name="Operator")
    late, day = aside.pop(), stage.now.date()
    show(stage)
    aside.pop()()
    late()

    content = written(stage, run)

    assert made == [day, day - DAY]
    assert f"<Dt>{day}</Dt>".encode() in content
    assert GOOD_IBAN.encode() not in content


def test_what_was_prepared_yesterday_is_made_anew_though_nobody_has_looked(
    stage: Stage, aside: list[Task], made: list[date]
) -> None:
    run = proposed(stage)
    approve(stage, run)
    aside.pop()()
    stage.site.clock.jump(DAY)

    content = written(stage, run)

    assert f"<Dt>{stage.now.date()}</Dt>".encode() in content
    assert len(made) == 2
