"""The entry screen: from the first touch to the open barrier; the core decides, lanes report.

Find, choose, plate, review and pay, ticket: five pages and no more (ux 15). A space that is kept
but not paid goes back by Back, Cancel, the idle reset and a lane that breaks down. While money may
be moving nothing leaves the pay page (ux 26). Nothing new is sold while the barrier is out of
order; what is paid stays good.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TypeVar, assert_never

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName
from kiosk.domain.outcomes import (
    AreasShown,
    NothingIdle,
    PaymentDeclined,
    PaymentInDoubt,
    PaymentRunning,
    PaymentUnavailable,
    PlateHasReservation,
    PlateRefused,
    ReservationEnded,
    Reserved,
    SpaceJustTaken,
    SpacesFound,
    TicketIssued,
    TicketsFound,
    UnknownPass,
    WalletTooLow,
    WindowRefused,
    WrongPin,
)
from kiosk.domain.site import Site
from kiosk.services import limits
from kiosk.services.commands import (
    Actor,
    ActorKind,
    CancelReservation,
    Command,
    FindSpaces,
    FindTickets,
    PayDeposit,
    PaymentMethod,
    PaymentProblem,
    Reserve,
    ShowAreas,
    WalletProof,
)
from kiosk.services.events import PassPresented, PaymentFinished, Published, SiteChanged
from kiosk.ui.bridge import Asker
from kiosk.ui.format import Language
from kiosk.ui.lane_sign import lane_sign, sign_after_grant
from kiosk.ui.plate_keys import Country
from kiosk.ui.screens.choose import SpaceChoice
from kiosk.ui.screens.entry_state import BEFORE, STEPS, EntryState, after_lane_event
from kiosk.ui.screens.entry_texts import (
    ReviewState,
    ReviewText,
    TicketState,
    TicketText,
    granted_state,
    review_state,
    ticket_row,
    ticket_state,
)
from kiosk.ui.screens.entry_words import CoreBusy, EntryNews, NoTickets, TimeToPayOver, entry_note
from kiosk.ui.screens.find import FindForm
from kiosk.ui.screens.note import Note
from kiosk.ui.screens.pay import PayForm
from kiosk.ui.screens.plate import PlateForm
from kiosk.ui.screens.say import Say
from kiosk.ui.session import Session

QML_IMPORT_NAME = "Kiosk"
QML_IMPORT_MAJOR_VERSION = 1

HURRY = timedelta(minutes=2)
"""The countdown of a kept space is painted loudly from here on."""

Answer = TypeVar("Answer")
