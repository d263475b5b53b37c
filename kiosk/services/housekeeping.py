"""What time itself asks for: expired and missed reservations, open payments, and the restart.

There are no timers: every tick looks into the tables for what is due, so that a power cut
delays things but loses none.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.ids import OperationKey
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import quote_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import Event, Reservation
from kiosk.domain.settlement import Shares, settle, share_transfers, split
from kiosk.domain.time import Window
from kiosk.services import limits, providers, refunds
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import SiteChanged
from kiosk.services.grants import SITE_FAILED, return_grant
from kiosk.services.library import rebuild_space, roll_forward

if TYPE_CHECKING:
    from datetime import datetime

    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.services.core import Core
    from kiosk.services.tariffs import TariffFiles

_CLOCK = Actor(ActorKind.CLOCK, "housekeeping")


class Housekeeping:
    """Does what is due, at most once in DUE_EVERY_S; lives on the work thread."""

    def __init__(self, core: Core, tariffs: TariffFiles) -> None:
        self._core = core
        self._tariffs = tariffs
        self._next_at: datetime | None = None
        self._asked: dict[OperationKey, datetime] = {}

    def recover(self) -> None:
        """After a start: void the grants that nobody reported, look at every open payment.

        An open grant is never replayed: its right goes back, and the desk shows it.
        """
        core = self._core
        with core.store.reading() as tx:
            grants = tx.lanes.open_grants()
        for grant in grants:
            return_grant(core, grant.token, "restart")
        self.tick()

    def tick(self) -> None:
        """Do everything that is due by now."""
        core, now = self._core, self._core.clock.now()
        pause = timedelta(seconds=limits.DUE_EVERY_S)
        # A clock that was set back must not silence what is due until it has caught up.
        if self._next_at is not None and self._next_at - pause <= now < self._next_at:
            return
        self._next_at = now + pause
        self._tariffs.look()
        with core.store.reading() as tx:
            expired = tx.reservations.due_pending(now)
            passing = {grant.reservation_id for grant in tx.lanes.open_grants()}
            missed = [
                reservation_id
                for reservation_id in tx.reservations.due_no_show(
                    now - core.site.rules.no_show_after
                )
                if reservation_id not in passing and self._is_missed(tx, reservation_id, now)
            ]
            operations = tx.payments.unfinished()
            horizon = tx.library.gap_horizon()
        for reservation_id in expired:
            self._expire(reservation_id)
        for reservation_id in missed:
            self._miss(reservation_id)
        keys = {operation.key for operation in operations}
        self._asked = {key: at for key, at in self._asked.items() if key in keys}
        for operation in operations:
            self._pursue(operation.key, is_new=operation.state == "new", now=now)
        near = now + timedelta(days=limits.GAP_HORIZON_DAYS - 1)
        if horizon is None or horizon < near:
            with core.store.transaction() as tx:
                roll_forward(core, tx, most=limits.GAP_SPACES_A_TICK)
        if expired or missed:
            core.publish(SiteChanged())

    def _expire(self, reservation_id: ReservationId) -> None:
        core = self._core
        with core.store.transaction() as tx:
            reservation = _still_there(tx, reservation_id)
            tx.reservations.apply(reservation_id, Event.PENDING_RAN_OUT)
            rebuild_space(core, tx, reservation.space_id)
            core.audit(
                tx, actor=_CLOCK, action="reservation.expired", reservation_id=reservation_id
            )

    @staticmethod
    def _is_missed(tx: Tx, reservation_id: ReservationId, now: datetime) -> bool:
        """Whether nobody came; where the site itself failed, only the booked end tells."""
        reservation = _still_there(tx, reservation_id)
        return now >= reservation.window.until or not _has_site_failed(tx, reservation_id)

    def _miss(self, reservation_id: ReservationId) -> None:
        """Nobody came: the first part of the window is charged, the rest goes back.

        Where the entrance could not open, or may have let the car in unseen, nothing is
        charged.
        """
        core = self._core
        rules, currency, now = core.site.rules, core.site.currency, core.clock.now()
        with core.store.transaction() as tx:
            reservation = _still_there(tx, reservation_id)
            start, end = reservation.window.from_, reservation.window.until
            fee = Money.zero(currency)
            if rules.no_show_fee and not _has_site_failed(tx, reservation_id):
                charged = Window(start, min(end, start + rules.no_show_fee))
                price = quote_for(reservation.tariff, charged)
                assert isinstance(price, Charge), "the whole window had a price"
                # There are tariffs by which a part costs more than the whole.
                fee = min(price.total, reservation.quote)
            settlement = settle(
                shares=split(fee, reservation.split_terms),
                settled_before=Shares.nothing(currency),
                escrow=tx.ledger.balance(ledger.escrow(reservation_id), currency).owed,
            )
            owner_id = tx.library.space(reservation.space_id).owner_id
            key = f"no-show:{reservation_id}"
            parts = refunds.refund_parts(tx, reservation_id, settlement.refund)
            transfers = (
                *share_transfers(reservation_id, owner_id, settlement.to_share),
                *refunds.parts_transfers(reservation_id, parts),
            )
            if transfers:
                tx.ledger.post(Journal(key, "no-show", transfers, reservation_id), now)
            refunds.queue_refunds(core, tx, reservation_id, parts, key=key)
            tx.reservations.apply(reservation_id, Event.START_MISSED)
            rebuild_space(core, tx, reservation.space_id)
            core.audit(
                tx, actor=_CLOCK, action="reservation.missed", reservation_id=reservation_id
            )

    def _pursue(self, key: OperationKey, *, is_new: bool, now: datetime) -> None:
        """Send a queued refund; ask what became of anything else, with a pause in between."""
        asked_at = self._asked.get(key)
        pause = timedelta(seconds=limits.IN_DOUBT_ASK_EVERY_S)
        if asked_at is not None and asked_at <= now < asked_at + pause:
            return
        self._asked[key] = now
        with self._core.store.reading() as tx:
            operation = tx.payments.operation(key)
        assert operation is not None, "it was unfinished a moment ago"
        if operation.adapter not in self._core.adapters:
            return  # its provider was taken out of the site file: the desk sees what is due
        if is_new:
            providers.send_refund(self._core, operation)
        else:
            providers.ask_again(self._core, operation)


def _still_there(tx: Tx, reservation_id: ReservationId) -> Reservation:
    reservation = tx.reservations.get(reservation_id)
    assert reservation is not None
    return reservation


def _has_site_failed(tx: Tx, reservation_id: ReservationId) -> bool:
    """Whether its driver came and the entrance could not open, or not tell what happened."""
    return any(
        grant.state == "void" and grant.why in SITE_FAILED
        for grant in tx.lanes.of_reservation(reservation_id, "entry")
    ) or tx.audit.has(reservation_id, action="ticket.presented", detail="LaneOutOfOrder")
