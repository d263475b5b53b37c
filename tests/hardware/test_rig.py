"""The toy lane that the demo and the tour show: its verbs, its view, its ports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.boards.waveshare import WaveshareRelay
from hardware.escpos import QrCode, TextLine
from hardware.inputs import OWN_BOARD
from hardware.lane_control import LaneSetup
from hardware.lane_words import LaneTimers, Phase
from hardware.line import SerialLine
from hardware.port import PortWorker
from hardware.printer import PrintResult, ReceiptPrinter
from hardware.scanner import CodeReader, ScannedCode
from hardware.sim.plant import OperatorSetup
from hardware.sim.rig import ToyLane, ToySetup, ToyView
from tests.hardware.lane_worlds import Ear, lane_on
from tests.hardware.waiting import Reports


class Rig:
    """A toy lane, and the real code on its ports."""

    def __init__(self, folder: Path, *, auto_drive: bool) -> None:
        self.toy = ToyLane(
            ToySetup(
                name="entry",
                folder=folder,
                speed=5.0,
                has_printer=True,
                auto_drive=auto_drive,
                operator=OperatorSetup(pause_s=None),
            )
        )
        self.ear = Ear()
        self.codes: Reports[str] = Reports()
        line = SerialLine(self.toy.board_path)
        self.port = PortWorker(name="entry", line=line, boards={OWN_BOARD: WaveshareRelay()})
        timers = LaneTimers(settle_s=0.2, min_gap_s=0.1)
        self.lane = lane_on(self.port, setup=self.toy.lane_setup(timers), listener=self.ear)
        self.scanner = CodeReader(
            name="entry", line=SerialLine(self.toy.scanner_path), on_code=self._scanned
        )
        self.lane.start()
        self.port.start()
        self.scanner.start()

    def until(self, phase: Phase) -> None:
        self.ear.reports.until(phase)

    def close(self) -> None:
        self.lane.stop()
        self.port.stop()
        self.scanner.stop()
        self.toy.close()

    def _scanned(self, code: ScannedCode) -> None:
        self.codes.add(code.text)


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A toy lane whose cars drive on by themselves, at rest."""
    made = Rig(tmp_path, auto_drive=True)
    made.until(Phase.IDLE)
    yield made
    made.close()


@pytest.fixture
def calm(tmp_path: Path) -> Iterator[Rig]:
    """A toy lane whose cars wait to be sent on, at rest."""
    made = Rig(tmp_path, auto_drive=False)
    made.until(Phase.IDLE)
    yield made
    made.close()


def test_a_car_arrives_scans_and_drives_through_by_itself(rig: Rig) -> None:
    rig.toy.car_arrives()
    rig.until(Phase.PRESENT)
    rig.toy.scan("P1/TICKET")
    rig.lane.grant(rig.codes.next())
    rig.ear.reports.until(("passage", "P1/TICKET"))
    rig.until(Phase.IDLE)
    view = rig.toy.view()
    assert (view.arm_fraction, view.inputs.arming, view.inputs.closed_limit) == (0.0, False, True)


def test_two_cars_need_two_grants(rig: Rig) -> None:
    rig.toy.car_arrives()
    rig.toy.car_arrives()
    rig.until(Phase.PRESENT)
    rig.lane.grant("first")
    rig.ear.reports.until(("passage", "first"))
    rig.until(Phase.PRESENT)
    rig.lane.grant("second")
    heard = rig.ear.reports.until(("passage", "second"))
    assert ("noticed", "tailgate") not in heard


def test_a_car_waits_at_the_raised_arm_until_it_is_sent_on(calm: Rig) -> None:
    calm.toy.car_arrives()
    calm.until(Phase.PRESENT)
    calm.lane.grant("g")
    calm.until(Phase.OPEN)
    waiting = calm.toy.view()
    calm.toy.car_drives_on()
    heard = calm.ear.reports.until(("passage", "g"))
    assert (waiting.arm_fraction, waiting.inputs.arming) == (1.0, True)
    assert heard[0] is Phase.PASSING


def test_a_car_may_back_out(calm: Rig) -> None:
    calm.toy.car_arrives()
    calm.until(Phase.PRESENT)
    calm.toy.car_backs_out()
    calm.until(Phase.IDLE)
    calm.toy.car_backs_out()
    assert calm.toy.view().inputs.arming is False


def test_the_guards_remote_is_seen_by_the_lane(calm: Rig) -> None:
    calm.toy.guard_opens()
    calm.ear.reports.until(("noticed", "external_open"))
    calm.toy.car_drives_on()
    assert calm.toy.view().inputs.closed_limit is False


def test_an_attendants_close_pulse_lowers_the_arm(calm: Rig) -> None:
    calm.lane.attendant_open("g", "test")
    calm.until(Phase.OPEN)
    calm.lane.attendant_close()
    calm.until(Phase.IDLE)
    assert calm.toy.view().arm_fraction == 0.0


def test_the_view_tells_that_the_board_is_unplugged(calm: Rig) -> None:
    calm.toy.unplug_board()
    calm.until(Phase.BLIND)
    gone = calm.toy.view()
    calm.toy.replug_board()
    calm.until(Phase.IDLE)
    assert (gone.is_board_plugged, gone.is_green, gone.is_red) == (False, False, False)
    assert calm.toy.view().is_board_plugged


def test_the_printer_prints(calm: Rig) -> None:
    path = calm.toy.printer_path
    assert path is not None
    results: Reports[PrintResult] = Reports()
    printer = ReceiptPrinter(name="entry", line=SerialLine(path))
    printer.start()
    printer.print_slip((TextLine("Space B12"), QrCode("P1/TICKET")), results.add)
    result = results.next()
    printer.stop()
    assert result is PrintResult.OK
    assert calm.toy.paper.printed[0].qr == "P1/TICKET"


def test_an_exit_lane_may_have_no_printer(tmp_path: Path) -> None:
    toy = ToyLane(ToySetup(name="exit", folder=tmp_path))
    path, view = toy.printer_path, toy.view()
    toy.close()
    assert path is None
    assert view == ToyView(0.0, (), view.inputs, False, False, True)


def test_the_wiring_has_a_channel_for_each_input(tmp_path: Path) -> None:
    toy = ToyLane(ToySetup(name="exit", folder=tmp_path))
    setup = toy.lane_setup()
    toy.close()
    assert [wire.channel for wire in setup.inputs.values()] == [1, 2, 3, 4, 5, 6]
    assert bare(setup).rules.has_closed_limit is False


def bare(setup: LaneSetup) -> LaneSetup:
    """The same lane without limit switches."""
    loops = {name: setup.inputs[name] for name in ("arming", "under_arm")}
    return replace(setup, inputs=loops)
