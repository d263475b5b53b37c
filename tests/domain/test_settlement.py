"""Every cent of a fee has one owner: the worked numbers of money.md, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.ledger import Transfer
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.settlement import (
    Settlement,
    Shared,
    Shares,
    SplitRule,
    SplitTerms,
    refund_transfers,
    settle,
    share_transfers,
    split,
    split_charge,
)
from tests.domain.examples import TERMS, euro, minutes, split_terms
from tests.domain.split_oracle import CASES, wrong_splits
from tests.fakes.tariffs import waived

R1, OWNER = ReservationId(1), OwnerId(7)
FEES = st.integers(0, 10**7)


def settled_first(total: int, *, escrow: int) -> Settlement:
    """A fee that is settled for the first time."""
    return settle(
        shares=split(euro(total), TERMS),
        settled_before=Shares.nothing("EUR"),
        escrow=euro(escrow),
    )


def late_charge(*, once: int, surcharge: int, struck: int = 0) -> Charge:
    """A charge of a time at 1 x, its overstay surcharge, and what was struck off of both."""
    lines = (
        ChargeLine(kind=LineKind.OVERSTAY, amount=euro(once)),
        ChargeLine(kind=LineKind.OVERSTAY_SURCHARGE, amount=euro(surcharge)),
        waived(struck),
    )
    return Charge(minutes(0, 60), lines, euro(once + surcharge - struck), euro(0))


def in_euro(owner: int, commission: int, vat: int, manager: int) -> Shares:
    return Shares(euro(owner), euro(commission), euro(vat), euro(manager))


@pytest.mark.parametrize(
    ("fee", "shares"),
    [
        pytest.param(700, (506, 104, 20, 70), id="row 1 and 7: a stay of 700"),
        pytest.param(1100, (794, 165, 31, 110), id="row 2: extended to 1100"),
        pytest.param(1350, (975, 202, 38, 135), id="row 3: overstayed to 1350"),
        pytest.param(1000, (722, 150, 28, 100), id="row 3 and 4: cannot pay, no-show"),
        pytest.param(500, (361, 75, 14, 50), id="row 4: cancelled in the 50 % tier"),
        pytest.param(900, (650, 134, 26, 90), id="row 5: a stay of 900"),
        pytest.param(800, (578, 119, 23, 80), id="row 6: fleet 800"),
    ],
)
def test_the_worked_rows_of_the_split(fee: int, shares: tuple[int, int, int, int]) -> None:
    assert split(euro(fee), TERMS) == in_euro(*shares)


def test_row_3_what_is_paid_later_is_the_difference_of_two_splits() -> None:
    assert split(euro(1350), TERMS) - split(euro(1000), TERMS) == in_euro(253, 52, 10, 35)


def test_row_9_a_refund_takes_back_the_difference_of_two_splits() -> None:
    assert split(euro(1100), TERMS) - split(euro(900), TERMS) == in_euro(144, 31, 5, 20)


def test_yen_have_no_decimals() -> None:
    shares = split(Money(700, "JPY"), SplitTerms(1500, 1000, 1000))

    assert shares == Shares(*(Money(minor, "JPY") for minor in (515, 105, 10, 70)))


def test_dinars_have_three_decimals() -> None:
    shares = split(Money(1250, "KWD"), SplitTerms(1500, 0, 1000))

    assert shares == Shares(*(Money(minor, "KWD") for minor in (938, 187, 0, 125)))


def test_of_two_equal_remainders_the_commission_comes_before_the_manager() -> None:
    terms = SplitTerms(1000, 0, 1000, SplitRule.LARGEST_REMAINDER)

    assert split(euro(4), terms) == in_euro(3, 1, 0, 0)


@given(FEES, split_terms())
def test_the_shares_add_up_to_the_fee_and_none_is_below_zero(fee: int, terms: SplitTerms) -> None:
    shares = split(euro(fee), terms)

    assert shares.total == euro(fee)
    assert min(shares.owner, shares.commission, shares.vat, shares.manager) >= euro(0)


@given(FEES, split_terms())
def test_no_party_but_the_owner_gets_more_than_its_exact_part(fee: int, terms: SplitTerms) -> None:
    shares = split(euro(fee), terms)

    with_vat = Fraction(fee * terms.commission_bp * (10_000 + terms.vat_bp), 10**8)
    assert 0 <= with_vat - (shares.commission + shares.vat).minor < 1
    assert 0 <= Fraction(fee * terms.manager_bp, 10_000) - shares.manager.minor < 1


@given(FEES, split_terms())
def test_the_tax_inside_the_commission_is_the_nearest_cent(fee: int, terms: SplitTerms) -> None:
    shares = split(euro(fee), terms)

    with_vat = (shares.commission + shares.vat).minor
    exact = Fraction(with_vat * terms.vat_bp, 10_000 + terms.vat_bp)
    assert abs(shares.vat.minor - exact) <= Fraction(1, 2)


def test_a_sample_of_splits_is_what_trying_all_roundings_finds() -> None:
    assert wrong_splits(range(0, CASES, 79)) == []


@given(FEES, split_terms())
def test_by_the_largest_remainder_every_part_is_less_than_a_unit_off(
    fee: int, terms: SplitTerms
) -> None:
    shares = split(euro(fee), replace(terms, rule=SplitRule.LARGEST_REMAINDER))

    with_vat = Fraction(fee * terms.commission_bp * (10_000 + terms.vat_bp), 10**8)
    manager = Fraction(fee * terms.manager_bp, 10_000)
    assert shares.total == euro(fee)
    assert min(shares.owner, shares.commission, shares.vat, shares.manager) >= euro(0)
    assert abs((shares.commission + shares.vat).minor - with_vat) < 1
    assert abs(shares.manager.minor - manager) < 1
    assert abs(shares.owner.minor - (fee - with_vat - manager)) < 1


def test_every_small_fee_is_split_without_a_remainder() -> None:
    wrong = [fee for fee in range(3000) if split(euro(fee), TERMS).total != euro(fee)]

    assert wrong == []


@given(FEES, FEES, split_terms())
def test_a_refund_splits_again_and_posts_the_differences(
    one: int, other: int, terms: SplitTerms
) -> None:
    fee, back = max(one, other), min(one, other)

    left = split(euro(fee - back), terms)
    given_back = split(euro(fee), terms) - left

    assert given_back.total == euro(back)
    assert left.total + given_back.total == euro(fee)


@given(FEES, FEES, FEES, split_terms())
def test_what_comes_in_is_what_goes_out(
    total: int, before: int, escrow: int, terms: SplitTerms
) -> None:
    settled = settle(
        shares=split(euro(total), terms),
        settled_before=split(euro(before), terms),
        escrow=euro(escrow),
    )

    assert settled.shares.total + settled.refund == euro(before) + euro(escrow) + settled.due
    assert not (settled.due and settled.refund)
    assert settled.to_share.total == settled.shares.total - euro(before)
    assert settled.shares == split(euro(max(total, before)), terms)


def test_the_surcharge_of_an_overstay_goes_to_commission_and_its_vat() -> None:
    shares = split_charge(late_charge(once=1350, surcharge=119), TERMS)

    assert shares == in_euro(975, 202 + 100, 38 + 19, 135)


def test_what_was_struck_off_is_taken_from_the_surcharge_first() -> None:
    some = split_charge(late_charge(once=1350, surcharge=219, struck=100), TERMS)
    more = split_charge(late_charge(once=1350, surcharge=219, struck=569), TERMS)

    assert some == in_euro(975, 202 + 100, 38 + 19, 135)
    assert more == in_euro(722, 150, 28, 100)


@given(FEES, st.integers(0, 10**6), split_terms())
def test_no_cent_of_a_surcharge_is_lost_and_owner_and_manager_get_none_of_it(
    once: int, surcharge: int, terms: SplitTerms
) -> None:
    shares = split_charge(late_charge(once=once, surcharge=surcharge), terms)

    plain = split(euro(once), terms)
    exact = Fraction(surcharge * terms.vat_bp, 10_000 + terms.vat_bp)
    assert shares.total == euro(once + surcharge)
    assert (shares.owner, shares.manager) == (plain.owner, plain.manager)
    assert abs((shares.vat - plain.vat).minor - exact) <= Fraction(1, 2)


@given(FEES, FEES, st.integers(0, 10**6), split_terms())
def test_settling_again_with_a_larger_surcharge_posts_the_differences(
    one: int, other: int, surcharge: int, terms: SplitTerms
) -> None:
    once = min(one, other)
    before = split_charge(late_charge(once=once, surcharge=0), terms)
    after = split_charge(late_charge(once=max(one, other), surcharge=surcharge), terms)

    settled = settle(shares=after, settled_before=before, escrow=euro(0))

    assert settled.due == after.total - before.total
    assert settled.to_share == after - before


def test_an_escrow_that_holds_more_gives_the_rest_back() -> None:
    settled = settled_first(700, escrow=1000)

    assert (settled.due, settled.refund) == (euro(0), euro(300))
    assert settled.to_share == in_euro(506, 104, 20, 70)


def test_an_escrow_that_holds_less_leaves_the_difference_due() -> None:
    settled = settled_first(1350, escrow=1000)

    assert (settled.due, settled.refund) == (euro(350), euro(0))


def test_after_an_earlier_settlement_only_the_difference_is_shared() -> None:
    settled = settle(
        shares=split(euro(1350), TERMS),
        settled_before=split(euro(1000), TERMS),
        escrow=euro(350),
    )

    assert (settled.due, settled.refund) == (euro(0), euro(0))
    assert settled.to_share == in_euro(253, 52, 10, 35)


def test_a_charge_once_settled_is_never_lowered() -> None:
    settled = settle(
        shares=split(euro(700), TERMS), settled_before=split(euro(1000), TERMS), escrow=euro(0)
    )

    assert settled.shares == split(euro(1000), TERMS)
    assert settled.to_share == in_euro(0, 0, 0, 0)


def test_escrow_pays_each_party_its_share() -> None:
    transfers = share_transfers(R1, Shared.to(OWNER, in_euro(506, 104, 20, 70)))

    assert transfers == (
        Transfer("escrow:1", "owner:7", euro(506)),
        Transfer("escrow:1", "commission", euro(104)),
        Transfer("escrow:1", "vat", euro(20)),
        Transfer("escrow:1", "manager", euro(70)),
    )


def test_a_party_that_gets_nothing_has_no_transfer() -> None:
    transfers = share_transfers(R1, Shared.to(OWNER, in_euro(1, 0, 0, 0)))

    assert transfers == (Transfer("escrow:1", "owner:7", euro(1)),)


def test_a_share_below_zero_flows_back_into_escrow_first() -> None:
    transfers = share_transfers(R1, Shared.to(OWNER, in_euro(-1, 1, 0, 1)))

    assert transfers == (
        Transfer("owner:7", "escrow:1", euro(1)),
        Transfer("escrow:1", "commission", euro(1)),
        Transfer("escrow:1", "manager", euro(1)),
    )


@given(FEES, FEES, split_terms())
def test_the_transfers_of_a_difference_take_just_that_out_of_escrow(
    one: int, other: int, terms: SplitTerms
) -> None:
    before, total = euro(min(one, other)), euro(max(one, other))

    transfers = share_transfers(R1, Shared.to(OWNER, split(total, terms) - split(before, terms)))

    out = sum((each.amount for each in transfers if each.debit == "escrow:1"), euro(0))
    back = sum((each.amount for each in transfers if each.credit == "escrow:1"), euro(0))
    assert out - back == total - before


def test_a_refund_to_a_wallet_goes_through_what_is_due_to_the_driver() -> None:
    assert refund_transfers(R1, euro(300), "wallet:3") == (
        Transfer("escrow:1", "refund-due:1", euro(300)),
        Transfer("refund-due:1", "wallet:3", euro(300)),
    )


def test_a_refund_by_a_provider_stays_due_until_it_is_confirmed() -> None:
    assert refund_transfers(R1, euro(300), None) == (
        Transfer("escrow:1", "refund-due:1", euro(300)),
    )


def test_no_refund_has_no_transfer() -> None:
    assert refund_transfers(R1, euro(0), "wallet:3") == ()


@pytest.mark.parametrize("terms", [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (9_000, 1900, 0)])
def test_terms_below_nothing_or_above_the_whole_fee_are_refused(
    terms: tuple[int, int, int],
) -> None:
    with pytest.raises(AssertionError):
        SplitTerms(*terms)
