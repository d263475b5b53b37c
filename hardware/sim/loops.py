"""An induction loop with its detector: what it reports of the cars that stand over it.

Where the loop lies and which cars are over it is left to `hardware.sim.plant`.
"""

from dataclasses import dataclass
from math import inf


@dataclass(frozen=True, slots=True)
class LoopSetup:
    """How a detector behaves; as it is set here it reports exactly what is over its loop."""

    tune_out_s: float | None = None
    """It takes a car that has stood so long for the road: clear until that car has left."""
    clear_delay_s: float = 0.0
    """It reports a car so much longer than there is one (UFGS 02840 asks for one second)."""
    is_fail_safe: bool = False
    """Whether a cut loop reads as a car; otherwise it reads as a clear road."""


class Loop:
    """One loop in virtual time; `see` it whenever a car or the clock has moved."""

    def __init__(self, setup: LoopSetup) -> None:
        self._setup = setup
        self._covered_since_s: float | None = None
        self._detects_until_s = -inf
        self._is_tuned_out = False
        self._is_cut = False
        self.is_detecting = False

    @property
    def is_tuned_out(self) -> bool:
        """Whether a car stands over it that it no longer reports."""
        return self._is_tuned_out

    def see(self, *, is_covered: bool, now_s: float) -> None:
        """Take in whether anything is over the loop at this instant."""
        if is_covered:
            if self._covered_since_s is None:
                self._covered_since_s = now_s
            self._is_tuned_out = self._is_tuned_out or now_s >= self._tune_out_at_s()
        elif self._covered_since_s is not None:
            if not self._is_tuned_out:
                self._detects_until_s = now_s + self._setup.clear_delay_s
            self._covered_since_s, self._is_tuned_out = None, False
        if self._is_cut:
            self.is_detecting = self._setup.is_fail_safe
        elif is_covered:
            self.is_detecting = not self._is_tuned_out
        else:
            self.is_detecting = now_s < self._detects_until_s

    def next_change_s(self, now_s: float) -> float:
        """Give the next instant at which it reports something else with no car moving."""
        if self._covered_since_s is None:
            return self._detects_until_s if self._detects_until_s > now_s else inf
        return inf if self._is_tuned_out else max(now_s, self._tune_out_at_s())

    def tune_out(self) -> None:
        """Let the time be over for which it reports the car that stands over it, if any."""
        self._is_tuned_out = self._covered_since_s is not None

    def cut(self) -> None:
        """Cut its wire: from the next look it reports one thing for ever."""
        self._is_cut = True

    def mend(self) -> None:
        """Join its wire again."""
        self._is_cut = False

    def _tune_out_at_s(self) -> float:
        tune_out_s = self._setup.tune_out_s
        if tune_out_s is None or self._covered_since_s is None:
            return inf
        return self._covered_since_s + tune_out_s
