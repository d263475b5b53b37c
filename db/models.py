"""The tables of people and the shared library as peewee models.

They say what the schema should be, and set-up adds rows by them; hot paths use the constant SQL
of the repositories. The schema itself is made by migrations, which also hold the triggers; a
test compares both with schema.sql. Instants are epoch seconds, money is whole minor units.
Models know no database: each query names the one it runs on. Reservations and
lanes: models_stays.py, money: models_books.py and models_operations.py.
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
    phone = TextField(index=True)


class Vehicle(Table):
    """A car: the only place of plates."""

    id = AutoField()
    plate = TextField(unique=True)

    class Meta:
        constraints = (Check("length(plate) > 0"),)


class Driver(Table):
    """A driver with a wallet; `locked_until` while too many PINs were wrong."""

    id = AutoField()
    person = ForeignKeyField(Person)
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
    is_blocked = IntegerField(constraints=[SQL("DEFAULT 0"), Check("is_blocked IN (0, 1)")])
    is_confirmed = IntegerField(constraints=[SQL("DEFAULT 0"), Check("is_confirmed IN (0, 1)")])

    class Meta:
        constraints = (Check("is_one_time IN (0, 1)"), Check("wrong_pins >= 0"))


class Owner(Table):
    """Who shares spaces."""

    id = AutoField()
    person = ForeignKeyField(Person, index=False)
    kind = TextField(
        constraints=[
            SQL("DEFAULT 'other'"),
            Check("kind IN ('resident', 'office', 'shop', 'operator', 'other')"),
        ]
    )


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
    rule = TextField(
        constraints=[
            SQL("DEFAULT 'owner-rest'"),
            Check("rule IN ('owner-rest', 'largest-remainder')"),
        ]
    )
    merchant = TextField(
        constraints=[SQL("DEFAULT 'operator'"), Check("merchant IN ('operator', 'owner')")]
    )
    supplier = TextField(
        constraints=[SQL("DEFAULT 'owner'"), Check("supplier IN ('operator', 'owner')")]
    )

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
    height_mm = IntegerField(null=True, constraints=[Check("height_mm > 0")])
    is_covered = IntegerField(constraints=[SQL("DEFAULT 0"), Check("is_covered IN (0, 1)")])
    type = TextField(constraints=[SQL("DEFAULT 'car'"), Check("type IN ('car', 'motorcycle')")])

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
    """What an owner shares of a space; `times` is canonical text (rows.py)."""

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
    """Idle time of a space with the terms of its offer, derived by gaps.py."""

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


class Horizon(Table):
    """Until when the gaps of a space are built."""

    space = ForeignKeyField(Space, primary_key=True)
    until = IntegerField()


class Holiday(Table):
    """A local day on which offers that skip holidays share nothing."""

    day = TextField(primary_key=True)

    class Meta:
        without_rowid = True


class Closure(Table):
    """Time in which a space is out of order."""

    id = AutoField()
    space = ForeignKeyField(Space)
    t0 = IntegerField()
    t1 = IntegerField()
    reason = TextField()

    class Meta:
        constraints = (Check("t1 > t0"), Check("length(reason) > 0"))


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
    Holiday,
    Closure,
)
"""Every table of this module, each after those that it refers to."""
