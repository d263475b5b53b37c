"""Keeps tariffs of areas and owners in step with their files: a newer version goes live at once.

Whatever is wrong with a file leaves the tariff that is live as it is, and reservations always
keep the one that they were made with. How a file is read stands in tariff_files/file.py.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.offer import OfferState
from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import SiteChanged
from kiosk.services.tariff_files.examples import wrong_examples
from kiosk.services.tariff_files.file import TariffFileRefused, read_tariff_file
from kiosk.services.views import RefusedTariff

if TYPE_CHECKING:
    from datetime import date, datetime

    from db.store import Tx
    from kiosk.domain.ids import OwnerId
    from kiosk.domain.offer import Offer
    from kiosk.domain.site import Site
    from kiosk.domain.space import Area
    from kiosk.domain.tariff import Tariff
    from kiosk.services.core import Core

_log = logging.getLogger(__name__)
_CLOCK = Actor(ActorKind.CLOCK, "tariffs")


def read_site_tariffs(paths: Iterable[Path], site: Site) -> dict[Path, Tariff]:
    """The tariff of each file, all of which a site can sell by; else TariffFileRefused."""
    found: dict[Path, Tariff] = {}
    lines: list[str] = []
    for path in sorted(set(paths)):
        try:
            tariff = _read(path, site)
        except TariffFileRefused as refused:
            lines += refused.lines
            continue
        for other, known in found.items():
            is_same_name = (known.code, known.version) == (tariff.code, tariff.version)
            if is_same_name and known != tariff:
                lines.append(f"{path}: code: {other} has it already; give each tariff its own")
        found[path] = tariff
    if lines:
        raise TariffFileRefused(lines)
    return found


def _read(path: Path, site: Site) -> Tariff:
    """The tariff of one file; TariffFileRefused where this site could not sell by it."""
    file = read_tariff_file(path)
    tariff = file.tariff
    lines = [f"{path}: {text}; mend it or the prices" for text in wrong_examples(file)]
    if tariff.zone != site.zone.key:
        lines.append(f"{path}: zone: should be the site's, {site.zone.key}")
    if tariff.currency != site.currency:
        lines.append(f"{path}: currency: should be the site's, {site.currency}")
    lines += [
        f"{path}: band.{number}.unstated: a site sells no time without a price; give it rows"
        for number, band in enumerate(tariff.bands, start=1)
        if band.unstated
    ]
    if lines:
        raise TariffFileRefused(lines)
    return tariff


def problem_of_version(tx: Tx, tariff: Tariff, *, today: date) -> str | None:
    """Why it cannot go live: it has ended, or changes prices under a version in use."""
    if _has_ended(tariff, today):
        return f"valid_until: {tariff.valid_until} has passed; the tariff before it stays"
    latest = tx.library.latest_tariff(tariff.code)
    if latest is not None and tariff != latest and tariff.version <= latest.version:
        text = f"{latest.version} of {tariff.code} was published with other prices"
        return f"version: {text}; raise the version to {latest.version + 1}"
    return None


def stored_tariff(tx: Tx, tariff: Tariff) -> int:
    """The id of a tariff, which is stored when it is new."""
    return tx.library.tariff_id(tariff) or tx.library.add_tariff(tariff)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """By what a changed file is known without reading it; both None: it is not there."""

    changed_ns: int | None
    size_bytes: int | None

    @classmethod
    def of(cls, path: Path) -> _Stamp:
        try:
            found = path.stat()
        except OSError:
            return cls(None, None)
        return cls(found.st_mtime_ns, found.st_size)


@dataclass(frozen=True, slots=True)
class _Stale:
    """What is not sold by the tariff of its file yet."""

    areas: list[Area]
    offers: list[Offer]

    def __bool__(self) -> bool:
        return bool(self.areas or self.offers)


def _ended(tx: Tx, *, today: date) -> Iterator[tuple[Tariff, str]]:
    """Each live tariff that has ended, with what is sold by it: an area, or an owner's spaces."""
    for area in tx.library.areas():
        tariff = tx.library.tariff_of(area.id)
        if _has_ended(tariff, today):
            yield tariff, f"area {area.code}"
    labels: dict[tuple[OwnerId, Tariff], list[str]] = {}
    for space_id, tariff in tx.library.own_tariffs().items():
        if _has_ended(tariff, today):
            space = tx.library.space(space_id)
            labels.setdefault((space.owner_id, tariff), []).append(space.label)
    names = tx.library.owner_names()
    for (owner_id, tariff), found in labels.items():
        yield tariff, f"what {names[owner_id]} shares ({', '.join(sorted(found))})"


def _has_ended(tariff: Tariff, today: date) -> bool:
    return tariff.valid_until is not None and tariff.valid_until <= today


