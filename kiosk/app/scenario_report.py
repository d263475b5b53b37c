"""What `kiosk scenario` says of a story: as text for people, as JSON for programs.

Both say the same; the same story gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

from kiosk.app.board_tables import Table
from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_books import Books
from kiosk.app.scenario_facts import Fact
from kiosk.app.scenario_run import Step, Story, Told
from kiosk.app.scenario_words import sentence, texts_of
from kiosk.domain.money import Money
from kiosk.services.charge_words import amount_text

_UNSAID = frozenset({"at", "does", "says", "expect", "who"})
"""Keys of an event that are not repeated among its details."""
_LINES = {
    "found": "{space}  {quote}, to leave by {leave_by}",
    "not_offered": "{space}  not offered: {reason}",
    "charge_lines": "{amount}  {says}",
    "moved": "{reservation}: {space} instead of {moved_from}",
    "displaced": "{reservation}: no space is left, back {refund}",
    "items": "{reservation}: substitute {substitute}, back {refund}, compensation {compensation}",
    "validated": "{worth}  paid by {shop_name}",
    "run-released: payouts": "{amount}  to {name}, {iban}",
    "invoice-issued: lines": "{amount}  {space}, {minutes} min, tax {tax}",
    "statement-shown: lines": "{owner}  {kind}: {about}",
    "moves": "{kind}: {count} times, taken {taken}, given {given}",
}
"""Lists of facts that are written line by line beneath their sentence."""
_SIX_DAYS = timedelta(days=6)
_PROPOSALS = ("earlier", "later", "shorter", "in_two")
_PROPOSAL = "{space} from {from} to {until}"


def story_text(story: Story) -> str:
    """The report for people."""
    return "\n".join([*_head(story), *_events(story), *_books_text(story), *_verdict(story), ""])


def story_json(story: Story) -> dict[str, Any]:
    """The report for programs: money {"minor": 480, "currency": "EUR"}, instants in UTC."""
    scenario, books = story.scenario, story.books
    site = scenario.site.to_site()
    return {
        "file": scenario.file,
        "title": scenario.title,
        "site": site.name,
        "zone": site.zone.key,
        "currency": site.currency,
        "seed": scenario.seed,
        "starts_at": _json(scenario.starts_at),
        "events": [_step_json(step) for step in story.steps],
        "afterwards": [_told_json(each) for each in story.afterwards],
        "drivers": [
            {
                "name": each.name,
                "paid": _json(each.paid),
                "back": _json(each.back),
                "cost": _json(each.cost),
                "wallet": _json(each.wallet),
            }
            for each in books.drivers
        ],
        "parties": [{"party": each.party, "has": _json(each.has)} for each in books.parties],
        "journals": _journals_json(books),
        "balances": [
            {
                "account": each.account,
                "debits": _json(each.debits),
                "credits": _json(each.credits),
                "owed": _json(each.owed),
            }
            for each in books.balances
        ],
        "stated": [
            {"account": each.account, "stated": _json(each.stated), "has": _json(each.has)}
            for each in story.balances
        ],
        "escrow_left": _json(books.escrow_left),
        "ledger_sum": _json(books.ledger_sum),
        "is_good": story.is_good,
    }


def stories_json(stories: Iterable[Story]) -> str:
    """All stories of one command as one document."""
    document = {"scenarios": [story_json(story) for story in stories]}
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False)


# Text ------------------------------------------------------------------------------------


def _head(story: Story) -> Iterator[str]:
    scenario = story.scenario
    site = scenario.site.to_site()
    begins = scenario.starts_at.astimezone(site.zone)
    yield f"{scenario.title} ({scenario.file})"
    yield f"{site.name}, {site.zone.key}, {site.currency}; begins {begins:%A %Y-%m-%d %H:%M}"


def _events(story: Story) -> Iterator[str]:
    for step in story.steps:
        if step.meanwhile:
            yield ""
        yield from _told_lines(story, step.meanwhile, is_timed=True)
        yield ""
        yield _event_line(story, step.planned)
        if step.planned.table.says:
            yield f"      ({step.planned.table.says})"
        yield from _told_lines(story, step.told, is_timed=False)
        if step.unmet is not None:
            yield f"      NOT AS EXPECTED: {step.unmet}"
    if story.afterwards:
        yield ""
    yield from _told_lines(story, story.afterwards, is_timed=True)


def _event_line(story: Story, planned: PlannedEvent) -> str:
    table = planned.table
    local = planned.at.astimezone(story.scenario.site.to_site().zone)
    who = getattr(table, "who", None)
    details = ", ".join(f"{key} {_given(value)}" for key, value in _details(table).items())
    what = f"{who}: {table.does}" if who else table.does
    return f"{planned.number:3}  {_when(story, local)}  {what}{f' ({details})' if details else ''}"


def _when(story: Story, local: datetime) -> str:
    """A day of the week tells days apart only in a story of less than a week."""
    times = [step.planned.at for step in story.steps]
    times += [each.at for each in story.afterwards]
    times += [each.at for each in story.books.journals]
    begins = story.scenario.starts_at.astimezone(local.tzinfo).date()
    is_long = max(times, default=local).astimezone(local.tzinfo).date() - begins > _SIX_DAYS
    return f"{local:%a %Y-%m-%d %H:%M}" if is_long else f"{local:%a %H:%M}"


def _details(table: Table) -> dict[str, object]:
    """What the file says of an event besides who does what and when, by the file's keys."""
    return {
        field.alias or name: getattr(table, name)
        for name, field in type(table).model_fields.items()
        if name in table.model_fields_set - _UNSAID
    }


