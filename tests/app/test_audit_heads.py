"""Signed heads beside the database: when they are written, and what missing or forged ones say."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.services.audit_heads import HeadsFiles, read_heads
from tests.app.audited import audit, heads, heads_of, stay
from tests.conftest import ExpectLog
from tests.fakes.stage import ENTRY, SITE_FILE, Stage, ada, founded, stage

__all__ = ["ada", "founded", "heads", "stage"]


def test_heads_are_signed_every_hour_and_at_the_end(stage: Stage, heads: HeadsFiles) -> None:
    for _ in range(5):
        stage.wait(minutes=30)
        heads.look()
    heads.sign("close")

    signed = read_heads(stage.folder / "audit.heads")
    assert [each.why for each in signed] == ["start", "hour", "hour", "close"]
    assert [each.number for each in signed] == [1, 2, 3, 4]


def test_a_clock_that_was_set_back_does_not_silence_the_heads(
    stage: Stage, heads: HeadsFiles
) -> None:
    stage.site.clock.jump(-timedelta(days=1))
    heads.look()

    assert len(read_heads(stage.folder / "audit.heads")) == 2


def test_half_a_line_of_a_power_cut_is_no_head(stage: Stage, heads: HeadsFiles) -> None:
    path = stage.folder / "audit.heads"
    path.write_bytes(path.read_bytes() + b'{"number": 2, "at"')

    heads.sign("hour")

    assert [each.number for each in read_heads(path)] == [1, 2]


def test_heads_are_kept_in_a_second_place_too(
    stage: Stage, tmp_path: Path, expect_log: ExpectLog, capsys: pytest.CaptureFixture[str]
) -> None:
    second = tmp_path / "second" / "site.heads"
    event = f"audit_heads.not_written file={second} why=No such file or directory"
    expect_log(event, because="the second disk is not there yet")
    files = heads_of(stage, second)
    files.sign("hour")
    files.sign("hour")
    second.parent.mkdir()
    files.sign("hour")

    assert [each.number for each in read_heads(second)] == [1]
    assert audit(stage, "verify", "--heads", str(second)) == DONE


@pytest.mark.parametrize("name", ["audit.heads", "audit.key"])
def test_missing_heads_are_named(
    stage: Stage, heads: HeadsFiles, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (stage.folder / name).unlink()

    assert audit(stage, "verify") == REFUSED
    assert f"{name}: is missing" in capsys.readouterr().err


def test_forged_heads_are_named(
    stage: Stage, heads: HeadsFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    path = stage.folder / "audit.heads"
    path.write_text(path.read_text().replace('"start"', '"hour"'))

    assert audit(stage, "verify") == REFUSED
    assert "head 1: is not signed by this site" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["what\n", "", "[]\n"])
def test_a_spoilt_file_of_heads_is_named(
    stage: Stage, heads: HeadsFiles, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    (stage.folder / "audit.heads").write_text(text)

    assert audit(stage, "verify") == REFUSED
    assert "audit.heads" in capsys.readouterr().err


def test_heads_that_end_long_before_the_rows_do_are_named(
    stage: Stage, ada: Any, heads: HeadsFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    stage.wait(minutes=180)
    stay(stage, ada)

    assert audit(stage, "verify") == REFUSED
    assert "heads are missing" in capsys.readouterr().err


def test_a_command_that_writes_while_the_site_rests_signs_what_it_wrote(
    stage: Stage,
    ada: Any,
    heads: HeadsFiles,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stay(stage, ada)
    heads.sign("close")
    later = stage.now + timedelta(days=2)
    monkeypatch.setattr("kiosk.app.import_calendar.SystemClock.now", lambda _clock: later)
    stage.close()
    where = ["--site", str(SITE_FILE), "--db", f"sqlite:///{stage.folder / 'site.db'}"]

    assert main(["shop", "add", "Bakery", *where]) == DONE
    assert main(["shop", "list", *where]) == DONE
    capsys.readouterr()

    assert audit(stage, "verify") == DONE
    assert "that the chain alone proves: 0" in capsys.readouterr().out
    signed = read_heads(stage.folder / "audit.heads")
    assert [head.why for head in signed] == ["start", "close", "command"]


def test_the_key_of_the_heads_is_the_owners_alone(
    stage: Stage, heads: HeadsFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    key = stage.folder / "audit.key"
    assert key.stat().st_mode & 0o777 == 0o600

    key.chmod(0o640)
    assert audit(stage, "verify") == INPUT
    key.chmod(0o600)
    key.write_text("short")
    assert audit(stage, "verify") == INPUT


@pytest.mark.parametrize("head", ["1", "x:y", f"1:{'f' * 63}", f"-1:{'f' * 64}"])
def test_what_is_no_head_is_refused(stage: Stage, head: str) -> None:
    with pytest.raises(SystemExit):
        audit(stage, "verify", "--head", head)


def test_a_chain_goes_on_after_a_restart(stage: Stage, ada: Any, heads: HeadsFiles) -> None:
    stay(stage, ada)
    stage.restart()
    stage.drive(ENTRY, "nothing")

    assert audit(stage, "verify") == DONE


def write(stage: Stage, number: int, *, is_bug: bool) -> None:
    """One row of the audit, in a transaction that ends well or not."""
    with stage.site.core.store.transaction() as tx:
        tx.audit.note(None, ("phase", number, "idle"), at=stage.now)
        assert not is_bug, "rolled back"


def test_what_was_rolled_back_leaves_the_chain_whole(stage: Stage, heads: HeadsFiles) -> None:
    store = stage.site.core.store
    with pytest.raises(AssertionError, match="rolled back"):
        write(stage, 1, is_bug=True)
    with store.rehearsal() as tx:
        tx.audit.write(at=stage.now, actor_kind="clock", actor_name="x", action="a.b")
    write(stage, 2, is_bug=False)

    assert audit(stage, "verify") == DONE
    with store.reading() as tx:
        *_, last = tx.evidence.rows()
    assert last.columns["action"] == "evidence.kept"
    assert last.columns["facts"] == '[["phase",2,"idle"]]'
