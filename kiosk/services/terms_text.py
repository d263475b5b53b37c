"""What a change of an offer's terms changes, in words for the audit: old -> new.

Whether the terms can be kept and who may change them is decided in offers.py.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.store import Tx
    from kiosk.domain.ids import AreaId
    from kiosk.domain.offer import OfferTerms
    from kiosk.domain.settlement import SplitTerms
    from kiosk.domain.tariff import Tariff


def terms_change(tx: Tx, area_id: AreaId, *, before: OfferTerms, after: OfferTerms) -> str:
    """Each term that is another one now; "as before" when none is."""
    pairs = zip(_terms(tx, area_id, before), _terms(tx, area_id, after), strict=True)
    changed = [f"{name} {old} -> {new}" for (name, old), (_, new) in pairs if old != new]
    return "; ".join(changed) if changed else "as before"


def _terms(tx: Tx, area_id: AreaId, terms: OfferTerms) -> tuple[tuple[str, str], ...]:
    if terms.tariff_id is None:
        price = f"the area's ({_version(tx.library.tariff_of(area_id))})"
    else:
        price = _version(tx.library.tariff(terms.tariff_id))
    if terms.split_terms_id is None:
        split = f"the area's ({_parts(tx.library.split_terms_of(area_id))})"
    else:
        split = _parts(tx.library.split_terms(terms.split_terms_id))
    return (
        ("notice", _minutes(terms.notice)),
        ("shortest stay", _minutes(terms.shortest)),
        ("longest stay", _minutes(terms.longest)),
        ("price", price),
        ("split", split),
    )


def _minutes(duration: timedelta | None) -> str:
    return "the site's" if duration is None else f"{duration // timedelta(minutes=1)} min"


def _version(tariff: Tariff) -> str:
    return f"{tariff.code} {tariff.version}"


def _parts(split: SplitTerms) -> str:
    commission, vat, manager = (
        f"{Decimal(each) / 100} %"
        for each in (split.commission_bp, split.vat_bp, split.manager_bp)
    )
    return f"commission {commission}, VAT on it {vat}, manager {manager}"
