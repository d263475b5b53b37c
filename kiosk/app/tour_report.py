"""What the tour leaves behind: its text, its papers, the money table and the README's pictures."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.day_report import PARTY_WORDS, held
from kiosk.domain.money import Money
from kiosk.services.paper import plain
from kiosk.ui.format import Language

if TYPE_CHECKING:
    from hardware.sim.printer import Paper
    from kiosk.app.tour_stage import TourLine, TourPicture
    from kiosk.services.views import PartyMoney

LANGUAGES: tuple[Language, ...] = ("en", "zh_CN")
README_PICTURES = (
    "entry-choose",
    "entry-ticket",
    "exit-receipt",
    "desk-two-stays",
    "desk-stay-money",
    "desk-still-due",
    "exit-left-unpaid",
    "desk-hand-over",
    "desk-till-moved",
    "desk-payouts",
)
"""Which pages the README and the pages of docs show, reduced; the first four make its strip."""
README_STRIP = "story.png"
"""Three of the drivers' pages and the desk side by side."""
STRIP_HEIGHT_PX = 540
STRIP_GAP_PX = 20


@dataclass(frozen=True, slots=True)
class TourReport:
    """Everything that the tour says at its end."""

    site_name: str
    lines: tuple[TourLine, ...]
    pictures: tuple[TourPicture, ...]
    papers: tuple[tuple[str, Paper], ...]
    """The lane whose printer cut it, and the paper."""
    money: tuple[PartyMoney, ...]
    ledger_sum: Money
    took_s: float

    @property
    def is_clean(self) -> bool:
        """Whether no escrow is left and the books add up to nothing."""
        return not self.ledger_sum and not any(
            each.owed for each in self.money if each.party == "escrow"
        )


def report_text(report: TourReport) -> str:
    """The report for people."""
    return "\n".join(
        (
            f"{report.site_name}: a day in pictures",
            "",
            *(f"{line.at:%H:%M:%S}  {line.text}" for line in report.lines),
            "",
            *money_table(report),
            "",
            (
                f"{len(report.pictures)} pages in two languages, {len(report.papers)} papers; "
                f"took {report.took_s:.1f} s"
            ),
        )
    )


def money_table(report: TourReport) -> tuple[str, ...]:
    """Where every cent is at the end, one line a party."""
    return (
        "where the money is",
        *(
            f"  {PARTY_WORDS[each.party]:<32}{plain(held(each.party, each.owed)):>16}"
            for each in sorted(report.money, key=lambda each: list(PARTY_WORDS).index(each.party))
        ),
        f"  {'sum of the ledger':<32}{plain(report.ledger_sum):>16}",
    )


def write_report(report: TourReport, folder: Path) -> None:
    """tour.txt, tour.md with the pictures, and papers.txt."""
    (folder / "tour.txt").write_text(report_text(report) + "\n", encoding="utf-8")
    (folder / "tour.md").write_text(_markdown(report), encoding="utf-8")
    (folder / "papers.txt").write_text(_papers(report.papers), encoding="utf-8")


def forget_last_tour(folder: Path) -> None:
    """Take an earlier tour's files away: nobody mistakes them for this one's."""
    for pattern in ("[0-9][0-9]-*.png", "failed-*.png", "tour.txt", "tour.md", "papers.txt"):
        for file in folder.glob(pattern):
            file.unlink()


def write_readme_pictures(report: TourReport, *, folder: Path, target: Path) -> None:
    """The README's pictures from this tour's, half as wide and high."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter

    target.mkdir(parents=True, exist_ok=True)
    files = {each.name: each.file("en") for each in report.pictures}
    smooth = Qt.TransformationMode.SmoothTransformation
    side_by_side = []
    for name in README_PICTURES:
        picture = QImage(os.fspath(folder / files[name]))
        picture.scaledToWidth(picture.width() // 2, smooth).save(os.fspath(target / f"{name}.png"))
        side_by_side.append(picture.scaledToHeight(STRIP_HEIGHT_PX, smooth))
    shown = side_by_side[:4]
    width_px = sum(each.width() + STRIP_GAP_PX for each in shown) - STRIP_GAP_PX
    strip = QImage(width_px, STRIP_HEIGHT_PX, QImage.Format.Format_ARGB32)
    strip.fill(Qt.GlobalColor.transparent)
    painter = QPainter(strip)
    left_px = 0
    for each in shown:
        painter.drawImage(left_px, 0, each)
        left_px += each.width() + STRIP_GAP_PX
    painter.end()
    strip.save(os.fspath(target / README_STRIP))


def _markdown(report: TourReport) -> str:
    lines = [
        f"# {report.site_name}: a day in pictures",
        "",
        *(f"- {line.at:%H:%M:%S} {line.text}" for line in report.lines),
        "",
        "```",
        *money_table(report),
        "```",
    ]
    for each in report.pictures:
        lines += ["", f"## {each.number:02d} {each.name}", ""]
        lines += [f"![{each.name}, {language}]({each.file(language)})" for language in LANGUAGES]
    return "\n".join(lines) + "\n"


def _papers(papers: Sequence[tuple[str, Paper]]) -> str:
    return "\n".join(
        f"--- {lane} ---\n{paper.text}\n" + (f"[QR] {paper.qr}\n" if paper.qr is not None else "")
        for lane, paper in papers
    )
