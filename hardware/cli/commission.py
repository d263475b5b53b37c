"""commission: the guided lane test on a terminal, with its report on screen and in a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, Final

from hardware.cli.boards import duration_ms
from hardware.cli.places import Place, add_board, count, opened, place_of
from hardware.cli.say import DONE, FAILED, WrongInput, complain, say
from hardware.commissioning.bench import LaneBench, RealClock
from hardware.commissioning.report import has_passed, report
from hardware.commissioning.sequence import run_all
from hardware.commissioning.trial import Limits, Result, Trial
from hardware.commissioning.wiring import INPUTS, OUTPUTS, LineSetup, Wiring

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
    add_board(parser)
    relays = parser.add_argument_group("relays", "which relay does what; asked when none is said")
    for name, meaning in OUTPUTS.items():
        relays.add_argument(f"--{name.replace('_', '-')}", type=count, help=meaning)
    inputs = parser.add_argument_group("inputs", "which input reads what")
    for name, meaning in INPUTS.items():
        inputs.add_argument(f"--{name.replace('_', '-')}", type=count, help=meaning)
    parser.add_argument("--pulse-ms", type=duration_ms, default=500, help="default 500")
    parser.add_argument(
        "--report", type=Path, default=REPORT, help=f"file for the report, default {REPORT}"
    )
    parser.set_defaults(command=_commission)


def _commission(options: argparse.Namespace) -> int:
    place = place_of(options)
    board = place.board()
    terminal = Keyboard()
    try:
        wiring = _wiring(options, terminal)
        wiring.check(board.caps)
        options.report.touch()
    except EOFError:
        raise WrongInput("nobody answered which relay and which input is what") from None
    except ValueError as wrong:
        raise WrongInput(str(wrong)) from wrong
    except OSError as fault:
        raise WrongInput(f"no report in {options.report}: {fault.strerror}") from fault
    say(WELCOME)
    with opened(place, board.caps.default_baud) as line:
        bench = LaneBench(board=board, line=line, wiring=wiring, clock=RealClock())
        trial = Trial(bench=bench, terminal=terminal, limits=Limits())
        results, is_whole = _run(trial)
        line_setup = _line_setup(place, line.baud)
    text = report(results, trial=trial, line=line_setup, is_whole=is_whole)
    options.report.write_text(text, encoding="utf-8")
    say(f"\n{text}\nThis report is in {options.report}")
    return DONE if is_whole and has_passed(results) else FAILED


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


def _asked(terminal: Keyboard, what: str) -> int | None:
    while True:
        answer = terminal.ask(f"{what}: its number, or Enter for none: ").strip()
        if not answer:
            return None
        if answer.isdecimal() and int(answer) > 0:
            return int(answer)


def _line_setup(place: Place, baud: int) -> LineSetup:
    return LineSetup(
        port=place.port,
        baud=baud,
        parity=place.parity,
        has_local_echo=place.has_local_echo,
        setup=place.setup,
    )
