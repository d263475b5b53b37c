"""What a provider and the books disagree about: an attendant says what it was, and it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.outcomes import ReasonMissing, TicketIssued, WrongPin
from kiosk.domain.suspense_outcomes import (
    NothingToExplain,
    NotThatOne,
    SuspenseExplained,
    WhatItWas,
)
from kiosk.payments.adapter import NotSent, PaymentRequest, ReportLine
from kiosk.services.after_commands import ExplainSuspense
from kiosk.services.approvals import Proof, SecondPersonNeeded
from kiosk.services.money_alarms import money_alarms
from kiosk.services.reconcile import Reconciled, compare
from kiosk.services.views import OpenCase
from tests.fakes.stage import CARD, EXIT, KIM, Stage, euro
from tests.services.after import LEE, hire_lee, proof, refund

BANK, FEES, DRIVER = WhatItWas.BANK, WhatItWas.PROVIDER_FEES, WhatItWas.DRIVER


def left_once(stage: Stage) -> TicketIssued:
    """One stay that a card has paid, whose deposit was authorised before: 2.40 are collected."""
    ticket = stage.inside(CARD)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)
    return ticket


def reported(stage: Stage) -> tuple[ReportLine, ...]:
    lines = stage.site.simulator.report(stage.now.date())
    assert isinstance(lines, tuple)
    return tuple(line for line in lines if isinstance(line, ReportLine))


def run(stage: Stage, lines: tuple[ReportLine, ...]) -> Reconciled:
    return compare(stage.site.core, "simulator", stage.now.date(), lines)


def cases(stage: Stage) -> tuple[OpenCase, ...]:
    with stage.site.core.store.reading() as tx:
        return money_alarms(tx)


def more(stage: Stage, minor: int = 700) -> OpenCase:
    """The provider has collected what nobody has asked for."""
    stage.site.simulator.collect(PaymentRequest(OperationKey("who?"), euro(minor)))
    run(stage, reported(stage))
    (case,) = cases(stage)
    return case


def less(stage: Stage, minor: int = 700) -> OpenCase:
    """The provider has given back what nobody has asked for."""
    line = ReportLine(
        key=OperationKey("who?"),
        reference="r-1",
        kind="refund",
        amount=euro(minor),
        fee=euro(0),
        at=stage.now,
    )
    run(stage, (*reported(stage), line))
    (case,) = cases(stage)
    return case


def unknown(stage: Stage) -> OpenCase:
    """Neither the report nor the provider itself knows what our books have collected."""
    stage.site.simulator.query = lambda _key: NotSent()  # type: ignore[assignment, method-assign]
    run(stage, ())
    (case,) = cases(stage)
    return case


def say(
    stage: Stage,
    case: OpenCase,
    was: WhatItWas = BANK,
    *,
    of: ReservationId | None = None,
    by: Proof | None = None,
    reason: str = "a letter of theirs",
) -> object:
    return stage.site.do(
        ExplainSuspense(
            actor=KIM,
            proof=by or proof(stage),
            key=case.key,
            was=was,
            reservation_id=of,
            reason=reason,
        )
    )


def written(stage: Stage, action: str) -> list[str]:
    with stage.site.core.store.reading() as tx:
        return [row.detail for row in tx.audit.latest(50) if row.action == action]


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """What has changed of each account."""
    names = before.keys() | after.keys()
    changed = {name: after.get(name, 0) - before.get(name, 0) for name in names}
    return {name: minor for name, minor in changed.items() if minor}


@pytest.mark.parametrize(("was", "account"), [(BANK, "bank"), (FEES, "provider-fees")])
def test_what_is_in_suspense_goes_to_where_it_belongs_and_the_desk_is_rid_of_it(
    authorising: Stage, was: WhatItWas, account: str
) -> None:
    case = more(authorising)

    answer = say(authorising, case, was)

    assert answer == SuspenseExplained(euro(700))
    assert authorising.books() == {"psp:simulator": -700, account: 700}
    assert cases(authorising) == ()
    assert written(authorising, "suspense.cleared") == [
        f"{case.key} {was} 700 Kim: a letter of theirs"
    ]


def test_what_a_provider_has_too_much_of_a_driver_waits_for_that_driver(
    authorising: Stage,
) -> None:
    ticket = left_once(authorising)
    case = more(authorising)
    before = authorising.books()
    due = f"refund-due:{ticket.reservation_id}"

    answer = say(authorising, case, DRIVER, of=ticket.reservation_id)

    assert answer == SuspenseExplained(euro(700))
    assert moved(before, authorising.books()) == {"suspense:simulator": -700, due: 700}


def test_what_a_provider_gave_back_must_have_been_due_to_the_driver(authorising: Stage) -> None:
    ticket = left_once(authorising)
    say(authorising, more(authorising), DRIVER, of=ticket.reservation_id)
    case = less(authorising)
    before = authorising.books()
    due = f"refund-due:{ticket.reservation_id}"

    paid = say(authorising, case, DRIVER, of=ticket.reservation_id)

    assert paid == SuspenseExplained(euro(700))
    assert moved(before, authorising.books()) == {"suspense:simulator": 700, due: -700}


@pytest.mark.parametrize("of", [None, ReservationId(999)])
def test_a_driver_is_one_of_a_reservation(authorising: Stage, of: ReservationId | None) -> None:
    case = more(authorising)

    assert say(authorising, case, DRIVER, of=of) == NotThatOne()
    assert cases(authorising) == (case,)


def test_a_driver_to_whom_nothing_was_due_has_not_got_it_back(authorising: Stage) -> None:
    ticket = left_once(authorising)
    case = less(authorising)

    assert say(authorising, case, DRIVER, of=ticket.reservation_id) == NotThatOne()
    assert cases(authorising) == (case,)


def test_it_takes_a_reason_the_pin_again_and_two_persons_for_much(authorising: Stage) -> None:
    hire_lee(authorising)
    case = more(authorising, authorising.site.core.site.refund_two_persons_above_minor + 1)
    before = authorising.books()

    assert say(authorising, case, reason=" ") == ReasonMissing()
    assert isinstance(say(authorising, case, by=proof(authorising, pin="000000")), WrongPin)
    assert say(authorising, case) == SecondPersonNeeded()
    assert (authorising.books(), cases(authorising)) == (before, (case,))
    answer = say(authorising, case, by=proof(authorising, second=LEE))
    assert isinstance(answer, SuspenseExplained)
    assert "Kim + Lee" in written(authorising, "suspense.cleared")[0]


def test_nothing_is_explained_twice_nor_by_a_name_that_nobody_knows(authorising: Stage) -> None:
    case = more(authorising)
    say(authorising, case)
    before = authorising.books()

    assert say(authorising, case, FEES) == NothingToExplain()
    assert authorising.books() == before


def test_what_only_our_books_have_needs_somebody_until_a_later_report_has_it(
    authorising: Stage,
) -> None:
    ticket = left_once(authorising)
    lines = reported(authorising)

    case = unknown(authorising)
    again = unknown(authorising)

    assert (case.kind, case.words, case.reservation_id) == (
        "missing",
        "simulator",
        ticket.reservation_id,
    )
    assert again == case
    assert len(written(authorising, "report.missing")) == 1
    assert run(authorising, lines).is_clean
    assert cases(authorising) == ()
    assert run(authorising, ()).is_clean


@pytest.mark.parametrize(("was", "account"), [(BANK, "bank"), (FEES, "provider-fees")])
def test_what_only_our_books_have_is_explained_and_not_counted_on_any_more(
    authorising: Stage, was: WhatItWas, account: str
) -> None:
    left_once(authorising)
    lines = reported(authorising)
    case = unknown(authorising)
    before = authorising.books()

    answer = say(authorising, case, was)

    assert answer == SuspenseExplained(euro(240))
    assert moved(before, authorising.books()) == {"psp:simulator": 240, account: -240}
    assert cases(authorising) == ()
    assert say(authorising, case, was) == NothingToExplain()
    found = run(authorising, ())
    assert (found.is_clean, len(found.explained)) == (True, 1)
    assert run(authorising, lines).different == found.explained
    assert [each.kind for each in cases(authorising)] == ["suspense-more"]


def test_what_was_not_collected_is_no_drivers(authorising: Stage) -> None:
    left_once(authorising)

    assert say(authorising, unknown(authorising), DRIVER) == NotThatOne()


def test_what_a_provider_never_gave_back_is_due_to_the_driver_again(authorising: Stage) -> None:
    ticket = left_once(authorising)
    refund(authorising, ticket.reservation_id, 100)
    authorising.wait(seconds=3)
    authorising.site.simulator.query = lambda _key: NotSent()  # type: ignore[assignment, method-assign]
    run(authorising, tuple(each for each in reported(authorising) if each.kind != "refund"))
    (case,) = cases(authorising)
    before = authorising.books()

    assert case.kind == "missing-refund"
    assert say(authorising, case, FEES) == NotThatOne()
    assert say(authorising, case, DRIVER) == SuspenseExplained(euro(100))

    due = f"refund-due:{ticket.reservation_id}"
    assert moved(before, authorising.books()) == {"psp:simulator": -100, due: 100}
