"""The file of the keys that sign tickets: whole or not at all, read by nobody else, changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app.clocks import SkippingClock
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import INPUT
from kiosk.app.places import Folders
from kiosk.app.run import SiteThread
from kiosk.app.ticket_keys import (
    KEY_BYTES,
    TicketKeyFile,
    read_ticket_keys,
    rotate_ticket_keys,
    ticket_keys,
)
from kiosk.domain.ids import ReservationId
from kiosk.domain.key_ring import OVERLAP, KeyRing
from kiosk.domain.ticket import Ticket, TicketKey, read_ticket, write_ticket
from kiosk.domain.time import Window
from kiosk.services import limits
from tests.fakes.stage import Stage, small_site

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
TICKET = Ticket(17, ReservationId(4711), Window(NOON, NOON + timedelta(hours=2)))
ONE_KEY = bytes(range(KEY_BYTES))
ANSWER_LIMIT_S = 20.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ticket.key"


@pytest.fixture
def one_key(path: Path) -> Path:
    """The key file of a site from before keys could be changed."""
    path.write_bytes(ONE_KEY)
    path.chmod(0o600)
    return path


def rotate(path: Path, *, now: datetime = NOON, overlap: timedelta = OVERLAP) -> KeyRing:
    return rotate_ticket_keys(path, now=now, overlap=overlap)


def test_the_first_start_makes_a_key_that_only_its_owner_reads(path: Path) -> None:
    first = ticket_keys(path)
    again = ticket_keys(path)

    assert first == again
    assert [(key.number, len(key.secret)) for key in first.believed(NOON)] == [(1, KEY_BYTES)]
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_two_sites_have_different_keys(tmp_path: Path) -> None:
    assert ticket_keys(tmp_path / "a").signing(NOON) != ticket_keys(tmp_path / "b").signing(NOON)


def test_a_power_cut_while_the_key_is_made_leaves_none_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(_descriptor: int) -> None:
        raise OSError("no power")

    with monkeypatch.context() as cut:
        cut.setattr(os, "fsync", power_cut)
        with pytest.raises(OSError, match="no power"):
            ticket_keys(path)
    was_there = path.exists()

    assert was_there is False
    assert ticket_keys(path).signing(NOON).number == 1


def test_a_power_cut_while_keys_change_leaves_the_old_ones(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ticket_keys(path)

    def power_cut(_descriptor: int) -> None:
        raise OSError("no power")

    with monkeypatch.context() as cut:
        cut.setattr(os, "fsync", power_cut)
        with pytest.raises(OSError, match="no power"):
            rotate(path)

    assert ticket_keys(path) == before


def test_the_one_key_of_an_older_site_is_its_key_1(one_key: Path) -> None:
    assert ticket_keys(one_key) == KeyRing.of(TicketKey(1, ONE_KEY))
    assert one_key.read_bytes() == ONE_KEY


def test_tickets_printed_by_an_older_site_are_genuine_after_the_key_has_changed(
    one_key: Path,
) -> None:
    printed = write_ticket(TICKET, TicketKey(1, ONE_KEY))

    rotate(one_key)

    keys = read_ticket_keys(one_key)
    assert read_ticket(printed, site_number=17, keys=keys.believed(NOON)) == TICKET
    assert keys.signing(NOON).number == 2


def test_what_was_written_is_what_is_read(one_key: Path) -> None:
    second = rotate(one_key)
    third = rotate(one_key, now=NOON + timedelta(days=1))

    assert [each.key.number for each in third.keys] == [1, 2, 3]
    assert third.keys[1].key == second.keys[1].key
    assert read_ticket_keys(one_key) == third
    assert one_key.stat().st_mode & 0o777 == 0o600
    assert list(one_key.parent.iterdir()) == [one_key]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_keys_that_others_can_read_are_refused(path: Path, mode: int) -> None:
    ticket_keys(path)
    path.chmod(mode)

    with pytest.raises(ConfigError, match=r"ticket\.key: .*chmod 600"):
        ticket_keys(path)
    with pytest.raises(ConfigError, match=r"ticket\.key: .*chmod 600"):
        rotate(path)


GOOD = {
    "number": 1,
    "secret": "00" * 32,
    "signs_from": "2026-06-01T12:00:00+00:00",
    "believed_until": None,
}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "file: Invalid JSON"),
        (b"short", "file: Invalid JSON"),
        (os.urandom(33), "file: "),
        (json.dumps({"ticket_keys": [GOOD]}).encode()[:-9], "file: Invalid JSON"),
        (b'{"ticket_keys": []}', "ticket_keys: List should have at least 1 item"),
        (b'{"ticket_keys": 1, "x": 2}', "ticket_keys: Input should be a valid array"),
        (json.dumps({"ticket_keys": [GOOD, GOOD]}).encode(), "each key has a number of its own"),
        (
            json.dumps({"ticket_keys": [GOOD, GOOD | {"number": 2}]}).encode(),
            "an old key has an end",
        ),
        (
            json.dumps({"ticket_keys": [GOOD | {"believed_until": NOON.isoformat()}]}).encode(),
            "the newest key has no end yet",
        ),
        (
            json.dumps({"ticket_keys": [GOOD | {"number": 16}]}).encode(),
            "ticket_keys.0.number: Input should be less than or equal to 15",
        ),
        (
            json.dumps({"ticket_keys": [GOOD | {"secret": "00" * 31}]}).encode(),
            "ticket_keys.0.secret: String should match",
        ),
        (
            json.dumps({"ticket_keys": [GOOD | {"signs_from": "2026-06-01T12:00:00"}]}).encode(),
            "ticket_keys.0.signs_from: Input should have timezone info",
        ),
        (
            json.dumps(
                {"ticket_keys": [GOOD | {"signs_from": "9999-12-31T23:59:59-12:00"}]}
            ).encode(),
            "date value out of range",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_spoilt_key_file_is_refused_and_kept(path: Path, content: bytes, why: str) -> None:
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(ConfigError) as refused:
        ticket_keys(path)

    assert str(refused.value).startswith(f"{path}: is cut short or changed ({why}")
    assert str(refused.value).endswith("restore it from the backup")
    assert "00000000" not in str(refused.value)
    assert path.read_bytes() == content


def test_a_site_with_a_spoilt_key_does_not_start_and_ends_with_2(path: Path) -> None:
    path.write_bytes(b"short")
    path.chmod(0o600)

    ended = subprocess.run(
        [
            sys.executable,
            *("-m", "kiosk.app.main", "run", "--headless"),
            *("--db", f"sqlite:///{path.with_name('site.db')}"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ended.returncode == INPUT
    assert f"{path}: is cut short or changed" in ended.stderr


def test_a_site_that_has_no_key_yet_is_given_none_by_hand(path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no key yet"):
        rotate(path)

    assert list(path.parent.iterdir()) == []


def test_keys_that_change_too_often_wait_until_a_number_is_free(one_key: Path) -> None:
    for day in range(14):
        rotate(one_key, now=NOON + timedelta(days=day))
    full = one_key.read_bytes()

    with pytest.raises(ConfigError, match=r"key 1, .* is believed until 2026-09-01 12:00 UTC"):
        rotate(one_key, now=NOON + timedelta(days=14))
    assert one_key.read_bytes() == full


def test_by_a_clock_that_stands_too_early_no_key_is_made(one_key: Path) -> None:
    rotate(one_key)

    with pytest.raises(ConfigError, match=r"signs from 2026-06-01 12:00 UTC.*set the clock"):
        rotate(one_key, now=NOON - timedelta(days=200))


# A running site ---------------------------------------------------------------------------


def minute_later(stage: Stage) -> None:
    stage.wait(seconds=limits.TICKET_KEYS_LOOK_EVERY_S)


@pytest.fixture
def looking(stage: Stage, one_key: Path) -> TicketKeyFile:
    """A site at work that has just looked at its keys."""
    stage.site.core.ticket_keys = read_ticket_keys(one_key)
    found = TicketKeyFile(stage.site.core, one_key)
    found.look()
    return found


def test_a_running_site_takes_a_new_key_within_a_minute(
    stage: Stage, one_key: Path, looking: TicketKeyFile
) -> None:
    ring = rotate(one_key, now=stage.now)
    looking.look()
    at_once = stage.site.core.ticket_keys
    minute_later(stage)

    looking.look()

    assert at_once == KeyRing.of(TicketKey(1, ONE_KEY))
    assert stage.site.core.ticket_keys == ring
    with stage.site.core.store.reading() as tx:
        (line,) = [each for each in tx.audit.latest(9) if each.action == "ticket_keys.changed"]
    assert line.detail == "key 2 signs, believed: 1, 2"


def test_a_spoilt_key_file_changes_nothing_at_a_running_site_and_is_said_once(
    stage: Stage,
    one_key: Path,
    looking: TicketKeyFile,
    expect_log: Callable[..., None],
    logged: list[dict[str, object]],
) -> None:
    one_key.chmod(0o644)
    why = f"{one_key}: whoever reads this file can print tickets; chmod 600 it"
    expect_log(f"ticket_keys.refused why={why}", because="others can read the file here")
    minute_later(stage)
    looking.look()
    minute_later(stage)

    looking.look()

    assert stage.site.core.ticket_keys == KeyRing.of(TicketKey(1, ONE_KEY))
    assert [event["logger"] for event in logged] == ["kiosk.app.ticket_keys"]


def test_a_key_file_that_was_away_is_taken_when_it_is_back(
    stage: Stage, one_key: Path, looking: TicketKeyFile, expect_log: Callable[..., None]
) -> None:
    why = f"[Errno 2] No such file or directory: '{one_key}'"
    expect_log(f"ticket_keys.refused why={why}", because="the file is away for a while here")
    ring = rotate(one_key, now=stage.now)
    away = one_key.with_name("away")
    one_key.rename(away)
    minute_later(stage)
    looking.look()
    away.rename(one_key)
    minute_later(stage)

    looking.look()

    assert stage.site.core.ticket_keys == ring


def test_a_site_on_its_thread_looks_at_its_keys(tmp_path: Path) -> None:
    clock, turns = SkippingClock(starts_at=NOON), [threading.Event(), threading.Event()]
    thread = SiteThread(
        file=small_site(),
        folders=Folders(tmp_path / "site.db"),
        publish=lambda _event: None,
        clock=clock,
        on_end=lambda: None,
    )
    thread.start()
    assert thread.is_up.wait(ANSWER_LIMIT_S)
    ring = rotate(tmp_path / "ticket.key")
    clock.skip(timedelta(minutes=1))

    # It does what is due after each task, so before the second of two.
    thread.work.post(turns[0].set)
    thread.work.post(turns[1].set)
    assert turns[1].wait(ANSWER_LIMIT_S)
    thread.stop()

    assert thread.site is not None
    assert thread.site.core.ticket_keys == ring
