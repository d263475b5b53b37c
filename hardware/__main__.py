"""The installer's and the service manager's tool for one device at a time; it runs no lane.

Exit: 0 done, 1 the device failed or refused, 2 the input is wrong.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from hardware.boards.waveshare import (
    OUTPUTS,
    PULSE_MAX_MS,
    PULSE_MIN_MS,
    PULSE_QUANTUM_MS,
    WaveshareRelay,
)
from hardware.errors import DeviceTimeout, HardwareError
from hardware.line import Line, SerialLine
from hardware.ports import listing, serial_ports
from hardware.scanner import CodeFramer, ScanFraming

DONE: Final = 0
FAILED: Final = 1
TRIES: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; wrong input ends the program with 2."""
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except HardwareError as fault:
        print(f"{fault}\n{fault.remedy}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m hardware", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    listing = commands.add_parser("list", help="show serial ports and the names to configure")
    listing.set_defaults(command=_list)

    probe = commands.add_parser("probe", help="ask a relay board how it is")
    _add_board(probe)
    probe.add_argument(
        "--unlink", action="store_true", help="take the relays out of the hands of the inputs"
    )
    probe.set_defaults(command=_probe)

    pulse = commands.add_parser("pulse", help="close one relay for a moment: THE ARM MAY MOVE")
    _add_board(pulse)
    pulse.add_argument("channel", type=int, choices=range(1, OUTPUTS + 1), metavar="CHANNEL")
    pulse.add_argument("--ms", type=_duration_ms, default=500, help="200 to 2000, default 500")
    pulse.set_defaults(command=_pulse)

    listen = commands.add_parser("listen", help="show what a scanner reads")
    _add_port(listen)
    listen.add_argument("--seconds", type=_positive, default=None, help="default: until Ctrl-C")
    listen.add_argument("--count", type=_count, default=None, help="stop after so many codes")
    listen.set_defaults(command=_listen)

    all_off = commands.add_parser("all-off", help="let every relay of the boards drop")
    all_off.add_argument("ports", nargs="+", metavar="PORT")
    _add_line(all_off)
    _add_unit(all_off)
    all_off.set_defaults(command=_all_off)
    return parser


def _add_board(parser: argparse.ArgumentParser) -> None:
    _add_port(parser)
    _add_unit(parser)


def _add_port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("port", metavar="PORT", help="path, see `list`")
    _add_line(parser)


def _add_line(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--baud", type=_count, default=9600)
    parser.add_argument("--parity", choices="NEO", default="N")


def _add_unit(parser: argparse.ArgumentParser) -> None:
    units = range(1, 248)
    parser.add_argument("--unit", type=int, choices=units, default=1, metavar="1..247")


def _duration_ms(text: str) -> int:
    duration_ms = int(text)
    if not PULSE_MIN_MS <= duration_ms <= PULSE_MAX_MS or duration_ms % PULSE_QUANTUM_MS:
        raise argparse.ArgumentTypeError("200 to 2000 in steps of 100")
    return duration_ms


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("more than 0")
    return count


def _positive(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError("more than 0")
    return seconds


@contextmanager
def _opened(port: str, options: argparse.Namespace) -> Iterator[Line]:
    line = SerialLine(port, options.baud, options.parity)
    line.open()
    try:
        yield line
    finally:
        line.close()


def _list(options: argparse.Namespace) -> int:
    ports = serial_ports()
    print(*listing(ports), sep="\n")
    return DONE if ports else FAILED


def _probe(options: argparse.Namespace) -> int:
    board = WaveshareRelay(options.unit)
    with _opened(options.port, options) as line:
        if options.unlink:
            board.unlink_inputs(line)
            print("unlinked: inputs no longer switch relays")
        board.probe(line)
        print(f"outputs on: {_channels(board.read_outputs(line))}")
        print(f"inputs on:  {_channels(board.read_inputs(line))}")
    print("ready")
    return DONE


def _channels(bits: Sequence[bool]) -> str:
    return ", ".join(str(index) for index, is_on in enumerate(bits, 1) if is_on) or "none"


def _pulse(options: argparse.Namespace) -> int:
    board = WaveshareRelay(options.unit)
    with _opened(options.port, options) as line:
        board.probe(line)
        board.pulse(line, options.channel, options.ms)
    print(f"relay {options.channel} closed for {options.ms} ms, confirmed by the board")
    return DONE


def _listen(options: argparse.Namespace) -> int:
    framer = CodeFramer(ScanFraming())
    end_s = time.monotonic() + options.seconds if options.seconds else None
    count = 0
    with _opened(options.port, options) as line:
        while end_s is None or time.monotonic() < end_s:
            # A minute at most in one wait, so that a lost port or Ctrl-C is noticed.
            wait_s = time.monotonic() + 60.0
            received = line.read_some(wait_s if end_s is None else min(wait_s, end_s))
            for code in framer.feed(received):
                print(code, flush=True)
                count += 1
                if count == options.count:
                    return DONE
    return DONE if count else FAILED


def _all_off(options: argparse.Namespace) -> int:
    """Try every board, so that one that is dead does not keep the others on."""
    code = DONE
    for port in options.ports:
        try:
            with _opened(port, options) as line:
                _switch_off(WaveshareRelay(options.unit), line)
            print(f"{port}: all off")
        except HardwareError as fault:
            print(f"{fault}\n{fault.remedy}", file=sys.stderr)
            code = FAILED
    return code


def _switch_off(board: WaveshareRelay, line: Line) -> None:
    """The one command that may be repeated: off twice is off."""
    for _ in range(TRIES - 1):
        try:
            board.all_off(line)
        except DeviceTimeout:
            continue
        return
    board.all_off(line)


if __name__ == "__main__":
    sys.exit(main())
