"""A small site whose desk keeps shifts, and the verbs of its till."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.domain import journals, ledger
from kiosk.domain.ids import ReservationId
from kiosk.domain.ledger import Journal
from kiosk.domain.money import Money
from kiosk.domain.till_outcomes import ShiftEnded, ShiftOpened, ShiftReport, TillShown
from kiosk.services.commands import PayRefundInCash, TopUpWallet
from kiosk.services.till_commands import CloseShift, OpenShift, PayOutWallet, ShowTill
from tests.fakes.stage import DRIVER_PIN, KIM, SITE_FILE, Stage, Wallet, found

DESK = "desk-1"


@dataclass
class Till:
    """The till of one desk on a stage."""

    stage: Stage
    desk: str = DESK

    def money(self, minor: int) -> Money:
        """An amount of the site's currency."""
        return Money(minor, self.stage.site.core.site.currency)

    def open(self, minor: int, *, intent: str | None = None) -> object:
        """Kim counts the float."""
        return self.stage.site.do(
            OpenShift(
                actor=KIM,
                attendant_id=self.stage.attendant_id,
                desk=self.desk,
                counted=self.money(minor),
                intent=intent or self.stage.intent(),
            )
        )

    def close(self, minor: int, *, left: int = 0, intent: str | None = None) -> object:
        """Kim counts the till."""
        return self.stage.site.do(
            CloseShift(
                actor=KIM,
                attendant_id=self.stage.attendant_id,
                desk=self.desk,
                counted=self.money(minor),
                left=self.money(left),
                intent=intent or self.stage.intent(),
            )
        )

    def opened(self, minor: int) -> ShiftReport:
        """The shift that begins with this float."""
        outcome = self.open(minor)
        assert isinstance(outcome, ShiftOpened), outcome
        return outcome.report

    def closed(self, minor: int, *, left: int = 0) -> ShiftReport:
        """The shift that ends with this count."""
        outcome = self.close(minor, left=left)
        assert isinstance(outcome, ShiftEnded), outcome
        return outcome.report

    def shown(self) -> TillShown:
        """What the desk shows of its till."""
        outcome = self.stage.site.do(
            ShowTill(actor=KIM, attendant_id=self.stage.attendant_id, desk=self.desk)
        )
        assert isinstance(outcome, TillShown)
        return outcome

    def top_up(self, wallet: Wallet, minor: int, *, intent: str | None = None) -> object:
        """Cash onto a wallet."""
        return self.stage.site.do(
            TopUpWallet(
                actor=KIM,
                attendant_id=self.stage.attendant_id,
                desk=self.desk,
                pass_code=wallet.pass_code,
                amount=self.money(minor),
                intent=intent or self.stage.intent(),
            )
        )

    def pay_out(
        self,
        wallet: Wallet,
        minor: int | None,
        *,
        pin: str = DRIVER_PIN,
        intent: str | None = None,
    ) -> object:
        """Cash out of a wallet; None: all of it."""
        return self.stage.site.do(
            PayOutWallet(
                actor=KIM,
                attendant_id=self.stage.attendant_id,
                desk=self.desk,
                pass_code=wallet.pass_code,
                pin=pin,
                amount=None if minor is None else self.money(minor),
                intent=intent or self.stage.intent(),
            )
        )

    def owes(self, minor: int) -> ReservationId:
        """A reservation that is owed so much by the operator's goodwill, over the counter."""
        reservation_id = self.stage.reserve(plate="B XY 9", space_id=3).reservation_id
        moved = journals.goodwill_granted(reservation_id, self.money(minor))
        with self.stage.site.core.store.transaction() as tx:
            journal = Journal(f"goodwill:{reservation_id}", "refund", moved, reservation_id)
            tx.ledger.post(journal, self.stage.now)
        return reservation_id

    def refund(self, reservation_id: ReservationId) -> object:
        """Kim pays what is owed to a driver."""
        return self.stage.site.do(
            PayRefundInCash(
                actor=KIM,
                attendant_id=self.stage.attendant_id,
                desk=self.desk,
                reservation_id=reservation_id,
            )
        )

    @property
    def holds(self) -> int:
        """The minor units in the till by the books."""
        return -self.stage.books().get(ledger.till(self.desk), 0)


def stage_with_shifts(
    folder: Path, *, currency: str = "EUR", cash_step: str = "", half_hour: str = "1.20"
) -> Stage:
    """The small site with shifts, in this currency and at this price, founded anew."""
    (folder / "tariffs").mkdir()
    text = SITE_FILE.read_text(encoding="utf-8")
    tariff = (SITE_FILE.parent / "tariffs" / "standard.toml").read_text(encoding="utf-8")
    text = text.replace("shifts = false", "shifts = true")
    text = text.replace('currency = "EUR"', f'currency = "{currency}"')
    tariff = tariff.replace('currency = "EUR"', f'currency = "{currency}"')
    tariff = tariff.replace("price = 1.20", f"price = {half_hour}")
    if cash_step:
        tariff = f"{tariff}\n[rounding]\ncash_step = {cash_step}\n"
    (folder / SITE_FILE.name).write_text(text, encoding="utf-8")
    (folder / "tariffs" / "standard.toml").write_text(tariff, encoding="utf-8")
    file = read_site_file(folder / SITE_FILE.name)
    found(file, folder)
    return Stage(folder, file=file)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Stage]:
    """A site that keeps shifts; none is open yet."""
    stage = stage_with_shifts(tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def till(kept: Stage) -> Till:
    """The till of its desk."""
    return Till(kept)


def with_site(stage: Stage, *, keeps_shifts: bool) -> None:
    """From now on the same site keeps shifts, or keeps none."""
    core = stage.site.core
    core.site = replace(core.site, keeps_shifts=keeps_shifts)
