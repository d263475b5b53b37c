"""The page for installers shows a report of the lane test as it is printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.boards import modbus
from hardware.cli import commission
from hardware.cli.say import FAILED
from hardware.sim.plant import OperatorSetup
from tests.hardware.commission_bench import ALL_INPUTS, Fitter, Lane, World

PAGE = (Path(__file__).parents[2] / "docs" / "lane.md").read_text("utf-8")
SECTION = PAGE.partition("## 4. Commission")[2].partition("\n## ")[0]
PORT = "/dev/kiosk/relay0"
WIRED = {name: ALL_INPUTS[name] for name in ("arming", "under_arm", "open_limit", "closed_limit")}
SLOW = OperatorSetup(motor_s=6.0, pause_s=8.0, vend_limit=3)


def test_the_report_of_the_page_is_the_one_that_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A slow arm, and an operator that counts OPEN pulses."""
    monkeypatch.chdir(tmp_path)
    world = World(Lane(operator=SLOW, inputs=WIRED))
    monkeypatch.setattr(commission, "RealClock", lambda: world)
    # The silence between frames is real time, and nothing that a report shows.
    monkeypatch.setattr(modbus, "silence_s", lambda _baud, _gap_ms: 0.0)
    monkeypatch.setattr(commission, "Keyboard", lambda: Fitter(world))
    (command,) = re.findall(rf"^python -m hardware (commission {PORT} .*)$", SECTION, re.M)
    (shown,) = re.findall(r"```text\n(.*?)```", SECTION, re.S)

    code = main(shlex.split(command.replace(PORT, world.port.path)))
    world.close()
    printed = capsys.readouterr().out.replace(world.port.path, PORT)

    assert code == FAILED
    assert shown in printed
