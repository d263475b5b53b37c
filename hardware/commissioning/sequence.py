"""The whole test: which steps there are, in which order, and what each of them needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from hardware.commissioning import moves, steps
from hardware.commissioning.trial import Result, StepFailed, StepSkipped, Trial, Verdict
from hardware.errors import HardwareError, PortError

CONSENT: Final = (
    "THE ARM MOVES FROM NOW ON. Nobody and nothing may be under it, and the operator's own key"
    " must be at hand. May it move?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step; it is left out when what it needs is not wired or did not pass."""

    title: str
    act: Callable[[Trial], None]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    """Titles of steps that must have passed."""
    is_moving: bool = False


BOARD: Final = "relay board"
REST: Final = "inputs at rest"
ARMING: Final = "arming loop"
OPEN: Final = "OPEN raises the arm"
DRIVE: Final = "drive through, and the operator closes"
SECOND: Final = "a second OPEN does not lower the arm"

STEPS: Final = (
    Step(title=BOARD, act=steps.board),
    Step(title=REST, act=steps.rest, needs=(BOARD,)),
    Step(title=ARMING, act=steps.arming, inputs=("arming",), needs=(REST,)),
    Step(title="photocell", act=steps.safety, inputs=("safety",), needs=(REST,)),
    Step(title="green lamp", act=steps.green, outputs=("green",), needs=(BOARD,)),
    Step(title="red lamp", act=steps.red, outputs=("red",), needs=(BOARD,)),
    Step(title="full sign", act=steps.full, outputs=("full",), needs=(BOARD,)),
    Step(title=OPEN, act=moves.open_arm, needs=(REST,), is_moving=True),
    Step(
        title="CLOSE lowers the arm",
        act=moves.close_arm,
        outputs=("close",),
        needs=(OPEN,),
        is_moving=True,
    ),
    Step(
        title="STOP halts the arm",
        act=moves.stop_arm,
        outputs=("stop",),
        needs=(OPEN,),
        is_moving=True,
    ),
    Step(
        title=DRIVE,
        act=moves.drive_through,
        inputs=("arming", "under_arm"),
        needs=(ARMING, OPEN),
        is_moving=True,
    ),
    Step(
        title="back out, and the operator closes",
        act=moves.back_out,
        inputs=("arming",),
        needs=(ARMING, OPEN),
        is_moving=True,
    ),
    Step(title=SECOND, act=moves.second_pulse, needs=(OPEN,), is_moving=True),
    Step(
        title="two OPEN pulses, one car",
        act=moves.one_car_each,
        inputs=("arming", "under_arm"),
        needs=(DRIVE, SECOND),
        is_moving=True,
    ),
    Step(
        title="hold keeps the arm up",
        act=moves.hold_arm,
        outputs=("hold",),
        needs=(OPEN,),
        is_moving=True,
    ),
    Step(title="fire alarm", act=moves.fire, inputs=("fire",), needs=(REST,), is_moving=True),
    Step(
        title="host-alive relay",
        act=steps.host_alive,
        outputs=("host_alive",),
        needs=(REST,),
        is_moving=True,
    ),
)


def run_all(trial: Trial) -> Iterator[Result]:
    """Run every step of what is wired, one result each; at the end every relay is off.

    EOFError and KeyboardInterrupt of the terminal end it early; a lost port fails its step, and
    each step after it. Relays are let drop in any case.
    """
    run = _Run(trial)
    try:
        for step in STEPS:
            if run.is_wired(step):
                yield run.result(step)
    finally:
        run.end()


class _Run:
    """What is known while the steps go on."""

    def __init__(self, trial: Trial) -> None:
        self._trial = trial
        self._passed: set[str] = set()
        self._may_move: bool | None = None
        self._is_lost = False

    def is_wired(self, step: Step) -> bool:
        """Whether the lane has what the step is about."""
        wires = self._trial.bench.wiring
        return set(step.inputs) <= set(wires.inputs) and set(step.outputs) <= set(wires.outputs)

    def result(self, step: Step) -> Result:
        """Do one step."""
        trial = self._trial
        trial.tell(f"\n== {step.title}")
        skipped = self._why_not(step)
        if skipped is None:
            skipped = self._try(step)
            if step.is_moving and not self._is_lost:
                self._tidy()
        result = trial.take_result(step.title, skipped)
        if result.verdict is Verdict.PASSED:
            self._passed.add(step.title)
        trial.tell(f"  {result.verdict.value}{f': {skipped}' if skipped else ''}")
        return result

    def end(self) -> None:
        """Let every relay of every board drop; one that is gone keeps no other from it."""
        bench = self._trial.bench
        for name, fault in bench.let_drop().items():
            self._trial.tell(f"{bench.whose(name)}the relays could not be told to drop: {fault}")

    def _why_not(self, step: Step) -> str | None:
        missing = [need for need in step.needs if need not in self._passed]
        if self._is_lost:
            return "the port of a board was lost"
        if missing:
            return f"only after: {', '.join(missing)}"
        if step.is_moving and self._may_move is None:
            try:
                self._may_move = self._trial.is_yes(CONSENT)
            except StepSkipped:
                self._may_move = False
        if step.is_moving and not self._may_move:
            return "the arm was not to move"
        return None

    def _try(self, step: Step) -> str | None:
        """Act, and put what went wrong into the findings; the reason when it was skipped."""
        trial = self._trial
        try:
            step.act(trial)
        except StepFailed:
            pass
        except StepSkipped as skipped:
            return str(skipped)
        except HardwareError as fault:
            self._is_lost = isinstance(fault, PortError)
            trial.fail(str(fault), fault.remedy)
        return None

    def _tidy(self) -> None:
        """Let relays drop and the arm come down before the next step."""
        try:
            self._trial.bench.all_off()
            moves.bring_down(self._trial)
        except StepSkipped:
            pass
        except HardwareError as fault:
            self._is_lost = isinstance(fault, PortError)
            self._trial.fail(str(fault), fault.remedy)
