"""Reads a site file (TOML) into frozen values; a wrong key is named by its path.

Read once by kiosk.app; the layers below get plain domain values.
"""

from __future__ import annotations

import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, model_validator

from kiosk.app.audit_table import AuditTable
from kiosk.app.board_tables import BusTable, Table
from kiosk.app.errors import ConfigError
from kiosk.app.lane_check import wiring_faults
from kiosk.app.lane_tables import LaneTable
from kiosk.app.money_tables import OperatorTable, PayoutsTable, payee_plan
from kiosk.app.owner_tables import Minutes, OwnerTable, SomeMinutes, TariffPath
from kiosk.app.payment_tables import OfflineTable, PaymentsTable
from kiosk.domain.money import EXPONENTS
from kiosk.domain.payee import PayeePlan
from kiosk.domain.settlement import Party, SplitRule, SplitTerms
from kiosk.domain.site import CancelTier, Rules, Site
from kiosk.domain.space import SpaceType
from kiosk.domain.tariff import Tariff
from kiosk.services.found_site import AreaPlan, RowPlan, SitePlan
from kiosk.services.refused import TariffFileRefused

BasisPoints = Annotated[int, Field(ge=0, le=10_000)]
Millimetres = Annotated[int, Field(ge=0, le=1_000_000)]


class SiteTable(Table):
    """[site]: who and where the car park is."""

    number: int = Field(ge=0, le=4095)
    """Stands on every ticket; unique among the sites of an operator."""
    name: str = Field(min_length=1, max_length=40)
    zone: str
    """IANA name of the time zone, for example Europe/Berlin."""
    currency: str
    """ISO 4217 code."""
    phone: str = Field(min_length=3, max_length=24)
    """Shown on every help page."""
    opens_local: time | None = None
    """Shown on the first screen with closes_local; without both it is open day and night."""
    closes_local: time | None = None
    plates: Literal["latin", "CN"] = "latin"
    """Which keyboard drivers get for their plate."""
    language: Literal["en", "zh_CN"] = "en"
    """What screens speak before a driver has chosen."""
    holidays: tuple[date, ...] = ()
    """Local days on which offers with skips_holidays share nothing."""

    @model_validator(mode="after")
    def _is_known(self) -> SiteTable:
        if self.currency not in EXPONENTS:
            raise ValueError(f"currency should be one of {', '.join(sorted(EXPONENTS))}")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("zone should be an IANA time zone like Europe/Berlin") from error
        return self


class CancelTierTable(Table):
    """[[rules.cancel_tiers]]: at least so long before the start, so much goes back."""

    notice_hours: int = Field(ge=0)
    refund_bp: BasisPoints


class RulesTable(Table):
    """[rules]: what is promised to drivers before they pay."""

    pending_minutes: Minutes = 10
    early_entry_minutes: Minutes = 15
    free_consideration_minutes: Minutes = 5
    late_grace_minutes: Minutes = 15
    no_show_after_minutes: Minutes = 25
    no_show_fee_minutes: Minutes = 120
    exit_right_minutes: Minutes = 15
    buffer_minutes: Minutes = 15
    minimum_stay_minutes: SomeMinutes = 30
    longest_stay_minutes: Minutes = 1440
    re_entry_minutes: Minutes = 60
    regret_minutes: Minutes = 10
    reseat_ahead_minutes: SomeMinutes = 30
    long_window_minutes: Minutes = 1440
    booking_ahead_days: Annotated[int, Field(ge=0, le=60)] = 60
    walk_up_quota_bp: BasisPoints = 1000
    recall_compensation_bp: BasisPoints = 2000
    cancel_tiers: tuple[CancelTierTable, ...] = (
        CancelTierTable(notice_hours=336, refund_bp=10_000),
        CancelTierTable(notice_hours=168, refund_bp=5_000),
        CancelTierTable(notice_hours=24, refund_bp=2_500),
    )

    @model_validator(mode="after")
    def _is_sound(self) -> RulesTable:
        if self.buffer_minutes < self.late_grace_minutes:
            raise ValueError("buffer_minutes should not be under late_grace_minutes")
        if self.reseat_ahead_minutes < self.buffer_minutes:
            # A late car's space would be sold for a time at which the car may still stand there.
            raise ValueError("reseat_ahead_minutes should not be under buffer_minutes")
        if self.longest_stay_minutes < self.minimum_stay_minutes:
            raise ValueError("longest_stay_minutes should be at least minimum_stay_minutes")
        tiers = [(tier.notice_hours, tier.refund_bp) for tier in self.cancel_tiers]
        if tiers != sorted(set(tiers), reverse=True) or len({h for h, _ in tiers}) < len(tiers):
            raise ValueError("cancel_tiers should come with the longest notice first")
        parts = [tier.refund_bp for tier in self.cancel_tiers]
        if parts != sorted(parts, reverse=True):
            raise ValueError("cancel_tiers should give back no more for less notice")
        if self.booking_ahead_days * 24 * 60 < self.longest_stay_minutes:
            raise ValueError("booking_ahead_days should not be under longest_stay_minutes")
        return self

    def to_rules(self) -> Rules:
        """The domain's view of the rules."""
        minutes = {
            name.removesuffix("_minutes"): timedelta(minutes=value)
            for name, value in self
            if name.endswith("_minutes")
            and name not in {"no_show_after_minutes", "no_show_fee_minutes"}
        }
        return Rules(
            **minutes,
            no_show_after=timedelta(minutes=self.no_show_after_minutes),
            no_show_fee=timedelta(minutes=self.no_show_fee_minutes),
            booking_ahead=timedelta(days=self.booking_ahead_days),
            walk_up_quota_bp=self.walk_up_quota_bp,
            recall_compensation_bp=self.recall_compensation_bp,
            cancel_tiers=tuple(
                CancelTier(timedelta(hours=tier.notice_hours), tier.refund_bp)
                for tier in self.cancel_tiers
            ),
        )


