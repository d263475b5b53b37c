"""What the site owes to drivers whom it could give no space, and who pays a part of it.

That there is no space is found out in substitutes.py, reseat.py and closures.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import journals, ledger
from kiosk.domain.ledger import Journal
from kiosk.domain.life_outcomes import Displaced
from kiosk.domain.money import Money
from kiosk.domain.reservation import Event, Reservation, State
from kiosk.domain.settlement import Shares, displaced_share, displaced_transfers
from kiosk.services.bills import held_for
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.ending import end_reservation, has_had_its_stay, stay_away
from kiosk.services.moves import is_elsewhere

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.pricing.charge_lines import Charge
    from kiosk.services.core import Core

_CLOCK = Actor(ActorKind.CLOCK, "settlement")
_SHARE = "displacement-share"
"""The kind of a journal that gives displaced drivers their part of an overstay surcharge."""


def displace(
    core: Core, tx: Tx, reservation: Reservation, *, by: Reservation | None, actor: Actor
) -> Displaced:
    """The site has failed: everything paid goes back. `by` is the late car on the space.

    A car that is inside already stays so, and leaves with its ticket at no cost: its money goes
    back at the exit.
    """
    if has_had_its_stay(tx, reservation):
        stay_away(core, tx, reservation, actor=actor)
        return Displaced(reservation.id, Money.zero(core.site.currency))
    if reservation.state is State.ARRIVED:
        tx.reservations.displace_stay(reservation.id, at=core.clock.now())
        refund = held_for(core, tx, reservation.id)
    else:
        nothing = Money.zero(core.site.currency)
        refund = end_reservation(
            core, tx, reservation, event=Event.SITE_FAILED, fee=nothing, kind="displacement"
        )
    core.audit(
        tx,
        actor=actor,
        action="reservation.displaced",
        detail="" if by is None else f"by {by.id}",
        reservation_id=reservation.id,
    )
    if by is not None:
        blame(core, tx, reservation.id, by=by)
    return Displaced(reservation.id, refund)


def late_car_on(core: Core, tx: Tx, reservation: Reservation) -> Reservation | None:
    """Who stands on the space of a reservation after the end of his own, if it is known."""
    now = core.clock.now()
    for other in tx.reservations.inside_on(reservation.space_id):
        is_late = other.window.until <= now and not is_elsewhere(tx, other)
        if is_late and other.id != reservation.id:
            return other
    return None


def blame(core: Core, tx: Tx, reservation_id: ReservationId, *, by: Reservation) -> None:
    """A driver came and found this late car on the space: a part of its surcharge is due."""
    tx.reservations.set_displaced_by(reservation_id, by.id)
    share_surcharge(core, tx, by)


def share_surcharge(core: Core, tx: Tx, late: Reservation) -> None:
    """Give the drivers whom a late stay displaced their half of its overstay surcharge.

    Nothing before it is settled and paid, nothing twice: to be called after each settlement of a
    stay, after each payment of what was left open of it, and whenever somebody was displaced by
    one. What was not paid strikes the surcharge first. Receipts say what operator and tax office
    have of the whole surcharge, and every later settlement and replay rests on them; that is why
    the half leaves commission and VAT by a journal of its own. The books then say what money.md
    asks for: VAT is owed on the operator's rest alone.
    """
    paid, displaced = _paid(core, tx, late), tx.reservations.displaced_by(late.id)
    if paid is None or not displaced:
        return
    given_before = _given(core, tx, late)
    to_give = displaced_share(paid, late.split_terms) - given_before
    if to_give.total <= Money.zero(core.site.currency):
        return
    transfers = [*displaced_transfers(to_give, displaced)]
    for reservation_id in displaced:
        due = ledger.refund_due(reservation_id)
        parts = (each.amount for each in transfers if each.credit == due)
        given = sum(parts, Money.zero(core.site.currency))
        reservation = tx.reservations.get(reservation_id)
        assert reservation is not None, "it was displaced"
        if not given:
            continue
        if reservation.driver_id is not None:
            wallet = ledger.wallet(reservation.driver_id)
            transfers += journals.refund_paid(reservation_id, account=wallet, amount=given)
        core.audit(
            tx,
            actor=_CLOCK,
            action="surcharge.shared",
            detail=str(given.minor),
            reservation_id=reservation_id,
        )
    key = f"{_SHARE}:{late.id}:after:{given_before.total.minor}"
    is_new = tx.ledger.post(Journal(key, _SHARE, tuple(transfers), late.id), core.clock.now())
    assert is_new, "more was given before than at any time before that"


def _paid(core: Core, tx: Tx, late: Reservation) -> Charge | None:
    """What a late stay has cost up to now, less what went back and what nobody has paid."""
    receipts, zero = tx.ledger.receipts_of(late.id), Money.zero(core.site.currency)
    if not receipts:
        return None
    uncollected = (
        tx.debts.uncollected(late.id, each.number, zero.currency)
        for each in receipts
        if each.number is not None
    )
    newest = receipts[-1]
    return newest.charge.waived(-sum(uncollected, tx.ledger.corrected(newest)))


def _given(core: Core, tx: Tx, late: Reservation) -> Shares:
    """What of commission and VAT has left for those whom a late stay displaced."""
    given = dict.fromkeys((ledger.COMMISSION, ledger.VAT), Money.zero(core.site.currency))
    for row in tx.ledger.transfers_of(late.id):
        if row.journal_kind == _SHARE and row.transfer.debit in given:
            given[row.transfer.debit] += row.transfer.amount
    zero = Money.zero(core.site.currency)
    return Shares(zero, given[ledger.COMMISSION], given[ledger.VAT], zero)
