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

from kiosk.domain.outcomes import TicketIssued
from kiosk.payments.adapter import Answer, PaymentRequest
from kiosk.services import change, providers
from tests.fakes.planned import hours, kept, pay_change, ticket_for
from tests.fakes.stage import CARD, ENTRY, EXIT, Stage


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
        providers.confirm = die  # after the journal is posted, before its commit
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
