"""The times of an offer are one text, and the text gives the same times."""

from __future__ import annotations

from datetime import date, datetime

from db.offer_text import offer_text, read_offer_text
from kiosk.domain.offer import LocalSpan, OfferTimes, SharedWindow

SPAN = LocalSpan(
    datetime.fromisoformat("2026-06-01T08:00"), datetime.fromisoformat("2026-06-01T10:00")
)
DAYS = frozenset({date(2026, 6, 3), date(2026, 6, 2)})


def test_all_that_times_can_say_is_read_back_as_it_was() -> None:
    times = OfferTimes(
        windows=(SharedWindow(SPAN), SharedWindow(SPAN, "FREQ=DAILY", DAYS)),
        except_days=DAYS,
        blackouts=(SPAN,),
        needed=(SharedWindow(SPAN, "FREQ=WEEKLY;BYDAY=MO", DAYS),),
        skips_holidays=True,
    )

    assert read_offer_text(offer_text(times)) == times


def test_what_is_empty_is_not_written() -> None:
    assert offer_text(OfferTimes((SharedWindow(SPAN),))) == (
        '{"windows":[{"ends":"2026-06-01T10:00","starts":"2026-06-01T08:00"}]}'
    )
