"""What the doctor finds around a port, and the one line that mends it; machines made of files."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from kiosk.app.doctor_checks import (
    APPLY,
    LIST,
    RULE_FILE,
    Account,
    Finding,
    Level,
    System,
    WantedPort,
    check_port,
)
from tests.hardware.fake_system import FakeSystem

OWN = "/dev/kiosk/entry-board"
NO_NUMBER = "serial/by-id/usb-1a86_USB_Serial-if00-port0"
NAMED = ("S:kiosk/entry-board", "E:ID_MM_DEVICE_IGNORE=1")
RULE = (
    'SUBSYSTEM=="tty", ENV{ID_PATH}=="pci-0000:00:14.0-usb-0:1.2:1.0",'
    ' SYMLINK+="kiosk/entry-board", ENV{ID_MM_DEVICE_IGNORE}="1", GROUP="dialout", MODE="0660"'
)


@pytest.fixture
def machine(tmp_path: Path) -> FakeSystem:
    return FakeSystem(tmp_path)


def checked(
    machine: FakeSystem, name: str = OWN, *, account: Account | None = None
) -> tuple[Finding, ...]:
    return check_port(System(machine.root, account), WantedPort("entry board", name))


def only(machine: FakeSystem, name: str = OWN, *, account: Account | None = None) -> Finding:
    (finding,) = checked(machine, name, account=account)
    assert finding.about == "entry board"
    return finding


def added_rule(finding: Finding) -> str:
    """The rule that a finding's line writes down; the line is what a shell reads."""
    words = shlex.split(finding.mend)
    assert words[0] == "echo"
    assert " ".join(words[2:]) == f"| sudo tee -a {RULE_FILE} && {APPLY}"
    return words[1]


def test_a_port_with_a_name_of_its_own_is_good(machine: FakeSystem) -> None:
    machine.usb(udev=NAMED)

    assert only(machine) == Finding(Level.GOOD, "entry board", f"{OWN} (now /dev/ttyUSB0)")


def test_a_built_in_port_is_good_under_its_own_name(machine: FakeSystem) -> None:
    machine.built_in()

    assert only(machine, "/dev/ttyS0") == Finding(Level.GOOD, "entry board", "/dev/ttyS0")


def test_a_simulated_port_is_good(machine: FakeSystem) -> None:
    machine.write("dev/pts/4", "")
    machine.process(900, "python -m hardware sim", holds="/dev/pts/4")

    assert only(machine, "/dev/pts/4").level is Level.GOOD


# ---- is it there


def test_a_port_that_is_not_there_is_looked_up(machine: FakeSystem) -> None:
    finding = only(machine, "/dev/serial/by-id/usb-FTDI_A50285BI-if00-port0")

    assert finding.level is Level.WRONG
    assert finding.what.endswith("A50285BI-if00-port0 is not there")
    assert finding.mend == LIST


@pytest.mark.parametrize(("has_rules", "mend"), [(True, APPLY), (False, LIST)])
def test_an_own_name_that_is_not_there_may_wait_for_its_rule(
    machine: FakeSystem, has_rules: bool, mend: str
) -> None:
    if has_rules:
        machine.write(RULE_FILE.lstrip("/"), RULE)

    assert only(machine).mend == mend


def test_a_file_that_was_written_while_the_port_was_unplugged_is_to_go(
    machine: FakeSystem,
) -> None:
    machine.write("dev/ttyUSB0", "\xa0\x01\x01\xa2")

    finding = only(machine, "/dev/ttyUSB0")

    assert finding.level is Level.WRONG
    assert "is not a serial port: somebody wrote a plain file" in finding.what
    assert finding.mend == "sudo rm /dev/ttyUSB0"


def test_what_is_no_serial_port_is_never_to_be_removed(machine: FakeSystem) -> None:
    machine.write("srv/notes.txt", "my notes")

    finding = only(machine, "/srv/notes.txt")

    assert (finding.level, finding.mend) == (Level.WRONG, LIST)


# ---- its name


def test_a_name_that_wanders_is_replaced_by_one_that_lasts(machine: FakeSystem) -> None:
    lasting = "serial/by-id/usb-FTDI_A50285BI-if00-port0"
    machine.usb(serial="A50285BI", udev=(f"S:{lasting}", "E:ID_MM_DEVICE_IGNORE=1"))

    finding = only(machine, "/dev/ttyUSB0")

    assert finding.level is Level.WARNING
    assert finding.what == "/dev/ttyUSB0 may be another device after the next start"
    assert finding.mend == f'port = "/dev/{lasting}"  # in the site file'


