"""What is true of a site after every step of any history, each said as a list of what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import combinations

from db.store import Tx
from kiosk.domain import ledger
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.offer import shared_time
from kiosk.domain.reservation import ENDED, Reservation, State
from kiosk.domain.time import Window, from_epoch
from kiosk.services import limits
from tests.fakes.stage import Stage

COMMITTED = frozenset({State.PENDING, State.CONFIRMED, State.ARRIVED, State.SETTLED})
NOBODY = ReservationId(0)
SOON = timedelta(days=3)
ALL_KNOWN = timedelta(days=limits.GAP_HORIZON_DAYS - 1)
"""Idle time is always known for so long."""


def reservations(stage: Stage) -> list[Reservation]:
    """Every reservation there ever was, oldest first."""
    return [
        stage.reservation(ReservationId(row[0]))
        for row in stage.sql("SELECT id FROM reservation ORDER BY id")
    ]


def overlaps(stage: Stage, every: Collection[Reservation]) -> Iterator[str]:
    """No two commitments of a space share an instant, whoever's they are."""
    taken: dict[SpaceId, list[tuple[ReservationId, Window, str]]] = {}
    for each in every:
        if each.state in COMMITTED:
            row = (each.id, each.window, each.state.value)
            taken.setdefault(each.space_id, []).append(row)
    rows = stage.sql("SELECT reservation_id, space_id, t0, t1 FROM change")
    for reservation_id, space_id, t0, t1 in rows:
        window = Window(from_epoch(t0), from_epoch(t1))
        row = (ReservationId(reservation_id), window, "change")
        taken.setdefault(SpaceId(space_id), []).append(row)
    for space_id, rows_ in taken.items():
        for one, two in combinations(rows_, 2):
            if one[0] != two[0] and one[1].overlaps(two[1]):
                yield f"on space {space_id} {one} and {two} overlap"


def outside_offers(
    stage: Stage, every: Collection[Reservation], *, excused: Collection[ReservationId]
) -> Iterator[str]:
    """What is kept lies within what the owner shares.

    `excused` are those that stood already when an owner changed the offer. Whoever was moved
    has the new space from then on, and a displaced car stands somewhere else.
    """
    site = stage.site.core.site
    with stage.site.core.store.reading() as tx:
        for each in every:
            stay = tx.reservations.stay(each.id)
            is_elsewhere = stay is not None and stay.is_displaced
            if each.state not in COMMITTED or each.id in excused or is_elsewhere:
                continue
            moved = [move.at for move in tx.changes.moves(each.id)]
            from_ = max(each.window.from_, *moved) if moved else each.window.from_
            offer = tx.library.offer_in_force(each.space_id)
            if from_ >= each.window.until:
                continue
            window = Window(from_, each.window.until)
            shared = offer and shared_time(
                offer.times, zone=site.zone, holidays=tx.library.holidays(), span=window
            )
            if not any(one.covers(window) for one in shared or ()):
                yield f"{each.state.value} {each.id} has space {each.space_id} outside its offer"


def money(stage: Stage, every: Collection[Reservation]) -> Iterator[str]:
    """Every cent has one place, and each state has the money that it should have.

    What a provider has refused to take back, or was asked for, waits for the desk; so does
    what somebody else pays a driver whose card had paid less.
    """
    refunds = "SELECT reservation_id FROM operation WHERE kind = 'refund' AND state <> 'succeeded'"
    refused = {row[0] for row in stage.sql(refunds)}
    with stage.site.core.store.reading() as tx:
        balances = {each.account: each.owed.minor for each in tx.ledger.balances()}
        yield from _books(tx, balances)
        for each in every:
            in_escrow = balances.get(ledger.escrow(each.id), 0)
            to_driver = balances.get(ledger.refund_due(each.id), 0)
            has_receipt = bool(tx.ledger.receipts_of(each.id))
            if (each.state in ENDED or each.state is State.PENDING) and in_escrow:
                yield f"{each.state.value} {each.id} has {in_escrow} in escrow"
            if each.state is State.SETTLED and in_escrow:
                yield f"settled {each.id} has {in_escrow} in escrow"
            is_unsettled = each.state is State.CONFIRMED and not has_receipt
            if is_unsettled and in_escrow != each.quote.minor:
                yield f"confirmed {each.id} has {in_escrow}, not {each.quote.minor}"
            if each.state is State.ARRIVED and not has_receipt and in_escrow < each.quote.minor:
                stay = tx.reservations.stay(each.id)
                if stay is None or each.linked_to is None:
                    yield f"arrived {each.id} has {in_escrow}, not {each.quote.minor}"
            if to_driver != _kept_for_the_desk(stage, each) and each.id not in refused:
                yield f"{each.state.value} {each.id} owes {to_driver} to its driver"


def _kept_for_the_desk(stage: Stage, reservation: Reservation) -> int:
    """A recall's compensation or a late car's half: no card takes more than it has paid."""
    if reservation.driver_id is not None:
        return 0
    due = ledger.refund_due(reservation.id)
    came = f"credit = '{due}' AND debit NOT LIKE 'escrow:%'"
    paid = f"debit = '{due}' AND credit LIKE 'till:%'"
    sums = [
        stage.sql(f"SELECT coalesce(sum(amount_minor), 0) FROM transfer WHERE {where}")[0][0]
        for where in (came, paid)
    ]
    return sums[0] - sums[1]


def _books(tx: Tx, balances: dict[str, int]) -> Iterator[str]:
    moved = dict.fromkeys(balances, 0)
    for _, journal in tx.ledger.journals():
        for transfer in journal.transfers:
            moved[transfer.debit] -= transfer.amount.minor
            moved[transfer.credit] += transfer.amount.minor
    if sum(balances.values()):
        yield f"the books are off by {sum(balances.values())}"
    if moved != balances:
        yield f"balances {balances} are not what was moved {moved}"
    for account, minor in balances.items():
        if minor < 0 and ledger.kind_of(account).is_guarded:
            yield f"{account} is owed {minor}"


def gaps(stage: Stage, *, ahead: timedelta = SOON) -> Iterator[str]:
    """The idle time that is kept is the idle time that would be made anew."""
    core, now = stage.site.core, stage.now
    span = Window(now, now + ahead)
    with core.store.reading() as tx:
        for space in tx.library.spaces():
            kept = [gap.inside(span) for gap in tx.library.gaps(space.id, span)]
            made_anew = tx.library.idle_without(
                space.id, span, but=NOBODY, zone=core.site.zone, buffer=core.site.rules.buffer
            )
            if kept != list(made_anew):
                yield f"gaps of space {space.id} are {kept}, should be {made_anew}"


def waiting(stage: Stage, every: Collection[Reservation]) -> Iterator[str]:
    """Nothing waits for a payment any more."""
    for each in every:
        if each.state is State.PENDING:
            yield f"{each.id} is still pending"
    for (reservation_id,) in stage.sql("SELECT reservation_id FROM change"):
        yield f"a change of {reservation_id} still waits to be paid"


LONG_ENOUGH = timedelta(minutes=15)
"""After this nothing waits for its payment any more (parking.md: pending, not paid)."""
