"""A car that is inside changes hands: from now on somebody else pays for its stay, by minutes.

It stays one stay of one car; its charge is divided at the exit (payers.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.money import Money
from kiosk.domain.outcomes import UnknownPass, WalletTooLow, WrongPin
from kiosk.domain.payer_outcomes import (
    CreditExhausted,
    HandedOver,
    HandOverImpossible,
    HandOverPriced,
)
from kiosk.domain.payers import Turn, divide_by_minutes
from kiosk.domain.reservation import State
from kiosk.services import pay
from kiosk.services.events import SiteChanged
from kiosk.services.payers import first_payer
from kiosk.services.terms import terms_of

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.reservation import Reservation
    from kiosk.services.core import Core
    from kiosk.services.payer_commands import HandOver, PriceHandOver

_NOBODY = "nobody"
"""Who pays for the first minutes of a stay whose deposit was nothing: they fall to the last."""


def hand_over(
    core: Core, command: HandOver
) -> HandedOver | HandOverImpossible | UnknownPass | WrongPin | WalletTooLow | CreditExhausted:
    """Take a stay over with a deposit for the booked minutes that are left.

    The same intent takes it over once. Who drove before gets the own rest back at the exit.
    """
    now = core.clock.now()
    with core.store.transaction() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        if reservation is None or reservation.state is not State.ARRIVED:
            return HandOverImpossible()
        key = f"hand-over:{reservation.id}:{command.intent}"
        amount = _deposit(core, tx, reservation, now)
        turns = tx.payer_turns.of_reservation(reservation.id)
        if tx.ledger.has_journal(key):
            return HandedOver(turns[-1].from_, amount)
        before = turns[-1].account if turns else first_payer(core, tx, reservation.id) or _NOBODY
        account = pay.account_of_pass(core, tx, command.method)
        if not isinstance(account, str):
            return account
        if account == before:
            return HandOverImpossible()
        tx.payer_turns.note_paid(reservation.id, turn=max(len(turns), 1), at=now)
        if amount:
            paid = pay.pay_by_pass(core, tx, command.method, reservation, amount=amount, key=key)
            if not isinstance(paid, pay.PaidBy):
                return paid
        if not turns:
            stay = tx.reservations.stay(reservation.id)
            assert stay is not None, "the car is inside"
            tx.payer_turns.add(reservation.id, Turn(before, stay.entered_at))
        tx.payer_turns.add(reservation.id, Turn(account, now))
        core.audit(
            tx,
            actor=command.actor,
            action="stay.handed_over",
            detail=str(amount.minor),
            reservation_id=reservation.id,
        )
    core.publish(SiteChanged())
    return HandedOver(now, amount)


def price_hand_over(core: Core, command: PriceHandOver) -> HandOverPriced | HandOverImpossible:
    """The deposit that a hand-over would ask for now."""
    with core.store.reading() as tx:
        reservation = tx.reservations.get(command.reservation_id)
        if reservation is None or reservation.state is not State.ARRIVED:
            return HandOverImpossible()
        return HandOverPriced(_deposit(core, tx, reservation, core.clock.now()))


def _deposit(core: Core, tx: Tx, reservation: Reservation, now: datetime) -> Money:
    """The part of the quote for the booked minutes that are left; nothing after the end.

    Minutes for which the car came late are nobody's: the charge is divided without them, and
    whoever leaves in time owes nothing more.
    """
    terms, stay = terms_of(tx, reservation), tx.reservations.stay(reservation.id)
    assert stay is not None, "its car is inside"
    whole = int(terms.window.duration.total_seconds()) // 60
    late = int((stay.entered_at - terms.window.from_).total_seconds()) // 60
    past = int((now - terms.window.from_).total_seconds()) // 60
    late = min(max(late, 0), whole)
    past = min(max(past, late), whole)
    return divide_by_minutes(terms.quote, (past - late, whole - past))[1]
