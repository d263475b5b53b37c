"""kiosk doctor as an installer runs it: which ports it looks at, how it says so, how it ends."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path

import pytest

from hardware.ports import serial_ports
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.doctor import findings, table, wanted_ports
from kiosk.app.doctor_checks import Finding, Level, System, WantedPort
from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import SITES, main
from tests.hardware.fake_system import FakeSystem

Screen = pytest.CaptureFixture[str]
DEMO = SITES / "demo.toml"


def wired_site(folder: Path, *ports: str) -> Path:
    """The demo site with real ports: board, scanner, printer of the entry, then of the exit."""
    text = DEMO.read_text(encoding="utf-8").replace('"tariffs/', f'"{SITES}/tariffs/')
    head, *rest = text.split('\nport = "sim"')
    assert len(rest) == len(ports)
    filled = zip(ports, rest, strict=True)
    target = folder / "site.toml"
    target.write_text(
        head + "".join(f'\nport = "{port}"{tail}' for port, tail in filled), encoding="utf-8"
    )
    return target


OWN = tuple(
    f"/dev/kiosk/{lane}-{device}"
    for lane in ("entry", "exit")
    for device in ("board", "scanner", "printer")
)


@pytest.fixture
def wired(tmp_path: Path) -> SiteFile:
    return read_site_file(wired_site(tmp_path, *OWN))


def test_every_port_of_the_site_file_is_looked_at(wired: SiteFile) -> None:
    assert wanted_ports(wired) == tuple(
        WantedPort(name.removeprefix("/dev/kiosk/").replace("-", " "), name) for name in OWN
    )


def test_a_scanner_that_types_has_no_port_to_look_at(tmp_path: Path) -> None:
    ports = (OWN[0], "keyboard", *OWN[2:])
    wired = read_site_file(wired_site(tmp_path, *ports))

    assert [port.name for port in wanted_ports(wired)] == [OWN[0], *OWN[2:]]


def test_a_port_is_offered_the_name_of_its_lane_and_device() -> None:
    assert WantedPort("Nord 1 (Tor) board", "/dev/ttyUSB0").link == "kiosk/nord-1-tor-board"


def test_a_machine_as_it_should_be_has_nothing_wrong(wired: SiteFile, tmp_path: Path) -> None:
    machine = FakeSystem(tmp_path / "machine")
    for number, name in enumerate(OWN):
        link = f"S:{name.removeprefix('/dev/')}"
        udev = (link, "E:ID_MM_DEVICE_IGNORE=1")
        machine.usb(f"ttyUSB{number}", place=f"1.{number}", udev=udev)

    found = findings(wired, System(machine.root))

    assert [finding.level for finding in found] == [Level.GOOD] * 7
    assert [finding.about for finding in found][-2:] == ["exit printer", "brltty"]


def test_a_simulated_site_says_what_is_here(tmp_path: Path) -> None:
    machine = FakeSystem(tmp_path)
    file = read_site_file(DEMO)

    (bare,) = findings(file, System(machine.root))
    machine.usb()
    (plugged,) = findings(file, System(machine.root))

    assert bare.what == "all devices of this site are simulated; no serial port here"
    assert plugged.what.endswith("; serial ports here: /dev/ttyUSB0")


def test_the_table_puts_the_line_that_mends_below_what_it_mends() -> None:
    said = table(
        [
            Finding(Level.WRONG, "entry board", "it is broken", "mend it"),
            Finding(Level.WARNING, "exit", "it is odd", "look"),
            Finding(Level.GOOD, "brltty", "takes no adapter away"),
        ]
    )

    assert said.splitlines() == [
        "wrong    entry board  it is broken",
        "    mend it",
        "warning  exit         it is odd",
        "    look",
        "good     brltty       takes no adapter away",
        "1 wrong, 1 warning. The line below each mends it; then run kiosk doctor again.",
    ]


def test_two_warnings_are_counted() -> None:
    odd = Finding(Level.WARNING, "exit", "it is odd", "look")

    assert table([odd, odd]).splitlines()[-1].startswith("2 warnings. ")


def test_on_this_machine_the_demo_site_is_well(capsys: Screen) -> None:
    assert main(["doctor"]) == DONE

    said = capsys.readouterr().out
    there = [port.device for port in serial_ports()]
    assert said.startswith(f"{DEMO}: good. Lindenhof.\n")
    assert (", ".join(there) if there else "no serial port here") in said
    assert said.endswith("Nothing is wrong.\n")


def test_on_this_machine_a_site_with_boards_is_not(tmp_path: Path, capsys: Screen) -> None:
    assert main(["doctor", "--site", str(wired_site(tmp_path, *OWN))]) == REFUSED

    said = capsys.readouterr().out
    assert "wrong    entry board" in said
    assert "/dev/kiosk/entry-board is not there\n    python -m hardware list\n" in said


def test_a_warning_alone_ends_with_0(tmp_path: Path, capsys: Screen) -> None:
    pairs = [os.openpty() for _ in OWN]
    for number, (_, port) in enumerate(pairs):
        (tmp_path / f"ttyUSB{number}").symlink_to(os.ttyname(port))
    site = wired_site(tmp_path, *(f"{tmp_path}/ttyUSB{number}" for number in range(6)))

    assert main(["doctor", "--site", str(site)]) == DONE

    assert "6 warnings. " in capsys.readouterr().out
    for end in (end for pair in pairs for end in pair):
        os.close(end)


def test_one_device_that_has_two_names_cannot_be_two_devices(
    tmp_path: Path, capsys: Screen
) -> None:
    master, port = os.openpty()
    for name in ("board", "scanner"):
        (tmp_path / name).symlink_to(os.ttyname(port))
    names = (f"{tmp_path}/board", f"{tmp_path}/scanner")
    site = wired_site(tmp_path, *names, *OWN[2:])
    device = os.ttyname(port)

    assert main(["doctor", "--site", str(site)]) == REFUSED

    said = capsys.readouterr().out
    assert f"entry scanner  {names[0]} and {names[1]} are one device: {device}\n" in said
    os.close(master)
    os.close(port)


def test_other_programs_get_one_object(tmp_path: Path, capsys: Screen) -> None:
    assert main(["doctor", "--json", "--site", str(wired_site(tmp_path, *OWN))]) == REFUSED

    told = json.loads(capsys.readouterr().out)
    assert told["is_wrong"] is True
    assert told["findings"][0] == {
        "level": "wrong",
        "about": "entry board",
        "what": "/dev/kiosk/entry-board is not there",
        "mend": "python -m hardware list",
    }


def test_the_account_that_runs_the_kiosk_may_be_named(capsys: Screen) -> None:
    assert main(["doctor", "--account", getpass.getuser()]) == DONE


def test_an_account_that_does_not_exist_ends_with_2(capsys: Screen) -> None:
    assert main(["doctor", "--account", "no-such-account"]) == INPUT

    assert "--account no-such-account: there is no such account" in capsys.readouterr().err


def test_a_wrong_site_file_ends_with_2_before_anything_is_looked_at(
    tmp_path: Path, capsys: Screen
) -> None:
    site = wired_site(tmp_path, *OWN)
    site.write_text(site.read_text().replace("number = 17", "number = -1"))

    assert main(["doctor", "--site", str(site)]) == INPUT

    said = capsys.readouterr()
    assert "site.number" in said.err
    assert said.out == ""


def test_a_wrong_tariff_file_ends_with_2(tmp_path: Path, capsys: Screen) -> None:
    site = wired_site(tmp_path, *OWN)
    site.write_text(site.read_text().replace("/courtyard.toml", "/yard.toml"))

    assert main(["doctor", "--site", str(site)]) == INPUT

    assert "yard.toml: cannot be read" in capsys.readouterr().err
