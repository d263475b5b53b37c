"""What became of a pulse: the answer of its port as a report of the order.

What follows from it for the lane is left to the lane runner.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

from hardware.boards.base import Ack, AckKind
from hardware.errors import HardwareError
from hardware.lane_control import OrderState, RelayOrder


def answer_to(order: RelayOrder, future: Future[Ack]) -> RelayOrder | BaseException:
    """The order with what is known of it, once its future is done; our own bug as it is."""
    if future.cancelled():
        return replace(order, state=OrderState.TAKEN_BACK)
    failure = future.exception()
    if failure is None:
        ack = future.result()
        is_confirmed = ack.kind is AckKind.CONFIRMED
        state = OrderState.CONFIRMED if is_confirmed else OrderState.SENT
        return replace(order, state=state, answer=ack.frame.hex(" "))
    if isinstance(failure, HardwareError):
        return replace(order, state=OrderState.UNCONFIRMED, answer=type(failure).__name__)
    return failure
