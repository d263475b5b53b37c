"""The database says whose it is, so that no other site's file is worked with by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from peewee import AutoField, Check, IntegerField, Model, TextField

if TYPE_CHECKING:
    from peewee import SqliteDatabase
    from playhouse.migrate import SchemaMigrator


class OwnSite(Model):
    id = AutoField()
    number = IntegerField()
    name = TextField()

    class Meta:
        legacy_table_names = False
        strict_tables = True
        constraints = (
            Check("id = 1"),
            Check("number BETWEEN 0 AND 4095"),
            Check("length(name) > 0"),
        )


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Makes the table; a file from before gets its row from the first site that works with it."""
    with db.bind_ctx([OwnSite]):
        db.create_tables([OwnSite])