def _given(value: object) -> str:
    match value:
        case Table():
            return " ".join(map(_given, _details(value).values()))
        case tuple():
            return "; ".join(map(_given, value))
        case Money():
            return amount_text(value)
        case bool():
            return str(value).lower()
        case Enum():
            return str(value.value)
    return str(value)


def _told_lines(story: Story, told: Iterable[Told], *, is_timed: bool) -> Iterator[str]:
    zone = story.scenario.site.to_site().zone
    for each in told:
        said = sentence(each.seen, today=each.at, zone=zone)
        local = each.at.astimezone(zone)
        when = f"     {_when(story, local)}  " if is_timed else "      "
        who = "->" if each.seen.answer == "stands" else f"{each.seen.who}:"
        yield f"{when}{who} {said}"
        for key, fact in each.seen.facts.items():
            template = _LINES.get(f"{each.seen.answer}: {key}", _LINES.get(key))
            if template is not None and isinstance(fact, tuple):
                lines = (_line(template, member, each.at, story) for member in fact)
                yield from (f"          {line}" for line in lines)
            elif key in _PROPOSALS:
                yield from _proposal_lines(key, fact, each.at, story)


def _proposal_lines(key: str, fact: Fact, at: datetime, story: Story) -> Iterator[str]:
    found = fact if isinstance(fact, tuple) else (fact,)
    texts = (_line(_PROPOSAL, each, at, story) for each in found)
    yield f"          {key.replace('_', ' ')}: {', then '.join(texts)}"


def _line(template: str, fact: Fact, at: datetime, story: Story) -> str:
    assert isinstance(fact, Mapping)
    zone = story.scenario.site.to_site().zone
    return template.format(**texts_of(fact, today=at, zone=zone))


def _books_text(story: Story) -> Iterator[str]:
    books, zone = story.books, story.scenario.site.to_site().zone
    yield from ("", "What each paid and got")
    for driver in books.drivers:
        wallet = "" if driver.wallet is None else f", on the wallet {amount_text(driver.wallet)}"
        yield (
            f"  {driver.name:<34}{amount_text(driver.cost):>10}   paid "
            f"{amount_text(driver.paid)}, back {amount_text(driver.back)}{wallet}"
        )
    for party in books.parties:
        yield f"  {party.party:<34}{amount_text(party.has):>10}"
    yield from ("", "Journals")
    for number, journal in enumerate(books.journals, start=1):
        local = journal.at.astimezone(zone)
        about = f", {journal.reservation}" if journal.reservation else ""
        yield f"{number:3}  {_when(story, local)}  {journal.kind}{about}"
        for each in journal.transfers:
            yield f"        {each.from_ + ' -> ' + each.to:<40}{amount_text(each.amount):>10}"
    width = max((28, *(len(balance.account) for balance in books.balances)))
    yield from ("", f"{'Balances':<{width + 2}}{'debits':>10}{'credits':>10}{'owed':>10}")
    for balance in books.balances:
        sums = (balance.debits, balance.credits, balance.owed)
        yield f"  {balance.account:<{width}}{''.join(f'{amount_text(each):>10}' for each in sums)}"


def _verdict(story: Story) -> Iterator[str]:
    books = story.books
    expected = sum(step.planned.table.expect is not None for step in story.steps)
    yield ""
    left, total = amount_text(books.escrow_left), amount_text(books.ledger_sum)
    yield f"escrow left {left}, sum of the ledger {total}"
    yield f"{expected - len(story.unmet)} of {expected} expectations met"
    for each in story.balances:
        if each.has != each.stated:
            stated, has = amount_text(each.stated), amount_text(each.has)
            yield f"NOT AS STATED: {each.account} has {has}, not {stated}"
    if story.balances:
        met = sum(each.has == each.stated for each in story.balances)
        yield f"{met} of {len(story.balances)} balances as stated"


# JSON ------------------------------------------------------------------------------------


def _step_json(step: Step) -> dict[str, Any]:
    table = step.planned.table
    return {
        "number": step.planned.number,
        "at": _json(step.planned.at),
        "who": getattr(table, "who", None),
        "does": table.does,
        "says": table.says,
        "details": {key: _plain_json(value) for key, value in _details(table).items()},
        "meanwhile": [_told_json(each) for each in step.meanwhile],
        "told": [_told_json(each) for each in step.told],
        "unmet": step.unmet,
    }


def _told_json(told: Told) -> dict[str, Any]:
    facts = {key: _json(fact) for key, fact in told.seen.facts.items()}
    return {
        "at": _json(told.at),
        "who": told.seen.who,
        "answer": told.seen.answer,
        "facts": facts,
    }


def _journals_json(books: Books) -> list[dict[str, Any]]:
    return [
        {
            "at": _json(journal.at),
            "kind": journal.kind,
            "reservation": journal.reservation,
            "transfers": [
                {"from": each.from_, "to": each.to, "amount": _json(each.amount)}
                for each in journal.transfers
            ],
        }
        for journal in books.journals
    ]


def _json(fact: Fact) -> Any:
    match fact:
        case Money():
            return {"minor": fact.minor, "currency": fact.currency}
        case datetime():
            return fact.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case tuple():
            return [_json(each) for each in fact]
        case Mapping():
            return {key: _json(each) for key, each in fact.items()}
    return fact


def _plain_json(value: object) -> Any:
    if isinstance(value, Money):
        return _json(value)
    if isinstance(value, Table):
        return {key: _plain_json(each) for key, each in _details(value).items()}
    if isinstance(value, tuple):
        return [_plain_json(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, bool | int | str | None) else str(value)
