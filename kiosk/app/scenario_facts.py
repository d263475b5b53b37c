"""What an answer of the services says, as plain facts with the names of the story for all ids.

Tickets' texts, tokens and keys are left out: nobody reads them. Words for them stand in
scenario_words.py.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_type_hints

from kiosk import domain
from kiosk.domain.after_outcomes import StayRefunded
from kiosk.domain.disputes import Chargeback, Correction, Dispute
from kiosk.domain.life_outcomes import Reseated
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill, ExitCovered, TicketIssued
from kiosk.domain.payout_run import PayoutRun
from kiosk.domain.pricing.charge_lines import Charge, NoPrice
from kiosk.domain.search import Proposal, Proposals
from kiosk.domain.search_outcomes import PlanSpace
from kiosk.domain.settlement import Shares
from kiosk.domain.space import Area, Space
from kiosk.domain.till_outcomes import ShiftEnd, ShiftReport
from kiosk.domain.time import Window
from kiosk.services.approvals import SecondPersonNeeded
from kiosk.services.charge_words import line_text, no_price_text

Fact = str | int | bool | Money | datetime | tuple["Fact", ...] | Mapping[str, "Fact"] | None
Facts = dict[str, Fact]

_LEFT_OUT = frozenset(
    {
        "token",
        "text",
        "pass_code",
        "attendant_id",
        "operation_key",
        "offer_id",
        "id",
        "driver_id",
        "end_to_end",
        "validation_id",
        "payee_id",
        "answer",
        "refunded_minor",
        "made_at",
        "made_by",
        "tariff_hash",
        "facts",
        "free_consideration",
        "tariff",
        "presented_at",
        "entered_at",
        "lane",
    }
)
"""Fields of answers that say nothing to the reader of a story, or stand in its event."""
_NAMED_IDS = {"best": "spaces", "substitute": "spaces", "other_areas": "areas"}
"""Fields with ids of the library, and where their names are."""
_PROPOSED = ("earlier", "later", "shorter", "in_two")
_MERGED = (
    TicketIssued,
    Bill,
    Shares,
    Reseated,
    ExitCovered,
    PayoutRun,
    StayRefunded,
    Correction,
    Dispute,
    Chargeback,
    ShiftReport,
    ShiftEnd,
)
"""What stands within an answer and gives its facts beside the answer's own."""
_COMPUTED: dict[type, tuple[str, ...]] = {
    PayoutRun: ("total",),
    ShiftReport: ("in_till",),
    ShiftEnd: ("over", "banked"),
}
"""Properties that are facts, too."""


@dataclass(slots=True)
class Names:
    """The names of the story for the ids of the database."""

    reservations: dict[int, str]
    spaces: dict[int, str]
    areas: dict[int, str]
    owners: dict[int, str]
    drivers: dict[int, str]
    fleets: dict[int, str]
    shops: dict[int, str]

    def account(self, account: str) -> str:
        """An account of the books: `wallet Ada`, `escrow Ada 2`, `owner Lind`, `till desk-1`."""
        kind, _, key = account.rpartition(":")
        names = {
            "wallet": self.drivers,
            "escrow": self.reservations,
            "refund-due": self.reservations,
            "uncollected": self.reservations,
            "owner": self.owners,
            "held-by-owner": self.owners,
            "receivable:fleet:unbilled": self.fleets,
            "receivable:fleet:invoiced": self.fleets,
            "receivable:shop": self.shops,
        }.get(kind)
        return f"{kind.replace(':', ' ')} {names[int(key)] if names else key}".strip()


