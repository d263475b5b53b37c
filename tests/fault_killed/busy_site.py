"""The site of a busy day, with shifts and payouts, and the words that its people share."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from kiosk.app.config import SiteFile, read_site_file
from kiosk.domain.ids import ReservationId
from kiosk.domain.validation import Given, ValidationKind
from kiosk.payments.simulator import SimulatedFault
from kiosk.payments.simulator.transport import NoClearAnswer, NotReached
from kiosk.services.commands import (
    WalletProof,
)
from kiosk.services.till_commands import OpenShift
from kiosk.services.vouchers import VOUCHER_LENGTH, make_vouchers
from tests.fakes.stage import (
    CARD,
    DRIVER_PIN,
    KIM,
    SITE_FILE,
    Stage,
    found,
    small_site,
)
from tests.fakes.stage import euro as money
from tests.services.fleets import add_fleet

DESK = "desk-1"
SAID, BOOKS = "said", "site.simulator.jsonl"
BROKEN = "broken.txt"
"""Where a day that ends by an error of its own, and not by a kill, says so."""
ACCOUNT = "DE89370400440532013000"
FAULTS = [
    fault
    for fault in SimulatedFault
    if fault not in {SimulatedFault.ANSWER_LATE, SimulatedFault.UNREACHABLE}
]
"""All that a real provider's process can do at once."""

Steps = Iterator[float]
"""A customer's life: how many minutes until the next step."""


def busy_file(folder: Path) -> SiteFile:
    """The small site with shifts, accounts of its owners, and payouts from one euro on."""
    text = SITE_FILE.read_text(encoding="utf-8")
    text = text.replace("shifts = false", "shifts = true")
    text = text.replace("tariffs/", f"{SITE_FILE.parent}/tariffs/")
    for owner in ("Always", "Nights"):
        text = text.replace(f'name = "{owner}"', f'name = "{owner}"\niban = "{ACCOUNT}"')
    text += f'\n[operator]\niban = "{ACCOUNT}"\n[payouts]\nminimum_minor = 100\n'
    path = folder / "busy.toml"
    path.write_text(text, encoding="utf-8")
    return read_site_file(path)


def busy_founded(folder: Path) -> Path:
    """The folder of such a site on its first day: its float is counted, wallets are filled."""
    found(small_site(), folder)
    stage = Stage(folder, file=busy_file(folder))
    stage.site.do(
        OpenShift(
            actor=KIM,
            attendant_id=stage.attendant_id,
            desk=DESK,
            counted=money(20_000),
            intent="shift-0",
        )
    )
    add_fleet(stage, limit_minor=5000)
    core = stage.site.core
    with core.store.transaction() as tx:
        shop = tx.shops.add(name="Bakery", address="Road 2", tax_number="DE2")
        codes = [core.random_code(VOUCHER_LENGTH) for _ in range(20)]
        given = Given(ValidationKind.AMOUNT, 100)
        make_vouchers(
            core, tx, shop, given=given, codes=codes, expires_at=stage.now + timedelta(days=30)
        )
    wallets = [stage.wallet(minor, name=name) for minor, name in ((3000, "Ada"), (900, "Bo"))]
    (folder / "codes.txt").write_text("\n".join(codes), encoding="ascii")
    (folder / "passes.txt").write_text(
        "\n".join(f"{each.pass_code} {each.account}" for each in wallets), encoding="ascii"
    )
    stage.close()
    return folder


class Busy:
    """Who comes on a day, what they have in hand, and how they and Kim ask for things."""

    def __init__(self, stage: Stage, *, seed: int) -> None:
        self.stage = stage
        self.seed = seed
        self.random = random.Random(seed)
        folder = stage.folder
        self.passes = [
            line.split()[0] for line in (folder / "passes.txt").read_text("ascii").splitlines()
        ]
        self.codes = (folder / "codes.txt").read_text("ascii").split()
        self.left: list[ReservationId] = []
        self.debts: list[str] = []
        self.numbers = count(1)

    # -- the words of this day

    def name(self, what: str) -> str:
        """The name of one press of a button; no other life uses it."""
        return f"{what}-{self.seed}-{next(self.numbers)}"

    def some(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def fault(self) -> None:
        """Now and then the provider misbehaves at the next request."""
        if self.random.random() < 0.4:
            self.meets(self.random.choice(FAULTS))

    def meets(self, fault: SimulatedFault) -> None:
        """The next request meets this fault, unless the provider has been killed just now."""
        with suppress(NoClearAnswer, NotReached):
            self.stage.fault_next(fault)

    def method(self) -> Any:
        """A card, a wallet or the fleet's pass."""
        self.fault()
        passes = [*self.passes, "fffffff2"]
        pass_code = self.some(*passes)
        wallet = self.proof(pass_code)
        return self.some(CARD, CARD, CARD, wallet)

    def proof(self, pass_code: str) -> WalletProof:
        return WalletProof(pass_code, DRIVER_PIN)

    def by_kim(self, command: type[Any], **more: Any) -> Any:
        """Kim does something at the desk."""
        return self.stage.site.do(command(actor=KIM, attendant_id=self.stage.attendant_id, **more))
