"""One life of the small site that ends by SIGKILL at a named moment, as a power cut would.

    python -m tests.fault_killed.life FOLDER MOMENT

What the driver holds in hand by then is written to FOLDER/in_hand.json.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from db.lanes import Lanes
from kiosk.domain.outcomes import TicketIssued
from kiosk.payments.adapter import Answer, PaymentRequest
from kiosk.services import change, operations, passages
from kiosk.services.commands import ReportPassage
from kiosk.services.views import Direction
from tests.fakes.planned import hours, kept, pay_change, ticket_for
from tests.fakes.stage import CARD, ENTRY, EXIT, KIM, Stage


def die(*_: Any, **__: Any) -> NoReturn:
    """End as the power does: nothing is closed, flushed or said."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nothing comes after SIGKILL")


class Life:
    """A driver with a wallet, up to the moment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stage = Stage(folder)
        self.wallet = self.stage.wallet()

    def hold(self, *, reservation_id: int, text: str = "") -> None:
        """Write down what outlives the machine: the driver's own things, and the time."""
        (self.folder / "in_hand.json").write_text(
            json.dumps(
                {
                    "reservation_id": reservation_id,
                    "text": text,
                    "pass_code": self.wallet.pass_code,
                    "account": self.wallet.account,
                    "now": self.stage.now.isoformat(),
                }
            )
        )

    def before_the_provider_acts(self) -> None:
        reserved = self.stage.reserve()
        self.hold(reservation_id=reserved.reservation_id)
        self._replace("collect", die)
        self.stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    def after_the_provider_acted(self) -> None:
        reserved = self.stage.reserve()
        self.hold(reservation_id=reserved.reservation_id)
        self._replace("collect", self._then_die(self.stage.site.simulator.collect))
        self.stage.pay_deposit(reserved.reservation_id, CARD, intent="card")

    def before_the_ticket_is_shown(self) -> None:
        reserved = self.stage.reserve()
        self.hold(reservation_id=reserved.reservation_id)
        self.stage.site.core.print_paper = die
        self.stage.pay_deposit(reserved.reservation_id, self.wallet.proof)

    def inside_the_deposits_commit(self) -> None:
        reserved = self.stage.reserve()
        self.hold(reservation_id=reserved.reservation_id)
        operations.confirm = die  # after the journal is posted, before its commit
        self.stage.pay_deposit(reserved.reservation_id, self.wallet.proof)

    def inside_the_changes_commit(self) -> None:
        ticket = self._longer_kept()
        change.changed = die  # after money, window and tickets are written, before their commit
        pay_change(self.stage, ticket.reservation_id, self.wallet.proof)

    def before_the_provider_acts_on_a_change(self) -> None:
        ticket = self._longer_kept()
        self._replace("collect", die)
        pay_change(self.stage, ticket.reservation_id, CARD, intent="card")

    def after_the_provider_acted_on_a_change(self) -> None:
        ticket = self._longer_kept()
        self._replace("collect", self._then_die(self.stage.site.simulator.collect))
        pay_change(self.stage, ticket.reservation_id, CARD, intent="card")

    def _longer_kept(self) -> TicketIssued:
        ticket = ticket_for(self.stage, hours(0, 2), self.wallet.proof)
        kept(self.stage, ticket.reservation_id, hours(0, 3))
        self.hold(reservation_id=ticket.reservation_id, text=ticket.text)
        return ticket

    def before_the_entrance_opens(self) -> None:
        ticket = self.stage.ticket(self.wallet.proof)
        self.stage.site.car_to(ENTRY)
        self.hold(reservation_id=ticket.reservation_id, text=ticket.text)
        self.stage.site.lanes[ENTRY].grant = die  # type: ignore[method-assign]
        self.stage.scan(ENTRY, ticket.text)

    def before_the_exit_opens(self) -> None:
        ticket = self.stage.inside(self.wallet.proof)
        self.stage.site.car_to(EXIT)
        self.stage.wait_until(ticket.window.from_ + timedelta(minutes=50))
        self.hold(reservation_id=ticket.reservation_id, text=ticket.text)
        self.stage.site.lanes[EXIT].grant = die  # type: ignore[method-assign]
        self.stage.scan(EXIT, ticket.text)

    def inside_the_commit_of_an_entrance_opened_by_hand(self) -> None:
        ticket = self._granted_but_not_passed()
        Lanes.open_grant = die  # type: ignore[method-assign]
        self.stage.open_barrier(ENTRY, reservation_id=ticket.reservation_id)

    def before_the_arm_of_an_entrance_opened_by_hand(self) -> None:
        ticket = self._granted_but_not_passed()
        self.stage.site.lanes[ENTRY].attendant_open = die  # type: ignore[method-assign]
        self.stage.open_barrier(ENTRY, reservation_id=ticket.reservation_id)

    def between_the_transactions_of_an_exit_opened_by_hand(self) -> None:
        ticket = self._at_the_exit_of_a_stay_that_nobody_reported()
        self.stage.site.core.random_code = die  # what is due was asked, the order gets its token
        self.stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)

    def before_the_arm_of_an_exit_opened_by_hand(self) -> None:
        ticket = self._at_the_exit_of_a_stay_that_nobody_reported()
        self.stage.site.lanes[EXIT].attendant_open = die  # type: ignore[method-assign]
        self.stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)

    def inside_the_commit_of_a_reported_passage(self) -> None:
        ticket = self._granted_but_not_passed()
        passages.begin_or_end_stay = die  # after the open grant has ended, before the stay begins
        self._report_inside(ticket)

    def after_the_commit_of_a_reported_passage(self) -> None:
        ticket = self._granted_but_not_passed()
        self.stage.site.core.publish = die
        self._report_inside(ticket)

    def _report_inside(self, ticket: TicketIssued) -> None:
        self.stage.site.do(
            ReportPassage(
                actor=KIM,
                attendant_id=self.stage.attendant_id,
                reservation_id=ticket.reservation_id,
                direction=Direction.ENTRY,
                reason="has looked",
            )
        )

    def _granted_but_not_passed(self) -> TicketIssued:
        """The arm was raised for the ticket, and the car stands before it."""
        ticket = self.stage.ticket(self.wallet.proof)
        self.stage.site.car_to(ENTRY)
        self.stage.scan(ENTRY, ticket.text)
        self.hold(reservation_id=ticket.reservation_id, text=ticket.text)
        return ticket

    def _at_the_exit_of_a_stay_that_nobody_reported(self) -> TicketIssued:
        """The car came in while no lane was watched, and stands at the exit after 20 minutes."""
        ticket = self.stage.ticket(self.wallet.proof)
        self.stage.site.car_to(EXIT)
        self.stage.wait_until(ticket.window.from_ + timedelta(minutes=20))
        self.hold(reservation_id=ticket.reservation_id, text=ticket.text)
        return ticket

    def after_the_refund_was_paid(self) -> None:
        ticket = self.stage.inside(CARD)
        self.stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
        self.hold(reservation_id=ticket.reservation_id, text=ticket.text)
        self._replace("refund", self._then_die(self.stage.site.simulator.refund))
        self.stage.wait(seconds=5)

    def _replace(self, name: str, call: Callable[[PaymentRequest], Answer]) -> None:
        setattr(self.stage.site.simulator, name, call)

    def _then_die(
        self, call: Callable[[PaymentRequest], Answer]
    ) -> Callable[[PaymentRequest], Answer]:
        def act(request: PaymentRequest) -> Answer:
            call(request)
            die()

        return act


if __name__ == "__main__":
    getattr(Life(Path(sys.argv[1])), sys.argv[2])()
    sys.exit("the moment never came")
