"""The names of whoever and whatever is there in a scenario, also where a table of it is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.app.config import SiteFile
from kiosk.app.scenario_money_tables import ATTENDANT
from kiosk.app.scenario_site import SmallSite, labels_of

_BYSTANDERS = ("the site", "a car")
"""Who else sees something in a story."""
_OF_THE_STORY = frozenset({"who", "tariff", "split", "fleet", "shop"})
"""What a scenario names itself, also beside a whole site file."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is there, by the keys of events that name it; None: it could not be read."""

    known: Mapping[str, list[str] | None]
    wallets: frozenset[str]
    """The drivers who have one."""
    fleet_drivers: frozenset[str]
    """Those who have the pass of a fleet."""

    @property
    def parties(self) -> list[str] | None:
        """Everybody who can see something."""
        drivers, owners, lanes = (self.known[key] for key in ("who", "owner", "lane"))
        if drivers is None or owners is None or lanes is None:
            return None
        attendants = self.known["attendant"] or []
        lane_names = (f"lane {lane}" for lane in lanes)
        return [*drivers, *owners, *attendants, *lane_names, *_BYSTANDERS]


def names_there(
    raw: Mapping[str, Any], site: SmallSite | SiteFile | None, *, is_read: bool
) -> Names:
    """The names of a scenario; where its tables are not `is_read`, those that can be made out."""
    found = {
        "who": _named(raw, "driver", "name"),
        "tariff": _keys(raw.get("tariff", {})),
        "split": _keys(raw.get("split", {"standard": {}})),
        "owner": _named(raw, "owner", "name"),
        "area": _named(raw, "area", "code"),
        "space": list(_labels(raw)),
        "lane": list[str](),
        "fleet": _named(raw, "fleet", "name"),
        "shop": _named(raw, "shop", "name"),
        "attendant": [ATTENDANT, *_attendants(raw)],
    }
    if site is not None:
        found["lane"] = [lane.name for lane in site.lane]
    if isinstance(site, SiteFile):
        found["owner"] = [owner.name for owner in site.owner]
        found["area"] = [area.code for area in site.area]
        found["space"] = list(labels_of(site))
    # Where something is wrong, an empty list may be the table whose name has the slip.
    is_sure = {key: is_read and (site is not None or key in _OF_THE_STORY) for key in found}
    known = {key: names if names or is_sure[key] else None for key, names in found.items()}
    return Names(known, _drivers_with(raw, "balance"), _drivers_with(raw, "fleet"))


def _drivers_with(raw: Mapping[str, Any], key: str) -> frozenset[str]:
    drivers = _tables(raw.get("driver"))
    return frozenset(str(each.get("name")) for each in drivers if key in each)


def _attendants(raw: Mapping[str, Any]) -> list[str]:
    desk = raw.get("desk")
    named = desk.get("attendants") if isinstance(desk, dict) else None
    return [str(each) for each in named] if isinstance(named, list) else []


def _named(raw: Mapping[str, Any], table: str, key: str) -> list[str]:
    return [str(each[key]) for each in _tables(raw.get(table)) if key in each]


def _labels(raw: Mapping[str, Any]) -> Iterator[str]:
    for area in _tables(raw.get("area")):
        for line in _tables(area.get("spaces")):
            labels = line.get("labels")
            yield from map(str, labels if isinstance(labels, list) else ())


def _keys(value: object) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def _tables(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
