"""A table for other programs runs nothing in the spreadsheet that opens it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from kiosk.domain.payout_run import FileKind
from kiosk.services.bank_file import bank_file
from kiosk.services.csv_table import csv_table
from tests.services.test_payouts_bank_file import ADA, NOW, RUN


def written(*cells: str | int) -> list[str]:
    """What a program reads back of one row."""
    table = csv_table(["a"] * len(cells), [cells]).decode()
    return list(csv.reader(io.StringIO(table, newline="")))[1]


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-x", "@SUM(A1)", "\t=1", "\r=1", "-1+1", "="])
def test_what_begins_like_a_formula_becomes_text(cell: str) -> None:
    assert written(cell) == [f"'{cell}"]


def test_numbers_and_plain_words_stay_as_they_are() -> None:
    cells = ["-12.50", "+3", "-7", "12.50", "A-1", "1=1", "", "王"]
    assert written(*cells, -7, 12) == [*cells, "-7", "12"]


def test_the_name_of_an_owner_is_no_formula_in_the_list_for_the_bank() -> None:
    run = replace(RUN, payouts=(replace(ADA, name="=cmd|'/c calc'!A1"),))

    file = bank_file(run, payer=None, execution_date=NOW.date(), text="Small")

    assert file.kind is FileKind.CSV
    (row,) = csv.DictReader(io.StringIO(file.content.decode()))
    assert (row["name"], row["amount"]) == ("'=cmd|'/c calc'!A1", "506.05")
