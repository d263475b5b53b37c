"""What each party of the site has by the books, as the desk shows it; adds nothing up itself."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.services.views import DeskView
from kiosk.ui.desk.texts import DeskTexts
from kiosk.ui.models import RowsModel

QML_IMPORT_NAME = "Desk"
QML_IMPORT_MAJOR_VERSION = 1

_ORDER = ("escrow", "refund-due", "wallet", "owner", "manager", "commission", "vat", "other")
OURS = ("till", "bank", "psp", "receivable")
"""Cash, money at the bank and claims on others: the books have them below zero, people do not."""


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party and its amount; `is_ours` marks what the site has, the others what it owes."""

    party: str
    amount: str
    is_ours: bool


@QmlElement
@QmlUncreatable("made by the desk")
class MoneyCard(QObject):  # type: ignore[operator]  # as PySide types the decorator
    """What the site owes first, then what it has to pay it with."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._parties = RowsModel(PartyLine, key="party", parent=self)

    def show(self, view: DeskView, texts: DeskTexts) -> None:
        """Take a new picture of the site."""
        places = {party: place for place, party in enumerate((*_ORDER, *OURS))}
        ordered = sorted(view.money, key=lambda each: places.get(each.party, len(places)))
        self._parties.show(
            tuple(
                PartyLine(
                    party=each.party,
                    amount=texts.money(-each.owed if each.party in OURS else each.owed),
                    is_ours=each.party in OURS,
                )
                for each in ordered
            )
        )

    @Property(QObject, constant=True)
    def parties(self) -> RowsModel[PartyLine]:
        return self._parties
