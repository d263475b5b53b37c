"""The way from the adapter to the provider, as a promise, and the one that needs no socket.

`over_http` and `process` are the ones that the product uses.
"""

from __future__ import annotations

from typing import Protocol

from kiosk.payments.simulator.front import Delivery, Front, Reply


class NotReached(Exception):
    """Not a byte was sent: nothing can have been done."""


class NoClearAnswer(Exception):
    """Something was sent and no whole answer came: anything can have been done."""


class Transport(Protocol):
    """Brings one request to the provider and one whole answer back."""

    @property
    def notice_secret(self) -> bytes:
        """What notices are signed with; empty while it is not known."""
        ...

    def send(self, method: str, target: str, body: bytes, *, deadline_s: float) -> Reply:
        """Promises a whole answer, or raises NotReached or NoClearAnswer."""
        ...

    def close(self) -> None:
        """Nothing is sent any more."""
        ...


class InProcess:
    """The same bytes, handed over in memory: for virtual time and for tests of the rest.

    It plays every fault; a late answer is lost at once, so that nothing waits.
    """

    def __init__(self, front: Front) -> None:
        self._front = front

    @property
    def notice_secret(self) -> bytes:
        """The provider's own."""
        return self._front.notice_secret

    def send(self, method: str, target: str, body: bytes, *, deadline_s: float) -> Reply:
        """The provider's answer, unless a fault keeps it back."""
        reply = self._front.answer(method, target, body)
        if reply.delivery is Delivery.NOT_REACHED:
            raise NotReached
        if reply.delivery is not Delivery.WHOLE:
            raise NoClearAnswer(reply.delivery.value)
        return reply

    def close(self) -> None:
        """There is nothing to close."""
