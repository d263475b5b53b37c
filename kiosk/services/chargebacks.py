"""Chargebacks: a bank takes a payment back from us, keeps it or gives it again, and may do both.

They come from a provider's notice or report (note_chargeback, note_decision) or are written down
by hand. What is lost is split again like a refund (docs/money.md); an owner's balance may go
under zero by it, and is made good from later stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import journals, ledger
from kiosk.domain.after_outcomes import ChargebackDecided, ChargebackOpened, ChargebackRefused
from kiosk.domain.disputes import Cause, Chargeback, ChargebackState, Correction
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NotSignedIn, ReasonMissing
from kiosk.domain.settlement import Shares
from kiosk.services import limits, refunds
from kiosk.services.events import SiteChanged
from kiosk.services.held_refunds import (
    at_stake,
    claim_of,
    held_sum,
    hold_refused,
    lost_by_parties,
    reason_of,
    send,
    step_key,
)
from kiosk.services.merchants import account_of_operation, kept_back
from kiosk.services.passing_on import passed_on
from kiosk.services.standing import Standing, standing

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.settlement import Shared
    from kiosk.services.after_commands import DecideChargeback, OpenChargeback
    from kiosk.services.commands import Actor
    from kiosk.services.core import Core


def open_chargeback(
    core: Core, command: OpenChargeback
) -> ChargebackOpened | ChargebackRefused | ReasonMissing | NotSignedIn:
    """Write down what a provider's letter says; one case is opened once."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    if not command.reference.strip():
        return ReasonMissing()
    with core.store.transaction() as tx:
        outcome = note_chargeback(
            core,
            tx,
            actor=command.actor,
            reservation_id=command.reservation_id,
            adapter=command.adapter,
            reference=command.reference.strip(),
            amount=command.amount,
            fee=command.fee,
            answer_by=command.answer_by,
        )
    core.publish(SiteChanged())
    return outcome


def decide_chargeback(core: Core, command: DecideChargeback) -> ChargebackDecided | NotSignedIn:
    """The bank has decided; the same decision again changes nothing."""
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        chargeback = tx.disputes.chargeback(command.chargeback_id)
        assert chargeback is not None, "the desk decides only what it lists"
        decided = note_decision(core, tx, chargeback, actor=command.actor, is_lost=command.is_lost)
    core.publish(SiteChanged())
    return ChargebackDecided(decided)


def note_chargeback(
    core: Core,
    tx: Tx,
    *,
    actor: Actor,
    reservation_id: ReservationId,
    adapter: str,
    reference: str,
    amount: Money,
    fee: Money,
    answer_by: datetime | None,
) -> ChargebackOpened | ChargebackRefused:
    """The provider has taken an amount and its fee; a known case is told as it stands.

    Refused is what this provider has never collected for the stay: it belongs into suspense.
    A deposit that is only authorised was not collected; what was refunded since, was.
    """
    known = tx.disputes.chargeback_by(adapter, reference)
    if known is not None:
        return ChargebackOpened(known)
    zero = Money.zero(core.site.currency)
    claim, most = _collected(tx, reservation_id, adapter, amount.minor, zero)
    is_ours = amount.currency == fee.currency == most.currency
    if not is_ours or not zero < amount <= most:
        return ChargebackRefused(most)
    if not 0 <= fee.minor <= limits.AMOUNT_MOST:
        return ChargebackRefused(most)
    tx.disputes.open_chargeback(
        reservation_id,
        adapter=adapter,
        reference=reference,
        amount=amount,
        fee=fee,
        at=core.clock.now(),
        answer_by=answer_by,
    )
    opened = tx.disputes.chargeback_by(adapter, reference)
    assert opened is not None, "it was written a moment ago"
    if claim != ledger.psp(adapter):
        fee = zero  # the fees of an owner's own provider are the owner's affair
    _post(core, tx, opened, "opened", journals.chargeback_opened(claim, amount=amount, fee=fee))
    core.audit(
        tx,
        actor=actor,
        action="chargeback.opened",
        detail=str(amount.minor),
        reservation_id=reservation_id,
    )
    hold_refused(core, tx, reservation_id)
    return ChargebackOpened(opened)


def note_decision(
    core: Core, tx: Tx, chargeback: Chargeback, *, actor: Actor, is_lost: bool
) -> Chargeback:
    """Lost: each party gives its part. Won: the provider gives it back, and so do we.

    The same decision again changes nothing; the other one undoes what the first has moved.
    """
    how = ChargebackState.LOST if is_lost else ChargebackState.WON
    if chargeback.state is how:
        return chargeback
    transfers: tuple[Transfer, ...] = ()
    claim = claim_of(tx, chargeback)
    if is_lost and chargeback.state is ChargebackState.WON:
        again = journals.chargeback_opened(
            claim, amount=chargeback.amount, fee=Money.zero(core.site.currency)
        )
        transfers += again
    if is_lost:
        transfers += _lose(core, tx, chargeback)
    else:
        if chargeback.state is ChargebackState.LOST:
            transfers += _win_back(core, tx, chargeback)
        transfers += journals.chargeback_won(claim, chargeback.amount)
    tx.disputes.turn_chargeback(chargeback, how, core.clock.now())
    if not is_lost:
        send(core, tx, chargeback)
    reservation = tx.reservations.get(chargeback.reservation_id)
    assert reservation is not None, "a chargeback is of a reservation"
    transfers += passed_on(tx, reservation, transfers)
    _post(core, tx, chargeback, f"{how.value}:{chargeback.turns + 1}", transfers)
    if is_lost:
        hold_refused(core, tx, chargeback.reservation_id)
    core.audit(
        tx,
        actor=actor,
        action=f"chargeback.{how.value}",
        detail=str(chargeback.amount.minor),
        reservation_id=chargeback.reservation_id,
    )
    decided = tx.disputes.chargeback(chargeback.id)
    assert decided is not None, "it was decided a moment ago"
    return decided


