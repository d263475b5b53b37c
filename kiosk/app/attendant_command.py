"""`kiosk attendant`: who works at the desk, and whom the operator knows as a person.

Attendants let each other in at the desk (kiosk.services.attendants). Two of them count as two
only where the operator has confirmed both: else whoever adds one could stand in for that one.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import assert_never

from kiosk.app.arguments import capitalised
from kiosk.app.debtor_command import add_subcommand, refused
from kiosk.app.exit_codes import DONE


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `attendant` with its subcommands."""
    about = "list who works at the desk, and confirm who counts as a second person"
    attendant = commands.add_parser("attendant", help=about, description=f"{capitalised(about)}.")
    subcommands = attendant.add_subparsers(required=True, metavar="COMMAND")
    about = "list everybody who was ever let in"
    lists = add_subcommand(subcommands, "list", about, default_site=default_site)
    lists.set_defaults(command=_list)
    about = "say that you know who this is; the own PIN was chosen, and the site is at rest"
    confirm = add_subcommand(subcommands, "confirm", about, default_site=default_site)
    confirm.add_argument("name")
    confirm.set_defaults(command=_confirm)


def _list(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.import_calendar import core_at_rest

    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=True) as core, core.store.reading() as tx:
        attendants = tx.people.attendants()
    for each in attendants:
        words = ["confirmed" if each.is_confirmed else "not confirmed"]
        words += ["has no own PIN yet"] if each.is_one_time else []
        words += ["BLOCKED"] if each.is_blocked else []
        print(f"{each.name}: {', '.join(words)}")
    if not attendants:
        print("There is no attendant.")
    return DONE


def _confirm(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.import_calendar import core_at_rest
    from kiosk.services.attendant_commands import AttendantConfirmed, NameRefused
    from kiosk.services.attendants import confirm_attendant
    from kiosk.services.commands import Actor, ActorKind

    file, operator = read_site_file(options.site), Actor(ActorKind.CLOCK, "command line")
    with core_at_rest(file, options.db, is_dry_run=False) as core:
        outcome = confirm_attendant(core, options.name, actor=operator)
    match outcome:
        case AttendantConfirmed(name=name):
            print(f"{name}: counts as a second person from now on.")
            return DONE
        case NameRefused():
            return refused(
                f"{options.name}: nobody of this name works at the desk with an own PIN; "
                "nothing was changed"
            )
        case _:
            assert_never(outcome)
