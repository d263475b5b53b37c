"""Every action that the product writes about a stay has words at the desk, and its money is money.

What a module writes is read from its source: an action that somebody adds is missed here at once.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QObject
from PySide6.QtQml import QQmlComponent

from db.records import DebtReason
from kiosk.domain import journals
from kiosk.domain.debt_outcomes import MustPay
from kiosk.domain.ledger import ACCOUNT_KINDS
from kiosk.domain.outcomes import (
    TicketForged,
    TicketOfAnotherSite,
    TicketProblem,
    TicketUnknown,
)
from kiosk.services.audit_details import AMOUNTS, in_money
from kiosk.services.charge_words import amount_text
from kiosk.services.refunds import LATER_REFUND
from tests.ui.desk_stage import DeskStage

ROOT = Path(__file__).parents[2]
OF_THE_SITE = {
    *(f"attendant.{each}" for each in ("added", "allowed", "blocked", "chose_pin", "confirmed")),
    "attendant.signed_in",
    *("fleet.added", "fleet.changed", "fleet_pass.ended", "fleet_pass.made"),
    *("goodwill.given", "holidays.changed", "invoice.issued", "invoice.paid"),
    *("lane.close_ordered", "lane.hold_ordered", "lane.locked", "lane.noticed"),
    *("lane.order_dropped", "lane.release_ordered", "lane.reset", "lane.stop_ordered"),
    *("lane.unlocked", "offer.made", "offer.terms_set", "offer.times_set", "payees.changed"),
    *("payout.answered", "payout.approved", "payout.proposed", "payout.released"),
    *("payout.returned", "payout.withdrawn"),
    *("report.differs", "report.impossible", "report.unexplained"),
    *("shift.closed", "shift.opened", "shop.added", "shop.resumed", "shop.stopped"),
    *("space.closed", "space.recalled", "space.reopened", "tariff.published", "tariff.refused"),
    *("ticket_keys.changed", "vouchers.made"),
    *(f"wallet.{each}" for each in ("opened", "paid_out", "pass_replaced", "pin_changed")),
    *("wallet.top_up_asked", "wallet.topped_up", "wallet.topped_up_late"),
}
"""Actions of no stay: they stand in no timeline."""
NO_ACTIONS = {
    *("audit.heads", "audit.key", "birmingham.toml", "demo.toml", "revoked.json"),
    *("simulator.jsonl", "site.db", "ticket.key"),
}
"""Names of files, in modules that write to the audit too."""
PUT_TOGETHER = {
    "chargeback.{how.value}": {"chargeback.won", "chargeback.lost"},
    "{command.direction.value}.reported": {"entry.reported", "exit.reported"},
    "{grant.direction}.passed": {"entry.passed", "exit.passed"},
    # What only collects is not refused so, but ends the payment (services/operations.py).
    "{operation.kind}.declined": {"capture.declined", "refund.declined", "release.declined"},
    "{operation.kind}.done_after_all": {"capture.done_after_all", "refund.done_after_all"},
    "offer.{command.event.value.replace('-', '_')}": set[str](),
}
"""Actions that are put together when they are written; those of an offer are of no stay."""
OF_TICKETS = {*get_args(TicketProblem)} - {TicketUnknown, TicketForged, TicketOfAnotherSite}
"""What can be wrong with a ticket of a reservation: the others have none to be written for."""
JOURNALS = {
    *("top-up", "deposit", "due", "capture", "capture-failed", "settlement", "refund", "link"),
    *("no-show", "cancellation", "displacement", "displacement-share", "owner-recall"),
    *(journals.COMPENSATION, LATER_REFUND, "chargeback", "goodwill", "validation"),
    *("unpaid", "debt", "write-off", "suspense", "provider-fee"),
}
"""The kinds of journals that may belong to a stay."""
NAME = r"[a-z_]+"
PART = r"\{[^}]*\}"


def written() -> Iterator[str]:
    """Every action in the sources of the product, and what is put together as it stands there."""
    folders = ("kiosk/services", "kiosk/app", "db")
    for path in (each for folder in folders for each in (ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.name == "audit_details.py" or not re.search(r"audit|note\(", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(rf"{NAME}\.{NAME}", node.value):
                    yield node.value
            elif isinstance(node, ast.JoinedStr):
                whole = "".join(map(_part, node.values))
                if re.fullmatch(rf"(?:{NAME}|{PART})\.(?:{NAME}|{PART})", whole):
                    yield whole


def _part(node: ast.expr) -> str:
    if isinstance(node, ast.FormattedValue):
        return f"{{{ast.unparse(node.value)}}}"
    assert isinstance(node, ast.Constant), "a text has no other parts"
    return str(node.value)


def of_stays() -> set[str]:
    """The actions that the timeline of a stay may hold."""
    found = set(written()) - NO_ACTIONS - OF_THE_SITE
    return {name for each in found for name in PUT_TOGETHER.get(each, {each})}


class Speaker:
    """What the timeline of the desk says."""

    def __init__(self, stage: DeskStage) -> None:
        assert stage.engine is not None
        component = QQmlComponent(stage.engine)
        component.setData(
            b"""import QtQuick
