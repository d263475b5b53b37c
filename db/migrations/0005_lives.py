"""Offers with times and terms, every turn that a reservation can take, and what time brings."""

from __future__ import annotations

import json
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


class Offer(Table):
    id = AutoField()
    space = ForeignKeyField(Space)
    state = TextField()
    times = TextField()
    notice_s = IntegerField()
    shortest_s = IntegerField(null=True)
    longest_s = IntegerField(null=True)
    tariff = ForeignKeyField(Tariff, null=True, index=False)
    split_terms = ForeignKeyField(SplitTerms, null=True, index=False)

    class Meta:
        constraints = (
            Check("state IN ('draft', 'awaiting-proof', 'approved', 'paused', 'withdrawn')"),
            Check("json_valid(times)"),
            Check("notice_s >= 0"),
            Check("shortest_s > 0"),
            Check("longest_s >= coalesce(shortest_s, 1)"),
        )


Offer.add_index(
    SQL(
        "CREATE UNIQUE INDEX offer_in_force ON offer(space_id) "
        "WHERE state IN ('approved', 'paused')"
    )
)


class FreeGap(Table):
    space = ForeignKeyField(Space, index=False)
    t0 = IntegerField()
    t1 = IntegerField()
    notice_s = IntegerField()
    shortest_s = IntegerField()
    longest_s = IntegerField()

    class Meta:
        primary_key = CompositeKey("space", "t0")
        without_rowid = True
        constraints = (Check("t1 > t0"),)


class Holiday(Table):
    day = TextField(primary_key=True)

    class Meta:
        without_rowid = True


class Closure(Table):
    id = AutoField()
    space = ForeignKeyField(Space)
    t0 = IntegerField()
    t1 = IntegerField()
    reason = TextField()

    class Meta:
        constraints = (Check("t1 > t0"), Check("length(reason) > 0"))


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
    width_mm = IntegerField(null=True)
    length_mm = IntegerField(null=True)
    height_mm = IntegerField(null=True)
    needs_charger = IntegerField(constraints=[SQL("DEFAULT 0")])
    needs_accessible = IntegerField(constraints=[SQL("DEFAULT 0")])
    needs_type = TextField(constraints=[SQL("DEFAULT 'car'")])
    linked_to = ForeignKeyField("self", null=True, column_name="linked_to", index=False)
    displaced_by = ForeignKeyField("self", null=True, column_name="displaced_by", index=False)

    class Meta:
        indexes = ((("state", "t0"), False),)
        constraints = (
            Check("t1 > t0"),
            Check(
                "state IN ('pending', 'confirmed', 'arrived', 'settled', 'left', 'expired', "
                "'cancelled', 'no-show', 'substituted', 'displaced', 'owner-recalled')"
            ),
            Check("quote_minor >= 0"),
            Check("length(currency) = 3"),
            Check("needs_charger IN (0, 1)"),
            Check("needs_accessible IN (0, 1)"),
        )


Reservation.add_index(
    SQL(
        "CREATE INDEX res_live ON reservation(space_id, t0, t1) "
        "WHERE state IN ('pending', 'confirmed', 'arrived')"
    )
)
Reservation.add_index(
    SQL("CREATE INDEX res_inside ON reservation(t1, space_id) WHERE state = 'arrived'")
)
Reservation.add_index(
    SQL("CREATE INDEX res_settled ON reservation(space_id) WHERE state = 'settled'")
)
Reservation.add_index(
    SQL("CREATE INDEX res_displaced ON reservation(displaced_by) WHERE displaced_by IS NOT NULL")
)


class Change(Table):
    reservation = ForeignKeyField(Reservation, primary_key=True)
    space = ForeignKeyField(Space)
    t0 = IntegerField()
    t1 = IntegerField()
    quote_minor = IntegerField()
    tariff = ForeignKeyField(Tariff, index=False)
    split_terms = ForeignKeyField(SplitTerms, index=False)
    pay_until = IntegerField()

    class Meta:
        constraints = (Check("t1 > t0"), Check("quote_minor >= 0"))


