"""Whether this machine can show a window at all; without Qt, for the command line asks first."""

from __future__ import annotations

import os

_DISPLAYS = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")


def has_display() -> bool:
    """Whether a window system, or Qt's own choice of one, is named in the environment."""
    return any(os.environ.get(name) for name in _DISPLAYS)


def founding_command() -> str:
    """The command that founds a site on this machine."""
    return "kiosk run" if has_display() else "kiosk run --headless"
