"""The times of an offer as canonical text: the same times are the same text, whoever wrote it."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from kiosk.domain.offer import LocalSpan, OfferTimes, SharedWindow


def offer_text(times: OfferTimes) -> str:
    """The times as JSON with sorted keys; what is empty is left out."""
    table: dict[str, object] = {"windows": [_window(window) for window in times.windows]}
    if times.except_days:
        table["except_days"] = _days(times.except_days)
    if times.blackouts:
        table["blackouts"] = [_span(blackout) for blackout in times.blackouts]
    if times.needed:
        table["needed"] = [_window(need) for need in times.needed]
    if times.skips_holidays:
        table["skips_holidays"] = True
    return json.dumps(table, sort_keys=True, separators=(",", ":"))


# Many spaces share one text, and their gaps are renewed all day long.
@lru_cache(maxsize=512)
def read_offer_text(text: str) -> OfferTimes:
    """The times that offer_text has written."""
    table = json.loads(text)
    return OfferTimes(
        windows=tuple(map(_read_window, table["windows"])),
        except_days=_read_days(table),
        blackouts=tuple(map(_read_span, table.get("blackouts", ()))),
        needed=tuple(map(_read_window, table.get("needed", ()))),
        skips_holidays=table.get("skips_holidays", False),
    )


def _window(window: SharedWindow) -> dict[str, object]:
    table: dict[str, object] = {**_span(window.span)}
    if window.repeats:
        table["repeats"] = window.repeats
    if window.except_days:
        table["except_days"] = _days(window.except_days)
    return table


def _read_window(table: Any) -> SharedWindow:
    return SharedWindow(_read_span(table), table.get("repeats"), _read_days(table))


def _days(days: frozenset[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)


def _read_days(table: Any) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, table.get("except_days", ())))


def _span(span: LocalSpan) -> dict[str, str]:
    return {
        "starts": span.starts.isoformat(timespec="minutes"),
        "ends": span.ends.isoformat(timespec="minutes"),
    }


def _read_span(table: Any) -> LocalSpan:
    return LocalSpan(
        datetime.fromisoformat(table["starts"]), datetime.fromisoformat(table["ends"])
    )
