"""The key that signs tickets: made whole or not at all, and read by nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import INPUT
from kiosk.app.wiring import KEY_BYTES, ticket_key


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "ticket.key"

    first = ticket_key(path)
    again = ticket_key(path)

    assert first == again
    assert len(path.read_bytes()) == KEY_BYTES
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_power_cut_while_the_key_is_made_leaves_none_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ticket.key"

    def power_cut(_descriptor: int) -> None:
        raise OSError("no power")

    with monkeypatch.context() as cut:
        cut.setattr(os, "fsync", power_cut)
        with pytest.raises(OSError, match="no power"):
            ticket_key(path)
    was_there = path.exists()

    assert was_there is False
    assert len(ticket_key(path).secret) == KEY_BYTES


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "ticket.key"
    ticket_key(path)
    path.chmod(mode)

    with pytest.raises(ConfigError, match=r"ticket\.key: .*chmod 600"):
        ticket_key(path)


def test_a_key_that_is_too_short_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "ticket.key"
    path.write_bytes(b"short")
    path.chmod(0o600)

    with pytest.raises(ConfigError, match=r"ticket\.key: expected 32 bytes"):
        ticket_key(path)
    assert path.read_bytes() == b"short"


def test_a_site_with_a_spoilt_key_does_not_start_and_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "ticket.key"
    path.write_bytes(b"short")
    path.chmod(0o600)

    ended = subprocess.run(
        [
            sys.executable,
            *("-m", "kiosk.app.main", "run", "--headless"),
            *("--db", f"sqlite:///{tmp_path / 'site.db'}"),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert ended.returncode == INPUT
    assert f"{path}: expected 32 bytes" in ended.stderr