class SplitTable(Table):
    """[split.NAME]: how a fee is divided; the owner gets the rest."""

    commission_bp: BasisPoints
    vat_bp: BasisPoints
    manager_bp: BasisPoints
    rule: SplitRule = SplitRule.OWNER_REST
    """Who gets what rounding leaves over: "owner-rest", or "largest-remainder"."""
    merchant: Party = Party.OPERATOR
    """Who takes the drivers' money (the merchant of record): "operator" or "owner"."""
    supplier: Party = Party.OWNER
    """Whose tax number stands on receipts, and who owes the tax inside the fee."""

    @model_validator(mode="after")
    def _leaves_the_owner_something(self) -> SplitTable:
        with_vat = self.commission_bp * (10_000 + self.vat_bp)
        if with_vat + self.manager_bp * 10_000 > 10**8:
            raise ValueError("commission with its VAT and manager_bp are more than the whole fee")
        return self

    def to_terms(self) -> SplitTerms:
        """The domain's view of the split."""
        return SplitTerms(
            self.commission_bp,
            self.vat_bp,
            self.manager_bp,
            self.rule,
            merchant=self.merchant,
            supplier=self.supplier,
        )


class RowTable(Table):
    """[[area.row]]: spaces side by side on the plan."""

    x_mm: Millimetres
    y_mm: Millimetres
    count: int = Field(ge=1, le=500)
    space_width_mm: Millimetres = 2500
    space_depth_mm: Millimetres = 5000
    owners: tuple[str, ...] = Field(min_length=1)
    accessible: tuple[int, ...] = ()
    charger: tuple[int, ...] = ()
    height_mm: Annotated[int, Field(ge=1000, le=10_000)] | None = None
    """The clearance on the way and above; without it nothing is above."""
    covered: bool = False
    type: Literal["car", "motorcycle"] = "car"

    @model_validator(mode="after")
    def _names_its_own_places(self) -> RowTable:
        if any(not 1 <= place <= self.count for place in (*self.accessible, *self.charger)):
            raise ValueError(f"accessible and charger should be places from 1 to {self.count}")
        return self


