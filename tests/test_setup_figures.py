"""The document of the benches: a bench that runs alone renews its own rows and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import figures
from tests.bench.figures import Figure, write_document


def rows(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line.startswith("| ")][1:]


def test_a_bench_that_ran_alone_renews_its_own_rows(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.md"
    write_document(
        [Figure(bench="books", what="a", value="1"), Figure(bench="lane", what="b", value="2")],
        path=path,
    )
    write_document(
        [Figure(bench="books", what="c", value="3", goal="2", is_held=False)], path=path
    )

    assert rows(path) == ["| books | c | 3 | 2 | **no** |", "| lane | b | 2 | - | - |"]


def test_rows_of_another_machine_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "benchmarks.md"
    write_document([Figure(bench="books", what="a", value="1")], path=path)
    monkeypatch.setattr(figures, "machine", lambda: "another")
    write_document([Figure(bench="lane", what="b", value="2")], path=path)

    assert rows(path) == ["| lane | b | 2 | - | - |"]
