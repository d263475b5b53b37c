"""python -m hardware sim: a bench of software that is told by words, and other commands on it."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.boards.modbus_coils import ModbusCoils
from hardware.errors import DeviceTimeout, PortMissing
from hardware.line import SerialLine
from hardware.sim.play import KINDS, LANE, Playground
from tests.hardware.waiting import LIMIT_S, Reports

Screen = pytest.CaptureFixture[str]
NAMES = (LANE, *KINDS)


class Bench:
    """A playground that is far quicker than a real lane, and what it says by itself."""

    def __init__(self, folder: Path) -> None:
        self.said: Reports[str] = Reports()
        self.folder = folder
        self.play = Playground(folder, say=self.said.add, baud=0, speed=1000.0)

    def commands(self) -> dict[str, list[str]]:
        """What `boards` tells a person to type, by the name of the board."""
        rows = [line.split() for line in self.play.boards().splitlines()]
        return {name: rest[3:] for name, *rest in rows}

    def shows(self, text: str) -> None:
        """Look until the lane is so."""
        idle = threading.Event()
        for _ in range(10_000):
            if text in (shown := self.play.obey("show")):
                return
            idle.wait(0.001)
        raise AssertionError(f"{text!r} never came: {shown}")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A bench at rest."""
    made = Bench(tmp_path)
    yield made
    made.play.close()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "waveshare"])
def test_the_command_that_the_bench_names_finds_each_board(bench: Bench, name: str) -> None:
    assert main(bench.commands()[name]) == 0


def test_the_board_from_the_factory_is_refused_until_it_is_unlinked(bench: Bench) -> None:
    command = bench.commands()["waveshare"]

    assert [main(command), main([*command, "--unlink"]), main(command)] == [1, 0, 0]


def test_each_relay_that_switches_is_told(bench: Bench) -> None:
    _, *place = bench.commands()["coils"]
    _, *lane = bench.commands()[LANE]

    main(["pulse", *place, "3", "--ms", "200"])
    main(["pulse", *lane, "1", "--ms", "200"])

    heard = [bench.said.next() for _ in range(3)]
    assert heard == ["coils: relay 3 on", "coils: relay 3 off", "lane: relay 1 (open) on"]


def test_an_input_is_read_by_the_host(bench: Bench, capsys: Screen) -> None:
    answer = bench.play.obey("input numato 3 on")

    main(bench.commands()["numato"])

    assert answer == "numato: input 3 on"
    assert "inputs on:  3\n" in capsys.readouterr().out


def test_a_fault_is_met_by_the_host_until_it_is_mended(bench: Bench, capsys: Screen) -> None:
    command = bench.commands()["coils"]
    answers = [bench.play.obey("fault coils exception 6"), bench.play.obey("fault lane deaf")]

    codes = [main(command), main(bench.commands()[LANE])]
    bench.play.obey("fault coils none")
    bench.play.obey("heal")

    assert answers == ["coils: exception 6", "lane: deaf"]
    assert (codes, main(command), main(bench.commands()[LANE])) == ([1, 1], 0, 0)
    assert "exception 6" in capsys.readouterr().err


def test_a_board_that_is_unplugged_is_not_there_until_it_is_replugged(bench: Bench) -> None:
    line = SerialLine(str(bench.folder / "coils"))
    answer = bench.play.obey("unplug coils")
    with pytest.raises(PortMissing):
        line.open()

    bench.play.obey("replug coils")
    line.open()
    line.close()

    assert answer == "coils: unplugged"


def test_an_unplugged_board_lets_its_relays_drop(bench: Bench) -> None:
    line = SerialLine(str(bench.folder / "coils"))
    line.open()
    ModbusCoils(timeout_ms=5000).set_output(line, 5, True)
    bench.play.obey("unplug coils")
    line.close()

    assert bench.said.until("coils: relay 5 off") == ["coils: relay 5 on", "coils: relay 5 off"]


