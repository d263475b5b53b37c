"""Every operation with every fault over real HTTP: afterwards both sides know the same.

The rule is recovery.carry_out: what is in doubt is queried, what was never done is sent again
under the same key. A fault that no process can play (unreachable) is a port where nobody is.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import (
    Declined,
    InDoubt,
    NotSent,
    OperationKind,
    Succeeded,
)
from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter
from kiosk.payments.simulator.over_http import OverHttp
from tests.payments.recovery import (
    DEADLINE_S,
    ask,
    asked,
    at_provider,
    believed,
    carry_out,
    euro,
    reference,
)

Keys = Callable[[str], OperationKey]
F = SimulatedFault
KINDS: list[OperationKind] = [
    "collect",
    "authorise",
    "increase",
    "capture",
    "release",
    "refund",
    "share",
    "unshare",
    "payout",
]
PLAYED = [fault for fault in F if fault is not F.UNREACHABLE]
DOUBTED = [
    F.ANSWER_LOST_AFTER_DOING,
    F.ANSWER_LATE,
    F.ERROR_AFTER_DOING,
    F.ERROR_BEFORE_DOING,
    F.WRONG_AMOUNT,
    F.CONNECTION_CLOSED,
    F.GARBAGE,
    F.ANSWER_LOST_BEFORE_DOING,
]
"""After these nobody can know."""
UNDONE = {F.ERROR_BEFORE_DOING, F.ANSWER_LOST_BEFORE_DOING}
OF_QUERIES = [fault for fault in DOUBTED if fault not in {F.WRONG_AMOUNT, F.ANSWER_LATE}]


def original(adapter: SimulatorAdapter, kind: OperationKind, key: Keys) -> str | None:
    """What an operation of this kind needs to stand on."""
    if kind in {"collect", "authorise"}:
        return None
    if kind in {"increase", "capture", "release"}:
        return reference(adapter.authorise(asked(key("deposit"))))
    taken = reference(adapter.collect(asked(key("taken"), 2000)))
    if kind == "unshare":
        return reference(adapter.share(asked(key("shared"), original=taken)))
    return None if kind == "payout" else taken


def limit_s(fault: SimulatedFault) -> float:
    """Nobody waits longer than needed for what comes too late."""
    return DEADLINE_S if fault is F.ANSWER_LATE else 10.0


@pytest.mark.parametrize("fault", PLAYED, ids=lambda fault: fault.value)
@pytest.mark.parametrize("kind", KINDS)
def test_after_every_fault_the_providers_objects_equal_our_successes(
    over_http: SimulatorAdapter, key: Keys, kind: OperationKind, fault: SimulatedFault
) -> None:
    request = asked(key("it"), original=original(over_http, kind, key), deadline_s=limit_s(fault))
    over_http.fault_next(fault)

    answer = carry_out(over_http, kind, request)

    assert isinstance(answer, Succeeded | Declined)
    assert at_provider(over_http, request.key) == believed(kind, answer)
    assert isinstance(answer, Declined) == (fault in {F.DECLINED, F.EXPIRED})


@pytest.mark.parametrize("fault", DOUBTED, ids=lambda fault: fault.value)
def test_what_is_not_clear_is_doubt_and_never_a_no(
    over_http: SimulatorAdapter, key: Keys, fault: SimulatedFault
) -> None:
    over_http.fault_next(fault)

    answer = over_http.collect(asked(key("pay"), deadline_s=limit_s(fault)))

    assert isinstance(answer, InDoubt)
    assert isinstance(over_http.query(key("pay")), NotSent) == (fault in UNDONE)


@pytest.mark.parametrize("fault", OF_QUERIES, ids=lambda fault: fault.value)
def test_a_query_that_goes_wrong_proves_nothing(
    over_http: SimulatorAdapter, key: Keys, fault: SimulatedFault
) -> None:
    done = over_http.collect(asked(key("pay")))
    over_http.fault_next(fault, kind="query")

    assert isinstance(over_http.query(key("pay")), InDoubt)
    assert over_http.query(key("pay")) == done


def test_a_provider_that_is_not_there_was_sent_nothing_and_says_nothing(key: Keys) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        adapter = SimulatorAdapter(OverHttp(nobody.getsockname()[1], notice_secret=b""))

        assert isinstance(adapter.collect(asked(key("pay"))), NotSent)
        assert isinstance(adapter.query(key("pay")), InDoubt)
        assert isinstance(adapter.report(datetime.now(UTC).date()), NotSent)
        assert not adapter.health()


def test_a_fault_of_one_kind_waits_for_that_kind(over_http: SimulatorAdapter, key: Keys) -> None:
    over_http.fault_next(F.DECLINED, kind="refund")

    taken = over_http.collect(asked(key("pay")))
    refund = over_http.refund(asked(key("back"), original=reference(taken)))

    assert refund == Declined("card-declined")


def test_the_next_requests_meet_one_fault_each(over_http: SimulatorAdapter, key: Keys) -> None:
    over_http.fault_next(F.DECLINED, F.EXPIRED)

    answers = [over_http.collect(asked(key(name))) for name in ("a", "b", "c")]

    assert answers[:2] == [Declined("card-declined"), Declined("expired")]
    assert isinstance(answers[2], Succeeded)


def test_half_of_an_amount_is_told_as_half(over_http: SimulatorAdapter, key: Keys) -> None:
    over_http.fault_next(F.PARTIAL)

    answer = over_http.collect(asked(key("pay"), 700))

    assert isinstance(answer, Succeeded)
    assert answer.amount == euro(350)


def test_a_late_answer_goes_out_when_it_is_let_go(over_http: SimulatorAdapter, key: Keys) -> None:
    over_http.fault_next(F.ANSWER_LATE)
    over_http.let_go()

    assert isinstance(over_http.collect(asked(key("pay"))), Succeeded)


def test_an_authorisation_runs_out_at_the_provider(over_http: SimulatorAdapter, key: Keys) -> None:
    deposit = original(over_http, "capture", key)
    over_http.fault_next(F.EXPIRED)

    first = ask(over_http, "capture", asked(key("exit"), original=deposit))
    second = ask(over_http, "capture", asked(key("again"), original=deposit))

    assert first == second == Declined("expired")
