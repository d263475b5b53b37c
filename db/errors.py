"""What the database says besides domain faults: refusals of a guard; no driver is loaded here.

Fault (kiosk.domain.errors)
+-- StoreFault
    +-- StoreTooOld         a reader met a file that waits for an upgrade
    +-- NotASitesDatabase   the file is something else, and was left as it is
Refused                     a guard in the schema said no; the use case answers for it
+-- Overlap                 the space is kept for somebody else in this window
+-- Overdrawn               a guarded account would pay out more than it holds
+-- Overfull                the sums of an account would not fit into 64 bits
"""

from __future__ import annotations

from kiosk.domain.errors import StoreFault


class StoreTooOld(StoreFault):
    """The database waits for an upgrade, which only the process that owns it may do."""

    code = "store-too-old"
    remedy = "Start the site once (kiosk run): that upgrades its database. Then read it."


class NotASitesDatabase(StoreFault):
    """The file is no database, or one of another program; nothing was written into it."""

    code = "not-a-sites-database"
    remedy = (
        "Name the file of the site. If this is it, something has overwritten it: keep it and "
        "restore the latest backup."
    )


class Refused(Exception):
    """A guard of the schema refused a write: not a Fault, and not a bug either."""


class Overlap(Refused):
    """Another live reservation of the same space overlaps this window; nothing was written."""


class Overdrawn(Refused):
    """A guarded account would pay out more than it holds; the transaction must roll back."""

    def __init__(self, account: str) -> None:
        super().__init__(account)
        self.account = account


class Overfull(Refused):
    """The sums of an account would not fit into 64 bits; the transaction must roll back."""

    def __init__(self, account: str) -> None:
        super().__init__(account)
        self.account = account
