"""What is asked of the core when a driver has filled in how a ticket's money is paid."""

from __future__ import annotations

from kiosk.domain.ids import LaneName
from kiosk.domain.life_outcomes import Changed
from kiosk.domain.outcomes import (
    PaymentDeclined,
    PaymentInDoubt,
    PaymentUnavailable,
    ReservationEnded,
    TicketIssued,
)
from kiosk.domain.payer_outcomes import HandedOver, HandOverImpossible
from kiosk.services.commands import Actor, Command, PaymentMethod, PaymentProblem, WalletProof
from kiosk.services.life_commands import PayChange
from kiosk.services.payer_commands import HandOver

LateAnswer = Changed | PaymentDeclined | PaymentUnavailable | PaymentInDoubt | ReservationEnded
"""What a provider's late answer to a change can be."""


def paying(
    ticket: TicketIssued,
    method: PaymentMethod,
    intent: str,
    *,
    actor: Actor,
    lane: LaneName,
    is_hand: bool,
) -> Command[Changed | HandedOver | HandOverImpossible | PaymentProblem]:
    """The next driver takes the car over with a pass; else the change of the window is paid."""
    if is_hand:
        assert isinstance(method, WalletProof), "a car is taken over with a pass"
        return HandOver(
            actor=actor, reservation_id=ticket.reservation_id, method=method, intent=intent
        )
    return PayChange(
        actor=actor,
        lane=lane,
        reservation_id=ticket.reservation_id,
        method=method,
        intent=intent,
    )
