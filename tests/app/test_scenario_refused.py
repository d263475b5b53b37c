"""What is wrong in a scenario is all named in words, events by their number."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.errors import ConfigError
from kiosk.app.main import main
from kiosk.app.scenario_file import read_scenario
from tests.app.test_scenario import RESERVE, SMALL

WAIT = '[[event]]\ndoes = "wait"\n'


def refused(tmp_path: Path, text: str) -> list[str]:
    """The lines that a file is refused with, without its name."""
    path = tmp_path / "story.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_scenario(path)
    return [line.removeprefix(f"{path}: ") for line in str(caught.value).splitlines()]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ('does = "resreve"', "event 1: does: resreve is no verb; did you mean reserve?"),
        ('who = "Ada"', 'event 1: does: is missing; write for example does = "reserve"'),
        ('does = "wait"\nwhen = "10:00"', "event 1 (wait): when: is no key of this table"),
        (
            'does = "reserve"\nwho = "Eda"\nminutes = 60',
            "event 1 (reserve): who: no driver Eda; did you mean Ada?",
        ),
        (
            'does = "reserve"\nwho = "Ada"\nspace = "A02"\nminutes = 60',
            "event 1 (reserve): space: no space A02; did you mean A01?",
        ),
        (
            'does = "reserve"\nwho = "Ada"',
            "event 1 (reserve): should have one of until and minutes",
        ),
        (
            'does = "reserve"\nwho = "Ada"\nfrom = "10:00"\nuntil = "2026-06-01 09:30"',
            "event 1 (reserve): until: 2026-06-01 09:30 is not after its start",
        ),
        (
            'does = "reserve"\nwho = "Ada"\nminutes = "60"',
            "event 1 (reserve): minutes: should be a whole number, without quotes",
        ),
        ('does = "pay"\nwho = "Ada"', "event 1 (pay): who: Ada has no reservation yet"),
        (
            'does = "cancel"\nwho = "Ada"\nreservation = "x"',
            "event 1 (cancel): reservation: no reservation x; there is none",
        ),
        (
            'does = "top-up"\nwho = "Ada"\namount = "CHF 5.00"',
            "event 1 (top-up): amount: is in CHF; the site has EUR",
        ),
        (
            'does = "top-up"\nwho = "Ada"\namount = 5.001',
            "event 1 (top-up): amount: 5.001 has parts that EUR does not have",
        ),
        (
            'does = "top-up"\nwho = "Ada"\namount = "much"',
            'event 1 (top-up): amount: "much" should be an amount',
        ),
        (
            'does = "top-up"\nwho = "Bob"\namount = 5.00',
            "event 1 (top-up): who: Bob has no wallet; give the driver a balance",
        ),
        (
            'does = "wait"\nat = "08:59"',
            "event 1 (wait): at: 08:59 is before 2026-06-01 09:00, so far is time",
        ),
        ('does = "wait"\nat = "noon"', 'event 1 (wait): at: "noon" should be a time'),
        ('does = "wait"\nat = "25:00"', 'event 1 (wait): at: "25:00" should be a time'),
        ('does = "wait"\nat = 10:00:00', "event 1 (wait): at: should be a time in quotes"),
        (
            'does = "wait"\nat = "2026-03-29 02:30"',
            'event 1 (wait): at: "2026-03-29 02:30" is skipped by the clocks of Europe/Berlin',
        ),
        (
            'does = "wait"\nat = "+99999d"',
            'event 1 (wait): at: "+99999d" is longer than 3660 days',
        ),
        (
            'does = "wait"\nat = "2019-01-01 10:00"',
            'event 1 (wait): at: "2019-01-01 10:00" should lie between the years 2020 and 2150',
        ),
        (
            'does = "clock-jump"\nby = "late"',
            'event 1 (clock-jump): by: "late" should be a length of time',
        ),
        (
            'does = "scan"\nwho = "Ada"\nlane = "side"\ntext = "x"',
            "event 1 (scan): lane: no lane side; there are: entry, exit",
        ),
        (
            'does = "wait"\nexpect = "grantd"',
            "event 1 (wait): expect: grantd is no answer; did you mean granted?",
        ),
        (
            'does = "provider"\nfault = "asleep"',
            "event 1 (provider): fault: should be 'declined', 'unreachable', 'answer-lost' or",
        ),
    ],
)
def test_a_wrong_event_is_named_by_its_number(tmp_path: Path, event: str, words: str) -> None:
    bob = '[[driver]]\nname = "Bob"\nplate = "B OB 7"\n'
    (line,) = refused(tmp_path, f"{SMALL}{bob}[[event]]\n{event}\n")

    assert line.startswith(words)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('title = "Small"', 'titel = "Small"', "scenario.title: is missing"),
        ('title = "Small"', 'title = "Small"\nends = "late"', 'scenario.ends: "late" should be'),
        ('"2026-06-01 09:00"', '"today"', 'scenario.starts_at: "today" should be a time'),
        ("price = 2.00", "prise = 2.00", "tariff.hours.prise: is no key of this table"),
        ("price = 2.00", "price = -2.00", "tariff.hours: band.1.row.1.price:"),
        ("price = 2.00", 'file = "none.toml"', "tariff.hours: cannot be read: No such file"),
        ("price = 2.00", 'price = 1\nfile = "x"', "tariff.hours: should have one of file and"),
        ('code = "A"', 'code = "A"\ntariff = "h"', "area.1.tariff: no tariff h; there are: hours"),
        ('code = "A"', 'code = "A"\nsplit = "h"', "area.1.split: no split h; there are: standard"),
        ('owner = "Ms Lind" }', 'owner = "Lind" }', "area.1.spaces: no owner Lind"),
        ('["A01"]', '["A01", "A01"]', "area: there are two spaces A01; labels should differ"),
        ('["A01"]', "[]", "area.1.spaces.1.labels: "),
        ("balance = 20.00", "balance = 900", "driver.1.balance: should be from 0 to 500.00"),
        ("balance = 20.00", 'balance = "USD 9"', "driver.1.balance: is in USD; the site has EUR"),
        (
            "[tariff.hours]",
            '[site]\nzone = "Moon"\n[tariff.hours]',
            "site: zone should be an",
        ),
        ("[tariff.hours]", "[rules]\nlate = 1\n[tariff.hours]", "rules.late: is no key of this"),
        (
            "offer = [{ from_local = 00:00:00, until_local = 00:00:00 }]",
            'dated = [{ from = "2026-06-02 10:00", until = "2026-06-02 09:00" }]',
            "owner.1: window 1: ends 2026-06-02 09:00, before it starts",
        ),
        (
            "offer = [{ from_local = 00:00:00, until_local = 00:00:00 }]",
            'dated = [{ from = "10:00", until = "11:00" }]',
            'owner.1.dated.1.from: "10:00" should be a local date and time',
        ),
    ],
)
def test_a_wrong_table_is_named_by_its_place(
    tmp_path: Path, before: str, after: str, words: str
) -> None:
    assert before in SMALL

    lines = refused(tmp_path, SMALL.replace(before, after) + WAIT)

    assert [line for line in lines if line.startswith(words)], lines


def test_all_wrong_events_are_named_at_once(tmp_path: Path) -> None:
    lines = refused(tmp_path, f'{SMALL}{WAIT}at = "x"\n{RESERVE}space = "B"\n{WAIT}{WAIT}x = 1\n')

    assert [line.partition(":")[0] for line in lines] == [
        "event 1 (wait)",
        "event 2 (reserve)",
        "event 4 (wait)",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SMALL, "event: is missing; write [[event]] at least once"),
        ("x = ", "is not TOML: "),
        (f'site = "no.toml"\n{SMALL}{WAIT}', "owner: stands in the site file no.toml"),
        (
            f"{SMALL}{WAIT}".replace("[[area]]", "[[aera]]"),
            "aera: is no key of this table; did you mean area?",
        ),
        (f"{SMALL}{RESERVE}{RESERVE}as = 'Ada'", "event 2 (reserve): as: there is a reservation"),
    ],
)
def test_a_file_that_tells_no_story_is_refused(tmp_path: Path, text: str, words: str) -> None:
    lines = refused(tmp_path, text)

    assert [line for line in lines if line.startswith(words)], lines


def test_a_wrong_file_ends_with_exit_code_2_and_tells_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.toml"
    path.write_bytes(b"\xff")

    code = main(["scenario", str(path), str(tmp_path / "none.toml")])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err == f"{path}: should be UTF-8 text\n"
