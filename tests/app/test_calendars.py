"""`kiosk import calendar` and `kiosk export calendar`: what they print, write and answer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.open import open_store
from kiosk.app.exit_codes import DONE, IN_USE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.ids import OfferId, SpaceId
from kiosk.domain.offer import Offer, OfferEvent
from kiosk.services import limits
from kiosk.services.life_commands import MoveOffer
from tests.fakes.stage import CARD, KIM, NOON, SITE_FILE, Stage
from tests.services.calendar_texts import MORNING, SAMPLES, calendar

Capture = pytest.CaptureFixture[str]
GOOGLE, OUTLOOK = (str(SAMPLES / f"{name}.ics") for name in ("google", "outlook"))
SPACE = SpaceId(2)
"""A02 is shared by Nights."""


class _Noon:
    """The clock of the command line, standing."""

    def now(self) -> datetime:
        return NOON + timedelta(minutes=1)


@pytest.fixture
def database(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of the small site, which is not at work."""
    stage.close()
    for name in ("import_calendar", "export_calendar"):
        monkeypatch.setattr(f"kiosk.app.{name}.SystemClock", _Noon)
    return stage.folder / "site.db"


def imported(database: Path, *arguments: str, space: str = "A02", owner: str = "Nights") -> int:
    whose = ["--space", space, "--owner", owner]
    where = ["--site", str(SITE_FILE), "--db", f"sqlite:///{database}"]
    return main(["import", "calendar", *arguments, *whose, *where])


def exported(database: Path, *arguments: str) -> int:
    return main(
        ["export", "calendar", *arguments, "--site", str(SITE_FILE), "--db", str(database)]
    )


def offers(database: Path) -> tuple[Offer, ...]:
    store = open_store(str(database), read_only=True)
    with store.reading() as tx:
        found = tx.library.offers(SPACE)
    store.close()
    return found


def gaps(database: Path, *, hours: int = 24) -> list[str]:
    """The idle time of A02 from noon on, in UTC."""
    store = open_store(str(database), read_only=True)
    rows = store._database.execute_sql(
        "SELECT t0, t1 FROM free_gap WHERE space_id = ? AND t1 > ? AND t0 < ? ORDER BY t0",
        (SPACE, NOON.timestamp(), (NOON + timedelta(hours=hours)).timestamp()),
    ).fetchall()
    store.close()
    return [
        " to ".join(f"{datetime.fromtimestamp(at, UTC):%d %H:%M}" for at in row) for row in rows
    ]


def test_a_calendar_becomes_the_times_of_the_offer_in_force(
    database: Path, capsys: Capture
) -> None:
    assert imported(database, GOOGLE) == DONE

    (offer,) = offers(database)
    said = capsys.readouterr().out.splitlines()
    assert len(offer.times.windows) == 4
    assert gaps(database, hours=48) == ["01 15:30 to 02 06:00", "02 15:30 to 03 06:00"]
    assert said == [
        (
            "  taken      «Evenings and nights» (evenings@google.com): shared 2026-06-01 17:30 to "
            "2026-06-02 08:00, FREQ=WEEKLY;UNTIL=20261231;WKST=MO;BYDAY=MO,TU,WE,TH, not on "
            "2026-06-03, 2026-06-09"
        ),
        (
            "  taken      «Evenings and nights» (evenings@google.com): shared 2026-06-09 19:00 to "
            "2026-06-10 07:00"
        ),
        (
            "  taken      «Weekend away» (weekend@google.com): shared 2026-06-06 00:00 to "
            "2026-06-08 00:00"
        ),
        (
            "  taken      «Saturday» (saturday@google.com): shared 2026-06-13 08:00 to "
            "2026-06-13 22:00"
        ),
        "  left out   «Saturday after next» (not-any-more@google.com): is cancelled",
        "  left out   «Last year» (last-year@google.com): is over, or all of it is left out",
        f"{GOOGLE}: 4 windows taken, 2 events left out, 0 refused.",
        "  replaces   shared Mon Tue Wed Thu 17:30 to 08:00 the next day",
        "  replaces   shared Fri 17:30 to 00:00 the next day",
        "  replaces   shared Sat Sun all day",
        "A02: offer 2 (approved) has these times now.",
    ]


