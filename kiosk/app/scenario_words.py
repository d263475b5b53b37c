"""English sentences for what the parties of a story see; the facts stand in scenario_facts.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.app.scenario_facts import Fact, Facts
from kiosk.domain.money import Money
from kiosk.services.charge_words import amount_text

SENTENCES: dict[str, str] = {
    # Searching and reserving
    "library-searched": "what is idle from {from} to {until}",
    "spaces-found": "idle in {area}: {spaces}; the best is {best}, {quote}",
    "nothing-idle": "nothing is idle in {area}",
    "window-refused": "a stay should last {shortest_minutes} to {longest_minutes} minutes",
    "window-not-priced": "the window has no price in {area}: {why}",
    "window-in-the-past": "the window has begun already",
    "window-too-far-ahead": "reservations end by {latest_until} at the latest",
    "walk-ups-only": "the last spaces of {area} are for those who come without a reservation",
    "car-does-not-fit": "the car does not fit {space}: {why}",
    "reserved": "{space} from {from} to {until} for {quote}; kept until {pay_until}",
    "space-just-taken": "the space is not idle",
    "plate-refused": "this is no plate",
    "plate-has-reservation": "this car has a reservation from {from} to {until}",
    # Paying
    "ticket-issued": "the ticket for {space}, {from} to {until}; {deposit} are in escrow",
    "unknown-pass": "no wallet has this pass",
    "wrong-pin": "the PIN is wrong",
    "wallet-too-low": "the wallet has {balance}; {missing} are missing",
    "wallet-shown": "the wallet has {balance}",
    "wallet-opened": "a new wallet",
    "wallet-topped-up": "{added} more; the wallet has {balance}",
    "payment-declined": "the provider said no; nothing was paid",
    "payment-unavailable": "the provider cannot be reached; nothing was paid",
    "payment-running": "the provider was asked",
    "payment-in-doubt": "the provider did not answer clearly; it will be asked again",
    "reservation-ended": "the reservation is {state}",
    "tickets-found": "good tickets: {tickets}",
    # Lanes
    "granted": "the arm goes up; your space is {space}, until {until}",
    "exit-covered": "charge {charge}; back {refund}; the arm goes up",
    "exit-due": "charge {charge}; still to pay {due}",
    "ticket-unknown": "this is no ticket of ours",
    "ticket-forged": "the ticket is forged",
    "ticket-of-another-site": "the ticket is for another car park",
    "ticket-early": "the entrance opens at {opens_at}",
    "ticket-expired": "the ticket ended at {ended_at}",
    "ticket-used": "the ticket has passed here at {used_at}",
    "ticket-revoked": "the ticket is not good any more",
    "car-inside": "this car is inside already",
    "ticket-not-inside": "no entry of this ticket is known",
    "stay-not-priced": "the tariff has no price for this stay: {why}",
    "no-car-in-lane": "no car stands before the barrier",
    "lane-busy": "another passage is under way",
    "lane-out-of-order": "the barrier does not answer",
    "too-many-tries": "too many wrong codes: wait until {wait_until}",
    # Changing and cancelling
    "cancelled": "cancelled; back {refund}",
    "cancellation-priced": "cancelling gives {refund} back and keeps {kept}",
    "change-kept": "{space} from {from} to {until} is kept until {pay_until}; {difference} more",
    "changed": "now {space} from {from} to {until} for {quote}; back {refund}",
    "change-refused": "cannot be changed so: {why}; at the latest until {latest_until}",
    "change-dropped": "the change is given up",
    # Other spaces
    "substitutes-found": "instead of {instead_of}: {substitutes}",
    "no-substitute": "no equal space is idle",
    "moved": "{space} instead of {moved_from}, to {until}; the ticket stays good",
    "move-refused": "{space} cannot be had; {why}",
    "displaced": "no space is left; back {refund}",
    "space-closed": "{space} is closed from {from} to {until}",
    "space-reopened": "{space} is in order again",
    # Owners
    "offer-made": "the offer is a draft",
    "offer-refused": "the offer cannot be kept: {problems}",
    "offer-moved": "the offer is {state}",
    "recall-priced": "having {space} back from {from} to {until} costs {cost}",
    "recall-impossible": "{space} cannot be had back before {not_before}",
    "recalled": "{space} is the owner's from {from} to {until}, for {cost}",
    # The desk
    "ask-attendant": "please ask the attendant",
    "ticket-shown": "{space}, {from} to {until}: {state}; not {moved_from}; {pays_back} went back",
    "ticket-replaced": "a new ticket for {space}; the lost one opens nothing any more",
    "due-priced": "charge {charge}; still to pay {due}",
    "due-taken": "charge {charge}; {amount} in cash",
    "nothing-due": "charge {charge}; escrow covers it",
    "evidence-missing": "the evidence does not fit; nothing was printed",
    "linked": "{stay} takes the terms of {reservation}; back {refund}",
    "link-refused": "these do not belong together: {why}",
    "amount-refused": "at most {most} at once",
    "barrier-ordered": "the arm is opened by hand",
    "reason-missing": "a reason is missing",
    "not-signed-in": "the desk is locked",
    "lane-reset": "the lane's fault is cleared",
    "passage-written": "written down; the reservation is {state}",
    "passage-impossible": "the car cannot have passed there: the reservation is {state}",
    "refund-paid": "{amount} in cash",
    "nothing-to-refund": "no refund waits",
    # Who else pays
    "credit-exhausted": "the fleet's credit does not cover it",
    "ends-too-late": "this way to pay keeps a deposit until {latest} only",
    "validated": "{worth} of {charge} are paid for the driver; still to pay {due}",
    "validation-impossible": "no car is inside for which something could be paid",
    "shop-unknown": "the shop takes part no more",
    "voucher-given": "has a voucher, good until {expires_at}",
    "no-voucher": "there is no voucher to show",
    "voucher-unknown": "nobody made this voucher",
    "voucher-used": "the voucher was used before",
    "voucher-expired": "the voucher was good until {expired_at}",
    "hand-over-priced": "taking the car over costs {deposit} now",
    "handed-over": "pays for the car from {from} on; {deposit} are in escrow",
    "hand-over-impossible": "the car cannot be taken over",
    "invoice-issued": "invoice {number} to {debtor}, {month}: {amount}, tax {tax}, due {due_at}",
    "month-not-over": "the month is over at {until}",
    "nothing-to-bill": "nothing to bill; {credit} lower a later invoice",
    "no-invoice": "there is no invoice yet",
    "invoice-paid": "{amount} for invoice {number} of {debtor}; {open} are open",
    "payment-refused": "no such payment: {open} are open",
    # Leaving unpaid
    "leaving-offered": "may leave now and pay {amount} until {pay_until}",
    "leaving-refused": "cannot leave unpaid: {why}",
    "left-unpaid": "charge {charge}; {amount} are open until {pay_until}; the arm goes up",
    "debt-paid": "{amount} of the open debt are paid",
    "debt-unknown": "nothing is open",
    "debt-written-off": "{amount} are given up",
    "debts-shown": "what is open",
    # The till
    "shift-opened": "the shift begins with {float} in the till",
    "shift-is-open": "there is an open shift",
    "shift-ended": "expected {expected}, counted {counted}, over {over}; to the bank {banked}",
    "shift-closed": "no shift is open: no cash is taken or given",
    "count-refused": "this is no count of the till",
    "till-shown": "{in_till} in the till",
    "till-too-low": "only {in_till} are in the till",
    "wallet-paid-out": "{cash} in cash; the wallet has {balance}",
    "pin-changed": "another PIN",
    "driver-not-found": "nobody has such a wallet",
    # After the stay
    "stay-refunded": "{total} go back; by the provider {by_provider}, at the desk {in_cash}",
    "refund-refused": "at most {most} can go back",
    "second-person-needed": "it takes a second attendant",
    "dispute-opened": "the dispute is written down",
    "dispute-too-late": "it could be said until {until}",
    "dispute-stands": "there is an open dispute already",
    "dispute-closed": "the dispute is {state}; {total} go back",
    "dispute-decided": "the dispute was {state} before",
    "nothing-to-dispute": "nobody has paid anything",
    "no-dispute": "there is no dispute",
    "chargeback-opened": "the provider has taken {amount} back; its fee is {fee}",
    "chargeback-refused": "at most {most} were paid so",
    "chargeback-decided": "the chargeback of {amount} is {state}",
    "no-chargeback": "there is no such case",
    "goodwill-given": "{amount} by goodwill; the wallet has {balance}",
    "goodwill-refused": "at most {most} at once",
    # Payouts
    "run-proposed": "a run until {cutoff} over {total}",
    "nothing-to-pay": "nobody is paid until {cutoff}",
    "run-known": "there is a run until {cutoff} already: {state}",
    "cutoff-ahead": "the cut-off has not come; it is {now}",
    "run-approved": "the run is {state}; approvals missing {missing}",
    "approvals-missing": "approvals missing {missing}",
    "run-outdated": "something else is due by now to {owners}",
    "run-released": "{total} are on their way, by {kind}",
    "run-withdrawn": "the run is given up",
    "run-elsewhere": "the run is {state} already",
    "run-unknown": "there is no such run",
    "no-run": "there is no run yet",
    "results-noted": "what the bank says is in the books",
    "payout-unknown": "no such payout waits",
    "payout-elsewhere": "it cannot come back; it is {how}",
    "payouts-shown": "the runs",
    "owner-due": "due {due} ({verdict}); not yet 24 hours {too_young}, not left {not_left}, "
    "came back later {came_back_later}, disputed {disputed}",
    "payout-answered": "{amount} {how}; {reason}",
    "statement-shown": "{month} begins with {opening} and ends with {closing}; "
    "it is not over, so far as of {so_far_at}",
    # Reconciliation
    "suspense-explained": "the books say what it was: {amount}",
    "nothing-to-explain": "there is nothing to explain",
    "not-that-one": "it cannot have been that; nothing moved",
    # The world
    "car-passed": "{who} has passed",
    "passage-returned": "{who} has not passed ({why}); the ticket opens again",
    "no-ticket": "there is no ticket to show",
    "no-reservation": "the reservation never came about",
    "not-listened": "the scanner does not listen for a while, after too many wrong codes",
    "no-offer": "the space has no offer",
    "no-price": "the owner has not been told a price yet",
    "clock-set": "the clock says {now}",
    "provider-set": "the next question meets: {fault}",
    "board-unplugged": "the relay board is away",
    "board-plugged-in": "the relay board is back",
    "restarted": "the program was ended and started again",
    "time-passed": "time passes",
    "stands": "{reservation} is {state}: {space}, {from} to {until}",
}
"""By the answer's name; a part behind a semicolon is left out when one of its facts is None."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one party saw."""

    who: str
    answer: str
    facts: Facts


