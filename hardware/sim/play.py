"""A bench to play with: a board of every family behind a pty each, and a toy lane; told by words.

Each word is a verb of the devices of software; where the words come from, and where the answers
go, is left to the command.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hardware.sim.coil_board import CoilBoard
from hardware.sim.faults import apply_fault, fault_names
from hardware.sim.kmtronic_board import KmtronicBoard
from hardware.sim.lcus_board import LcusBoard, LcusReply
from hardware.sim.numato_board import NumatoBoard
from hardware.sim.pty_port import LineFaults, PtyPort
from hardware.sim.relay_board import OutputListener, SimBoard
from hardware.sim.rig import INPUT_NAMES, ToyLane, ToySetup
from hardware.sim.waveshare_board import WaveshareBoard

LANE: Final = "lane"
LANE_RELAYS: Final = ("open", "close", "green", "red", "stop", "hold", "full", "host_alive")
"""What the relays of the toy lane's board are wired to, relay 1 first."""
LANE_INPUTS: Final = (*INPUT_NAMES, "safety", "fire")
WAIT_MAX_S: Final = 60.0
SWITCH: Final = {"on": True, "off": False}


class Unclear(Exception):
    """These words mean nothing here; the text says what would."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A board without a lane: how it is made, and how a command is told of it."""

    make: Callable[[OutputListener], SimBoard]
    options: str
    inputs: int = 0
    heeds_baud: bool = True


