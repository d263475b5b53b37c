"""`kiosk offer terms`: an offer gets other terms, of which what is reserved knows nothing."""

from __future__ import annotations

import getpass
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.open import open_store
from kiosk.app.exit_codes import DONE, IN_USE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.offer import OfferState, OfferTerms
from tests.fakes.own_price import DORA, DORAS_TABLES, doras_board, doras_stage
from tests.fakes.stage import DESK_PIN, NOON, Stage, euro
from tests.services.calendar_texts import SAMPLES

Capture = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str, str]]
DOCS = Path(__file__).parents[2] / "docs"
HERS = "--space", "A03"
BY_KIM = "--attendant", "Kim"
PLAIN = "--area-tariff", "--area-split", *BY_KIM


class _Noon:
    """The clock of the command line, standing."""

    def now(self) -> datetime:
        return NOON + timedelta(minutes=1)


@pytest.fixture
def doras(tmp_path: Path) -> Iterator[Stage]:
    """A site whose file names a price and a split of Dora's own, for A03."""
    stage = doras_stage(tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def run(doras: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Run:
    """Runs a command line on that site, at whose terminal Kim types her PIN when it is asked."""

    def typed(prompt: str) -> str:
        print(prompt.rstrip())
        return DESK_PIN

    monkeypatch.setattr(getpass, "getpass", typed)
    for module in ("import_calendar", "clocks"):
        monkeypatch.setattr(f"kiosk.app.{module}.SystemClock", _Noon)
    database = f"sqlite:///{doras.folder / 'site.db'}"
    where = ["--site", str(doras.folder / "site.toml"), "--db", database]

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, *where])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


@pytest.fixture
def terms(doras: Stage, run: Run) -> Run:
    """`kiosk offer terms` on that site, which is not at work."""
    doras.close()
    return lambda *arguments: run("offer", "terms", *arguments)


def kept(stage: Stage) -> tuple[OfferState, OfferTerms]:
    """The latest offer of A03, as the store has it."""
    store = open_store(str(stage.folder / "site.db"), read_only=True)
    with store.reading() as tx:
        offer = tx.library.offers(DORA)[-1]
    store.close()
    return offer.state, offer.terms


def written(stage: Stage) -> list[tuple[object, ...]]:
    """Who changed terms of offers, and how."""
    store = open_store(str(stage.folder / "site.db"), read_only=True)
    sql = (
        "SELECT actor_kind, actor_name, detail FROM audit WHERE action = 'offer.terms_set' "
        "ORDER BY id"
    )
    rows = [tuple(row) for row in store._database.execute_sql(sql).fetchall()]
    store.close()
    return rows


def shown() -> list[tuple[str, list[str]]]:
    """Each command of the owner's page about terms, with what it prints."""
    text = (DOCS / "owner.md").read_text(encoding="utf-8")
    found = re.search(r"```console\n\$ (kiosk offer terms.*?)```", text, re.DOTALL)
    assert found is not None
    examples = (each.splitlines() for each in found[1].split("$ "))
    return [(command, lines) for command, *lines in filter(None, examples)]


def test_the_owners_page_shows_what_is_printed(terms: Run) -> None:
    terms(*HERS, *PLAIN)

    for command, lines in shown():
        code, out, err = terms(*shlex.split(command)[3:])
        assert (code, out.splitlines(), err) == (DONE, lines, "")


def test_the_operators_page_shows_an_owner_with_a_price_of_their_own() -> None:
    assert f"```toml\n{DORAS_TABLES}```" in (DOCS / "operator.md").read_text(encoding="utf-8")


def test_what_is_not_given_stays_as_it_was(doras: Stage, terms: Run) -> None:
    _, before = kept(doras)

    terms(*HERS, "--notice-minutes", "60")
    terms(*HERS, "--shortest-stay-minutes", "30", "--longest-stay-minutes", "90")
    terms(*HERS, "--shortest-stay-minutes", "site")

    assert kept(doras) == (
        OfferState.APPROVED,
        OfferTerms(
            notice=timedelta(hours=1),
            longest=timedelta(minutes=90),
            tariff_id=before.tariff_id,
            split_terms_id=before.split_terms_id,
        ),
    )


def test_new_terms_are_for_new_reservations_of_the_site_at_work(doras: Stage, run: Run) -> None:
    paid = doras.ticket(doras.wallet().proof, minutes=120, space_id=DORA)
    doras.site.close()

    code, out, _ = run("offer", "terms", *HERS, *PLAIN)
    doras.restart()

    assert (code, out.splitlines()[-1]) == (DONE, "  those of the site")
    assert doras.reservation(paid.reservation_id).tariff.code == "dora"
    assert doras.reservation(paid.reservation_id).quote == euro(1200)
    later = doras.reserve(plate="B AB 2", space_id=DORA, starts_at=doras.now + timedelta(hours=4))
    assert later.quote.total == euro(480)


def test_the_own_tariff_is_the_newest_that_the_site_can_sell_by(doras: Stage, terms: Run) -> None:
    terms(*HERS, *PLAIN)
    board = doras_board(doras.folder)
    text = board.read_text(encoding="utf-8")
    board.write_text(text.replace("price = 3.00", "price = 3.30"), encoding="utf-8")
    refused = terms(*HERS, "--own-tariff", *BY_KIM)
    newer = text.replace("price = 3.00", "price = 3.30").replace("version = 1", "version = 2")
    board.write_text(newer, encoding="utf-8")
    taken, _, _ = terms(*HERS, "--own-tariff", *BY_KIM)
    board.write_text("", encoding="utf-8")
    unread, _, why = terms(*HERS, "--own-tariff", *BY_KIM)
    doras_board(doras.folder).write_text(newer, encoding="utf-8")
    doras.restart()

    version = "version: 1 of dora was published with other prices; raise the version to 2"
    assert refused == (REFUSED, "PIN of Kim:\n", f"A03: {version}\n")
    assert (taken, unread) == (DONE, INPUT)
    assert f"{board}: " in why
    assert doras.reserve(space_id=DORA).quote.total == euro(1320)


