"""Works out what the picture of a tariff shows: prices minute by minute, bands, caps, points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from kiosk.domain.checking.minute_totals import minute_totals
from kiosk.domain.money import half_up
from kiosk.domain.pricing.cap_periods import cap_periods
from kiosk.domain.pricing.timetable import Span, Timetable, timetable_of
from kiosk.domain.tariff import DAY_MINUTES, DAY_SCOPES, Band, Cap, CapScope, Tariff
from kiosk.domain.time import from_epoch, to_epoch
from kiosk.services.charge_words import price_text
from kiosk.ui.chart_frame import BandSpan, CapLine, Chart, Mark, PriceLine, Tick
from kiosk.ui.format import digits
from kiosk.ui.tariff_picture import BandWords, TariffPicture

WEEK_MINUTES = 7 * DAY_MINUTES
_LATER_S = 3 * 3600
_CAP_WORDS = {
    CapScope.CALENDAR_DAY: "a day",
    CapScope.RESET_DAY: "a day",
    CapScope.ROLLING_24H: "in 24 h",
    CapScope.WEEK: "a week",
    CapScope.MONTH: "a month",
    CapScope.SESSION: "a stay",
}


def picture_of(
    tariff: Tariff, entries: tuple[datetime, ...], *, source_name: str = ""
) -> TariffPicture:
    """The picture for one entry, or for two within 24 hours in the order of time."""
    zone = timetable_of(tariff).zone
    words = [source_name, f"prices in {tariff.currency}", _tax_words(tariff), tariff.zone]
    if tariff.maximum_stay_minutes is not None:
        words.append(f"maximum stay {_stay(tariff.maximum_stay_minutes)}")
    return TariffPicture(
        title=f"{tariff.code}, version {tariff.version}",
        subtitle=" · ".join(each for each in words if each),
        currency=tariff.currency,
        bands=[_band_words(band) for band in tariff.bands],
        day=_Charting(tariff, entries, DAY_MINUTES).chart(
            f"24 hours from {entries[0].astimezone(zone):%A %-d %B %Y, %H:%M}"
        ),
        week=_Charting(tariff, entries[:1], WEEK_MINUTES).chart("Seven days from then"),
    )


def _tax_words(tariff: Tariff) -> str:
    if not tariff.tax.rate:
        return ""
    percent = f"{price_text(tariff.tax.rate * 100, 'JPY')} %"
    return f"tax of {percent} included" if tariff.tax.is_included else f"with tax of {percent}"


def telling_entries(tariff: Tariff, entered_at: datetime) -> tuple[datetime, ...]:
    """The entry, and a later one where another band makes the day look different.

    In hours without a stated price the first hours with one stand instead of them.
    """
    from_s = to_epoch(entered_at)
    spans = timetable_of(tariff).spans(from_s, from_s + DAY_MINUTES * 60)
    stated = [span for span in spans if not tariff.bands[span.band].unstated]
    if not stated:
        return (entered_at,)
    first, until_s = stated[0], stated[0].start_s + DAY_MINUTES * 60
    for span in stated[1:]:
        if first.start_s + _LATER_S <= span.start_s <= until_s - _LATER_S:
            return (from_epoch(first.start_s), from_epoch(span.start_s))
    return (from_epoch(first.start_s),)


def is_valid_at(tariff: Tariff, entered_at: datetime) -> bool:
    """Whether the tariff holds for a car that comes then."""
    day = timetable_of(tariff).date_at(to_epoch(entered_at))
    is_begun = tariff.valid_from is None or tariff.valid_from <= day
    return is_begun and (tariff.valid_until is None or day < tariff.valid_until)


def _band_words(band: Band) -> BandWords:
    lasts = band.until_minute - band.from_minute
    hours = f"{_clock(band.from_minute)} to {_clock(band.until_minute)}"
    if lasts == DAY_MINUTES:
        hours = f"24 h from {_clock(band.from_minute)}" if band.from_minute else "all hours"
    days = ", ".join(band.days) or "every day"
    words = hours if days == band.name.lower() else f"{days}, {hours}"
    return BandWords(
        name=band.name,
        hours=f"{words}: no price stated" if band.unstated else words,
        is_unstated=bool(band.unstated),
    )


def _clock(minute: int) -> str:
    if minute == DAY_MINUTES:
        return "24:00"
    return f"{minute % DAY_MINUTES // 60:02d}:{minute % 60:02d}"


class _Charting:
    """One span of time from the first entry on."""

    def __init__(self, tariff: Tariff, entries: tuple[datetime, ...], minutes: int) -> None:
        self._tariff, self._minutes = tariff, minutes
        self._timetable: Timetable = timetable_of(tariff)
        self._from_s = to_epoch(entries[0])
        self._until_s = self._from_s + minutes * 60
        self._spans = self._timetable.spans(self._from_s, self._until_s)
        self._lines = [self._line(entered_at) for entered_at in entries]

    def chart(self, heading: str) -> Chart:
        free = self._tariff.free
        caps = tuple(self._caps())
        return Chart(
            heading=heading,
            minutes=self._minutes,
            ticks=tuple(self._ticks()),
            bands=[self._band_span(span) for span in self._spans],
            lines=self._lines,
            caps=caps,
            marks=tuple(self._marks(caps)),
            free_minutes=0 if free is None or self._is_week else free.minutes,
        )

    @property
    def _is_week(self) -> bool:
        return self._minutes > DAY_MINUTES

    def _minute(self, instant_s: int) -> int:
        return (instant_s - self._from_s) // 60

    def _band_span(self, span: Span) -> BandSpan:
        return BandSpan(
            from_minute=self._minute(span.start_s),
            until_minute=self._minute(span.end_s),
            band=span.band,
        )

    def _line(self, entered_at: datetime) -> PriceLine:
        entered_minute = self._minute(to_epoch(entered_at))
        minutes = self._minutes - entered_minute
        local = entered_at.astimezone(self._timetable.zone)
        return PriceLine(
            words=f"arriving {local:%A %H:%M}",
            entered_minute=entered_minute,
            totals_minor=tuple(minute_totals(self._tariff, entered_at, minutes)),
        )

    def _ticks(self) -> Iterator[Tick]:
        """Every second full hour of the wall clock; over a week the midnights."""
        day, last = self._timetable.date_at(self._from_s), self._timetable.date_at(self._until_s)
        if self._is_week:
            yield Tick(minute=0, words=f"{day:%a}")
        while day <= last:
            for minute in (0,) if self._is_week else range(0, DAY_MINUTES, 120):
                edge_s = self._timetable.edge(day, minute)
                shown = f"{from_epoch(edge_s).astimezone(self._timetable.zone):%H:%M}"
                if self._is_week and self._from_s < edge_s < self._until_s:
                    yield Tick(minute=self._minute(edge_s), words=f"{day:%a}")
                # An hour that the clocks skip would stand beside the next one.
                is_within = self._from_s <= edge_s <= self._until_s
                if not self._is_week and is_within and shown == _clock(minute):
                    yield Tick(minute=self._minute(edge_s), words=shown)
            day += timedelta(days=1)

    def _caps(self) -> Iterator[CapLine]:
        """The caps that are near what a stay costs here; others would only flatten the line."""
        highest = max(self._lines[0].totals_minor, default=0)
        for cap in self._tariff.caps:
            if self._is_week and (cap.scope in DAY_SCOPES or cap.scope is CapScope.BAND):
                continue
            lines = [line for line in self._cap_lines(cap) if line.total_minor <= highest * 1.4]
            yield from lines

    def _cap_lines(self, cap: Cap) -> Iterator[CapLine]:
        tariff = self._tariff
        price = cap.price if tariff.tax.is_included else cap.price * (1 + tariff.tax.rate)
        minor = half_up(price.numerator, price.denominator)
        periods = cap_periods(
            cap,
            self._timetable,
            part_from_s=self._from_s,
            until_s=self._until_s,
            spans=self._spans,
        )
        where = f"in {cap.band}" if cap.band else _CAP_WORDS[cap.scope]
        words = f"at most {digits(minor, tariff.currency)} {where}"
        ends = (*periods.starts[1:], self._until_s)
        for start_s, end_s, holds in zip(periods.starts, ends, periods.holds, strict=True):
            before = max(0, self._minute(start_s))
            totals = self._lines[0].totals_minor
            if holds and before <= len(totals):
                yield CapLine(
                    from_minute=before,
                    until_minute=min(self._minute(end_s), self._minutes),
                    total_minor=minor + (totals[before - 1] if before else 0),
                    words=words,
                )
                words = ""

    def _marks(self, caps: tuple[CapLine, ...]) -> Iterator[Mark]:
        if self._is_week:
            for days, words in ((1, "1 day"), (2, "2 days"), (7, "7 days")):
                yield from self._mark(0, days * DAY_MINUTES, words)
            yield from self._end_mark(0)
            return
        for number, line in enumerate(self._lines):
            longest = self._minutes - line.entered_minute
            if number == 0:
                yield from self._longest_mark()
                yield from self._first_mark()
            if self._tariff.maximum_stay_minutes != 60:
                yield from self._mark(number, 60, "1 h")
            yield from self._mark(number, longest, _stay(longest))
            yield from self._end_mark(number)
            if number == 0:
                yield from self._mark(number, 120, "2 h")
                yield from self._cap_mark(caps)

    def _mark(self, number: int, minutes: int, words: str) -> Iterator[Mark]:
        """The price of a stay of so many minutes, where it is stated."""
        line = self._lines[number]
        if minutes <= len(line.totals_minor):
            total = line.totals_minor[minutes - 1]
            yield Mark(
                line=number,
                minute=line.entered_minute + minutes,
                total_minor=total,
                words=f"{words}: {digits(total, self._tariff.currency)}",
            )

    def _end_mark(self, number: int) -> Iterator[Mark]:
        """Where the board stops stating prices."""
        line = self._lines[number]
        stated = len(line.totals_minor)
        if 0 < stated < self._minutes - line.entered_minute:
            yield Mark(
                line=number,
                minute=line.entered_minute + stated,
                total_minor=line.totals_minor[-1],
                words="no price is stated from here on",
            )

    def _longest_mark(self) -> Iterator[Mark]:
        """The maximum stay: what is later is overstay."""
        longest = self._tariff.maximum_stay_minutes
        if longest is not None and longest < self._minutes:
            yield from self._mark(0, longest, f"maximum stay {_stay(longest)}")

    def _first_mark(self) -> Iterator[Mark]:
        """The first step of the first line, where it is not what 1 h says anyway."""
        totals, free = self._lines[0].totals_minor, self._tariff.free
        at = next((minute for minute, total in enumerate(totals[:60]) if total), None)
        if at is None:
            return
        price = digits(totals[at], self._tariff.currency)
        words = f"after {at} min: {price}" if at else f"at once: {price}"
        if free is not None and at == free.minutes:
            words = f"{at} min free"
        elif totals[at] == totals[min(59, len(totals) - 1)] or self._is_by_the_minute(at):
            return
        yield Mark(line=0, minute=at, total_minor=totals[at], words=words)

    def _cap_mark(self, caps: tuple[CapLine, ...]) -> Iterator[Mark]:
        """Where the first line reaches its first cap: an upright step, or the end of a slope."""
        totals = self._lines[0].totals_minor
        for cap in caps[:1]:
            at = next((at for at, total in enumerate(totals) if total == cap.total_minor), 0)
            if at > 120:
                after = at + 1 if self._is_by_the_minute(at - 1) else at
                price = digits(cap.total_minor, self._tariff.currency)
                words = f"after {_stay(after)}: {price}"
                yield Mark(line=0, minute=after, total_minor=cap.total_minor, words=words)

    def _is_by_the_minute(self, at: int) -> bool:
        """Whether the first line rises with every minute there."""
        few = self._lines[0].totals_minor[max(0, at - 2) : at + 3]
        return len(set(few)) > 2


def _stay(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"
