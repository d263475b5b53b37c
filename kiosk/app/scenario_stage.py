"""A site in virtual time with the drivers of a story: their tickets, and their cars in lanes.

It gives the services names for ids; what a verb does with them stands in scenario_verbs.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from hardware.sim.cars import Car
from kiosk.app.scenario_agenda import PlannedEvent
from kiosk.app.scenario_facts import Facts, Names, answer_name, facts_of
from kiosk.app.scenario_file import Scenario
from kiosk.app.scenario_money_tables import ATTENDANT
from kiosk.app.scenario_people import CLERK, DESK, People
from kiosk.app.scenario_words import Seen
from kiosk.app.virtual_site import WAKE_LANES, VirtualSite
from kiosk.domain.ids import (
    AreaId,
    LaneName,
    OfferId,
    OperationKey,
    OwnerId,
    ReservationId,
    SpaceId,
)
from kiosk.domain.life_outcomes import Changed, Moved, RecallPriced, TicketReplaced
from kiosk.domain.money import Money
from kiosk.domain.outcomes import (
    PaymentRunning,
    TicketIssued,
)
from kiosk.domain.reservation import Reservation
from kiosk.domain.space import CarNeeds, SpaceType
from kiosk.services.commands import (
    Actor,
    ActorKind,
    Command,
    TopUpWallet,
)
from kiosk.services.events import (
    GrantReturned,
    PassageReported,
    PaymentFinished,
    Published,
    TicketPresented,
)
from kiosk.services.views import Direction

Answer = TypeVar("Answer")

_BACK_OUT = timedelta(seconds=70)


class Stage:
    """The site of a story at work; `restart` ends it and begins anew on the same files."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self.scenario = scenario
        self._folder = folder
        self._lives = 0
        self._intents = 0
        self._watched = 0
        self._asked: dict[OperationKey, str] = {}
        """Who waits for which answer of a provider."""
        self.site = self._begin(scenario.starts_at - WAKE_LANES)
        self.zone = scenario.site.to_site().zone
        self.currency = scenario.site.to_site().currency
        self.people = People(self.site, scenario)
        self.attendant_id = self.people.attendant_ids[ATTENDANT]
        self.drivers = {driver.name: driver for driver in scenario.drivers}
        self.reservations: dict[str, ReservationId] = {}
        """By the names of the story; a reservation that was refused is not among them."""
        self.owners: dict[str, str] = {}
        """The driver of each reservation."""
        self.tickets: dict[str, TicketIssued] = {}
        """The ticket in the driver's hand, by the name of its reservation."""
        self.cars: dict[str, tuple[LaneName, Car]] = {}
        """The car of a driver that stands in a lane."""
        self.prices: dict[tuple[str, str], RecallPriced] = {}
        """What an owner was last told of a recall, by owner and space."""
        self.names = self._library_names()
        self.space_ids = {label: SpaceId(key) for key, label in self.names.spaces.items()}
        self.owner_ids = {name: OwnerId(key) for key, name in self.names.owners.items()}
        self.area_ids = self._area_ids()
        for driver in scenario.drivers:
            if driver.balance:
                self.top_up(driver.name, driver.balance)

    def close(self) -> None:
        """Close the database."""
        self.site.close()

    def restart(self) -> None:
        """End the program in order and start it again at the same instant; cars drive off."""
        now = self.site.clock.now()
        self.site.close()
        self.cars.clear()
        self._watched = 0
        self.site = self._begin(now)
        self.people.come_back(self.site)

    def do(self, command: Command[Answer]) -> Answer:
        """Ask the services, as a screen would."""
        return self.site.do(command)

    def intent(self) -> str:
        """The name of one press of a button."""
        self._intents += 1
        return f"press-{self._intents}"

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.site.clock.now()

    # -- what is seen

    def seen(self, who: str, outcome: object) -> Seen:
        """An answer as one party sees it; a ticket in it is in the driver's hand from now on."""
        for ticket in _tickets_in(outcome):
            name = self.names.reservations.get(ticket.reservation_id)
            if name is not None:
                self.tickets[name] = ticket
        if isinstance(outcome, PaymentRunning):
            self._asked[outcome.operation_key] = who
        return Seen(who, answer_name(outcome), facts_of(outcome, self.names))

    def watch(self, *, who: str = "") -> list[Seen]:
        """What lanes and providers have told since the last time; `who` stands at the scanner."""
        events, self._watched = self.site.events[self._watched :], len(self.site.events)
        return [seen for event in events for seen in self._told(event, who)]

    def _told(self, event: Published, who: str) -> Iterator[Seen]:
        match event:
            case TicketPresented(lane, outcome):
                yield self.seen(who or f"lane {lane}", outcome)
            case PaymentFinished(key, outcome):
                yield self.seen(self._asked[key], outcome)
            case PassageReported(lane, reservation_id):
                yield Seen(f"lane {lane}", "car-passed", {"who": self._who(reservation_id)})
            case GrantReturned(lane, reservation_id, why):
                facts: Facts = {"why": why, "who": self._who(reservation_id)}
                yield Seen(f"lane {lane}", "passage-returned", facts)
            case _:
                pass

    def _who(self, reservation_id: ReservationId | None) -> str:
        name = self.names.reservations.get(reservation_id) if reservation_id else None
        return "a car" if name is None else self.owners[name]

    # -- cars

    def drive_up(self, who: str, lane: LaneName) -> None:
        """The driver's car comes to a lane, out of another one if it stands there."""
        if self.lane_of(who) not in {None, lane}:
            self.reverse(who)
        if who not in self.cars:
            self.cars[who] = (lane, self.site.car_to(lane))

    def reverse(self, who: str) -> None:
        """The driver's car reverses out of its lane, which comes to rest."""
        lane, car = self.cars.pop(who)
        self.site.lanes[lane].plant.back_out(car)
        self.site.pass_time(_BACK_OUT)

    def drive_on(self, who: str) -> None:
        """The driver's car goes on if the arm goes up; else it stands where it is."""
        if who in self.cars:
            lane, car = self.cars[who]
            self.site.car_through(lane, car)
            if car not in self.site.lanes[lane].plant.cars:
                del self.cars[who]

    def lane_of(self, who: str) -> LaneName | None:
        """The lane in which the driver's car stands."""
        return self.cars[who][0] if who in self.cars else None

    # -- whom and what a name means

    def driver(self, who: str) -> Actor:
        """A driver as an actor."""
        return Actor(ActorKind.DRIVER, who)

    def needs(self, who: str) -> CarNeeds:
        """What a driver's car needs."""
        car = self.drivers[who].car
        return CarNeeds(
            width_mm=car.width_mm,
            length_mm=car.length_mm,
            height_mm=car.height_mm,
            charger=car.charger,
            accessible=car.accessible,
            type=SpaceType(car.type),
        )

    def lane(self, name: str | None, direction: Direction) -> LaneName:
        """A lane by its name, or the first one of a direction."""
        lanes = self.site.core.lanes
        if name is not None:
            return LaneName(name)
        return next(lane.name for lane in lanes.values() if lane.direction is direction)

    def name_of(self, planned: PlannedEvent) -> str:
        """The reservation that an event is about; it has come about."""
        assert planned.reservation is not None
        return planned.reservation

    def reservation(self, name: str) -> Reservation:
        """A reservation as it stands."""
        with self.site.core.store.reading() as tx:
            found = tx.reservations.get(self.reservations[name])
        assert found is not None
        return found

    def latest_offer(self, space: str) -> OfferId | None:
        """The youngest offer of a space."""
        with self.site.core.store.reading() as tx:
            offers = tx.library.offers(self.space_ids[space])
        return offers[-1].id if offers else None

    def keep(self, name: str, reservation_id: ReservationId, *, who: str) -> None:
        """From now on the reservation has a name, and is somebody's."""
        self.reservations[name] = reservation_id
        self.owners[name] = who
        self.names.reservations[reservation_id] = name

    # -- the beginning

    def _begin(self, starts_at: datetime) -> VirtualSite:
        self._lives += 1
        return VirtualSite(
            file=self.scenario.site,
            database=self._folder / "site.db",
            starts_at=starts_at,
            seed=self.scenario.seed * 1000 + self._lives,
            simulator_authorises=self.scenario.site.payments.simulator_authorises,
        )

    def _library_names(self) -> Names:
        with self.site.core.store.reading() as tx:
            return Names(
                reservations={},
                spaces={space.id: space.label for space in tx.library.spaces()},
                areas={area.id: area.name for area in tx.library.areas()},
                owners=_by_number(tx.library.owner_names()),
                drivers=self.people.driver_ids,
                fleets={key: name for name, key in self.people.fleet_ids.items()},
                shops={key: name for name, key in self.people.shop_ids.items()},
            )

    def _area_ids(self) -> Mapping[str, AreaId]:
        with self.site.core.store.reading() as tx:
            return {area.code: area.id for area in tx.library.areas()}

    def top_up(self, who: str, amount: Money) -> object:
        """Cash onto a wallet, at the desk."""
        return self.do(
            TopUpWallet(
                actor=CLERK,
                attendant_id=self.attendant_id,
                desk=DESK,
                pass_code=self.people.pass_of(who, "wallet").pass_code,
                amount=amount,
                intent=self.intent(),
            )
        )


def _tickets_in(outcome: object) -> Iterator[TicketIssued]:
    if isinstance(outcome, TicketIssued):
        yield outcome
    elif isinstance(outcome, Changed | TicketReplaced | Moved):
        yield outcome.ticket


def _by_number(names: Mapping[OwnerId, str]) -> dict[int, str]:
    return {int(key): name for key, name in names.items()}
