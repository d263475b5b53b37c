"""What the doctor says about brltty, which takes adapters for braille displays."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from kiosk.app.doctor_checks import Finding, Level, System, check_brltty
from tests.hardware.fake_system import FakeSystem


@pytest.fixture
def machine(tmp_path: Path) -> FakeSystem:
    return FakeSystem(tmp_path)


GRABS = """\
# Device: 1A86:7523
ENV{PRODUCT}=="1a86/7523/*", ENV{BRLTTY_BRAILLE_DRIVER}="bm", GOTO="brltty_usb_run"
"""
RULES = "usr/lib/udev/rules.d/85-brltty.rules"


def installed(machine: FakeSystem, version: str) -> None:
    machine.write(
        "var/lib/dpkg/status",
        "Package: adduser\nStatus: install ok installed\nVersion: 3.134\n\n"
        f"Package: brltty\nStatus: install ok installed\nVersion: {version}\n\n"
        "Package: zsh\nVersion: 9.9\n",
    )


def brltty(machine: FakeSystem) -> Finding:
    return check_brltty(System(machine.root))


@pytest.mark.parametrize("version", ["6.4-4ubuntu3", "1:6.4-1", "5.6+dfsg-1"])
def test_an_old_brltty_is_masked(machine: FakeSystem, version: str) -> None:
    machine.write(RULES, GRABS)
    installed(machine, version)

    finding = brltty(machine)

    assert finding.level is Level.WRONG
    assert finding.mend == (
        "sudo ln -sf /dev/null /etc/udev/rules.d/85-brltty.rules && sudo udevadm control --reload"
    )


def test_the_version_of_brltty_is_said(machine: FakeSystem) -> None:
    machine.write(RULES, GRABS)
    installed(machine, "6.4-4ubuntu3")

    assert brltty(machine).what.startswith("brltty 6.4 takes CH340 and CP210x adapters away")


def test_brltty_of_an_unknown_version_is_not_trusted(machine: FakeSystem) -> None:
    machine.write(RULES, GRABS)

    assert brltty(machine).what.startswith("brltty takes CH340")


@pytest.mark.parametrize("version", ["6.5-7ubuntu2", "6.10-1", "7.0", "1:6.6-1"])
def test_a_newer_brltty_is_good(machine: FakeSystem, version: str) -> None:
    machine.write(RULES, GRABS)
    installed(machine, version)

    assert brltty(machine).level is Level.GOOD


@pytest.mark.parametrize(
    ("rules", "level"),
    [
        ("# " + GRABS.splitlines()[1], Level.GOOD),
        ('ENV{PRODUCT}=="1c71/c004/*", GOTO="brltty_usb_run"', Level.GOOD),
        ('ENV{PRODUCT}=="10c4/ea60/*", GOTO="brltty_usb_run"', Level.WRONG),
        ('ATTRS{idVendor}=="1A86", ATTRS{idProduct}=="7523", GOTO="x"', Level.WRONG),
    ],
)
def test_only_a_rule_in_force_that_takes_our_adapters_counts(
    machine: FakeSystem, rules: str, level: Level
) -> None:
    machine.write(RULES, rules)
    installed(machine, "6.4-1")

    assert brltty(machine).level is level


def test_what_the_doctor_says_about_brltty_helps(machine: FakeSystem) -> None:
    machine.write(RULES, GRABS)
    installed(machine, "6.4-1")
    mask = machine.root / shlex.split(brltty(machine).mend)[4].lstrip("/")
    mask.parent.mkdir(parents=True)
    mask.symlink_to("/dev/null")

    assert brltty(machine).level is Level.GOOD


def test_a_machine_without_brltty_is_good(machine: FakeSystem) -> None:
    assert brltty(machine) == Finding(Level.GOOD, "brltty", "takes no adapter away")
