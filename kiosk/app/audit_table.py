"""The table [audit] of a site file: where signed heads of the evidence stand besides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from kiosk.app.board_tables import Table


def _absolute(path: Path) -> Path:
    if not path.is_absolute():
        raise ValueError("should be an absolute path, such as a file on a second disk")
    return path


class AuditTable(Table):
    """[audit]: a second file of heads; who cuts the database cannot reach it, it is hoped."""

    heads: Annotated[Path, AfterValidator(_absolute)] | None = None

    def heads_files(self) -> tuple[Path, ...]:
        """The files besides the one in the data folder."""
        return () if self.heads is None else (self.heads,)
