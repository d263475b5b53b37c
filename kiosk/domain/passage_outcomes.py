"""Answers to an attendant who says that a car has passed, where no lane could report it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.ids import ReservationId
from kiosk.domain.reservation import State


@dataclass(frozen=True, slots=True)
class PassageWritten:
    """The attendant's word stands for the lane's: the stay has begun or ended."""

    reservation_id: ReservationId
    state: State


@dataclass(frozen=True, slots=True)
class PassageImpossible:
    """In this state the car cannot have passed there; nothing was written."""

    state: State
