"""What is wrong in a scenario is all named in words, events by their number."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.errors import ConfigError
from kiosk.app.main import SITES, main
from kiosk.app.scenario_file import read_scenario
from kiosk.app.scenario_run import tell
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
            "event 1 (provider): fault: should be 'answer-lost-after-doing', 'answer-late', ",
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
    ("expect", "words"),
    [
        ("{ quoet = 2.00 }", "quoet is no fact of any answer; did you mean quote?"),
        ('{ answer = "resreved", quote = 2.00 }', "resreved is no answer; did you mean reserved?"),
        (
            '{ answer = "plate-refused", quote = 2.00 }',
            "quote is no fact of plate-refused; there are: who, longest_signs",
        ),
        ('{ who = "Eda" }', "who: nobody is Eda; did you mean Ada?"),
        ('{ answer = "reserved", space = "A2" }', "space: no space A2; there are: A01"),
        ('{ found = ["A01", "B"] }', "found: no space B; there are: A01"),
        ('{ answer = "reserved", quote = "CHF 2.00" }', "quote: is in CHF; the site has EUR"),
        ('{ answer = "reserved", quote = 2.001 }', "quote: 2.001 has parts that EUR does not"),
        ('{ answer = "reserved", until = "25:00" }', 'until: "25:00" should be a time; write "'),
        ('{ answer = "stands", state = "pendng" }', "state: is never pendng; did you mean pend"),
        ('{ answer = "stands", reservation = "Ida" }', "reservation: no reservation Ida; did you"),
    ],
)
def test_what_can_never_come_is_refused_before_the_story_begins(
    tmp_path: Path, expect: str, words: str
) -> None:
    (line,) = refused(tmp_path, f"{SMALL}{RESERVE}expect = {expect}\n")

    assert line.startswith(f"event 1 (reserve): expect: {words}")


@pytest.mark.parametrize(
    "expect",
    [
        '{ answer = "reserved", who = "Ada", space = "A01", quote = 2, until = "Mon 10:00" }',
        '{ answer = "stands", reservation = "Ada", state = "pending", until = "10:00" }',
        '{ answer = "reserved", quote = "EUR 2.00", from = "2026-06-01 09:00", area = "A" }',
    ],
)
def test_what_can_come_is_expected(tmp_path: Path, expect: str) -> None:
    path = tmp_path / "story.toml"
    path.write_text(f"{SMALL}{RESERVE}expect = {expect}\n", encoding="utf-8")

    assert tell(read_scenario(path)).unmet == ()


def test_all_that_is_wrong_anywhere_in_a_file_is_named_at_once(tmp_path: Path) -> None:
    text = SMALL.replace("price = 2.00", "prise = 2.00").replace('"2026-06-01 09:00"', '"today"')
    wrong = f'{RESERVE}space = "B"\nplat = "x"\nexpect = {{ quoet = 1, who = "Eda" }}\n'
    text = f'{text}x = 1\n[rules]\nlate = 1\n{wrong}[[event]]\ndoes = "pay"\nwho = "Bob"\n'

    assert [line.partition("; ")[0] for line in refused(tmp_path, text)] == [
        "rules.late: is no key of this table",
        "tariff.hours.prise: is no key of this table",
        "driver.1.x: is no key of this table",
        'scenario.starts_at: "today" should be a time',
        "event 1 (reserve): plat: is no key of this table",
        "event 1 (reserve): space: no space B",
        "event 1 (reserve): expect: quoet is no fact of any answer",
        "event 1 (reserve): expect: who: nobody is Eda",
        "event 2 (pay): who: no driver Bob",
        "event 2 (pay): who: Bob has no reservation yet",
    ]


def test_tables_that_can_be_read_but_not_be_meant_are_named_with_the_events(
    tmp_path: Path,
) -> None:
    text = SMALL.replace("2.00", "-2.00", 1).replace("= 20.00", "= 900").replace("2026-06", "2019")
    text = text.replace('code = "A"', 'code = "A"\ntariff = "day"')

    lines = refused(tmp_path, f'{text}{WAIT}at = "noon"\n')

    assert [line.partition(": ")[0] for line in lines] == [
        "scenario.starts_at",
        "driver.1.balance",
        "area.1.tariff",
        "tariff.hours",
        "event 1 (wait)",
    ]


def test_an_event_with_a_slip_leads_to_no_slips_of_later_ones(tmp_path: Path) -> None:
    reserve = RESERVE.replace('"reserve"', '"resreve"')
    later = '[[event]]\ndoes = "pay"\nwho = "Ada"\n[[event]]\ndoes = "arrive"\nwho = "Ada"\n'
    area = SMALL.replace("[[area]]", "[[aera]]")

    verb = refused(tmp_path, f"{SMALL}{reserve}{later}")
    table = refused(tmp_path, f'{area}{RESERVE}space = "A01"\n{later}')

    assert [line.partition(":")[0] for line in verb] == ["event 1"]
    assert [line.partition(":")[0] for line in table] == ["aera"]


@pytest.mark.parametrize("raw", ["event = 1", "event = [1]", 'event = [{ does = ["wait"] }]'])
def test_what_is_no_event_at_all_is_refused(tmp_path: Path, raw: str) -> None:
    assert refused(tmp_path, f"{raw}\n{SMALL}")[0].startswith("event")


def test_of_a_whole_site_file_its_slips_are_named_with_those_of_the_story(tmp_path: Path) -> None:
    site = (SITES / "demo.toml").read_text(encoding="utf-8")
    (tmp_path / "site.toml").write_text(site.replace("[desk]", "[dekc]"), encoding="utf-8")
    head = 'site = "site.toml"\n[scenario]\ntitle = "Whole"\nstarts_at = "2026-06-01 09:00"\n'

    lines = refused(tmp_path, f'{head}{WAIT}[[event]]\ndoes = "show-wallet"\nwho = "Eda"\n')

    assert [line.removeprefix(f"{tmp_path}/").partition(":")[0] for line in lines] == [
        "site.toml",
        "event 2 (show-wallet)",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SMALL, "event: is missing; write [[event]] at least once"),
        ("x = ", "is not TOML: "),
        (f'site = "no.toml"\n{SMALL}{WAIT}', "owner: stands in the site file no.toml"),
        (f'site = "no.toml"\n{SMALL}{WAIT}[desk]\n', "desk: stands in the site file no.toml"),
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


def test_wrong_files_are_all_named_with_exit_code_2_and_nothing_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.toml"
    path.write_bytes(b"\xff")

    code = main(["scenario", str(path), str(tmp_path / "none.toml")])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert said.err.splitlines() == [
        f"{path}: should be UTF-8 text",
        f"{tmp_path / 'none.toml'}: cannot be read: No such file or directory",
    ]
