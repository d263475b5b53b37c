"""One run of `kiosk tour`, as anybody starts it, and everything that it must leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

TOUR_LIMIT_S = 900
"""For the slowest machine; a quiet one with two cores needs less than a minute."""
KIOSK = (sys.executable, "-m", "kiosk.app.main")
LANGUAGES = ("en", "zh_CN")
ENTRY_PAGES = (
    "entry-attract",
    "entry-find",
    "entry-choose",
    "entry-plate",
    "entry-pay",
    "entry-pay-code",
    "entry-ticket",
    "entry-show-my-ticket",
    "entry-drive-in",
    "entry-welcome",
    "entry-grant-returned",
    "entry-out-of-order",
    "entry-forged-ticket",
    "entry-needs",
    "entry-none-suitable",
    "entry-nothing",
    "entry-occupied",
    "entry-substitute",
    "entry-when",
    "entry-ticket-for-later",
    "entry-moved",
    "entry-change",
    "entry-changed",
    "entry-cancel",
    "entry-cancelled",
)
EXIT_PAGES = (
    "exit-present",
    "exit-receipt",
    "exit-goodbye",
    "exit-used-ticket",
    "exit-help",
    "exit-due",
    "exit-pay",
    "exit-receipt-late",
    "exit-my-ticket",
    "exit-stay-longer",
    "exit-pay-longer",
    "exit-extended",
    "exit-receipt-by-code",
    "exit-declined",
    "exit-left-unpaid",
)
DESK_PAGES = (
    "desk-locked",
    "desk-choose-pin",
    "desk-overview",
    "desk-till-count",
    "desk-till",
    "desk-wallet-driver",
    "desk-wallet-pin",
    "desk-wallet-opened",
    "desk-top-up",
    "desk-topped-up",
    "desk-fault",
    "desk-two-stays",
    "desk-help-wanted",
    "desk-overstayed",
    "desk-still-due",
    "desk-stay-money",
    "desk-close-space",
    "desk-open-by-hand",
    "desk-refund",
    "desk-hand-over",
    "desk-owes",
    "desk-debt",
    "desk-till-moved",
    "desk-till-closed",
    "desk-payouts",
    "desk-payouts-paid",
    "desk-at-the-end",
)
MONEY = """\
where the money is
  cash in the till                      EUR 100.00
  still on the wallets of drivers        EUR 61.09
  owners                                  EUR 0.00
  property manager                        EUR 1.82
  operator, commission                    EUR 5.73
  tax office, VAT on it                   EUR 1.09
  left in escrow                          EUR 0.00
  refunds not paid yet                    EUR 0.00
  claims on card providers                EUR 0.00
  at the bank                           EUR -30.27
  sum of the ledger                       EUR 0.00
"""
"""97 minutes cost 4 blocks of 1.20; a booked hour 2 of them, and 70 minutes after it two started
hours of 2.40 and half as much again; 40 minutes cost 2 blocks: 14.40 were divided, 2.40 are the
operator's. Of one stay 1.00 went back later, by all who had a part of it. An hour of two drivers
and 30 minutes after it cost 6.00: 3.11 by wallets, and 2.89 later in cash. The bank gave a float
of 100.00, got the 82.89 beyond it from the till, and paid the owner 13.16.
"""

PAID = {"TOTAL", "Paid", "Refund"}


@dataclass(frozen=True, slots=True)
class PlayedTour:
    """What one run left behind."""

    folder: Path
    readme: Path
    temporary: Path
    done: subprocess.CompletedProcess[str]

    def picture(self, page: str, language: str = "en") -> QImage:
        """The picture of a page."""
        files = list(self.folder.glob(f"[0-9][0-9]-{page}.{language}.png"))
        assert len(files) == 1, f"{page} in {language}: {files}"
        return QImage(os.fspath(files[0]))

    def papers(self, lane: str) -> list[str]:
        """The papers of a lane's printer, oldest first."""
        parts = (self.folder / "papers.txt").read_text(encoding="utf-8").split("--- ")
        return [part for part in parts if part.startswith(f"{lane} ---")]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> PlayedTour:
    home = tmp_path_factory.mktemp("tour")
    folder, readme, temporary = home / "out", home / "readme", home / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [*KIOSK, "tour", "--out", os.fspath(folder), "--readme", os.fspath(readme)],
        env={**os.environ, "TMPDIR": os.fspath(temporary)},
        capture_output=True,
        text=True,
        timeout=TOUR_LIMIT_S,
    )
    return PlayedTour(folder, readme, temporary, done)