def test_noise_on_the_wire_is_met_by_the_host_until_it_ends(bench: Bench) -> None:
    line = SerialLine(str(bench.folder / "coils"))
    line.open()
    bench.play.obey("noise coils drop 1")
    with pytest.raises(DeviceTimeout):
        ModbusCoils(timeout_ms=30).read_outputs(line)

    bench.play.obey("noise coils none")

    assert not any(ModbusCoils(timeout_ms=5000).read_outputs(line))
    line.close()


@pytest.mark.parametrize(
    "words",
    ["flip 0", "late 5", "split 5", "batch 16", "echo off", "before 00ff", "after ff", "drop 0"],
)
def test_every_kind_of_noise_is_taken(bench: Bench, words: str) -> None:
    assert bench.play.obey(f"noise {LANE} {words}") == f"lane: noise {words}"


def test_a_car_comes_waits_for_the_arm_and_drives_through(bench: Bench) -> None:
    bench.play.obey("car")
    bench.shows("inputs   arming, closed_limit")
    bench.play.obey("drive")
    assert bench.play.obey("remote") == "remote pressed"
    bench.shows("cars     none")
    bench.shows("inputs   closed_limit")


def test_a_car_backs_out(bench: Bench) -> None:
    bench.play.obey("car")
    bench.shows("inputs   arming")
    bench.play.obey("back")
    bench.shows("cars     none")


def test_fire_raises_the_arm_but_not_a_jammed_one_nor_one_without_mains(bench: Bench) -> None:
    bench.play.obey("jam")
    bench.play.obey("fire on")
    assert "arm      0% up" in bench.play.obey("show")
    bench.play.obey("mains off")
    bench.play.obey("heal")
    bench.shows("arm      100% up")
    bench.play.obey("fire off")
    bench.shows("arm      0% up")


def test_an_arm_breaks_off_and_inputs_stick_until_all_is_mended(bench: Bench) -> None:
    for words in ("break", "stick under_arm on", "stick safety on", "free safety"):
        bench.play.obey(words)
    broken = bench.play.obey("show")
    bench.play.obey("heal")

    assert "(broken off)" in broken
    assert "inputs   under_arm\n" in broken
    assert "inputs   closed_limit\n" in bench.play.obey("show")


def test_a_loop_forgets_the_car_on_it(bench: Bench) -> None:
    bench.play.obey("car")
    bench.shows("inputs   arming")
    bench.play.obey("tune-out arming")
    bench.shows("inputs   closed_limit")


def test_a_code_is_read_where_the_scanner_is(bench: Bench) -> None:
    line = SerialLine(str(bench.folder / "lane-scanner"))
    line.open()
    answer = bench.play.obey("scan P1/TICKET OF TWO WORDS")
    read = line.read_exact(len(b"P1/TICKET OF TWO WORDS\r\n"), time.monotonic() + LIMIT_S)
    line.close()

    assert answer == "scanned P1/TICKET OF TWO WORDS"
    assert read == b"P1/TICKET OF TWO WORDS\r\n"


