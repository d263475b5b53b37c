"""What a bench found: its figures, the goals they are held to, and how both are written down."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the result; without a goal it is information."""

    bench: str
    what: str
    value: str
    goal: str = ""
    is_held: bool = True


@dataclass(frozen=True, slots=True)
class Quantiles:
    """The middle and the tail of measured milliseconds."""

    n: int
    p50_ms: float
    p99_ms: float

    @property
    def text(self) -> str:
        """Both in words, with how many there were."""
        return f"p50 {self.p50_ms:.2f} ms, p99 {self.p99_ms:.2f} ms, n {self.n}"


def quantiles(durations_ns: Iterable[int]) -> Quantiles:
    """The quantiles of durations in nanoseconds."""
    ordered = sorted(durations_ns)
    last = len(ordered) - 1
    return Quantiles(
        len(ordered),
        statistics.median(ordered) / 1e6,
        ordered[min(last, round(0.99 * last))] / 1e6,
    )


def ratio(ours: Sequence[float], anchor: Sequence[float]) -> float:
    """The median of the ratios of measurements that were taken in turn."""
    return statistics.median(a / b for a, b in zip(ours, anchor, strict=True))


def machine() -> str:
    """Cores and model of the machine that measured, and what it ran."""
    from PySide6.QtCore import qVersion

    model = platform.machine()
    cpu_info = Path("/proc/cpuinfo")
    if cpu_info.exists():
        lines = cpu_info.read_text("utf-8").splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    try:
        from pysqlite3 import sqlite_version
    except ImportError:
        sqlite_version = sqlite3.sqlite_version
    return (
        f"{os.cpu_count()} cores of {model}; {platform.system()}, "
        f"Python {platform.python_version()}, Qt {qVersion()}, SQLite {sqlite_version}"
    )


def as_lines(figures: Sequence[Figure]) -> list[str]:
    """The figures for a terminal."""
    lines = [f"machine: {machine()}; seed 1"]
    for figure in figures:
        verdict = "" if not figure.goal else ("held" if figure.is_held else "MISSED")
        goal = f"   goal {figure.goal}" if figure.goal else ""
        lines.append(f"{figure.bench:<14} {figure.what:<44} {figure.value}{goal} {verdict}")
    return lines


def write_document(figures: Sequence[Figure], *, path: Path = DOCUMENT) -> None:
    """Writes docs/benchmarks.md anew: the rows of each bench that has run, the others as before.

    Rows of another machine go: what stands beside each other was measured on one.
    """
    benches = {figure.bench for figure in figures}
    before = path.read_text("utf-8") if path.exists() else ""
    kept = [
        line
        for line in before.splitlines()
        if line.startswith("| ") and line.split(" ")[1] not in benches | {"bench"}
    ]
    rows = [
        f"| {f.bench} | {f.what} | {f.value} | {f.goal or '-'} "
        f"| {('yes' if f.is_held else '**no**') if f.goal else '-'} |"
        for f in figures
    ]
    rows += kept if f"\n{machine()}\n" in before else []
    rows.sort(key=lambda row: row.split(" ")[1])  # of one bench in the order of its figures
    path.write_text("\n".join([_HEAD, machine(), "", _TABLE, *rows, _NOTES]), "utf-8")


_HEAD = """# How fast it is

Written by `make bench`, which fails when a goal is missed. Absolute times differ by 2 (processor)
to 5 (disk) from run to run; ratios are medians of pairs that were measured in turn in one run.
All rows of a bench are of one run; a bench that ran alone has renewed its own rows.
"""
_TABLE = """| bench | what | measured (seed 1) | goal | held |
|---|---|---|---|---|"""
_NOTES = """
- **scan_to_relay**: three entrances and three exits behind real ptys, none of them paced. From the
  scan's terminator on the scanner's pty to the order to raise the arm on the board's pty, through
  reader, work thread, ticket check, one durable transaction (WAL, FULL), lane and port thread. An
  exit settles the whole stay in that transaction. The simulated boards run in the same process.
  The last lines are with the board's line paced: until the last bit of the order.
- **lane**: lane, port and driver behind a paced pty, 11 bits to a byte. Orders and edges fall
  anywhere between two polls. An order's goal leaves 5 ms of the scan's to what comes before the
  lane (51 ms at 9600 baud, 30 at 38400, 25 for an LCUS); `scan_to_relay` holds those.
- **codec**: one acknowledged order to a simulated board in a process of its own, asked in turn by
  a bare write and read, by our driver over its line, and by pymodbus. The ratio is without line
  time, where nothing but software is left; pymodbus waits by the rate it is given and has its
  fastest there. With line time the wire takes most, and we keep a silence that pymodbus does not.
- **soak**: polls and orders in turn through port thread, queue and driver, 32 always waiting, the
  board at the other end of a cable in memory; what is counted began after 50,000 frames.
- **first_frame**: from the start of the process until the frame was shown, against a process that
  shows an empty QRasterWindow of the same size. The first frame is the sign of a car park; the
  first page is what drivers touch (a lane's page, or all three windows). Memory is the resident
  set at that instant; database, serial ports and password hash are imported only after the page.
- **real_day**: `kiosk day`: one recorded day through the real services, ledger and barrier
  machines, with every commit durable.
- **tariff**: totals of a board of four bands, quarter hours and a day cap, over the change of the
  clocks where it says so: integer prefix sums kept per local day, against a walk over the quarter
  hours in Decimal. Both, and the walk that makes lines, give the same total for every stay.
- **tariff_lint**: `kiosk tariff check` without reading the file: every board of GOLDBECK and
  Singapore tried over a week of minutes; the slowest is held to the goal, in time of the wall.
- **seating**: new spaces for all reservations that lost theirs, in one call with its rounds, over
  four areas of a day and four sites of a week; the textbook's matching gives each gap once and
  the first round of ours as many. The last lines compare with trying all ways, in small crowds.
- **search**: which spaces of an area of 200 are idle for a window, each with its whole gap,
  through the database layer; against merely reading the ids of the area, and against the best
  query without a table of gaps (weekly windows, closed days, last and next reservation).
- **peer**: the same search beside slot-calculator (npm), which is given the same weekly windows,
  closed days and commitments (with their buffer, only those within a day of the question), and
  whose answers must be equal. It answers space by space; its own time alone is counted.
- **reservation**: one durable commit (WAL, FULL) through the repositories: the idle gap is found
  and cut in two, the car found, the reservation written (its overlap trigger looks), the deposit
  booked from the wallet to escrow (journal, transfer, two balances) and the audit row written.
  Beside it, in turn, 16 KiB are overwritten in the same folder and made durable (fdatasync).
- **settlement**: what an exit writes into books and outbox in one durable commit: a journal of
  four transfers, five balances, the capture to ask for, and the row of evidence that proves them
  by its hashes. The bare driver is given the very same statements and values on a copy of the
  file. django-ledger settles the same shares on SQLite (WAL, FULL) in an environment of its own.
- **books**: every balance from the transfers alone, without the stored ones, as `kiosk books
  check` does it; 200,000 stays of 300 owners.
- **dead_network**: from the scan to the order to the arm in virtual time, two sites in turn: one
  provider is a process that answers, the other a port that never does. What the car before has
  left to do hangs on the provider's thread meanwhile.
"""
