"""Whether what screens and printers said before a kill is true in the life after it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from kiosk.domain import ledger
from kiosk.domain.after_outcomes import GoodwillGiven, StayRefunded
from kiosk.domain.debt_outcomes import DebtPaid, LeftUnpaid
from kiosk.domain.ids import OperationKey
from kiosk.domain.life_outcomes import Changed, DueTaken
from kiosk.domain.outcomes import (
    BarrierOrdered,
    Bill,
    Cancelled,
    ExitCovered,
    Granted,
    PaymentInDoubt,
    PaymentRunning,
    RefundPaid,
    Reserved,
    TicketIssued,
    WalletShown,
)
from kiosk.domain.payer_outcomes import Validated
from kiosk.domain.payout_outcomes import ResultsNoted, RunApproved, RunProposed, RunReleased
from kiosk.domain.payout_run import PayoutRun, RunState
from kiosk.domain.ticket import Ticket, read_ticket
from kiosk.domain.till_outcomes import ShiftEnded, ShiftOpened, ShiftReport, WalletPaidOut
from kiosk.services.commands import CancelReservation, PayRefundInCash
from kiosk.services.events import PassageReported, PaymentFinished, TicketPresented
from kiosk.services.paper import Paper
from kiosk.services.payer_commands import ValidateStay
from tests.fakes.stage import Stage
from tests.fault_killed.said import Said

Wrong = Iterator[str]
_UNPAID = frozenset({"pending", "expired"})
_RUNS = [RunState.PROPOSED, RunState.APPROVED, RunState.RELEASED]


def untrue(stage: Stage, sentences: Sequence[Said]) -> list[str]:
    """Every sentence that the site does not know of any more, each with what is wrong."""
    truth = _Truth(stage)
    found: list[str] = []
    for number, said in enumerate(sentences):
        words = said.words.outcome if isinstance(said.words, TicketPresented) else said.words
        found += [f"{number} {words}: {why}" for why in truth.of(words, said.command)]
    return [*found, *truth.balances(sentences)]


class _Truth:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._kinds: dict[type, Callable[..., Wrong]] = {
            Reserved: self._reserved,
            TicketIssued: self._ticket,
            Changed: lambda words, _: self._ticket(words.ticket, _),
            Granted: self._grant,
            BarrierOrdered: self._grant,
            ExitCovered: self._covered,
            LeftUnpaid: self._left_unpaid,
            DueTaken: lambda words, _: self._bill(words.bill),
            DebtPaid: self._debt_paid,
            Cancelled: self._cancelled,
            StayRefunded: self._refunded,
            RefundPaid: self._refund_paid,
            ShiftOpened: lambda words, _: self._shift(words.report),
            ShiftEnded: lambda words, _: self._shift(words.report),
            Validated: self._validated,
            PassageReported: self._passage,
            PaymentFinished: self._finished,
            PaymentRunning: lambda words, _: self._intent(words.operation_key),
            PaymentInDoubt: lambda words, _: self._intent(words.operation_key),
            Paper: self._paper,
            **dict.fromkeys(
                (RunProposed, RunApproved, RunReleased, ResultsNoted),
                lambda words, _: self._run(words.run),
            ),
        }

    def of(self, words: Any, command: Any) -> Wrong:
        """What of one sentence is not true."""
        check = self._kinds.get(type(words))
        return iter(()) if check is None else check(words, command)

    def balances(self, sentences: Sequence[Said]) -> Wrong:
        """Each balance that was said stands in the history of its wallet, in the same order."""
        said: dict[str, list[int]] = defaultdict(list)
        for each in sentences:
            if isinstance(each.words, (WalletShown, WalletPaidOut, GoodwillGiven)):
                said[ledger.wallet(each.words.driver_id)].append(each.words.balance.minor)
        for account, minors in said.items():
            moves = [
                (transfer.credit == account) * transfer.amount.minor
                - (transfer.debit == account) * transfer.amount.minor
                for transfer in self._transfers()
                if account in {transfer.debit, transfer.credit}
            ]
            history = iter([0, *accumulate(moves)])
            missing = [minor for minor in minors if minor not in history]
            if missing:
                yield f"{account}: was never {missing[0]} after what was said before it"

    def _transfers(self) -> list[ledger.Transfer]:
        with self.stage.site.core.store.reading() as tx:
            return [each for _, journal in tx.ledger.journals() for each in journal.transfers]

    # -- one kind of sentence each

    def _reserved(self, words: Reserved, _: Any) -> Wrong:
        reservation = self.stage.reservation(words.reservation_id)
        if reservation.quote.minor < 0:
            yield "has no quote"

    def _ticket(self, words: TicketIssued, _: Any) -> Wrong:
        state = self.stage.state(words.reservation_id)
        if state in _UNPAID:
            yield f"is {state}"
        core = self.stage.site.core
        keys = core.ticket_keys.believed(self.stage.now)
        read = read_ticket(words.text, site_number=core.site.number, keys=keys)
        windows = [each.window for each in self.stage.tickets(words.reservation_id)]
        if not (isinstance(read, Ticket) and words.window in windows):
            yield f"no such ticket: {read}, {windows}"

    def _grant(self, words: Granted | BarrierOrdered | ExitCovered, _: Any) -> Wrong:
        with self.stage.site.core.store.reading() as tx:
            grant = tx.lanes.grant(words.token)
        if grant is None or grant.state == "open":
            yield f"its grant is {grant}"

    def _covered(self, words: ExitCovered, command: Any) -> Wrong:
        yield from self._grant(words, command)
        yield from self._bill(words.bill)

    def _bill(self, bill: Bill) -> Wrong:
        kept = self.stage.receipts(bill.reservation_id)
        same = [each for each in kept if each.number == bill.receipt_number]
        if [each.charge.total for each in same] != [bill.charge.total]:
            yield f"the receipts are {[(each.number, each.charge.total) for each in kept]}"
        if self.stage.state(bill.reservation_id) in _UNPAID | {"confirmed"} and not kept:
            yield "it is not settled"

    def _left_unpaid(self, words: LeftUnpaid, command: Any) -> Wrong:
        yield from self._covered(words.covered, command)
        with self.stage.site.core.store.reading() as tx:
            debt = tx.debts.get(words.code)
            rows = tx.audit.of_reservation(words.covered.bill.reservation_id)
        # What a later refund took off it was said as well.
        is_lowered = any(row.action == "debt.lowered" for row in rows)
        if debt is None or (debt.amount != words.amount and not is_lowered):
            yield f"the debt is {debt}"

    def _debt_paid(self, words: DebtPaid, _: Any) -> Wrong:
        with self.stage.site.core.store.reading() as tx:
            debt = tx.debts.get(words.code)
        if debt is None or debt.how != "paid":
            yield f"the debt is {debt}"

    def _cancelled(self, words: Cancelled, command: CancelReservation) -> Wrong:
        chosen = command.reservation_id
        state = self.stage.state(chosen)
        if state in {"confirmed", "arrived"} or (words.refund is not None and state in _UNPAID):
            yield f"is {state}"
        if words.refund is None:
            return
        kept = self.stage.reservation(chosen).quote - words.refund
        with self.stage.site.core.store.reading() as tx:
            settled = tx.ledger.settled(chosen, kept.currency).total
        if settled != kept:
            yield f"{settled} was kept, not {kept}"

    def _refunded(self, words: StayRefunded, _: Any) -> Wrong:
        with self.stage.site.core.store.reading() as tx:
            kept = tx.disputes.corrections_of(words.correction.reservation_id)
        if words.correction not in kept:
            yield f"the corrections are {kept}"

    def _refund_paid(self, words: RefundPaid, command: PayRefundInCash) -> Wrong:
        till = ledger.till(command.desk)
        with self.stage.site.core.store.reading() as tx:
            rows = tx.ledger.transfers_of(command.reservation_id)
        if words.amount not in [
            row.transfer.amount for row in rows if row.transfer.credit == till
        ]:
            yield "it was not taken from the till"

    def _shift(self, report: ShiftReport) -> Wrong:
        columns = "float_minor, counted_minor, left_minor"
        rows = self.stage.sql(f"SELECT {columns} FROM shift WHERE id = {report.number}")
        if not rows or rows[0][0] != report.float_.minor:
            yield f"the shift is {rows}"
            return
        end = report.end
        if end is not None and rows[0][1:] != (end.counted.minor, end.left.minor):
            yield f"the shift is {rows}"

    def _validated(self, _: Validated, command: ValidateStay) -> Wrong:
        with self.stage.site.core.store.reading() as tx:
            given = [each.given for each in tx.shops.validations_of(command.reservation_id)]
        if command.given not in given:
            yield f"given was {given}"

    def _passage(self, words: PassageReported, _: Any) -> Wrong:
        if words.reservation_id is None:
            return
        stay = self.stage.stay(words.reservation_id)
        is_exit = words.lane != "entry"
        if stay is None or (is_exit and stay.left_at is None):
            yield f"the stay is {stay}"

    def _finished(self, words: PaymentFinished, command: Any) -> Wrong:
        yield from self._intent(words.operation_key)
        yield from self.of(words.outcome, command)

    def _intent(self, key: OperationKey) -> Wrong:
        with self.stage.site.core.store.reading() as tx:
            operation = tx.payments.operation(key)
        if operation is None:
            yield "its intent is lost"

    def _paper(self, words: Paper, _: Any) -> Wrong:
        number = re.match(r"RECEIPT (\d+)", words.lines[0])
        if number is None:
            return
        with self.stage.site.core.store.reading() as tx:
            if tx.ledger.receipt(int(number[1])) is None:
                yield "no such receipt"

    def _run(self, said: PayoutRun) -> Wrong:
        with self.stage.site.core.store.reading() as tx:
            run = tx.payouts.run(said.id)
        if run is None or run.total != said.total:
            yield f"the run is {run}"
            return
        if run.state in _RUNS and _RUNS.index(run.state) < _RUNS.index(said.state):
            yield f"the run is {run.state}"
        if len(run.approvals) < len(said.approvals):
            yield f"approved by {run.approvals}"
        results = {each.id: each.result for each in run.payouts}
        if any(each.result and results[each.id] != each.result for each in said.payouts):
            yield f"the results are {results}"
