"""`kiosk offer recall`: an owner wants a space back; its price is printed, then agreed to.

What becomes of the reservations is decided in kiosk.services.recall.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, assert_never

from kiosk.app.config import read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE
from kiosk.app.import_calendar import core_at_rest
from kiosk.app.local_times import instant_of, time_text
from kiosk.app.owners_offers import refused, space_and_owner
from kiosk.domain.life_outcomes import (
    OfferRefused,
    Recalled,
    RecallImpossible,
    RecallItem,
    RecallPriced,
    WindowInThePast,
)
from kiosk.domain.money import EXPONENTS, Money
from kiosk.domain.time import Window
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.life_commands import PriceRecall, RecallSpace
from kiosk.services.paper import plain
from kiosk.services.recall import price_recall, recall_space

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from kiosk.domain.ids import SpaceId
    from kiosk.services.core import Core
    from kiosk.services.recall import RecallProblem

_AMOUNT = re.compile(r"(\d{1,12})(?:\.(\d+))?", re.ASCII)


def recall(options: argparse.Namespace) -> int:
    """Print what it costs; with --agree do it, when it still costs that.

    ConfigError for a space, a window or an amount that cannot be meant; StoreBusy while the
    site is at work, because even the price is found by doing it and undoing it.
    """
    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=False) as core:
        zone, currency = core.site.zone, core.site.currency
        agreed = None if options.agree is None else _amount(options.agree, currency)
        from_, until = (instant_of(at, zone) for at in (options.from_, options.until))
        if until <= from_:
            raise ConfigError("offer recall: --until should be later than --from")
        window = Window(from_, until)
        with core.store.reading() as tx:
            space, owner = space_and_owner(tx, options)
        actor = Actor(ActorKind.OWNER, owner)
        outcome: Recalled | RecallPriced | RecallProblem
        if agreed is None:
            priced = PriceRecall(
                actor=actor, owner_id=space.owner_id, space_id=space.id, window=window
            )
            outcome = price_recall(core, priced)
        else:
            wanted = RecallSpace(
                actor=actor,
                owner_id=space.owner_id,
                space_id=space.id,
                window=window,
                agreed_cost=agreed,
            )
            outcome = recall_space(core, wanted)
        return _said(core, outcome, label=space.label, agreed=agreed)


def _said(
    core: Core,
    outcome: Recalled | RecallPriced | RecallProblem,
    *,
    label: str,
    agreed: Money | None,
) -> int:
    zone = core.site.zone
    match outcome:
        case RecallPriced(_, window, items, cost):
            print("\n".join(_lines(core, label, window, items)))
            if agreed is None:
                print(f"It costs the owner {plain(cost)}. Nothing was done; to do it, give")
                print(f"  --agree {plain(cost).removeprefix(cost.currency).strip()}")
                return DONE
            return refused(
                f"{label}: it costs {plain(cost)} now, not {plain(agreed)}. Nothing was done."
            )
        case Recalled(_, window, items, cost):
            print("\n".join(_lines(core, label, window, items)))
            print(f"{label}: is its owner's for this time, at {plain(cost)}.")
            return DONE
        case RecallImpossible(_, not_before):
            return refused(
                f"{label}: a car stands there, or has paid and is on its way: "
                f"not before {time_text(not_before, zone)}"
            )
        case OfferRefused(problems):
            return refused(*(f"{label}: {problem}" for problem in problems))
        case WindowInThePast(now):
            return refused(f"{label}: the window is over, it is {time_text(now, zone)} now")
        case _:
            assert_never(outcome)


def _lines(core: Core, label: str, window: Window, items: tuple[RecallItem, ...]) -> Iterator[str]:
    zone = core.site.zone
    with core.store.reading() as tx:
        labels = {
            each.substitute: tx.library.space(each.substitute).label
            for each in items
            if each.substitute is not None
        }
    count = "1 reservation" if len(items) == 1 else f"{len(items)} reservations"
    yield f"{label}: {_window(window, zone)}, {count}"
    for each in items:
        yield (
            f"  reservation {each.reservation_id}, {_window(each.window, zone)}: "
            f"{_what_becomes(each, labels)}"
        )


def _what_becomes(item: RecallItem, labels: dict[SpaceId, str]) -> str:
    if item.substitute is not None:
        return f"{labels[item.substitute]} instead, at no cost"
    return (
        f"no other space; {plain(item.refund)} goes back, the owner pays "
        f"{plain(item.compensation)} on top"
    )


def _window(window: Window, zone: ZoneInfo) -> str:
    return f"{time_text(window.from_, zone)} to {time_text(window.until, zone)}"


def _amount(text: str, currency: str) -> Money:
    """An amount as it is printed, with or without its currency."""
    exponent = EXPONENTS[currency]
    found = _AMOUNT.fullmatch(text.removeprefix(currency).strip())
    if found is None or len(found[2] or "") not in {0, exponent}:
        example = plain(Money(480, currency))
        raise ConfigError(f"--agree {text}: should be an amount like {example}")
    whole, rest = found[1], found[2] or "0"
    return Money(int(whole) * 10**exponent + int(rest), currency)