def test_one_window_is_counted_as_one(database: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "one.ics"
    file.write_bytes(calendar("DTSTART:20260601T200000|DURATION:PT2H"))

    imported(database, str(file))

    said = capsys.readouterr().out
    assert f"{file}: 1 window taken, 0 events left out, 0 refused." in said


def test_what_an_import_takes_away_is_said_and_what_stays_is_not(
    database: Path, capsys: Capture
) -> None:
    imported(database, GOOGLE)
    capsys.readouterr()

    assert imported(database, GOOGLE) == DONE
    assert "replaces" not in capsys.readouterr().out
    assert imported(database, OUTLOOK) == DONE
    assert [line for line in capsys.readouterr().out.splitlines() if "replaces" in line] == [
        (
            "  replaces   shared Mon Tue Wed Thu 17:30 to 08:00 the next day, until 2026-12-31, "
            "not on 2026-06-03, 2026-06-09"
        ),
        "  replaces   shared 2026-06-09 19:00 to 2026-06-10 07:00",
        "  replaces   shared 2026-06-06 00:00 to 2026-06-08 00:00",
        "  replaces   shared 2026-06-13 08:00 to 2026-06-13 22:00",
    ]


def test_busy_time_is_taken_out_of_what_is_shared(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "busy.ics"
    file.write_bytes(calendar("DTSTART:20260601T200000|DURATION:PT2H|RRULE:FREQ=DAILY"))
    (before,) = offers(database)

    assert imported(database, str(file), "--busy") == DONE

    (after,) = offers(database)
    assert after.times.windows == before.times.windows
    assert gaps(database) == ["01 15:30 to 01 18:00", "01 20:00 to 02 06:00"]


def test_a_dry_run_says_the_same_and_writes_nothing(database: Path, capsys: Capture) -> None:
    before = offers(database)

    assert imported(database, GOOGLE, "--dry-run") == DONE

    assert capsys.readouterr().out.splitlines()[-5:] == [
        f"{GOOGLE}: 4 windows taken, 2 events left out, 0 refused.",
        "  replaces   shared Mon Tue Wed Thu 17:30 to 08:00 the next day",
        "  replaces   shared Fri 17:30 to 00:00 the next day",
        "  replaces   shared Sat Sun all day",
        "Nothing was written.",
    ]
    assert offers(database) == before


def test_when_one_event_cannot_be_kept_nothing_is_taken(
    database: Path, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "half.ics"
    file.write_bytes(calendar(MORNING, f"SUMMARY:Hourly|{MORNING}|RRULE:FREQ=HOURLY"))
    before = offers(database)

    assert imported(database, str(file)) == REFUSED

    assert "  refused    «Hourly» (1): repeats by HOURLY" in capsys.readouterr().out
    assert offers(database) == before


@pytest.mark.parametrize(
    ("space", "owner", "code", "words"),
    [
        ("A01", "Nights", REFUSED, "A01: belongs to another owner"),
        ("Z99", "Nights", INPUT, "--space Z99: there is no such space"),
        ("A02", "Nobody", INPUT, "--owner Nobody: nobody with this name has a space"),
    ],
)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_space_is_changed_by_its_owner_alone(
    database: Path, capsys: Capture, dry: tuple[str, ...], space: str, owner: str, code: int,
    words: str,
) -> None:  # fmt: skip
    assert imported(database, GOOGLE, *dry, space=space, owner=owner) == code
    assert words in capsys.readouterr().err


def test_without_an_offer_a_calendar_becomes_one_draft_however_often(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    stage.site.do(
        MoveOffer(
            actor=KIM,
            offer_id=in_force(stage),
            event=OfferEvent.WITHDRAWN,
            attendant_id=stage.attendant_id,
        )
    )
    stage.close()
    monkeypatch.setattr("kiosk.app.import_calendar.SystemClock", _Noon)
    path = stage.folder / "site.db"

    codes = [
        imported(path, OUTLOOK, "--busy"),
        imported(path, GOOGLE),
        imported(path, GOOGLE),
    ]

    said = capsys.readouterr().out
    found = offers(path)
    assert codes == [REFUSED, DONE, DONE]
    assert [each.state.value for each in found] == ["withdrawn", "draft"]
    assert "A02: is not shared yet; import when it is shared first" in said
    assert f"offer {found[1].id} is written down as a draft; hand it in." in said
    assert f"offer {found[1].id} (draft) has these times now." in said
    assert gaps(path) == []


def in_force(stage: Stage) -> OfferId:
    with stage.site.core.store.reading() as tx:
        offer = tx.library.offer_in_force(SPACE)
    assert offer is not None
    return offer.id


def test_a_site_at_work_holds_its_store_but_a_dry_run_may_look(
    stage: Stage, capsys: Capture
) -> None:
    path = stage.folder / "site.db"

    codes = [imported(path, GOOGLE), imported(path, GOOGLE, "--dry-run")]

    assert codes == [IN_USE, DONE]
    assert "store-busy: site.db is in use" in capsys.readouterr().err


def test_a_file_that_is_no_calendar_is_wrong_input(
    database: Path, tmp_path: Path, capsys: Capture
) -> None:
    picture, large = tmp_path / "picture.ics", tmp_path / "large.ics"
    picture.write_bytes(b"\x89PNG\r\n")
    large.write_bytes(b"BEGIN:VCALENDAR\r\n" + b"X-A:b\r\n" * 800_000)

    codes = [imported(database, str(path)) for path in (picture, large, tmp_path / "none.ics")]

    assert codes == [INPUT] * 3
    assert capsys.readouterr().err.splitlines() == [
        f"{picture}: line 1: is not UTF-8; save the calendar as UTF-8",
        f"{large}: is larger than {limits.CALENDAR_LONGEST_BYTES:,} bytes",
        f"{tmp_path / 'none.ics'}: No such file or directory",
    ]


def test_a_site_that_is_not_founded_has_no_calendars(tmp_path: Path, capsys: Capture) -> None:
    assert imported(tmp_path / "none.db", GOOGLE) == INPUT
    assert "a site is founded by `kiosk run`" in capsys.readouterr().err


# Out again -----------------------------------------------------------------------------------


def test_what_is_exported_can_be_imported_again(
    database: Path, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "a02.ics"
    imported(database, GOOGLE)
    (before,) = offers(database)

    codes = [
        exported(database, "--space", "A02", "--out", str(file)),
        imported(database, str(file)),
        exported(database, "--space", "A02"),
    ]

    text = capsys.readouterr().out.partition("BEGIN:VCALENDAR")[2]
    assert codes == [DONE] * 3
    assert offers(database) == (before,)
    assert file.read_bytes().decode() == f"BEGIN:VCALENDAR{text}"


def test_reservations_are_exported_when_they_are_asked_for(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    stage.ticket(CARD, minutes=120)
    stage.close()
    monkeypatch.setattr("kiosk.app.export_calendar.SystemClock", _Noon)
    path = stage.folder / "site.db"

    codes = [
        exported(path, "--space", "A01", "--with-reservations"),
        exported(path, "--space", "A01"),
    ]

    said = capsys.readouterr().out
    with_them, without = said.split("END:VCALENDAR")[:2]
    assert codes == [DONE, DONE]
    assert re.findall("SUMMARY:(.*)\r", with_them) == ["A01 shared", "A01 reserved"]
    assert re.findall("SUMMARY:(.*)\r", without) == ["A01 shared"]
    assert "DTSTART:20260601T12" in with_them
    assert "B AB 1" not in said


def test_a_space_that_is_not_shared_has_no_calendar(database: Path, capsys: Capture) -> None:
    store = open_store(str(database))
    with store.transaction() as tx:
        tx.library._session.run("UPDATE offer SET state = 'withdrawn' WHERE space_id = 2")
    store.close()

    codes = [exported(database, "--space", "A02"), exported(database)]

    assert codes == [REFUSED, INPUT]
    assert capsys.readouterr().err.splitlines() == [
        "A02: has no offer in force",
        "export calendar: of which space? Give --space with its label.",
    ]
