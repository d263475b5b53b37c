"""QR codes that a reader reads back, and signs in the colour that was asked for."""

from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from kiosk.ui.images import QUIET_ZONE_MODULES, QrPictures, SignPictures, qr_image, qr_modules
from kiosk.ui.stage import RESOURCES

TICKET = "SP1.k7mp2xqa.9f3kq2v7c4m8n5p6r2t3"


def read_back(image: QImage) -> str:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    shape = (grey.height(), grey.width())
    pixels = memoryview(grey.constBits()).cast("B")
    rows = [bytes(pixels[y * grey.bytesPerLine() :][: shape[1]]) for y in range(shape[0])]
    view = memoryview(b"".join(rows)).cast("B", shape)
    found = zxingcpp.read_barcodes(view)
    assert len(found) == 1
    return found[0].text


@pytest.mark.parametrize("text", [TICKET, "https://example.org/t?a=1&b=%2F", "京A12345"])
def test_a_code_is_read_back_as_it_was_written(text: str) -> None:
    assert read_back(qr_image(text, side_px=400)) == text


def test_rule_42_a_code_has_whole_modules_and_four_of_margin() -> None:
    modules = len(qr_modules(TICKET))
    image = qr_image(TICKET, side_px=500)
    module_px = image.width() // (modules + 8)
    assert image.width() % (modules + 2 * QUIET_ZONE_MODULES) == 0
    assert image.width() <= 500
    assert image.pixelColor(4 * module_px - 1, 4 * module_px) == QColor("white")
    assert image.pixelColor(4 * module_px, 4 * module_px) == QColor("black")


def test_rule_42_a_ticket_is_at_most_version_3() -> None:
    assert len(qr_modules(TICKET)) <= 29


def test_a_side_too_small_still_gives_the_whole_code() -> None:
    assert qr_image(TICKET, side_px=1).width() == len(qr_modules(TICKET)) + 8


def test_the_provider_decodes_the_text_and_tells_the_size() -> None:
    size = QSize()
    image = QrPictures().requestImage("a%2Fb%20c", size, QSize(300, 300))
    assert read_back(image) == "a/b c"
    assert size == image.size()


def test_the_provider_has_a_side_of_its_own_when_none_is_asked() -> None:
    assert QrPictures().requestImage("x", QSize(), QSize()).width() > 400


def test_a_sign_comes_in_the_colour_that_was_asked_for() -> None:
    size = QSize()
    image = SignPictures(RESOURCES / "icons").requestImage("star/ff0000", size, QSize(48, 48))
    assert size == QSize(48, 48)
    assert image.pixelColor(24, 24) == QColor("#ff0000")
    assert image.pixelColor(0, 0).alpha() == 0


@pytest.mark.parametrize("path", sorted((RESOURCES / "icons").glob("*.svg")), ids=lambda p: p.stem)
def test_every_sign_draws_something(path: Path) -> None:
    image = SignPictures(RESOURCES / "icons").requestImage(
        f"{path.stem}/000000", QSize(), QSize(48, 48)
    )
    assert any(image.pixelColor(x, y).alpha() for x in range(0, 48, 2) for y in range(0, 48, 2))


def test_a_sign_without_a_size_has_its_own() -> None:
    provider = SignPictures(RESOURCES / "icons")
    assert provider.requestImage("tick/000000", QSize(), QSize()).size() == QSize(48, 48)
