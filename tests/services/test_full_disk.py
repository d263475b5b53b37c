"""A full disk: refused in words, nothing half written, and an attendant can still let cars out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from db.store import Store, Tx
from kiosk.domain.errors import StoreFull
from kiosk.domain.outcomes import BarrierOrdered, ExitCovered
from kiosk.services.commands import OpenBarrier
from tests.conftest import ExpectLog
from tests.fakes.stage import EXIT, KIM, Stage, Wallet


def fill(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is found not to fit when it is committed, and is undone."""
    transaction = type(stage.site.core.store).transaction

    @contextmanager
    def full(store: Store) -> Iterator[Tx]:
        with transaction(store) as tx:
            yield tx
            raise StoreFull("no room")

    monkeypatch.setattr(Store, "transaction", full)


def open_by_hand(stage: Stage) -> object:
    return stage.site.do(
        OpenBarrier(actor=KIM, attendant_id=stage.attendant_id, lane=EXIT, reason="disk full")
    )


def test_a_covered_exit_is_refused_whole_and_the_attendant_opens_all_the_same(
    stage: Stage, ada: Wallet, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=50))
    stage.site.car_to(EXIT)
    expect_log(
        "full_disk.opened_by_hand who=Kim lane=exit stay=None why=disk full",
        because="an attendant opens on a full disk",
    )
    fill(stage, monkeypatch)
    before = (stage.books(), stage.journal_count(), stage.state(ticket.reservation_id))

    with pytest.raises(StoreFull):
        stage.scan(EXIT, ticket.text)
    after = (stage.books(), stage.journal_count(), stage.state(ticket.reservation_id))
    opened = open_by_hand(stage)
    stage.wait(seconds=2)
    is_up = stage.is_arm_up(EXIT)
    monkeypatch.undo()
    stage.wait(seconds=3)

    assert after == before
    assert isinstance(opened, BarrierOrdered)
    assert is_up
    acts = stage.sql("SELECT detail FROM audit WHERE action = 'barrier.ordered'")
    assert [str(detail) for (detail,) in acts] == ["disk full (disk full)"]


def test_with_room_again_the_same_ticket_is_settled(
    stage: Stage, ada: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=50))
    stage.site.car_to(EXIT)
    fill(stage, monkeypatch)
    with pytest.raises(StoreFull):
        stage.scan(EXIT, ticket.text)

    monkeypatch.undo()

    assert isinstance(stage.scan(EXIT, ticket.text), ExitCovered)
    assert stage.wrong() == []
