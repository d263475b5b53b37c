"""The small site with one owner more, whose site file names a price and a split of her own."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.app.config import SiteFile, read_site_file
from kiosk.domain.ids import SpaceId
from tests.fakes.stage import SITE_FILE, Stage, found

DORA = SpaceId(3)
"""A03; the others of the courtyard are those of Always and Nights, as ever."""
_STANDARD = SITE_FILE.with_name("tariffs") / "standard.toml"
DORAS_TABLES = """[split.whole]
commission_bp = 0
vat_bp = 0
manager_bp = 0

[[owner]]
name = "Dora"
tariff = "tariffs/dora.toml"
split = "whole"
[[owner.offer]]
from_local = 00:00:00
until_local = 00:00:00
"""
"""As docs/operator.md shows them."""


def doras_site(folder: Path) -> SiteFile:
    """Its site file and its tariff files; half an hour of hers is 3.00 instead of 1.20."""
    text = SITE_FILE.read_text(encoding="utf-8").replace(
        "[[area]]", f"{DORAS_TABLES}\n[[area]]", 1
    )
    text = text.replace('["Always", "Nights"]', '["Always", "Nights", "Dora", "Nights"]')
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    (folder / "tariffs").mkdir()
    shutil.copy(_STANDARD, folder / "tariffs")
    dear = _STANDARD.read_text(encoding="utf-8").replace("price = 1.20", "price = 3.00")
    doras_board(folder).write_text(dear.replace('"standard"', '"dora"'), encoding="utf-8")
    return read_site_file(path)


def doras_board(folder: Path) -> Path:
    """Her tariff file."""
    return folder / "tariffs" / "dora.toml"


def doras_stage(folder: Path) -> Stage:
    """The site at work."""
    file = doras_site(folder)
    found(file, folder)
    return Stage(folder, file=file)
