"""What a provider is asked stands in the database file as sent before the question goes out."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest

from kiosk.payments.adapter import Answer, PaymentRequest
from kiosk.services.commands import CancelReservation
from tests.fakes.stage import CARD, DRIVER, EXIT, Stage

KINDS = ("authorise", "collect", "capture", "release", "refund")


def watched(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Each question by its kind, with the state that another connection reads meanwhile."""
    seen: list[tuple[str, str]] = []
    file = f"file:{stage.folder / 'site.db'}?mode=ro"

    def watch(kind: str, ask: Callable[[PaymentRequest], Answer]) -> None:
        def asked(request: PaymentRequest) -> Answer:
            with closing(sqlite3.connect(file, uri=True)) as second:
                row = second.execute("SELECT state FROM operation WHERE key = ?", [request.key])
                seen.append((kind, row.fetchone()[0]))
            return ask(request)

        monkeypatch.setattr(stage.site.simulator, kind, asked)

    for kind in KINDS:
        watch(kind, getattr(stage.site.simulator, kind))
    return seen


def leave(stage: Stage, minutes: int) -> None:
    """A stay on a deposit by card; what is still due at its exit is paid by card."""
    ticket = stage.inside(CARD)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=minutes))
    stage.scan(EXIT, ticket.text)
    if minutes > 120:
        stage.pay_due(ticket.reservation_id, CARD)
    stage.site.car_through(EXIT, car)
    stage.wait(seconds=3)


def cancel(stage: Stage) -> None:
    """A window of a later day that is paid by card, and given up while that costs nothing."""
    ticket = stage.ticket(CARD, starts_at=stage.now + timedelta(days=2))
    stage.site.do(
        CancelReservation(
            actor=DRIVER, reservation_id=ticket.reservation_id, agreed_refund=ticket.deposit
        )
    )
    stage.wait(seconds=3)


def test_what_is_authorised_captured_and_released_was_written_as_sent_before(
    authorising: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = watched(authorising, monkeypatch)

    leave(authorising, 50)
    cancel(authorising)

    assert seen == [
        ("authorise", "sent"),
        ("capture", "sent"),
        ("authorise", "sent"),
        ("release", "sent"),
    ]


def test_what_is_collected_and_given_back_was_written_as_sent_before(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = watched(stage, monkeypatch)

    leave(stage, 136)
    leave(stage, 50)

    assert seen == [
        ("collect", "sent"),
        ("collect", "sent"),
        ("collect", "sent"),
        ("refund", "sent"),
    ]
