"""The installer's and the service manager's tool for one device at a time; it runs no lane.

Exit: 0 done, 1 the device failed or refused, 2 the input is wrong.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType

from hardware.cli import boards, commission, ports, sim
from hardware.cli.say import DONE, FAILED, WRONG_INPUT, WrongInput, complain, words_of
from hardware.errors import HardwareError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; wrong input ends the program with 2."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except WrongInput as wrong:
        complain(str(wrong))
        return WRONG_INPUT
    except HardwareError as fault:
        complain(words_of(fault))
        return FAILED
    except KeyboardInterrupt:
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hardware", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    ports.add_commands(commands)
    boards.add_commands(commands)
    commission.add_commands(commands)
    sim.add_commands(commands)
    return parser


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run() -> int:
    """Let a closed terminal end a command as Ctrl-C does: no relay is left closed behind it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    return main()


if __name__ == "__main__":
    sys.exit(_run())
