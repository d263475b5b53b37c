"""Answers of the core that a test of the desk holds back and brings late."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.services.commands import Command
from tests.ui.desk_stage import DeskStage


def late(stage: DeskStage, command_type: type[object]) -> list[Callable[[object], None]]:
    """Hold back the answers to such commands, to be brought later."""
    held: list[Callable[[object], None]] = []
    ask = stage.asker.ask

    def hold(command: Command[Any], then: Callable[[Any], None]) -> None:
        if isinstance(command, command_type):
            held.append(then)
        else:
            ask(command, then)

    stage.asker.ask = hold  # type: ignore[method-assign]
    return held
