"""The promise of PaymentAdapter, held by every adapter: wallet, fleet and the provider.

What only a provider with books of its own can break (keys, refunds, authorisations) stands in
test_provider.py; what goes wrong on the way to it in test_faults.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import (
    MORE_THAN_AUTHORISED,
    UNSUPPORTED,
    Declined,
    NotSent,
    OperationKind,
    PaymentAdapter,
    Succeeded,
)
from kiosk.payments.own_account import OwnAccountAdapter
from kiosk.payments.simulator import SimulatorAdapter, in_process
from tests.payments.recovery import ask, asked, euro, reference

Keys = Callable[[str], OperationKey]
HAS = euro(5000)
"""What every adapter here can take and give, at most."""
AUTHORISED = euro(1000)


@dataclass(frozen=True)
class Bench:
    """One adapter."""

    adapter: PaymentAdapter
    keeps_books: bool = False
    """Its originals are its own references; the others are told what is authorised."""

    def authorised(self, key: OperationKey) -> str:
        """The reference of an authorisation of AUTHORISED."""
        return reference(self.adapter.authorise(asked(key, AUTHORISED.minor)))


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    match request.param:
        case "wallet" | "fleet" as name:
            return Bench(
                OwnAccountAdapter(name, account=f"{name}:1", spendable=HAS, authorised=AUTHORISED)
            )
        case "charging":
            return Bench(in_process(tmp_path / "books", now=_now), keeps_books=True)
        case "in-process":
            adapter = in_process(tmp_path / "books", authorises=True, now=_now)
            return Bench(adapter, keeps_books=True)
        case _:
            real = request.getfixturevalue("over_http")
            assert isinstance(real, SimulatorAdapter)
            return Bench(real, keeps_books=True)


def _now() -> datetime:
    return datetime.now(UTC)


EVERY = ["wallet", "fleet", "charging", "in-process", "over-http"]
OF_AUTHORISATIONS: list[OperationKind] = ["authorise", "increase", "capture", "release"]
OF_SHARES: list[OperationKind] = ["share", "unshare"]
every = pytest.mark.parametrize("bench", EVERY, indirect=True)
ours = pytest.mark.parametrize("bench", ["wallet", "fleet"], indirect=True)
authorising = pytest.mark.parametrize(
    "bench", ["wallet", "fleet", "in-process", "over-http"], indirect=True
)
not_authorising = pytest.mark.parametrize("bench", ["charging"], indirect=True)
not_sharing = pytest.mark.parametrize("bench", ["wallet", "fleet", "charging"], indirect=True)


@every
def test_a_payment_succeeds_with_its_amount_and_a_reference(bench: Bench, key: Keys) -> None:

    answer = bench.adapter.collect(asked(key("pay"), 700))

    assert isinstance(answer, Succeeded)
    assert answer.amount == euro(700)
    assert answer.reference


@every
def test_the_same_key_has_the_same_answer_again(bench: Bench, key: Keys) -> None:
    first = bench.adapter.collect(asked(key("pay"), 700))

    assert bench.adapter.collect(asked(key("pay"), 700)) == first


@every
def test_a_key_that_was_never_asked_is_known_never_to_have_moved_anything(
    bench: Bench, key: Keys
) -> None:
    assert isinstance(bench.adapter.query(key("never")), NotSent)


@every
def test_what_was_taken_can_be_given_back(bench: Bench, key: Keys) -> None:
    taken = reference(bench.adapter.collect(asked(key("pay"), 700)))

    given = bench.adapter.refund(asked(key("back"), 300, original=taken))

    assert isinstance(given, Succeeded)
    assert given.amount == euro(300)


@every
def test_an_abort_never_says_that_money_moved_which_did_not(bench: Bench, key: Keys) -> None:
    assert not isinstance(bench.adapter.abort(key("never")), Succeeded)


@every
def test_a_notice_that_nobody_signed_is_none(bench: Bench, key: Keys) -> None:
    assert bench.adapter.parse_notice({}, b'{"key": "1"}') is None


@every
def test_a_day_before_the_site_reports_nothing(bench: Bench, key: Keys) -> None:
    assert bench.adapter.report(date(2001, 1, 1)) == ()


@every
def test_it_is_reached(bench: Bench, key: Keys) -> None:
    assert bench.adapter.health()


@not_authorising
@pytest.mark.parametrize("kind", OF_AUTHORISATIONS)
def test_what_cannot_authorise_says_that_it_is_unsupported(
    bench: Bench, key: Keys, kind: OperationKind
) -> None:
    assert not bench.adapter.capabilities.can_authorise
    assert ask(bench.adapter, kind, asked(key("it"), original="1")) == UNSUPPORTED


@not_sharing
@pytest.mark.parametrize("kind", OF_SHARES)
def test_what_cannot_share_says_that_it_is_unsupported(
    bench: Bench, key: Keys, kind: OperationKind
) -> None:
    assert not bench.adapter.capabilities.can_share
    assert ask(bench.adapter, kind, asked(key("it"), original="1")) == UNSUPPORTED


@authorising
def test_a_part_of_an_authorisation_is_captured(bench: Bench, key: Keys) -> None:
    original = bench.authorised(key("deposit"))

    answer = bench.adapter.capture(asked(key("exit"), 700, original=original))

    assert bench.adapter.capabilities.has_partial_capture
    assert isinstance(answer, Succeeded)
    assert answer.amount == euro(700)


@authorising
def test_no_more_than_what_is_authorised_is_captured(bench: Bench, key: Keys) -> None:
    original = bench.authorised(key("deposit"))

    answer = bench.adapter.capture(asked(key("exit"), 1001, original=original))

    assert answer == MORE_THAN_AUTHORISED


@authorising
def test_an_authorisation_is_raised(bench: Bench, key: Keys) -> None:
    original = bench.authorised(key("deposit"))

    answer = bench.adapter.increase(asked(key("more"), 400, original=original))

    assert bench.adapter.capabilities.can_increase
    assert isinstance(answer, Succeeded)
    assert answer.amount == euro(400)


@authorising
def test_letting_go_says_how_much_was_reserved(bench: Bench, key: Keys) -> None:
    original = bench.authorised(key("deposit"))

    answer = bench.adapter.release(asked(key("off"), AUTHORISED.minor, original=original))

    assert isinstance(answer, Succeeded)
    assert answer.amount == AUTHORISED


@ours
@pytest.mark.parametrize("kind", ["collect", "authorise", "increase"])
def test_a_limit_of_our_own_is_kept_to_the_cent(
    bench: Bench, key: Keys, kind: OperationKind
) -> None:
    covered = ask(bench.adapter, kind, asked(key("covered"), HAS.minor))
    too_much = ask(bench.adapter, kind, asked(key("too-much"), HAS.minor + 1))

    assert isinstance(covered, Succeeded)
    assert isinstance(too_much, Declined)


def test_a_wallet_pays_out_no_more_than_it_has(key: Keys) -> None:
    wallet = OwnAccountAdapter("wallet", account="wallet:1", spendable=HAS)

    assert isinstance(wallet.payout(asked(key("all"), HAS.minor)), Succeeded)
    assert wallet.payout(asked(key("more"), HAS.minor + 1)) == Declined("not-covered")


def test_a_fleet_is_not_paid_out(key: Keys) -> None:
    fleet = OwnAccountAdapter("fleet", account="fleet", spendable=HAS)

    assert fleet.payout(asked(key("out"))) == UNSUPPORTED
