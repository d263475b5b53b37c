"""`kiosk audit`: a stay's evidence is read, verified alone, and its heads are kept elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.outcomes import ExitDue
from kiosk.services.audit_heads import HeadsFiles
from tests.app.audited import audit, heads, spoil, stay
from tests.fakes.stage import EXIT, Stage, ada, founded, stage

__all__ = ["ada", "founded", "heads", "stage"]


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
    at_exit = [["receipt"], ["terms"], ["journal"], ["scan"], ["row"]]  # a part that goes back
    assert of("ticket.presented") == [["scan"], *at_exit]
    for passed in ("entry.passed", "exit.passed"):
        lane = of(passed)
        seen = [fact for fact in lane if fact != ["row"]]
        assert seen[seen.index(["input", "arming", "on"]) :] == one_lane
        assert lane.count(["row"]) == 1  # that of the stay
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
    assert f"wallet:1 / escrow:{ticket.reservation_id} 4.80 EUR" in by_number
    assert audit(stage, "show", "zzzzzzzz") == INPUT


def test_a_timeline_proves_itself_without_a_database(
    stage: Stage, ada: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    path, table = shown(stage, capsys, stay(stage, ada))

    assert main(["audit", "verify", str(path)]) == DONE
    said = capsys.readouterr().out
    assert table["rows"][-1]["stay_hash"] in said
    assert "only the site can tell" in said
    assert "Not checked: whether it had, the number of the site, and the site's own chain" in said


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


def test_what_is_still_due_is_shown_as_money(
    stage: Stage, ada: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    ticket = stage.inside(ada.proof)
    stage.wait(minutes=200)
    outcome = stage.drive(EXIT, ticket.text)
    assert isinstance(outcome, ExitDue)
    capsys.readouterr()

    assert audit(stage, "show", str(ticket.reservation_id)) == DONE
    said = capsys.readouterr().out
    assert audit(stage, "show", str(ticket.reservation_id), "--json") == DONE

    assert f"ticket.presented at exit: due {outcome.bill.due.minor / 100:.2f} EUR" in said
    assert f'"due {outcome.bill.due.minor}"' in capsys.readouterr().out, "as it is proved"
