"""The tables of payment operations, of what is authorised and of what was left unpaid, as models.

What models are for here stands in models.py.
"""

from __future__ import annotations

from peewee import SQL, AutoField, Check, ForeignKeyField, IntegerField, TextField

from db.conditions import UNFINISHED, one_of
from db.models import Driver, Table
from db.models_stays import Reservation

KINDS = one_of("kind", "collect", "authorise", "increase", "capture", "release", "refund")
PURPOSES = one_of("purpose", "deposit", "change", "due", "debt", "settlement", "refund", "top-up")
STATES = one_of("state", "new", "sent", "pending", "in-doubt", "succeeded", "declined", "failed")


class Operation(Table):
    """A payment operation at a provider, written before anything is sent."""

    key = TextField(primary_key=True)
    adapter = TextField()
    kind = TextField()
    purpose = TextField()
    reservation = ForeignKeyField(Reservation, null=True)
    amount_minor = IntegerField()
    currency = TextField()
    state = TextField()
    lane = TextField(null=True)
    reference = TextField(null=True)
    original = TextField(null=True)
    fee_minor = IntegerField(null=True)
    capture_before = IntegerField(null=True)
    attempts = IntegerField(default=0)
    next_at = IntegerField(null=True)
    ends_at = IntegerField(null=True)
    created_at = IntegerField()
    changed_at = IntegerField()

    class Meta:
        without_rowid = True
        constraints = (
            Check("length(key) > 0"),
            Check(KINDS),
            Check(PURPOSES),
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            Check(STATES),
            Check("attempts >= 0"),
            SQL("FOREIGN KEY (original) REFERENCES operation(key)"),
        )


Operation.add_index(
    SQL("CREATE INDEX operation_done ON operation(adapter, changed_at) WHERE state = 'succeeded'")
)
Operation.add_index(
    SQL(f"CREATE INDEX operation_unfinished ON operation(created_at, key) WHERE {UNFINISHED}")
)


class TopUp(Table):
    """Whose wallet an operation fills; append-only."""

    operation = ForeignKeyField(Operation, primary_key=True, column_name="operation_key")
    driver = ForeignKeyField(Driver)


class Authorisation(Table):
    """Money that is promised and not in the books before it is posted; append-only."""

    id = AutoField()
    reservation = ForeignKeyField(Reservation)
    account = TextField(index=True)
    amount_minor = IntegerField()
    currency = TextField()
    operation_key = TextField(null=True)
    made_at = IntegerField()
    expires_at = IntegerField(null=True, index=True)

    class Meta:
        constraints = (
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            Check("expires_at > made_at"),
            SQL("FOREIGN KEY (operation_key) REFERENCES operation(key)"),
        )


class AuthorisationEnd(Table):
    """What became of an authorisation, once; append-only."""

    authorisation = ForeignKeyField(Authorisation, primary_key=True)
    how = TextField()
    posted_minor = IntegerField()
    at = IntegerField()

    class Meta:
        constraints = (
            Check("how IN ('posted', 'voided', 'expired')"),
            Check("(how = 'posted') = (posted_minor > 0)"),
        )


class Debt(Table):
    """What a car left without paying, with the code to pay it by; append-only."""

    code = TextField(primary_key=True)
    reservation = ForeignKeyField(Reservation)
    receipt_number = IntegerField(null=True)
    amount_minor = IntegerField()
    currency = TextField()
    why = TextField()
    made_at = IntegerField(index=True)
    pay_until = IntegerField()

    class Meta:
        constraints = (
            Check("length(code) > 0"),
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            Check("why IN ('declined', 'in-doubt', 'unreachable', 'capture-failed')"),
            Check("pay_until > made_at"),
        )


class DebtEnd(Table):
    """A debt was paid or given up, once; append-only."""

    debt = ForeignKeyField(Debt, primary_key=True, column_name="debt_code")
    how = TextField()
    at = IntegerField()

    class Meta:
        constraints = (Check("how IN ('paid', 'written-off')"),)


class DebtLowering(Table):
    """What a later refund has taken off a debt that was open; append-only."""

    id = AutoField()
    debt = ForeignKeyField(Debt, column_name="debt_code")
    amount_minor = IntegerField()
    at = IntegerField()

    class Meta:
        constraints = (Check("amount_minor > 0"),)


class MissingOperation(Table):
    """Done by our books, and unknown to its provider when it was asked; append-only."""

    operation = ForeignKeyField(Operation, primary_key=True, column_name="operation_key")
    at = IntegerField()


class MissingEnd(Table):
    """The provider reports it after all, or somebody has explained it, once; append-only."""

    operation = ForeignKeyField(MissingOperation, primary_key=True, column_name="operation_key")
    how = TextField()
    at = IntegerField()

    class Meta:
        constraints = (Check("how IN ('reported', 'explained')"),)


TABLES: tuple[type[Table], ...] = (
    *(Operation, TopUp, Authorisation, AuthorisationEnd),
    *(Debt, DebtEnd, DebtLowering),
    *(MissingOperation, MissingEnd),
)
"""Every table of this module, each after those that it refers to."""
