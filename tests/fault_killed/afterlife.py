"""What comes after a kill: the site started again on what the dead process left."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.domain.ids import ReservationId
from tests.fakes.stage import Stage, Wallet

ROOT = Path(__file__).parents[2]
CASH = {"till:desk-1": -2000}


@dataclass(frozen=True, slots=True)
class Afterlife:
    """The site started again on what the dead process left, and what the driver holds."""

    stage: Stage
    reservation_id: ReservationId
    text: str
    wallet: Wallet

    @property
    def state(self) -> str:
        return self.stage.state(self.reservation_id)


Kill = Callable[[str], Afterlife]


@pytest.fixture
def kill(founded: Path, tmp_path: Path) -> Iterator[Kill]:
    """Runs one life up to a moment, sees it killed, and starts the next."""
    stages: list[Stage] = []

    def kill_at(moment: str) -> Afterlife:
        shutil.copy(founded, tmp_path)
        command = [sys.executable, "-m", "tests.fault_killed.life", str(tmp_path), moment]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.returncode == -signal.SIGKILL, done.stderr
        in_hand = json.loads((tmp_path / "in_hand.json").read_text())
        stages.append(Stage(tmp_path, starts_at=datetime.fromisoformat(in_hand["now"]), seed=2))
        return Afterlife(
            stage=stages[-1],
            reservation_id=ReservationId(in_hand["reservation_id"]),
            text=in_hand["text"],
            wallet=Wallet(in_hand["pass_code"], in_hand["account"]),
        )

    yield kill_at
    for stage in stages:
        stage.close()
