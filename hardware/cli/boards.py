"""probe, pulse and all-off: one relay board at a time, on its open line."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from typing import Any

from hardware.boards.base import AckKind, BoardCaps
from hardware.boards.waveshare import (
    PULSE_MAX_MS,
    PULSE_MIN_MS,
    PULSE_QUANTUM_MS,
    WaveshareRelay,
)
from hardware.cli.places import Place, add_board, add_setup, opened, place_from, place_of
from hardware.cli.say import DONE, FAILED, WRONG_INPUT, WrongInput, complain, say, words_of
from hardware.errors import HardwareError
from hardware.pulsing import all_off_surely, pulse_once

SENT_ONLY = "sent; this board never confirms"
PLACES_HELP = (
    "PORT, or PORT=FAMILY[,unit=2][,outputs=4][,inputs=0][,reply=text][,gap_ms=60][,baud=9600]"
    "[,parity=E][,local_echo]"
)


def add_commands(commands: Any) -> None:
    """Tell the parser of these commands."""
    probe = commands.add_parser("probe", help="ask a relay board how it is and what it can do")
    add_board(probe)
    probe.add_argument(
        "--unlink",
        action="store_true",
        help="take the relays out of the hands of the inputs (waveshare-modbus)",
    )
    probe.set_defaults(command=_probe)

    pulse = commands.add_parser("pulse", help="close one relay for a moment: THE ARM MAY MOVE")
    add_board(pulse)
    pulse.add_argument("channel", type=int, metavar="CHANNEL", help="which relay, from 1")
    pulse.add_argument("--ms", type=duration_ms, default=500, help="200 to 2000, default 500")
    pulse.set_defaults(command=_pulse)

    all_off = commands.add_parser("all-off", help="let every relay of the boards drop")
    all_off.add_argument("ports", nargs="+", metavar="PLACE", help=PLACES_HELP)
    add_setup(all_off)
    all_off.set_defaults(command=_all_off)


def duration_ms(text: str) -> int:
    """How long a pulse is."""
    number = int(text)
    if not PULSE_MIN_MS <= number <= PULSE_MAX_MS or number % PULSE_QUANTUM_MS:
        raise argparse.ArgumentTypeError("200 to 2000 in steps of 100")
    return number


def abilities(caps: BoardCaps) -> tuple[str, ...]:
    """What a board can do, line by line."""
    step_ms = caps.pulse_quantum_ms
    return (
        f"it has:     {caps.outputs} relays, {caps.inputs} inputs",
        f"orders:     {'confirmed by the board' if caps.is_acked else SENT_ONLY}",
        f"pulses:     {'timed by this computer' if step_ms is None else 'timed by the board'}",
        f"read-back:  {'yes' if caps.has_readback else 'no: look at its lamps'}",
    )


def channels(bits: Sequence[bool]) -> str:
    """Which of them are on, for people."""
    return ", ".join(str(index) for index, is_on in enumerate(bits, 1) if is_on) or "none"


def _probe(options: argparse.Namespace) -> int:
    place = place_of(options)
    board = place.board()
    if options.unlink and not isinstance(board, WaveshareRelay):
        raise WrongInput(f"--unlink is for waveshare-modbus, not for {place.setup.family}")
    caps = board.caps
    with opened(place, caps.default_baud) as line:
        if options.unlink and isinstance(board, WaveshareRelay):
            board.unlink_inputs(line)
            say("unlinked: inputs no longer switch relays")
        board.probe(line)
        say("\n".join(abilities(caps)))
        if caps.has_readback:
            say(f"relays on:  {channels(board.read_outputs(line))}")
        if caps.inputs:
            say(f"inputs on:  {channels(board.read_inputs(line))}")
    if caps.is_acked or caps.has_readback:
        say("ready")
    else:
        say(f"every relay told to drop: {SENT_ONLY}, so look whether it is there at all")
    return DONE


def _pulse(options: argparse.Namespace) -> int:
    place = place_of(options)
    board = place.board()
    if not 1 <= options.channel <= board.caps.outputs:
        raise WrongInput(f"this board has relays 1 to {board.caps.outputs}, not {options.channel}")
    with opened(place, board.caps.default_baud) as line:
        board.probe(line)
        try:
            ack = pulse_once(board, line, options.channel, options.ms, pause=time.sleep)
        except KeyboardInterrupt:
            complain(f"stopped: relay {options.channel} was told to drop")
            return FAILED
    is_sure = ack.kind is AckKind.CONFIRMED
    how = "confirmed by the board" if is_sure else SENT_ONLY
    say(f"relay {options.channel} closed for {options.ms} ms: {how}")
    return DONE


def _all_off(options: argparse.Namespace) -> int:
    """Try every board, so that one that is dead, or misspelt, does not keep the others on."""
    code = DONE
    for text in options.ports:
        try:
            place = place_from(text, options)
            say(f"{text}: {_switched_off(place)}")
        except WrongInput as wrong:
            complain(f"{text}: {wrong}")
            code = WRONG_INPUT
        except HardwareError as fault:
            complain(words_of(fault))
            code = code or FAILED
    return code


def _switched_off(place: Place) -> str:
    board = place.board()
    with opened(place, board.caps.default_baud) as line:
        all_off_surely(board, line)
        if not board.caps.has_readback:
            return f"all off: {SENT_ONLY}"
        closed = board.read_outputs(line)
    if any(closed):
        raise RelayStuck(f"{place.port}: relay {channels(closed)} is still closed")
    return "all off"


class RelayStuck(HardwareError):
    """A relay reads back as closed although it was told to drop."""

    code = "relay_stuck"
    remedy = "Take the board's power away: a contact is welded, or another program switches it."
