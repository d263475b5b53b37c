"""Holds what bootstrap.py says where a machine lacks something: one line, never a traceback."""

from __future__ import annotations

import ast
import hashlib
import io
import platform
import sys
import zipfile
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).parents[1]
MACHINE = platform.machine()
WHEEL = f"uv-{bootstrap.UV_VERSION}-py3-none-{bootstrap.UV_PLATFORMS[MACHINE]}.whl"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No index, no certificate file and no pip settings of this machine reach the tests."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path / "tools")


def index_at(folder: Path, content: bytes) -> str:
    """A package index of one file, as a folder."""
    page = folder / "uv" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f'<a href="../files/{WHEEL}#sha256=0">{WHEEL}</a>')
    (folder / "files").mkdir()
    (folder / "files" / WHEEL).write_bytes(content)
    return folder.as_uri()


def wheel_of(script: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"uv-{bootstrap.UV_VERSION}.data/scripts/uv", script)
    return packed.getvalue()


def test_uv_is_taken_from_the_configured_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = wheel_of("#!/bin/sh\necho uv 0.13.9\n")
    monkeypatch.setitem(bootstrap.UV_WHEELS, MACHINE, hashlib.sha256(content).hexdigest())
    monkeypatch.setenv("PATH", "/nonexistent")
    assert bootstrap.find_uv() is None
    fetched = bootstrap.fetch_uv(index_at(tmp_path / "index", content))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    assert fetched == bootstrap.find_uv() == str(tmp_path / "tools" / "uv-0.13.9" / "uv")


def test_a_wheel_with_another_hash_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = index_at(tmp_path / "index", wheel_of("#!/bin/sh\necho uv 0.13.9\n"))
    assert bootstrap.fetch_uv(index) is None
    assert "is not the file we know" in capsys.readouterr().err
    assert not (tmp_path / "tools").exists()


def test_an_index_out_of_reach_is_one_line_without_its_password(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bootstrap.fetch_uv("http://user:secret@127.0.0.1:9/simple") is None
    said = capsys.readouterr().err
    assert said.startswith("bootstrap: no uv from http://127.0.0.1:9/simple: ")
    assert "secret" not in said
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UV_DEFAULT_INDEX", "https://mirror.example/simple/"),
        ("UV_DEFAULT_INDEX", "inside=https://mirror.example/simple"),
        ("UV_INDEX_URL", "https://mirror.example/simple"),
        ("PIP_INDEX_URL", "https://mirror.example/simple"),
    ],
)
def test_the_index_is_the_one_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert bootstrap.configured_index() == "https://mirror.example/simple"


def test_the_index_is_the_one_of_pips_settings(tmp_path: Path) -> None:
    settings = tmp_path / "config" / "pip" / "pip.conf"
    settings.parent.mkdir(parents=True)
    settings.write_text("[global]\nindex-url = https://mirror.example/simple/\n")
    assert bootstrap.configured_index() == "https://mirror.example/simple"


def test_pip_settings_that_cannot_be_read_are_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "broken.conf"
    settings.write_text("index-url = no section above\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    assert bootstrap.pip_setting("index-url", "default") == "default"


@pytest.mark.parametrize(
    ("libc", "reason"),
    [
        (("glibc", "2.31"), "needs glibc"),
        (("", ""), "another C library"),
    ],
)
def test_a_system_without_a_wheel_for_qt_is_told_so(
    monkeypatch: pytest.MonkeyPatch, libc: tuple[str, str], reason: str
) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: libc)
    with pytest.raises(bootstrap.Stop, match=reason):
        bootstrap.check_system({})


def test_a_machine_without_a_wheel_for_qt_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "armv7l")
    with pytest.raises(bootstrap.Stop, match="no wheel for armv7l"):
        bootstrap.check_system({})


def test_missing_libraries_are_one_line_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "loads", lambda library: not library.startswith("libEGL"))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert bootstrap.main(["sync"]) == 3
    said = capsys.readouterr().err
    assert said == (
        "bootstrap: system packages are missing:"
        " sudo apt-get install -y --no-install-recommends libegl1\n"
    )


def test_root_gets_missing_libraries_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought = tmp_path / "brought"
    apt = tmp_path / "bin" / "apt-get"
    apt.parent.mkdir()
    apt.write_text(f'#!/bin/sh\necho "$@" >> {brought}\n')
    apt.chmod(0o755)
    monkeypatch.setenv("PATH", f"{apt.parent}:/usr/bin:/bin")
    monkeypatch.setattr(bootstrap, "loads", lambda _library: brought.exists())
    monkeypatch.setattr("os.geteuid", lambda: 0)
    bootstrap.check_system({})
    asked = brought.read_text().splitlines()
    assert asked[0] == "update -qq"
    assert asked[1].split()[4:] == sorted(bootstrap.LIBRARIES.values(), key=asked[1].index)


def test_every_library_has_its_package_by_debians_names() -> None:
    assert sorted(bootstrap.LIBRARIES.values()) == [
        "libdbus-1-3",
        "libegl1",
        "libfontconfig1",
        "libgl1",
        "libglib2.0-0",
        "libxkbcommon0",
    ]


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("DISPLAY", ":0", "libxcb-cursor0"),
        ("DISPLAY", ":0", "libxcb-icccm4"),
        ("DISPLAY", ":0", "libxcb-keysyms1"),
        ("DISPLAY", ":0", "libxcb-render-util0"),
        ("DISPLAY", ":0", "libxkbcommon-x11-0"),
        ("WAYLAND_DISPLAY", "wayland-0", "libwayland-cursor0"),
    ],
)
def test_a_window_needs_the_libraries_of_its_display(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, wanted: str
) -> None:
    monkeypatch.setenv(name, value)

    assert wanted in bootstrap.window_libraries().values()


def test_without_a_display_no_library_of_one_is_asked_for() -> None:
    assert bootstrap.window_libraries() == {}


def test_without_a_display_the_tour_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.command_for("run", [])[1:] == ["tour"]
    assert "out/tour" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value"),
    [("DISPLAY", ":0"), ("WAYLAND_DISPLAY", "wayland-0"), ("QT_QPA_PLATFORM", "eglfs")],
)
def test_with_a_display_the_program_is_run(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert bootstrap.command_for("run", ["--site", "x.toml"])[1:] == ["run", "--site", "x.toml"]


def test_an_old_python_can_read_it_and_says_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ast.parse((ROOT / "bootstrap.py").read_text(), feature_version=(3, 9))
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    monkeypatch.setenv("PATH", "/nonexistent")
    assert bootstrap.main(["run"]) == 3
    assert capsys.readouterr().err.startswith("bootstrap: Python 3.11 to 3.14 is needed; this is")


def test_an_unknown_verb_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(["dance"]) == 2
    assert "bootstrap.py run" in capsys.readouterr().out


def test_a_command_that_is_not_there_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)  # and back again: the command would run there
    assert bootstrap.replace_by(["no-such-command"]) == 2
    said = capsys.readouterr().err
    assert said == "bootstrap: no-such-command is not in the project's environment\n"
