"""Acts of drivers, cards, attendants and power cuts; what is true then: history_truths.py."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from kiosk.domain.after_outcomes import ChargebackOpened, DisputeOpened
from kiosk.domain.debt_outcomes import LeavingOffered
from kiosk.domain.disputes import DisputeKind
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.outcomes import Reserved
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.after_commands import CloseDispute, OpenDispute
from kiosk.services.commands import CancelReservation, CardPresented, Reserve, WalletProof
from kiosk.services.debt_commands import (
    CashAtDesk,
    LeaveUnpaid,
    OfferLeaving,
    PayDebt,
    WriteOffDebt,
)
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, EXIT_2, KIM, Stage, euro
from tests.services.after import ask_chargeback, ask_refund, decide, proof
from tests.services.fleets import add_fleet
from tests.services.moving import close, reopen
from tests.services.till import Till, with_site

Act = Callable[["History"], object]
# A provider that names another amount than it moved is found at night (test_reconciling.py).
FAULTS = [fault for fault in SimulatedFault if fault is not SimulatedFault.WRONG_AMOUNT]
LANES = [ENTRY, EXIT, EXIT_2]


class History:
    """A site with two wallets, and what was reserved in it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.wallets = [stage.wallet(2000), stage.wallet(500, name="Bo")]
        self.fleet = add_fleet(stage, limit_minor=1_500)
        self.till = Till(stage)
        self.reserved: list[ReservationId] = []
        self.cases = 0

    def pick(self, number: int) -> ReservationId | None:
        return self.reserved[-1 - number % len(self.reserved)] if self.reserved else None

    def proof(self, number: int) -> WalletProof:
        """One of two wallets, or the pass of a fleet."""
        return [*(wallet.proof for wallet in self.wallets), self.fleet.proof][number % 3]


def reserve(space: int, minutes: int, car: int) -> Act:
    def act(history: History) -> None:
        outcome = history.stage.site.do(
            Reserve(
                actor=DRIVER,
                space_id=SpaceId(space),
                duration_minutes=minutes,
                plate=f"B AB {car}",
            )
        )
        if isinstance(outcome, Reserved):
            history.reserved.append(outcome.reservation_id)

    return act


def with_one(number: int, do: Callable[[History, ReservationId], object]) -> Act:
    """An act on one of the latest reservations, when there is any."""

    def act(history: History) -> None:
        reservation_id = history.pick(number)
        if reservation_id is not None:
            do(history, reservation_id)

    return act


def pay(number: int, payer: int) -> Act:
    return with_one(
        number,
        lambda history, chosen: history.stage.pay_deposit(chosen, history.proof(payer)),
    )


def pay_by_card(number: int, faults: list[SimulatedFault]) -> Act:
    def do(history: History, chosen: ReservationId) -> None:
        if faults:
            history.stage.fault_next(*faults)
        history.stage.pay_deposit(chosen, CARD)

    return with_one(number, do)


def pay_due(number: int, payer: int, lane: int) -> Act:
    def do(history: History, chosen: ReservationId) -> None:
        method = history.proof(payer) if payer < 3 else CARD
        history.stage.pay_due(chosen, method, lane=LANES[1 + lane % 2])

    return with_one(number, do)


def cancel(number: int) -> Act:
    return with_one(
        number,
        lambda history, chosen: history.stage.site.do(
            CancelReservation(actor=DRIVER, reservation_id=chosen)
        ),
    )


def drive(number: int, lane: int, *, is_leaving: bool) -> Act:
    """Scan in a lane; then drive through or back out, and leave no car in the way."""

    def do(history: History, chosen: ReservationId) -> None:
        stage, name = history.stage, LANES[lane]
        text = stage.ticket_text(chosen)
        car = stage.site.car_to(name)
        stage.scan(name, text)
        if is_leaving:
            stage.site.car_through(name, car)
        if car in stage.site.lanes[name].plant.cars:
            stage.back_out(name, car)

    return with_one(number, do)


def by_hand(number: int, lane: int) -> Act:
    def do(history: History, chosen: ReservationId) -> None:
        stage, name = history.stage, LANES[lane]
        car = stage.site.car_to(name)
        stage.open_barrier(name, reservation_id=chosen)
        stage.site.car_through(name, car)

    return with_one(number, do)


