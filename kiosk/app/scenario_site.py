"""The small site of a scenario: its spaces, prices and offers, as a site file would found them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.app.board_tables import BoardTable
from kiosk.app.config import SiteFile
from kiosk.app.lane_tables import InputsTable, LaneTable, SerialTable
from kiosk.app.money_tables import payee_plan
from kiosk.app.owner_tables import WEEKDAYS
from kiosk.app.payment_tables import PaymentsTable
from kiosk.app.scanner_table import ScannerTable
from kiosk.app.scenario_money_tables import (
    SmallDeskTable,
    SmallOfflineTable,
    SmallOperatorTable,
    SmallPayoutsTable,
)
from kiosk.app.scenario_tables import (
    DatedTable,
    PriceTable,
    SharedTable,
    SmallAreaTable,
    SmallOwnerTable,
    SmallSiteTable,
    TimesTable,
)
from kiosk.app.scenario_times import read_local
from kiosk.domain.offer import (
    LocalSpan,
    OfferState,
    OfferTerms,
    OfferTimes,
    SharedWindow,
    weekly,
)
from kiosk.domain.payee import PayeePlan
from kiosk.domain.settlement import SplitTerms
from kiosk.domain.site import Rules, Site
from kiosk.domain.space import OwnerKind, SpaceType
from kiosk.domain.tariff import Tariff
from kiosk.services.found_site import AreaPlan, OwnerPlan, RowPlan, SitePlan
from kiosk.services.refused import TariffFileRefused
from kiosk.services.tariffs import read_site_tariffs

_NUMBER = 1
_SHARED_FROM = date(2020, 1, 6)
"""Weekly windows have no first day; tickets begin in 2020, too."""
_AISLE_MM = 6000


@dataclass(frozen=True, slots=True)
class SmallSite:
    """A site written out in the scenario itself; every lane is simulated."""

    table: SmallSiteTable
    rules: Rules
    area: tuple[SmallAreaTable, ...]
    owner: tuple[SmallOwnerTable, ...]
    tariffs: Mapping[str, Tariff]
    splits: Mapping[str, SplitTerms]
    operator: SmallOperatorTable
    desk: SmallDeskTable
    offline: SmallOfflineTable
    payouts: SmallPayoutsTable

    @property
    def payments(self) -> PaymentsTable:
        """What the card provider does with deposits."""
        authorises = self.table.payments == "authorise"
        return PaymentsTable(simulator=True, simulator_authorises=authorises)

    @property
    def lane(self) -> tuple[LaneTable, ...]:
        """The ways in, then the ways out."""
        return tuple(_lane(name) for name in lane_names(self.table))

    def to_site(self) -> Site:
        """Who and where it is, with its rules."""
        site = Site(
            number=_NUMBER,
            name=self.table.name,
            zone=ZoneInfo(self.table.zone),
            currency=self.table.currency,
            rules=self.rules,
            holidays=frozenset(self.table.holidays),
            offline=self.offline.to_limits(),
            keeps_shifts=self.desk.shifts,
            payouts=self.payouts.to_terms(),
        )
        alone = self.desk.refund_two_persons_above
        return site if alone is None else replace(site, refund_two_persons_above_minor=alone.minor)

    def to_plan(self) -> SitePlan:
        """What it is founded with."""
        return SitePlan(
            areas=tuple(map(self._area, self.area)), owners=tuple(map(self._owner, self.owner))
        )

    def to_payees(self) -> PayeePlan:
        """Whom receipts and payouts name."""
        return payee_plan(self.operator, self.owner, site_name=self.table.name)

    def tariff_files(self) -> dict[str, Path]:
        """None: the prices of a story do not change while it is told."""
        return {}

    def owners_tariff_files(self) -> dict[str, Path]:
        """None either."""
        return {}

    def _area(self, area: SmallAreaTable) -> AreaPlan:
        rows = [
            RowPlan(
                x_mm=0,
                y_mm=number * _AISLE_MM,
                count=len(line.labels),
                space_width_mm=line.width_mm,
                space_depth_mm=line.length_mm,
                owners=(line.owner,),
                accessible=_all(line.labels) if line.accessible else frozenset(),
                charger=_all(line.labels) if line.charger else frozenset(),
                height_mm=line.height_mm,
                is_covered=line.covered,
                type=SpaceType(line.type),
                labels=line.labels,
            )
            for number, line in enumerate(area.spaces)
        ]
        return AreaPlan(
            code=area.code,
            name=area.name or area.code,
            level=area.level,
            width_mm=max(row.count * row.space_width_mm for row in rows),
            depth_mm=sum(max(row.space_depth_mm, _AISLE_MM) for row in rows),
            tariff=self.tariffs[area.tariff or next(iter(self.tariffs))],
            split_terms=self.splits[area.split or next(iter(self.splits))],
            rows=tuple(rows),
        )

    def _owner(self, owner: SmallOwnerTable) -> OwnerPlan:
        is_shared = bool(owner.offer or owner.dated)
        return OwnerPlan(
            name=owner.name,
            kind=OwnerKind(owner.kind),
            times=offer_times(owner) if is_shared else None,
            terms=offer_terms(owner),
            tariff=self.tariffs[owner.tariff] if owner.tariff else None,
            split_terms=self.splits[owner.split] if owner.split else None,
            state=OfferState(owner.state),
        )


def lane_names(table: SmallSiteTable) -> tuple[str, ...]:
    """entry, entry-2, exit, exit-2 ..."""
    return tuple(
        direction if number == 1 else f"{direction}-{number}"
        for direction, count in (("entry", table.entries), ("exit", table.exits))
        for number in range(1, count + 1)
    )


def labels_of(site: SmallSite | SiteFile) -> tuple[str, ...]:
    """The labels of all spaces, also of a whole site file, whose spaces are numbered."""
    if isinstance(site, SmallSite):
        return tuple(label for area in site.area for line in area.spaces for label in line.labels)
    return tuple(
        f"{area.code}{number:02d}"
        for area in site.area
        for number in range(1, sum(row.count for row in area.row) + 1)
    )


def offer_times(shared: TimesTable) -> OfferTimes:
    """When a space is shared, as the tables say it; whether it can be kept is asked elsewhere."""
    return OfferTimes(
        windows=(
            *(
                weekly(
                    (WEEKDAYS.index(day) for day in offer.weekdays),
                    from_local=offer.from_local,
                    until_local=offer.until_local,
                    first_day=_SHARED_FROM,
                )
                for offer in shared.offer
            ),
            *(SharedWindow(_span(dated)) for dated in shared.dated),
        ),
        except_days=frozenset(shared.except_days),
        blackouts=tuple(map(_span, shared.blackouts)),
        skips_holidays=shared.skips_holidays,
    )


def offer_terms(shared: SharedTable) -> OfferTerms:
    """On which terms it is shared, without the ids of its own tariff and split."""
    shortest, longest = shared.shortest_stay_minutes, shared.longest_stay_minutes
    return OfferTerms(
        notice=timedelta(minutes=shared.notice_minutes),
        shortest=None if shortest is None else timedelta(minutes=shortest),
        longest=None if longest is None else timedelta(minutes=longest),
    )


def read_tariffs(
    prices: Mapping[str, PriceTable], *, site: Site, folder: Path
) -> dict[str, Tariff]:
    """The tariff of each table; TariffFileRefused names each wrong key by its table.

    A simple price is written out as a tariff file, so that one reader checks them all.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-scenario-") as scratch:
        paths: dict[str, Path] = {}
        for number, (name, price) in enumerate(prices.items(), start=1):
            if price.file is not None:
                paths[name] = folder / price.file
            else:
                paths[name] = Path(scratch) / f"{number}.toml"
                text = _tariff_text(price, code=f"price-{number}", site=site)
                paths[name].write_text(text, encoding="utf-8")
        try:
            found = read_site_tariffs(paths.values(), site)
        except TariffFileRefused as refused:
            raise TariffFileRefused(_named(refused.lines, paths)) from refused
    return {name: found[path] for name, path in paths.items()}


