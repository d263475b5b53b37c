"""What drivers do who plan ahead: reserve for later, change, cancel; and what owners set."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from kiosk.domain.ids import LaneName, ReservationId, SpaceId
from kiosk.domain.life_outcomes import CancellationPriced, ChangeKept
from kiosk.domain.offer import OfferState, OfferTerms
from kiosk.domain.outcomes import Reserved, TicketIssued
from kiosk.domain.space import ANY_CAR, CarNeeds
from kiosk.domain.tariff import Tariff
from kiosk.domain.time import Window
from kiosk.services.commands import (
    CancelReservation,
    CardPresented,
    Reserve,
    ReserveAnswer,
    WalletProof,
)
from kiosk.services.events import PaymentFinished
from kiosk.services.library import renew_space
from kiosk.services.life_commands import (
    ChangeAnswer,
    ChangeReservation,
    DropChange,
    PayChange,
    PriceCancellation,
)
from tests.fakes.stage import DRIVER, ENTRY, Stage

EVENING = datetime(2026, 6, 1, 16, tzinfo=UTC)
"""18:00 at the site, four hours after the noon at which tests begin: every space is shared."""


def hours(from_: float, until: float) -> Window:
    """So many hours after EVENING."""
    return Window(EVENING + timedelta(hours=from_), EVENING + timedelta(hours=until))


def ask_for(
    stage: Stage,
    window: Window,
    *,
    plate: str = "B AB 1",
    space_id: int = 1,
    needs: CarNeeds = ANY_CAR,
) -> ReserveAnswer:
    """Ask for a space in a window; whatever the answer is."""
    return stage.site.do(
        Reserve(
            actor=DRIVER,
            space_id=SpaceId(space_id),
            duration_minutes=window.duration // timedelta(minutes=1),
            plate=plate,
            starts_at=window.from_,
            needs=needs,
        )
    )


def reserve_for(
    stage: Stage, window: Window, *, plate: str = "B AB 1", space_id: int = 1
) -> Reserved:
    """Keep a space for a window."""
    reserved = ask_for(stage, window, plate=plate, space_id=space_id)
    assert isinstance(reserved, Reserved), reserved
    return reserved


def ticket_for(
    stage: Stage,
    window: Window,
    method: WalletProof | CardPresented,
    *,
    plate: str = "B AB 1",
    space_id: int = 1,
) -> TicketIssued:
    """Reserve a window and pay for it."""
    reserved = reserve_for(stage, window, plate=plate, space_id=space_id)
    answer = stage.pay_deposit(reserved.reservation_id, method)
    if isinstance(method, CardPresented):
        answer = stage.last(PaymentFinished).outcome
    assert isinstance(answer, TicketIssued), answer
    return answer


def change(
    stage: Stage,
    reservation_id: ReservationId,
    window: Window,
    *,
    space_id: int | None = None,
    lane: LaneName | None = ENTRY,
) -> ChangeAnswer:
    """Ask for another window or space."""
    return stage.site.do(
        ChangeReservation(
            actor=DRIVER,
            reservation_id=reservation_id,
            window=window,
            space_id=None if space_id is None else SpaceId(space_id),
            lane=lane,
        )
    )


def kept(stage: Stage, reservation_id: ReservationId, window: Window, **more: Any) -> ChangeKept:
    """Another window or space that waits to be paid."""
    answer = change(stage, reservation_id, window, **more)
    assert isinstance(answer, ChangeKept), answer
    return answer


def pay_change(
    stage: Stage,
    reservation_id: ReservationId,
    method: WalletProof | CardPresented,
    *,
    intent: str | None = None,
) -> object:
    """Pay the difference."""
    return stage.site.do(
        PayChange(
            actor=DRIVER,
            lane=ENTRY,
            reservation_id=reservation_id,
            method=method,
            intent=intent or stage.intent(),
        )
    )


def drop_change(stage: Stage, reservation_id: ReservationId) -> object:
    """Give the change up."""
    return stage.site.do(DropChange(actor=DRIVER, reservation_id=reservation_id))


def cancel_price(stage: Stage, reservation_id: ReservationId) -> CancellationPriced:
    """What cancelling now would give back."""
    priced = stage.site.do(PriceCancellation(actor=DRIVER, reservation_id=reservation_id))
    assert isinstance(priced, CancellationPriced), priced
    return priced


def cancel(stage: Stage, reservation_id: ReservationId) -> object:
    """Look at the price, agree, cancel."""
    agreed = cancel_price(stage, reservation_id).refund
    return stage.site.do(
        CancelReservation(actor=DRIVER, reservation_id=reservation_id, agreed_refund=agreed)
    )


def set_rules(stage: Stage, **rules: Any) -> None:
    """The site promises something else from now on."""
    core = stage.site.core
    core.site = replace(core.site, rules=replace(core.site.rules, **rules))


def set_terms(stage: Stage, space_id: int, terms: OfferTerms) -> None:
    """The owner of a space shares it at the same times on other terms."""
    core, space = stage.site.core, SpaceId(space_id)
    with core.store.transaction() as tx:
        offer = tx.library.offer_in_force(space)
        assert offer is not None
        tx.library.set_offer_state(offer.id, OfferState.WITHDRAWN)
        tx.library.add_offer(space, offer.times, terms=terms)
        renew_space(core, tx, space)


def sell_by(stage: Stage, space_id: int, tariff: Tariff) -> OfferTerms:
    """The owner of a space shares it at the same times at a price of the own: its terms."""
    with stage.site.core.store.transaction() as tx:
        tariff_id = tx.library.add_tariff(tariff)
    terms = OfferTerms(tariff_id=tariff_id)
    set_terms(stage, space_id, terms)
    return terms


def withdraw_offer(stage: Stage, space_id: int) -> None:
    """The owner shares the space no more; what is paid stands."""
    core, space = stage.site.core, SpaceId(space_id)
    with core.store.transaction() as tx:
        offer = tx.library.offer_in_force(space)
        assert offer is not None
        tx.library.set_offer_state(offer.id, OfferState.WITHDRAWN)
        renew_space(core, tx, space)
