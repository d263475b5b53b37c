"""The books: posted once, never overdrawn, always in balance; and receipts."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import Overdrawn, Overfull
from db.records import ReceiptRecord
from db.store import Store
from kiosk.domain import ledger
from kiosk.domain.ids import DriverId, ReservationId
from kiosk.domain.ledger import Balance, Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.settlement import Shares, split
from tests.db.conftest import NOON, TERMS, Site, euro, hours
from tests.fakes.tariffs import blocks

SIM = ledger.psp("sim")
WALLET = ledger.wallet(DriverId(1))
ACCOUNTS = [
    SIM,
    ledger.till("desk"),
    WALLET,
    ledger.COMMISSION,
    ledger.VAT,
    ledger.escrow(ReservationId(7)),
]


def top_up(key: str, minor: int) -> Journal:
    return Journal(key, "top-up", (Transfer(SIM, WALLET, euro(minor)),))


def post(store: Store, journal: Journal) -> bool:
    with store.transaction() as tx:
        return tx.ledger.post(journal, NOON)


def post_if_covered(store: Store, journal: Journal) -> None:
    try:
        post(store, journal)
    except Overdrawn:
        return


def post_and_catch(store: Store, journal: Journal) -> None:
    """What nobody may do: catch the refusal inside the transaction and go on."""
    with store.transaction() as tx, contextlib.suppress(Overdrawn):
        tx.ledger.post(journal, NOON)


def balances(store: Store) -> dict[str, tuple[int, int]]:
    with store.reading() as tx:
        return {
            each.account: (each.debits_minor, each.credits_minor) for each in tx.ledger.balances()
        }


def sums_of_transfers(store: Store) -> dict[str, tuple[int, int]]:
    """What the balances must be, from the journals alone."""
    sums: dict[str, tuple[int, int]] = {}
    with store.reading() as tx:
        for _, journal in tx.ledger.journals():
            for each in journal.transfers:
                debits, credits_ = sums.get(each.debit, (0, 0))
                sums[each.debit] = (debits + each.amount.minor, credits_)
                debits, credits_ = sums.get(each.credit, (0, 0))
                sums[each.credit] = (debits, credits_ + each.amount.minor)
    return sums


FACTS = StayFacts(
    entered_at=NOON - timedelta(minutes=4),
    left_at=NOON + timedelta(hours=2),
    booked=hours(0, 2),
    late_grace=timedelta(minutes=10),
    early_entry=timedelta(minutes=20),
    quote=euro(400),
    is_free_used=True,
)


def a_receipt(reservation_id: ReservationId, total_minor: int) -> ReceiptRecord:
    lines = (blocks(2, minutes=60, price_minor=total_minor // 2),)
    return ReceiptRecord(
        reservation_id=reservation_id,
        presented_at=NOON + timedelta(hours=2),
        settled_at=NOON + timedelta(hours=2, seconds=1),
        facts=FACTS,
        free_consideration=timedelta(minutes=5),
        charge=Charge(hours(0, 2), lines, euro(total_minor), euro(64)),
        deposit=euro(400),
        due=euro(0),
        refund=euro(0),
        shares=split(euro(total_minor), TERMS),
    )


def test_a_journal_is_posted_with_its_transfers_and_balances(store: Store) -> None:
    posted = post(store, top_up("one", 500))

    with store.reading() as tx:
        journals = list(tx.ledger.journals())
        balance = tx.ledger.balance(WALLET, "EUR")
    assert posted
    assert journals == [(NOON, top_up("one", 500))]
    assert balance == Balance(WALLET, "EUR", debits_minor=0, credits_minor=500)


def test_a_second_delivery_of_a_key_changes_nothing(store: Store) -> None:
    post(store, top_up("one", 500))

    posted = post(store, top_up("one", 900))

    assert not posted
    assert balances(store) == {SIM: (500, 0), WALLET: (0, 500)}


def test_a_posted_key_is_known(store: Store) -> None:
    post(store, top_up("one", 500))

    with store.reading() as tx:
        assert tx.ledger.has_journal("one")
        assert not tx.ledger.has_journal("two")


def test_an_overdrawn_escrow_is_refused_and_nothing_is_written(store: Store) -> None:
    escrow = ledger.escrow(ReservationId(7))
    post(store, Journal("in", "deposit", (Transfer(SIM, escrow, euro(400)),)))
    too_much = (
        Transfer(SIM, WALLET, euro(5)),
        Transfer(escrow, ledger.COMMISSION, euro(401)),
    )

    with pytest.raises(Overdrawn) as refused:
        post(store, Journal("out", "settlement", too_much))

    assert refused.value.account == escrow
    assert balances(store) == sums_of_transfers(store) == {SIM: (400, 0), escrow: (0, 400)}


HALF = 2**62
"""Two of it are 2^63: one more than 64 bits can hold."""


@pytest.mark.parametrize(
    ("second", "whose"),
    [
        pytest.param((HALF,), SIM, id="by what lay there already"),
        pytest.param((HALF - 1, 1), SIM, id="by all of a journal together"),
        pytest.param((HALF, HALF), SIM, id="by the sums of one journal alone"),
    ],
)
def test_a_sum_beyond_64_bits_is_refused_and_nothing_is_written(
    store: Store, second: tuple[int, ...], whose: str
) -> None:
    post(store, top_up("one", HALF))
    transfers = tuple(Transfer(SIM, ledger.till("desk"), euro(minor)) for minor in second)

    with pytest.raises(Overfull) as refused:
        post(store, Journal("two", "float", (Transfer(WALLET, ledger.VAT, euro(5)), *transfers)))

    assert refused.value.account == whose
    assert balances(store) == sums_of_transfers(store) == {SIM: (HALF, 0), WALLET: (0, HALF)}


def test_the_last_unit_that_64_bits_can_hold_is_kept_exactly(store: Store) -> None:
    post(store, top_up("one", HALF))
    post(store, top_up("two", HALF - 1))

    assert balances(store) == {SIM: (2**63 - 1, 0), WALLET: (0, 2**63 - 1)}
    with pytest.raises(Overfull):
        post(store, top_up("three", 1))


def test_who_catches_an_overfull_account_cannot_commit(store: Store) -> None:
    post(store, top_up("one", HALF))

    with (
        pytest.raises(AssertionError, match="about to be committed"),
        store.transaction() as tx,
        contextlib.suppress(Overfull),
    ):
        tx.ledger.post(top_up("two", HALF), NOON)


def test_a_guarded_account_cannot_begin_overdrawn(store: Store) -> None:
    with pytest.raises(Overdrawn):
        post(store, Journal("out", "pay", (Transfer(WALLET, SIM, euro(1)),)))

    assert balances(store) == {}


def test_a_refused_journal_cannot_be_committed_by_catching_the_refusal(store: Store) -> None:
    with pytest.raises(AssertionError, match="about to be committed"):
        post_and_catch(store, Journal("out", "pay", (Transfer(WALLET, SIM, euro(1)),)))

    assert balances(store) == sums_of_transfers(store) == {}


def test_a_guard_looks_at_a_journal_as_a_whole(store: Store) -> None:
    through = (Transfer(WALLET, ledger.VAT, euro(300)), Transfer(SIM, WALLET, euro(300)))

    posted = post(store, Journal("through", "pay", through))

    assert posted
    assert balances(store)[WALLET] == (300, 300)


def test_an_account_that_may_owe_is_not_guarded(store: Store) -> None:
    owed = (Transfer(ledger.COMMISSION, SIM, euro(300)),)

    assert post(store, Journal("claw-back", "correction", owed))


def test_two_currencies_of_one_account_are_two_balances(store: Store) -> None:
    yen = Money(900, "JPY")
    post(store, top_up("euro", 500))
    post(store, Journal("yen", "top-up", (Transfer(SIM, WALLET, yen),)))

    with store.reading() as tx:
        assert tx.ledger.balance(WALLET, "JPY").owed == yen
        assert tx.ledger.balance(WALLET, "EUR").owed == euro(500)


def test_balances_are_found_by_the_start_of_their_name(store: Store) -> None:
    other = ledger.wallet(DriverId(12))
    post(store, top_up("one", 500))
    post(store, Journal("two", "top-up", (Transfer(SIM, other, euro(7)),)))

    with store.reading() as tx:
        found = [each.account for each in tx.ledger.balances_like("wallet:")]
        none = tx.ledger.balances_like("escrow:")

    assert found == [WALLET, other]
    assert none == ()


def test_journals_are_told_for_a_span_of_time(store: Store) -> None:
    with store.transaction() as tx:
        tx.ledger.post(top_up("before", 1), NOON - timedelta(seconds=1))
        tx.ledger.post(top_up("first", 2), NOON)
        tx.ledger.post(top_up("after", 3), NOON + timedelta(hours=1))

    with store.reading() as tx:
        span = tx.ledger.journals(NOON, NOON + timedelta(hours=1))
        assert [journal.key for _, journal in span] == ["first"]


transfers = st.builds(
    lambda pair, minor: Transfer(pair[0], pair[1], euro(minor)),
    st.tuples(st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS)).filter(lambda p: p[0] != p[1]),
    st.integers(1, 1_000),
)
postings = st.lists(
    st.tuples(st.integers(0, 9), st.lists(transfers, min_size=1, max_size=5)), max_size=12
)


# The books are never emptied between examples: they must stay true whatever came before.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=postings)
def test_the_trial_balance_sums_to_zero_and_no_guard_is_broken(
    store: Store, history: list[tuple[int, list[Transfer]]]
) -> None:
    for key, moved in history:
        post_if_covered(store, Journal(f"key {key}", "random", tuple(moved)))

    kept = balances(store)
    assert kept == sums_of_transfers(store)
    assert sum(debits - credits_ for debits, credits_ in kept.values()) == 0
    guarded = {name for name in kept if ledger.kind_of(name).is_guarded}
    assert all(kept[name][0] <= kept[name][1] for name in guarded)


def test_the_transfers_of_a_reservation_say_what_their_journals_are(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        deposit = Transfer(SIM, ledger.escrow(reservation_id), euro(400))
        tx.ledger.post(Journal("d", "deposit", (deposit,), reservation_id), NOON)
        tx.ledger.post(top_up("of nobody", 5), NOON)

    with site.store.reading() as tx:
        (record,) = tx.ledger.transfers_of(reservation_id)

    assert (record.at, record.journal_key, record.journal_kind) == (NOON, "d", "deposit")
    assert record.transfer == deposit


def test_receipts_are_numbered_without_gaps_and_come_back_as_written(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        numbers = [tx.ledger.add_receipt(a_receipt(reservation_id, 400)) for _ in range(3)]

    with site.store.reading() as tx:
        receipts = tx.ledger.receipts_of(reservation_id)

    assert numbers == [1, 2, 3]
    assert [receipt.number for receipt in receipts] == numbers
    assert receipts[0].charge == a_receipt(reservation_id, 400).charge
    assert receipts[0].shares == split(euro(400), TERMS)


def test_a_number_that_was_rolled_back_is_given_again(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
    with contextlib.suppress(Overdrawn), site.store.transaction() as tx:
        tx.ledger.add_receipt(a_receipt(reservation_id, 400))
        tx.ledger.post(Journal("out", "pay", (Transfer(WALLET, SIM, euro(1)),)), NOON)

    with site.store.transaction() as tx:
        assert tx.ledger.add_receipt(a_receipt(reservation_id, 400)) == 1


def test_the_latest_receipt_says_what_was_charged(site: Site) -> None:
    with site.store.transaction() as tx:
        reservation_id = site.reserve(tx, hours(0, 2))
        before = tx.ledger.settled(reservation_id, "EUR")
        tx.ledger.add_receipt(a_receipt(reservation_id, 400))
        tx.ledger.add_receipt(a_receipt(reservation_id, 600))
        after = tx.ledger.settled(reservation_id, "EUR")

    assert (before, after) == (Shares.nothing("EUR"), split(euro(600), TERMS))
