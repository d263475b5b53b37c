"""Listed sites: put again and again, compared without writing, and refused by the schema."""

from __future__ import annotations

from dataclasses import replace

import pytest
from peewee import IntegrityError

from db.sites import OwnSite
from db.store import Store
from kiosk.domain.inventory import ListedSite, ListSource, Position, SiteKind
from tests.db.conftest import database_of

WHOLE = ListedSite(
    source=ListSource.DB,
    key="100001",
    name="Aalen",
    position=Position(48_839_307, -10_097_189),
    spaces=55,
    accessible=0,
    chargers=2,
    decks=3,
    height_mm=2_100,
    kind=SiteKind.MULTI_STOREY,
)
BARE = ListedSite(source=ListSource.HDB, key="100001", name="ROAD")


def test_a_database_is_nobodys_until_a_site_takes_it(store: Store) -> None:
    with store.transaction() as tx:
        before = tx.sites.own()
        tx.sites.set_own(OwnSite(17, "Linde"))
        tx.sites.set_own(OwnSite(17, "Lindenhof"))
        after = tx.sites.own()

    assert (before, after) == (None, OwnSite(17, "Lindenhof"))


def test_a_listed_site_reads_back_with_every_fact_and_every_gap(store: Store) -> None:
    with store.transaction() as tx:
        changes = tx.sites.put([BARE, WHOLE])
    with store.reading() as tx:
        stored = tx.sites.all()

    assert changes.added == (BARE, WHOLE)
    assert stored == (WHOLE, BARE)


def test_the_same_sites_again_are_unchanged(store: Store) -> None:
    with store.transaction() as tx:
        tx.sites.put([WHOLE, BARE])
        again = tx.sites.put([WHOLE, BARE])

    assert (again.added, again.changed, again.unchanged) == ((), (), (WHOLE, BARE))


def test_a_site_that_says_something_else_is_replaced_whole(store: Store) -> None:
    emptied = ListedSite(source=WHOLE.source, key=WHOLE.key, name="Aalen Hbf")
    with store.transaction() as tx:
        tx.sites.put([WHOLE, BARE])
        changes = tx.sites.put([emptied])
        stored = tx.sites.all()

    assert (changes.added, changes.changed, changes.unchanged) == ((), (emptied,), ())
    assert stored == (emptied, BARE)


def test_comparing_says_what_putting_would_and_writes_nothing(store: Store) -> None:
    larger = replace(WHOLE, spaces=56)
    with store.transaction() as tx:
        tx.sites.put([WHOLE])
    with store.reading() as tx:
        changes = tx.sites.compare([larger, BARE])
        stored = tx.sites.all()

    assert (changes.added, changes.changed, changes.unchanged) == ((BARE,), (larger,), ())
    assert stored == (WHOLE,)


@pytest.mark.parametrize(
    "wrong",
    [
        "source = 'other'",
        "key = ''",
        "name = ''",
        "latitude_udeg = NULL",
        "latitude_udeg = 90000001",
        "longitude_udeg = -180000001",
        "spaces = 0",
        "spaces = 20001",
        "accessible = -1",
        "chargers = -1",
        "decks = 0",
        "height_mm = 0",
        "kind = 'tent'",
        "source = 'hdb'",
    ],
)
def test_the_schema_refuses_what_no_inventory_says(store: Store, wrong: str) -> None:
    with store.transaction() as tx:
        tx.sites.put([WHOLE, BARE])

    with pytest.raises(IntegrityError):
        database_of(store).execute_sql(f"UPDATE listed_site SET {wrong} WHERE source = 'db'")
