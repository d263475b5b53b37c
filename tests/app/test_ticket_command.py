"""`kiosk ticket`: keys that change, and tickets that are checked while the site is down."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.config import read_site_file
from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.app.site_store import open_site_store
from kiosk.app.ticket_keys import read_ticket_keys
from kiosk.domain.ids import ReservationId
from kiosk.domain.key_ring import OVERLAP
from kiosk.domain.ticket import Ticket, TicketKey, write_ticket
from kiosk.domain.time import Window
from kiosk.services.revocations import write_revocations
from tests.fakes.stage import SITE_FILE

START = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""14:00 at the small site, in Berlin."""
KEY = TicketKey(1, bytes(range(32)))
STRANGER = TicketKey(1, b"not the secret of this small site")


def ticket(number: int = 4711, *, site_number: int = 17) -> Ticket:
    window = Window(START, START + timedelta(hours=2))
    return Ticket(site_number, ReservationId(number), window)


GOOD = write_ticket(ticket(), KEY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What stands beside the database of a site: its key, but no database."""
    path = tmp_path / "ticket.key"
    path.write_bytes(KEY.secret)
    path.chmod(0o600)
    return tmp_path


def run(folder: Path, *arguments: str) -> int:
    url = f"sqlite:///{folder / 'site.db'}"
    return main(["ticket", *arguments, "--site", str(SITE_FILE), "--db", url])


def make_database(folder: Path) -> None:
    """What stands there when the site is founded, as far as keys go."""
    site = read_site_file(SITE_FILE).to_site()
    open_site_store(folder / "site.db", site, may_found=True).close()


Check = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs the check as of the window's start; the exit code and the lines."""

    def checked(*arguments: str, at: str = "2026-06-01 14:00") -> tuple[int, list[str]]:
        code = run(folder, "check", *arguments, "--at", at)
        return code, [line.strip() for line in capsys.readouterr().out.splitlines()]

    return checked


def list_revoked(folder: Path, *revoked: Ticket, minutes_ago: int = 3, site: int = 17) -> Path:
    path = folder / "revoked.json"
    made_at = START - timedelta(minutes=minutes_ago)
    write_revocations(path, site_number=site, made_at=made_at, revoked=revoked, key=KEY)
    return path


# check ------------------------------------------------------------------------------------


def test_a_good_ticket_is_genuine_with_its_window_in_local_time(
    folder: Path, check: Check
) -> None:
    list_revoked(folder)

    assert check(GOOD) == (
        DONE,
        [
            GOOD,
            "genuine: reservation 4711",
            "window:  2026-06-01 14:00 to 16:00 (Europe/Berlin)",
            "now:     valid now",
            "revoked: no, as of 3 minutes ago",
        ],
    )


def test_a_window_over_midnight_says_both_days(check: Check) -> None:
    window = Window(START, START + timedelta(hours=12))
    text = write_ticket(Ticket(17, ReservationId(1), window), KEY)

    assert "window:  2026-06-01 14:00 to 2026-06-02 02:00 (Europe/Berlin)" in check(text)[1]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-06-01 13:44:59", "now:     early; the entrance takes it from 2026-06-01 13:45"),
        ("2026-06-01 13:45", "now:     valid now"),
        ("2026-06-01 15:59:59", "now:     valid now"),
        ("2026-06-01 16:00", "now:     over; the exit still takes it, the entrance does not"),
    ],
)
def test_a_ticket_is_early_valid_or_over_as_at_the_entrance(
    check: Check, at: str, said: str
) -> None:
    code, lines = check(GOOD, at=at)

    assert (code, lines[3]) == (DONE, said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (write_ticket(ticket(), STRANGER), "forged: it was not signed with a key of this site"),
        (
            write_ticket(ticket(site_number=18), KEY),
            "of another site: number 18; this is site 17, ",
        ),
        ("HELLO", "not a ticket"),
        (GOOD.lower(), "not a ticket"),
        ("W1/abcdefgh", "not a ticket: it is the pass of a wallet"),
        ("ABCD efgh", "not a ticket: it looks like a short code, which only the desk can look up"),
        ("\x1b[1m\udcff", "not a ticket"),
        ("x" * 9999, "not a ticket"),
    ],
)
def test_what_is_no_good_ticket_says_why_and_ends_with_1(
    check: Check, text: str, said: str
) -> None:
    code, lines = check(text)

    assert code == REFUSED
    assert lines[1].startswith(said)
    assert lines[0].isprintable()
    assert len(lines[0]) < 70


