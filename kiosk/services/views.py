"""Frozen pictures of the site for the desk: spaces, lanes, stays and where the money is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import assert_never

from kiosk.domain.disputes import Chargeback, Correction, Dispute
from kiosk.domain.ids import LaneName, ReservationId, ShopId
from kiosk.domain.lane_orders import OPEN_ONLY, LaneObstacle, LaneOrder, LaneWiring
from kiosk.domain.ledger import Balance
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Bill, StayNotPriced
from kiosk.domain.reservation import State
from kiosk.domain.space import Area, Space
from kiosk.domain.time import Window


class SpaceUse(Enum):
    """What a space is doing now."""

    IDLE = "idle"
    RESERVED = "reserved"
    OCCUPIED = "occupied"
    NOT_SHARED = "not-shared"
    CLOSED = "closed"
    """An attendant has taken it out of use for a while."""


@dataclass(frozen=True, slots=True)
class DeskSpace:
    """A space on the desk's plan."""

    space: Space
    use: SpaceUse
    owner_name: str
    reservation_id: ReservationId | None
    until: datetime | None
    """When the present use ends (the booked end, or the end of the idle gap)."""


@dataclass(frozen=True, slots=True)
class StayRow:
    """One reservation in the desk's list; ended ones stay a day, and as long as they owe."""

    reservation_id: ReservationId
    state: State
    area: Area
    space: Space
    plate: str
    short_code: str
    window: Window
    deposit: Money
    charged: Money | None
    entered_at: datetime | None
    left_at: datetime | None
    is_overstayed: bool
    was_opened_by_hand: bool
    is_passage_assumed: bool = False
    """No loop has seen its car pass: the lane assumed it after its open pulse."""
    debt_codes: tuple[str, ...] = ()
    """By which its driver can pay what is open of it."""


class Direction(Enum):
    """Which way a lane goes."""

    ENTRY = "entry"
    EXIT = "exit"


@dataclass(frozen=True, slots=True)
class LaneStatus:
    """A lane as the desk and the lane's own screen see it.

    `phase` is the barrier machine's, in lower case: blind, boot, idle, present, opening,
    open, passing, closing, fault, forced (by a fire), held, stopped. None among the inputs is
    unknown or not wired, never False.
    """

    lane: LaneName
    direction: Direction
    phase: str
    arming: bool | None
    under_arm: bool | None
    open_limit: bool | None
    closed_limit: bool | None
    alarms: tuple[str, ...]
    reservation_id: ReservationId | None
    """Whose grant is open in this lane."""
    safety: bool | None = None
    fire: bool | None = None
    is_held: bool = False
    is_locked: bool = False
    wiring: LaneWiring = OPEN_ONLY

    @property
    def is_in_order(self) -> bool:
        """Whether a ticket presented now counts: it opens, or the arm is held open already."""
        return self.phase not in _TAKES_NO_TICKET and not self.is_locked

    @property
    def is_car_there(self) -> bool:
        """Whether a car stands before the barrier, as far as the lane can know: unknown is not."""
        return self.arming is True or not self.wiring.has_arming

    @property
    def orders(self) -> tuple[LaneOrder, ...]:
        """What an attendant may want of this lane as it is wired and stands now."""
        wanted = (
            LaneOrder.OPEN,
            LaneOrder.CLOSE,
            LaneOrder.STOP,
            LaneOrder.RELEASE if self.is_held else LaneOrder.HOLD,
            LaneOrder.UNLOCK if self.is_locked else LaneOrder.LOCK,
        )
        return tuple(order for order in wanted if self.wiring.has(order))

    def obstacle_to(self, order: LaneOrder) -> LaneObstacle | None:
        """Why the lane would not obey an order now; None when it would (lane.md 2.3)."""
        match order:
            case LaneOrder.RELEASE | LaneOrder.LOCK | LaneOrder.UNLOCK:
                return None
            case _ if self.phase == "blind":
                return LaneObstacle.BLIND
            case LaneOrder.RESET:
                is_alight = self.phase == "forced" and self.fire is not False
                return LaneObstacle.FIRE if is_alight else None
            case _ if self.phase == "forced":
                return LaneObstacle.FIRE
            case LaneOrder.OPEN:
                return LaneObstacle.HELD if self.is_held else None
            case LaneOrder.CLOSE:
                return self._obstacle_to_closing()
            case LaneOrder.STOP | LaneOrder.HOLD:
                return None
            case _:
                assert_never(order)

    def _obstacle_to_closing(self) -> LaneObstacle | None:
        wiring = self.wiring
        if wiring.has_fire and self.fire is not False:
            return LaneObstacle.FIRE
        if self.is_held:
            return LaneObstacle.HELD
        if self.under_arm is True or self.safety is True:
            return LaneObstacle.CAR
        is_under_known = self.under_arm is False or wiring.is_passage_assumed
        if not is_under_known or (wiring.has_safety and self.safety is None):
            return LaneObstacle.UNKNOWN
        return LaneObstacle.LOOP_SUSPECT if "loop_suspect" in self.alarms else None


