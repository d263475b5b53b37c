"""Checks the screens against the Python types behind them; what QML looks like is qmlformat's.

qmllint knows no Python, so the types are described for it first: the classes of kiosk/ui are read
(not imported) into meta objects, these become one `.qmltypes` file per QML module, and a copy of
resources/qml whose `qmldir` files name them stands under out/qml. A property, slot or role that
Python does not offer is then an error of the screen, found without starting it.
"""

from __future__ import annotations

import argparse
import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import PySide6
from PySide6.scripts.metaobjectdump import VisitorContext, parse_file

ROOT = Path(__file__).resolve().parents[2]
QT = Path(PySide6.__file__).parent
FOREIGN_TYPES = ("core", "gui", "qml", "qmlmodels", "quick")
"""The Qt modules whose types our classes inherit from or hand out."""

VALUE_TYPES = {
    "list": "QVariantList",
    "dict": "QVariantMap",
    "float": "double",
    "object": "QVariant",
}

NO_MODULE = ""
"""Stands for files whose classes QML never names, but meets as a base of others."""

Meta = dict[str, Any]


def lint(*, qml: Path, python: Path, out: Path) -> int:
    """Lint every QML file under `qml`; 0 when nothing is to be said, else qmllint's answer."""
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(qml, out)
    types = read_types(python)
    for module in types.keys() - {NO_MODULE}:
        others = [meta for other in types if other != module for meta in types[other]]
        describe(module, types[module], others, out)
    files = sorted(out.rglob("*.qml"))
    if not files:
        print(f"no QML file under {qml}", file=sys.stderr)
        return 1
    command = [
        *(str(QT / "qmllint"), "--ignore-settings", "--max-warnings", "0"),
        *("--unused-imports", "warning", "--import", "error"),
        *("-I", str(out), "-I", str(QT / "Qt" / "qml")),
    ]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True)
    sys.stderr.write((done.stdout + done.stderr).replace(str(out), str(qml)))
    return done.returncode


def read_types(python: Path) -> dict[str, list[Meta]]:
    """The meta objects under `python`, by the QML module that each file names, if it does."""
    context = VisitorContext()  # type: ignore[no-untyped-call]
    sources = sorted(python.rglob("*.py"))
    for source in sources:
        parse_file(source, context)  # first, who is a QObject: a base may stand in a later file
    modules: dict[str, list[Meta]] = {}
    for source in sources:
        meta = parse_file(source, context)
        if meta is None:
            continue
        _say_what_the_reader_leaves_out(meta, source, set(context.qobject_derived))
        meta["inputFile"] = source.with_suffix(".h").name
        modules.setdefault(meta.get("QML_IMPORT_NAME", NO_MODULE), []).append(meta)
    return modules


def describe(module: str, classes: list[Meta], others: list[Meta], out: Path) -> None:
    """Write `<module>/python.qmltypes` under `out` and name it in the module's qmldir.

    `others` is what `classes` may inherit from or hand out: plain bases and other modules.
    """
    folder = out.joinpath(*module.split("."))
    folder.mkdir(parents=True, exist_ok=True)
    metatypes = folder / "python.json"
    metatypes.write_text(json.dumps(classes))
    (folder / "others.json").write_text(json.dumps(others))
    foreign = [QT / "Qt" / "metatypes" / f"qt6{name}_metatypes.json" for name in FOREIGN_TYPES]
    subprocess.run(
        [
            str(QT / "Qt" / "libexec" / "qmltyperegistrar"),
            *("--generate-qmltypes", str(folder / "python.qmltypes")),
            *("-o", str(folder / "python.cpp"), "--import-name", module),
            *("--major-version", str(classes[0].get("QML_IMPORT_MAJOR_VERSION", 1))),
            *("--minor-version", str(classes[0].get("QML_IMPORT_MINOR_VERSION", 0))),
            *("--foreign-types", ",".join(map(str, [folder / "others.json", *foreign]))),
            str(metatypes),
        ],
        check=True,
    )
    qmldir = folder / "qmldir"
    head = qmldir.read_text() if qmldir.exists() else f"module {module}\n"
    qmldir.write_text(f"{head.rstrip()}\ntypeinfo python.qmltypes\n")


def _say_what_the_reader_leaves_out(meta: Meta, source: Path, qobjects: set[str]) -> None:
    """PySide's reader knows neither `constant=True` nor that QObjects go by pointer."""
    constants = _constant_properties(source)
    for described in meta["classes"]:
        for prop in described.get("properties", []):
            prop["type"] = _qml_type(prop["type"], qobjects)
            if (described["className"], prop["name"]) in constants:
                prop["constant"] = True
        for call in described.get("slots", []) + described.get("signals", []):
            call["returnType"] = _qml_type(call["returnType"], qobjects)
            for argument in call["arguments"]:
                argument["type"] = _qml_type(argument["type"], qobjects)


def _qml_type(type_name: str, qobjects: set[str]) -> str:
    return f"{type_name}*" if type_name in qobjects else VALUE_TYPES.get(type_name, type_name)


def _constant_properties(source: Path) -> set[tuple[str, str]]:
    """Class and name of each `@Property(..., constant=True)`."""
    found: set[tuple[str, str]] = set()
    for owner in ast.walk(ast.parse(source.read_text())):
        if not isinstance(owner, ast.ClassDef):
            continue
        for method in owner.body:
            if isinstance(method, ast.FunctionDef) and any(
                keyword.arg == "constant"
                for decorator in method.decorator_list
                if isinstance(decorator, ast.Call)
                for keyword in decorator.keywords
            ):
                found.add((owner.name, method.name))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="qmllint against our own Python types")
    parser.add_argument("--qml", type=Path, default=ROOT / "resources" / "qml")
    parser.add_argument("--python", type=Path, default=ROOT / "kiosk" / "ui")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "qml")
    options = parser.parse_args()
    return lint(qml=options.qml, python=options.python, out=options.out)


if __name__ == "__main__":
    sys.exit(main())
