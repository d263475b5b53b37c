"""Reads the words that SBB P+Rail puts beside a price model, in all of its four languages.

The languages do not always say the same: each is read. Words that contradict the price model, or
bring prices of a part of the car park, refuse the record; other words about prices are kept.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from kiosk.services.published_records import CannotSay, quoted

_FIELD = "additionalInformationForCustomers"

_PRODUCTS = re.compile(
    r"(?:Preise ohne öV-Abo: Monat CHF \d+, Jahr CHF \d+"
    r"|Prices without public transport (?:pass|travelcard): Monthly \d+ CHF, Annual \d+ CHF"
    r"|Tarifs sans abonnements des transports publics: mensuelles CHF \d+, annuelles CHF \d+"
    r"|Prezzi senza abbonamento al trasporto pubblico: mensili \d+ CHF, annuali \d+ CHF)\.?"
)
_CONTRADICTS = re.compile(
    r"kostenlos|gratis|free of charge|gratuit"
    r"|Nur Monatsabos|Only monthly|Seuls les abonnements mensuels|solo abbonamenti mensili",
    re.IGNORECASE,
)
_SECOND_PRICES = re.compile(r"CHF \d+/\d+")
"""A day, a month and a year of one zone, as «CHF 4/40/400»."""
_SPEAKS_OF_PRICES = re.compile(
    r"CHF|Preis|Tarif|Nachtparkverbot|\b[Pp]rices?\b|\b[Pp]rix\b|\b[Tt]arif\b|\b[Pp]rezz[io]\b"
)


class CustomerText(BaseModel):
    """One text in four languages, any of which may be missing."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    de_text: str | None = None
    en_text: str | None = None
    fr_text: str | None = None
    it_text: str | None = None


def words_about_prices(text: CustomerText | None) -> str | None:
    """Words of a price beside the price model, in the first language that has any.

    Raises CannotSay with the words that no price model says.
    """
    besides = _besides(text or CustomerText())
    for words in besides:
        if _CONTRADICTS.search(words):
            raise CannotSay(f"{_FIELD} says {quoted(words)}, which its price model does not say")
        if _SECOND_PRICES.search(words):
            raise CannotSay(
                f"{_FIELD} says {quoted(words)}, a second set of prices beside its price model"
            )
    return next((words for words in besides if _SPEAKS_OF_PRICES.search(words)), None)


def _besides(text: CustomerText) -> list[str]:
    """What each language says, without the tickets for a month or a year."""
    texts = (text.de_text, text.en_text, text.fr_text, text.it_text)
    return [_PRODUCTS.sub("", said).strip() for said in texts if said]
