"""A busy day on a small site, in virtual time at full speed, that somebody else kills.

    python -m tests.fault_killed.busy_day

begins one for each line "FOLDER SEED" of its input. The site and its provider, a process of its
own over real HTTP, work on the files of FOLDER; everything that is said goes into the named pipe
FOLDER/said (said.py), after the numbers of both processes.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from typing import Any

from kiosk.app.config import SiteFile, read_site_file
from kiosk.domain.debt_outcomes import LeavingOffered, LeftUnpaid
from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.life_outcomes import CancellationPriced, Changed, ChangeKept
from kiosk.domain.outcomes import (
    ExitDue,
    PaymentInDoubt,
    PaymentRunning,
    Reserved,
)
from kiosk.domain.payout_outcomes import RunProposed, RunReleased
from kiosk.domain.till_outcomes import TillShown
from kiosk.domain.time import Window
from kiosk.domain.validation import Given, ValidationKind
from kiosk.payments.simulator import SimulatedFault, SimulatorAdapter
from kiosk.payments.simulator.process import OwnProcess
from kiosk.services.after_commands import GiveGoodwill, RefundStay
from kiosk.services.approvals import Proof
from kiosk.services.commands import (
    Actor,
    ActorKind,
    CancelReservation,
    PayRefundInCash,
    Reserve,
    TopUpWallet,
    WalletProof,
)
from kiosk.services.debt_commands import CashAtDesk, LeaveUnpaid, OfferLeaving, PayDebt
from kiosk.services.life_commands import (
    ChangeReservation,
    PayChange,
    PriceCancellation,
    TakeDueInCash,
)
from kiosk.services.payer_commands import UseVoucher, ValidateStay
from kiosk.services.payout_commands import (
    ApprovePayoutRun,
    NotePayoutResults,
    ProposePayoutRun,
    ReleasePayoutRun,
)
from kiosk.services.till_commands import CloseShift, OpenShift, PayOutWallet, ShowTill
from kiosk.services.vouchers import VOUCHER_LENGTH, make_vouchers
from tests.fakes.stage import (
    CARD,
    DESK_PIN,
    DRIVER,
    DRIVER_PIN,
    ENTRY,
    EXIT,
    EXIT_2,
    KIM,
    SITE_FILE,
    Stage,
    found,
    small_site,
)
from tests.fakes.stage import euro as money
from tests.fault_killed.said import tell_all
from tests.services.fleets import add_fleet

DESK = "desk-1"
SAID, BOOKS = "said", "site.simulator.jsonl"
ACCOUNT = "DE89370400440532013000"
CUSTOMERS = 14
FAULTS = [
    fault
    for fault in SimulatedFault
    if fault not in {SimulatedFault.ANSWER_LATE, SimulatedFault.UNREACHABLE}
]
"""All that a real provider's process can do at once."""

Steps = Iterator[float]
"""A customer's life: how many minutes until the next step."""


def busy_file(folder: Path) -> SiteFile:
    """The small site with shifts, accounts of its owners, and payouts from one euro on."""
    text = SITE_FILE.read_text(encoding="utf-8")
    text = text.replace("shifts = false", "shifts = true")
    text = text.replace("tariffs/", f"{SITE_FILE.parent}/tariffs/")
    for owner in ("Always", "Nights"):
        text = text.replace(f'name = "{owner}"', f'name = "{owner}"\niban = "{ACCOUNT}"')
    text += f'\n[operator]\niban = "{ACCOUNT}"\n[payouts]\nminimum_minor = 100\n'
    path = folder / "busy.toml"
    path.write_text(text, encoding="utf-8")
    return read_site_file(path)


def busy_founded(folder: Path) -> Path:
    """The folder of such a site on its first day: its float is counted, wallets are filled."""
    found(small_site(), folder)
    stage = Stage(folder, file=busy_file(folder))
    stage.site.do(
        OpenShift(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk=DESK,
            counted=money(20_000),
            intent="shift-0",
        )
    )
    add_fleet(stage, limit_minor=5000)
    core = stage.site.core
    with core.store.transaction() as tx:
        shop = tx.shops.add(name="Bakery", address="Road 2", tax_number="DE2")
        codes = [core.random_code(VOUCHER_LENGTH) for _ in range(20)]
        given = Given(ValidationKind.AMOUNT, 100)
        make_vouchers(
            core, tx, shop, given=given, codes=codes, expires_at=stage.now + timedelta(days=30)
        )
    wallets = [stage.wallet(minor, name=name) for minor, name in ((3000, "Ada"), (900, "Bo"))]
    (folder / "codes.txt").write_text("\n".join(codes), encoding="ascii")
    (folder / "passes.txt").write_text(
        "\n".join(f"{each.pass_code} {each.account}" for each in wallets), encoding="ascii"
    )
    stage.close()
    return folder


