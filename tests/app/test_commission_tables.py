"""What the guided lane test writes down is a site file's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.boards.families import BoardSetup
from hardware.commissioning.wiring import INPUTS, OUTPUTS, LineSetup, Wiring, site_tables
from kiosk.app.config import read_site_file
from kiosk.app.lane_tables import InputsTable, OutputsTable
from tests.fakes.stage import SITE_FILE

LANES = """
[[lane]]
name = "entry"
direction = "entry"
{passage}
{tables}
[lane.scanner]
port = "/dev/kiosk/scanner0"

[payments]
"""


def site_with(tmp_path: Path, tables: str, passage: str = "") -> Path:
    """The small site, with this lane instead of its own."""
    text = SITE_FILE.read_text(encoding="utf-8")
    text = text.replace("tariffs/", f"{SITE_FILE.with_name('tariffs')}/")
    before, after = text[: text.index("[[lane]]")], text.partition("[payments]\n")[2]
    path = tmp_path / "site.toml"
    path.write_text(before + LANES.format(passage=passage, tables=tables) + after)
    return path


@pytest.mark.parametrize(
    ("setup", "baud"),
    [
        (BoardSetup(family="waveshare-modbus"), 9600),
        (BoardSetup(family="modbus-coils", unit=3, outputs=8, inputs=6, gap_ms=2.5), 19200),
        (BoardSetup(family="numato", outputs=8, inputs=6), 0),
    ],
)
def test_the_tables_of_a_whole_lane_are_read_as_they_were_tested(
    setup: BoardSetup, baud: int, tmp_path: Path
) -> None:
    outputs = {name: channel for channel, name in enumerate(OUTPUTS, start=1)}
    if setup.family != "waveshare-modbus":
        del outputs["host_alive"]
    inputs = {name: channel for channel, name in enumerate(INPUTS, start=1)}
    wiring = Wiring(outputs=outputs, inputs=inputs, pulse_ms=700)
    line = LineSetup(
        port="/dev/kiosk/relay0", baud=baud, parity="E", has_local_echo=True, setup=setup
    )

    tables = site_tables(line, wiring, {"arming", "open_limit"})
    (lane,) = read_site_file(site_with(tmp_path, tables)).lane

    assert lane.board is not None
    assert lane.board.to_setup() == setup
    assert (lane.board.port, lane.board.parity) == ("/dev/kiosk/relay0", "E")
    assert (lane.board.baud, lane.board.local_echo) == (baud or 9600, True)
    assert {name: at for name, (_, at) in lane.outputs.places().items()} == outputs
    assert {name: at for name, (_, at) in lane.inputs.places().items()} == inputs
    assert (lane.outputs.pulse_ms, lane.inputs.closed_when_off) == (700, ("arming", "open_limit"))


def test_the_tables_of_a_lane_without_loops_are_read_once_it_is_said(tmp_path: Path) -> None:
    line = LineSetup(
        port="/dev/kiosk/relay0",
        baud=9600,
        parity="N",
        has_local_echo=False,
        setup=BoardSetup(family="lcus", outputs=4, reply="text"),
    )

    tables = site_tables(line, Wiring(outputs={"open": 1}, inputs={}), ())
    (lane,) = read_site_file(site_with(tmp_path, tables, 'passage = "assumed"')).lane

    assert lane.inputs.places() == {}
    assert 'passage = "assumed"' in tables


def test_the_names_of_all_wires_are_those_of_a_site_file() -> None:
    assert tuple(OUTPUTS) == OutputsTable.wire_names()
    assert tuple(INPUTS) == InputsTable.wire_names()
