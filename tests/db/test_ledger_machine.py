"""The books agree with those of money.md's text: a sample, and what becomes of broken rules."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

import db.ledger
from db.open import open_store
from tests.db import reference_ledger
from tests.db.conftest import Site, hours
from tests.db.ledger_machine import RESERVATIONS, LedgerMachine
from tests.fakes.any_journal import MAKERS

__all__ = ["books_file"]

# A failing history is made shorter by `make torture`.
SAMPLE = settings(
    max_examples=10, stateful_step_count=40, phases=[Phase.generate], report_multiple_bugs=False
)

BROKEN = {
    "nothing is guarded": (
        "NEW_ACCOUNT",
        "VALUES (?, ?, ?, ?, ?)",
        "VALUES (?, ?, ?, ?, 0 * ?)",
    ),
    "a key counts as often as it comes": (
        "ADD_JOURNAL",
        "VALUES (?, ?, ?, ?)",
        "VALUES (? || hex(randomblob(8)), ?, ?, ?)",
    ),
    "half of a journal is written": (
        "ADD_TRANSFER",
        "VALUES (?, ?, ?, ?, ?, ?)",
        "SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?2 = 1",
    ),
    "debit and credit are mixed up in a balance": (
        "ADD_TO_ACCOUNT",
        "debits_minor = debits_minor + ?, credits_minor = credits_minor + ?",
        "credits_minor = credits_minor + ?, debits_minor = debits_minor + ?",
    ),
    "debit and credit are mixed up in a transfer": (
        "ADD_TRANSFER",
        "(journal_id, number, debit, credit,",
        "(journal_id, number, credit, debit,",
    ),
    "a balance is not kept": (
        "ADD_TO_ACCOUNT",
        "credits_minor = credits_minor + ?",
        "credits_minor = credits_minor + 0 * ?",
    ),
    "a unit is lost": ("ADD_TRANSFER", "?, ?, ?, ?, ?, ?", "?1, ?2, ?3, ?4, max(?5 - 1, 1), ?6"),
}
"""Which statement of db.ledger says something else then."""


@pytest.fixture
def books_file(site: Site) -> Path:
    """A file with the reservations of the machine, and no journals."""
    with site.store.transaction() as tx:
        made = [site.reserve(tx, hours(2 * n, 2 * n + 1)) for n in range(len(RESERVATIONS))]
    assert made == RESERVATIONS
    site.store.close()
    return site.path


def play(file: Path, settings_: settings) -> None:
    class Some(LedgerMachine):
        founded = file

    run_state_machine_as_test(Some, settings=settings_)


def test_after_every_step_of_any_history_the_books_are_those_of_the_text(
    books_file: Path,
) -> None:
    play(books_file, SAMPLE)


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_rule_of_the_books_is_found(
    rule: str, books_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, right, wrong = BROKEN[rule]
    statement: str = getattr(db.ledger, name)
    assert right in statement
    monkeypatch.setattr(db.ledger, name, statement.replace(right, wrong))

    with pytest.raises((AssertionError, ExceptionGroup)):
        play(books_file, SAMPLE)
    monkeypatch.undo()
    open_store(str(books_file)).close()


def test_the_text_of_money_fits_in_sixty_lines() -> None:
    assert len(inspect.getsource(reference_ledger).splitlines()) <= 60


def test_every_function_that_moves_money_is_played() -> None:
    assert len(MAKERS) >= 44
