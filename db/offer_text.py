"""The times of an offer as canonical text: the same times are the same text, whoever wrote it."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from kiosk.domain.offer import LocalSpan, OfferTimes, SharedWindow


def offer_text(times: OfferTimes) -> str:
    """The times as JSON with sorted keys; what is empty is left out."""
    table: dict[str, object] = {
        "windows": [
            _span(window.span) | ({"repeats": window.repeats} if window.repeats else {})
            for window in times.windows
        ]
    }
    if times.except_days:
        table["except_days"] = sorted(day.isoformat() for day in times.except_days)
    if times.blackouts:
        table["blackouts"] = [_span(blackout) for blackout in times.blackouts]
    if times.skips_holidays:
        table["skips_holidays"] = True
    return json.dumps(table, sort_keys=True, separators=(",", ":"))


# Many spaces share one text, and their gaps are renewed all day long.
@lru_cache(maxsize=512)
def read_offer_text(text: str) -> OfferTimes:
    """The times that offer_text has written."""
    table = json.loads(text)
    return OfferTimes(
        windows=tuple(
            SharedWindow(_read_span(window), window.get("repeats")) for window in table["windows"]
        ),
        except_days=frozenset(map(date.fromisoformat, table.get("except_days", ()))),
        blackouts=tuple(_read_span(blackout) for blackout in table.get("blackouts", ())),
        skips_holidays=table.get("skips_holidays", False),
    )


def _span(span: LocalSpan) -> dict[str, str]:
    return {
        "starts": span.starts.isoformat(timespec="minutes"),
        "ends": span.ends.isoformat(timespec="minutes"),
    }


def _read_span(table: Any) -> LocalSpan:
    return LocalSpan(
        datetime.fromisoformat(table["starts"]), datetime.fromisoformat(table["ends"])
    )
