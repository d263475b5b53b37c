"""What an event can expect: every answer with its facts, so that a slip is found before the story.

Whether it came is decided in scenario_run.py; how answers become facts in scenario_facts.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, get_args

from kiosk.app.scenario_facts import OUTCOMES, fact_types
from kiosk.app.scenario_slips import nearest
from kiosk.app.scenario_times import WEEKDAYS, read_amount
from kiosk.app.scenario_words import SENTENCES
from kiosk.domain.money import Money
from kiosk.domain.payout import Hold, Verdict
from kiosk.domain.payout_run import ResultKind
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.reservation import State
from kiosk.domain.search_outcomes import FoundSpace, NotOffered
from kiosk.domain.space import Space

RESERVATION = "reservation"
"""Stands for the type of a fact that names a reservation."""
_OF_THE_STORY: dict[str, dict[str, Any]] = {
    "car-passed": {"who": str},
    "passage-returned": {"why": str, "who": str},
    "clock-set": {"now": datetime},
    "provider-set": {"fault": str},
    "voucher-given": {"to": str, "expires_at": datetime},
    "invoice-issued": {
        "debtor": str,
        "number": int,
        "month": str,
        "amount": Money,
        "tax": Money,
        "due_at": datetime,
        "lines": object,
    },
    "month-not-over": {"until": datetime},
    "nothing-to-bill": {"credit": Money},
    "payment-refused": {"open": Money},
    "invoice-paid": {"debtor": str, "number": int, "amount": Money, "open": Money},
    "owner-due": {
        "owner": str,
        "due": Money,
        "verdict": Verdict,
        "problem": str,
        **{hold.value.replace("-", "_"): Money for hold in Hold},
    },
    "payout-answered": {"owner": str, "amount": Money, "how": ResultKind, "reason": str},
    "statement-shown": {
        "owner": str,
        "month": str,
        "opening": Money,
        "lines": object,
        "closing": Money,
        "so_far_at": datetime | None,
    },
    "stands": {
        "reservation": RESERVATION,
        "space": Space,
        "from": datetime,
        "until": datetime,
        "state": State,
    },
}
"""The facts of answers that no service gives, but the story itself."""
_WITH_A_SPACE = frozenset({Space, FoundSpace, NotOffered})
"""Types of facts that are expected by the label of a space."""
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_TIME = re.compile(rf"(?:(?:{'|'.join(WEEKDAYS)}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}) )?{_CLOCK}")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names that an expectation may have; None: what there is could not be read."""

    parties: list[str] | None
    spaces: list[str] | None
    reservations: list[str]
    currency: str


def facts_known(answer: str | None) -> dict[str, tuple[Any, ...]]:
    """The facts that an answer may have, each with its types; of any answer for None."""
    found: dict[str, tuple[Any, ...]] = {}
    for name in SENTENCES if answer is None else (answer,):
        for fact, types in _facts_of(name).items():
            found[fact] = (*found.get(fact, ()), *types)
    return found


@cache
def _facts_of(answer: str) -> dict[str, tuple[Any, ...]]:
    outcome = OUTCOMES.get(answer)
    types = _OF_THE_STORY.get(answer, {}) if outcome is None else fact_types(outcome)
    return {fact: tuple(_flat(each)) for fact, each in types.items()}


def _flat(annotation: Any) -> Iterator[Any]:
    """The types of a union, and of the members of a list."""
    parts = get_args(annotation)
    if not parts:
        yield annotation
    for part in parts:
        if part is not Ellipsis:
            yield from _flat(part)


def expectation_problems(expect: object, known: KnownNames) -> Iterator[str]:
    """What can never come, whatever the story brings."""
    if isinstance(expect, list | tuple):
        for each in expect:
            yield from expectation_problems(each, known)
        return
    if isinstance(expect, str):
        expect = {"answer": expect}
    if not isinstance(expect, Mapping):
        return
    answer = expect.get("answer")
    if answer is not None and answer not in SENTENCES:
        yield f"{answer} is no answer; {nearest(str(answer), list(SENTENCES))}"
        answer = None
    facts = facts_known(answer)
    for key, value in expect.items():
        if key == "answer":
            continue
        if key == "who":
            if known.parties is not None and value not in known.parties:
                yield f"who: nobody is {value}; {nearest(str(value), known.parties)}"
        elif key not in facts:
            of = "any answer" if answer is None else answer
            yield f"{key} is no fact of {of}; {nearest(key, ['who', *facts])}"
        else:
            yield from (f"{key}: {words}" for words in _value_problem(value, facts[key], known))


def _value_problem(value: object, types: tuple[Any, ...], known: KnownNames) -> Iterator[str]:
    """One problem where the value fits none of the types; a list is looked at by its members."""
    if isinstance(value, list | tuple):
        for each in value:
            yield from _value_problem(each, types, known)
        return
    if NoneType in types and value == "none":
        return
    found = [_misfit(value, each, known) for each in dict.fromkeys(types) if each is not NoneType]
    if found and None not in found:
        yield str(found[0])


def _misfit(value: object, kind: Any, known: KnownNames) -> str | None:
    """Why a value is never a fact of this type; None where it may be one."""
    if kind is Money or kind is Charge:
        try:
            read_amount(value, known.currency)
        except ValueError as error:
            return str(error)
    elif kind is datetime:
        if not _TIME.fullmatch(str(value)):
            return f'"{value}" should be a time; write "10:30", "Tue 10:30" or "2026-06-02 10:30"'
    elif kind is bool and not isinstance(value, bool):
        return "should be true or false, without quotes"
    elif kind in _WITH_A_SPACE and known.spaces is not None and value not in known.spaces:
        return f"no space {value}; {nearest(str(value), known.spaces)}"
    elif kind == RESERVATION and value not in known.reservations:
        return f"no reservation {value}; {nearest(str(value), known.reservations)}"
    elif isinstance(kind, type) and issubclass(kind, Enum):
        values = [str(each.value) for each in kind]
        if str(value) not in values:
            return f"is never {value}; {nearest(str(value), values)}"
    return None
