"""Disputes of drivers at the desk: opened in time, upheld with a refund, or refused in words.

While one is open, what its stay has earned is held back from payouts. How money goes back
stands in refund_stay.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.after_outcomes import (
    DisputeClosed,
    DisputeDecided,
    DisputeOpened,
    DisputeStands,
    DisputeTooLate,
    NothingToDispute,
    StayRefunded,
)
from kiosk.domain.disputes import DisputeState
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing
from kiosk.services import refunds
from kiosk.services.approvals import Approved, approve
from kiosk.services.authorisations import authorised
from kiosk.services.events import SiteChanged
from kiosk.services.refund_stay import Refund, give_back_later

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.after_commands import CloseDispute, OpenDispute, RefundProblem
    from kiosk.services.core import Core


def open_dispute(
    core: Core, command: OpenDispute
) -> (
    DisputeOpened | DisputeTooLate | DisputeStands | NothingToDispute | ReasonMissing | NotSignedIn
):
    """Write down what the driver says, if it is said in time (parking.md, dispute)."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    if not command.words.strip():
        return ReasonMissing()
    reservation_id, now = command.reservation_id, core.clock.now()
    with core.store.transaction() as tx:
        if not refunds.paid_by(tx, reservation_id) and not authorised(core, tx, reservation_id):
            return NothingToDispute()
        until = _ended_at(tx, reservation_id) + command.kind.open_for
        if now > until:
            return DisputeTooLate(until)
        for each in tx.disputes.of_reservation(reservation_id):
            if each.state is DisputeState.OPEN:
                return DisputeStands(each)
        attendant = tx.people.attendant(command.attendant_id)
        assert attendant is not None, "who is signed in is known"
        dispute_id = tx.disputes.open(
            reservation_id,
            kind=command.kind,
            words=command.words.strip(),
            at=now,
            by=attendant.name,
        )
        core.audit(
            tx,
            actor=command.actor,
            action="dispute.opened",
            detail=command.kind.value,
            reservation_id=reservation_id,
        )
        dispute = tx.disputes.get(dispute_id)
    assert dispute is not None, "it was written a moment ago"
    core.publish(SiteChanged())
    return DisputeOpened(dispute)


def close_dispute(
    core: Core, command: CloseDispute
) -> DisputeClosed | DisputeDecided | RefundProblem:
    """Decide an open dispute: what is upheld goes back in the same commit."""
    words = command.words.strip()
    if not words:
        return ReasonMissing()
    with core.store.transaction() as tx:
        dispute = tx.disputes.get(command.dispute_id)
        assert dispute is not None, "the desk closes only what it lists"
        if dispute.state is not DisputeState.OPEN:
            return DisputeDecided(dispute)
        refunded: StayRefunded | None = None
        if command.refund is None:
            approved = approve(core, tx, command.proof, takes_two=False)
            if not isinstance(approved, Approved):
                return approved
            by, back = approved.by, Money.zero(core.site.currency)
        else:
            refund = Refund(
                reservation_id=dispute.reservation_id,
                amount=command.refund,
                is_goodwill=command.is_goodwill,
                reason=words,
                intent=f"dispute-{dispute.id}",
            )
            outcome = give_back_later(core, tx, refund, actor=command.actor, proof=command.proof)
            if not isinstance(outcome, StayRefunded):
                return outcome
            refunded, by, back = outcome, outcome.correction.by, outcome.correction.total
        how = DisputeState.REFUSED if refunded is None else DisputeState.UPHELD
        tx.disputes.close(
            dispute.id, how=how, refunded=back, words=words, at=core.clock.now(), by=by
        )
        core.audit(
            tx,
            actor=command.actor,
            action="dispute.closed",
            detail=how.value,
            reservation_id=dispute.reservation_id,
        )
    core.publish(SiteChanged())
    closed = replace(dispute, state=how, refunded_minor=back.minor, answer=words)
    return DisputeClosed(closed, refunded)


def _ended_at(tx: Tx, reservation_id: ReservationId) -> datetime:
    """From when a dispute's time runs: the car has left, else the booked window is over."""
    reservation, stay = tx.reservations.get(reservation_id), tx.reservations.stay(reservation_id)
    assert reservation is not None, "the desk disputes only what it lists"
    if stay is None or stay.left_at is None:
        return reservation.window.until
    return stay.left_at