def _lose(core: Core, tx: Tx, chargeback: Chargeback) -> tuple[Transfer, ...]:
    """Held refunds meet it first, then the parties, with what the stay costs by now.

    What is beyond is the operator's loss: so is what the driver has got back by refunds too.
    """
    held, claim = held_sum(tx, chargeback), claim_of(tx, chargeback)
    rest = chargeback.amount - held
    back = _taken_back(core, tx, chargeback, rest)
    return (
        *journals.held_refund_lost(claim, chargeback.reservation_id, held),
        *journals.chargeback_lost(claim, amount=rest, back=back),
    )


def meet_losses(core: Core, tx: Tx, reservation: Reservation, *, key: str) -> None:
    """What a bank had won before a settlement, the parties give of what they have got by it.

    To be called after each settlement, `key` is that of its journal, with what goes back to the
    driver and what stays open written down: then it ends as if it were lost now.
    """
    for chargeback in tx.disputes.chargebacks_of(reservation.id):
        rest = at_stake(tx, chargeback)
        if chargeback.state is not ChargebackState.LOST or not rest:
            continue
        back = _taken_back(core, tx, chargeback, rest)
        if not back.total:
            continue
        transfers = journals.loss_met(back)
        transfers += kept_back(claim_of(tx, chargeback), -back.total)
        transfers += passed_on(tx, reservation, transfers)
        _post(core, tx, chargeback, key, transfers)


def _taken_back(core: Core, tx: Tx, chargeback: Chargeback, rest: Money) -> Shared:
    """What the parties give of the rest of a loss, as far as they have it; it is written down."""
    stands = standing(core, tx, chargeback.reservation_id)
    paid = stands.total_now - stands.uncollected
    covered = min(rest, paid, _with_parties(core, tx, chargeback))
    back = stands.given(covered)
    if covered:
        _correct(core, tx, chargeback, stands, back=back.shares, covered=covered)
    return back


def _win_back(core: Core, tx: Tx, chargeback: Chargeback) -> tuple[Transfer, ...]:
    """What its loss took from the parties, they have again; split at the total of now."""
    stands, held = standing(core, tx, chargeback.reservation_id), held_sum(tx, chargeback)
    covered = lost_by_parties(tx, chargeback)
    again = stands.given(-covered)
    if covered:
        _correct(core, tx, chargeback, stands, back=again.shares, covered=-covered)
    claim = claim_of(tx, chargeback)
    return (
        *journals.chargeback_turned(claim, amount=chargeback.amount - held, back=-again),
        *journals.held_refund_due_again(claim, chargeback.reservation_id, held),
    )


def _with_parties(core: Core, tx: Tx, chargeback: Chargeback) -> Money:
    """What its provider has collected, has not gone back to the driver, and no bank has lost."""
    zero, account = Money.zero(core.site.currency), claim_of(tx, chargeback)
    paid = refunds.paid_by(tx, chargeback.reservation_id)
    lost = (
        lost_by_parties(tx, each)
        for each in tx.disputes.chargebacks_of(chargeback.reservation_id)
        if claim_of(tx, each) == account
    )
    rest = sum((part.amount for part in paid if part.account == account), zero) - sum(lost, zero)
    return max(rest, zero)


def _collected(
    tx: Tx, reservation_id: ReservationId, adapter: str, minor: int, zero: Money
) -> tuple[str, Money]:
    """Of the accounts that a provider has paid into, the newest with so much, else the largest.

    There are several where a car was moved to another owner's space; and how much it has, in the
    currency of the site, whatever that of the amount is.
    """
    by_provider = [
        each
        for each in reversed(tx.payments.of_reservation(reservation_id))
        if each.adapter == adapter
    ]
    claims = [account_of_operation(tx, each) for each in by_provider] or [ledger.psp(adapter)]
    collected = [
        (claim, refunds.collected_by(tx, reservation_id, claim, zero)) for claim in claims
    ]
    enough = [each for each in collected if each[1].minor >= minor]
    return enough[0] if enough else max(collected, key=lambda each: each[1])


def _correct(
    core: Core,
    tx: Tx,
    chargeback: Chargeback,
    stands: Standing,
    *,
    back: Shares,
    covered: Money,
) -> None:
    """Kept beside the refunds, so that whatever is split later starts from what is left."""
    tx.disputes.correct(
        Correction(
            reservation_id=chargeback.reservation_id,
            receipt_number=stands.receipt_number,
            cause=Cause.CHARGEBACK,
            total=covered,
            tax=stands.tax_of(covered),
            shares=Shares.nothing(core.site.currency) - back,
            reason=reason_of(chargeback),
            at=core.clock.now(),
            by=chargeback.adapter,
        )
    )


def _post(
    core: Core, tx: Tx, chargeback: Chargeback, step: str, transfers: tuple[Transfer, ...]
) -> None:
    key = step_key(chargeback, step)
    is_new = tx.ledger.post(
        Journal(key, "chargeback", transfers, chargeback.reservation_id), core.clock.now()
    )
    assert is_new, "each turn of a chargeback is posted once"