class AreaTable(Table):
    """[[area]]: a level or zone."""

    code: str = Field(min_length=1, max_length=4)
    name: str = Field(min_length=1, max_length=24)
    level: int = 0
    width_mm: Millimetres
    depth_mm: Millimetres
    tariff: TariffPath
    split: str
    row: tuple[RowTable, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_its_rows(self) -> AreaTable:
        for number, row in enumerate(self.row):
            right_mm = row.x_mm + row.count * row.space_width_mm
            below_mm = row.y_mm + row.space_depth_mm
            if right_mm > self.width_mm or below_mm > self.depth_mm:
                raise ValueError(
                    f"row.{number} should lie inside the area: it reaches to "
                    f"({right_mm}, {below_mm}) of ({self.width_mm}, {self.depth_mm}) mm"
                )
        return self


class DeskTable(Table):
    """[desk]: the attendant's window."""

    name: str = "desk-1"
    first_attendant: str = Field(default="Attendant", min_length=1, max_length=40)
    """Gets a one-time PIN, printed once when the site is founded."""
    refund_two_persons_above_minor: int = Field(default=5_000, ge=0)
    """Refunds of one stay above it, in the smallest unit of the money, take two attendants."""
    shifts: bool = True
    """Cash needs an open shift: a float that was counted, and a count at its end."""


class SiteFile(Table):
    """A whole site file."""

    site: SiteTable
    operator: OperatorTable = OperatorTable()
    audit: AuditTable = AuditTable()
    rules: RulesTable = RulesTable()
    split: dict[str, SplitTable]
    owner: tuple[OwnerTable, ...] = Field(min_length=1)
    area: tuple[AreaTable, ...] = Field(min_length=1)
    bus: tuple[BusTable, ...] = ()
    lane: tuple[LaneTable, ...] = ()
    desk: DeskTable = DeskTable()
    payments: PaymentsTable = PaymentsTable()
    offline: OfflineTable = OfflineTable()
    payouts: PayoutsTable = PayoutsTable()

    @model_validator(mode="after")
    def _refers_to_what_is_there(self) -> SiteFile:
        owners = {owner.name for owner in self.owner}
        if len(owners) < len(self.owner):
            raise ValueError("owner names should differ")
        for owner_number, owner in enumerate(self.owner):
            if owner.split is not None and owner.split not in self.split:
                raise ValueError(f"owner.{owner_number}.split should name a [split] table")
        for area_number, area in enumerate(self.area):
            if area.split not in self.split:
                raise ValueError(f"area.{area_number}.split should name a [split] table")
            for row_number, row in enumerate(area.row):
                unknown = sorted(set(row.owners) - owners)
                if unknown:
                    path = f"area.{area_number}.row.{row_number}.owners"
                    raise ValueError(f"{path} should name [[owner]] tables, not {unknown}")
        if len({lane.name for lane in self.lane}) < len(self.lane):
            raise ValueError("lane names should differ")
        faults = wiring_faults(self.lane, self.bus)
        if faults:
            raise ValueError("; ".join(faults))
        if len({area.code for area in self.area}) < len(self.area):
            raise ValueError("area codes should differ")
        return self

    def to_site(self) -> Site:
        """The domain's view of the site."""
        return Site(
            number=self.site.number,
            name=self.site.name,
            zone=ZoneInfo(self.site.zone),
            currency=self.site.currency,
            rules=self.rules.to_rules(),
            holidays=frozenset(self.site.holidays),
            offline=self.offline.to_limits(),
            refund_two_persons_above_minor=self.desk.refund_two_persons_above_minor,
            keeps_shifts=self.desk.shifts,
            payouts=self.payouts.to_terms(),
        )

    def to_payees(self) -> PayeePlan:
        """Whom receipts and payouts name."""
        return payee_plan(self.operator, self.owner, site_name=self.site.name)

    def tariff_files(self) -> dict[str, Path]:
        """The tariff file of each area, by the area's code."""
        return {area.code: area.tariff for area in self.area}

    def owners_tariff_files(self) -> dict[str, Path]:
        """The tariff file of each owner who asks a price of their own, by the owner's name."""
        return {owner.name: owner.tariff for owner in self.owner if owner.tariff is not None}

    def to_plan(self) -> SitePlan:
        """What the site is founded with when its database is empty.

        Reads the tariff files; ConfigError names all that is wrong in them.
        """
        # Only a site that is founded reads these; the first page need not wait for it.
        from kiosk.app.owner_plans import owner_plan
        from kiosk.services.tariffs import read_site_tariffs

        try:
            files = (*self.tariff_files().values(), *self.owners_tariff_files().values())
            tariffs = read_site_tariffs(files, self.to_site())
        except TariffFileRefused as refused:
            raise ConfigError("\n".join(refused.lines)) from refused
        splits = {name: table.to_terms() for name, table in self.split.items()}
        return SitePlan(
            areas=tuple(
                _area_plan(area, tariff=tariffs[area.tariff], split_terms=splits[area.split])
                for area in self.area
            ),
            owners=tuple(
                owner_plan(
                    owner,
                    number=number,
                    zone=ZoneInfo(self.site.zone),
                    tariff=None if owner.tariff is None else tariffs[owner.tariff],
                    split_terms=None if owner.split is None else splits[owner.split],
                )
                for number, owner in enumerate(self.owner)
            ),
        )


def _area_plan(area: AreaTable, *, tariff: Tariff, split_terms: SplitTerms) -> AreaPlan:
    return AreaPlan(
        code=area.code,
        name=area.name,
        level=area.level,
        width_mm=area.width_mm,
        depth_mm=area.depth_mm,
        tariff=tariff,
        split_terms=split_terms,
        rows=tuple(
            RowPlan(
                x_mm=row.x_mm,
                y_mm=row.y_mm,
                count=row.count,
                space_width_mm=row.space_width_mm,
                space_depth_mm=row.space_depth_mm,
                owners=row.owners,
                accessible=frozenset(row.accessible),
                charger=frozenset(row.charger),
                height_mm=row.height_mm,
                is_covered=row.covered,
                type=SpaceType(row.type),
            )
            for row in area.row
        ),
    )


def read_site_file(path: Path) -> SiteFile:
    """The site file at `path`; ConfigError names every wrong key and what was expected.

    Its tariff files are not read yet: where a site is at work, a bad one changes nothing.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: should be UTF-8 text") from error
    try:
        return SiteFile.model_validate(tomllib.loads(text), context={"folder": path.parent})
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from error
    except ValidationError as error:
        raise ConfigError(
            "\n".join(
                f"{path}: {'.'.join(map(str, problem['loc'])) or 'site file'}: "
                f"{problem['msg'].removeprefix('Value error, ')}"
                for problem in error.errors()
            )
        ) from error
