"""Draws the desk's picture of the site: spaces, lanes, stays, and where the money is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from kiosk.domain import ledger
from kiosk.domain.money import Money
from kiosk.domain.reservation import LIVE, State
from kiosk.domain.time import Window
from kiosk.services import bills, limits
from kiosk.services.show_after import after_money, open_cases
from kiosk.services.views import (
    DeskSpace,
    DeskView,
    OpenGrant,
    PartyMoney,
    SpaceUse,
    StayMoney,
    StayRow,
    TimelineRow,
    TransferRow,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from db.records import GrantRecord, StayRecord
    from db.store import Tx
    from kiosk.domain.ids import AreaId, ReservationId, SpaceId
    from kiosk.domain.outcomes import Bill, StayNotPriced
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.space import Area
    from kiosk.services.commands import ShowDesk, ShowStay
    from kiosk.services.core import Core

PARTIES = (
    "escrow",
    "owner",
    "manager",
    "commission",
    "vat",
    "wallet",
    "refund-due",
    "till",
    "psp",
)
"""The kinds of accounts that the desk always shows, in this order."""
IF_ANY = ("bank", "receivable")
"""Those that it shows where there is any; all others together are `other`."""

_INSIDE = frozenset({State.ARRIVED, State.SETTLED})
"""States in which a car stands on its space, or is on its way out."""


def show_desk(core: Core, command: ShowDesk) -> DeskView:
    """Everything that the desk window shows, of one instant."""
    now = core.clock.now()
    with core.store.reading() as tx:
        areas = tx.library.areas()
        since = now - timedelta(hours=limits.DESK_ROWS_HOURS)
        codes = _debt_codes(tx)
        records = _records(tx, since, owing=codes.keys())
        by_area = {area.id: area for area in areas}
        return DeskView(
            at=now,
            areas=areas,
            spaces=_spaces(core, tx, areas, records, now),
            lanes=tuple(lane.status for lane in core.lanes.values()),
            stays=tuple(_row(record, by_area, now, codes) for record in records),
            money=money_by_party(core, tx),
            unreported=tuple(
                OpenGrant(grant.lane, grant.reservation_id, grant.granted_at)
                for grant in tx.lanes.void_since(since)
                if _is_unanswered(tx, grant)
            ),
            refused_tariffs=tuple(core.refused_tariffs.values()),
            cases=open_cases(tx),
            shops=tuple((shop.id, shop.name) for shop in tx.shops.all() if shop.is_active),
        )


def _is_unanswered(tx: Tx, grant: GrantRecord) -> bool:
    """Whether nobody knows yet if this car has passed; by hand or by a later passage it is."""
    if grant.reservation_id is None:
        return grant.why == "restart"
    reservation = tx.reservations.get(grant.reservation_id)
    waits_in = State.CONFIRMED if grant.direction == "entry" else State.SETTLED
    return reservation is not None and reservation.state is waits_in


def money_by_party(core: Core, tx: Tx) -> tuple[PartyMoney, ...]:
    """What each party is owed by the books; a claim of the site is below zero."""
    owed = dict.fromkeys((*PARTIES, *IF_ANY, "other"), Money.zero(core.site.currency))
    for balance in tx.ledger.balances():
        kind = ledger.kind_of(balance.account).name
        owed[kind if kind in owed else "other"] += balance.owed
    return tuple(
        PartyMoney(party, money) for party, money in owed.items() if party in PARTIES or money
    )


def show_stay(core: Core, command: ShowStay) -> StayMoney:
    """One stay with every transfer and everything that happened to it."""
    now = core.clock.now()
    with core.store.reading() as tx:
        record = tx.reservations.record(command.reservation_id)
        assert record is not None, "the desk shows only what it lists"
        areas = {area.id: area for area in tx.library.areas()}
        transfers = tx.ledger.transfers_of(command.reservation_id)
        currency = core.site.currency
        accounts = (
            ledger.escrow(command.reservation_id),
            ledger.refund_due(command.reservation_id),
        )
        return StayMoney(
            row=_row(record, areas, now, _debt_codes(tx)),
            bill=_bill(core, tx, record.reservation, now=now),
            transfers=tuple(
                TransferRow(
                    row.at,
                    row.journal_kind,
                    row.transfer.debit,
                    row.transfer.credit,
                    row.transfer.amount,
                )
                for row in transfers
            ),
            balances=tuple(tx.ledger.balance(account, currency) for account in accounts),
            timeline=tuple(
                TimelineRow(row.at, row.actor_name, row.action, row.detail)
                for row in tx.audit.of_reservation(command.reservation_id)
            ),
            after=after_money(core, tx, command.reservation_id),
        )


def _bill(
    core: Core, tx: Tx, reservation: Reservation, *, now: datetime
) -> Bill | StayNotPriced | None:
    """The latest receipt; while the car is inside, what it would cost now."""
    if reservation.state is State.ARRIVED:  # with a receipt, too, when the car came back
        return bills.bill_for(core, tx, reservation, presented_at=now)
    receipts = tx.ledger.receipts_of(reservation.id)
    return bills.bill_of(core, tx, reservation, receipts[-1]) if receipts else None


def _spaces(
    core: Core, tx: Tx, areas: tuple[Area, ...], records: tuple[StayRecord, ...], now: datetime
) -> tuple[DeskSpace, ...]:
    owners = tx.library.owner_names()
    instant = Window(now, now + timedelta(minutes=1))
    idle = {
        found.space.id: found.gap.until
        for area in areas
        for found in tx.library.idle_spaces(
            area.id, instant, now=now, ahead=core.site.rules.reseat_ahead
        )
    }
    held: dict[SpaceId, StayRecord] = {}
    for record in records:
        reservation = record.reservation
        is_kept = reservation.state in LIVE and reservation.window.from_ <= now
        if is_kept or reservation.state in _INSIDE:
            held[reservation.space_id] = record
    spaces = []
    for space in tx.library.spaces():
        holder = held.get(space.id)
        use, until, reservation_id = SpaceUse.NOT_SHARED, None, None
        if holder is not None:
            is_inside = holder.reservation.state in _INSIDE
            use = SpaceUse.OCCUPIED if is_inside else SpaceUse.RESERVED
            until, reservation_id = holder.reservation.window.until, holder.reservation.id
        elif space.id in idle:
            use, until = SpaceUse.IDLE, idle[space.id]
        else:
            closed = [window for window, _ in tx.library.closures(space.id, after=now)]
            begun = [window.until for window in closed if window.from_ <= now]
            if begun:
                use, until = SpaceUse.CLOSED, max(begun)
        spaces.append(DeskSpace(space, use, owners[space.owner_id], reservation_id, until))
    return tuple(spaces)


def _debt_codes(tx: Tx) -> dict[ReservationId, tuple[str, ...]]:
    """What drivers name at the desk to pay, by the stay that it is for."""
    codes: dict[ReservationId, tuple[str, ...]] = {}
    for debt in tx.debts.open():
        codes[debt.reservation_id] = (*codes.get(debt.reservation_id, ()), debt.code)
    return codes


def _records(
    tx: Tx, since: datetime, *, owing: Collection[ReservationId]
) -> tuple[StayRecord, ...]:
    """The stays of the list: those of a day, and who left before it and still owes."""
    recent = tx.reservations.recent(since)
    listed = {each.reservation.id for each in recent}
    older = (tx.reservations.record(each) for each in owing if each not in listed)
    return (*recent, *(each for each in older if each is not None))


def _row(
    record: StayRecord,
    areas: dict[AreaId, Area],
    now: datetime,
    debt_codes: dict[ReservationId, tuple[str, ...]],
) -> StayRow:
    reservation, stay = record.reservation, record.stay
    return StayRow(
        reservation_id=reservation.id,
        state=reservation.state,
        area=areas[record.space.area_id],
        space=record.space,
        plate=record.plate,
        short_code=reservation.short_code,
        window=reservation.window,
        deposit=reservation.quote,
        charged=record.charged,
        entered_at=stay.entered_at if stay is not None else None,
        left_at=stay.left_at if stay is not None else None,
        is_overstayed=reservation.state is State.ARRIVED and now > reservation.window.until,
        was_opened_by_hand=record.was_opened_by_hand,
        is_passage_assumed=record.is_passage_assumed,
        debt_codes=debt_codes.get(reservation.id, ()),
    )
