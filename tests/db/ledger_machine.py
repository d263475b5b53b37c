"""Posts journals of every kind to a real file, and the same to the books of money.md's text.

What is random in a journal stands in tests/fakes/any_journal.py, what the text says in
reference_ledger.py.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from peewee import IntegrityError

from db.errors import Overdrawn, Overfull
from db.open import open_store
from db.store import Tx
from kiosk.domain import journals, journals_outside, ledger, settlement
from kiosk.domain.ids import PayoutId, ReservationId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from tests.db.conftest import NOON
from tests.db.reference_ledger import ReferenceLedger, Refused, Row
from tests.fakes.any_journal import OF_AMOUNT, AnyJournal, Moves

RESERVATIONS = [ReservationId(1), ReservationId(2), ReservationId(3)]
"""Those that the file of `founded` has."""
RANDOM = st.randoms(use_true_random=False)
CURRENCY = st.sampled_from(["EUR", "EUR", "JPY", "KWD"])
HUGE = "KWD"
"""In this currency amounts come near to what 64 bits hold, too."""
NOT_AMOUNTS = [0, -1, -300, 2**63, 2**64]

some_posted = precondition(lambda self: self.reference.journals)


class UndoneError(Exception):
    """The transaction ends here, for a reason of its own."""


def rows_of(transfers: Moves) -> tuple[Row, ...]:
    return tuple((t.debit, t.credit, t.amount.minor, t.amount.currency) for t in transfers)


def taken_from(account: str, amount: Money) -> Moves:
    """What takes an amount out of a guarded account."""
    kind, _, number = account.partition(":")
    match kind:
        case "escrow":
            return settlement.refund_transfers(ReservationId(int(number)), amount, None)
        case "refund-due":
            reservation_id = ReservationId(int(number))
            return journals.refund_paid(reservation_id, account=ledger.BANK, amount=amount)
        case "wallet":
            return (Transfer(account, ledger.BANK, amount),)
    assert kind == "payout-in-flight", f"{kind} is not guarded"
    return journals_outside.payout_paid(PayoutId(int(number)), amount)


class LedgerMachine(RuleBasedStateMachine):
    """Both ledgers agree after every step; `founded` is the file that each history begins with."""

    founded: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._url = str(shutil.copy(self.founded, self._folder.name))
        self.store = open_store(self._url)
        self.reference = ReferenceLedger()
        self._steps = 0

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    def any_journal(self, random: Random, currency: str) -> AnyJournal:
        """What accounts hold, and one unit more, is tried often."""
        held = [
            credits_ - debits + more
            for (_, one), (debits, credits_) in self.reference.sums.items()
            for more in (0, 1)
            if one == currency
        ]
        is_huge = currency == HUGE and random.random() < 0.3
        return AnyJournal(
            random,
            currency=currency,
            reservation_ids=RESERVATIONS,
            likely=held,
            most_minor=ledger.MOST_MINOR if is_huge else 3_000,
        )

    def new_key(self) -> str:
        self._steps += 1
        return f"key:{self._steps}"

    def post_both(self, tx: Tx, key: str, kind: str, transfers: Moves) -> None:
        """One journal in each; raises UndoneError where both refuse it."""
        assert transfers
        reservation_id = RESERVATIONS[self._steps % 3] if self._steps % 2 else None
        journal = Journal(key, kind, transfers, reservation_id)
        try:
            expected: bool | None = self.reference.post(key, rows_of(transfers))
        except Refused:
            expected = None
        try:
            posted: bool | None = tx.ledger.post(
                journal, NOON + timedelta(minutes=7 * self._steps)
            )
        except (Overdrawn, Overfull):
            posted = None
        assert posted is expected, f"{journal} is posted: {posted}, should be: {expected}"
        if posted is None:
            raise UndoneError

    def in_transaction(self, *journals_: tuple[str, str, Moves], is_undone: bool = False) -> None:
        """All of them or, when one is refused or something else goes wrong, none."""
        before = self.reference.copy()
        try:
            with self.store.transaction() as tx:
                for key, kind, transfers in journals_:
                    self.post_both(tx, key, kind, transfers)
                if is_undone:
                    raise UndoneError
        except UndoneError:
            self.reference = before

    # -- journals

    @rule(random=RANDOM, currency=CURRENCY)
    def post(self, random: Random, currency: str) -> None:
        kind, transfers = self.any_journal(random, currency).made()
        if transfers:
            self.in_transaction((self.new_key(), kind, transfers))

    @rule(random=RANDOM, currency=CURRENCY, count=st.integers(2, 6), is_undone=st.booleans())
    def post_several(self, random: Random, currency: str, count: int, is_undone: bool) -> None:
        made = [self.any_journal(random, currency).made() for _ in range(count)]
        batch = [(self.new_key(), kind, transfers) for kind, transfers in made if transfers]
        self.in_transaction(*batch, is_undone=is_undone)

    @some_posted
    @rule(random=RANDOM, currency=CURRENCY, is_same=st.booleans())
    def post_again(self, random: Random, currency: str, is_same: bool) -> None:
        """The key decides, whatever is delivered with it."""
        key, _ = random.choice(self.reference.journals)
        kind, transfers = self.any_journal(random, currency).made()
        if is_same:
            with self.store.reading() as tx:
                transfers = tx.ledger.transfers_of_journal(key)
        if transfers:
            self.in_transaction((key, kind, transfers))

    @some_posted
    @rule(random=RANDOM, more=st.sampled_from([-1, 0, 1, 1, 500]))
    def take_out_what_is_guarded(self, random: Random, more: int) -> None:
        guarded = [
            (name, currency, credits_ - debits + more)
            for (name, currency), (debits, credits_) in self.reference.sums.items()
            if ledger.kind_of(name).is_guarded
        ]
        if guarded:
            account, currency, minor = random.choice(guarded)
            if 0 < minor <= ledger.MOST_MINOR:
                transfers = taken_from(account, Money(minor, currency))
                self.in_transaction((self.new_key(), "taken", transfers))

    @rule(random=RANDOM, currency=CURRENCY, minor=st.sampled_from(NOT_AMOUNTS))
    def move_no_amount(self, random: Random, currency: str, minor: int) -> None:
        maker, amount = random.choice(OF_AMOUNT), Money(minor, currency)
        any_ = self.any_journal(random, currency)
        with pytest.raises(AssertionError):
            Journal("no-amount", *any_.made(maker, amount=amount))

    @rule(random=RANDOM)
    def mix_currencies(self, random: Random) -> None:
        _, euros = self.any_journal(random, "EUR").made()
        _, yen = self.any_journal(random, "JPY").made()
        if euros and yen:
            with pytest.raises(AssertionError):
                Journal("mixed", "mixed", (*euros, *yen))

    # -- what is authorised

    @rule(random=RANDOM, currency=CURRENCY, is_undone=st.booleans())
    def authorise(self, random: Random, currency: str, is_undone: bool) -> None:
        any_ = self.any_journal(random, currency)
        ((_, escrow, minor, _),) = rows_of(any_.made(journals.paid_in)[1])
        amount, reservation_id = Money(minor, currency), ReservationId(int(escrow[7:]))
        try:
            with self.store.transaction() as tx:
                number = tx.authorisations.add(
                    reservation_id,
                    account=ledger.psp("simulator"),
                    amount=amount,
                    operation_key=None,
                    made_at=NOON,
                    expires_at=None,
                )
                if is_undone:
                    raise UndoneError
        except UndoneError:
            return
        self.reference.authorised[number] = ("psp:simulator", escrow, minor, currency)

    @precondition(lambda self: self.reference.authorised)
    @rule(random=RANDOM, how=st.sampled_from(["posted", "posted", "voided", "expired"]))
    def end_authorisation(self, random: Random, how: str) -> None:
        """Posting all or a part of it is a journal; voiding and expiring move nothing."""
        before = self.reference.copy()
        number = random.choice(sorted(self.reference.authorised))
        debit, escrow, minor, currency = self.reference.end(number)
        part = Money(random.choice([minor, random.randint(1, minor)]), currency)
        try:
            with self.store.transaction() as tx:
                posted = part if how == "posted" else None
                tx.authorisations.end(number, how=how, posted=posted, at=NOON)  # type: ignore[arg-type]
                if posted:
                    transfer = Transfer(debit, escrow, part)
                    self.post_both(tx, self.new_key(), "deposit", (transfer,))
        except UndoneError:
            self.reference = before
        else:
            self._ends_only_once(number)

    def _ends_only_once(self, number: int) -> None:
        with pytest.raises(Refused):
            self.reference.end(number)
        with pytest.raises(IntegrityError), self.store.transaction() as tx:
            tx.authorisations.end(number, how="voided", at=NOON)

    # -- the file

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self._url)

    @invariant()
    def both_say_the_same(self) -> None:
        with self.store.reading() as tx:
            balances = tx.ledger.balances()
            posted = [(each.key, rows_of(each.transfers)) for _, each in tx.ledger.journals()]
            summed_up = tx.ledger.sums()
            authorised = {
                each.id: (
                    each.account,
                    ledger.escrow(each.reservation_id),
                    each.amount.minor,
                    each.amount.currency,
                )
                for reservation_id in RESERVATIONS
                for each in tx.authorisations.open_of(reservation_id)
            }
        sums = {
            (each.account, each.currency): (each.debits_minor, each.credits_minor)
            for each in balances
        }
        assert posted == self.reference.journals
        assert sums == self.reference.sums
        assert summed_up == balances
        assert authorised == self.reference.authorised
        for currency in {currency for _, currency in sums}:
            of_it = [sums_ for (_, one), sums_ in sums.items() if one == currency]
            assert sum(debits for debits, _ in of_it) == sum(credits_ for _, credits_ in of_it)
