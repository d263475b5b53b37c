"""Whatever drivers, cards, attendants and power cuts do in whatever order, the books are right."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain import ledger
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.outcomes import Reserved
from kiosk.payments.simulator import SimulatedFault
from kiosk.services.commands import CancelReservation, Reserve
from kiosk.services.library import renew_space
from tests.fakes.stage import CARD, DRIVER, ENTRY, EXIT, EXIT_2, Stage, Wallet

Act = Callable[["History"], object]
FAULTS = [fault for fault in SimulatedFault if fault is not SimulatedFault.PARTIAL]
LANES = [ENTRY, EXIT, EXIT_2]


class History:
    """A site with two wallets, and what was reserved in it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.wallets = [stage.wallet(2000), stage.wallet(500, name="Bo")]
        self.reserved: list[ReservationId] = []

    def pick(self, number: int) -> ReservationId | None:
        return self.reserved[-1 - number % len(self.reserved)] if self.reserved else None

    def wallet(self, number: int) -> Wallet:
        return self.wallets[number % 2]


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
        lambda history, chosen: history.stage.pay_deposit(chosen, history.wallet(payer).proof),
    )


def pay_by_card(number: int, faults: list[SimulatedFault]) -> Act:
    def do(history: History, chosen: ReservationId) -> None:
        history.stage.site.simulator.fault_next(*faults)
        history.stage.pay_deposit(chosen, CARD)

    return with_one(number, do)


def pay_due(number: int, payer: int, lane: int) -> Act:
    def do(history: History, chosen: ReservationId) -> None:
        method = history.wallet(payer).proof if payer < 2 else CARD
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


NUMBERS = st.integers(0, 3)
ACTS = st.one_of(
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
)


def books_are_right(stage: Stage) -> None:
    """Every cent has one place, and each place is what its transfers say."""
    with stage.site.core.store.reading() as tx:
        balances = tx.ledger.balances()
        transfers = [each for _, journal in tx.ledger.journals() for each in journal.transfers]
    owed = {each.account: each.owed.minor for each in balances}
    moved = dict.fromkeys(owed, 0)
    for transfer in transfers:
        moved[transfer.debit] -= transfer.amount.minor
        moved[transfer.credit] += transfer.amount.minor
    assert sum(owed.values()) == 0
    assert owed == moved
    assert all(minor >= 0 for name, minor in owed.items() if ledger.kind_of(name).is_guarded)


def state_and_money_agree(stage: Stage, reservation_id: ReservationId) -> None:
    """Escrow holds the quote while the stay is owed, and nothing once it is settled.

    A car that came back was settled when it left.
    """
    reservation, books = stage.reservation(reservation_id), stage.books()
    in_escrow = books.get(ledger.escrow(reservation_id), 0)
    to_driver = books.get(ledger.refund_due(reservation_id), 0)
    match reservation.state.value:
        case "confirmed" | "arrived" if not stage.receipts(reservation_id):
            assert in_escrow >= reservation.quote.minor
        case "confirmed" | "arrived":
            pass
        case _:
            assert in_escrow == 0
    assert to_driver == 0, "every refund has reached its driver by now"


def provider_agrees(stage: Stage) -> None:
    """What we claim from the card provider is what it counts itself."""
    simulator = stage.site.simulator
    claim = simulator.total("collect", "EUR") - simulator.total("refund", "EUR")
    assert -stage.books().get("psp:simulator", 0) == claim.minor


def gaps_are_what_a_rebuild_gives(stage: Stage) -> None:
    before = stage.gaps()
    with stage.site.core.store.transaction() as tx:
        for space in tx.library.spaces():
            renew_space(stage.site.core, tx, space.id)
    assert stage.gaps() == before


def play(founded: Path, acts: list[Act]) -> None:
    with TemporaryDirectory() as name:
        shutil.copy(founded, name)
        with closing(Stage(Path(name))) as stage:
            history = History(stage)
            for act in acts:
                act(history)
                books_are_right(stage)
            stage.wait(seconds=10)  # what is queued or in doubt is sent and asked again
            stage.wait(seconds=10)
            stage.wait(seconds=10)
            books_are_right(stage)
            provider_agrees(stage)
            for reservation_id in history.reserved:
                state_and_money_agree(stage, reservation_id)
            gaps_are_what_a_rebuild_gives(stage)


@settings(max_examples=20)
@given(acts=st.lists(ACTS, min_size=4, max_size=25))
def test_after_any_history_books_states_provider_and_gaps_agree(
    founded: Path, acts: list[Act]
) -> None:
    play(founded, acts)
