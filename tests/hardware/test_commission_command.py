"""python -m hardware commission as a fitter types it: wiring, answers, report and exit code."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.boards.families import BoardSetup
from hardware.cli import commission
from hardware.commissioning.tables import LineSetup, site_tables
from hardware.commissioning.wiring import Wire, Wiring
from hardware.inputs import OWN_BOARD
from hardware.sim.kmtronic_board import KmtronicBoard
from hardware.sim.pty_port import PtyPort
from tests.hardware.commission_bench import Lane, World
from tests.hardware.waiting import Reports

Screen = pytest.CaptureFixture[str]
BARE = [
    "--baud",
    "115200",
    "--open",
    "1",
    "--close",
    "2",
    "--open-limit",
    "3",
    "--closed-limit",
    "4",
]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A lane in virtual time behind a real pty."""
    made = World(Lane())
    monkeypatch.setattr(commission, "RealClock", lambda: made)
    yield made
    made.close()


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What the fitter types, to be filled by the test."""
    keys = io.StringIO()
    monkeypatch.setattr("sys.stdin", keys)
    return keys


def answers(keys: io.StringIO, *lines: str) -> None:
    keys.write("".join(f"{line}\n" for line in lines))
    keys.seek(0)


def test_a_bare_lane_passes_with_five_answers(
    world: World, typed: io.StringIO, tmp_path: Path, capsys: Screen
) -> None:
    answers(typed, *["y"] * 5)
    report = tmp_path / "report.txt"

    code = main(["commission", world.port.path, *BARE, "--report", str(report)])

    said = capsys.readouterr().out
    assert "ALL 5 STEPS PASSED" in said
    assert code == 0
    assert report.read_text() in said
    assert f'port = "{world.port.path}"\nbaud = 115200\n' in report.read_text()


def test_a_failed_step_ends_with_one(
    world: World, typed: io.StringIO, tmp_path: Path, capsys: Screen
) -> None:
    answers(typed, "n")
    report = tmp_path / "report.txt"

    code = main(["commission", world.port.path, *BARE, "--report", str(report)])

    assert code == 1
    assert "FAIL    inputs at rest" in report.read_text()


def test_the_end_of_the_answers_breaks_it_off_with_a_report(
    world: World, typed: io.StringIO, tmp_path: Path, capsys: Screen
) -> None:
    answers(typed, "perhaps")
    report = tmp_path / "report.txt"

    code = main(["commission", world.port.path, *BARE, "--report", str(report)])

    said = capsys.readouterr()
    assert code == 1
    assert "y for yes, n for no, s to skip" in said.out
    assert "every relay was told to drop" in said.err
    assert "FAIL    the test was broken off here" in report.read_text()
    assert "NOT READY" in report.read_text()


def test_the_wiring_is_asked_when_none_is_said(
    world: World, typed: io.StringIO, tmp_path: Path
) -> None:
    relays = ["1", "two", "2", "", "", "", "", "", ""]
    inputs = ["", "", "3", "4", "", ""]
    answers(typed, *relays, *inputs, *["y"] * 5)
    report = tmp_path / "report.txt"

    assert main(["commission", world.port.path, "--baud", "115200", "--report", str(report)]) == 0

    assert "[lane.outputs]\nopen = 1\nclose = 2\npulse_ms = 500\n" in report.read_text()
    assert "[lane.inputs]\nopen_limit = 3\nclosed_limit = 4\n" in report.read_text()


def test_a_board_that_never_confirms_is_tested_by_the_fitters_eyes(
    world: World, typed: io.StringIO, tmp_path: Path
) -> None:
    answers(typed, "y", "y", "y", "y", "y", "y", "y")
    heard: Reports[bytes] = Reports()
    board = KmtronicBoard(outputs=4)
    obey = board.received

    def note(data: bytes, now_s: float) -> list[bytes]:
        heard.add(data)
        return obey(data, now_s)

    board.received = note  # type: ignore[method-assign]
    port = PtyPort(board)
    report = tmp_path / "report.txt"
    family = ["--family", "kmtronic", "--outputs", "4"]

    code = main(["commission", port.path, *family, "--open", "1", "--report", str(report)])
    port.close()

    all_off = b"".join(bytes((0xFF, channel, 0)) for channel in (1, 2, 3, 4))
    assert b"".join(heard.rest()).endswith(all_off * 4)  # after the last step, and at the end
    assert code == 0
    assert "sent; this board never confirms" in report.read_text()
    assert 'family = "kmtronic"' in report.read_text()
    assert "outputs = 4" in report.read_text()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--close", "2"], "say which relay raises the arm (--open)"),
        (["--open", "1", "--close", "1"], "relay 1 cannot be both open and close"),
        (["--open", "9"], "open is at relay 9, but the board has relays 1 to 8"),
        (["--open", "1", "--family", "lcus"], "say how many relays it has"),
        (
            ["--open", "1", "--arming", "1", "--family", "kmtronic", "--outputs", "4"],
            "arming is at input 1, but the board has no inputs",
        ),
        (["--open", "1", "--report", "/nowhere/at/all"], "no report in /nowhere/at/all"),
        ([], "nobody answered"),
    ],
)
def test_wrong_input_ends_with_two_in_words(
    arguments: list[str], part: str, typed: io.StringIO, tmp_path: Path, capsys: Screen
) -> None:
    report = ["--report", str(tmp_path / "report.txt")]

    assert main(["commission", "/dev/x", *report, *arguments]) == 2

    assert part in capsys.readouterr().err


def test_every_key_of_a_board_is_written_down() -> None:
    line = LineSetup(
        port='/dev/kiosk/"0"\\',
        baud=19200,
        parity="E",
        has_local_echo=True,
        boards={
            OWN_BOARD: BoardSetup(
                family="modbus-coils", unit=2, outputs=8, inputs=6, reply=None, gap_ms=5.5
            )
        },
    )
    wiring = Wiring(
        outputs={"open": Wire(1)}, inputs={"under_arm": Wire(2), "arming": Wire(1)}, pulse_ms=700
    )

    assert site_tables([line], wiring, closed_when_off={"under_arm", "arming"}) == (
        "[lane.board]\n"
        'family = "modbus-coils"\n'
        'port = "/dev/kiosk/\\"0\\"\\\\"\n'
        "baud = 19200\n"
        'parity = "E"\n'
        "local_echo = true\n"
        "unit = 2\n"
        "outputs = 8\n"
        "inputs = 6\n"
        "gap_ms = 5.5\n"
        "\n"
        "[lane.outputs]\n"
        "open = 1\n"
        "pulse_ms = 700\n"
        "\n"
        "[lane.inputs]\n"
        "arming = 1\n"
        "under_arm = 2\n"
        'closed_when_off = ["arming", "under_arm"]\n'
    )
