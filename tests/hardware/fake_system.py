"""A machine made of real files and links below a folder: its /sys, /dev, /run, /proc and /etc."""

from __future__ import annotations

import os
from pathlib import Path

PCI = "devices/pci0000:00/0000:00:14.0"


class FakeSystem:
    """Plug devices in, start programs; `root` is what the tools are told to look at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("sys/class/tty", "dev", "run/udev/data", "proc", "etc"):
            (root / folder).mkdir(parents=True)

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def link(self, path: str, target: str) -> None:
        """A link whose target, given from the root, is written as the system writes it."""
        link = self.root / path
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(os.path.relpath(self.root / target, link.parent))

    def usb(
        self,
        device: str = "ttyUSB0",
        *,
        place: str = "1.2",
        ids: str = "1a86:7523",
        product: str = "USB Serial",
        serial: str | None = None,
        power: str = "on",
        udev: tuple[str, ...] = ("E:ID_MM_DEVICE_IGNORE=1",),
        port_number: int = 0,
        bus: str = f"{PCI}/usb1",
    ) -> None:
        """Plug a USB adapter in: at the plug 1.2 of the first bus unless told otherwise."""
        number = int(device.removeprefix("ttyUSB").removeprefix("ttyACM"))
        minor = f"{166 if 'ACM' in device else 188}:{number}"
        folder = f"sys/{bus}/1-{place}"
        face = f"{folder}/1-{place}:1.0"
        vendor, product_id = ids.split(":")
        for name, text in (("idVendor", vendor), ("idProduct", product_id), ("product", product)):
            self.write(f"{folder}/{name}", text + "\n")
        if serial is not None:
            self.write(f"{folder}/serial", serial + "\n")
        self.write(f"{folder}/dev", f"189:{number}\n")
        self.write(f"{folder}/power/control", power + "\n")
        for each in (folder, face, f"sys/{bus}"):
            self.link(f"{each}/subsystem", "sys/bus/usb")
        if bus.startswith(PCI):
            self.link(f"sys/{PCI}/subsystem", "sys/bus/pci")
        (self.root / "sys/bus/usb").mkdir(parents=True, exist_ok=True)
        (self.root / "sys/bus/pci").mkdir(parents=True, exist_ok=True)
        own = face
        if "USB" in device:
            own = f"{face}/{device}"
            self.write(f"{own}/port_number", f"{port_number}\n")
            self.link(f"{own}/subsystem", "sys/bus/usb-serial")
        self.write(f"{own}/tty/{device}/dev", minor + "\n")
        self.link(f"{own}/tty/{device}/device", own)
        self.link(f"sys/class/tty/{device}", f"{own}/tty/{device}")
        self.write(f"dev/{device}", "")
        links = [line.removeprefix("S:") for line in udev if line.startswith("S:")]
        for link in links:
            self.link(f"dev/{link}", f"dev/{device}")
        self.write(f"run/udev/data/c{minor}", "".join(f"{line}\n" for line in udev))

    def built_in(self, device: str = "ttyS0", *, kind: str | None = "4") -> None:
        """A port on the board; kind "0" is one that is only foreseen."""
        folder = f"sys/devices/platform/serial8250/tty/{device}"
        self.write(f"{folder}/dev", "4:64\n")
        self.link(f"{folder}/device", "sys/devices/platform/serial8250")
        if kind is not None:
            self.write(f"{folder}/type", kind + "\n")
        self.link(f"sys/class/tty/{device}", folder)
        self.write(f"dev/{device}", "")

    def latency(self, device: str, milliseconds: int) -> None:
        """What the adapter is told to wait, as an FTDI chip shows it."""
        own = (self.root / "sys/class/tty" / device / "device").resolve()
        (own / "latency_timer").write_text(f"{milliseconds}\n")

    def process(self, pid: int, words: str, *, holds: str | None = None, unit: str = "") -> None:
        """A program that runs, and the device that it has open."""
        name = Path(words.split(maxsplit=1)[0]).name
        self.write(f"proc/{pid}/comm", name[:15] + "\n")
        self.write(f"proc/{pid}/cmdline", words.replace(" ", "\0") + "\0")
        self.write(f"proc/{pid}/cgroup", f"0::/system.slice/{unit}\n")
        (self.root / f"proc/{pid}/fd").mkdir()
        (self.root / f"proc/{pid}/fd/0").symlink_to("/dev/null")
        if holds is not None:
            (self.root / f"proc/{pid}/fd/7").symlink_to(holds)