def test_the_story_runs_to_its_end_without_a_complaint(played: PlayedTour) -> None:
    assert (played.done.returncode, played.done.stderr) == (0, "")


def test_nothing_temporary_is_left(played: PlayedTour) -> None:
    assert list(played.temporary.iterdir()) == []


def test_every_page_was_taken_in_both_languages(played: PlayedTour) -> None:
    taken = {file.name[3:] for file in played.folder.glob("*.png")}
    pages = (*ENTRY_PAGES, *EXIT_PAGES, *DESK_PAGES)
    assert taken == {f"{page}.{language}.png" for page in pages for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [*ENTRY_PAGES, *EXIT_PAGES])
def test_a_drivers_page_fills_the_portrait_glass(
    played: PlayedTour, page: str, language: str
) -> None:
    picture = played.picture(page, language)
    assert picture.size() == QSize(1080, 1920)
    assert len(colours(picture)) > 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", DESK_PAGES)
def test_a_desk_page_fills_the_wide_screen(played: PlayedTour, page: str, language: str) -> None:
    picture = played.picture(page, language)
    assert picture.size() == QSize(1920, 1080)
    assert len(colours(picture)) > 4


@pytest.mark.parametrize("page", [*ENTRY_PAGES, *EXIT_PAGES, *DESK_PAGES])
def test_a_page_says_other_words_in_the_other_language(played: PlayedTour, page: str) -> None:
    assert played.picture(page, "en") != played.picture(page, "zh_CN")


def test_the_money_table_is_exact(played: PlayedTour) -> None:
    assert MONEY in played.done.stdout
    assert MONEY in (played.folder / "tour.txt").read_text(encoding="utf-8")
    assert MONEY in (played.folder / "tour.md").read_text(encoding="utf-8")


def test_the_text_tells_the_story_in_its_order(played: PlayedTour) -> None:
    told = [line.partition("  ")[2] for line in played.done.stdout.splitlines()]
    steps = (
        "Kim signs in at the desk with the one-time PIN",
        "Rosa Lind takes space A12 on the plan and types a plate",
        "Rosa Lind is in: the stay begins",
        "The relay board of entry is unplugged while the barrier opens",
        "The same ticket opens: Ben Okoro drives in, and nothing is charged twice",
        "97 minutes pass",
        "Rosa Lind is out: the stay has ended, and the rest is back in the wallet",
        "A forged ticket is shown at the entrance: the barrier stays closed",
        "A used ticket is shown at the exit: the barrier stays closed",
        "Ben Okoro pays the rest from the wallet, and the barrier opens",
        "Mia Sato needs a charger for eight hours, and no space has one for so long",
        "The screen shows what comes nearest, each one touch away",
        "Mia Sato has space B01 now, with a charger and at the same price",
        "Mia Sato types the short code at the exit, and stays an hour longer",
        "Mia Sato leaves after all, by the code: what was too much goes back",
        "Ben Okoro reserves a space for tomorrow morning and pays",
        "Ben Okoro types the short code, and reads where the space is now",
        "Ben Okoro comes half an hour later than reserved: it costs the same",
        "Ben Okoro cancels after all: everything goes back to the wallet",
        "Kim opens entry by hand for a delivery, with name and reason",
        "Ben Okoro drives on with the car of Ines Roth, and pays from now on",
        "Ben Okoro leaves unpaid, with a code to pay by",
        "Ben Okoro pays the debt at the desk, in cash",
        "Kim counts the till and closes the shift",
        "Kim approves it with the PIN and releases the money; the bank pays",
    )
    assert [line for line in told if line in steps] == list(steps)


def test_the_pictured_day_is_a_tuesday_at_the_site(played: PlayedTour) -> None:
    lines = played.done.stdout.splitlines()
    opened = [line for line in lines if line.endswith("  Lindenhof opens its windows")]
    assert [line[:5] for line in opened] == ["09:12"]
    *morning, noon, tomorrow, changed, shared = played.papers("entry")
    assert all("2026-06-09 09:" in ticket for ticket in morning)
    assert ("2026-06-09 11:" in noon, "2026-06-09 12:" in shared) == (True, True)
    assert ("2026-06-10 09:00" in tomorrow, "2026-06-10 09:30" in changed) == (True, True)


