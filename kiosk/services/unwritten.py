"""An order that was carried out while nothing could be written (full_disk.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kiosk.services.commands import OpenBarrier


@dataclass(frozen=True, slots=True)
class UnwrittenOrder:
    """A barrier that was opened by hand while the disk was full."""

    command: OpenBarrier
    at: datetime
