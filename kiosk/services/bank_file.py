"""Writes the order to the bank: pain.001.001.09 in euros, else a list of transfers as CSV.

Whoever calls keeps the bytes: a message id is random, and the same order must not go out twice.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.money import EXPONENTS, Money
from kiosk.domain.payout_run import BankFile, FileKind, PayoutRun
from kiosk.services.bank_accounts import BankAccount
from kiosk.services.csv_table import csv_table

if TYPE_CHECKING:
    from xmlschema import XMLSchema

SCHEMA = "pain.001.001.09"
_HEAD = ("end_to_end_id", "name", "iban", "bic", "amount", "currency", "execution_date", "text")


def bank_file(
    run: PayoutRun, *, payer: BankAccount | None, execution_date: date, text: str
) -> BankFile:
    """The order for a run's payouts; checked against the XSD of its schema, as sepaxml has it.

    A run in another currency, or of a site without an account of its own, is a CSV list. Slow,
    most of all the first time: bank_orders.py has it made beside the work thread.
    """
    if payer is None or run.total.currency != "EUR":
        return BankFile(FileKind.CSV, _csv(run, execution_date, text))
    # A registry and an XSD are read: only who pays out needs them.
    from sepaxml import SepaTransfer  # noqa: PLC0415

    config = {"name": payer.name, "IBAN": payer.iban, "batch": True, "currency": "EUR"}
    if payer.bic is not None:
        config["BIC"] = payer.bic
    transfer = SepaTransfer(config, schema=SCHEMA, clean=True)
    for payout in run.payouts:
        payment = {
            "name": payout.name,
            "IBAN": payout.iban,
            "amount": payout.amount.minor,
            "execution_date": execution_date,
            "description": text,
            "endtoend_id": payout.end_to_end,
        }
        if payout.bic is not None:
            payment["BIC"] = payout.bic
        transfer.add_payment(payment)
    content: bytes = transfer.export(validate=False)
    _schema().validate(content.decode())
    return BankFile(FileKind.PAIN_001, content, transfer.msg_id)


@cache
def _schema() -> XMLSchema:
    """The schema, which sepaxml would read anew for each order."""
    import sepaxml  # noqa: PLC0415
    from xmlschema import XMLSchema  # noqa: PLC0415

    return XMLSchema(Path(sepaxml.__file__).parent / "schemas" / f"{SCHEMA}.xsd")


def _csv(run: PayoutRun, execution_date: date, text: str) -> bytes:
    rows = (
        (
            payout.end_to_end,
            payout.name,
            payout.iban,
            payout.bic or "",
            decimal_text(payout.amount),
            payout.amount.currency,
            execution_date.isoformat(),
            text,
        )
        for payout in run.payouts
    )
    return csv_table(_HEAD, rows)


def decimal_text(amount: Money) -> str:
    """An amount for machines: minor units behind the point, no thousands, a plain minus."""
    places = EXPONENTS[amount.currency]
    text = str(abs(amount.minor)).rjust(places + 1, "0")
    sign = "-" if amount.minor < 0 else ""
    return f"{sign}{text[:-places]}.{text[-places:]}" if places else f"{sign}{text}"
