"""A new key takes over without breaking a ticket, and an old one ends when it should."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.key_ring import (
    LATEST_EXIT,
    LONGEST_AHEAD,
    OVERLAP,
    ClockBehind,
    DatedKey,
    KeyRing,
    NumberStillBelieved,
)
from kiosk.domain.ticket import TicketKey

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
FIRST = TicketKey(1, b"1" * 32)
SECRET_2, SECRET_3 = b"2" * 32, b"3" * 32
KEY_2, KEY_3 = TicketKey(2, SECRET_2), TicketKey(3, SECRET_3)


def rotated(
    ring: KeyRing, secret: bytes, *, now: datetime = NOON, overlap: timedelta = OVERLAP
) -> KeyRing:
    changed = ring.rotated(secret, now=now, overlap=overlap)
    assert isinstance(changed, KeyRing)
    return changed


def numbered(secret_number: int) -> bytes:
    return secret_number.to_bytes(32, "big")


def test_the_first_key_signs_and_is_believed_at_any_time() -> None:
    ring = KeyRing.of(FIRST)

    assert ring.signing(NOON) == FIRST
    assert ring.believed(NOON + 10_000 * DAY) == (FIRST,)


def test_a_new_key_signs_at_once_and_the_old_one_is_believed_to_its_last_second() -> None:
    ring = rotated(KeyRing.of(FIRST), SECRET_2)
    end = NOON + OVERLAP

    assert ring.signing(NOON) == KEY_2
    assert ring.believed(end - SECOND) == (FIRST, KEY_2)
    assert ring.believed(end) == (KEY_2,)


def test_a_key_that_has_ended_is_left_out_of_the_next_ring() -> None:
    second = rotated(KeyRing.of(FIRST), SECRET_2)

    third = rotated(second, SECRET_3, now=NOON + OVERLAP)

    assert third.keys == (
        DatedKey(KEY_2, NOON, NOON + 2 * OVERLAP),
        DatedKey(KEY_3, NOON + OVERLAP),
    )


def test_another_rotation_never_lets_an_old_key_live_longer() -> None:
    second = rotated(KeyRing.of(FIRST), SECRET_2)

    third = rotated(second, SECRET_3, now=NOON + DAY)

    assert [each.believed_until for each in third.keys] == [
        NOON + OVERLAP,
        NOON + DAY + OVERLAP,
        None,
    ]


def test_a_short_overlap_after_a_leak_ends_every_older_key() -> None:
    second = rotated(KeyRing.of(FIRST), SECRET_2)

    third = rotated(second, SECRET_3, now=NOON + DAY, overlap=2 * DAY)

    assert [each.believed_until for each in third.keys] == [NOON + 3 * DAY, NOON + 3 * DAY, None]


def test_without_an_overlap_no_older_key_is_kept_whatever_the_clock_says() -> None:
    second = rotated(KeyRing.of(FIRST), SECRET_2)

    third = rotated(second, SECRET_3, now=NOON - DAY, overlap=timedelta())

    assert third.believed(NOON - 9 * DAY) == third.believed(NOON) == (KEY_3,)
    assert third.signing(NOON - 9 * DAY) == KEY_3


def test_a_clock_that_was_set_back_signs_with_the_old_key_and_believes_both() -> None:
    ring = rotated(KeyRing.of(FIRST), SECRET_2)

    assert ring.signing(NOON - SECOND) == FIRST
    assert ring.believed(NOON - SECOND) == (FIRST, KEY_2)


def test_a_clock_before_the_newest_key_makes_no_other_one() -> None:
    ring = rotated(KeyRing.of(FIRST), SECRET_2)

    assert ring.rotated(SECRET_3, now=NOON - SECOND) == ClockBehind(NOON)


def test_numbers_go_round_from_15_to_1() -> None:
    ring = reduce(
        lambda old, turn: rotated(old, numbered(turn), now=NOON + turn * OVERLAP),
        range(1, 31),
        KeyRing.of(FIRST),
    )

    assert ring.signing(NOON + 30 * OVERLAP) == TicketKey(1, numbered(30))


def test_a_number_that_is_still_believed_is_not_given_again() -> None:
    full = reduce(
        lambda old, turn: rotated(old, numbered(turn), now=NOON + turn * DAY),
        range(1, 15),
        KeyRing.of(FIRST),
    )
    first_ends = NOON + DAY + OVERLAP

    refused = full.rotated(numbered(15), now=first_ends - SECOND)
    made = rotated(full, numbered(15), now=first_ends)

    assert refused == NumberStillBelieved(1, first_ends)
    assert made.signing(first_ends) == TicketKey(1, numbered(15))


@given(
    pauses_h=st.lists(st.integers(7 * 24, 400 * 24), max_size=12),
    more_h=st.lists(st.integers(7 * 24, 40 * 24), max_size=12),
)
def test_a_ticket_signed_just_before_a_change_is_believed_to_its_latest_exit(
    pauses_h: list[int], more_h: list[int]
) -> None:
    ring, now = KeyRing.of(FIRST), NOON
    for turn, pause_h in enumerate(pauses_h):
        now += timedelta(hours=pause_h)
        ring = rotated(ring, numbered(turn), now=now)
    signer, latest = ring.signing(now), now - SECOND + LONGEST_AHEAD + LATEST_EXIT

    for turn, pause_h in enumerate([0, *more_h], start=100):
        now += timedelta(hours=pause_h)
        if now > latest:
            break
        ring = rotated(ring, numbered(turn), now=now)

    assert signer in ring.believed(latest)
    assert signer not in ring.believed(latest + SECOND)


@pytest.mark.parametrize(
    "keys",
    [
        (),
        (DatedKey(FIRST, NOON, NOON), DatedKey(FIRST, NOON)),
        (DatedKey(FIRST, NOON), DatedKey(KEY_2, NOON)),
        (DatedKey(FIRST, NOON, NOON),),
    ],
    ids=["none", "a number twice", "two without an end", "the newest has an end"],
)
def test_a_ring_without_a_newest_key_or_with_a_number_twice_is_a_bug(
    keys: tuple[DatedKey, ...],
) -> None:
    with pytest.raises(AssertionError):
        KeyRing(keys)
