"""A pulse of a board that never answers an order but tells its relays: seen, or not confirmed.

The bytes of such a pulse leave also when the board is dead. What follows from that is left to the
lane runner.
"""

from __future__ import annotations

from concurrent.futures import Future

from hardware.boards.base import Ack, RelayBoard
from hardware.errors import BadReply, ReplyFlaw
from hardware.line import Line
from hardware.orders import Priority
from hardware.port import BoardLink


def seen_pulse(
    link: BoardLink, channel: int, duration_ms: int, *, priority: Priority, deadline_s: float
) -> Future[Ack]:
    """Close one relay for a moment, as BoardLink.pulse(); where an order is only sent, look too.

    The relays are read back as soon as the pulse has begun, for the port holds the relay on for
    200 ms or more. When they cannot be read, or this one is off, the future has a HardwareError
    and it is unknown whether the board acted. A board that can neither answer nor be asked is
    taken at the port's word.
    """
    pulse = link.pulse(channel, duration_ms, priority=priority, deadline_s=deadline_s)
    if link.caps.is_acked or not link.caps.has_readback:
        return pulse
    look = link.submit(
        _read_outputs, priority=priority, deadline_s=deadline_s + duration_ms / 1000
    )
    return _SeenPulse(pulse, look, channel)


class _SeenPulse(Future[Ack]):
    """Done when the pulse has failed, or the look that follows it is done."""

    def __init__(self, pulse: Future[Ack], look: Future[tuple[bool, ...]], channel: int) -> None:
        super().__init__()
        self._pulse = pulse
        self._relays = look
        self._channel = channel
        pulse.add_done_callback(self._pulsed)
        look.add_done_callback(self._looked)

    def cancel(self) -> bool:
        """Take the pulse back if it has not begun."""
        if not self._pulse.cancel():
            return False
        self._relays.cancel()
        return super().cancel()

    def _pulsed(self, pulse: Future[Ack]) -> None:
        failure = None if pulse.cancelled() else pulse.exception()
        if failure is not None:
            self.set_exception(failure)

    def _looked(self, look: Future[tuple[bool, ...]]) -> None:
        if self._pulse.cancelled() or self.done():
            return
        failure = look.exception()
        if failure is not None:
            self.set_exception(failure)
        elif look.result()[self._channel - 1]:
            self.set_result(self._pulse.result())
        else:
            self.set_exception(BadReply(bytes(look.result()), ReplyFlaw.WRONG_ECHO))


def _read_outputs(board: RelayBoard, line: Line) -> tuple[bool, ...]:
    return board.read_outputs(line)
