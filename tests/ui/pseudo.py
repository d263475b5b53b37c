"""A language that nobody speaks: every text of the screens two fifths longer, with accents."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QTranslator

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "resources" / "i18n" / "kiosk_zh_CN.ts"
ACCENTS = str.maketrans("aeiounAEIOUN", "åéîöüñÅÉÎÖÜÑ")


def longer(text: str) -> str:
    """The text with accents and, word by word, two fifths more letters."""
    parts = text.translate(ACCENTS).split(" ")
    missing = round(len(text) * 0.4)
    each, rest = divmod(missing, len(parts))
    grown = [part + "é" * (each + (number < rest)) for number, part in enumerate(parts)]
    return " ".join(
        old if "%" in part or "{" in part else part
        for old, part in zip(text.split(" "), grown, strict=True)
    )


def pseudo_translator(folder: Path) -> QTranslator:
    """Qt's own translator for this language, from a file in the folder."""
    qm = folder / "pseudo.qm"
    qm.write_bytes(_compiled())
    translator = QTranslator(QCoreApplication.instance())
    assert translator.load(str(qm))
    return translator


@cache
def _compiled() -> bytes:
    """The language as Qt reads it; made once, for each making is a process of its own."""
    tree = ET.parse(SOURCE)
    for message in tree.iter("message"):
        translation = message.find("translation")
        assert translation is not None
        for child in list(translation):
            translation.remove(child)
        translation.text = longer(message.findtext("source", ""))
        translation.attrib.pop("type", None)
        message.attrib.pop("numerus", None)
    with TemporaryDirectory() as folder:
        ts, qm = Path(folder, "pseudo.ts"), Path(folder, "pseudo.qm")
        tree.write(ts, encoding="utf-8", xml_declaration=True)
        lrelease = Path(sys.executable).parent / "pyside6-lrelease"
        subprocess.run([str(lrelease), "-silent", str(ts), "-qm", str(qm)], check=True)
        return qm.read_bytes()