_TAKES_NO_TICKET = frozenset({"blind", "fault", "forced", "stopped"})


@dataclass(frozen=True, slots=True)
class PartyMoney:
    """What one party of the site has, by the books."""

    party: str
    """A kind of account: escrow, owner, manager, commission, vat, wallet, till, psp ..."""
    owed: Money


@dataclass(frozen=True, slots=True)
class OpenGrant:
    """A passage that was granted before a restart and never reported: look at the lane."""

    lane: LaneName
    reservation_id: ReservationId | None
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class RefusedTariff:
    """A tariff file that is not taken, and why; the tariff before it stays live."""

    file: str
    why: str
    """One line for each thing that is wrong: the key, and what to do."""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Money that somebody has to decide, collect or explain."""

    kind: str
    """dispute, chargeback, debt, capture-failed (a debt too), unanswered, refund-refused,
    suspense-more (a provider has more than our books say), suspense-less, missing (ours only),
    missing-refund"""
    key: str
    reservation_id: ReservationId | None
    """None of what belongs to no stay that we know of."""
    plate: str
    at: datetime
    words: str = ""
    """What the driver disputes; of what concerns a provider its name."""
    amount: Money | None = None
    until: datetime | None = None
    """A bank's deadline for our evidence, or when a debt is to be paid."""


@dataclass(frozen=True, slots=True)
class DeskView:
    """Everything that the desk window shows."""

    at: datetime
    areas: tuple[Area, ...]
    spaces: tuple[DeskSpace, ...]
    lanes: tuple[LaneStatus, ...]
    stays: tuple[StayRow, ...]
    money: tuple[PartyMoney, ...]
    unreported: tuple[OpenGrant, ...]
    refused_tariffs: tuple[RefusedTariff, ...] = ()
    cases: tuple[OpenCase, ...] = ()
    shops: tuple[tuple[ShopId, str], ...] = ()
    """Shops that take part, with their names."""


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One transfer of the books."""

    at: datetime
    journal: str
    """The kind of its journal: top-up, deposit, settlement ..."""
    debit: str
    credit: str
    amount: Money


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One thing that happened: who did what, and why."""

    at: datetime
    actor: str
    action: str
    """noun.verb in the past tense, as in the audit table: reservation.made, barrier.ordered"""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterMoney:
    """What can be done about a stay's money once it is settled."""

    most_refund: Money
    """By all parties, or by the operator alone."""
    disputes: tuple[Dispute, ...] = ()
    chargebacks: tuple[Chargeback, ...] = ()
    debts: tuple[tuple[str, Money], ...] = ()
    """The codes of open debts, with what is owed."""
    corrections: tuple[Correction, ...] = ()
    """What was given back or lost since, oldest first."""


@dataclass(frozen=True, slots=True)
class StayMoney:
    """One stay with every transfer, the balances of its accounts, and its timeline."""

    row: StayRow
    bill: Bill | StayNotPriced | None
    transfers: tuple[TransferRow, ...]
    balances: tuple[Balance, ...]
    timeline: tuple[TimelineRow, ...]
    after: AfterMoney | None = None
    """None where nothing can be said of it."""
