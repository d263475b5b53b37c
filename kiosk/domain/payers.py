"""Several payers of one stay: whose minutes cost how much, and what each of them gets back.

A shared car stays one stay: one driver hands it over, another pays from that instant on. How the
whole charge comes about is the tariff's business; what is moved, that of the services.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.money import Money
from kiosk.domain.time import started_minutes


@dataclass(frozen=True, slots=True)
class Turn:
    """From this instant on this account pays, until the next turn begins."""

    account: str
    from_: datetime


@dataclass(frozen=True, slots=True)
class PayerPart:
    """What one payer of a stay has to do with its charge."""

    account: str
    minutes: int
    part: Money
    """What the payer's minutes cost, as far as it was paid; the last one answers for the stay."""
    back: Money
    """What the payer had paid beyond that."""


def divide_by_minutes(total: Money, minutes: Sequence[int]) -> tuple[Money, ...]:
    """An amount divided in proportion to minutes; the parts add up to it exactly.

    Each whole unit that is left goes to the largest remainder, of equal ones to the earlier.
    Where nobody has a minute, the last one pays: whoever stands at the exit.
    """
    assert total.minor >= 0
    assert minutes
    assert min(minutes) >= 0
    whole = sum(minutes)
    if whole == 0:
        return (*(Money.zero(total.currency) for _ in minutes[1:]), total)
    parts = [divmod(total.minor * each, whole) for each in minutes]
    left = total.minor - sum(part for part, _ in parts)
    # A stable sort: of equal remainders the earlier payer is first.
    first = sorted(range(len(parts)), key=lambda number: -parts[number][1])[:left]
    return tuple(
        Money(part + (number in first), total.currency) for number, (part, _) in enumerate(parts)
    )


def minutes_by_payer(turns: Sequence[Turn], until: datetime) -> dict[str, int]:
    """How many minutes each account pays for, in the order of their first turns.

    Counted in started minutes since the first turn, so that no minute is lost or counted twice.
    """
    start = turns[0].from_
    ends = [*(turn.from_ for turn in turns[1:]), until]
    marks = [started_minutes(end - start) for end in ends]
    found: dict[str, int] = {}
    for turn, before, after in zip(turns, [0, *marks], marks, strict=False):
        found[turn.account] = found.get(turn.account, 0) + max(after - before, 0)
    return found


def payer_parts(
    turns: Sequence[Turn], *, until: datetime, total: Money, paid: Mapping[str, Money]
) -> tuple[PayerPart, ...]:
    """The charge divided among its payers by minutes, and what goes back to each.

    Nobody's rest pays for another: what one who is gone has not paid of the own part falls to
    whoever is there at the exit, and what that one has not paid is due. Promises that no part is
    more than was paid, that the parts add up to `total` less what is due, and that parts and
    what goes back add up to what was paid.
    """
    zero = Money.zero(total.currency)
    minutes = minutes_by_payer(turns, until)
    wanted = dict(zip(minutes, divide_by_minutes(total, tuple(minutes.values())), strict=True))
    has = {account: paid.get(account, zero) for account in minutes}
    parts = {account: min(wanted[account], has[account]) for account in minutes}
    last = turns[-1].account
    of_others = sum((parts[account] for account in parts if account != last), zero)
    parts[last] = min(total - of_others, has[last])
    return tuple(
        PayerPart(account, minutes[account], part, has[account] - part)
        for account, part in parts.items()
    )