def _named(lines: Iterable[str], paths: Mapping[str, Path]) -> list[str]:
    """The lines of a refusal with the tables of the scenario instead of the files' paths."""
    named = []
    for line in lines:
        for name, path in paths.items():
            line = line.replace(str(path), f"tariff.{name}")  # noqa: PLW2901
        named.append(line)
    return named


def _tariff_text(price: PriceTable, *, code: str, site: Site) -> str:
    lines = [
        f'code = "{code}"',
        "version = 1",
        f'zone = "{site.zone.key}"',
        f'currency = "{site.currency}"',
        'blocks = "run-through"',
        f"tax = {{ percent = {price.tax_percent} }}",
    ]
    if price.free_minutes is not None:
        lines.append(f"free = {{ minutes = {price.free_minutes} }}")
    lines += ["[[band]]", 'name = "Parking"', "[[band.row]]"]
    lines += [f"price = {price.price}", f"per_minutes = {price.per_minutes}"]
    if price.day_maximum is not None:
        lines += ["[[cap]]", 'scope = "rolling-24h"', f"price = {price.day_maximum}"]
        lines.append("restarts_blocks = true")
    if price.overstay_multiplier != Decimal(1) or price.overstay_cap is not None:
        lines += ["[overstay]", f"multiplier = {price.overstay_multiplier}"]
    if price.overstay_cap is not None:
        lines.append(f"cap = {price.overstay_cap}")
    if price.lost_ticket is not None:
        lines += ["[lost_ticket]", 'rule = "flat"', f"price = {price.lost_ticket}"]
    if price.validated_minutes is not None:
        lines += ["[[discount]]", 'name = "Validated"', f"minutes = {price.validated_minutes}"]
    return "\n".join(lines) + "\n"


def _span(dated: DatedTable) -> LocalSpan:
    return LocalSpan(read_local(dated.from_), read_local(dated.until))


def _all(labels: tuple[str, ...]) -> frozenset[int]:
    return frozenset(range(1, len(labels) + 1))


def _lane(name: str) -> LaneTable:
    device = SerialTable(port="sim")
    return LaneTable(
        name=name,
        direction="entry" if name.startswith("entry") else "exit",
        board=BoardTable(port="sim"),
        inputs=InputsTable(arming=1, under_arm=2, open_limit=3, closed_limit=4),
        scanner=ScannerTable(port="sim"),
        printer=device,
    )
