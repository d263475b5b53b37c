"""A small site in virtual time with the verbs of a driver and an attendant.

It runs the real services on a real SQLite file; every verb is one command or one movement of a
car, so that a test reads like the story it tells. What has come of it is read in truth.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.virtual_site import VirtualSite
from kiosk.domain import ledger
from kiosk.domain.ids import AttendantId, LaneName, ReservationId, SpaceId
from kiosk.domain.life_outcomes import DuePriced
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    ExitCovered,
    ExitDue,
    Granted,
    Reserved,
    SignedIn,
    TicketIssued,
    TicketProblem,
    WalletOpened,
    WalletShown,
)
from kiosk.services.commands import (
    Actor,
    ActorKind,
    CardPresented,
    ChoosePin,
    OpenBarrier,
    OpenWallet,
    PayDeposit,
    PayDue,
    Reserve,
    ShowStay,
    SignIn,
    TopUpWallet,
    WalletProof,
)
from kiosk.services.desk import offer_one_time_pin
from kiosk.services.events import PaymentFinished, TicketPresented
from kiosk.services.life_commands import LinkStay, PresentShortCode, ReplaceTicket, ShowTicket
from kiosk.services.views import StayMoney
from tests.fakes.world import World

SITE_FILE = Path(__file__).parents[1] / "data" / "small.toml"

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""A Monday, 14:00 at the site."""
ENTRY, EXIT, EXIT_2 = LaneName("entry"), LaneName("exit"), LaneName("exit-2")
DRIVER = Actor(ActorKind.DRIVER, "entry")
KIM = Actor(ActorKind.ATTENDANT, "Kim")
CARD = CardPresented("simulator")
ONE_TIME_PIN, DESK_PIN, DRIVER_PIN = "123456", "246810", "135790"

PresentOutcome = Granted | ExitCovered | ExitDue | TicketProblem


def euro(minor: int) -> Money:
    """An amount in cents."""
    return Money(minor, "EUR")


@cache
def small_site() -> SiteFile:
    """The site file of tests/data."""
    return read_site_file(SITE_FILE)


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the founded, empty site and its attendant; only ever copied."""
    return found(small_site(), tmp_path_factory.mktemp("founded"))


def found(file: SiteFile, folder: Path) -> Path:
    """The database of a site that was founded at NOON, with its attendant."""
    site = VirtualSite(file=file, database=folder / "site.db", starts_at=NOON)
    offer_one_time_pin(site.core, name="Kim", one_time_pin=ONE_TIME_PIN)
    site.do(ChoosePin(actor=KIM, name="Kim", one_time_pin=ONE_TIME_PIN, new_pin=DESK_PIN))
    site.close()
    return folder / "site.db"


@dataclass(frozen=True, slots=True)
class Wallet:
    """A driver's pass with its PIN, and the account behind it."""

    pass_code: str
    account: str

    @property
    def proof(self) -> WalletProof:
        """What the driver shows to pay."""
        return WalletProof(self.pass_code, DRIVER_PIN)


