"""Offers of owners, holidays, and time in which a space is out of order; part of Library."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import db.models as tables
from db.gaps import Gaps
from db.offer_text import offer_text, read_offer_text
from kiosk.domain.ids import OfferId, SpaceId
from kiosk.domain.offer import USUAL_TERMS, Offer, OfferState, OfferTerms, OfferTimes
from kiosk.domain.time import Window, from_epoch, to_epoch

_COLUMNS = """SELECT id, space_id, state, times, notice_s, shortest_s, longest_s, tariff_id,
split_terms_id FROM offer"""
_OFFER = f"{_COLUMNS} WHERE id = ?"
_OFFERS = f"{_COLUMNS} WHERE space_id = ? ORDER BY id"
_IN_FORCE = f"{_COLUMNS} WHERE space_id = ? AND state IN ('approved', 'paused')"
_LONGEST = """SELECT space_id, longest_s FROM offer
WHERE state = 'approved' AND longest_s IS NOT NULL"""
_SET_STATE = "UPDATE offer SET state = ? WHERE id = ?"
_SET_TIMES = "UPDATE offer SET times = ? WHERE id = ?"
_SET_TERMS = """UPDATE offer SET notice_s = ?, shortest_s = ?, longest_s = ?, tariff_id = ?,
split_terms_id = ? WHERE id = ?"""
_DROP_HOLIDAYS = "DELETE FROM holiday"
_ADD_HOLIDAY = "INSERT INTO holiday(day) VALUES (?)"
_ADD_CLOSURE = "INSERT INTO closure(space_id, t0, t1, reason) VALUES (?, ?, ?, ?)"
_CLOSURES = "SELECT t0, t1, reason FROM closure WHERE space_id = ? AND t1 > ? ORDER BY t0"
_REOPEN = "DELETE FROM closure WHERE space_id = ? AND t0 >= ?"
_CUT_CLOSURE = "UPDATE closure SET t1 = ? WHERE space_id = ? AND t0 < ? AND t1 > ?"


class Offers(Gaps):
    """What is shared; whoever changes it renews the gaps of the space afterwards."""

    def add_offer(
        self,
        space_id: SpaceId,
        times: OfferTimes,
        *,
        terms: OfferTerms = USUAL_TERMS,
        state: OfferState = OfferState.APPROVED,
    ) -> OfferId:
        """A new offer of a space; a second one in force is refused by the schema."""
        return OfferId(
            self._session.insert(
                tables.Offer,
                space=space_id,
                state=state.value,
                times=offer_text(times),
                notice_s=int(terms.notice.total_seconds()),
                shortest_s=_seconds(terms.shortest),
                longest_s=_seconds(terms.longest),
                tariff=terms.tariff_id,
                split_terms=terms.split_terms_id,
            )
        )

    def offer(self, offer_id: OfferId) -> Offer | None:
        """The offer with this id."""
        row = self._session.one(_OFFER, offer_id)
        return None if row is None else _offer(row)

    def offers(self, space_id: SpaceId) -> tuple[Offer, ...]:
        """Every offer that a space ever had, oldest first."""
        return tuple(map(_offer, self._session.run(_OFFERS, space_id)))

    def offer_in_force(self, space_id: SpaceId) -> Offer | None:
        """The one offer of a space that is approved or paused."""
        row = self._session.one(_IN_FORCE, space_id)
        return None if row is None else _offer(row)

    def set_offer_state(self, offer_id: OfferId, state: OfferState) -> None:
        """Where an offer stands now; which change is allowed is the domain's table."""
        self._session.run(_SET_STATE, state.value, offer_id)

    def set_offer_times(self, offer_id: OfferId, times: OfferTimes) -> None:
        """Other times for an offer: an owner's calendar, an exception, a blackout."""
        self._session.run(_SET_TIMES, offer_text(times), offer_id)

    def set_offer_terms(self, offer_id: OfferId, terms: OfferTerms) -> None:
        """Other terms for an offer; what is reserved keeps its tariff and its split."""
        self._session.run(
            _SET_TERMS,
            int(terms.notice.total_seconds()),
            _seconds(terms.shortest),
            _seconds(terms.longest),
            terms.tariff_id,
            terms.split_terms_id,
            offer_id,
        )

    def set_holidays(self, days: frozenset[date]) -> bool:
        """The site's holidays; False when they were these already."""
        if days == self.holidays():
            return False
        self._session.run(_DROP_HOLIDAYS)
        for day in sorted(days):
            self._session.run(_ADD_HOLIDAY, day.isoformat())
        self._holidays = None
        return True

    def longest_stays(self) -> dict[SpaceId, timedelta]:
        """The longest stay of each space whose offer says one."""
        return {SpaceId(row[0]): timedelta(seconds=row[1]) for row in self._session.run(_LONGEST)}

    def close_space(self, space_id: SpaceId, window: Window, *, reason: str) -> None:
        """The space is out of order for so long."""
        t0, t1 = to_epoch(window.from_), to_epoch(window.until)
        self._session.run(_ADD_CLOSURE, space_id, t0, t1, reason)

    def reopen_space(self, space_id: SpaceId, *, at: datetime) -> None:
        """From now on nothing of the space is out of order."""
        now = to_epoch(at)
        self._session.run(_REOPEN, space_id, now)
        self._session.run(_CUT_CLOSURE, now, space_id, now, now)

    def closures(self, space_id: SpaceId, *, after: datetime) -> tuple[tuple[Window, str], ...]:
        """When the space is out of order after an instant, and why."""
        rows = self._session.run(_CLOSURES, space_id, to_epoch(after))
        return tuple((Window(from_epoch(t0), from_epoch(t1)), reason) for t0, t1, reason in rows)


def _offer(row: Any) -> Offer:
    shortest_s, longest_s = row[5], row[6]
    return Offer(
        id=row[0],
        space_id=row[1],
        state=OfferState(row[2]),
        times=read_offer_text(row[3]),
        terms=OfferTerms(
            notice=timedelta(seconds=row[4]),
            shortest=None if shortest_s is None else timedelta(seconds=shortest_s),
            longest=None if longest_s is None else timedelta(seconds=longest_s),
            tariff_id=row[7],
            split_terms_id=row[8],
        ),
    )


def _seconds(duration: timedelta | None) -> int | None:
    return None if duration is None else int(duration.total_seconds())
