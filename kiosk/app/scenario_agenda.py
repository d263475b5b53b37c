"""Reads the events of a scenario: their verbs, when they are, and that every name is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.app.scenario_events import (
    ClockJump,
    DriverEvent,
    EventTable,
    WalletEvent,
)
from kiosk.app.scenario_expected import KnownNames, expectation_problems
from kiosk.app.scenario_money_events import HandOver, ProposePayouts
from kiosk.app.scenario_names import Names
from kiosk.app.scenario_slips import Found, Slips, nearest, read_table
from kiosk.app.scenario_times import instant_of, read_step
from kiosk.app.scenario_vocabulary import VERBS
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
    "to": "driver",
    "fleet": "fleet",
    "shop": "shop",
    "attendant": "attendant",
    "second": "attendant",
    "rejected": "owner",
    "returned": "owner",
}
"""The keys that name something, or some of it, and what they name."""
_KEYS = {"driver": "who"}
"""Under which key what is named is known, where it is not its own word."""


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
    cutoff: datetime | None = None
    """Of payouts."""


class Agenda:
    """The events of one file on their way to a plan; collects what is wrong with them.

    An event with a slip is looked through to its end, and what it would have reserved is known
    to later ones: nothing is reported that is only the consequence of something else.
    """

    def __init__(
        self, names: Names, *, starts_at: datetime, zone: ZoneInfo, currency: str
    ) -> None:
        self._known = names.known
        self._names = names
        self._parties = names.parties
        self.reservations: list[str] = []
        """The names of all reservations so far."""
        self._zone = zone
        self._currency = currency
        self._at = starts_at
        self._latest: dict[str, str] = {}
        """The name of the latest reservation of each driver."""
        self._found = Found()

    def plan(self, events: Iterable[object]) -> tuple[PlannedEvent, ...]:
        """Every event in its order; Slips names all that is wrong, by the events' numbers."""
        planned = [self._event(number, raw) for number, raw in enumerate(events, start=1)]
        if self._found.lines:
            raise Slips(*self._found.lines)
        return tuple(each for each in planned if each is not None)

    def _event(self, number: int, raw: object) -> PlannedEvent | None:
        if not isinstance(raw, dict):
            self._found.add(f"event {number}: should be a table; write [[event]]")
            return None
        verb, table = raw.get("does"), None
        place = f"event {number}" + (f" ({verb})" if str(verb) in VERBS else "")
        with self._found.kept():
            table = _table(raw, place, {"currency": self._currency})
        keys = raw if table is None else dict(table)
        at, from_, until, cutoff = self._at, None, None, None
        with self._found.kept():
            at = self._when(place, str(keys.get("at", "+0m")))
        self._at = at + read_step(table.by) if isinstance(table, ClockJump) else at
        if table is not None:
            with self._found.kept():
                from_, until = self._window(place, table, at)
                if isinstance(table, ProposePayouts) and table.cutoff is not None:
                    cutoff = self._time(place, "cutoff", table.cutoff, after=at)
        self._found.add(*self._name_problems(place, keys, table))
        reservation = None
        with self._found.kept():
            reservation = self._reservation(place, keys, table)
        names = KnownNames(self._parties, self._known["space"], self.reservations, self._currency)
        for problem in expectation_problems(keys.get("expect"), names):
            self._found.add(f"{place}: expect: {problem}")
        if table is None:
            return None
        return PlannedEvent(number, at, table, from_, until, reservation, cutoff)

    def _when(self, place: str, text: str) -> datetime:
        at = self._time(place, "at", text, after=self._at)
        if at < self._at:
            was = instant_text(self._at, self._zone)
            advice = "write the date, or a later time"
            raise Slips(f"{place}: at: {text} is before {was}, so far is time; {advice}")
        return at

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

    def _name_problems(
        self, place: str, keys: Mapping[str, object], table: EventTable | None
    ) -> Iterator[str]:
        for key, what in _WORDS.items():
            value = keys.get(key)
            known = (
                self.reservations if what == "reservation" else self._known[_KEYS.get(what, what)]
            )
            for name in value if isinstance(value, list | tuple) else (value,):
                if isinstance(name, str) and known is not None and name not in known:
                    yield f"{place}: {key}: no {what} {name}; {nearest(name, known)}"
        key = "to" if isinstance(table, HandOver) else "who"
        who, drivers = keys.get(key), self._known["who"]
        if drivers is not None and who in drivers:
            yield from (
                f"{place}: {key}: {who} {words}" for words in self._unpaid(who, keys, table)
            )

    def _unpaid(
        self, who: object, keys: Mapping[str, object], table: EventTable | None
    ) -> Iterator[str]:
        """With what a driver cannot pay, or be paid."""
        means = {keys.get("by"), keys.get("pays")}
        has_wallet = who in self._names.wallets
        has_pass = has_wallet or who in self._names.fleet_drivers
        if ("wallet" in means or isinstance(table, WalletEvent)) and not has_wallet:
            yield "has no wallet; give the driver a balance"
        elif "fleet" in means and who not in self._names.fleet_drivers:
            yield "has no pass of a fleet; give the driver a fleet"
        elif isinstance(table, HandOver) and not has_pass:
            yield "has neither wallet nor fleet; give the driver a balance or a fleet"

    def _reservation(
        self, place: str, keys: Mapping[str, object], table: EventTable | None
    ) -> str | None:
        who, named = keys.get("who"), keys.get("reservation")
        if not isinstance(who, str):
            return named if isinstance(named, str) else None
        if get_close_matches(str(keys.get("does")), VERBS, n=1) == ["reserve"]:
            as_ = keys.get("as_", keys.get("as"))
            return self._new_name(place, who, str(as_) if as_ is not None else None)
        if table is None or "reservation" not in type(table).model_fields:
            return None
        found = named if isinstance(named, str) else self._latest.get(who)
        if found is None and isinstance(table, DriverEvent) and not _is_free(table):
            raise Slips(f"{place}: who: {who} has no reservation yet; reserve comes first")
        return found

    def _new_name(self, place: str, who: str, wanted: str | None) -> str:
        taken = self.reservations
        count = 1 + sum(name == who or name.startswith(f"{who} ") for name in taken)
        name = wanted or (who if count == 1 else f"{who} {count}")
        if name in taken:
            raise Slips(f"{place}: as: there is a reservation {name} already; take another name")
        taken.append(name)
        self._latest[who] = name
        return name


def _table(raw: Mapping[str, Any], place: str, context: dict[str, Any]) -> EventTable:
    verb = raw.get("does")
    if verb is None:
        raise Slips(f'{place}: does: is missing; write for example does = "reserve"')
    if not isinstance(verb, str) or verb not in VERBS:
        raise Slips(f"{place}: does: {verb} is no verb; {nearest(str(verb), list(VERBS))}")
    return read_table(VERBS[verb], raw, place=place, context=context)


def _is_free(table: EventTable) -> bool:
    """Whether a driver can do it who has reserved nothing: a foreign code is nobody's."""
    return getattr(table, "text", None) is not None
