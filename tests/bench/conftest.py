"""Gathers the figures of all benches, prints them and writes docs/benchmarks.md."""

from __future__ import annotations

import pytest

from tests.bench.figures import DOCUMENT, Figure, as_lines, write_document

_figures: list[Figure] = []


@pytest.fixture
def figures() -> list[Figure]:
    """Where a bench puts what it found; shown also when a goal is missed."""
    return _figures


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A missed goal is a failure, whichever bench has missed it."""
    if any(figure.goal and not figure.is_held for figure in _figures):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not _figures:
        return
    terminalreporter.section("how fast it is")
    for line in as_lines(_figures):
        terminalreporter.write_line(line)
    write_document(_figures)
    terminalreporter.write_line(f"written to docs/{DOCUMENT.name}")
