"""A busy day on a small site, in virtual time at full speed, that somebody else kills.

    python -m tests.fault_killed.busy_day

begins one for each line "FOLDER SEED" of its input. The site and its provider, a process of its
own over real HTTP, work on the files of FOLDER; everything that is said goes into the named pipe
FOLDER/said (said.py), after the numbers of both processes.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from datetime import datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path

from kiosk.app.config import read_site_file
from kiosk.domain.debt_outcomes import LeavingOffered, LeftUnpaid
from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.life_outcomes import CancellationPriced, Changed, ChangeKept
from kiosk.domain.outcomes import (
    ExitDue,
    PaymentInDoubt,
    PaymentRunning,
    Reserved,
)
from kiosk.domain.time import Window
from kiosk.domain.validation import Given, ValidationKind
from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter
from kiosk.payments.simulator.process import OwnProcess
from kiosk.services.commands import (
    CancelReservation,
    Reserve,
)
from kiosk.services.debt_commands import LeaveUnpaid, OfferLeaving
from kiosk.services.life_commands import (
    ChangeReservation,
    PayChange,
    PriceCancellation,
    TakeDueInCash,
)
from kiosk.services.payer_commands import UseVoucher, ValidateStay
from tests.fakes.stage import (
    CARD,
    DRIVER,
    ENTRY,
    EXIT,
    EXIT_2,
    Stage,
)
from tests.fault_killed.busy_desk import BusyDesk
from tests.fault_killed.busy_site import BOOKS, BROKEN, DESK, SAID, Steps
from tests.fault_killed.said import tell_all

CUSTOMERS = 14


class BusyDay(BusyDesk):
    """The customers of a day, each at another step of a stay."""

    def __init__(self, stage: Stage, *, seed: int) -> None:
        super().__init__(stage, seed=seed)
        self._agenda: list[tuple[datetime, int, Steps]] = []

    def run(self) -> None:
        """Let everyone come and go, until the last has left."""
        for _ in range(CUSTOMERS):
            self._come(self.random.choice([self.walk_up, self.walk_up, self.planner])())
        self._come(self.desk())
        self._come(self.payouts())
        while self._agenda:
            at, _, steps = heappop(self._agenda)
            self.stage.wait_until(at)
            for minutes in steps:
                self._at(self.stage.now + timedelta(minutes=minutes), steps)
                break

    def _come(self, steps: Steps) -> None:
        self._at(self.stage.now + timedelta(minutes=self.random.randrange(0, 300)), steps)

    def _at(self, at: datetime, steps: Steps) -> None:
        heappush(self._agenda, (at, next(self.numbers), steps))

    # -- drivers

    def reserve(self, minutes: int, *, starts_at: datetime | None = None) -> Reserved | None:
        for space in self.random.sample(range(1, 6), 5):
            reserved = self.stage.site.do(
                Reserve(
                    actor=DRIVER,
                    space_id=space,  # type: ignore[arg-type]
                    duration_minutes=minutes,
                    plate=f"B {next(self.numbers)} {self.seed}",
                    starts_at=starts_at,
                )
            )
            if isinstance(reserved, Reserved):
                return reserved
        return None

    def pay(self, reserved: Reserved) -> Steps:
        """Pay by something, a second time when it comes to nothing."""
        for _ in range(3):
            answer = self.stage.pay_deposit(
                reserved.reservation_id, self.method(), intent=self.name("pay")
            )
            if isinstance(answer, (PaymentRunning, PaymentInDoubt)):
                yield 0.1
            if self.stage.state(reserved.reservation_id) == "confirmed":
                return

    def walk_up(self) -> Steps:
        """Come, pay, park for some time, and leave."""
        minutes = self.some(30, 60, 90, 120)
        reserved = self.reserve(minutes)
        if reserved is None:
            return
        yield from self.pay(reserved)
        if self.stage.state(reserved.reservation_id) != "confirmed":
            return
        yield 1
        yield from self.park(reserved.reservation_id, minutes)

    def planner(self) -> Steps:
        """Reserve for later; then cancel, change, come, or forget it."""
        starts_at = self.stage.now + timedelta(minutes=self.some(30, 90, 300))
        reserved = self.reserve(60, starts_at=starts_at)
        if reserved is None:
            return
        yield from self.pay(reserved)
        chosen = reserved.reservation_id
        if self.stage.state(chosen) != "confirmed":
            return
        yield 10
        match self.some("cancel", "change", "come", "forget"):
            case "cancel":
                priced = self.stage.site.do(PriceCancellation(actor=DRIVER, reservation_id=chosen))
                if isinstance(priced, CancellationPriced):
                    self.stage.site.do(
                        CancelReservation(
                            actor=DRIVER, reservation_id=chosen, agreed_refund=priced.refund
                        )
                    )
            case "change":
                yield from self.change(chosen, self.some(-30, 30, 60))
                yield (starts_at - self.stage.now) / timedelta(minutes=1) + 1
                yield from self.park(chosen, 60)
            case "come":
                yield (starts_at - self.stage.now) / timedelta(minutes=1) + 1
                yield from self.park(chosen, 60)
            case _:
                pass

    def change(self, chosen: ReservationId, minutes: int) -> Steps:
        """Another end; what costs more is paid."""
        window = self.stage.reservation(chosen).window
        wanted = Window(window.from_, window.until + timedelta(minutes=minutes))
        answer = self.stage.site.do(
            ChangeReservation(actor=DRIVER, reservation_id=chosen, window=wanted, lane=ENTRY)
        )
        if isinstance(answer, ChangeKept):
            paid = self.stage.site.do(
                PayChange(
                    actor=DRIVER,
                    lane=ENTRY,
                    reservation_id=chosen,
                    method=self.method(),
                    intent=self.name("change"),
                )
            )
            if not isinstance(paid, Changed):
                yield 0.1

    def park(self, chosen: ReservationId, minutes: int) -> Steps:
        """Drive in, maybe stay longer than was paid, and drive out."""
        if self.stage.state(chosen) != "confirmed":
            return
        self.drive(ENTRY, chosen)
        if self.stage.state(chosen) != "arrived":
            return
        yield minutes // 2
        if self.random.random() < 0.25:
            yield from self.change(chosen, 30)
        yield minutes // 2 + self.some(-minutes // 2, -5, -5, 25, 70)
        if self.random.random() < 0.25:
            given = Given(ValidationKind.AMOUNT, self.some(50, 100, 700))
            self.by_kim(
                ValidateStay, reservation_id=chosen, shop_id=self.some(1, None), given=given
            )
        yield from self.leave(chosen)
        self.left.append(chosen)

    def drive(self, lane: LaneName, chosen: ReservationId) -> None:
        site = self.stage.site
        car = site.car_to(lane)
        self.stage.scan(lane, self.stage.ticket_text(chosen))
        site.car_through(lane, car)
        if car in site.lanes[lane].plant.cars:
            self.stage.back_out(lane, car)

    def leave(self, chosen: ReservationId) -> Steps:
        """Drive out; what is due is paid by something, left unpaid, or waived."""
        stage, lane = self.stage, self.some(EXIT, EXIT_2)
        car = stage.site.car_to(lane)
        outcome = stage.scan(lane, stage.ticket_text(chosen))
        if isinstance(outcome, ExitDue):
            self.settle_due(lane, chosen)
        stage.site.car_through(lane, car)
        if car in stage.site.lanes[lane].plant.cars:
            stage.open_barrier(lane, reservation_id=chosen)
            stage.site.car_through(lane, car)
        if car in stage.site.lanes[lane].plant.cars:
            stage.back_out(lane, car)
        yield 1

    def settle_due(self, lane: LaneName, chosen: ReservationId) -> None:
        stage = self.stage
        match self.some("card", "card", "wallet", "cash", "unpaid", "voucher"):
            case "wallet":
                proof = self.proof(self.some(*self.passes))
                stage.pay_due(chosen, proof, intent=self.name("due"), lane=lane)
            case "cash":
                self.by_kim(
                    TakeDueInCash, desk=DESK, reservation_id=chosen, intent=self.name("cash")
                )
                stage.scan(lane, stage.ticket_text(chosen))
            case "voucher" if self.codes:
                stage.site.do(
                    UseVoucher(
                        actor=DRIVER, lane=lane, reservation_id=chosen, code=self.codes.pop()
                    )
                )
            case "unpaid":
                self.meets(SimulatedFault.DECLINED)
                stage.pay_due(chosen, CARD, intent=self.name("due"), lane=lane)
                self.leave_unpaid(lane, chosen)
            case _:
                self.fault()
                stage.pay_due(chosen, CARD, intent=self.name("due"), lane=lane)
                stage.wait(seconds=20)

    def leave_unpaid(self, lane: LaneName, chosen: ReservationId) -> None:
        offered = self.stage.site.do(OfferLeaving(actor=DRIVER, lane=lane, reservation_id=chosen))
        if isinstance(offered, LeavingOffered):
            left = self.stage.site.do(
                LeaveUnpaid(actor=DRIVER, lane=lane, reservation_id=chosen, agreed=offered.amount)
            )
            if isinstance(left, LeftUnpaid):
                self.debts.append(left.code)


def live(folder: Path, seed: int) -> None:
    """One day that somebody kills; at the latest it is killed when it is over."""
    authorises = seed % 2 == 1
    stage = Stage(folder, file=read_site_file(folder / "busy.toml"), authorises=authorises)
    way = OwnProcess(folder / BOOKS)
    simulator = SimulatorAdapter(way, authorises=authorises)
    assert simulator.health()
    stage.site.simulator = simulator
    stage.site.core.adapters = {"simulator": simulator}
    with open(folder / SAID, "wb", buffering=0) as said:
        said.write(f"{os.getpid()} {way.pid}\n".encode())
        tell_all(stage, said.fileno())
        BusyDay(stage, seed=seed).run()
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Begin a day for each line "FOLDER SEED" of the standard input, in a process of its own."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        folder, seed = line.split()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                live(Path(folder), int(seed))
            except BaseException:
                (Path(folder) / BROKEN).write_text(traceback.format_exc(), "utf-8")
                raise
            finally:
                os._exit(1)


if __name__ == "__main__":
    main()
