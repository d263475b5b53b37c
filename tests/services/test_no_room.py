"""No room for another page of the database: deeds of money are refused whole, and go on later.

The limit is SQLite's own (max_page_count), so that it fails wherever it does at work; a file that
may not grow (RLIMIT_FSIZE) is met by a whole process of its own.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from db.store import Store
from kiosk.domain import journals
from kiosk.domain.after_outcomes import StayRefunded
from kiosk.domain.errors import StoreFull
from kiosk.domain.ledger import Journal
from kiosk.domain.outcomes import BarrierOrdered, ExitCovered, RefundPaid, TicketIssued
from kiosk.domain.payout_outcomes import RunReleased
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import OpenBarrier, PayRefundInCash
from tests.conftest import ExpectLog
from tests.db.conftest import database_of
from tests.fakes.provider_books import disagreements, space_or_refund, unfinished
from tests.fakes.stage import CARD, EXIT, KIM, NOON, Stage, euro
from tests.services.after import ask_refund
from tests.services.paying_out import (
    ALWAYS,
    DAY,
    GOOD_IBAN,
    approve,
    left,
    name_account,
    proposed,
    release,
    with_terms,
)
from tests.services.test_full_disk import fill as fill_commits

Deed = Callable[[], object]
ROOT = Path(__file__).parents[2]
MIDNIGHT = NOON + timedelta(hours=12, seconds=-1)
"""Shortly before the day of the report is over."""


def fill(store: Store) -> None:
    """Take all room there is: not one act more can be written down."""
    database = database_of(store)
    database.execute_sql(f"PRAGMA max_page_count = {database.pragma('page_count')}")
    for size in (2000, 20, 1):
        with suppress(StoreFull):
            while True:
                write_down(store, "x" * size)


def write_down(store: Store, detail: str) -> None:
    with store.transaction() as tx:
        tx.audit.write(
            at=NOON,
            actor_kind="clock",
            actor_name="filler",
            action="disk.filled",
            detail=detail,
        )


def make_room(store: Store) -> None:
    database_of(store).execute_sql("PRAGMA max_page_count = 1000000")


def written(stage: Stage) -> list[str]:
    """All that stands in the database."""
    tables = stage.sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [f"{name} {row}" for (name,) in tables for row in stage.sql(f"SELECT * FROM {name}")]


def deposit(stage: Stage) -> tuple[Deed, type]:
    ada = stage.wallet()
    reserved = stage.reserve()
    return lambda: stage.pay_deposit(reserved.reservation_id, ada.proof, intent="w"), TicketIssued


def exit_(stage: Stage) -> tuple[Deed, type]:
    ticket = stage.inside(stage.wallet().proof)
    stage.wait(minutes=50)
    stage.site.car_to(EXIT)
    return lambda: stage.scan(EXIT, ticket.text), ExitCovered


def refund(stage: Stage) -> tuple[Deed, type]:
    ticket = left(stage, stage.wallet())
    return lambda: ask_refund(stage, ticket.reservation_id, 20, intent="refund"), StayRefunded


def refund_in_cash(stage: Stage) -> tuple[Deed, type]:
    ticket = left(stage, stage.wallet())
    compensate(stage, ticket)
    command = PayRefundInCash(
        actor=KIM,
        attendant_id=stage.attendant_id,
        desk="desk-1",
        reservation_id=ticket.reservation_id,
    )
    return lambda: stage.site.do(command), RefundPaid


def compensate(stage: Stage, ticket: TicketIssued) -> None:
    """The operator owes the driver something, over the counter."""
    moved = journals.goodwill_granted(ticket.reservation_id, euro(70))
    with stage.site.core.store.transaction() as tx:
        tx.ledger.post(Journal("goodwill", "refund", moved, ticket.reservation_id), stage.now)


def release_payouts(stage: Stage) -> tuple[Deed, type]:
    with_terms(stage, minimum_minor=100)
    name_account(stage, None, GOOD_IBAN, name="Site")
    name_account(stage, ALWAYS, GOOD_IBAN)
    left(stage, stage.wallet())
    stage.site.pass_time(DAY + timedelta(hours=1))
    run = proposed(stage)
    approve(stage, run)
    return lambda: release(stage, run), RunReleased


@pytest.mark.parametrize(
    "prepare",
    [deposit, exit_, refund, refund_in_cash, release_payouts],
    ids=lambda deed: deed.__name__,
)
def test_what_finds_no_room_is_refused_whole_and_done_when_there_is_room_again(
    stage: Stage, prepare: Callable[[Stage], tuple[Deed, type]]
) -> None:
    deed, wanted = prepare(stage)
    store = stage.site.core.store
    fill(store)
    before = written(stage)

    with pytest.raises(StoreFull):
        deed()
    after = written(stage)
    make_room(store)
    outcome = deed()

    assert after == before
    assert isinstance(outcome, wanted), outcome
    assert stage.wrong() == []


def test_the_desk_opens_the_exit_on_a_full_disk(stage: Stage, expect_log: ExpectLog) -> None:
    scan, _ = exit_(stage)
    expect_log(
        "full_disk.opened_by_hand who=Kim lane=exit stay=None why=disk full",
        because="an attendant opens on a full disk",
    )
    fill(stage.site.core.store)
    with pytest.raises(StoreFull):
        scan()

    opened = stage.site.do(
        OpenBarrier(actor=KIM, attendant_id=stage.attendant_id, lane=EXIT, reason="disk full")
    )
    stage.wait(seconds=2)

    assert isinstance(opened, BarrierOrdered)
    assert stage.is_arm_up(EXIT)


def test_a_card_that_is_charged_while_the_disk_fills_up_has_its_space_afterwards(
    stage: Stage,
) -> None:
    waiting = stage.hold_payments()
    reserved = stage.reserve()
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")
    fill(stage.site.core.store)

    with pytest.raises(StoreFull):
        waiting.pop()()
    made = stage.site.simulator.total("collect", "EUR").minor
    make_room(stage.site.core.store)
    stage.site.core.run_payment = lambda _adapter, task: task()
    stage.wait(seconds=10)

    assert made == 480
    assert stage.state(reserved.reservation_id) == "confirmed"
    assert [*disagreements(stage), *unfinished(stage), *space_or_refund(stage)] == []


def test_a_provider_is_not_asked_for_what_cannot_be_written_down(stage: Stage) -> None:
    reserved = stage.reserve()
    fill(stage.site.core.store)

    with pytest.raises(StoreFull):
        stage.pay_deposit(reserved.reservation_id, CARD)

    assert stage.provider_counts() == (0, 0)


def banked(stage: Stage) -> Stage:
    """The provider has taken 2.40 and paid them to our bank; its day is nearly over."""
    ticket = stage.inside(CARD)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=5)
    stage.site.simulator.pay_bank("EUR")
    stage.wait_until(MIDNIGHT)
    return stage


def test_a_report_that_finds_no_room_is_compared_when_there_is_room_again(
    authorising: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = banked(authorising)
    fill_commits(stage, monkeypatch)
    with pytest.raises(StoreFull):
        stage.wait(minutes=1)
    before = stage.books().get("bank")
    monkeypatch.undo()

    stage.wait(minutes=30)

    assert before is None
    assert stage.books()["bank"] == -240


def test_a_report_that_could_not_be_fetched_is_fetched_later(authorising: Stage) -> None:
    stage = banked(authorising)
    stage.site.simulator.fault_next(SimulatedFault.UNREACHABLE, kind="report")

    stage.wait(minutes=1)
    before = stage.books().get("bank")
    stage.wait(minutes=30)

    assert before is None
    assert stage.books()["bank"] == -240


GROWING = """
import resource, sys
from pathlib import Path
from datetime import timedelta
from kiosk.domain.errors import StoreFull
from kiosk.domain.outcomes import ExitCovered
from tests.fakes.stage import EXIT, Stage, found, small_site

folder = Path(sys.argv[1])
found(small_site(), folder)
stage = Stage(folder)
ticket = stage.inside(stage.wallet().proof)
stage.wait(minutes=50)
stage.site.car_to(EXIT)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "site.db-wal").stat().st_size, hard))
journals = stage.journal_count()
for _ in range(2):
    try:
        stage.scan(EXIT, ticket.text)
    except StoreFull as fault:
        print(fault.code)
print(stage.journal_count() - journals, stage.state(ticket.reservation_id))
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
print(type(stage.scan(EXIT, ticket.text)).__name__, stage.wrong())
stage.close()
"""


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", GROWING, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    said = "store-full\nstore-full\n0 arrived\nExitCovered []\n"
    assert (done.stdout, done.stderr) == (said, "")