class Move(Table):
    id = AutoIncrementField()
    reservation = ForeignKeyField(Reservation)
    from_space = ForeignKeyField(Space, index=False)
    to_space = ForeignKeyField(Space, index=False)
    at = IntegerField()
    why = TextField()

    class Meta:
        constraints = (Check("from_space_id <> to_space_id"), Check("length(why) > 0"))


class Due(Table):
    reservation = ForeignKeyField(Reservation, index=False)
    kind = TextField()
    at = IntegerField(index=True)

    class Meta:
        primary_key = CompositeKey("reservation", "kind")
        without_rowid = True
        constraints = (
            Check(
                "kind IN ('pending-runs-out', 'start-missed', 'change-runs-out', 'stay-runs-late')"
            ),
        )


class Ticket(Table):
    reservation = ForeignKeyField(Reservation, index=False)
    number = IntegerField()
    t0 = IntegerField()
    t1 = IntegerField()
    issued_at = IntegerField()
    revoked_at = IntegerField(null=True)
    why = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("reservation", "number")
        without_rowid = True
        constraints = (Check("t1 > t0"), Check("(revoked_at IS NULL) = (why IS NULL)"))


Ticket.add_index(
    SQL("CREATE INDEX ticket_revoked ON ticket(revoked_at) WHERE revoked_at IS NOT NULL")
)

NEW_TABLES = (Holiday, Closure, Change, Move, Due, Ticket)

MORE_COLUMNS = {
    "space": (
        '"height_mm" INTEGER CHECK (height_mm > 0)',
        '"is_covered" INTEGER NOT NULL DEFAULT 0 CHECK (is_covered IN (0, 1))',
        "\"type\" TEXT NOT NULL DEFAULT 'car' CHECK (type IN ('car', 'motorcycle'))",
    ),
    "owner": (
        """"kind" TEXT NOT NULL DEFAULT 'other' CHECK (kind IN ('resident', 'office', 'shop', \
'operator', 'other'))""",
    ),
    "stay": (
        '"re_entered_at" INTEGER',
        '"is_displaced" INTEGER NOT NULL DEFAULT 0 CHECK (is_displaced IN (0, 1))',
    ),
}

OLD_OFFERS = """SELECT space_id,
group_concat(weekdays || ' ' || from_minute || ' ' || until_minute)
FROM (SELECT * FROM offer ORDER BY id) GROUP BY space_id ORDER BY space_id"""
ADD_OFFER = """INSERT INTO offer(space_id, state, times, notice_s)
VALUES (?, 'approved', ?, 0)"""
KEEP_RESERVATIONS = """INSERT INTO reservation(id, space_id, vehicle_id, driver_id, t0, t1, state,
quote_minor, currency, tariff_id, split_terms_id, pay_until, short_code, created_at)
SELECT id, space_id, vehicle_id, driver_id, t0, t1, state, quote_minor, currency, tariff_id,
split_terms_id, pay_until, short_code, created_at FROM old_reservation"""
ADD_DUES = (
    """INSERT INTO due(reservation_id, kind, at)
SELECT id, 'pending-runs-out', pay_until FROM reservation WHERE state = 'pending'""",
    """INSERT INTO due(reservation_id, kind, at)
SELECT id, 'start-missed', t0 FROM reservation WHERE state = 'confirmed'""",
    """INSERT INTO due(reservation_id, kind, at)
SELECT id, 'stay-runs-late', t1 FROM reservation WHERE state = 'arrived'""",
)
ADD_TICKETS = """INSERT INTO ticket(reservation_id, number, t0, t1, issued_at)
SELECT id, 1, t0, t1, created_at FROM reservation
WHERE state NOT IN ('pending', 'expired', 'cancelled')"""

