"""What a machine is given: udev rules and the service, read strictly and tried on devices."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from configparser import RawConfigParser
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from hardware.__main__ import main as hardware_main
from hardware.ports import serial_ports, udev_rule
from kiosk.app.doctor_checks import RULE_FILE, UNIT, System, WantedPort, check_port
from kiosk.app.main import main
from kiosk.app.watchdog import BEAT_MAX_AGE_S
from tests.hardware.fake_system import FakeSystem

DEPLOY = Path(__file__).parents[2] / "resources" / "deploy"
RULES = DEPLOY / Path(RULE_FILE).name
SERVICE = DEPLOY / UNIT
MATCHED = {"ACTION", "SUBSYSTEM", "DRIVER", "ATTR", "ATTRS", "ENV"}
GIVEN = {"ENV", "ATTR", "GROUP", "MODE", "SYMLINK", "GOTO", "LABEL"}
PART = re.compile(r'([A-Z_]+)(?:\{([\w/]+)\})?(==|!=|\+=|=)"([^"]*)"')


@dataclass(frozen=True)
class Part:
    key: str
    of: str
    operator: str
    value: str

    @property
    def is_match(self) -> bool:
        return self.operator in ("==", "!=")

    @property
    def name(self) -> str:
        return f"{self.key}{{{self.of}}}" if self.of else self.key


def read_rule(line: str) -> list[Part]:
    """One rule; ValueError for anything that udev might read otherwise, or not at all."""
    parts = []
    for text in line.split(", "):
        found = PART.fullmatch(text)
        if found is None:
            raise ValueError(f"not a part of a rule: {text}")
        part = Part(found[1], found[2] or "", found[3], found[4])
        if part.key not in (MATCHED if part.is_match else GIVEN):
            raise ValueError(f"{part.key} does not take {part.operator}")
        if part.operator == "+=" and part.key != "SYMLINK":
            raise ValueError(f"{part.key} holds one value")
        parts.append(part)
    return parts


def read_rules(text: str) -> list[list[Part]]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [read_rule(line) for line in lines]


def given(rules: list[list[Part]], device: dict[str, str]) -> dict[str, str]:
    """What the rules give a device, read from the first to the last, with their jumps."""
    result: dict[str, str] = {}
    wanted_label = None
    for rule in rules:
        if wanted_label is not None:
            if Part("LABEL", "", "=", wanted_label) in rule:
                wanted_label = None
            continue
        matches = all(
            any(fnmatchcase(device.get(part.name, ""), each) for each in part.value.split("|"))
            is (part.operator == "==")
            for part in rule
            if part.is_match
        )
        for part in rule if matches else ():
            if part.key == "GOTO":
                wanted_label = part.value
            elif not part.is_match and part.key != "LABEL":
                result[part.name] = part.value
    assert wanted_label is None
    return result


def terminal(vendor: str, product: str, *, action: str = "add", place: str = "") -> dict[str, str]:
    return {
        "ACTION": action,
        "SUBSYSTEM": "tty",
        "ENV{ID_VENDOR_ID}": vendor,
        "ENV{ID_MODEL_ID}": product,
        "ENV{ID_PATH}": place,
    }


LEFT_ALONE = {"ENV{ID_MM_DEVICE_IGNORE}": "1", "GROUP": "dialout", "MODE": "0660"}


@pytest.fixture
def rules() -> list[list[Part]]:
    return read_rules(RULES.read_text())


@pytest.mark.parametrize(
    ("vendor", "product"),
    [("1a86", "7523"), ("0403", "6001"), ("10c4", "ea60"), ("2a19", "0c02"), ("04d8", "ffee")],
)
@pytest.mark.parametrize("action", ["add", "change"])
def test_a_boards_port_is_for_dialout_and_hidden_from_modem_manager(
    rules: list[list[Part]], vendor: str, product: str, action: str
) -> None:
    assert given(rules, terminal(vendor, product, action=action)) == LEFT_ALONE


@pytest.mark.parametrize(("vendor", "product"), [("12d1", "1506"), ("04d8", "000a"), ("", "")])
def test_a_modem_stays_a_modem(rules: list[list[Part]], vendor: str, product: str) -> None:
    assert given(rules, terminal(vendor, product)) == {}


def test_a_device_that_goes_is_given_nothing(rules: list[list[Part]]) -> None:
    assert given(rules, terminal("1a86", "7523", action="remove")) == {}


@pytest.mark.parametrize(
    ("vendor", "product", "is_woken"),
    [
        ("1a86", "7523", True),
        ("04d8", "ffee", True),
        ("04d8", "000a", False),
        ("046d", "c077", False),
    ],
)
def test_only_the_boards_adapters_are_kept_awake(
    rules: list[list[Part]], vendor: str, product: str, is_woken: bool
) -> None:
    device = {
        "ACTION": "add",
        "SUBSYSTEM": "usb",
        "ENV{DEVTYPE}": "usb_device",
        "ATTR{idVendor}": vendor,
        "ATTR{idProduct}": product,
    }

    assert given(rules, device) == ({"ATTR{power/control}": "on"} if is_woken else {})


def test_an_ftdi_adapter_is_made_quick(rules: list[list[Part]]) -> None:
    device = {"ACTION": "add", "SUBSYSTEM": "usb-serial", "DRIVER": "ftdi_sio"}

    assert given(rules, device) == {"ATTR{latency_timer}": "1"}
    assert given(rules, {**device, "DRIVER": "ch341-uart"}) == {}


def test_the_name_of_a_plug_is_given_by_the_line_that_list_prints(tmp_path: Path) -> None:
    machine = FakeSystem(tmp_path)
    machine.usb(udev=())
    (port,) = serial_ports(machine.root)
    shown = next(line[2:] for line in RULES.read_text().splitlines() if "kiosk/relay0" in line)
    assert udev_rule(port, "kiosk/relay0") == shown

    rules = [read_rule(shown)]
    there = terminal("1a86", "7523", place="pci-0000:00:14.0-usb-0:1.2:1.0")

    assert given(rules, there) == {**LEFT_ALONE, "SYMLINK": "kiosk/relay0"}
    assert given(rules, {**there, "ENV{ID_PATH}": "pci-0000:00:14.0-usb-0:1.3:1.0"}) == {}


def test_every_rule_of_the_doctor_is_one_that_udev_reads(tmp_path: Path) -> None:
    machine = FakeSystem(tmp_path)
    machine.usb(udev=(), power="auto", ids="0403:6001")
    machine.latency("ttyUSB0", 16)
    machine.process(700, "/usr/sbin/ModemManager")

    found = check_port(System(machine.root), WantedPort("entry board", "/dev/ttyUSB0"))

    read = [read_rule(shlex.split(finding.mend)[1]) for finding in found]
    assert [rule[-1].name for rule in read] == [
        "MODE", "ATTR{power/control}", "ATTR{latency_timer}", "ENV{ID_MM_DEVICE_IGNORE}",
    ]  # fmt: skip


def test_the_rules_come_after_those_that_find_the_place_and_before_modem_manager() -> None:
    assert "60-serial.rules" < RULES.name < "77-mm-usb-device-blacklist.rules"


@pytest.mark.parametrize(
    "line",
    [
        'SUBSYSTEM="tty"',
        'GRUOP="dialout"',
        'MODE=="0660"',
        'GROUP+="dialout"',
        'ENV{ID_PATH=="x"',
        'SUBSYSTEM=="tty" MODE="0660"',
    ],
)
def test_a_rule_that_udev_would_not_read_is_refused(line: str) -> None:
    with pytest.raises(ValueError):
        read_rule(line)


# ---- the service


class _Unit(RawConfigParser):
    def optionxform(self, optionstr: str) -> str:
        return optionstr


@pytest.fixture
def unit() -> _Unit:
    unit = _Unit(strict=False, interpolation=None)
    unit.read_string(SERVICE.read_text())
    return unit


def test_the_service_comes_back_whatever_ends_it(unit: _Unit) -> None:
    assert unit["Service"]["Restart"] == "always"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert unit["Service"]["Type"] == "notify"


def test_a_part_that_is_stuck_is_noticed_before_the_service_manager_waits_in_vain(
    unit: _Unit,
) -> None:
    fed_every_s = int(unit["Service"]["WatchdogSec"]) / 2

    assert fed_every_s > BEAT_MAX_AGE_S, "a part that fell silent after a feed misses the next"
    assert int(unit["Service"]["WatchdogSec"]) == 10


def test_the_service_may_use_the_ports(unit: _Unit) -> None:
    assert "dialout" in unit["Service"]["SupplementaryGroups"].split()
    allowed = re.findall(r"^DeviceAllow=char-(\S+) rw$", SERVICE.read_text(), re.MULTILINE)
    assert {"ttyUSB", "ttyACM", "ttyS"} <= set(allowed)


def test_the_service_begins_with_a_command_that_there_is(
    unit: _Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(unit["Service"]["ExecStart"])
    assert words[1:4] == ["-m", "kiosk.app.main", "run"]

    with pytest.raises(SystemExit) as ended:
        main([*words[3:], "--help"])

    assert ended.value.code == 0
    assert "--site" in capsys.readouterr().out


def test_the_service_ends_with_a_command_that_lets_every_relay_drop(
    unit: _Unit, capsys: pytest.CaptureFixture[str]
) -> None:
    words = shlex.split(unit["Service"]["ExecStopPost"])
    assert words[1:] == ["-m", "hardware", "all-off", "$BOARDS"]
    (name, ports), *_ = [shlex.split(unit["Service"]["Environment"])[0].split("=", 1)]
    assert name == "BOARDS"

    assert hardware_main(["all-off", "/dev/nothing-here", *ports.split()]) == 1
    assert "no such port" in capsys.readouterr().err


@pytest.mark.peer("systemd-analyze")
def test_systemd_reads_the_service_without_a_word(tmp_path: Path) -> None:
    python = unit_python(SERVICE.read_text())
    copy = tmp_path / UNIT
    copy.write_text(SERVICE.read_text().replace(python, sys.executable))

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.peer("systemd-analyze")
def test_the_service_is_walled_in() -> None:
    done = subprocess.run(
        [
            *("systemd-analyze", "security", "--offline=true", "--no-pager"),
            *("--threshold=20", str(SERVICE)),
        ],
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout[-200:]


def unit_python(text: str) -> str:
    found = re.search(r"^ExecStart=(\S+)", text, re.MULTILINE)
    assert found is not None
    return found[1]
