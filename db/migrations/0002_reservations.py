"""Reservations, stays, and the passages granted to lanes."""

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
from playhouse.sqlite_ext import AutoIncrementField

if TYPE_CHECKING:
    from playhouse.migrate import SchemaMigrator


class Table(Model):
    class Meta:
        legacy_table_names = False
        strict_tables = True


class Space(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Vehicle(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Driver(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Tariff(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class SplitTerms(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Attendant(Table):
    """Made by an earlier migration; here only to be referred to."""

    id = AutoField()


class Reservation(Table):
    id = AutoIncrementField()
    space = ForeignKeyField(Space, index=False)
    vehicle = ForeignKeyField(Vehicle)
    driver = ForeignKeyField(Driver, null=True)
    t0 = IntegerField()
    t1 = IntegerField()
    state = TextField()
    quote_minor = IntegerField()
    currency = TextField()
    tariff = ForeignKeyField(Tariff, index=False)
    split_terms = ForeignKeyField(SplitTerms, index=False)
    pay_until = IntegerField()
    short_code = TextField(unique=True)
    created_at = IntegerField(index=True)

    class Meta:
        indexes = ((("state", "t0"), False),)
        constraints = (
            Check("t1 > t0"),
            Check(
                "state IN ('pending', 'confirmed', 'arrived', 'settled', 'left', 'expired', "
                "'cancelled', 'no-show')"
            ),
            Check("quote_minor >= 0"),
            Check("length(currency) = 3"),
        )


Reservation.add_index(
    SQL(
        "CREATE INDEX res_live ON reservation(space_id, t0, t1) "
        "WHERE state IN ('pending', 'confirmed', 'arrived')"
    )
)
Reservation.add_index(
    SQL("CREATE INDEX res_inside ON reservation(space_id, t1) WHERE state = 'arrived'")
)


class Stay(Table):
    reservation = ForeignKeyField(Reservation, primary_key=True)
    entry_lane = TextField()
    entered_at = IntegerField()
    exit_lane = TextField(null=True)
    presented_at = IntegerField(null=True)
    left_at = IntegerField(null=True, index=True)

    class Meta:
        constraints = (Check("(exit_lane IS NULL) = (presented_at IS NULL)"),)


class PassageGrant(Table):
    token = TextField(primary_key=True)
    lane = TextField()
    direction = TextField()
    reservation = ForeignKeyField(Reservation, null=True)
    attendant = ForeignKeyField(Attendant, null=True, index=False)
    reason = TextField(null=True)
    state = TextField()
    granted_at = IntegerField()
    ended_at = IntegerField(null=True)
    why = TextField(null=True)

    class Meta:
        constraints = (
            Check("direction IN ('entry', 'exit')"),
            Check("state IN ('open', 'passed', 'void')"),
            Check("(state = 'open') = (ended_at IS NULL)"),
            Check("(attendant_id IS NULL) = (reason IS NULL)"),
            Check("reservation_id IS NOT NULL OR attendant_id IS NOT NULL"),
        )


PassageGrant.add_index(
    SQL("CREATE UNIQUE INDEX grant_open ON passage_grant(lane) WHERE state = 'open'")
)
PassageGrant.add_index(
    SQL("CREATE INDEX grant_restart ON passage_grant(ended_at) WHERE why = 'restart'")
)


class TicketUse(Table):
    reservation = ForeignKeyField(Reservation, index=False)
    direction = TextField()
    token = ForeignKeyField(
        PassageGrant, column_name="token", index=False, deferrable="INITIALLY DEFERRED"
    )
    used_at = IntegerField()

    class Meta:
        primary_key = CompositeKey("reservation", "direction")
        without_rowid = True
        constraints = (Check("direction IN ('entry', 'exit')"),)


TABLES = (
    Reservation,
    Stay,
    PassageGrant,
    TicketUse,
)


# Live rows of a space never overlap, so the one that starts last also ends last: one probe.
_OVERLAP = """
WHEN NEW.state IN ('pending', 'confirmed', 'arrived')
BEGIN
  SELECT RAISE(ABORT, 'overlap') WHERE coalesce((
    SELECT r.t1 FROM reservation r
    WHERE r.space_id = NEW.space_id AND r.id IS NOT NEW.id
    AND r.state IN ('pending', 'confirmed', 'arrived') AND r.t0 < NEW.t1
    ORDER BY r.t0 DESC LIMIT 1), 0) > NEW.t0;
END"""

TRIGGERS = (
    f"CREATE TRIGGER reservation_overlap_insert BEFORE INSERT ON reservation{_OVERLAP}",
    f"""CREATE TRIGGER reservation_overlap_update
BEFORE UPDATE OF space_id, t0, t1, state ON reservation{_OVERLAP}""",
    """CREATE TRIGGER reservation_state BEFORE UPDATE OF state ON reservation
WHEN OLD.state || '>' || NEW.state NOT IN (
    'pending>confirmed', 'pending>expired', 'pending>cancelled',
    'confirmed>arrived', 'confirmed>no-show', 'arrived>settled',
    'settled>settled', 'settled>left')
BEGIN
  SELECT RAISE(ABORT, 'state change not allowed');
END""",
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables with their indexes and triggers."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    for trigger in TRIGGERS:
        db.execute_sql(trigger)
