"""A seeded sample of unplugged cables; `make torture` pulls a thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hardware.lane_fuzz import pull_the_cable

UNPLUGS = 8


def test_a_cable_pulled_at_any_moment_raises_no_arm_without_a_live_grant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull_the_cable(tmp_path, UNPLUGS, seed=1, monkeypatch=monkeypatch)
