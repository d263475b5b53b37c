"""A receipt of a real stay is exported, proves its bill offline, and betrays every change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.app.exit_codes import DONE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.outcomes import ExitCovered, ExitDue, TicketIssued
from tests.fakes.stage import ENTRY, EXIT, SITE_FILE, Stage, Wallet, founded, stage_with_own_tariff

__all__ = ["founded"]
OVERSTAY = "[overstay]\nmultiplier = 1.5\nblock_minutes = 60\n"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def stage(founded: Path, tmp_path: Path) -> Iterator[Stage]:
    """The small site, with a dearer overstay."""
    stage = stage_with_own_tariff(founded, tmp_path, added=OVERSTAY)
    yield stage
    stage.close()


@pytest.fixture
def ada(stage: Stage) -> Wallet:
    return stage.wallet()


def exported(stage: Stage, number: int) -> tuple[int, Path]:
    """The exit code of the export, and the file that it wrote."""
    path = stage.folder / f"receipt-{number}.json"
    database = f"sqlite:///{stage.folder / 'site.db'}"
    site = str(stage.folder / SITE_FILE.name)
    command = ["export", "receipt", str(number), "--site", site, "--db", database]
    return main([*command, "--out", str(path)]), path


def replayed(path: Path) -> int:
    return main(["replay", str(path)])


def overstayed(stage: Stage, wallet: Wallet) -> TicketIssued:
    """Twenty minutes late, paid: 4.80 inside the reserved time, 2.40 and half as much again."""
    ticket = stage.inside(wallet.proof)
    due = stage.drive(EXIT, ticket.text, at=ticket.window.until + timedelta(minutes=20))
    assert isinstance(due, ExitDue)
    assert due.bill.charge.total.minor == 480 + 240 + 120
    assert isinstance(stage.pay_due(ticket.reservation_id, wallet.proof), ExitCovered)
    return ticket


def test_the_receipt_of_an_overstay_comes_out_again_to_the_cent(
    stage: Stage, ada: Wallet, capsys: pytest.CaptureFixture[str]
) -> None:
    overstayed(stage, ada)

    code, path = exported(stage, 1)

    assert (code, replayed(path)) == (DONE, DONE)
    assert "Overstay" in capsys.readouterr().out
    kinds = [line["kind"] for line in json.loads(path.read_text(encoding="utf-8"))["lines"]]
    assert kinds == ["block", "overstay", "overstay-surcharge"]


CHANGES: dict[str, Change] = {
    "a cheaper total": lambda table: table["total"].update(minor=700),
    "a cheaper line": lambda table: table["lines"][0]["amount"].update(minor=360),
    "a line less": lambda table: table["lines"].pop(),
    "an earlier exit": lambda table: table["facts"].update(left_at="2026-06-01T14:10:00+00:00"),
    "a lower quote": lambda table: table["facts"]["quote"].update(minor=100),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_receipt_that_was_changed_is_refused(stage: Stage, ada: Wallet, change: Change) -> None:
    overstayed(stage, ada)
    _, path = exported(stage, 1)
    table = json.loads(path.read_text(encoding="utf-8"))

    change(table)
    path.write_text(json.dumps(table), encoding="utf-8")

    assert replayed(path) == REFUSED


def test_a_receipt_with_another_tariff_than_that_of_its_hash_is_no_receipt(
    stage: Stage, ada: Wallet, capsys: pytest.CaptureFixture[str]
) -> None:
    overstayed(stage, ada)
    _, path = exported(stage, 1)
    table = json.loads(path.read_text(encoding="utf-8"))

    path.write_text(json.dumps(table | {"tariff": table["tariff"] | {"version": 1}}))

    assert replayed(path) == INPUT
    assert "tariff_hash" in capsys.readouterr().err


def test_a_stay_that_was_settled_twice_has_two_true_receipts(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    car = stage.site.car_to(EXIT)
    stage.wait_until(ticket.window.from_ + timedelta(minutes=31))
    stage.scan(EXIT, ticket.text)
    stage.back_out(EXIT, car)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=100))
    assert isinstance(stage.pay_due(ticket.reservation_id, ada.proof), ExitCovered)

    codes = [exported(stage, number)[0] for number in (1, 2)]

    assert codes == [DONE, DONE]
    assert [replayed(exported(stage, number)[1]) for number in (1, 2)] == [DONE, DONE]


def test_a_linked_stay_is_proved_by_the_terms_of_its_reservation(
    stage: Stage, ada: Wallet
) -> None:
    booked = stage.ticket(ada.proof)
    pulled = stage.inside(ada.proof, minutes=60, plate="B AB 2", space_id=3)
    stage.link(pulled.reservation_id, booked.reservation_id)
    stage.drive(EXIT, pulled.text, at=pulled.window.from_ + timedelta(minutes=50))

    code, path = exported(stage, 1)

    facts = json.loads(path.read_text(encoding="utf-8"))["facts"]
    assert facts["quote"]["minor"] == 480
    assert facts["booked_until"] == booked.window.until.isoformat()
    assert (code, replayed(path)) == (DONE, DONE)


def test_a_car_that_came_back_has_two_true_receipts_from_its_first_entry_on(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=10))
    stage.drive(ENTRY, ticket.text)
    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=25))

    files = [exported(stage, number)[1] for number in (1, 2)]

    entered = [json.loads(path.read_text())["facts"]["entered_at"] for path in files]
    assert entered[0] == entered[1]
    assert [replayed(path) for path in files] == [DONE, DONE]


def test_what_an_attendant_waived_is_taken_as_the_receipt_says_it(
    stage: Stage, ada: Wallet
) -> None:
    ticket = stage.inside(ada.proof)
    stage.drive(EXIT, ticket.text, at=ticket.window.until + timedelta(minutes=20))
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)

    code, path = exported(stage, 1)

    lines = json.loads(path.read_text(encoding="utf-8"))["lines"]
    assert (lines[-1]["kind"], lines[-1]["amount"]["minor"]) == ("waived", -360)
    assert (code, replayed(path)) == (DONE, DONE)


def test_in_and_out_again_is_a_true_receipt_of_nothing(stage: Stage, ada: Wallet) -> None:
    ticket = stage.inside(ada.proof)
    stage.drive(EXIT, ticket.text)

    code, path = exported(stage, 1)

    assert json.loads(path.read_text(encoding="utf-8"))["total"]["minor"] == 0
    assert (code, replayed(path)) == (DONE, DONE)


def test_a_receipt_that_was_never_written_is_said_not_to_be_there(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = exported(stage, 7)

    assert code == INPUT
    assert "there is no receipt 7" in capsys.readouterr().err


def test_an_export_without_a_number_asks_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "receipt"]) == INPUT
    assert "Give its number" in capsys.readouterr().err


def test_a_receipt_from_before_is_no_proof_and_says_so(
    stage: Stage, ada: Wallet, capsys: pytest.CaptureFixture[str]
) -> None:
    overstayed(stage, ada)
    stage.sql("DROP TRIGGER receipt_no_update")
    stage.sql("UPDATE receipt SET entered_at = NULL")

    code, _ = exported(stage, 1)

    assert code == REFUSED
    assert "was written before receipts kept" in capsys.readouterr().err


def test_a_stay_of_no_second_is_priced_again(founded: Path, tmp_path: Path) -> None:
    stage = stage_with_own_tariff(founded, tmp_path)
    ticket = stage.ticket(stage.wallet().proof)
    stage.open_barrier(EXIT, reservation_id=ticket.reservation_id)

    code, path = exported(stage, 1)
    stage.close()

    assert (code, replayed(path)) == (DONE, DONE)


def test_a_bill_without_lines_is_only_true_within_the_free_consideration_of_its_day(
    founded: Path, tmp_path: Path
) -> None:
    stage = stage_with_own_tariff(founded, tmp_path)
    ticket = stage.inside(stage.wallet().proof)
    stage.wait(minutes=2)
    stage.site.car_to(EXIT)
    stage.scan(EXIT, ticket.text)

    _, path = exported(stage, 1)
    stage.close()

    assert json.loads(path.read_text())["facts"]["free_consideration_minutes"] == 5
    assert replayed(path) == DONE
