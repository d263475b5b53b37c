"""Rule 45: whatever the program can write has a glyph in the bundled fonts."""

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtGui import QFont, QFontMetrics, QRawFont

from kiosk.ui.format import CURRENCY_SIGNS
from kiosk.ui.plate_keys import PROVINCES, TAILS
from kiosk.ui.stage import FONT_FAMILY, FONT_FILES, QML, RESOURCES, load_fonts

TRANSLATIONS = sorted((RESOURCES / "i18n").glob("*.ts"))


def written() -> set[str]:
    """Every character of texts, of QML and of the view-models' Python; control signs aside."""
    texts = [element.text or "" for ts in TRANSLATIONS for element in ET.parse(ts).iter()]
    texts += [path.read_text(encoding="utf-8") for path in QML.rglob("*.qml")]
    python = (RESOURCES.parent / "kiosk" / "ui").rglob("*.py")
    texts += [path.read_text(encoding="utf-8") for path in python]
    texts += [PROVINCES, TAILS, *CURRENCY_SIGNS.values()]
    return {sign for text in texts for sign in text if sign.isprintable()}


@pytest.mark.parametrize("name", FONT_FILES)
def test_rule_45_every_character_has_a_glyph(qapp: object, name: str) -> None:
    font = QRawFont(str(RESOURCES / "fonts" / name), 16)
    missing = sorted(sign for sign in written() if not font.supportsCharacter(ord(sign)))
    assert missing == []


@pytest.mark.parametrize("name", FONT_FILES)
def test_rule_07_digits_are_tabular(qapp: object, name: str) -> None:
    font = QRawFont(str(RESOURCES / "fonts" / name), 100)
    glyphs = font.glyphIndexesForString("0123456789")
    assert len({advance.x() for advance in font.advancesForGlyphIndexes(glyphs)}) == 1


@pytest.mark.parametrize("weight", [QFont.Weight.Normal, QFont.Weight.DemiBold])
def test_both_weights_are_of_one_family_with_capitals_of_0_714_em(
    qapp: object, weight: QFont.Weight
) -> None:
    load_fonts(qapp)  # type: ignore[arg-type]
    font = QFont(FONT_FAMILY, -1, weight)
    font.setPixelSize(1000)
    raw = QRawFont.fromFont(font)
    assert (raw.familyName(), raw.weight()) == (FONT_FAMILY, weight)
    assert QFontMetrics(font).capHeight() == pytest.approx(714, abs=2)


@pytest.mark.parametrize("name", FONT_FILES)
def test_a_weight_is_at_most_three_megabytes(name: str) -> None:
    assert (RESOURCES / "fonts" / name).stat().st_size <= 3_000_000


def test_the_licence_lies_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts" / "OFL.txt").read_text()