@pytest.mark.parametrize(
    "money", [("--split", "standard"), ("--area-split",), ("--area-tariff",), ("--own-tariff",)]
)
def test_price_and_split_of_an_offer_in_force_are_changed_by_an_attendant_alone(
    doras: Stage, terms: Run, run: Run, money: tuple[str, ...]
) -> None:
    before = kept(doras)

    approved = terms(*HERS, "--notice-minutes", "60", *money)
    run("offer", "pause", *HERS)
    paused = terms(*HERS, *money)

    why = "an attendant changes its price and its split, with --attendant NAME\n"
    assert approved == (REFUSED, "", f"A03: offer 3 is approved: {why}")
    assert paused == (REFUSED, "", f"A03: offer 3 is paused: {why}")
    assert kept(doras) == (OfferState.PAUSED, before[1])
    assert written(doras) == []


def test_a_wrong_pin_changes_no_terms(
    doras: Stage, terms: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(doras)
    monkeypatch.setattr(getpass, "getpass", lambda _: "975310")

    refused = terms(*HERS, "--split", "standard", *BY_KIM)

    assert refused == (REFUSED, "", "Kim: the name or the PIN is wrong\n")
    assert kept(doras) == before


def test_a_draft_has_any_terms_without_an_attendant(doras: Stage, terms: Run, run: Run) -> None:
    run("offer", "withdraw", *HERS)
    run("import", "calendar", str(SAMPLES / "google.ics"), *HERS, "--owner", "Dora")

    code, out, _ = terms(*HERS, "--area-tariff", "--area-split")

    assert (code, out.splitlines()[-1]) == (DONE, "  those of the site")


def test_the_audit_says_who_changed_which_terms_from_what_to_what(
    doras: Stage, terms: Run
) -> None:
    terms(*HERS, "--notice-minutes", "60", "--longest-stay-minutes", "240")
    terms(*HERS, "--longest-stay-minutes", "site", *PLAIN)
    terms(*HERS, "--own-tariff", "--split", "whole", *BY_KIM)
    terms(*HERS, "--notice-minutes", "60")

    area = "the area's (commission 15 %, VAT on it 19 %, manager 10 %)"
    whole = "commission 0 %, VAT on it 0 %, manager 0 %"
    to_area = f"price dora 1 -> the area's (standard 1); split {whole} -> {area}"
    assert written(doras) == [
        ("owner", "Dora", "A03: 3: notice 0 min -> 60 min; longest stay the site's -> 240 min"),
        (
            "attendant",
            "Kim",
            f"A03: 3: longest stay 240 min -> the site's; {to_area}",
        ),
        (
            "attendant",
            "Kim",
            f"A03: 3: price the area's (standard 1) -> dora 1; split {area} -> {whole}",
        ),
        ("owner", "Dora", "A03: 3: as before"),
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (HERS, INPUT, "offer terms: give at least one of --notice-minutes, --shortest-stay-"),
        ((*HERS, "--split", "half"), INPUT, "no such split; it has standard, whole"),
        (("--space", "A01", "--own-tariff"), INPUT, "the site file gives Always no tariff"),
        (("--space", "Z1", "--area-split"), INPUT, "--space Z1: there is no such space"),
        ((*HERS, "--longest-stay-minutes", "0"), REFUSED, "are a minute at least"),
        ((*HERS, "--longest-stay-minutes", "9999"), REFUSED, "the longest stay is 9999 minutes"),
        ((*HERS, "--notice-minutes", "999999"), REFUSED, "so nobody could make one"),
    ],
)
def test_terms_that_cannot_be_meant_or_kept_change_nothing(
    doras: Stage, terms: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    before = kept(doras)

    refused = terms(*arguments)

    assert (refused[0], refused[1]) == (code, "")
    assert said in refused[2]
    assert kept(doras) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("--notice-minutes", "-1"),
        ("--notice-minutes", "an hour"),
        ("--notice-minutes", "site"),
        ("--longest-stay-minutes", "1234567"),
        ("--own-tariff", "--area-tariff"),
        ("--split", "whole", "--area-split"),
    ],
)
def test_a_command_line_that_says_two_things_or_no_number_is_wrong(
    terms: Run, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit, match=f"^{INPUT}$"):
        terms(*HERS, *arguments)


def test_a_site_at_work_and_a_space_without_an_offer_are_left_alone(
    doras: Stage, run: Run
) -> None:
    at_work, _, _ = run("offer", "terms", *HERS, "--notice-minutes", "60")
    doras.close()
    run("offer", "withdraw", *HERS)
    without = run("offer", "terms", *HERS, "--notice-minutes", "60")

    assert at_work == IN_USE
    why = "A03: has no offer; `kiosk import calendar` makes a draft\n"
    assert without == (REFUSED, "", why)
    assert kept(doras)[1].notice == timedelta()


def test_the_draft_after_a_withdrawn_offer_begins_with_its_terms(doras: Stage, run: Run) -> None:
    doras.close()
    run("offer", "terms", *HERS, "--notice-minutes", "60")
    run("offer", "withdraw", *HERS)
    before = kept(doras)

    run("import", "calendar", str(SAMPLES / "google.ics"), *HERS, "--owner", "Dora")

    assert before[0] is OfferState.WITHDRAWN
    assert kept(doras) == (OfferState.DRAFT, before[1])
