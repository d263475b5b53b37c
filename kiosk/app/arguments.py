"""What the command lines have in common: how help begins, and whole numbers; times apart."""

from __future__ import annotations

import argparse

_MOST_DIGITS = 9


def capitalised(about: str) -> str:
    """A help text as the beginning of a sentence; names and abbreviations stay as they are."""
    return about[:1].upper() + about[1:]


def number_argument(text: str) -> int:
    """A whole number from 0 on, small enough for the database."""
    if not (text.isascii() and text.isdigit()) or len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(
            f"should be a whole number of up to {_MOST_DIGITS} digits"
        )
    return int(text)
