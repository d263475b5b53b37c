"""How rows become the domain values that several repositories return."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kiosk.domain.money import Money
from kiosk.domain.reservation import Reservation, State
from kiosk.domain.settlement import Party, SplitRule, SplitTerms
from kiosk.domain.space import ANY_CAR, CarNeeds, Space, SpaceType
from kiosk.domain.stay import Stay
from kiosk.domain.tariff import Tariff
from kiosk.domain.tariff_text import read_tariff_text
from kiosk.domain.time import Window, from_epoch

SPACE = """s.id, s.area_id, s.owner_id, s.label, s.rank, s.x_mm, s.y_mm, s.width_mm, s.depth_mm,
s.has_charger, s.is_accessible, s.height_mm, s.is_covered, s.type"""
SPACE_WIDTH = 14
"""How many columns SPACE has, for rows that go on after it."""
TARIFF = "t.text"
SPLIT_TERMS = "x.commission_bp, x.vat_bp, x.manager_bp, x.rule, x.merchant, x.supplier"
RESERVATION = f"""r.id, r.space_id, r.driver_id, r.t0, r.t1, r.state, r.quote_minor, r.currency,
r.pay_until, r.short_code, {TARIFF}, {SPLIT_TERMS}, r.created_at, r.linked_to, r.width_mm,
r.length_mm, r.height_mm, r.needs_charger, r.needs_accessible, r.needs_type"""
RESERVATION_FROM = """FROM reservation r JOIN tariff t ON t.id = r.tariff_id
JOIN split_terms x ON x.id = r.split_terms_id"""
STAY = """y.reservation_id, y.entry_lane, y.entered_at, y.presented_at, y.left_at,
y.re_entered_at, y.is_displaced"""
STAY_WIDTH = 7
"""How many columns STAY has, for rows that go on after it."""

_STATES = {state.value: state for state in State}
_SPACE_TYPES = {each.value: each for each in SpaceType}
_RULES = {rule.value: rule for rule in SplitRule}
_PARTIES = {party.value: party for party in Party}
_AS_MOST = (None, None, None, 0, 0, SpaceType.CAR.value)


def space_of(row: Any) -> Space:
    """A row that starts with the columns of SPACE."""
    return Space(
        id=row[0],
        area_id=row[1],
        owner_id=row[2],
        label=row[3],
        rank=row[4],
        x_mm=row[5],
        y_mm=row[6],
        width_mm=row[7],
        depth_mm=row[8],
        has_charger=row[9] == 1,
        is_accessible=row[10] == 1,
        height_mm=row[11],
        is_covered=row[12] == 1,
        type=_SPACE_TYPES[row[13]],
    )


def tariff_of(row: Any) -> Tariff:
    """A row that starts with the columns of TARIFF."""
    return _tariff(row[0])


# Read once: a site has few tariffs and many rows that name them, and a scan waits for its row.
_tariff = lru_cache(maxsize=128)(read_tariff_text)


def reservation_of(row: Any) -> Reservation:
    """A row that starts with the columns of RESERVATION."""
    return Reservation(
        id=row[0],
        space_id=row[1],
        driver_id=row[2],
        window=Window(from_epoch(row[3]), from_epoch(row[4])),
        state=_STATES[row[5]],
        quote=Money(row[6], row[7]),
        pay_until=from_epoch(row[8]),
        short_code=row[9],
        tariff=tariff_of(row[10:]),
        split_terms=split_terms_of(row[11:17]),
        made_at=from_epoch(row[17]),
        linked_to=row[18],
        needs=_needs(row[19:25]),
    )


def split_terms_of(row: Any) -> SplitTerms:
    """A row of the columns of SPLIT_TERMS."""
    return SplitTerms(
        row[0],
        row[1],
        row[2],
        _RULES[row[3]],
        merchant=_PARTIES[row[4]],
        supplier=_PARTIES[row[5]],
    )


def _needs(row: Any) -> CarNeeds:
    if row == _AS_MOST:
        return ANY_CAR
    width_mm, length_mm, height_mm, charger, accessible, space_type = row
    return CarNeeds(
        width_mm, length_mm, height_mm, charger == 1, accessible == 1, _SPACE_TYPES[space_type]
    )


RESERVATION_WIDTH = 25
"""How many columns RESERVATION has, for rows that go on after it."""


def stay_of(row: Any) -> Stay | None:
    """A row that starts with the columns of STAY; None when there is no stay in it."""
    if row[0] is None:
        return None
    return Stay(
        reservation_id=row[0],
        entry_lane=row[1],
        entered_at=from_epoch(row[2]),
        presented_at=None if row[3] is None else from_epoch(row[3]),
        left_at=None if row[4] is None else from_epoch(row[4]),
        re_entered_at=None if row[5] is None else from_epoch(row[5]),
        is_displaced=row[6] == 1,
    )
