"""The command line of `kiosk`: a site at work, its books, its tariffs, its tickets, and imports.

Subcommands about a site take --site FILE and --db URL. Results go to stdout, messages to stderr.
Exit: 0 done, 1 refused or a check failed, 2 input or configuration, 3 a part of the system is
missing, 4 the site is in use (architecture.md, Command line).
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import __version__
from kiosk.app.arguments import capitalised, number_argument
from kiosk.app.display import has_display
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, IN_USE, INPUT, REFUSED
from kiosk.app.local_times import day_argument, month_argument
from kiosk.domain.errors import Fault, StoreBusy
from kiosk.services.refused import FileRefused

if TYPE_CHECKING:
    from kiosk.app.config import SiteFile

SITES = Path(__file__).resolve().parents[2] / "resources" / "sites"
OTHERS = {
    "audit": "audit_command",
    "books": "books_command",
    "tariff": "tariff_command",
    "ticket": "ticket_command",
    "import": "import_command",
    "attendant": "attendant_command",
    "fleet": "fleet_command",
    "shop": "shop_command",
    "offer": "offer_command",
    "search": "search_command",
    "payout": "payout_command",
    "replay": "replay",
    "scenario": "scenario",
    "doctor": "doctor",
}
"""The commands that are described in modules of their own, read when they are wanted."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; its exit code, also when nobody reads what it says any more."""
    code = REFUSED
    try:
        try:
            code = _done(arguments)
        finally:
            print(end="", flush=True)  # what cannot be said is known here, not at the very end
    except BrokenPipeError:
        _hush()
    except OSError as error:
        if error.filename is not None or error.errno != errno.ENOSPC:
            raise
        _hush()
        print(f"The output cannot be written: {error.strerror}", file=sys.stderr)
        return REFUSED
    return code


