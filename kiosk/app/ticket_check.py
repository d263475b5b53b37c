"""`kiosk ticket check`: what a ticket says and whether it is good, without the site at work.

It reads the key file and the list of revoked tickets, or copies of them; it opens no database
and no barrier, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from kiosk.app.arguments import capitalised
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED

if TYPE_CHECKING:
    from kiosk.domain.site import Site
    from kiosk.domain.ticket import Forged, NotATicket, OfAnotherSite, Ticket, TicketKey
    from kiosk.services.revocations import NotOurList, RevocationList

_LONGEST_SHOWN = 60
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NoList:
    """Nobody gave a list of revoked tickets, and none stands beside the database."""


def add_to(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser],
) -> argparse.ArgumentParser:
    """Give `kiosk ticket` its `check`; the caller adds where the site's files are."""
    about = "say whether tickets are good; works while the site is down, and opens nothing"
    check = subcommands.add_parser("check", help=about, description=f"{capitalised(about)}.")
    check.add_argument("text", nargs="+", metavar="TEXT", help="what the QR code says")
    check.add_argument("--keys", type=Path, metavar="FILE", help="a copy of the site's ticket.key")
    check.add_argument(
        "--revoked", type=Path, metavar="FILE", help="a copy of the site's revoked.json"
    )
    check.add_argument(
        "--at", metavar="T", help="as if it were then, for example 2026-03-02T10:00"
    )
    check.add_argument("--json", action="store_true", help="one JSON object on stdout")
    check.set_defaults(command=_check)
    return check


def _check(options: argparse.Namespace) -> int:
    from kiosk.app.clocks import SystemClock
    from kiosk.app.config import read_site_file
    from kiosk.app.places import folders_of
    from kiosk.app.ticket_keys import read_ticket_keys
    from kiosk.domain.ticket import Ticket, read_ticket
    from kiosk.services.instants import read_instant
    from kiosk.services.revocations import NotOurList

    site = read_site_file(options.site).to_site()
    folders = folders_of(options.db, site_number=site.number)
    at = SystemClock().now()
    if options.at is not None:
        try:
            at = read_instant(options.at, site.zone)
        except ValueError as error:
            raise ConfigError(f"--at: {error}") from error
    keys = read_ticket_keys(options.keys or folders.ticket_key).believed(at)
    known = _revocations(options.revoked, folders.revoked, site=site, keys=keys)
    texts = [text.strip() for text in options.text]
    answers = [read_ticket(text, site_number=site.number, keys=keys) for text in texts]
    found = list(zip(texts, answers, strict=True))
    if options.json:
        table = {
            "at": at.isoformat(),
            "site": site.number,
            "revocations": _list_row(known),
            "tickets": [_row(*each, site=site, known=known, at=at) for each in found],
        }
        print(json.dumps(table, indent=2))
    else:
        for text, answer in found:
            print(_shown(text))
            for line in _lines(text, answer, site=site, known=known, at=at):
                print(f"  {line}")
    are_good = all(
        isinstance(answer, Ticket) and _is_revoked(answer, known) is not True for answer in answers
    )
    return DONE if are_good and not isinstance(known, NotOurList) else REFUSED


def _revocations(
    given: Path | None, default: Path, *, site: Site, keys: tuple[TicketKey, ...]
) -> RevocationList | NotOurList | NoList:
    from kiosk.services.revocations import NotOurList, read_revocations

    if given is None and not default.exists():
        return NoList()
    try:
        text = (given or default).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return NotOurList("it is no text")
    return read_revocations(text, site_number=site.number, keys=keys)


def _is_revoked(ticket: Ticket, known: RevocationList | NotOurList | NoList) -> bool | None:
    from kiosk.services.revocations import RevocationList

    return known.revokes(ticket) if isinstance(known, RevocationList) else None


def _list_row(known: RevocationList | NotOurList | NoList) -> dict[str, str | None]:
    from kiosk.services.revocations import NotOurList

    match known:
        case NoList():
            return {"as_of": None, "why_not_known": "there is no list"}
        case NotOurList(why):
            return {"as_of": None, "why_not_known": why}
        case _:
            return {"as_of": known.made_at.isoformat(), "why_not_known": None}


def _when(ticket: Ticket, site: Site, at: datetime) -> str:
    """Whether the entrance would take it, as far as its time goes."""
    if at < ticket.window.from_ - site.rules.early_entry:
        return "early"
    return "valid now" if at < ticket.window.until else "over"