def test_the_ticket_on_the_glass_reads_as_the_one_on_paper(played: PlayedTour) -> None:
    paper = played.papers("entry")[0]
    assert read_code(played.picture("entry-ticket")) == paper.partition("[QR] ")[2].strip()


def test_the_receipts_say_where_every_cent_went(played: PlayedTour) -> None:
    early, late, _, by_code, _ = played.papers("exit")
    paid = {name: amount for name, amount in amounts(by_code).items() if name in PAID}
    assert paid == {"TOTAL": "2.40", "Paid": "4.80", "Refund": "2.40"}
    assert amounts(early) == {
        "TOTAL": "4.80",
        "of it tax": "0.77",
        "Paid": "7.20",
        "Refund": "2.40",
        "Owner": "3.47",
        "Manager": "0.48",
        "Commission": "0.71",
        "VAT on it": "0.14",
    }
    assert amounts(late) == {
        "TOTAL": "9.60",
        "of it tax": "1.53",
        "Paid": "9.60",
        "Refund": "0.00",
        "Owner": "5.20",
        "Manager": "0.72",
        "Commission": "3.10",
        "VAT on it": "0.58",
    }


def test_the_receipt_of_two_drivers_says_what_each_paid_and_what_is_open(
    played: PlayedTour,
) -> None:
    paper = played.papers("exit")[-1]
    paid = ("TOTAL", "Paid", "Open", "Refund", "Driver 1, 26 min", "Driver 2, 65 min")
    told = ["6.00", "3.80", "2.89", "0.69", "1.71", "1.40"]
    assert [amounts(paper)[name] for name in paid] == told


def test_the_receipts_name_the_booked_time_and_the_overstay_apart(played: PlayedTour) -> None:
    early, late, *_ = played.papers("exit")
    assert charged(early) == {"Parking: 4 x 30 min at 1.20": "4.80"}
    (booked, in_it), (overstay, after_it), (surcharge, on_top) = charged(late).items()
    lasted, _, counted = overstay.partition(": ")
    assert lasted.startswith("Overstay, 1 h 11 min")
    assert (booked, counted, surcharge) == (
        "Parking: 2 x 30 min at 1.20",
        "2 x 60 min at 2.40",
        "Overstay surcharge 50 %",
    )
    assert (in_it, after_it, on_top) == ("2.40", "4.80", "2.40")


def test_the_readme_gets_reduced_pictures_of_its_own(played: PlayedTour) -> None:
    sizes = {file.name: QImage(os.fspath(file)).size() for file in played.readme.glob("*.png")}
    assert sizes.pop("story.png").height() == 540
    portrait, wide = QSize(540, 960), QSize(960, 540)
    assert sizes == {
        "entry-choose.png": portrait,
        "entry-ticket.png": portrait,
        "exit-receipt.png": portrait,
        "desk-two-stays.png": wide,
        "desk-stay-money.png": wide,
        "desk-still-due.png": wide,
        "exit-left-unpaid.png": portrait,
        "desk-hand-over.png": wide,
        "desk-till-moved.png": wide,
        "desk-payouts.png": wide,
    }


def colours(picture: QImage) -> set[int]:
    """The colours of a coarse grid of points."""
    xs = range(5, picture.width(), 35)
    return {picture.pixel(x, y) for x in xs for y in range(5, picture.height(), 35)}


def read_code(picture: QImage) -> str:
    """The one QR code in a picture, read as a scanner reads it."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    assert grey.bytesPerLine() == grey.width(), "no gap between the lines of this width"
    pixels = memoryview(bytes(grey.constBits())).cast("B", (grey.height(), grey.width()))
    (code,) = zxingcpp.read_barcodes(pixels)
    return str(code.text)


def amounts(paper: str) -> dict[str, str]:
    """The lines of a paper that end with an amount, from the total on."""
    lines = paper[paper.index("TOTAL") :].splitlines()
    parts = (line.rpartition(" EUR ") for line in lines if " EUR " in line)
    return {name.strip(): amount for name, _, amount in parts}


def charged(paper: str) -> dict[str, str]:
    """What stands before the total: each line of the charge, over one row or two."""
    before = paper[: paper.index("TOTAL")].splitlines()
    rows = before[next(n for n, row in enumerate(before) if row.startswith("Until")) + 1 :]
    parts = " ".join(" ".join(rows).split()).split(" EUR ")
    names = [parts[0], *(part.partition(" ")[2] for part in parts[1:-1])]
    return {name: part.partition(" ")[0] for name, part in zip(names, parts[1:], strict=True)}