# Live rows of a space never overlap, so the one that starts last also ends last: one probe.
OVERLAP = """
WHEN NEW.state IN ('pending', 'confirmed', 'arrived')
BEGIN
  SELECT RAISE(ABORT, 'overlap') WHERE coalesce((
    SELECT r.t1 FROM reservation r
    WHERE r.space_id = NEW.space_id AND r.id IS NOT NEW.id
    AND r.state IN ('pending', 'confirmed', 'arrived') AND r.t0 < NEW.t1
    ORDER BY r.t0 DESC LIMIT 1), 0) > NEW.t0;
END"""

TRIGGERS = (
    f"CREATE TRIGGER reservation_overlap_insert BEFORE INSERT ON reservation{OVERLAP}",
    f"""CREATE TRIGGER reservation_overlap_update
BEFORE UPDATE OF space_id, t0, t1, state ON reservation{OVERLAP}""",
    """CREATE TRIGGER reservation_state BEFORE UPDATE OF state ON reservation
WHEN OLD.state || '>' || NEW.state NOT IN (
    'pending>confirmed', 'pending>expired', 'pending>cancelled', 'pending>pending',
    'pending>displaced', 'pending>owner-recalled',
    'confirmed>cancelled', 'confirmed>confirmed', 'confirmed>arrived', 'confirmed>no-show',
    'confirmed>left', 'confirmed>substituted', 'confirmed>displaced',
    'confirmed>owner-recalled',
    'arrived>arrived', 'arrived>settled', 'settled>settled', 'settled>left',
    'left>confirmed', 'no-show>substituted')
BEGIN
  SELECT RAISE(ABORT, 'state change not allowed');
END""",
    """CREATE TRIGGER reservation_end BEFORE UPDATE OF t0, t1 ON reservation
WHEN NEW.state NOT IN ('pending', 'confirmed', 'arrived')
OR (OLD.state = 'arrived' AND (NEW.t0 <> OLD.t0 OR NEW.t1 < OLD.t1))
BEGIN
  SELECT RAISE(ABORT, 'the window of this reservation stays');
END""",
)


def times_of(old: str) -> str:
    """The weekly windows of a space as there were until now, as the text of one offer.

    Old offers of one space could lie upon one another; their sum is the same.
    """
    windows = []
    for weekly in old.split(","):
        weekdays, from_minute, until_minute = map(int, weekly.split())
        days = ",".join(
            name
            for day, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))
            if weekdays >> day & 1
        )
        last_day = "2020-01-06" if until_minute > from_minute else "2020-01-07"
        windows.append(
            {
                "ends": f"{last_day}T{until_minute // 60:02d}:{until_minute % 60:02d}",
                "repeats": f"FREQ=WEEKLY;BYDAY={days}",
                "starts": f"2020-01-06T{from_minute // 60:02d}:{from_minute % 60:02d}",
            }
        )
    return json.dumps({"windows": windows}, sort_keys=True, separators=(",", ":"))


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes offers and reservations anew with what they know now; every row is kept.

    Foreign keys rest while a migration runs; what refers to a reservation finds it by its
    id. Idle gaps are dropped: the first roll forward after the start builds them.
    """
    for table, columns in MORE_COLUMNS.items():
        for column in columns:
            db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {column}")
    offers = db.execute_sql(OLD_OFFERS).fetchall()
    db.execute_sql("CREATE TABLE old_reservation AS SELECT * FROM reservation")
    for table in ("offer", "free_gap", "reservation"):
        db.execute_sql(f"DROP TABLE {table}")
    db.execute_sql("DELETE FROM horizon")
    tables = (Offer, FreeGap, Reservation, *NEW_TABLES)
    with db.bind_ctx(tables):
        db.create_tables(tables)
    for space_id, old in offers:
        db.execute_sql(ADD_OFFER, (space_id, times_of(old)))
    db.execute_sql(KEEP_RESERVATIONS)
    db.execute_sql("DROP TABLE old_reservation")
    for statement in (*ADD_DUES, ADD_TICKETS, *TRIGGERS):
        db.execute_sql(statement)