def _lines(
    text: str,
    answer: Ticket | NotATicket | OfAnotherSite | Forged,
    *,
    site: Site,
    known: RevocationList | NotOurList | NoList,
    at: datetime,
) -> list[str]:
    from kiosk.domain.ticket import Forged, NotATicket, OfAnotherSite, Ticket

    match answer:
        case Ticket():
            return _ticket_lines(answer, site=site, known=known, at=at)
        case OfAnotherSite(number):
            return [f"of another site: number {number}; this is site {site.number}, {site.name}"]
        case Forged():
            return ["forged: it was not signed with a key of this site that is believed now"]
        case NotATicket():
            return [f"not a ticket{_hint(text)}"]
        case _:
            assert_never(answer)


def _ticket_lines(
    ticket: Ticket, *, site: Site, known: RevocationList | NotOurList | NoList, at: datetime
) -> list[str]:
    start, end = (
        instant.astimezone(site.zone) for instant in (ticket.window.from_, ticket.window.until)
    )
    is_one_day = start.date() == end.date()
    window = f"{start:%Y-%m-%d %H:%M} to {end:{'%H:%M' if is_one_day else '%Y-%m-%d %H:%M'}}"
    when = _when(ticket, site, at)
    match when:
        case "early":
            opens = (ticket.window.from_ - site.rules.early_entry).astimezone(site.zone)
            when = f"early; the entrance takes it from {opens:%Y-%m-%d %H:%M}"
        case "over":
            when = "over; the exit still takes it, the entrance does not"
    return [
        f"genuine: reservation {ticket.reservation_id}",
        f"window:  {window} ({site.zone.key})",
        f"now:     {when}",
        f"revoked: {_revoked_words(ticket, known, at=at)}",
    ]


def _revoked_words(
    ticket: Ticket, known: RevocationList | NotOurList | NoList, *, at: datetime
) -> str:
    from kiosk.services.revocations import NotOurList

    match known:
        case NoList():
            return "not known; there is no list here"
        case NotOurList(why):
            return f"not known; the list is not believed: {why}"
        case _:
            answer = "YES" if known.revokes(ticket) else "no"
            return f"{answer}, as of {_ago(known.age(at))}"


def _ago(age: timedelta) -> str:
    if age < timedelta():
        return f"{_counted(-age)} later than the time asked about"
    return f"{_counted(age)} ago"


def _counted(span: timedelta) -> str:
    for unit, name in ((_DAY, "days"), (_HOUR, "hours")):
        if span >= 2 * unit:
            return f"{span // unit} {name}"
    minutes = span // _MINUTE
    return {0: "less than a minute", 1: "1 minute"}.get(minutes, f"{minutes} minutes")


def _row(
    text: str,
    answer: Ticket | NotATicket | OfAnotherSite | Forged,
    *,
    site: Site,
    known: RevocationList | NotOurList | NoList,
    at: datetime,
) -> dict[str, Any]:
    from kiosk.domain.ticket import Forged, NotATicket, OfAnotherSite, Ticket

    match answer:
        case Ticket(_, reservation_id, window):
            return {
                "text": text,
                "answer": "genuine",
                "reservation": reservation_id,
                "from": window.from_.astimezone(site.zone).isoformat(),
                "until": window.until.astimezone(site.zone).isoformat(),
                "when": _when(answer, site, at),
                "is_revoked": _is_revoked(answer, known),
            }
        case OfAnotherSite(number):
            return {"text": text, "answer": "of another site", "site": number}
        case Forged():
            return {"text": text, "answer": "forged"}
        case NotATicket():
            return {"text": text, "answer": "not a ticket"}
        case _:
            assert_never(answer)


def _shown(text: str) -> str:
    """A scanned text on one line of a terminal, whatever stands in it."""
    safe = text.encode("unicode_escape").decode("ascii")
    return safe if len(safe) <= _LONGEST_SHOWN else f"{safe[:_LONGEST_SHOWN]}..."


def _hint(text: str) -> str:
    from kiosk.domain.ticket import SHORT_CODE_ALPHABET, SHORT_CODE_LENGTH
    from kiosk.services.wallets import FLEET_PREFIX, PASS_PREFIX

    if text.startswith(PASS_PREFIX):
        return ": it is the pass of a wallet"
    if text.startswith(FLEET_PREFIX):
        return ": it is the pass of a fleet"
    plain = "".join(text.split()).lower()
    if len(plain) == SHORT_CODE_LENGTH and set(plain) <= set(SHORT_CODE_ALPHABET):
        return ": it looks like a short code, which only the desk can look up"
    return ""
