"""Every page of the entry screen by name, each reached from the first page.

`python -m tests.ui.entry_pages [name ...]` saves their pictures in both languages under
out/screens/entry.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication

from kiosk.domain.ids import AreaId, OperationKey, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    CarInside,
    NoCarInLane,
    PaymentInDoubt,
    PlateHasReservation,
    TicketEarly,
    TicketRevoked,
    TicketsFound,
    TicketUsed,
    WalletTooLow,
)
from kiosk.domain.search_outcomes import AreasShown, AreaSummary, NothingIdle
from kiosk.domain.space import CarNeeds
from kiosk.services.commands import FindSpaces, FindTickets, PayDeposit, Reserve
from kiosk.services.events import FaultRaised, LaneChanged, PaperFailed, PassageReported
from kiosk.ui.format import Language
from tests.ui.entry_site import (
    AREAS,
    DAY,
    LANE,
    LATER,
    NOW,
    SHOWN,
    found,
    granted,
    lane_status,
    nothing_but,
    reserved,
    space,
    ticket,
)
from tests.ui.entry_stage import EntryStage, entry_stage
from tests.ui.ticket_ways import CODE, WAYS

OUT = Path(__file__).resolve().parents[2] / "out" / "screens" / "entry"
SETTLE_MS = 1100
FAULT = FaultRaised("store-full", "Free space on the data partition.")
LANGUAGES: tuple[Language, ...] = ("en", "zh_CN")


def many_areas(stage: EntryStage) -> None:
    areas = tuple(
        AreaSummary(replace(AREAS[0], id=AreaId(number), name=f"Level {number}"), 7, DAY)
        for number in range(1, 6)
    )
    stage.forms.find.update(AreasShown(areas, NOW))


def find_many(stage: EntryStage) -> None:
    many_areas(stage)
    stage.screen.start()
    many_areas(stage)


def choosing(stage: EntryStage) -> None:
    stage.to_choose()
    stage.forms.choice.choose("22")


def plate_started(stage: EntryStage) -> None:
    stage.to_plate()


def plate_chinese(stage: EntryStage) -> None:
    stage.to_choose()
    stage.screen.take()
    stage.forms.plate.switch_country()
    stage.type_plate("京A12")


def paying(stage: EntryStage) -> None:
    stage.to_pay()
    stage.forms.pay.scan("abcd2345")
    for digit in "2048":
        stage.forms.pay.press(digit)


def too_low(stage: EntryStage) -> None:
    stage.to_pay()
    stage.asker.answers(PayDeposit, WalletTooLow(Money(150, "EUR"), Money(250, "EUR")))
    stage.pay_by_wallet()


def checking(stage: EntryStage) -> None:
    stage.to_pay()
    stage.asker.answers(PayDeposit, PaymentInDoubt(OperationKey("k")))
    stage.forms.pay.choose_card()
    stage.forms.pay.pay()


def card(stage: EntryStage) -> None:
    stage.to_pay()
    stage.forms.pay.choose_card()


def no_paper(stage: EntryStage) -> None:
    stage.to_ticket()
    stage.lane("fault")
    stage.screen.on_published(PaperFailed(LANE, "empty"))


def unsure_paper(stage: EntryStage) -> None:
    stage.to_ticket()
    stage.screen.on_published(PaperFailed(LANE, "unverified", may_be_there=True))


def drive(stage: EntryStage) -> None:
    stage.present(granted())
    stage.lane("open")


def drive_moved(stage: EntryStage) -> None:
    stage.present(granted(moved_from=space(5)))
    stage.lane("open")


def opening(stage: EntryStage) -> None:
    stage.present(granted())
    stage.lane("opening")


def welcome(stage: EntryStage) -> None:
    drive(stage)
    stage.screen.on_published(PassageReported(LANE, granted().reservation_id))
    stage.lane("closing")


def nothing_idle(stage: EntryStage) -> None:
    stage.to_find()
    window = found().window
    nothing = NothingIdle(AREAS[0], window, (), needs=CarNeeds(charger=True))  # the longer words
    stage.asker.answers(FindSpaces, nothing)
    stage.screen.search()


def instead(stage: EntryStage) -> None:
    stage.to_find()
    stage.asker.answers(FindSpaces, nothing_but())
    stage.screen.search()


def ticket_of_two(stage: EntryStage) -> None:
    instead(stage)
    stage.asker.answers(FindSpaces, found())
    stage.screen.takeInstead("two")
    stage.screen.take()
    stage.type_plate("DDAB1234")
    stage.asker.answers(Reserve, reserved)
    stage.screen.reserve()
    stage.asker.answers(PayDeposit, ticket())
    stage.pay_by_wallet()


def has_reservation(stage: EntryStage) -> None:
    stage.to_plate()
    stage.asker.answers(Reserve, PlateHasReservation(found().window))
    stage.screen.reserve()


def several(stage: EntryStage) -> None:
    stage.screen.prove()
    stage.asker.answers(FindTickets, TicketsFound((ticket(), ticket(20, 78))))
    stage.forms.proof.scan("abcd2345")
    for digit in "204816":
        stage.forms.proof.press(digit)
    stage.forms.proof.pay()


def failed(stage: EntryStage) -> None:
    stage.lane("present", arming=True)
    stage.screen.on_published(FAULT)


def pay_failed(stage: EntryStage) -> None:
    stage.to_pay()
    stage.pay_by_wallet()
    stage.screen.on_published(FAULT)


def still_there(stage: EntryStage) -> None:
    stage.to_choose()
    person = stage.screen.person
    person.show(replace(person.state, seconds_left=23))


def when_of_other_days(stage: EntryStage) -> None:
    stage.to_when()
    stage.forms.when.page_forth()


def car_needs(stage: EntryStage) -> None:
    stage.to_find()
    stage.screen.askCar()
    stage.forms.needs.switch_charger()


def find_full(stage: EntryStage) -> None:
    """The chosen area has no space for so long."""
    stage.screen.start()
    stage.forms.find.choose(3)


def find_with_needs(stage: EntryStage) -> None:
    """Few spaces have a charger, and one area none; the site takes nothing there."""
    stage.to_find()
    stage.forms.needs.switch_charger()
    stage.forms.find.update(
        replace(
            SHOWN,
            areas=tuple(
                replace(each, idle_count=count)
                for each, count in zip(SHOWN.areas, (2, 0, None), strict=True)
            ),
        )
    )


def find_later_with_needs(stage: EntryStage) -> None:
    stage.to_later()
    stage.forms.needs.switch_charger()
    stage.forms.needs.switch_high()
    many_areas(stage)


def choose_later(stage: EntryStage) -> None:
    stage.to_later()
    stage.forms.needs.switch_charger()
    plan = found(at=LATER)
    fits = {3: True, 14: True}
    spaces = tuple(
        replace(each, is_idle=int(each.space.id) in fits, leave_by=LATER + timedelta(hours=5))
        for each in plan.spaces
    )
    stage.asker.answers(FindSpaces, replace(plan, spaces=spaces, best=SpaceId(14)))
    stage.screen.search()


def ticket_later(stage: EntryStage) -> None:
    stage.to_later_pay()
    stage.asker.answers(PayDeposit, ticket(at=LATER))
    stage.pay_by_wallet()


def pay_permit(stage: EntryStage) -> None:
    stage.to_choose()
    stage.forms.choice.choose("1")
    stage.screen.take()
    stage.type_plate("DDAB1234")
    stage.asker.answers(Reserve, reserved)
    stage.screen.reserve()


def locked(stage: EntryStage) -> None:
    locked = replace(lane_status("present"), is_locked=True)
    stage.screen.on_published(LaneChanged(locked))


PAGES: dict[str, Callable[[EntryStage], object]] = {
    "1-attract": lambda stage: None,
    "1-attract-many": many_areas,
    "2-find-many": find_many,
    "2-find": lambda stage: stage.to_find(),
    "2-find-first": lambda stage: stage.screen.start(),
    "2-when": lambda stage: stage.to_when(),
    "2-when-other-days": when_of_other_days,
    "2-car": car_needs,
    "2-find-full": find_full,
    "2-find-needs": find_with_needs,
    "2-find-later": lambda stage: stage.to_later(),
    "2-find-later-many": find_later_with_needs,
    "3-choose-later": choose_later,
    "3-choose-best": lambda stage: stage.to_choose(),
    "3-choose": choosing,
    "4-plate": plate_started,
    "4-plate-cn": plate_chinese,
    "5-pay-pass": lambda stage: stage.to_pay(),
    "5-pay-later": lambda stage: stage.to_later_pay(),
    "5-pay-permit": pay_permit,
    "5-pay-pin": paying,
    "5-pay-low": too_low,
    "5-pay-checking": checking,
    "5-pay-card": card,
    "6-ticket": lambda stage: stage.to_ticket(),
    "6-ticket-later": ticket_later,
    "6-ticket-no-paper": no_paper,
    "6-ticket-unsure-paper": unsure_paper,
    "7-drive-opening": opening,
    "7-drive": drive,
    "7-drive-moved": drive_moved,
    "7-drive-welcome": welcome,
    "8-note-used": lambda stage: stage.present(TicketUsed(NOW)),
    "8-note-revoked": lambda stage: stage.present(TicketRevoked(NOW)),
    "8-note-inside": lambda stage: stage.present(CarInside(NOW)),
    "8-note-no-car": lambda stage: stage.present(NoCarInLane()),
    "8-note-early": lambda stage: stage.present(TicketEarly(LATER), code=CODE),
    "8-note-fault": failed,
    "5-pay-fault": pay_failed,
    "9-still-there": still_there,
    "3-nothing": nothing_idle,
    "3-nothing-but": instead,
    "6-ticket-of-two": ticket_of_two,
    "8-note-plate": has_reservation,
    "9-proof": lambda stage: stage.screen.prove(),
    "9-tickets": several,
    "9-out-of-order": lambda stage: stage.lane("fault"),
    "9-fire": lambda stage: stage.lane("forced"),
    "9-locked": locked,
    "9-help": lambda stage: stage.screen.help(),
    **{f"mine-{name}": way for name, way in WAYS.items()},
}


def settle() -> None:
    """Let animations end."""
    loop = QEventLoop()
    QTimer.singleShot(SETTLE_MS, loop.quit)
    loop.exec()


def main(wanted: list[str]) -> None:
    application = QGuiApplication([])
    for language in LANGUAGES:
        for name, lead in PAGES.items():
            if wanted and not any(each in name for each in wanted):
                continue
            with entry_stage(language=language, card_adapter="card", with_window=True) as stage:
                lead(stage)
                settle()
                stage.picture(OUT / f"{name}-{language}.png")
    del application


if __name__ == "__main__":
    main(sys.argv[1:])
