"""Attendants let others in with a one-time PIN, and block who works here no more."""

from __future__ import annotations

from kiosk.domain.outcomes import MustChoosePin, NotSignedIn, SignedIn, WrongPin
from kiosk.services.attendant_commands import (
    AddAttendant,
    AttendantAdded,
    AttendantBlocked,
    AttendantsShown,
    BlockAttendant,
    NameRefused,
    OwnNameRefused,
    ShowAttendants,
)
from kiosk.services.commands import Actor, ActorKind, ChoosePin, SignIn
from tests.fakes.stage import DESK_PIN, KIM, Stage

LEE = Actor(ActorKind.ATTENDANT, "Lee")
OWN_PIN = "975310"


def add(stage: Stage, name: str = "Lee", *, pin: str = DESK_PIN) -> object:
    return stage.site.do(
        AddAttendant(actor=KIM, attendant_id=stage.attendant_id, pin=pin, name=name)
    )


def added(stage: Stage, name: str = "Lee") -> AttendantAdded:
    outcome = add(stage, name)
    assert isinstance(outcome, AttendantAdded), outcome
    return outcome


def block(
    stage: Stage, name: str = "Lee", *, is_blocked: bool = True, pin: str = DESK_PIN
) -> object:
    return stage.site.do(
        BlockAttendant(
            actor=KIM,
            attendant_id=stage.attendant_id,
            pin=pin,
            name=name,
            is_blocked=is_blocked,
        )
    )


def sign_in(stage: Stage, pin: str) -> object:
    return stage.site.do(SignIn(actor=LEE, name="Lee", pin=pin))


def hire(stage: Stage) -> SignedIn:
    """Lee works here, with an own PIN."""
    pin = added(stage).one_time_pin
    outcome = stage.site.do(ChoosePin(actor=LEE, name="Lee", one_time_pin=pin, new_pin=OWN_PIN))
    assert isinstance(outcome, SignedIn)
    return outcome


def rows(stage: Stage) -> list[tuple[str, bool, bool]]:
    shown = stage.site.do(ShowAttendants(actor=KIM, attendant_id=stage.attendant_id))
    assert isinstance(shown, AttendantsShown)
    return [(each.name, each.is_one_time, each.is_blocked) for each in shown.attendants]


def audited(stage: Stage) -> list[tuple[str, str, str]]:
    with stage.site.core.store.reading() as tx:
        found = [
            row for row in reversed(tx.audit.latest(50)) if row.action.startswith("attendant.")
        ]
    return [(row.actor_name, row.action, row.detail) for row in found]


def test_a_second_attendant_gets_in_with_a_pin_that_is_shown_once(stage: Stage) -> None:
    pin = added(stage).one_time_pin

    assert isinstance(sign_in(stage, pin), MustChoosePin)
    assert len(pin) == 6
    assert pin.isdigit()
    assert ("Lee", True, False) in rows(stage)
    assert audited(stage)[-1] == (KIM.name, "attendant.added", "Lee")


def test_one_who_has_not_chosen_an_own_pin_gets_another_one_time_pin(stage: Stage) -> None:
    first, second = added(stage).one_time_pin, added(stage, " Lee ").one_time_pin

    assert first != second
    assert sign_in(stage, first) == WrongPin(None)
    assert isinstance(sign_in(stage, second), MustChoosePin)


def test_nobody_gets_a_new_pin_for_a_name_that_has_an_own_one(stage: Stage) -> None:
    hire(stage)

    assert add(stage) == NameRefused()
    assert isinstance(sign_in(stage, OWN_PIN), SignedIn)


def test_a_name_is_neither_empty_nor_endless(stage: Stage) -> None:
    assert [add(stage, "  "), add(stage, "L" * 41)] == [NameRefused(), NameRefused()]


def test_only_a_signed_in_attendant_with_the_pin_again_adds_and_blocks(stage: Stage) -> None:
    hire(stage)

    wrong = [add(stage, "Max", pin="000001"), block(stage, pin="000001")]
    stage.site.core.signed_in.discard(stage.attendant_id)
    out = [add(stage, "Max"), block(stage)]
    listed = stage.site.do(ShowAttendants(actor=KIM, attendant_id=stage.attendant_id))

    assert wrong == [WrongPin(None), WrongPin(None)]
    assert [*out, listed] == [NotSignedIn()] * 3


def test_who_is_blocked_is_signed_out_and_no_pin_is_right_until_allowed_again(
    stage: Stage,
) -> None:
    lee = hire(stage)

    blocked = block(stage)

    assert blocked == AttendantBlocked("Lee", is_blocked=True)
    assert lee.attendant_id not in stage.site.core.signed_in
    assert sign_in(stage, OWN_PIN) == WrongPin(None)
    assert add(stage) == NameRefused()
    assert ("Lee", False, True) in rows(stage)
    block(stage, is_blocked=False)
    assert isinstance(sign_in(stage, OWN_PIN), SignedIn)
    assert [each[1] for each in audited(stage)][-3:] == [
        "attendant.blocked",
        "attendant.allowed",
        "attendant.signed_in",
    ]


def test_nobody_blocks_the_own_name_or_one_that_is_not_there(stage: Stage) -> None:
    assert block(stage, KIM.name) == OwnNameRefused()
    assert block(stage, "Nobody") == NameRefused()
