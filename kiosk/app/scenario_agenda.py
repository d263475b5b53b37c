"""Reads the events of a scenario: their verbs, when they are, and that every name is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.app.scenario_events import (
    VERBS,
    ClockJump,
    DriverEvent,
    EventTable,
    Reserve,
    WalletEvent,
)
from kiosk.app.scenario_slips import Slips, nearest, read_table
from kiosk.app.scenario_tables import DriverTable
from kiosk.app.scenario_times import instant_of, read_step
from kiosk.app.scenario_words import SENTENCES
from kiosk.services.instants import instant_text

_WORDS = {
    "who": "driver",
    "owner": "owner",
    "space": "space",
    "area": "area",
    "lane": "lane",
    "tariff": "tariff",
    "split": "split",
    "reservation": "reservation",
    "stay": "reservation",
}
"""The keys that name something, and what they name."""


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """An event with the instants and names that it means."""

    number: int
    at: datetime
    table: EventTable
    from_: datetime | None
    until: datetime | None
    reservation: str | None
    """Which one it is about; of the verb reserve: the name of the new one."""


class Agenda:
    """The events of one file on their way to a plan; collects what is wrong with them."""

    def __init__(
        self,
        *,
        known: dict[str, list[str]],
        drivers: Sequence[DriverTable],
        starts_at: datetime,
        zone: ZoneInfo,
        currency: str,
    ) -> None:
        self._known = {**known, "reservation": []}
        self._wallets = {driver.name for driver in drivers if driver.balance is not None}
        self._zone = zone
        self._context = {"currency": currency}
        self._at = starts_at
        self._latest: dict[str, str] = {}
        """The name of the latest reservation of each driver."""
        self._problems: list[str] = []

    def plan(self, events: Iterable[object]) -> tuple[PlannedEvent, ...]:
        """Every event in its order; Slips names all that is wrong, by the events' numbers."""
        planned = [self._event(number, raw) for number, raw in enumerate(events, start=1)]
        if self._problems:
            raise Slips(*self._problems)
        return tuple(each for each in planned if each is not None)

    def _event(self, number: int, raw: object) -> PlannedEvent | None:
        place = f"event {number}"
        try:
            table = _table(raw, place, self._context)
            place = f"{place} ({table.does})"
            at = self._time(place, "at", table.at, after=self._at)
            if at < self._at:
                was = instant_text(self._at, self._zone)
                advice = "write the date, or a later time"
                raise Slips(f"{place}: at: {table.at} is before {was}, so far is time; {advice}")
            self._at = at + read_step(table.by) if isinstance(table, ClockJump) else at
            from_, until = self._window(place, table, at)
            self._check_names(place, table)
            reservation = self._reservation(place, table)
            _check_expected(place, table)
            return PlannedEvent(number, at, table, from_, until, reservation)
        except Slips as slips:
            self._problems += slips.lines
            return None

    def _time(
        self, place: str, key: str, text: str, *, after: datetime, rolls: bool = False
    ) -> datetime:
        try:
            return instant_of(text, after=after, zone=self._zone, rolls=rolls)
        except ValueError as error:
            raise Slips(f"{place}: {key}: {error}") from error

    def _window(
        self, place: str, table: EventTable, at: datetime
    ) -> tuple[datetime | None, datetime | None]:
        from_text, until_text = getattr(table, "from_", None), getattr(table, "until", None)
        minutes: int | None = getattr(table, "minutes", None)
        from_ = None if from_text is None else self._time(place, "from", from_text, after=at)
        if until_text is not None:
            until = self._time(place, "until", until_text, after=from_ or at, rolls=True)
            if until <= (from_ or at):
                raise Slips(f"{place}: until: {until_text} is not after its start")
            return from_, until
        if minutes is not None:
            return from_, (from_ or at) + timedelta(minutes=minutes)
        return from_, None

    def _check_names(self, place: str, table: EventTable) -> None:
        problems = []
        for key, what in _WORDS.items():
            name = getattr(table, key, None)
            known = self._known["reservation" if key == "stay" else key]
            if name is not None and name not in known:
                problems.append(f"{place}: {key}: no {what} {name}; {nearest(name, known)}")
        is_by_wallet = "wallet" in (getattr(table, "by", None), getattr(table, "pays", None))
        who = getattr(table, "who", None)
        needs_wallet = is_by_wallet or isinstance(table, WalletEvent)
        if needs_wallet and who in self._known["who"] and who not in self._wallets:
            problems.append(f"{place}: who: {who} has no wallet; give the driver a balance")
        if problems:
            raise Slips(*problems)

    def _reservation(self, place: str, table: EventTable) -> str | None:
        if isinstance(table, Reserve):
            return self._new_name(place, table)
        if "reservation" not in type(table).model_fields:
            return None
        named: str | None = getattr(table, "reservation", None)
        who: str | None = getattr(table, "who", None)
        if named is None and who is not None:
            named = self._latest.get(who)
        if named is None and isinstance(table, DriverEvent) and not _is_free(table):
            raise Slips(f"{place}: who: {who} has no reservation yet; reserve comes first")
        return named

    def _new_name(self, place: str, table: Reserve) -> str:
        taken = self._known["reservation"]
        count = 1 + sum(name == table.who or name.startswith(f"{table.who} ") for name in taken)
        name = table.as_ or (table.who if count == 1 else f"{table.who} {count}")
        if name in taken:
            raise Slips(f"{place}: as: there is a reservation {name} already; take another name")
        taken.append(name)
        self._latest[table.who] = name
        return name


def _table(raw: object, place: str, context: dict[str, Any]) -> EventTable:
    if not isinstance(raw, dict):
        raise Slips(f"{place}: should be a table; write [[event]]")
    verb = raw.get("does")
    if verb is None:
        raise Slips(f'{place}: does: is missing; write for example does = "reserve"')
    if verb not in VERBS:
        raise Slips(f"{place}: does: {verb} is no verb; {nearest(str(verb), list(VERBS))}")
    return read_table(VERBS[verb], raw, place=f"{place} ({verb})", context=context)


def _is_free(table: EventTable) -> bool:
    """Whether a driver can do it who has reserved nothing: a foreign code is nobody's."""
    return getattr(table, "text", None) is not None


def _check_expected(place: str, table: EventTable) -> None:
    expect = table.expect
    if expect is None:
        return
    answer = expect if isinstance(expect, str) else expect.get("answer")
    if answer is not None and answer not in SENTENCES:
        near = nearest(str(answer), list(SENTENCES))
        raise Slips(f"{place}: expect: {answer} is no answer; {near}")
