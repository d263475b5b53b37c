"""docs/scenarios.md names every key, verb and answer, and what it shows comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from kiosk.app.config import RulesTable
from kiosk.app.main import main
from kiosk.app.owner_tables import OfferTable
from kiosk.app.scenario_checks import SmallFile
from kiosk.app.scenario_facts import OUTCOMES
from kiosk.app.scenario_money_tables import (
    FleetTable,
    ShopTable,
    SmallDeskTable,
    SmallOfflineTable,
    SmallOperatorTable,
    SmallPayoutsTable,
)
from kiosk.app.scenario_tables import (
    CarTable,
    DatedTable,
    DriverTable,
    PriceTable,
    ScenarioTable,
    SmallAreaTable,
    SmallOwnerTable,
    SmallSiteTable,
    SmallSplitTable,
    SpaceTable,
)
from kiosk.app.scenario_vocabulary import VERBS
from kiosk.app.scenario_words import SENTENCES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.toml"))


def keys(table: type[BaseModel]) -> set[str]:
    """The keys of a table as a file has them."""
    return {field.alias or name for name, field in table.model_fields.items()}


def section(title: str) -> str:
    """The text under a heading, up to the next one."""
    return re.split(r"^#+ ", PAGE.partition(f"# {title}\n")[2], flags=re.M)[0]


@pytest.mark.parametrize(
    ("title", "tables"),
    [
        ("`[scenario]`", (ScenarioTable,)),
        ("`[site]`", (SmallSiteTable,)),
        ("`[rules]`", (RulesTable,)),
        ("`[tariff.NAME]`", (PriceTable,)),
        ("`[split.NAME]`", (SmallSplitTable,)),
        ("`[[owner]]`", (SmallOwnerTable, OfferTable, DatedTable)),
        ("`[[area]]`", (SmallAreaTable, SpaceTable)),
        ("`[[driver]]`", (DriverTable, CarTable)),
        ("`[operator]`", (SmallOperatorTable,)),
        ("`[desk]`", (SmallDeskTable,)),
        ("`[offline]`", (SmallOfflineTable,)),
        ("`[payouts]`", (SmallPayoutsTable,)),
        ("`[[fleet]]`", (FleetTable,)),
        ("`[[shop]]`", (ShopTable,)),
    ],
)
def test_the_page_names_every_key_of_a_table_in_its_section(
    title: str, tables: tuple[type[BaseModel], ...]
) -> None:
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]*)`", section(title)))))

    assert sorted(set().union(*map(keys, tables)) - named) == []


def test_the_page_has_a_section_for_every_table_of_a_file() -> None:
    headings = re.findall(r"^#+ .*`\[+([a-z]+)", PAGE, flags=re.M)

    assert sorted(headings) == sorted(keys(SmallFile) | {"event"})


def row(verb: str) -> str:
    """The row of a table that is about a verb, with what stands above its table."""
    part = next(part for part in re.split(r"^### ", PAGE, flags=re.M) if f"`{verb}`" in rows(part))
    line = next(line for line in part.splitlines() if line.startswith("|") and f"`{verb}`" in line)
    return part.partition("|")[0] + line


def rows(part: str) -> str:
    """The first cells of the tables of a section about verbs."""
    found = re.findall(r"^\| (`[^|]*`) \|", part, flags=re.M)
    return "\n".join(found) if "| verb |" in part else ""


@pytest.mark.parametrize("verb", VERBS)
def test_the_page_names_every_verb_with_its_keys(verb: str) -> None:
    common = keys(VERBS["wait"])
    text = row(verb)
    if verb == "offer":  # it has those of an owner's table, which are named there
        text += section("`[[owner]]`")
    if verb == "re-enter":
        text += row("arrive")

    assert sorted(key for key in keys(VERBS[verb]) - common if f"`{key}`" not in text) == []


def test_the_page_names_the_keys_that_every_event_has() -> None:
    text = section("What happens: `[[event]]`")

    assert [key for key in keys(VERBS["wait"]) if f"| `{key}` |" not in text] == []


def test_the_page_says_every_answer_as_the_report_says_it() -> None:
    text = section("What is expected")
    said = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", text, flags=re.M)

    assert dict(said) == SENTENCES


def test_every_answer_of_the_services_has_a_sentence() -> None:
    parts = {"area-summary", "plan-space", "found-space", "not-offered", "bill", "reseated"}
    parts |= {"recall-item", "areas-shown", "must-choose-pin", "pin-refused", "signed-in"}
    parts |= {"debt", "owners-line", "shift-end", "shift-report", "till-moves"}

    assert sorted(set(OUTCOMES) - set(SENTENCES) - parts) == []


def test_the_whole_file_of_the_page_is_a_good_story(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "whole.toml"
    path.write_text(re.findall(r"```toml\n(.*?)```", PAGE, flags=re.S)[0], encoding="utf-8")

    assert main(["scenario", str(path)]) == 0
    assert "1 of 1 expectations met" in capsys.readouterr().out


def test_the_lines_that_the_page_shows_of_a_report_stand_in_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (shown,) = re.findall(r"```console\n\$ kiosk (.*?)```", PAGE, flags=re.S)
    command, *lines = shown.splitlines()
    monkeypatch.chdir(ROOT)

    main(command.split())

    said = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line != "..." and line not in said] == []


def test_the_slips_that_the_page_shows_are_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.toml"
    whole = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.S)[0]
    bad = (ROOT / "tests" / "data" / "scenarios" / "slips.txt").read_text(encoding="utf-8")
    path.write_text(whole.partition("[[event]]")[0] + bad, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    code = main(["scenario", "bad.toml"])

    assert code == 2
    assert f"```text\n{capsys.readouterr().err}```" in PAGE


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_page_describes_every_example_by_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")

    assert first in " ".join(PAGE.split())
    assert f"(examples/{path.name})" in PAGE
    assert f"(examples/{path.stem}.out.txt)" in PAGE
