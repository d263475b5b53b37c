"""The till of a desk: a shift is opened with a counted float, and closed with a count.

What is missing or too much is booked under the names of those who counted. Whoever takes or
gives cash asks here first whether a shift is open, and in which steps cash can be paid.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.domain import journals_cash, ledger
from kiosk.domain.cash import smallest_coin
from kiosk.domain.ledger import Journal
from kiosk.domain.life_outcomes import DuePriced
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.till_outcomes import (
    CountRefused,
    ShiftClosed,
    ShiftEnd,
    ShiftEnded,
    ShiftIsOpen,
    ShiftOpened,
    ShiftReport,
    TillMoves,
    TillShown,
    TillTooLow,
)
from kiosk.services import limits
from kiosk.services.events import SiteChanged
from kiosk.services.terms import terms_of

if TYPE_CHECKING:
    from db.shifts import ShiftRecord
    from db.store import Tx
    from kiosk.domain.ledger import Transfer
    from kiosk.domain.outcomes import Bill
    from kiosk.domain.reservation import Reservation
    from kiosk.services.core import Core
    from kiosk.services.till_commands import CloseShift, OpenShift, ShowTill


def open_shift(
    core: Core, command: OpenShift
) -> ShiftOpened | ShiftIsOpen | CountRefused | NotSignedIn:
    """The till is counted and its shift begins; what was brought is in the books.

    More than the last shift has left comes from the bank as change; less is missing since, and
    short. Before the first shift nobody has ever counted: the bank is the other side of both.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        opened = tx.shifts.opened_by(command.intent)
        if opened is not None:
            return ShiftOpened(_report(tx, opened))
        running = tx.shifts.open_of(command.desk)
        if running is not None:
            return ShiftIsOpen(_report(tx, running))
        if not _is_count(core, command.counted):
            return CountRefused(_most(core))
        found = in_till(core, tx, command.desk)
        is_first = tx.shifts.last_of(command.desk) is None
        moved = _float_moves(command.desk, found, command.counted, is_first=is_first)
        if moved:
            journal = Journal(f"shift-open:{command.intent}", "float", moved)
            assert tx.ledger.post(journal, core.clock.now()), "an intent opens one shift"
        tx.shifts.open(
            desk=command.desk,
            attendant_id=command.attendant_id,
            at=core.clock.now(),
            found=found,
            float_=command.counted,
            intent=command.intent,
        )
        shift = tx.shifts.open_of(command.desk)
        assert shift is not None, "it was opened just now"
        report = _report(tx, shift)
        core.audit(tx, actor=command.actor, action="shift.opened", detail=report_json(report))
    core.publish(SiteChanged())
    return ShiftOpened(report)


def close_shift(
    core: Core, command: CloseShift
) -> ShiftEnded | ShiftClosed | CountRefused | NotSignedIn:
    """The till was counted: the difference is over or short, and what is not left is banked."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        closed = tx.shifts.closed_by(command.intent)
        if closed is not None:
            return ShiftEnded(_report(tx, closed))
        shift = tx.shifts.open_of(command.desk)
        if shift is None:
            return ShiftClosed()
        if not (_is_count(core, command.counted) and _is_count(core, command.left)):
            return CountRefused(_most(core))
        if command.left > command.counted:
            return CountRefused(_most(core))
        expected, now = in_till(core, tx, command.desk), core.clock.now()
        # First the end, then its journals: they belong to no shift.
        tx.shifts.close(
            shift.number,
            attendant_id=command.attendant_id,
            at=now,
            expected=expected,
            counted=command.counted,
            left=command.left,
            intent=command.intent,
        )
        moved = (
            *journals_cash.shift_closed(command.desk, expected=expected, counted=command.counted),
            *_banked(command.desk, command.counted - command.left),
        )
        if moved:
            journal = Journal(f"shift-close:{shift.number}", "shift-close", moved)
            assert tx.ledger.post(journal, now), "a shift is closed once"
        ended = tx.shifts.closed_by(command.intent)
        assert ended is not None, "it was closed just now"
        report = _report(tx, ended)
        core.audit(tx, actor=command.actor, action="shift.closed", detail=report_json(report))
    core.publish(SiteChanged())
    return ShiftEnded(report)


def show_till(core: Core, command: ShowTill) -> TillShown | NotSignedIn:
    """The till as the books know it now."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.reading() as tx:
        running, last = tx.shifts.open_of(command.desk), tx.shifts.last_of(command.desk)
        return TillShown(
            in_till(core, tx, command.desk),
            None if running is None else _report(tx, running),
            None if last is None else _report(tx, last),
        )


