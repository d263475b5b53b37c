"""Site files for tests of wiring: the small site with other lanes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.errors import ConfigError

SMALL = Path(__file__).parents[1] / "data" / "small.toml"
BUS = """
[[bus]]
name = "rs485"
port = "/dev/kiosk/bus0"
baud = 38400
local_echo = true
[[bus.board]]
name = "north"
unit = 1
[[bus.board]]
name = "south"
unit = 2
"""
LOOPS = "[lane.inputs]\narming = 1\nunder_arm = 2\n"
SCANNER = '[lane.scanner]\nport = "/dev/kiosk/scanner0"\n'


def lane(rest: str, *, name: str = "entry", head: str = "", scanner: str = SCANNER) -> str:
    return f'[[lane]]\nname = "{name}"\ndirection = "entry"\n{head}\n{rest}\n{scanner}'


def own_board(facts: str = "") -> str:
    return f'[lane.board]\nport = "/dev/kiosk/relay0"\n{facts}\n'


def read(folder: Path, text: str) -> SiteFile:
    """The small site with these lanes instead of its own."""
    before = SMALL.read_text("utf-8").partition("[[lane]]")[0]
    path = folder / "site.toml"
    tariffs = str(SMALL.parents[2] / "resources" / "tariffs")
    path.write_text(before.replace("../../resources/tariffs", tariffs) + text, encoding="utf-8")
    return read_site_file(path)


def said(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as refused:
        read(folder, text)
    return str(refused.value)
