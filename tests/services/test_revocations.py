"""The list of revoked tickets beside the database: what was signed is read, else nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.ids import ReservationId
from kiosk.domain.outcomes import TicketIssued
from kiosk.domain.ticket import Ticket, TicketKey, read_ticket, write_ticket
from kiosk.domain.time import Window
from kiosk.services.commands import CancelReservation
from kiosk.services.revocations import (
    NotOurList,
    RevocationFile,
    RevocationList,
    read_revocations,
    revocation_text,
    write_revocations,
)
from tests.fakes.stage import DRIVER, Stage

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
KEY = TicketKey(1, bytes(range(32)))
OTHER_SECRET = TicketKey(1, bytes(range(1, 33)))
NEXT_KEY = TicketKey(2, bytes(range(32, 64)))


def ticket(number: int, *, late_minutes: int = 0) -> Ticket:
    start = NOON + timedelta(minutes=2 + late_minutes)
    return Ticket(17, ReservationId(number), Window(start, start + timedelta(hours=2)))


def printed(one: Ticket, key: TicketKey = KEY) -> Ticket:
    """The ticket as a reader has it: with its window rounded outward."""
    found = read_ticket(write_ticket(one, key), site_number=one.site_number, keys=[key])
    assert isinstance(found, Ticket)
    return found


def text_of(*revoked: Ticket, site_number: int = 17, key: TicketKey = KEY) -> str:
    return revocation_text(site_number=site_number, made_at=NOON, revoked=revoked, key=key)


def read(text: str, *keys: TicketKey) -> RevocationList | NotOurList:
    return read_revocations(text, site_number=17, keys=keys or (KEY,))


def why(text: str, *keys: TicketKey) -> str:
    refused = read(text, *keys)
    assert isinstance(refused, NotOurList)
    return refused.why


def test_a_revoked_ticket_is_found_by_what_is_printed_on_it() -> None:
    found = read(text_of(ticket(1), ticket(2)))

    assert isinstance(found, RevocationList)
    assert found.revokes(printed(ticket(1)))
    assert found.revokes(printed(ticket(2), NEXT_KEY))
    assert not found.revokes(printed(ticket(3)))


def test_a_newer_ticket_of_the_same_reservation_is_good() -> None:
    found = read(text_of(ticket(1)))

    assert isinstance(found, RevocationList)
    assert not found.revokes(printed(ticket(1, late_minutes=30)))


def test_a_list_tells_its_age() -> None:
    found = read(text_of())

    assert isinstance(found, RevocationList)
    assert found.age(NOON + 3 * MINUTE) == 3 * MINUTE
    assert found.age(NOON - MINUTE) == -MINUTE


def test_the_same_tickets_give_the_same_text_in_any_order() -> None:
    assert text_of(ticket(2), ticket(1)) == text_of(ticket(1), ticket(2))


def test_a_list_says_site_instant_and_each_ticket_and_is_signed_over_all_of_it() -> None:
    table = json.loads(text_of(ticket(1)))
    mac = table.pop("hmac")
    by_hand = b"sharedpark revoked tickets\n" + json.dumps(table).encode()

    assert table == {
        "site": 17,
        "made_at": "2026-06-01T12:00:00+00:00",
        "revoked": [
            {
                "reservation": 1,
                "from": "2026-06-01T12:00:00+00:00",
                "until": "2026-06-01T14:05:00+00:00",
            }
        ],
        "key": 1,
    }
    assert mac == hmac.new(KEY.secret, by_hand, hashlib.sha256).hexdigest()


def test_no_changed_sign_goes_unnoticed() -> None:
    text = text_of(ticket(1))
    changed = [
        text[:place] + sign + text[place + 1 :]
        for place in range(len(text))
        for sign in '0x" ,'
        if text[place] != sign
    ]

    assert [each for each in changed if isinstance(read(each), RevocationList)] == []


def test_a_list_that_is_cut_short_is_not_believed() -> None:
    text = text_of(ticket(1))

    answers = {why(text[:length]) for length in range(len(text) - 1)}

    assert answers == {"it is cut short, or no list of revoked tickets"}
    assert why(text[:-1]) == "it was changed, or signed with another site's key"


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "1e999999999999", "[" * 100_000, '{"hmac": "\\ud800"}', "{}", '"x"']
)
def test_what_is_no_list_is_not_believed(text: str) -> None:
    assert why(text) == "it is cut short, or no list of revoked tickets"


@pytest.mark.parametrize(
    "text",
    [
        '{"key": 1, "hmac": 5}',
        '{"key": true, "hmac": ""}',
        '{"key": 1.0, "hmac": "é"}',
        '{"key": 1, "hmac": {"a": 0.5}, "revoked": [[]]}',
    ],
)
def test_what_only_looks_like_a_list_is_not_believed(text: str) -> None:
    assert why(text) == "it was changed, or signed with another site's key"


def test_an_entry_that_is_taken_out_is_noticed() -> None:
    table = json.loads(text_of(ticket(1)))
    table["revoked"] = []

    assert why(json.dumps(table, indent=1) + "\n") == (
        "it was changed, or signed with another site's key"
    )


def test_a_list_signed_with_another_secret_is_not_believed() -> None:
    assert why(text_of(key=OTHER_SECRET)) == "it was changed, or signed with another site's key"


def test_a_list_of_a_newer_key_than_the_reader_has_says_so() -> None:
    assert why(text_of(key=NEXT_KEY)) == "it was signed with a key that is not in the key file"
    assert isinstance(read(text_of(key=NEXT_KEY), KEY, NEXT_KEY), RevocationList)


def test_the_list_of_another_site_with_the_same_key_is_not_believed() -> None:
    assert why(text_of(site_number=18)) == "it is the list of site 18"


def test_a_written_list_is_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "revoked.json"

    write_revocations(path, site_number=17, made_at=NOON, revoked=[ticket(1)], key=KEY)

    assert path.read_text() == text_of(ticket(1))
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


# A running site ---------------------------------------------------------------------------


class Kept:
    """The file of a running site, and when its list was made."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "revoked.json"
        self._file = RevocationFile(self.path)

    def keep(self, now: datetime, *revoked: Ticket) -> datetime | None:
        """Let the site keep the list; when the one in the file was made."""
        self._file.keep(site_number=17, now=now, revoked=revoked, key=KEY)
        if not self.path.exists():
            return None
        found = read(self.path.read_text())
        assert isinstance(found, RevocationList)
        return found.made_at


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path)


