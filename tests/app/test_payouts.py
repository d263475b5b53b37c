"""`kiosk payout`: proposed, approved with the PIN, released, exported twice alike, answered."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.app.exit_codes import DONE, IN_USE, INPUT, REFUSED
from kiosk.app.main import main
from tests.fakes.stage import DESK_PIN, NOON, SITE_FILE, Stage
from tests.services.paying_out import ALWAYS, GOOD_IBAN, NIGHTS, WRONG_IBAN, move

Capture = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str, str]]
LATER = NOON + timedelta(days=2)
BY_KIM = ("--attendant", "Kim", "--pin-stdin")


class _Later:
    """The clock of the command line, standing."""

    def now(self) -> object:
        return LATER


def site_file(folder: Path, *, currency: str = "EUR", iban: str = WRONG_IBAN) -> Path:
    """The small site, whose operator and owners have accounts."""
    text = SITE_FILE.read_text(encoding="utf-8")
    text = text.replace("tariffs/", f"{SITE_FILE.parent}/tariffs/")
    text = text.replace('name = "Always"', f'name = "Always"\niban = "{GOOD_IBAN}"')
    text = text.replace('name = "Nights"', f'name = "Nights"\niban = "{iban}"')
    text = text.replace('currency = "EUR"', f'currency = "{currency}"')
    text += f'\n[operator]\niban = "{GOOD_IBAN}"\n[payouts]\nminimum_minor = 100\n'
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def payout(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Run:
    """`kiosk payout` on the small site, which has earned something and is not at work."""
    monkeypatch.setattr("kiosk.app.import_calendar.SystemClock", _Later)
    move(stage, ALWAYS, 506, key="one")
    move(stage, NIGHTS, 700, key="two")
    stage.close()
    where = ["--site", str(site_file(tmp_path)), "--db", f"sqlite:///{stage.folder / 'site.db'}"]

    def ran(*arguments: str, pin: str = DESK_PIN) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{pin}\n"))
        code = main(["payout", *arguments, *where])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


def released(payout: Run) -> None:
    payout("run", "--cutoff", "2026-06-03T12:00")
    payout("approve", "1", *BY_KIM)
    code, _, err = payout("release", "1", *BY_KIM)
    assert (code, err) == (DONE, "")


def test_a_proposal_names_who_is_paid_and_who_is_left_out_and_why(payout: Run) -> None:
    code, out, _ = payout("run", "--cutoff", "2026-06-03T12:00")
    assert code == DONE
    assert out.splitlines() == [
        "run 1  cut-off 2026-06-03 12:00  proposed   1 owner, EUR 5.06",
        "  S17R1O1          EUR 5.06  DE89 ... 3000  Always",
        "Always: EUR 5.06 paid",
        "Nights: EUR 7.00 left out: the IBAN DE88 ... 3000 has wrong check digits",
    ]


def test_the_same_cut_off_again_says_nothing_new(payout: Run) -> None:
    payout("run", "--cutoff", "2026-06-03T12:00")
    code, out, _ = payout("run", "--cutoff", "2026-06-03T12:00")
    assert code == DONE
    assert out.startswith("Nothing new: run 1 is proposed.\n")


def test_without_a_cut_off_it_is_the_last_monday_at_six(payout: Run) -> None:
    code, out, _ = payout("run")
    assert code == DONE
    assert out.startswith("Nothing to pay at the cut-off 2026-06-01 06:00.\n")
    assert "Always: EUR 0.00 nothing released" in out


def test_a_cut_off_that_has_not_come_is_refused(payout: Run) -> None:
    code, _, err = payout("run", "--cutoff", "2026-06-03T14:00:01")
    assert (code, err) == (REFUSED, "the cut-off has not come yet; it is 2026-06-03 14:00\n")


def test_a_run_is_released_only_with_an_approval_and_the_right_pin(payout: Run) -> None:
    payout("run", "--cutoff", "2026-06-03T12:00")
    early = payout("release", "1", *BY_KIM)
    assert early == (REFUSED, "", "run 1: one more attendant must approve it first\n")
    wrong = payout("approve", "1", *BY_KIM, pin="999999")
    assert wrong == (REFUSED, "", "Kim: the name or the PIN is wrong\n")

    payout("approve", "1", *BY_KIM)
    code, out, _ = payout("release", "1", *BY_KIM)

    assert code == DONE
    assert out.startswith("run 1  cut-off 2026-06-03 12:00  released   1 owner, EUR 5.06\n")
    assert out.endswith("  approved   2026-06-03 14:00 by Kim\n")


def test_the_order_to_the_bank_is_the_same_bytes_at_every_export(
    payout: Run, tmp_path: Path
) -> None:
    payout("run", "--cutoff", "2026-06-03T12:00")
    none = payout("export", "1", "--out", str(tmp_path / "early.xml"))
    assert none == (REFUSED, "", "run 1: was not released; there is no order to the bank\n")
    payout("approve", "1", *BY_KIM)
    payout("release", "1", *BY_KIM)

    for name in ("one.xml", "two.xml"):
        code, out, _ = payout("export", "1", "--out", str(tmp_path / name))
        assert code == DONE
        assert "pain.001" in out

    content = (tmp_path / "one.xml").read_bytes()
    assert content == (tmp_path / "two.xml").read_bytes()
    assert b"<EndToEndId>S17R1O1</EndToEndId>" in content


def test_what_the_bank_rejected_is_noted_with_its_reason(payout: Run) -> None:
    released(payout)
    unpaired = payout("paid", "1", *BY_KIM, "--rejected", "S17R1O1")
    assert unpaired == (INPUT, "", "payout paid: each --rejected takes one --reason\n")
    unknown = payout("paid", "1", *BY_KIM, "--rejected", "S17R1O9", "--reason", "closed")
    assert unknown[0] == INPUT, "there is no such payout"

    code, out, _ = payout("paid", "1", *BY_KIM, "--rejected", "S17R1O1", "--reason", "closed")

    assert code == DONE
    assert "DE89 ... 3000  Always  rejected closed" in out
    again = payout("paid", "1", *BY_KIM)
    said = "run 1 is answered: what the bank said of it is noted already\n"
    assert again == (REFUSED, "", said)
    assert payout("list")[1] == "run 1  cut-off 2026-06-03 12:00  answered   1 owner, EUR 5.06\n"


def test_what_the_bank_sends_back_after_it_was_paid_is_noted_once_with_its_reason(
    payout: Run,
) -> None:
    back = ("paid", "1", *BY_KIM, "--returned", "S17R1O1", "--reason", "closed")
    released(payout)
    assert payout(*back) == (REFUSED, "", "run 1: S17R1O1 is not noted as paid\n")
    payout("paid", "1", *BY_KIM)
    late = payout("paid", "1", *BY_KIM, "--rejected", "S17R1O1", "--reason", "closed")
    said = "run 1 is answered: what the bank said of it is noted already"
    assert late == (REFUSED, "", f"{said}; what came back since is --returned\n")

    code, out, _ = payout(*back)

    assert code == DONE
    assert out.startswith("run 1  cut-off 2026-06-03 12:00  answered   1 owner, EUR 5.06\n")
    assert "DE89 ... 3000  Always  returned closed\n" in out
    assert payout(*back) == (REFUSED, "", "run 1: S17R1O1 is noted as returned already\n")
    (shown,) = json.loads(payout("show", "1", "--json")[1])["run"]["payouts"]
    assert (shown["result"], shown["reason"]) == ("returned", "closed")


def test_a_return_that_cannot_be_noted_is_refused_in_words(payout: Run) -> None:
    released(payout)
    payout("paid", "1", *BY_KIM)
    note = ("paid", "1", *BY_KIM, "--returned")

    assert payout(*note, "S17R1O1") == (
        INPUT,
        "",
        "payout paid: each --returned takes one --reason\n",
    )
    assert payout(*note, "S17R1O9", "--reason", "closed") == (
        INPUT,
        "",
        "run 1: there is no payout S17R1O9\n",
    )
    assert payout(*note, "S17R1O1", "--reason", " ") == (
        INPUT,
        "",
        "give a reason for what came back\n",
    )
    with pytest.raises(SystemExit):
        payout(*note, "S17R1O1", "--rejected", "S17R1O1", "--reason", "closed")


def test_what_came_back_waits_for_a_later_cut_off(payout: Run) -> None:
    released(payout)
    payout("paid", "1", *BY_KIM, "--rejected", "S17R1O1", "--reason", "closed")

    _, out, _ = payout("run", "--cutoff", "2026-06-03T13:00")

    assert "held back EUR 5.06: came back after the cut-off\n" in out


def test_runs_are_listed_shown_and_given_as_json(payout: Run) -> None:
    assert payout("list")[1] == "There is no run yet.\n"
    released(payout)

    _, listed, _ = payout("list")
    _, shown, _ = payout("show", "1", "--json")

    assert listed == "run 1  cut-off 2026-06-03 12:00  released   1 owner, EUR 5.06\n"
    run = json.loads(shown)["run"]
    assert (run["state"], run["total_minor"], run["approved_by"]) == ("released", 506, ["Kim"])
    assert run["payouts"][0]["iban"] == GOOD_IBAN
    for words in (("show", "7"), ("approve", "7", *BY_KIM), ("export", "7", "--out", "7.xml")):
        assert payout(*words) == (INPUT, "", "there is no run 7\n")


def test_a_withdrawn_run_can_be_proposed_again(payout: Run) -> None:
    payout("run", "--cutoff", "2026-06-03T12:00")
    assert payout("withdraw", "1", *BY_KIM)[0] == DONE
    _, out, _ = payout("run", "--cutoff", "2026-06-03T12:00", "--json")
    table = json.loads(out)
    assert (table["run"]["id"], table["run"]["total_minor"]) == (2, 506)
    assert table["owners"][1]["verdict"] == "wrong-account"


def test_while_the_site_is_at_work_nothing_is_proposed(
    stage: Stage, tmp_path: Path, capsys: Capture
) -> None:
    where = ["--site", str(site_file(tmp_path)), "--db", f"sqlite:///{stage.folder / 'site.db'}"]
    assert main(["payout", "run", *where]) == IN_USE
    assert main(["payout", "list", *where]) == DONE
    assert "in use" in capsys.readouterr().err


def test_check_config_refuses_an_account_with_wrong_check_digits_in_words(
    tmp_path: Path, capsys: Capture
) -> None:
    path = site_file(tmp_path)
    assert main(["check-config", "--site", str(path)]) == INPUT
    said = capsys.readouterr()
    assert said.err == f"{path}: owner Nights: the IBAN DE88 ... 3000 has wrong check digits\n"
    assert not said.out, "not good as well"
    assert main(["check-config", "--site", str(site_file(tmp_path, iban=GOOD_IBAN))]) == DONE
