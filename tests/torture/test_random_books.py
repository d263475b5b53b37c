"""Many random months of books, each accepted, and refused after any of hundreds of changes."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from kiosk.services.books_text import AssertEvery
from tests.app.random_month import CHECKS, FORMATS, accepts, changed_texts, fill, spoilt, text_of

READERS = [pytest.param(name, marks=pytest.mark.peer(name)) for name in CHECKS]
CHANGES = {"hledger": 40, "ledger": 40, "bean-check": 8}
"""So many of each kind in a month."""
SPOILT = 12


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("number", range(4))
def test_each_reader_accepts_random_months_and_refuses_a_unit_more_anywhere(
    reader: str, number: int, migrated_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "site.db"
    shutil.copy(migrated_file, file)
    random = Random(number)
    fill(file, random, rounds=4)
    lines = text_of(file, FORMATS[reader])

    assert accepts(reader, lines, tmp_path)
    assert accepts(reader, text_of(file, FORMATS[reader], AssertEvery.MONTH), tmp_path)
    for text in changed_texts(lines, random, CHANGES[reader]):
        assert not accepts(reader, text, tmp_path), set(text) - set(lines)
    for copy in range(SPOILT):
        changed = spoilt(file, random, tmp_path / f"{copy}.db")
        assert not accepts(reader, text_of(changed, FORMATS[reader]), tmp_path)
