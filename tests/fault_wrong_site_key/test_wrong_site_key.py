"""A wrong site file: the path of each wrong key, what was expected, exit code 2, no traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.app.exit_codes import DONE, INPUT
from kiosk.app.main import main
from tests.fakes.stage import SITE_FILE

TARIFFS = SITE_FILE.with_name("tariffs")
GOOD = SITE_FILE.read_text(encoding="utf-8").replace("tariffs/", f"{TARIFFS}/")


@pytest.fixture
def site_file(tmp_path: Path) -> Path:
    return tmp_path / "site.toml"


def check(path: Path) -> int:
    return main(["check-config", "--site", str(path)])


def test_the_unchanged_file_is_good(site_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site_file.write_text(GOOD)

    assert check(site_file) == DONE
    assert "2 areas, 5 spaces, 2 owners, 3 lanes" in capsys.readouterr().out


WRONG = [
    (
        'port = "sim"',
        'port = "sim"\nbaud = "fast"',
        "lane.0.board.baud: Input should be 4800, 9600",
    ),
    ("number = 17", "number = 4096", "site.number: Input should be less than or equal to 4095"),
    ("number = 17", "number = 17\ncolour = 1", "site.colour: Extra inputs are not permitted"),
    ("number = 17\n", "", "site.number: Field required"),
    ('currency = "EUR"', 'currency = "ABC"', "currency should be one of"),
    ("Europe/Berlin", "Europe/Nowhere", "zone should be an IANA time zone"),
    (
        "arming = 1",
        "arming = 33",
        "lane entry: input arming is wired to channel 33, but the board has 8 inputs",
    ),
    ('direction = "entry"', 'direction = "in"', "lane.0.direction: Input should be 'entry'"),
    ('name = "exit-2"', 'name = "exit"', "lane names should differ"),
    ('split = "standard"', 'split = "gold"', "area.0.split should name a [split] table"),
    ('owners = ["Always"]', 'owners = ["Eve"]', "area.1.row.0.owners should name [[owner]]"),
    ('name = "Nights"', 'name = "Always"', "owner names should differ"),
    ('code = "B"', 'code = "A"', "area codes should differ"),
    ("commission_bp = 1500", "commission_bp = 9000", "split.standard: commission"),
    (
        "[split.standard]",
        "[rules]\nbuffer_minutes = 5\n[split.standard]",
        "rules: buffer_minutes should not be under late_grace_minutes",
    ),
    (
        "[split.standard]",
        "[rules]\nminimum_stay_minutes = 0\n[split.standard]",
        "rules.minimum_stay_minutes: Input should be greater than",
    ),
    (
        "[split.standard]",
        "[rules]\nlongest_stay_minutes = 20\n[split.standard]",
        "rules: longest_stay_minutes should be at least minimum_stay_minutes",
    ),
    ("[site]", "[site", "is not TOML"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG, ids=[each[2] for each in WRONG])
def test_each_wrong_key_is_named_with_what_was_expected(
    right: str,
    wrong: str,
    said: str,
    *,
    site_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert right in GOOD
    site_file.write_text(GOOD.replace(right, wrong, 1))

    code = check(site_file)

    streams = capsys.readouterr()
    assert code == INPUT
    assert said in streams.err
    assert str(site_file) in streams.err
    assert (streams.out, "Traceback" in streams.err) == ("", False)


WRONG_TARIFFS = [
    ("standard.toml", "gold.toml", "gold.toml: cannot be read: No such file"),
    (
        '"Europe/Berlin"',
        '"Europe/Paris"',
        "standard.toml: zone: should be the site's, Europe/Paris",
    ),
    ('"EUR"', '"CHF"', "standard.toml: currency: should be the site's, CHF"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), WRONG_TARIFFS)
def test_a_tariff_that_the_site_cannot_sell_by_is_named_with_its_file_and_key(
    right: str,
    wrong: str,
    said: str,
    *,
    site_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    site_file.write_text(GOOD.replace(right, wrong, 1))

    code = check(site_file)

    assert code == INPUT
    assert f"{TARIFFS}/{said}" in capsys.readouterr().err


def test_a_tariff_of_hours_without_a_price_is_refused(
    site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    night = site_file.with_name("night.toml")
    board = (TARIFFS / "standard.toml").read_text(encoding="utf-8")
    night.write_text(
        board.replace('name = "Parking"', 'name = "Day"\nfrom = "08:00"\nuntil = "20:00"')
        + '[[band]]\nname = "Night"\nfrom = "20:00"\nuntil = "08:00"\nunstated = "not said"\n'
    )
    site_file.write_text(GOOD.replace(f"{TARIFFS}/standard.toml", "night.toml"))

    code = check(site_file)

    assert code == INPUT
    assert f"{night}: band.2.unstated: a site sells no time" in capsys.readouterr().err


def test_every_wrong_key_is_named_at_once(
    site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = GOOD.replace("number = 17", "number = -1").replace("arming = 1", "arming = 0", 1)
    site_file.write_text(twice)

    check(site_file)

    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_file_that_is_not_there_is_said_to_be(
    site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(site_file) == INPUT
    assert "cannot be read: No such file" in capsys.readouterr().err


def test_a_file_that_is_no_text_is_said_to_be(
    site_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site_file.write_bytes(b"\xff\xfe\x00")

    assert check(site_file) == INPUT
    assert "should be UTF-8 text" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["export", "ledger"], ["run", "--headless"]])
def test_a_site_with_a_wrong_key_is_not_started(
    command: list[str], site_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site_file.write_text(GOOD.replace("number = 17", "number = -1"))
    database = tmp_path / "site.db"

    code = main([*command, "--site", str(site_file), "--db", f"sqlite:///{database}"])

    assert code == INPUT
    assert "site.number" in capsys.readouterr().err
    assert not database.exists()
