"""`kiosk books reconcile` with the provider's real process: matched, unknown, explained."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.app.exit_codes import DONE, IN_USE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.ids import OperationKey
from kiosk.payments.adapter import PaymentRequest
from kiosk.services.reconcile import explain
from tests.fakes.stage import CARD, EXIT, KIM, SITE_FILE, Stage, authorising, euro

__all__ = ["authorising"]

Run = Callable[..., tuple[int, str, str]]
ON_MONDAY = ("--day", "2026-06-01")


@pytest.fixture
def reconcile(authorising: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`kiosk books reconcile` on the small site, whose provider has a process of its own."""
    left_once(authorising)
    text = SITE_FILE.read_text(encoding="utf-8")
    text = text.replace("tariffs/", f"{SITE_FILE.parent}/tariffs/")
    path = tmp_path / "own.toml"
    path.write_text(f"{text}simulator_authorises = true\n", encoding="utf-8")
    where = ["--site", str(path), "--db", f"sqlite:///{tmp_path / 'site.db'}"]

    def ran(*arguments: str) -> tuple[int, str, str]:
        shutil.copy(tmp_path / "site.simulator.jsonl", tmp_path / "simulator.jsonl")
        code = main(["books", "reconcile", *where, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def left_once(stage: Stage) -> None:
    """One stay: an authorisation of 4.80, of which 2.40 were captured."""
    ticket = stage.inside(CARD)
    stage.wait(minutes=50)
    stage.drive(EXIT, ticket.text)
    stage.wait(seconds=3)


def test_an_honest_day_is_matched(authorising: Stage, reconcile: Run) -> None:
    authorising.close()

    assert reconcile(*ON_MONDAY) == (DONE, "simulator, 2026-06-01: 2 matched\n", "")
    code, out, _ = reconcile(*ON_MONDAY, "--json", "--adapter", "simulator")
    (provider,) = json.loads(out)["providers"]
    assert (code, provider["matched"], provider["only_theirs"]) == (DONE, 2, [])


def test_what_only_the_provider_has_is_named_until_it_is_explained(
    authorising: Stage, reconcile: Run
) -> None:
    stage = authorising
    stage.site.simulator.collect(PaymentRequest(OperationKey("who?"), euro(700)))
    stage.close()

    first = reconcile(*ON_MONDAY)
    again = reconcile(*ON_MONDAY)
    stage.restart()
    suspended = stage.books().get("suspense:simulator")
    core = stage.site.core
    with core.store.transaction() as tx:
        (line,) = tx.ledger.suspended()
        explain(core, tx, line.journal_key, account="bank", actor=KIM)
    stage.close()
    explained = reconcile(*ON_MONDAY)

    assert first == again
    assert (first[0], suspended, explained[0]) == (REFUSED, 700, DONE)
    assert first[1].splitlines() == [
        "simulator, 2026-06-01: 2 matched",
        "  1 only theirs: kept in suspense; look at the desk",
        "    who?",
    ]
    assert explained[1].splitlines()[1:] == ["  1 explained before: nothing to do", "    who?"]


def test_what_only_we_have_is_asked_about(
    authorising: Stage, reconcile: Run, tmp_path: Path
) -> None:
    authorising.close()
    (tmp_path / "site.simulator.jsonl").write_bytes(b"")

    code, out, _ = reconcile(*ON_MONDAY)

    assert code == REFUSED
    assert "  1 only ours: the provider was asked; look at the desk\n" in out


def test_a_provider_that_does_not_start_is_said(
    authorising: Stage, reconcile: Run, tmp_path: Path
) -> None:
    authorising.close()
    (tmp_path / "site.simulator.jsonl").write_text("rubbish\n")

    said = (REFUSED, "", "simulator: cannot be reached; nothing was compared\n")
    assert reconcile(*ON_MONDAY) == said


def test_a_site_at_work_is_left_alone(authorising: Stage, reconcile: Run) -> None:
    assert reconcile(*ON_MONDAY)[0] == IN_USE


def test_a_provider_that_the_site_does_not_have_is_refused(
    authorising: Stage, reconcile: Run
) -> None:
    authorising.close()

    code, _, err = reconcile("--adapter", "stripe")

    assert (code, err) == (INPUT, "providers of this site that report: simulator\n")
