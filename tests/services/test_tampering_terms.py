"""What a price and a refund rest on is proved too, and no single edit ends the check itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.stage import Stage, founded
from tests.services.after import left, refund
from tests.services.tampered import Tampered, places

__all__ = ["founded"]

LAST = "WHERE id = (SELECT max(id) FROM audit)"


@pytest.fixture(scope="module")
def given_back(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tampered]:
    """A database with a stay that has left, and of which something was given back."""
    folder = tmp_path_factory.mktemp("back")
    shutil.copy(founded, folder)
    stage = Stage(folder)
    refund(stage, left(stage).reservation_id, 100)
    stage.wait(minutes=2)
    stage.close()
    file = Tampered(folder / "site.db")
    yield file
    file.close()


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE tariff SET text = replace(text, '1.2', '9.2') || ' '", "tariff"),
        ("UPDATE tariff SET currency = 'JPY'", "tariff"),
        ("UPDATE operation SET original = 'x'", "operation"),
        ("UPDATE operation SET adapter = 'other'", "operation"),
        ("UPDATE operation SET reservation_id = NULL", "operation"),
        ("UPDATE stay SET left_at = left_at - 86400", "stay"),
        ("UPDATE stay SET left_at = NULL", "stay"),
        ("UPDATE stay SET re_entered_at = 1", "stay"),
        ("UPDATE stay SET is_displaced = 1", "stay"),
        ("UPDATE reservation SET t0 = t0 - 3600", "reservation"),
        ("UPDATE reservation SET t1 = t1 + 3600", "reservation"),
        ("UPDATE reservation SET space_id = space_id + 1", "reservation"),
        ("UPDATE space SET owner_id = owner_id + 1", "reservation"),
        ("UPDATE account SET is_guarded = 0 WHERE name LIKE 'escrow:%'", "account"),
        ("UPDATE account SET is_guarded = 1 WHERE name = 'commission'", "account"),
        ("INSERT INTO account VALUES ('pocket', 'EUR', 0, 0, 0)", "account"),
    ],
)
def test_what_a_price_or_a_refund_rests_on_is_named(
    given_back: Tampered, sql: str, where: str
) -> None:
    assert given_back.check().findings == ()

    found = places(given_back.check((sql, ())))

    assert {each.split()[0] for each in found} == {where}


def columns_of_text(file: Tampered) -> list[tuple[str, str]]:
    """Every column of text of a table that the check reads."""
    return [
        (each["t"], each["c"])
        for each in file.rows(
            "SELECT m.name AS t, c.name AS c FROM sqlite_master m, pragma_table_info(m.name) c "
            "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND c.type = 'TEXT'"
        )
        if file.rows(f"SELECT 1 FROM {each['t']} LIMIT 1")
    ]


def test_text_that_is_no_utf_8_is_named_and_ends_no_check(given_back: Tampered) -> None:
    columns = columns_of_text(given_back)
    named = set()
    for table, column in columns:
        sql = f"UPDATE OR IGNORE {table} SET {column} = CAST(x'ff' AS TEXT)"
        if places(given_back.check((sql, ()))):
            named.add(table)
    assert named >= {"audit", "journal", "transfer", "receipt", "tariff", "operation", "account"}


@pytest.mark.parametrize(
    "facts",
    [
        '[["row","payout","x",[1]]]',
        '[["operation",1,[2]]]',
        '[["operation","k","s",{}]]',
        '[["journal",true,"x"]]',
        '[["receipt",1.5,"x"]]',
        '[["row","payout",null,false]]',
    ],
)
def test_facts_of_other_kinds_of_values_are_named(given_back: Tampered, facts: str) -> None:
    last = given_back.head.row

    found = given_back.check((f"UPDATE audit SET facts = ? {LAST}", (facts,))).findings

    said = [each.what for each in found if each.where == f"audit {last}"]
    assert "its facts cannot be read" in said
