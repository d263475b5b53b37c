"""Qt, without its hook that reads the source of whatever is imported after it."""

from __future__ import annotations

import builtins


def import_qt() -> None:
    """Imports Qt and gives Python its import back; called before anything else imports Qt.

    PySide6 puts a function of its own there, for `from __feature__ import ...`, which nothing here
    says. It reads the source of each module that comes later, to look for the word PySide6, and
    the lines are kept in memory (docs/decisions/0003).
    """
    import PySide6.QtCore  # noqa: F401 (for what it does to the import)

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