def sentence(seen: Seen, *, today: datetime, zone: ZoneInfo) -> str:
    """What the party saw, in one line; times of another day than `today` carry their day."""
    template = SENTENCES[seen.answer]
    said = []
    for number, part in enumerate(template.split("; ")):
        known = {name: seen.facts.get(name) for name in _names(part)}
        if number and None in known.values():
            continue
        said.append(part.format(**texts_of(known, today=today, zone=zone)))
    return "; ".join(said)


def texts_of(facts: Mapping[str, Fact], *, today: datetime, zone: ZoneInfo) -> dict[str, str]:
    """Facts in words; the end of a window names its day only when it is not that of its start."""
    start = facts.get("from")
    ends_on = start if isinstance(start, datetime) else today
    return {
        name: fact_text(fact, today=ends_on if name == "until" else today, zone=zone)
        for name, fact in facts.items()
    }


def fact_text(fact: Fact, *, today: datetime, zone: ZoneInfo) -> str:
    """A fact in the words of the report."""
    match fact:
        case Money():
            return amount_text(fact)
        case datetime():
            local = fact.astimezone(zone)
            clock = f"{local:%H:%M}" if not local.second else f"{local:%H:%M:%S}"
            is_today = local.date() == today.astimezone(zone).date()
            return clock if is_today else f"{local:%a %d %b} {clock}"
        case tuple():
            return ", ".join(fact_text(each, today=today, zone=zone) for each in fact) or "none"
        case Mapping():
            texts = texts_of(fact, today=today, zone=zone)
            window = "{space} {from} to {until}" if {"space", "from"} <= texts.keys() else ""
            return window.format(**texts) or " ".join(texts.values())
        case bool():
            return str(fact).lower()
        case None:
            return "none"
    return str(fact)


def _names(template: str) -> list[str]:
    return [part.partition("}")[0] for part in template.split("{")[1:]]
