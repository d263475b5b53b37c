"""A lane in virtual time and one behind real ptys, told and asked in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from hardware.boards.waveshare import WaveshareRelay
from hardware.inputs import OWN_BOARD, InputWire
from hardware.lane_control import (
    LaneControl,
    LaneSetup,
    LaneView,
    Output,
    OutputWire,
    RelayOrder,
)
from hardware.lane_runner import LaneRunner
from hardware.lane_words import LaneTimers, Phase
from hardware.line import SerialLine
from hardware.port import PortWorker
from hardware.sim.cars import Car
from hardware.sim.plant import Plant
from hardware.sim.rig import ToyLane, ToySetup
from hardware.sim.virtual_lane import VirtualLane
from tests.hardware.waiting import Reports

VIRTUAL_LIMIT_S = 300.0
Heard = Phase | tuple[str, ...]


class Ear:
    """A listener that keeps what it hears: phases, and tuples of words."""

    def __init__(self) -> None:
        self.reports: Reports[Heard] = Reports()
        self.views: list[LaneView] = []
        self.orders: list[RelayOrder] = []

    def lane_changed(self, lane: str, view: LaneView) -> None:
        if not self.views or self.views[-1].phase is not view.phase:
            self.reports.add(view.phase)
        self.views.append(view)

    def passage(self, lane: str, token: str, *, at_s: float, is_assumed: bool) -> None:
        self.reports.add(("assumed" if is_assumed else "passage", token))

    def grant_voided(self, lane: str, token: str, why: str) -> None:
        self.reports.add(("voided", token, why))

    def lane_noticed(self, lane: str, notice: str) -> None:
        self.reports.add(("noticed", notice))

    def alarm(self, lane: str, code: str, *, is_raised: bool) -> None:
        self.reports.add(("alarm", code, "raised" if is_raised else "cleared"))

    def relay_ordered(self, lane: str, order: RelayOrder) -> None:
        self.orders.append(order)


def lane_on(port: PortWorker, *, setup: LaneSetup, listener: Ear) -> LaneRunner:
    """A lane on the one board of this port."""
    return LaneRunner(setup=setup, boards={OWN_BOARD: port.board(OWN_BOARD)}, listener=listener)


class LaneWorld(Protocol):
    """One lane with its cars; `until` gives all that was heard up to what was waited for."""

    @property
    def lane(self) -> LaneControl: ...

    def until(self, wanted: Heard) -> list[Heard]: ...

    def car_arrives(self) -> None: ...

    def car_drives_on(self) -> None: ...

    def unplug_board(self) -> None: ...

    def replug_board(self) -> None: ...

    def close(self) -> None: ...


class VirtualWorld:
    """VirtualLane over a plant."""

    def __init__(self, folder: Path, ear: Ear | None = None) -> None:
        self._ear = ear or Ear()
        self._plant = Plant()
        self._car: Car | None = None
        names = ("arming", "under_arm", "open_limit", "closed_limit")
        setup = LaneSetup(
            name="entry",
            outputs={Output.OPEN: OutputWire(1), Output.CLOSE: OutputWire(2)},
            inputs={name: InputWire(channel) for channel, name in enumerate(names, start=1)},
        )
        self.lane = VirtualLane(setup=setup, plant=self._plant, listener=self._ear, now_s=0.0)

    def until(self, wanted: Heard) -> list[Heard]:
        heard = self._ear.reports.rest()
        limit_s = self.lane.now_s + VIRTUAL_LIMIT_S
        while wanted not in heard:
            assert self.lane.now_s < limit_s, f"{wanted} never came, only {heard}"
            self.lane.advance(min(self.lane.next_change_s(), limit_s))
            heard += self._ear.reports.rest()
        return heard

    def car_arrives(self) -> None:
        self._car = self._plant.drive_up()

    def car_drives_on(self) -> None:
        assert self._car is not None
        self._plant.drive_through(self._car)

    def unplug_board(self) -> None:
        self.lane.unplug_board()

    def replug_board(self) -> None:
        self.lane.replug_board()

    def close(self) -> None:
        """Nothing runs."""


class RealWorld:
    """LaneRunner and PortWorker on the ptys of a toy lane that is five times as quick."""

    def __init__(self, folder: Path) -> None:
        self.ear = Ear()
        self.toy = ToyLane(ToySetup(name="entry", folder=folder, speed=5.0, auto_drive=False))
        line = SerialLine(self.toy.board_path)
        self.port = PortWorker(name="entry", line=line, boards={OWN_BOARD: WaveshareRelay()})
        setup = self.toy.lane_setup(LaneTimers(settle_s=0.2, min_gap_s=0.1))
        self.lane = lane_on(self.port, setup=setup, listener=self.ear)
        self.lane.start()
        self.port.start()

    def until(self, wanted: Heard) -> list[Heard]:
        return self.ear.reports.until(wanted)

    def car_arrives(self) -> None:
        self.toy.car_arrives()

    def car_drives_on(self) -> None:
        self.toy.car_drives_on()

    def unplug_board(self) -> None:
        self.toy.unplug_board()

    def replug_board(self) -> None:
        self.toy.replug_board()

    def close(self) -> None:
        self.lane.stop()
        self.port.stop()
        self.toy.close()
