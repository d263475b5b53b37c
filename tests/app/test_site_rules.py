"""What a site file says of rules, owners and spaces: read into values, or refused in words."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.errors import ConfigError
from kiosk.domain.offer import OfferTerms, weekly
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.site import CancelTier, Rules
from kiosk.domain.space import OwnerKind, SpaceType
from tests.fakes.stage import SITE_FILE

TARIFFS = SITE_FILE.with_name("tariffs")
GOOD = SITE_FILE.read_text(encoding="utf-8").replace("tariffs/", f"{TARIFFS}/")
MINUTE = timedelta(minutes=1)


def read(tmp_path: Path, *changes: tuple[str, str]) -> SiteFile:
    """The small site with changes."""
    text = GOOD
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / "site.toml"
    path.write_text(text, encoding="utf-8")
    return read_site_file(path)


def with_rules(tmp_path: Path, *lines: str) -> SiteFile:
    """The small site with rules of its own."""
    return read(tmp_path, ("[split.standard]", "\n".join(["[rules]", *lines, "[split.standard]"])))


def problem(tmp_path: Path, *changes: tuple[str, str]) -> str:
    """What is said of a wrong site file, founded or not."""
    with pytest.raises(ConfigError) as refused:
        read(tmp_path, *changes).to_plan()
    return str(refused.value)


def test_a_file_without_rules_promises_what_the_product_promises(tmp_path: Path) -> None:
    assert read(tmp_path).to_site().rules == Rules()


def test_each_rule_of_a_site_is_read_as_it_is_written(tmp_path: Path) -> None:
    minutes = {
        "pending": 1,
        "early_entry": 2,
        "free_consideration": 3,
        "late_grace": 4,
        "no_show_after": 5,
        "no_show_fee": 6,
        "exit_right": 7,
        "buffer": 8,
        "minimum_stay": 9,
        "longest_stay": 10,
        "re_entry": 11,
        "regret": 12,
        "reseat_ahead": 13,
        "long_window": 14,
    }
    file = with_rules(
        tmp_path,
        *(f"{name}_minutes = {value}" for name, value in minutes.items()),
        "booking_ahead_days = 15",
        "walk_up_quota_bp = 16",
        "recall_compensation_bp = 17",
        "cancel_tiers = [{ notice_hours = 19, refund_bp = 18 }]",
    )

    rules = file.to_site().rules

    assert rules == Rules(
        **{name: value * MINUTE for name, value in minutes.items()},
        booking_ahead=timedelta(days=15),
        walk_up_quota_bp=16,
        recall_compensation_bp=17,
        cancel_tiers=(CancelTier(timedelta(hours=19), 18),),
    )
    usual = Rules()
    assert all(getattr(rules, each.name) != getattr(usual, each.name) for each in fields(Rules))


def test_a_site_may_give_nothing_back_for_long_windows(tmp_path: Path) -> None:
    assert with_rules(tmp_path, "cancel_tiers = []").to_site().rules.cancel_tiers == ()


TIERS = "[[rules.cancel_tiers]]\nnotice_hours = {}\nrefund_bp = {}\n"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            TIERS.format(24, 2500) + TIERS.format(48, 5000),
            "rules: cancel_tiers should come with the longest notice first",
        ),
        (
            TIERS.format(24, 2500) + TIERS.format(24, 2400),
            "rules: cancel_tiers should come with the longest notice first",
        ),
        (
            TIERS.format(48, 2500) + TIERS.format(24, 5000),
            "rules: cancel_tiers should give back no more for less notice",
        ),
        (
            TIERS.format(-1, 2500),
            "rules.cancel_tiers.0.notice_hours: Input should be greater than or equal to 0",
        ),
        (
            TIERS.format(24, 10_001),
            "rules.cancel_tiers.0.refund_bp: Input should be less than or equal to 10000",
        ),
        (
            "[rules]\nreseat_ahead_minutes = 0",
            "rules.reseat_ahead_minutes: Input should be greater than or equal to 1",
        ),
        (
            "[rules]\nreseat_ahead_minutes = 14",
            "rules: reseat_ahead_minutes should not be under buffer_minutes",
        ),
        (
            "[rules]\nbooking_ahead_days = 61",
            "rules.booking_ahead_days: Input should be less than or equal to 60",
        ),
        (
            "[rules]\nbooking_ahead_days = 1\nlongest_stay_minutes = 1441",
            "rules: booking_ahead_days should not be under longest_stay_minutes",
        ),
        (
            "[rules]\nwalk_up_quota_bp = 10001",
            "rules.walk_up_quota_bp: Input should be less than or equal to 10000",
        ),
        (
            "[rules]\nregret_minutes = -1",
            "rules.regret_minutes: Input should be greater than or equal to 0",
        ),
        ("[rules]\nreentry_minutes = 60", "rules.reentry_minutes: Extra inputs are not permitted"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_named(tmp_path: Path, lines: str, said: str) -> None:
    assert problem(tmp_path, ("[split.standard]", f"{lines}\n[split.standard]")) == (
        f"{tmp_path / 'site.toml'}: {said}"
    )


def test_holidays_are_days_of_the_calendar(tmp_path: Path) -> None:
    site = read(
        tmp_path, ("number = 17", "number = 17\nholidays = [2026-12-25, 2027-01-01]")
    ).to_site()

    assert site.holidays == {date(2026, 12, 25), date(2027, 1, 1)}
    assert read(tmp_path).to_site().holidays == frozenset()


def test_a_day_that_no_calendar_has_is_no_holiday(tmp_path: Path) -> None:
    said = problem(tmp_path, ("number = 17", 'number = 17\nholidays = ["Christmas"]'))

    assert said.startswith(f"{tmp_path / 'site.toml'}: site.holidays.0: Input should be a valid")


def test_an_owner_is_founded_with_kind_times_and_terms(tmp_path: Path) -> None:
    terms = (
        'name = "Always"',
        'kind = "resident"',
        "notice_minutes = 30",
        "shortest_stay_minutes = 60",
        "longest_stay_minutes = 600",
        "skips_holidays = true",
    )
    plan = read(tmp_path, (terms[0], "\n".join(terms))).to_plan()

    always, nights = plan.owners
    first_day = date(2020, 1, 6)
    assert always.times is not None
    assert nights.times is not None
    assert (always.kind, nights.kind) == (OwnerKind.RESIDENT, OwnerKind.OTHER)
    assert always.terms == OfferTerms(30 * MINUTE, 60 * MINUTE, 600 * MINUTE)
    assert nights.terms == OfferTerms()
    assert always.times.windows == (
        weekly(range(7), from_local=time(), until_local=time(), first_day=first_day),
    )
    assert (always.times.skips_holidays, nights.times.skips_holidays) == (True, False)
    assert nights.times.windows[1] == weekly(
        [4], from_local=time(17, 30), until_local=time(), first_day=first_day
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('kind = "king"', "owner.0.kind: Input should be 'resident', 'office'"),
        ("notice_minutes = -1", "owner.0.notice_minutes: Input should be greater than or equal"),
        ("shortest_stay_minutes = 0", "owner.0.shortest_stay_minutes: Input should be greater"),
        ("longest_stay_minutes = 0", "owner.0.longest_stay_minutes: Input should be greater"),
        (
            "shortest_stay_minutes = 60\nlongest_stay_minutes = 59",
            "owner.0: longest_stay_minutes should be at least shortest_stay_minutes",
        ),
    ],
)
def test_terms_that_no_stay_could_have_are_named(tmp_path: Path, line: str, said: str) -> None:
    found = problem(tmp_path, ('name = "Always"', f'name = "Always"\n{line}'))

    assert found.startswith(f"{tmp_path / 'site.toml'}: {said}")


def test_an_owners_own_tariff_and_split_are_those_that_the_file_names(tmp_path: Path) -> None:
    own = f'name = "Nights"\ntariff = "{TARIFFS}/standard.toml"\nsplit = "whole"'
    whole = "[split.whole]\ncommission_bp = 0\nvat_bp = 0\nmanager_bp = 0\n[split.standard]"
    plan = read(tmp_path, ('name = "Nights"', own), ("[split.standard]", whole)).to_plan()

    always, nights = plan.owners
    assert (always.tariff, always.split_terms) == (None, None)
    assert (nights.tariff, nights.split_terms) == (plan.areas[0].tariff, SplitTerms(0, 0, 0))


def test_an_owners_tariff_file_is_looked_for_beside_the_site_file(tmp_path: Path) -> None:
    named = ('name = "Nights"', 'name = "Nights"\ntariff = "none.toml"')

    assert read(tmp_path, named).owners_tariff_files() == {"Nights": tmp_path / "none.toml"}
    assert problem(tmp_path, named).startswith(f"{tmp_path / 'none.toml'}: cannot be read")


def test_an_owners_split_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = problem(tmp_path, ('name = "Nights"', 'name = "Nights"\nsplit = "half"'))

    assert said.endswith(": owner.1.split should name a [split] table")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'weekdays = ["fri"]',
            'weekdays = ["fri", "sat"]',
            "site file: owner.1.offer: window 2 and window 3 overlap on 2020-01-11",
        ),
        (
            "from_local = 17:30:00",
            "from_local = 17:30:30",
            "owner.1.offer.0: from_local and until_local should be whole minutes",
        ),
        ('weekdays = ["fri"]', "weekdays = []", "owner.1.offer.1.weekdays: Tuple should have at"),
        ('weekdays = ["fri"]', 'weekdays = ["frei"]', "owner.1.offer.1.weekdays.0: Input should"),
    ],
)
def test_windows_that_cannot_be_kept_are_named(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert said in problem(tmp_path, (before, after))


def test_a_row_says_what_its_spaces_are(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        ("count = 4", 'count = 4\nheight_mm = 2100\ncovered = true\ntype = "motorcycle"'),
    ).to_plan()

    (first,), (second,) = (area.rows for area in plan.areas)
    assert (first.height_mm, first.is_covered, first.type) == (2100, True, SpaceType.MOTORCYCLE)
    assert (second.height_mm, second.is_covered, second.type) == (None, False, SpaceType.CAR)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("height_mm = 2", "area.0.row.0.height_mm: Input should be greater than or equal to 1000"),
        ('type = "lorry"', "area.0.row.0.type: Input should be 'car' or 'motorcycle'"),
        ('covered = "roof"', "area.0.row.0.covered: Input should be a valid boolean"),
    ],
)
def test_a_space_that_cannot_be_is_named(tmp_path: Path, line: str, said: str) -> None:
    assert problem(tmp_path, ("count = 4", f"count = 4\n{line}")).startswith(
        f"{tmp_path / 'site.toml'}: {said}"
    )


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    said = problem(
        tmp_path,
        ("[split.standard]", "[rules]\nregret_minutes = -1\n[split.standard]"),
        ('name = "Always"', 'name = "Always"\nkind = "king"'),
        ("width_mm = 12000", "width_mm = -1"),
    )

    assert len(said.splitlines()) == 3
