"""A ticket says what was signed; whatever else is held before the scanner opens nothing."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import ReservationId
from kiosk.domain.ticket import (
    TEXT_LENGTH,
    Forged,
    NotATicket,
    OfAnotherSite,
    Ticket,
    TicketKey,
    read_ticket,
    rounded_outward,
    write_ticket,
)
from kiosk.domain.time import Window

KEY = TicketKey(1, bytes(range(32)))
OTHER_SECRET = TicketKey(1, bytes(range(1, 33)))
NEXT_KEY = TicketKey(2, bytes(range(32, 64)))
BOOKED = Window(
    datetime(2026, 6, 1, 12, 2, tzinfo=UTC),
    datetime(2026, 6, 1, 14, 1, tzinfo=UTC),
)
GOLDEN = "P1/AEIQAAAAA5N42FIKJRYAAGL3BU66XAUP4H6ZRCY"
"""Site 17, key 1, reservation 123456789, BOOKED: computed without our code (see `by_hand`)."""
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def ticket(site_number: int = 17) -> Ticket:
    return Ticket(site_number, ReservationId(123456789), BOOKED)


def read(
    text: str, *keys: TicketKey, site_number: int = 17
) -> Ticket | NotATicket | OfAnotherSite | Forged:
    return read_ticket(text, site_number=site_number, keys=keys or (KEY,))


def by_hand() -> str:
    """The layout of parking.md (QR ticket), written down a second time."""
    since_2020 = datetime(2020, 1, 1, tzinfo=UTC)
    first = int((BOOKED.from_ - since_2020).total_seconds()) // 300
    last = -(-int((BOOKED.until - since_2020).total_seconds()) // 300)
    signed = b"".join(
        number.to_bytes(width, "big")
        for number, width in ((17 * 16 + 1, 2), (123456789, 7), (first, 3), (last - first, 2))
    )
    mac = hmac.new(KEY.secret, b"P1" + signed, hashlib.sha256).digest()[:10]
    return "P1/" + base64.b32encode(signed + mac).decode().rstrip("=")


def test_a_ticket_is_the_golden_text() -> None:
    assert write_ticket(ticket(), KEY) == GOLDEN
    assert by_hand() == GOLDEN
    assert len(GOLDEN) == TEXT_LENGTH == 42


def test_a_genuine_ticket_says_site_reservation_and_the_window_rounded_outward() -> None:
    outward = Window(
        datetime(2026, 6, 1, 12, 0, tzinfo=UTC), datetime(2026, 6, 1, 14, 5, tzinfo=UTC)
    )

    assert read(GOLDEN) == Ticket(17, ReservationId(123456789), outward)


@given(
    site_number=st.integers(0, 4095),
    reservation_id=st.integers(0, 2**56 - 1),
    start_s=st.integers(0, 2**24 * 300 - 1),
    duration_s=st.integers(1, 200 * 24 * 3600),
    key_number=st.integers(0, 15),
)
def test_what_was_written_is_read(
    site_number: int, reservation_id: int, start_s: int, duration_s: int, key_number: int
) -> None:
    start = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=start_s)
    window = Window(start, start + timedelta(seconds=duration_s))
    key = TicketKey(key_number, KEY.secret)

    text = write_ticket(Ticket(site_number, ReservationId(reservation_id), window), key)

    found = read(text, key, site_number=site_number)
    assert len(text) == TEXT_LENGTH
    assert found == Ticket(site_number, ReservationId(reservation_id), rounded_outward(window))
    assert rounded_outward(window).covers(window)


def test_no_other_sign_in_any_place_is_read_as_this_ticket_or_another() -> None:
    others = [
        GOLDEN[:place] + sign + GOLDEN[place + 1 :]
        for place in range(TEXT_LENGTH)
        for sign in BASE32 + "p/018 é"
        if sign != GOLDEN[place]
    ]

    assert [text for text in others if isinstance(read(text), Ticket)] == []


@given(st.text(max_size=60) | st.text(BASE32, min_size=39, max_size=39).map("P1/".__add__))
def test_nothing_made_up_is_a_ticket(text: str) -> None:
    assert not isinstance(read(text), Ticket)


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOLDEN[:-1],
        GOLDEN + "A",
        GOLDEN + "\n",
        GOLDEN.lower(),
        GOLDEN.replace("P1/", "P2/"),
        GOLDEN[:-1] + "=",
        "W1/abcdefgh",
    ],
)
def test_another_form_is_no_ticket_at_all(text: str) -> None:
    assert read(text) == NotATicket()


@pytest.mark.parametrize("last", ["Z", "2", "3", "4", "5", "6", "7"])
def test_spare_bits_that_are_set_make_it_no_ticket(last: str) -> None:
    spare = GOLDEN[:-1] + last
    is_same_bytes = base64.b32decode(spare[3:] + "=") == base64.b32decode(GOLDEN[3:] + "=")

    assert is_same_bytes
    assert read(spare) == NotATicket()


def test_a_ticket_of_another_site_names_that_site() -> None:
    assert read(write_ticket(ticket(18), KEY)) == OfAnotherSite(18)


def test_a_ticket_signed_with_another_secret_is_forged() -> None:
    assert read(write_ticket(ticket(), OTHER_SECRET)) == Forged()


def test_a_ticket_that_names_a_key_that_is_not_ours_is_forged() -> None:
    assert read(write_ticket(ticket(), NEXT_KEY)) == Forged()


def test_while_keys_change_the_tickets_of_both_are_believed() -> None:
    old, new = write_ticket(ticket(), KEY), write_ticket(ticket(), NEXT_KEY)

    assert isinstance(read(old, NEXT_KEY, KEY), Ticket)
    assert isinstance(read(new, NEXT_KEY, KEY), Ticket)
    assert read(old, NEXT_KEY) == Forged()


@pytest.mark.parametrize("number", [-1, 16])
def test_a_key_has_a_number_of_four_bits(number: int) -> None:
    with pytest.raises(AssertionError):
        TicketKey(number, KEY.secret)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(AssertionError):
        TicketKey(1, b"short")


def test_a_key_that_is_printed_does_not_show_its_secret() -> None:
    assert repr(KEY) == "TicketKey(number=1)"
