"""What a site file says of operator and owners for receipts and payouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.domain.payee import Payee
from tests.app.test_site_rules import problem, read

OPERATOR = """[operator]
name = "Car Parks North"
address = ["Quay 1", "20095 Hamburg"]
tax_number = "DE 1"
small_business = true
iban = "DE89 3704 0044 0532 0130 00"
bic = "COBADEFFXXX"

[split.standard]"""


def operator(text: str) -> tuple[str, str]:
    """The small site with an operator."""
    return ("[split.standard]", f"[operator]\n{text}\n[split.standard]")


def test_an_operator_is_read_with_all_that_is_said(tmp_path: Path) -> None:
    plan = read(tmp_path, ("[split.standard]", OPERATOR)).to_payees()

    assert plan.operator == Payee(
        name="Car Parks North",
        address=("Quay 1", "20095 Hamburg"),
        tax_number="DE 1",
        is_small_business=True,
        iban="DE89370400440532013000",
        bic="COBADEFFXXX",
    )


def test_an_operator_without_a_name_is_called_like_the_site(tmp_path: Path) -> None:
    plan = read(tmp_path, operator('tax_number = "DE 1"')).to_payees()

    assert plan.operator == Payee(name="Small", tax_number="DE 1")


def test_owners_are_named_and_those_who_say_nothing_too(tmp_path: Path) -> None:
    said = ('name = "Always"', 'name = "Always"\naddress = ["Quay 2"]\nsmall_business = true')
    plan = read(tmp_path, said).to_payees()

    assert plan.owners == {
        "Always": Payee(name="Always", address=("Quay 2",), is_small_business=True),
        "Nights": Payee(name="Nights"),
    }


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("address = 'Quay 1'", "operator.address"),
        (f"address = ['{'x' * 71}']", "operator.address.0"),
        ("address = ['']", "operator.address.0"),
        ('address = ["one\\ntwo"]', "operator.address.0"),
        ("address = ['1', '2', '3', '4', '5']", "operator.address"),
        ('tax_number = "one\\ntwo"', "operator.tax_number"),
        ("small_business = 3", "operator.small_business"),
        ("phone = '1'", "operator.phone"),
    ],
)
def test_what_fits_on_no_receipt_is_refused_by_its_key(
    tmp_path: Path, text: str, path: str
) -> None:
    assert f": {path}: " in problem(tmp_path, operator(text))
