"""What is wrong in a scenario with fleets, shops, payouts and balances is named in words, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.test_scenario import RESERVE, SMALL
from tests.app.test_scenario_refused import WAIT, refused


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (
            'does = "validate"\nwho = "Ada"\namount = 1\npercent = 5',
            "event 1 (validate): should have one of amount, minutes and percent",
        ),
        (
            'does = "give-voucher"\nwho = "Ada"\nshop = "Baker"\namount = 1',
            "event 1 (give-voucher): shop: no shop Baker; there is none",
        ),
        (
            'does = "invoice"\nmonth = "2026-06"',
            "event 1 (invoice): should have one of fleet and shop",
        ),
        (
            'does = "statement"\nowner = "Ms Lind"\nmonth = "June"',
            'event 1 (statement): month: "June" should be a month; write for example "2026-06"',
        ),
        (
            'does = "refund"\nwho = "Ada"\namount = -9.00\nreason = "r"',
            "event 1 (refund): amount: should be more than nothing",
        ),
        (
            'does = "refund"\nwho = "Ada"\nnew_total = -0.01\nreason = "r"',
            "event 1 (refund): new_total: should not be below nothing",
        ),
        (
            'does = "top-up"\nwho = "Ada"\namount = 0',
            "event 1 (top-up): amount: should be more than nothing",
        ),
        (
            'does = "payout-results"\nrejected = ["Ms Lin"]',
            "event 1 (payout-results): rejected: no owner Ms Lin; did you mean Ms Lind?",
        ),
        (
            'does = "approve-payouts"\nattendant = "Kim"',
            "event 1 (approve-payouts): attendant: no attendant Kim; there are: Attendant",
        ),
        (
            'does = "propose-payouts"\ncutoff = "soon"',
            'event 1 (propose-payouts): cutoff: "soon" should be a time',
        ),
        (
            'does = "reserve"\nwho = "Ada"\nminutes = 60\npays = "fleet"',
            "event 1 (reserve): who: Ada has no pass of a fleet; give the driver a fleet",
        ),
        (
            'does = "close-shift"',
            "event 1 (close-shift): counted: is missing",
        ),
    ],
)
def test_a_wrong_event_about_money_is_named_by_its_number(
    tmp_path: Path, event: str, words: str
) -> None:
    (line,) = refused(tmp_path, f"{SMALL}[[event]]\n{event}\n")

    assert line.startswith(words)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("balance = 20.00", 'fleet = "C"', "driver.1.fleet: no fleet C; there is none"),
        (
            "[tariff.hours]",
            "[desk]\nattendants = ['Attendant']\n[tariff.hours]",
            "desk.attendants:",
        ),
        (
            "[tariff.hours]",
            "[payouts]\nminimum = -1\n[tariff.hours]",
            "payouts.minimum: should not",
        ),
        (
            "[tariff.hours]",
            "[[fleet]]\nname = 'C'\ncredit_limit = -0.01\n[tariff.hours]",
            "fleet.1.credit_limit: should not be below nothing",
        ),
        (
            "[tariff.hours]",
            "[split.a]\nmerchant = 'me'\n[tariff.hours]",
            "split.a.merchant: should",
        ),
        ("[tariff.hours]", "[balances]\nwalet = 1\n[tariff.hours]", "balances: walet: no account"),
        (
            "[tariff.hours]",
            "[balances]\n'owner Lind' = 1\n[tariff.hours]",
            "balances: owner Lind: no owner Lind; did you mean Ms Lind?",
        ),
        ("[tariff.hours]", "[balances]\nvat = 'CHF 1'\n[tariff.hours]", "balances.vat: is in CHF"),
        (
            "[tariff.hours]",
            "[[shop]]\nname = 'B'\n[[shop]]\nname = 'B'\n[tariff.hours]",
            "shop: names should differ",
        ),
    ],
)
def test_a_wrong_table_about_money_is_named_by_its_place(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    assert before in SMALL

    lines = refused(tmp_path, SMALL.replace(before, after) + WAIT)

    assert [line for line in lines if line.startswith(words)], lines


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (
            'to = "Bob"',
            "to: Bob has neither wallet nor fleet; give the driver a balance or a fleet",
        ),
        ('to = "Bob"\nby = "wallet"', "to: Bob has no wallet; give the driver a balance"),
        ('to = "Ada"\nby = "fleet"', "to: Ada has no pass of a fleet; give the driver a fleet"),
        ('to = "Bo"', "to: no driver Bo; did you mean Bob?"),
    ],
)
def test_who_takes_a_car_over_has_something_to_pay_with(
    tmp_path: Path, keys: str, words: str
) -> None:
    bob = '[[driver]]\nname = "Bob"\nplate = "B OB 7"\n'
    hand_over = f'[[event]]\ndoes = "hand-over"\nwho = "Ada"\n{keys}\n'

    assert refused(tmp_path, f"{SMALL}{bob}{RESERVE}{hand_over}") == [
        f"event 2 (hand-over): {words}"
    ]
