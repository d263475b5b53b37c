"""probe, pulse and all-off with boards of every family, as an installer and a service use them."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.sim.bus import SimBus
from hardware.sim.coil_board import CoilBoard
from hardware.sim.kmtronic_board import KmtronicBoard
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.numato_board import NumatoBoard
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault, OutputListener, SimBoard
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.waiting import Reports

Screen = pytest.CaptureFixture[str]


@dataclass(frozen=True)
class Kind:
    """How a board of one family is made, typed by the installer, and described by him."""

    make: Callable[[OutputListener], SimBoard]
    words: str
    """As all-off takes it, behind PORT=."""

    @property
    def options(self) -> list[str]:
        """As probe and pulse take it."""
        family, *settings = self.words.split(",")
        told = [f"--{setting.replace('=', ' ').replace('_', '-')}".split() for setting in settings]
        return ["--family", family, *(word for pair in told for word in pair)]


KINDS = {
    "waveshare": Kind(lambda on: WaveshareBoard(unit=7, on_output=on), "waveshare-modbus,unit=7"),
    "coils": Kind(
        lambda on: CoilBoard(outputs=4, inputs=2, on_output=on),
        "modbus-coils,outputs=4,inputs=2,gap_ms=0,baud=19200",
    ),
    "lcus-none": Kind(
        lambda on: LcusBoard(outputs=2, reply=LcusReply.NONE, gap_s=0.0, on_output=on),
        "lcus,outputs=2,gap_ms=0",
    ),
    "lcus-text": Kind(
        lambda on: LcusBoard(outputs=4, gap_s=0.0, on_output=on),
        "lcus,outputs=4,reply=text,gap_ms=0",
    ),
    "kmtronic": Kind(lambda on: KmtronicBoard(outputs=4, on_output=on), "kmtronic,outputs=4"),
    "numato": Kind(
        lambda on: NumatoBoard(outputs=8, inputs=4, on_output=on), "numato,outputs=8,inputs=4"
    ),
}
UNACKED = ("lcus-none", "lcus-text", "kmtronic")
UNTIMED = tuple(name for name in KINDS if name != "waveshare")


class Bench:
    """A simulated board behind a port, and every change of its relays."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.changes: Reports[tuple[int, bool]] = Reports()
        self.frames: Reports[bytes] = Reports()
        self.board = kind.make(lambda channel, is_on: self.changes.add((channel, is_on)))
        answer = self.board.received

        def heard(data: bytes, now_s: float) -> list[bytes]:
            self.frames.add(data)
            return answer(data, now_s)

        self.board.received = heard  # type: ignore[method-assign]
        self.port = PtyPort(self.board)

    @property
    def place(self) -> str:
        """As all-off takes it."""
        return f"{self.port.path}={self.kind.words}"

    def run(self, command: str, *rest: str) -> int:
        """One command about this board."""
        return main([command, self.port.path, *self.kind.options, *rest])


@pytest.fixture(params=KINDS)
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """A board of each family."""
    made = Bench(KINDS[request.param])
    yield made
    made.port.close()


@pytest.fixture
def mute_lcus() -> Iterator[Bench]:
    """A board that never says anything."""
    made = Bench(KINDS["lcus-none"])
    yield made
    made.port.close()


def test_each_family_can_be_probed_and_tells_what_it_can_do(bench: Bench, capsys: Screen) -> None:
    assert bench.run("probe") == 0

    assert f"it has:     {len(bench.board.outputs)} relays" in capsys.readouterr().out


def test_a_pulse_closes_and_opens_one_relay_of_each_family(bench: Bench) -> None:
    assert bench.run("pulse", "2", "--ms", "200") == 0

    assert [bench.changes.next(), bench.changes.next()] == [(2, True), (2, False)]


@pytest.mark.parametrize("name", UNACKED)
def test_what_a_board_never_confirms_is_never_called_confirmed(name: str, capsys: Screen) -> None:
    bench = Bench(KINDS[name])

    codes = [bench.run("probe"), bench.run("pulse", "1", "--ms", "200")]
    bench.port.close()

    said = capsys.readouterr().out
    assert codes == [0, 0]
    assert "relay 1 closed for 200 ms: sent; this board never confirms\n" in said
    assert "confirmed" not in said


def test_a_board_that_cannot_be_read_is_not_called_ready(mute_lcus: Bench, capsys: Screen) -> None:
    assert mute_lcus.run("probe") == 0

    said = capsys.readouterr().out
    assert "ready" not in said
    assert "look whether it is there" in said


