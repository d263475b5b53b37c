"""Which use case answers which command: the one door into the core."""

from __future__ import annotations

from typing import Any, TypeVar

from kiosk.services import (
    after_commands,
    cancel,
    cash_due,
    change,
    chargebacks,
    closures,
    commands,
    desk,
    disputes,
    find_space,
    goodwill,
    lane_orders,
    life_commands,
    links,
    offers,
    passages,
    pay,
    present,
    recall,
    refund_stay,
    refunds,
    reserve,
    search,
    show_desk,
    substitutes,
    tickets,
    till,
    till_commands,
    wallet_desk,
    wallets,
    wrong_space,
)
from kiosk.services.core import Core

Answer = TypeVar("Answer")

# Each use case takes its own command: no one type describes them all but Any.
_USE_CASES: dict[type, Any] = {
    commands.ShowAreas: find_space.show_areas,
    commands.FindSpaces: find_space.find_spaces,
    life_commands.SearchLibrary: search.search_library,
    commands.Reserve: reserve.reserve,
    commands.CancelReservation: cancel.cancel_reservation,
    life_commands.PriceCancellation: cancel.price_cancellation,
    life_commands.ChangeReservation: change.change_reservation,
    life_commands.PayChange: pay.pay_change,
    life_commands.DropChange: change.drop_change,
    life_commands.FindSubstitutes: substitutes.find_substitutes,
    life_commands.TakeSubstitute: substitutes.take_substitute,
    life_commands.AcceptDisplacement: substitutes.accept_displacement,
    life_commands.ReportWrongSpace: wrong_space.report_wrong_space,
    life_commands.CloseSpace: closures.close_space,
    life_commands.ReopenSpace: closures.reopen_space,
    life_commands.OfferSpace: offers.offer_space,
    life_commands.MoveOffer: offers.move_offer,
    life_commands.SetOfferTimes: offers.set_offer_times,
    life_commands.SetOfferTerms: offers.set_offer_terms,
    life_commands.PriceRecall: recall.price_recall,
    life_commands.RecallSpace: recall.recall_space,
    commands.PayDeposit: pay.pay_deposit,
    commands.PayDue: pay.pay_due,
    commands.FindTickets: wallets.find_tickets,
    commands.ShowWallet: wallets.show_wallet,
    commands.PresentTicket: present.present_ticket,
    life_commands.PresentShortCode: present.present_short_code,
    life_commands.ShowTicket: tickets.show_ticket,
    life_commands.ReplaceTicket: tickets.replace_ticket,
    life_commands.LinkStay: links.link_stay,
    life_commands.PriceDue: cash_due.price_due,
    life_commands.TakeDueInCash: cash_due.take_due_in_cash,
    commands.SignIn: desk.sign_in,
    commands.ChoosePin: desk.choose_pin,
    commands.ShowDesk: show_desk.show_desk,
    commands.ShowStay: show_desk.show_stay,
    commands.OpenWallet: wallet_desk.open_wallet,
    commands.TopUpWallet: wallet_desk.top_up_wallet,
    commands.OpenBarrier: desk.open_barrier,
    commands.ResetLane: lane_orders.reset_lane,
    commands.OrderLane: lane_orders.order_lane,
    commands.PrintTicketAgain: desk.print_ticket_again,
    commands.ReportPassage: passages.report_passage,
    till_commands.ShowTill: till.show_till,
    till_commands.OpenShift: till.open_shift,
    till_commands.CloseShift: till.close_shift,
    till_commands.PayOutWallet: wallet_desk.pay_out_wallet,
    till_commands.ChangeWalletPin: wallet_desk.change_wallet_pin,
    till_commands.ReplacePass: wallet_desk.replace_pass,
    commands.PayRefundInCash: refunds.pay_refund_in_cash,
    after_commands.RefundStay: refund_stay.refund_stay,
    after_commands.OpenDispute: disputes.open_dispute,
    after_commands.CloseDispute: disputes.close_dispute,
    after_commands.OpenChargeback: chargebacks.open_chargeback,
    after_commands.DecideChargeback: chargebacks.decide_chargeback,
    after_commands.GiveGoodwill: goodwill.give_goodwill,
}


def handle(core: Core, command: commands.Command[Answer]) -> Answer:
    """Answer a command with one of its outcomes, on the thread that calls."""
    outcome: Answer = _USE_CASES[type(command)](core, command)
    return outcome
