"""A random month of books in three currencies, as text, and the text with a unit too much.

The month is October at a site in Berlin: a day of 25 hours is in it. Some journals come before
it, some after it, and some while somebody had set the clock back by an hour.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from db.errors import Overdrawn
from db.open import open_store
from db.store import Store
from kiosk.domain.ids import ReservationId
from kiosk.domain.ledger import Journal
from kiosk.services.books_text import AssertEvery, BooksFormat, books_lines, books_of
from tests.app.tampering import rewritten
from tests.fakes.any_journal import MAKERS, AnyJournal, Maker

ZONE = ZoneInfo("Europe/Berlin")
BEGINS = datetime(2026, 10, 1, tzinfo=ZONE).astimezone(UTC)
ENDS = datetime(2026, 11, 1, tzinfo=ZONE).astimezone(UTC)
TWICE_HALF_PAST_TWO = (
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
)
CURRENCIES = ["EUR", "JPY", "KWD"]
"""Two decimals, none, and three."""
CHECKS = {
    "hledger": ["hledger", "check", "--strict", "-f"],
    "ledger": ["ledger", "--strict", "--pedantic", "balance", "-f"],
    "bean-check": ["bean-check"],
}
FORMATS = {
    "hledger": BooksFormat.HLEDGER,
    "ledger": BooksFormat.LEDGER,
    "bean-check": BooksFormat.BEANCOUNT,
}


def fill(file: Path, random: Random, *, rounds: int) -> None:
    """So many journals of each kind in October, half of them in September and in November."""
    store = open_store(str(file))
    before = _instants(random, BEGINS - timedelta(days=9), BEGINS, count=len(MAKERS))
    within = _instants(random, BEGINS, ENDS, count=rounds * len(MAKERS))
    after = _instants(random, ENDS, ENDS + timedelta(days=9), count=len(MAKERS) // 2)
    makers: list[Maker] = []
    for _ in range(rounds + 2):
        makers += random.sample(MAKERS, len(MAKERS))
    instants = (*before, *within, *after)
    for number, (at, maker) in enumerate(zip(instants, makers, strict=False)):
        _post(store, random, maker, key=f"key:{number}", at=at)
    store.close()


def _instants(random: Random, since: datetime, until: datetime, *, count: int) -> list[datetime]:
    """Of [since, until), in order but for a clock that is set back now and then."""
    seconds = int((until - since).total_seconds())
    found = [since, *(since + timedelta(seconds=random.randrange(seconds)) for _ in range(count))]
    found += [at for at in TWICE_HALF_PAST_TWO if since <= at < until]
    set_back = timedelta(hours=1)
    return [
        at - set_back if random.random() < 0.05 and at - set_back >= since else at
        for at in sorted(found)[-count:]
    ]


def _post(store: Store, random: Random, maker: Maker, *, key: str, at: datetime) -> None:
    """One journal that the guards let through; of some kinds there may be none yet."""
    for _ in range(40):
        currency = random.choice(CURRENCIES)
        with store.reading() as tx:
            held = [each.owed.minor for each in tx.ledger.balances() if each.currency == currency]
        any_ = AnyJournal(
            random,
            currency=currency,
            reservation_ids=[ReservationId(1), ReservationId(2)],
            likely=held,
            most_minor=10**17 if random.random() < 0.03 else 3_000,
        )
        kind, transfers = any_.made(maker)
        try:
            with store.transaction() as tx:
                if transfers and tx.ledger.post(Journal(key, kind, transfers), at):
                    return
        except Overdrawn:
            continue


def text_of(file: Path, format_: BooksFormat, every: AssertEvery = AssertEvery.DAY) -> list[str]:
    """The lines of October."""
    store = open_store(str(file), read_only=True)
    with store.reading() as tx:
        books = books_of(tx, BEGINS, ENDS)
        lines = list(books_lines(books, zone=ZONE, format_=format_, every=every))
    store.close()
    return lines


def accepts(reader: str, lines: Sequence[str], folder: Path) -> bool:
    """Whether a program finds nothing wrong with the text."""
    path = folder / "books"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = subprocess.run([*CHECKS[reader], path], capture_output=True, text=True, check=False)
    return done.returncode == 0


class Place(NamedTuple):
    """A number in the text: its line, and where it stands in it."""

    line: int
    start: int
    end: int


_POSTING = re.compile(r"^ +\S.*  (-?[0-9.]+) [A-Z]{3}$")
_ASSERTION = re.compile(r"(?:= |^[0-9-]+ balance .*  )(-?[0-9.]+)(?: ~ 0)? [A-Z]{3}$")


def postings(lines: Sequence[str]) -> list[Place]:
    """Each half of each transfer; the other half is its neighbour."""
    return _places(_POSTING, lines)


def assertions(lines: Sequence[str]) -> list[Place]:
    """Each balance that is asserted."""
    return _places(_ASSERTION, lines)


def _places(pattern: re.Pattern[str], lines: Sequence[str]) -> list[Place]:
    return [
        Place(number, *found.span(1))
        for number, line in enumerate(lines)
        if (found := pattern.search(line))
    ]


def one_unit_more(lines: Sequence[str], *places: Place) -> list[str]:
    """The text with each of these numbers farther from zero by its smallest unit."""
    changed = list(lines)
    for line, start, end in places:
        text = changed[line]
        number = text[start:end]
        digits = str(int(re.sub(r"\D", "", number)) + 1).zfill(len(re.sub(r"\D", "", number)))
        mark = len(number) - number.index(".") - 1 if "." in number else None
        sign = "-" if number.startswith("-") else ""
        if mark is not None:
            digits = f"{digits[: len(digits) - mark]}.{digits[len(digits) - mark :]}"
        changed[line] = f"{text[:start]}{sign}{digits}{text[end:]}"
    return changed


def changed_texts(lines: Sequence[str], random: Random, count: int) -> list[list[str]]:
    """The text changed in one half of a transfer, in both, or in a balance; so many of each.

    Both halves still balance: only an asserted balance can tell.
    """
    halves, balances = postings(lines), assertions(lines)
    texts: list[list[str]] = []
    for _ in range(count):
        first = 2 * random.randrange(len(halves) // 2)
        texts.append(one_unit_more(lines, random.choice(halves)))
        texts.append(one_unit_more(lines, halves[first], halves[first + 1]))
        texts.append(one_unit_more(lines, random.choice(balances)))
    return texts


def spoilt(file: Path, random: Random, copy: Path) -> Path:
    """A copy of the database with one transfer of one unit more than was posted."""
    store = open_store(str(file), read_only=True)
    with store.reading() as tx:
        keys = [journal.key for _, journal in tx.ledger.journals()]
    store.close()
    return rewritten(
        file,
        copy,
        "UPDATE transfer SET amount_minor = amount_minor + 1 WHERE number = 1 AND journal_id = "
        f"(SELECT id FROM journal WHERE key = '{random.choice(keys)}')",
    )
