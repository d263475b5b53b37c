"""A priced stay as text for the terminal: tariff, stay, line by line, total and tax."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk.domain.pricing.charge import StayFacts
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.tariff import Tariff
from kiosk.domain.tariff_text import tariff_hash
from kiosk.services.charge_words import amount_text, duration_text, line_text

_WIDTH = 64
_HASH_SIGNS = 12


def bill_text(tariff: Tariff, facts: StayFacts, charge: Charge) -> str:
    """The bill in lines of equal length, amounts at the right."""
    zone = ZoneInfo(tariff.zone)
    stayed_s = int((facts.left_at - facts.entered_at).total_seconds())
    short_hash = tariff_hash(tariff)[:_HASH_SIGNS]
    lines = [
        f"Tariff  {tariff.code}, version {tariff.version} (hash {short_hash})",
        f"Stay    {_span(facts.entered_at, facts.left_at, zone)} ({duration_text(stayed_s)})",
    ]
    if facts.booked is not None:
        lines.append(f"Booked  {_span(facts.booked.from_, facts.booked.until, zone)}")
    lines.append("")
    lines += [_pair(line_text(line), amount_text(line.amount)) for line in charge.lines]
    total = f"{charge.total.currency} {amount_text(charge.total)}"
    lines += ["-" * _WIDTH, _pair("Total", total), _pair("of it tax", amount_text(charge.tax))]
    return "\n".join(lines)


def _span(from_: datetime, until: datetime, zone: ZoneInfo) -> str:
    return f"{_instant(from_, zone)} to {_instant(until, zone)}"


def _instant(instant: datetime, zone: ZoneInfo) -> str:
    """With its offset in an hour that the clocks show twice: only that tells which it was."""
    local = instant.astimezone(zone)
    shown = f"{local:%a %Y-%m-%d %H:%M:%S}".removesuffix(":00")
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{shown} {local:%z}" if is_twice else shown


def _pair(words: str, amount: str) -> str:
    return f"{words}{amount:>{max(_WIDTH - len(words), len(amount) + 1)}}"
