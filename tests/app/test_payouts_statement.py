"""`kiosk payout statement`: an owner's month as PDF and CSV, also while the site is at work."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.app.exit_codes import DONE, INPUT
from kiosk.app.main import main
from tests.app.test_payouts import site_file
from tests.fakes.stage import Stage, Wallet
from tests.services.paying_out import left

Capture = pytest.CaptureFixture[str]


def write(stage: Stage, folder: Path, name: str, *more: str, language: str = "en") -> int:
    """The statement of the owner of A01, to a file of this name."""
    path = site_file(folder)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[site]", f'[site]\nlanguage = "{language}"'), encoding="utf-8")
    where = ["--site", str(path), "--db", f"sqlite:///{stage.folder / 'site.db'}"]
    span = more or ("--month", "2026-06")
    return main(["payout", "statement", "Always", *span, "--out", str(folder / name), *where])


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    page = document[0]
    words = page.get_textpage()
    text: str = words.get_text_range()
    for each in (words, page, document):
        each.close()
    return text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Owner's statement", "Closing balance 1.74", "Page 1 of 1")),
        ("zh_CN", ("业主对账单", "期末余额 1.74", "第 1 页，共 1 页")),
    ],
)
def test_a_month_is_written_as_pdf_in_the_language_of_the_site_while_it_works(
    stage: Stage,
    ada: Wallet,
    tmp_path: Path,
    qapp: QGuiApplication,
    language: str,
    words: tuple[str, ...],
) -> None:
    left(stage, ada)
    assert write(stage, tmp_path, "month.pdf", language=language) == DONE
    text = text_of(tmp_path / "month.pdf")
    assert [each for each in (*words, "A01 60 2.40 0.35 0.07 0.24 1.74") if each not in text] == []
    assert "B AB 1" not in text


def test_a_span_is_written_as_csv_and_ends_before_its_end(
    stage: Stage, ada: Wallet, tmp_path: Path, capsys: Capture
) -> None:
    left(stage, ada)
    span = ("--from", "2026-06-01T00:00", "--until", "2026-06-01T14:00")
    assert write(stage, tmp_path, "early.csv", *span) == DONE
    assert write(stage, tmp_path, "month.csv") == DONE
    said = capsys.readouterr().out.splitlines()
    assert [each.partition(": ")[2] for each in said] == [
        "0 lines, closing balance EUR 0.00",
        "1 lines, closing balance EUR 1.74",
    ]
    last = (tmp_path / "month.csv").read_bytes().split(b"\r\n")[-2]
    assert last == b"2026-07-01T00:00:00+02:00,closing,,,,,,,,,,1.74,EUR,"


def test_a_span_that_is_not_over_is_called_so_far(
    stage: Stage, ada: Wallet, tmp_path: Path, capsys: Capture
) -> None:
    left(stage, ada)
    span = ("--from", "2026-06-01T00:00", "--until", "2400-01-01T00:00")
    assert write(stage, tmp_path, "long.csv", *span) == DONE
    said = capsys.readouterr().out
    assert re.search(r"1 lines, so far, as of \d{4}-\d\d-\d\d \d\d:\d\d, balance EUR 1\.74$", said)
    assert b",so-far," in (tmp_path / "long.csv").read_bytes().split(b"\r\n")[-2]
    assert write(stage, tmp_path, "long.csv", *span, "--json") == DONE
    assert json.loads(capsys.readouterr().out)["so_far_at"] is not None


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("month.txt", "--month", "2026-06"), "a statement ends in .pdf or .csv"),
        (("m.csv", "--month", "2026-06", "--until", "2026-06-02T00:00"), "belongs to --from"),
        (("m.csv", "--from", "2026-06-02T00:00"), "--from takes --until"),
        (
            ("m.csv", "--from", "2026-06-02T00:00", "--until", "2026-06-02T00:00"),
            "--until should be later than --from",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(
    stage: Stage, tmp_path: Path, capsys: Capture, arguments: tuple[str, ...], why: str
) -> None:
    assert write(stage, tmp_path, *arguments) == INPUT
    assert why in capsys.readouterr().err


def test_an_owner_who_is_not_there_is_named(stage: Stage, tmp_path: Path, capsys: Capture) -> None:
    where = ["--site", str(site_file(tmp_path)), "--db", f"sqlite:///{stage.folder / 'site.db'}"]
    out = ["--month", "2026-06", "--out", str(tmp_path / "x.csv")]
    assert main(["payout", "statement", "Nobody", *out, *where]) == INPUT
    assert capsys.readouterr().err == "Nobody: there is no such owner\n"
