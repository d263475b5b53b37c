"""A cable between two real ttys, so that master and slave can each open one."""

from __future__ import annotations

import os
import select
import threading
import tty
from typing import Final

CHUNK_BYTES: Final = 4096


class PtyCable:
    """Two ptys whose bytes are copied to each other on a thread, until `close`."""

    def __init__(self) -> None:
        self._pairs = [os.openpty() for _ in range(2)]
        for master, slave in self._pairs:
            tty.setraw(slave)
            os.set_blocking(master, False)
        self.near, self.far = (os.ttyname(slave) for _, slave in self._pairs)
        self._stop = os.pipe()
        self._thread = threading.Thread(target=self._copy, name="cable", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Cut the cable; no thread and no file is left."""
        os.write(self._stop[1], b"x")
        self._thread.join()
        for number in (*self._stop, *self._pairs[0], *self._pairs[1]):
            os.close(number)

    def _copy(self) -> None:
        near, far = (master for master, _ in self._pairs)
        other = {near: far, far: near}
        while True:
            ready, _, _ = select.select([near, far, self._stop[0]], [], [])
            if self._stop[0] in ready:
                return
            for master in ready:
                os.write(other[master], os.read(master, CHUNK_BYTES))
