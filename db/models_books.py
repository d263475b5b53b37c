"""The tables of the books, receipts and the record of acts, as models.

What models are for here stands in models.py.
"""

from __future__ import annotations

from peewee import SQL, AutoField, Check, CompositeKey, ForeignKeyField, IntegerField, TextField

from db.models import Table
from db.models_stays import Reservation


class Account(Table):
    """The sums of one account in one currency: a cache kept with the transfers."""

    name = TextField()
    currency = TextField()
    debits_minor = IntegerField()
    credits_minor = IntegerField()
    is_guarded = IntegerField()

    class Meta:
        primary_key = CompositeKey("name", "currency")
        without_rowid = True
        constraints = (
            Check("length(currency) = 3"),
            Check("min(debits_minor, credits_minor) >= 0"),
            Check("is_guarded IN (0, 1)"),
            Check("is_guarded = 0 OR debits_minor <= credits_minor", name="account_guard"),
        )


class Journal(Table):
    """All transfers of one event; append-only."""

    id = AutoField()
    key = TextField(unique=True)
    kind = TextField()
    reservation = ForeignKeyField(Reservation, null=True)
    at = IntegerField()

    class Meta:
        constraints = (Check("length(key) > 0"), Check("length(kind) > 0"))


class Transfer(Table):
    """One debit and one credit of one amount, numbered in its journal; append-only."""

    journal = ForeignKeyField(Journal, index=False)
    number = IntegerField()
    debit = TextField()
    credit = TextField()
    amount_minor = IntegerField()
    currency = TextField()

    class Meta:
        primary_key = CompositeKey("journal", "number")
        without_rowid = True
        constraints = (
            Check("amount_minor > 0"),
            Check("debit <> credit"),
            SQL("FOREIGN KEY (debit, currency) REFERENCES account(name, currency)"),
            SQL("FOREIGN KEY (credit, currency) REFERENCES account(name, currency)"),
        )


Transfer.add_index(
    SQL(
        "CREATE INDEX transfer_claim ON transfer(debit)\n"
        "WHERE debit >= 'receivable:' AND debit < 'receivable;'"
    )
)
Transfer.add_index(
    SQL(
        "CREATE INDEX transfer_claim_less ON transfer(credit)\n"
        "WHERE credit >= 'receivable:' AND credit < 'receivable;'"
    )
)


class Receipt(Table):
    """A settled bill; append-only, and a trigger refuses a gap in the numbers.

    The last columns are what its charge was worked out from, besides its reservation; they
    are empty on receipts from before they were kept.
    """

    number = IntegerField(primary_key=True)
    reservation = ForeignKeyField(Reservation)
    presented_at = IntegerField()
    settled_at = IntegerField()
    counted_from = IntegerField()
    counted_until = IntegerField()
    lines = TextField()
    total_minor = IntegerField()
    tax_minor = IntegerField()
    deposit_minor = IntegerField()
    due_minor = IntegerField()
    refund_minor = IntegerField()
    owner_minor = IntegerField()
    commission_minor = IntegerField()
    vat_minor = IntegerField()
    manager_minor = IntegerField()
    currency = TextField()
    entered_at = IntegerField(null=True)
    left_at = IntegerField(null=True)
    late_grace_s = IntegerField(null=True, constraints=[Check("late_grace_s >= 0")])
    free_consideration_s = IntegerField(
        null=True, constraints=[Check("free_consideration_s >= 0")]
    )
    is_free_used = IntegerField(null=True, constraints=[Check("is_free_used IN (0, 1)")])
    early_entry_s = IntegerField(null=True, constraints=[Check("early_entry_s >= 0")])
    payee_id = IntegerField(null=True, constraints=[SQL('REFERENCES "payee" ("id")')])
    shows_tax = IntegerField(null=True, constraints=[Check("shows_tax IN (0, 1)")])

    class Meta:
        constraints = (
            Check("counted_until > counted_from"),
            Check("json_valid(lines)"),
            Check("min(total_minor, tax_minor, deposit_minor, due_minor, refund_minor) >= 0"),
            Check("owner_minor + commission_minor + vat_minor + manager_minor = total_minor"),
            Check("length(currency) = 3"),
        )


class Audit(Table):
    """Who did what, where and why; append-only."""

    id = AutoField()
    at = IntegerField()
    actor_kind = TextField()
    actor_name = TextField()
    action = TextField()
    lane = TextField(null=True)
    reservation = ForeignKeyField(Reservation, null=True)
    detail = TextField()
    facts = TextField(null=True)
    hash = TextField()
    stay_hash = TextField(null=True)

    class Meta:
        constraints = (
            Check("length(action) > 0"),
            Check("facts IS NULL OR json_valid(facts)"),
            Check("length(hash) = 64"),
            Check("(stay_hash IS NULL) = (reservation_id IS NULL)"),
        )


class RefundPart(Table):
    """Of which payment a part of a refund was; append-only."""

    journal_key = TextField()
    number = IntegerField()
    reservation = ForeignKeyField(Reservation)
    payment = TextField()
    account = TextField()
    amount_minor = IntegerField()
    currency = TextField()

    class Meta:
        primary_key = CompositeKey("journal_key", "number")
        without_rowid = True
        constraints = (
            Check("number > 0"),
            Check("length(account) > 0"),
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            SQL("FOREIGN KEY (journal_key) REFERENCES journal(key)"),
            SQL("FOREIGN KEY (payment) REFERENCES journal(key)"),
        )


TABLES: tuple[type[Table], ...] = (Account, Journal, Transfer, Receipt, Audit, RefundPart)
"""Every table of this module, each after those that it refers to."""
