"""Signed notices: how the pretended provider writes them and how they are proven genuine.

security.md 31: HMAC over time and body, five minutes either way, none is believed twice.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime

from kiosk.payments.adapter import SignedNotice

FRESH_S = 300
NOTICE_MOST_BYTES = 65_536
REPLAYS_KEPT = 10_000
"""Signatures remembered; notices that come faster than this in five minutes are a flood."""
_SIGNATURE, _TIME = "notice-signature", "notice-time"


def signed(secret: bytes, body: bytes, *, at: datetime) -> SignedNotice:
    """A notice as the provider sends it."""
    time_s = str(int(at.timestamp()))
    headers = {"Notice-Time": time_s, "Notice-Signature": _signature(secret, time_s, body)}
    return SignedNotice(headers, body)


class NoticeCheck:
    """Says whether a notice is genuine, fresh and new."""

    def __init__(self, *, now: Callable[[], datetime]) -> None:
        self._now = now
        self._seen: OrderedDict[str, int] = OrderedDict()

    def is_genuine(self, secret: bytes, headers: Mapping[str, str], body: bytes) -> bool:
        """True once for each notice that was signed with the secret within five minutes."""
        named = {name.lower(): value for name, value in headers.items()}
        time_s, signature = named.get(_TIME, ""), named.get(_SIGNATURE, "")
        if len(body) > NOTICE_MOST_BYTES or not _is_number(time_s):
            return False
        wanted = _signature(secret, time_s, body)
        if not hmac.compare_digest(wanted.encode(), signature.encode("utf-8", "replace")):
            return False
        now_s = int(self._now().timestamp())
        if abs(now_s - int(time_s)) > FRESH_S or wanted in self._seen:
            return False
        while self._seen and now_s - next(iter(self._seen.values())) > 2 * FRESH_S:
            self._seen.popitem(last=False)
        if len(self._seen) >= REPLAYS_KEPT:
            return False
        self._seen[wanted] = now_s
        return True


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12


def _signature(secret: bytes, time_s: str, body: bytes) -> str:
    return hmac.new(secret, time_s.encode() + b"." + body, hashlib.sha256).hexdigest()
