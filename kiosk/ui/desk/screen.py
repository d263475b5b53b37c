"""The attendant's window as a whole: locked or at work, which page, and when to ask again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.ids import LaneName, ReservationId
from kiosk.domain.outcomes import SignedIn
from kiosk.services import limits
from kiosk.services.commands import ShowDesk
from kiosk.services.events import (
    DriverWaits,
    FaultRaised,
    GrantReturned,
    LaneChanged,
    PaperFailed,
    PaperLow,
    PassageReported,
    PassPresented,
    PaymentFinished,
    Published,
    ReportImpossible,
    SiteChanged,
    TicketPresented,
    VoucherPresented,
)
from kiosk.services.views import DeskView
from kiosk.ui.bridge import Asker
from kiosk.ui.desk.board import BoardCard
from kiosk.ui.desk.desk_state import DeskState
from kiosk.ui.desk.forms import DeskForms
from kiosk.ui.desk.lanes import LanesCard
from kiosk.ui.desk.money_totals import MoneyCard
from kiosk.ui.desk.notices import NoticesCard
from kiosk.ui.desk.refresh import Refresher
from kiosk.ui.desk.seat import Attendant, Seat
from kiosk.ui.desk.sign_in import SignInForm
from kiosk.ui.desk.stay_detail import StayDetail
from kiosk.ui.desk.stays import StaysCard
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.desk.wallet_form import WalletForm
from kiosk.ui.format import Language

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

_ACTIVITY = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.Wheel}
)
_CLOCK_EVERY_MS = 1000


@QmlElement
@QmlUncreatable("made by the application")
class DeskScreen(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """Everything that the desk's window needs.

    `languageWanted` tells the application which language the desk is to speak; it switches
    the texts of QML, this object its own amounts and times.
    """

    changed = Signal()
    languageWanted = Signal(str)
    walletOpened = Signal(str)
    """The desk has opened a wallet, whose pass has this code."""
    rang = Signal()
    """A call for help or a fault: the application sounds."""

    def __init__(
        self,
        asker: Asker,
        *,
        site_name: str,
        zone: ZoneInfo,
        currency: str,
        now: Callable[[], datetime],
        desk: str = "desk-1",
        names: tuple[str, ...] = (),
        language: Language = "en",
        keeps_shifts: bool = True,
        card: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._asker = asker
        self._site_name = site_name
        self._now = now
        self._names = names
        self.texts = DeskTexts(zone, currency, language, now().astimezone(zone).date())
        self.state = DeskState(time=self.texts.clock(now()))
        self._view: DeskView | None = None
        self._seat = seat = Seat(on_left=self.lock)
        self._sign_in = SignInForm(
            asker, texts=self._get_texts, on_signed_in=self._signed_in, parent=self
        )
        if len(names) == 1:
            self._sign_in.typeName(names[0])
        self._board, self._stays, self._money = BoardCard(self), StaysCard(self), MoneyCard(self)
        self._lanes = LanesCard(asker, seat, self)
        self._detail = StayDetail(asker, seat, self)
        self._wallet = WalletForm(
            asker, seat, desk=desk, card=card, texts=self._get_texts, parent=self
        )
        self._notices = NoticesCard(now, self._get_texts, self)
        self._forms = DeskForms(
            asker,
            seat,
            desk=desk,
            keeps_shifts=keeps_shifts,
            detail=self._detail,
            lanes=self._lanes,
            texts=self._get_texts,
            now=now,
            done=self._say,
            parent=self,
        )
        self._open_form, self._stay_form = self._forms.open_form, self._forms.stay_form
        self._connect()
        self._idle = self._timer(limits.DESK_LOCK_IDLE_S * 1000, self.lock)
        self._longest = self._timer(limits.DESK_LOCK_LONGEST_S * 1000, self.lock)
        self._refresher = Refresher(self._ask, self)
        self._saying = self._timer(limits.DESK_SAYS_S * 1000, self._said)
        self._ticking = QTimer(self, interval=_CLOCK_EVERY_MS)
        self._ticking.timeout.connect(self._tick)
        self._ticking.start()

    # What happens at the site ----------------------------------------------------------------

    @Slot(object)
    def on_published(self, event: Published) -> None:
        """Take an event of the core; ask for a new picture, at most four times a second."""
        match event:
            case LaneChanged(status):
                self._lanes.show_lane(status)
                self._notices.show_lane(status)
                self._ask_soon()
            case PaperFailed() | PaperLow() | DriverWaits() | ReportImpossible():
                self._notices.hear(event)
            case FaultRaised(code, remedy):
                self._notices.failed(code, remedy)
                self._try_again("failed")
            case SiteChanged() | PassageReported() | GrantReturned():
                self._ask_soon()
            case PaymentFinished():
                self._wallet.finish(event)
            case TicketPresented() | PassPresented() | VoucherPresented():
                pass  # what they change at the site comes as SiteChanged
            case _:
                assert_never(event)

    @Slot(str)
    def help_asked(self, lane: str) -> None:
        """Somebody touched Help at this lane's screen; shown on the locked desk too."""
        self._notices.call(LaneName(lane))

    @Slot()
    def on_overloaded(self) -> None:
        """The core took no more commands: whatever waits for an answer may be tried again."""
        self._try_again("busy")

    @Slot(str)
    def speak(self, language: Language) -> None:
        """Write amounts and times in this language from now on; what is typed stays."""
        self.texts = replace(self.texts, language=language)
        if self._view is not None:
            self._show(self._view)
        self._notices.show_lines()
        self._detail.speak(self.texts)
        self._wallet.show(self._wallet.state)
        self._forms.till_form.show(self._forms.till_form.state)
        self.changed.emit()

    # What the attendant wants ----------------------------------------------------------------

    @Slot()
    def lock(self) -> None:
        """Sign out and forget everything that was typed or opened."""
        self._idle.stop()
        self._longest.stop()
        self._refresher.stop()
        self._seat.attendant = None
        self._view = None
        self._forms.know(None)
        self._forms.cancel()
        self._detail.close()
        self._wallet.wipe()
        self._stays.wipe()
        self._sign_in.wipe()
        self._set(DeskState(time=self.state.time))

    @Slot(QObject)
    def watch(self, window: QObject) -> None:
        """Keys and touches of this window keep the desk unlocked."""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY and self._seat.attendant is not None:
            self._idle.start()
        return False

    @Slot()
    def showOverview(self) -> None:
        """Back to plan and stays."""
        self._to_page("overview")

    @Slot()
    def showWallet(self) -> None:
        """To the wallet's form."""
        self._to_page("wallet")

    @Slot()
    def showTill(self) -> None:
        """To the till, as it is now."""
        self._to_page("till")
        self._forms.till_form.ask()

    @Slot(str)
    def showStay(self, key: str) -> None:
        """To one stay's money."""
        if self._seat.attendant is not None:
            self._detail.open(ReservationId(int(key)), self.texts)
            self._to_page("stay")

    @Slot()
    def closeSpace(self) -> None:
        """Take the space of the shown stay out of use, or back into it."""
        self._forms.close_space("")

    @Slot(str)
    def chooseLanguage(self, language: Language) -> None:
        """The attendant speaks this language."""
        self.languageWanted.emit(language)
        self.speak(language)

    # Inside ----------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._board.stayWanted.connect(self.showStay)
        self._stays.stayWanted.connect(self.showStay)
        self._board.closeWanted.connect(self._forms.close_space)
        self._lanes.openWanted.connect(self._forms.open_lane)
        self._detail.openWanted.connect(self._forms.open_for_stay)
        self._lanes.done.connect(self._say)
        self._notices.rang.connect(self.rang)
        self._wallet.opened.connect(self.walletOpened)

    def _timer(self, interval_ms: int, then: object) -> QTimer:
        timer = QTimer(self, interval=interval_ms, singleShot=True)
        timer.timeout.connect(then)
        return timer

    def _get_texts(self) -> DeskTexts:
        return self.texts

    def _signed_in(self, signed_in: SignedIn) -> None:
        self._seat.attendant = Attendant(signed_in.attendant_id, signed_in.name)
        self._idle.start()
        self._longest.start()
        self._set(replace(self.state, page="overview", attendant=signed_in.name))
        self._refresher.now()

    def _to_page(self, page: str) -> None:
        if self._seat.attendant is None:
            return
        if page != "stay":
            self._detail.close()
        if page != "wallet":
            self._wallet.wipe()
        self._forms.till_form.wipe()
        self._set(replace(self.state, page=page))

    @Slot(str, str)
    def _say(self, said: str, of: str) -> None:
        self._saying.start()
        self._set(replace(self.state, said=said, said_of=of))

    def _try_again(self, problem: str) -> None:
        for form in (self._sign_in, self._forms, self._wallet):
            form.try_again(problem)

    @Slot()
    def _said(self) -> None:
        self._set(replace(self.state, said="", said_of=""))

    def _ask_soon(self) -> None:
        if self._seat.attendant is not None:
            self._refresher.soon()

    def _ask(self) -> None:
        attendant = self._seat.attendant
        assert attendant is not None, "a locked desk asks for nothing"
        self._asker.ask(ShowDesk(actor=attendant.actor), self._answered)
        self._detail.ask()
        if self.state.page == "till":
            self._forms.till_form.ask()

    def _answered(self, view: DeskView) -> None:
        if self._seat.attendant is not None:
            self._view = view
            self._show(view)
            self._refresher.answered()

    def _show(self, view: DeskView) -> None:
        self._detail.know_owners(view)
        self._forms.know(view)
        self._board.show(view, self.texts)
        self._lanes.show(view)
        self._stays.show(view, self.texts)
        self._money.show(view, self.texts)
        self._notices.show(view)

    @Slot()
    def _tick(self) -> None:
        local = self._now().astimezone(self.texts.zone)
        if local.date() != self.texts.today:
            self.texts = replace(self.texts, today=local.date())
        if (time := self.texts.clock(local)) != self.state.time:
            self._set(replace(self.state, time=time))

    def _set(self, state: DeskState) -> None:
        self.state = state
        self.changed.emit()

    # What QML reads --------------------------------------------------------------------------

    @Property(str, notify=changed)
    def page(self) -> str:
        return self.state.page

    @Property(str, notify=changed)
    def attendant(self) -> str:
        return self.state.attendant

    @Property(str, notify=changed)
    def time(self) -> str:
        return self.state.time

    @Property(str, notify=changed)
    def said(self) -> str:
        return self.state.said

    @Property(str, notify=changed)
    def saidOf(self) -> str:
        return self.state.said_of

    @Property(str, notify=changed)
    def language(self) -> str:
        return self.texts.language

    @Property(str, constant=True)
    def siteName(self) -> str:
        return self._site_name

    @Property(list, constant=True)
    def names(self) -> list[str]:
        """Names of attendants for sign-in by touch; empty when they are to be typed."""
        return list(self._names)

    @Property(SignInForm, constant=True)
    def signIn(self) -> SignInForm:
        return self._sign_in

    @Property(BoardCard, constant=True)
    def board(self) -> BoardCard:
        return self._board

    @Property(LanesCard, constant=True)
    def lanes(self) -> LanesCard:
        return self._lanes

    @Property(StaysCard, constant=True)
    def stays(self) -> StaysCard:
        return self._stays

    @Property(StayDetail, constant=True)
    def detail(self) -> StayDetail:
        return self._detail

    @Property(WalletForm, constant=True)
    def wallet(self) -> WalletForm:
        return self._wallet

    @Property(MoneyCard, constant=True)
    def money(self) -> MoneyCard:
        return self._money

    @Property(NoticesCard, constant=True)
    def notices(self) -> NoticesCard:
        return self._notices

    @Property(DeskForms, constant=True)
    def forms(self) -> DeskForms:
        return self._forms
