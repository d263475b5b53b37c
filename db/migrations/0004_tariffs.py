"""Tariffs of every kind as canonical text under its hash, and receipts that can be replayed."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from typing import TYPE_CHECKING

from peewee import SQL, AutoField, Check, IntegerField, Model, SqliteDatabase, TextField

if TYPE_CHECKING:
    from playhouse.migrate import SchemaMigrator


class Tariff(Model):
    id = AutoField()
    code = TextField()
    version = IntegerField()
    currency = TextField()
    hash = TextField(unique=True)
    text = TextField()

    class Meta:
        legacy_table_names = False
        strict_tables = True
        constraints = (
            SQL("UNIQUE (code, version)"),
            Check("length(currency) = 3"),
            Check("length(hash) = 64"),
            Check("json_valid(text)"),
        )


OLD_TARIFFS = """SELECT id, code, version, currency, block_minutes, block_price_minor,
daily_cap_minor, tax_bp FROM tariff ORDER BY id"""

ADD_TARIFF = """INSERT INTO tariff(id, code, version, currency, hash, text)
VALUES (?, ?, ?, ?, ?, ?)"""

REPLAY_FACTS = (
    '"entered_at" INTEGER',
    '"left_at" INTEGER',
    '"late_grace_s" INTEGER CHECK (late_grace_s >= 0)',
    '"free_consideration_s" INTEGER CHECK (free_consideration_s >= 0)',
    '"is_free_used" INTEGER CHECK (is_free_used IN (0, 1))',
)
"""What a receipt's charge was worked out from; empty on receipts from before."""


def _append_only(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    )


def text_of(
    *,
    code: str,
    version: int,
    currency: str,
    block_minutes: int,
    block_price_minor: int,
    daily_cap_minor: int,
    tax_bp: int,
) -> str:
    """The one kind of tariff that there was until now, as canonical text.

    One band all day, whose started blocks begin anew every 24 h of a stay, with a cap on each
    24 h. It priced elapsed time alone, so that its zone is one without changes of the clock.
    """
    row = {
        "block_minutes": block_minutes,
        "kind": "block",
        "per_minutes": block_minutes,
        "price": str(block_price_minor),
    }
    tariff: dict[str, object] = {
        "bands": [{"from_minute": 0, "name": "Parking", "rows": [row], "until_minute": 1440}],
        "caps": [{"price": str(daily_cap_minor), "restarts_blocks": True, "scope": "rolling-24h"}],
        "code": code,
        "currency": currency,
        "policy": "run-through",
        "version": version,
        "zone": "UTC",
    }
    if tax_bp:
        tariff["tax"] = {"rate": str(Fraction(tax_bp, 10_000))}
    return json.dumps(tariff, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def up(_migrator: SchemaMigrator, db: SqliteDatabase) -> None:
    """Writes the tariffs anew under their ids, and gives receipts room for what they rest on."""
    rows = []
    for tariff_id, code, version, currency, *numbers in db.execute_sql(OLD_TARIFFS).fetchall():
        text = text_of(
            code=code,
            version=version,
            currency=currency,
            block_minutes=numbers[0],
            block_price_minor=numbers[1],
            daily_cap_minor=numbers[2],
            tax_bp=numbers[3],
        )
        text_hash = hashlib.sha256(text.encode()).hexdigest()
        rows.append((tariff_id, code, version, currency, text_hash, text))
    # Foreign keys rest while a migration runs; what refers to a tariff finds it by its old id.
    db.execute_sql("DROP TABLE tariff")
    with db.bind_ctx([Tariff]):
        db.create_tables([Tariff])
    for row in rows:
        db.execute_sql(ADD_TARIFF, row)
    for trigger in _append_only("tariff"):
        db.execute_sql(trigger)
    for column in REPLAY_FACTS:
        db.execute_sql(f"ALTER TABLE receipt ADD COLUMN {column}")
