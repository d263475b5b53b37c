"""The site of the entry window's tests: its areas and spaces, and what the core answers there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.domain.ids import AreaId, GrantToken, LaneName, OwnerId, ReservationId, SpaceId
from kiosk.domain.money import Money
from kiosk.domain.outcomes import Granted, Reserved, TicketIssued
from kiosk.domain.search import Proposal, Proposals
from kiosk.domain.search_outcomes import (
    AreasShown,
    AreaSummary,
    NothingIdle,
    PlanSpace,
    SpacesFound,
)
from kiosk.domain.site import Site
from kiosk.domain.space import Area, Space
from kiosk.domain.time import Window
from kiosk.services.commands import Reserve
from kiosk.services.views import Direction, LaneStatus
from tests.fakes.tariffs import priced, simple_tariff

LANE = LaneName("entry-1")
NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
"""Quarter past nine in the morning, the day after tomorrow."""
SITE = Site(7, "Altmarkt", ZoneInfo("Europe/Berlin"), "EUR")
DAY = simple_tariff("day", block_minutes=60, price_minor=200, cap_minor=1200)
CHEAP = simple_tariff("cheap", block_minutes=60, price_minor=150, cap_minor=900)
AREAS = (
    Area(AreaId(1), "L1", "Level 1", 1, 42_000, 33_000),
    Area(AreaId(2), "L2", "Level 2", 2, 42_000, 33_000),
    Area(AreaId(3), "C", "Courtyard", 0, 30_000, 17_000),
)
SHOWN = AreasShown(
    (
        AreaSummary(AREAS[0], 18, DAY),
        AreaSummary(AREAS[1], 31, CHEAP),
        AreaSummary(AREAS[2], 0, DAY),
    ),
    NOW,
)
PASS = "abcd2345"
PIN = "204816"
ROWS_Y_MM = (1000, 12_000, 17_000, 27_000)


def space(number: int) -> Space:
    """Space 1 to 44 of level 1: four rows of eleven along two aisles."""
    row, place = divmod(number - 1, 11)
    return Space(
        id=SpaceId(number),
        area_id=AREAS[0].id,
        owner_id=OwnerId(number % 3 + 1),
        label=f"{'ABCD'[row]}{place + 1}",
        rank=number,
        x_mm=5_000 + place * 2_900,
        y_mm=ROWS_Y_MM[row],
        width_mm=2_700,
        depth_mm=5_000,
        has_charger=number in {3, 14},
        is_accessible=number == 1,
    )


def found(
    *, minutes: int = 120, taken: frozenset[int] = frozenset(), at: datetime = NOW
) -> SpacesFound:
    """Every third space is taken, and those that the test wants taken."""
    window = Window(at, at + timedelta(minutes=minutes))
    plan = [
        PlanSpace(space(number), True, NOW + timedelta(hours=5, minutes=55))
        if number % 3 and number not in taken
        else PlanSpace(space(number), False, None)
        for number in range(1, 45)
    ]
    best = SpaceId(17) if 17 not in taken else SpaceId(19)
    return SpacesFound(AREAS[0], window, priced(DAY, window), tuple(plan), best)


def nothing_but() -> NothingIdle:
    """Nothing fits two hours from now on; everything that can come near is there."""

    def of(number: int, from_minutes: int, until_minutes: int) -> Proposal:
        window = Window(
            NOW + timedelta(minutes=from_minutes), NOW + timedelta(minutes=until_minutes)
        )
        return Proposal(SpaceId(number), window)

    proposals = Proposals(
        earlier=None,
        later=of(19, 40, 160),
        shorter=of(20, 0, 75),
        in_two=(of(22, 0, 75), of(23, 75, 120)),
    )
    others = (AREAS[1].id, AREAS[2].id)
    return NothingIdle(AREAS[0], found().window, others, proposals)


def reserved(command: Reserve) -> Reserved:
    """The core keeps the space that was asked for."""
    starts_at = command.starts_at or NOW
    window = Window(starts_at, starts_at + timedelta(minutes=command.duration_minutes))
    return Reserved(
        reservation_id=ReservationId(77),
        area=AREAS[0],
        space=space(int(command.space_id)),
        window=window,
        plate=command.plate,
        quote=priced(DAY, window),
        leave_by=NOW + timedelta(hours=5),
        pay_until=NOW + timedelta(minutes=10),
        free_until=window.until + timedelta(minutes=15),
    )


def ticket(number: int = 17, reservation_id: int = 77, *, at: datetime = NOW) -> TicketIssued:
    """A paid ticket for a space of level 1."""
    return TicketIssued(
        reservation_id=ReservationId(reservation_id),
        text="P1/ABCDEFGHIJKLMNOPQRSTUVWXYZ234567ABCDEFG",
        short_code="k7mp2xqa",
        area=AREAS[0],
        space=space(number),
        window=Window(at, at + timedelta(hours=2)),
        plate="DDAB1234",
        deposit=Money(400, "EUR"),
    )


def granted(*, moved_from: Space | None = None) -> Granted:
    """The ticket of reservation 77 was scanned and is good."""
    paid = ticket()
    return Granted(
        token=GrantToken("g1"),
        reservation_id=paid.reservation_id,
        area=paid.area,
        space=paid.space,
        window=paid.window,
        moved_from=moved_from,
    )


def lane_status(phase: str = "idle", lane: LaneName = LANE, *, arming: bool = False) -> LaneStatus:
    """The entry lane in this phase."""
    return LaneStatus(
        lane=lane,
        direction=Direction.ENTRY,
        phase=phase,
        arming=arming,
        under_arm=False,
        open_limit=False,
        closed_limit=True,
        alarms=(),
        reservation_id=None,
    )
