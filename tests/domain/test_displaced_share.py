"""Half of an overstay surcharge is due to the drivers whom the late car has displaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain import ledger
from kiosk.domain.ids import ReservationId
from kiosk.domain.ledger import Transfer
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.settlement import (
    Shares,
    SplitTerms,
    displaced_share,
    displaced_transfers,
    split_charge,
)
from tests.domain.examples import TERMS, euro, minutes, split_terms
from tests.fakes.tariffs import waived

SURCHARGES = st.integers(0, 10**6)
DISPLACED = [ReservationId(number) for number in (7, 8, 9)]


def late(surcharge: int, *, struck: int = 0) -> Charge:
    """A charge of 4.80 with an overstay surcharge, less what was struck off."""
    lines = (
        ChargeLine(kind=LineKind.OVERSTAY, amount=euro(480)),
        ChargeLine(kind=LineKind.OVERSTAY_SURCHARGE, amount=euro(surcharge)),
        waived(struck),
    )
    return Charge(minutes(0, 60), lines, euro(480 + surcharge - struck), euro(0))


@pytest.mark.parametrize(
    ("surcharge", "struck", "commission", "vat"),
    [
        pytest.param(240, 0, 101, 19, id="half of 2.40 with 19 % VAT in it"),
        pytest.param(241, 0, 101, 19, id="an odd cent stays with the operator"),
        pytest.param(1, 0, 0, 0, id="half a cent is nothing"),
        pytest.param(0, 0, 0, 0, id="no surcharge"),
        pytest.param(240, 100, 59, 11, id="what was struck off is not shared"),
        pytest.param(240, 300, 0, 0, id="all of it was struck off"),
    ],
)
def test_half_of_the_surcharge_leaves_commission_and_vat(
    surcharge: int, struck: int, commission: int, vat: int
) -> None:
    share = displaced_share(late(surcharge, struck=struck), TERMS)

    assert share == Shares(euro(0), euro(commission), euro(vat), euro(0))


@given(SURCHARGES, split_terms())
def test_the_rest_is_divided_as_if_there_were_nothing_else(
    surcharge: int, terms: SplitTerms
) -> None:
    share = displaced_share(late(surcharge), terms)

    rest = surcharge - surcharge // 2
    assert share.total == euro(surcharge // 2)
    assert split_charge(late(surcharge), terms) - share == split_charge(late(rest), terms)
    assert min(share.commission, share.vat) >= euro(0)


@given(SURCHARGES, split_terms(), st.integers(1, 3))
def test_each_has_the_same_and_the_first_what_remains(
    surcharge: int, terms: SplitTerms, count: int
) -> None:
    share = displaced_share(late(surcharge), terms)

    transfers = displaced_transfers(share, DISPLACED[:count])

    parts = [due_to(each, transfers) for each in DISPLACED[:count]]
    assert sum(parts) == share.total.minor
    assert parts[1:] == [share.total.minor // count] * (count - 1)
    assert taken_from(ledger.VAT, transfers) == share.vat.minor
    assert taken_from(ledger.COMMISSION, transfers) == share.commission.minor


def test_where_less_vat_is_owed_back_than_before_the_commission_gives_all() -> None:
    share = Shares(euro(0), euro(3), euro(-1), euro(0))

    transfers = displaced_transfers(share, DISPLACED[:1])

    assert transfers == (Transfer(ledger.COMMISSION, ledger.refund_due(DISPLACED[0]), euro(2)),)


def due_to(reservation_id: ReservationId, transfers: tuple[Transfer, ...]) -> int:
    due = ledger.refund_due(reservation_id)
    return sum(each.amount.minor for each in transfers if each.credit == due)


def taken_from(account: str, transfers: tuple[Transfer, ...]) -> int:
    return sum(each.amount.minor for each in transfers if each.debit == account)
