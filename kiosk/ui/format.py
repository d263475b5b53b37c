"""Money, times, durations, plates and codes as text in a language; computes nothing.

Money is integers only: minor units go in, digits are cut by position, nothing is ever divided as a
float. Amounts and plates stay left-to-right in every language (ux 44).
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from kiosk.domain.time import started_minutes

Language = Literal["en", "zh_CN"]

# ISO 4217 minor units that are not 2.
_NO_DECIMALS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "XPF", "PYG"})
_THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
# Only signs that name one currency at one site; the rest is written with its code.
CURRENCY_SIGNS = {"EUR": "€", "GBP": "£", "CNY": "¥", "USD": "$"}
_MINUS = "−"
_JOINER = "\u2060"  # a dash alone may end a line, whatever follows it
_SPACE = "\u00a0"  # a no-break space: what belongs together is never parted
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def decimals(currency: str) -> int:
    """How many digits of a minor amount stand behind the point (ISO 4217)."""
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def digits(minor: int, currency: str, more_places: int = 0) -> str:
    """The amount without its currency, grouped by thousands: 123456 EUR -> "1,234.56"."""
    places = decimals(currency) + more_places
    text = str(abs(minor)).rjust(places + 1, "0")
    whole, part = (text[:-places], text[-places:]) if places else (text, "")
    grouped = f"{int(whole):,}"
    sign = _MINUS if minor < 0 else ""
    return f"{sign}{grouped}.{part}" if part else f"{sign}{grouped}"


def money(minor: int, currency: str, language: Language) -> str:
    """The amount with its currency (ux 33); both languages put a known sign first."""
    amount = digits(abs(minor), currency)
    return _with_currency(amount, is_negative=minor < 0, currency=currency, language=language)


def price(minor: Fraction, currency: str, language: Language) -> str:
    """A price that may be no whole number of minor units: 167/100 EUR -> "€0.0167".

    One that never ends (a third of a cent) is rounded half up behind two more places.
    """
    more = next((each for each in range(5) if (minor * 10**each).denominator == 1), 2)
    whole = (2 * minor * 10**more + 1) // 2
    amount = digits(abs(whole), currency, more)
    return _with_currency(amount, is_negative=whole < 0, currency=currency, language=language)


def _with_currency(amount: str, *, is_negative: bool, currency: str, language: Language) -> str:
    minus = _MINUS if is_negative else ""
    if currency in CURRENCY_SIGNS:
        return f"{minus}{CURRENCY_SIGNS[currency]}{amount}"
    match language:
        case "en":
            return f"{minus}{currency}{_SPACE}{amount}"
        case "zh_CN":
            return f"{minus}{amount}{_SPACE}{currency}"
        case _:
            assert_never(language)


def listed(parts: Iterable[str], language: Language) -> str:
    """ "Level 1, with charger" or "一层，有充电桩"; empty parts are left out."""
    return ("，" if language == "zh_CN" else ", ").join(part for part in parts if part)


def percent(part: Fraction) -> str:
    """A part of the whole in percent, to two places: 3/2 -> "150 %"."""
    hundredths = (2 * part * 10_000 + 1) // 2
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"{text}{_SPACE}%"


def clock_time(instant: datetime, zone: ZoneInfo) -> str:
    """The site's wall clock, 24 hours: "14:05". A naive instant is our mistake."""
    return f"{_local(instant, zone):%H:%M}"


def day(instant: datetime, zone: ZoneInfo, language: Language) -> str:
    """The site's day: "Sun 22 Nov" or "11月22日 周日"."""
    local = _local(instant, zone).date()
    return day_text(local, language)


def day_of_month(day: date, language: Language, *, with_month: bool) -> str:
    """ "24"; with its month "24 Nov" or "11/24"."""
    if not with_month:
        return str(day.day)
    match language:
        case "en":
            return f"{day.day} {_MONTHS_EN[day.month - 1]}"
        case "zh_CN":
            return f"{day.month}/{day.day}"
        case _:
            assert_never(language)


def weekday(day: date, language: Language) -> str:
    """ "Sun" or "周日"."""
    return (_WEEKDAYS_EN if language == "en" else _WEEKDAYS_ZH)[day.weekday()]


def day_and_time(instant: datetime, zone: ZoneInfo, language: Language) -> str:
    """ "Sun 22 Nov 14:05"."""
    return f"{day(instant, zone, language)} {clock_time(instant, zone)}"


def window(
    from_: datetime,
    until: datetime,
    *,
    zone: ZoneInfo,
    language: Language,
    now: datetime | None = None,
) -> str:
    """ "14:05 – 16:05"; names the last day when the window ends on another one.

    Told the present instant, it names the first day, too, when that is not today.
    """
    start, end = _local(from_, zone), _local(until, zone)
    is_other_day = now is not None and _local(now, zone).date() != start.date()
    first = f"{day_text(start.date(), language)} " if is_other_day else ""
    if start.date() == end.date():
        return f"{first}{start:%H:%M}{_SPACE}–{_JOINER}{_SPACE}{end:%H:%M}"
    return f"{first}{start:%H:%M} – {day_text(end.date(), language)} {end:%H:%M}"


def duration(span: timedelta, language: Language) -> str:
    """ "2 h 30 min" or "2小时30分钟"; a started minute counts, because the tariff counts it."""
    assert span >= timedelta(), "a duration is never negative"
    minutes = started_minutes(span)
    whole_days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    match language:
        case "en":
            parts, space = ((whole_days, "d"), (hours, "h"), (minutes, "min")), " "
            texts = [f"{count}{_SPACE}{unit}" for count, unit in parts if count]
            return space.join(texts) or f"0{_SPACE}min"
        case "zh_CN":
            parts = ((whole_days, "天"), (hours, "小时"), (minutes, "分钟"))
            return "".join(f"{count}{unit}" for count, unit in parts if count) or "0分钟"
        case _:
            assert_never(language)


def countdown(left: timedelta) -> str:
    """ "1:05" minutes and seconds left; never below zero."""
    seconds = max(0, -(-left // timedelta(seconds=1)))
    return f"{seconds // 60}:{seconds % 60:02d}"


def plate(text: str) -> str:
    """A plate as people read it: a Chinese one gets its dot, "京A·12345"; others stay as typed."""
    is_chinese = len(text) > 2 and "\u4e00" <= text[0] <= "\u9fff"
    return f"{text[:2]}·{text[2:]}" if is_chinese else text


def code(text: str) -> str:
    """A short code in groups of four (ux 31): "k7mp 2xqa"."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def _local(instant: datetime, zone: ZoneInfo) -> datetime:
    assert instant.tzinfo is not None, "an instant without a zone"
    return instant.astimezone(zone)


def day_text(local: date, language: Language) -> str:
    """A day of the calendar, as in `day`."""
    match language:
        case "en":
            weekday = _WEEKDAYS_EN[local.weekday()]
            return f"{weekday} {local.day} {_MONTHS_EN[local.month - 1]}"
        case "zh_CN":
            return f"{local.month}月{local.day}日 {_WEEKDAYS_ZH[local.weekday()]}"
        case _:
            assert_never(language)
