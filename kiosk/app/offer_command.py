"""The command lines of `kiosk offer ...`; what they do loads when asked for."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from kiosk.app.arguments import capitalised
from kiosk.app.local_times import time_argument

_MOVES = {
    "hand-in": "hand a draft in: its owner asks for it to be shared",
    "approve": "share it: the attendant has seen that the space is the owner's",
    "refuse": "give it back as a draft: the attendant has not seen that",
    "pause": "share it no more for now",
    "resume": "share it again after a pause",
    "withdraw": "end it; whoever has paid keeps the space",
}
_MOST_DIGITS = 6
_JUDGED = frozenset({"approve", "refuse"})


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `offer` with its subcommands."""
    about = "list what owners share, approve, pause, withdraw, recall it, and change its terms"
    offer = commands.add_parser("offer", help=about, description=f"{capitalised(about)}.")
    subcommands = offer.add_subparsers(required=True, metavar="COMMAND")
    _add_list(subcommands, default_site)
    for name, help_text in _MOVES.items():
        _add_move(subcommands, name, help_text, default_site)
    _add_terms(subcommands, default_site)
    _add_recall(subcommands, default_site)


def _add_list(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser], default_site: Path
) -> None:
    command = _command(subcommands, "list", "list the offers, of a running site too", default_site)
    command.add_argument("--space", metavar="LABEL", help="one space, with what was withdrawn")
    command.set_defaults(command=_list)


def _add_move(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    about: str,
    default_site: Path,
) -> None:
    command = _command(subcommands, name, about, default_site)
    _add_space(command)
    if name in _JUDGED:
        _add_attendant(command, "who judges it", is_required=True)
    command.set_defaults(command=_move, move=name)


def _add_terms(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser], default_site: Path
) -> None:
    about = "change the terms of an offer; what is reserved keeps its price and its split"
    command = _command(subcommands, "terms", about, default_site)
    _add_space(command)
    stays = (
        ("notice", _minutes, "how long before its start a reservation must be made"),
        ("shortest-stay", _stay, "the shortest stay; or the word site: as the site has it"),
        ("longest-stay", _stay, "the longest stay; or the word site: as the site has it"),
    )
    for name, kind, help_text in stays:
        command.add_argument(
            f"--{name}-minutes",
            type=kind,
            default=argparse.SUPPRESS,
            metavar="N",
            help=help_text,
        )
    tariff, split = (command.add_mutually_exclusive_group() for _ in range(2))
    split.add_argument(
        "--split", default=argparse.SUPPRESS, metavar="NAME", help="[split.NAME] of the site file"
    )
    flags = (
        (tariff, "--own-tariff", "the tariff that the site file gives the owner"),
        (tariff, "--area-tariff", "the tariff of the area"),
        (split, "--area-split", "the split of the area"),
    )
    for group, name, help_text in flags:
        group.add_argument(name, action="store_true", default=argparse.SUPPRESS, help=help_text)
    whom = "who changes price or split of an offer in force"
    _add_attendant(command, whom, is_required=False)
    command.set_defaults(command=_terms)


def _minutes(text: str) -> timedelta:
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError("should be a whole number of minutes")
    return timedelta(minutes=int(text))


def _stay(text: str) -> timedelta | None:
    return None if text == "site" else _minutes(text)


def _add_recall(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser], default_site: Path
) -> None:
    about = "give a space back to its owner for a window: its price first, then with --agree"
    command = _command(subcommands, "recall", about, default_site)
    _add_space(command)
    command.add_argument("--from", dest="from_", required=True, type=time_argument, metavar="T")
    command.add_argument("--until", required=True, type=time_argument, metavar="T")
    command.add_argument(
        "--agree", metavar="AMOUNT", help="do it when the cost is still this, for example 4.80"
    )
    command.set_defaults(command=_recall)


def _command(
    subcommands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    about: str,
    default_site: Path,
) -> argparse.ArgumentParser:
    command = subcommands.add_parser(name, help=about, description=f"{capitalised(about)}.")
    command.add_argument("--site", type=Path, default=default_site, help="the site file")
    command.add_argument("--db", metavar="URL", help="the site's database")
    return command


def _add_space(command: argparse.ArgumentParser) -> None:
    command.add_argument("--space", required=True, metavar="LABEL", help="for example A05")
    command.add_argument(
        "--owner", metavar="NAME", help="whose space it is, where several have this label"
    )


def _add_attendant(command: argparse.ArgumentParser, help_text: str, *, is_required: bool) -> None:
    command.add_argument("--attendant", required=is_required, metavar="NAME", help=help_text)
    command.add_argument(
        "--pin-stdin", action="store_true", help="read the PIN from stdin; else it is asked"
    )


def _list(options: argparse.Namespace) -> int:
    from kiosk.app.owners_offers import list_offers

    return list_offers(options)


def _move(options: argparse.Namespace) -> int:
    from kiosk.app.owners_offers import move_offer_of

    return move_offer_of(options)


def _terms(options: argparse.Namespace) -> int:
    from kiosk.app.owners_terms import change_terms

    return change_terms(options)


def _recall(options: argparse.Namespace) -> int:
    from kiosk.app.owners_recall import recall

    return recall(options)
