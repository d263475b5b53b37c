"""A database from when there was one kind of tariff: its prices, promises and receipts stay."""

from __future__ import annotations

import runpy
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from peewee import SqliteDatabase

from db.store import Store
from db.upgrade import MIGRATIONS, upgrade
from kiosk.domain.ids import ReservationId
from kiosk.domain.money import half_up
from kiosk.domain.pricing.charge import StayFacts, charge_for
from kiosk.domain.pricing.charge_lines import Charge, ChargeLine, LineKind
from kiosk.domain.tariff import Tax
from kiosk.domain.tariff_text import read_tariff_text, tariff_hash, tariff_text
from kiosk.domain.time import to_epoch
from tests.db.conftest import NOON, euro
from tests.fakes.tariffs import blocks, simple_tariff, waived

MIGRATION = runpy.run_path(str(MIGRATIONS / "0004_tariffs.py"))
CAPPED = '[["daily-cap", 1, 1400], ["block", 2, 120], ["waived", 1, -50]]'
OLD_ROWS = f"""
INSERT INTO tariff VALUES (1, 'courtyard', 1, 'EUR', 30, 120, 1400, 1900);
INSERT INTO tariff VALUES (2, 'Straße', 7, 'JPY', 60, 300, 300, 0);
INSERT INTO split_terms VALUES (1, 1500, 1900, 1000);
INSERT INTO area VALUES (1, 'A', 'Courtyard', 0, 9000, 9000, 1, 1);
INSERT INTO person VALUES (1, 'Ada', '');
INSERT INTO owner VALUES (1, 1);
INSERT INTO space VALUES (1, 1, 1, 'A01', 1, 0, 0, 2500, 5000, 0, 0);
INSERT INTO vehicle VALUES (1, 'B AA 1');
INSERT INTO reservation(id, space_id, vehicle_id, t0, t1, state, quote_minor, currency, tariff_id,
split_terms_id, pay_until, short_code, created_at)
VALUES (5, 1, 1, 100, 90000, 'settled', 1400, 'EUR', 1, 1, 700, 'abcdefgh', 100);
INSERT INTO receipt VALUES (1, 5, 90100, 90101, 100, 90100, '{CAPPED}', 1590, 254, 1400, 0, 0,
1148, 238, 45, 159, 'EUR');
"""


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """A file as the program before wrote it, with a tariff, a reservation and a receipt."""
    folder, path = tmp_path / "before", tmp_path / "old.db"
    folder.mkdir()
    for number in ("0001", "0002", "0003"):
        for file in MIGRATIONS.glob(f"{number}_*.py"):
            shutil.copy(file, folder)
    database = SqliteDatabase(str(path), pragmas={"foreign_keys": "on"})
    upgrade(database, path, migrations=folder)
    database.close()
    connection = sqlite3.connect(path)
    connection.executescript(OLD_ROWS)
    connection.close()
    return path


def converted(
    *, block_minutes: int, price_minor: int, cap_minor: int, tax_bp: int
) -> tuple[str, str]:
    """The text that the migration writes for an old tariff, and a Berlin one with its prices."""
    text_of = MIGRATION["text_of"]
    text: str = text_of(
        code="any",
        version=1,
        currency="EUR",
        block_minutes=block_minutes,
        block_price_minor=price_minor,
        daily_cap_minor=cap_minor,
        tax_bp=tax_bp,
    )
    same = simple_tariff(
        "any",
        block_minutes=block_minutes,
        price_minor=price_minor,
        cap_minor=cap_minor,
        tax_bp=tax_bp,
        zone="UTC",
    )
    return text, tariff_text(same)


def old_price(seconds: int, *, block_minutes: int, price_minor: int, cap_minor: int) -> int:
    """The rule that there was until now, as it stood in the program before."""
    day, block = 24 * 3600, block_minutes * 60
    whole_days, rest = divmod(seconds, day)
    count = -(-rest // block)
    capped_days = whole_days
    if price_minor * count > cap_minor:
        capped_days, count = capped_days + 1, 0
    if price_minor * -(-day // block) < cap_minor:
        count += whole_days * -(-day // block)
        capped_days -= whole_days
    return capped_days * cap_minor + count * price_minor


@given(
    st.sampled_from([1, 7, 10, 15, 30, 45, 60, 420, 1440]),
    st.integers(1, 900),
    st.integers(0, 30),
    st.integers(0, 3000),
    st.integers(1, 4 * 24 * 3600),
)
def test_a_converted_tariff_prices_every_stay_as_before(
    block_minutes: int, price_minor: int, times: int, tax_bp: int, seconds: int
) -> None:
    cap_minor = price_minor * (times + 1) + times
    text, same = converted(
        block_minutes=block_minutes, price_minor=price_minor, cap_minor=cap_minor, tax_bp=tax_bp
    )

    stay = StayFacts(entered_at=NOON, left_at=NOON + timedelta(seconds=seconds))
    charge = charge_for(read_tariff_text(text), stay)

    before = old_price(
        seconds, block_minutes=block_minutes, price_minor=price_minor, cap_minor=cap_minor
    )
    assert text == same
    assert isinstance(charge, Charge)
    assert charge.total == euro(before)
    assert charge.tax == euro(half_up(before * tax_bp, 10_000 + tax_bp))


def test_an_old_tariff_keeps_its_id_and_its_reservations(
    old_file: Path, opened: Callable[[Path], Store]
) -> None:
    courtyard = simple_tariff(
        "courtyard", block_minutes=30, price_minor=120, cap_minor=1400, zone="UTC"
    )

    with opened(old_file).transaction() as tx:
        reservation = tx.reservations.get(ReservationId(5))
        tariff_id = tx.library.tariff_id(courtyard)
        latest = tx.library.latest_tariff("Straße")

    assert reservation is not None
    assert (reservation.tariff, tariff_id) == (courtyard, 1)
    assert latest is not None
    assert (latest.version, latest.currency, latest.tax) == (7, "JPY", Tax())


def test_the_stored_hash_is_that_of_the_converted_tariff(
    old_file: Path, opened: Callable[[Path], Store]
) -> None:
    opened(old_file).close()

    connection = sqlite3.connect(old_file)
    rows = connection.execute("SELECT hash, text FROM tariff").fetchall()
    connection.close()

    assert [tariff_hash(read_tariff_text(text)) for _, text in rows] == [row[0] for row in rows]


def test_a_converted_tariff_still_cannot_be_changed(
    old_file: Path, opened: Callable[[Path], Store]
) -> None:
    opened(old_file).close()
    connection = sqlite3.connect(old_file)

    with pytest.raises(sqlite3.IntegrityError, match="tariff is append-only"):
        connection.execute("UPDATE tariff SET version = 2")

    connection.close()


def test_the_lines_of_an_old_receipt_still_read(
    old_file: Path, opened: Callable[[Path], Store]
) -> None:
    with opened(old_file).reading() as tx:
        receipt = tx.ledger.receipt(1)

    assert receipt is not None
    assert receipt.facts is None
    assert to_epoch(receipt.presented_at) == 90100
    assert receipt.charge.lines == (
        ChargeLine(kind=LineKind.CAP, amount=euro(1400), name="rolling-24h", price=Fraction(1400)),
        blocks(2),
        waived(50),
    )
