"""Fault 19: the power goes, or the program is killed, in the middle of a grant.

Expected: "journal; boot all_off, BOOT state, grants not replayed".
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.open import PRAGMAS, open_store
from hardware.lane_words import Phase
from hardware.port import PortState
from hardware.sim.waveshare_board import WaveshareBoard
from kiosk.domain.outcomes import Granted
from kiosk.services.commands import ShowDesk
from tests.fakes.stage import ENTRY, KIM
from tests.fault_killed.afterlife import CASH, ROOT, Kill
from tests.fault_killed.lane_life import LAMPS
from tests.hardware.fault_bench import (
    ALL_OFF,
    ARMING,
    CLOSE_PULSE,
    OPEN_PULSE,
    READ_LINKAGE,
    FaultBench,
)
from tests.hardware.waiting import LIMIT_S

RED = 4


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[FaultBench]:
    """A lane whose program was killed while its arm went up; the next one is not started."""
    bench = FaultBench(tmp_path, board=WaveshareBoard(), more_outputs=LAMPS)
    bench.board.set_input(ARMING, True)
    life = subprocess.Popen(
        [sys.executable, "-m", "tests.fault_killed.lane_life", bench.pty.path],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert life.stdout is not None
    assert life.stdout.readline() == "opening\n"
    bench.outputs.until((1, True))
    bench.arm_is(open_=True, closed=False)
    os.kill(life.pid, signal.SIGKILL)
    life.communicate(timeout=LIMIT_S)
    yield bench
    bench.close()


def test_the_first_order_of_the_next_life_lets_every_relay_drop(killed: FaultBench) -> None:
    was_on = killed.board.outputs[RED - 1]
    killed.start()
    killed.states.until(PortState.READY)
    killed.outputs.until((RED, False))

    assert was_on is True, "a lamp has no lease: it outlives the program"
    assert killed.sent()[:2] == [READ_LINKAGE, ALL_OFF]


def test_the_lane_boots_and_waits_for_an_arm_that_it_sees_down(killed: FaultBench) -> None:
    killed.start()
    heard = killed.ear.reports.until(("limits", "True", "False"))
    phases = [each for each in heard if isinstance(each, Phase)]
    killed.arm_is(open_=False, closed=True)
    healed = killed.ear.reports.until(Phase.PRESENT)

    assert phases[-1] is Phase.BOOT
    assert Phase.IDLE not in phases
    assert [each for each in healed if isinstance(each, Phase)] == [Phase.PRESENT]


def test_the_grant_of_the_life_before_is_not_replayed(killed: FaultBench) -> None:
    killed.start()
    killed.ear.reports.until(Phase.BOOT)
    killed.arm_is(open_=False, closed=True)
    heard = killed.ear.reports.until(Phase.PRESENT)
    killed.lane.grant("next")
    heard += killed.ear.reports.until(Phase.OPENING)
    killed.until_sent(OPEN_PULSE)

    assert not [each for each in heard if isinstance(each, tuple) and "g" in each]
    assert killed.sent().count(OPEN_PULSE) == 1, "the new grant's"
    assert CLOSE_PULSE not in killed.sent()


def test_a_board_that_lost_its_supply_as_well_is_told_the_same(killed: FaultBench) -> None:
    killed.board.power_off()
    killed.arm_is(open_=False, closed=True)
    killed.start()
    heard = killed.ear.reports.until(Phase.PRESENT)

    assert Phase.BOOT in heard
    assert killed.sent()[:2] == [READ_LINKAGE, ALL_OFF]
    assert OPEN_PULSE not in killed.sent()


def test_the_open_grant_is_shown_to_the_attendant_and_the_ticket_opens_again(kill: Kill) -> None:
    after = kill("before_the_entrance_opens")
    stage = after.stage
    stage.wait(minutes=1)
    is_up = stage.is_arm_up(ENTRY)
    asked = stage.site.do(ShowDesk(actor=KIM)).unreported
    outcome = stage.drive(ENTRY, after.text)

    assert not is_up
    assert [(each.lane, each.reservation_id) for each in asked] == [(ENTRY, after.reservation_id)]
    assert isinstance(outcome, Granted)
    assert after.state == "arrived"


def test_the_journal_has_every_cent_of_it_once(kill: Kill) -> None:
    after = kill("before_the_exit_opens")
    settled = {"owner:1": 174, "commission": 35, "vat": 7, "manager": 24}

    assert after.state == "settled"
    assert after.stage.books() == CASH | {after.wallet.account: 1760, **settled}
    assert sum(after.stage.books().values()) == 0


def test_what_was_acknowledged_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PRAGMAS, "synchronous", "normal")

    with pytest.raises(AssertionError, match="unsafe modes"):
        open_store(str(tmp_path / "site.db"))
