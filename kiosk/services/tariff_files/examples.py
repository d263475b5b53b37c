"""Runs the worked examples of a tariff file: one that costs otherwise says a price is wrong."""

from __future__ import annotations

from kiosk.domain.pricing.charge import charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.domain.tariff import Tariff
from kiosk.services.charge_words import amount_text, no_price_name
from kiosk.services.tariff_files.file import TariffFile, WorkedExample


def disagreements(file: TariffFile) -> tuple[str, ...]:
    """What is wrong with the worked examples of a file; nothing when it holds."""
    if not file.examples:
        return ("has no worked example",)
    return wrong_examples(file)


def wrong_examples(file: TariffFile) -> tuple[str, ...]:
    """The examples that cost something else than they say, in words."""
    found = (_disagreement(file.tariff, example) for example in file.examples)
    return tuple(text for text in found if text is not None)


def _disagreement(tariff: Tariff, example: WorkedExample) -> str | None:
    charge = charge_for(tariff, example.facts)
    priced = amount_text(charge.total) if isinstance(charge, Charge) else no_price_name(charge)
    said = example.refused if example.total is None else amount_text(example.total)
    return None if priced == said else f"example «{example.says}»: {said}, but it is {priced}"
