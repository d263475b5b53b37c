"""Who else pays in a story: shops that validate, drivers who take a car over, fleets' invoices."""

from __future__ import annotations

from datetime import timedelta

from db.invoices import InvoiceRecord
from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_events import DriverEvent
from kiosk.app.scenario_facts import Facts
from kiosk.app.scenario_money_events import (
    DebtorEvent,
    GiveVoucher,
    HandOver,
    Invoice,
    PayInvoice,
    Validate,
)
from kiosk.app.scenario_people import CLERK
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_words import Seen
from kiosk.domain.invoice import BilledLine, InvoiceLine
from kiosk.services import payer_commands
from kiosk.services.invoice_paper import invoice_csv
from kiosk.services.invoices import Debtor, debtors, issue_invoice, pay_invoice
from kiosk.services.payer_commands import UseVoucher, ValidateStay
from kiosk.services.views import Direction
from kiosk.services.vouchers import VOUCHER_LENGTH, make_vouchers

_NOT_PAINTED = b"a story paints no paper"


def validate(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The attendant enters what a shop, or the operator, gives to a car inside."""
    table = planned.table
    assert isinstance(table, Validate)
    command = ValidateStay(
        actor=CLERK,
        attendant_id=stage.attendant_id,
        reservation_id=stage.reservations[stage.name_of(planned)],
        shop_id=None if table.shop is None else stage.people.shop_ids[table.shop],
        given=table.given(),
    )
    return [stage.seen(CLERK.name, stage.do(command))]


def give_voucher(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """A shop hands a voucher out; it is in the driver's hand from now on."""
    table = planned.table
    assert isinstance(table, GiveVoucher)
    core, expires_at = stage.site.core, stage.now + timedelta(days=table.days)
    code = core.random_code(VOUCHER_LENGTH)
    shop_id = None if table.shop is None else stage.people.shop_ids[table.shop]
    with core.store.transaction() as tx:
        make_vouchers(core, tx, shop_id, given=table.given(), codes=[code], expires_at=expires_at)
    stage.people.vouchers[table.who] = code
    return [Seen(table.who, "voucher-given", {"to": table.who, "expires_at": expires_at})]


def use_voucher(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Who stands at the exit and was asked to pay holds the latest voucher to the reader."""
    table = planned.table
    assert isinstance(table, DriverEvent)
    code = stage.people.vouchers.get(table.who)
    if code is None:
        return [Seen(table.who, "no-voucher", {})]
    command = UseVoucher(
        actor=stage.driver(table.who),
        lane=stage.lane_of(table.who) or stage.lane(None, Direction.EXIT),
        reservation_id=stage.reservations[stage.name_of(planned)],
        code=code,
    )
    seen = [stage.seen(table.who, stage.do(command))]
    stage.drive_on(table.who)
    return seen


def hand_over(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """Another driver pays for a car inside from now on."""
    table = planned.table
    assert isinstance(table, HandOver)
    command = payer_commands.HandOver(
        actor=stage.driver(table.to),
        reservation_id=stage.reservations[stage.name_of(planned)],
        method=stage.people.pass_of(table.to, table.by),
        intent=stage.intent(),
    )
    return [stage.seen(table.to, stage.do(command))]


# Invoices --------------------------------------------------------------------------------


def invoice(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The invoice of a month that is over."""
    table = planned.table
    assert isinstance(table, Invoice)
    core, debtor = stage.site.core, _debtor(stage, table)

    def files(
        _: Debtor, invoice: InvoiceRecord, lines: tuple[BilledLine, ...]
    ) -> tuple[bytes, bytes]:
        return _NOT_PAINTED, invoice_csv(invoice, lines, zone=stage.zone)

    outcome = issue_invoice(core, debtor, table.to_month(), files=files)
    if not isinstance(outcome, InvoiceRecord):
        return [stage.seen(CLERK.name, outcome)]
    with core.store.reading() as tx:
        lines = tx.invoices.lines_of(outcome.number)
    facts: Facts = {
        "debtor": debtor.name,
        "number": outcome.number,
        "month": str(outcome.month),
        "amount": outcome.amount,
        "tax": outcome.tax,
        "due_at": outcome.due_at,
        "lines": tuple(_line(stage, line) for line in lines),
    }
    return [Seen(CLERK.name, "invoice-issued", facts)]


def _line(stage: Stage, line: InvoiceLine) -> Facts:
    return {
        "at": line.at,
        "reservation": stage.names.reservations[line.reservation_id],
        "receipt_number": line.receipt_number,
        "space": line.space,
        "minutes": line.minutes,
        "amount": line.amount,
        "tax": line.tax,
    }


def pay(stage: Stage, planned: PlannedEvent) -> list[Seen]:
    """The bank has received something for the latest invoice."""
    table = planned.table
    assert isinstance(table, PayInvoice)
    core, debtor = stage.site.core, _debtor(stage, table)
    with core.store.reading() as tx:
        found = [each for each in tx.invoices.all() if _is_of(each, debtor)]
    if not found:
        return [Seen(CLERK.name, "no-invoice", {})]
    latest = max(found, key=lambda each: each.number)
    amount = latest.open if table.amount is None else table.amount
    outcome = pay_invoice(core, latest, amount)
    if not isinstance(outcome, InvoiceRecord):
        return [stage.seen(CLERK.name, outcome)]
    facts: Facts = {
        "debtor": debtor.name,
        "number": outcome.number,
        "amount": amount,
        "open": outcome.open,
    }
    return [Seen(CLERK.name, "invoice-paid", facts)]


def _debtor(stage: Stage, table: DebtorEvent) -> Debtor:
    fleet_id = stage.people.fleet_ids.get(table.fleet or "")
    shop_id = stage.people.shop_ids.get(table.shop or "")
    with stage.site.core.store.reading() as tx:
        found = debtors(tx)
    return next(each for each in found if (each.fleet_id, each.shop_id) == (fleet_id, shop_id))


def _is_of(invoice: InvoiceRecord, debtor: Debtor) -> bool:
    return (invoice.fleet_id, invoice.shop_id) == (debtor.fleet_id, debtor.shop_id)