@pytest.mark.parametrize("device", ["ttyUSB0", "ttyACM0"])
def test_a_port_without_a_name_that_lasts_gets_its_rule(machine: FakeSystem, device: str) -> None:
    machine.usb(device)

    finding = only(machine, f"/dev/{device}")

    assert finding.level is Level.WARNING
    assert "write /dev/kiosk/entry-board into the site file" in finding.what
    assert added_rule(finding) == RULE


def test_a_port_whose_place_nobody_knows_is_looked_up(machine: FakeSystem) -> None:
    machine.usb()
    for link in machine.root.rglob("subsystem"):
        link.unlink()

    assert only(machine, "/dev/ttyUSB0").mend == LIST


def test_two_boards_without_numbers_are_named_by_their_plugs(machine: FakeSystem) -> None:
    for number in (1, 0):
        machine.usb(
            f"ttyUSB{number}",
            place="1.3" if number else "1.2",
            udev=(f"S:{NO_NUMBER}", "E:ID_MM_DEVICE_IGNORE=1"),
        )

    finding = only(machine, f"/dev/{NO_NUMBER}")

    assert finding.level is Level.WRONG
    assert finding.what.startswith("/dev/ttyUSB0 and /dev/ttyUSB1 have the same name")
    assert added_rule(finding) == RULE


def test_one_board_without_a_number_may_be_named_by_its_kind(machine: FakeSystem) -> None:
    machine.usb(udev=(f"S:{NO_NUMBER}", "E:ID_MM_DEVICE_IGNORE=1"))
    machine.usb("ttyUSB1", place="1.3", udev=("S:serial/by-id/another",))

    assert only(machine, f"/dev/{NO_NUMBER}").level is Level.GOOD


# ---- whose it is

STRANGER = Account("kiosk", os.getuid() + 4711, frozenset({4712}))


def given_mode(machine: FakeSystem, mode: int, *, group: str = "dialout") -> int:
    machine.usb(udev=NAMED)
    port = machine.root / "dev/ttyUSB0"
    port.chmod(mode)
    number = port.stat().st_gid
    machine.write("etc/group", f"adm:x:9999:\n{group}:x:{number}:lee,kim\n")
    return number


def test_an_account_outside_the_ports_group_is_put_into_it(machine: FakeSystem) -> None:
    given_mode(machine, 0o660)

    finding = only(machine, account=STRANGER)

    assert finding.level is Level.WRONG
    assert finding.what.startswith("/dev/ttyUSB0 is not for kiosk: it is for the group dialout")
    assert finding.mend == "sudo usermod -aG dialout kiosk"


def test_the_group_is_the_one_that_the_port_has_here(machine: FakeSystem) -> None:
    given_mode(machine, 0o660, group="uucp")

    assert only(machine, account=STRANGER).mend == "sudo usermod -aG uucp kiosk"


@pytest.mark.parametrize(
    ("mode", "group"), [(0o600, "dialout"), (0o640, "dialout"), (0o660, "root")]
)
def test_a_port_for_no_group_gets_a_rule(machine: FakeSystem, mode: int, group: str) -> None:
    given_mode(machine, mode, group=group)

    finding = only(machine, account=STRANGER)

    assert "is not for kiosk, nor for any group" in finding.what
    assert 'GROUP="dialout", MODE="0660"' in added_rule(finding)


@pytest.mark.parametrize(
    ("mode", "is_owner", "is_member", "level"),
    [
        (0o660, False, True, Level.GOOD),
        (0o600, True, False, Level.GOOD),
        (0o460, True, True, Level.WRONG),
        (0o666, False, False, Level.GOOD),
        (0o664, False, False, Level.WRONG),
        (0o646, False, True, Level.WRONG),
    ],
)
def test_who_may_use_a_port_is_what_its_mode_says(
    machine: FakeSystem, mode: int, is_owner: bool, is_member: bool, level: Level
) -> None:
    group = given_mode(machine, mode)
    owner = 4711
    if os.getuid() == 0:  # else the owner would be root, who may do everything
        os.chown(machine.root / "dev/ttyUSB0", owner, -1)
    number = (machine.root / "dev/ttyUSB0").stat().st_uid if is_owner else owner + 1
    account = Account("kiosk", number, frozenset({group} if is_member else ()))

    assert only(machine, account=account).level is level


def test_root_may_use_every_port(machine: FakeSystem) -> None:
    given_mode(machine, 0o000)

    assert only(machine, account=Account("root", 0, frozenset())).level is Level.GOOD


# ---- who has it


