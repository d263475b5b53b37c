"""Refreshes the translations: finds texts in QML and Python, merges the .ts files, compiles .qm.

    python resources/i18n/update.py           rewrite .ts and .qm
    python resources/i18n/update.py --check   exit 1 when they are not current or not finished
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "resources" / "i18n"
LANGUAGES = ("zh_CN",)
TOOLS = Path(sys.executable).parent


def sources() -> list[str]:
    """Every QML file except the gallery, and every Python module that speaks to people."""
    qml = sorted((ROOT / "resources" / "qml").glob("*/*.qml"))
    python = sorted((ROOT / "kiosk" / "ui").rglob("*.py"))
    return [str(path.relative_to(ROOT)) for path in [*qml, *python] if path.parent.name != "Gallery"]


def run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools beside this interpreter; its complaint ends the script."""
    command = [str(TOOLS / f"pyside6-{tool}"), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{tool}: {done.stdout}{done.stderr}")


def build(folder: Path, language: str) -> list[Path]:
    """Merge and compile one language into this folder, starting from the committed .ts."""
    name = f"kiosk_{language}"
    committed = HERE / f"{name}.ts"
    ts, qm = folder / f"{name}.ts", folder / f"{name}.qm"
    if committed.exists() and committed != ts:
        ts.write_bytes(committed.read_bytes())
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en"]
    run("lupdate", *options, "-target-language", language, *sources(), "-ts", str(ts))
    run("lrelease", "-silent", str(ts), "-qm", str(qm))
    return [ts, qm]


def unfinished(ts: Path) -> list[str]:
    """Texts of this file that have no finished translation."""
    messages = ElementTree.parse(ts).iter("message")
    return [
        message.findtext("source", "")
        for message in messages
        if (found := message.find("translation")) is None
        or found.get("type") == "unfinished"
        or not (found.text or list(found))
    ]


def main(check: bool) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        for language in LANGUAGES:
            built = build(Path(scratch) if check else HERE, language)
            missing = unfinished(built[0])
            if missing:
                print(f"{language}: {len(missing)} texts without translation:", *missing, sep="\n  ")
            stale = [
                path.name for path in built if path.read_bytes() != (HERE / path.name).read_bytes()
            ]
            if stale:
                print("not current, run resources/i18n/update.py:", *stale)
            if missing or stale:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
