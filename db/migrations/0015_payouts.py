"""Payouts to owners: runs with their approvals, files and what the bank has said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import (
    AutoField,
    BlobField,
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


class Owner(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Attendant(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Journal(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class PayoutRun(Table):
    id = AutoField()
    cutoff = IntegerField()
    made_at = IntegerField()
    made_by = TextField()

    class Meta:
        constraints = (Check("cutoff <= made_at"), Check("length(made_by) > 0"))


class PayoutRunState(Table):
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
    run = ForeignKeyField(PayoutRun, index=False)
    attendant = ForeignKeyField(Attendant, index=False)
    at = IntegerField()

    class Meta:
        primary_key = CompositeKey("run", "attendant")
        without_rowid = True


class PayoutFile(Table):
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
    payout = ForeignKeyField(Payout, index=False)
    journal = ForeignKeyField(Journal, index=True)
    amount_minor = IntegerField()

    class Meta:
        primary_key = CompositeKey("payout", "journal")
        without_rowid = True
        constraints = (Check("amount_minor <> 0"),)


class PayoutResult(Table):
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


TABLES = (
    PayoutRun,
    PayoutRunState,
    PayoutApproval,
    PayoutFile,
    Payout,
    PayoutItem,
    PayoutResult,
)


def _append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


TRIGGERS = (
    *_append_only("payout_run"),
    *_append_only("payout_run_state"),
    *_append_only("payout_approval"),
    *_append_only("payout_file"),
    *_append_only("payout"),
    *_append_only("payout_item"),
    *_append_only("payout_result"),
    """CREATE TRIGGER payout_run_turns BEFORE INSERT ON payout_run_state
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM payout_run_state
                    WHERE run_id = NEW.run_id)
  OR (coalesce((SELECT state FROM payout_run_state
                WHERE run_id = NEW.run_id AND number = NEW.number - 1), 'new'), NEW.state)
     NOT IN (VALUES ('new', 'proposed'), ('proposed', 'approved'), ('proposed', 'withdrawn'),
             ('approved', 'released'), ('approved', 'withdrawn'))
BEGIN
  SELECT RAISE(ABORT, 'a payout run cannot turn so');
END""",
    """CREATE TRIGGER payout_one_open_run BEFORE INSERT ON payout_run
WHEN EXISTS (SELECT 1 FROM payout_run r WHERE NOT EXISTS (
             SELECT 1 FROM payout_run_state s WHERE s.run_id = r.id
             AND s.state IN ('released', 'withdrawn')))
BEGIN
  SELECT RAISE(ABORT, 'one payout run is open at most');
END""",
    """CREATE TRIGGER payout_item_once BEFORE INSERT ON payout_item
WHEN EXISTS (SELECT 1 FROM payout_item i JOIN payout p ON p.id = i.payout_id
             JOIN payout mine ON mine.id = NEW.payout_id AND mine.owner_id = p.owner_id
             WHERE i.journal_id = NEW.journal_id AND NOT EXISTS (
             SELECT 1 FROM payout_run_state s WHERE s.run_id = p.run_id
             AND s.state = 'withdrawn'))
BEGIN
  SELECT RAISE(ABORT, 'what a journal moved is paid out once');
END""",
    """CREATE TRIGGER payout_result_after_release BEFORE INSERT ON payout_result
WHEN NOT EXISTS (SELECT 1 FROM payout p JOIN payout_run_state s ON s.run_id = p.run_id
                 WHERE p.id = NEW.payout_id AND s.state = 'released')
BEGIN
  SELECT RAISE(ABORT, 'a bank says nothing of what was not released');
END""",
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables with their indexes and triggers."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    for trigger in TRIGGERS:
        db.execute_sql(trigger)
