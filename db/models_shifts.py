"""The table of the desks' shifts, as a model.

What models are for here stands in models.py.
"""

from __future__ import annotations

from peewee import SQL, AutoField, Check, ForeignKeyField, IntegerField, TextField

from db.models import Attendant, Table


class Shift(Table):
    """A till from one count to the next; triggers let it be closed once, and never be changed."""

    id = AutoField()
    desk = TextField()
    currency = TextField()
    opened_by = ForeignKeyField(Attendant, column_name="opened_by", index=False)
    opened_at = IntegerField()
    opened_intent = TextField(unique=True)
    found_minor = IntegerField()
    float_minor = IntegerField()
    since_journal = IntegerField()
    closed_by = ForeignKeyField(Attendant, column_name="closed_by", index=False, null=True)
    closed_at = IntegerField(null=True)
    closed_intent = TextField(unique=True, null=True)
    expected_minor = IntegerField(null=True)
    counted_minor = IntegerField(null=True)
    left_minor = IntegerField(null=True)
    until_journal = IntegerField(null=True)

    class Meta:
        constraints = (
            Check("length(desk) > 0"),
            Check("length(currency) = 3"),
            Check("float_minor >= 0"),
            Check("left_minor BETWEEN 0 AND counted_minor"),
            Check("until_journal >= since_journal"),
            Check(
                "(closed_at IS NULL) + (closed_by IS NULL) + (closed_intent IS NULL) "
                "+ (expected_minor IS NULL) + (counted_minor IS NULL) + (left_minor IS NULL) "
                "+ (until_journal IS NULL) IN (0, 7)"
            ),
        )


Shift.add_index(SQL("CREATE UNIQUE INDEX shift_open ON shift(desk) WHERE closed_at IS NULL"))
Shift.add_index(SQL("CREATE INDEX shift_desk ON shift(desk, id)"))

TABLES: tuple[type[Table], ...] = (Shift,)
"""Every table of this module."""
