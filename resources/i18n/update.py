"""Refreshes the translations: finds texts in QML and Python, merges the .ts files, compiles .qm.

python resources/i18n/update.py           rewrite .ts and .qm
python resources/i18n/update.py --check   exit 1 when they are not current or not finished
python resources/i18n/update.py --fill F  take translations from lines "source<TAB>translation"
"""

import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "resources" / "i18n"
LANGUAGES = ("zh_CN",)
# Parts that only the desk shows; the texts of all other parts speak as drivers do.
DESK_PARTS = {"DataTable", "LaneStrip"}
SIDES = ("drivers", "desk", "toy")
TOOLS = Path(sys.executable).parent


def sources() -> list[str]:
    """Every QML file, and every Python module that speaks to people."""
    qml = sorted((ROOT / "resources" / "qml").glob("*/*.qml"))
    python = sorted((ROOT / "kiosk" / "ui").rglob("*.py"))
    return [str(path.relative_to(ROOT)) for path in [*qml, *python]]


def run(tool: str, *arguments: str) -> None:
    """Run one of Qt's tools beside this interpreter; its complaint ends the script."""
    command = [str(TOOLS / f"pyside6-{tool}"), *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise SystemExit(f"{tool}: {done.stdout}{done.stderr}")


def contexts_of(folder: str) -> set[str]:
    """A QML text has its file's name as context: those of the files in this folder."""
    return {path.stem for path in (ROOT / "resources/qml" / folder).glob("*.qml")}


def side_of(context: str) -> str:
    """Who reads the texts of this context: the attendant, who plays with the toys, or drivers."""
    if context in DESK_PARTS | contexts_of("Desk"):
        return "desk"
    return "toy" if context in contexts_of("Toy") else "drivers"


def part_of(ts: Path, *, side: str, target: Path) -> None:
    """Write the contexts of one side to a file of their own, so that sides switch apart."""
    tree = ET.parse(ts)  # noqa: S314
    root = tree.getroot()
    for context in root.findall("context"):
        if side_of(context.findtext("name", "")) != side:
            root.remove(context)
    tree.write(target, encoding="utf-8", xml_declaration=True)


def build(folder: Path, language: str) -> list[Path]:
    """Merge and compile one language into this folder, starting from the committed .ts."""
    ts = folder / f"kiosk_{language}.ts"
    committed = HERE / ts.name
    if committed.exists() and committed != ts:
        ts.write_bytes(committed.read_bytes())
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en"]
    run("lupdate", *options, "-target-language", language, *sources(), "-ts", str(ts))
    compiled = []
    with tempfile.TemporaryDirectory() as scratch:
        for side in SIDES:
            part, qm = Path(scratch) / f"{side}.ts", folder / f"{side}_{language}.qm"
            part_of(ts, side=side, target=part)
            run("lrelease", "-silent", str(part), "-qm", str(qm))
            compiled.append(qm)
    return [ts, *compiled]


def unfinished(ts: Path) -> list[str]:
    """Texts of this file that have no finished translation."""
    messages = ET.parse(ts).iter("message")  # noqa: S314
    return [
        message.findtext("source", "")
        for message in messages
        if (found := message.find("translation")) is None
        or found.get("type") == "unfinished"
        or not (found.text or list(found))
    ]


def fill(ts: Path, lines: Path) -> None:
    """Give every unfinished text its translation from a file of lines, in all contexts at once."""
    pairs = (line.split("\t") for line in lines.read_text(encoding="utf-8").splitlines() if line)
    known = dict(pairs)
    tree = ET.parse(ts)  # noqa: S314
    for message in tree.iter("message"):
        translation = message.find("translation")
        source = message.findtext("source", "")
        if translation is not None and translation.get("type") and source in known:
            translation.text = known[source]
            del translation.attrib["type"]
    body = ET.tostring(tree.getroot(), encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    ts.write_text(f"{head}{body}\n", encoding="utf-8")


def main(check: bool) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        for language in LANGUAGES:
            built = build(Path(scratch) if check else HERE, language)
            missing = unfinished(built[0])
            if missing:
                print(
                    f"{language}: {len(missing)} texts without translation:", *missing, sep="\n  "
                )
            stale = [
                path.name for path in built if path.read_bytes() != (HERE / path.name).read_bytes()
            ]
            if stale:
                print("not current, run resources/i18n/update.py:", *stale)
            if missing or stale:
                return 1
    return 0


if __name__ == "__main__":
    if "--fill" in sys.argv:
        fill(HERE / "kiosk_zh_CN.ts", Path(sys.argv[sys.argv.index("--fill") + 1]))
    sys.exit(main(check="--check" in sys.argv[1:]))
