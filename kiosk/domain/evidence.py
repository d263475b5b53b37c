"""The chain of evidence: canonical bytes of a row, its hashes, and what is wrong with a chain.

A hash proves that something was changed, not what stood there before, nor in which column. Whose
rows they are and where they are kept, others know.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import msgspec

VERSION = 1
"""Of the canonical form: it stands in every row's bytes, so that another form is another hash."""
START = "0" * 64
"""What the first row of a chain follows."""
_MOST_COMPARED = 12
"""Of so many spoilt rows each is compared with each, to find which were swapped."""

Value = int | str | None
_KINDS = frozenset((int, str, type(None)))
"""Those of a value exactly: a bool is none."""
Fact = tuple[Value, ...]
"""Something that belongs to a row of evidence: its kind, then what is known of it."""

_SHA256 = hashlib.sha256()
_canonical = msgspec.json.Encoder(order="sorted").encode


def canonical(columns: Mapping[str, Value]) -> bytes:
    """A row as bytes: JSON in UTF-8, columns by name, integers in decimal, nothing between them.

    An empty column is left out, so that a column of a later schema changes no hash of before.
    """
    present = {name: value for name, value in columns.items() if value is not None}
    present["v"] = VERSION
    return _canonical(present)


def named(columns: Mapping[str, Value]) -> tuple[Value, ...]:
    """A row as name and value in turn, in the order of names; an empty column is left out."""
    present = sorted(item for item in columns.items() if item[1] is not None)
    return tuple(each for item in present for each in item)


def digest(*rows: Sequence[Value]) -> str:
    """What proves one row of values, or several in their order."""
    return _hash(_canonical((VERSION, *rows)))


def _hash(content: bytes) -> str:
    made = _SHA256.copy()  # looked up by name at each commit, it takes half as long again
    made.update(content)
    return made.hexdigest()


def facts_text(facts: Sequence[Fact]) -> str | None:
    """Facts as a row keeps them; None for none."""
    return _canonical(facts).decode("utf-8") if facts else None


def facts_of(text: str | None) -> tuple[Fact, ...]:
    """The facts of a row; ValueError when it is not what facts_text writes."""
    if text is None:
        return ()
    try:
        facts = msgspec.json.decode(text)
    except RecursionError as error:
        raise ValueError("the facts are nested too deep") from error
    if not isinstance(facts, list) or not all(isinstance(fact, list) and fact for fact in facts):
        raise ValueError("the facts are not a list of lists")
    if any(type(value) not in _KINDS for fact in facts for value in fact):
        raise ValueError("a fact has more than whole numbers and text")
    return tuple(tuple(fact) for fact in facts)


class Seal(NamedTuple):
    """The hashes of a row: in the chain of the site, and in that of its stay if it has one."""

    hash: str
    stay_hash: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of evidence as it was found."""

    columns: Mapping[str, Value]
    """Without the hashes."""
    seal: Seal

    @property
    def id(self) -> int:
        """Its number; one more than that of the row before it."""
        number = self.columns["id"]
        assert isinstance(number, int), "the schema says so"
        return number

    @property
    def stay(self) -> int | None:
        """The reservation that it belongs to."""
        number = self.columns["reservation_id"]
        assert number is None or isinstance(number, int), "the schema says so"
        return number


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as the site wrote it: where, and what the hashes prove of it."""

    where: str
    what: str


def seal(columns: Mapping[str, Value], *, before: str, stay_before: str) -> Seal:
    """The hashes of the row that follows `before`, and `stay_before` in the chain of its stay."""
    content = canonical(columns)
    is_of_stay = columns["reservation_id"] is not None
    stay_hash = _chained("stay", stay_before, content) if is_of_stay else None
    return Seal(_chained(f"site {stay_hash or '-'}", before, content), stay_hash)


def _stay_hash(row: Row, content: bytes, *, before: str) -> str | None:
    return None if row.stay is None else _chained("stay", before, content)


def _site_hash(content: bytes, *, before: str, stay_hash: str | None) -> str:
    return _chained(f"site {stay_hash or '-'}", before, content)


def _chained(chain: str, before: str, content: bytes) -> str:
    # Chains have names of letters, hashes 64 digits: the bytes can be read in one way only.
    return _hash(f"{chain} {before} ".encode() + content)


class Head(NamedTuple):
    """Where a chain stood: the id of its last row, and the hash of that."""

    row: int
    hash: str


EMPTY = Head(0, START)


