"""The QR ticket: what is signed, how it is written and how it is read (no image here).

The text is `P1/` and the unpadded base32 of 24 bytes: site (12 bits) and key (4 bits),
reservation (7 bytes), start (3 bytes) and length (2 bytes) in steps of 5 minutes since
2020-01-01 UTC, rounded outward, and the first 10 bytes of an HMAC-SHA256 (parking.md, QR
ticket). 42 upper-case characters: QR version 3 at level M.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kiosk.domain.ids import ReservationId
from kiosk.domain.time import Window

PREFIX = "P1/"
TEXT_LENGTH = 42
SHORT_CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
SHORT_CODE_LENGTH = 8
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_SIGNED_BYTES = 14
_MAC_BYTES = 10
_STEP = timedelta(minutes=5)
_FIRST_INSTANT = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class TicketKey:
    """A secret that signs tickets; `number` (0 to 15) stands on the ticket."""

    number: int
    secret: bytes = field(repr=False)
    """Never shown, whatever prints the key."""

    def __post_init__(self) -> None:
        assert 0 <= self.number < 16
        assert len(self.secret) >= 32


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a genuine ticket says."""

    site_number: int
    reservation_id: ReservationId
    window: Window
    """The booked window, rounded outward to 5 minutes."""


@dataclass(frozen=True, slots=True)
class NotATicket:
    """The text is no ticket at all: another code, or one that was read wrongly."""


@dataclass(frozen=True, slots=True)
class OfAnotherSite:
    """A ticket, but for another car park; whether it is genuine only that site knows."""

    site_number: int


@dataclass(frozen=True, slots=True)
class Forged:
    """It has the form of our tickets, but we did not sign it."""


def rounded_outward(window: Window) -> Window:
    """The window as a ticket says it: widened to whole steps of 5 minutes."""
    first = (window.from_ - _FIRST_INSTANT) // _STEP
    last = -((_FIRST_INSTANT - window.until) // _STEP)
    return Window(_FIRST_INSTANT + first * _STEP, _FIRST_INSTANT + last * _STEP)


def write_ticket(ticket: Ticket, key: TicketKey) -> str:
    """The 42 characters of a ticket, signed."""
    window = rounded_outward(ticket.window)
    first = (window.from_ - _FIRST_INSTANT) // _STEP
    last = (window.until - _FIRST_INSTANT) // _STEP
    signed = (
        (ticket.site_number << 4 | key.number).to_bytes(2, "big")
        + ticket.reservation_id.to_bytes(7, "big")
        + first.to_bytes(3, "big")
        + (last - first).to_bytes(2, "big")
    )
    return PREFIX + base64.b32encode(signed + _mac(signed, key)).decode("ascii").rstrip("=")


def read_ticket(
    text: str, *, site_number: int, keys: Iterable[TicketKey]
) -> Ticket | NotATicket | OfAnotherSite | Forged:
    """What a scanned text says, without network or database.

    Length and characters are checked before anything is decoded, the signature in constant
    time before anything is believed (security.md, 20).
    """
    body = text.removeprefix(PREFIX)
    if len(text) != TEXT_LENGTH or body == text or not _ALPHABET.issuperset(body):
        return NotATicket()
    raw = base64.b32decode(body + "=")
    if base64.b32encode(raw).decode("ascii").rstrip("=") != body:
        return NotATicket()  # the spare bits of the last character must be zero
    signed, mac = raw[:_SIGNED_BYTES], raw[_SIGNED_BYTES:]
    head = int.from_bytes(signed[:2], "big")
    if head >> 4 != site_number:
        return OfAnotherSite(head >> 4)
    key = next((each for each in keys if each.number == head & 0xF), None)
    if key is None or not hmac.compare_digest(mac, _mac(signed, key)):
        return Forged()
    start = _FIRST_INSTANT + int.from_bytes(signed[9:12], "big") * _STEP
    length = int.from_bytes(signed[12:14], "big") * _STEP
    reservation_id = ReservationId(int.from_bytes(signed[2:9], "big"))
    return Ticket(site_number, reservation_id, Window(start, start + length))


def _mac(signed: bytes, key: TicketKey) -> bytes:
    message = PREFIX.removesuffix("/").encode("ascii") + signed
    return hmac.digest(key.secret, message, hashlib.sha256)[:_MAC_BYTES]