def wait(minutes: int) -> Act:
    return lambda history: history.stage.wait(minutes=minutes)


def restart(history: History) -> None:
    history.stage.restart()


def trouble(kind: str, fault: SimulatedFault) -> Act:
    """The provider fails when we want something of it that no driver waits for."""
    return lambda history: history.stage.site.simulator.fault_next(fault, kind=kind)


def leave_unpaid(number: int, lane: int, fault: SimulatedFault) -> Act:
    """The car owes something at the exit, its card fails, and it leaves."""

    def do(history: History, chosen: ReservationId) -> None:
        stage, name = history.stage, LANES[1 + lane % 2]
        car = stage.site.car_to(name)
        stage.scan(name, stage.ticket_text(chosen))
        stage.fault_next(fault)
        stage.pay_due(chosen, CARD, lane=name)
        offered = stage.site.do(OfferLeaving(actor=DRIVER, lane=name, reservation_id=chosen))
        if isinstance(offered, LeavingOffered):
            stage.site.do(
                LeaveUnpaid(actor=DRIVER, lane=name, reservation_id=chosen, agreed=offered.amount)
            )
        stage.site.car_through(name, car)
        if car in stage.site.lanes[name].plant.cars:
            stage.back_out(name, car)

    return with_one(number, do)


def stay(
    space: int,
    payer: int,
    minutes: int,
    faults: list[SimulatedFault],
    at_exit: SimulatedFault | None,
) -> Act:
    """What histories rarely find by chance: one who comes, pays, parks, and wants to leave."""

    def act(history: History) -> None:
        stage, before = history.stage, len(history.reserved)
        reserve(space, 60, space)(history)
        if len(history.reserved) == before:
            return
        chosen = history.reserved[-1]
        if faults:  # none at all would end the trouble that waits
            stage.fault_next(*faults)
        stage.pay_deposit(chosen, history.proof(payer) if payer < 3 else CARD)
        stage.wait(seconds=10)
        drive(0, 0, is_leaving=True)(history)
        if not minutes:
            return
        stage.wait(minutes=minutes)
        if at_exit is None:
            drive(0, 1, is_leaving=True)(history)
        else:
            leave_unpaid(0, 0, at_exit)(history)

    return act


def two_owners(
    payer: int, minutes: int, after: int, at_exit: SimulatedFault | None, then: list[Act]
) -> Act:
    """A car leaves, comes back onto another owner's space, leaves again, and then more happens."""

    def act(history: History) -> None:
        stage, before = history.stage, len(history.reserved)
        stay(1, payer, minutes, [], None)(history)
        if len(history.reserved) == before:
            return
        close(stage)
        drive(0, 0, is_leaving=True)(history)
        stage.wait(minutes=after)
        if at_exit is None:
            drive(0, 1, is_leaving=True)(history)
        else:
            leave_unpaid(0, 0, at_exit)(history)
        reopen(stage)
        for each in then:
            each(history)

    return act


def pay_debt(payer: int, *, is_written_off: bool) -> Act:
    """The oldest debt is paid, or given up."""

    def act(history: History) -> None:
        stage = history.stage
        with stage.site.core.store.reading() as tx:
            debts = tx.debts.open()
        if not debts:
            return
        code, kim = debts[0].code, stage.attendant_id
        if is_written_off:
            stage.site.do(WriteOffDebt(actor=KIM, attendant_id=kim, code=code, reason="gone"))
            return
        methods: list[CashAtDesk | CardPresented | WalletProof] = [
            CashAtDesk("desk-1", kim),
            CARD,
            history.proof(0),
        ]
        stage.site.do(
            PayDebt(actor=KIM, code=code, method=methods[payer % 3], intent=stage.intent())
        )

    return act


def refund(number: int, minor: int, *, is_goodwill: bool) -> Act:
    """Kim gives a part of a stay back after it was settled."""
    return with_one(
        number,
        lambda history, chosen: ask_refund(history.stage, chosen, minor, is_goodwill=is_goodwill),
    )


