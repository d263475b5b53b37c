"""Sites as published inventories list them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import SQL, AutoField, Check, IntegerField, Model, SqliteDatabase, TextField

if TYPE_CHECKING:
    from playhouse.migrate import SchemaMigrator


class ListedSite(Model):
    id = AutoField()
    source = TextField()
    key = TextField()
    name = TextField()
    latitude_udeg = IntegerField(null=True)
    longitude_udeg = IntegerField(null=True)
    spaces = IntegerField(null=True)
    accessible = IntegerField(null=True)
    chargers = IntegerField(null=True)
    decks = IntegerField(null=True)
    height_mm = IntegerField(null=True)
    kind = TextField(null=True)

    class Meta:
        legacy_table_names = False
        strict_tables = True
        constraints = (
            SQL("UNIQUE (source, key)"),
            Check("source IN ('parkapi', 'sbb', 'db', 'hdb')"),
            Check("length(key) > 0"),
            Check("length(name) > 0"),
            Check("(latitude_udeg IS NULL) = (longitude_udeg IS NULL)"),
            Check("abs(latitude_udeg) <= 90000000"),
            Check("abs(longitude_udeg) <= 180000000"),
            Check("spaces BETWEEN 1 AND 20000"),
            Check("accessible BETWEEN 0 AND 20000"),
            Check("chargers BETWEEN 0 AND 20000"),
            Check("decks > 0"),
            Check("height_mm > 0"),
            Check(
                "kind IN ('surface', 'street', 'deck', 'multi-storey', 'basement', 'covered', "
                "'mechanical', 'mixed')"
            ),
        )


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table."""
    with db.bind_ctx([ListedSite]):
        db.create_tables([ListedSite])
