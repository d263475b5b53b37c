"""What the command line answers to good and bad input, in words and in its exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.open import open_store
from kiosk.app.exit_codes import DONE, IN_USE, INPUT, MISSING
from kiosk.app.main import OTHERS, SITES, main


def test_the_shipped_sites_are_good(capsys: pytest.CaptureFixture[str]) -> None:
    codes = [main(["check-config", "--site", str(path)]) for path in sorted(SITES.glob("*.toml"))]

    assert codes == [DONE, DONE]
    assert "Lindenhof: 3 areas, 86 spaces, 4 owners, 2 lanes" in capsys.readouterr().out


def spoilt_site(folder: Path, before: str, after: str) -> Path:
    text = (SITES / "demo.toml").read_text(encoding="utf-8")
    text = text.replace('"tariffs/', f'"{SITES}/tariffs/')
    assert before in text
    target = folder / "site.toml"
    target.write_text(text.replace(before, after, 1), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("number = 17", 'number = "x"', "site.number: Input should be a valid integer"),
        ("number = 17", "number = 4096", "site.number: Input should be less than or equal"),
        ("number = 17", "number = 17\ncolour = 1", "site.colour: Extra inputs are not permitted"),
        ('currency = "EUR"', 'currency = "ABC"', "currency should be one of CAD, CHF"),
        ('zone = "Europe/Berlin"', 'zone = "Berlin"', "zone should be an IANA time zone"),
        ("/courtyard.toml", "/yard.toml", "yard.toml: cannot be read: No such file"),
        ('split = "standard"', 'split = "own"', "area.0.split should name a [split] table"),
        ("arming = 1\n", "", "lane.0: without an arming loop and a loop under the arm"),
        ("[site]", "[site", "is not TOML"),
        (
            "stop = 5",
            "stop = 4",
            "lane.0.outputs: each output should have a channel of its own",
        ),
        ("under_arm = 2", "under_arm = 1", "lane.0.inputs: each input should have"),
        (
            "arming = 1",
            "arming = 9",
            "lane entry: input arming is wired to channel 9, but the board has 8 inputs",
        ),
        (
            '[lane.scanner]\nport = "sim"',
            '[lane.scanner]\nport = "/dev/kiosk/scanner"',
            "lane.0: board, scanner and printer should be simulated together",
        ),
        ("x_mm = 2500", "x_mm = 30000", "area.0: row.0 should lie inside the area"),
        ('first_attendant = "Kim"', 'first_attendant = ""', "desk.first_attendant: String"),
        ("07:00:00", "07:00:30", "owner.0.offer.0: from_local and until_local"),
        ("accessible = [1, 2]", "accessible = [99]", "area.0.row.0: accessible"),
        (
            '[lane.board]\nport = "sim"',
            '[lane.board]\nport = "sim"\nbaud = -5',
            "lane.0.board.baud: Input should be 4800",
        ),
    ],
)
def test_a_wrong_key_is_named_by_its_path_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, said: str
) -> None:
    code = main(["check-config", "--site", str(spoilt_site(tmp_path, before, after))])

    assert code == INPUT
    assert said in capsys.readouterr().err


def test_a_site_file_that_is_not_there_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["check-config", "--site", str(tmp_path / "none.toml")])

    assert code == INPUT
    assert "cannot be read: No such file" in capsys.readouterr().err


def test_a_day_never_writes_into_a_database_that_exists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "site.db"
    database.write_bytes(b"somebody's books")

    code = main(["day", "--db", f"sqlite:///{database}"])

    assert code == INPUT
    assert database.read_bytes() == b"somebody's books"
    assert "a day starts with a new database" in capsys.readouterr().err


def test_a_picture_that_cannot_be_written_is_known_before_the_day_is_driven(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["day", "--picture", "/proc/day.png"])

    assert code == INPUT
    assert "/proc/day.png: " in capsys.readouterr().err


def test_without_a_display_the_windows_say_what_else_there_is(tmp_path: Path) -> None:
    without = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }

    ended = subprocess.run(
        [sys.executable, "-m", "kiosk.app.main", "run", "--db", str(tmp_path / "site.db")],
        capture_output=True,
        text=True,
        check=False,
        env=without,
    )

    assert ended.returncode == MISSING
    assert "no display here" in ended.stderr


def test_a_day_that_was_not_recorded_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["day", "--date", "2016-12-25"])

    assert code == INPUT
    assert "has no counts for this day" in capsys.readouterr().err


def test_books_that_are_not_there_cannot_be_exported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["export", "ledger", "--db", f"sqlite:///{tmp_path / 'none.db'}"])

    assert code == INPUT
    assert "there is no such database" in capsys.readouterr().err


def test_another_kind_of_database_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["export", "ledger", "--db", "mysql://somewhere"])

    assert code == INPUT
    assert "expected sqlite:///PATH" in capsys.readouterr().err


def test_a_site_in_use_ends_with_4(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'site.db'}"
    store = open_store(url)

    second = subprocess.run(
        [sys.executable, "-m", "kiosk.app.main", "run", "--headless", "--db", url],
        capture_output=True,
        text=True,
        check=False,
    )
    store.close()

    assert second.returncode == IN_USE
    assert "store-busy" in second.stderr


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"]])
def test_help_names_what_there_is(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(name in said for name in (OTHERS if words == ["--help"] else ["--windows"]))


def test_a_command_that_does_not_exist_is_answered_with_all_that_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["rnu"])

    said = capsys.readouterr().err
    assert ended.value.code == INPUT
    assert all(f"'{name}'" in said for name in ("run", *OTHERS))
