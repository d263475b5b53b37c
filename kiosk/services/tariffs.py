"""Keeps the areas' tariffs in step with their files: a good newer version goes live at once.

Whatever is wrong with a file leaves the tariff that is live as it is, and reservations always
keep the one that they were made with. How a file is read stands in tariff_files/file.py.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.services import limits
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.events import SiteChanged
from kiosk.services.tariff_files.examples import wrong_examples
from kiosk.services.tariff_files.file import TariffFileRefused, read_tariff_file
from kiosk.services.views import RefusedTariff

if TYPE_CHECKING:
    from datetime import date, datetime

    from db.store import Tx
    from kiosk.domain.ids import AreaId
    from kiosk.domain.site import Site
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


class TariffFiles:
    """The tariff files of a site at work; lives on the work thread."""

    def __init__(self, core: Core, files: Mapping[str, Path]) -> None:
        self._core = core
        self._files = files
        """By the area's code."""
        self._stamps: dict[Path, _Stamp] = {}
        self._next_at: datetime | None = None

    def look(self) -> None:
        """Take what has changed since the last look, at most once in TARIFF_LOOK_EVERY_S."""
        now, pause = self._core.clock.now(), timedelta(seconds=limits.TARIFF_LOOK_EVERY_S)
        # A clock that was set back must not silence a new tariff until it has caught up.
        if self._next_at is not None and self._next_at - pause <= now < self._next_at:
            return
        self._next_at = now + pause
        for path in sorted(set(self._files.values())):
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
                if stale:
                    self._check(tx, path, tariff)
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
        """The desk learns at once that areas are not sold any more, and why."""
        core, today = self._core, self._today()
        with core.store.reading() as tx:
            tariffs = {area.code: tx.library.tariff_of(area.id) for area in tx.library.areas()}
        for code, tariff in tariffs.items():
            has_ended = tariff.valid_until is not None and tariff.valid_until <= today
            key = f"ended:{code}"
            if has_ended and key not in core.refused_tariffs:
                what = f"ended on {tariff.valid_until}: area {code} is not sold"
                core.refused_tariffs[key] = RefusedTariff(
                    file=f"{tariff.code} {tariff.version}",
                    why=f"{what}; write a new version",
                    at=core.clock.now(),
                )
                core.publish(SiteChanged())
            elif not has_ended and core.refused_tariffs.pop(key, None) is not None:
                core.publish(SiteChanged())

    def _stale(self, tx: Tx, path: Path, tariff: Tariff) -> list[AreaId]:
        """The areas of the file that are not sold by this tariff yet."""
        return [
            area.id
            for area in tx.library.areas()
            if self._files.get(area.code) == path and tx.library.tariff_of(area.id) != tariff
        ]

    def _check(self, tx: Tx, path: Path, tariff: Tariff) -> None:
        """TariffFileRefused for one that has ended, or changes prices under a version in use."""
        if tariff.valid_until is not None and tariff.valid_until <= self._today():
            text = f"{tariff.valid_until} has passed; the tariff before it stays"
            raise TariffFileRefused([f"{path}: valid_until: {text}"])
        latest = tx.library.latest_tariff(tariff.code)
        if latest is not None and tariff != latest and tariff.version <= latest.version:
            text = f"{latest.version} of {tariff.code} was published with other prices"
            advice = f"raise the version to {latest.version + 1}"
            raise TariffFileRefused([f"{path}: version: {text}; {advice}"])

    def _publish(self, tx: Tx, stale: list[AreaId], tariff: Tariff) -> None:
        """Make it the tariff of these areas."""
        for area_id in stale:
            tariff_id = tx.library.tariff_id(tariff) or tx.library.add_tariff(tariff)
            tx.library.set_tariff(area_id, tariff_id)
            self._core.audit(
                tx,
                actor=_CLOCK,
                action="tariff.published",
                detail=f"{tx.library.area(area_id).code}: {tariff.code} {tariff.version}",
            )

    def _refuse(self, path: Path, refused: TariffFileRefused) -> None:
        core, reason = self._core, str(refused)
        _log.warning("tariff.refused file=%s why=%s", path.name, reason)
        with core.store.transaction() as tx:
            core.audit(tx, actor=_CLOCK, action="tariff.refused", detail=reason)
        core.refused_tariffs[str(path)] = RefusedTariff(
            file=path.name, why=reason.replace(f"{path}: ", ""), at=core.clock.now()
        )
        core.publish(SiteChanged())
