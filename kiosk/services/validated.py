"""What shops pay of a bill, and how it gets into escrow when the stay is settled.

Until then it only counts like escrow (bills.py). Who may give what stands in validations.py.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.journals import promoted, validated_by_shop
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.stay import stay_charge
from kiosk.domain.validation import ShopPart, worths

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import ReservationId
    from kiosk.domain.pricing.charge import StayFacts
    from kiosk.domain.reservation import Reservation
    from kiosk.domain.site import Rules
    from kiosk.services.core import Core


def shop_parts(
    tx: Tx,
    reservation_id: ReservationId,
    *,
    to_pay: Money,
    terms: Reservation,
    facts: StayFacts,
    rules: Rules,
) -> tuple[ShopPart, ...]:
    """What shops pay of `to_pay`, by the stay's terms and facts; nothing is moved."""
    given = [each for each in tx.shops.validations_of(reservation_id) if each.posted is None]

    def charge_with(minutes: int) -> Money | None:
        charge = stay_charge(terms, replace(facts, validation_minutes=minutes), rules=rules)
        return charge.total if isinstance(charge, Charge) else None

    worth = worths([each.given for each in given], total=to_pay, charge_with=charge_with)
    return tuple(
        ShopPart(each.id, each.shop_name, money) for each, money in zip(given, worth, strict=True)
    )


def worth_of(parts: tuple[ShopPart, ...], currency: str) -> Money:
    """All of them together."""
    return sum((part.worth for part in parts), Money.zero(currency))


def post_validations(
    core: Core, tx: Tx, reservation_id: ReservationId, parts: tuple[ShopPart, ...]
) -> None:
    """The stay is being settled: each validation is posted, once, and worth so much for ever."""
    now = core.clock.now()
    given = {each.id: each for each in tx.shops.validations_of(reservation_id)}
    for part in parts:
        if given[part.validation_id].posted is not None:
            continue
        shop_id = given[part.validation_id].shop_id
        tx.shops.note_posted(part.validation_id, part.worth, now)
        if not part.worth:
            continue
        if shop_id is None:
            transfers = promoted(reservation_id, part.worth)
        else:
            transfers = validated_by_shop(reservation_id, shop_id, part.worth)
        key = f"validation:{part.validation_id}"
        tx.ledger.post(Journal(key, "validation", transfers, reservation_id), now)


def posted_parts(tx: Tx, reservation_id: ReservationId) -> tuple[ShopPart, ...]:
    """What shops have paid of a stay that is settled."""
    return tuple(
        ShopPart(each.id, each.shop_name, each.posted)
        for each in tx.shops.validations_of(reservation_id)
        if each.posted
    )