def test_of_several_tickets_each_has_its_answer_and_one_bad_one_decides(check: Check) -> None:
    code, lines = check(GOOD, f" {GOOD}\n", "HELLO")

    assert code == REFUSED
    assert [line for line in lines if line in {GOOD, "HELLO"}] == [GOOD, GOOD, "HELLO"]
    assert [lines[1], lines[6], lines[-1]] == [
        "genuine: reservation 4711",
        "genuine: reservation 4711",
        "not a ticket",
    ]


def test_a_revoked_ticket_is_named_and_ends_with_1(folder: Path, check: Check) -> None:
    list_revoked(folder, ticket())

    code, lines = check(GOOD)

    assert code == REFUSED
    assert lines[1] == "genuine: reservation 4711"
    assert lines[-1] == "revoked: YES, as of 3 minutes ago"


@pytest.mark.parametrize(
    ("minutes_ago", "said"),
    [
        (0, "less than a minute ago"),
        (1, "1 minute ago"),
        (119, "119 minutes ago"),
        (120, "2 hours ago"),
        (47 * 60, "47 hours ago"),
        (48 * 60, "2 days ago"),
        (-5, "5 minutes later than the time asked about"),
    ],
)
def test_the_age_of_the_list_is_said(
    folder: Path, check: Check, minutes_ago: int, said: str
) -> None:
    list_revoked(folder, minutes_ago=minutes_ago)

    assert check(GOOD)[1][-1] == f"revoked: no, as of {said}"


def test_without_a_list_it_is_not_known_who_was_revoked(check: Check) -> None:
    code, lines = check(GOOD)

    assert code == DONE
    assert lines[-1] == "revoked: not known; there is no list here"


def test_a_changed_list_is_noticed_and_ends_with_1(folder: Path, check: Check) -> None:
    path = list_revoked(folder, ticket())
    path.write_text(path.read_text().replace("4711", "4712"))

    code, lines = check(GOOD)

    assert code == REFUSED
    assert lines[-1].startswith("revoked: not known; the list is not believed: it was changed")


def test_a_list_that_is_no_text_is_noticed(folder: Path, check: Check) -> None:
    (folder / "revoked.json").write_bytes(b"\xff\xfe")

    assert check(GOOD)[1][-1] == "revoked: not known; the list is not believed: it is no text"


def test_copies_of_the_files_are_enough(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, check: Check
) -> None:
    copies = tmp_path_factory.mktemp("copies")
    keys = (folder / "ticket.key").rename(copies / "ticket.key")
    revoked = list_revoked(folder, ticket()).rename(copies / "revoked.json")

    code, lines = check(GOOD, "--keys", str(keys), "--revoked", str(revoked))

    assert (code, lines[-1]) == (REFUSED, "revoked: YES, as of 3 minutes ago")


@pytest.mark.parametrize("option", ["--keys", "--revoked"])
def test_a_copy_that_is_not_there_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    missing = str(folder / "none")

    assert run(folder, "check", GOOD, option, missing) == INPUT
    assert capsys.readouterr().err == f"{missing}: No such file or directory\n"


@pytest.mark.parametrize(("at", "said"), [("noon", "write for example"), ("1066-10-14 09:00", "")])
def test_an_instant_that_is_none_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], at: str, said: str
) -> None:
    assert run(folder, "check", GOOD, "--at", at) == INPUT
    assert f'--at: "{at}" should' in (error := capsys.readouterr().err)
    assert said in error


def test_a_check_reads_no_database_and_writes_nothing(folder: Path, check: Check) -> None:
    (folder / "site.db").write_bytes(b"somebody's books")
    list_revoked(folder)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}

    check(GOOD)

    after = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert after == before


