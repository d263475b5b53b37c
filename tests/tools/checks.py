"""Runs the checks of the project side by side and says which failed; what each checks is its own.

    checks.py lint      formatting, rules, types, layers, screens
    checks.py test      lint and coverage of the perfect list, then every test
    checks.py format    put Python and QML into the form that lint asks for

A check that passes says one line; one that fails shows all it said. pytest comes last, so that its
closing line is the last thing to read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
QML = ROOT / "resources" / "qml"
FORMATTED_QML = ROOT / "out" / "qmlformat"


@dataclass(frozen=True, slots=True)
class Check:
    """One command with the name it goes by."""

    name: str
    command: tuple[str, ...]


# The longest first: two run at a time.
LINT = (
    Check("mypy --strict", (str(BIN / "mypy"),)),
    Check("lint-imports", (str(BIN / "lint-imports"), "--no-cache")),
    Check("qmllint", (sys.executable, "tests/tools/lint_qml.py")),
    Check("qmlformat", (sys.executable, "tests/tools/checks.py", "qmlformat")),
    Check("ruff check", (str(BIN / "ruff"), "check", ".")),
    Check("ruff format", (str(BIN / "ruff"), "format", "--check", ".")),
)
# Each file stays with one worker, so that what its tests share is made once; one worker more than
# the two cores, for many tests wait for a lane or a process. Benchmarks have a command of their
# own; their plugin only warns here.
PYTEST = (
    sys.executable,
    "-m",
    "pytest",
    "-q",
    "-n",
    "3",
    "--dist",
    "loadfile",
    "--benchmark-disable",
)
PERFECT = Check("perfect", (sys.executable, "tests/tools/perfect.py"))
# Compiles every test once, for pytest and all its workers, while a core has nothing to do.
COLLECTED = Check(
    "every test can be read", (sys.executable, "-m", "pytest", "-q", "--collect-only")
)
# Where Python keeps what it compiled, also where it is told to write nothing beside the sources:
# each worker, and each program that a test starts, would compile everything anew.
BYTECODE = ROOT / "out" / "bytecode"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["lint"]:
            return run_side_by_side(LINT)
        case ["test", *rest]:
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)
            failed = run_side_by_side((LINT[0], PERFECT, COLLECTED, *LINT[1:]))
            tests = subprocess.run([*PYTEST, *rest], cwd=ROOT)
            return failed or tests.returncode
        case ["format"]:
            return format_all()
        case ["qmlformat"]:
            return check_qml_format(QML, FORMATTED_QML)
        case _:
            print(__doc__)
            return 2


def run_side_by_side(checks: tuple[Check, ...]) -> int:
    """1 when any check failed; every check is run, so that one run shows everything."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return max(pool.map(run_one, checks))


def run_one(check: Check) -> int:
    started = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    took_s = time.monotonic() - started
    is_good = done.returncode == 0
    line = f"{'ok    ' if is_good else 'FAILED'} {check.name} ({took_s:.1f} s)\n"
    sys.stdout.write(line if is_good else f"{done.stdout.rstrip()}\n{line}")
    sys.stdout.flush()
    return 0 if is_good else 1


def check_qml_format(qml: Path, scratch: Path) -> int:
    """qmlformat cannot compare, so it formats a copy; 1 and the names of the files that differ."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(qml, scratch)
    if qmlformat(scratch) != 0:
        return 1
    different = [
        name
        for name in sorted(path.relative_to(scratch) for path in scratch.rglob("*.qml"))
        if (qml / name).read_bytes() != (scratch / name).read_bytes()
    ]
    for name in different:
        print(f"would reformat {qml.name}/{name} (make format)")
    return 1 if different else 0


def qmlformat(folder: Path) -> int:
    files = sorted(map(str, folder.rglob("*.qml")))
    if not files:
        return 0
    command = [str(BIN / "pyside6-qmlformat"), "--ignore-settings", "-i", *files]
    return subprocess.run(command).returncode


def format_all() -> int:
    ruff = str(BIN / "ruff")
    subprocess.run([ruff, "check", "--select", "I", "--fix", "-q", "."], cwd=ROOT)
    return subprocess.run([ruff, "format", "."], cwd=ROOT).returncode or qmlformat(QML)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