def _hush() -> None:
    """Send what is still to be printed nowhere: Python would fail on it once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _done(arguments: Sequence[str] | None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    options = _parser(words[0] if words else "").parse_args(words)
    try:
        code: int = options.command(options)
    except (ConfigError, FileRefused) as error:
        print(error, file=sys.stderr)
        return INPUT
    except OSError as error:
        if error.filename is None:
            raise
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return INPUT
    except StoreBusy as fault:
        print(f"{fault.code}: {fault}. {fault.remedy}", file=sys.stderr)
        return IN_USE
    except Fault as fault:
        print(f"{fault.code}: {fault}. {fault.remedy}", file=sys.stderr)
        return REFUSED
    return code


def _parser(wanted: str) -> argparse.ArgumentParser:
    """All commands; those of OTHERS only when one is wanted, or it is not known which.

    The glass waits for this: a kiosk at work has no use for the other commands' modules.
    """
    parser = argparse.ArgumentParser(
        prog="kiosk", description="Shared parking spaces: search, deposit, ticket, barrier, money."
    )
    parser.add_argument("--version", action="version", version=f"kiosk {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = _command(commands, "run", "open the entry screen, the exit screen and the desk")
    run.add_argument("--headless", action="store_true", help="lanes and core without a screen")
    run.add_argument(
        "--windows",
        choices=("all", "drivers", "desk"),
        default="all",
        help="which windows this machine shows",
    )
    run.set_defaults(command=_run)

    day = _command(commands, "day", "drive a day of real cars through the site in virtual time")
    day.add_argument("--seed", type=int, default=1, help="which cars come (default 1)")
    day.add_argument("--date", type=day_argument, help="which recorded day (YYYY-MM-DD)")
    day.add_argument("--picture", type=Path, help="write the occupancy curve to this PNG")
    day.add_argument("--json", action="store_true", help="one JSON object on stdout")
    day.set_defaults(command=_day)

    tour = _command(commands, "tour", "play the story on all screens and keep their pictures")
    tour.add_argument("--out", type=Path, default=Path("out/tour"), help="where pictures go")
    tour.add_argument("--readme", type=Path, help="also write the README's pictures, reduced")
    tour.set_defaults(command=_tour)

    about = "write the books, one receipt, or the calendar of a space, for other programs"
    export = _command(commands, "export", about)
    export.add_argument("what", choices=("ledger", "receipt", "calendar"))
    export.add_argument("number", nargs="?", type=number_argument, help="of a receipt, to replay")
    export.add_argument(
        "--format", choices=("hledger", "ledger", "beancount"), default="hledger", help="of books"
    )
    export.add_argument("--day", type=day_argument, help="only this local day (YYYY-MM-DD)")
    export.add_argument("--month", type=month_argument, help="only this local month (YYYY-MM)")
    export.add_argument(
        "--balances", choices=("day", "month"), default="day", help="how often they are asserted"
    )
    export.add_argument("--space", metavar="LABEL", help="whose calendar; of its offer in force")
    export.add_argument(
        "--with-reservations", action="store_true", help="as busy time, without plates or names"
    )
    export.add_argument("--out", type=Path, help="a file instead of stdout")
    export.set_defaults(command=_export)

    check = _command(commands, "check-config", "say what is wrong in a site file")
    check.set_defaults(command=_check_config)

    for name, module in OTHERS.items() if wanted not in commands.choices else ():
        if wanted not in OTHERS or name == wanted:
            described = import_module(f"kiosk.app.{module}")
            described.add_to(commands, default_site=SITES / "demo.toml")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, help_text: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_text, description=f"{capitalised(help_text)}.")
    command.add_argument("--site", type=Path, help="the site file (default: the demo site)")
    command.add_argument("--db", help="the database, for example sqlite:///var/site.db")
    return command


def _run(options: argparse.Namespace) -> int:
    first_frame = None
    if not options.headless and has_display():
        from kiosk.app.qt_import import import_qt

        import_qt()
        from kiosk.app.first_frame import FirstFrame

        first_frame = FirstFrame(is_for_desk=options.windows == "desk")
    try:
        from kiosk.app.run import run  # a second or more; the glass shows something by now

        return run(
            site=options.site or SITES / "demo.toml",
            database=options.db,
            is_headless=options.headless,
            windows=options.windows,
            first_frame=first_frame,
        )
    finally:
        if first_frame is not None:
            first_frame.close()


def _day(options: argparse.Namespace) -> int:
    from kiosk.app.day import day

    return day(
        site=options.site or SITES / "birmingham.toml",
        database=options.db,
        seed=options.seed,
        on=options.date,
        picture=options.picture,
        is_json=options.json,
    )


def _tour(options: argparse.Namespace) -> int:
    from kiosk.app.qt_import import import_qt

    import_qt()
    from kiosk.app.tour import tour

    return tour(
        site=options.site or SITES / "demo.toml",
        database=options.db,
        folder=options.out,
        readme_pictures=options.readme,
    )


def _export(options: argparse.Namespace) -> int:
    from kiosk.app.export import export_ledger, export_receipt

    site = options.site or SITES / "demo.toml"
    if options.what == "ledger":
        return export_ledger(options, site=site)
    if options.what == "calendar":
        from kiosk.app.export_calendar import export_calendar

        return export_calendar(options, site=site)
    if options.number is None:
        raise ConfigError("export receipt: which one? Give its number, as it stands on the paper.")
    return export_receipt(site=site, database=options.db, number=options.number, out=options.out)


def _check_config(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.lane_advice import lane_advice
    from kiosk.app.site_draft import unfilled

    path = options.site or SITES / "demo.toml"
    file = read_site_file(path)
    lines = unfilled(path.read_text(encoding="utf-8"))
    are = "line" if len(lines) == 1 else "lines"
    how = f"a draft, FILL IN stands in {are} {', '.join(map(str, lines))}" if lines else "good"
    file.to_plan()  # reads the tariff files
    if _says_wrong_accounts(file, path):
        return INPUT
    spaces = sum(row.count for area in file.area for row in area.row)
    print(
        f"{path}: {how}. {file.site.name}: {len(file.area)} areas, {spaces} spaces, "
        f"{len(file.owner)} owners, {len(file.lane)} lanes."
    )
    for line in lane_advice(file):
        print(line)
    return DONE


def _says_wrong_accounts(file: SiteFile, path: Path) -> bool:
    """Whether an account of the file cannot be one; each is named with its fault."""
    from kiosk.app.payout_accounts import account_faults

    faults = account_faults(file)
    for fault in faults:
        print(f"{path}: {fault}", file=sys.stderr)
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
