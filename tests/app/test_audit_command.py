"""`kiosk audit`: a stay's evidence is read, verified alone, and its heads are kept elsewhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.audit_key import audit_key
from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.outcomes import ExitCovered
from kiosk.services.audit_heads import HeadsFiles, read_heads
from tests.conftest import ExpectLog
from tests.fakes.stage import ENTRY, EXIT, SITE_FILE, Stage, ada, founded, stage

__all__ = ["ada", "founded", "stage"]


@pytest.fixture
def heads(stage: Stage) -> HeadsFiles:
    """The heads of the stage's site, signed once."""
    files = heads_of(stage)
    files.look()
    return files


def heads_of(stage: Stage, *more: Path) -> HeadsFiles:
    """The heads of the stage's site."""
    key = audit_key(stage.folder / "audit.key")
    return HeadsFiles(stage.site.core, (stage.folder / "audit.heads", *more), key=key)


def audit(stage: Stage, *words: str) -> int:
    """`kiosk audit ...` on the database of the stage, which is at work."""
    database = f"sqlite:///{stage.folder / 'site.db'}"
    return main(["audit", *words, "--site", str(SITE_FILE), "--db", database])


def stay(stage: Stage, wallet: Any) -> int:
    """A car comes, stays and leaves."""
    ticket = stage.inside(wallet.proof)
    stage.wait(minutes=50)
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)
    stage.wait(minutes=1)
    return ticket.reservation_id


def spoil(stage: Stage, sql: str) -> None:
    """Somebody with the file and without scruples."""
    with sqlite3.connect(stage.folder / "site.db") as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in names.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql)
    connection.close()


def shown(
    stage: Stage, capsys: pytest.CaptureFixture[str], reservation_id: int
) -> tuple[Path, dict[str, Any]]:
    """The exported timeline of a stay, as a file and as a table."""
    capsys.readouterr()
    assert audit(stage, "show", str(reservation_id), "--json") == DONE
    text = capsys.readouterr().out
    path = stage.folder / "stay.json"
    path.write_text(text, encoding="utf-8")
    return path, json.loads(text)


