"""What each verb of a story does; the tables of its events stand in scenario_vocabulary.py."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.app import scenario_cars as cars
from kiosk.app import scenario_desk as desk
from kiosk.app import scenario_owners as owners
from kiosk.app import scenario_payers as payers
from kiosk.app import scenario_payouts as payouts
from kiosk.app import scenario_till as till
from kiosk.app import scenario_verbs as verbs
from kiosk.app import scenario_world as world
from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_stage import Stage
from kiosk.app.scenario_words import Seen

Deed = Callable[[Stage, PlannedEvent], list[Seen]]

DEEDS: dict[str, Deed] = {
    "search": verbs.search,
    "reserve": verbs.reserve,
    "pay": verbs.pay,
    "show-ticket": verbs.show_ticket,
    "show-wallet": verbs.show_wallet,
    "find-tickets": verbs.find_tickets,
    "hand-over": payers.hand_over,
    "pay-later": till.pay_later,
    "cancel": verbs.cancel,
    "change": verbs.change,
    "extend": verbs.extend,
    "drop-change": verbs.drop_change,
    "arrive": cars.arrive,
    "re-enter": cars.arrive,
    "back-out": cars.back_out,
    "leave": cars.leave,
    "scan": cars.scan,
    "use-voucher": payers.use_voucher,
    "leave-unpaid": till.leave_unpaid,
    "substitute": verbs.substitute,
    "accept-displacement": verbs.accept_displacement,
    "top-up": desk.top_up,
    "lost-ticket": desk.lost_ticket,
    "pay-in-cash": desk.pay_in_cash,
    "wrong-space": desk.wrong_space,
    "link": desk.link,
    "print-again": desk.print_again,
    "refund-in-cash": desk.refund_in_cash,
    "open-by-hand": cars.open_by_hand,
    "report-passage": desk.report_passage,
    "breakdown": desk.breakdown,
    "reopen": desk.reopen,
    "reset-lane": desk.reset_lane,
    "validate": payers.validate,
    "open-shift": till.open_shift,
    "close-shift": till.close_shift,
    "pay-out-wallet": till.pay_out_wallet,
    "refund": till.refund,
    "dispute": till.dispute,
    "decide-dispute": till.decide_dispute,
    "goodwill": till.goodwill,
    "write-off": till.write_off,
    "propose-payouts": payouts.propose,
    "approve-payouts": payouts.approve,
    "release-payouts": payouts.release,
    "withdraw-payouts": payouts.withdraw,
    "offer": owners.offer,
    "set-times": owners.set_times,
    "hand-in": owners.move_offer,
    "approve": owners.move_offer,
    "refuse": owners.move_offer,
    "pause": owners.move_offer,
    "resume": owners.move_offer,
    "withdraw": owners.move_offer,
    "recall": owners.recall,
    "consent": owners.consent,
    "statement": payouts.statement,
    "give-voucher": payers.give_voucher,
    "invoice": payers.invoice,
    "pay-invoice": payers.pay,
    "payout-results": payouts.results,
    "chargeback": till.chargeback,
    "decide-chargeback": till.decide_chargeback,
    "wait": world.wait,
    "clock-jump": world.clock_jump,
    "provider": world.provider,
    "unplug-board": world.unplug_board,
    "plug-in-board": world.plug_in_board,
    "restart": world.restart,
}
"""By the verb, in the order of docs/scenarios.md."""
