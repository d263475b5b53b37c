"""`kiosk doctor`: whether this machine lets a site's devices work, and the line that mends it.

The site file is checked first, as by check-config; what can be wrong is doctor_checks.py's.
Exit: 0 nothing is wrong, 1 something is, 2 the site file or an option is.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.app.arguments import capitalised
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED

if TYPE_CHECKING:
    from kiosk.app.config import SiteFile
    from kiosk.app.doctor_checks import Account, Finding, System, WantedPort


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `doctor`."""
    about = "say what on this machine keeps a site's devices from working, and what mends it"
    doctor = commands.add_parser("doctor", help=about, description=f"{capitalised(about)}.")
    doctor.add_argument("--site", type=Path, default=default_site, help="the site file")
    doctor.add_argument(
        "--account", metavar="NAME", help="the account that runs the kiosk (default: this one)"
    )
    doctor.add_argument("--json", action="store_true", help="one JSON object on stdout")
    doctor.set_defaults(command=_doctor)


def findings(file: SiteFile, system: System) -> list[Finding]:
    """All there is to say about the ports of a site on a machine, good and bad."""
    from hardware.ports import serial_ports
    from kiosk.app.doctor_checks import Finding, Level, check_brltty, check_devices, check_port

    wanted = wanted_ports(file)
    if wanted:
        return [
            *(found for port in wanted for found in check_port(system, port)),
            *check_devices(system, wanted),
            check_brltty(system),
        ]
    there = [port.device for port in serial_ports(system.root)]
    what = f"serial ports here: {', '.join(there)}" if there else "no serial port here"
    return [Finding(Level.GOOD, "ports", f"all devices of this site are simulated; {what}")]


def wanted_ports(file: SiteFile) -> tuple[WantedPort, ...]:
    """Every port that a site file names, each once, with the device that it is for."""
    from kiosk.app.board_tables import SIMULATED
    from kiosk.app.doctor_checks import WantedPort
    from kiosk.app.scanner_table import KEYBOARD

    named = {name: about for about, name in _ports_in(file.model_dump(), ())}
    ports = ((about, name) for name, about in named.items() if name not in (SIMULATED, KEYBOARD))
    return tuple(WantedPort(about, name) for about, name in ports)


def _ports_in(table: object, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The key `port` wherever it stands; tables in lists are called by their names."""
    if isinstance(table, dict):
        for key, value in table.items():
            if key == "port" and isinstance(value, str):
                yield " ".join(words), value
            elif isinstance(value, list | tuple):
                for number, each in enumerate(value):
                    name = each.get("name", number) if isinstance(each, dict) else number
                    own = (*words, str(name)) if key == "lane" else (*words, key, str(name))
                    yield from _ports_in(each, own)
            else:
                yield from _ports_in(value, (*words, key))


def table(found: Sequence[Finding]) -> str:
    """Findings as a person reads them: one a line, below it the line that mends it."""
    from kiosk.app.doctor_checks import Level

    width = max(len(finding.about) for finding in found)
    lines = []
    for finding in found:
        lines.append(f"{finding.level:<7}  {finding.about:<{width}}  {finding.what}")
        if finding.mend:
            lines.append(f"    {finding.mend}")
    wrong = sum(finding.level is Level.WRONG for finding in found)
    warnings = sum(finding.level is Level.WARNING for finding in found)
    return "\n".join([*lines, _sum_of(wrong, warnings)])


def _sum_of(wrong: int, warnings: int) -> str:
    if not wrong and not warnings:
        return "Nothing is wrong."
    parts = [f"{wrong} wrong"] if wrong else []
    if warnings:
        parts.append(f"{warnings} warning{'s' if warnings > 1 else ''}")
    return f"{', '.join(parts)}. The line below each mends it; then run kiosk doctor again."


def _doctor(options: argparse.Namespace) -> int:
    from kiosk.app.config import read_site_file
    from kiosk.app.doctor_checks import Level, System

    file = read_site_file(options.site)
    file.to_plan()  # reads the tariff files
    system = System(account=_account(options.account) if options.account is not None else None)
    found = findings(file, system)
    is_wrong = any(finding.level is Level.WRONG for finding in found)
    if options.json:
        keys = ("level", "about", "what", "mend")
        rows = [{key: str(getattr(each, key)) for key in keys} for each in found]
        print(json.dumps({"is_wrong": is_wrong, "findings": rows}, ensure_ascii=False))
    else:
        print(f"{options.site}: good. {file.site.name}.")
        print(table(found))
    return REFUSED if is_wrong else DONE


def _account(name: str) -> Account:
    import pwd

    from kiosk.app.doctor_checks import Account

    try:
        entry = pwd.getpwnam(name)
    except KeyError as error:
        raise ConfigError(f"--account {name}: there is no such account here") from error
    groups = os.getgrouplist(name, entry.pw_gid)
    return Account(name, entry.pw_uid, frozenset(groups))
