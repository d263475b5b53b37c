"""What the exit screen remembers of the driver before it, and the answers that it can get."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.domain.debt_outcomes import DebtPaid
from kiosk.domain.life_outcomes import Changed
from kiosk.domain.outcomes import (
    Bill,
    ExitCovered,
    ExitDue,
    ReservationEnded,
    TicketIssued,
    TicketProblem,
)
from kiosk.domain.till_outcomes import WalletToppedUp
from kiosk.ui.screens.exit_words import ExitProblem
from kiosk.ui.screens.pay_words import FormProblem

Page = Literal["present", "receipt", "goodbye", "due", "pay", "note", "help", "mine"]

TicketAnswer = ExitCovered | ExitDue | TicketProblem
PayAnswer = TicketAnswer | FormProblem | ReservationEnded
SoldElsewhere = TicketIssued | Changed | DebtPaid | WalletToppedUp
"""What payments at other screens end in; an exit shows none of it."""


@dataclass(frozen=True, slots=True)
class ExitState:
    """What the driver before the barrier sees."""

    page: Page = "present"
    under_help: Page = "present"
    """Where Back leads from the help page."""
    bill: Bill | None = None
    exit_until: datetime | None = None
    """Only of a settled bill."""
    problem: ExitProblem | None = None
    has_paid: bool = False
    """Something was paid before the problem came: no note says that nothing was charged."""
    offers_help: bool = False
    is_held: bool = False
    """Settled, and the arm is held open: the driver goes, and nobody will report the passage."""
    has_no_paper: bool = False
    may_have_paper: bool = False
    """Of a receipt that is not known to be printed: the printer does not tell."""

    @property
    def behind(self) -> Page:
        """The page that counts: help only lies over it."""
        return self.under_help if self.page == "help" else self.page

    @property
    def is_unpaid(self) -> bool:
        """Whether the driver is asked for money."""
        return self.behind in {"due", "pay"}

    @property
    def is_settled(self) -> bool:
        """Whether the driver was let out and has not passed yet."""
        return self.behind == "receipt"
