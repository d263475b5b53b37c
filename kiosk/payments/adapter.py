"""What every payment adapter promises; money may move only here.

The promise (money.md, Payment adapters): a request carries an idempotency key, and the same
key never moves money twice. Once the first byte is sent, everything that is not a clear
answer is InDoubt, never Declined; `query` then tells what became of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.ids import OperationKey
from kiosk.domain.money import Money


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """One operation: who is to pay or to be paid is known to the adapter by its means."""

    key: OperationKey
    amount: Money


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The money has moved; `reference` is the provider's own number for it."""

    reference: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Declined:
    """A clear no: nothing moved. `code` is the provider's word for it."""

    code: str


@dataclass(frozen=True, slots=True)
class InDoubt:
    """It was sent and nothing clear came back: query it, never ask anew."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """The provider was not reached at all, or (as answer to a query) never saw this key."""


Answer = Succeeded | Declined | InDoubt | NotSent


class PaymentAdapter(Protocol):
    """One way to pay. Every call may take as long as its provider does (limits of money.md)."""

    name: str

    def collect(self, request: PaymentRequest) -> Answer:
        """Take the amount from the driver."""
        ...

    def refund(self, request: PaymentRequest) -> Answer:
        """Give the amount back to the driver."""
        ...

    def query(self, key: OperationKey) -> Answer:
        """What became of an earlier request; NotSent proves that it was never executed."""
        ...
