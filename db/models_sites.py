"""The tables of the site itself and of those that published inventories list, as models.

What models are for here stands in models.py.
"""

from __future__ import annotations

from peewee import SQL, AutoField, Check, IntegerField, TextField

from db.models import Table


class OwnSite(Table):
    """Whose database this is: one row, from the site's founding on."""

    id = AutoField()
    number = IntegerField()
    name = TextField()

    class Meta:
        constraints = (
            Check("id = 1"),
            Check("number BETWEEN 0 AND 4095"),
            Check("length(name) > 0"),
        )


class ListedSite(Table):
    """A car park of somebody's inventory; what is not stated of it is empty."""

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


TABLES: tuple[type[Table], ...] = (OwnSite, ListedSite)
"""Every table of this module."""
