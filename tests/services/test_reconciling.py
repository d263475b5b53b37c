"""A provider's report of a day against our books: nothing is lost, nothing is explained away."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Literal

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.payments.adapter import (
    NotSent,
    OperationKind,
    PaymentRequest,
    ReportLine,
    UnreadableLine,
)
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.events import ReportImpossible, SiteChanged
from kiosk.services.reconcile import Reconciled, compare, explain, reconcile
from tests.fakes.stage import CARD, EXIT, KIM, Stage, euro

FIRST = ReservationId(1)
Kind = OperationKind | Literal["chargeback", "fee", "bank"]


def report(stage: Stage) -> tuple[ReportLine, ...]:
    lines = stage.site.simulator.report(stage.now.date())
    assert isinstance(lines, tuple)
    return tuple(line for line in lines if isinstance(line, ReportLine))


def run(stage: Stage, lines: tuple[ReportLine | UnreadableLine, ...] | None = None) -> Reconciled:
    core, day = stage.site.core, stage.now.date()
    if lines is not None:
        return compare(core, "simulator", day, lines)
    found = reconcile(core, "simulator", day)
    assert isinstance(found, Reconciled)
    return found


def left_once(stage: Stage) -> None:
    ticket = stage.inside(CARD)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)


def told(stage: Stage) -> list[str]:
    with stage.site.core.store.reading() as tx:
        return [row.action for row in tx.audit.latest(50) if row.action.startswith("report.")]


def test_an_honest_day_matches_line_by_line(authorising: Stage) -> None:
    stage = authorising
    left_once(stage)
    before = stage.books()

    found = run(stage)

    assert (found.matched, found.is_clean, found.queried) == (2, True, [])
    assert stage.books() == before
    assert told(stage) == []


def test_a_line_that_we_know_nothing_of_waits_in_suspense_and_tells_the_desk(
    authorising: Stage,
) -> None:
    stage = authorising
    stage.site.simulator.collect(PaymentRequest(OperationKey("who?"), euro(700)))

    found = run(stage)
    again = run(stage)

    assert found.theirs_only == again.theirs_only == ["who?"]
    assert stage.books() == {"psp:simulator": -700, "suspense:simulator": 700}
    assert told(stage).count("report.unexplained") == 1


def test_what_is_explained_later_is_cleared_once(authorising: Stage) -> None:
    stage = authorising
    stage.site.simulator.collect(PaymentRequest(OperationKey("who?"), euro(700)))
    run(stage)
    ((key,),) = stage.sql("SELECT key FROM journal WHERE kind = 'suspense'")

    with stage.site.core.store.transaction() as tx:
        first = explain(stage.site.core, tx, str(key), account=ledger.psp("simulator"), actor=KIM)
        second = explain(stage.site.core, tx, str(key), account=ledger.psp("simulator"), actor=KIM)

    assert (first, second) == (True, False)
    assert stage.books() == {}


def test_a_line_twice_counts_once_and_the_second_waits_in_suspense(authorising: Stage) -> None:
    stage = authorising
    left_once(stage)
    before = stage.books()
    capture = next(line for line in report(stage) if line.kind == "capture")

    found = run(stage, (*report(stage), capture))
    run(stage, (*report(stage), capture))

    assert found.different == [capture.key]
    after = stage.books()
    assert after.pop("suspense:simulator") == 240
    assert after.pop("psp:simulator") == before.pop("psp:simulator") - 240
    assert after == before


@pytest.mark.parametrize("minor", [200, 300])
def test_another_amount_than_ours_puts_the_difference_in_suspense(
    authorising: Stage, minor: int
) -> None:
    stage = authorising
    left_once(stage)
    lines = tuple(
        dataclasses.replace(line, amount=euro(minor)) if line.kind == "capture" else line
        for line in report(stage)
    )

    found = run(stage, lines)

    assert len(found.different) == 1
    assert stage.books()["psp:simulator"] == -minor
    assert stage.books()["suspense:simulator"] == minor - 240


def test_a_line_that_is_missing_is_asked_for_and_told_when_the_provider_knows_nothing(
    authorising: Stage,
) -> None:
    stage = authorising
    left_once(stage)
    before = stage.books()

    known = run(stage, ())
    stage.site.simulator.query = lambda _key: NotSent()  # type: ignore[assignment, method-assign]
    unknown = run(stage, ())

    assert len(known.ours_only) == len(unknown.ours_only) == 1
    assert told(stage).count("report.missing") == 1
    assert stage.books() == before


def test_a_payment_whose_answer_was_lost_is_found_by_the_report(authorising: Stage) -> None:
    stage = authorising
    reserved = stage.reserve()
    stage.site.simulator.fault_next(SimulatedFault.ANSWER_LOST_AFTER_DOING, kind="authorise")
    stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    found = run(stage)

    assert found.queried == ["card"]
    assert stage.operation("card") == "succeeded"
    assert run(stage).matched == 1


def asked_again(stage: Stage) -> int:
    """How often the screens were told to ask again for what they show."""
    return sum(isinstance(event, SiteChanged) for event in stage.site.events)


def test_a_report_that_changes_nothing_tells_nobody(authorising: Stage) -> None:
    stage = authorising
    left_once(stage)
    before = asked_again(stage)

    run(stage)
    run(stage)

    assert asked_again(stage) == before
    assert not any(isinstance(event, ReportImpossible) for event in stage.site.events)


def test_a_report_that_explains_what_one_had_left_open_tells_the_screens(
    authorising: Stage,
) -> None:
    stage = authorising
    left_once(stage)
    stage.site.simulator.pay_bank("EUR")
    before = asked_again(stage)

    run(stage)
    booked = asked_again(stage)
    run(stage, ())
    missed = asked_again(stage)
    with stage.site.core.store.transaction() as tx:
        (key,) = (each.key for each in tx.payments.of_reservation(FIRST) if each.kind == "capture")
        tx.missing.add(OperationKey(key), at=stage.now)
    run(stage)

    assert (booked, asked_again(stage)) == (before + 1, missed + 1)


def test_a_fee_that_only_the_report_says_is_booked_once(authorising: Stage) -> None:
    stage = authorising
    left_once(stage)
    with stage.site.core.store.transaction() as tx:
        tx.payments._session.run("UPDATE operation SET fee_minor = NULL")
    lines = tuple(
        dataclasses.replace(line, fee=euro(12)) if line.kind == "capture" else line
        for line in report(stage)
    )

    run(stage, lines)
    run(stage, lines)

    assert stage.books()["provider-fees"] == -12
    assert stage.books()["psp:simulator"] == -240 + 12


def test_what_the_provider_pays_our_bank_is_booked_once(authorising: Stage) -> None:
    stage = authorising
    left_once(stage)
    stage.site.simulator.pay_bank("EUR")

    run(stage)
    run(stage)

    books = stage.books()
    assert (books["bank"], books.get("psp:simulator", 0)) == (-240, 0)


def test_a_chargeback_of_the_report_is_opened_once(authorising: Stage) -> None:
    stage = authorising
    left_once(stage)
    capture = next(line for line in report(stage) if line.kind == "capture")
    stage.site.simulator.charge_back(capture.reference)

    run(stage)
    found = run(stage)

    books = stage.books()
    assert found.theirs_only == []
    assert (books["psp:simulator:disputed"], books.get("psp:simulator", 0)) == (-240, 0)


@pytest.mark.parametrize(
    ("kind", "amount", "fee"),
    [
        ("bank", euro(0), euro(0)),
        ("bank", euro(-5), euro(0)),
        ("bank", euro(2**63), euro(0)),
        ("fee", euro(0), euro(0)),
        ("collect", euro(0), euro(0)),
        ("collect", Money(5, "JPY"), euro(0)),
        ("refund", euro(0), euro(0)),
        ("chargeback", euro(0), euro(0)),
        ("capture", euro(240), euro(-1)),
        ("capture", euro(240), euro(2**63)),
        ("capture", euro(240), Money(1, "USD")),
        ("release", euro(-1), euro(0)),
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_a_line_that_cannot_be_is_told_in_words_and_stops_no_other(
    authorising: Stage, kind: Kind, amount: Money, fee: Money, is_known: bool
) -> None:
    stage = authorising
    left_once(stage)
    before, honest = stage.books(), report(stage)
    key = honest[-1].key if is_known else OperationKey("who?")
    bad = ReportLine(key, kind, "r", amount, fee, stage.now)

    found = run(stage, (bad, *honest))

    assert stage.last(ReportImpossible) == ReportImpossible(
        "simulator", stage.now.date(), tuple(found.impossible)
    )
    assert (found.matched, found.is_clean, len(found.impossible)) == (2, False, 1)
    assert stage.books() == before
    assert told(stage) == ["report.impossible", "report.differs"]


@pytest.mark.parametrize("words", ["\ud800", "a\x00b"])
def test_a_line_whose_words_cannot_be_kept_is_told_and_stops_no_other(
    authorising: Stage, words: str
) -> None:
    stage = authorising
    left_once(stage)
    before, honest = stage.books(), report(stage)
    at = stage.now
    by_key = ReportLine(OperationKey(words), "collect", "r", euro(5), euro(0), at)
    by_number = ReportLine(OperationKey("who?"), "collect", words, euro(5), euro(0), at)

    found = run(stage, (by_key, by_number, UnreadableLine("{}"), *honest))

    assert (found.matched, len(found.impossible)) == (2, 3)
    assert found.impossible[-1] == "unreadable: {}"
    assert stage.books() == before


def test_the_night_reconciles_the_day_before_by_itself(authorising: Stage) -> None:
    stage = authorising
    stage.site.simulator.collect(PaymentRequest(OperationKey("who?"), euro(700)))

    stage.site.clock.jump(timedelta(hours=13))
    stage.wait(seconds=2)

    assert stage.books()["suspense:simulator"] == 700
