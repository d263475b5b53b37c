"""The steps in which nothing moves: board, rest, loops, photocell, lamps, host-alive."""

from __future__ import annotations

from hardware.boards.base import AckKind, BoardCaps
from hardware.boards.waveshare import WaveshareRelay
from hardware.commissioning.bench import OpenBoard
from hardware.commissioning.trial import StepFailed, Trial
from hardware.errors import HardwareError, NotReady, PortError

ALIVE_LEASE_S = 3.0
LAPSE_MARGIN_S = 0.5


def board(trial: Trial) -> None:
    """Every board answers, no input switches a relay, and no relay is closed."""
    bench = trial.bench
    good = [_is_ready(trial, bench.whose(name), at) for name, at in bench.boards.items()]
    if not all(good):
        raise StepFailed
    bench.all_off()
    for name, at in bench.boards.items():
        _tell_abilities(trial, bench.whose(name), at.caps)
    if closed := bench.closed():
        relays = ", ".join(str(wire) for wire in closed)
        trial.fail(
            f"relay {relays} stays closed",
            "a contact is welded; change the board before it is wired to the operator",
        )
        raise StepFailed


def rest(trial: Trial) -> None:
    """With an empty lane and the arm down every input is still, and shows its polarity."""
    bench = trial.bench
    if not trial.is_yes("Is the lane empty, nothing on any loop, and the arm down?"):
        trial.fail("the lane was not at rest", "clear it, lower the arm, and begin again")
        raise StepFailed
    bench.mark()
    bench.watch(trial.limits.still_s)
    for wire in sorted({edge.wire for edge in bench.edges}):
        trial.fail(
            f"{bench.wiring.input_name(wire)} changes by itself",
            "a loose clamp, or a detector that is set too sensitive",
        )
    trial.learn_rest()
    for name in sorted(trial.closed_when_off):
        contact = bench.wiring.input_name(bench.wiring.inputs[name])
        trial.note(f"{contact} is normally closed: it stands in closed_when_off")
    if trial.has("fire") and trial.is_active("fire"):
        trial.fail(
            "the fire input has no current at rest",
            "wire the fire contact normally closed, so that a cut wire is a fire",
        )


def arming(trial: Trial) -> None:
    """A car on the arming loop, and off again."""
    trial.ready("For this a car is needed.")
    is_seen = trial.wait_for(
        "arming", is_active=True, instruction="Drive the car onto the arming loop and wait there."
    )
    if is_seen and trial.wait_for(
        "arming", is_active=False, instruction="Now back the car off the arming loop."
    ):
        trial.good.add("arming")


def safety(trial: Trial) -> None:
    """Something in the photocell or on the safety loop, and nothing again."""
    trial.ready("Stand at the photocell or safety loop.")
    is_seen = trial.wait_for(
        "safety", is_active=True, instruction="Block the photocell, or cover the safety loop."
    )
    if is_seen and trial.wait_for("safety", is_active=False, instruction="Now clear it."):
        trial.good.add("safety")


def green(trial: Trial) -> None:
    """The green lamp."""
    _lamp(trial, "green", "Is the green lamp lit?")


def red(trial: Trial) -> None:
    """The red lamp."""
    _lamp(trial, "red", "Is the red lamp lit?")


def full(trial: Trial) -> None:
    """The sign that says full."""
    _lamp(trial, "full", "Does the sign say full?")


def host_alive(trial: Trial) -> None:
    """The relay that says that the kiosk runs drops when nobody renews it."""
    bench = trial.bench
    trial.ready(
        f"The host-alive relay closes for {ALIVE_LEASE_S:g} s and drops, as when the kiosk dies."
        " Watch what hangs on it."
    )
    if not bench.lease("host_alive", ALIVE_LEASE_S):
        trial.fail(
            "this board cannot let a relay drop by itself",
            "host_alive needs a board that can (waveshare-modbus)",
        )
        raise StepFailed
    was_closed = bench.is_closed("host_alive")
    bench.clock.pause(ALIVE_LEASE_S + LAPSE_MARGIN_S)
    if was_closed is False or bench.is_closed("host_alive"):
        trial.fail("the relay did not close and drop in its time", "change the board")
    if not trial.is_yes("Did the lane do what you wired for a kiosk that does not run?"):
        trial.fail("nothing happened at the lane", "look at the wire of this relay's contact")


def _lamp(trial: Trial, output: str, question: str) -> None:
    bench = trial.bench
    ack = bench.switch(output, is_on=True)
    if ack.kind is AckKind.CONFIRMED and bench.is_closed(output) is False:
        trial.fail("the relay does not read back as closed", "change the board")
    try:
        if not trial.is_yes(question):
            trial.fail(
                f"relay {bench.wiring.outputs[output]} does not switch it",
                "look at its wire and at the supply of the lamp",
            )
    finally:
        bench.switch(output, is_on=False)


def _is_ready(trial: Trial, whose: str, at: OpenBoard) -> bool:
    """Probe one board; what is wrong with it does not keep the others from being asked."""
    try:
        _unlink(trial, whose, at)
        at.board.probe(at.line)
    except NotReady as fault:
        trial.fail(f"{whose}the board cannot be used as it is", fault.why)
        return False
    except PortError:
        raise
    except HardwareError as fault:
        trial.fail(f"{whose}{fault}", fault.remedy)
        return False
    return True


def _unlink(trial: Trial, whose: str, at: OpenBoard) -> None:
    if isinstance(at.board, WaveshareRelay) and at.board.read_linked(at.line):
        trial.tell(f"{whose}the inputs of this board switch its relays, as it left the factory:")
        if trial.is_yes("a car on a loop would raise the arm. Unlink them for good?"):
            at.board.unlink_inputs(at.line)
            trial.note(f"{whose}inputs no longer switch relays: unlinked now")


def _tell_abilities(trial: Trial, whose: str, caps: BoardCaps) -> None:
    if not caps.is_acked:
        trial.note(
            f"{whose}orders are sent; this board never confirms: look at its lamps in each step"
        )
    if not caps.has_readback:
        trial.note(f"{whose}the relays of this board cannot be read back")
    if caps.pulse_quantum_ms is None:
        trial.note(
            f"{whose}this computer times each pulse: a crash in it leaves OPEN pressed for seconds"
        )
