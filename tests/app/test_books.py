"""The books of two days, as three other programs read them, and as `kiosk books` checks them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main
from tests.app.tampering import rewritten
from tests.fakes.stage import CARD, EXIT, SITE_FILE, Stage, founded

__all__ = ["founded"]

CHECKS = {
    "hledger": ["hledger", "check", "--strict", "-f"],
    "ledger": ["ledger", "--strict", "--pedantic", "balance", "-f"],
    "bean-check": ["bean-check"],
}
FORMATS = {"hledger": "hledger", "ledger": "ledger", "bean-check": "beancount"}
READERS = [pytest.param(name, marks=pytest.mark.peer(name)) for name in CHECKS]


@pytest.fixture(scope="module")
def site(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with three stays, two on Monday and one on Tuesday."""
    folder = tmp_path_factory.mktemp("books")
    (folder / SITE_FILE.name).write_bytes(SITE_FILE.read_bytes())
    for beside in ("site.db",):
        (folder / beside).write_bytes(founded.read_bytes())
    stage = Stage(folder)
    ada = stage.wallet()
    for pay in (ada.proof, CARD, ada.proof):
        ticket = stage.inside(pay)
        stage.wait(minutes=40)
        stage.drive(EXIT, ticket.text)
        stage.wait(minutes=14 * 60)
    stage.close()
    return folder


def kiosk(site: Path, *words: str, database: Path | None = None) -> int:
    file = ["--site", str(SITE_FILE), "--db", f"sqlite:///{database or site / 'site.db'}"]
    return main([*words, *file])


def exported(site: Path, path: Path, *words: str) -> Path:
    assert kiosk(site, "export", "ledger", *words, "--out", str(path)) == DONE
    return path


def accepts(reader: str, path: Path) -> bool:
    done = subprocess.run([*CHECKS[reader], path], capture_output=True, text=True, check=False)
    return done.returncode == 0


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "span",
    [(), ("--day", "2026-06-02"), ("--month", "2026-06"), ("--balances", "month")],
    ids=["all", "day", "month", "asserted-monthly"],
)
def test_each_reader_accepts_the_books(
    reader: str, span: tuple[str, ...], site: Path, tmp_path: Path
) -> None:
    path = exported(site, tmp_path / "books", "--format", FORMATS[reader], *span)

    assert accepts(reader, path)


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_refuses_one_cent_more_in_both_halves_of_a_transfer(
    reader: str, site: Path, tmp_path: Path
) -> None:
    path = exported(site, tmp_path / "books", "--format", FORMATS[reader])
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if re.search(r" -[0-9.]+ EUR$", line))
    for number in (first - 1, first):
        head, amount, currency = lines[number].rsplit(" ", 2)
        whole, cents = amount.split(".")
        lines[number] = f"{head} {whole}.{int(cents) + 1:02d} {currency}"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert not accepts(reader, path)


def test_the_days_of_a_month_begin_where_the_day_before_ended(site: Path, tmp_path: Path) -> None:
    monday = exported(site, tmp_path / "1", "--day", "2026-06-01").read_text(encoding="utf-8")
    tuesday = exported(site, tmp_path / "2", "--day", "2026-06-02").read_text(encoding="utf-8")

    ended = {
        line.split("  ")[2]: line.rpartition("= ")[2]
        for line in monday.split("balances as stored")[1].splitlines()
        if "= " in line and not line.endswith("= 0.00 EUR")
    }
    begun = {
        line.split("  ")[2]: line.split("  ")[3]
        for line in tuesday.split("-02 opening balances\n")[1].split("\n\n")[0].splitlines()
        if line.startswith("    ") and "equity:" not in line
    }
    assert begun == ended != {}


def test_nothing_is_written_for_a_day_and_a_month_at_once(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kiosk(site, "export", "ledger", "--day", "2026-06-02", "--month", "2026-06") == INPUT
    assert "not both" in capsys.readouterr().err


@pytest.mark.peer("hledger")
def test_a_day_without_journals_has_only_what_lies_there(site: Path, tmp_path: Path) -> None:
    path = exported(site, tmp_path / "books", "--day", "2026-07-09")

    assert path.read_text(encoding="utf-8").count("\n2026-07-09 ") == 2  # opening, as stored
    assert accepts("hledger", path)


@pytest.mark.parametrize("format_", FORMATS.values())
def test_empty_books_say_so_in_a_comment(
    founded: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    words = ("export", "ledger", "--format", format_)

    assert kiosk(founded.parent, *words, database=founded) == DONE
    assert capsys.readouterr().out == "; These books are empty: nothing has been posted.\n"


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_accepts_empty_books(reader: str, founded: Path, tmp_path: Path) -> None:
    path = tmp_path / "books"
    words = ("export", "ledger", "--format", FORMATS[reader], "--out", str(path))

    assert kiosk(founded.parent, *words, database=founded) == DONE
    assert accepts(reader, path)


def test_empty_balances_say_so(founded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert kiosk(founded.parent, "books", "balances", database=founded) == DONE
    assert capsys.readouterr().out == "No account has anything.\n"


def test_books_that_hledger_refuses_are_not_called_read(
    site: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "hledger").write_text("#!/bin/sh\necho unbalanced >&2\nexit 1\n")
    (tmp_path / "hledger").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    assert kiosk(site, "books", "check") == REFUSED

    said = capsys.readouterr()
    assert "hledger check --strict refuses them." in said.out
    assert "have read" not in said.out
    assert said.err == "hledger: unbalanced\n"


@pytest.mark.peer("hledger")
def test_true_books_are_called_true(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert kiosk(site, "books", "check") == DONE
    said = capsys.readouterr().out
    assert "hledger check --strict has read them" in said
    assert "true to the last unit" in said


def test_without_hledger_it_says_so(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")

    assert kiosk(site, "books", "check") == DONE
    assert "hledger is not installed: it was not asked" in capsys.readouterr().out


def test_one_cent_in_a_transfer_is_named_with_its_accounts(
    site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = rewritten(
        site / "site.db",
        tmp_path / "site.db",
        "UPDATE transfer SET amount_minor = amount_minor + 1 WHERE credit = 'commission' "
        "AND journal_id = (SELECT max(journal_id) FROM transfer WHERE credit = 'commission')",
    )

    assert kiosk(site, "books", "check", "--json", database=spoilt) == REFUSED
    wrong = json.loads(capsys.readouterr().out)["wrong"]
    assert any(line.startswith("commission: stored is") for line in wrong)
    assert any(line.startswith("escrow:3: more was taken") for line in wrong)


def test_the_balances_of_all_accounts_add_up_to_nothing(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kiosk(site, "books", "balances", "--json") == DONE
    balances = json.loads(capsys.readouterr().out)

    assert sum(each["debits"] - each["credits"] for each in balances) == 0
    assert len(balances) > 8
