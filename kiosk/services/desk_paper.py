"""What the desk has printed at a lane: corrective receipts, and the report of a shift.

Paper never decides about money: it repeats what the books say, as often as it is wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.ids import AttendantId, LaneName, ReservationId
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.till_outcomes import ShiftClosed
from kiosk.services.commands import Command
from kiosk.services.paper import Paper, pair, plain, supplier_lines, wrapped
from kiosk.services.till import show_till
from kiosk.services.till_commands import ShowTill

if TYPE_CHECKING:
    from kiosk.domain.disputes import Correction
    from kiosk.domain.payee import Supplier
    from kiosk.domain.site import Site
    from kiosk.domain.till_outcomes import ShiftReport
    from kiosk.services.core import Core


@dataclass(frozen=True, slots=True)
class PaperOrdered:
    """The printer of this lane has it; whether it came out, PaperFailed says."""

    lane: LaneName


@dataclass(frozen=True, slots=True)
class NoSuchPaper:
    """The stay has no corrective receipt of this number; nothing was printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintCorrection(Command[PaperOrdered | NoSuchPaper | NotSignedIn]):
    """The paper of a corrective receipt, at a lane's printer."""

    attendant_id: AttendantId
    reservation_id: ReservationId
    note_number: int
    lane: LaneName


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintShift(Command[PaperOrdered | ShiftClosed | NotSignedIn]):
    """The report of the desk's last shift that was closed, or of its first one so far."""

    attendant_id: AttendantId
    desk: str
    lane: LaneName


def print_correction(
    core: Core, command: PrintCorrection
) -> PaperOrdered | NoSuchPaper | NotSignedIn:
    """Print it; the audit says so."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        corrections = tx.disputes.corrections_of(command.reservation_id)
        found = [each for each in corrections if each.note_number == command.note_number]
        if not found:
            return NoSuchPaper()
        correction = found[0]
        receipts = tx.ledger.receipts_of(command.reservation_id)
        named = [each for each in receipts if each.number == correction.receipt_number]
        paper = correction_paper(
            core.site,
            correction,
            plate=tx.reservations.plate_of(command.reservation_id),
            supplier=named[0].supplier if named else None,
        )
        core.audit(
            tx,
            actor=command.actor,
            action="correction.printed",
            detail=str(command.note_number),
            lane=command.lane,
            reservation_id=command.reservation_id,
        )
    core.print_paper(command.lane, paper)
    return PaperOrdered(command.lane)


def print_shift(core: Core, command: PrintShift) -> PaperOrdered | ShiftClosed | NotSignedIn:
    """Print the report as the books have it now."""
    till = show_till(
        core, ShowTill(actor=command.actor, attendant_id=command.attendant_id, desk=command.desk)
    )
    if isinstance(till, NotSignedIn):
        return till
    report = till.last or till.open
    if report is None:
        return ShiftClosed()
    core.print_paper(command.lane, shift_paper(core.site, report))
    return PaperOrdered(command.lane)


def correction_paper(
    site: Site, correction: Correction, *, plate: str, supplier: Supplier | None
) -> Paper:
    """What went back, of which receipt, and who gives how much of it."""
    shows_tax = supplier is None or supplier.shows_tax
    number = correction.receipt_number
    shares = (
        ("Owner", correction.shares.owner),
        ("Manager", correction.shares.manager),
        ("Commission", correction.shares.commission),
        ("VAT on it", correction.shares.vat),
    )
    return Paper(
        title=site.name,
        lines=(
            f"CORRECTIVE RECEIPT {correction.note_number}",
            *(() if number is None else (pair("Corrects receipt", str(number)),)),
            pair("Plate", plate),
            pair("Date", f"{correction.at.astimezone(site.zone):%Y-%m-%d %H:%M}"),
            pair("GIVEN BACK", plain(correction.total)),
            *((pair("of it tax", plain(correction.tax)),) if shows_tax else ()),
            *wrapped(f"Reason: {correction.reason}", ""),
            *(pair(name, plain(share)) for name, share in shares if share),
            *supplier_lines(supplier),
        ),
    )


def shift_paper(site: Site, report: ShiftReport) -> Paper:
    """The float, all that moved, and how the count agreed."""
    moved = [
        row
        for move in report.moves
        for name, amount in ((f"{move.kind} in", move.taken), (f"{move.kind} out", -move.given))
        if amount
        for row in wrapped(f"{name} ({move.count})", plain(amount))
    ]
    end = report.end
    closed = (
        ()
        if end is None
        else (
            pair("Closed", f"{end.closed_at.astimezone(site.zone):%Y-%m-%d %H:%M}"),
            *wrapped("by", end.closed_by),
            pair("Counted", plain(end.counted)),
            pair("Difference", plain(end.over)),
            pair("To the bank", plain(end.banked)),
            pair("Left in till", plain(end.left)),
        )
    )
    return Paper(
        title=site.name,
        lines=(
            f"SHIFT {report.number}, {report.desk}",
            pair("Opened", f"{report.opened_at.astimezone(site.zone):%Y-%m-%d %H:%M}"),
            *wrapped("by", report.opened_by),
            pair("Float", plain(report.float_)),
            *moved,
            pair("Expected", plain(report.in_till if end is None else end.expected)),
            *closed,
        ),
    )
