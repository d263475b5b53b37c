"""One migrated file for all tests of the database, copied for each; a small site in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from peewee import SqliteDatabase

from db.open import open_store
from db.store import Store, Tx
from kiosk.domain.ids import AreaId, OwnerId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.offer import OfferTimes, weekly
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.time import Window
from tests.fakes.tariffs import simple_tariff

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
BUFFER = timedelta(minutes=15)
AHEAD = timedelta(minutes=30)
"""So long after now a car whose time is over is expected to be gone."""
TARIFF = simple_tariff("standard", block_minutes=60, price_minor=200, cap_minor=2_000)
TERMS = SplitTerms(1_500, 1_900, 1_000)
ALWAYS = OfferTimes(
    (weekly(range(7), from_local=time(), until_local=time(), first_day=date(2020, 1, 6)),)
)
MIDNIGHT = datetime(2026, 6, 1, tzinfo=ZONE).astimezone(UTC)
"""The local midnight before NOON."""


def hours(first: float, last: float) -> Window:
    """A window by its hours after NOON."""
    return Window(NOON + timedelta(hours=first), NOON + timedelta(hours=last))


def build(tx: Tx, space_id: SpaceId, *, days: int = 14) -> None:
    """Derives the idle time of a space for so many local days from MIDNIGHT on."""
    until = MIDNIGHT + timedelta(days=days)
    tx.library.renew_gaps(space_id, Window(MIDNIGHT, until), zone=ZONE, buffer=BUFFER)
    tx.library.set_horizon(space_id, until)


def euro(minor: int) -> Money:
    """An amount in cents."""
    return Money(minor, "EUR")


NUMBERS = count()
"""For what must differ from one reservation to the next."""


@dataclass(frozen=True)
class Site:
    """A store with one area and one space that is always shared, its gaps built."""

    store: Store
    path: Path
    area_id: AreaId
    owner_id: OwnerId
    space_id: SpaceId

    def add_space(self, tx: Tx, label: str) -> SpaceId:
        """Another space, not offered yet."""
        return tx.library.add_space(
            area_id=self.area_id,
            owner_id=self.owner_id,
            label=label,
            rank=9,
            x_mm=0,
            y_mm=0,
            width_mm=2_500,
            depth_mm=5_000,
        )

    def reserve(
        self, tx: Tx, window: Window, *, plate: str = "B AA 1", space_id: SpaceId | None = None
    ) -> ReservationId:
        """A pending reservation, written without asking for a gap."""
        return tx.reservations.add(
            space_id=space_id or self.space_id,
            vehicle_id=tx.reservations.vehicle_id_for(plate),
            window=window,
            quote=euro(400),
            pay_until=window.from_ + timedelta(minutes=10),
            short_code=f"code{next(NUMBERS):04}",
            created_at=window.from_,
        )

    def raw(self, sql: str, *values: int | str | None) -> list[tuple[object, ...]]:
        """Runs SQL past the repositories, on the store's own connection, and commits it."""
        cursor = database_of(self.store).execute_sql(sql, values)
        rows: list[tuple[object, ...]] = cursor.fetchall()
        return rows


def database_of(store: Store) -> SqliteDatabase:
    """The connection of a store, for tests that go past it."""
    return store._database


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "site.db"
    open_store(str(path)).close()
    return path


@pytest.fixture
def path(tmp_path: Path, migrated_file: Path) -> Path:
    """A file with the schema and no rows."""
    return Path(shutil.copy(migrated_file, tmp_path / "site.db"))


@pytest.fixture
def opened() -> Iterator[Callable[[Path], Store]]:
    """Opens stores that are closed after the test."""
    stores: list[Store] = []

    def open_(path: Path, *, read_only: bool = False) -> Store:
        stores.append(open_store(str(path), read_only=read_only))
        return stores[-1]

    yield open_
    for store in stores:
        store.close()


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = open_store(str(path))
    yield store
    store.close()


@pytest.fixture
def site(store: Store, path: Path) -> Site:
    with store.transaction() as tx:
        library = tx.library
        area_id = library.add_area(
            code="P1",
            name="Level 1",
            level=1,
            width_mm=30_000,
            depth_mm=20_000,
            tariff_id=library.add_tariff(TARIFF),
            split_terms_id=library.add_split_terms(TERMS),
        )
        owner_id = library.add_owner("Ada Owner")
        site = Site(store, path, area_id, owner_id, SpaceId(0))
        space_id = site.add_space(tx, "1")
        library.add_offer(space_id, ALWAYS)
        build(tx, space_id)
    return Site(store, path, area_id, owner_id, space_id)
