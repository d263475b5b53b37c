"""A fleet with a pass on the small site, for the tests of those who pay for others."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain import ledger
from kiosk.domain.ids import FleetId
from kiosk.domain.invoice import FleetCredit
from kiosk.services.commands import WalletProof
from kiosk.services.fleets import credit_of
from tests.fakes.stage import DRIVER_PIN, Stage, euro


@dataclass(frozen=True, slots=True)
class ParkedFleet:
    """A fleet, and the pass of its drivers."""

    id: FleetId
    pass_code: str

    @property
    def proof(self) -> WalletProof:
        """What a driver of it shows to pay."""
        return WalletProof(self.pass_code, DRIVER_PIN)

    @property
    def unbilled(self) -> str:
        return ledger.fleet_unbilled(self.id)

    @property
    def invoiced(self) -> str:
        return ledger.fleet_invoiced(self.id)


def add_fleet(
    stage: Stage, *, limit_minor: int = 10_000, name: str = "Courier", pass_code: str = "fffffff2"
) -> ParkedFleet:
    """A fleet with this limit, and one pass."""
    core = stage.site.core
    with core.store.transaction() as tx:
        fleet_id = tx.fleets.add(
            name=name,
            address="Road 1\n10115 Berlin",
            tax_number="DE1",
            credit_limit=euro(limit_minor),
        )
        tx.fleets.add_pass(fleet_id, code=pass_code, pin_hash=core.pins.hash(DRIVER_PIN))
    return ParkedFleet(fleet_id, pass_code)


def credit(stage: Stage, fleet: ParkedFleet) -> FleetCredit:
    """What the fleet has used of its limit."""
    core = stage.site.core
    with core.store.reading() as tx:
        return credit_of(core, tx, fleet.id)
