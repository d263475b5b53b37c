"""A whole site in virtual time: the real services, ledger and barrier machines, no threads.

Days, scenarios and tests run on it. Only the clock, the cars and the card provider are
simulated; the database is a real file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from hardware.inputs import InputWire
from hardware.lane_control import LaneSetup, Output, OutputWire
from hardware.lane_words import Phase
from hardware.sim.cars import Car
from hardware.sim.plant import Plant
from hardware.sim.virtual_lane import VirtualLane
from kiosk.app.site_store import open_site_store
from kiosk.domain.ids import LaneName
from kiosk.domain.key_ring import KeyRing
from kiosk.domain.lane_orders import LaneWiring
from kiosk.domain.payee import PayeePlan
from kiosk.domain.ticket import SHORT_CODE_ALPHABET, TicketKey
from kiosk.payments.simulator import in_process
from kiosk.services import limits
from kiosk.services.commands import Command
from kiosk.services.core import Core
from kiosk.services.events import Published
from kiosk.services.found_site import found_site
from kiosk.services.handle import handle
from kiosk.services.housekeeping import Housekeeping
from kiosk.services.lane_control import LaneReports, unwired_lanes
from kiosk.services.lane_orders import lock_again
from kiosk.services.offers import sync_holidays
from kiosk.services.paper import Paper
from kiosk.services.payees import sync_payees
from kiosk.services.pins import SHORTEST_MEMORY_KIB, ArgonPins
from kiosk.services.tariffs import TariffFiles

if TYPE_CHECKING:
    from kiosk.app.lane_tables import LaneTable
    from kiosk.domain.site import Site
    from kiosk.services.found_site import SitePlan

Answer = TypeVar("Answer")
VIRTUAL_KEY = TicketKey(1, b"tickets of virtual time open nothing")
"""Signs tickets that exist only in virtual time, the same ones in every run."""
_AT_REST = frozenset({Phase.IDLE, Phase.PRESENT})
WAKE_LANES = timedelta(seconds=3)
"""How long the lanes of a new site need until they can open."""
_DUE_EVERY = timedelta(seconds=limits.DUE_EVERY_S)
_ASK_EVERY = timedelta(seconds=limits.IN_DOUBT_ASK_EVERY_S)


class SiteSource(Protocol):
    """What a virtual site is made from: a site file, or the small form of a scenario."""

    @property
    def lane(self) -> Sequence[LaneTable]:
        """Its lanes; how they are wired does not matter here."""
        ...

    def to_site(self) -> Site:
        """Who and where it is, with its rules."""
        ...

    def to_plan(self) -> SitePlan:
        """What it is founded with."""
        ...

    def to_payees(self) -> PayeePlan:
        """Whom receipts and payouts name."""
        ...

    def tariff_files(self) -> dict[str, Path]:
        """The files whose newer versions go live, by the area's code."""
        ...

    def owners_tariff_files(self) -> dict[str, Path]:
        """Those of the owners who ask a price of their own, by their names."""
        ...


class VirtualClock:
    """Time that passes only when it is told to; kept in seconds since its start."""

    def __init__(self, starts_at: datetime) -> None:
        self._starts_at = starts_at
        self.passed_s = 0.0

    def now(self) -> datetime:
        """The present instant, in whole seconds."""
        return self._starts_at + timedelta(seconds=int(self.passed_s))

    def jump(self, by: timedelta) -> None:
        """Somebody sets the clock: the present is another instant, but no time has passed."""
        self._starts_at += by

    def passed_at(self, instant: datetime) -> float:
        """How many seconds after the start an instant is."""
        return (instant - self._starts_at).total_seconds()


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """What a lane's printer was given."""

    lane: LaneName
    paper: Paper


