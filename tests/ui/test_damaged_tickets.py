"""Readers read our tickets from bad pictures, and never another ticket than the drawn one."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.tools.damaged_tickets import BEYOND, KINDS, Answer, Kind, counted, samples


def test_of_500_bad_pictures_97_in_100_are_read_and_none_wrong() -> None:
    answers = sum(map(counted, KINDS), Counter[Answer]())

    assert answers.total() == 500
    assert answers[Answer.READ] >= 485
    assert answers[Answer.WRONG] == 0


@pytest.mark.parametrize("kind", BEYOND, ids=lambda kind: kind.name)
def test_a_step_further_fewer_are_read_but_none_wrong(kind: Kind) -> None:
    answers = counted(kind)

    assert answers[Answer.READ] / kind.count < 0.97
    assert answers[Answer.WRONG] == 0


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_pictures_stand_at_right_angles_and_at_any_other(kind: Kind) -> None:
    turned = [sample.damage.turned_deg % 360 for sample in samples(kind)]

    assert {0.0, 90.0, 180.0, 270.0} <= set(turned)
    assert {angle // 45 for angle in turned if angle % 90} == set(range(8))


def test_the_same_seed_draws_the_same_picture() -> None:
    first, again = (list(samples(KINDS[-1]))[7] for _ in range(2))

    assert first.text == again.text
    assert first.picture() == again.picture()


def test_no_two_pictures_are_of_the_same_ticket() -> None:
    texts = [sample.text for kind in (*KINDS, *BEYOND) for sample in samples(kind)]

    assert len(set(texts)) == len(texts) == 600
