"""What can be wrong around a lane's ports, one check each, with the one line that mends it.

Checks read a `System`, which is a root folder: the machine's own or the picture of another one.
They open no port and change nothing; who asks, and how the findings are told, is doctor.py's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from hardware.ports import (
    ROOT,
    WANDERING,
    SerialPort,
    device_of,
    holders,
    is_terminal,
    running,
    serial_ports,
    udev_rule,
)

RULE_FILE: Final = "/etc/udev/rules.d/60-sharedpark-kiosk.rules"
RULE_FOLDERS: Final = ("etc", "run", "usr/local/lib", "usr/lib", "lib")
"""Where udev looks for rules; a file hides those of its name in the later ones."""
APPLY: Final = "sudo udevadm control --reload && sudo udevadm trigger"
LIST: Final = "python -m hardware list"
BRLTTY_CURED: Final = (6, 5)
BRLTTY_GRABS: Final = re.compile(r"1a86\W.{0,40}?7523|10c4\W.{0,40}?ea60", re.IGNORECASE)
"""CH340 and CP210x, the adapters of most relay boards, which braille displays have as well."""
UNIT: Final = "sharedpark-kiosk.service"


class Level(StrEnum):
    """How bad a finding is."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found. `about` names the device; `mend` is a line to copy, "" when good."""

    level: Level
    about: str
    what: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Who is to use the ports; `groups` are the numbers of all groups."""

    name: str
    number: int
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class System:
    """The machine that is looked at; account None is the one that runs the check."""

    root: Path = ROOT
    account: Account | None = None

    def path(self, name: str) -> Path:
        """Where a file of that machine is."""
        return self.root / name.lstrip("/")

    def text(self, name: str) -> str:
        """What such a file says; "" when it is not there."""
        try:
            return self.path(name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""


@dataclass(frozen=True, slots=True)
class WantedPort:
    """A port that the site file names, and for what."""

    about: str
    """Lane and device: entry board."""
    name: str

    @property
    def link(self) -> str:
        """A name of its own below /dev for it: kiosk/entry-board."""
        return "kiosk/" + re.sub(r"[^A-Za-z0-9]+", "-", self.about).strip("-").lower()


@dataclass(frozen=True, slots=True)
class Seat:
    """A wanted port and what stands there now."""

    wanted: WantedPort
    device: str
    port: SerialPort | None
    """None for a simulated port, which is behind no device."""
    others: tuple[SerialPort, ...]


def check_port(system: System, wanted: WantedPort) -> tuple[Finding, ...]:
    """All findings about one port of the site file; one GOOD when nothing is to be said."""
    ports = serial_ports(system.root)
    device = device_of(wanted.name, system.root)
    missing = missing_port(system, wanted, device)
    if missing is not None:
        return (missing,)
    port = next((each for each in ports if each.device == device), None)
    others = tuple(each for each in ports if each is not port)
    seat = Seat(wanted, device, port, others)
    found = tuple(finding for check in CHECKS if (finding := check(system, seat)) is not None)
    if any(finding.level is not Level.GOOD for finding in found):
        return found
    aside = "" if device == wanted.name else f" (now {device})"
    return (*found, Finding(Level.GOOD, wanted.about, f"{wanted.name}{aside}"))


def check_devices(system: System, wanted: Sequence[WantedPort]) -> tuple[Finding, ...]:
    """A finding for each device that the site file names twice: one answers for two."""
    names: dict[str, list[WantedPort]] = {}
    for port in wanted:
        names.setdefault(device_of(port.name, system.root), []).append(port)
    return tuple(
        Finding(
            Level.WRONG,
            ports[-1].about,
            f"{' and '.join(port.name for port in ports)} are one device: {device}",
            LIST,
        )
        for device, ports in names.items()
        if len(ports) > 1
    )


def missing_port(system: System, wanted: WantedPort, device: str) -> Finding | None:
    """The name leads to nothing, or to what is no serial port."""
    if not system.path(device).exists():
        is_own = wanted.name.startswith("/dev/kiosk/")
        mend = APPLY if is_own and system.path(RULE_FILE).exists() else LIST
        return Finding(Level.WRONG, wanted.about, f"{wanted.name} is not there", mend)
    if not is_terminal(device, system.root):
        what = f"{wanted.name} is not a serial port"
        if system.path(device).is_file() and device.startswith("/dev/"):
            return Finding(
                Level.WRONG,
                wanted.about,
                f"{what}: somebody wrote a plain file while it was unplugged",
                f"sudo rm {device}",
            )
        return Finding(Level.WRONG, wanted.about, what, LIST)
    return None


def wandering_name(_system: System, seat: Seat) -> Finding | None:
    """The name is given in the order of plugging in."""
    if not WANDERING.fullmatch(Path(seat.wanted.name).name):
        return None
    what = f"{seat.wanted.name} may be another device after the next start"
    lasting = seat.port.lasting_name if seat.port is not None else None
    if lasting is not None:
        mend = f'port = "{lasting}"  # in the site file'
        return Finding(Level.WARNING, seat.wanted.about, what, mend)
    what = f"{what}: write /dev/{seat.wanted.link} into the site file and make that name"
    return Finding(Level.WARNING, seat.wanted.about, what, _own_name(seat.port, seat.wanted))


def shared_name(_system: System, seat: Seat) -> Finding | None:
    """Two devices without numbers of their own ask for the name: chance decides who gets it."""
    rivals = [each for each in seat.others if seat.wanted.name in each.claimed_names]
    if seat.port is None or not rivals:
        return None
    devices = " and ".join([seat.device, *(each.device for each in rivals)])
    return Finding(
        Level.WRONG,
        seat.wanted.about,
        f"{devices} have the same name: write /dev/{seat.wanted.link} into the site file "
        "and make that name",
        _own_name(seat.port, seat.wanted),
    )


def denied(system: System, seat: Seat) -> Finding | None:
    """The account may not read and write the port."""
    path = system.path(seat.device)
    if _may_use(system.account, path):
        return None
    who = system.account.name if system.account is not None else "$USER"
    group = _group_name(system, path.stat().st_gid)
    what = f"{seat.device} is not for {'this account' if who == '$USER' else who}"
    if path.stat().st_mode & 0o060 != 0o060 or group in ("", "root"):
        mend = _own_name(seat.port, seat.wanted) if seat.port else f"sudo chmod g+rw {seat.device}"
        return Finding(Level.WRONG, seat.wanted.about, f"{what}, nor for any group", mend)
    return Finding(
        Level.WRONG,
        seat.wanted.about,
        f"{what}: it is for the group {group}; log in again afterwards",
        f"sudo usermod -aG {group} {who}",
    )


def held(system: System, seat: Seat) -> Finding | None:
    """Another program has the port open; the kiosk at work is said, and is no fault."""
    if seat.port is None:  # whoever simulates a port has it open
        return None
    for holder in holders(seat.device, system.root):
        what = f"{seat.device} is in use by {holder.name} (process {holder.pid})"
        is_unit = UNIT in system.text(f"/proc/{holder.pid}/cgroup")
        if is_unit or _is_kiosk(holder.words):
            return Finding(Level.GOOD, seat.wanted.about, f"{what}, which is the kiosk")
        return Finding(Level.WRONG, seat.wanted.about, what, f"sudo kill {holder.pid}")
    return None


def suspended(_system: System, seat: Seat) -> Finding | None:
    """The system may put the USB device to sleep; some never wake up."""
    usb = seat.port.usb if seat.port is not None else None
    if usb is None or not usb.may_be_suspended:
        return None
    rule = (
        f'SUBSYSTEM=="usb", ATTR{{idVendor}}=="{usb.vendor_id}",'
        f' ATTR{{idProduct}}=="{usb.product_id}", ATTR{{power/control}}="on"'
    )
    return Finding(
        Level.WRONG,
        seat.wanted.about,
        f"{usb.words} ({usb.name}) may be put to sleep to save power",
        _with_rule(rule),
    )


def slow(_system: System, seat: Seat) -> Finding | None:
    """An FTDI adapter collects bytes for a while before it hands them over."""
    port = seat.port
    if port is None or port.latency_timer_ms is None or port.latency_timer_ms <= 1:
        return None
    rule = 'SUBSYSTEM=="usb-serial", DRIVER=="ftdi_sio", ATTR{latency_timer}="1"'
    return Finding(
        Level.WARNING,
        seat.wanted.about,
        f"the adapter holds answers back for {port.latency_timer_ms} ms",
        _with_rule(rule),
    )


def probed_by_modem_manager(system: System, seat: Seat) -> Finding | None:
    """ModemManager asks every new USB port whether it is a modem: a board may switch a relay."""
    port = seat.port
    if port is None or port.usb is None or port.is_hidden_from_modem_manager:
        return None
    unit = "/etc/systemd/system/multi-user.target.wants/ModemManager.service"
    runs = running("ModemManager", system.root)
    if not runs and not os.path.lexists(system.path(unit)):
        return None
    rule = (
        f'SUBSYSTEM=="tty", ENV{{ID_VENDOR_ID}}=="{port.usb.vendor_id}",'
        f' ENV{{ID_MODEL_ID}}=="{port.usb.product_id}", ENV{{ID_MM_DEVICE_IGNORE}}="1"'
    )
    when = "runs" if runs else "starts with the machine"
    return Finding(
        Level.WRONG,
        seat.wanted.about,
        f"ModemManager {when} and may talk to {seat.device}",
        _with_rule(rule),
    )


CHECKS: Final[Sequence[Callable[[System, Seat], Finding | None]]] = (
    wandering_name,
    shared_name,
    denied,
    held,
    suspended,
    slow,
    probed_by_modem_manager,
)


def check_brltty(system: System) -> Finding:
    """An old brltty takes common adapters for braille displays and throws them off their port."""
    about = "brltty"
    grabbing = [name for name, text in _rules(system, "brltty") if _grabs(text)]
    if not grabbing:
        return Finding(Level.GOOD, about, "takes no adapter away")
    version = _installed_version(system, "brltty")
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:2])
    if numbers >= BRLTTY_CURED:
        return Finding(Level.GOOD, about, f"{version} takes no adapter away")
    named = f"brltty {version}" if version else "brltty"
    masks = " && ".join(
        f"sudo ln -sf /dev/null /etc/udev/rules.d/{name}" for name in sorted(grabbing)
    )
    return Finding(
        Level.WRONG,
        about,
        f"{named} takes CH340 and CP210x adapters away; plug them in again afterwards",
        f"{masks} && sudo udevadm control --reload",
    )


def _own_name(port: SerialPort | None, wanted: WantedPort) -> str:
    if port is None or port.id_path is None:
        return LIST
    return _with_rule(udev_rule(port, wanted.link))


def _with_rule(rule: str) -> str:
    return f"echo '{rule}' | sudo tee -a {RULE_FILE} && {APPLY}"


def _may_use(account: Account | None, path: Path) -> bool:
    if account is None:
        return os.access(path, os.R_OK | os.W_OK)
    if account.number == 0:
        return True
    facts = path.stat()
    if facts.st_uid == account.number:
        return facts.st_mode & 0o600 == 0o600
    if facts.st_gid in account.groups:
        return facts.st_mode & 0o060 == 0o060
    return facts.st_mode & 0o006 == 0o006


def _group_name(system: System, number: int) -> str:
    for line in system.text("/etc/group").splitlines():
        name, _, group_number, *_ = [*line.split(":"), "", "", ""]
        if group_number == str(number):
            return name
    return ""


def _is_kiosk(words: tuple[str, ...]) -> bool:
    programs = [Path(word).name for word in words]
    return "run" in programs and ("kiosk" in programs or "kiosk.app.main" in programs)


def _rules(system: System, word: str) -> Iterator[tuple[str, str]]:
    """The rule files in force whose names hold a word, with what they say."""
    seen: set[str] = set()
    for folder in RULE_FOLDERS:
        for path in sorted(system.path(f"{folder}/udev/rules.d").glob(f"*{word}*.rules")):
            if path.name not in seen:
                seen.add(path.name)
                yield path.name, system.text(str(path.relative_to(system.root)))


def _grabs(rules: str) -> bool:
    lines = [line for line in rules.splitlines() if not line.lstrip().startswith("#")]
    return any(BRLTTY_GRABS.search(line) for line in lines)


def _installed_version(system: System, package: str) -> str:
    """Of a package of Debian and its kin; "" when it is not known."""
    for entry in system.text("/var/lib/dpkg/status").split("\n\n"):
        lines = entry.strip().splitlines()
        if f"Package: {package}" in lines:
            for line in lines:
                if line.startswith("Version: "):
                    return line.removeprefix("Version: ").split(":")[-1].split("-")[0]
    return ""
