"""What an attendant does after a settlement: the verbs that these tests share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.domain.after_outcomes import (
    ChargebackDecided,
    ChargebackOpened,
    StayRefunded,
)
from kiosk.domain.disputes import Chargeback
from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import SignedIn, TicketIssued
from kiosk.domain.settlement import Shares, split
from kiosk.services.after_commands import DecideChargeback, OpenChargeback, RefundStay
from kiosk.services.approvals import Proof, SecondPerson
from kiosk.services.commands import Actor, ActorKind, CardPresented, ChoosePin, WalletProof
from kiosk.services.desk import offer_one_time_pin
from tests.fakes.stage import (
    CARD,
    DESK_PIN,
    KIM,
    ONE_TIME_PIN,
    Stage,
    euro,
    stage_with_own_tariff,
)
from tests.services.coming_back import out_at

LEE_PIN = "975310"
LEE = SecondPerson("Lee", LEE_PIN)
STANDARD = "tariffs/standard.toml"


@contextmanager
def stage_at(founded: Path, folder: Path, hourly: str) -> Iterator[Stage]:
    """The small site where two hours cost four times this; Lee works there too."""
    stage = stage_with_own_tariff(founded, folder, ("price = 1.20", f"price = {hourly}"))
    hire_lee(stage)
    yield stage
    stage.close()


def hire_lee(stage: Stage) -> None:
    """A second attendant with an own PIN, who is not signed in at the desk."""
    lee = Actor(ActorKind.ATTENDANT, "Lee")
    offer_one_time_pin(stage.site.core, name="Lee", one_time_pin=ONE_TIME_PIN)
    chosen = stage.site.do(
        ChoosePin(actor=lee, name="Lee", one_time_pin=ONE_TIME_PIN, new_pin=LEE_PIN)
    )
    assert isinstance(chosen, SignedIn)
    stage.site.core.signed_in.discard(chosen.attendant_id)


def left(stage: Stage, method: WalletProof | CardPresented = CARD) -> TicketIssued:
    """A stay of the whole booked two hours that has left."""
    ticket = stage.inside(method)
    out_at(stage, ticket, 119)
    return ticket


def proof(stage: Stage, *, pin: str = DESK_PIN, second: SecondPerson | None = None) -> Proof:
    """Kim types the PIN again."""
    return Proof(stage.attendant_id, pin, second)


def ask_refund(
    stage: Stage,
    reservation_id: ReservationId,
    minor: int,
    *,
    is_new_total: bool = False,
    is_goodwill: bool = False,
    reason: str = "barrier was stuck",
    by: Proof | None = None,
    intent: str | None = None,
) -> object:
    """Kim wants so much to go back."""
    return stage.site.do(
        RefundStay(
            actor=KIM,
            proof=by or proof(stage),
            reservation_id=reservation_id,
            amount=euro(minor),
            is_new_total=is_new_total,
            is_goodwill=is_goodwill,
            reason=reason,
            intent=intent or stage.intent(),
        )
    )


def refund(
    stage: Stage, reservation_id: ReservationId, minor: int, *, is_goodwill: bool = False
) -> StayRefunded:
    """So much goes back."""
    outcome = ask_refund(stage, reservation_id, minor, is_goodwill=is_goodwill)
    assert isinstance(outcome, StayRefunded), outcome
    return outcome


def ask_chargeback(
    stage: Stage,
    reservation_id: ReservationId,
    minor: int,
    *,
    reference: str = "case-1",
    adapter: str = "simulator",
    fee_minor: int = 1500,
) -> object:
    """A letter of the provider says so."""
    return stage.site.do(
        OpenChargeback(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=reservation_id,
            adapter=adapter,
            reference=reference,
            amount=euro(minor),
            fee=euro(fee_minor),
        )
    )


def charged_back(
    stage: Stage, reservation_id: ReservationId, minor: int, *, reference: str = "case-1"
) -> Chargeback:
    """The provider has taken so much back."""
    outcome = ask_chargeback(stage, reservation_id, minor, reference=reference)
    assert isinstance(outcome, ChargebackOpened), outcome
    return outcome.chargeback


def decide(stage: Stage, chargeback: Chargeback, *, is_lost: bool) -> Chargeback:
    """The bank has decided."""
    outcome = stage.site.do(
        DecideChargeback(
            actor=KIM,
            attendant_id=stage.attendant_id,
            chargeback_id=chargeback.id,
            is_lost=is_lost,
        )
    )
    assert isinstance(outcome, ChargebackDecided), outcome
    return outcome.chargeback


def parties(stage: Stage) -> tuple[int, int, int, int]:
    """What owner 1, commission, VAT and manager have, in cents."""
    books = stage.books()
    accounts = ("owner:1", "commission", "vat", "manager")
    owner, commission, vat, manager = (books.get(account, 0) for account in accounts)
    return owner, commission, vat, manager


def split_of(stage: Stage, reservation_id: ReservationId, minor: int) -> tuple[int, int, int, int]:
    """What they should have of a fee by the terms of a reservation."""
    shares: Shares = split(euro(minor), stage.reservation(reservation_id).split_terms)
    return (
        shares.owner.minor,
        shares.commission.minor,
        shares.vat.minor,
        shares.manager.minor,
    )
