"""The tables of disputes, chargebacks and corrections of what was settled, as models.

What models are for here stands in models.py.
"""

from __future__ import annotations

from peewee import SQL, AutoField, Check, CompositeKey, ForeignKeyField, IntegerField, TextField

from db.models import Table
from db.models_books import Receipt
from db.models_stays import Reservation


class Dispute(Table):
    """A driver says that the parking or its price was wrong; append-only."""

    id = AutoField()
    reservation = ForeignKeyField(Reservation)
    kind = TextField()
    words = TextField()
    opened_at = IntegerField()
    opened_by = TextField()

    class Meta:
        constraints = (
            Check("kind IN ('could-not-park', 'charges')"),
            Check("length(words) > 0"),
            Check("length(opened_by) > 0"),
        )


class DisputeEnd(Table):
    """What the desk decided of a dispute; append-only."""

    dispute = ForeignKeyField(Dispute, primary_key=True, index=False)
    how = TextField()
    refunded_minor = IntegerField()
    words = TextField()
    at = IntegerField()
    by = TextField()

    class Meta:
        constraints = (
            Check("how IN ('upheld', 'refused')"),
            Check("(how = 'upheld') = (refunded_minor > 0)"),
            Check("refunded_minor >= 0"),
            Check("length(words) > 0"),
            Check("length(by) > 0"),
        )


class Chargeback(Table):
    """A provider took a payment back because its payer asked his bank; append-only."""

    id = AutoField()
    reservation = ForeignKeyField(Reservation)
    adapter = TextField()
    reference = TextField()
    amount_minor = IntegerField()
    fee_minor = IntegerField()
    currency = TextField()
    opened_at = IntegerField()
    answer_by = IntegerField(null=True)

    class Meta:
        constraints = (
            SQL("UNIQUE (adapter, reference)"),
            Check("length(adapter) > 0"),
            Check("length(reference) > 0"),
            Check("amount_minor > 0"),
            Check("fee_minor >= 0"),
            Check("length(currency) = 3"),
        )


class ChargebackTurn(Table):
    """A chargeback was won or lost, or the bank turned its mind; append-only."""

    chargeback = ForeignKeyField(Chargeback, index=False)
    number = IntegerField()
    how = TextField()
    at = IntegerField()

    class Meta:
        primary_key = CompositeKey("chargeback", "number")
        without_rowid = True
        constraints = (Check("number > 0"), Check("how IN ('won', 'lost')"))


class HeldRefund(Table):
    """A refund that is not sent while a bank may take the same money; append-only."""

    id = AutoField()
    chargeback = ForeignKeyField(Chargeback)
    journal_key = TextField()
    original = TextField(null=True)
    amount_minor = IntegerField()
    at = IntegerField()

    class Meta:
        constraints = (
            Check("length(journal_key) > 0"),
            Check("amount_minor > 0"),
            SQL("FOREIGN KEY (original) REFERENCES operation(key)"),
        )


class Correction(Table):
    """What was settled is corrected: a corrective receipt, or a chargeback; append-only.

    A trigger refuses a gap in the numbers of corrective receipts.
    """

    id = AutoField()
    note_number = IntegerField(null=True, unique=True)
    receipt = ForeignKeyField(Receipt, column_name="receipt_number", null=True)
    reservation = ForeignKeyField(Reservation)
    cause = TextField()
    total_minor = IntegerField()
    tax_minor = IntegerField()
    owner_minor = IntegerField()
    commission_minor = IntegerField()
    vat_minor = IntegerField()
    manager_minor = IntegerField()
    currency = TextField()
    reason = TextField()
    at = IntegerField()
    by = TextField()

    class Meta:
        constraints = (
            Check("cause IN ('refund', 'goodwill', 'chargeback')"),
            Check("(note_number IS NULL) = (cause = 'chargeback')"),
            Check("total_minor <> 0 AND (cause = 'chargeback' OR total_minor > 0)"),
            Check(
                "owner_minor + commission_minor + vat_minor + manager_minor "
                "= iif(cause = 'goodwill', 0, total_minor)"
            ),
            Check("abs(tax_minor) <= abs(total_minor)"),
            Check("length(currency) = 3"),
            Check("length(reason) > 0"),
            Check("length(by) > 0"),
        )


TABLES: tuple[type[Table], ...] = (
    Dispute,
    DisputeEnd,
    Chargeback,
    ChargebackTurn,
    HeldRefund,
    Correction,
)
"""Every table of this module, each after those that it refers to."""
