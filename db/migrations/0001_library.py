"""People, the shared library and its idle time; tariffs and terms never change once promised."""

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


class Person(Table):
    id = AutoField()
    name = TextField()
    phone = TextField()


class Vehicle(Table):
    id = AutoField()
    plate = TextField(unique=True)

    class Meta:
        constraints = (Check("length(plate) > 0"),)


class Driver(Table):
    id = AutoField()
    person = ForeignKeyField(Person, index=False)
    pass_code = TextField(unique=True)
    pin_hash = TextField()
    wrong_pins = IntegerField(default=0)
    locked_until = IntegerField(null=True)

    class Meta:
        constraints = (Check("wrong_pins >= 0"),)


class Attendant(Table):
    id = AutoField()
    name = TextField(unique=True)
    pin_hash = TextField()
    is_one_time = IntegerField()
    wrong_pins = IntegerField(default=0)
    locked_until = IntegerField(null=True)

    class Meta:
        constraints = (Check("is_one_time IN (0, 1)"), Check("wrong_pins >= 0"))


class Owner(Table):
    id = AutoField()
    person = ForeignKeyField(Person, index=False)


class Tariff(Table):
    id = AutoField()
    code = TextField()
    version = IntegerField()
    currency = TextField()
    block_minutes = IntegerField()
    block_price_minor = IntegerField()
    daily_cap_minor = IntegerField()
    tax_bp = IntegerField()

    class Meta:
        constraints = (
            SQL("UNIQUE (code, version)"),
            Check("length(currency) = 3"),
            Check("block_minutes > 0"),
            Check("block_price_minor > 0"),
            Check("daily_cap_minor >= block_price_minor"),
            Check("tax_bp >= 0"),
        )


class SplitTerms(Table):
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
    space = ForeignKeyField(Space, index=False)
    t0 = IntegerField()
    t1 = IntegerField()

    class Meta:
        primary_key = CompositeKey("space", "t0")
        without_rowid = True
        constraints = (Check("t1 > t0"),)


class Horizon(Table):
    space = ForeignKeyField(Space, primary_key=True)
    until = IntegerField()


TABLES = (
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
)


def _append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


TRIGGERS = (
    *_append_only("tariff"),
    *_append_only("split_terms"),
)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the tables with their indexes and triggers."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
    for trigger in TRIGGERS:
        db.execute_sql(trigger)