class BusyDay:
    """The customers of a day, each at another step of a stay, and a desk that is never idle."""

    def __init__(self, stage: Stage, *, seed: int) -> None:
        self.stage = stage
        self.seed = seed
        self.random = random.Random(seed)
        folder = stage.folder
        self.passes = [
            line.split()[0] for line in (folder / "passes.txt").read_text("ascii").splitlines()
        ]
        self.codes = (folder / "codes.txt").read_text("ascii").split()
        self.left: list[ReservationId] = []
        self.debts: list[str] = []
        self._numbers = count(1)
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
        heappush(self._agenda, (at, next(self._numbers), steps))

    # -- the words of this day

    def name(self, what: str) -> str:
        """The name of one press of a button; no other life uses it."""
        return f"{what}-{self.seed}-{next(self._numbers)}"

    def some(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def fault(self) -> None:
        """Now and then the provider misbehaves at the next request."""
        if self.random.random() < 0.4:
            self.stage.fault_next(self.random.choice(FAULTS))

    def method(self) -> Any:
        """A card, a wallet or the fleet's pass."""
        self.fault()
        passes = [*self.passes, "fffffff2"]
        pass_code = self.some(*passes)
        wallet = self.proof(pass_code)
        return self.some(CARD, CARD, CARD, wallet)

    def proof(self, pass_code: str) -> WalletProof:
        return WalletProof(pass_code, DRIVER_PIN)

    def by_kim(self, command: type[Any], **more: Any) -> Any:
        """Kim does something at the desk."""
        return self.stage.site.do(command(actor=KIM, attendant_id=self.stage.attendant_id, **more))

    # -- drivers

    def reserve(self, minutes: int, *, starts_at: datetime | None = None) -> Reserved | None:
        for space in self.random.sample(range(1, 6), 5):
            reserved = self.stage.site.do(
                Reserve(
                    actor=DRIVER,
                    space_id=space,  # type: ignore[arg-type]
                    duration_minutes=minutes,
                    plate=f"B {next(self._numbers)} {self.seed}",
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
                stage.fault_next(SimulatedFault.DECLINED)
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

    # -- the desk

    def desk(self) -> Steps:
        """Cash onto wallets and out of them, later refunds, debts, and a shift that changes."""
        deeds: list[Callable[[], object]] = [
            self.top_up,
            self.top_up,
            self.pay_out,
            self.refund,
            self.refund,
            self.goodwill,
            self.take_debt,
            self.change_shift,
        ]
        for _ in range(26):
            yield self.some(5, 15, 25)
            self.random.choice(deeds)()

    def top_up(self) -> None:
        self.by_kim(
            TopUpWallet,
            desk=DESK,
            pass_code=self.some(*self.passes),
            amount=money(self.some(500, 1000)),
            intent=self.name("top-up"),
        )

    def pay_out(self) -> None:
        self.by_kim(
            PayOutWallet,
            desk=DESK,
            pass_code=self.some(*self.passes),
            pin=DRIVER_PIN,
            amount=money(200),
            intent=self.name("pay-out"),
        )

    def refund(self) -> None:
        if not self.left:
            return
        chosen = self.some(*self.left)
        self.fault()
        self.stage.site.do(
            RefundStay(
                actor=KIM,
                proof=Proof(self.stage.attendant_id, DESK_PIN),
                reservation_id=chosen,
                amount=money(self.some(20, 100)),
                is_goodwill=self.some(True, False),
                reason="rain",
                intent=self.name("refund"),
            )
        )
        self.by_kim(PayRefundInCash, desk=DESK, reservation_id=chosen)

    def goodwill(self) -> None:
        self.stage.site.do(
            GiveGoodwill(
                actor=KIM,
                proof=Proof(self.stage.attendant_id, DESK_PIN),
                pass_code=self.some(*self.passes),
                amount=money(150),
                reason="rain",
                intent=self.name("goodwill"),
            )
        )

    def take_debt(self) -> None:
        if not self.debts:
            return
        self.fault()
        method = self.some(
            CashAtDesk(DESK, self.stage.attendant_id),
            CARD,
            self.proof(self.passes[0]),
        )
        code = self.debts.pop()
        self.stage.site.do(PayDebt(actor=KIM, code=code, method=method, intent=self.name("debt")))

    def change_shift(self) -> None:
        shown = self.by_kim(ShowTill, desk=DESK)
        assert isinstance(shown, TillShown)
        counted = max(shown.in_till.minor - self.some(0, 0, 5), 0)
        self.by_kim(
            CloseShift,
            desk=DESK,
            counted=money(counted),
            left=money(min(counted, 15_000)),
            intent=self.name("close"),
        )
        self.by_kim(
            OpenShift,
            desk=DESK,
            counted=money(min(counted, 15_000)),
            intent=self.name("open"),
        )

    def payouts(self) -> Steps:
        """A day later what was earned is proposed, approved, released and answered."""
        for hours in (27, 2, 2):
            yield hours * 60
            operator = Actor(ActorKind.CLOCK, "operator")
            outcome = self.stage.site.do(ProposePayoutRun(actor=operator, cutoff=self.stage.now))
            if not isinstance(outcome, RunProposed):
                continue
            yield 1
            run = outcome.run
            self.by_kim(ApprovePayoutRun, run_id=run.id, pin=DESK_PIN)
            yield 1
            released = self.by_kim(ReleasePayoutRun, run_id=run.id)
            yield 1
            if isinstance(released, RunReleased):
                first = released.run.payouts[0].end_to_end
                rejected = self.some((), ((first, "closed"),))
                self.by_kim(
                    NotePayoutResults, run_id=run.id, rejected=rejected, are_others_paid=True
                )


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
            finally:
                os._exit(1)


if __name__ == "__main__":
    main()
