"""Slaves of other people as processes: what each is called, and one of them at work."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.conftest import NODE_PEERS
from tests.hardware.peers.cable import PtyCable
from tests.hardware.waiting import LIMIT_S, Reports

HERE: Final = Path(__file__).parent
UNIT: Final = 1
INPUTS: Final = "1010000000000001"
"""What the inputs of every slave are."""
COILS: Final = 16
READY: Final = "ready"

SLAVES: Final = {
    "libmodbus": (sys.executable, str(HERE / "libmodbus_slave.py")),
    "pymodbus": (sys.executable, str(HERE / "pymodbus_slave.py")),
    "modbus-serial": ("node", str(HERE / "node_slave.cjs")),
}
NODE_PATH: Final = {**os.environ, "NODE_PATH": str(NODE_PEERS)}


@dataclass(slots=True)
class Slave:
    """A slave at work: where our side of its cable is, and what it says of its coils."""

    port: str
    said: Reports[str]

    def until_coils(self, wanted: str) -> None:
        """Wait until the slave itself says that its coils are so."""
        self.said.until(wanted)


@contextmanager
def slave_at_work(name: str) -> Iterator[Slave]:
    """Run the slave of this name at the far end of a cable."""
    cable = PtyCable()
    command = (*SLAVES[name], cable.far, str(UNIT), INPUTS, str(COILS))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=NODE_PATH)
    said: Reports[str] = Reports()
    ear = threading.Thread(target=_hear, args=(process, said), name="slave", daemon=True)
    ear.start()
    try:
        said.until(READY)
        yield Slave(cable.near, said)
    finally:
        process.terminate()
        process.wait(LIMIT_S)
        ear.join(LIMIT_S)
        cable.close()


def _hear(process: subprocess.Popen[str], said: Reports[str]) -> None:
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            said.add(line.strip())
