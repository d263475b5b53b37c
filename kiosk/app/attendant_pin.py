"""An attendant of the command line: the PIN is asked or read from stdin, and signs them in.

Which PIN is right, and how often a wrong one is taken, is decided in kiosk.services.desk.
"""

from __future__ import annotations

import argparse
import getpass
import sys
import warnings
from typing import TYPE_CHECKING, assert_never

from kiosk.app.errors import ConfigError
from kiosk.domain.outcomes import MustChoosePin, SignedIn, WrongPin
from kiosk.services.commands import Actor, ActorKind, SignIn
from kiosk.services.desk import sign_in

if TYPE_CHECKING:
    from kiosk.domain.ids import AttendantId
    from kiosk.services.core import Core

_PIN_LONGEST = 100
"""Signs that are read as a PIN; no longer one was ever chosen."""


def attendant_and_pin(options: argparse.Namespace) -> tuple[Actor, str] | None:
    """Who the command line names with --attendant, and the PIN; None when it names nobody.

    To be asked before the store is opened: it is not kept from the site while somebody looks for
    a PIN. ConfigError for a PIN that cannot be read.
    """
    name: str | None = getattr(options, "attendant", None)
    if name is None:
        return None
    return Actor(ActorKind.ATTENDANT, name), _pin(name, is_from_stdin=options.pin_stdin)


def signed_in(core: Core, actor: Actor, pin: str) -> AttendantId | str:
    """The attendant, signed in; else why not, as it is said to whoever typed it."""
    outcome = sign_in(core, SignIn(actor=actor, name=actor.name, pin=pin))
    match outcome:
        case SignedIn(attendant_id=attendant_id):
            return attendant_id
        case MustChoosePin():
            return f"{actor.name}: has a one-time PIN; choose your own at the desk first"
        case WrongPin(locked_until):
            if locked_until is None:
                return f"{actor.name}: the name or the PIN is wrong"
            until = f"{locked_until.astimezone(core.site.zone):%Y-%m-%d %H:%M:%S}"
            return f"{actor.name}: the PIN was wrong too often; no other is taken before {until}"
        case _:
            assert_never(outcome)


def _pin(attendant: str, *, is_from_stdin: bool) -> str:
    """The PIN as it was typed, never shown and never among the arguments."""
    try:
        if is_from_stdin:
            pin = sys.stdin.readline(_PIN_LONGEST).rstrip("\r\n")
        else:
            with warnings.catch_warnings():
                warnings.simplefilter("error", getpass.GetPassWarning)
                pin = getpass.getpass(f"PIN of {attendant}: ")
    except (getpass.GetPassWarning, EOFError) as error:
        raise ConfigError("there is no terminal to ask for the PIN: use --pin-stdin") from error
    except UnicodeDecodeError as error:
        raise ConfigError("a PIN has only digits") from error
    if not pin.isascii() or not pin.isdigit():
        raise ConfigError("a PIN has only digits")
    return pin
