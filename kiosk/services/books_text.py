"""The books as text of other programs: hledger, ledger and beancount, with balance assertions.

Each of them accepts the text only when every account is declared, every transaction balances,
and each asserted balance is that of the transfers before it (docs/money.md). Which books are
written, and where to, is decided by kiosk.app.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kiosk.domain import ledger
from kiosk.domain.ledger import Balance, Journal
from kiosk.domain.money import EXPONENTS, Money

if TYPE_CHECKING:
    from db.store import Tx


class BooksFormat(Enum):
    """Which program the text is for; the value is its name."""

    HLEDGER = "hledger"
    LEDGER = "ledger"
    BEANCOUNT = "beancount"


class AssertEvery(Enum):
    """How often balances are asserted: the finer, the closer an error is found."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The journals of a span [since, until) and the balances before and after it.

    The closing balances come from the stored ones and from what was posted later, not from the
    journals of the span: that is why the assertions can fail.
    """

    since: datetime | None
    """None: from the first journal on."""
    opening: tuple[Balance, ...]
    journals: Iterable[tuple[datetime, Journal]]
    closing: tuple[Balance, ...]


def books_of(tx: Tx, since: datetime | None = None, until: datetime | None = None) -> Books:
    """The books of a span; consume it inside the snapshot that `tx` is."""
    later = {} if until is None else _by_account(tx.ledger.sums(since=until))
    return Books(
        since=since,
        opening=() if since is None else tx.ledger.sums(until=since),
        journals=tx.ledger.journals(since, until),
        closing=tuple(
            each
            for stored in tx.ledger.balances()
            if (each := _less(stored, later)).debits_minor or each.credits_minor
        ),
    )


def books_lines(
    books: Books, *, zone: ZoneInfo, format_: BooksFormat, every: AssertEvery = AssertEvery.DAY
) -> Iterator[str]:
    """The lines of the text. Debits are positive, credits negative; dates are local to the site.

    A journal is never dated before the one that was posted earlier, however clocks were set.
    """
    writer = _WRITERS[format_]()
    days = groups_of_days(books.journals, zone)
    first, last = next(days, None), None
    if books.since is not None:
        opens_on = last = books.since.astimezone(zone).date()
    elif first is not None:
        opens_on = first[0]
    else:
        return
    yield from writer.head(books, opens_on)
    if any(balance.owed for balance in books.opening):
        yield from writer.opening(books.opening, opens_on)
    sums: dict[tuple[str, str], int] = {
        (each.account, each.currency): -each.owed.minor for each in books.opening
    }
    touched: set[tuple[str, str]] = set()
    for day, journals in () if first is None else _chained(first, days):
        if last is not None and touched and _ends(last, day, every):
            yield from writer.balances(last, _amounts(touched, sums), "balances")
            touched.clear()
        last = day
        for at, journal in journals:
            _add(journal, sums, touched)
            yield from writer.journal(day, at, journal)
    if last is not None:
        if touched:
            yield from writer.balances(last, _amounts(touched, sums), "balances")
        stored = [(each.account, -each.owed) for each in books.closing]
        yield from writer.balances(last, stored, "balances as stored")


_Day = tuple[date, list[tuple[datetime, Journal]]]


def groups_of_days(journals: Iterable[tuple[datetime, Journal]], zone: ZoneInfo) -> Iterator[_Day]:
    """Journals by the local day on which they count; days never go back."""
    group: _Day | None = None
    for at, journal in journals:
        day = at.astimezone(zone).date()
        if group is None or day > group[0]:
            if group is not None:
                yield group
            group = (day, [])
        group[1].append((at, journal))
    if group is not None:
        yield group


def _chained(first: _Day, rest: Iterator[_Day]) -> Iterator[_Day]:
    yield first
    yield from rest


def _ends(last: date, day: date, every: AssertEvery) -> bool:
    """Whether a day or month of assertions is over when `day` begins after `last`."""
    if every is AssertEvery.DAY:
        return day != last
    return (day.year, day.month) != (last.year, last.month)


def _add(
    journal: Journal, sums: dict[tuple[str, str], int], touched: set[tuple[str, str]]
) -> None:
    for transfer in journal.transfers:
        minor, currency = transfer.amount.minor, transfer.amount.currency
        for account, signed in ((transfer.debit, minor), (transfer.credit, -minor)):
            sums[account, currency] = sums.get((account, currency), 0) + signed
            touched.add((account, currency))


def _amounts(
    touched: set[tuple[str, str]], sums: Mapping[tuple[str, str], int]
) -> list[tuple[str, Money]]:
    return [
        (account, Money(sums[account, currency], currency))
        for account, currency in sorted(touched)
    ]


def _by_account(balances: Iterable[Balance]) -> dict[tuple[str, str], Balance]:
    return {(each.account, each.currency): each for each in balances}


def _less(stored: Balance, later: Mapping[tuple[str, str], Balance]) -> Balance:
    posted = later.get((stored.account, stored.currency))
    if posted is None:
        return stored
    debits_minor = stored.debits_minor - posted.debits_minor
    credits_minor = stored.credits_minor - posted.credits_minor
    return Balance(stored.account, stored.currency, debits_minor, credits_minor)


def _number(money: Money, *, has_bare_mark: bool = False) -> str:
    exponent = EXPONENTS[money.currency]
    whole, rest = divmod(abs(money.minor), 10**exponent)
    sign = "-" if money.minor < 0 else ""
    decimals = f".{rest:0{exponent}d}" if exponent else "." if has_bare_mark else ""
    return f"{sign}{whole}{decimals}"


def _plain(text: str) -> str:
    """One line in which nothing begins a comment, a tag or an amount."""
    return re.sub(r"[\s;|*!\"]+", " ", text).strip()


class _Hledger:
    """Text for hledger; also what ledger reads, but for the form of a currency."""

    opening_account = "equity:opening balances"

    def head(self, books: Books, _opens_on: date, /) -> Iterator[str]:
        kept = (*books.closing, *books.opening)
        for currency in sorted({each.currency for each in kept}):
            yield from self._commodity(currency)
        accounts = dict.fromkeys(self.account(each.account) for each in kept)
        if any(each.owed for each in books.opening):
            accounts[self.opening_account] = None
        for account in accounts:
            yield f"account {account}"

    def opening(self, balances: Iterable[Balance], day: date) -> Iterator[str]:
        yield ""
        yield f"{day.isoformat()} opening balances"
        for each in balances:
            if each.owed:
                yield f"    {self.account(each.account)}  {self.amount(-each.owed)}"
                yield f"    {self.opening_account}  {self.amount(each.owed)}"

    def journal(self, day: date, _at: datetime, journal: Journal) -> Iterator[str]:
        yield ""
        yield f"{day.isoformat()} {_plain(journal.kind)}  ; key: {_plain(journal.key)}"
        for transfer in journal.transfers:
            yield f"    {self.account(transfer.debit)}  {self.amount(transfer.amount)}"
            yield f"    {self.account(transfer.credit)}  {self.amount(-transfer.amount)}"

    def balances(
        self, day: date, balances: Iterable[tuple[str, Money]], title: str
    ) -> Iterator[str]:
        yield ""
        yield f"{day.isoformat()} {title}"
        for account, amount in balances:
            zero = self.amount(Money.zero(amount.currency))
            yield f"    {self.account(account)}  {zero} = {self.amount(amount)}"

    def account(self, name: str) -> str:
        return f"{ledger.kind_of(name).type.value}:{_plain(name)}"

    def amount(self, money: Money) -> str:
        # hledger wants a decimal mark in a commodity's directive even where there are no decimals.
        return f"{_number(money, has_bare_mark=True)} {money.currency}"

    def _commodity(self, currency: str) -> Iterator[str]:
        yield f"commodity {self.amount(Money(10 ** (EXPONENTS[currency] + 3), currency))}"


class _Ledger(_Hledger):
    """Text for the program that is called ledger."""

    def head(self, books: Books, opens_on: date, /) -> Iterator[str]:
        yield "tag key"
        yield from super().head(books, opens_on)

    def amount(self, money: Money) -> str:
        return f"{_number(money)} {money.currency}"

    def _commodity(self, currency: str) -> Iterator[str]:
        yield f"commodity {currency}"
        yield f"    format {self.amount(Money(10 ** (EXPONENTS[currency] + 3), currency))}"


class _Beancount:
    """Text for beancount: its accounts begin with capitals, its balances hold at a day's start."""

    def head(self, books: Books, opens_on: date, /) -> Iterator[str]:
        kept = (*books.closing, *books.opening)
        for currency in sorted({each.currency for each in kept}):
            yield f'option "operating_currency" "{currency}"'
        accounts = dict.fromkeys(self._account(each.account) for each in kept)
        if any(each.owed for each in books.opening):
            accounts["Equity:Opening-Balances"] = None
        for account in accounts:
            yield f"{opens_on.isoformat()} open {account}"

    def opening(self, balances: Iterable[Balance], day: date) -> Iterator[str]:
        yield ""
        yield f'{day.isoformat()} * "opening balances"'
        for each in balances:
            if each.owed:
                yield f"  {self._account(each.account)}  {self._amount(-each.owed)}"
                yield f"  Equity:Opening-Balances  {self._amount(each.owed)}"

    def journal(self, day: date, _at: datetime, journal: Journal) -> Iterator[str]:
        yield ""
        yield f'{day.isoformat()} * "{_plain(journal.kind)}"'
        yield f'  key: "{_plain(journal.key)}"'
        for transfer in journal.transfers:
            yield f"  {self._account(transfer.debit)}  {self._amount(transfer.amount)}"
            yield f"  {self._account(transfer.credit)}  {self._amount(-transfer.amount)}"

    def balances(
        self, day: date, balances: Iterable[tuple[str, Money]], title: str
    ) -> Iterator[str]:
        after = (day + timedelta(days=1)).isoformat()
        yield ""
        yield f"; {title}"
        for account, amount in balances:
            # Without "~ 0" it would let a difference of the last digit pass.
            exact = f"{_number(amount)} ~ 0 {amount.currency}"
            yield f"{after} balance {self._account(account)}  {exact}"

    def _account(self, name: str) -> str:
        # One level below its kind: a balance counts the accounts below it, too, and what is
        # disputed is not a part of what a provider owes.
        type_ = ledger.kind_of(name).type.value.capitalize()
        return ":".join((type_, *map(self._part, name.split(":", maxsplit=1))))

    def _part(self, text: str) -> str:
        """A part of an account's name in its alphabet; different texts stay different."""
        allowed = re.sub(r"[^A-Za-z0-9-]", lambda sign: f"-u{ord(sign[0]):x}-", text)
        # A part that is no word of ours keeps its own first letter behind a capital of ours.
        return allowed.capitalize() if text.islower() or text.isdigit() else f"X{allowed}"

    def _amount(self, money: Money) -> str:
        return f"{_number(money)} {money.currency}"


_WRITERS: dict[BooksFormat, type[_Hledger] | type[_Beancount]] = {
    BooksFormat.HLEDGER: _Hledger,
    BooksFormat.LEDGER: _Ledger,
    BooksFormat.BEANCOUNT: _Beancount,
}
