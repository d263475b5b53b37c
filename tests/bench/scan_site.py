"""A site whose lanes stand behind real ptys that note when an order to raise the arm arrives.

Readers, lanes, ports, services and database are the real ones, on the threads of `kiosk run`;
a hand at the boards' inputs lets a car pass as fast as the lane's rules allow.
"""

from __future__ import annotations

import os
import queue
import threading
import time
import tty
from datetime import timedelta
from pathlib import Path

from hardware.sim.pty_port import PtyPort
from hardware.sim.waveshare_board import WaveshareBoard
from kiosk.app.clocks import SkippingClock
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.lane_tables import LaneTable
from kiosk.app.places import folders_of
from kiosk.app.run import SiteThread
from kiosk.domain.ids import LaneName, ReservationId
from kiosk.services.events import LaneChanged, PassageReported, Published
from kiosk.services.views import LaneStatus
from tests.bench.figures import ROOT

RAISE_ARM = b"\x01\x05\x02\x00"
"""How the frame begins that closes relay 1 of unit 1 for a while."""
ARMING, UNDER_ARM, OPEN_LIMIT, CLOSED_LIMIT = 1, 2, 3, 4
BETWEEN_PULSES_S = 1.05
"""The rules of a lane want one second between two pulses; a scan before would wait for it."""
LIMIT_S = 10.0
STAY = timedelta(hours=4)


class NotingBoard(WaveshareBoard):
    """Notes when the order to raise the arm was read from the pty's master."""

    def __init__(self) -> None:
        super().__init__()
        self.raised: queue.SimpleQueue[tuple[int, float]] = queue.SimpleQueue()
        self.set_input(CLOSED_LIMIT, True)

    def received(self, data: bytes, now_s: float) -> list[bytes]:
        if RAISE_ARM in data:
            self.raised.put((time.monotonic_ns(), now_s))
        return super().received(data, now_s)


class BenchLane:
    """One lane: its board, its scanner's pty, and the car that passes after each grant."""

    def __init__(self, direction: str, number: int, *, baud: int) -> None:
        self.name = LaneName(f"{direction}-{number}")
        self.direction = direction
        self.baud = baud
        self.board = NotingBoard()
        self.port = PtyPort(self.board, baud=baud)
        self.ready = threading.Event()
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self._pulsed_at_s = 0.0

    @property
    def toml(self) -> str:
        """The lane's part of the site file."""
        return (
            f'[[lane]]\nname = "{self.name}"\ndirection = "{self.direction}"\n'
            f'[lane.board]\nport = "{self.port.path}"\n'
            f"[lane.inputs]\narming = {ARMING}\nunder_arm = {UNDER_ARM}\n"
            f"open_limit = {OPEN_LIMIT}\nclosed_limit = {CLOSED_LIMIT}\n"
            f'[lane.scanner]\nport = "{os.ttyname(self._slave)}"\n'
        )

    def scan(self, text: str) -> tuple[int, int]:
        """Scan a ticket before a waiting car.

        Nanoseconds from the terminator until the order began to arrive, and until its last bit.
        """
        assert self.ready.wait(LIMIT_S), f"{self.name}: no car at the line"
        self.ready.clear()
        pause = threading.Event()
        pause.wait(max(0.01, self._pulsed_at_s + BETWEEN_PULSES_S - time.monotonic()))
        os.write(self._master, text.encode())
        pause.wait(0.005)  # the text is read by now; what counts is its end
        began_ns = time.monotonic_ns()
        os.write(self._master, b"\r")
        arrived_ns, last_bit_s = self.board.raised.get(timeout=LIMIT_S)
        self._pulsed_at_s = time.monotonic()
        return arrived_ns - began_ns, round(last_bit_s * 1e9) - began_ns

    def let_pass(self, status: LaneStatus) -> None:
        """Move the car and the arm as the lane's phase asks for; called on the work thread."""
        turn = self.board.set_input
        match status.phase:
            case "idle":
                turn(ARMING, True)
            case "present":
                self.ready.set()
            case "opening":
                turn(CLOSED_LIMIT, False)
                turn(OPEN_LIMIT, True)
            case "open":
                turn(UNDER_ARM, True)
            case "passing" if status.arming:
                turn(ARMING, False)
            case "passing":
                turn(UNDER_ARM, False)
            case "closing":
                turn(OPEN_LIMIT, False)
                turn(CLOSED_LIMIT, True)

    def close(self) -> None:
        """End the pty of the board and of the scanner."""
        self.port.close()
        os.close(self._master)
        os.close(self._slave)


class BenchSite:
    """A site at work with so many entrances and as many exits; `close` it."""

    def __init__(self, folder: Path, *, pairs: int, spaces: int, baud: int) -> None:
        self.entries = [BenchLane("entry", number + 1, baud=baud) for number in range(pairs)]
        self.exits = [BenchLane("exit", number + 1, baud=baud) for number in range(pairs)]
        self._lanes = {lane.name: lane for lane in (*self.entries, *self.exits)}
        self.inside: queue.SimpleQueue[ReservationId] = queue.SimpleQueue()
        """Reservations whose car has passed an entrance."""
        self._thread = SiteThread(
            file=self._file(folder, spaces),
            folders=folders_of(f"sqlite:///{folder / 'site.db'}", site_number=1),
            publish=self._heard,
            clock=SkippingClock(),
            on_end=lambda: None,
        )
        self.work = self._thread.work
        self._thread.start()
        assert self._thread.is_up.wait(LIMIT_S)
        assert self._thread.site is not None, "the site came up"
        self.core = self._thread.site.core
        self.one_time_pin = self._thread.site.one_time_pin

    def close(self) -> None:
        """End the site, then the devices."""
        self._thread.stop()
        for lane in self._lanes.values():
            lane.close()

    def _heard(self, event: Published) -> None:
        match event:
            case LaneChanged(status):
                self._lanes[status.lane].let_pass(status)
            case PassageReported(lane, reservation_id) if lane.startswith("entry"):
                assert reservation_id is not None
                self.inside.put(reservation_id)
            case _:
                pass

    def _file(self, folder: Path, spaces: int) -> SiteFile:
        demo = (ROOT / "resources" / "sites" / "birmingham.toml").read_text("utf-8")
        head = demo.partition("[[owner]]")[0]
        rows = "".join(
            f"[[area.row]]\nx_mm = 0\ny_mm = {5000 * row}\ncount = {spaces // 4}\n"
            'owners = ["Estate"]\n'
            for row in range(4)
        )
        path = folder / "bench.toml"
        path.write_text(
            f'{head}[[owner]]\nname = "Estate"\n[[owner.offer]]\nfrom_local = 00:00:00\n'
            "until_local = 00:00:00\n"
            '[[area]]\ncode = "A"\nname = "Level 0"\nwidth_mm = 200000\ndepth_mm = 40000\n'
            f'tariff = "{ROOT}/resources/sites/tariffs/city.toml"\nsplit = "standard"\n{rows}'
            + "".join(lane.toml for lane in self._lanes.values()),
            "utf-8",
        )
        file = read_site_file(path)
        return file.model_copy(
            update={
                "lane": tuple(_paced(lane, self._lanes[LaneName(lane.name)]) for lane in file.lane)
            }
        )


def _paced(lane: LaneTable, bench: BenchLane) -> LaneTable:
    """A rate of 0 is none that a site may ask for: bytes take no time on the line then."""
    assert lane.board is not None
    board = lane.board.model_copy(update={"baud": bench.baud})
    return lane.model_copy(update={"board": board})
