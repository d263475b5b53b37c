"""One part of a stay, walked minute by minute in Decimal, for the slow oracle.

Written from rules 5 and 6 of docs/tariff-rules.md; which parts a stay has, and what is done with
their prices, stands in slow_price.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction

from kiosk.domain.tariff import BandRule, BlockPolicy, Cap, CapScope, Row, RowKind
from tests.oracle.board import CONTEXT, Board, Period, exact
from tests.oracle.wall import furthest

NOTHING = Decimal(0)


class UnstatedBandError(Exception):
    """The walk came into a band whose price the board does not state (rule 11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is walked: all in minutes; the start is before the shifts of rule 4."""

    start: int
    priced_from: int
    end: int
    block_minutes: int | None = None
    """The overstay's own block length."""


@dataclass(slots=True)
class Walk:
    """Where the walk stands; `gross` collects what each tax rate was charged after rule 6."""

    board: Board
    part: Part
    policy: BlockPolicy
    gross: dict[Fraction, Decimal]
    left: dict[tuple[str, int, int], Decimal]
    """What is left in each limit: its kind, its place in the tariff, and its period."""
    minute: int = 0
    band: int = -1
    span_start: int = 0
    """Where the present presence span was seen to begin."""
    restarted_at: int = 0
    step_ends: int = 0
    is_entry_charged: bool = False
    flats_charged: tuple[Row, ...] = ()
    periods: list[Period] = field(default_factory=list)


def walk(board: Board, part: Part) -> dict[Fraction, Decimal]:
    """What a part costs, by the tax rate of its rows."""
    policy = board.tariff.policy
    if part.block_minutes is not None:
        policy = BlockPolicy.RUN_THROUGH  # an overstay with blocks of its own (rule 8)
    state = Walk(board=board, part=part, policy=policy, gross={}, left={})
    with localcontext(CONTEXT):
        for minute in range(part.priced_from, part.end):
            pass_minute(state, minute)
        if state.policy is BlockPolicy.ROUND_ONCE and part.priced_from < part.end:
            round_up_once(state)
    return state.gross


def pass_minute(state: Walk, minute: int) -> None:
    """Cross the edges at the start of a minute, and charge the step that begins there, if any."""
    tariff = state.board.tariff
    is_first = minute == state.part.priced_from
    wall = furthest(tariff.zone, minute)
    band = state.board.band_at(wall)
    if tariff.bands[band].unstated:
        raise UnstatedBandError(tariff.bands[band].name)
    state.minute = minute
    is_edge = is_first or band != state.band
    if is_edge:
        state.band, state.span_start = band, minute
        state.is_entry_charged, state.flats_charged = False, ()
    periods = [period_now(state, cap, wall=wall) for cap in tariff.caps]
    has_reset = periods != state.periods and any(
        cap.restarts_blocks and now != before
        for cap, now, before in zip(tariff.caps, periods, state.periods or periods, strict=True)
    )
    state.periods = periods
    if is_first or has_reset or (is_edge and state.policy is BlockPolicy.RESTART):
        state.restarted_at = state.step_ends = minute
        state.flats_charged = ()
    if minute >= state.step_ends:
        begin_step(state)


def period_now(state: Walk, cap: Cap, *, wall: int) -> Period:
    """The period of a cap at this minute, whether it counts by its day types or not."""
    if cap.scope is CapScope.BAND:
        is_inside = state.board.tariff.bands[state.band].name == cap.band
        return state.span_start if is_inside else None
    return state.board.period(cap, minute=state.minute, wall=wall, start=state.part.start)


def begin_step(state: Walk) -> None:
    """Rule 5, steps 1 to 5, at the present minute."""
    band = state.board.tariff.bands[state.band]
    entry = state.board.entries[state.band]
    if entry is not None and not state.is_entry_charged and band.rule is BandRule.SUM:
        charge(state, exact(entry.price), row=entry)
    state.is_entry_charged = True
    state.step_ends = state.minute + 1  # steps other than blocks may be cut into minutes
    row = row_in_force(state)
    if row is None:
        return
    if row.kind is RowKind.FLAT:
        if row not in state.flats_charged:
            state.flats_charged = (*state.flats_charged, row)
            charge(state, exact(row.price), row=row)
    elif state.policy in (BlockPolicy.RESTART, BlockPolicy.RUN_THROUGH):
        block = state.part.block_minutes or row.block_minutes
        charge(state, exact(row.price, times=block, per=row.per_minutes), row=row)
        later = [each.from_minutes for each in state.board.rows[state.band]]
        ends = [state.restarted_at + each for each in later if each > row.from_minutes]
        state.step_ends = min([state.minute + block, *ends])
    else:
        charge(state, exact(row.price, per=row.per_minutes), row=row)


def row_in_force(state: Walk) -> Row | None:
    """The last row that the row clock has reached."""
    rows = state.board.rows[state.band]
    clock = state.minute - state.restarted_at
    return next((row for row in reversed(rows) if row.from_minutes <= clock), None)


def round_up_once(state: Walk) -> None:
    """The excess of round-once; the state is that of the last minute."""
    row = row_in_force(state)
    if row is None or row.kind is not RowKind.BLOCK:
        return
    since_restart = state.part.end - state.restarted_at
    excess = -since_restart % row.block_minutes
    charge(state, exact(row.price, times=excess, per=row.per_minutes), row=row)


def charge(state: Walk, price: Decimal, *, row: Row) -> None:
    """Rule 6: cut a charge to what is left in every limit that holds now."""
    holding = limits_now(state, row)
    for key, price_of_limit in holding.items():
        state.left.setdefault(key, exact(price_of_limit))
    taken = min([price, *(state.left[key] for key in holding)])
    for key in holding:
        state.left[key] -= taken
    rate = state.board.tariff.tax.rate if row.tax is None else row.tax
    state.gross[rate] = state.gross.get(rate, NOTHING) + taken


def limits_now(state: Walk, row: Row) -> dict[tuple[str, int, int], Fraction]:
    """The price of each limit that holds for a charge of a row at the present minute."""
    tariff = state.board.tariff
    holding = {
        ("cap", place, period): cap.price
        for place, (cap, period) in enumerate(zip(tariff.caps, state.periods, strict=True))
        if period is not None and state.board.counts(cap, period=period, start=state.part.start)
    }
    band = tariff.bands[state.band]
    entry = state.board.entries[state.band]
    if band.rule is BandRule.MIN and entry is not None and row is not entry:
        holding["band", state.band, state.span_start] = entry.price
    return holding
