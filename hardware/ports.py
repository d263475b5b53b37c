"""What the system knows of its serial ports: names that last, the place of each, who holds it.

Read from /sys, /dev, /run/udev and /proc below a root folder, so that the picture of any machine
can be judged; no port is opened, for that alone could move a relay. What is wrong with a port, and
what mends it, is left to the installer's commands.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

ROOT: Final = Path("/")
OWN_FOLDER: Final = "/dev/kiosk"
NAME_FOLDERS: Final = (OWN_FOLDER, "/dev/serial/by-id", "/dev/serial/by-path")
WANDERING: Final = re.compile(r"tty(USB|ACM|XRUSB)\d+|rfcomm\d+")
"""Names that are given in the order of plugging in: another one after each start."""
_PSEUDO_TERMINAL: Final = re.compile(r"/dev/pts/\d+")
_NOTHING_FOUND: Final = "0"
"""The type of a built-in port that the kernel foresees and the machine does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsbDevice:
    """The device on the bus behind a port; ids are four hexadecimal digits."""

    name: str
    """Its place, as under /sys/bus/usb/devices: 1-1.2."""
    vendor_id: str
    product_id: str
    words: str
    """What it calls itself."""
    serial_number: str | None
    """None: two of its kind can be told apart only by where they are plugged in."""
    may_be_suspended: bool
    """The system may cut its power when nothing was sent for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialPort:
    """One serial port of the machine."""

    device: str
    """/dev/ttyUSB0."""
    names: tuple[str, ...]
    """Links to it that come back after each start, the best first."""
    claimed_names: tuple[str, ...]
    """Links that it asks for; another device may have got them."""
    shared_names: frozenset[str] = frozenset()
    """Those of them that another device asks for as well: which one gets them is chance."""
    id_path: str | None
    """Where it is plugged in, as udev says it."""
    port_number: str | None
    """Of an adapter with several ports at one place."""
    usb: UsbDevice | None
    latency_timer_ms: int | None
    """How long an FTDI adapter collects bytes; None for other chips."""
    is_hidden_from_modem_manager: bool

    @property
    def words(self) -> str:
        """What it is, for people."""
        return self.usb.words if self.usb is not None else "built-in serial port"

    @property
    def lasting_name(self) -> str | None:
        """The name to write into the site file; None when every name may change."""
        has_number = self.usb is None or self.usb.serial_number is not None
        for name in self.names:
            is_by_number = name.startswith(NAME_FOLDERS[1])
            if name not in self.shared_names and (has_number or not is_by_number):
                return name
        return None if WANDERING.fullmatch(Path(self.device).name) else self.device


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that has a port open."""

    pid: int
    name: str
    words: tuple[str, ...]
    """Its command line."""


def serial_ports(root: Path = ROOT) -> tuple[SerialPort, ...]:
    """All ports with a device behind them, in the order of their names."""
    names = _lasting_names(root)
    folder = root / "sys/class/tty"
    found = [
        _port(root, entry, names.get(f"/dev/{entry.name}", ()))
        for entry in sorted(_entries(folder), key=lambda entry: _natural(entry.name))
        if (entry / "device").exists() and _is_there(root, entry)
    ]
    places = Counter(port.id_path for port in found)
    claims = Counter(name for port in found for name in port.claimed_names)
    return tuple(
        replace(
            port,
            port_number=port.port_number if places[port.id_path] > 1 else None,
            shared_names=frozenset(name for name in port.claimed_names if claims[name] > 1),
        )
        for port in found
    )


def device_of(name: str, root: Path = ROOT) -> str:
    """What a name of a port leads to in the end: /dev/ttyUSB0; itself when it is no link."""
    resolved = os.path.realpath(root / name.lstrip("/"))
    return "/" + os.path.relpath(resolved, os.path.realpath(root))


def is_terminal(device: str, root: Path = ROOT) -> bool:
    """Whether a device is a terminal line: one that the kernel lists, or a simulated one."""
    name = Path(device).name
    is_listed = (root / "sys/class/tty" / name).exists() and device == f"/dev/{name}"
    return is_listed or _PSEUDO_TERMINAL.fullmatch(device) is not None


def holders(device: str, root: Path = ROOT) -> tuple[Holder, ...]:
    """The processes that have the device open, as far as this account may see them."""
    found = []
    for process in _processes(root):
        with contextlib.suppress(OSError):
            if any(_target(link) == device for link in (process / "fd").iterdir()):
                words = _text(process / "cmdline").split("\0")
                found.append(
                    Holder(int(process.name), _text(process / "comm"), tuple(filter(None, words)))
                )
    return tuple(found)


def running(name: str, root: Path = ROOT) -> bool:
    """Whether a program of this name runs."""
    return any(_text(process / "comm") == name for process in _processes(root))


def udev_rule(port: SerialPort, link: str) -> str:
    """The rule that gives the device at this place the name /dev/<link>, to us alone.

    The port must have an id_path.
    """
    assert port.id_path is not None
    several = f'ATTRS{{port_number}}=="{port.port_number}", ' if port.port_number else ""
    return (
        f'SUBSYSTEM=="tty", ENV{{ID_PATH}}=="{port.id_path}", {several}SYMLINK+="{link}",'
        ' ENV{ID_MM_DEVICE_IGNORE}="1", GROUP="dialout", MODE="0660"'
    )