class Stage(World):
    """The small site at work; `restart` ends its life and begins another on the same files."""

    def __init__(
        self,
        folder: Path,
        *,
        starts_at: datetime = NOON,
        seed: int = 1,
        file: SiteFile | None = None,
        authorises: bool = False,
    ) -> None:
        self.folder = folder
        self._authorises = authorises
        self._file = file or small_site()
        self._lives = seed
        self._intents = 0
        self.site = self._site(starts_at)
        self.attendant_id = self.sign_in()

    def close(self) -> None:
        """Close the database."""
        self.site.close()

    def restart(self) -> None:
        """End this life in order, and begin the next at the same instant."""
        now = self.now
        self.site.close()
        self._lives += 1
        self.site = self._site(now)
        self.sign_in()

    def _site(self, starts_at: datetime) -> VirtualSite:
        return VirtualSite(
            file=self._file,
            database=self.folder / "site.db",
            starts_at=starts_at,
            seed=self._lives,
            simulator_authorises=self._authorises,
        )

    # -- the desk

    def sign_in(self) -> AttendantId:
        """Kim unlocks the desk."""
        outcome = self.site.do(SignIn(actor=KIM, name="Kim", pin=DESK_PIN))
        assert isinstance(outcome, SignedIn)
        return outcome.attendant_id

    def wallet(self, balance_minor: int = 2000, *, name: str = "Ada") -> Wallet:
        """Open a wallet and top it up."""
        opened = self.site.do(
            OpenWallet(
                actor=KIM,
                attendant_id=self.attendant_id,
                driver_name=name,
                phone="1",
                pin=DRIVER_PIN,
            )
        )
        assert isinstance(opened, WalletOpened)
        if balance_minor:
            self.top_up(opened.pass_code, balance_minor)
        return Wallet(opened.pass_code, ledger.wallet(opened.driver_id))

    def top_up(self, pass_code: str, minor: int) -> WalletShown:
        """Cash onto a wallet."""
        shown = self.site.do(
            TopUpWallet(
                actor=KIM,
                attendant_id=self.attendant_id,
                desk="desk-1",
                pass_code=pass_code,
                amount=euro(minor),
                intent=self.intent(),
            )
        )
        assert isinstance(shown, WalletShown)
        return shown

    def open_barrier(
        self,
        lane: LaneName,
        *,
        reason: str = "no phone",
        reservation_id: ReservationId | None = None,
    ) -> object:
        """Kim opens by hand, and waives what is still due."""
        command = OpenBarrier(
            actor=KIM,
            attendant_id=self.attendant_id,
            lane=lane,
            reason=reason,
            reservation_id=reservation_id,
        )
        outcome = self.site.do(command)
        if isinstance(outcome, DuePriced):
            return self.site.do(replace(command, agreed_waiver=outcome.bill.due))
        return outcome

    def money_of(self, reservation_id: ReservationId) -> StayMoney:
        """One stay as the desk shows it."""
        return self.site.do(ShowStay(actor=KIM, reservation_id=reservation_id))

    def replace_ticket(
        self, reservation_id: ReservationId, evidence: str, *, lane: LaneName = EXIT
    ) -> object:
        """Kim has heard this evidence of a driver who lost the ticket."""
        return self.site.do(
            ReplaceTicket(
                actor=KIM,
                attendant_id=self.attendant_id,
                lane=lane,
                reservation_id=reservation_id,
                evidence=evidence,
            )
        )

    def link(self, stay_id: ReservationId, reservation_id: ReservationId) -> object:
        """Kim has seen that a stay and a reservation are one driver's."""
        return self.site.do(
            LinkStay(
                actor=KIM,
                attendant_id=self.attendant_id,
                stay_id=stay_id,
                reservation_id=reservation_id,
            )
        )

    # -- the driver

    def intent(self) -> str:
        """The name of one press of a button."""
        self._intents += 1
        return f"intent-{self._lives}-{self._intents}"

    def reserve(
        self,
        minutes: int = 120,
        *,
        plate: str = "B AB 1",
        space_id: int = 1,
        starts_at: datetime | None = None,
    ) -> Reserved:
        """Keep a space from an instant on, or from now."""
        reserved = self.site.do(
            Reserve(
                actor=DRIVER,
                space_id=SpaceId(space_id),
                duration_minutes=minutes,
                plate=plate,
                starts_at=starts_at,
            )
        )
        assert isinstance(reserved, Reserved)
        return reserved

    def pay_deposit(
        self,
        reservation_id: ReservationId,
        method: WalletProof | CardPresented,
        *,
        intent: str | None = None,
    ) -> object:
        """Pay the quote."""
        return self.site.do(
            PayDeposit(
                actor=DRIVER,
                lane=ENTRY,
                reservation_id=reservation_id,
                method=method,
                intent=intent or self.intent(),
            )
        )

    def pay_due(
        self,
        reservation_id: ReservationId,
        method: WalletProof | CardPresented,
        *,
        intent: str | None = None,
        lane: LaneName = EXIT,
    ) -> object:
        """Pay what the exit still asks for."""
        return self.site.do(
            PayDue(
                actor=DRIVER,
                lane=lane,
                reservation_id=reservation_id,
                method=method,
                intent=intent or self.intent(),
            )
        )

    def ticket(
        self,
        method: WalletProof | CardPresented,
        *,
        minutes: int = 120,
        plate: str = "B AB 1",
        space_id: int = 1,
        starts_at: datetime | None = None,
    ) -> TicketIssued:
        """Reserve and pay; the ticket."""
        reserved = self.reserve(minutes, plate=plate, space_id=space_id, starts_at=starts_at)
        answer = self.pay_deposit(reserved.reservation_id, method)
        if not isinstance(method, WalletProof):
            answer = self.last(PaymentFinished).outcome
        assert isinstance(answer, TicketIssued), answer
        return answer

    def scan(self, lane: LaneName, text: str) -> PresentOutcome:
        """Hold a code before a scanner; the lane's answer."""
        self.site.scan(lane, text)
        return self.last(TicketPresented).outcome

    def drive(self, lane: LaneName, text: str, *, at: datetime | None = None) -> PresentOutcome:
        """Roll up, scan (at an instant to the second), drive through when the arm goes up."""
        car = self.site.car_to(lane)
        if at is not None:
            self.wait_until(at)
        outcome = self.scan(lane, text)
        self.site.car_through(lane, car)
        return outcome

    def inside(
        self,
        method: WalletProof | CardPresented,
        *,
        minutes: int = 120,
        plate: str = "B AB 1",
        space_id: int = 1,
    ) -> TicketIssued:
        """A driver who has paid and driven in at the very start of the window."""
        ticket = self.ticket(method, minutes=minutes, plate=plate, space_id=space_id)
        outcome = self.drive(ENTRY, ticket.text)
        assert isinstance(outcome, Granted), outcome
        return ticket

    def type_code(self, lane: LaneName, short_code: str) -> object:
        """Type a short code at a lane's screen."""
        return self.site.do(
            PresentShortCode(actor=DRIVER, lane=lane, short_code=short_code, presented_at=self.now)
        )

    def show_ticket(self, code: str, *, lane: LaneName = ENTRY) -> object:
        """Ask a screen what a ticket stands for."""
        return self.site.do(ShowTicket(actor=DRIVER, lane=lane, code=code))


def stage_with_own_tariff(
    founded: Path, folder: Path, *changes: tuple[str, str], added: str = ""
) -> Stage:
    """The small site with a tariff file of its own, changed and with more tables, as version 2.

    Without any change it is the one that the site was founded with.
    """
    for source in (founded, SITE_FILE):
        shutil.copy(source, folder)
    (folder / "tariffs").mkdir()
    text = (SITE_FILE.parent / "tariffs" / "standard.toml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    if changes or added:
        text = text.replace("version = 1", "version = 2")
    (folder / "tariffs" / "standard.toml").write_text(f"{text}\n{added}", encoding="utf-8")
    return Stage(folder, file=read_site_file(folder / SITE_FILE.name))


@pytest.fixture
def stage(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site on a fresh database."""
    shutil.copy(founded, tmp_path)
    with closing(Stage(tmp_path)) as stage:
        yield stage


@pytest.fixture
def authorising(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site whose provider keeps deposits until the exit."""
    shutil.copy(founded, tmp_path)
    with closing(Stage(tmp_path, authorises=True)) as stage:
        yield stage


@pytest.fixture
def ada(stage: Stage) -> Wallet:
    """A wallet with 20.00."""
    return stage.wallet()
