"""What the steps of a test share: the fitter, what was found, and what an input means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Protocol

from hardware.commissioning.bench import LaneBench
from hardware.inputs import DEBOUNCE_S
from hardware.lane_words import LaneTimers

YES: Final = ("y", "yes")
NO: Final = ("n", "no")
SKIP: Final = ("s", "skip")
ACTIVE_AT_REST: Final = ("closed_limit",)


class Terminal(Protocol):
    """Where the fitter reads and answers; EOFError when nobody is there any more."""

    def tell(self, text: str) -> None: ...

    def ask(self, question: str) -> str: ...


class Verdict(Enum):
    """How a step ended; the values are what the report shows."""

    PASSED = "pass"
    FAILED = "FAIL"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Result:
    """One step, and what was found in it."""

    title: str
    verdict: Verdict
    findings: tuple[str, ...]


class StepFailed(Exception):
    """This step cannot go on; why was noted."""


class StepSkipped(Exception):
    """The fitter leaves this step out; the text is the reason that was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long the test waits, in seconds; `timers` are those that the kiosk will run with."""

    edge_s: float = 120.0
    """For a person with a car."""
    still_s: float = 2.0
    settle_s: float = 0.5
    hold_s: float = 6.0
    bounce_max_s: float = DEBOUNCE_S
    timers: LaneTimers = field(default_factory=LaneTimers)


class Trial:
    """One test under way."""

    def __init__(self, *, bench: LaneBench, terminal: Terminal, limits: Limits) -> None:
        self.bench = bench
        self.limits = limits
        self.closed_when_off: set[str] = set()
        self.good: set[str] = set()
        """The inputs that were seen to work."""
        self.open_s: float | None = None
        self.close_s: float | None = None
        self._terminal = terminal
        self._findings: list[str] = []
        self._has_failed = False

    # -- the fitter

    def tell(self, text: str) -> None:
        """Say something."""
        self._terminal.tell(text)

    def is_yes(self, question: str) -> bool:
        """Ask what y or n answers; StepSkipped when the fitter skips."""
        while True:
            answer = self._terminal.ask(f"{question} [y/n/s] ").strip().lower()
            if answer in YES:
                return True
            if answer in NO:
                return False
            if answer in SKIP:
                raise StepSkipped(self._reason())
            self.tell("y for yes, n for no, s to skip this step")

    def ready(self, text: str) -> None:
        """Wait until the fitter is; StepSkipped when the step is skipped."""
        while True:
            answer = self._terminal.ask(f"{text} [Enter to begin, s to skip] ").strip().lower()
            if answer in ("", *YES):
                return
            if answer in SKIP:
                raise StepSkipped(self._reason())

    def _reason(self) -> str:
        return self._terminal.ask("Why? ").strip() or "no reason given"

    # -- what is found

    def note(self, text: str) -> None:
        """Something for the report."""
        self._findings.append(text)
        self.tell(f"  {text}")

    def fail(self, text: str, remedy: str) -> None:
        """Something is wrong; the step goes on."""
        self._has_failed = True
        self.note(f"{text}: {remedy}")

    def take_result(self, title: str, skipped: str | None = None) -> Result:
        """The result of the step that has just ended."""
        findings, self._findings = tuple(self._findings), []
        has_failed, self._has_failed = self._has_failed, False
        if has_failed:
            return Result(title, Verdict.FAILED, findings)
        if skipped is not None:
            return Result(title, Verdict.SKIPPED, (*findings, skipped))
        return Result(title, Verdict.PASSED, findings)

    # -- inputs

    def has(self, name: str) -> bool:
        """Whether this input is wired."""
        return name in self.bench.wiring.inputs

    def is_active(self, name: str) -> bool:
        """Whether the input says now what its name says."""
        raw = self.bench.reading[self.bench.wiring.inputs[name] - 1]
        if name == "fire":
            return not raw
        return raw is not (name in self.closed_when_off)

    def learn_rest(self) -> None:
        """Take what the inputs read in an empty lane with its arm down for their rest."""
        for name, channel in self.bench.wiring.inputs.items():
            if name != "fire" and self.bench.reading[channel - 1] is not (name in ACTIVE_AT_REST):
                self.closed_when_off.add(name)

    def wait_for(
        self, name: str, *, is_active: bool, instruction: str, also: Collection[str] = ()
    ) -> bool:
        """Tell the fitter what to do and wait for this input; what else changes is a fault."""
        while True:
            self.bench.mark()
            self.tell(instruction)
            if self.bench.watch(
                self.limits.edge_s,
                until=lambda: self.is_active(name) is is_active,
                settle_s=self.limits.settle_s,
            ):
                self.check_bounce(name)
                self.check_others({name, *also})
                return True
            if not self.is_yes("Nothing was seen of it. Try once more?"):
                self._tell_dead(name, also)
                return False

    def check_bounce(self, name: str) -> None:
        """One change is one change, but for what the kiosk filters out."""
        edges = self.bench.of(name)
        if len(edges) > 1 and edges[-1].at_s - edges[0].at_s > self.limits.bounce_max_s:
            bounce_ms = round((edges[-1].at_s - edges[0].at_s) * 1000)
            self.fail(
                f"{self._named(name)} changed {len(edges)} times in {bounce_ms} ms",
                "its contact chatters; look at its clamps and at the setting of the detector",
            )

    def check_others(self, allowed: Collection[str]) -> None:
        """Nothing but these may have changed since mark()."""
        wires = self.bench.wiring
        quiet = {wires.inputs[name] for name in allowed if name in wires.inputs}
        for channel in sorted({edge.channel for edge in self.bench.edges} - quiet):
            self.fail(
                f"{wires.input_name(channel)} changed too",
                "its wire is crossed or touches another; look at both clamps",
            )

    def became(self, name: str, *, is_active: bool) -> bool:
        """Whether the input went to this since mark(), though it may have gone back."""
        is_on = is_active is not (name in self.closed_when_off)
        return any(edge.is_on is is_on for edge in self.bench.of(name))

    def _tell_dead(self, name: str, also: Collection[str]) -> None:
        wires = self.bench.wiring
        known = {wires.inputs[each] for each in (name, *also) if each in wires.inputs}
        changed = sorted({edge.channel for edge in self.bench.edges} - known)
        if changed:
            self.fail(
                f"{wires.input_name(changed[0])} changed instead of {self._named(name)}",
                f"the wires are crossed; exchange them, or write {name} = {changed[0]}",
            )
        else:
            self.fail(
                f"{self._named(name)} did not change",
                "look at its clamp, at the supply of the inputs and at the lamp of the detector",
            )

    def _named(self, name: str) -> str:
        return self.bench.wiring.input_name(self.bench.wiring.inputs[name])
