"""Notices are believed when they are genuine, fresh and new; they are only hints even then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import Notice, SignedNotice
from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter
from kiosk.payments.simulator.front import Reply
from kiosk.payments.simulator.notices import (
    FRESH_S,
    NOTICE_MOST_BYTES,
    REPLAYS_KEPT,
    NoticeCheck,
    signed,
)
from kiosk.payments.simulator.transport import NotReached
from tests.payments.recovery import asked

Keys = Callable[[str], OperationKey]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECRET = b"of this test"
BODY = b'{"key": "pay"}'


class SecretOnly:
    """A way to a provider of which only the secret is known."""

    notice_secret = SECRET

    def send(self, method: str, target: str, body: bytes, *, deadline_s: float) -> Reply:
        raise NotReached

    def close(self) -> None:
        """Nothing is open."""


class Site:
    """An adapter with a clock of its own."""

    def __init__(self) -> None:
        self.now = NOON
        self.adapter = SimulatorAdapter(SecretOnly(), now=lambda: self.now)

    def told(self, notice: SignedNotice) -> Notice | None:
        return self.adapter.parse_notice(notice.headers, notice.body)


@pytest.fixture
def site() -> Site:
    return Site()


def keys_told(adapter: SimulatorAdapter) -> list[OperationKey | None]:
    told = [adapter.parse_notice(notice.headers, notice.body) for notice in adapter.poll_notices()]
    return [notice.key if notice is not None else None for notice in told]


def test_what_the_provider_did_is_told_by_a_genuine_notice(
    over_http: SimulatorAdapter, key: Keys
) -> None:
    over_http.collect(asked(key("pay")))

    assert keys_told(over_http) == [key("pay")]
    assert keys_told(over_http) == []


def test_asking_again_is_told_no_second_time(over_http: SimulatorAdapter, key: Keys) -> None:
    over_http.collect(asked(key("pay")))
    over_http.collect(asked(key("pay")))

    assert keys_told(over_http) == [key("pay")]


def test_a_notice_that_comes_twice_is_believed_once(
    over_http: SimulatorAdapter, key: Keys
) -> None:
    over_http.fault_next(SimulatedFault.NOTICE_TWICE)
    over_http.collect(asked(key("pay")))

    assert keys_told(over_http) == [key("pay"), None]


def test_notices_out_of_order_are_all_believed(over_http: SimulatorAdapter, key: Keys) -> None:
    over_http.collect(asked(key("first")))
    over_http.fault_next(SimulatedFault.NOTICES_OUT_OF_ORDER)
    over_http.collect(asked(key("second")))

    assert keys_told(over_http) == [key("second"), key("first")]


@pytest.mark.parametrize("late_s", [-FRESH_S, 0, FRESH_S])
def test_a_notice_of_within_five_minutes_is_believed(site: Site, late_s: int) -> None:
    site.now += timedelta(seconds=late_s)

    assert site.told(signed(SECRET, BODY, at=NOON)) == Notice(OperationKey("pay"))


@pytest.mark.parametrize("late_s", [-FRESH_S - 1, FRESH_S + 1])
def test_an_old_notice_and_one_from_the_future_are_not(site: Site, late_s: int) -> None:
    site.now += timedelta(seconds=late_s)

    assert site.told(signed(SECRET, BODY, at=NOON)) is None


def test_a_replayed_notice_is_not_believed_as_long_as_it_is_fresh(site: Site) -> None:
    notice = signed(SECRET, BODY, at=NOON + timedelta(seconds=FRESH_S))
    assert site.told(notice) is not None

    site.now += timedelta(seconds=2 * FRESH_S)
    another = site.told(signed(SECRET, b'{"key": "another"}', at=site.now))

    assert another is not None
    assert site.told(notice) is None


def test_a_notice_signed_with_another_secret_is_not_believed(site: Site) -> None:
    assert site.told(signed(b"another", BODY, at=NOON)) is None


def test_a_notice_whose_body_or_time_was_changed_is_not_believed(site: Site) -> None:
    notice = signed(SECRET, BODY, at=NOON)
    headers = {**notice.headers, "Notice-Time": str(int(NOON.timestamp()) + 1)}

    assert site.told(replace(notice, body=b'{"key": "tip"}')) is None
    assert site.told(replace(notice, headers=headers)) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Notice-Time": "noon", "Notice-Signature": "0"},
        {"Notice-Time": "9" * 400, "Notice-Signature": "0"},
        {"Notice-Time": "\u0663", "Notice-Signature": "\ud800"},
    ],
    ids=["none", "no-number", "too-long", "other-digits"],
)
def test_headers_that_are_rubbish_are_not_believed(site: Site, headers: dict[str, str]) -> None:
    assert site.told(SignedNotice(headers, BODY)) is None


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b'{"key": 1}', b"[" * 60_000])
def test_a_signed_body_that_names_no_key_is_nothing(site: Site, body: bytes) -> None:
    assert site.told(signed(SECRET, body, at=NOON)) is None


def test_a_notice_longer_than_64_kb_is_not_read(site: Site) -> None:
    body = b'{"key": "pay"}'.ljust(NOTICE_MOST_BYTES + 1)

    assert site.told(signed(SECRET, body, at=NOON)) is None
    assert site.told(signed(SECRET, body[:-1], at=NOON)) is not None


def test_names_of_headers_may_be_written_in_any_case(site: Site) -> None:
    notice = signed(SECRET, BODY, at=NOON)
    shouted = {name.upper(): value for name, value in notice.headers.items()}

    assert site.told(replace(notice, headers=shouted)) is not None


def test_a_flood_of_notices_is_not_remembered_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.payments.simulator.notices.REPLAYS_KEPT", 3)
    assert REPLAYS_KEPT == 10_000
    now = NOON
    check = NoticeCheck(now=lambda: now)
    notices = [signed(SECRET, str(number).encode(), at=NOON) for number in range(4)]

    believed = [check.is_genuine(SECRET, each.headers, each.body) for each in notices]
    now += timedelta(seconds=2 * FRESH_S + 1)
    fresh = signed(SECRET, b"later", at=now)

    assert believed == [True, True, True, False]
    assert check.is_genuine(SECRET, fresh.headers, fresh.body)
