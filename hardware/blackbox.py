"""Writes the last frames of a lane's ports to a file at each alarm, for whoever looks for why.

Which alarm, and what crossed the ports, is told by the lane runner; nothing waits for the disk.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Final

from hardware.recorder import Frame

FILES_KEPT: Final = 50
_log = logging.getLogger(__name__)


class BlackBox:
    """Keeps the newest 50 files of a folder, written on the thread "blackbox"."""

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._now = now
        self._monotonic = monotonic
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="blackbox")

    def keep(self, lane: str, alarm: str, ports: Mapping[str, tuple[Frame, ...]]) -> None:
        """Write what crossed these ports before this alarm, if anything did; from any thread."""
        if not any(ports.values()):  # a board that was not there yet: nothing to look at
            return
        self._writer.submit(self._write, lane, alarm, dict(ports), self._monotonic(), self._now())

    def close(self) -> None:
        """Write what was kept and end the thread."""
        self._writer.shutdown()

    def _write(
        self,
        lane: str,
        alarm: str,
        ports: Mapping[str, tuple[Frame, ...]],
        alarm_at_s: float,
        now: datetime,
    ) -> None:
        name = re.sub(r"[^a-z0-9_-]", "-", f"{lane}-{alarm}".lower())
        path = self._folder / f"{now:%Y%m%dT%H%M%S.%fZ}-{name}.txt"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(_text(lane, alarm, ports, alarm_at_s, now), encoding="utf-8")
            for old in sorted(self._folder.glob("*.txt"))[:-FILES_KEPT]:
                old.unlink(missing_ok=True)
        except OSError as failure:  # a full disk must not stop a lane
            _log.warning("blackbox.not_written lane=%s alarm=%s why=%s", lane, alarm, failure)


def _text(
    lane: str,
    alarm: str,
    ports: Mapping[str, tuple[Frame, ...]],
    alarm_at_s: float,
    now: datetime,
) -> str:
    lines = [f"lane {lane}, alarm {alarm} at {now.isoformat()}; seconds before the alarm"]
    for port, frames in ports.items():
        lines += ["", f"port {port}"]
        lines += [
            f"{frame.at_s - alarm_at_s:9.3f}  {frame.direction:<8}  {frame.content.hex(' ')}"
            for frame in frames
        ]
    return "\n".join(lines) + "\n"
