"""A receipt names who supplied the parking, with the tax number, for as long as anybody may."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from db.records import ReceiptRecord
from kiosk.app.config import SiteFile, SplitTable
from kiosk.app.money_tables import OperatorTable
from kiosk.domain.ids import OwnerId
from kiosk.domain.outcomes import ExitCovered, TicketIssued
from kiosk.domain.payee import Payee
from kiosk.domain.settlement import Party
from kiosk.services.paper import COLUMNS
from kiosk.services.receipt_file import read_receipt, receipt_of, replay
from tests.fakes.stage import EXIT, Stage, euro, found, small_site

OPERATOR = OperatorTable(
    name="Car Parks North", address=("Quay 1", "20095 Hamburg"), tax_number="DE 1"
)
ALWAYS = {
    "address": ("Harbour Street 12", "10115 Berlin"),
    "tax_number": "DE 123 456 789",
    "iban": "DE89 3704 0044 0532 0130 00",
    "bic": "COBADEFFXXX",
}


def site_with(
    said: Mapping[str, object] = MappingProxyType({}), *, supplier: Party = Party.OWNER
) -> SiteFile:
    """The small site, whose first owner and operator say more of themselves."""
    file = small_site()
    always = file.owner[0].model_copy(update=said)
    standard = file.split["standard"].model_copy(update={"supplier": supplier})
    split: dict[str, SplitTable] = {**file.split, "standard": standard}
    update = {"owner": (always, *file.owner[1:]), "operator": OPERATOR, "split": split}
    return file.model_copy(update=update)


def stage_of(file: SiteFile, folder: Path) -> Stage:
    """A site that was founded by this file."""
    folder.mkdir(exist_ok=True)
    found(file, folder)
    return Stage(folder, file=file)


def left(stage: Stage, *, plate: str = "B AB 1") -> tuple[TicketIssued, ExitCovered]:
    """A driver has come and gone."""
    ticket = stage.inside(stage.wallet().proof, plate=plate)
    stage.wait(minutes=50)
    outcome = stage.drive(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    return ticket, outcome


def turned_round(stage: Stage, ticket: TicketIssued) -> ExitCovered:
    """A driver was settled, and backed out of the lane again."""
    car = stage.site.car_to(EXIT)
    outcome = stage.scan(EXIT, ticket.text)
    stage.back_out(EXIT, car)
    assert isinstance(outcome, ExitCovered)
    return outcome


def printed(stage: Stage) -> list[str]:
    """The last paper, with single spaces."""
    return [" ".join(line.split()) for line in stage.site.papers[-1].paper.lines]


def receipt(stage: Stage, ticket: TicketIssued) -> ReceiptRecord:
    return stage.receipts(ticket.reservation_id)[-1]


def test_the_owner_of_the_space_supplies_it_by_default(tmp_path: Path) -> None:
    with closing(stage_of(site_with(ALWAYS), tmp_path)) as stage:
        ticket, outcome = left(stage)
        supplier = receipt(stage, ticket).supplier
        paper = printed(stage)

    assert supplier is not None
    assert (supplier.name, supplier.address) == ("Always", ALWAYS["address"])
    assert (supplier.tax_number, supplier.shows_tax) == ("DE 123 456 789", True)
    assert outcome.bill.supplier == supplier
    assert "of it tax EUR 0.38" in paper
    assert paper[-5:] == [
        "Supplied by",
        "Always",
        "Harbour Street 12",
        "10115 Berlin",
        "Tax no. DE 123 456 789",
    ]


def test_the_operator_supplies_it_where_the_terms_say_so(tmp_path: Path) -> None:
    with closing(stage_of(site_with(supplier=Party.OPERATOR), tmp_path)) as stage:
        ticket, _ = left(stage)
        supplier = receipt(stage, ticket).supplier
        paper = printed(stage)

    assert supplier is not None
    assert (supplier.name, supplier.tax_number) == ("Car Parks North", "DE 1")
    assert paper[-5:] == [
        "Supplied by",
        "Car Parks North",
        "Quay 1",
        "20095 Hamburg",
        "Tax no. DE 1",
    ]


def test_a_small_business_shows_no_tax_and_says_why(tmp_path: Path) -> None:
    with closing(stage_of(site_with({"small_business": True}), tmp_path)) as stage:
        ticket, outcome = left(stage)
        kept = receipt(stage, ticket)
        paper = printed(stage)

    assert kept.supplier is not None
    assert not kept.supplier.shows_tax
    assert outcome.bill.tax_shown is None
    assert [line for line in paper if line.startswith("of it tax")] == []
    assert paper[-3:] == ["Supplied by", "Always", "Small business: no tax"]
    assert kept.shares == outcome.bill.shares
    assert kept.shares.vat == euro(7), "the tax on the commission is the operator's own"


def test_a_site_file_that_says_nothing_names_its_owners_and_itself(stage: Stage) -> None:
    with stage.site.core.store.reading() as tx:
        operator, owner = tx.payees.operator(), tx.payees.of_owner(OwnerId(1))

    assert operator == Payee(name="Small")
    assert owner == Payee(name="Always")


def test_an_owner_who_came_after_the_founding_changes_nobody_else(tmp_path: Path) -> None:
    with closing(stage_of(site_with(), tmp_path)) as stage:
        now = stage.now
    file = site_with()
    new = file.owner[0].model_copy(update={"name": "New"})
    file = file.model_copy(update={"owner": (*file.owner, new)})

    with closing(Stage(tmp_path, file=file, starts_at=now, seed=2)) as stage:
        rows = stage.sql("SELECT coalesce(owner_id, 0) FROM payee ORDER BY id")
        with stage.site.core.store.reading() as tx:
            operator = tx.payees.operator()

    assert rows == [(0,), (1,), (2,)]
    assert operator is not None
    assert operator.name == "Car Parks North"


def test_who_scans_again_is_shown_the_supplier_of_the_receipt(tmp_path: Path) -> None:
    with closing(stage_of(site_with(ALWAYS), tmp_path)) as stage:
        ticket = stage.inside(stage.wallet().proof)
        first, again = (turned_round(stage, ticket) for _ in range(2))

    assert first.bill.supplier is not None
    assert again.bill == first.bill


def test_payouts_find_bank_and_address_of_an_owner(tmp_path: Path) -> None:
    with (
        closing(stage_of(site_with(ALWAYS), tmp_path)) as stage,
        stage.site.core.store.reading() as tx,
    ):
        payee, stranger = tx.payees.of_owner(OwnerId(1)), tx.payees.of_owner(OwnerId(99))

    assert payee is not None
    assert (payee.iban, payee.bic) == ("DE89370400440532013000", "COBADEFFXXX")
    assert stranger is None


def test_a_receipt_keeps_the_name_of_its_day_when_the_site_file_has_another(
    tmp_path: Path,
) -> None:
    with closing(stage_of(site_with({"tax_number": "old"}), tmp_path)) as stage:
        before, _ = left(stage)
    changed = Stage(tmp_path, file=site_with({"tax_number": "new"}), starts_at=stage.now, seed=2)
    with closing(changed) as stage:
        after, _ = left(stage, plate="B AB 2")
        said = [receipt(stage, ticket).supplier for ticket in (before, after)]
        rows = stage.sql("SELECT coalesce(owner_id, 0) FROM payee ORDER BY id")
        told = stage.sql("SELECT count(*) FROM audit WHERE action = 'payees.changed'")

    assert [each.tax_number for each in said if each is not None] == ["old", "new"]
    assert (rows, told) == ([(0,), (1,), (2,), (1,)], [(2,)])


def test_a_start_with_the_same_site_file_writes_nothing(tmp_path: Path) -> None:
    with closing(stage_of(site_with(ALWAYS), tmp_path)) as stage:
        stage.restart()
        rows = stage.sql("SELECT coalesce(owner_id, 0) FROM payee ORDER BY id")

    assert rows == [(0,), (1,), (2,)]


def test_a_person_is_forgotten_without_touching_a_receipt(tmp_path: Path) -> None:
    with closing(stage_of(site_with(ALWAYS), tmp_path)) as stage:
        ticket, _ = left(stage)
        before = receipt(stage, ticket)
    with closing(sqlite3.connect(tmp_path / "site.db")) as database, database:
        database.execute("UPDATE payee SET name = '', address = '', tax_number = '', iban = ''")

    with closing(Stage(tmp_path, file=site_with(), starts_at=stage.now, seed=2)) as stage:
        after = receipt(stage, ticket)
        wrong = stage.wrong()

    assert before.supplier is not None
    nobody = replace(before.supplier, name="", address=(), tax_number="")
    assert after == replace(before, supplier=nobody)
    assert wrong == []


def test_the_exported_receipt_carries_its_supplier_and_prices_the_same(tmp_path: Path) -> None:
    with closing(stage_of(site_with(ALWAYS), tmp_path)) as stage:
        ticket, _ = left(stage)
        kept = receipt(stage, ticket)
        tariff = stage.reservation(ticket.reservation_id).tariff

    assert kept.facts is not None
    named = receipt_of(tariff, kept.facts, kept.charge, supplier=kept.supplier)
    unnamed = receipt_of(tariff, kept.facts, kept.charge)
    assert named.pop("supplier") == {
        "name": "Always",
        "address": ["Harbour Street 12", "10115 Berlin"],
        "tax_number": "DE 123 456 789",
        "shows_tax": True,
    }
    assert named == unnamed
    assert replay(read_receipt(json.dumps(unnamed))).differences == ()


def test_a_long_name_is_broken_to_the_roll(tmp_path: Path) -> None:
    long = "Housing Association North Light of the Harbour Quarter"
    operator = OPERATOR.model_copy(update={"name": long})
    file = site_with(supplier=Party.OPERATOR).model_copy(update={"operator": operator})
    with closing(stage_of(file, tmp_path)) as stage:
        left(stage)
        lines = stage.site.papers[-1].paper.lines

    assert [line for line in lines if len(line) > COLUMNS] == []
    assert "Housing Association North Light" in lines