def listing(ports: Sequence[SerialPort]) -> list[str]:
    """For each port the name that lasts, or the rule that gives it one, as lines to read."""
    if not ports:
        return ["No serial port found. Plug the device in; on a virtual machine, pass it through."]
    taken = {name for port in ports for name in port.names}
    lines = []
    for port in ports:
        name = port.lasting_name
        lines.append(f"{name or port.device}  {port.words}" + _aside(port, name))
        if name is not None:
            continue
        if port.id_path is None:
            lines.append("  this name may change at each start, and its place is not known")
            continue
        link = _free_link(taken)
        taken.add(f"/dev/{link}")
        lines.append("  this name may change at each start; give it a fixed one:")
        lines.append(f"  {udev_rule(port, link)}")
    return lines


def _aside(port: SerialPort, name: str | None) -> str:
    return "" if name in (None, port.device) else f"  (now {port.device})"


def _free_link(taken: set[str]) -> str:
    number = 0
    while f"{OWN_FOLDER}/serial{number}" in taken:
        number += 1
    return f"kiosk/serial{number}"


# ---- the system's files


def _port(root: Path, entry: Path, names: tuple[str, ...]) -> SerialPort:
    device = (entry / "device").resolve()
    usb_folder = next((f for f in _ancestors(root, device) if (f / "idVendor").exists()), None)
    properties, links = _udev_entry(root, entry)
    marks = [properties]
    if usb_folder is not None:
        marks.append(_udev_entry(root, usb_folder)[0])
    latency = _text(device / "latency_timer")
    return SerialPort(
        device=f"/dev/{entry.name}",
        names=names,
        claimed_names=tuple(f"/dev/{link}" for link in links),
        id_path=properties.get("ID_PATH") or _place(root, device),
        port_number=_text(device / "port_number") or None,
        usb=_usb_device(usb_folder) if usb_folder is not None else None,
        latency_timer_ms=int(latency) if latency.isdigit() else None,
        is_hidden_from_modem_manager=any(
            mark.get("ID_MM_DEVICE_IGNORE") == "1" or mark.get("ID_MM_PORT_IGNORE") == "1"
            for mark in marks
        ),
    )


def _usb_device(folder: Path) -> UsbDevice:
    words = " ".join(filter(None, (_text(folder / "manufacturer"), _text(folder / "product"))))
    ids = _text(folder / "idVendor"), _text(folder / "idProduct")
    delay = _text(folder / "power/autosuspend_delay_ms")
    return UsbDevice(
        name=folder.name,
        vendor_id=ids[0],
        product_id=ids[1],
        words=words or f"USB device {ids[0]}:{ids[1]}",
        serial_number=_text(folder / "serial") or None,
        # A delay under 0 forbids what `auto` would allow (the kernel's power-management notes).
        may_be_suspended=_text(folder / "power/control") == "auto" and not delay.startswith("-"),
    )


def _is_there(root: Path, entry: Path) -> bool:
    if not (root / "dev" / entry.name).exists():
        return False
    kind = _text(entry / "type")
    # Where its type may not be read: a port that only the old table of ports names is not there.
    return kind != _NOTHING_FOUND if kind else "/platform/serial8250/" not in str(entry.resolve())


def _lasting_names(root: Path) -> Mapping[str, tuple[str, ...]]:
    """The links of each device, own ones first."""
    names: dict[str, tuple[str, ...]] = {}
    for folder in NAME_FOLDERS:
        for link in sorted(_entries(root / folder.lstrip("/"))):
            name = f"{folder}/{link.name}"
            device = device_of(name, root)
            names[device] = (*names.get(device, ()), name)
    return names


def _udev_entry(root: Path, entry: Path) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Properties and links of a device in udev's own books."""
    number = _text(entry / "dev")
    lines = _text(root / f"run/udev/data/c{number}").splitlines() if number else []
    properties = dict(
        line.removeprefix("E:").split("=", 1)
        for line in lines
        if line.startswith("E:") and "=" in line
    )
    return properties, tuple(line.removeprefix("S:") for line in lines if line.startswith("S:"))


def _place(root: Path, device: Path) -> str | None:
    """What udev would call the place of a device on USB: its way from the machine's own bus."""
    parts: list[str] = []
    last = ""
    for folder in _ancestors(root, device):
        bus = (folder / "subsystem").resolve().name if (folder / "subsystem").exists() else ""
        if bus == "usb" and last != "usb" and "-" in folder.name:
            parts.append("usb-0:" + folder.name.split("-", 1)[1])
        elif bus in ("pci", "platform") and last != bus:
            parts.append(f"{bus}-{folder.name}")
        last = bus or last
    has_usb = any(part.startswith("usb-") for part in parts)
    return "-".join(reversed(parts)) if has_usb else None


def _ancestors(root: Path, device: Path) -> Iterator[Path]:
    top = (root / "sys").resolve()
    folder = device
    while folder != top and top in folder.parents:
        yield folder
        folder = folder.parent


def _processes(root: Path) -> Iterator[Path]:
    return (each for each in _entries(root / "proc") if each.name.isdigit())


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _target(link: Path) -> str | None:
    try:
        return os.readlink(link)
    except OSError:
        return None


def _text(path: Path) -> str:
    """What a file says, "" when it is not there or not for us."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _natural(name: str) -> tuple[str, int]:
    word = name.rstrip("0123456789")
    return word, int(name[len(word) :] or 0)
