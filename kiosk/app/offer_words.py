"""An offer in words for its owner: when, on which terms."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kiosk.domain.offer import USUAL_TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiosk.domain.offer import LocalSpan, OfferTerms, OfferTimes, SharedWindow

_DAYS = {
    "MO": "Mon",
    "TU": "Tue",
    "WE": "Wed",
    "TH": "Thu",
    "FR": "Fri",
    "SA": "Sat",
    "SU": "Sun",
}
_MOST = 12
"""So many times of one kind are listed; more are counted."""
_MOST_DAYS = 6
"""So many exceptions of one window are listed; more are counted."""
_MINUTE = timedelta(minutes=1)


def times_lines(times: OfferTimes, *, now_local: datetime) -> Iterator[str]:
    """When a space is shared and when it is not, without what is plainly over."""
    today = now_local.date()
    for word, windows in (("shared", times.windows), ("needed", times.needed)):
        yield from _listed(word, _still(windows, now_local=now_local))
    blackouts = [_span(each) for each in times.blackouts if each.ends > now_local]
    yield from _listed("not shared", blackouts)
    days = [day.isoformat() for day in sorted(times.except_days) if day >= today]
    yield from _listed("not from", days)
    if times.skips_holidays:
        yield "not from    the holidays of the site"


def replaced_lines(before: OfferTimes, after: OfferTimes, *, now_local: datetime) -> Iterator[str]:
    """What was shared or needed and is so no more once an offer has other times."""
    kinds = (
        ("shared", before.windows, after.windows),
        ("needed", before.needed, after.needed),
    )
    for word, had, has in kinds:
        gone = [each for each in had if each not in has]
        for line in _listed(word, _still(gone, now_local=now_local)):
            yield " ".join(line.split())


def _still(windows: Iterable[SharedWindow], *, now_local: datetime) -> list[str]:
    """Those that are not plainly over."""
    return [
        window_words(each, today=now_local.date())
        for each in windows
        if each.repeats is not None or each.span.ends > now_local
    ]


def words_of(state: str) -> str:
    """A state as owners read it: "awaiting proof"."""
    return state.replace("-", " ")


def window_text(window: SharedWindow) -> str:
    """A window as it stands in a calendar, with its rule."""
    starts, ends = window.span.starts, window.span.ends
    words = f"{starts:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M}"
    if window.repeats is not None:
        words += f", {window.repeats}"
    days = sorted(day.isoformat() for day in window.except_days)
    if days:
        more = f" and {len(days) - _MOST_DAYS} more" if len(days) > _MOST_DAYS else ""
        words += f", not on {', '.join(days[:_MOST_DAYS])}{more}"
    return words


def window_words(window: SharedWindow, *, today: date) -> str:
    """A window as people say it, where it comes on days of the week; else with its rule."""
    days = _days_of(window)
    if days is None:
        return window_text(window)
    starts, ends = window.span.starts, window.span.ends
    later = (ends.date() - starts.date()).days
    if later == 1 and starts.time() == ends.time() == datetime.min.time():
        clock = "all day"
    else:
        clock = f"{starts:%H:%M} to {ends:%H:%M}{_later(later)}"
    words = f"{days} {clock}"
    if starts.date() > today:
        words += f", from {starts:%Y-%m-%d}"
    parts = _parts(window.repeats or "")
    if "UNTIL" in parts:
        last = parts["UNTIL"]
        words += f", until {last[:4]}-{last[4:6]}-{last[6:8]}"
        words += f" {last[9:11]}:{last[11:13]}" if "T" in last else ""
    if "COUNT" in parts:
        words += f", {parts['COUNT']} times from {starts:%Y-%m-%d} on"
    left_out = [day.isoformat() for day in sorted(window.except_days) if day >= today]
    return words + (f", not on {_some(left_out)}" if left_out else "")


def terms_words(terms: OfferTerms) -> str:
    """On which terms a space is shared."""
    if terms == USUAL_TERMS:
        return "those of the site"
    found: list[str] = []
    if terms.notice:
        found.append(f"reserved {_minutes(terms.notice)} before at the latest")
    if terms.shortest is not None:
        found.append(f"stays from {_minutes(terms.shortest)} on")
    if terms.longest is not None:
        found.append(f"stays up to {_minutes(terms.longest)}")
    if terms.tariff_id is not None:
        found.append("a tariff of its own")
    if terms.split_terms_id is not None:
        found.append("a split of its own")
    return ", ".join(found)


def _days_of(window: SharedWindow) -> str | None:
    """On which days of the week it comes; None where that does not say all of its rule."""
    parts = _parts(window.repeats or "")
    known = {"FREQ", "BYDAY", "WKST", "UNTIL", "COUNT", "INTERVAL"}
    if not parts.keys() <= known or parts.get("INTERVAL", "1") != "1":
        return None
    first = list(_DAYS)[window.span.starts.weekday()]
    match parts.get("FREQ"):
        case "WEEKLY":
            found = set(parts.get("BYDAY", first).split(","))
        case "DAILY":
            found = set(parts.get("BYDAY", ",".join(_DAYS)).split(","))
        case _:
            return None
    if not found <= _DAYS.keys():
        return None
    if len(found) == len(_DAYS):
        return "every day"
    return " ".join(word for day, word in _DAYS.items() if day in found)


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.split(";") if part)
    return {name: value for name, _, value in pairs}


def _later(days: int) -> str:
    if days == 0:
        return ""
    return " the next day" if days == 1 else f" {days} days later"


def _listed(word: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:_MOST]:
        yield f"{word:<12}{line}"
    if len(lines) > _MOST:
        yield f"{word:<12}and {len(lines) - _MOST} times more"


def _some(days: Sequence[str]) -> str:
    more = f" and {len(days) - _MOST} days more" if len(days) > _MOST else ""
    return ", ".join(days[:_MOST]) + more


def _span(span: LocalSpan) -> str:
    return f"{span.starts:%Y-%m-%d %H:%M} to {span.ends:%Y-%m-%d %H:%M}"


def _minutes(duration: timedelta) -> str:
    return f"{duration // _MINUTE} minutes"
