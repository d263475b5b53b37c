"""Which use case answers which command: the one door into the core."""

from __future__ import annotations

from typing import Any, TypeVar

from kiosk.services import (
    commands,
    desk,
    find_space,
    passages,
    pay,
    present,
    refunds,
    reserve,
    show_desk,
    wallets,
)
from kiosk.services.core import Core

Answer = TypeVar("Answer")

# Each use case takes its own command: no one type describes them all but Any.
_USE_CASES: dict[type, Any] = {
    commands.ShowAreas: find_space.show_areas,
    commands.FindSpaces: find_space.find_spaces,
    commands.Reserve: reserve.reserve,
    commands.CancelReservation: reserve.cancel_reservation,
    commands.PayDeposit: pay.pay_deposit,
    commands.PayDue: pay.pay_due,
    commands.FindTickets: wallets.find_tickets,
    commands.ShowWallet: wallets.show_wallet,
    commands.PresentTicket: present.present_ticket,
    commands.SignIn: desk.sign_in,
    commands.ChoosePin: desk.choose_pin,
    commands.ShowDesk: show_desk.show_desk,
    commands.ShowStay: show_desk.show_stay,
    commands.OpenWallet: desk.open_wallet,
    commands.TopUpWallet: desk.top_up_wallet,
    commands.OpenBarrier: desk.open_barrier,
    commands.ResetLane: desk.reset_lane,
    commands.PrintTicketAgain: desk.print_ticket_again,
    commands.ReportPassage: passages.report_passage,
    commands.PayRefundInCash: refunds.pay_refund_in_cash,
}


def handle(core: Core, command: commands.Command[Answer]) -> Answer:
    """Answer a command with one of its outcomes, on the thread that calls."""
    outcome: Answer = _USE_CASES[type(command)](core, command)
    return outcome
