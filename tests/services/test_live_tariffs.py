"""A tariff file that changes under a running site: good ones go live, bad ones change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.outcomes import ExitCovered
from kiosk.domain.tariff_text import tariff_hash
from kiosk.services import limits
from kiosk.services.commands import ShowDesk
from kiosk.services.events import SiteChanged
from kiosk.services.tariff_files.file import TariffFileRefused, read_tariff_file
from tests.fakes.stage import EXIT, KIM, Stage, Wallet, euro, stage_with_own_tariff
from tests.fakes.tariffs import blocks

EACH_LOOK = limits.TARIFF_LOOK_EVERY_S + 1
ExpectLog = Callable[..., None]


@pytest.fixture
def stage(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site with tariff files of its own, each of which a test may change."""
    stage = stage_with_own_tariff(founded, tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def ada(stage: Stage) -> Wallet:
    return stage.wallet()


def board_of(stage: Stage) -> Path:
    return stage.folder / "tariffs" / "standard.toml"


def change(stage: Stage, *changes: tuple[str, str]) -> None:
    """Write the tariff file anew."""
    text = board_of(stage).read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    board_of(stage).write_text(text, encoding="utf-8")


def double(stage: Stage) -> None:
    """A version 2 at twice the price."""
    change(stage, ("version = 1", "version = 2"), ("price = 1.20", "price = 2.40"))


def refusal(stage: Stage, why: str) -> str:
    """What the log says of it, once."""
    return f"tariff.refused file=standard.toml why={board_of(stage)}: {why}"


def notices(stage: Stage) -> list[tuple[str, str]]:
    """What the desk says about tariff files."""
    view = stage.site.do(ShowDesk(actor=KIM))
    return [(each.file, each.why) for each in view.refused_tariffs]


def audited(stage: Stage, action: str) -> list[str]:
    rows = stage.sql(f"SELECT detail FROM audit WHERE action = '{action}' ORDER BY id")
    return [str(row[0]) for row in rows]


def test_a_newer_version_is_live_for_new_reservations_at_the_next_look(stage: Stage) -> None:
    double(stage)
    before = stage.reserve(plate="B AB 1").quote.total

    stage.wait(seconds=EACH_LOOK)
    after = stage.reserve(plate="B AB 2", space_id=3).quote.total

    assert (before, after) == (euro(480), euro(960))
    assert audited(stage, "tariff.published") == ["A: standard 2", "B: standard 2"]
    assert isinstance(stage.site.events[-1], SiteChanged)


def test_a_version_that_begins_later_waits_and_the_old_one_is_sold_by(stage: Stage) -> None:
    double(stage)
    tomorrow = (stage.now + timedelta(days=1)).date()
    change(stage, ("version = 2", f"version = 2\nvalid_from = {tomorrow}"))

    stage.wait(seconds=EACH_LOOK)
    today = stage.reserve(plate="B AB 1").quote.total
    stage.wait(minutes=24 * 60)
    later = stage.reserve(plate="B AB 2", space_id=3).quote.total

    assert (today, later) == (euro(480), euro(960))


def test_next_years_file_without_a_raised_version_is_told_at_once(
    stage: Stage, expect_log: ExpectLog
) -> None:
    tomorrow = (stage.now + timedelta(days=1)).date()
    why = "version: 1 of standard was published with other prices; raise the version to 2"
    expect_log(refusal(stage, why), because="the file is faulty on purpose")
    change(
        stage,
        ("price = 1.20", "price = 2.40"),
        ("version = 1", f"version = 1\nvalid_from = {tomorrow}"),
    )

    stage.wait(seconds=EACH_LOOK)

    assert notices(stage) == [("standard.toml", why)]


def test_a_file_whose_worked_example_costs_otherwise_is_not_taken(
    stage: Stage, expect_log: ExpectLog
) -> None:
    why = "example «an hour»: 1.00, but it is 4.80; mend it or the prices"
    expect_log(refusal(stage, why), because="the file is faulty on purpose")
    double(stage)
    with board_of(stage).open("a", encoding="utf-8") as file:
        file.write(
            '\n[[example]]\nsays = "an hour"\nenter = "2026-03-02 10:00"\n'
            'leave = "2026-03-02 11:00"\ntotal = 1.00\n'
        )

    stage.wait(seconds=EACH_LOOK)

    assert notices(stage) == [("standard.toml", why)]
    assert stage.reserve(plate="B AB 1").quote.total == euro(480)


def test_a_file_that_has_ended_is_not_taken(stage: Stage, expect_log: ExpectLog) -> None:
    yesterday = (stage.now - timedelta(days=1)).date()
    why = f"valid_until: {yesterday} has passed; the tariff before it stays"
    expect_log(refusal(stage, why), because="the file has ended")
    double(stage)
    change(stage, ("version = 2", f"version = 2\nvalid_until = {yesterday}"))

    stage.wait(seconds=EACH_LOOK)

    assert notices(stage) == [("standard.toml", why)]
    assert stage.reserve(plate="B AB 1").quote.total == euro(480)


def test_the_desk_says_when_the_tariff_that_is_live_has_ended(stage: Stage) -> None:
    tomorrow = (stage.now + timedelta(days=1)).date()
    change(stage, ("version = 1", f"version = 2\nvalid_until = {tomorrow}"))
    stage.wait(seconds=EACH_LOOK)

    stage.wait(minutes=24 * 60)
    ended = notices(stage)
    change(stage, ("version = 2", "version = 3"), (f"valid_until = {tomorrow}\n", ""))
    stage.wait(seconds=EACH_LOOK)

    text = f"ended on {tomorrow}: area {{}} is not sold; write a new version"
    assert ended == [("standard 2", text.format("A")), ("standard 2", text.format("B"))]
    assert notices(stage) == []


def test_a_stay_keeps_the_tariff_that_it_was_reserved_with_over_a_restart(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    promised = tariff_hash(stage.reservation(ticket.reservation_id).tariff)

    double(stage)
    stage.restart()
    outcome = stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    assert isinstance(outcome, ExitCovered)
    assert outcome.bill.charge.lines == (blocks(2),)
    assert outcome.bill.tariff_hash == promised
    assert f"Tariff{promised[:12]:>26}" in stage.site.papers[-1].paper.lines
    assert stage.reserve(plate="B AB 2", space_id=3).quote.total == euro(960)


BAD = {
    "a gap": ('name = "Parking"', 'name = "Day"\nfrom = "08:00"\nuntil = "20:00"', "band: "),
    "an unknown key": ("per_minutes = 30", "per_hour = 30", "band.1.row.1.per_hour: "),
    "a negative price": ("price = 1.20", "price = -1.20", "band.1.row.1.price: "),
    "a cap below the minimum": ("version = 1", "version = 2\nminimum = 15.00", "cap.1.price: "),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_bad_file_leaves_the_old_tariff_live_and_the_desk_knows_why(
    stage: Stage, expect_log: ExpectLog, bad: tuple[str, str, str]
) -> None:
    before, after, key = bad
    change(stage, (before, after))
    with pytest.raises(TariffFileRefused) as refused:
        read_tariff_file(board_of(stage))
    expect_log(f"tariff.refused file=standard.toml why={refused.value}", because="the file is bad")

    stage.wait(seconds=EACH_LOOK)
    stage.wait(seconds=EACH_LOOK)

    ((file, why),) = notices(stage)
    assert stage.reserve().quote.total == euro(480)
    assert (file, why.startswith(key)) == ("standard.toml", True), why
    assert audited(stage, "tariff.refused") == [str(refused.value)]


def test_a_tariff_of_another_zone_is_not_sold_by(stage: Stage, expect_log: ExpectLog) -> None:
    why = "zone: should be the site's, Europe/Berlin"
    expect_log(refusal(stage, why), because="the file is that of another site")
    change(stage, ("Europe/Berlin", "Europe/Paris"), ("version = 1", "version = 2"))

    stage.wait(seconds=EACH_LOOK)

    assert notices(stage) == [("standard.toml", why)]


def test_the_same_version_with_another_price_asks_for_the_next_version(
    stage: Stage, expect_log: ExpectLog
) -> None:
    why = "version: 1 of standard was published with other prices; raise the version to 2"
    expect_log(refusal(stage, why), because="the file keeps its version")
    change(stage, ("price = 1.20", "price = 2.40"))

    stage.wait(seconds=EACH_LOOK)
    stage.wait(seconds=EACH_LOOK)

    assert stage.reserve().quote.total == euro(480)
    assert notices(stage) == [("standard.toml", why)]
    assert audited(stage, "tariff.refused") == [f"{board_of(stage)}: {why}"]


def test_an_older_version_does_not_come_back_by_itself(
    stage: Stage, expect_log: ExpectLog
) -> None:
    why = "version: 2 of standard was published with other prices; raise the version to 3"
    expect_log(refusal(stage, why), because="the old file was copied back")
    old = board_of(stage).read_text(encoding="utf-8")
    double(stage)
    stage.wait(seconds=EACH_LOOK)

    board_of(stage).write_text(old, encoding="utf-8")
    stage.wait(seconds=EACH_LOOK)

    assert stage.reserve().quote.total == euro(960)


def test_a_file_that_is_put_right_takes_its_notice_away(
    stage: Stage, expect_log: ExpectLog
) -> None:
    missing = "cannot be read: No such file or directory"
    expect_log(refusal(stage, missing), because="somebody moved the file")
    text = board_of(stage).read_text(encoding="utf-8")
    board_of(stage).unlink()
    stage.wait(seconds=EACH_LOOK)
    while_missing = notices(stage)

    board_of(stage).write_text(text, encoding="utf-8")
    stage.wait(seconds=EACH_LOOK)

    assert while_missing == [("standard.toml", missing)]
    assert notices(stage) == []


def test_a_site_at_work_starts_again_without_its_tariff_file(
    stage: Stage, expect_log: ExpectLog
) -> None:
    missing = "cannot be read: No such file or directory"
    expect_log(refusal(stage, missing), because="somebody moved the file")
    board_of(stage).unlink()

    stage.restart()

    assert stage.reserve().quote.total == euro(480)
    assert notices(stage) == [("standard.toml", missing)]


def test_a_file_of_another_code_takes_its_place_and_may_give_it_back(stage: Stage) -> None:
    first = board_of(stage).read_text(encoding="utf-8")
    change(stage, ('code = "standard"', 'code = "fair"'), ("price = 1.20", "price = 3.00"))
    stage.wait(seconds=EACH_LOOK)
    during = stage.reserve(plate="B AB 1").quote.total

    board_of(stage).write_text(first, encoding="utf-8")
    stage.wait(seconds=EACH_LOOK)
    afterwards = stage.reserve(plate="B AB 2", space_id=3).quote.total

    assert (during, afterwards) == (euro(1200), euro(480))


def test_a_file_that_did_not_change_is_not_read_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.services.tariffs.read_tariff_file", pytest.fail)

    stage.wait(minutes=5)


def test_a_clock_that_was_set_back_does_not_silence_a_new_tariff(stage: Stage) -> None:
    stage.wait(minutes=90)
    stage.site.clock.passed_s -= 3600
    double(stage)

    stage.wait(seconds=EACH_LOOK)

    assert stage.reserve().quote.total == euro(960)
