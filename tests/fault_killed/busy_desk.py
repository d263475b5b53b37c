"""What an attendant does on a busy day: cash, refunds, debts, shifts, and payouts a day later."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.domain.payout_outcomes import RunProposed, RunReleased
from kiosk.domain.till_outcomes import TillShown
from kiosk.services.after_commands import GiveGoodwill, RefundStay
from kiosk.services.approvals import Proof
from kiosk.services.commands import (
    Actor,
    ActorKind,
    PayRefundInCash,
    TopUpWallet,
)
from kiosk.services.debt_commands import CashAtDesk, PayDebt
from kiosk.services.payout_commands import (
    ApprovePayoutRun,
    NotePayoutResults,
    ProposePayoutRun,
    ReleasePayoutRun,
)
from kiosk.services.till_commands import CloseShift, OpenShift, PayOutWallet, ShowTill
from tests.fakes.stage import (
    CARD,
    DESK_PIN,
    DRIVER_PIN,
    KIM,
)
from tests.fakes.stage import euro as money
from tests.fault_killed.busy_site import DESK, Busy, Steps


class BusyDesk(Busy):
    """A desk that is never idle."""

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
