"""The desk as most of its tests begin: unlocked, with its view-models alone or with its window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.desk_stage import DeskStage, desk_stage


@pytest.fixture
def at_work(qapp: object) -> Iterator[DeskStage]:
    """A desk that Ada unlocked."""
    with desk_stage() as stage:
        stage.sign_in()
        yield stage


@pytest.fixture
def glass(qapp: object) -> Iterator[DeskStage]:
    """The window of a desk that Ada unlocked."""
    with desk_stage(with_window=True) as stage:
        stage.sign_in()
        yield stage
