"""The vouchers of a shop on paper: a QR each to cut out, and what each is worth until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kiosk.domain.money import Money
from kiosk.domain.validation import ValidationKind
from kiosk.services.documents import PAGE_WORDS, Code, Document, Line
from kiosk.services.paper import plain, spaced
from kiosk.services.vouchers import VOUCHER_PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from kiosk.domain.payee import Payee
    from kiosk.domain.validation import Given

_EN = {
    "title": "Parking vouchers",
    "shop": "Paid by",
    "each": "Each is worth",
    "count": "Number of vouchers",
    "until": "Good until",
    "minutes": "{value} min",
    "percent": "{value} % of the charge",
    "note": "Scan one at the exit, before or after the ticket. Each is good once.",
}
_ZH = {
    "title": "停车抵用券",
    "shop": "付款商户",
    "each": "每张价值",
    "count": "张数",
    "until": "有效期至",
    "minutes": "{value} 分钟",
    "percent": "停车费的 {value}%",
    "note": "在出口扫描停车票之前或之后扫描抵用券。每张仅可使用一次。",
}
WORDS = {"en": _EN, "zh_CN": _ZH}
"""The words of a sheet in each language; the same keys in both."""


def voucher_sheet(
    codes: Sequence[str],
    given: Given,
    *,
    shop_name: str,
    expires_at: datetime,
    operator: Payee,
    currency: str,
    language: str,
    zone: ZoneInfo,
) -> Document:
    """All vouchers of one making as pages; the codes stand in no other place."""
    words = WORDS[language]
    worth, until = _worth(given, currency, words), f"{expires_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return Document(
        title=words["title"],
        sender=(operator.name, *operator.address),
        address=(shop_name,),
        facts=(
            Line(words["shop"], shop_name),
            Line(words["each"], worth, is_strong=True),
            Line(words["count"], str(len(codes))),
            Line(words["until"], until),
        ),
        codes=tuple(
            Code(VOUCHER_PREFIX + code.upper(), spaced(code), f"{worth} · {until[:10]}")
            for code in codes
        ),
        notes=(words["note"],),
        page_words=PAGE_WORDS[language],
    )


def _worth(given: Given, currency: str, words: dict[str, str]) -> str:
    match given.kind:
        case ValidationKind.AMOUNT:
            return plain(Money(given.value, currency))
        case ValidationKind.MINUTES:
            return words["minutes"].format(value=given.value)
        case ValidationKind.PERCENT:
            return words["percent"].format(value=given.value // 100)
        case _:
            assert_never(given.kind)