def rows(folder: Path, capsys: pytest.CaptureFixture[str], *texts: str) -> dict[str, Any]:
    run(folder, "check", *texts, "--json", "--at", "2026-06-01 14:00")
    table: dict[str, Any] = json.loads(capsys.readouterr().out)
    return table


def test_machines_read_the_same_answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    list_revoked(folder, ticket())
    elsewhere = write_ticket(ticket(site_number=18), KEY)
    forged = write_ticket(ticket(), STRANGER)

    assert rows(folder, capsys, GOOD, elsewhere, forged, "HELLO") == {
        "at": "2026-06-01T12:00:00+00:00",
        "site": 17,
        "revocations": {"as_of": "2026-06-01T11:57:00+00:00", "why_not_known": None},
        "tickets": [
            {
                "text": GOOD,
                "answer": "genuine",
                "reservation": 4711,
                "from": "2026-06-01T14:00:00+02:00",
                "until": "2026-06-01T16:00:00+02:00",
                "when": "valid now",
                "is_revoked": True,
            },
            {"text": elsewhere, "answer": "of another site", "site": 18},
            {"text": forged, "answer": "forged"},
            {"text": "HELLO", "answer": "not a ticket"},
        ],
    }


def test_machines_read_why_it_is_not_known_who_was_revoked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without = rows(folder, capsys, GOOD)
    list_revoked(folder, site=18)
    with_another = rows(folder, capsys, GOOD)

    assert without["revocations"] == {"as_of": None, "why_not_known": "there is no list"}
    assert with_another["revocations"] == {
        "as_of": None,
        "why_not_known": "it is the list of site 18",
    }
    assert without["tickets"][0]["is_revoked"] is None


# rotate-key -------------------------------------------------------------------------------


@pytest.fixture
def site(folder: Path) -> Path:
    """The key with its database."""
    make_database(folder)
    return folder


@pytest.mark.parametrize("is_key_there", [True, False])
def test_where_there_is_no_database_no_key_is_made_or_changed(
    folder: Path, capsys: pytest.CaptureFixture[str], *, is_key_there: bool
) -> None:
    key = folder / "ticket.key"
    if not is_key_there:
        key.unlink()
    before = [(path.name, path.read_bytes()) for path in folder.iterdir()]

    code = run(folder, "rotate-key")

    said = capsys.readouterr()
    assert (code, said.out) == (INPUT, "")
    assert said.err.startswith(f"{folder / 'site.db'}: there is no such database; ")
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == before


def test_a_new_key_is_made_and_says_what_signs_and_what_is_believed(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(site, "rotate-key")

    first, second = read_ticket_keys(site / "ticket.key").keys
    said = capsys.readouterr().out.splitlines()
    assert code == DONE
    assert first.believed_until == second.signs_from + OVERLAP
    assert said[0] == f"{site / 'ticket.key'}: times are of Europe/Berlin"
    assert said[1].startswith("  key 2 signs from ")
    assert said[2].startswith("  key 1 is believed until ")
    assert second.key.secret.hex() not in "".join(said)


def test_after_a_leak_the_old_keys_end_at_once(
    site: Path, check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run(site, "rotate-key", "--overlap-days", "0")
    said = capsys.readouterr().out

    assert code == DONE
    assert "no other key is believed any more: print the tickets that are in use again" in said
    assert check(GOOD)[1][1].startswith("forged: ")


@pytest.mark.parametrize("days", ["-1", "367", "1.5", "x", "", "１"])
def test_an_overlap_that_is_none_ends_with_2(folder: Path, days: str) -> None:
    with pytest.raises(SystemExit) as ended:
        run(folder, "rotate-key", f"--overlap-days={days}")

    assert ended.value.code == INPUT
    assert (folder / "ticket.key").read_bytes() == KEY.secret


def test_a_site_without_a_key_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_database(tmp_path)

    assert run(tmp_path, "rotate-key") == INPUT
    assert "there is no key yet; the site makes one when it first starts" in (
        capsys.readouterr().err
    )
