"""What a stay owes and how escrow meets it; nothing is moved here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill, StayNotPriced
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.pricing.charge_lines import Charge, LineKind
from kiosk.domain.reservation import State
from kiosk.domain.settlement import settle, split_charge
from kiosk.domain.stay import stay_charge, stay_facts
from kiosk.domain.tariff_text import tariff_hash
from kiosk.services.authorisations import authorised
from kiosk.services.payees import supplier_of
from kiosk.services.payers import due_for_rests, parts_of_payers
from kiosk.services.terms import terms_of
from kiosk.services.validated import posted_parts, shop_parts, worth_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from db.records import ReceiptRecord
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.stay import Stay
    from kiosk.domain.tariff import Tariff
    from kiosk.domain.validation import ShopPart
    from kiosk.services.core import Core

_SETTLED = frozenset({State.SETTLED, State.LEFT})


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """A charge and what it was worked out from: a receipt keeps them together."""

    charge: Charge
    facts: StayFacts | None
    free_consideration: timedelta


def bill_now(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    *,
    presented_at: datetime,
    is_lost_ticket: bool = False,
) -> Bill | StayNotPriced:
    """What is owed now: the latest receipt while it still covers the stay, else a new bill.

    A driver who was settled before and did not get out still has the exit right: within 15
    minutes nothing is charged again, later only the difference (parking.md). What was settled
    before a re-entry gives no right to leave once more: the state says so, for a clock that was
    set back meanwhile would not.
    """
    is_settled = reservation.state in _SETTLED
    receipts = tx.ledger.receipts_of(reservation.id) if is_settled else ()
    if receipts and core.clock.now() <= receipts[-1].settled_at + core.site.rules.exit_right:
        return bill_of(core, tx, reservation, receipts[-1])
    bill = bill_for(
        core, tx, reservation, presented_at=presented_at, is_lost_ticket=is_lost_ticket
    )
    if not receipts or isinstance(bill, StayNotPriced):
        return bill
    is_covered = not bill.due and not bill.refund
    if is_covered and bill.charge.total <= as_corrected(tx, receipts[-1]).total:
        return bill_of(core, tx, reservation, receipts[-1])
    return bill


def bill_for(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    *,
    presented_at: datetime,
    is_lost_ticket: bool = False,
) -> Bill | StayNotPriced:
    """What the stay costs if it was presented then, and how escrow meets it.

    A car that came back is priced from its first entry on, and a linked stay by the terms of
    the reservation that was made for it. Who is displaced leaves whatever the price is, and a
    lost ticket costs no more than usual where the tariff has no price for it; once it was
    settled so it stays lost, whoever opens.
    """
    stay, terms = _stay(tx, reservation), terms_of(tx, reservation)
    facts = stay_facts(
        terms,
        entered_at=stay.entered_at,
        left_at=presented_at,
        rules=core.site.rules,
        is_free_used=_is_free_used(core, tx, reservation, stay),
    )
    if terms.tariff.lost_ticket is not None:
        is_lost = is_lost_ticket or _was_lost(tx, reservation)
        facts = replace(facts, is_lost_ticket=is_lost)
    free = free_consideration(core, tx, reservation, left_at=presented_at)
    charge = stay_charge(terms, facts, rules=replace(core.site.rules, free_consideration=free))
    if not isinstance(charge, Charge):
        if stay.is_displaced:
            return bill_of_window(core, tx, reservation, presented_at=presented_at)
        return StayNotPriced(charge)
    worked_out = _WorkedOut(charge, facts, free)
    return _bill(core, tx, reservation, worked_out, presented_at=presented_at)


def _was_lost(tx: Tx, reservation: Reservation) -> bool:
    return any(
        receipt.facts is not None and receipt.facts.is_lost_ticket
        for receipt in tx.ledger.receipts_of(reservation.id)
    )


def bill_at_desk(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    *,
    presented_at: datetime,
    is_lost_ticket: bool = False,
) -> tuple[Bill, StayNotPriced | None]:
    """What an attendant asks for, takes or waives; with it, why the stay as a whole has no price.

    Such a stay pays for its booked window: that was promised, and is paid.
    """
    bill = bill_now(
        core, tx, reservation, presented_at=presented_at, is_lost_ticket=is_lost_ticket
    )
    if isinstance(bill, StayNotPriced):
        return bill_of_window(core, tx, reservation, presented_at=presented_at), bill
    return bill, None


def bill_of_window(
    core: Core, tx: Tx, reservation: Reservation, *, presented_at: datetime
) -> Bill:
    """What the booked window alone costs, for a stay that has no price as a whole."""
    terms = terms_of(tx, reservation)
    facts = stay_facts(
        terms,
        entered_at=terms.window.from_,
        left_at=terms.window.until,
        rules=core.site.rules,
        is_free_used=_is_free_used(core, tx, reservation, _stay(tx, reservation)),
    )
    charge = stay_charge(terms, facts, rules=core.site.rules)
    assert isinstance(charge, Charge), "its price was promised"
    worked_out = _WorkedOut(charge, facts, core.site.rules.free_consideration)
    return _bill(core, tx, reservation, worked_out, presented_at=presented_at)


def free_consideration(
    core: Core, tx: Tx, reservation: Reservation, *, left_at: datetime
) -> timedelta:
    """How long this car may stay at no cost; not again when it had left a short while ago."""
    stay = _stay(tx, reservation)
    # Opened by hand in the second of its entry: a stay of no time has no other price.
    if left_at > stay.entered_at and _had_just_left(
        core, tx, vehicle_id=_vehicle_id(tx, reservation), at=stay.entered_at
    ):
        return timedelta()
    return core.site.rules.free_consideration


def is_free_used(
    core: Core,
    tx: Tx,
    tariff: Tariff,
    *,
    vehicle_id: int,
    at: datetime,
) -> bool:
    """Whether a car that enters at `at` has no free minutes of its tariff.

    A tariff that counts them for each plate says itself when they are used. Where they are for
    each entry, who comes again within the time of re-entry has them no second time.
    """
    if tariff.free is not None and tariff.free.once_in_hours is not None:
        since = at - timedelta(hours=tariff.free.once_in_hours)
        return tx.reservations.has_used_free(vehicle_id, after=since, before=at)
    return _had_just_left(core, tx, vehicle_id=vehicle_id, at=at)


def _had_just_left(core: Core, tx: Tx, *, vehicle_id: int, at: datetime) -> bool:
    """Whether the car had left with another ticket within the time of re-entry before."""
    since = at - core.site.rules.re_entry
    return tx.reservations.has_left(vehicle_id, since=since, until=at)


def _is_free_used(core: Core, tx: Tx, reservation: Reservation, stay: Stay) -> bool:
    return is_free_used(
        core,
        tx,
        terms_of(tx, reservation).tariff,
        vehicle_id=_vehicle_id(tx, reservation),
        at=stay.entered_at,
    )


def _vehicle_id(tx: Tx, reservation: Reservation) -> int:
    return tx.reservations.vehicle_id_for(tx.reservations.plate_of(reservation.id))


def _stay(tx: Tx, reservation: Reservation) -> Stay:
    stay = tx.reservations.stay(reservation.id)
    assert stay is not None, "only a car that was inside owes anything or has a receipt"
    return stay


def _bill(
    core: Core,
    tx: Tx,
    reservation: Reservation,
    worked_out: _WorkedOut,
    *,
    presented_at: datetime,
) -> Bill:
    stay, terms = _stay(tx, reservation), terms_of(tx, reservation)
    if stay.is_displaced and worked_out.charge.total:
        charge = worked_out.charge.waived(-worked_out.charge.total)
        worked_out = replace(worked_out, charge=charge)
    worked_out = _as_settled(tx, worked_out, tx.ledger.receipts_of(reservation.id))
    charge, facts = worked_out.charge, worked_out.facts
    settled_before = tx.ledger.settled(reservation.id, core.site.currency)
    shops: tuple[ShopPart, ...] = ()
    if facts is not None:
        to_pay = max(charge.total - settled_before.total, Money.zero(core.site.currency))
        shops = shop_parts(
            tx, reservation.id, to_pay=to_pay, terms=terms, facts=facts, rules=core.site.rules
        )
    validated = (*posted_parts(tx, reservation.id), *shops)
    held = held_for(core, tx, reservation.id) + worth_of(shops, core.site.currency)
    shares = split_charge(charge, reservation.split_terms)
    settlement = settle(shares=shares, settled_before=settled_before, escrow=held)
    payers = parts_of_payers(
        core,
        tx,
        reservation.id,
        until=presented_at,
        total=charge.total - worth_of(shops, core.site.currency),
    )
    of_others = due_for_rests(payers, settlement.refund)
    space = tx.library.space(reservation.space_id)
    return Bill(
        reservation_id=reservation.id,
        area=tx.library.area(space.area_id),
        space=space,
        plate=tx.reservations.plate_of(reservation.id),
        booked=terms.window,
        entered_at=stay.entered_at,
        presented_at=presented_at,
        facts=facts,
        tariff_hash=tariff_hash(terms.tariff),
        charge=charge,
        deposit=settled_before.total + held,
        due=settlement.due + of_others,
        refund=settlement.refund + of_others,
        shares=settlement.shares,
        receipt_number=None,
        supplier=supplier_of(tx, reservation),
        validated=validated,
        payers=payers,
        free_consideration=worked_out.free_consideration,
    )


def bill_of(core: Core, tx: Tx, reservation: Reservation, receipt: ReceiptRecord) -> Bill:
    """A settled bill, exactly as its receipt says it."""
    space, terms = tx.library.space(reservation.space_id), terms_of(tx, reservation)
    return Bill(
        reservation_id=reservation.id,
        area=tx.library.area(space.area_id),
        space=space,
        plate=tx.reservations.plate_of(reservation.id),
        booked=terms.window,
        entered_at=_stay(tx, reservation).entered_at,
        presented_at=receipt.presented_at,
        facts=receipt.facts,
        tariff_hash=tariff_hash(terms.tariff),
        charge=receipt.charge,
        deposit=receipt.deposit,
        due=Money.zero(core.site.currency),
        left_unpaid=receipt.due or None,
        refund=receipt.refund,
        shares=receipt.shares,
        receipt_number=receipt.number,
        supplier=receipt.supplier,
        validated=posted_parts(tx, reservation.id),
        payers=() if receipt.number is None else tx.payer_turns.parts_of(receipt.number),
        free_consideration=receipt.free_consideration,
    )


def in_escrow(core: Core, tx: Tx, reservation_id: ReservationId) -> Money:
    """What lies in escrow for a reservation."""
    return tx.ledger.balance(ledger.escrow(reservation_id), core.site.currency).owed


def held_for(core: Core, tx: Tx, reservation_id: ReservationId) -> Money:
    """What a reservation can be settled from: what lies in escrow, and what is authorised."""
    return in_escrow(core, tx, reservation_id) + authorised(core, tx, reservation_id)


def waived(bill: Bill, reservation: Reservation) -> Bill:
    """The bill with what escrow does not cover struck off, as a line of its own."""
    charge = bill.charge.waived(-bill.due)
    return replace(
        bill,
        charge=charge,
        due=Money.zero(charge.total.currency),
        shares=split_charge(charge, reservation.split_terms),
    )


def as_corrected(tx: Tx, receipt: ReceiptRecord) -> Charge:
    """The charge of a receipt, less what its parties have given back since."""
    back = tx.ledger.corrected(receipt)
    return receipt.charge.waived(-back) if back else receipt.charge


def _as_settled(tx: Tx, now: _WorkedOut, receipts: Sequence[ReceiptRecord]) -> _WorkedOut:
    """The charge after an earlier settlement: what was struck off or given back stays so.

    Where a later exit is cheaper, what was settled stands (settlement.settle), with all that
    it was worked out from.
    """
    if not receipts:
        return now
    settled = as_corrected(tx, receipts[-1])
    struck = settled.of_kind(LineKind.WAIVED)
    if now.charge.total + struck < settled.total:
        return _WorkedOut(settled, receipts[-1].facts, receipts[-1].free_consideration)
    return replace(now, charge=now.charge.waived(struck)) if struck else now