import Desk
QtObject {
    function account(code: string, whose: string): string {
        return DeskMoneyWords.account(code, whose);
    }
    function journal(code: string): string {
        return DeskMoneyWords.journal(code);
    }
    function named(code: string): string {
        return DeskTimelineWords.event(code);
    }
    function beside(event: string, code: string, value: string): string {
        return DeskTimelineWords.detail(event, code, value);
    }
}""",
            "",
        )
        made = component.create()
        assert made is not None, component.errorString()
        self._words: QObject = made
        self._words.setParent(stage.engine)

    def event(self, code: str) -> str:
        return str(self._words.named(code))  # type: ignore[attr-defined]

    def account(self, name: str) -> str:
        kind, _, whose = name.partition(":")
        return str(self._words.account(kind, whose))  # type: ignore[attr-defined]

    def journal(self, kind: str) -> str:
        return str(self._words.journal(kind))  # type: ignore[attr-defined]

    def detail(self, event: str, code: str, value: str = "") -> str:
        return str(self._words.beside(event, code, value))  # type: ignore[attr-defined]


def test_every_action_of_a_stay_has_words_of_its_own(glass: DeskStage) -> None:
    say, actions = Speaker(glass), sorted(of_stays())
    said = {action: say.event(action) for action in actions}

    assert len(actions) > 50
    assert [action for action in actions if said[action] == action] == []
    assert len(set(said.values())) == len(said)


def test_an_action_of_no_stay_and_an_amount_are_of_actions_that_are_written() -> None:
    found = set(written())

    assert OF_THE_SITE - found == set()
    assert AMOUNTS.keys() - of_stays() == set()
    assert PUT_TOGETHER.keys() - found == set()


def test_every_reason_in_a_timeline_has_words(glass: DeskStage) -> None:
    say = Speaker(glass)
    reasons = [
        *(("leaving.refused", each.value) for each in MustPay),
        *(("debt.made", each) for each in get_args(DebtReason)),
        *(("ticket.presented", each.__name__) for each in OF_TICKETS),
    ]

    told = {each: say.detail(*each, "€2.40") for each in reasons}

    assert len(reasons) > 15
    assert [each for each in reasons if told[each] in {each[1], f"€2.40: {each[1]}"}] == []
    assert len(set(told.values())) == len(told)


def test_every_account_and_journal_of_a_transfer_has_words_of_its_own(glass: DeskStage) -> None:
    say = Speaker(glass)
    whose = {"receivable": ("driver", "shop:3", "fleet:unbilled:3"), "psp": ("P", "P:disputed")}
    accounts = [f"{kind}:{each}" for kind in ACCOUNT_KINDS for each in whose.get(kind, ("7",))]

    told = [say.account(each) for each in accounts]
    booked = [say.journal(each) for each in JOURNALS]

    assert len(set(told)) == len(told)
    assert [each for each in told if each.startswith("Provider")] == [
        "Provider P",
        "Provider's fees",
    ]
    assert not set(booked) & JOURNALS
    assert len(set(booked)) == len(booked)


def test_two_amounts_are_both_told(glass: DeskStage) -> None:
    say = Speaker(glass)

    told = say.detail("capture.done_after_all", "€1.20", "€4.80")

    assert told == "€4.80, of which €1.20 was open"
    assert say.detail("debt.written_off", "car was sold", "€3.50") == "€3.50: car was sold"
    assert say.detail("debt.written_off", "", "€3.50") == "€3.50"


@pytest.mark.parametrize(
    ("action", "detail", "said"),
    [
        ("ticket.presented", "due 240", "due 2.40 EUR"),
        ("ticket.presented", "receipt 240", "receipt 240"),
        ("reservation.repriced", "480 -> 600", "4.80 EUR -> 6.00 EUR"),
        ("debt.made", "350 declined k7m4", "3.50 EUR declined k7m4"),
        (
            "refund.done_after_all",
            "480 of which 0 was open",
            "4.80 EUR of which 0.00 EUR was open",
        ),
        ("answer.refused", "480 JPY fee 30 EUR", "480 JPY fee 0.30 EUR"),
        ("answer.refused", "480 QQQ", "480 QQQ"),
        ("report.missing", "collect due:4:1 120", "collect due:4:1 1.20 EUR"),
        ("barrier.ordered", "240", "240"),
        ("reservation.cancelled", "", ""),
        ("stay.validated", "3 minutes 60", "3 minutes 60"),
    ],
)
def test_a_number_in_minor_units_is_said_with_its_currency(
    action: str, detail: str, said: str
) -> None:
    told = in_money(
        action,
        detail,
        currency="EUR",
        said=lambda amount: f"{amount_text(amount)} {amount.currency}",
    )
    assert told == said