class VirtualSite:
    """A founded site whose lanes, housekeeping and payments run as its time passes.

    Everything happens on the caller's thread, in one order, so that the same seed and the
    same calls give the same books.
    """

    def __init__(
        self,
        *,
        file: SiteSource,
        database: Path,
        starts_at: datetime,
        seed: int = 1,
        simulator_authorises: bool = False,
    ) -> None:
        self._random = random.Random(seed)  # noqa: S311 - virtual drivers guard no money
        self.clock = VirtualClock(starts_at)
        self.events: list[Published] = []
        self.papers: list[PrintedPaper] = []
        site = file.to_site()
        self.simulator = in_process(
            database.with_suffix(".simulator.jsonl"),
            authorises=simulator_authorises,
            now=self.clock.now,
        )
        self.core = Core(
            site=site,
            store=open_site_store(database, site, may_found=True),
            clock=self.clock,
            ticket_keys=KeyRing.of(VIRTUAL_KEY),
            pins=ArgonPins(memory_kib=SHORTEST_MEMORY_KIB, rounds=1),
            random_code=self._code,
            publish=self.events.append,
            print_paper=lambda lane, paper: self.papers.append(PrintedPaper(lane, paper)),
            run_payment=lambda _adapter, task: task(),
            post=_run_at_once,
            adapters={"simulator": self.simulator},
            lanes=unwired_lanes((lane.name, lane.direction, _wiring(lane)) for lane in file.lane),
        )
        found_site(self.core, file.to_plan)
        sync_holidays(self.core)
        sync_payees(self.core, file.to_payees())
        self.tariffs = TariffFiles(
            self.core, areas=file.tariff_files(), owners=file.owners_tariff_files()
        )
        self._housekeeping = Housekeeping(self.core, self.tariffs)
        self._housekeeping.recover()
        self._reports = LaneReports(self.core)
        self.lanes: dict[LaneName, VirtualLane] = {}
        for known in self.core.lanes.values():
            setup = _virtual_setup(known.name, known.status.wiring)
            lane = VirtualLane(setup=setup, plant=Plant(), listener=self._reports, now_s=0.0)
            self.lanes[known.name] = lane
            known.control = lane
        lock_again(self.core)
        self.pass_time(WAKE_LANES)

    def close(self) -> None:
        """Close the database."""
        self._reports.keep_evidence()
        self.core.store.close()

    def do(self, command: Command[Answer]) -> Answer:
        """Ask the core, as a screen would."""
        self._catch_up()
        return handle(self.core, command)

    def scan(self, lane: LaneName, text: str) -> None:
        """Hold a code before a lane's scanner; the answer is among the events."""
        self._catch_up()
        self._reports.code_scanned(lane, text)

    def car_to(self, lane: LaneName) -> Car:
        """Let a car roll up to a lane and stand on its arming loop."""
        self._catch_up()
        virtual = self.lanes[lane]
        car = virtual.plant.drive_up()
        while not virtual.plant.inputs().arming:
            self._next_change(until_s=inf)
        return car

    def car_through(self, lane: LaneName, car: Car) -> None:
        """Let a car drive on as soon as the arm is up, and wait until the lane is at rest.

        When the arm does not rise, nothing more happens and the car stands where it is.
        """
        self._catch_up()
        virtual = self.lanes[lane]
        virtual.plant.drive_through(car)
        while car in virtual.plant.cars or virtual.view.phase not in _AT_REST:
            if not self._next_change(until_s=inf):
                return

    def pass_time(self, duration: timedelta) -> None:
        """Let so much time pass, with everything that is due in it."""
        self.pass_until(self.clock.now() + duration)

    def pass_until(self, instant: datetime) -> None:
        """Let time pass until an instant; nothing happens when it is over already.

        What is due on the way is done when it is due, not at the end of the way.
        """
        while (due_at := self.next_due(before=instant)) is not None:
            self._run_lanes(due_at)
            self._tick()
        self._run_lanes(instant)
        self._tick()

    def _tick(self) -> None:
        self._reports.keep_evidence()
        self._housekeeping.tick()

    def _run_lanes(self, instant: datetime) -> None:
        until_s = self.clock.passed_at(instant)
        while self._next_change(until_s=until_s):
            pass
        self.clock.passed_s = max(self.clock.passed_s, until_s)

    def next_due(self, *, before: datetime) -> datetime | None:
        """When time itself does something next; None when that is not before an instant."""
        now = self.clock.now()
        with self.core.store.reading() as tx:
            due = tx.dues.by(before)
            ask_at = tx.payments.next_at()
        found = [max(due[0].at, now + _DUE_EVERY)] if due else []
        if ask_at is not None:
            found.append(max(ask_at, now + _ASK_EVERY))
        return min((at for at in found if at < before), default=None)

    def _next_change(self, *, until_s: float) -> bool:
        """Let the next change happen, in whichever lane; False when none is due until then."""
        changes = [(lane.next_change_s(), lane) for lane in self.lanes.values()]
        change_s, lane = min(changes, key=itemgetter(0))
        if change_s == inf or change_s > until_s:
            return False
        self.clock.passed_s = max(self.clock.passed_s, change_s)
        lane.advance(change_s)
        return True

    def _catch_up(self) -> None:
        """A lane in which nothing changed still stands in the past: bring all to the present."""
        for lane in self.lanes.values():
            if lane.now_s < self.clock.passed_s:
                lane.advance(self.clock.passed_s)

    def _code(self, length: int) -> str:
        return "".join(self._random.choices(SHORT_CODE_ALPHABET, k=length))


def _run_at_once(task: Callable[[], object]) -> None:
    task()


def _wiring(lane: LaneTable) -> LaneWiring:
    """Virtual lanes obey every order; how they know a passage, and a sign, stay as written."""
    return LaneWiring(
        can_close=True,
        can_stop=True,
        can_hold=True,
        has_fire=True,
        is_passage_assumed=lane.passage == "assumed",
        has_full_sign=lane.outputs.full is not None,
        has_arming=lane.inputs.arming is not None,
    )


def _virtual_setup(name: LaneName, wiring: LaneWiring) -> LaneSetup:
    outputs = (Output.OPEN, Output.CLOSE, Output.STOP, Output.HOLD)
    names = ("arming", "under_arm", "open_limit", "closed_limit", "fire")
    unseen = {"under_arm"} if wiring.is_passage_assumed else set()
    if not wiring.has_arming:
        unseen.add("arming")
    seen = [each for each in names if each not in unseen]
    return LaneSetup(
        name=name,
        outputs={output: OutputWire(channel) for channel, output in enumerate(outputs, 1)},
        inputs={each: InputWire(channel) for channel, each in enumerate(seen, 1)},
        is_passage_assumed=wiring.is_passage_assumed,
    )
