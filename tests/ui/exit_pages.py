"""Every page of the exit screen by name, each reached from the waiting page.

`python -m tests.ui.exit_pages [name ...]` saves their pictures in both languages under
out/screens/exit.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kiosk.domain.ids import OperationKey, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    LaneBusy,
    NoCarInLane,
    PaymentRunning,
    StayNotPriced,
    TicketNotInside,
    TicketRevoked,
    TicketUnknown,
    TicketUsed,
    WalletTooLow,
)
from kiosk.domain.pricing.charge_lines import EntryTooLongAgo
from kiosk.domain.settlement import split
from kiosk.services.commands import PayDue
from kiosk.services.events import (
    FaultRaised,
    GrantReturned,
    LaneChanged,
    PaperFailed,
    PassageReported,
    PassPresented,
)
from kiosk.ui.format import Language
from tests.fakes.tariffs import many_lines
from tests.ui.exit_stage import (
    BOOKED,
    LANE,
    TERMS,
    ExitStage,
    bill,
    covered,
    due,
    exit_stage,
    lane_status,
)
from tests.ui.ticket_ways import WAYS

OUT = Path("out/screens/exit")
AT_THE_EXIT = {"code", "status-inside", "pay", "spaces", "note-tries"}
"""Pages of a ticket that differ at an exit, and one of each other kind."""
FAULT = FaultRaised("store-full", "Free space on the data partition.")


def opening(stage: ExitStage) -> None:
    stage.present(covered())
    stage.lane("opening")


def receipt(stage: ExitStage) -> None:
    stage.present(covered())
    stage.lane("open")


def receipt_of_two_days(stage: ExitStage) -> None:
    stage.present(covered(parked_minutes=2 * 24 * 60 + 95))
    stage.lane("open")
    stage.screen.on_published(PaperFailed(LANE, "paper-out"))


def receipt_unsure(stage: ExitStage) -> None:
    stage.present(covered())
    stage.lane("open")
    stage.screen.on_published(PaperFailed(LANE, "unverified", may_be_there=True))


def receipt_of_many_lines(stage: ExitStage) -> None:
    stage.present(covered(parked_minutes=160, tariff=many_lines()))
    stage.lane("open")
    stage.screen.on_published(PaperFailed(LANE, "paper-out"))


def due_of_many_lines(stage: ExitStage) -> None:
    stage.present(due(tariff=many_lines()))


def free(stage: ExitStage) -> None:
    short = bill(parked_minutes=4)
    zero = Money.zero("EUR")
    charge = replace(short.charge, lines=(), total=zero, tax=zero)
    nothing = replace(short, charge=charge, refund=short.deposit, shares=split(zero, TERMS))
    stage.present(replace(covered(), bill=nothing))
    stage.lane("open")


def receipt_behind_a_fault(stage: ExitStage) -> None:
    stage.present(covered())
    stage.lane("fault")


def goodbye(stage: ExitStage) -> None:
    stage.present(covered())
    stage.screen.on_published(PassageReported(LANE, ReservationId(77)))


def due_now(stage: ExitStage) -> None:
    stage.present(due())


def help_offered(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.person.kept.emit()


def paying(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.pay()


def pin(stage: ExitStage) -> None:
    stage.present(due())
    stage.screen.on_published(PassPresented(LANE, "abcd2345"))
    stage.screen.pay_form.press("2")


def wallet_too_low(stage: ExitStage) -> None:
    stage.asker.answers(PayDue, WalletTooLow(Money(100, "EUR"), Money(140, "EUR")))
    send(stage)


def checking(stage: ExitStage) -> None:
    stage.asker.answers(PayDue, PaymentRunning(OperationKey("pay:1")))
    send(stage)


def send(stage: ExitStage) -> None:
    pin(stage)
    for digit in "04816":
        stage.screen.pay_form.press(digit)
    stage.screen.pay_form.pay()


def card(stage: ExitStage) -> None:
    paying(stage)
    stage.screen.pay_form.choose_card()


def not_opened(stage: ExitStage) -> None:
    stage.present(covered())
    stage.screen.on_published(GrantReturned(LANE, ReservationId(77), "open_timeout"))


def failed(stage: ExitStage) -> None:
    stage.lane("present")
    stage.screen.on_published(FAULT)


def pay_failed(stage: ExitStage) -> None:
    send(stage)
    stage.screen.on_published(FAULT)


def asked_for_help(stage: ExitStage) -> None:
    receipt(stage)
    stage.screen.help()


def still_there(stage: ExitStage) -> None:
    stage.present(due())
    person = stage.screen.person
    person.show(replace(person.state, seconds_left=23))


def locked(stage: ExitStage) -> None:
    locked = replace(lane_status("present"), is_locked=True)
    stage.screen.on_published(LaneChanged(locked))


PAGES: dict[str, Callable[[ExitStage], None]] = {
    "present": lambda stage: stage.lane("idle", arming=False),
    "opening": opening,
    "receipt": receipt,
    "receipt_of_two_days": receipt_of_two_days,
    "receipt_unsure": receipt_unsure,
    "receipt_of_many_lines": receipt_of_many_lines,
    "due_of_many_lines": due_of_many_lines,
    "not_priced": lambda stage: stage.present(StayNotPriced(EntryTooLongAgo(timedelta(366)))),
    "free": free,
    "receipt_behind_a_fault": receipt_behind_a_fault,
    "goodbye": goodbye,
    "due": due_now,
    "help_offered": help_offered,
    "pay": paying,
    "pin": pin,
    "wallet_too_low": wallet_too_low,
    "checking": checking,
    "card": card,
    "unknown": lambda stage: stage.present(TicketUnknown()),
    "not_inside": lambda stage: stage.present(TicketNotInside()),
    "used": lambda stage: stage.present(TicketUsed(BOOKED.until)),
    "revoked": lambda stage: stage.present(TicketRevoked(BOOKED.from_)),
    "busy": lambda stage: stage.present(LaneBusy()),
    "no_car": lambda stage: stage.present(NoCarInLane()),
    "fault": failed,
    "pay_fault": pay_failed,
    "not_opened": not_opened,
    "out_of_order": lambda stage: stage.lane("blind", arming=None),
    "fire": lambda stage: stage.lane("forced"),
    "locked": locked,
    "help": asked_for_help,
    **{f"mine-{name}": way for name, way in WAYS.items() if name in AT_THE_EXIT},
    "still_there": still_there,
}


def save_pictures(wanted: list[str]) -> None:
    """One PNG for each wanted page and language."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtTest import QTest

    from kiosk.ui.translate import Translations

    application = QGuiApplication.instance()
    assert application is not None
    languages: tuple[Language, ...] = ("en", "zh_CN")
    for language in languages:
        Translations(application, application).speak(language, [])
        for name in wanted or list(PAGES):
            with exit_stage(with_window=True, language=language, card_adapter="card") as stage:
                PAGES[name](stage)
                QTest.qWait(900)
                stage.picture(OUT / f"{language}_{name}.png")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    from PySide6.QtGui import QGuiApplication

    keep = QGuiApplication([])
    save_pictures(sys.argv[1:])
