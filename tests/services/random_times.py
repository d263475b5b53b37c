"""Random times of offers, and a second reading of the calendars that are written of them.

The second reading knows nothing of ours: the library's own reader, and dateutil with the zone in
each time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import strategies as st
from icalendar import Calendar, Event

from kiosk.domain.offer import LocalSpan, OfferTimes, SharedWindow
from kiosk.domain.time import Window, without

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
FIRST_DAY = date(2026, 1, 1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)
# The days around which the clocks change in one of the zones come often.
days = st.one_of(
    st.integers(0, 360).map(lambda number: FIRST_DAY + number * _DAY),
    st.sampled_from(
        [date(2026, 3, 8), date(2026, 3, 28), date(2026, 3, 29), date(2026, 4, 4),
         date(2026, 10, 3), date(2026, 10, 24), date(2026, 10, 25), date(2026, 11, 1)]
    ),
)  # fmt: skip
_some_days = st.frozensets(days, max_size=4)


@st.composite
def rules(draw: st.DrawFn) -> str | None:
    """A rule of the kinds that calendars have; None: once."""
    on = ",".join(draw(st.lists(st.sampled_from(_DAYS), min_size=1, max_size=3, unique=True)))
    rule = draw(
        st.sampled_from(
            [None, "FREQ=DAILY", "FREQ=YEARLY", f"FREQ=WEEKLY;BYDAY={on}", "FREQ=WEEKLY",
             f"FREQ=DAILY;BYDAY={on}", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=MONTHLY;BYMONTHDAY=28",
             "FREQ=MONTHLY;BYDAY=1MO,3MO", "FREQ=WEEKLY;BYMONTH=3,10",
             "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"]
        )
    )  # fmt: skip
    if rule is None:
        return None
    parts = [rule]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 4))}")
    if draw(st.booleans()) and "WEEKLY" in rule:
        parts.append("WKST=SU")
    match draw(st.integers(0, 3)):
        case 0:
            parts.append(f"COUNT={draw(st.integers(1, 40))}")
        case 1:
            parts.append(f"UNTIL={draw(days):%Y%m%d}")
        case 2:
            parts.append(f"UNTIL={draw(days):%Y%m%d}T{draw(st.integers(4, 23)):02}3000")
        case _:
            pass
    return ";".join(draw(st.permutations(";".join(parts).split(";"))))


@st.composite
def windows(draw: st.DrawFn) -> SharedWindow:
    """A window of up to a day and a half, at any quarter of an hour."""
    at = time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30])))
    starts = datetime.combine(draw(days), at)
    length = timedelta(minutes=15 * draw(st.integers(1, 140)))
    return SharedWindow(LocalSpan(starts, starts + length), draw(rules()), draw(_some_days))


times = st.builds(
    OfferTimes,
    windows=st.lists(windows(), min_size=1, max_size=3).map(tuple),
    except_days=_some_days,
    blackouts=st.lists(windows().map(lambda window: window.span), max_size=2).map(tuple),
    needed=st.lists(windows(), max_size=2).map(tuple),
    skips_holidays=st.booleans(),
)


def shared_by_others(raw: bytes, *, zone: ZoneInfo, span: Window) -> tuple[Window, ...]:
    """What another program would say is shared within a span."""
    shared: list[Window] = []
    taken: list[Window] = []
    for event in Calendar.from_ical(raw).walk("VEVENT"):
        assert isinstance(event, Event)
        is_shared = str(event["X-SHAREDPARK-KIND"]) == "WINDOW"
        (shared if is_shared else taken).extend(_occurrences(event, zone, span))
    inside = (window.inside(span) for window in shared)
    return without([window for window in inside if window is not None], taken)


def _occurrences(event: Event, zone: ZoneInfo, span: Window) -> list[Window]:
    first, last = event.decoded("DTSTART"), event.decoded("DTEND")
    length = last.replace(tzinfo=None) - first.replace(tzinfo=None)
    starts = [first]
    if "RRULE" in event:
        rule = rrulestr(event.decoded("RRULE").to_ical().decode(), dtstart=first)
        starts = rule.between(span.from_ - 3 * _DAY, span.until + 3 * _DAY, inc=True)
    lists: Any = event.get("EXDATE", [])
    left_out = {
        each.dt for one in (lists if isinstance(lists, list) else [lists]) for each in one.dts
    }
    found: list[Window] = []
    for start in starts:
        end = (start.replace(tzinfo=None) + length).replace(tzinfo=zone)
        from_, until = start.astimezone(UTC), end.astimezone(UTC)
        if start not in left_out and from_ < until:
            found.append(Window(from_, until))
    return [window for window in found if window.overlaps(span)]
