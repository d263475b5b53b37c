"""Owners' statements: their sums are those of the books, and nothing in them names a driver."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain import journals, journals_outside, ledger
from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.ledger import Journal, Transfer
from kiosk.domain.money import Money
from kiosk.domain.payee import Payee
from kiosk.domain.settlement import Shared, Shares, SplitTerms, share_transfers, split
from kiosk.domain.time import Window
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.debt_commands import CashAtDesk, WriteOffDebt
from kiosk.services.statement_papers import amount_text, statement_csv, statement_document
from kiosk.services.statements import LineKind, Statement, statement_of
from tests.fakes.stage import CARD, KIM, NOON, Stage, Wallet, euro
from tests.services.after import charged_back, decide, refund
from tests.services.after import left as left_by_card
from tests.services.coming_back import out_at
from tests.services.paying_out import (
    ALWAYS,
    GOOD_IBAN,
    NIGHTS,
    answer,
    left,
    name_account,
    released,
)
from tests.services.test_leaving_unpaid import left as left_unpaid
from tests.services.test_leaving_unpaid import pay
from tests.services.test_owner_is_merchant import make_owners_merchants

BERLIN = ZoneInfo("Europe/Berlin")
MONTH = Window(NOON, NOON + timedelta(days=30))
TERMS = SplitTerms(1500, 1900, 1000)
ADA = Payee(name="Ada Lovelace", address=("Mill Lane 1",), tax_number="DE 11")


def statement(
    stage: Stage,
    owner_id: OwnerId = ALWAYS,
    span: Window = MONTH,
    now: datetime = MONTH.until,
) -> Statement:
    with stage.site.core.store.reading() as tx:
        return statement_of(tx, owner_id, owner=ADA, span=span, currency="EUR", now=now)


def balance_before(stage: Stage, account: str, at: datetime) -> Money:
    """What the books say of an account at an instant."""
    with stage.site.core.store.reading() as tx:
        found = [each.owed for each in tx.ledger.sums(until=at) if each.account == account]
    return found[0] if found else euro(0)


# A random month -------------------------------------------------------------------------------


def play_month(stage: Stage, seed: int) -> None:
    """Charges, refunds, compensations, merchants and payouts on two owners, as they come."""
    dice = random.Random(seed)
    owner_of = {
        stage.reserve(60, space_id=1).reservation_id: ALWAYS,
        stage.reserve(60, space_id=5, plate="B C 2").reservation_id: ALWAYS,
        stage.reserve(
            60, space_id=2, plate="B D 3", starts_at=NOON + timedelta(hours=8)
        ).reservation_id: NIGHTS,
    }
    at = NOON - timedelta(days=5)
    charged = dict.fromkeys(owner_of, 0)
    with stage.site.core.store.transaction() as tx:
        for number in range(60):
            at += timedelta(minutes=dice.randrange(1, 1400))
            reservation_id = dice.choice(list(owner_of))
            owner_id = owner_of[reservation_id]
            moved = _moved(dice, number, reservation_id, owner_id, charged)
            tx.ledger.post(Journal(f"random:{number}", "random", moved, reservation_id), at)


def _moved(
    dice: random.Random,
    number: int,
    reservation_id: ReservationId,
    owner_id: OwnerId,
    charged: dict[ReservationId, int],
) -> tuple[Transfer, ...]:
    fee = dice.randrange(20, 5000)
    before = split(euro(charged[reservation_id]), TERMS)
    if number % 4 == 3 and charged[reservation_id] > fee:
        charged[reservation_id] -= fee
        back = split(euro(charged[reservation_id]), TERMS) - before
        return journals.refund_granted(reservation_id, Shared.to(owner_id, back))
    if number % 7 == 6:
        return journals.compensated_by_owner(reservation_id, owner_id, euro(fee))
    charged[reservation_id] += fee
    shares = split(euro(charged[reservation_id]), TERMS) - before
    if number % 5 == 4:
        held = ledger.held_by_owner(owner_id)
        paid = journals.paid_in(reservation_id, account=held, amount=euro(fee))
        divided = share_transfers(reservation_id, Shared.to(owner_id, shares))
        return (*paid, *divided, *journals_outside.shared_by_merchant(owner_id, shares))
    paid = journals.paid_in(reservation_id, account=ledger.psp("simulator"), amount=euro(fee))
    return (*paid, *share_transfers(reservation_id, Shared.to(owner_id, shares)))


@pytest.mark.parametrize("seed", range(3))
def test_the_sums_of_a_random_month_are_those_of_the_books(stage: Stage, seed: int) -> None:
    play_month(stage, seed)

    both = [statement(stage, each) for each in (ALWAYS, NIGHTS)]

    accounts = [ledger.owner(each) for each in (ALWAYS, NIGHTS)]
    assert [each.opening for each in both] == [
        balance_before(stage, account, MONTH.from_) for account in accounts
    ]
    assert [each.closing for each in both] == [
        balance_before(stage, account, MONTH.until) for account in accounts
    ]
    kinds = {line.kind for each in both for line in each.lines}
    assert kinds == {LineKind.STAY, LineKind.BACK, LineKind.DIRECT}
    shared = [line.shares for each in both for line in each.lines if line.kind in kinds]
    assert sum((each.vat for each in shared), euro(0)) == moved_on(stage, ledger.VAT)
    assert sum((each.commission for each in shared), euro(0)) == moved_on(stage, ledger.COMMISSION)


def moved_on(stage: Stage, account: str) -> Money:
    """By how much an account grew in the month."""
    after = balance_before(stage, account, MONTH.until)
    return after - balance_before(stage, account, MONTH.from_)


def test_two_halves_of_a_month_are_the_month_and_share_no_line(stage: Stage) -> None:
    play_month(stage, 9)
    whole = statement(stage)
    middle = whole.lines[len(whole.lines) // 2].at

    first = statement(stage, span=Window(MONTH.from_, middle))
    second = statement(stage, span=Window(middle, MONTH.until))

    assert first.lines + second.lines == whole.lines
    assert (first.closing, second.closing) == (second.opening, whole.closing)


# A stay ---------------------------------------------------------------------------------------


def test_a_stay_stands_there_with_its_minutes_its_parts_and_its_tax(
    stage: Stage, ada: Wallet
) -> None:
    ticket = left(stage, ada)

    (line,) = statement(stage).lines

    with stage.site.core.store.reading() as tx:
        (receipt,) = tx.ledger.receipts_of(ticket.reservation_id)
    assert (line.kind, line.space, line.minutes) == (LineKind.STAY, "A01", 60)
    assert line.shares == receipt.shares == split(euro(240), TERMS)
    assert line.tax == receipt.charge.tax


def test_a_payout_stands_there_by_the_name_that_the_bank_knows_and_comes_back(
    stage: Stage, ada: Wallet
) -> None:
    name_account(stage, ALWAYS, GOOD_IBAN)
    left(stage, ada)
    stage.site.clock.jump(timedelta(days=2))
    run = released(stage)
    answer(stage, run, ("S17R1O1", "closed"))

    lines = statement(stage).lines[1:]

    assert [(line.kind, line.shares.owner, line.reference) for line in lines] == [
        (LineKind.PAYOUT, euro(-174), "S17R1O1"),
        (LineKind.RETURNED, euro(174), "S17R1O1"),
    ]
    assert statement(stage).closing == euro(174)


# Tax ------------------------------------------------------------------------------------------


def taxes(stage: Stage) -> list[tuple[str, int, int]]:
    """Kind, fee and tax of each line, in cents."""
    return [
        (line.kind.value, line.shares.total.minor, -1 if line.tax is None else line.tax.minor)
        for line in statement(stage).lines
    ]


def test_what_is_given_back_takes_its_tax_with_it_as_the_corrective_receipts_say(
    stage: Stage,
) -> None:
    reservation_id = left_by_card(stage).reservation_id
    notes = [refund(stage, reservation_id, minor).correction.tax.minor for minor in (200, 280)]

    (stay, *back) = taxes(stage)

    assert stay == ("stay", 480, 77)
    assert back == [("taken-back", -200, -notes[0]), ("taken-back", -280, -notes[1])]
    assert sum(notes) == 77


def test_a_lost_chargeback_takes_the_tax_and_a_won_one_brings_it_again(stage: Stage) -> None:
    case = charged_back(stage, left_by_card(stage).reservation_id, 480)
    decide(stage, decide(stage, case, is_lost=True), is_lost=False)

    lines = taxes(stage)

    assert lines == [("stay", 480, 77), ("taken-back", -480, -77), ("stay", 480, 77)]


def test_what_was_lost_before_the_exit_takes_the_tax_of_what_it_settles(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    decide(stage, charged_back(stage, ticket.reservation_id, 480), is_lost=True)

    out_at(stage, ticket, 119)

    assert taxes(stage) == [("stay", 480, 77), ("taken-back", -480, -77)]


def test_a_chargeback_of_an_owner_who_is_the_merchant_stands_there_too(stage: Stage) -> None:
    make_owners_merchants(stage)
    case = charged_back(stage, left_by_card(stage).reservation_id, 480)
    decide(stage, case, is_lost=True)

    made = statement(stage)

    direct = [line.shares.owner.minor for line in made.lines if line.kind is LineKind.DIRECT]
    assert direct == [-347, 347]
    assert [each for each in taxes(stage) if each[0] != "taken-directly"] == [
        ("stay", 480, 77),
        ("taken-back", -480, -77),
    ]
    assert made.closing == euro(0)


def test_what_was_left_unpaid_is_taxed_when_it_is_paid(stage: Stage, ada: Wallet) -> None:
    code = left_unpaid(stage, ada, SimulatedFault.DECLINED).code
    before = taxes(stage)

    pay(stage, code, CashAtDesk("desk-1", stage.attendant_id))

    assert before == [("stay", 480, 77)]
    assert taxes(stage) == [*before, ("stay", 120, 19)]  # 6.00 hold 0.96


def test_what_was_given_up_is_never_taxed_and_takes_none_with_it(
    stage: Stage, ada: Wallet
) -> None:
    debt = left_unpaid(stage, ada, SimulatedFault.DECLINED)
    why = WriteOffDebt(
        actor=KIM, attendant_id=stage.attendant_id, code=debt.code, reason="unknown"
    )
    stage.site.do(why)
    refund(stage, debt.covered.bill.reservation_id, 480)

    assert taxes(stage) == [("stay", 480, 77), ("taken-back", -480, -77)]


def test_a_compensation_beside_the_fee_has_no_tax_in_it(stage: Stage, ada: Wallet) -> None:
    reservation_id = left(stage, ada).reservation_id
    made = journals.compensated_by_owner(reservation_id, ALWAYS, euro(100))
    with stage.site.core.store.transaction() as tx:
        tx.ledger.post(Journal("recall", journals.COMPENSATION, made, reservation_id), stage.now)

    assert taxes(stage)[1] == ("taken-back", -100, 0)


# On paper -------------------------------------------------------------------------------------


def test_the_csv_adds_up_line_by_line_and_names_no_driver(stage: Stage, ada: Wallet) -> None:
    left(stage, ada)
    play_month(stage, 3)
    made = statement(stage)

    content = statement_csv(made, BERLIN)

    assert content.count(b"\r\n") == len(made.lines) + 3
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert (rows[0]["kind"], rows[-1]["kind"]) == ("opening", "closing")
    cents = [round(float(row["owner"]) * 100) for row in rows[1:-1]]
    start = round(float(rows[0]["balance"]) * 100)
    assert start + sum(cents) == round(float(rows[-1]["balance"]) * 100) == made.closing.minor
    assert b"B AB 1" not in content
    assert b"Ada" not in content


def test_amounts_have_the_places_of_their_currency() -> None:
    texts = [amount_text(Money(-1_234_567, each)) for each in ("EUR", "JPY", "KWD")]
    assert texts == ["−12,345.67", "−1,234,567", "−1,234.567"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("Owner's statement", "Closing balance")), ("zh_CN", ("业主对账单", "期末余额"))],
)
def test_the_paper_speaks_the_language_of_the_site_and_ends_with_the_balance(
    stage: Stage, ada: Wallet, language: str, words: tuple[str, str]
) -> None:
    left(stage, ada)
    document = statement_document(
        statement(stage),
        operator=Payee(name="Small", tax_number="DE 99"),
        zone=BERLIN,
        language="en" if language == "en" else "zh_CN",
    )
    assert (document.title, document.totals[-1].name) == words
    assert document.totals[-1].value == "1.74"
    assert document.sender == ("Small", "DE 99")
    assert document.address == ("Ada Lovelace", "Mill Lane 1")
    assert [len(table.rows) for table in document.tables] == [1, 0, 0]
    assert "B AB 1" not in repr(document)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Owner's statement, so far", "So far, as of", "Balance so far, as of {at}")),
        ("zh_CN", ("业主对账单（未截止）", "暂计至", "暂计余额（截至 {at}）")),
    ],
)
def test_a_statement_of_a_month_that_is_not_over_says_until_when_it_was_written(
    stage: Stage, ada: Wallet, language: str, words: tuple[str, str, str]
) -> None:
    left(stage, ada)
    early = statement(stage, now=MONTH.until - timedelta(seconds=1))
    paper, whole = (
        statement_document(
            each,
            operator=Payee(name="Small"),
            zone=BERLIN,
            language="en" if language == "en" else "zh_CN",
        )
        for each in (early, statement(stage))
    )
    at = "2026-07-01\u00a013:59"

    title, name, balance = words
    assert (paper.title, paper.totals[-1].name) == (title, balance.format(at=at))
    assert [fact.value for fact in paper.facts if fact.name == name] == [at]
    assert len(paper.notes) == len(whole.notes) + 1
    assert at not in repr(whole)
    assert name not in repr(whole)


def test_the_last_row_of_a_month_that_is_not_over_is_no_closing_balance(
    stage: Stage, ada: Wallet
) -> None:
    left(stage, ada)
    rows = [
        statement_csv(statement(stage, now=now), BERLIN).decode().splitlines()[-1]
        for now in (MONTH.until - timedelta(hours=1), MONTH.until)
    ]
    assert [row.split(",")[:2] for row in rows] == [
        ["2026-07-01T13:00:00+02:00", "so-far"],
        ["2026-07-01T14:00:00+02:00", "closing"],
    ]


def test_what_goes_to_displaced_drivers_is_no_part_of_an_owners_fee(stage: Stage) -> None:
    mine, theirs = (
        stage.reserve(60, space_id=number, plate=f"B E {number}").reservation_id
        for number in (1, 5)
    )
    moved = (
        *journals.paid_in(mine, account=ledger.psp("simulator"), amount=euro(1000)),
        *share_transfers(mine, Shared.to(ALWAYS, split(euro(1000), TERMS))),
        Transfer(ledger.COMMISSION, ledger.refund_due(theirs), euro(50)),
    )
    with stage.site.core.store.transaction() as tx:
        tx.ledger.post(Journal("one", "settle", moved, mine), NOON)
    (line,) = statement(stage).lines
    assert line.shares == split(euro(1000), TERMS)
    assert line.shares != Shares.nothing("EUR")
    assert replace(line, space="").reservation_id == mine