def dispute(number: int, minor: int | None) -> Act:
    """A driver disputes, and Kim decides at once."""

    def do(history: History, chosen: ReservationId) -> None:
        stage = history.stage
        opened = stage.site.do(
            OpenDispute(
                actor=KIM,
                attendant_id=stage.attendant_id,
                reservation_id=chosen,
                kind=DisputeKind.CHARGES,
                words="too much",
            )
        )
        if isinstance(opened, DisputeOpened):
            stage.site.do(
                CloseDispute(
                    actor=KIM,
                    proof=proof(stage),
                    dispute_id=opened.dispute.id,
                    refund=None if minor is None else euro(minor),
                    words="looked at",
                )
            )

    return with_one(number, do)


def charge_back(number: int, minor: int, verdicts: list[bool]) -> Act:
    """Some time the driver's bank takes something back, and decides, and turns its mind."""

    def do(history: History, chosen: ReservationId) -> None:
        history.cases += 1
        opened = ask_chargeback(history.stage, chosen, minor, reference=f"case-{history.cases}")
        if isinstance(opened, ChargebackOpened):
            for is_lost in verdicts:
                decide(history.stage, opened.chargeback, is_lost=is_lost)

    return with_one(number, do)


def keep_shift(counted: int, *, is_opened: bool) -> Act:
    """Kim counts the till, right or wrong."""

    def act(history: History) -> None:
        with_site(history.stage, keeps_shifts=True)
        if is_opened:
            history.till.open(counted)
        else:
            history.till.close(max(history.till.holds + counted - 100, 0))

    return act


NUMBERS = st.integers(0, 3)
FAULT_AT_EXIT = st.sampled_from(
    [
        SimulatedFault.DECLINED,
        SimulatedFault.UNREACHABLE,
        SimulatedFault.ANSWER_LOST_AFTER_DOING,
        SimulatedFault.ANSWER_LOST_BEFORE_DOING,
        SimulatedFault.PARTIAL,
    ]
)
SOME = st.sampled_from([1, 37, 120, 480, 2_400])
AFTERWARDS = st.one_of(
    st.builds(leave_unpaid, NUMBERS, NUMBERS, FAULT_AT_EXIT),
    st.builds(pay_debt, NUMBERS, is_written_off=st.booleans()),
    st.builds(pay_debt, NUMBERS, is_written_off=st.booleans()),
    st.builds(trouble, st.sampled_from(["capture", "refund", "release"]), FAULT_AT_EXIT),
    st.builds(refund, NUMBERS, SOME, is_goodwill=st.booleans()),
    st.builds(dispute, NUMBERS, st.one_of(st.none(), SOME)),
    st.builds(charge_back, NUMBERS, SOME, st.lists(st.booleans(), max_size=2)),
)
ANY = st.one_of(
    st.builds(reserve, st.integers(1, 5), st.sampled_from([30, 90, 600]), st.integers(1, 4)),
    st.builds(pay, NUMBERS, NUMBERS),
    st.builds(pay_by_card, NUMBERS, st.lists(st.sampled_from(FAULTS), max_size=2)),
    st.builds(drive, NUMBERS, st.integers(0, 2), is_leaving=st.booleans()),
    st.builds(drive, NUMBERS, st.integers(0, 2), is_leaving=st.just(True)),
    st.builds(pay_due, NUMBERS, NUMBERS, NUMBERS),
    st.builds(by_hand, NUMBERS, st.integers(0, 2)),
    st.builds(cancel, NUMBERS),
    st.builds(wait, st.sampled_from([1, 12, 26, 45, 200])),
    st.just(restart),
    st.builds(keep_shift, st.sampled_from([0, 100, 100, 5_000]), is_opened=st.booleans()),
)
STAY = st.builds(
    stay,
    st.integers(1, 5),
    st.sampled_from([0, 1, 2, 3, 3, 3]),
    st.sampled_from([0, 20, 70, 100, 100]),
    st.lists(st.sampled_from([*FAULTS, *[SimulatedFault.PARTIAL] * 4]), max_size=1),
    st.one_of(st.none(), FAULT_AT_EXIT),
)
TWO_OWNERS = st.builds(
    two_owners,
    NUMBERS,
    st.sampled_from([20, 35]),
    st.sampled_from([1, 8, 40]),
    st.one_of(st.none(), FAULT_AT_EXIT),
    st.lists(AFTERWARDS, min_size=1, max_size=3),
)
ACTS = st.one_of(STAY, TWO_OWNERS, AFTERWARDS, ANY)
