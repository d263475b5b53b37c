"""What the guided lane test writes down is a site file's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.boards.families import BoardSetup
from hardware.commissioning.tables import TIMERS_MOST_S, LineSetup, site_tables
from hardware.commissioning.wiring import INPUTS, OUTPUTS, Wire, Wiring
from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_control import Output, OutputWire
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.devices import lane_setup
from kiosk.app.lane_tables import InputsTable, OutputsTable, TimersTable
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


def site_with(tmp_path: Path, tables: str, passage: str = "") -> SiteFile:
    """The small site, with this lane instead of its own, as it is read."""
    text = SITE_FILE.read_text(encoding="utf-8")
    text = text.replace("tariffs/", f"{SITE_FILE.with_name('tariffs')}/")
    before, after = text[: text.index("[[lane]]")], text.partition("[payments]\n")[2]
    path = tmp_path / "site.toml"
    path.write_text(before + LANES.format(passage=passage, tables=tables) + after)
    return read_site_file(path)


def line_at(port: str, **boards: BoardSetup) -> LineSetup:
    """A line as it is most often."""
    return LineSetup(port=port, baud=9600, parity="N", has_local_echo=False, boards=boards)


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
    outputs = {name: Wire(channel) for channel, name in enumerate(OUTPUTS, start=1)}
    if setup.family != "waveshare-modbus":
        del outputs["host_alive"]
    inputs = {name: Wire(channel) for channel, name in enumerate(INPUTS, start=1)}
    wiring = Wiring(outputs=outputs, inputs=inputs, pulse_ms=700)
    line = LineSetup(
        port="/dev/kiosk/relay0",
        baud=baud,
        parity="E",
        has_local_echo=True,
        boards={OWN_BOARD: setup},
    )

    tables = site_tables([line], wiring, closed_when_off={"arming", "open_limit"})
    (lane,) = site_with(tmp_path, tables).lane

    assert lane.board is not None
    assert lane.board.to_setup() == setup
    assert (lane.board.port, lane.board.parity) == ("/dev/kiosk/relay0", "E")
    assert (lane.board.baud, lane.board.local_echo) == (baud or 9600, True)
    assert read_wires(lane.outputs) == outputs
    assert read_wires(lane.inputs) == inputs
    assert (lane.outputs.pulse_ms, lane.inputs.closed_when_off) == (700, ("arming", "open_limit"))


def read_wires(table: OutputsTable | InputsTable) -> dict[str, Wire]:
    return {name: Wire(channel, board) for name, (board, channel) in table.places().items()}


def test_the_tables_of_a_lane_without_loops_are_read_once_it_is_said(tmp_path: Path) -> None:
    lcus = BoardSetup(family="lcus", outputs=4, reply="text")
    line = line_at("/dev/kiosk/relay0", **{OWN_BOARD: lcus})

    tables = site_tables([line], Wiring(outputs={"open": Wire(1)}, inputs={}))
    (lane,) = site_with(tmp_path, tables, 'passage = "assumed"').lane

    assert lane.inputs.places() == {}
    assert 'passage = "assumed"' in tables


def test_the_tables_of_several_boards_are_read_as_they_were_tested(tmp_path: Path) -> None:
    own = BoardSetup(family="lcus", outputs=2)
    north = BoardSetup(family="waveshare-modbus")
    south = BoardSetup(family="modbus-coils", unit=2, outputs=4, inputs=4, gap_ms=2.5)
    lines = [
        line_at("/dev/kiosk/relay0", **{OWN_BOARD: own}),
        LineSetup(
            port="/dev/kiosk/bus0",
            baud=38400,
            parity="E",
            has_local_echo=True,
            boards={"north": north, "south": south},
        ),
        line_at("/dev/kiosk/bus1", loops=north),
    ]
    wiring = Wiring(
        outputs={"open": Wire(1), "green": Wire(3, "south"), "host_alive": Wire(8, "north")},
        inputs={
            "arming": Wire(1, "north"),
            "under_arm": Wire(4, "south"),
            "fire": Wire(6, "loops"),
        },
        pulse_ms=800,
    )

    tables = site_tables(
        lines, wiring, closed_when_off={"under_arm"}, timers={"open_max_s": 9, "close_max_s": 75}
    )
    site = site_with(tmp_path, tables)
    (lane,) = site.lane
    setup = lane_setup(lane)

    assert lane.board is not None
    assert lane.board.to_setup() == own
    assert setup.outputs == {
        Output.OPEN: OutputWire(1),
        Output.GREEN: OutputWire(3, "south"),
        Output.HOST_ALIVE: OutputWire(8, "north"),
    }
    assert setup.inputs == {
        "arming": InputWire(1, board="north"),
        "under_arm": InputWire(4, is_normally_closed=True, board="south"),
        "fire": InputWire(6, is_normally_closed=True, board="loops"),
    }
    assert (setup.timers.open_max_s, setup.timers.close_max_s, setup.pulse_ms) == (9, 75, 800)
    assert [
        (bus.port, bus.baud, bus.parity, bus.local_echo, [each.name for each in bus.board])
        for bus in site.bus
    ] == [
        ("/dev/kiosk/bus0", 38400, "E", True, ["north", "south"]),
        ("/dev/kiosk/bus1", 9600, "N", False, ["loops"]),
    ]
    assert [each.to_setup() for bus in site.bus for each in bus.board] == [north, south, north]


def test_a_lane_whose_boards_all_have_names_has_none_of_its_own(tmp_path: Path) -> None:
    north = BoardSetup(family="waveshare-modbus")
    wiring = Wiring(
        outputs={"open": Wire(1, "north")},
        inputs={"arming": Wire(1, "north"), "under_arm": Wire(2, "north")},
    )

    (lane,) = site_with(
        tmp_path, site_tables([line_at("/dev/kiosk/bus0", north=north)], wiring)
    ).lane

    assert lane.board is None
    assert {wire.board for wire in lane_setup(lane).inputs.values()} == {"north"}


@pytest.mark.parametrize("timer", TIMERS_MOST_S)
def test_a_slow_arm_is_given_no_more_than_a_site_file_takes(timer: str) -> None:
    most = TIMERS_MOST_S[timer]
    rest = {} if timer == "open_max_s" else {"open_max_s": 6}

    assert TimersTable(**{timer: most, **rest})
    with pytest.raises(ValueError, match="less than or equal"):
        TimersTable(**{timer: most + 1, **rest})


def test_the_names_of_all_wires_are_those_of_a_site_file() -> None:
    assert tuple(OUTPUTS) == OutputsTable.wire_names()
    assert tuple(INPUTS) == InputsTable.wire_names()
