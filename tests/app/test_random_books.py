"""Other programs accept a random month, and refuse it after any change of one smallest unit."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from kiosk.services.books_text import AssertEvery, BooksFormat
from tests.app.random_month import (
    CHECKS,
    FORMATS,
    accepts,
    assertions,
    changed_texts,
    fill,
    postings,
    spoilt,
    text_of,
)
from tests.db.conftest import migrated_file
from tests.fakes.any_journal import MAKERS

__all__ = ["migrated_file"]

READERS = [pytest.param(name, marks=pytest.mark.peer(name)) for name in CHECKS]
CHANGES = {"hledger": 4, "ledger": 6, "bean-check": 1}
"""So many of each kind; torture has more."""


@pytest.fixture(scope="module")
def month(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database with two journals of each kind in October, and some around it."""
    file = tmp_path_factory.mktemp("month") / "site.db"
    shutil.copy(migrated_file, file)
    fill(file, Random(1), rounds=2)
    return file


def test_the_month_has_everything_in_it(month: Path) -> None:
    lines = text_of(month, BooksFormat.HLEDGER)
    kinds = {line.split()[1] for line in lines if "; key: " in line}

    assert kinds == {maker.__name__.replace("_", "-") for maker in MAKERS}
    assert {line[-3:] for line in lines if line.startswith("    ")} == {"EUR", "JPY", "KWD"}
    assert len({line[:10] for line in lines if line.startswith("2026-10-")}) > 25
    assert len(postings(lines)) > 200
    assert len(assertions(lines)) > 200


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_accepts_a_random_month_and_refuses_a_unit_more(
    reader: str, month: Path, tmp_path: Path
) -> None:
    lines = text_of(month, FORMATS[reader])

    assert accepts(reader, lines, tmp_path)
    for text in changed_texts(lines, Random(2), CHANGES[reader]):
        assert not accepts(reader, text, tmp_path), set(text) - set(lines)


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_accepts_a_random_month_with_balances_at_its_end(
    reader: str, month: Path, tmp_path: Path
) -> None:
    assert accepts(reader, text_of(month, FORMATS[reader], AssertEvery.MONTH), tmp_path)


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_refuses_a_transfer_that_was_changed_in_the_database(
    reader: str, month: Path, tmp_path: Path
) -> None:
    copy = spoilt(month, Random(reader), tmp_path / "spoilt.db")

    assert not accepts(reader, text_of(copy, FORMATS[reader]), tmp_path)
