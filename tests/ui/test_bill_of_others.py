"""A bill that others pay a part of says who, on the glass and on paper."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered
from kiosk.domain.validation import Given, ShopPart
from kiosk.services.paper import receipt_paper
from kiosk.ui.screens.bill_words import others_words
from kiosk.ui.screens.say import Say
from tests.fakes.stage import EXIT, Stage, Wallet, ada, euro, founded, stage
from tests.services.test_hand_over import take_over
from tests.services.test_shops import AMOUNT, add_shop, validate

__all__ = ["ada", "founded", "stage"]


def euros(money: Money) -> str:
    return f"€{money.minor / 100:.2f}"


def test_shops_and_drivers_are_named_with_what_they_paid(stage: Stage, ada: Wallet) -> None:
    bob = stage.wallet(name="Bob")
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=30)
    take_over(stage, ticket, bob.proof)
    stage.wait(minutes=25)
    validate(stage, ticket, add_shop(stage), Given(AMOUNT, 60))
    outcome = stage.drive(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    bill, site = outcome.bill, stage.site.core.site
    say = Say(zone=site.zone, language=lambda: "en", now=lambda: stage.now)
    first, second = bill.payers

    assert others_words(bill, say).splitlines() == [
        "€0.60 of it from Bakery",
        *(
            f"Driver {number}: {each.minutes}\u00a0min, {euros(each.part)}; "
            f"{euros(each.back)} goes back"
            for number, each in enumerate((first, second), 1)
        ),
    ]
    printed = [" ".join(line.split()) for line in receipt_paper(site, bill).lines]
    assert "paid by Bakery EUR 0.60" in printed
    assert f"Driver 2, {second.minutes} min EUR {second.part.minor / 100:.2f}" in printed
    assert f"back to driver 1 EUR {first.back.minor / 100:.2f}" in printed
    exactly = replace(bill, payers=(first, replace(second, back=euro(0))))
    assert others_words(exactly, say).splitlines()[2].endswith(euros(second.part))
    assert "back to driver 2" not in "".join(receipt_paper(site, exactly).lines)
    operators = replace(bill, validated=(ShopPart(1, "", euro(60)),), payers=())
    assert others_words(operators, say) == "€0.60 of it from the car park"


def test_the_bill_of_one_driver_names_nobody(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=25)
    outcome = stage.drive(EXIT, ticket.text)
    assert isinstance(outcome, ExitCovered)
    site = stage.site.core.site
    say = Say(zone=site.zone, language=lambda: "en", now=lambda: stage.now)

    assert others_words(outcome.bill, say) == ""
    assert not any(line.startswith("paid by") for line in receipt_paper(site, outcome.bill).lines)
