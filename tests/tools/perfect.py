"""Fails unless the modules that hold money and the arm are covered in every branch.

Only their own tests are run for it, not the whole suite: a line that merely some long story passes
through is not a tested line, and this way it costs seconds. For the same reason the cars and
faults of a lane are left out: they are drawn, and with one script more others are drawn.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import coverage

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "out" / "coverage" / "perfect"

PERFECT = (
    "kiosk/domain/money.py",
    "kiosk/domain/tariff.py",
    "kiosk/domain/tariff_text.py",
    "kiosk/domain/pricing/wall_clock.py",
    "kiosk/domain/pricing/timetable.py",
    "kiosk/domain/pricing/cap_periods.py",
    "kiosk/domain/pricing/accrual.py",
    "kiosk/domain/pricing/charge_lines.py",
    "kiosk/domain/pricing/charge_sum.py",
    "kiosk/domain/pricing/charge.py",
    "kiosk/domain/pricing/compiled.py",
    "kiosk/domain/pricing/curve.py",
    "kiosk/domain/stay.py",
    "kiosk/domain/checking/gaps.py",
    "kiosk/domain/checking/problems.py",
    "kiosk/domain/ledger.py",
    "kiosk/domain/settlement.py",
    "kiosk/domain/owners_part.py",
    "kiosk/domain/payout.py",
    "kiosk/domain/payout_run.py",
    "kiosk/domain/cash.py",
    "kiosk/domain/disputes.py",
    "kiosk/domain/journals.py",
    "kiosk/domain/journals_cash.py",
    "kiosk/domain/journals_outside.py",
    "kiosk/domain/payers.py",
    "kiosk/domain/validation.py",
    "kiosk/domain/invoice.py",
    "kiosk/domain/reservation.py",
    "kiosk/domain/cancellation.py",
    "kiosk/domain/offer.py",
    "kiosk/domain/recurrence.py",
    "kiosk/domain/seating.py",
    "kiosk/domain/ticket.py",
    "kiosk/domain/key_ring.py",
    "kiosk/domain/evidence.py",
    "hardware/lane.py",
    "hardware/lane_facts.py",
    "hardware/lane_latches.py",
    "hardware/lane_moves.py",
    "hardware/lane_orders.py",
)
TESTS = (
    "tests/domain",
    "tests/hardware/test_lane_table*.py",
    "tests/hardware/test_lane_limits.py",
    "tests/hardware/test_lane_assumed*.py",
    "tests/hardware/test_lane_forgets.py",
    "tests/hardware/test_fault_12_*.py",
    "tests/hardware/test_fault_13_*.py",
)


def check(*, root: Path, modules: tuple[str, ...], tests: tuple[str, ...], data: Path) -> int:
    """0 when every listed module exists, is imported by its tests and has no branch untested."""
    missing = [name for name in modules if not (root / name).is_file()]
    missing += [pattern for pattern in tests if not any(root.glob(pattern))]
    if missing:
        print(f"perfect: missing {', '.join(missing)}")
        return 1
    paths = sorted(path for pattern in tests for path in root.glob(pattern))
    data.parent.mkdir(parents=True, exist_ok=True)
    run = ["run", f"--data-file={data}", "--branch", f"--include={','.join(modules)}"]
    pytest = ["-m", "pytest", "-q", "--no-header", *map(str, paths)]
    done = _coverage(root, [*run, *pytest])
    if done.returncode != 0:
        print(done.stdout + done.stderr)
        print("perfect: its tests fail")
        return 1
    measured = coverage.CoverageData(str(data))
    measured.read()
    unseen = [name for name in modules if str(root / name) not in measured.measured_files()]
    report = _coverage(root, ["report", f"--data-file={data}", "--fail-under=100"])
    if unseen or report.returncode != 0:
        print(report.stdout + report.stderr)
        print(f"perfect: not fully covered by {', '.join(tests)}; never imported: {unseen}")
        return 1
    print(f"perfect: {len(modules)} modules, every branch")
    return 0


def _coverage(root: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coverage", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    sys.exit(check(root=ROOT, modules=PERFECT, tests=TESTS, data=DATA))
