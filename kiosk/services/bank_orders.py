"""Has the order to the bank made beside the work thread, before anybody waits for it.

A schema of the bank and a registry of all banks are read, and each payout is checked: no lane may
wait for that. What the order says stands in bank_file.py, when it is wanted in payouts.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.domain.payout_run import BankFile, PayoutRun
from kiosk.services import bank_file
from kiosk.services.bank_accounts import BankAccount


@dataclass(frozen=True, slots=True)
class Order:
    """All that an order to the bank says, but for the number of its message."""

    run: PayoutRun
    payer: BankAccount | None
    execution_date: date
    text: str

    def file(self) -> BankFile:
        """The bytes for the bank, checked: slow, and to be made from any thread."""
        return bank_file.bank_file(
            self.run, payer=self.payer, execution_date=self.execution_date, text=self.text
        )


@dataclass(slots=True)
class BankOrders:
    """The order that somebody is going to release, and its bytes; only for the work thread."""

    order: Order | None = None
    file: BankFile | None = None
    """None until they are made."""

    def prepare(
        self,
        order: Order,
        *,
        run_aside: Callable[[Callable[[], None]], object],
        post: Callable[[Callable[[], object]], None],
    ) -> None:
        """Have it made by `run_aside`, unless it is being made already; it comes by `post`."""
        if self.order == order:
            return
        self.order, self.file = order, None

        def keep(file: BankFile) -> None:
            if self.order == order:  # else another one is wanted meanwhile
                self.file = file

        def make() -> None:
            file = order.file()
            post(lambda: keep(file))

        run_aside(make)

    def made(self, order: Order) -> BankFile:
        """The bytes of an order: those that were prepared, or made now where none were."""
        if self.order == order and self.file is not None:
            return self.file
        return order.file()