class ChainCheck:
    """Follows the chain of a site row by row, from the first; `findings` when all were seen."""

    def __init__(self) -> None:
        self.head = EMPTY
        self._findings: list[Finding] = []
        self._stays: dict[int, str] = {}
        self._spoilt: list[tuple[Row, str]] = []

    def see(self, row: Row) -> None:
        """The next row in the order of ids."""
        content = canonical(row.columns)
        before, stay_hash = self.head.hash, row.seal.stay_hash
        stay_before = START if row.stay is None else self._stays.get(row.stay, START)
        self._judge(
            row,
            is_site_good=row.seal.hash == _site_hash(content, before=before, stay_hash=stay_hash),
            is_stay_good=stay_hash == _stay_hash(row, content, before=stay_before),
        )
        if row.stay is not None:
            self._stays[row.stay] = stay_hash or START
        self.head = Head(row.id, row.seal.hash)

    def _judge(self, row: Row, *, is_site_good: bool, is_stay_good: bool) -> None:
        expected_id = self.head.row + 1
        if not is_site_good:
            self._spoilt.append((row, self.head.hash))
        # A gap that was there when the row was written spoils no hash, and is none of ours.
        if not is_site_good and row.id > expected_id:
            last = row.id - 1
            gap = f"row {last} is" if last == expected_id else f"rows {expected_id} to {last} are"
            what = f"{gap} missing before it; its own hash proves nothing without them"
        elif not is_site_good and (row.stay is None or not is_stay_good):
            what = "is not the row that was written here; which column, no hash can tell"
        elif not is_site_good:
            what = "does not follow the row before it: that one was written anew, or a hash"
        elif not is_stay_good:
            what = f"does not follow the rows of reservation {row.stay} that were before it"
        else:
            return
        self._findings.append(Finding(f"audit {row.id}", what))

    def findings(self) -> tuple[Finding, ...]:
        """All that is wrong with the chain itself, and which rows were swapped."""
        swapped = tuple(_swapped(self._spoilt[:_MOST_COMPARED]))
        return (*self._findings, *swapped)


def _swapped(spoilt: Sequence[tuple[Row, str]]) -> Iterator[Finding]:
    """Rows whose content, under another's id, has a hash that is there."""
    known = {row.seal.hash for row, _ in spoilt}
    for row, before in spoilt:
        for other, before_other in spoilt:
            if other.id == row.id:
                continue
            content = canonical({**row.columns, "id": other.id})
            if any(
                _site_hash(content, before=each, stay_hash=stay_hash) in known
                for each in (before_other, other.seal.hash, before)
                for stay_hash in (row.seal.stay_hash, other.seal.stay_hash)
            ):
                yield Finding(f"audit {row.id}", f"was written as row {other.id}: swapped")


def check_stay(rows: Iterable[Row]) -> tuple[str, tuple[Finding, ...]]:
    """The head of the chain of one stay, and what is wrong with it; all from its first row on."""
    before, last_id, findings = START, 0, []
    for row in rows:
        where = f"audit {row.id}"
        if row.id <= last_id:
            findings.append(Finding(where, "stands after a row of a later time"))
        if row.seal.stay_hash != _stay_hash(row, canonical(row.columns), before=before):
            what = "is not the row that was written here, or the row before it is not"
            findings.append(Finding(where, what))
        before, last_id = row.seal.stay_hash or START, row.id
    return before, tuple(findings)


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head as it is kept elsewhere: when, why, and signed together with the one before it."""

    number: int
    at: str
    why: str
    head: Head
    mac: str = ""

    def signed(self, key: bytes, *, before: str) -> SignedHead:
        """The same with its signature; `before` is that of the head before it, or START."""
        content = canonical(
            {
                "number": self.number,
                "at": self.at,
                "why": self.why,
                "row": self.head.row,
                "hash": self.head.hash,
                "before": before,
            }
        )
        return replace(self, mac=hmac.new(key, content, hashlib.sha256).hexdigest())


def check_heads(
    heads: Iterable[SignedHead], key: bytes, hashes: Mapping[int, str]
) -> tuple[Finding, ...]:
    """What is wrong with signed heads, and what they prove of a chain whose hashes are given.

    `hashes` has that of each row that a head names and that is there; 0 is the empty chain.
    """
    findings: list[Finding] = []
    before, number = START, 0
    for each in heads:
        where, number = f"head {each.number}", number + 1
        if each.number != number:
            gap = f"heads {number} to {each.number - 1} before it are missing"
            findings.append(Finding(where, gap))
            number = each.number
        elif not hmac.compare_digest(each.signed(key, before=before).mac, each.mac):
            findings.append(Finding(where, "is not signed by this site: it was changed or forged"))
            before = each.mac
            continue
        before = each.mac
        found = hashes.get(each.head.row)
        if found is None:
            what = f"row {each.head.row} was there at {each.at} and is gone: the chain was cut"
            findings.append(Finding(where, what))
        elif found != each.head.hash:
            what = f"the chain up to row {each.head.row} is not what it was at {each.at}"
            findings.append(Finding(where, what))
    return tuple(findings)
