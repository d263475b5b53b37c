"""A stay in yen, euros and dinars settles to the numbers of money.md, by both rules."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.app.config import read_site_file
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered
from tests.fakes.stage import CARD, EXIT, SITE_FILE, Stage, found


def stage_in(currency: str, folder: Path, *, vat_bp: int, half_hour: str, rule: str) -> Stage:
    """The small site with other money."""
    folder.mkdir()
    shutil.copytree(SITE_FILE.parent / "tariffs", folder / "tariffs")
    tariff = folder / "tariffs" / "standard.toml"
    site = folder / SITE_FILE.name
    changed = (
        (SITE_FILE, site, 'currency = "EUR"', f'currency = "{currency}"'),
        (site, site, "vat_bp = 1900", f'vat_bp = {vat_bp}\nrule = "{rule}"'),
        (tariff, tariff, 'currency = "EUR"', f'currency = "{currency}"'),
        (tariff, tariff, "price = 1.20", f"price = {half_hour}"),
        (tariff, tariff, "price = 14.00", "price = 10_000"),
    )
    for source, target, before, after in changed:
        text = source.read_text(encoding="utf-8")
        assert text.count(before) == 1
        target.write_text(text.replace(before, after), encoding="utf-8")
    file = read_site_file(site)
    found(file, folder)
    return Stage(folder, file=file)


@pytest.mark.parametrize(
    ("currency", "vat_bp", "half_hour", "rule", "shares"),
    [
        ("EUR", 1900, "3.50", "owner-rest", (506, 104, 20, 70)),
        ("EUR", 1900, "3.50", "largest-remainder", (505, 105, 20, 70)),
        ("JPY", 1000, "350", "owner-rest", (515, 105, 10, 70)),
        ("JPY", 1000, "350", "largest-remainder", (515, 105, 10, 70)),
        ("KWD", 0, "0.625", "owner-rest", (938, 187, 0, 125)),
        ("KWD", 0, "0.625", "largest-remainder", (938, 187, 0, 125)),
    ],
)
def test_a_stay_of_two_half_hours_settles_to_the_worked_numbers(
    tmp_path: Path,
    currency: str,
    vat_bp: int,
    half_hour: str,
    rule: str,
    shares: tuple[int, int, int, int],
) -> None:
    site = stage_in(currency, tmp_path / "site", vat_bp=vat_bp, half_hour=half_hour, rule=rule)
    total = sum(shares)
    with closing(site) as stage:
        ticket = stage.inside(CARD, minutes=90)
        outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_.replace(minute=50))
        stage.wait(minutes=2)
        books, wrong = stage.books(), stage.wrong()

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.total == Money(total, currency)
    assert outcome.bill.refund == Money(total // 2, currency)
    owner, commission, vat, manager = shares
    parties = {"owner:1": owner, "commission": commission, "vat": vat, "manager": manager}
    assert books == {
        "psp:simulator": -total,
        **{name: minor for name, minor in parties.items() if minor},
    }
    assert wrong == []