def no_shift(core: Core, tx: Tx, desk: str) -> ShiftClosed | None:
    """Why this desk takes and gives no cash; None when it does."""
    if core.site.keeps_shifts and tx.shifts.open_of(desk) is None:
        return ShiftClosed()
    return None


def not_in_till(core: Core, tx: Tx, desk: str, cash: Money) -> ShiftClosed | TillTooLow | None:
    """Why this desk cannot give so much cash; None when it can.

    Where no shifts are kept nobody has counted the till, and the books do not know its float.
    """
    closed = no_shift(core, tx, desk)
    if closed is not None or not core.site.keeps_shifts:
        return closed
    there = in_till(core, tx, desk)
    return TillTooLow(there) if cash > there else None


def in_till(core: Core, tx: Tx, desk: str) -> Money:
    """What should lie in the till of a desk, by the books."""
    return -tx.ledger.balance(ledger.till(desk), core.site.currency).owed


def coin_of(core: Core) -> int:
    """The step of cash that belongs to no tariff, in minor units."""
    return smallest_coin(core.site.currency)


def cash_step(core: Core, tx: Tx, reservation: Reservation) -> int:
    """The step of cash for a stay: what its tariff says, and no finer than there are coins."""
    step = terms_of(tx, reservation).tariff.rounding.cash_step_minor
    return max(step, coin_of(core))


def due_priced(core: Core, tx: Tx, reservation: Reservation, bill: Bill) -> DuePriced:
    """What is due by the bill, and what of it the desk would take in cash."""
    step = cash_step(core, tx, reservation)
    return DuePriced(bill, journals_cash.round_cash(bill.due, step))


def report_json(report: ShiftReport) -> str:
    """The report of a shift as one line of JSON, amounts in minor units."""
    end = report.end
    told = {
        "shift": report.number,
        "desk": report.desk,
        "currency": report.float_.currency,
        "opened_by": report.opened_by,
        "opened_at": report.opened_at.isoformat(),
        "found": report.found.minor,
        "float": report.float_.minor,
        "moves": [
            {
                "kind": move.kind,
                "count": move.count,
                "taken": move.taken.minor,
                "given": move.given.minor,
            }
            for move in report.moves
        ],
        "in_till": report.in_till.minor,
    }
    if end is not None:
        told |= {
            "closed_by": end.closed_by,
            "closed_at": end.closed_at.isoformat(),
            "expected": end.expected.minor,
            "counted": end.counted.minor,
            "over": end.over.minor,
            "banked": end.banked.minor,
            "left": end.left.minor,
        }
    return json.dumps(told)


def _most(core: Core) -> Money:
    return Money(limits.TILL_MOST_MINOR, core.site.currency)


def _is_count(core: Core, counted: Money) -> bool:
    most = _most(core)
    return counted.currency == most.currency and Money.zero(most.currency) <= counted <= most


def _float_moves(
    desk: str, found: Money, counted: Money, *, is_first: bool
) -> tuple[Transfer, ...]:
    if counted > found:
        return journals_cash.float_brought(desk, counted - found)
    if is_first:
        return _banked(desk, found - counted)
    return journals_cash.shift_closed(desk, expected=found, counted=counted)


def _banked(desk: str, amount: Money) -> tuple[Transfer, ...]:
    return journals_cash.till_banked(desk, amount) if amount else ()


def _report(tx: Tx, shift: ShiftRecord) -> ShiftReport:
    end = None
    if shift.closed_at is not None:
        assert shift.closed_by is not None
        assert shift.expected is not None
        assert shift.counted is not None
        assert shift.left is not None, "the schema closes a shift with all of it"
        end = ShiftEnd(shift.closed_by, shift.closed_at, shift.expected, shift.counted, shift.left)
    return ShiftReport(
        number=shift.number,
        desk=shift.desk,
        opened_by=shift.opened_by,
        opened_at=shift.opened_at,
        float_=shift.float_,
        found=shift.found,
        moves=_by_kind(tx.shifts.moves(shift)),
        end=end,
    )


def _by_kind(moves: tuple[tuple[str, Money], ...]) -> tuple[TillMoves, ...]:
    """One line for each kind of journal, in the order in which they first came."""
    kinds: dict[str, TillMoves] = {}
    for kind, net in moves:
        nothing = Money.zero(net.currency)
        line = kinds.get(kind, TillMoves(kind, 0, nothing, nothing))
        taken, given = (net, nothing) if net > nothing else (nothing, -net)
        kinds[kind] = TillMoves(kind, line.count + 1, line.taken + taken, line.given + given)
    return tuple(kinds.values())