KINDS: Final[Mapping[str, Kind]] = {
    "waveshare": Kind(lambda on: WaveshareBoard(is_linked=True, on_output=on), "", inputs=8),
    "coils": Kind(
        lambda on: CoilBoard(on_output=on),
        " --family modbus-coils --outputs 8 --inputs 8",
        inputs=8,
    ),
    "lcus": Kind(lambda on: LcusBoard(on_output=on), " --family lcus --outputs 4 --reply text"),
    "lcus-mute": Kind(
        lambda on: LcusBoard(reply=LcusReply.NONE, on_output=on), " --family lcus --outputs 4"
    ),
    "kmtronic": Kind(lambda on: KmtronicBoard(on_output=on), " --family kmtronic --outputs 8"),
    "numato": Kind(
        lambda on: NumatoBoard(on_output=on),
        " --family numato --outputs 8 --inputs 4",
        inputs=4,
        heeds_baud=False,
    ),
}
"""The one called waveshare is as the factory sends it: its inputs switch its relays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stand:
    """One board on the bench, with what a hand can do to it."""

    board: SimBoard
    path: str
    options: str
    inputs: int
    line: LineFaults
    unplug: Callable[[], None]
    replug: Callable[[], None]


class Playground:
    """The bench, from its making until `close`; `say` hears relays switch, from any thread.

    The links in `folder` last until `close`. baud 0 moves bytes at once; `speed` 4 lets four
    seconds of the lane pass in one.
    """

    def __init__(
        self, folder: Path, *, say: Callable[[str], None], baud: int = 9600, speed: float = 1.0
    ) -> None:
        self._say = say
        self._ports: list[PtyPort] = []
        self._stands: dict[str, _Stand] = {}
        self._toy = ToyLane(
            ToySetup(
                name=LANE,
                folder=folder,
                speed=speed,
                has_printer=True,
                baud=baud,
                auto_drive=False,
                on_output=self._lane_switched,
            )
        )
        self._stands[LANE] = _Stand(
            board=self._toy.board,
            path=self._toy.board_path,
            options="",
            inputs=0,
            line=self._toy.board_line,
            unplug=self._toy.unplug_board,
            replug=self._toy.replug_board,
        )
        for name, kind in KINDS.items():
            self._stands[name] = self._stand(name, kind, folder / name, baud)
        self._verbs = _verbs(self)

    def obey(self, text: str) -> str:
        """Do what one line says; the answer, which for words without a meaning says so."""
        verb, *words = text.split() or [""]
        try:
            if not verb:
                return ""
            if verb not in self._verbs:
                raise Unclear(f"there is no {verb!r}; `help` shows what there is")
            return self._verbs[verb].act(words)
        except Unclear as unclear:
            return str(unclear)
        except ValueError as wrong:
            return f"not so: {wrong}"

    def close(self) -> None:
        """End it: no thread, no port and no link is left."""
        self._toy.close()
        for port in self._ports:
            port.close()

    # -- boards

    def boards(self) -> str:
        """Every board with the command that asks it how it is."""
        lines = [
            f"{name:10} python -m hardware probe {stand.path}{stand.options}"
            for name, stand in self._stands.items()
        ]
        lines.append(f"{'scanner':10} python -m hardware listen {self._toy.scanner_path}")
        lines.append(f"{'printer':10} {self._toy.printer_path}")
        return "\n".join(lines)

    def input(self, name: str, channel: str, switch: str) -> str:
        """Give or take current at an input."""
        if name == LANE:
            raise Unclear("what stands in the lane switches its inputs: try `stick arming on`")
        stand, number = self._board(name), _number(channel)
        if not 1 <= number <= stand.inputs:
            has = f"inputs 1 to {stand.inputs}" if stand.inputs else "no inputs"
            raise Unclear(f"{name} has {has}, not {channel}")
        stand.board.set_input(number, _switch(switch))
        return f"{name}: input {number} {switch}"

    def fault(self, name: str, *words: str) -> str:
        """Let a board fail, or tell how it can."""
        stand = self._board(name)
        if not words:
            return f"{name} can do: {', '.join(fault_names(stand.board))}"
        for number in words[1:]:
            _amount(number, 1000)
        if name == LANE:
            self._toy.let_board(" ".join(words))
        else:
            apply_fault(stand.board, " ".join(words))
        return f"{name}: {' '.join(words)}"

    def unplug(self, name: str) -> str:
        """Pull a board's cable; it has its power from there."""
        self._board(name).unplug()
        return f"{name}: unplugged"

    def replug(self, name: str) -> str:
        """Put it back."""
        self._board(name).replug()
        return f"{name}: plugged in"

    def noise(self, name: str, what: str, amount: str = "") -> str:
        """Let the wire of a board be bad."""
        line = self._board(name).line
        match what:
            case "none":
                line.drop_rate = line.flip_rate = line.late_s = line.batch_s = 0.0
                line.split_s, line.is_echoing, line.before, line.after = None, False, b"", b""
            case "drop":
                line.drop_rate = _amount(amount, 1.0)
            case "flip":
                line.flip_rate = _amount(amount, 1.0)
            case "late":
                line.late_s = _amount(amount, 10_000) / 1000
            case "split":
                line.split_s = _amount(amount, 10_000) / 1000
            case "batch":
                line.batch_s = _amount(amount, 1000) / 1000
            case "echo":
                line.is_echoing = _switch(amount)
            case "before":
                line.before = bytes.fromhex(amount)
            case "after":
                line.after = bytes.fromhex(amount)
            case _:
                raise Unclear(f"{what!r} is no noise; {NOISES}")
        return f"{name}: noise {what} {amount}".rstrip()

    # -- the lane

    def fire(self, switch: str) -> str:
        """Begin or end a fire alarm."""
        self._toy.fire(_switch(switch))
        return f"fire {switch}"

    def mains(self, switch: str) -> str:
        """Take or give the barrier its mains."""
        self._toy.mains(_switch(switch))
        return f"mains {switch}"

    def stick(self, name: str, switch: str) -> str:
        """Let an input of the lane report one value."""
        self._toy.stick(_lane_input(name), _switch(switch))
        return f"{name} reports {switch} for ever"

    def free(self, name: str) -> str:
        """Let it report what there is."""
        self._toy.unstick(_lane_input(name))
        return f"{name} reports what there is"

    def tune_out(self, name: str) -> str:
        """Let a loop take the car that stands over it for the road."""
        if name not in ("arming", "under_arm"):
            raise Unclear("the loops are arming and under_arm")
        self._toy.tune_out(name)
        return f"{name} takes what stands over it for the road"

    def scan(self, *words: str) -> str:
        """Hold a code before the scanner."""
        self._toy.scan(" ".join(words))
        return f"scanned {' '.join(words)}"

    def paper(self) -> str:
        """What was printed."""
        printed = self._toy.paper.printed
        papers = [each.text + (f"\n[QR {each.qr}]" if each.qr else "") for each in printed]
        return "\n--- cut ---\n".join(papers) or "nothing was printed"

    def show(self) -> str:
        """Arm, cars, inputs, relays."""
        view = self._toy.view()
        cars = ", ".join(f"{car.front_mm / 1000:.1f} m" for car in view.cars)
        inputs = [name for name in LANE_INPUTS if getattr(view.inputs, name)]
        lines = [
            f"arm      {view.arm_fraction:.0%} up{' (broken off)' if view.is_arm_broken else ''}",
            f"cars     {cars or 'none'}",
            f"inputs   {', '.join(inputs) or 'none'}",
        ]
        for name, stand in self._stands.items():
            on = [self._relay(name, i) for i, is_on in enumerate(stand.board.outputs, 1) if is_on]
            if on or name == LANE:
                lines.append(f"relays   {name}: {', '.join(on) or 'none on'}")
        return "\n".join(lines)

    def help(self, *words: str) -> str:
        """What can be said."""
        shown = [verb for name, verb in self._verbs.items() if not words or name in words]
        return "\n".join(f"{verb.usage:34} {verb.meaning}" for verb in shown) or "no such word"

    @property
    def toy(self) -> ToyLane:
        """The lane."""
        return self._toy

    # -- how it is put together

    def _stand(self, name: str, kind: Kind, link: Path, baud: int) -> _Stand:
        board = kind.make(lambda channel, is_on: self._switched(name, channel, is_on))
        port = PtyPort(board, baud=baud if kind.heeds_baud else 0, link=link)
        self._ports.append(port)

        def unplug() -> None:
            port.unplug()
            board.power_off()

        return _Stand(
            board=board,
            path=port.path,
            options=kind.options,
            inputs=kind.inputs,
            line=port.faults,
            unplug=unplug,
            replug=port.replug,
        )

    def _board(self, name: str) -> _Stand:
        if name not in self._stands:
            raise Unclear(f"there is no board {name!r}; there are {', '.join(self._stands)}")
        return self._stands[name]

    def _relay(self, name: str, channel: int) -> str:
        return f"{channel} ({LANE_RELAYS[channel - 1]})" if name == LANE else str(channel)

    def _lane_switched(self, channel: int, is_on: bool) -> None:
        self._switched(LANE, channel, is_on)

    def _switched(self, name: str, channel: int, is_on: bool) -> None:
        self._say(f"{name}: relay {self._relay(name, channel)} {'on' if is_on else 'off'}")


