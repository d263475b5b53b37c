"""Plays a history of acts, with what must be true after each of them and at the end."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.domain import ledger
from kiosk.domain.ids import ReservationId
from kiosk.payments.adapter import Succeeded
from kiosk.services import bills
from kiosk.services.audit_check import check_site
from kiosk.services.library import renew_space
from tests.fakes.owners_parts import too_much_given
from tests.fakes.payments_back import too_much_back
from tests.fakes.stage import Stage
from tests.services.after import decide
from tests.services.histories import Act, History
from tests.services.moving import NIGHTS, rebuild
from tests.services.till import with_site


def books_are_right(stage: Stage) -> None:
    """Every cent has one place, and each place is what its transfers say."""
    with stage.site.core.store.reading() as tx:
        balances, sums = tx.ledger.balances(), tx.ledger.sums()
    owed = {each.account: each.owed.minor for each in balances}
    assert sum(owed.values()) == 0
    assert balances == sums
    assert all(minor >= 0 for name, minor in owed.items() if ledger.kind_of(name).is_guarded)


def it_is_the_space_or_the_money(stage: Stage, reservation_id: ReservationId) -> None:
    """A reservation has exactly one of the space and the money back.

    What is held, in escrow or authorised, is the quote while the stay is owed, and nothing once
    it is settled; who never got the space has all back. A car that came back was settled when
    it left.
    """
    reservation, core = stage.reservation(reservation_id), stage.site.core
    with core.store.reading() as tx:
        held = bills.held_for(core, tx, reservation_id).minor
        rows = [each.transfer for each in tx.ledger.transfers_of(reservation_id)]
    escrow = ledger.escrow(reservation_id)
    shared = sum(
        each.amount.minor
        for each in rows
        if each.debit == escrow and not each.credit.startswith("refund-due:")
    )
    match reservation.state.value:
        case "confirmed" | "arrived" if not stage.receipts(reservation_id):
            assert held >= reservation.quote.minor
            assert shared == 0
        case "confirmed" | "arrived":
            pass
        case "pending" | "expired":
            assert (held, shared) == (0, 0)
        case _:
            assert held == 0


def every_refund_has_arrived(stage: Stage) -> None:
    """What is still due to drivers was refused by a provider, or is paid by the desk alone."""
    refused = stage.sql(
        "SELECT reservation_id FROM operation WHERE kind = 'refund' AND state <> 'succeeded'"
    )
    in_cash = stage.sql(
        "SELECT j.reservation_id FROM journal j JOIN transfer t ON t.journal_id = j.id "
        "WHERE t.debit LIKE 'till:%'"
    )
    desks = {ledger.refund_due(ReservationId(row[0])) for row in (*refused, *in_cash)}
    due = {name for name in stage.books() if name.startswith("refund-due:")}
    assert due <= desks


def provider_agrees(stage: Stage) -> None:
    """What we claim from the card provider is what it counts itself, payment by payment.

    Chargebacks come to us by letter: it does not know of them here.
    """
    simulator, core = stage.site.simulator, stage.site.core
    total = {kind: simulator.total(kind, "EUR").minor for kind in ("collect", "capture", "refund")}
    with core.store.reading() as tx:
        journals = [journal for _, journal in tx.ledger.journals()]
        operations = [
            operation
            for (number,) in stage.sql("SELECT id FROM reservation")
            for operation in tx.payments.of_reservation(ReservationId(number))
        ]
    claim = 0
    for journal in journals:
        for each in journal.transfers if journal.kind != "chargeback" else ():
            claim += each.amount.minor * (each.debit == "psp:simulator")
            claim -= each.amount.minor * (each.credit == "psp:simulator")
    assert claim == total["collect"] + total["capture"] - total["refund"]
    for operation in operations:
        is_done = isinstance(simulator.query(operation.key), Succeeded)
        assert (operation.state == "succeeded") == is_done, operation


def debts_are_owed(stage: Stage) -> None:
    """What drivers owe by the books is what their open debts say."""
    with stage.site.core.store.reading() as tx:
        debts = sum(each.amount.minor for each in tx.debts.open())
    assert -stage.books().get(ledger.RECEIVABLE_DRIVER, 0) == debts


def evidence_is_right(stage: Stage) -> None:
    """The chain of the audit holds, and proves every journal, receipt and operation."""
    with stage.site.core.store.reading() as tx:
        assert check_site(tx).findings == ()


def gaps_are_what_a_rebuild_gives(stage: Stage) -> None:
    before = stage.gaps()
    with stage.site.core.store.transaction() as tx:
        for space in tx.library.spaces():
            renew_space(stage.site.core, tx, space.id)
    assert stage.gaps() == before


def play(founded: Path, acts: list[Act], *, authorises: bool) -> None:
    """One history, with everything that is true after each act and at its end."""
    with TemporaryDirectory() as name:
        shutil.copy(founded, name)
        with closing(Stage(Path(name), authorises=authorises)) as stage:
            rebuild(stage, 3, "owner_id", NIGHTS)  # two owners in area A, shared by day
            history = History(stage)
            for act in acts:
                act(history)
                books_are_right(stage)
                assert [*too_much_back(stage), *too_much_given(stage)] == []
                for reservation_id in history.reserved:
                    it_is_the_space_or_the_money(stage, reservation_id)
            end(history)


def banks_decide(stage: Stage) -> None:
    """Every other chargeback that waits is lost."""
    with stage.site.core.store.reading() as tx:
        waiting = tx.disputes.open_chargebacks()
    for each in waiting:
        decide(stage, each, is_lost=bool(each.id % 2))


def end(history: History) -> None:
    """What is queued or in doubt is sent and asked again, and the desk pays what it owes."""
    stage = history.stage
    stage.fault_next()
    banks_decide(stage)
    for _ in range(3):
        stage.wait(seconds=10)
    every_refund_has_arrived(stage)
    with_site(stage, keeps_shifts=False)
    for reservation_id in history.reserved:
        history.till.refund(reservation_id)
    books_are_right(stage)
    assert [*too_much_back(stage), *too_much_given(stage)] == []
    provider_agrees(stage)
    debts_are_owed(stage)
    evidence_is_right(stage)
    for reservation_id in history.reserved:
        it_is_the_space_or_the_money(stage, reservation_id)
    assert not [name for name in stage.books() if name.startswith("refund-due:")]
    gaps_are_what_a_rebuild_gives(stage)
    assert stage.wrong() == []
