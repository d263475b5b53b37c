"""What is read of a machine's serial ports, on machines made of files, and on this one."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.__main__ import main
from hardware.ports import (
    Holder,
    SerialPort,
    device_of,
    holders,
    is_terminal,
    listing,
    running,
    serial_ports,
)
from tests.hardware.fake_system import FakeSystem

BY_PATH = "serial/by-path/pci-0000:00:14.0-usb-0:1.2:1.0-port0"
NO_NUMBER = "serial/by-id/usb-1a86_USB_Serial-if00-port0"


@pytest.fixture
def system(tmp_path: Path) -> FakeSystem:
    return FakeSystem(tmp_path)


def only(system: FakeSystem) -> SerialPort:
    (port,) = serial_ports(system.root)
    return port


def test_a_machine_without_a_serial_port_has_none(system: FakeSystem) -> None:
    assert serial_ports(system.root) == ()


def test_a_usb_port_is_told_with_its_device(system: FakeSystem) -> None:
    system.usb(product="USB Relay", serial="A50285BI", ids="0403:6001")
    system.latency("ttyUSB0", 16)

    port = only(system)

    assert (port.device, port.words, port.latency_timer_ms) == ("/dev/ttyUSB0", "USB Relay", 16)
    assert port.usb is not None
    assert (port.usb.name, port.usb.vendor_id, port.usb.product_id) == ("1-1.2", "0403", "6001")
    assert port.usb.serial_number == "A50285BI"


def test_a_device_that_says_nothing_of_itself_is_told_by_its_ids(system: FakeSystem) -> None:
    system.usb(product="")

    assert only(system).words == "USB device 1a86:7523"


@pytest.mark.parametrize(
    ("links", "serial", "name"),
    [
        (["kiosk/relay0", "serial/by-id/usb-X_1-if00", BY_PATH], "1", "/dev/kiosk/relay0"),
        (["serial/by-id/usb-X_1-if00", BY_PATH], "1", "/dev/serial/by-id/usb-X_1-if00"),
        ([NO_NUMBER, BY_PATH], None, f"/dev/{BY_PATH}"),
        ([NO_NUMBER], None, None),
        ([], "1", None),
    ],
)
def test_the_name_that_lasts_is_an_own_one_then_a_number_then_a_place(
    system: FakeSystem, links: list[str], serial: str | None, name: str | None
) -> None:
    system.usb(serial=serial, udev=tuple(f"S:{link}" for link in links))

    assert only(system).lasting_name == name


def test_a_number_that_two_devices_share_is_no_name(system: FakeSystem) -> None:
    shared = "serial/by-id/usb-Silicon_Labs_CP2102_0001-if00-port0"
    for number in (0, 1):
        place = BY_PATH.replace("1.2", f"1.{number}")
        system.usb(
            f"ttyUSB{number}",
            place=f"1.{number}",
            ids="10c4:ea60",
            serial="0001",
            udev=(f"S:{shared}", f"S:{place}"),
        )

    first, second = serial_ports(system.root)

    assert first.shared_names == second.shared_names == {f"/dev/{shared}"}
    assert second.lasting_name == f"/dev/{BY_PATH.replace('1.2', '1.1')}"


def test_a_built_in_port_keeps_its_name(system: FakeSystem) -> None:
    system.built_in()

    assert (only(system).lasting_name, only(system).words) == (
        "/dev/ttyS0",
        "built-in serial port",
    )


@pytest.mark.parametrize("kind", ["0", None])
def test_a_port_that_is_only_foreseen_is_not_there(system: FakeSystem, kind: str | None) -> None:
    system.built_in(kind=kind)

    assert serial_ports(system.root) == ()


def test_a_port_that_has_no_file_cannot_be_used(system: FakeSystem) -> None:
    system.usb()
    (system.root / "dev/ttyUSB0").unlink()

    assert serial_ports(system.root) == ()


def test_ports_come_in_the_order_of_their_numbers(system: FakeSystem) -> None:
    for number in (10, 2):
        system.usb(f"ttyUSB{number}", place=f"1.{number}")

    assert [port.device for port in serial_ports(system.root)] == ["/dev/ttyUSB2", "/dev/ttyUSB10"]


def test_the_place_is_what_udev_has_written_down(system: FakeSystem) -> None:
    system.usb(udev=("E:ID_PATH=pci-0000:03:00.0-usb-0:7:1.0", "E:ID_BUS=usb"))

    assert only(system).id_path == "pci-0000:03:00.0-usb-0:7:1.0"


@pytest.mark.parametrize(
    ("bus", "place"),
    [
        ("devices/pci0000:00/0000:00:14.0/usb1", "pci-0000:00:14.0-usb-0:1.2:1.0"),
        ("devices/pci0000:00/0000:00:14.0/usb1/1-1", "pci-0000:00:14.0-usb-0:1.2:1.0"),
    ],
)
@pytest.mark.parametrize("device", ["ttyUSB0", "ttyACM0"])
def test_without_udev_the_place_is_read_off_the_bus(
    system: FakeSystem, bus: str, place: str, device: str
) -> None:
    system.usb(device, bus=bus, udev=())

    assert only(system).id_path == place


def test_the_place_names_a_bus_that_hangs_on_no_card(system: FakeSystem) -> None:
    board = "devices/platform/soc/3f980000.usb"
    system.usb(bus=f"{board}/usb1", udev=())
    (system.root / "sys/bus/platform").mkdir()
    system.link(f"sys/{board}/subsystem", "sys/bus/platform")
    system.link("sys/devices/platform/soc/subsystem", "sys/bus/platform")

    assert only(system).id_path == "platform-3f980000.usb-usb-0:1.2:1.0"


@pytest.mark.parametrize(
    ("udev", "is_hidden"),
    [
        (("E:ID_MM_DEVICE_IGNORE=1",), True),
        (("E:ID_MM_PORT_IGNORE=1",), True),
        (("E:ID_MM_DEVICE_IGNORE=0",), False),
        ((), False),
    ],
)
def test_the_mark_for_modem_manager_is_seen(
    system: FakeSystem, udev: tuple[str, ...], is_hidden: bool
) -> None:
    system.usb(udev=udev)

    assert only(system).is_hidden_from_modem_manager is is_hidden


def test_the_mark_may_stand_at_the_whole_device(system: FakeSystem) -> None:
    system.usb(udev=())
    system.write("run/udev/data/c189:0", "E:ID_MM_DEVICE_IGNORE=1\n")

    assert only(system).is_hidden_from_modem_manager


@pytest.mark.parametrize(
    ("power", "delay", "may_be"),
    [("auto", "2000", True), ("on", "2000", False), ("auto", "-1000", False)],
)
def test_a_device_may_be_put_to_sleep_only_where_the_system_says_auto(
    system: FakeSystem, power: str, delay: str, may_be: bool
) -> None:
    system.usb(power=power)
    system.write(
        "sys/devices/pci0000:00/0000:00:14.0/usb1/1-1.2/power/autosuspend_delay_ms", delay
    )

    usb = only(system).usb

    assert usb is not None
    assert usb.may_be_suspended is may_be


def test_a_name_leads_to_its_device(system: FakeSystem) -> None:
    system.usb(udev=("S:kiosk/relay0",))

    assert device_of("/dev/kiosk/relay0", system.root) == "/dev/ttyUSB0"
    assert device_of("/dev/nothing", system.root) == "/dev/nothing"


def test_only_what_the_kernel_lists_is_a_terminal(system: FakeSystem) -> None:
    system.usb()
    system.write("dev/ttyUSB7", "somebody wrote here while it was unplugged")

    assert is_terminal("/dev/ttyUSB0", system.root)
    assert is_terminal("/dev/pts/3", system.root)
    assert not is_terminal("/dev/ttyUSB7", system.root)
    assert not is_terminal("/srv/ttyUSB0", system.root)


def test_who_has_a_port_open_is_named(system: FakeSystem) -> None:
    system.process(41, "/usr/bin/minicom -D /dev/ttyUSB0", holds="/dev/ttyUSB0")
    system.process(42, "/usr/bin/sleep 9", holds="/dev/ttyUSB1")

    words = ("/usr/bin/minicom", "-D", "/dev/ttyUSB0")
    assert holders("/dev/ttyUSB0", system.root) == (Holder(41, "minicom", words),)
    assert running("sleep", system.root)
    assert not running("slee", system.root)


def test_a_process_that_has_gone_meanwhile_holds_nothing(system: FakeSystem) -> None:
    (system.root / "proc/43").mkdir()

    assert holders("/dev/ttyUSB0", system.root) == ()


def test_the_list_gives_a_rule_with_the_real_place(system: FakeSystem) -> None:
    system.usb("ttyUSB0", place="1.2", udev=(f"S:{NO_NUMBER}",))
    system.usb("ttyUSB1", place="1.3", udev=("S:kiosk/serial0",))

    assert listing(serial_ports(system.root)) == [
        "/dev/ttyUSB0  USB Serial",
        "  this name may change at each start; give it a fixed one:",
        (
            '  SUBSYSTEM=="tty", ENV{ID_PATH}=="pci-0000:00:14.0-usb-0:1.2:1.0",'
            ' SYMLINK+="kiosk/serial1", ENV{ID_MM_DEVICE_IGNORE}="1", GROUP="dialout", MODE="0660"'
        ),
        "/dev/kiosk/serial0  USB Serial  (now /dev/ttyUSB1)",
    ]


def test_two_ports_of_one_adapter_get_a_rule_each(system: FakeSystem) -> None:
    for number in (0, 1):
        system.usb(f"ttyUSB{number}", port_number=number, udev=())

    said = listing(serial_ports(system.root))

    assert 'ATTRS{port_number}=="0", SYMLINK+="kiosk/serial0"' in said[2]
    assert 'ATTRS{port_number}=="1", SYMLINK+="kiosk/serial1"' in said[5]


def test_a_port_whose_place_nobody_knows_gets_no_rule(system: FakeSystem) -> None:
    system.usb(bus="devices/somewhere", udev=())
    for link in system.root.rglob("subsystem"):
        link.unlink()

    assert listing(serial_ports(system.root))[1:] == [
        "  this name may change at each start, and its place is not known"
    ]


def test_without_a_port_the_list_says_what_to_do() -> None:
    assert listing(()) == [
        "No serial port found. Plug the device in; on a virtual machine, pass it through."
    ]


def test_list_tells_of_the_ports_of_this_machine(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["list"])

    ports = serial_ports()
    assert capsys.readouterr().out.splitlines() == listing(ports)
    assert code == (0 if ports else 1)
