"""Who can pay, and who works at the desk, in a story: attendants, wallets, fleets and shops.

Cars, lanes and reservations stand in scenario_stage.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.app.scenario_money_tables import ATTENDANT
from kiosk.domain.ids import AttendantId, FleetId, ShopId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import SignedIn, WalletOpened
from kiosk.domain.ticket import SHORT_CODE_LENGTH
from kiosk.services.approvals import Proof, SecondPerson
from kiosk.services.commands import (
    Actor,
    ActorKind,
    CardPresented,
    ChoosePin,
    OpenWallet,
    PaymentMethod,
    SignIn,
    WalletProof,
)
from kiosk.services.desk import offer_one_time_pin
from kiosk.services.till_commands import OpenShift

if TYPE_CHECKING:
    from kiosk.app.scenario_file import Scenario
    from kiosk.app.scenario_money_tables import FleetTable, ShopTable
    from kiosk.app.scenario_tables import DriverTable
    from kiosk.app.virtual_site import VirtualSite

DESK = "desk-1"
CLERK = Actor(ActorKind.ATTENDANT, ATTENDANT)
CARD = CardPresented("simulator")
DESK_PIN = "271828"
_ONE_TIME_PIN, _DRIVER_PIN = "314159", "161803"


class People:
    """The names, ids and passes of everybody who has to do with money."""

    def __init__(self, site: VirtualSite, scenario: Scenario) -> None:
        self._attendants = (ATTENDANT, *scenario.attendants)
        self.attendant_ids: dict[str, AttendantId] = {}
        for name in self._attendants:
            self._hire(site, name)
        self.fleet_ids = {each.name: _fleet(site, each) for each in scenario.fleets}
        self.shop_ids = {each.name: _shop(site, each) for each in scenario.shops}
        self.vouchers: dict[str, str] = {}
        """The code of the voucher in a driver's hand."""
        self._wallets: dict[str, str] = {}
        self._fleet_passes: dict[str, str] = {}
        if site.core.site.keeps_shifts:
            self._open_shift(site)
        self.driver_ids: dict[int, str] = {}
        for driver in scenario.drivers:
            self._equip(site, driver)

    def come_back(self, site: VirtualSite) -> None:
        """All attendants sign in again after a restart."""
        for name in self._attendants:
            signed_in = site.do(SignIn(actor=clerk(name), name=name, pin=DESK_PIN))
            assert isinstance(signed_in, SignedIn)

    # -- how somebody pays

    def method(self, who: str, by: str | None) -> PaymentMethod:
        """By wallet who has one, then by fleet, then by card, unless the story says how."""
        if by == "card" or (by is None and not self.can_pay_by_pass(who)):
            return CARD
        return self.pass_of(who, by)

    def has_wallet(self, who: str) -> bool:
        """Whether a driver has a wallet."""
        return who in self._wallets

    def can_pay_by_pass(self, who: str) -> bool:
        """Whether a driver has a wallet, or the pass of a fleet."""
        return who in self._wallets or who in self._fleet_passes

    def pass_of(self, who: str, by: str | None = None) -> WalletProof:
        """The wallet of a driver, or the pass of the fleet of who has none or wants it so."""
        is_fleet = by == "fleet" or who not in self._wallets
        codes = self._fleet_passes if is_fleet else self._wallets
        return WalletProof(codes[who], _DRIVER_PIN)

    def proof(self, second: str | None) -> Proof:
        """The Attendant's PIN once more, and that of a second one."""
        other = None if second is None else SecondPerson(second, DESK_PIN)
        return Proof(self.attendant_ids[ATTENDANT], DESK_PIN, other)

    # -- the beginning

    def _hire(self, site: VirtualSite, name: str) -> None:
        offer_one_time_pin(site.core, name=name, one_time_pin=_ONE_TIME_PIN)
        chosen = site.do(
            ChoosePin(actor=clerk(name), name=name, one_time_pin=_ONE_TIME_PIN, new_pin=DESK_PIN)
        )
        assert isinstance(chosen, SignedIn)
        self.attendant_ids[name] = chosen.attendant_id

    def _open_shift(self, site: VirtualSite) -> None:
        """A story takes cash at any time, with no other float than what its drivers bring."""
        site.do(
            OpenShift(
                actor=CLERK,
                attendant_id=self.attendant_ids[ATTENDANT],
                desk=DESK,
                counted=Money.zero(site.core.site.currency),
                intent="story",
            )
        )

    def _equip(self, site: VirtualSite, driver: DriverTable) -> None:
        if driver.fleet is not None:
            code = site.core.random_code(SHORT_CODE_LENGTH)
            with site.core.store.transaction() as tx:
                pin_hash = site.core.pins.hash(_DRIVER_PIN)
                tx.fleets.add_pass(self.fleet_ids[driver.fleet], code=code, pin_hash=pin_hash)
            self._fleet_passes[driver.name] = code
        if driver.balance is None:
            return
        opened = site.do(
            OpenWallet(
                actor=CLERK,
                attendant_id=self.attendant_ids[ATTENDANT],
                driver_name=driver.name,
                phone="",
                pin=_DRIVER_PIN,
            )
        )
        assert isinstance(opened, WalletOpened)
        self._wallets[driver.name] = opened.pass_code
        self.driver_ids[opened.driver_id] = driver.name


def clerk(name: str) -> Actor:
    """An attendant as an actor."""
    return Actor(ActorKind.ATTENDANT, name)


def _fleet(site: VirtualSite, table: FleetTable) -> FleetId:
    with site.core.store.transaction() as tx:
        return tx.fleets.add(
            name=table.name,
            address="\n".join(table.address),
            tax_number=table.tax_number,
            credit_limit=table.credit_limit,
        )


def _shop(site: VirtualSite, table: ShopTable) -> ShopId:
    address = "\n".join(table.address)
    with site.core.store.transaction() as tx:
        return tx.shops.add(name=table.name, address=address, tax_number=table.tax_number)
