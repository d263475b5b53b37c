"""`kiosk scenario`: the examples, the same bytes each time, and what each verb does."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.main import main
from kiosk.app.scenario_deeds import DEEDS
from kiosk.app.scenario_expected import facts_known
from kiosk.app.scenario_file import read_scenario
from kiosk.app.scenario_names import names_there
from kiosk.app.scenario_report import stories_json, story_json, story_text
from kiosk.app.scenario_run import Story, tell
from kiosk.app.scenario_vocabulary import VERBS

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))
OF_MONEY = [path for path in EXAMPLES if path.name > "11"]
"""Those that have their JSON beside them, too."""
GOLDEN = [path.with_suffix(".out.txt") for path in EXAMPLES]
STORIES = sorted((ROOT / "tests" / "data" / "scenarios").glob("*.toml"))
SMALL = """
[scenario]
title = "Small"
starts_at = "2026-06-01 09:00"
[tariff.hours]
price = 2.00
[[owner]]
name = "Ms Lind"
offer = [{ from_local = 00:00:00, until_local = 00:00:00 }]
[[area]]
code = "A"
spaces = [{ labels = ["A01"], owner = "Ms Lind" }]
[[driver]]
name = "Ada"
plate = "B AB 123"
balance = 20.00
"""
RESERVE = '[[event]]\ndoes = "reserve"\nwho = "Ada"\nminutes = 60\n'


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What `kiosk scenario` says of stories that are good."""
    code = main(["scenario", *arguments])
    said = capsys.readouterr()
    assert (code, said.err) == (0, ""), said
    return said.out


@cache
def told_once(path: Path) -> Story:
    """A story of the repository, told by the first test that needs it."""
    return tell(read_scenario(path))


def story(tmp_path: Path, events: str, *, site: str = SMALL) -> Path:
    """A small file with these events."""
    path = tmp_path / "story.toml"
    path.write_text(f"{site}\n{events}", encoding="utf-8")
    return path


def amounts(document: dict[str, Any]) -> dict[str, str]:
    """What each party paid and got, by its name, as the text says it."""
    found = {each["name"]: each["cost"] for each in document["drivers"]}
    found |= {each["party"]: each["has"] for each in document["parties"]}
    return {name: f"{money['minor'] / 100:.2f}" for name, money in found.items()}


# --------------------------------------------------------------------------------- examples


def test_there_are_fifteen_examples_that_fit_on_two_pages_each() -> None:
    lines = [len(path.read_text(encoding="utf-8").splitlines()) for path in EXAMPLES]

    assert len(EXAMPLES) == 15
    assert max(lines) < 110


@pytest.mark.parametrize("path", [*EXAMPLES, *STORIES], ids=lambda path: path.stem)
def test_a_story_gives_the_same_bytes_again_and_the_same_figures_in_json(path: Path) -> None:
    first, again = told_once(path), tell(read_scenario(path))
    text, (document,) = story_text(first), json.loads(stories_json([first]))["scenarios"]
    parties = text.partition("What each paid and got\n")[2].partition("\n\n")[0]
    golden = path.with_suffix(".out.txt")

    assert (story_text(again), stories_json([again])) == (text, stories_json([first]))
    assert golden not in GOLDEN or golden.read_text(encoding="utf-8") == text
    assert dict(re.findall(r"^  (.+?) +(-?[\d.]+)", parties, flags=re.M)) == amounts(document)
    assert [each["kind"] for each in document["journals"]] == kinds(text)
    assert (first.unmet, first.is_good, document["is_good"]) == ((), True, True)
    assert [document["escrow_left"]["minor"], document["ledger_sum"]["minor"]] == [0, 0]


@pytest.mark.parametrize("path", OF_MONEY, ids=lambda path: path.stem)
def test_a_story_about_money_says_in_json_what_stands_beside_it(path: Path) -> None:
    golden = path.with_suffix(".out.json").read_text(encoding="utf-8")

    assert stories_json([told_once(path)]) + "\n" == golden


def kinds(text: str) -> list[str]:
    """The kinds of the journals in a report."""
    journals = text.partition("\nJournals\n")[2].partition("\nBalances")[0]
    return re.findall(r"^ *\d+  \w+ [\d: -]+  ([a-z-]+)", journals, flags=re.M)


