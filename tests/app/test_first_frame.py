"""The first frame comes before what it does not need is imported, and the first page likewise.

Each case looks into a process of its own: in the tests' process everything is loaded already.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DATABASE_PORTS_AND_PINS = {"peewee", "pysqlite3", "sqlite3", "serial", "argon2"}
LOADED = "print('loaded', *sorted({name.partition('.')[0] for name in sys.modules}))"


def loaded_by(script: str) -> set[str]:
    """The packages of a process that has run this script."""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert "loaded" in done.stdout, done.stderr
    return set(done.stdout.split()) - {"loaded"}


def test_the_first_frame_waits_for_qt_alone() -> None:
    loaded = loaded_by(
        f"""
import sys
import kiosk.app.main
from kiosk.app.first_frame import FirstFrame
shown = FirstFrame(is_for_desk=False)
{LOADED}
shown.close()
"""
    )

    assert "PySide6" in loaded
    late = {"pydantic", "structlog", "qrcode", "db", "hardware", *DATABASE_PORTS_AND_PINS}
    assert not late & loaded


def test_the_first_page_waits_for_no_database_no_port_and_no_pin(tmp_path: Path) -> None:
    loaded = loaded_by(
        f"""
import sys
from kiosk.app.first_frame import FirstFrame
from kiosk.app.main import main
from PySide6.QtGui import QGuiApplication

close = FirstFrame.close

def first_page_stands(frame):
    {LOADED}
    FirstFrame.close = close
    close(frame)
    QGuiApplication.quit()

FirstFrame.close = first_page_stands
main(["run", "--db", "sqlite:///{tmp_path / "site.db"}"])
"""
    )

    assert "pydantic" in loaded
    assert not {"structlog", "qrcode", "db", *DATABASE_PORTS_AND_PINS} & loaded


def test_the_desk_alone_has_its_first_frame_too() -> None:
    loaded = loaded_by(
        f"""
import sys
from kiosk.app.first_frame import FirstFrame
shown = FirstFrame(is_for_desk=True)
window = shown._engine.rootObjects()[0]
assert (window.width(), window.height()) != (1080, 1920), "that is the drivers' page"
{LOADED}
shown.close()
shown.close()
"""
    )

    assert "PySide6" in loaded


def test_a_kiosk_at_work_loads_the_module_of_no_other_command() -> None:
    modules = "print('loaded', *(name for name in sys.modules if name.endswith('_command')))"
    loaded = loaded_by(
        f"import sys\nfrom kiosk.app.main import main\nmain(['check-config'])\n{modules}"
    )

    assert not {name for name in loaded if name.startswith("kiosk.app.")}
