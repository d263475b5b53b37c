"""The list model changes exactly what differs and tells Qt's own model tester the truth."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester

from kiosk.ui.models import RowsModel


@dataclass(frozen=True, slots=True)
class Board:
    key: str
    free: int
    name: str = ""


@pytest.fixture
def home(qapp: object) -> Iterator[QObject]:
    owner = QObject()
    yield owner
    owner.deleteLater()


def watched(home: QObject) -> tuple[RowsModel[Board], list[str]]:
    """A model and the list of what it told, in order."""
    model = RowsModel(Board, key="key", parent=home)
    told: list[str] = []
    model.rowsInserted.connect(lambda _p, first, last: told.append(f"in {first}-{last}"))
    model.rowsRemoved.connect(lambda _p, first, last: told.append(f"out {first}-{last}"))
    model.rowsMoved.connect(lambda _p, start, _e, _d, row: told.append(f"move {start}>{row}"))
    model.dataChanged.connect(lambda a, _b, roles: told.append(f"data {a.row()} {sorted(roles)}"))
    model.modelReset.connect(lambda: told.append("reset"))
    return model, told


def boards(*pairs: tuple[str, int]) -> list[Board]:
    return [Board(key, free) for key, free in pairs]


FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1


def test_roles_are_the_fields_in_order(home: QObject) -> None:
    model, _ = watched(home)
    names = {role: bytes(name.data()).decode() for role, name in model.roleNames().items()}
    assert names == {FIRST_ROLE: "key", FIRST_ROLE + 1: "free", FIRST_ROLE + 2: "name"}


def test_one_changed_field_tells_one_role_of_one_row(home: QObject) -> None:
    model, told = watched(home)
    model.show(boards(("A", 1), ("B", 2)))
    told.clear()
    model.show(boards(("A", 1), ("B", 3)))
    assert told == [f"data 1 [{FIRST_ROLE + 1}]"]
    assert model.data(model.index(1), FIRST_ROLE + 1) == 3


def test_the_same_rows_tell_nothing(home: QObject) -> None:
    model, told = watched(home)
    model.show(boards(("A", 1)))
    told.clear()
    model.show(boards(("A", 1)))
    assert told == []


def test_the_very_same_row_objects_tell_nothing(home: QObject) -> None:
    model, told = watched(home)
    kept = boards(("A", 1), ("B", 2))
    model.show(kept)
    told.clear()
    model.show(kept)
    assert told == []
    assert model.rows == tuple(kept)


def test_new_rows_go_in_and_old_rows_go_out_where_they_are(home: QObject) -> None:
    model, told = watched(home)
    model.show(boards(("A", 1), ("B", 2), ("C", 3)))
    told.clear()
    model.show(boards(("A", 1), ("X", 9), ("C", 3)))
    assert told == ["out 1-1", "in 1-1"]


def test_a_row_that_changes_place_is_moved(home: QObject) -> None:
    model, told = watched(home)
    model.show(boards(("A", 1), ("B", 2), ("C", 3)))
    told.clear()
    model.show(boards(("C", 3), ("A", 1), ("B", 2)))
    assert told == ["move 2>0"]


def test_a_double_key_is_our_mistake(home: QObject) -> None:
    model, _ = watched(home)
    with pytest.raises(AssertionError, match="share one key"):
        model.show(boards(("A", 1), ("A", 2)))


def test_a_class_that_is_no_dataclass_is_our_mistake(home: QObject) -> None:
    with pytest.raises(AssertionError, match="not a dataclass"):
        RowsModel(str, key="key", parent=home)


def test_a_key_that_is_no_field_is_our_mistake(home: QObject) -> None:
    with pytest.raises(AssertionError, match="has no field number"):
        RowsModel(Board, key="number", parent=home)


def test_a_row_has_no_rows_of_its_own_and_no_other_roles(home: QObject) -> None:
    model, _ = watched(home)
    model.show(boards(("A", 1)))
    assert model.rowCount(model.index(0)) == 0
    assert model.data(model.index(0), int(Qt.ItemDataRole.DisplayRole)) is None
    assert model.data(QModelIndex(), FIRST_ROLE) is None


rows = st.lists(
    st.builds(Board, st.sampled_from("ABCDEF"), st.integers(0, 3)), unique_by=lambda row: row.key
)


@given(st.lists(rows, max_size=5))
def test_whatever_is_shown_the_model_shows_it_and_never_resets(
    qapp: object, shows: list[list[Board]]
) -> None:
    home = QObject()
    model, told = watched(home)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, home)
    for each in shows:
        model.show(each)
        assert model.rows == tuple(each)
        assert model.rowCount() == len(each)
    assert "reset" not in told
    home.deleteLater()
