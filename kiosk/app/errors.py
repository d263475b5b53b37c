"""What the command line refuses as wrong input; light, for main.py imports it first."""

from __future__ import annotations


class ConfigError(Exception):
    """The site file is wrong; the message names each key and what was expected."""
