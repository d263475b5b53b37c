"""What comes after a settlement: disputes, chargebacks, and corrections of what was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import (
    SQL,
    AutoField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)

if TYPE_CHECKING:
    from playhouse.migrate import SchemaMigrator


class Table(Model):
    class Meta:
        legacy_table_names = False
        strict_tables = True


class Reservation(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Receipt(Table):
    """Made by an earlier migration; here only to be referred to."""

    number = IntegerField(primary_key=True)


class Dispute(Table):
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
    chargeback = ForeignKeyField(Chargeback, index=False)
    number = IntegerField()
    how = TextField()
    at = IntegerField()

    class Meta:
        primary_key = CompositeKey("chargeback", "number")
        without_rowid = True
        constraints = (Check("number > 0"), Check("how IN ('won', 'lost')"))


class HeldRefund(Table):
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


TABLES = (Dispute, DisputeEnd, Chargeback, ChargebackTurn, HeldRefund, Correction)


def _append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


TRIGGERS = (
    *_append_only("dispute"),
    *_append_only("dispute_end"),
    *_append_only("chargeback"),
    *_append_only("chargeback_turn"),
    *_append_only("held_refund"),
    *_append_only("correction"),
    """CREATE TRIGGER dispute_one_at_a_time BEFORE INSERT ON dispute
WHEN EXISTS (SELECT 1 FROM dispute d LEFT JOIN dispute_end e ON e.dispute_id = d.id
             WHERE d.reservation_id = NEW.reservation_id AND e.dispute_id IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'a reservation has one open dispute at most');
END""",
    """CREATE TRIGGER chargeback_turns BEFORE INSERT ON chargeback_turn
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM chargeback_turn
                    WHERE chargeback_id = NEW.chargeback_id)
  OR NEW.how = (SELECT how FROM chargeback_turn
                WHERE chargeback_id = NEW.chargeback_id AND number = NEW.number - 1)
BEGIN
  SELECT RAISE(ABORT, 'a chargeback turns from one end to the other');
END""",
    """CREATE TRIGGER correction_number BEFORE INSERT ON correction
WHEN NEW.note_number <> (SELECT coalesce(max(note_number), 0) + 1 FROM correction)
BEGIN
  SELECT RAISE(ABORT, 'numbers of corrective receipts have no gaps');
END""",
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables with their indexes and triggers."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    for trigger in TRIGGERS:
        db.execute_sql(trigger)
