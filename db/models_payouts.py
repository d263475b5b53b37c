"""The tables of payouts to owners: runs, what they pay, who approved, and what the bank said.

What models are for here stands in models.py.
"""

from __future__ import annotations

from peewee import (
    AutoField,
    BlobField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from db.models import Attendant, Owner, Table
from db.models_books import Journal


class PayoutRun(Table):
    """What is paid out at one cut-off; append-only."""

    id = AutoField()
    cutoff = IntegerField()
    made_at = IntegerField()
    made_by = TextField()

    class Meta:
        constraints = (Check("cutoff <= made_at"), Check("length(made_by) > 0"))


class PayoutRunState(Table):
    """Where a run stands after each turn, numbered; append-only."""

    run = ForeignKeyField(PayoutRun, index=False)
    number = IntegerField()
    state = TextField()
    at = IntegerField()
    by = TextField()

    class Meta:
        primary_key = CompositeKey("run", "number")
        without_rowid = True
        constraints = (
            Check("number > 0"),
            Check("state IN ('proposed', 'approved', 'released', 'withdrawn')"),
            Check("length(by) > 0"),
        )


class PayoutApproval(Table):
    """An attendant has typed the PIN once more for a run; append-only."""

    run = ForeignKeyField(PayoutRun, index=False)
    attendant = ForeignKeyField(Attendant, index=False)
    at = IntegerField()

    class Meta:
        primary_key = CompositeKey("run", "attendant")
        without_rowid = True


class PayoutFile(Table):
    """The bytes that went to the bank, made once; append-only."""

    run = ForeignKeyField(PayoutRun, primary_key=True, index=False)
    kind = TextField()
    msg_id = TextField(null=True, unique=True)
    content = BlobField()
    sha256 = TextField()

    class Meta:
        constraints = (
            Check("kind IN ('pain.001', 'csv')"),
            Check("(kind = 'pain.001') = (msg_id IS NOT NULL)"),
            Check("length(content) > 0"),
            Check("length(sha256) = 64"),
        )


class Payout(Table):
    """What one run pays to one owner, with the account as it was then; append-only."""

    id = AutoField()
    run = ForeignKeyField(PayoutRun, index=False)
    owner = ForeignKeyField(Owner, index=False)
    amount_minor = IntegerField()
    currency = TextField()
    name = TextField()
    iban = TextField()
    bic = TextField(null=True)
    end_to_end = TextField(unique=True)

    class Meta:
        indexes = ((("run", "owner"), True),)
        constraints = (
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            Check("length(name) > 0"),
            Check("length(iban) BETWEEN 15 AND 34"),
            Check("length(end_to_end) BETWEEN 1 AND 35"),
        )


class PayoutItem(Table):
    """A journal that a payout takes in, and what it moved on the owner's account; append-only."""

    payout = ForeignKeyField(Payout, index=False)
    journal = ForeignKeyField(Journal, index=True)
    amount_minor = IntegerField()

    class Meta:
        primary_key = CompositeKey("payout", "journal")
        without_rowid = True
        constraints = (Check("amount_minor <> 0"),)


class PayoutResult(Table):
    """What the bank has said of a payout, once; append-only."""

    payout = ForeignKeyField(Payout, primary_key=True, index=False)
    how = TextField()
    reason = TextField()
    at = IntegerField()
    by = TextField()

    class Meta:
        constraints = (
            Check("how IN ('paid', 'rejected')"),
            Check("(how = 'rejected') = (length(reason) > 0)"),
            Check("length(by) > 0"),
        )


class PayoutReturn(Table):
    """The bank has sent back what it had paid, once; append-only."""

    payout = ForeignKeyField(PayoutResult, primary_key=True, index=False)
    reason = TextField()
    at = IntegerField()
    by = TextField()

    class Meta:
        constraints = (Check("length(reason) > 0"), Check("length(by) > 0"))


TABLES: tuple[type[Table], ...] = (
    PayoutRun,
    PayoutRunState,
    PayoutApproval,
    PayoutFile,
    Payout,
    PayoutItem,
    PayoutResult,
    PayoutReturn,
)
"""Every table of this module, each after those that it refers to."""