def test_a_port_in_use_names_the_program(machine: FakeSystem) -> None:
    machine.usb(udev=NAMED)
    machine.process(812, "/usr/bin/minicom -D /dev/ttyUSB0", holds="/dev/ttyUSB0")
    machine.process(813, "/usr/bin/screen", holds="/dev/ttyUSB1")

    finding = only(machine)

    assert finding.level is Level.WRONG
    assert finding.what == "/dev/ttyUSB0 is in use by minicom (process 812)"
    assert finding.mend == "sudo kill 812"


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("/opt/sharedpark-kiosk/.venv/bin/python x", "sharedpark-kiosk.service"),
        ("/usr/bin/python3 /opt/kiosk/bin/kiosk run --site s.toml", ""),
        ("python -m kiosk.app.main run", ""),
    ],
)
def test_a_port_in_use_by_the_kiosk_itself_is_good(
    machine: FakeSystem, words: str, unit: str
) -> None:
    machine.usb(udev=NAMED)
    machine.process(812, words, holds="/dev/ttyUSB0", unit=unit)

    said = checked(machine)

    assert [finding.level for finding in said] == [Level.GOOD, Level.GOOD]
    assert said[0].what.endswith("(process 812), which is the kiosk")


def test_another_command_of_the_kiosk_is_a_stranger(machine: FakeSystem) -> None:
    machine.usb(udev=NAMED)
    machine.process(812, "python -m hardware listen /dev/ttyUSB0", holds="/dev/ttyUSB0")

    assert only(machine).level is Level.WRONG


# ---- what disturbs it


def test_a_device_that_may_fall_asleep_is_kept_awake(machine: FakeSystem) -> None:
    machine.usb(udev=NAMED, power="auto")

    finding = only(machine)

    assert finding.level is Level.WRONG
    assert finding.what == "USB Serial (1-1.2) may be put to sleep to save power"
    assert added_rule(finding) == (
        'SUBSYSTEM=="usb", ATTR{idVendor}=="1a86", ATTR{idProduct}=="7523",'
        ' ATTR{power/control}="on"'
    )


@pytest.mark.parametrize(("milliseconds", "level"), [(16, Level.WARNING), (1, Level.GOOD)])
def test_an_adapter_that_collects_bytes_is_made_quick(
    machine: FakeSystem, milliseconds: int, level: Level
) -> None:
    machine.usb(udev=NAMED, ids="0403:6001")
    machine.latency("ttyUSB0", milliseconds)

    finding = only(machine)

    assert finding.level is level
    if level is Level.WARNING:
        assert finding.what == "the adapter holds answers back for 16 ms"
        assert added_rule(finding).endswith('ATTR{latency_timer}="1"')


UNMARKED = ("S:kiosk/entry-board",)


def test_modem_manager_is_told_to_leave_the_port_alone(machine: FakeSystem) -> None:
    machine.usb(udev=UNMARKED)
    machine.process(700, "/usr/sbin/ModemManager")

    finding = only(machine)

    assert finding.level is Level.WRONG
    assert finding.what == "ModemManager runs and may talk to /dev/ttyUSB0"
    assert added_rule(finding) == (
        'SUBSYSTEM=="tty", ENV{ID_VENDOR_ID}=="1a86", ENV{ID_MODEL_ID}=="7523",'
        ' ENV{ID_MM_DEVICE_IGNORE}="1"'
    )


def test_modem_manager_that_starts_with_the_machine_counts(machine: FakeSystem) -> None:
    machine.usb(udev=UNMARKED)
    machine.link(
        "etc/systemd/system/multi-user.target.wants/ModemManager.service",
        "usr/lib/systemd/system/ModemManager.service",
    )

    assert "starts with the machine" in only(machine).what


def test_without_modem_manager_a_port_needs_no_mark(machine: FakeSystem) -> None:
    machine.usb(udev=UNMARKED)
    machine.process(700, "/usr/sbin/NetworkManager")

    assert only(machine).level is Level.GOOD


def test_a_port_that_is_marked_is_safe_from_modem_manager(machine: FakeSystem) -> None:
    machine.usb(udev=NAMED)
    machine.process(700, "/usr/sbin/ModemManager")

    assert only(machine).level is Level.GOOD


def test_modem_manager_does_not_ask_built_in_ports(machine: FakeSystem) -> None:
    machine.built_in()
    machine.process(700, "/usr/sbin/ModemManager")

    assert only(machine, "/dev/ttyS0").level is Level.GOOD


def test_everything_that_is_wrong_is_said_at_once(machine: FakeSystem) -> None:
    machine.usb(udev=(), power="auto")
    machine.process(700, "/usr/sbin/ModemManager", holds="/dev/ttyUSB0")

    levels = [finding.level for finding in checked(machine, "/dev/ttyUSB0")]

    assert levels == [Level.WARNING, Level.WRONG, Level.WRONG, Level.WRONG]
