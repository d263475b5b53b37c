"""A shop pays a part of a stay: entered at the desk or by a voucher, posted at the exit, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.domain import ledger
from kiosk.domain.ids import ReservationId, ShopId
from kiosk.domain.ledger import Transfer
from kiosk.domain.outcomes import ExitCovered, ExitDue, NotSignedIn, TicketIssued
from kiosk.domain.payer_outcomes import (
    ShopUnknown,
    Validated,
    ValidationImpossible,
    VoucherExpired,
    VoucherUnknown,
    VoucherUsed,
)
from kiosk.domain.validation import Given, ShopPart, ValidationKind
from kiosk.services.events import VoucherPresented
from kiosk.services.payer_commands import UseVoucher, ValidateStay
from kiosk.services.vouchers import VOUCHER_LENGTH, make_vouchers
from tests.fakes.stage import DRIVER, EXIT, KIM, Stage, Wallet, euro

AMOUNT, PERCENT, MINUTES = ValidationKind.AMOUNT, ValidationKind.PERCENT, ValidationKind.MINUTES


def add_shop(stage: Stage, name: str = "Bakery") -> ShopId:
    with stage.site.core.store.transaction() as tx:
        return tx.shops.add(name=name, address="Road 2", tax_number="DE2")


def validate(stage: Stage, ticket: TicketIssued, shop_id: ShopId | None, given: Given) -> object:
    return stage.site.do(
        ValidateStay(
            actor=KIM,
            attendant_id=stage.attendant_id,
            reservation_id=ticket.reservation_id,
            shop_id=shop_id,
            given=given,
        )
    )


def voucher(stage: Stage, shop_id: ShopId | None, given: Given, *, days: int = 30) -> str:
    core = stage.site.core
    with core.store.transaction() as tx:
        expires_at = core.clock.now() + timedelta(days=days)
        code = core.random_code(VOUCHER_LENGTH)
        make_vouchers(core, tx, shop_id, given=given, codes=[code], expires_at=expires_at)
    return code


def scan_voucher(stage: Stage, ticket: TicketIssued, code: str) -> object:
    return stage.site.do(
        UseVoucher(actor=DRIVER, lane=EXIT, reservation_id=ticket.reservation_id, code=code)
    )


def overstayed(stage: Stage, ada: Wallet) -> TicketIssued:
    """A car at the exit that still owes something."""
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=170)
    stage.site.car_to(EXIT)
    assert isinstance(stage.scan(EXIT, ticket.text), ExitDue)
    return ticket


def transfers(stage: Stage, reservation_id: ReservationId) -> list[Transfer]:
    with stage.site.core.store.reading() as tx:
        return [row.transfer for row in tx.ledger.transfers_of(reservation_id)]


def test_a_shop_pays_its_part_and_the_driver_gets_that_much_more_back(
    stage: Stage, ada: Wallet
) -> None:
    shop_id = add_shop(stage)
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=55)
    told = validate(stage, ticket, shop_id, Given(AMOUNT, 150))
    assert isinstance(told, Validated)
    assert told.worth == euro(150)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == euro(240)
    assert outcome.bill.validated == (ShopPart(1, "Bakery", euro(150)),)
    assert outcome.bill.refund == euro(480 + 150 - 240)
    account, escrow = ledger.receivable_shop(shop_id), ledger.escrow(ticket.reservation_id)
    assert Transfer(account, escrow, euro(150)) in transfers(stage, ticket.reservation_id)
    refund_due = ledger.refund_due(ticket.reservation_id)
    assert Transfer(refund_due, ada.account, euro(390)) in transfers(stage, ticket.reservation_id)
    assert escrow not in stage.books()


def test_a_shop_never_pays_more_than_the_stay_costs(stage: Stage, ada: Wallet) -> None:
    shop_id = add_shop(stage)
    ticket = stage.inside(ada.proof)
    validate(stage, ticket, shop_id, Given(AMOUNT, 5_000))
    stage.wait(minutes=55)

    outcome = stage.drive(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.refund == euro(480)
    assert stage.books()[ledger.receivable_shop(shop_id)] == -240


def test_the_operators_validation_is_its_own_expense(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    validate(stage, ticket, None, Given(PERCENT, 5_000))
    stage.wait(minutes=55)

    stage.drive(EXIT, ticket.text)

    assert stage.books()[ledger.PROMO] == -120


def test_a_validation_is_posted_once_though_the_stay_is_settled_again(
    stage: Stage, ada: Wallet
) -> None:
    shop_id = add_shop(stage)
    ticket = stage.inside(ada.proof)
    validate(stage, ticket, shop_id, Given(AMOUNT, 100))
    stage.wait(minutes=55)
    car = stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)
    stage.back_out(EXIT, car)
    stage.wait(minutes=120)

    stage.site.car_to(EXIT)
    due = stage.scan(EXIT, ticket.text)
    assert isinstance(due, ExitDue)
    outcome = stage.pay_due(ticket.reservation_id, ada.proof)

    assert isinstance(outcome, ExitCovered)
    assert stage.books()[ledger.receivable_shop(shop_id)] == -100
    assert stage.wrong() == []


def test_a_voucher_at_the_exit_pays_what_is_due_and_opens(stage: Stage, ada: Wallet) -> None:
    shop_id = add_shop(stage)
    code = voucher(stage, shop_id, Given(AMOUNT, 10_000))
    ticket = overstayed(stage, ada)

    outcome = scan_voucher(stage, ticket, f"V1/{code.upper()}")

    assert isinstance(outcome, ExitCovered)
    stage.wait(seconds=5)
    assert stage.is_arm_up(EXIT)


def test_a_voucher_that_does_not_cover_all_leaves_the_rest_due(stage: Stage, ada: Wallet) -> None:
    shop_id = add_shop(stage)
    code = voucher(stage, shop_id, Given(AMOUNT, 10))
    ticket = overstayed(stage, ada)
    before = stage.scan(EXIT, ticket.text)
    assert isinstance(before, ExitDue)

    outcome = scan_voucher(stage, ticket, code)

    assert isinstance(outcome, ExitDue)
    assert outcome.bill.due == before.bill.due - euro(10)


def test_a_voucher_is_good_once(stage: Stage, ada: Wallet) -> None:
    shop_id = add_shop(stage)
    code = voucher(stage, shop_id, Given(AMOUNT, 10))
    ticket = overstayed(stage, ada)
    scan_voucher(stage, ticket, code)

    assert scan_voucher(stage, ticket, code) == VoucherUsed()


def test_a_voucher_has_an_end_and_an_unknown_one_counts_as_a_bad_try(
    stage: Stage, ada: Wallet
) -> None:
    shop_id = add_shop(stage)
    code = voucher(stage, shop_id, Given(AMOUNT, 10), days=1)
    stage.wait(minutes=24 * 60)
    ticket = overstayed(stage, ada)

    assert isinstance(scan_voucher(stage, ticket, code), VoucherExpired)
    answers = [scan_voucher(stage, ticket, "a" * 16) for _ in range(10)]

    assert answers == [VoucherUnknown()] * 10
    assert stage.site.core.lanes[EXIT].scanned.wait_until(stage.now) is not None


def test_no_code_of_a_voucher_is_kept(stage: Stage) -> None:
    code = voucher(stage, add_shop(stage), Given(AMOUNT, 10))

    rows = stage.sql("SELECT code_hash FROM voucher")

    assert len(rows) == 1
    assert code not in str(rows)


@pytest.mark.parametrize("when", ["before entry", "after exit"])
def test_only_a_car_inside_can_be_validated(stage: Stage, ada: Wallet, when: str) -> None:
    shop_id = add_shop(stage)
    ticket = stage.ticket(ada.proof) if when == "before entry" else stage.inside(ada.proof)
    if when == "after exit":
        stage.drive(EXIT, ticket.text)

    assert validate(stage, ticket, shop_id, Given(AMOUNT, 10)) == ValidationImpossible()


def test_a_desk_that_is_locked_validates_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.site.core.signed_in.clear()

    assert validate(stage, ticket, None, Given(AMOUNT, 10)) == NotSignedIn()


def test_a_shop_that_has_left_validates_nothing(stage: Stage, ada: Wallet) -> None:
    shop_id = add_shop(stage)
    with stage.site.core.store.transaction() as tx:
        tx.shops.set_active(shop_id, is_active=False)
    ticket = stage.inside(ada.proof)

    assert validate(stage, ticket, shop_id, Given(AMOUNT, 10)) == ShopUnknown()


def test_validated_minutes_are_worth_nothing_where_the_tariff_has_none(
    stage: Stage, ada: Wallet
) -> None:
    shop_id = add_shop(stage)
    ticket = stage.inside(ada.proof)

    told = validate(stage, ticket, shop_id, Given(MINUTES, 60))

    assert isinstance(told, Validated)
    assert told.worth == euro(0)


def test_a_voucher_scanned_before_the_ticket_waits_for_it(stage: Stage, ada: Wallet) -> None:
    shop_id = add_shop(stage)
    code = voucher(stage, shop_id, Given(AMOUNT, 150))
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=55)
    stage.site.car_to(EXIT)

    stage.site.scan(EXIT, f"V1/{code.upper()}")

    assert stage.last(VoucherPresented).problem is None
    outcome = stage.scan(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.validated[0].worth == euro(150)
    assert stage.books()[ledger.receivable_shop(shop_id)] == -150


def test_a_voucher_that_waited_too_long_is_not_used(stage: Stage, ada: Wallet) -> None:
    code = voucher(stage, add_shop(stage), Given(AMOUNT, 150))
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=55)
    stage.site.car_to(EXIT)
    stage.site.scan(EXIT, f"V1/{code}")
    stage.wait(seconds=61)

    outcome = stage.scan(EXIT, ticket.text)

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.validated == ()


def test_a_voucher_scanned_where_something_is_due_pays_it_at_once(
    stage: Stage, ada: Wallet
) -> None:
    code = voucher(stage, add_shop(stage), Given(AMOUNT, 10_000))
    overstayed(stage, ada)

    outcome = stage.scan(EXIT, f"V1/{code}")

    assert isinstance(outcome, ExitCovered)


def test_a_bad_voucher_is_told_and_counts_as_a_bad_try(stage: Stage, ada: Wallet) -> None:
    code = voucher(stage, add_shop(stage), Given(AMOUNT, 10))
    ticket = overstayed(stage, ada)
    scan_voucher(stage, ticket, code)

    stage.site.scan(EXIT, f"V1/{code}")
    assert stage.last(VoucherPresented).problem == VoucherUsed()
    for _ in range(9):
        stage.site.scan(EXIT, "V1/AAAA")

    assert stage.site.core.lanes[EXIT].scanned.wait_until(stage.now) is not None
