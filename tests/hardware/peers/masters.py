"""Masters of other people, each asked for one transaction at a time over a real port.

Bits are words of 0 and 1, coils count from 0. A refusal is `Refused`, silence is `Silent`.
"""

from __future__ import annotations

import logging
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol

import minimalmodbus  # type: ignore[import-untyped]
from pymodbus import ModbusException
from pymodbus.client import ModbusSerialClient
from pymodbus.pdu import ModbusPDU

from tests.hardware.peers.slaves import NODE_PATH

HERE: Final = Path(__file__).parent
BAUD: Final = 9600
TIMEOUT_S: Final = 5.0
PEER_LIMIT_S: Final = 60.0
"""A program that hangs ends its test, not the suite."""


class Refused(Exception):
    """The board answered with an exception."""


class Silent(Exception):
    """The board did not answer."""


class Master(Protocol):
    """One program that speaks Modbus RTU as a master."""

    def coils(self, count: int) -> str: ...

    def inputs(self, count: int) -> str: ...

    def set_coil(self, coil: int, is_on: bool) -> None: ...

    def set_coils(self, bits: str) -> None: ...


class Mbpoll:
    """mbpoll, over libmodbus."""

    def __init__(self, port: str, unit: int, timeout_s: float) -> None:
        self._port, self._unit, self._timeout_s = port, unit, timeout_s

    def coils(self, count: int) -> str:
        return self._read("0", count)

    def inputs(self, count: int) -> str:
        return self._read("1", count)

    def set_coil(self, coil: int, is_on: bool) -> None:
        self._run("0", coil, "1" if is_on else "0")

    def set_coils(self, bits: str) -> None:
        self._run("0", 0, *bits)

    def _read(self, table: str, count: int) -> str:
        said = self._run(table, 0, count=count)
        return "".join(re.findall(r"^\[\d+\]:\s+([01])$", said, re.MULTILINE))

    def _run(self, table: str, first: int, *values: str, count: int = 1) -> str:
        rate = ("-m", "rtu", "-b", str(BAUD), "-P", "none", "-o", str(self._timeout_s))
        many = () if values else ("-c", str(count))
        what = ("-a", str(self._unit), "-t", table, "-0", "-r", str(first), *many, "-1")
        done = subprocess.run(
            ("mbpoll", *rate, *what, self._port, *values),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PEER_LIMIT_S,
        )
        if "Connection timed out" in done.stdout:
            raise Silent
        if "Illegal data address" in done.stdout:
            raise Refused
        assert done.returncode == 0, done.stdout
        return done.stdout


class Minimal:
    """minimalmodbus."""

    def __init__(self, port: str, unit: int, timeout_s: float) -> None:
        self._port, self._unit, self._timeout_s = port, unit, timeout_s

    def coils(self, count: int) -> str:
        return self._ask(lambda board: _word(board.read_bits(0, count, functioncode=1)))

    def inputs(self, count: int) -> str:
        return self._ask(lambda board: _word(board.read_bits(0, count, functioncode=2)))

    def set_coil(self, coil: int, is_on: bool) -> None:
        self._ask(lambda board: _nothing(board.write_bit(coil, int(is_on))))

    def set_coils(self, bits: str) -> None:
        self._ask(lambda board: _nothing(board.write_bits(0, [int(bit) for bit in bits])))

    def _ask(self, what: Callable[[minimalmodbus.Instrument], str]) -> str:
        board = minimalmodbus.Instrument(self._port, self._unit)
        try:
            board.serial.baudrate = BAUD
            board.serial.timeout = self._timeout_s
            return what(board)
        except minimalmodbus.SlaveReportedException as refusal:
            raise Refused from refusal
        except minimalmodbus.NoResponseError as silence:
            raise Silent from silence
        finally:
            board.serial.close()


class Pymodbus:
    """pymodbus' synchronous client."""

    def __init__(self, port: str, unit: int, timeout_s: float) -> None:
        self._unit = unit
        logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)  # silence is no news here
        self._client = ModbusSerialClient(port, baudrate=BAUD, timeout=timeout_s, retries=0)

    def coils(self, count: int) -> str:
        return self._ask(
            lambda client: client.read_coils(0, count=count, device_id=self._unit), count
        )

    def inputs(self, count: int) -> str:
        return self._ask(
            lambda client: client.read_discrete_inputs(0, count=count, device_id=self._unit), count
        )

    def set_coil(self, coil: int, is_on: bool) -> None:
        self._ask(lambda client: client.write_coil(coil, is_on, device_id=self._unit), 0)

    def set_coils(self, bits: str) -> None:
        values = [bit == "1" for bit in bits]
        self._ask(lambda client: client.write_coils(0, values, device_id=self._unit), 0)

    def _ask(self, what: Callable[[ModbusSerialClient], ModbusPDU], count: int) -> str:
        self._client.connect()
        try:
            answer = what(self._client)
        except ModbusException as silence:
            raise Silent from silence
        finally:
            self._client.close()  # type: ignore[no-untyped-call]
        if answer.isError():
            raise Refused
        return _word(answer.bits[:count])


class NodeMaster:
    """modbus-serial, on Node.js."""

    def __init__(self, port: str, unit: int, timeout_s: float) -> None:
        self._port, self._unit, self._timeout_s = port, unit, timeout_s

    def coils(self, count: int) -> str:
        return self._run("coils", 0, str(count))

    def inputs(self, count: int) -> str:
        return self._run("inputs", 0, str(count))

    def set_coil(self, coil: int, is_on: bool) -> None:
        self._run("coil", coil, "1" if is_on else "0")

    def set_coils(self, bits: str) -> None:
        self._run("several", 0, bits)

    def _run(self, what: str, first: int, value: str) -> str:
        timeout_ms = str(round(self._timeout_s * 1000))
        script = str(HERE / "node_master.cjs")
        done = subprocess.run(
            ("node", script, self._port, str(self._unit), timeout_ms, what, str(first), value),
            stdout=subprocess.PIPE,
            text=True,
            env=NODE_PATH,
            check=True,
            timeout=PEER_LIMIT_S,
        )
        said = done.stdout.strip()
        if said.startswith("exception"):
            raise Refused
        if said == "Timed out":
            raise Silent
        return said


MASTERS: Final[dict[str, Callable[[str, int, float], Master]]] = {
    "mbpoll": Mbpoll,
    "minimalmodbus": Minimal,
    "pymodbus": Pymodbus,
    "modbus-serial": NodeMaster,
}


def _word(bits: Sequence[int]) -> str:
    return "".join(str(int(bit)) for bit in bits)


def _nothing(_: object) -> str:
    return ""
