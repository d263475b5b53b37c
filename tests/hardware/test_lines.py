"""The byte seam over real ptys and in memory: one promise, each way of losing a port mapped."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import termios
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import serial

from hardware.errors import DeviceTimeout, PortBusy, PortDenied, PortLost, PortMissing
from hardware.line import Backoff, Line, SerialLine, line_time_s
from hardware.null_modem import null_modem
from hardware.sim.pty_port import PtyPort
from tests.hardware.waiting import LIMIT_S

Pair = tuple[Line, Callable[[], None]]


class EchoingDevice:
    """Sends back what it gets."""

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        return [data]

    def advance(self, now_s: float) -> None:
        return None

    def next_change_s(self) -> float | None:
        return None


@pytest.fixture
def port(tmp_path: Path) -> Iterator[PtyPort]:
    port = PtyPort(EchoingDevice(), link=tmp_path / "relay0")
    yield port
    port.close()


def echo_back(end: Line, count: int) -> threading.Thread:
    """Let the far end of a null modem echo so many bytes."""

    def run() -> None:
        with contextlib.suppress(PortLost):  # the test may be over before it was asked
            end.write(end.read_exact(count, soon()), soon())

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def is_exclusive(port: PtyPort) -> bool:
    """Ask the kernel, since it lets root in all the same (TIOCGEXCL, tty_ioctl(4))."""
    answer = fcntl.ioctl(port._slave, 0x80045440, bytes(4))
    return any(answer)


def soon() -> float:
    return time.monotonic() + LIMIT_S


@pytest.fixture(params=["serial", "null modem"])
def pair(request: pytest.FixtureRequest, port: PtyPort) -> Iterator[Pair]:
    """An open line whose far end echoes four bytes, and how to unplug it."""
    if request.param == "serial":
        line = SerialLine(port.path)
        line.open()
        yield line, port.unplug
        line.close()
        return
    host, device = null_modem()
    host.open()
    device.open()
    thread = echo_back(device, 4)
    yield host, host.unplug
    device.unplug()
    thread.join()


def answer_late(line: Line) -> bytes:
    """Wait for one answer and take it all."""
    received = b""
    while len(received) < 4:
        received += line.read_some(soon())
    return received


def test_bytes_cross_and_come_back(pair: Pair) -> None:
    line, _ = pair
    line.write(b"ping", soon())

    assert line.read_exact(4, soon()) == b"ping"


def test_reading_some_returns_all_that_is_there(pair: Pair) -> None:
    line, _ = pair
    line.write(b"ping", soon())

    assert answer_late(line) == b"ping"


def test_a_read_of_exactly_n_bytes_ends_at_its_deadline(pair: Pair) -> None:
    line, _ = pair

    with pytest.raises(DeviceTimeout):
        line.read_exact(1, time.monotonic())


def test_reading_some_returns_nothing_at_the_deadline(pair: Pair) -> None:
    line, _ = pair

    assert line.read_some(time.monotonic()) == b""


def test_draining_an_empty_line_does_not_wait(pair: Pair) -> None:
    line, _ = pair

    assert line.drain() == b""


def test_cancel_ends_the_wait_of_another_thread(pair: Pair) -> None:
    line, _ = pair
    timer = threading.Thread(target=line.cancel)
    timer.start()

    received = line.read_some(soon())

    timer.join()
    assert received == b""


def test_a_cancel_before_the_wait_is_not_lost_and_counts_once(pair: Pair) -> None:
    line, _ = pair
    line.cancel()
    line.cancel()

    assert line.read_some(soon()) == b""
    line.write(b"ping", soon())
    assert line.read_some(soon()) != b""


@pytest.mark.parametrize(
    "use",
    [
        lambda line: line.read_exact(1, soon()),
        lambda line: line.read_some(soon()),
        lambda line: line.drain(),
    ],
    ids=["read_exact", "read_some", "drain"],
)
def test_an_unplugged_line_is_lost_whatever_one_does(
    pair: Pair, use: Callable[[Line], object]
) -> None:
    line, unplug = pair
    unplug()

    with pytest.raises(PortLost):
        use(line)


def test_writing_to_an_unplugged_line_is_a_loss(pair: Pair) -> None:
    line, unplug = pair
    unplug()

    with pytest.raises(PortLost):
        line.write(b"ping", soon())


def test_a_line_that_waits_notices_that_it_is_unplugged(pair: Pair) -> None:
    line, unplug = pair
    timer = threading.Thread(target=unplug)
    timer.start()

    with pytest.raises(PortLost):
        line.read_some(soon())
    timer.join()


def test_a_closed_line_is_lost_and_can_be_closed_again(pair: Pair) -> None:
    line, _ = pair
    line.close()
    line.close()

    with pytest.raises(PortLost):
        line.read_some(soon())
    line.cancel()


def test_a_path_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(PortMissing):
        SerialLine(str(tmp_path / "nothing")).open()


def test_a_file_that_is_no_port_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no port")

    with pytest.raises(PortMissing, match="not a serial port"):
        SerialLine(str(tmp_path / "file")).open()


def test_a_port_in_use_is_busy_and_names_its_holder(port: PtyPort) -> None:
    first = SerialLine(port.path)
    first.open()

    with pytest.raises(PortBusy) as caught:
        SerialLine(port.path).open()

    first.close()
    assert caught.value.holder_pid == os.getpid()


def test_a_port_is_closed_to_plain_openers_as_long_as_it_is_ours(port: PtyPort) -> None:
    line = SerialLine(port.path)
    line.open()
    while_open = is_exclusive(port)

    line.close()

    assert while_open
    assert not is_exclusive(port)


def test_a_closed_port_can_be_opened_again(port: PtyPort) -> None:
    line = SerialLine(port.path)
    line.open()
    line.close()

    line.open()

    line.write(b"ping", soon())
    assert line.read_exact(4, soon()) == b"ping"
    line.close()


@pytest.mark.parametrize(
    ("failure", "fault"),
    [
        (serial.SerialException(errno.ENOENT, "x"), PortMissing),
        (serial.SerialException(errno.ENXIO, "x"), PortMissing),
        (serial.SerialException(errno.EAGAIN, "x"), PortBusy),
        (serial.SerialException(errno.EBUSY, "x"), PortBusy),
        (serial.SerialException(errno.EACCES, "x"), PortDenied),
        (PermissionError(errno.EPERM, "x"), PortDenied),
        (termios.error(errno.EIO, "x"), PortMissing),
    ],
)
def test_each_way_an_open_fails_has_its_fault(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    failure: Exception,
    fault: type[Exception],
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(serial, "Serial", refuse)

    with pytest.raises(fault):
        SerialLine(str(tmp_path / "port")).open()


@pytest.mark.parametrize(
    "failure",
    [
        serial.SerialException("device reports readiness to read but returned no data"),
        OSError(errno.EIO, "Input/output error"),
        termios.error(errno.EIO, "Input/output error"),
        TypeError("'NoneType' object cannot be interpreted as an integer"),
        ValueError("file descriptor cannot be a negative integer (-1)"),
    ],
)
def test_each_way_a_use_fails_is_a_lost_port(
    monkeypatch: pytest.MonkeyPatch, port: PtyPort, failure: Exception
) -> None:
    line = SerialLine(port.path)
    line.open()

    def fail(*_: object) -> bytes:
        raise failure

    with monkeypatch.context() as patch:
        patch.setattr(serial.Serial, "read", fail)
        with pytest.raises(PortLost):
            line.drain()
    line.close()


def test_a_peer_that_takes_no_bytes_ends_the_write_at_its_deadline() -> None:
    master, slave = os.openpty()
    line = SerialLine(os.ttyname(slave))
    line.open()

    with pytest.raises(DeviceTimeout):
        line.write(bytes(1_000_000), time.monotonic() + 0.05)

    line.close()
    os.close(slave)
    os.close(master)


def test_an_unplugged_port_that_comes_back_opens_under_the_same_name(port: PtyPort) -> None:
    line = SerialLine(port.path)
    line.open()
    port.unplug()
    with pytest.raises(PortLost):
        line.read_some(soon())
    with pytest.raises(PortMissing):
        line.open()
    port.replug()

    line.open()

    line.write(b"ping", soon())
    assert line.read_exact(4, soon()) == b"ping"
    line.close()


def test_a_second_opener_of_one_end_of_a_null_modem_is_refused() -> None:
    host, _ = null_modem()
    host.open()

    with pytest.raises(PortBusy):
        host.open()


def test_an_unplugged_null_modem_is_missing_until_it_is_back() -> None:
    host, _ = null_modem()
    host.unplug()
    with pytest.raises(PortMissing):
        host.open()
    host.replug()

    host.open()

    assert host.drain() == b""


def test_waits_between_attempts_double_up_to_a_second_and_start_anew() -> None:
    backoff = Backoff()

    waits = [backoff.take_s() for _ in range(7)]
    backoff.reset()

    assert waits == [0.05, 0.1, 0.2, 0.4, 0.8, 1.0, 1.0]
    assert backoff.take_s() == 0.05


def test_line_time_counts_eleven_bits_a_byte_and_nothing_without_a_rate() -> None:
    assert line_time_s(8, 9600) == pytest.approx(0.00917, abs=1e-5)
    assert line_time_s(8, 0) == 0.0
