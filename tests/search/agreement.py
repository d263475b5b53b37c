"""The idle search of the product beside the slow one, on the same libraries; it takes no side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from db.open import open_store
from db.store import Store, Tx
from kiosk.domain.ids import OwnerId, ReservationId
from kiosk.domain.money import Money
from kiosk.domain.offer import LocalSpan, OfferTimes, SharedWindow
from kiosk.domain.reservation import LIVE, Event, PendingChange, State
from kiosk.domain.search import Proposal
from kiosk.domain.search_outcomes import LibrarySearched
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.site import Rules, Site
from kiosk.domain.time import Window
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.life_commands import SearchLibrary
from kiosk.services.search import searched
from tests.fakes.tariffs import simple_tariff
from tests.search.libraries import (
    Question,
    RandomLibrary,
    SharedSpace,
    Span,
    Taken,
    random_library,
)
from tests.search.oracle import Part, SlowAnswer, SlowSearch, part, tick

_TARIFF = simple_tariff("standard", block_minutes=60, price_minor=200, cap_minor=2_000)
_SPLIT = SplitTerms(1_500, 1_900, 1_000)
_DRIVER = Actor(ActorKind.DRIVER, "entry")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TO_CONFIRMED = (Event.DEPOSIT_PAID,)
_TO_ARRIVED = (*_TO_CONFIRMED, Event.ENTRY_PASSAGE)
_TO_SETTLED = (*_TO_ARRIVED, Event.EXIT_SETTLED)
_LEADS_TO = {
    State.PENDING: (),
    State.CONFIRMED: _TO_CONFIRMED,
    State.ARRIVED: _TO_ARRIVED,
    State.SETTLED: _TO_SETTLED,
    State.LEFT: (*_TO_SETTLED, Event.EXIT_PASSAGE),
    State.EXPIRED: (Event.PENDING_RAN_OUT,),
    State.CANCELLED: (Event.DRIVER_CANCELLED,),
    State.NO_SHOW: (*_TO_CONFIRMED, Event.START_MISSED),
    State.SUBSTITUTED: (*_TO_CONFIRMED, Event.LINKED),
    State.DISPLACED: (*_TO_CONFIRMED, Event.SITE_FAILED),
    State.OWNER_RECALLED: (*_TO_CONFIRMED, Event.OWNER_RECALLED),
}


class _EnoughSeenError(Exception):
    """Ends a transaction so that nothing of it stays."""


@contextmanager
def passing_store() -> Iterator[Store]:
    """An empty store on a file that is gone afterwards."""
    with (
        TemporaryDirectory() as folder,
        closing(open_store(str(Path(folder) / "site.db"))) as store,
    ):
        yield store


@contextmanager
def written(store: Store, library: RandomLibrary, *, is_kept: bool) -> Iterator[Tx]:
    """The library in the store until the block ends.

    Its idle gaps are kept from commitment to commitment, or built once at the end.
    """
    try:
        with store.transaction() as tx:
            _write(tx, library, is_kept=is_kept)
            yield tx
            raise _EnoughSeenError
    except _EnoughSeenError:
        pass


def site_of(library: RandomLibrary) -> Site:
    """The site with the rules of a library."""
    rules = Rules(
        buffer=library.buffer,
        late_grace=min(library.buffer, timedelta(minutes=15)),
        minimum_stay=library.minimum_stay,
        booking_ahead=library.booking_ahead,
        walk_up_quota_bp=library.walk_up_quota_bp,
        reseat_ahead=library.reseat_ahead,
    )
    return Site(1, "Random", library.zone, "EUR", rules, library.holidays)


def _write(tx: Tx, library: RandomLibrary, *, is_kept: bool) -> None:
    stored = tx.library
    tariff_id, split_id = stored.add_tariff(_TARIFF), stored.add_split_terms(_SPLIT)
    for area_id in library.areas:
        stored.add_area(
            code=f"{area_id}",
            name="Area",
            level=0,
            width_mm=1,
            depth_mm=1,
            tariff_id=tariff_id,
            split_terms_id=split_id,
        )
    owner_id = stored.add_owner("Owner")
    stored.set_holidays(library.holidays)
    for space in library.spaces:
        _add_space(tx, space, owner_id)
        if is_kept:
            _renew(tx, library, space, library.built)
        _take(tx, library, space, is_kept=is_kept)
        if not is_kept:
            _renew(tx, library, space, library.built)


def _add_space(tx: Tx, space: SharedSpace, owner_id: OwnerId) -> None:
    added = tx.library.add_space(
        area_id=space.area_id,
        owner_id=owner_id,
        label=f"{space.id}",
        rank=space.rank,
        x_mm=0,
        y_mm=0,
        width_mm=space.width_mm,
        depth_mm=space.depth_mm,
        has_charger=space.has_charger,
        is_accessible=space.is_accessible,
        height_mm=space.height_mm,
        type=space.type,
    )
    assert added == space.id
    if space.offer is not None:
        times = OfferTimes(
            windows=tuple(_shared(span) for span in space.windows),
            except_days=space.except_days,
            blackouts=tuple(LocalSpan(span.starts, span.ends) for span in space.blackouts),
            needed=tuple(_shared(span) for span in space.needed),
            skips_holidays=space.skips_holidays,
        )
        tx.library.add_offer(space.id, times, terms=space.terms, state=space.offer)


def _shared(span: Span) -> SharedWindow:
    if not span.weekdays:
        return SharedWindow(LocalSpan(span.starts, span.ends))
    days = ",".join(_DAYS[day] for day in sorted(span.weekdays))
    every = f";INTERVAL={span.every_weeks}" if span.every_weeks > 1 else ""
    rule = f"FREQ=WEEKLY{every};BYDAY={days}"
    return SharedWindow(LocalSpan(span.starts, span.ends), rule, span.except_days)


def _renew(tx: Tx, library: RandomLibrary, space: SharedSpace, span: Window) -> None:
    tx.library.renew_gaps(space.id, span, zone=library.zone, buffer=library.buffer)


def _take(tx: Tx, library: RandomLibrary, space: SharedSpace, *, is_kept: bool) -> None:
    """As reserving, ending, changing and closing do; what others keep in step is kept."""
    for taken in space.reserved:
        reservation_id = _reserve(tx, space, taken, is_kept=is_kept, library=library)
        for event in _LEADS_TO[taken.state]:
            tx.reservations.apply(reservation_id, event)
        if is_kept and taken.state not in LIVE:
            _renew(tx, library, space, taken.window.widened(library.buffer))
    for window in space.changes:
        _put_change(tx, space, window)
        if is_kept:
            _renew(tx, library, space, window.widened(library.buffer))
    for window in space.closed:
        tx.library.close_space(space.id, window, reason="works")
        if is_kept:
            _renew(tx, library, space, window)


def _reserve(
    tx: Tx, space: SharedSpace, taken: Taken, *, is_kept: bool, library: RandomLibrary
) -> ReservationId:
    window = taken.window
    gap = None
    if is_kept:
        gap = tx.library.take_gap(
            space.id, window, now=library.now, ahead=library.reseat_ahead, buffer=library.buffer
        )
    reservation_id = tx.reservations.add(
        space_id=space.id,
        vehicle_id=tx.reservations.vehicle_id_for("B AB 1"),
        window=window,
        quote=Money(400, "EUR"),
        pay_until=window.from_,
        short_code=f"{space.id}{tick(window.from_)}{tick(window.until)}{len(space.reserved)}",
        created_at=window.from_ - taken.is_for_later * timedelta(minutes=1),
    )
    if is_kept and gap is None:
        _renew(tx, library, space, window.widened(library.buffer))
    return reservation_id


def _put_change(tx: Tx, space: SharedSpace, window: Window) -> None:
    """Of a reservation that was made long ago and is over."""
    long_ago = Window(window.from_ - timedelta(days=30), window.until - timedelta(days=30))
    reservation_id = tx.reservations.add(
        space_id=space.id,
        vehicle_id=tx.reservations.vehicle_id_for("B AB 2"),
        window=long_ago,
        quote=Money(400, "EUR"),
        pay_until=window.from_,
        short_code=f"change {space.id}",
        created_at=long_ago.from_,
    )
    change = PendingChange(reservation_id, space.id, window, Money(500, "EUR"), 1, 1, window.from_)
    tx.changes.put(change)


def gaps_of(tx: Tx, library: RandomLibrary) -> list[tuple[Window, ...]]:
    """The idle gaps of every space within the time for which they are built."""
    return [
        tuple(
            inside
            for gap in tx.library.gaps(space.id, library.built)
            if (inside := gap.inside(library.built)) is not None
        )
        for space in library.spaces
    ]


def product_answer(tx: Tx, library: RandomLibrary, question: Question) -> SlowAnswer:
    """What the product says, in the words of the oracle."""
    command = SearchLibrary(
        actor=_DRIVER,
        area_ids=question.area_ids,
        window=question.window,
        needs=question.needs,
    )
    answer = searched(site_of(library), tx, command, now=library.now)
    assert isinstance(answer, LibrarySearched)
    end = tick(library.built.until)
    return SlowAnswer(
        found=tuple((each.space.id, min(tick(each.leave_by), end)) for each in answer.found),
        reasons={each.space.id: (each.reason, each.misfit) for each in answer.not_offered},
        other_areas=answer.other_areas,
        earlier=_part(answer.proposals.earlier),
        later=_part(answer.proposals.later),
        shorter=_part(answer.proposals.shorter),
        in_two=tuple(part(each.space_id, each.window) for each in answer.proposals.in_two),
    )


def _part(proposal: Proposal | None) -> Part | None:
    return None if proposal is None else part(proposal.space_id, proposal.window)


@dataclass(slots=True)
class Comparison:
    """What a range of seeds has shown."""

    libraries: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    """How many questions found something, and how many of each proposal and reason there were."""
    disagreements: list[str] = field(default_factory=list)
    """Everything that is needed to see them again."""

    def add(self, other: Comparison) -> None:
        """Both together."""
        self.libraries += other.libraries
        self.seen += other.seen
        self.disagreements += other.disagreements

    def in_words(self) -> str:
        """One line for whoever waited for it."""
        seen = ", ".join(f"{count} {what}" for what, count in self.seen.most_common())
        return f"{self.libraries} libraries, {len(self.disagreements)} disagreements ({seen})"


def compare(seeds: range) -> Comparison:
    """The product and the oracle on the libraries of these seeds."""
    result = Comparison()
    with passing_store() as store:
        for seed in seeds:
            library = random_library(seed)
            result.libraries += 1
            _compare_one(result, store, library, seed)
    return result


def _compare_one(result: Comparison, store: Store, library: RandomLibrary, seed: int) -> None:
    slow = SlowSearch(library)
    with written(store, library, is_kept=bool(seed % 2)) as tx:
        if seed % 2:
            kept = gaps_of(tx, library)
            for space in library.spaces:
                _renew(tx, library, space, library.built)
            if kept != gaps_of(tx, library):
                result.disagreements.append(f"random_library({seed}): gaps kept and rebuilt")
        for number, question in enumerate(library.questions):
            right, found = slow.answer(question), product_answer(tx, library, question)
            _count(result.seen, right)
            if not _agree(slow, question, right, found):
                result.disagreements.append(
                    f"random_library({seed}).questions[{number}]: {question}\n"
                    f"  oracle  {right}\n  product {found}"
                )


def _agree(slow: SlowSearch, question: Question, right: SlowAnswer, found: SlowAnswer) -> bool:
    """Equal; only where walk-ups keep the nearest proposal from being one, another one will do.

    The product looks at one window of each gap, and the quota may want the next one.
    """
    if right == found:
        return True
    whatever = slow.answer(question, has_quota=False)
    proposals = ("earlier", "later", "shorter", "in_two")
    return (
        right.found == found.found
        and right.reasons == found.reasons
        and right.other_areas == found.other_areas
        and all(
            getattr(right, each) == getattr(found, each)
            or getattr(right, each) != getattr(whatever, each)
            for each in proposals
        )
        and all(slow.is_possible(each) for each in found.proposed)
    )


def _count(seen: Counter[str], answer: SlowAnswer) -> None:
    seen["questions"] += 1
    seen["found" if answer.found else "nothing found"] += 1
    for what in ("earlier", "later", "shorter", "in_two", "other_areas"):
        seen[what] += bool(getattr(answer, what))
    for reason, _ in answer.reasons.values():
        seen[reason.value] += 1
