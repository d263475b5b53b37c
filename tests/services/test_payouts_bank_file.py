"""The order to the bank: valid by its XSD, the same bytes for ever, a CSV list without euros."""

from __future__ import annotations

import csv
import hashlib
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sepaxml
import xmlschema

from kiosk.domain.ids import OwnerId, PayoutId
from kiosk.domain.money import Money
from kiosk.domain.payee import Payee
from kiosk.domain.payout_run import BankFile, FileKind, Payout, PayoutRun, RunState
from kiosk.services.bank_accounts import AccountRefused, BankAccount, account_of
from kiosk.services.bank_file import bank_file, decimal_text
from tests.fakes.stage import Stage
from tests.services.paying_out import ALWAYS, GOOD_IBAN, OTHER_IBAN, move, name_account, released

NOW = datetime(2026, 6, 8, 4, tzinfo=UTC)
PAYER = BankAccount("Stellplatz Öffnung GmbH", GOOD_IBAN, "COBADEFFXXX")
ADA = Payout(
    PayoutId(1), OwnerId(1), Money(50_605, "EUR"), "Ädä 王", OTHER_IBAN, "ABNANL2A", "S17R1O1"
)
BEN = replace(
    ADA, id=PayoutId(2), amount=Money(7, "EUR"), name='Ben, "B"', bic=None, end_to_end="S17R1O2"
)
RUN = PayoutRun(1, NOW, NOW, "Kim", RunState.APPROVED, (ADA, BEN))
NAMES = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


def order(run: PayoutRun = RUN, *, payer: BankAccount | None = PAYER) -> BankFile:
    return bank_file(run, payer=payer, execution_date=date(2026, 6, 8), text="Small R1")


def schema() -> xmlschema.XMLSchema:
    folder = Path(sepaxml.__file__).parent / "schemas"
    return xmlschema.XMLSchema(folder / "pain.001.001.09.xsd")


def test_the_order_is_valid_by_the_xsd_and_says_every_amount() -> None:
    file = order()
    assert file.kind is FileKind.PAIN_001
    schema().validate(file.content.decode())
    root = ET.fromstring(file.content)
    found = {
        transfer.findtext(".//p:EndToEndId", "", NAMES): (
            transfer.findtext(".//p:InstdAmt", "", NAMES),
            transfer.findtext(".//p:IBAN", "", NAMES),
            transfer.findtext(".//p:BICFI", "", NAMES),
        )
        for transfer in root.iterfind(".//p:CdtTrfTxInf", NAMES)
    }
    assert found == {
        "S17R1O1": ("506.05", OTHER_IBAN, "ABNANL2A"),
        "S17R1O2": ("0.07", OTHER_IBAN, ""),
    }
    assert root.findtext(".//p:GrpHdr/p:CtrlSum", "", NAMES) == "506.12"
    assert root.findtext(".//p:GrpHdr/p:MsgId", "", NAMES) == file.msg_id
    assert root.findtext(".//p:ReqdExctnDt/p:Dt", "", NAMES) == "2026-06-08"


def test_an_order_with_one_impossible_field_is_not_valid_by_the_xsd() -> None:
    broken = order().content.replace(b"<Ccy>", b"").replace(OTHER_IBAN.encode(), b"no iban")
    assert not schema().is_valid(broken.decode())


def test_an_order_that_is_not_valid_is_never_made() -> None:
    too_long = replace(ADA, end_to_end="S" * 36)

    with pytest.raises(xmlschema.XMLSchemaValidationError):
        order(replace(RUN, payouts=(too_long,)))


@pytest.mark.parametrize(
    ("currency", "payer", "amount"),
    [("JPY", PAYER, "50605"), ("KWD", PAYER, "50.605"), ("EUR", None, "506.05")],
)
def test_without_euros_or_an_own_account_it_is_a_list_of_transfers(
    currency: str, payer: BankAccount | None, amount: str
) -> None:
    payouts = tuple(
        replace(each, amount=Money(each.amount.minor, currency)) for each in (ADA, BEN)
    )
    file = order(replace(RUN, payouts=payouts), payer=payer)

    assert (file.kind, file.msg_id) == (FileKind.CSV, None)
    assert file.content.count(b"\r\n") == 3
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert [row["name"] for row in rows] == ["Ädä 王", 'Ben, "B"']
    assert (rows[0]["amount"], rows[0]["currency"]) == (amount, currency)
    assert (rows[0]["end_to_end_id"], rows[0]["iban"]) == ("S17R1O1", OTHER_IBAN)


def test_the_bytes_of_a_run_are_kept_and_another_order_would_be_another_message(
    stage: Stage,
) -> None:
    name_account(stage, None, GOOD_IBAN, name="Operator")
    name_account(stage, ALWAYS, OTHER_IBAN)
    move(stage, ALWAYS, 500, key="one")
    stage.wait(seconds=1)
    run = released(stage)

    with stage.site.core.store.reading() as tx:
        first = tx.payouts.file(run.id)
    stage.restart()
    with stage.site.core.store.reading() as tx:
        again = tx.payouts.file(run.id)

    assert first is not None
    assert first == again
    assert hashlib.sha256(first.content).digest() != hashlib.sha256(order().content).digest()
    assert order().msg_id != order().msg_id


def test_amounts_for_machines_have_the_places_of_their_currency() -> None:
    texts = [decimal_text(Money(-7, currency)) for currency in ("EUR", "JPY", "KWD")]
    assert texts == ["-0.07", "-7", "-0.007"]


@pytest.mark.parametrize(
    ("iban", "bic", "why"),
    [
        ("DE88370400440532013000", "", "the IBAN DE88 ... 3000 has wrong check digits"),
        ("DE8937040044053201300", "", "DE89 ... 1300 is not an IBAN"),
        ("nonsense", "", "nonsense is not an IBAN"),
        (GOOD_IBAN, "COBA", "COBA is not a BIC"),
        (GOOD_IBAN, "ABNANL2A", "the BIC ABNANL2A is of another country than the IBAN"),
    ],
)
def test_what_cannot_be_an_account_is_refused_in_words(iban: str, bic: str, why: str) -> None:
    assert account_of(Payee(name="Ada", iban=iban, bic=bic)) == AccountRefused(why)


def test_a_bic_is_derived_where_its_bank_is_known_and_kept_where_it_is_given() -> None:
    derived = account_of(Payee(name="Ada", iban="de89 3704 0044 0532 0130 00"))
    assert derived == BankAccount("Ada", GOOD_IBAN, "COBADEFFXXX")
    given = account_of(Payee(name="Ada", iban=GOOD_IBAN, bic="DEUTDEFF"))
    assert given == BankAccount("Ada", GOOD_IBAN, "DEUTDEFF")


@pytest.mark.parametrize("name", ["\N{GRINNING FACE}", "---", "12", "Ada\x01", "1" * 70 + "Ada"])
def test_a_name_that_no_order_can_write_is_refused_with_its_account(name: str) -> None:
    assert account_of(Payee(name=name, iban=GOOD_IBAN)) == AccountRefused(
        f"no order to a bank can name {name!a}"
    )


@pytest.mark.parametrize("name", ["Ädä", "王伟", "Łukasz & Söhne", "3M"])
def test_a_name_of_letters_of_any_script_stands_in_the_order(name: str) -> None:
    account = account_of(Payee(name=name, iban=GOOD_IBAN))
    assert isinstance(account, BankAccount)
    schema().validate(order(replace(RUN, payouts=(replace(ADA, name=name),))).content.decode())
