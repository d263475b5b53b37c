"""A refund of a stay that is not all paid lowers its debt first; only the rest goes back."""

from __future__ import annotations

import pytest

from kiosk.domain.debt_outcomes import DebtPaid, DebtUnknown
from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import RefundPaid
from kiosk.payments.simulator.faults import SimulatedFault
from kiosk.services.commands import PayRefundInCash
from kiosk.services.debt_commands import CashAtDesk, WriteOffDebt
from tests.fakes.payments_back import too_much_back
from tests.fakes.stage import CARD, KIM, Stage, Wallet
from tests.services.after import charged_back, decide, parties, refund, split_of
from tests.services.after import left as left_paid
from tests.services.test_leaving_unpaid import left, pay
from tests.services.test_owner_is_merchant import make_owners_merchants


def left_owing(stage: Stage, ada: Wallet) -> tuple[str, ReservationId]:
    """A stay of 6.00 of which 4.80 are paid; the code of the debt."""
    outcome = left(stage, ada, SimulatedFault.DECLINED)
    return outcome.code, outcome.covered.bill.reservation_id


def owed(stage: Stage, reservation_id: ReservationId) -> tuple[int, int]:
    """What drivers owe, and what of it nobody has a share of yet."""
    books = stage.books()
    return -books.get("receivable:driver", 0), books.get(f"uncollected:{reservation_id}", 0)


def give_up(stage: Stage, code: str) -> object:
    return stage.site.do(
        WriteOffDebt(actor=KIM, attendant_id=stage.attendant_id, code=code, reason="abroad")
    )


def test_what_is_refunded_need_not_be_paid_and_the_rest_is_shared_at_the_new_total(
    stage: Stage, ada: Wallet
) -> None:
    code, stay = left_owing(stage, ada)

    refund(stage, stay, 7)
    then, had = owed(stage, stay), parties(stage)
    outcome = pay(stage, code, ada.proof)

    assert (then, had) == ((113, 113), split_of(stage, stay, 480))
    assert isinstance(outcome, DebtPaid)
    assert outcome.amount.minor == 113
    assert owed(stage, stay) == (0, 0)
    assert parties(stage) == split_of(stage, stay, 593)
    assert stage.books()[ada.account] == 2000 - 593
    assert stage.wrong() == []


def test_a_refund_beyond_the_debt_ends_it_and_gives_the_rest_back(
    stage: Stage, ada: Wallet
) -> None:
    code, stay = left_owing(stage, ada)

    refund(stage, stay, 200)

    assert owed(stage, stay) == (0, 0)
    assert parties(stage) == split_of(stage, stay, 400)
    assert stage.books()[ada.account] == 2000 - 400
    assert pay(stage, code, ada.proof) == give_up(stage, code) == DebtUnknown()
    assert stage.wrong() == []


def test_all_of_a_stay_can_be_taken_back_paid_or_not(stage: Stage, ada: Wallet) -> None:
    _, stay = left_owing(stage, ada)

    refund(stage, stay, 600)

    assert stage.books()[ada.account] == 2000
    assert (owed(stage, stay), parties(stage)) == ((0, 0), (0, 0, 0, 0))


def test_what_is_left_of_a_lowered_debt_is_written_off(stage: Stage, ada: Wallet) -> None:
    code, stay = left_owing(stage, ada)

    refund(stage, stay, 50)
    give_up(stage, code)
    given_up = owed(stage, stay), parties(stage)
    refund(stage, stay, 7)

    assert given_up == ((0, 0), split_of(stage, stay, 480))
    assert parties(stage) == split_of(stage, stay, 473)
    assert stage.books()[ada.account] == 2000 - 473
    assert stage.wrong() == []


def test_goodwill_pays_a_debt_for_the_driver_and_everyone_has_a_share_of_it(
    stage: Stage, ada: Wallet
) -> None:
    code, stay = left_owing(stage, ada)

    refund(stage, stay, 50, is_goodwill=True)
    then, had = owed(stage, stay), parties(stage)
    pay(stage, code, ada.proof)

    assert (then, had) == ((70, 70), split_of(stage, stay, 530))
    assert stage.books()["goodwill"] == -50
    assert parties(stage) == split_of(stage, stay, 600)
    assert stage.books()[ada.account] == 2000 - 550


