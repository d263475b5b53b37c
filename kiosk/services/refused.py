"""Files that are refused as a whole, with all that is wrong with them; light for main.py."""

from __future__ import annotations

from collections.abc import Iterable


class FileRefused(Exception):
    """Nothing of the file is used; each line names the file, the place and what to do."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


class TariffFileRefused(FileRefused):
    """The file is no tariff; the tariff in use stays in use."""


class ReceiptRefused(FileRefused):
    """The file is no receipt of ours, or it was changed."""


class InventoryRefused(FileRefused):
    """A file is no inventory that is known; nothing of any file is imported."""


class CalendarRefused(FileRefused):
    """The file is no calendar, is broken, or is too much; nothing of it is imported."""