def test_what_was_printed_can_be_read(bench: Bench) -> None:
    nothing = bench.play.obey("paper")
    bench.play.toy.paper.received(b"Space B12\n\x1dV\x42\x00", 0.0)

    assert nothing == "nothing was printed"
    assert bench.play.obey("paper") == "Space B12"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("dance", "there is no 'dance'; `help`"),
        ("car now", "say: car"),
        ("scan", "say: scan TEXT..."),
        ("  ", ""),
        ("input coils 3", "say: input BOARD CHANNEL on|off"),
        ("input coils three on", "'three' is no number"),
        ("input coils 9 on", "coils has inputs 1 to 8, not 9"),
        ("input kmtronic 1 on", "kmtronic has no inputs, not 1"),
        ("input coils 3 up", "say on or off, not 'up'"),
        ("input lane 1 on", "try `stick arming on`"),
        ("fault attic deaf", "there is no board 'attic'; there are lane, waveshare"),
        ("fault lcus wrong_coil", "not so: 'wrong_coil' is none of"),
        ("fault coils stuck_relay x", "say a number from 0 to 1000, not 'x'"),
        ("fault coils", "coils can do: none, deaf"),
        ("noise coils howl", "'howl' is no noise"),
        ("noise coils flip 2", "say a number from 0 to 1, not '2'"),
        ("noise coils after xyz", "not so"),
        ("stick door on", "there is no input 'door'"),
        ("tune-out safety", "the loops are"),
        ("wait long", "say a number"),
        ("help wait", "wait SECONDS"),
        ("help dance", "no such word"),
    ],
)
def test_words_without_a_meaning_are_answered_in_words(
    bench: Bench, words: str, part: str
) -> None:
    assert part in bench.play.obey(words)


def test_help_shows_every_verb(bench: Bench) -> None:
    shown = bench.play.obey("help").splitlines()

    assert len(shown) == 24
    assert max(len(line) for line in shown) < 120


def test_nothing_is_left_of_a_bench(tmp_path: Path) -> None:
    made = Bench(tmp_path)
    links = sorted(path.name for path in tmp_path.iterdir())
    made.play.close()

    assert len(links) == len(NAMES) + 2
    assert list(tmp_path.iterdir()) == []


# -- as a program


def sim(*options: str, words: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hardware", "sim", *options],
        input=words,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_script_is_carried_out_line_by_line(tmp_path: Path) -> None:
    script = "# what a car does\n\ncar\nnonsense\nfire on\nquit\nfire off\n"

    done = sim("--folder", str(tmp_path / "lane"), "--baud", "0", words=script)

    told = done.stdout.partition("say help, or quit\n")[2]
    assert (done.returncode, done.stderr) == (0, "")
    assert told.splitlines() == [
        "sim> car",
        "a car comes",
        "sim> nonsense",
        "there is no 'nonsense'; `help` shows what there is",
        "sim> fire on",
        "fire on",
        "sim> quit",
    ]
    assert list((tmp_path / "lane").iterdir()) == []


def test_the_end_of_the_input_ends_the_bench_and_its_folder() -> None:
    done = sim()

    folder = Path(done.stdout.splitlines()[0].removeprefix("the ports are in "))
    assert done.returncode == 0
    assert folder.name.startswith("lane-")
    assert not folder.exists()


def test_a_folder_that_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    done = sim("--folder", str(tmp_path / "file"))

    assert done.returncode == 2
    assert "no bench in" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_board_of_one_process_is_probed_by_another(tmp_path: Path) -> None:
    folder = tmp_path / "lane"
    command = [sys.executable, "-m", "hardware"]
    with subprocess.Popen(
        [*command, "sim", "--folder", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as bench:
        assert bench.stdin is not None
        assert bench.stdout is not None
        while bench.stdout.readline() != "say help, or quit\n":
            pass
        bench.stdin.write("input coils 2 on\n")
        bench.stdin.flush()
        while bench.stdout.readline() != "coils: input 2 on\n":
            pass
        coils = [str(folder / "coils"), "--family", "modbus-coils", "--outputs", "8"]
        probed = subprocess.run(
            [*command, "probe", *coils, "--inputs", "8"], capture_output=True, text=True
        )
        pulsed = subprocess.run([*command, "pulse", *coils, "4"], capture_output=True, text=True)
        rest, _ = bench.communicate("quit\n")

    assert (probed.returncode, pulsed.returncode, bench.returncode) == (0, 0, 0)
    assert "inputs on:  2\nready\n" in probed.stdout
    assert pulsed.stdout == "relay 4 closed for 500 ms: confirmed by the board\n"
    assert "coils: relay 4 on\ncoils: relay 4 off\n" in rest
