"""The closed tree of what can go wrong with a device; who is told about it is left to the caller.

    HardwareError
     +- PortError
     |   +- PortMissing     nothing there to open
     |   +- PortBusy        another program holds it
     |   +- PortDenied      no permission
     |   +- PortLost        went away while it was open
     +- DeviceTimeout       no answer in time: whether it acted is unknown
     +- BadReply            an answer that is not the answer: whether it acted is unknown
     +- DeviceRefused       the device said no
     +- NotReady            the device would be unsafe as it is set up
     +- Unsupported         this kind of device cannot do it
     +- CommandDropped      the order was never sent

`code` is stable and is what translations and logs use; `is_retryable` says whether the same thing
may work later without a person; `remedy` is what the attendant or installer should do.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar


class HardwareError(Exception):
    """The world failed at a device."""

    code: ClassVar[str] = "hardware"
    is_retryable: ClassVar[bool] = False
    remedy: ClassVar[str] = "Call the installer."


class PortError(HardwareError):
    """The port itself cannot be used; `name` is its path or name."""

    code = "port"
    is_retryable = True
    remedy = "Check the cable and the power of the device."

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name


class PortMissing(PortError):
    """Nothing that is a serial port answers to this name."""

    code = "port_missing"
    remedy = "Plug the device in, or correct the port's name (python -m hardware list)."


class PortBusy(PortError):
    """Another program has the port; `holder_pid` names it when the system lets us see it."""

    code = "port_busy"
    remedy = "Stop the other program that uses this port."

    def __init__(self, name: str, holder_pid: int | None = None) -> None:
        by_whom = f" by process {holder_pid}" if holder_pid is not None else ""
        super().__init__(name, f"in use{by_whom}")
        self.holder_pid = holder_pid


class PortDenied(PortError):
    """The system does not let us open the port."""

    code = "port_denied"
    remedy = "Add the account that runs the kiosk to the group dialout."


class PortLost(PortError):
    """The port was open and is gone, most often an unplugged cable."""

    code = "port_lost"


class DeviceTimeout(HardwareError):
    """No answer within the deadline. A command may have been carried out: look, never repeat."""

    code = "device_timeout"
    is_retryable = True
    remedy = "Check the power and the wiring of the device, its address and its speed."


class ReplyFlaw(StrEnum):
    """What is wrong with a reply."""

    CRC = "crc"
    WRONG_ECHO = "wrong_echo"
    WRONG_UNIT = "wrong_unit"
    WRONG_FUNCTION = "wrong_function"
    SHORT = "short"
    WRONG_SHAPE = "wrong_shape"


class BadReply(HardwareError):
    """Bytes came, but not the answer to what was asked. `frame` holds them, `why` the flaw."""

    code = "bad_reply"
    is_retryable = True
    remedy = "Check wiring, termination and speed of the line, and for other masters on it."

    def __init__(self, frame: bytes, why: ReplyFlaw) -> None:
        super().__init__(f"{why}: {frame.hex(' ') or 'nothing'}")
        self.frame = frame
        self.why = why


class DeviceRefused(HardwareError):
    """The device answered with an exception; `exception_code` is its own number."""

    code = "device_refused"
    remedy = "Check that the channel exists on this board and that the board type is right."

    def __init__(self, exception_code: int) -> None:
        super().__init__(f"exception {exception_code}")
        self.exception_code = exception_code


class NotReady(HardwareError):
    """The device answers but must not be used as it is; `why` says it and what to do, in words."""

    code = "not_ready"
    remedy = "Commission the board (python -m hardware probe PORT --unlink)."

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Unsupported(HardwareError):
    """This family of boards cannot do it; nothing was sent."""

    code = "unsupported"
    remedy = "Use a board that can do it, or wire the lane so that it is not needed."

    def __init__(self, family: str, what: str) -> None:
        super().__init__(f"a board of the family {family} cannot {what}")
        self.family = family
        self.what = what


class CommandDropped(HardwareError):
    """The order was never begun, so nothing was sent; `why` says what kept it back."""

    code = "command_dropped"
    is_retryable = True
    remedy = "Wait until the device is back, then order again."

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
