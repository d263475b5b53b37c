"""What an installer is told of lanes and lines that would run, but not as well as they could."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.lane_advice import NO_SAFETY, lane_advice
from tests.app.lane_files import BUS, LOOPS, lane, own_board, read


def advice(folder: Path, text: str) -> list[str]:
    return lane_advice(read(folder, text))


def test_a_lane_without_loops_is_told_what_that_means(tmp_path: Path) -> None:
    board = own_board('family = "lcus"\noutputs = 2') + "[lane.outputs]\nopen = 1\n"

    told = "\n".join(advice(tmp_path, lane(board, head='passage = "assumed"')))

    assert "lane entry: no loop sees who passes" in told
    assert "cannot time a pulse" in told
    assert "never confirms" in told
    assert told.endswith(NO_SAFETY)


def test_a_lane_that_is_wired_whole_is_told_only_what_holds_for_all(tmp_path: Path) -> None:
    outputs = "[lane.outputs]\nopen = 1\nhost_alive = 8\n"
    limits = "open_limit = 3\nclosed_limit = 4\nfire = 6\n"

    assert advice(tmp_path, lane(own_board() + outputs + LOOPS + limits)) == [NO_SAFETY]


def test_a_lane_without_limits_fire_and_host_alive_is_told_each(tmp_path: Path) -> None:
    told = advice(tmp_path, lane(own_board() + LOOPS))

    assert [line.split(":")[1].split()[1] for line in told[:-1]] == [
        "open_limit",
        "closed_limit",
        "fire",
        "host_alive",
    ]


def on_bus(name: str, board: str, more: str = "") -> str:
    """A lane that is wired to one board of a bus."""
    return lane(
        f'[lane.outputs]\nopen = "{board}:1"\n'
        f'[lane.inputs]\narming = "{board}:1"\nunder_arm = "{board}:2"\n{more}',
        name=name,
        scanner=f'[lane.scanner]\nport = "/dev/kiosk/{name}"\n',
    )


def bus(count: int, *, baud: int, facts: str = "") -> str:
    """A bus of so many boards with a lane each."""
    head = f'[[bus]]\nname = "rs485"\nport = "/dev/kiosk/bus0"\nbaud = {baud}\n'
    boards = [f'[[bus.board]]\nname = "b{n}"\nunit = {n}\n{facts}\n' for n in range(1, count + 1)]
    lanes = [on_bus(f"l{n}", f"b{n}") for n in range(1, count + 1)]
    return head + "".join(boards) + "".join(lanes)


def of_buses(told: list[str]) -> list[str]:
    return [line for line in told if line.startswith("bus ")]


def test_a_board_that_no_lane_uses_is_told(tmp_path: Path) -> None:
    told = of_buses(advice(tmp_path, BUS + on_bus("one", "north")))

    assert told == ["bus rs485: no lane is wired to south"]


@pytest.mark.parametrize(("count", "baud"), [(3, 9600), (5, 19200), (7, 38400)])
def test_nothing_is_told_of_a_line_that_is_quick_enough(
    tmp_path: Path, count: int, baud: int
) -> None:
    assert of_buses(advice(tmp_path, bus(count, baud=baud))) == []


@pytest.mark.parametrize(
    ("count", "baud", "words"),
    [
        (4, 9600, "every 116 ms at 9600 baud: a car is seen late; set line and boards to 19200"),
        (8, 4800, "at 4800 baud: a car is seen late; set line and boards to 57600 baud"),
        (12, 9600, "at 9600 baud: a car is seen late; spread the boards over more lines"),
    ],
)
def test_a_line_with_too_many_boards_for_its_speed_is_told_the_speed_that_would_do(
    tmp_path: Path, count: int, baud: int, words: str
) -> None:
    (told,) = of_buses(advice(tmp_path, bus(count, baud=baud)))

    assert words in told


def test_boards_that_need_long_silences_fill_a_line_sooner(tmp_path: Path) -> None:
    coils = 'family = "modbus-coils"\noutputs = 8\ninputs = 8'
    (slow,) = of_buses(advice(tmp_path, bus(3, baud=38400, facts=coils)))
    quick = of_buses(advice(tmp_path, bus(3, baud=38400, facts=coils + "\ngap_ms = 5")))

    assert "spread the boards over more lines" in slow
    assert quick == []


def test_a_board_that_two_lanes_ask_is_asked_twice(tmp_path: Path) -> None:
    text = bus(3, baud=9600).replace('under_arm = "b2:2"', 'under_arm = "b2:2"\nfire = "b1:8"')
    (told,) = of_buses(advice(tmp_path, text))

    assert "every 116 ms" in told
