"""list and listen: which serial ports there are, and what a scanner on one of them reads."""

from __future__ import annotations

import argparse
import time
from typing import Any

from hardware.cli.places import Place, add_line, count, opened
from hardware.cli.say import DONE, FAILED, say
from hardware.ports import listing, serial_ports
from hardware.scanner import FRAMINGS, CodeFramer

WAIT_MAX_S = 60.0
"""At most in one wait, so that a lost port or Ctrl-C is noticed."""


def add_commands(commands: Any) -> None:
    """Tell the parser of these commands."""
    ports = commands.add_parser("list", help="show serial ports and the names to configure")
    ports.set_defaults(command=_list)

    listen = commands.add_parser("listen", help="show what a scanner reads")
    listen.add_argument("port", metavar="PORT", help="path of the scanner, see `list`")
    add_line(listen)
    listen.add_argument(
        "--terminator",
        choices=tuple(FRAMINGS),
        default="cr-or-lf",
        help="how its codes end, default cr-or-lf",
    )
    listen.add_argument("--seconds", type=_positive, default=None, help="default: until Ctrl-C")
    listen.add_argument("--count", type=count, default=None, help="stop after so many codes")
    listen.set_defaults(command=_listen)


def _positive(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError("more than 0")
    return seconds


def _list(_options: argparse.Namespace) -> int:
    ports = serial_ports()
    say("\n".join(listing(ports)))
    return DONE if ports else FAILED


def _listen(options: argparse.Namespace) -> int:
    framing = FRAMINGS[options.terminator]
    framer = CodeFramer(framing)
    end_s = time.monotonic() + options.seconds if options.seconds else None
    heard = 0
    with opened(Place(port=options.port, baud=options.baud, parity=options.parity)) as line:
        while end_s is None or time.monotonic() < end_s:
            is_begun = framing.idle_ms is not None and framer.is_waiting
            wait_s = (framing.idle_ms or 0) / 1000 if is_begun else WAIT_MAX_S
            until_s = time.monotonic() + wait_s
            received = line.read_some(until_s if end_s is None else min(until_s, end_s))
            is_still = is_begun and not received and time.monotonic() >= until_s
            for code in framer.lapse() if is_still else framer.feed(received):
                say(code)
                heard += 1
                if heard == options.count:
                    return DONE
    return DONE if heard else FAILED
