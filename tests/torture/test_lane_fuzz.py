"""Ten million bytes of noise, a hundred thousand damaged answers, a thousand pulled cables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hardware.codec_fuzz import (
    CHECKED,
    FRAMINGS,
    SPEAKING,
    damage_answers,
    throw_noise,
    throw_noise_at_scanner,
)
from tests.hardware.lane_fuzz import pull_the_cable

NOISE_BYTES = 10_000_000
DAMAGED = 100_000
UNPLUGS = 1_000
SEED = 2


@pytest.mark.parametrize("kit", SPEAKING)
def test_noise_is_an_answer_only_where_it_is_the_very_answer(
    kit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = throw_noise(kit, NOISE_BYTES, monkeypatch=monkeypatch, seed=SEED)

    assert tally.good == 0 or kit not in CHECKED


@pytest.mark.parametrize("kit", SPEAKING)
def test_a_damaged_answer_is_a_success_only_where_the_very_answer_is_in_it(
    kit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = damage_answers(kit, DAMAGED, monkeypatch=monkeypatch, seed=SEED)

    assert tally.good + tally.failed == DAMAGED


@pytest.mark.parametrize("framing", FRAMINGS)
def test_a_scanner_that_talks_nonsense_costs_nothing(framing: str) -> None:
    throw_noise_at_scanner(FRAMINGS[framing], NOISE_BYTES, seed=SEED)


def test_a_cable_pulled_at_any_moment_raises_no_arm_without_a_live_grant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull_the_cable(tmp_path, UNPLUGS, seed=SEED, monkeypatch=monkeypatch)
