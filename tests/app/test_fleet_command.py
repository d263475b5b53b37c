"""`kiosk fleet` and `kiosk shop`: secrets are told once, months billed, papers kept."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pytestqt.qtbot import QtBot

from kiosk.app.exit_codes import DONE, IN_USE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.outcomes import ExitCovered
from kiosk.domain.validation import Given
from kiosk.services.commands import WalletProof
from kiosk.services.vouchers import good_voucher
from tests.fakes.stage import EXIT, SITE_FILE, Stage, Wallet
from tests.services.test_shops import AMOUNT, MINUTES, add_shop, validate

Capture = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str, str]]


class _July:
    """The clock of the command line, in the first minute of July at the site."""

    def now(self) -> datetime:
        return datetime(2026, 6, 30, 22, 0, 30, tzinfo=UTC)


@pytest.fixture
def run(stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Run:
    """Runs a command line on the database of the small site."""
    for module in ("import_calendar", "clocks"):
        monkeypatch.setattr(f"kiosk.app.{module}.SystemClock", _July)
    where = ["--site", str(SITE_FILE), "--db", f"sqlite:///{stage.folder / 'site.db'}"]

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, *where])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def resting(stage: Stage, run: Run, *arguments: str) -> tuple[int, str, str]:
    """A command between two lives of the site."""
    now = stage.now
    stage.site.close()
    try:
        return run(*arguments)
    finally:
        assert now == stage.now
        stage.restart()


def added(stage: Stage, run: Run) -> WalletProof:
    """A fleet, and the pass that was printed once."""
    what = ("add", "Courier", "--credit-limit", "50.00", "--address", "Road 1; 10115 Berlin")
    code, out, _ = resting(stage, run, "fleet", *what)
    assert code == DONE
    found = re.search(r"pass (\w{8}), as a QR: F1/\w{8}\n  PIN (\d{6})", out)
    assert found is not None, out
    return WalletProof(found[1], found[2])


def parked(stage: Stage, proof: WalletProof) -> None:
    ticket = stage.inside(proof)
    stage.wait(minutes=55)
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)


def test_a_fleet_is_added_parks_is_billed_and_pays(
    stage: Stage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    parked(stage, added(stage, run))
    stage.close()

    assert run("fleet", "invoice", "--month", "2026-06") == (
        DONE,
        "Courier: invoice 1, EUR 2.40, payable by 2026-07-15\n",
        "",
    )
    code, out, _ = run("fleet", "list")
    assert (code, "EUR 2.40 of EUR 50.00 used" in out) == (DONE, True)
    refused = run("fleet", "show", "1", "--out", "x.pdf")
    assert refused[0] == INPUT
    assert "name a folder; an invoice is two files" in refused[2]

    code, out, _ = run("fleet", "show", "1", "--out", str(tmp_path))
    assert code == DONE
    page = (
        pypdfium2.PdfDocument((tmp_path / "invoice-1.pdf").read_bytes())[0]
        .get_textpage()
        .get_text_range()
    )
    assert "Courier" in page
    assert "2.40" in page
    assert (tmp_path / "invoice-1.csv").read_bytes().count(b"\r\n") == 2
    assert run("fleet", "paid", "1", "2.41")[0] == REFUSED
    assert run("fleet", "paid", "1", "2.40")[:2] == (
        DONE,
        "invoice 1: EUR 2.40 booked, EUR 0.00 is open\n",
    )
    assert run("fleet", "show")[1] == "     1  2026-06  EUR 2.40  Courier: paid\n"


def test_a_month_that_is_not_over_is_refused(stage: Stage, run: Run, qtbot: QtBot) -> None:
    added(stage, run)
    stage.close()

    code, _, err = run("fleet", "invoice", "--month", "2026-07")

    assert (code, err) == (
        REFUSED,
        "Courier: 2026-07 is not over before 2026-08-01 00:00; nothing was billed\n",
    )


def test_a_running_sites_fleets_are_listed_but_not_changed(stage: Stage, run: Run) -> None:
    added(stage, run)

    assert run("fleet", "list")[0] == DONE
    assert run("fleet", "change", "Courier", "--stop")[0] == IN_USE
    assert run("fleet", "pass", "Courier")[0] == IN_USE


def test_a_pass_is_ended_and_a_fleet_stopped(stage: Stage, run: Run) -> None:
    proof = added(stage, run)
    stage.close()

    assert run("fleet", "pass", "Courier", "--end", proof.pass_code)[0] == DONE
    assert run("fleet", "pass", "Courier", "--end", proof.pass_code)[0] == INPUT
    assert run("fleet", "change", "Courier", "--stop", "--credit-limit", "0")[0] == DONE

    out = run("fleet", "list")[1]
    assert "EUR 0.00 used" in out
    assert "passes: 0, STOPPED" in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("fleet", "add", "Courier", "--credit-limit", "5.0"),
        ("fleet", "add", " ", "--credit-limit", "5"),
        ("fleet", "pass", "Nobody"),
        ("fleet", "paid", "7", "1.00"),
        ("fleet", "show", "7"),
        ("shop", "stop", "Nobody"),
        ("shop", "vouchers", "Bakery", "--count", "0", "--amount", "1.00", "--out", "v.csv"),
        ("shop", "vouchers", "Bakery", "--count", "1", "--amount", "0", "--out", "v.csv"),
        ("shop", "vouchers", "Bakery", "--count", "1", "--percent", "101", "--out", "v.csv"),
        ("shop", "vouchers", "Bakery", "--count", "1", "--percent", "10", "--out", "v.doc"),
    ],
)
def test_what_cannot_be_meant_is_named(stage: Stage, run: Run, arguments: tuple[str, ...]) -> None:
    stage.close()

    code, _, err = run(*arguments)

    assert code == INPUT
    assert err != ""


def test_a_shops_vouchers_are_written_once_and_are_good(
    stage: Stage, run: Run, tmp_path: Path
) -> None:
    resting(stage, run, "shop", "add", "Bakery")
    sheet = tmp_path / "vouchers.csv"
    make = ("vouchers", "Bakery", "--count", "3", "--amount", "3.00", "--out", str(sheet))

    code, out, _ = resting(stage, run, "shop", *make)

    assert (code, "3 vouchers" in out) == (DONE, True)
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8").splitlines()))
    assert len({row["code"] for row in rows}) == 3
    core = stage.site.core
    with core.store.reading() as tx:
        found = [good_voucher(core, tx, text) for row in rows for text in (row["code"], row["qr"])]
    assert {str(getattr(each, "given", each)) for each in found} == {str(Given(AMOUNT, 300))}
    assert resting(stage, run, "shop", *make)[0] == INPUT  # the file is there already


def test_a_shops_vouchers_on_paper_are_read_by_a_scanner_and_are_good(
    stage: Stage, run: Run, tmp_path: Path, qtbot: QtBot
) -> None:
    resting(stage, run, "shop", "add", "Bakery")
    sheet = tmp_path / "vouchers.pdf"
    make = ("vouchers", "Bakery", "--count", "9", "--minutes", "60", "--out", str(sheet))

    code, _, _ = resting(stage, run, "shop", *make)

    assert code == DONE
    pages = pypdfium2.PdfDocument(sheet)
    found = zxingcpp.read_barcodes(pages[0].render(scale=2).to_pil())
    text_page = pages[0].get_textpage()
    text = text_page.get_text_range()
    text_page.close()
    pages.close()
    core = stage.site.core
    with core.store.reading() as tx:
        good = [good_voucher(core, tx, each.text) for each in found]
    assert len({each.text for each in found}) == 9
    assert {str(getattr(each, "given", each)) for each in good} == {str(Given(MINUTES, 60))}
    assert ("Bakery" in text, text.count("60 min")) == (True, 10)


def test_a_shop_is_billed_for_its_part(stage: Stage, ada: Wallet, run: Run, qtbot: QtBot) -> None:
    ticket = stage.inside(ada.proof)
    validate(stage, ticket, add_shop(stage), Given(AMOUNT, 150))
    stage.wait(minutes=55)
    stage.drive(EXIT, ticket.text)
    stage.close()

    assert run("shop", "list")[1] == "Bakery: owes EUR 1.50\n"
    assert run("shop", "invoice", "--month", "2026-06")[1].startswith(
        "Bakery: invoice 1, EUR 1.50"
    )
    assert run("fleet", "show")[1] == "There is no invoice yet.\n"
    assert run("shop", "paid", "1", "1.50")[0] == DONE
    assert run("shop", "list")[1] == "Bakery: owes EUR 0.00\n"


def test_a_month_that_no_calendar_has_is_refused_in_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["fleet", "invoice", "--month", "2026-13"])

    assert ended.value.code == INPUT
    assert "argument --month: should be a month like 2026-03\n" in capsys.readouterr().err
