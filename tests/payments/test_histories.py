"""A short random day at the provider; tests/torture has the long ones, with deaths."""

from __future__ import annotations

from kiosk.payments.simulator import SimulatorAdapter
from tests.payments.histories import Client


def test_after_a_random_day_both_sides_know_the_same(over_http: SimulatorAdapter) -> None:
    client = Client(over_http, kill=lambda: None, seed=6)

    client.play(120)

    assert client.reported() == client.believes()
    assert len(client.believes()) > 50