def answer_name(outcome: object) -> str:
    """`TicketIssued` is `ticket-issued` in files, as no_price_name says it of prices."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(outcome).__name__).lower()


def _answers() -> Iterator[tuple[str, type]]:
    """Every answer that a module of the domain defines whose name ends in `outcomes`."""
    for found in pkgutil.iter_modules(domain.__path__):
        if found.name.endswith("outcomes"):
            module = importlib.import_module(f"{domain.__name__}.{found.name}")
            for name, value in vars(module).items():
                is_ours = getattr(value, "__module__", "") == module.__name__
                if is_ours and isinstance(value, type) and is_dataclass(value):
                    yield re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower(), value


OUTCOMES = {**dict(_answers()), "second-person-needed": SecondPersonNeeded}
"""Every answer of the services, by its name in files."""


def fact_types(outcome: type) -> dict[str, Any]:
    """The facts that facts_of can make of such an answer, each with its type.

    What names a reservation has the type "reservation".
    """
    types: dict[str, Any] = {}
    hints = get_type_hints(outcome)
    for name in _COMPUTED.get(outcome, ()):
        hints[name] = get_type_hints(vars(outcome)[name].fget)["return"]
    for name, hint in hints.items():
        if name in _LEFT_OUT:
            continue
        name = name.removesuffix("_")  # noqa: PLW2901
        merged = [each for each in (hint, *get_args(hint)) if each in _MERGED]
        if hint is Window:
            head = "" if name == "window" else f"{name}_"
            types |= {f"{head}from": datetime, f"{head}until": datetime}
        elif merged:
            types |= fact_types(merged[0])
            if merged[0] is not hint:
                types[name] = NoneType
        elif hint is Proposals:
            types |= dict.fromkeys(_PROPOSED, object)
        elif name in {"reservation_id", "stay_id"}:
            types[name.removesuffix("_id")] = "reservation"
        elif name == "owner_id":
            types["owner"] = str
        elif name in _NAMED_IDS or name == "spaces":
            types[name] = str if name == "other_areas" else Space
        else:
            types[name] = hint
            if Charge in {hint, *get_args(hint)}:
                types[f"{name}_lines"] = object
    return types


def facts_of(outcome: Any, names: Names) -> Facts:
    """The facts of an answer, those of a ticket or a bill within it beside its own."""
    facts: Facts = {}
    for name in (*(field.name for field in fields(outcome)), *_COMPUTED.get(type(outcome), ())):
        if name not in _LEFT_OUT:
            facts.update(_facts(name.removesuffix("_"), getattr(outcome, name), names))
    return facts


def _facts(name: str, value: Any, names: Names) -> Facts:
    match value:
        case Window():
            head = "" if name == "window" else f"{name}_"
            return {f"{head}from": value.from_, f"{head}until": value.until}
        case Charge():
            lines: tuple[Facts, ...] = tuple(
                {"says": line_text(line), "amount": line.amount} for line in value.lines
            )
            return {name: value.total, f"{name}_lines": lines}
        case _ if isinstance(value, _MERGED):
            return facts_of(value, names)
        case Proposals():
            return {
                key: found
                for key in _PROPOSED
                if (found := _fact(key, getattr(value, key), names))
            }
        case "" if name == "shop_name":
            return {name: "the operator"}
        case _ if name == "reservation_id":
            return {"reservation": names.reservations.get(value, "")}
        case _ if name == "stay_id":
            return {"stay": names.reservations.get(value, "")}
        case _ if name == "owner_id":
            return {"owner": names.owners[value]}
    return {name: _fact(name, value, names)}


def _fact(name: str, value: Any, names: Names) -> Fact:
    match value:
        case int() if name in _NAMED_IDS:
            known: dict[int, str] = getattr(names, _NAMED_IDS[name])
            return known[value]
        case None | bool() | int() | str() | Money() | datetime():
            return value
        case Space():
            return value.label
        case Area():
            return value.name
        case Enum():
            return str(value.value)
        case Proposal():
            window = value.window
            return {
                "space": names.spaces[value.space_id],
                "from": window.from_,
                "until": window.until,
            }
        case tuple() if value and isinstance(value[0], PlanSpace):
            return tuple(each.space.label for each in value if each.is_idle)
        case tuple():
            return tuple(_fact(name, each, names) for each in value)
        case Mapping():
            return {_word(key): _fact(name, each, names) for key, each in value.items()}
        case _ if isinstance(value, get_args(NoPrice)):
            return no_price_text(value)
        case _ if is_dataclass(value):
            return facts_of(value, names)
    raise AssertionError(f"no fact is made of {name}: {type(value).__name__}")


def _word(key: object) -> str:
    return str(key.value) if isinstance(key, Enum) else str(key)
