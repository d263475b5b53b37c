"""Holds that each of the 21 faults of a lane has one file of its own, named where a reader looks.

What the rows say stands at the top of each file (`docs/proofs.md` has the table).
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FAULTS = range(1, 22)
NAME = re.compile(r"test_fault_(\d\d)_\w+\.py")


def files() -> dict[int, list[Path]]:
    """The files of each fault."""
    found: dict[int, list[Path]] = {}
    for path in sorted((ROOT / "tests").rglob("test_fault_*.py")):
        if named := NAME.fullmatch(path.name):
            found.setdefault(int(named[1]), []).append(path)
    return found


def test_each_fault_has_exactly_one_file() -> None:
    assert {fault: len(paths) for fault, paths in files().items()} == dict.fromkeys(FAULTS, 1)


def test_each_file_begins_with_its_fault() -> None:
    wrong = [
        path.name
        for fault, paths in files().items()
        for path in paths
        if not (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").startswith(
            f"Fault {fault}:"
        )
    ]

    assert wrong == []


def test_a_reader_of_the_proofs_is_led_to_each_file() -> None:
    proofs = (ROOT / "docs" / "proofs.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (\d+) \|.*\| `(tests/\S+)` \|$", proofs, re.MULTILINE))

    assert {int(fault): ROOT / path for fault, path in rows.items()} == {
        fault: paths[0] for fault, paths in files().items()
    }
