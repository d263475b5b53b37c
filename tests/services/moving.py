"""What drivers, owners and the desk ask when a space cannot be had, and what must be true then."""

from __future__ import annotations

from datetime import timedelta

from kiosk.domain.ids import OwnerId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Reserved, TicketIssued
from kiosk.domain.space import ANY_CAR, CarNeeds
from kiosk.domain.time import Window
from kiosk.services.commands import Actor, ActorKind, Reserve
from kiosk.services.life_commands import (
    AcceptDisplacement,
    CloseSpace,
    FindSubstitutes,
    PriceRecall,
    RecallSpace,
    ReopenSpace,
    ReportWrongSpace,
    TakeSubstitute,
)
from tests.fakes.stage import CARD, DRIVER, KIM, Stage, Wallet

ALWAYS, NIGHTS = OwnerId(1), OwnerId(2)
"""The owners of the small site: of spaces 1, 3 and 5, and of 2 and 4 (at noon not shared)."""
OWNER = Actor(ActorKind.OWNER, "Always")
HOUR = timedelta(hours=1)


def pending(
    stage: Stage,
    *,
    starts_in: int,
    minutes: int = 60,
    plate: str = "B AB 2",
    space_id: int = 1,
    needs: CarNeeds = ANY_CAR,
) -> Reserved:
    """Keep a space for later; not paid."""
    reserved = stage.site.do(
        Reserve(
            actor=DRIVER,
            space_id=SpaceId(space_id),
            duration_minutes=minutes,
            plate=plate,
            starts_at=stage.now + timedelta(minutes=starts_in) if starts_in else None,
            needs=needs,
        )
    )
    assert isinstance(reserved, Reserved), reserved
    return reserved


def paid(
    stage: Stage,
    wallet: Wallet,
    *,
    starts_in: int,
    minutes: int = 60,
    plate: str = "B AB 2",
    space_id: int = 1,
    needs: CarNeeds = ANY_CAR,
) -> TicketIssued:
    """Reserve for later and pay from a wallet."""
    reserved = pending(
        stage, starts_in=starts_in, minutes=minutes, plate=plate, space_id=space_id, needs=needs
    )
    ticket = stage.pay_deposit(reserved.reservation_id, wallet.proof)
    assert isinstance(ticket, TicketIssued), ticket
    return ticket


def fill(stage: Stage, *space_ids: int, minutes: int = 600) -> None:
    """Cars of strangers stand on these spaces."""
    for space_id in space_ids:
        stage.inside(CARD, minutes=minutes, plate=f"X {space_id}", space_id=space_id)


def find(stage: Stage, reservation_id: ReservationId, *, with_kim: bool = False) -> object:
    return stage.site.do(
        FindSubstitutes(
            actor=DRIVER,
            reservation_id=reservation_id,
            attendant_id=stage.attendant_id if with_kim else None,
        )
    )


def take(stage: Stage, reservation_id: ReservationId, space_id: int) -> object:
    return stage.site.do(
        TakeSubstitute(actor=DRIVER, reservation_id=reservation_id, space_id=SpaceId(space_id))
    )


def accept(stage: Stage, reservation_id: ReservationId, *, with_kim: bool = False) -> object:
    return stage.site.do(
        AcceptDisplacement(
            actor=DRIVER,
            reservation_id=reservation_id,
            attendant_id=stage.attendant_id if with_kim else None,
        )
    )


def report_wrong(stage: Stage, reservation_id: ReservationId, space_id: int) -> object:
    return stage.site.do(
        ReportWrongSpace(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=reservation_id,
            space_id=SpaceId(space_id),
        )
    )


def close(
    stage: Stage, space_id: int = 1, *, hours: float = 6, reason: str = "a burst pipe"
) -> object:
    return stage.site.do(
        CloseSpace(
            actor=KIM,
            attendant_id=stage.attendant_id,
            space_id=SpaceId(space_id),
            until=stage.now + hours * HOUR,
            reason=reason,
        )
    )


def reopen(stage: Stage, space_id: int = 1) -> object:
    return stage.site.do(
        ReopenSpace(actor=KIM, attendant_id=stage.attendant_id, space_id=SpaceId(space_id))
    )


def price_recall(
    stage: Stage, window: Window, *, space_id: int = 1, owner_id: OwnerId = ALWAYS
) -> object:
    return stage.site.do(
        PriceRecall(actor=OWNER, owner_id=owner_id, space_id=SpaceId(space_id), window=window)
    )


def recall(
    stage: Stage, window: Window, agreed: Money, *, space_id: int = 1, owner_id: OwnerId = ALWAYS
) -> object:
    return stage.site.do(
        RecallSpace(
            actor=OWNER,
            owner_id=owner_id,
            space_id=SpaceId(space_id),
            window=window,
            agreed_cost=agreed,
        )
    )


def hours(stage: Stage, first: float, last: float) -> Window:
    """A window by its hours from now on."""
    return Window(stage.now + first * HOUR, stage.now + last * HOUR)


def idle_for(stage: Stage, window: Window) -> set[int]:
    """The spaces that are idle for a window."""
    with stage.site.core.store.reading() as tx:
        return {
            found.space.id
            for area in tx.library.areas()
            for found in tx.library.idle_spaces(
                area.id, window, now=stage.now, ahead=stage.site.core.site.rules.reseat_ahead
            )
        }


def rebuild(stage: Stage, space_id: int, column: str, value: int) -> None:
    """Somebody has built: a space has a roof, a charger, another size."""
    with stage.site.core.store.transaction() as tx:
        tx.library._session.run(f"UPDATE space SET {column} = ? WHERE id = ?", value, space_id)
        tx.library._spaces.clear()


def actions(stage: Stage, reservation_id: ReservationId) -> list[str]:
    """What happened to a reservation, by the audit."""
    return [row.action for row in stage.money_of(reservation_id).timeline]


def space_of(stage: Stage, reservation_id: ReservationId) -> int:
    return stage.reservation(reservation_id).space_id


def assert_books_are_whole(stage: Stage) -> None:
    """Nothing lies in escrow any more, debits are credits, receipts come out to the cent."""
    assert not [account for account in stage.books() if account.startswith("escrow:")]
    assert stage.wrong() == []


def assert_gaps_are_kept(stage: Stage) -> None:
    """The idle time is the same when it is made anew from the offers and commitments."""
    kept = stage.gaps()
    with stage.site.core.store.transaction() as tx:
        for space in tx.library.spaces():
            window = Window(stage.now - timedelta(days=1), stage.now + timedelta(days=61))
            site = stage.site.core.site
            tx.library.renew_gaps(space.id, window, zone=site.zone, buffer=site.rules.buffer)
    assert stage.gaps() == kept
