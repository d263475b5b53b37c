"""Tells a scenario: every event in virtual time through the real services, then the books."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_books import Books, read_books
from kiosk.app.scenario_deeds import DEEDS
from kiosk.app.scenario_events import DriverEvent, Expectation, LaneEvent, Link
from kiosk.app.scenario_facts import Fact
from kiosk.app.scenario_file import Scenario
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_times import read_amount
from kiosk.app.scenario_words import Seen, fact_text
from kiosk.domain.money import Money


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody saw, and when."""

    at: datetime
    seen: Seen


@dataclass(frozen=True, slots=True)
class Step:
    """An event with everything that came of it."""

    planned: PlannedEvent
    meanwhile: tuple[Told, ...]
    """What time had brought since the event before."""
    told: tuple[Told, ...]
    unmet: str | None
    """What was expected and did not come, and what came instead."""


@dataclass(frozen=True, slots=True)
class StatedBalance:
    """What a file says that an account has at the end, and what it has."""

    account: str
    stated: Money
    has: Money


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario that was told to its end."""

    scenario: Scenario
    steps: tuple[Step, ...]
    afterwards: tuple[Told, ...]
    books: Books

    @property
    def unmet(self) -> tuple[Step, ...]:
        """The events of which something else was expected."""
        return tuple(step for step in self.steps if step.unmet is not None)

    @property
    def balances(self) -> tuple[StatedBalance, ...]:
        """What the file says of accounts at the end, and what the books say."""
        owed = {each.account: each.owed for each in self.books.balances}
        return tuple(
            StatedBalance(account, stated, owed.get(account, Money.zero(stated.currency)))
            for account, stated in self.scenario.balances.items()
        )

    @property
    def is_good(self) -> bool:
        """Whether all that was expected came, and the books are clean and as stated."""
        is_stated = all(each.has == each.stated for each in self.balances)
        return not self.unmet and self.books.is_clean and is_stated


def tell(scenario: Scenario) -> Story:
    """Found the site in a folder of its own, let everything happen, read the books."""
    with tempfile.TemporaryDirectory(prefix="kiosk-scenario-") as folder:
        stage = Stage(scenario, Path(folder))
        try:
            return _Teller(stage).tell()
        finally:
            stage.close()


_TIME_FORMS = ("%H:%M", "%a %H:%M", "%Y-%m-%d %H:%M")
_Snapshot = dict[str, Seen]


class _Teller:
    """One story on its way to its end."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._stood: _Snapshot = {}

    def tell(self) -> Story:
        """Every event, then the time after the last one."""
        scenario = self._stage.scenario
        steps = tuple(map(self._step, scenario.events))
        afterwards = self._pass_until(self._stage.now + scenario.ends_after)
        return Story(scenario, steps, afterwards, read_books(self._stage))

    def _step(self, planned: PlannedEvent) -> Step:
        meanwhile = self._pass_until(planned.at)
        stage = self._stage
        if self._is_about_nothing(planned):
            who = getattr(planned.table, "who", "")
            answers = [Seen(who, "no-reservation", {})]
        else:
            answers = DEEDS[planned.table.does](stage, planned)
        seen = [*answers, *stage.watch(), *self._changes()]
        told = tuple(Told(stage.now, each) for each in seen)
        return Step(planned, meanwhile, told, self._unmet(planned, (*meanwhile, *told)))

    def _is_about_nothing(self, planned: PlannedEvent) -> bool:
        """Whether it is about a reservation that was refused; lanes say themselves what is."""
        is_of_one = isinstance(planned.table, DriverEvent | Link)
        is_of_lane = isinstance(planned.table, LaneEvent)
        known = self._stage.reservations
        return is_of_one and not is_of_lane and planned.reservation not in known

    def _pass_until(self, instant: datetime) -> tuple[Told, ...]:
        """Let time pass from one due thing to the next, to tell when each was done."""
        site, told = self._stage.site, list[Told]()
        while True:
            due_at = site.next_due(before=instant)
            site.pass_until(instant if due_at is None else due_at)
            seen = [*self._stage.watch(), *self._changes()]
            told += [Told(self._stage.now, each) for each in seen]
            if due_at is None:
                return tuple(told)

    def _changes(self) -> list[Seen]:
        """How each reservation stands that does not stand as before."""
        stage, stood = self._stage, self._stood
        self._stood = {name: _stands(stage, name) for name in stage.reservations}
        return [seen for name, seen in self._stood.items() if stood.get(name) != seen]

    def _unmet(self, planned: PlannedEvent, told: tuple[Told, ...]) -> str | None:
        expect = planned.table.expect
        if expect is None:
            return None
        wanted = expect if isinstance(expect, tuple) else (expect,)
        return "; ".join(each for one in wanted for each in self._missing(one, told)) or None

    def _missing(self, expect: Expectation, told: tuple[Told, ...]) -> Iterator[str]:
        wanted: dict[str, object] = {"answer": expect} if isinstance(expect, str) else dict(expect)
        if any(self._meets(each, wanted) for each in told):
            return
        words = ", ".join(f"{key} {value}" for key, value in wanted.items())
        came = "; ".join(
            f"{each.seen.answer} {_shown(each.seen, self._stage, each.at)}".strip()
            for each in told
            if wanted.get("answer") in {None, each.seen.answer} or each.seen.answer != "stands"
        )
        yield f"expected {words}; what came: {came or 'nothing'}"

    def _meets(self, told: Told, wanted: dict[str, object]) -> bool:
        seen = told.seen
        known: dict[str, Fact] = {"who": seen.who, **seen.facts, "answer": seen.answer}
        return all(
            key in known and self._is_same(known[key], value, told.at)
            for key, value in wanted.items()
        )

    def _is_same(self, fact: Fact, wanted: object, at: datetime) -> bool:
        stage = self._stage
        if isinstance(fact, Money) and isinstance(wanted, str | int | Decimal):
            return fact == read_amount(wanted, stage.currency)
        if isinstance(fact, datetime):
            local = fact.astimezone(stage.zone)
            return str(wanted) in {
                f"{local:%H:%M}",
                f"{local:%a %H:%M}",
                f"{local:%Y-%m-%d %H:%M}",
            }
        if isinstance(fact, tuple) and isinstance(wanted, tuple | list):
            texts = [_head(each, stage, at) for each in fact]
            return texts == list(wanted)
        if isinstance(wanted, bool) or isinstance(fact, bool):
            return fact is wanted
        return fact_text(fact, today=at, zone=stage.zone) == str(wanted)


def _head(fact: Fact, stage: Stage, at: datetime) -> str:
    """A member of a list by its space, where it has one: `found = ["A01", "A02"]`."""
    if isinstance(fact, dict) and "space" in fact:
        fact = fact["space"]
    return fact_text(fact, today=at, zone=stage.zone)


def _shown(seen: Seen, stage: Stage, at: datetime) -> str:
    facts = (
        f"{key} {fact_text(fact, today=at, zone=stage.zone)}"
        for key, fact in seen.facts.items()
        if not isinstance(fact, tuple)
    )
    return f"({', '.join(facts)})" if seen.facts else ""


def _stands(stage: Stage, name: str) -> Seen:
    found = stage.reservation(name)
    return Seen(
        stage.owners[name],
        "stands",
        {
            "reservation": name,
            "space": stage.names.spaces[found.space_id],
            "from": found.window.from_,
            "until": found.window.until,
            "state": found.state.value,
        },
    )