@dataclass(frozen=True, slots=True)
class _Verb:
    """One verb: what may stand behind it, what it means, what it does."""

    usage: str
    meaning: str
    do: Callable[..., str]

    def act(self, words: list[str]) -> str:
        """Do it, when there are as many words behind it as it takes."""
        places = self.usage.split()[1:]
        least = sum(not place.startswith("[") for place in places)
        if len(words) < least or (len(words) > len(places) and not self.usage.endswith("...")):
            raise Unclear(f"say: {self.usage}")
        return self.do(*words)


NOISES: Final = "noises: drop 0.1, flip 0.1, late MS, split MS, batch MS, echo on, after HEX, none"


def _verbs(play: Playground) -> dict[str, _Verb]:
    def silent(act: Callable[[], None], answer: str) -> Callable[[], str]:
        def done() -> str:
            act()
            return answer

        return done

    toy = play.toy
    verbs = (
        _Verb("help [VERB]", "this list", play.help),
        _Verb("boards", "every port, and the command that asks it", play.boards),
        _Verb("show", "arm, cars, inputs and relays as they are", play.show),
        _Verb("input BOARD CHANNEL on|off", "current at an input", play.input),
        _Verb("fault BOARD [FAULT] [NUMBER]", "let a board misbehave; none mends it", play.fault),
        _Verb("noise BOARD KIND [AMOUNT]", NOISES, play.noise),
        _Verb("unplug BOARD", "pull its cable", play.unplug),
        _Verb("replug BOARD", "put it back", play.replug),
        _Verb("car", "a car rolls onto the arming loop", silent(toy.car_arrives, "a car comes")),
        _Verb("drive", "it drives on once the arm is up", silent(toy.car_drives_on, "it goes on")),
        _Verb("back", "the last car backs out", silent(toy.car_backs_out, "it backs out")),
        _Verb("remote", "the guard's own remote", silent(toy.guard_opens, "remote pressed")),
        _Verb("fire on|off", "a fire alarm", play.fire),
        _Verb("mains on|off", "the power of the barrier", play.mains),
        _Verb("jam", "block the arm where it is", silent(lambda: toy.jam(True), "jammed")),
        _Verb("break", "break the arm off", silent(toy.break_arm, "the arm is off")),
        _Verb("stick INPUT on|off", "an input reports one value", play.stick),
        _Verb("free INPUT", "it reports what there is", play.free),
        _Verb("tune-out LOOP", "a loop forgets the car on it", play.tune_out),
        _Verb("heal", "repair arm, mains, inputs, board", silent(toy.mend, "all mended")),
        _Verb("scan TEXT...", "hold a code before the scanner", play.scan),
        _Verb("paper", "what the printer has printed", play.paper),
        _Verb("wait SECONDS", "let time pass, for scripts", _wait),
        _Verb("quit", "end it, as the end of the input does", lambda: ""),
    )
    return {verb.usage.split()[0]: verb for verb in verbs}


def _wait(seconds: str) -> str:
    threading.Event().wait(_amount(seconds, WAIT_MAX_S))
    return ""


def _lane_input(name: str) -> str:
    if name not in LANE_INPUTS:
        raise Unclear(f"there is no input {name!r}; there are {', '.join(LANE_INPUTS)}")
    return name


def _switch(word: str) -> bool:
    if word not in SWITCH:
        raise Unclear(f"say on or off, not {word!r}")
    return SWITCH[word]


def _number(word: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", word):
        raise Unclear(f"{word!r} is no number")
    return int(word)


def _amount(word: str, most: float) -> float:
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", word) or float(word) > most:
        raise Unclear(f"say a number from 0 to {most:g}, not {word!r}")
    return float(word)
