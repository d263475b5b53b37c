"""OCPI tariffs that the tests of their importer share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

ZONE = "Europe/Berlin"


def component(kind: str, price: str, step_size: int = 60, **more: Any) -> dict[str, Any]:
    return {"type": kind, "price": Decimal(price), "step_size": step_size, **more}


def element(*components: dict[str, Any], **restrictions: Any) -> dict[str, Any]:
    built: dict[str, Any] = {"price_components": list(components)}
    return built | ({"restrictions": restrictions} if restrictions else {})


def document(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "country_code": "DE",
        "party_id": "ALL",
        "id": "T-7",
        "currency": "EUR",
        "elements": list(elements),
        "tax_included": "NO",
        "last_updated": "2025-01-01T00:00:00Z",
        **more,
    }
