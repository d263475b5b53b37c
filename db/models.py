"""The tables of people, the shared library, reservations and lanes as peewee models.

They say what the schema should be, and set-up adds rows by them; hot paths use the constant SQL
of the repositories. The schema itself is made by migrations, which also hold the triggers; a
test compares both with schema.sql. Instants are epoch seconds, money is whole minor units.
Models know no database: each query names the one it runs on. Money: models_books.py.
"""

from __future__ import annotations

from peewee import (
    SQL,
    AutoField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.sqlite_ext import AutoIncrementField


class Table(Model):
    """What all tables have in common: SQLite checks the type of every value."""

    class Meta:
        legacy_table_names = False
        strict_tables = True


# People and the shared library ------------------------------------------------------------


class Person(Table):
    """A human being: the only place of names and contacts."""

    id = AutoField()
    name = TextField()
    phone = TextField()


class Vehicle(Table):
    """A car: the only place of plates."""

    id = AutoField()
    plate = TextField(unique=True)

    class Meta:
        constraints = (Check("length(plate) > 0"),)


class Driver(Table):
    """A driver with a wallet; `locked_until` while too many PINs were wrong."""

    id = AutoField()
    person = ForeignKeyField(Person, index=False)
    pass_code = TextField(unique=True)
    pin_hash = TextField()
    wrong_pins = IntegerField(default=0)
    locked_until = IntegerField(null=True)

    class Meta:
        constraints = (Check("wrong_pins >= 0"),)


class Attendant(Table):
    """Who sits at the desk."""

    id = AutoField()
    name = TextField(unique=True)
    pin_hash = TextField()
    is_one_time = IntegerField()
    wrong_pins = IntegerField(default=0)
    locked_until = IntegerField(null=True)

    class Meta:
        constraints = (Check("is_one_time IN (0, 1)"), Check("wrong_pins >= 0"))


class Owner(Table):
    """Who shares spaces."""

    id = AutoField()
    person = ForeignKeyField(Person, index=False)


class Tariff(Table):
    """A tariff version as canonical text (kiosk.domain.tariff_text); triggers keep it."""

    id = AutoField()
    code = TextField()
    version = IntegerField()
    currency = TextField()
    hash = TextField(unique=True)
    text = TextField()

    class Meta:
        constraints = (
            SQL("UNIQUE (code, version)"),
            Check("length(currency) = 3"),
            Check("length(hash) = 64"),
            Check("json_valid(text)"),
        )


class SplitTerms(Table):
    """How fees are divided; triggers keep it as it was promised."""

    id = AutoField()
    commission_bp = IntegerField()
    vat_bp = IntegerField()
    manager_bp = IntegerField()

    class Meta:
        constraints = (
            Check("min(commission_bp, vat_bp, manager_bp) >= 0"),
            Check("commission_bp * (10000 + vat_bp) + manager_bp * 10000 <= 100000000"),
        )


class Area(Table):
    """A part of the site, with the tariff and the split that new reservations get."""

    id = AutoField()
    code = TextField(unique=True)
    name = TextField()
    level = IntegerField()
    width_mm = IntegerField()
    depth_mm = IntegerField()
    tariff = ForeignKeyField(Tariff, index=False)
    split_terms = ForeignKeyField(SplitTerms, index=False)

    class Meta:
        constraints = (Check("width_mm > 0"), Check("depth_mm > 0"))


class Space(Table):
    """One place for one car."""

    id = AutoField()
    area = ForeignKeyField(Area, index=False)
    owner = ForeignKeyField(Owner, index=False)
    label = TextField()
    rank = IntegerField()
    x_mm = IntegerField()
    y_mm = IntegerField()
    width_mm = IntegerField()
    depth_mm = IntegerField()
    has_charger = IntegerField()
    is_accessible = IntegerField()

    class Meta:
        indexes = ((("area", "rank"), False),)
        constraints = (
            SQL("UNIQUE (area_id, label)"),
            Check("width_mm > 0"),
            Check("depth_mm > 0"),
            Check("has_charger IN (0, 1)"),
            Check("is_accessible IN (0, 1)"),
        )


class Offer(Table):
    """A weekly window in local minutes of the day; bit 0 of `weekdays` is Monday."""

    id = AutoField()
    space = ForeignKeyField(Space)
    weekdays = IntegerField()
    from_minute = IntegerField()
    until_minute = IntegerField()

    class Meta:
        constraints = (
            Check("weekdays BETWEEN 1 AND 127"),
            Check("from_minute BETWEEN 0 AND 1439"),
            Check("until_minute BETWEEN 0 AND 1439"),
        )


class FreeGap(Table):
    """Idle time of a space, derived by gaps.py."""

    space = ForeignKeyField(Space, index=False)
    t0 = IntegerField()
    t1 = IntegerField()

    class Meta:
        primary_key = CompositeKey("space", "t0")
        without_rowid = True
        constraints = (Check("t1 > t0"),)


class Horizon(Table):
    """Until when the gaps of a space are built."""

    space = ForeignKeyField(Space, primary_key=True)
    until = IntegerField()


# Reservations and lanes -------------------------------------------------------------------


class Reservation(Table):
    """A right to a space for [t0, t1); triggers refuse overlaps and changes not allowed."""

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
    """One car from entry to exit."""

    reservation = ForeignKeyField(Reservation, primary_key=True)
    entry_lane = TextField()
    entered_at = IntegerField()
    exit_lane = TextField(null=True)
    presented_at = IntegerField(null=True)
    left_at = IntegerField(null=True, index=True)

    class Meta:
        constraints = (Check("(exit_lane IS NULL) = (presented_at IS NULL)"),)


class PassageGrant(Table):
    """One permission for one passage; by hand it has an attendant and a reason."""

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
    """A ticket opens once each way; the grant it was used for is committed with it."""

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


TABLES: tuple[type[Table], ...] = (
    Person,
    Vehicle,
    Driver,
    Attendant,
    Owner,
    Tariff,
    SplitTerms,
    Area,
    Space,
    Offer,
    FreeGap,
    Horizon,
    Reservation,
    Stay,
    PassageGrant,
    TicketUse,
)
"""Every table of this module, each after those that it refers to."""
