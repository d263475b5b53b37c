"""python -m hardware as an installer uses it: what it says and how it ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from hardware.__main__ import main
from hardware.line import SerialLine
from hardware.sim.pty_port import PtyPort
from hardware.sim.relay_board import BoardFault
from hardware.sim.scanner import ToyScanner
from hardware.sim.waveshare_board import WaveshareBoard
from tests.hardware.waiting import LIMIT_S, Reports


class Bench:
    """A simulated board and the path that the installer types."""

    def __init__(self, *, is_linked: bool = False) -> None:
        self.changes: Reports[tuple[int, bool]] = Reports()
        self.board = WaveshareBoard(
            is_linked=is_linked,
            on_output=lambda channel, is_on: self.changes.add((channel, is_on)),
        )
        self.port = PtyPort(self.board)


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.port.close()


@pytest.fixture
def factory_fresh() -> Iterator[Bench]:
    bench = Bench(is_linked=True)
    yield bench
    bench.port.close()


Screen = pytest.CaptureFixture[str]


def test_probe_tells_how_the_board_is(bench: Bench, capsys: Screen) -> None:
    bench.board.set_input(2, True)

    assert main(["probe", bench.port.path]) == 0

    assert capsys.readouterr().out == (
        "it has:     8 relays, 8 inputs\n"
        "orders:     confirmed by the board\n"
        "pulses:     timed by the board\n"
        "read-back:  yes\n"
        "relays on:  none\n"
        "inputs on:  2\n"
        "ready\n"
    )


def test_probe_of_a_linked_board_says_what_to_do(factory_fresh: Bench, capsys: Screen) -> None:
    assert main(["probe", factory_fresh.port.path]) == 1

    assert f"probe {factory_fresh.port.path} --unlink" in capsys.readouterr().err


def test_what_probe_says_to_do_helps(factory_fresh: Bench, capsys: Screen) -> None:
    assert main(["probe", factory_fresh.port.path, "--unlink"]) == 0

    assert main(["probe", factory_fresh.port.path]) == 0
    assert "ready" in capsys.readouterr().out


def test_pulse_closes_one_relay(bench: Bench, capsys: Screen) -> None:
    assert main(["pulse", bench.port.path, "3", "--ms", "200"]) == 0

    assert bench.changes.next() == (3, True)
    assert "confirmed" in capsys.readouterr().out


def test_pulse_never_touches_a_linked_board(factory_fresh: Bench) -> None:
    assert main(["pulse", factory_fresh.port.path, "3"]) == 1

    assert factory_fresh.changes.rest() == []


def test_all_off_lets_every_relay_drop(bench: Bench) -> None:
    bench.board.received(bytes.fromhex("01 05 00 00 FF 00 8C 3A"), 0.0)

    assert main(["all-off", bench.port.path]) == 0

    assert not any(bench.board.outputs)


def test_all_off_goes_on_after_a_board_that_is_missing(bench: Bench, capsys: Screen) -> None:
    assert main(["all-off", "/dev/nothing-here", bench.port.path]) == 1

    said = capsys.readouterr()
    assert "no such port" in said.err
    assert f"{bench.port.path}: all off" in said.out


def test_all_off_tries_a_mute_board_twice(bench: Bench, capsys: Screen) -> None:
    heard: Reports[bytes] = Reports()
    answer = bench.board.received

    def note(data: bytes, now_s: float) -> list[bytes]:
        heard.add(data)
        return answer(data, now_s)

    bench.board.received = note  # type: ignore[method-assign]
    bench.board.fault = BoardFault.DEAF

    assert main(["all-off", bench.port.path]) == 1

    assert [heard.next(), heard.next()] == [bytes.fromhex("01 05 00 FF 00 00 FD FA")] * 2
    assert "no answer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("terminator", "sent"),
    [
        ("cr-or-lf", b"SP1-ABC\r"),
        ("cr", b"SP1-ABC\r"),
        ("lf", b"SP1-ABC\n"),
        ("crlf", b"SP1-ABC\r\n"),
        ("stx-etx", b"noise\x02SP1-ABC\x03"),
        ("idle", b"SP1-ABC"),
    ],
)
def test_listen_shows_what_a_scanner_reads(
    terminator: str, sent: bytes, capsys: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner = ToyScanner()
    ready = threading.Event()
    open_line = SerialLine.open

    def open_and_tell(line: SerialLine) -> None:
        open_line(line)
        ready.set()

    monkeypatch.setattr(SerialLine, "open", open_and_tell)

    def hold_ticket() -> None:
        ready.wait(LIMIT_S)
        scanner.port.push(sent)

    hand = threading.Thread(target=hold_ticket)
    hand.start()
    code = main(["listen", scanner.path, "--terminator", terminator, "--count", "1"])
    hand.join()

    assert code == 0
    assert capsys.readouterr().out == "SP1-ABC\n"
    scanner.close()


def test_listen_that_heard_nothing_fails() -> None:
    scanner = ToyScanner()

    assert main(["listen", scanner.path, "--seconds", "0.01"]) == 1

    scanner.close()


def test_a_port_in_use_names_who_has_it(bench: Bench, capsys: Screen) -> None:
    other = SerialLine(bench.port.path)
    other.open()

    assert main(["probe", bench.port.path]) == 1

    assert "in use by process" in capsys.readouterr().err
    other.close()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["raise"],
        ["pulse", "/dev/x"],
        ["pulse", "/dev/x", "one"],
        ["probe", "/dev/x", "--family", "bread"],
        ["pulse", "/dev/x", "1", "--ms", "150"],
        ["pulse", "/dev/x", "1", "--ms", "soon"],
        ["probe", "/dev/x", "--unit", "0"],
        ["probe", "/dev/x", "--baud", "-1"],
        ["listen", "/dev/x", "--seconds", "0"],
        ["listen", "/dev/x", "--count", "-1"],
        ["listen", "/dev/x", "--terminator", "etx"],
    ],
)
def test_wrong_input_ends_with_two(arguments: list[str], capsys: Screen) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err