def test_the_report_names_neither_a_folder_nor_the_day_of_today(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = told(capsys, "--json", str(EXAMPLES[0]))

    assert str(EXAMPLES[0].parent) not in said
    assert sorted(set(re.findall(r"20\d\d-\d\d-\d\d", said))) == ["2026-06-01"]


def test_reports_can_be_written_beside_their_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = story(tmp_path, '[[event]]\ndoes = "wait"\n')

    told(capsys, "--beside", str(path))
    told(capsys, "--beside", "--json", str(path))

    assert (tmp_path / "story.out.txt").read_text(encoding="utf-8").startswith("Small (story.")
    (document,) = json.loads((tmp_path / "story.out.json").read_text("utf-8"))["scenarios"]
    assert (document["title"], document["file"]) == ("Small", "story.toml")


# ----------------------------------------------------------------------------------- verbs


def test_each_verb_does_something_and_is_told_in_a_story() -> None:
    stories = [read_scenario(path) for path in (*EXAMPLES, *STORIES)]
    verbs = {event.table.does for story in stories for event in story.events}

    assert list(DEEDS) == list(VERBS)
    assert sorted(set(VERBS) - verbs) == []


@pytest.mark.parametrize("path", [*EXAMPLES, *STORIES], ids=lambda path: path.stem)
def test_what_is_told_can_be_expected_by_its_answer_its_facts_and_who_saw_it(path: Path) -> None:
    scenario = read_scenario(path)
    story = told_once(path)
    told = [*story.afterwards, *(each for step in story.steps for each in step.told)]
    told += [each for step in story.steps for each in step.meanwhile]
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    parties = names_there(raw, scenario.site, is_read=True).parties

    assert parties is not None
    for each in (each.seen for each in told):
        assert (each.answer, set(each.facts) - set(facts_known(each.answer))) == (
            each.answer,
            set(),
        )
        assert {each.who, each.facts.get("who", each.who)} <= set(parties)


def test_each_example_expects_something_of_most_of_its_events() -> None:
    events = [event for path in EXAMPLES for event in read_scenario(path).events]

    assert sum(event.table.expect is not None for event in events) > len(events) // 2


def test_a_whole_site_file_can_stand_for_the_small_form(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = f"""
site = "{ROOT / "resources" / "sites" / "demo.toml"}"
[scenario]
title = "At the demo site"
starts_at = "2026-06-01 09:00"
[[driver]]
name = "Ada"
plate = "B AB 123"
"""
    events = f'{RESERVE}area = "B"\npays = "card"\n[[event]]\ndoes = "arrive"\nwho = "Ada"\n'
    path = story(
        tmp_path, f'{events}[[event]]\nat = "09:30"\ndoes = "leave"\nwho = "Ada"', site=site
    )

    assert "charge 1.20; back 1.20" in told(capsys, str(path))


# ------------------------------------------------------------------------------- judgement


def test_a_story_that_ends_otherwise_than_expected_says_what_came_instead(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = story(tmp_path, f'{RESERVE}expect = {{ answer = "reserved", quote = 2.10 }}\n')

    code = main(["scenario", str(path)])

    said = capsys.readouterr().out
    assert code == 1
    assert "NOT AS EXPECTED: expected answer reserved, quote 2.10; what came: reserved (" in said
    assert "quote 2.00" in said
    assert "0 of 1 expectations met" in said


def test_money_that_is_left_in_escrow_makes_a_story_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = story(tmp_path, f'{RESERVE}pays = "wallet"\n')

    code = main(["scenario", str(path)])

    assert code == 1
    assert "escrow left 2.00, sum of the ledger 0.00" in capsys.readouterr().out


def test_a_balance_that_is_not_as_stated_makes_a_story_bad(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stated = '[balances]\n"wallet Ada" = 20.01\nvat = 0\n'
    path = story(tmp_path, f'{stated}[[event]]\ndoes = "wait"\n')

    code = main(["scenario", str(path)])

    said = capsys.readouterr().out
    assert code == 1
    assert "NOT AS STATED: wallet Ada has 20.00, not 20.01" in said
    assert "1 of 2 balances as stated" in said


@pytest.mark.parametrize(
    ("currency", "price", "vat_bp", "stated"),
    [
        ("JPY", "700", 1000, {"owner Ms Lind": 515, "commission": 105, "vat": 10, "manager": 70}),
        (
            "KWD",
            "1.250",
            0,
            {"owner Ms Lind": "0.938", "commission": "0.187", "vat": 0, "manager": "0.125"},
        ),
    ],
)
def test_other_currencies_are_divided_as_the_table_of_journals_says(
    tmp_path: Path, currency: str, price: str, vat_bp: int, stated: dict[str, object]
) -> None:
    site = SMALL.replace("price = 2.00", f"price = {price}")
    balances = "".join(f'"{account}" = {owed}\n' for account, owed in stated.items())
    site = f'{site}[site]\ncurrency = "{currency}"\n[split.s]\nvat_bp = {vat_bp}\n'
    stay = f'{RESERVE}pays = "wallet"\n[[event]]\ndoes = "arrive"\nwho = "Ada"\n'
    leave = '[[event]]\nat = "10:00"\ndoes = "leave"\nwho = "Ada"\n'
    balance = "20.00" if currency == "KWD" else "2000"
    site = site.replace("balance = 20.00", f"balance = {balance}")
    path = story(tmp_path, f"{stay}{leave}[balances]\n{balances}", site=site)

    told = tell(read_scenario(path))

    assert [each for each in told.balances if each.has != each.stated] == []
    assert told.is_good


def test_of_several_things_that_are_expected_those_that_did_not_come_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expect = 'expect = ["reserved", "granted", { answer = "stands", state = "pending" }]\n'
    path = story(tmp_path, f"{RESERVE}{expect}")

    code = main(["scenario", str(path)])

    said = capsys.readouterr().out
    assert (code, said.count("NOT AS EXPECTED")) == (1, 1)
    assert "NOT AS EXPECTED: expected answer granted; what came: reserved (" in said


def test_invoices_payouts_and_statements_come_out_in_json_with_their_lines() -> None:
    (_, fleet, _, payouts, _) = (story_json(told_once(path)) for path in OF_MONEY)
    told = [
        (each["answer"], each["facts"])
        for document in (fleet, payouts)
        for event in document["events"]
        for each in event["told"]
    ]
    invoices = [facts for answer, facts in told if answer == "invoice-issued"]
    statements = [facts for answer, facts in told if answer == "statement-shown"]

    assert [(each["number"], each["amount"]["minor"]) for each in invoices] == [(1, 800), (2, 400)]
    assert [each["reservation"] for each in invoices[1]["lines"]] == ["the night"]
    for each in (*invoices, *statements):
        parts = [line.get("owner", line.get("amount"))["minor"] for line in each["lines"]]
        opening = each.get("opening", {"minor": 0})["minor"]
        assert opening + sum(parts) == each.get("closing", each.get("amount"))["minor"]
    so_far = [each["so_far_at"] and each["so_far_at"][:10] for each in statements]
    assert so_far == ["2026-06-30", None, None]
    released = next(facts for answer, facts in told if answer == "run-released")
    assert [each["amount"]["minor"] for each in released["payouts"]] == [506, 506]


def test_what_time_brought_before_an_event_is_told_with_its_own_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = story(tmp_path, f'{RESERVE}[[event]]\nat = "12:00"\ndoes = "wait"\n')

    assert "Mon 09:10  -> Ada is expired" in told(capsys, str(path))


def test_who_reserved_nothing_is_told_so_and_the_story_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = '[[driver]]\nname = "Bob"\nplate = "B OB 7"\n'
    refused = RESERVE.replace("Ada", "Bob")
    pay = '[[event]]\ndoes = "pay"\nwho = "Bob"\nexpect = "no-reservation"\n'
    come = '[[event]]\ndoes = "arrive"\nwho = "Bob"\nexpect = "no-ticket"\n'
    path = story(tmp_path, other + RESERVE + refused + pay + come)

    assert "2 of 2 expectations met" in told(capsys, str(path))


@pytest.mark.parametrize(("stem", "is_dated"), [("14-payouts", True), ("01-first-stay", False)])
def test_lines_have_dates_where_a_day_of_the_week_comes_twice(
    stem: str, *, is_dated: bool
) -> None:
    path = next((each for each in EXAMPLES if each.stem == stem), EXAMPLES[0])
    text = story_text(told_once(path))

    timed = re.findall(r"^ *\d*  (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([\d: -]+)  ", text, flags=re.M)
    assert timed
    assert {bool(re.match(r"\d{4}-", each)) for each in timed} == {is_dated}


def test_a_wallet_is_filled_by_card_too_and_not_when_the_card_is_declined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_card = '[[event]]\ndoes = "top-up"\nwho = "Ada"\nby = "card"\namount = 30.00\n'
    added = 'expect = { answer = "wallet-topped-up", added = 30.00, balance = 50.00 }\n'
    decline = '[[event]]\ndoes = "provider"\nfault = "declined"\n'
    no = 'expect = "payment-declined"\n'
    held = '[balances]\n"psp simulator" = -30.00\n"wallet Ada" = 50.00\n'

    said = told(
        capsys, str(story(tmp_path, f"{by_card}{added}{decline}{by_card}{no}", site=held + SMALL))
    )

    assert "Ada: 30.00 more; the wallet has 50.00" in said
    assert "2 of 2 expectations met" in said