def test_the_evidence_of_a_stay_stands_in_its_order(
    stage: Stage, ada: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    reservation_id = stay(stage, ada)

    _, table = shown(stage, capsys, reservation_id)

    facts = [
        [
            row["action"],
            *(fact[:1] + fact[2:5] if fact[0] in {"input", "phase", "relay"} else fact[:1]),
        ]
        for row in table["rows"]
        for fact in json.loads(row["facts"] or "[]")
    ]
    one_lane = [
        ["input", "arming", "on"],
        ["phase", "present"],
        ["relay", 1, "open", "ordered"],
        ["relay", 1, "open", "confirmed"],
        ["phase", "opening"],
        ["input", "closed_limit", "off"],
        ["input", "open_limit", "on"],
        ["phase", "open"],
        ["input", "under_arm", "on"],
        ["phase", "passing"],
        ["input", "arming", "off"],
    ]
    at_rest: list[list[object]] = [
        ["input", "under_arm", "off"],
        ["input", "closed_limit", "on"],
        ["phase", "idle"],
    ]

    def of(action: str) -> list[list[object]]:
        return [fact[1:] for fact in facts if fact[0] == action]

    assert list(dict.fromkeys(row["action"] for row in table["rows"])) == [
        "reservation.made",
        "deposit.paid",
        "ticket.presented",
        "entry.passed",
        "evidence.lane",
        "exit.passed",
    ]
    assert of("reservation.made") == [["terms"]]
    assert of("deposit.paid") == [["journal"]]
    assert of("ticket.presented") == [["scan"], ["receipt"], ["terms"], ["journal"], ["scan"]]
    for passed in ("entry.passed", "exit.passed"):
        lane = of(passed)
        assert lane[lane.index(["input", "arming", "on"]) :] == one_lane
    for fact in at_rest:
        assert of("evidence.lane").count(fact) == 2


def test_no_ticket_stands_in_the_evidence_in_clear(
    stage: Stage, ada: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = stage.inside(ada.proof)

    path, _ = shown(stage, capsys, ticket.reservation_id)

    text = path.read_text(encoding="utf-8").lower()
    assert ticket.text.lower() not in text
    assert ticket.short_code.lower() not in text


def test_a_stay_is_shown_in_words_by_its_number_and_by_its_code(
    stage: Stage, ada: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = stage.inside(ada.proof)
    capsys.readouterr()

    assert audit(stage, "show", str(ticket.reservation_id)) == DONE
    by_number = capsys.readouterr().out
    assert audit(stage, "show", ticket.short_code) == DONE
    by_code = capsys.readouterr().out

    assert by_number == by_code
    assert "2026-06-01 14:00:0" in by_number
    assert "order 1, open confirmed" in by_number
    assert f"escrow:{ticket.reservation_id}" in by_number
    assert audit(stage, "show", "zzzzzzzz") == INPUT


def test_a_timeline_proves_itself_without_a_database(
    stage: Stage, ada: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = shown(stage, capsys, stay(stage, ada))

    assert main(["audit", "verify", str(path)]) == DONE
    said = capsys.readouterr().out
    assert table["rows"][-1]["stay_hash"] in said
    assert "only the site can tell" in said


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda table: table["rows"].pop(2), "audit"),
        (lambda table: table["rows"].reverse(), "audit"),
        (lambda table: table["rows"][1].update(detail="x"), "audit"),
        (lambda table: table["rows"][1].update(facts="{}"), "audit"),
        (lambda table: table["journals"].pop(), "journal"),
        (lambda table: table["journals"][0].update(at=1), "journal"),
        (lambda table: table["journals"][0]["transfers"].pop(), "journal"),
        (lambda table: table["journals"][0]["transfers"][0].update(amount_minor=1), "journal"),
        (lambda table: table["receipts"][0].update(total_minor=1), "receipt"),
        (lambda table: table["receipts"].clear(), "receipt"),
        (lambda table: table.update(reservation=99), "audit"),
    ],
)
def test_a_timeline_that_was_changed_is_refused(
    stage: Stage, ada: Any, capsys: pytest.CaptureFixture[str], change: Change, named: str
) -> None:
    path, table = shown(stage, capsys, stay(stage, ada))
    change(table)
    path.write_text(json.dumps(table), encoding="utf-8")

    assert main(["audit", "verify", str(path)]) == REFUSED
    assert named in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "sharedpark-timeline-1"}'],
)
def test_what_is_no_timeline_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "stay.json"
    path.write_text(text, encoding="utf-8")

    assert main(["audit", "verify", str(path)]) == INPUT
    assert str(path) in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table["rows"].append(1),
        lambda table: table["rows"].append({}),
        lambda table: table["rows"][0].update(id="1"),
        lambda table: table["rows"][0].update(stay_hash=None),
        lambda table: table["rows"][0].update(detail=1.5),
        lambda table: table["journals"].append({}),
        lambda table: table["receipts"].append({"number": "x"}),
    ],
)
def test_rows_of_another_shape_are_refused_in_words(
    stage: Stage, ada: Any, capsys: pytest.CaptureFixture[str], change: Change
) -> None:
    path, table = shown(stage, capsys, stay(stage, ada))
    change(table)
    path.write_text(json.dumps(table), encoding="utf-8")

    assert main(["audit", "verify", str(path)]) == INPUT


def test_a_site_at_work_is_verified_with_count_and_head(
    stage: Stage, ada: Any, heads: HeadsFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    stay(stage, ada)
    with stage.site.core.store.reading() as tx:
        head = tx.audit.head()
    capsys.readouterr()

    assert audit(stage, "verify", "--head", f"{head.row}:{head.hash}") == DONE
    said = capsys.readouterr().out
    assert f"{head.row} rows" in said
    assert f"head {head.row}:{head.hash}" in said


def test_an_edit_is_named_and_the_command_fails(
    stage: Stage, heads: HeadsFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(stage, "UPDATE audit SET actor_name = 'Nobody' WHERE id = 2")

    assert audit(stage, "verify") == REFUSED
    assert "audit 2: is not the row that was written here" in capsys.readouterr().err


def test_a_cut_is_named_by_the_heads_beside_the_database(
    stage: Stage, heads: HeadsFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(stage, "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)")

    assert audit(stage, "verify") == REFUSED
    assert "is gone: the chain was cut" in capsys.readouterr().err


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
