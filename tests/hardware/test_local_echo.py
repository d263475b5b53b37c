"""The echo of an own frame, byte by byte: nothing of it is ever handed on as an answer."""

from __future__ import annotations

import time

import pytest

from hardware.errors import DeviceTimeout
from hardware.local_echo import EchoedLine
from hardware.null_modem import NullModemEnd, null_modem
from tests.hardware.waiting import LIMIT_S

ORDER = bytes.fromhex("01 05 00 00 FF 00 8C 3A")


@pytest.fixture
def ends() -> tuple[EchoedLine, NullModemEnd]:
    """A host that expects its echo, and the far end."""
    host, far = null_modem()
    far.open()
    line = EchoedLine(host)
    line.open()
    line.write(ORDER, soon())
    return line, far


def soon() -> float:
    return time.monotonic() + LIMIT_S


def now() -> float:
    return time.monotonic()


@pytest.mark.parametrize("cut", range(1, len(ORDER)))
def test_an_echo_in_two_pieces_is_no_answer(
    ends: tuple[EchoedLine, NullModemEnd], cut: int
) -> None:
    line, far = ends
    far.write(ORDER[:cut], soon())
    first = line.read_some(now())
    far.write(ORDER[cut:], soon())
    second = line.read_some(now())
    far.write(ORDER, soon())

    assert (first, second) == (b"", b"")
    assert line.read_some(soon()) == ORDER


def test_what_comes_with_the_echo_in_one_breath_is_handed_on(
    ends: tuple[EchoedLine, NullModemEnd],
) -> None:
    line, far = ends
    far.write(b"\x00" + ORDER + b"answer", soon())

    assert line.read_exact(3, soon()) == b"ans"
    assert line.read_some(soon()) == b"wer"


def test_a_damaged_echo_lets_nothing_through(ends: tuple[EchoedLine, NullModemEnd]) -> None:
    line, far = ends
    far.write(ORDER[:3] + b"\xff" + ORDER[4:] + b"answer", soon())

    with pytest.raises(DeviceTimeout):
        line.read_exact(1, now())


def test_the_next_order_owes_its_own_echo_alone(ends: tuple[EchoedLine, NullModemEnd]) -> None:
    line, far = ends
    far.write(ORDER[:4], soon())
    assert line.drain() == ORDER[:4]
    line.write(b"next", soon())
    far.write(b"nextyes", soon())

    assert line.read_some(soon()) == b"yes"
