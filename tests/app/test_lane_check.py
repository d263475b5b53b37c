"""What a site file may say of boards, buses and wires, and what it is told when it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.boards.families import FAMILIES, BoardSetup, caps_of
from hardware.boards.waveshare import WaveshareRelay
from hardware.lane_control import LaneSetup, Output, OutputWire
from hardware.lane_words import LaneTimers
from kiosk.app.devices import lane_setup
from kiosk.app.lane_check import SIMULATED_BOARD
from tests.app.lane_files import BUS, LOOPS, lane, own_board, read, said


def setup_of(folder: Path, text: str) -> LaneSetup:
    return lane_setup(read(folder, text).lane[0])


def test_a_lane_has_one_board_for_itself(tmp_path: Path) -> None:
    setup = setup_of(tmp_path, lane(own_board() + LOOPS))

    assert setup.boards == {"lane"}
    assert setup.outputs[Output.OPEN] == OutputWire(1)
    assert set(setup.inputs) == {"arming", "under_arm"}


def test_a_lane_is_wired_to_boards_of_a_bus_and_to_its_own(tmp_path: Path) -> None:
    wires = (
        '[lane.outputs]\nopen = 1\nred = "south:4"\n'
        '[lane.inputs]\narming = "north:1"\nunder_arm = "north:2"\nclosed_when_off = ["arming"]\n'
    )
    setup = setup_of(tmp_path, BUS + lane(own_board('family = "lcus"\noutputs = 1') + wires))

    assert setup.boards == {"lane", "north", "south"}
    assert setup.outputs[Output.RED] == OutputWire(4, "south")
    assert setup.inputs["arming"].is_normally_closed is True


def test_two_lanes_share_a_bus_and_one_fire_contact(tmp_path: Path) -> None:
    def wired(name: str, board: str) -> str:
        return lane(
            f'[lane.outputs]\nopen = "{board}:1"\n'
            f'[lane.inputs]\narming = "{board}:1"\nunder_arm = "{board}:2"\nfire = "north:8"\n',
            name=name,
            scanner=f'[lane.scanner]\nport = "/dev/kiosk/{name}"\n',
        )

    file = read(tmp_path, BUS + wired("one", "north") + wired("two", "south"))

    assert [lane_setup(each).boards for each in file.lane] == [{"north"}, {"north", "south"}]


def test_fire_is_wired_normally_closed_whatever_the_file_says(tmp_path: Path) -> None:
    setup = setup_of(tmp_path, lane(own_board() + LOOPS + "fire = 6\n"))

    assert setup.inputs["fire"].is_normally_closed is True


def test_a_lane_without_loops_says_that_it_assumes_its_passages(tmp_path: Path) -> None:
    board = own_board('family = "lcus"\noutputs = 2') + "[lane.outputs]\nopen = 1\n"
    setup = setup_of(tmp_path, lane(board, head='passage = "assumed"'))

    assert setup.is_passage_assumed
    assert setup.inputs == {}


def test_a_keyboard_scanner_needs_no_port(tmp_path: Path) -> None:
    file = read(tmp_path, lane(own_board() + LOOPS, scanner='[lane.scanner]\nport = "keyboard"\n'))

    assert file.lane[0].scanner.is_keyboard


def test_a_slow_barrier_has_timers_of_its_own(tmp_path: Path) -> None:
    timers = "[lane.timers]\nopen_max_s = 14\nclose_max_s = 90\n"

    setup = setup_of(tmp_path, lane(own_board() + LOOPS + timers))

    assert setup.timers == LaneTimers(open_max_s=14.0, close_max_s=90.0)


def test_a_long_pulse_keeps_the_next_one_waiting(tmp_path: Path) -> None:
    long_one = "[lane.outputs]\nopen = 1\npulse_ms = 2000\n"

    rules = setup_of(tmp_path, lane(own_board() + long_one + LOOPS)).rules
    usual = setup_of(tmp_path, lane(own_board() + LOOPS)).rules

    assert (rules.timers.min_gap_s, usual.timers.min_gap_s) == (2.5, 1.0)


REFUSED = {
    "a lane without loops": (lane(own_board()), "without an arming loop and a loop under the arm"),
    "loops on a board that never answers": (
        BUS
        + lane(
            own_board('family = "kmtronic"\noutputs = 8')
            + '[lane.outputs]\nopen = 1\n[lane.inputs]\narming = 1\nunder_arm = "north:2"\n'
        ),
        "input arming is wired to channel 1, but the board has 0 inputs",
    ),
    "no board at all": (lane(LOOPS), "the lane's own board, but there is no [lane.board]"),
    "a board that no bus has": (
        BUS + lane(own_board() + '[lane.outputs]\nopen = "west:1"\n' + LOOPS),
        "output open is wired to west, but no [[bus.board]] has this name",
    ),
    "more relays than there are": (
        lane(own_board('family = "lcus"\noutputs = 2') + LOOPS),
        "output green is wired to channel 3, but the board has 2 relays",
    ),
    "an impossible board": (
        lane(own_board('family = "lcus"\noutputs = 3') + LOOPS),
        "an lcus board has 1, 2, 4 or 8 relays, not 3",
    ),
    "a reply flavour that is none": (
        lane(own_board('family = "kmtronic"\noutputs = 4\nreply = "text"') + LOOPS),
        "leave reply out",
    ),
    "two boards with one unit": (
        BUS.replace("unit = 2", "unit = 1") + lane(own_board() + LOOPS),
        "bus rs485: north and south both have unit 1 on one bus",
    ),
    "an lcus board on a bus": (
        BUS.replace("unit = 2", 'family = "lcus"\noutputs = 2') + lane(own_board() + LOOPS),
        "an lcus board needs a port of its own",
    ),
    "host-alive on a board without a timer": (
        lane(
            own_board('family = "modbus-coils"\noutputs = 8\ninputs = 8')
            + "[lane.outputs]\nopen = 1\nhost_alive = 8\n"
            + LOOPS
        ),
        "host_alive needs a board that lets a relay drop by itself",
    ),
    "what happens without the host, but no wire for it": (
        lane(own_board() + LOOPS, head='on_host_loss = "open"'),
        'on_host_loss = "open" needs outputs.host_alive',
    ),
    "assumed though a loop sees": (
        lane(own_board() + LOOPS, head='passage = "assumed"'),
        'with a loop under the arm passage should be "seen"',
    ),
    "one relay for two lanes": (
        BUS
        + lane(
            '[lane.outputs]\nopen = "north:1"\n[lane.inputs]\narming = "north:1"\n'
            'under_arm = "north:2"\n',
            name="one",
        )
        + lane(
            '[lane.outputs]\nopen = "north:1"\n[lane.inputs]\narming = "south:1"\n'
            'under_arm = "south:2"\n',
            name="two",
        ).replace("scanner0", "scanner1"),
        "output north:1 is wired to two lanes",
    ),
    "the fire contact of one lane on the loop of another": (
        BUS
        + lane(
            '[lane.outputs]\nopen = "north:1"\n[lane.inputs]\narming = "north:1"\n'
            'under_arm = "north:2"\nfire = "south:1"\n',
            name="one",
        )
        + lane(
            '[lane.outputs]\nopen = "south:1"\n[lane.inputs]\narming = "south:1"\n'
            'under_arm = "south:2"\n',
            name="two",
        ).replace("scanner0", "scanner1"),
        "input south:1 is wired to two lanes",
    ),
    "a simulated lane that would raise a real arm": (
        BUS
        + lane(
            '[lane.board]\nport = "sim"\n[lane.outputs]\nopen = "north:1"\n' + LOOPS,
            scanner='[lane.scanner]\nport = "sim"\n',
        ),
        "a simulated lane cannot be wired to a real board: output open",
    ),
    "a simulated lane that would see a real car": (
        BUS
        + lane(
            '[lane.board]\nport = "sim"\n[lane.inputs]\narming = 1\nunder_arm = "north:2"\n',
            scanner='[lane.scanner]\nport = "sim"\n',
        ),
        "a simulated lane cannot be wired to a real board: input under_arm",
    ),
    "one port written in two ways": (
        lane(own_board() + LOOPS, scanner='[lane.scanner]\nport = "/dev//kiosk/relay0"\n'),
        "each device has a port of its own",
    ),
    "a bus without a name": (
        BUS.replace('"rs485"', '"../rs485"') + lane(own_board() + LOOPS),
        "bus.0.name: Input should be a name of letters",
    ),
    "a simulated board of another family": (
        lane('[lane.board]\nport = "sim"\nfamily = "numato"\n' + LOOPS),
        "the simulated board of a site is a waveshare-modbus one",
    ),
    "a board that is a keyboard": (
        lane('[lane.board]\nport = "keyboard"\n' + LOOPS),
        "lane entry: a board has a port; only a scanner can be a keyboard",
    ),
    "two keyboards": (
        lane(own_board() + LOOPS, name="one", scanner='[lane.scanner]\nport = "keyboard"\n')
        + lane(
            own_board() + LOOPS, name="two", scanner='[lane.scanner]\nport = "keyboard"\n'
        ).replace("relay0", "relay1"),
        "there is one keyboard",
    ),
    "one port for two devices": (
        lane(own_board() + LOOPS, scanner='[lane.scanner]\nport = "/dev/kiosk/relay0"\n'),
        "each device has a port of its own",
    ),
    "boards of one name": (
        BUS.replace("south", "north") + lane(own_board() + LOOPS),
        "board names should differ",
    ),
    "an arm that counts as open when it is given up": (
        lane(own_board() + LOOPS + "[lane.timers]\nopen_time_s = 9\n"),
        "lane.0: a lane needs min_gap_s <= open_time_s < open_max_s",
    ),
    "a wire that is none": (
        lane(own_board() + "[lane.outputs]\nopen = 0\n" + LOOPS),
        "lane.0.outputs.open: Input should be a channel, 1 to 64, of the lane's own board",
    ),
}


@pytest.mark.parametrize("name", ["a/b", "../x", "x\\ny", " ", "x ", "-", "a\\u0000"])
def test_a_lane_has_a_name_that_can_stand_in_a_file_name_and_a_line(
    tmp_path: Path, name: str
) -> None:
    told = said(tmp_path, lane(own_board() + LOOPS, name=name))

    assert "lane.0.name: Input should be a name of letters" in told


@pytest.mark.parametrize(
    "name", ["exit-2", "Einfahrt S\u00fcd", "\u5165\u53e3 1", "P1.north_2", "7"]
)
def test_a_lane_is_called_as_people_call_it(tmp_path: Path, name: str) -> None:
    file = read(tmp_path, lane(own_board() + LOOPS, name=name))

    assert file.lane[0].name == name


@pytest.mark.parametrize("case", REFUSED)
def test_wiring_that_cannot_work_is_refused_in_words(tmp_path: Path, case: str) -> None:
    text, words = REFUSED[case]

    assert words in said(tmp_path, text)


def test_no_family_that_never_answers_has_inputs_for_a_loop() -> None:
    setups = [
        BoardSetup(family=name, outputs=facts.outputs[-1], inputs=facts.inputs[-1])
        for name, facts in FAMILIES.items()
    ]
    caps = [caps_of(setup) for setup in setups]

    assert [each.is_acked for each in caps if each.inputs > 0] == [True] * 3
    assert [each.is_acked for each in caps if each.inputs == 0] == [False] * 2


def test_the_simulated_board_can_what_the_real_one_can() -> None:
    caps = WaveshareRelay.caps
    assert (caps.outputs, caps.inputs, caps.pulse_max_ms) == SIMULATED_BOARD
