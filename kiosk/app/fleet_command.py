"""`kiosk fleet`: firms whose cars park on one monthly invoice, their passes and their credit."""

from __future__ import annotations

import argparse
import secrets
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.arguments import capitalised
from kiosk.app.debtor_command import (
    add_invoices,
    add_subcommand,
    money_of,
    note,
    random_code,
    refused,
    writing,
)
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE

if TYPE_CHECKING:
    from db.fleets import FleetRecord
    from db.store import Tx
    from kiosk.domain.ids import FleetId
    from kiosk.services.core import Core

_LINE_END = ";"


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `fleet` with its subcommands."""
    about = "list firms that park on account, add and change them, and send their invoices"
    fleet = commands.add_parser("fleet", help=about, description=f"{capitalised(about)}.")
    subcommands = fleet.add_subparsers(required=True, metavar="COMMAND")
    lists = add_subcommand(
        subcommands, "list", "list fleets and their credit", default_site=default_site
    )
    lists.set_defaults(command=_list)
    about = "add a fleet; its first pass and PIN are printed once"
    add = add_subcommand(subcommands, "add", about, default_site=default_site)
    add.add_argument("name")
    add.add_argument("--credit-limit", required=True, metavar="AMOUNT")
    add.add_argument("--address", default="", help=f"its lines, with {_LINE_END} between them")
    add.add_argument("--tax-number", default="")
    add.set_defaults(command=_add)
    about = "change a fleet; a stopped one parks no more on account"
    change = add_subcommand(subcommands, "change", about, default_site=default_site)
    change.add_argument("name")
    change.add_argument("--credit-limit", metavar="AMOUNT")
    change.add_argument("--address", help=f"its lines, with {_LINE_END} between them")
    change.add_argument("--tax-number")
    state = change.add_mutually_exclusive_group()
    state.add_argument("--stop", dest="is_active", action="store_false", default=None)
    state.add_argument("--resume", dest="is_active", action="store_true", default=None)
    change.set_defaults(command=_change)
    about = "make one more pass, printed once with its PIN, or end one that was lost"
    passes = add_subcommand(subcommands, "pass", about, default_site=default_site)
    passes.add_argument("name")
    passes.add_argument("--end", metavar="CODE", help="this pass is good no more; none is made")
    passes.set_defaults(command=_pass)
    add_invoices(subcommands, "fleet", default_site=default_site)


def _list(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.import_calendar import core_at_rest
    from kiosk.services.fleets import credit_of
    from kiosk.services.paper import plain

    file = read_site_file(options.site)
    with core_at_rest(file, options.db, is_dry_run=True) as core, core.store.reading() as tx:
        fleets = tx.fleets.all()
        for fleet in fleets:
            credit = credit_of(core, tx, fleet.id)
            passes = sum(each.is_active for each in tx.fleets.passes_of(fleet.id))
            stopped = "" if fleet.is_active else ", STOPPED"
            print(
                f"{fleet.name}: {plain(credit.used)} of {plain(credit.limit)} used ("
                f"{plain(credit.unbilled)} unbilled, {plain(credit.invoiced)} invoiced, "
                f"{plain(credit.authorised)} promised), passes: {passes}{stopped}"
            )
    if not fleets:
        print("There is no fleet.")
    return DONE


def _add(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file

    file = read_site_file(options.site)
    limit = money_of(options.credit_limit, file.site.currency, what="--credit-limit")
    if not options.name.strip():
        raise ConfigError("a fleet has a name")
    with writing(options) as (core, tx):
        if tx.fleets.by_name(options.name) is not None:
            return refused(f"{options.name}: there is a fleet with this name already")
        fleet_id = tx.fleets.add(
            name=options.name,
            address=_lines(options.address),
            tax_number=options.tax_number,
            credit_limit=limit,
        )
        code, pin = _new_pass(core, tx, fleet_id)
        note(core, tx, "fleet.added", f"{fleet_id} {limit.minor}")
    print(f"{options.name}: is fleet {fleet_id}.")
    _tell(code, pin)
    return DONE


def _change(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file

    file = read_site_file(options.site)
    with writing(options) as (core, tx):
        fleet = _fleet(tx, options.name)
        if options.credit_limit is not None:
            limit = money_of(options.credit_limit, file.site.currency, what="--credit-limit")
            fleet = replace(fleet, credit_limit=limit)
        if options.address is not None:
            fleet = replace(fleet, address=_lines(options.address))
        if options.tax_number is not None:
            fleet = replace(fleet, tax_number=options.tax_number)
        if options.is_active is not None:
            fleet = replace(fleet, is_active=options.is_active)
        tx.fleets.change(fleet)
        note(core, tx, "fleet.changed", f"{fleet.id} {fleet.credit_limit.minor}")
    print(f"{fleet.name}: changed.")
    return DONE


def _pass(options: argparse.Namespace) -> int:
    from kiosk.services.wallets import plain_pass

    with writing(options) as (core, tx):
        fleet = _fleet(tx, options.name)
        if options.end is None:
            code, pin = _new_pass(core, tx, fleet.id)
            note(core, tx, "fleet_pass.made", str(fleet.id))
        else:
            ended = tx.fleets.pass_by_code(plain_pass(options.end))
            if ended is None or ended.fleet_id != fleet.id:
                raise ConfigError(f"{fleet.name}: has no pass {options.end}")
            tx.fleets.end_pass(ended.code)
            note(core, tx, "fleet_pass.ended", str(fleet.id))
    if options.end is None:
        _tell(code, pin)
    else:
        print(f"{fleet.name}: pass {options.end} is good no more.")
    return DONE


def _new_pass(core: Core, tx: Tx, fleet_id: FleetId) -> tuple[str, str]:
    from kiosk.domain.ticket import SHORT_CODE_LENGTH
    from kiosk.services.limits import PIN_SHORTEST_DIGITS

    code = random_code(SHORT_CODE_LENGTH)
    pin = str(secrets.randbelow(10**PIN_SHORTEST_DIGITS)).zfill(PIN_SHORTEST_DIGITS)
    tx.fleets.add_pass(fleet_id, code=code, pin_hash=core.pins.hash(pin))
    return code, pin


def _tell(code: str, pin: str) -> None:
    from kiosk.services.wallets import FLEET_PREFIX

    print(f"  pass {code}, as a QR: {FLEET_PREFIX}{code.upper()}")
    print(f"  PIN {pin}: it is kept nowhere and is not printed again")


def _fleet(tx: Tx, name: str) -> FleetRecord:
    fleet = tx.fleets.by_name(name)
    if fleet is None:
        raise ConfigError(f"{name}: there is no such fleet")
    return fleet


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.split(_LINE_END))
