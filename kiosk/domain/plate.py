"""Plates in any script: one way to write each, and how many signs a driver sees of it."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
"""Categories of Unicode without a sign of their own: controls, marks of direction that some
keyboards add, halves of a sign, and spaces."""


def plain_plate(typed: str) -> str:
    """The same plate however it was typed: NFKC, in capitals, without spaces.

    Nothing is refused for its script or form; what no eye can see is left out.
    """
    text = unicodedata.normalize("NFKC", typed).upper()
    # Capitals can take signs apart (a final sigma, a ligature): composed once more.
    return unicodedata.normalize(
        "NFKC", "".join(sign for sign in text if unicodedata.category(sign) not in _UNSEEN)
    )


def plate_signs(plate: str) -> int:
    """How many signs a plate has; a mark above or below a letter is part of its sign."""
    return sum(not unicodedata.category(sign).startswith("M") for sign in plate)
