"""What the pretended provider never does: move money twice, give back what it did not take."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money
from kiosk.payments.adapter import (
    Declined,
    InDoubt,
    NotSent,
    PaymentRequest,
    Rejected,
    ReportLine,
    Succeeded,
)
from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter, in_process
from kiosk.payments.simulator.books import BooksDamaged
from tests.payments.recovery import asked, euro, reference, report_of

Keys = Callable[[str], OperationKey]
ENDED = Rejected("already-ended")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Site:
    """A provider in memory whose clock a test moves, and which can be restarted."""

    def __init__(self, folder: Path) -> None:
        self.books = folder / "books.jsonl"
        self.now = NOON
        self.restart()

    def restart(self) -> None:
        self.adapter = in_process(self.books, authorises=True, now=lambda: self.now)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture(params=["in-process", "over-http"])
def adapter(request: pytest.FixtureRequest, tmp_path: Path) -> SimulatorAdapter:
    if request.param == "in-process":
        return Site(tmp_path).adapter
    real = request.getfixturevalue("over_http")
    assert isinstance(real, SimulatorAdapter)
    return real


def test_the_same_key_with_another_amount_is_refused(adapter: SimulatorAdapter, key: Keys) -> None:
    first = adapter.collect(asked(key("pay"), 700))

    assert adapter.collect(asked(key("pay"), 701)) == Rejected("key-reused")
    assert adapter.query(key("pay")) == first


def test_the_same_key_for_another_operation_is_refused(
    adapter: SimulatorAdapter, key: Keys
) -> None:
    taken = reference(adapter.collect(asked(key("pay"))))

    assert adapter.refund(asked(key("pay"), original=taken)) == Rejected("key-reused")


def test_a_decline_stays_a_decline_under_its_key(adapter: SimulatorAdapter, key: Keys) -> None:
    adapter.fault_next(SimulatedFault.DECLINED)
    adapter.collect(asked(key("pay")))

    assert adapter.collect(asked(key("pay"))) == Declined("card-declined")
    assert adapter.query(key("pay")) == Declined("card-declined")


def test_refunds_never_exceed_what_was_captured(adapter: SimulatorAdapter, key: Keys) -> None:
    original = reference(adapter.authorise(asked(key("deposit"), 1000)))
    captured = reference(adapter.capture(asked(key("exit"), 700, original=original)))

    whole = adapter.refund(asked(key("back"), 700, original=captured))
    more = adapter.refund(asked(key("more"), 1, original=captured))

    assert isinstance(whole, Succeeded)
    assert more == Rejected("more-than-captured")


def test_an_authorisation_itself_is_not_refunded(adapter: SimulatorAdapter, key: Keys) -> None:
    original = reference(adapter.authorise(asked(key("deposit"))))

    answer = adapter.refund(asked(key("back"), original=original))

    assert answer == Rejected("unknown-original")


def test_an_authorisation_is_captured_once(adapter: SimulatorAdapter, key: Keys) -> None:
    original = reference(adapter.authorise(asked(key("deposit"), 1000)))
    adapter.capture(asked(key("exit"), 700, original=original))

    assert adapter.capture(asked(key("again"), 300, original=original)) == ENDED
    assert adapter.release(asked(key("off"), original=original)) == ENDED


def test_what_was_let_go_is_not_captured(adapter: SimulatorAdapter, key: Keys) -> None:
    original = reference(adapter.authorise(asked(key("deposit"))))
    adapter.release(asked(key("off"), original=original))

    assert adapter.capture(asked(key("exit"), 1, original=original)) == ENDED


def test_an_authorisation_that_was_raised_is_captured_up_to_its_new_sum(
    adapter: SimulatorAdapter, key: Keys
) -> None:
    original = reference(adapter.authorise(asked(key("deposit"), 1000)))
    adapter.increase(asked(key("more"), 400, original=original))

    too_much = adapter.capture(asked(key("over"), 1401, original=original))
    whole = adapter.capture(asked(key("exit"), 1400, original=original))

    assert too_much == Rejected("more-than-authorised")
    assert isinstance(whole, Succeeded)


def test_an_authorisation_that_ran_out_is_not_captured(
    adapter: SimulatorAdapter, key: Keys
) -> None:
    original = reference(adapter.authorise(asked(key("deposit"))))
    adapter.expire(original)

    assert adapter.capture(asked(key("exit"), original=original)) == Declined("expired")


def test_an_authorisation_says_its_end_and_keeps_to_it(site: Site) -> None:
    answer = site.adapter.authorise(asked("deposit"))
    assert isinstance(answer, Succeeded)
    assert answer.capture_before == NOON + timedelta(days=7)

    site.now = answer.capture_before - timedelta(seconds=1)
    raised = site.adapter.increase(asked("more", original=answer.reference))
    site.now = answer.capture_before
    captured = site.adapter.capture(asked("exit", original=answer.reference))

    assert isinstance(raised, Succeeded)
    assert raised.capture_before == answer.capture_before
    assert captured == Declined("expired")


def test_no_more_is_shared_than_a_charge_has_left(adapter: SimulatorAdapter, key: Keys) -> None:
    taken = reference(adapter.collect(asked(key("pay"), 700)))
    adapter.share(asked(key("owner"), 500, original=taken))

    assert adapter.share(asked(key("more"), 201, original=taken)) == Rejected("more-than-captured")
    assert isinstance(adapter.share(asked(key("rest"), 200, original=taken)), Succeeded)


def test_a_share_comes_back_once_and_can_be_shared_again(
    adapter: SimulatorAdapter, key: Keys
) -> None:
    taken = reference(adapter.collect(asked(key("pay"), 700)))
    share = reference(adapter.share(asked(key("owner"), 700, original=taken)))

    back = adapter.unshare(asked(key("back"), 700, original=share))
    twice = adapter.unshare(asked(key("twice"), 1, original=share))
    again = adapter.share(asked(key("again"), 700, original=taken))

    assert isinstance(back, Succeeded)
    assert twice == Rejected("more-than-captured")
    assert isinstance(again, Succeeded)


def test_no_more_is_paid_out_than_lies_at_the_provider(site: Site) -> None:
    site.adapter.collect(asked("pay", 700))

    too_much = site.adapter.payout(asked("over", 701))
    whole = site.adapter.payout(asked("all", 700))

    assert too_much == Declined("balance-too-low")
    assert isinstance(whole, Succeeded)


def test_a_charge_that_was_taken_back_by_the_bank_is_not_refunded_as_well(
    adapter: SimulatorAdapter, key: Keys
) -> None:
    taken = reference(adapter.collect(asked(key("pay"), 700)))
    lost = adapter.charge_back(taken)
    refused = adapter.refund(asked(key("back"), 700, original=taken))

    adapter.win_chargeback(lost)
    refunded = adapter.refund(asked(key("later"), 700, original=taken))

    assert refused == Rejected("more-than-captured")
    assert isinstance(refunded, Succeeded)


def test_a_chargeback_is_won_once(site: Site) -> None:
    taken = reference(site.adapter.collect(asked("pay", 700)))
    lost = site.adapter.charge_back(taken)

    site.adapter.win_chargeback(lost)
    site.adapter.win_chargeback(lost)

    assert site.adapter.total("chargeback", "EUR") == euro(0)


def test_half_of_an_order_is_the_answer_to_the_whole_order_again(site: Site) -> None:
    site.adapter.fault_next(SimulatedFault.PARTIAL)
    half = site.adapter.collect(asked("pay", 700))

    assert site.adapter.collect(asked("pay", 700)) == half
    assert site.adapter.total("collect", "EUR") == euro(350)


def test_books_are_ours_alone(site: Site) -> None:
    site.adapter.collect(asked("pay"))

    assert stat.S_IMODE(site.books.stat().st_mode) == 0o600


def test_the_report_has_fees_and_chargebacks_under_the_keys_of_their_charges(
    over_http: SimulatorAdapter, key: Keys
) -> None:
    taken = over_http.collect(asked(key("pay"), 1000))
    over_http.win_chargeback(over_http.charge_back(reference(taken)))

    lines = [line for line in report_of(over_http) if line.key == key("pay")]

    assert isinstance(taken, Succeeded)
    assert taken.fee == euro(40)  # 1.5 % and 25
    assert [_figures(line) for line in lines] == [
        ("collect", 1000, 40),
        ("chargeback", 1000, 1500),
        ("chargeback", -1000, 0),
    ]


def _figures(line: ReportLine) -> tuple[str, int, int]:
    return line.kind, line.amount.minor, line.fee.minor


def test_what_the_provider_pays_our_bank_is_in_its_report(site: Site) -> None:
    site.adapter.collect(asked("pay", 1000))
    site.adapter.refund(asked("back", 300))

    paid = site.adapter.pay_bank("EUR")

    report = site.adapter.report(NOON.date())
    assert not isinstance(report, NotSent)
    assert paid == euro(700)
    assert [_figures(line) for line in report if isinstance(line, ReportLine)] == [
        ("collect", 1000, 0),
        ("refund", 300, 0),
        ("bank", 700, 0),
    ]


def test_a_report_longer_than_a_page_comes_whole_and_of_its_day_alone(site: Site) -> None:
    [site.adapter.collect(asked(f"today:{number}", 1)) for number in range(250)]
    site.now += timedelta(days=1)
    site.adapter.collect(asked("tomorrow", 1))

    report = site.adapter.report(NOON.date())

    assert not isinstance(report, NotSent)
    assert [line.key for line in report if isinstance(line, ReportLine)] == [
        f"today:{number}" for number in range(250)
    ]


def test_a_report_of_which_a_page_is_missing_is_none(site: Site) -> None:
    site.adapter.fault_next(SimulatedFault.GARBAGE, kind="report")

    assert isinstance(site.adapter.report(NOON.date()), NotSent)


def test_a_provider_that_restarts_knows_all_that_it_did(site: Site) -> None:
    original = reference(site.adapter.authorise(asked("deposit", 1000)))
    site.adapter.increase(asked("more", 400, original=original))
    before = site.adapter.report(NOON.date())

    site.restart()

    assert site.adapter.report(NOON.date()) == before
    assert isinstance(site.adapter.capture(asked("exit", 1400, original=original)), Succeeded)
    assert site.adapter.capture(asked("again", 1, original=original)) == ENDED


def test_books_of_before_originals_and_reports_are_still_read(tmp_path: Path) -> None:
    line = {"key": "k", "kind": "collect", "minor": 480, "currency": "EUR", "state": "done"}
    books = tmp_path / "books.jsonl"
    books.write_text(json.dumps({**line, "reference": "sim-000001"}) + "\n")
    site = Site(tmp_path)

    again = site.adapter.collect(PaymentRequest(OperationKey("k"), euro(480)))
    refund = site.adapter.refund(asked("back", 480, original="sim-000001"))

    assert reference(again) == "sim-000001"
    assert isinstance(refund, Succeeded)
    assert site.adapter.total("collect", "EUR") == euro(480)


def test_a_line_that_a_power_cut_left_half_written_never_happened(site: Site) -> None:
    site.adapter.collect(asked("whole"))
    with site.books.open("ab") as file:
        file.write(b'{"key": "half", "kind": "coll')

    site.restart()
    site.adapter.collect(asked("next"))
    site.restart()

    assert isinstance(site.adapter.query(OperationKey("half")), NotSent)
    assert isinstance(site.adapter.query(OperationKey("next")), Succeeded)


def test_books_with_a_damaged_line_are_not_guessed_at(site: Site) -> None:
    site.books.write_bytes(b"rubbish\n")

    with pytest.raises(BooksDamaged):
        site.restart()


def test_a_full_disk_does_nothing_and_is_in_doubt(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.adapter.collect(asked("before"))
    written = site.books.read_bytes()
    monkeypatch.setattr(os, "fsync", _no_room)

    answer = site.adapter.collect(asked("full"))

    monkeypatch.undo()
    assert isinstance(answer, InDoubt)
    assert isinstance(site.adapter.query(OperationKey("full")), NotSent)
    assert site.books.read_bytes() == written


def _no_room(_descriptor: int) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("minor", [0, -1, 2**53 + 1, 2**63])
def test_an_amount_that_is_none_is_rejected(
    adapter: SimulatorAdapter, key: Keys, minor: int
) -> None:
    request = PaymentRequest(key("bad"), Money(minor, "EUR"))

    assert adapter.collect(request) == Rejected("bad-amount")
    assert isinstance(adapter.query(key("bad")), NotSent)


def test_a_refund_in_another_currency_is_rejected(adapter: SimulatorAdapter, key: Keys) -> None:
    taken = reference(adapter.collect(asked(key("pay"), 700)))

    answer = adapter.refund(PaymentRequest(key("back"), Money(700, "JPY"), original=taken))

    assert answer == Rejected("other-currency")


def test_a_key_of_the_providers_own_is_rejected(adapter: SimulatorAdapter) -> None:
    assert adapter.collect(asked("sim:bank:1")) == Rejected("bad-key")
    assert adapter.collect(asked("k" * 201)) == Rejected("bad-key")
