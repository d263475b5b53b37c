"""The faults of the world as a tree; expected answers are outcomes, our own mistakes are bugs.

    Fault
    +-- StoreFault              db
    |   +-- StoreBusy           another process owns the file
    |   +-- StoreFull           the disk is full; nothing was written
    |   +-- StoreCorrupt        the file is damaged
    |   +-- StoreTooNew         written by a newer program
    +-- SiteNotUp               kiosk.app: the site's files are wrong, nothing is answered
    +-- PaymentFault            kiosk.payments
        +-- AdapterUnreachable  nothing was sent
        +-- AnswerUnknown       sent, and no clear answer came

hardware keeps a tree of its own (hardware/errors.py): it knows nothing of parking.
"""

from __future__ import annotations

from typing import ClassVar


class Fault(Exception):
    """The world failed. `code` is stable, `remedy` says what the attendant should do."""

    code: ClassVar[str]
    is_retryable: ClassVar[bool] = False
    remedy: ClassVar[str]


class StoreFault(Fault):
    """The database cannot do its work."""


class StoreBusy(StoreFault):
    """Another process owns the database file."""

    code = "store-busy"
    is_retryable = True
    remedy = (
        "While the site runs, do it at its desk. Else stop the other program that has this site "
        "open, then start again."
    )


class StoreFull(StoreFault):
    """The disk is full; nothing was written."""

    code = "store-full"
    remedy = "Free space on the data partition; exits stay possible by the desk."


class StoreCorrupt(StoreFault):
    """The database file is damaged."""

    code = "store-corrupt"
    remedy = "Stop, keep the file, restore the latest backup and call support."


class StoreTooNew(StoreFault):
    """The database was written by a newer program than this one."""

    code = "store-too-new"
    remedy = "Install the program version that wrote this database, or a newer one."


class SiteNotUp(Fault):
    """What the site file names cannot be used; the program ends, and says why as it does."""

    code = "site-not-up"
    remedy = "Read what the program wrote when it ended, mend the site file, start again."


class PaymentFault(Fault):
    """A payment provider cannot do its work."""


class AdapterUnreachable(PaymentFault):
    """The provider could not be reached; nothing was sent."""

    code = "adapter-unreachable"
    is_retryable = True
    remedy = "Offer another way to pay; check the network."


class AnswerUnknown(PaymentFault):
    """The provider was asked and gave no clear answer; it must be queried, never asked anew."""

    code = "answer-unknown"
    remedy = "Wait: the program asks the provider what became of the payment."
