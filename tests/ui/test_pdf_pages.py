"""Pages of a PDF: read back as text and looked at as a picture, over several pages, in Chinese."""

import threading
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication

from kiosk.services.documents import PAGE_WORDS, Column, Document, Line, Table
from kiosk.ui.pdf_pages import to_pdf
from kiosk.ui.stage import load_fonts

COLUMNS = (Column("Left at"), Column("Space"), Column("Your share", is_number=True))
PAPER = Document(
    title="Statement",
    sender=("Riverside Quarter", "Quay Street 4"),
    address=("Ada Lovelace",),
    facts=(Line("Currency", "GBP"),),
    tables=(Table("Stays", COLUMNS, (("1 Nov 14:00", "A01", "506.25"),)),),
    totals=(Line("Closing balance", "506.25", is_strong=True),),
    notes=("The tax stays inside your share.",),
)


@pytest.fixture(autouse=True)
def _fonts(qapp: QGuiApplication) -> None:
    load_fonts(qapp)


def texts_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        texts.append(words.get_text_range())
        words.close()
        page.close()
    document.close()
    return texts


def picture_of(pdf: bytes, number: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[number].render(scale=1).to_pil()
    document.close()
    return picture.convert("L")


def ink_of(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """The box around everything that is not white."""
    return picture.point(lambda grey: 255 if grey < 200 else 0).getbbox()


def with_rows(count: int) -> Document:
    rows = tuple((f"{n} Nov", f"A{n}", f"{n}.00") for n in range(count))
    table = Table("Stays", COLUMNS, rows, sums=("Sum", "", "all of it"))
    return replace(PAPER, tables=(table,))


def test_every_word_of_a_document_is_read_back_from_its_page() -> None:
    (text,) = texts_of(to_pdf(PAPER))
    words = ("Riverside Quarter", "Quay Street 4", "Ada Lovelace", "Currency GBP", "Statement")
    more = ("Stays", "1 Nov 14:00 A01 506.25", "Closing balance 506.25", "stays inside your share")
    assert [each for each in (*words, *more, "Page 1 of 1") if each not in text] == []


def test_a_page_is_a4_and_has_ink_inside_its_margins_only() -> None:
    picture = picture_of(to_pdf(PAPER))
    assert picture.size == (595, 842)
    ink = ink_of(picture)
    assert ink is not None
    assert ink[0] >= 55
    assert ink[2] <= 540
    assert ink[1] >= 48
    assert ink[3] <= 815


def test_a_table_over_several_pages_repeats_its_head_and_loses_no_row() -> None:
    texts = texts_of(to_pdf(with_rows(90)))
    assert len(texts) == 3
    assert all("Left at Space Your share" in text for text in texts)
    assert [n for n in range(90) if f"{n} Nov A{n} {n}.00" not in " ".join(texts)] == []
    assert "Page 3 of 3" in texts[-1]


def test_the_sums_of_a_table_never_begin_a_page_without_its_last_row() -> None:
    for count in range(26, 34):
        pdf = to_pdf(with_rows(count))
        with_sums = next(text for text in texts_of(pdf) if "all of it" in text)
        assert f"{count - 1} Nov A{count - 1}" in with_sums
        above_the_number = picture_of(pdf).crop((0, 782, 595, 794))
        assert ink_of(above_the_number) is None


def test_a_long_text_breaks_in_its_column_and_no_number_does() -> None:
    row = ("1 Nov", "a space with a very long name " * 8, "123,456,789.01")
    (text,) = texts_of(to_pdf(replace(PAPER, tables=(Table("Stays", COLUMNS, (row,)),))))
    assert "123,456,789.01" in text
    assert text.count("very long name") >= 1
    assert text.split().count("very") == 8


def test_many_wide_numbers_are_written_smaller_and_never_into_each_other() -> None:
    columns = tuple(Column("Amount", is_number=True) for _ in range(9))
    wide = Table("Stays", columns, (("123,456,789.01",) * 9,))
    (text,) = texts_of(to_pdf(replace(PAPER, tables=(wide,))))
    assert text.split().count("123,456,789.01") == 9


def test_a_table_without_rows_says_so() -> None:
    empty = Table("Refunds", COLUMNS, (), empty="None in this month.")
    (text,) = texts_of(to_pdf(replace(PAPER, tables=(empty,))))
    assert "None in this month." in text
    assert "Left at" not in text


def test_chinese_is_painted_with_its_own_signs() -> None:
    chinese = replace(
        PAPER, title="对账单", sender=("滨江停车场",), page_words=PAGE_WORDS["zh_CN"]
    )
    (text,) = texts_of(to_pdf(chinese))
    assert "对账单" in text
    assert "滨江停车场" in text
    assert "第 1 页，共 1 页" in text
    pdf = to_pdf(chinese)
    assert b"KioskSans" in pdf
    assert b"Noto" not in pdf


def test_pages_are_painted_on_another_thread_too() -> None:
    made: list[bytes] = []
    thread = threading.Thread(target=lambda: made.append(to_pdf(PAPER)))
    thread.start()
    thread.join(timeout=30)
    assert texts_of(made[0]) == texts_of(to_pdf(PAPER))
