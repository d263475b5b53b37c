"""What the site file says of a lane reaches those who offer orders to it."""

from __future__ import annotations

import pytest

from kiosk.app.lane_tables import LaneTable
from kiosk.domain.lane_orders import LaneOrder, LaneWiring

LOOPS = {"arming": 1, "under_arm": 2}


def wiring(**lane: object) -> LaneWiring:
    """The facts of a lane of a site file with these tables."""
    table = {
        "name": "entry",
        "direction": "entry",
        "board": {"port": "sim"},
        "scanner": {"port": "sim"},
        "inputs": LOOPS,
        **lane,
    }
    return LaneTable.model_validate(table).to_wiring()


@pytest.mark.parametrize(
    ("output", "order"),
    [("close", LaneOrder.CLOSE), ("stop", LaneOrder.STOP), ("hold", LaneOrder.HOLD)],
)
def test_a_relay_that_is_not_wired_is_an_order_that_is_not_there(
    output: str, order: LaneOrder
) -> None:
    bare, wired = wiring(outputs={"open": 1}), wiring(outputs={"open": 1, output: 2})

    assert (bare.has(order), wired.has(order)) == (False, True)
    assert bare.has(LaneOrder.OPEN)
    assert bare.has(LaneOrder.LOCK)


def test_inputs_sign_and_passage_are_known() -> None:
    plain = wiring(outputs={"open": 1})
    rich = wiring(outputs={"open": 1, "full": 2}, inputs={**LOOPS, "safety": 3, "fire": 4})
    unseen = wiring(outputs={"open": 1}, inputs={}, passage="assumed")

    assert plain == LaneWiring()
    assert rich == LaneWiring(has_safety=True, has_fire=True, has_full_sign=True)
    assert unseen == LaneWiring(is_passage_assumed=True, has_arming=False)
