"""Random days of a client that follows the rules, at a provider that fails and dies."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import Answer, InDoubt, NotSent, OperationKind, Succeeded
from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter
from tests.payments.recovery import (
    Believed,
    asked,
    believed,
    carry_out,
    report_of,
)

FAULTS = [
    fault
    for fault in SimulatedFault
    if fault not in {SimulatedFault.UNREACHABLE, SimulatedFault.ANSWER_LATE}
]
"""ANSWER_LATE takes real time; every operation meets it in test_faults.py."""
FIRST: list[OperationKind] = ["collect", "authorise"]
ON_AUTHORISATIONS: list[OperationKind] = ["increase", "capture", "capture", "release"]
ON_CHARGES: list[OperationKind] = ["refund", "refund", "share"]


@dataclass
class Client:
    """Asks at random, and writes down what it takes to be done."""

    adapter: SimulatorAdapter
    kill: Callable[[], None]
    seed: int
    done: dict[OperationKey, list[Believed]] = field(default_factory=dict)
    originals: dict[str, list[str]] = field(default_factory=dict)

    def play(self, steps: int) -> None:
        chance = random.Random(self.seed)
        for number in range(steps):
            if chance.random() < 0.5:
                self.adapter.fault_next(chance.choice(FAULTS))
            if chance.random() < 0.01:
                self.kill()
            kind = self._kind(chance)
            original = self._original(kind, chance)
            self._carry_out(kind, f"{self.seed}:{number}", chance.randint(1, 1500), original)

    def _kind(self, chance: random.Random) -> OperationKind:
        kinds = FIRST + ["payout"] * (chance.random() < 0.2)
        if self.originals.get("authorise"):
            kinds = kinds + ON_AUTHORISATIONS
        if self.originals.get("charge"):
            kinds = kinds + ON_CHARGES
        if self.originals.get("share"):
            kinds = [*kinds, "unshare"]
        return chance.choice(kinds)

    def _original(self, kind: OperationKind, chance: random.Random) -> str | None:
        if kind in {"collect", "authorise", "payout"}:
            return None
        if kind in ON_AUTHORISATIONS:
            return chance.choice(self.originals["authorise"])
        return chance.choice(self.originals["share" if kind == "unshare" else "charge"])

    def _carry_out(self, kind: OperationKind, key: str, minor: int, original: str | None) -> None:
        request = asked(key, minor, original=original)
        answer = carry_out(self.adapter, kind, request)
        assert not isinstance(answer, InDoubt | NotSent), (kind, key, answer)
        self.done[request.key] = believed(kind, answer)
        self._remember(kind, answer)

    def _remember(self, kind: OperationKind, answer: Answer) -> None:
        kept = {"authorise": "authorise", "collect": "charge", "capture": "charge"}
        if isinstance(answer, Succeeded) and (name := {**kept, "share": "share"}.get(kind)):
            self.originals.setdefault(name, []).append(answer.reference)

    def believes(self) -> dict[OperationKey, list[Believed]]:
        """All that it takes to be done."""
        return {key: done for key, done in self.done.items() if done}

    def reported(self) -> dict[OperationKey, list[Believed]]:
        """All that the provider says it did."""
        told: dict[OperationKey, list[Believed]] = {}
        for line in report_of(self.adapter):
            if line.key in self.done:
                seen = Believed(line.kind, line.reference, line.amount)
                told.setdefault(line.key, []).append(seen)
        return told
