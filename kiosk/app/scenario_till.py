"""What the attendant does in a story with the till, and with money after a stay has ended."""

from __future__ import annotations

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_events import DriverEvent
from kiosk.app.scenario_money_events import (
    Chargeback,
    CloseShift,
    DecideChargeback,
    DecideDispute,
    GiveGoodwill,
    OpenDispute,
    PayLater,
    PayOutWallet,
    Refund,
    ShiftEvent,
    WriteOff,
)
from kiosk.app.scenario_people import CARD, CLERK, DESK
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_words import Seen
from kiosk.domain.debt_outcomes import DebtsShown, LeavingOffered
from kiosk.domain.money import Money
from kiosk.services import after_commands, till_commands
from kiosk.services.after_commands import CloseDispute, RefundStay
from kiosk.services.debt_commands import (
    CashAtDesk,
    LeaveUnpaid,
    OfferLeaving,
    PayDebt,
    ShowDebts,
    WriteOffDebt,
)
from kiosk.services.views import Direction


def open_shift(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The till is counted, and takes and gives cash from now on."""
    table = planned.table
    assert isinstance(table, ShiftEvent)
    command = till_commands.OpenShift(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        desk=DESK,
        counted=table.counted,
        intent=stage.intent(),
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def close_shift(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The till is counted once more, and what does not stay in it goes to the bank."""
    table = planned.table
    assert isinstance(table, CloseShift)
    command = till_commands.CloseShift(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        desk=DESK,
        counted=table.counted,
        left=Money.zero(stage.currency) if table.left is None else table.left,
        intent=stage.intent(),
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def pay_out_wallet(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Cash out of a wallet, against its PIN."""
    table = planned.table
    assert isinstance(table, PayOutWallet)
    proof = stage.people.pass_of(table.who, "wallet")
    command = till_commands.PayOutWallet(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        desk=DESK,
        pass_code=proof.pass_code,
        pin=proof.pin,
        amount=table.amount,
        intent=stage.intent(),
    )
    return [stage.seen(table.who, stage.do(command))]


# Left unpaid -----------------------------------------------------------------------------


def leave_unpaid(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Whoever could not pay at the exit is offered to leave, and leaves."""
    table = planned.table
    assert isinstance(table, DriverEvent)
    reservation_id = stage.reservations[stage.name_of(planned)]
    actor = stage.driver(table.who)
    lane = stage.lane_of(table.who) or stage.lane(None, Direction.EXIT)
    offered = stage.do(OfferLeaving(actor=actor, lane=lane, reservation_id=reservation_id))
    seen = [stage.seen(table.who, offered)]
    if isinstance(offered, LeavingOffered):
        command = LeaveUnpaid(
            actor=actor, lane=lane, reservation_id=reservation_id, agreed=offered.amount
        )
        seen.append(stage.seen(table.who, stage.do(command)))
        stage.drive_on(table.who)
    return seen


def pay_later(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """By the code that the driver got at the exit; the desk knows it too."""
    table = planned.table
    assert isinstance(table, PayLater)
    method = (
        CashAtDesk(DESK, stage.attendant_id)
        if table.by == "cash"
        else CARD
        if table.by == "card" or not stage.people.has_wallet(table.who)
        else stage.people.pass_of(table.who, "wallet")
    )
    command = PayDebt(
        actor=stage.driver(table.who),
        code=_code(stage, planned),
        method=method,
        intent=stage.intent(),
    )
    return [stage.seen(table.who, stage.do(command))]


def write_off(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Nobody will pay it any more."""
    table = planned.table
    assert isinstance(table, WriteOff)
    command = WriteOffDebt(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        code=_code(stage, planned),
        reason=table.reason,
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def _code(stage: Stage, planned: PlannedEvent) -> str:
    """The code of what is open of a reservation; one that nobody has, when nothing is."""
    reservation_id = stage.reservations[stage.name_of(planned)]
    shown = stage.do(ShowDebts(actor=CLERK, attendant_id=stage.attendant_id))
    assert isinstance(shown, DebtsShown)
    codes = [debt.code for debt in shown.debts if debt.reservation_id == reservation_id]
    return codes[0] if codes else ""


# After a settlement ----------------------------------------------------------------------


def refund(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A part of what a stay has cost goes back to whoever paid."""
    table = planned.table
    assert isinstance(table, Refund)
    command = RefundStay(
        actor=CLERK,
        proof=stage.people.proof(table.second),
        reservation_id=stage.reservations[stage.name_of(planned)],
        amount=table.money,
        is_new_total=table.new_total is not None,
        is_goodwill=table.goodwill,
        reason=table.reason,
        intent=stage.intent(),
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def dispute(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A driver says that something was wrong; the attendant writes it down."""
    table = planned.table
    assert isinstance(table, OpenDispute)
    command = after_commands.OpenDispute(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        reservation_id=stage.reservations[stage.name_of(planned)],
        kind=table.kind,
        words=table.words,
    )
    return [stage.seen(table.who, stage.do(command))]


def decide_dispute(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Uphold the latest dispute of a reservation, or refuse it."""
    table = planned.table
    assert isinstance(table, DecideDispute)
    reservation_id = stage.reservations[stage.name_of(planned)]
    with stage.site.core.store.reading() as tx:
        found = tx.disputes.of_reservation(reservation_id)
    if not found:
        return [Seen(CLERK.name, "no-dispute", {})]
    command = CloseDispute(
        actor=CLERK,
        proof=stage.people.proof(table.second),
        dispute_id=found[-1].id,
        refund=table.amount,
        is_goodwill=table.goodwill,
        words=table.words,
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def chargeback(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The card provider writes that a bank has taken a payment back."""
    table = planned.table
    assert isinstance(table, Chargeback)
    command = after_commands.OpenChargeback(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        reservation_id=stage.reservations[stage.name_of(planned)],
        adapter=CARD.adapter,
        reference=table.case,
        amount=table.amount,
        fee=Money.zero(stage.currency) if table.fee is None else table.fee,
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def decide_chargeback(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The bank has decided, or has turned its mind."""
    table = planned.table
    assert isinstance(table, DecideChargeback)
    with stage.site.core.store.reading() as tx:
        found = tx.disputes.chargeback_by(CARD.adapter, table.case)
    if found is None:
        return [Seen(CLERK.name, "no-chargeback", {})]
    command = after_commands.DecideChargeback(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        chargeback_id=found.id,
        is_lost=table.lost,
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def goodwill(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The operator puts something on a wallet."""
    table = planned.table
    assert isinstance(table, GiveGoodwill)
    command = after_commands.GiveGoodwill(
        actor=CLERK,
        proof=stage.people.proof(table.second),
        pass_code=stage.people.pass_of(table.who, "wallet").pass_code,
        amount=table.amount,
        reason=table.reason,
        intent=stage.intent(),
    )
    return [stage.seen(table.who, stage.do(command))]
