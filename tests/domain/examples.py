"""Values and strategies that the tests of the rules share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.reservation import Reservation, State
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.time import Window
from tests.fakes.tariffs import priced, simple_tariff

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TERMS = SplitTerms(commission_bp=1500, vat_bp=1900, manager_bp=1000)


def euro(minor: int) -> Money:
    """An amount in cents."""
    return Money(minor, "EUR")


def after(minutes: float) -> datetime:
    """An instant by its minutes after NOON."""
    return NOON + timedelta(minutes=minutes)


def minutes(first: float, last: float) -> Window:
    """A window by its minutes after NOON."""
    return Window(after(first), after(last))


TARIFF = simple_tariff("courtyard", block_minutes=30, price_minor=120, cap_minor=1400)
"""1.20 for each started half hour, at most 14.00 in 24 h."""


RESERVATION = Reservation(
    id=ReservationId(1),
    space_id=SpaceId(1),
    driver_id=None,
    window=minutes(0, 120),
    state=State.CONFIRMED,
    quote=priced(TARIFF, minutes(0, 120)).total,
    tariff=TARIFF,
    split_terms=TERMS,
    pay_until=after(10),
    short_code="abcdefgh",
    made_at=after(0),
)
"""A walk-up of two hours from NOON on, paid: 4.80."""


@st.composite
def some_windows(draw: st.DrawFn, *, span_minutes: int = 90) -> list[Window]:
    """A few windows inside a short span, touching and overlapping at will."""
    edges = st.tuples(st.integers(0, span_minutes), st.integers(0, span_minutes))
    pairs = draw(st.lists(edges.filter(lambda pair: pair[0] < pair[1]), max_size=6))
    return [minutes(first, last) for first, last in pairs]


@st.composite
def split_terms(draw: st.DrawFn) -> SplitTerms:
    """Any terms that leave the owner something or nothing, never less."""
    vat_bp = draw(st.integers(0, 3000))
    commission_bp = draw(st.integers(0, 10**8 // (10_000 + vat_bp)))
    left_bp = (10**8 - commission_bp * (10_000 + vat_bp)) // 10_000
    return SplitTerms(commission_bp, vat_bp, draw(st.integers(0, left_bp)))
