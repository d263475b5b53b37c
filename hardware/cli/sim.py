"""sim: boards, a toy lane, a scanner and a printer of software to try the other commands on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from hardware.cli.places import count_or_none
from hardware.cli.say import DONE, WrongInput, say
from hardware.sim.play import Playground

PROMPT: Final = "sim> "
EPILOG: Final = (
    "Verbs come line by line from the terminal, a pipe or a file (help shows them); a line that"
    " begins with # is passed over. The end of the input, quit or Ctrl-C ends the bench."
)


def add_commands(commands: Any) -> None:
    """Tell the parser of this command."""
    sim = commands.add_parser("sim", help="devices of software to play with", epilog=EPILOG)
    sim.add_argument("--folder", type=Path, default=None, help="where the ports get their names")
    sim.add_argument("--baud", type=count_or_none, default=9600, help="0: bytes take no time")
    sim.add_argument("--speed", type=_speed, default=1.0, help="of the lane; 4: four times real")
    sim.set_defaults(command=_sim)


def _speed(text: str) -> float:
    speed = float(text)
    if not 0.1 <= speed <= 1000:
        raise argparse.ArgumentTypeError("0.1 to 1000")
    return speed


def _sim(options: argparse.Namespace) -> int:
    with ExitStack() as stack:
        folder = options.folder
        if folder is None:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="lane-")))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            play = Playground(folder, say=say, baud=options.baud, speed=options.speed)
        except OSError as fault:
            raise WrongInput(f"no bench in {folder}: {fault.strerror}") from fault
        stack.callback(play.close)
        say(f"the ports are in {folder}\n{play.boards()}\nsay help, or quit")
        for line in _lines():
            if line == "quit":
                break
            answer = play.obey(line)
            if answer:
                say(answer)
    return DONE


def _lines() -> Iterator[str]:
    """What is to be done; what comes from a file is shown, so that the answers can be read."""
    is_typed = sys.stdin.isatty()
    while True:
        if is_typed:
            sys.stdout.write(PROMPT)
            sys.stdout.flush()
        text = sys.stdin.readline()
        if not text:
            return
        line = text.strip()
        if not line or line.startswith("#"):
            continue
        if not is_typed:
            say(f"{PROMPT}{line}")
        yield line
