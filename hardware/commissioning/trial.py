"""What the steps of a test share: the fitter, what was found, and what an input means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from enum import Enum
from math import ceil
from typing import Any, Final, Protocol

from hardware.commissioning.bench import LaneBench
from hardware.commissioning.tables import TIMERS_MOST_S
from hardware.commissioning.wiring import Wire
from hardware.inputs import DEBOUNCE_S
from hardware.lane_words import LaneTimers

YES: Final = ("y", "yes")
NO: Final = ("n", "no")
SKIP: Final = ("s", "skip")
ACTIVE_AT_REST: Final = ("closed_limit",)
MARGIN: Final = 1.5
"""The kiosk waits so many times what an arm was seen to need."""


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
    """How long the test waits, in seconds; `timers` are what a kiosk has when nothing is said."""

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
        self.timers = limits.timers
        """What the kiosk will run with, as far as it is known."""
        self.told_timers: dict[str, int] = {}
        """Those of them that the site file has to say."""
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

    def allow(self, timer: str, measured_s: float, remedy: str) -> None:
        """Have the site file give a slow arm its time; a fault beyond what that takes."""
        needed_s = MARGIN * measured_s
        if needed_s <= getattr(self.timers, timer):
            return
        most_s = TIMERS_MOST_S[timer]
        if measured_s > most_s:
            self.fail(f"the kiosk waits at most {most_s} s for that", remedy)
            return
        self.told_timers[timer] = min(ceil(needed_s), most_s)
        told: dict[str, Any] = {timer: float(self.told_timers[timer])}
        self.timers = replace(self.timers, **told)
        self.note(f"slow: the site file needs {timer} = {self.told_timers[timer]}, see below")

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
        raw = self.bench.reading[self.bench.wiring.inputs[name]]
        if name == "fire":
            return not raw
        return raw is not (name in self.closed_when_off)

    def learn_rest(self) -> None:
        """Take what the inputs read in an empty lane with its arm down for their rest."""
        for name, wire in self.bench.wiring.inputs.items():
            if name != "fire" and self.bench.reading[wire] is not (name in ACTIVE_AT_REST):
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
                if is_active:
                    self.check_linked(name)
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
        for wire in sorted(self._changed() - quiet):
            self.fail(
                f"{wires.input_name(wire)} changed too",
                "its wire is crossed or touches another; look at both clamps",
            )

    def check_linked(self, name: str) -> None:
        """No relay may be closed now: none was ordered, so that only an input can have done it."""
        for relay in self.bench.closed():
            self.fail(
                f"relay {relay} closed with {self._named(name)}",
                "the inputs of this board switch its relays; unlink them by its maker's manual",
            )

    def became(self, name: str, *, is_active: bool) -> bool:
        """Whether the input went to this since mark(), though it may have gone back."""
        is_on = is_active is not (name in self.closed_when_off)
        return any(edge.is_on is is_on for edge in self.bench.of(name))

    def _tell_dead(self, name: str, also: Collection[str]) -> None:
        wires = self.bench.wiring
        known = {wires.inputs[each] for each in (name, *also) if each in wires.inputs}
        changed = sorted(self._changed() - known)
        if changed:
            other = changed[0]
            self.fail(
                f"{wires.input_name(other)} changed instead of {self._named(name)}",
                f"the wires are crossed; exchange them, or write {name} = {other.in_site_file}",
            )
        else:
            self.fail(
                f"{self._named(name)} did not change",
                "look at its clamp, at the supply of the inputs and at the lamp of the detector",
            )

    def _changed(self) -> set[Wire]:
        return {edge.wire for edge in self.bench.edges}

    def _named(self, name: str) -> str:
        return self.bench.wiring.input_name(self.bench.wiring.inputs[name])
