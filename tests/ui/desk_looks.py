"""What tests of the desk count and read: its questions to the core, the words on its glass."""

from __future__ import annotations

from PySide6.QtQuick import QQuickItem

from tests.ui.desk_stage import DeskStage, visible_items


def asked(stage: DeskStage, command_type: type[object]) -> int:
    """How often the desk asked the core this."""
    return sum(isinstance(command, command_type) for command in stage.asker.asked)


def words(stage: DeskStage) -> list[QQuickItem]:
    """Every text that is shown and says something."""
    return [
        each
        for each in visible_items(stage.window)
        if each.inherits("QQuickText") and each.property("text")
    ]
