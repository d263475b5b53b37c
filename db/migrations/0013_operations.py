"""Operations of every kind with their tries; what is authorised, and what was left unpaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import SQL, AutoField, Check, ForeignKeyField, IntegerField, Model, TextField

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator


class Table(Model):
    class Meta:
        legacy_table_names = False
        strict_tables = True


class Reservation(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Driver(Table):
    """The same."""

    id = AutoField()


class Operation(Table):
    key = TextField(primary_key=True)
    adapter = TextField()
    kind = TextField()
    purpose = TextField()
    reservation = ForeignKeyField(Reservation, null=True)
    amount_minor = IntegerField()
    currency = TextField()
    state = TextField()
    lane = TextField(null=True)
    presented_at = IntegerField(null=True)
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
        constraints = (
            Check("length(key) > 0"),
            Check("kind IN ('collect', 'authorise', 'increase', 'capture', 'release', 'refund')"),
            Check(
                "purpose IN ('deposit', 'change', 'due', 'debt', 'settlement', 'refund', 'top-up')"
            ),
            Check("amount_minor > 0"),
            Check("length(currency) = 3"),
            Check(
                "state IN ('new', 'sent', 'pending', 'in-doubt', 'succeeded', 'declined', "
                "'failed')"
            ),
            Check("attempts >= 0"),
            SQL("FOREIGN KEY (original) REFERENCES operation(key)"),
        )


Operation.add_index(
    SQL(
        "CREATE INDEX operation_unfinished ON operation(created_at, key) "
        "WHERE state IN ('new', 'sent', 'pending', 'in-doubt')"
    )
)


class TopUp(Table):
    operation = ForeignKeyField(Operation, primary_key=True, column_name="operation_key")
    driver = ForeignKeyField(Driver)


class Authorisation(Table):
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
    debt = ForeignKeyField(Debt, primary_key=True, column_name="debt_code")
    how = TextField()
    at = IntegerField()

    class Meta:
        constraints = (Check("how IN ('paid', 'written-off')"),)


NEW = (TopUp, Authorisation, AuthorisationEnd, Debt, DebtEnd)
COLUMNS = """key, adapter, kind, purpose, reservation_id, amount_minor, currency, state, lane,
presented_at, reference, created_at, changed_at"""
KEEP = f"""INSERT INTO operation({COLUMNS}, attempts)
SELECT {COLUMNS}, 0 FROM old_operation"""  # noqa: S608


def _append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


TRIGGERS = (
    *(
        trigger
        for table in ("top_up", "authorisation", "authorisation_end", "debt", "debt_end")
        for trigger in _append_only(table)
    ),
    """CREATE TRIGGER authorisation_end_within BEFORE INSERT ON authorisation_end
WHEN NEW.posted_minor > (SELECT amount_minor FROM authorisation WHERE id = NEW.authorisation_id)
BEGIN
  SELECT RAISE(ABORT, 'no more is posted than was authorised');
END""",
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table of operations anew with more kinds; every operation is kept."""
    db.execute_sql("CREATE TABLE old_operation AS SELECT * FROM operation")
    db.execute_sql("DROP TABLE operation")
    with db.bind_ctx([Operation, *NEW]):
        db.create_tables([Operation, *NEW])
    db.execute_sql(KEEP)
    db.execute_sql("DROP TABLE old_operation")
    for trigger in TRIGGERS:
        db.execute_sql(trigger)