@pytest.mark.parametrize("is_goodwill", [False, True])
def test_what_a_provider_could_not_collect_is_set_off_against_what_its_driver_owes(
    authorising: Stage, is_goodwill: bool
) -> None:
    stage = authorising
    stage.site.simulator.fault_next(SimulatedFault.DECLINED, kind="capture")
    ticket = left_paid(stage, CARD)
    stage.wait(seconds=3)
    stay, before = ticket.reservation_id, owed(stage, ticket.reservation_id)
    (code,) = (str(code) for (code,) in stage.sql("SELECT code FROM debt"))

    refund(stage, stay, 100, is_goodwill=is_goodwill)
    stage.wait(seconds=3)
    then = owed(stage, stay)
    pay(stage, code, stage.wallet().proof)

    assert (before, then, owed(stage, stay)) == ((480, 0), (380, 0), (0, 0))
    assert parties(stage) == split_of(stage, stay, 480 if is_goodwill else 380)
    assert f"refund-due:{stay}" not in stage.books()
    assert stage.site.simulator.total("refund", "EUR").minor == 0
    assert stage.wrong() == []


def cut_to_half(stage: Stage) -> ReservationId:
    """4.80 of which 1.00 is refunded before only 2.40 of it are collected: 1.40 are owed."""
    faults = SimulatedFault.UNREACHABLE, SimulatedFault.PARTIAL
    stage.site.simulator.fault_next(*faults, kind="capture")
    stay = left_paid(stage, CARD).reservation_id
    refund(stage, stay, 100)
    stage.wait(minutes=5)
    assert owed(stage, stay) == (140, 0)
    return stay


def test_what_came_off_a_debt_leaves_all_that_its_card_has_paid_to_be_given_back(
    authorising: Stage,
) -> None:
    stage = authorising
    stay = cut_to_half(stage)

    refund(stage, stay, 380)
    stage.wait(minutes=5)

    assert (owed(stage, stay), parties(stage)) == ((0, 0), (0, 0, 0, 0))
    provider = stage.site.simulator
    assert [provider.total(kind, "EUR").minor for kind in ("capture", "refund")] == [240, 240]
    assert (too_much_back(stage), stage.wrong()) == ([], [])


def test_a_bank_takes_from_the_parties_what_its_card_has_paid_beside_that(
    authorising: Stage,
) -> None:
    stage = authorising
    stay = cut_to_half(stage)
    ((code,),) = stage.sql("SELECT code FROM debt")
    pay(stage, str(code), stage.wallet().proof)

    decide(stage, charged_back(stage, stay, 240), is_lost=True)

    assert parties(stage) == split_of(stage, stay, 140)
    assert "chargeback-loss" not in stage.books()


def test_what_came_off_a_debt_was_refused_by_no_provider_and_holds_no_cash(
    authorising: Stage,
) -> None:
    stage = authorising
    stage.wallet()  # opens the shift
    stay = cut_to_half(stage)
    ((code,),) = stage.sql("SELECT code FROM debt")
    pay(stage, str(code), CashAtDesk("desk-1", stage.attendant_id))
    refund(stage, stay, 50)
    charged_back(stage, stay, 240)

    paid = stage.site.do(
        PayRefundInCash(
            actor=KIM, attendant_id=stage.attendant_id, desk="desk-1", reservation_id=stay
        )
    )

    assert isinstance(paid, RefundPaid), paid
    assert stage.sql("SELECT 1 FROM held_refund") == []


@pytest.mark.parametrize("merchant", ["operator", "owner"])
@pytest.mark.parametrize(
    ("fault", "back"), [(SimulatedFault.DECLINED, 0), (SimulatedFault.PARTIAL, 60)]
)
def test_a_refund_that_was_granted_before_its_capture_fails_is_off_that_debt_too(
    authorising: Stage, fault: SimulatedFault, back: int, merchant: str
) -> None:
    stage = authorising
    if merchant == "owner":
        make_owners_merchants(stage)
    stage.site.simulator.fault_next(SimulatedFault.UNREACHABLE, fault, kind="capture")
    stay = left_paid(stage, CARD).reservation_id

    refund(stage, stay, 300)
    stage.wait(minutes=5)
    stage.wait(minutes=5)

    captured = stage.site.simulator.total("capture", "EUR").minor
    assert owed(stage, stay) == (180 - (captured - back), 0)
    assert f"refund-due:{stay}" not in stage.books()
    assert stage.site.simulator.total("refund", "EUR").minor == back
    assert too_much_back(stage) == []
    assert stage.wrong() == []
    claim = "psp:operator" if merchant == "owner" else "psp:simulator"
    rest = {"receivable:driver": -180} if not captured else {claim: -180}
    assert stage.books() == {"owner:1": 130, "commission": 27, "vat": 5, "manager": 18, **rest}
