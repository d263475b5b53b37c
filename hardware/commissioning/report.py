"""The report of a test: each step with what was found, the times, and the tables to write down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hardware.commissioning.tables import LineSetup, site_tables
from hardware.commissioning.trial import Result, Trial, Verdict
from hardware.commissioning.wiring import INPUTS, OUTPUTS, Wiring

TABLES: Final = "For the site file, below the [[lane]] of this lane:"
CHARS: Final = 8


def report(
    results: Sequence[Result],
    *,
    trial: Trial,
    lines: Sequence[LineSetup],
    is_whole: bool = True,
) -> str:
    """The whole report as text; it ends with the tables."""
    wiring = trial.bench.wiring
    parts = [*(f"Lane test: {line}" for line in lines), ""]
    for result in results:
        parts.append(f"{result.verdict.value:{CHARS}}{result.title}")
        parts += [f"{'':{CHARS}}- {finding}" for finding in result.findings]
    if not is_whole:
        parts.append(f"{Verdict.FAILED.value:{CHARS}}the test was broken off here")
    parts += ["", *_times(trial), _not_wired(wiring), _conclusion(results, is_whole=is_whole)]
    tables = site_tables(
        lines, wiring, closed_when_off=trial.closed_when_off, timers=trial.told_timers
    )
    return "\n".join([*parts, "", TABLES, "", tables])


def has_passed(results: Sequence[Result]) -> bool:
    """Whether every step did."""
    return all(result.verdict is Verdict.PASSED for result in results)


def _times(trial: Trial) -> list[str]:
    timers = trial.timers
    lines = []
    for what, measured_s, limit_s in (
        ("the arm rises in", trial.open_s, timers.open_max_s),
        ("after a car it is down in", trial.close_s, timers.close_max_s),
    ):
        if measured_s is not None:
            lines.append(f"{what} {measured_s:.1f} s; the kiosk waits {limit_s:g} s")
    return lines


def _not_wired(wiring: Wiring) -> str:
    names = [name for name in (*OUTPUTS, *INPUTS) if name not in {*wiring.outputs, *wiring.inputs}]
    return f"not wired, so not tested: {', '.join(names) or 'nothing'}"


def _conclusion(results: Sequence[Result], *, is_whole: bool) -> str:
    counts = {verdict: sum(each.verdict is verdict for each in results) for verdict in Verdict}
    if has_passed(results) and is_whole:
        return f"ALL {len(results)} STEPS PASSED"
    return (
        f"NOT READY: {counts[Verdict.FAILED]} failed, {counts[Verdict.SKIPPED]} skipped,"
        f" {counts[Verdict.PASSED]} passed"
    )
