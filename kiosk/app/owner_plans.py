"""The owners of a site file as they are founded: when and on which terms they share.

Apart from config.py, because reading calendars' rules takes longer than the first page may wait.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.app.errors import ConfigError
from kiosk.app.owner_tables import WEEKDAYS, OwnerTable
from kiosk.domain.offer import OfferTerms, OfferTimes, offer_problems, weekly
from kiosk.domain.space import OwnerKind
from kiosk.services.found_site import OwnerPlan

if TYPE_CHECKING:
    from kiosk.domain.settlement import SplitTerms
    from kiosk.domain.tariff import Tariff

_SHARED_FROM = date(2020, 1, 6)
"""Weekly windows of a site file have no first day; tickets begin in 2020, too."""


def owner_plan(
    owner: OwnerTable,
    *,
    number: int,
    zone: ZoneInfo,
    tariff: Tariff | None,
    split_terms: SplitTerms | None,
) -> OwnerPlan:
    """What an [[owner]] table says; ConfigError names every window that cannot be kept."""
    times = OfferTimes(
        windows=tuple(
            weekly(
                (WEEKDAYS.index(day) for day in offer.weekdays),
                from_local=offer.from_local,
                until_local=offer.until_local,
                first_day=_SHARED_FROM,
            )
            for offer in owner.offer
        ),
        skips_holidays=owner.skips_holidays,
    )
    problems = offer_problems(times, zone=zone, today=_SHARED_FROM)
    if problems:
        raise ConfigError(
            "\n".join(f"site file: owner.{number}.offer: {problem}" for problem in problems)
        )
    shortest, longest = owner.shortest_stay_minutes, owner.longest_stay_minutes
    return OwnerPlan(
        name=owner.name,
        kind=OwnerKind(owner.kind),
        times=times,
        terms=OfferTerms(
            notice=timedelta(minutes=owner.notice_minutes),
            shortest=None if shortest is None else timedelta(minutes=shortest),
            longest=None if longest is None else timedelta(minutes=longest),
        ),
        tariff=tariff,
        split_terms=split_terms,
    )