def test_ctrl_c_in_the_middle_of_a_pulse_lets_the_relay_drop_twice(
    capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(KINDS["coils"])

    def ctrl_c(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", ctrl_c)
    code = bench.run("pulse", "1")
    bench.port.close()

    written = [frame for frame in bench.frames.rest() if frame[1] == 5]
    assert [frame[4] for frame in written] == [0xFF, 0, 0]
    assert (code, bench.board.outputs[0]) == (1, False)
    assert "relay 1 was told to drop" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_terminal_that_is_closed_in_the_middle_of_a_pulse_leaves_no_relay_closed(
    number: signal.Signals,
) -> None:
    bench = Bench(KINDS["coils"])
    command = [sys.executable, "-m", "hardware", "pulse", bench.port.path, "1", "--ms", "2000"]
    with subprocess.Popen([*command, *bench.kind.options], stderr=subprocess.PIPE) as pulse:
        assert bench.changes.next() == (1, True)
        pulse.send_signal(number)
        _, said = pulse.communicate()
    bench.port.close()

    assert (pulse.returncode, said) == (1, b"stopped: relay 1 was told to drop\n")
    assert bench.changes.rest() == [(1, False)]


def test_a_pulse_that_was_not_answered_is_ended_all_the_same(capsys: Screen) -> None:
    bench = Bench(KINDS["coils"])
    reply = bench.board.received
    is_written = threading.Event()

    def mute_at_first(data: bytes, now_s: float) -> list[bytes]:
        answers = reply(data, now_s)
        if data[1] == 5 and not is_written.is_set():
            is_written.set()
            return []
        return answers

    bench.board.received = mute_at_first  # type: ignore[method-assign]
    code = bench.run("pulse", "1", "--ms", "200")
    bench.port.close()

    assert code == 1
    assert bench.changes.rest() == [(1, True), (1, False)]


def test_only_a_waveshare_board_can_be_unlinked(mute_lcus: Bench, capsys: Screen) -> None:
    assert mute_lcus.run("probe", "--unlink") == 2

    assert "--unlink is for waveshare-modbus, not for lcus" in capsys.readouterr().err


def test_the_fix_for_a_linked_board_names_its_unit(capsys: Screen) -> None:
    port = PtyPort(WaveshareBoard(unit=7, is_linked=True))

    code = main(["probe", port.path, "--unit", "7"])
    port.close()

    said = capsys.readouterr().err
    assert code == 1
    assert said.count("python -m hardware") == 1
    assert f"python -m hardware probe {port.path} --unlink --unit 7" in said


def test_a_relay_that_the_board_does_not_have_is_refused_in_words(
    mute_lcus: Bench, capsys: Screen
) -> None:
    assert mute_lcus.run("pulse", "3") == 2

    assert "relays 1 to 2, not 3" in capsys.readouterr().err
    assert mute_lcus.frames.rest() == []


def test_a_board_whose_size_nobody_said_is_refused_in_words(capsys: Screen) -> None:
    assert main(["probe", "/dev/x", "--family", "lcus"]) == 2

    assert "say how many relays it has" in capsys.readouterr().err


def test_an_adapter_that_hears_itself_is_heard_through(capsys: Screen) -> None:
    bench = Bench(KINDS["waveshare"])
    bench.port.faults.is_echoing = True

    codes = [bench.run("probe"), bench.run("probe", "--local-echo")]
    bench.port.close()

    assert codes == [1, 0]
    assert "echo" in capsys.readouterr().err


def test_all_off_lets_boards_of_several_families_drop(capsys: Screen) -> None:
    made = [Bench(kind) for kind in KINDS.values()]

    code = main(["all-off", *(bench.place for bench in made)])
    said = capsys.readouterr()
    for bench in made:
        bench.port.close()

    assert (code, said.err) == (0, "")
    assert said.out.count("all off") == len(KINDS)
    assert f"{made[2].place}: all off: sent; this board never confirms\n" in said.out


def test_all_off_takes_two_boards_on_one_bus() -> None:
    first, second = CoilBoard(unit=1), CoilBoard(unit=2)
    port = PtyPort(SimBus([first, second]))
    for board in (first, second):
        board._switch(0, is_on=True)

    code = main(
        ["all-off", *(f"{port.path}=modbus-coils,unit={unit},outputs=8" for unit in (1, 2))]
    )
    port.close()

    assert code == 0
    assert not any([*first.outputs, *second.outputs])


def test_a_misspelt_place_keeps_no_other_board_on(capsys: Screen) -> None:
    bench = Bench(KINDS["coils"])
    bench.board._switch(0, is_on=True)

    code = main(["all-off", "/dev/x=coils", "/dev/x=lcus,outputs=x", "=lcus", bench.place])
    bench.port.close()

    said = capsys.readouterr().err
    assert (code, any(bench.board.outputs)) == (2, False)
    assert "there is no board family 'coils'" in said
    assert "'outputs=x' is none of" in said
    assert "names no port" in said


def test_all_off_says_which_relay_is_still_closed(capsys: Screen) -> None:
    bench = Bench(KINDS["kmtronic"])
    bench.board._switch(2, is_on=True)
    bench.board.stick(3)

    code = main(["all-off", bench.place])
    bench.port.close()

    assert code == 1
    assert "relay 3 is still closed" in capsys.readouterr().err


def test_all_off_is_told_to_a_silent_board_twice_and_then_fails(capsys: Screen) -> None:
    bench = Bench(KINDS["coils"])
    bench.board.fault = BoardFault.DEAF

    code = main(["all-off", bench.place])
    bench.port.close()

    assert code == 1
    assert [frame[1] for frame in bench.frames.rest()] == [15, 15]


def test_every_setting_of_a_place_is_taken(tmp_path: Path, capsys: Screen) -> None:
    place = f"{tmp_path}/none=lcus,outputs=8,reply=text,gap_ms=5,baud=4800,parity=E,local_echo"

    assert main(["all-off", place]) == 1

    assert "no such port" in capsys.readouterr().err


def test_all_off_is_told_twice_to_a_board_that_never_answers(mute_lcus: Bench) -> None:
    assert main(["all-off", mute_lcus.place]) == 0

    mute_lcus.port.close()
    heard = b"".join(mute_lcus.frames.rest())
    assert heard == bytes.fromhex("A0 01 00 A1 A0 02 00 A2") * 2
