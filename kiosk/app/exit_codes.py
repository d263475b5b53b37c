"""What a finished command tells the shell (architecture.md, Command line)."""

from typing import Final

DONE: Final = 0
REFUSED: Final = 1
INPUT: Final = 2
MISSING: Final = 3
IN_USE: Final = 4