def test_a_list_that_did_not_change_is_written_again_after_a_minute(kept: Kept) -> None:
    assert kept.keep(NOON, ticket(1)) == NOON
    assert kept.keep(NOON + MINUTE - SECOND, ticket(1)) == NOON
    assert kept.keep(NOON + MINUTE, ticket(1)) == NOON + MINUTE


def test_a_ticket_that_is_revoked_is_in_the_file_at_once(kept: Kept) -> None:
    kept.keep(NOON, ticket(1))

    assert kept.keep(NOON + SECOND, ticket(1), ticket(2)) == NOON + SECOND


def test_a_clock_that_was_set_back_does_not_leave_a_list_of_the_future(kept: Kept) -> None:
    kept.keep(NOON, ticket(1))

    assert kept.keep(NOON - MINUTE, ticket(1)) == NOON - MINUTE


def test_where_the_list_cannot_be_written_the_site_goes_on_and_tries_again(
    tmp_path: Path, expect_log: Callable[..., None], logged: list[dict[str, object]]
) -> None:
    kept = Kept(tmp_path / "away")
    why = f"[Errno 2] No such file or directory: '{kept.path}.new'"
    expect_log(f"revocations.not_written why={why}", because="its folder is away for a while")
    first = kept.keep(NOON, ticket(1))
    kept.keep(NOON + MINUTE, ticket(1))
    kept.path.parent.mkdir()

    assert first is None
    assert kept.keep(NOON + 2 * MINUTE, ticket(1)) == NOON + 2 * MINUTE
    assert len(logged) == 1


def test_a_site_lists_the_tickets_of_what_was_cancelled(tmp_path: Path, stage: Stage) -> None:
    reserved = stage.reserve()
    paid = stage.pay_deposit(reserved.reservation_id, stage.wallet().proof)
    assert isinstance(paid, TicketIssued)
    file = RevocationFile(tmp_path / "revoked.json")
    stage.site.do(
        CancelReservation(
            actor=DRIVER,
            reservation_id=reserved.reservation_id,
            agreed_refund=reserved.quote.total,
        )
    )

    file.keep_of(stage.site.core)

    keys = stage.site.core.ticket_keys.believed(stage.now)
    number = stage.site.core.site.number
    text = (tmp_path / "revoked.json").read_text()
    found = read_revocations(text, site_number=number, keys=keys)
    assert isinstance(found, RevocationList)
    shown = read_ticket(paid.text, site_number=number, keys=keys)
    assert isinstance(shown, Ticket)
    assert found.revokes(shown)
