"""What a printer says of a paper reaches the screens, and not before the answer it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest

from hardware.printer import PrintResult
from kiosk.app.wiring import SiteAtWork
from kiosk.domain.ids import LaneName
from kiosk.services.events import PaperFailed, PaperLow, Published
from kiosk.services.paper import Paper

LANE = LaneName("exit-1")
PAPER = Paper("Altmarkt", ("RECEIPT 000001",))


class PaperSite:
    """As much of a site at work as a paper needs; what is posted waits for the command's end."""

    def __init__(self, result: PrintResult) -> None:
        self.posted: list[Callable[[], object]] = []
        self.told: list[Published] = []
        self.core = SimpleNamespace(post=self.posted.append, publish=self.told.append)
        devices = SimpleNamespace(print_paper=lambda paper, on_result: on_result(result))
        self.devices = {LANE: devices}

    def print_paper(self, lane: LaneName = LANE) -> list[Published]:
        """What the screens are told, once the command has ended."""
        SiteAtWork._print_paper(cast(SiteAtWork, self), lane, PAPER)
        assert self.told == []
        for task in self.posted:
            task()
        return self.told


@pytest.mark.parametrize(
    ("result", "told"),
    [
        (PrintResult.OK, []),
        (PrintResult.PAPER_LOW, [PaperLow(LANE)]),
        (PrintResult.UNVERIFIED, [PaperFailed(LANE, "unverified", may_be_there=True)]),
        (PrintResult.PAPER_OUT, [PaperFailed(LANE, "paper_out")]),
        (PrintResult.OFFLINE, [PaperFailed(LANE, "offline")]),
        (PrintResult.LOST, [PaperFailed(LANE, "lost")]),
    ],
)
def test_whatever_is_not_known_to_be_printed_is_offered_on_the_screen(
    result: PrintResult, told: list[Published]
) -> None:
    assert PaperSite(result).print_paper() == told


def test_paper_for_a_lane_that_is_not_there_is_nothing() -> None:
    assert PaperSite(PrintResult.LOST).print_paper(LaneName("exit-9")) == []
