"""A seeded sample of what is thrown at drivers and scanner; `make torture` throws the whole."""

from __future__ import annotations

import pytest

from tests.hardware.codec_fuzz import (
    CHECKED,
    FRAMINGS,
    SPEAKING,
    damage_answers,
    throw_noise,
    throw_noise_at_scanner,
)

SEED = 1
NOISE_BYTES = 100_000
DAMAGED = 1_000


@pytest.mark.parametrize("kit", SPEAKING)
def test_noise_is_an_answer_only_where_it_is_the_very_answer(
    kit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = throw_noise(kit, NOISE_BYTES, monkeypatch=monkeypatch, seed=SEED)

    assert tally.failed > 0
    assert tally.good == 0 or kit not in CHECKED


@pytest.mark.parametrize("kit", SPEAKING)
def test_a_damaged_answer_is_a_success_only_where_the_very_answer_is_in_it(
    kit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = damage_answers(kit, DAMAGED, monkeypatch=monkeypatch, seed=SEED)

    assert tally.good > 0
    assert tally.failed > 0


@pytest.mark.parametrize("framing", FRAMINGS)
def test_a_scanner_that_talks_nonsense_costs_nothing(framing: str) -> None:
    throw_noise_at_scanner(FRAMINGS[framing], NOISE_BYTES, seed=SEED)
