"""A driver who had reserved pulled another ticket: the stay takes the terms of the reservation.

What it then costs stands in bills.py: the reserved window by its quote, and time long before it
like any walk-up's (StayFacts.early_entry). The reservation is over, with all its money given
back, so that one time is never paid for twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain import journals, ledger
from kiosk.domain.ledger import Journal
from kiosk.domain.life_outcomes import Linked, LinkProblem, LinkRefused
from kiosk.domain.money import Money
from kiosk.domain.outcomes import NotSignedIn
from kiosk.domain.reservation import DueKind, Event, PendingChange, Reservation, State
from kiosk.domain.time import Window
from kiosk.services import leave
from kiosk.services.ending import end_reservation, forget_change
from kiosk.services.events import SiteChanged
from kiosk.services.library import renew_around

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.core import Core
    from kiosk.services.life_commands import LinkStay

_PARTIES = frozenset({"owner", "manager", "commission", "vat"})


def link_stay(core: Core, command: LinkStay) -> Linked | LinkRefused | NotSignedIn:
    """The attendant has seen that both tickets are one driver's; the next exit scan is priced so.

    Whoever had a share of the reservation's no-show fee gives it back, for the driver was here.
    """
    if command.attendant_id not in core.signed_in:
        return NotSignedIn()
    with core.store.transaction() as tx:
        stay_of = tx.reservations.get(command.stay_id)
        reservation = tx.reservations.get(command.reservation_id)
        assert stay_of is not None, "the desk links only what it lists"
        assert reservation is not None, "the desk links only what it lists"
        problem = _problem(core, tx, stay_of, reservation)
        if problem is not None:
            return LinkRefused(problem)
        _take_shares_back(core, tx, reservation.id)
        nothing = Money.zero(core.site.currency)
        refund = end_reservation(
            core, tx, reservation, event=Event.LINKED, fee=nothing, kind="link"
        )
        tx.reservations.link(stay_of.id, to=reservation.id)
        _keep_time(core, tx, stay_of, until=reservation.window.until)
        for action, about, other in (
            ("stay.linked", stay_of, reservation),
            ("reservation.linked", reservation, stay_of),
        ):
            core.audit(
                tx,
                actor=command.actor,
                action=action,
                detail=str(other.id),
                reservation_id=about.id,
            )
    core.publish(SiteChanged())
    return Linked(command.stay_id, command.reservation_id, refund)


def _keep_time(core: Core, tx: Tx, stay_of: Reservation, *, until: datetime) -> None:
    """The car may stand so long as was reserved, where nobody else has its space by then.

    Where somebody has, it is late at the end of its own window, as any other car.
    """
    now, rules = core.clock.now(), core.site.rules
    if until <= max(stay_of.window.until, now):
        return
    forget_change(core, tx, stay_of.id)
    needed = Window(now, until)
    idle = tx.library.idle_without(
        stay_of.space_id, needed, but=stay_of.id, zone=core.site.zone, buffer=rules.buffer
    )
    if not any(gap.covers(needed) for gap in idle):
        return
    tariff_id, split_terms_id = tx.changes.term_ids(stay_of.id)
    longer = PendingChange(
        reservation_id=stay_of.id,
        space_id=stay_of.space_id,
        window=Window(stay_of.window.from_, until),
        quote=stay_of.quote,
        tariff_id=tariff_id,
        split_terms_id=split_terms_id,
        pay_until=now,
    )
    tx.reservations.apply(stay_of.id, Event.CHANGED)
    tx.reservations.set_window(longer)
    tx.audit.note_terms(stay_of.id, at=now)
    tx.dues.put(stay_of.id, DueKind.STAY_RUNS_LATE, until)
    renew_around(core, tx, stay_of.space_id, longer.window)


def _problem(
    core: Core, tx: Tx, stay_of: Reservation, reservation: Reservation
) -> LinkProblem | None:
    if stay_of.id == reservation.id:
        return LinkProblem.SAME
    is_priced = stay_of.linked_to is not None or tx.ledger.receipts_of(stay_of.id)
    if stay_of.state is not State.ARRIVED or is_priced:
        return LinkProblem.STAY_STATE
    stay = tx.reservations.stay(stay_of.id)
    assert stay is not None, "who has arrived has a stay"
    is_waiting = reservation.state in {State.CONFIRMED, State.NO_SHOW}
    is_in_use = tx.reservations.stay(reservation.id) is not None or any(
        grant.reservation_id == reservation.id for grant in tx.lanes.open_grants()
    )
    if not is_waiting or is_in_use:
        return LinkProblem.RESERVATION_STATE
    window = reservation.window
    # Not the clock on the wall: the stay is priced at its scan, where that stopped the clock.
    is_early = leave.frozen_at(core, tx, stay_of) < window.from_
    if stay.entered_at >= window.until or is_early:
        return LinkProblem.OTHER_TIME
    return None


def _take_shares_back(core: Core, tx: Tx, reservation_id: ReservationId) -> None:
    """What parties have of a no-show fee is in escrow again, as if it had never been shared."""
    escrow = ledger.escrow(reservation_id)
    shared = tuple(
        row.transfer
        for row in tx.ledger.transfers_of(reservation_id)
        if row.transfer.debit == escrow and ledger.kind_of(row.transfer.credit).name in _PARTIES
    )
    if shared:
        transfers = journals.unshared(shared)
        journal = Journal(f"link:{reservation_id}:shares", "link", transfers, reservation_id)
        tx.ledger.post(journal, core.clock.now())