class TariffFiles:
    """The tariff files of a site at work; lives on the work thread.

    An area is sold by its file. So is each offer with a tariff of its own, whose file is that of
    its owner; an offer without one is sold by its area's, whatever file the owner has.
    """

    def __init__(
        self, core: Core, *, areas: Mapping[str, Path], owners: Mapping[str, Path]
    ) -> None:
        self._core = core
        self._areas = areas
        """By the area's code."""
        self._owners = owners
        """By the owner's name."""
        self._stamps: dict[Path, _Stamp] = {}
        self._next_at: datetime | None = None

    def look(self) -> None:
        """Take what has changed since the last look, at most once in TARIFF_LOOK_EVERY_S."""
        now, pause = self._core.clock.now(), timedelta(seconds=limits.TARIFF_LOOK_EVERY_S)
        # A clock that was set back must not silence a new tariff until it has caught up.
        if self._next_at is not None and self._next_at - pause <= now < self._next_at:
            return
        self._next_at = now + pause
        for path in sorted({*self._areas.values(), *self._owners.values()}):
            stamp = _Stamp.of(path)
            if self._stamps.get(path) != stamp and self._is_settled(path):
                self._stamps[path] = stamp
        self._tell_ended()

    def _is_settled(self, path: Path) -> bool:
        """Take or refuse a file; False for one that begins on a later date, to be looked at again.

        Until then the tariff before it is sold by.
        """
        core = self._core
        try:
            tariff = _read(path, core.site)
            is_begun = tariff.valid_from is None or tariff.valid_from <= self._today()
            with core.store.transaction() as tx:
                stale = self._stale(tx, path, tariff)
                problem = problem_of_version(tx, tariff, today=self._today()) if stale else None
                if problem is not None:
                    raise TariffFileRefused([f"{path}: {problem}"])
                if is_begun:
                    self._publish(tx, stale, tariff)
        except TariffFileRefused as refused:
            self._refuse(path, refused)
            return True
        if core.refused_tariffs.pop(str(path), None) is not None or (is_begun and stale):
            core.publish(SiteChanged())
        return is_begun

    def _today(self) -> date:
        return self._core.clock.now().astimezone(self._core.site.zone).date()

    def _tell_ended(self) -> None:
        """The desk learns at once what is not sold any more, and why."""
        core, today = self._core, self._today()
        with core.store.reading() as tx:
            ended = {
                f"ended:{tariff.code} {tariff.version}:{what}": (tariff, what)
                for tariff, what in _ended(tx, today=today)
            }
        told = {key for key in core.refused_tariffs if key.startswith("ended:")}
        for key in told - ended.keys():
            del core.refused_tariffs[key]
        for key, (tariff, what) in ended.items():
            if key not in told:
                why = f"ended on {tariff.valid_until}: {what} is not sold"
                core.refused_tariffs[key] = RefusedTariff(
                    file=f"{tariff.code} {tariff.version}",
                    why=f"{why}; write a new version",
                    at=core.clock.now(),
                )
        if told != ended.keys():
            core.publish(SiteChanged())

    def _stale(self, tx: Tx, path: Path, tariff: Tariff) -> _Stale:
        """The areas and the offers of the file that are not sold by this tariff yet."""
        areas = [
            area
            for area in tx.library.areas()
            if self._areas.get(area.code) == path and tx.library.tariff_of(area.id) != tariff
        ]
        names, tariff_id = tx.library.owner_names(), tx.library.tariff_id(tariff)
        offers = [
            offer
            for space in tx.library.spaces()
            if self._owners.get(names[space.owner_id]) == path
            for offer in tx.library.offers(space.id)
            if offer.state is not OfferState.WITHDRAWN
            and offer.terms.tariff_id not in {None, tariff_id}
        ]
        return _Stale(areas, offers)

    def _publish(self, tx: Tx, stale: _Stale, tariff: Tariff) -> None:
        """Make it the tariff of these areas and offers; what is reserved already keeps its own."""
        if not stale:
            return
        tariff_id = stored_tariff(tx, tariff)
        for area in stale.areas:
            tx.library.set_tariff(area.id, tariff_id)
            self._audit_published(tx, area.code, tariff)
        for offer in stale.offers:
            tx.library.set_offer_terms(offer.id, replace(offer.terms, tariff_id=tariff_id))
            self._audit_published(tx, tx.library.space(offer.space_id).label, tariff)

    def _audit_published(self, tx: Tx, what: str, tariff: Tariff) -> None:
        detail = f"{what}: {tariff.code} {tariff.version}"
        self._core.audit(tx, actor=_CLOCK, action="tariff.published", detail=detail)

    def _refuse(self, path: Path, refused: TariffFileRefused) -> None:
        core, reason = self._core, str(refused)
        _log.warning("tariff.refused file=%s why=%s", path.name, reason)
        with core.store.transaction() as tx:
            core.audit(tx, actor=_CLOCK, action="tariff.refused", detail=reason)
        core.refused_tariffs[str(path)] = RefusedTariff(
            file=path.name, why=reason.replace(f"{path}: ", ""), at=core.clock.now()
        )
        core.publish(SiteChanged())
