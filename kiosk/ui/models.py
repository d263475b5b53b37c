"""One list model for all screens: shows rows of a frozen dataclass, changes only what changed."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Row = TypeVar("Row")
_Index = QModelIndex | QPersistentModelIndex
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class RowsModel(QAbstractListModel, Generic[Row]):
    """Rows of one frozen dataclass; every field is a role of the same name, one field is the key.

    `show` compares with what is shown and emits insert, remove, move and dataChanged for exactly
    the rows and roles that differ; it never resets, so that QML keeps its delegates.
    """

    def __init__(self, row_type: type[Row], *, key: str, parent: QObject) -> None:
        super().__init__(parent)
        assert is_dataclass(row_type), f"{row_type.__name__} is not a dataclass"
        self._names = tuple(field.name for field in fields(row_type))
        assert key in self._names, f"{row_type.__name__} has no field {key}"
        self._key = key
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown now."""
        return tuple(self._rows)

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows in this order. Keys are unique; a double key is our mistake."""
        wanted = [self._key_of(row) for row in rows]
        keys = set(wanted)
        assert len(keys) == len(wanted), f"two rows share one {self._key}"
        self._remove_all_but(keys)
        for position, row in enumerate(rows):
            self._place(row, position)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        field = role - _FIRST_ROLE
        if not index.isValid() or not 0 <= field < len(self._names):
            return None
        return getattr(self._rows[index.row()], self._names[field])

    def roleNames(self) -> dict[int, QByteArray]:
        return {
            _FIRST_ROLE + number: QByteArray(name.encode())
            for number, name in enumerate(self._names)
        }

    def _key_of(self, row: Row) -> object:
        return getattr(row, self._key)

    def _remove_all_but(self, keys: set[object]) -> None:
        for position in range(len(self._rows) - 1, -1, -1):
            if self._key_of(self._rows[position]) not in keys:
                self.beginRemoveRows(QModelIndex(), position, position)
                del self._rows[position]
                self.endRemoveRows()

    def _place(self, row: Row, position: int) -> None:
        at = self._position_of(self._key_of(row), position)
        if at is None:
            self.beginInsertRows(QModelIndex(), position, position)
            self._rows.insert(position, row)
            self.endInsertRows()
            return
        if at != position:
            self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), position)
            self._rows.insert(position, self._rows.pop(at))
            self.endMoveRows()
        self._replace(row, position)

    def _position_of(self, key: object, start: int) -> int | None:
        for position in range(start, len(self._rows)):
            if self._key_of(self._rows[position]) == key:
                return position
        return None

    def _replace(self, row: Row, position: int) -> None:
        shown = self._rows[position]
        if shown is row:
            return  # a thousand unchanged rows cost next to nothing
        changed = [
            _FIRST_ROLE + number
            for number, name in enumerate(self._names)
            if getattr(shown, name) != getattr(row, name)
        ]
        if changed:
            self._rows[position] = row
            index = self.index(position)
            self.dataChanged.emit(index, index, changed)
