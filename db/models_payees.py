"""The table of who supplies parking and is paid out, as a model.

What models are for here stands in models.py.
"""

from __future__ import annotations

from peewee import AutoField, Check, ForeignKeyField, IntegerField, TextField

from db.models import Owner, Table


class Payee(Table):
    """The operator (no owner) or an owner as they were named from some time on; the latest holds.

    Receipts point at the row of their day; its texts may be emptied when a person is forgotten.
    """

    id = AutoField()
    owner = ForeignKeyField(Owner, null=True)
    name = TextField()
    address = TextField()
    tax_number = TextField()
    is_small_business = IntegerField()
    iban = TextField()
    bic = TextField()

    class Meta:
        constraints = (Check("is_small_business IN (0, 1)"),)


TABLES: tuple[type[Table], ...] = (Payee,)
"""Every table of this module."""
