"""commission: the guided lane test on a terminal, with its report on screen and in a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from hardware.cli.boards import duration_ms
from hardware.cli.lines import SharedLine, all_opened, caps_of_lines, lines_of
from hardware.cli.places import Place, add_board, named_place_from, place_of
from hardware.cli.say import DONE, FAILED, WrongInput, complain, say
from hardware.commissioning.bench import LaneBench, RealClock
from hardware.commissioning.report import has_passed, report
from hardware.commissioning.sequence import run_all
from hardware.commissioning.trial import Limits, Result, Trial
from hardware.commissioning.wiring import INPUTS, NAME, OUTPUTS, Wire, Wiring, wire_from
from hardware.inputs import OWN_BOARD

WELCOME: Final = (
    "A test of a lane, step by step: answer y, n or s (skip), and Ctrl-C ends it. The kiosk is not"
    " a safety function: force limit, photocells and safety loop stay wired to the operator."
)
REPORT: Final = Path("lane-report.txt")


class Keyboard:
    """The fitter at this terminal."""

    def tell(self, text: str) -> None:
        say(text)

    def ask(self, question: str) -> str:
        sys.stdout.write(question)
        sys.stdout.flush()
        answer = sys.stdin.readline()
        if not answer:
            raise EOFError
        return answer


def add_commands(commands: Any) -> None:
    """Tell the parser of this command."""
    parser = commands.add_parser(
        "commission", help="test a whole lane, step by step: THE ARM MOVES"
    )
    add_board(parser, is_needed=False)
    parser.add_argument(
        "--board",
        action="append",
        default=[],
        metavar="NAME=PORT",
        help="one more board, again for each; behind PORT [,family=lcus][,unit=2][,outputs=4]"
        "[,inputs=0][,reply=text][,gap_ms=60][,baud=9600][,parity=E][,local_echo]",
    )
    relays = parser.add_argument_group(
        "relays", "which relay does what, CHANNEL or NAME:CHANNEL; asked when none is said"
    )
    for name, meaning in OUTPUTS.items():
        relays.add_argument(f"--{name.replace('_', '-')}", type=_wire, help=meaning)
    inputs = parser.add_argument_group("inputs", "which input reads what")
    for name, meaning in INPUTS.items():
        inputs.add_argument(f"--{name.replace('_', '-')}", type=_wire, help=meaning)
    parser.add_argument("--pulse-ms", type=duration_ms, default=500, help="default 500")
    parser.add_argument(
        "--report", type=Path, default=REPORT, help=f"file for the report, default {REPORT}"
    )
    parser.set_defaults(command=_commission)


def _commission(options: argparse.Namespace) -> int:
    terminal = Keyboard()
    named = _named(options.board)
    try:
        wiring = _wiring(options, terminal)
        lines = _lines(options, named, wiring)
        wiring.check(caps_of_lines(lines))
        options.report.touch()
    except EOFError:
        raise WrongInput("nobody answered which relay and which input is what") from None
    except ValueError as wrong:
        raise WrongInput(str(wrong)) from wrong
    except OSError as fault:
        raise WrongInput(f"no report in {options.report}: {fault.strerror}") from fault
    say(WELCOME)
    with all_opened(lines) as boards:
        bench = LaneBench(boards=boards, wiring=wiring, clock=RealClock())
        trial = Trial(bench=bench, terminal=terminal, limits=Limits())
        results, is_whole = _run(trial)
    setups = [line.setup() for line in lines]
    text = report(results, trial=trial, lines=setups, is_whole=is_whole)
    options.report.write_text(text, encoding="utf-8")
    say(f"\n{text}\nThis report is in {options.report}")
    return DONE if is_whole and has_passed(results) else FAILED


def _named(words: list[str]) -> dict[str, Place]:
    """The boards of --board; WrongInput for a name that a site file does not take."""
    named: dict[str, Place] = {}
    for text in words:
        name, place = named_place_from(text)
        if NAME.fullmatch(name) is None or name == OWN_BOARD or name in named:
            raise WrongInput(
                f"{name!r} cannot be a board's name: 1 to 16 of a to z, 0 to 9 and -, each name"
                f" once, and none {OWN_BOARD!r}"
            )
        named[name] = place
    return named


def _lines(
    options: argparse.Namespace, named: dict[str, Place], wiring: Wiring
) -> list[SharedLine]:
    """The lines of the boards with names, and of the lane's own where a wire goes to it."""
    has_own = options.port is not None and wiring.uses_own_board
    if options.port is not None and not has_own:
        say(f"{options.port}: no wire goes to it, so it is left alone")
    own = {OWN_BOARD: place_of(options)} if has_own else {}
    return lines_of(own | named)


def _run(trial: Trial) -> tuple[list[Result], bool]:
    results: list[Result] = []
    try:
        for result in run_all(trial):
            results.append(result)  # noqa: PERF402 - what there is counts when it is broken off
    except (EOFError, KeyboardInterrupt):
        complain("\nbroken off; every relay was told to drop")
        return results, False
    return results, True


def _wiring(options: argparse.Namespace, terminal: Keyboard) -> Wiring:
    said = {name: getattr(options, name) for name in (*OUTPUTS, *INPUTS)}
    if not any(said.values()):
        for name, meaning in OUTPUTS.items():
            said[name] = _asked(terminal, f"Relay of {name} ({meaning})")
        for name, meaning in INPUTS.items():
            said[name] = _asked(terminal, f"Input of {name} ({meaning})")
    return Wiring(
        outputs={name: said[name] for name in OUTPUTS if said[name] is not None},
        inputs={name: said[name] for name in INPUTS if said[name] is not None},
        pulse_ms=options.pulse_ms,
    )


def _asked(terminal: Keyboard, what: str) -> Wire | None:
    while True:
        answer = terminal.ask(f"{what}: its number, or Enter for none: ").strip()
        if not answer:
            return None
        try:
            return wire_from(answer)
        except ValueError as wrong:
            terminal.tell(str(wrong))


def _wire(text: str) -> Wire:
    try:
        return wire_from(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from wrong
