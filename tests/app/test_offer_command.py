"""`kiosk offer`: an offer is listed, judged, paused, withdrawn, and its space is taken back."""

from __future__ import annotations

import getpass
import io
import json
import warnings
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from db.open import open_store
from kiosk.app.exit_codes import DONE, IN_USE, INPUT, REFUSED
from kiosk.app.main import main
from kiosk.domain.ids import ReservationId, SpaceId
from kiosk.domain.offer import OfferState
from tests.fakes.stage import DESK_PIN, NOON, SITE_FILE, Stage, Wallet
from tests.services.calendar_texts import SAMPLES
from tests.services.moving import fill, paid

Capture = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str, str]]
AFTERNOON = "--from", "2026-06-01T15:00", "--until", "2026-06-01T17:00"


class _Noon:
    """The clock of the command line, standing."""

    def now(self) -> datetime:
        return NOON + timedelta(minutes=1)


@pytest.fixture
def run(stage: Stage, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Run:
    """Runs a command line on the database of the small site, with what is typed to it."""
    for module in ("import_calendar", "clocks"):
        monkeypatch.setattr(f"kiosk.app.{module}.SystemClock", _Noon)
    where = ["--site", str(SITE_FILE), "--db", f"sqlite:///{stage.folder / 'site.db'}"]

    def ran(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main([*arguments, *where])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


@pytest.fixture
def offer(stage: Stage, run: Run) -> Run:
    """`kiosk offer` on the small site, which is not at work."""
    stage.close()
    return lambda *arguments, typed="": run("offer", *arguments, typed=typed)


def judge(offer: Run, what: str, *, pin: str, space: str = "A02", name: str = "Kim") -> object:
    arguments = ("--space", space, "--attendant", name, "--pin-stdin")
    code, out, err = offer(what, *arguments, typed=f"{pin}\n")
    return code, (out + err).strip()


def draft(run: Run) -> None:
    """A02 has a draft that its owner has handed in."""
    run("offer", "withdraw", "--space", "A02")
    run("import", "calendar", str(SAMPLES / "google.ics"), "--space", "A02", "--owner", "Nights")
    run("offer", "hand-in", "--space", "A02")


def found(run: Run) -> list[str]:
    """What `kiosk search` finds for the evening, when the calendar of the sample shares."""
    window = "--from", "2026-06-01T20:00", "--until", "2026-06-01T22:00"
    _, out, _ = run("search", *window, "--json")
    return [each["space"] for each in json.loads(out)["found"]]


def rows(stage: Stage, sql: str) -> list[tuple[object, ...]]:
    store = open_store(str(stage.folder / "site.db"), read_only=True)
    answer = [tuple(row) for row in store._database.execute_sql(sql).fetchall()]
    store.close()
    return answer


def audited(stage: Stage) -> list[tuple[object, ...]]:
    """What owners and attendants did to offers and spaces."""
    return rows(
        stage,
        "SELECT actor_kind, actor_name, action FROM audit WHERE action LIKE 'offer.%' "
        "OR action LIKE 'space.%' ORDER BY id",
    )


# The life of an offer -----------------------------------------------------------------------


def test_a_calendar_becomes_an_offer_that_is_approved_and_found(
    stage: Stage, run: Run, offer: Run
) -> None:
    withdrawn = offer("withdraw", "--space", "A02")
    imported, _, _ = run(
        "import", "calendar", str(SAMPLES / "google.ics"), "--space", "A02", "--owner", "Nights"
    )
    handed_in = offer("hand-in", "--space", "A02")
    before = found(run)
    approved = judge(offer, "approve", pin=DESK_PIN)

    assert withdrawn == (DONE, "A02: offer 2 is withdrawn now.\n", "")
    assert imported == DONE
    assert handed_in == (DONE, "A02: offer 6 is awaiting proof now.\n", "")
    assert approved == (DONE, "A02: offer 6 is approved now.")
    assert "A02" not in before
    assert "A02" in found(run)
    assert audited(stage)[-4:] == [
        ("owner", "Nights", "offer.withdrawn"),
        ("owner", "Nights", "offer.made"),
        ("owner", "Nights", "offer.handed_in"),
        ("attendant", "Kim", "offer.proof_accepted"),
    ]


def test_a_paused_offer_is_not_found_until_it_is_resumed(run: Run, offer: Run) -> None:
    paused, while_paused = offer("pause", "--space", "A02"), found(run)
    resumed, afterwards = offer("resume", "--space", "A02"), found(run)

    assert paused == (DONE, "A02: offer 2 is paused now.\n", "")
    assert resumed == (DONE, "A02: offer 2 is approved now.\n", "")
    assert ("A02" in while_paused, "A02" in afterwards) == (False, True)


def test_a_refused_proof_leaves_a_draft(run: Run, offer: Run) -> None:
    draft(run)

    assert judge(offer, "refuse", pin=DESK_PIN) == (DONE, "A02: offer 6 is draft now.")


def test_the_offer_in_force_goes_before_a_later_draft(stage: Stage, offer: Run) -> None:
    store = open_store(str(stage.folder / "site.db"))
    with store.transaction() as tx:
        (in_force,) = tx.library.offers(SpaceId(2))
        tx.library.add_offer(SpaceId(2), in_force.times, state=OfferState.DRAFT)
    store.close()

    said = [offer("withdraw", "--space", "A02")[1] for _ in range(2)]

    assert said == ["A02: offer 2 is withdrawn now.\n", "A02: offer 6 is withdrawn now.\n"]


def test_what_an_offer_cannot_become_is_said_with_what_it_can(offer: Run) -> None:
    assert offer("resume", "--space", "A02") == (
        REFUSED,
        "",
        "A02: offer 2 is approved and cannot be resumed: it can be paused or withdrawn\n",
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--space", "Z99"), "--space Z99: there is no such space"),
        (("--space", "A02", "--owner", "Nobody"), "nobody with this name has a space"),
        (("--space", "A02", "--owner", "Always"), "A02 belongs to another owner"),
    ],
)
def test_a_space_that_cannot_be_meant_is_wrong_input(
    stage: Stage, offer: Run, arguments: tuple[str, ...], said: str
) -> None:
    code, _, err = offer("withdraw", *arguments)

    assert (code, audited(stage)) == (INPUT, [])
    assert said in err


# Who judges ---------------------------------------------------------------------------------


def test_a_wrong_pin_approves_nothing_and_several_lock(stage: Stage, run: Run, offer: Run) -> None:
    draft(run)

    stranger = judge(offer, "approve", pin=DESK_PIN, name="Lee")
    said = [judge(offer, "approve", pin="975310") for _ in range(5)]

    assert stranger == (REFUSED, "Lee: the name or the PIN is wrong")
    assert said[0] == (REFUSED, "Kim: the name or the PIN is wrong")
    assert said[-1] == (
        REFUSED,
        "Kim: the PIN was wrong too often; no other is taken before 2026-06-01 14:01:15",
    )
    assert judge(offer, "approve", pin=DESK_PIN)[0] == REFUSED  # type: ignore[index]
    assert rows(stage, "SELECT state FROM offer WHERE space_id = 2 ORDER BY id") == [
        ("withdrawn",),
        ("awaiting-proof",),
    ]


def test_a_one_time_pin_only_leads_to_the_desk(stage: Stage, run: Run, offer: Run) -> None:
    draft(run)
    store = open_store(str(stage.folder / "site.db"))
    with store.transaction() as tx:
        tx.library._session.run("UPDATE attendant SET is_one_time = 1")
    store.close()

    assert judge(offer, "approve", pin=DESK_PIN) == (
        REFUSED,
        "Kim: has a one-time PIN; choose your own at the desk first",
    )


@pytest.mark.parametrize("pin", ["", "24681o", "２４６８１０"])
def test_what_cannot_be_a_pin_is_not_tried(stage: Stage, offer: Run, pin: str) -> None:
    assert judge(offer, "approve", pin=pin) == (INPUT, "a PIN has only digits")
    assert rows(stage, "SELECT wrong_pins FROM attendant") == [(0,)]


def test_the_pin_is_asked_at_the_terminal_and_never_shown(
    run: Run, offer: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(run)
    asked: list[str] = []

    def at_the_terminal(words: str) -> str:
        asked.append(words)
        return DESK_PIN

    monkeypatch.setattr(getpass, "getpass", at_the_terminal)

    code, out, err = offer("approve", "--space", "A02", "--attendant", "Kim")

    assert (code, asked) == (DONE, ["PIN of Kim: "])
    assert DESK_PIN not in out + err


def test_without_a_terminal_the_pin_is_not_asked_for_in_clear(
    offer: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_terminal(words: str) -> str:
        warnings.warn(words, getpass.GetPassWarning, stacklevel=2)
        return DESK_PIN

    monkeypatch.setattr(getpass, "getpass", no_terminal)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as outside of tests, where it is only shown
        code, _, err = offer("approve", "--space", "A02", "--attendant", "Kim")

    assert (code, err) == (INPUT, "there is no terminal to ask for the PIN: use --pin-stdin\n")


def test_a_pin_is_no_argument(offer: Run) -> None:
    with pytest.raises(SystemExit, match=f"^{INPUT}$"):
        offer("approve", "--space", "A02", "--attendant", "Kim", f"--pin={DESK_PIN}")


# Beside a running site ----------------------------------------------------------------------


def test_a_site_at_work_is_listed_and_otherwise_left_alone(stage: Stage, run: Run) -> None:
    listed, out, _ = run("offer", "list")
    paused = run("offer", "pause", "--space", "A02")
    approved = run(
        "offer", "approve", "--space", "A02", "--attendant", "Kim", "--pin-stdin",
        typed=f"{DESK_PIN}\n",
    )  # fmt: skip
    recalled = run("offer", "recall", "--space", "A01", *AFTERNOON)

    assert listed == DONE
    assert len([line for line in out.splitlines() if not line.startswith(" ")]) == 5
    assert [code for code, _, _ in (paused, approved, recalled)] == [IN_USE] * 3
    assert "store-busy: site.db is in use" in paused[2]
    assert audited(stage) == []


def test_an_offer_is_listed_in_words_with_what_is_reserved(
    stage: Stage, ada: Wallet, run: Run
) -> None:
    paid(stage, ada, starts_in=120)
    fill(stage, 3)

    _, full, _ = run("offer", "list", "--space", "A03")
    _, one, _ = run("offer", "list", "--space", "A01")
    _, other, _ = run("offer", "list", "--space", "A02")

    assert full.splitlines()[0] == "A03     Always: offer 3 approved; 0 reservations ahead"
    assert one.splitlines() == [
        "A01     Always: offer 1 approved; 1 reservation ahead",
        "        shared      every day all day",
        "        terms       those of the site",
    ]
    assert other.splitlines() == [
        "A02     Nights: offer 2 approved; 0 reservations ahead",
        "        shared      Mon Tue Wed Thu 17:30 to 08:00 the next day",
        "        shared      Fri 17:30 to 00:00 the next day",
        "        shared      Sat Sun all day",
        "        terms       those of the site",
    ]


def test_withdrawn_offers_are_listed_for_one_space_alone(run: Run, offer: Run) -> None:
    offer("withdraw", "--space", "A02")

    _, every, _ = offer("list")
    _, one, _ = offer("list", "--space", "A02")

    assert "A02     Nights: no offer; 0 reservations ahead" in every.splitlines()
    assert one == "A02     Nights: offer 2 withdrawn; 0 reservations ahead\n"
    assert offer("list", "--space", "Z99")[0] == INPUT


# Taking a space back ------------------------------------------------------------------------


@pytest.fixture
def reserved(stage: Stage, ada: Wallet) -> ReservationId:
    """Ada has A01 for an hour at four, and no other space is free for her."""
    fill(stage, 3, 5)
    ticket = paid(stage, ada, starts_in=120)
    stage.close()
    return ticket.reservation_id


def test_a_recall_is_priced_and_then_done_at_that_price(
    stage: Stage, reserved: ReservationId, run: Run
) -> None:
    priced = run("offer", "recall", "--space", "A01", *AFTERNOON)
    before = rows(stage, f"SELECT state FROM reservation WHERE id = {reserved}")
    done = run("offer", "recall", "--space", "A01", *AFTERNOON, "--agree", "0.48")

    what = (
        "A01: 2026-06-01 15:00 to 2026-06-01 17:00, 1 reservation\n"
        f"  reservation {reserved}, 2026-06-01 16:00 to 2026-06-01 17:00: no other space; "
        "EUR 2.40 goes back, the owner pays EUR 0.48 on top\n"
    )
    agree = "It costs the owner EUR 0.48. Nothing was done; to do it, give\n  --agree 0.48\n"
    assert priced == (DONE, what + agree, "")
    assert before == [("confirmed",)]
    assert done == (DONE, f"{what}A01: is its owner's for this time, at EUR 0.48.\n", "")
    assert rows(stage, f"SELECT state FROM reservation WHERE id = {reserved}") == [
        ("owner-recalled",)
    ]
    assert audited(stage) == [("owner", "Always", "space.recalled")]
    assert "not shared  2026-06-01 15:00 to 2026-06-01 17:00" in run("offer", "list")[1]


def test_at_another_price_nothing_is_done(stage: Stage, reserved: ReservationId, run: Run) -> None:
    code, _, err = run("offer", "recall", "--space", "A01", *AFTERNOON, "--agree", "EUR 0.40")

    assert code == REFUSED
    assert err == "A01: it costs EUR 0.48 now, not EUR 0.40. Nothing was done.\n"
    assert rows(stage, f"SELECT state FROM reservation WHERE id = {reserved}") == [("confirmed",)]


def test_who_gets_another_space_is_told_which(stage: Stage, ada: Wallet, run: Run) -> None:
    ticket = paid(stage, ada, starts_in=120)
    stage.close()

    code, out, _ = run("offer", "recall", "--space", "A01", *AFTERNOON, "--agree", "0")

    assert code == DONE
    assert f"reservation {ticket.reservation_id}," in out
    assert "A03 instead, at no cost" in out


@pytest.mark.parametrize(
    ("space", "from_", "until", "said"),
    [
        ("A01", "2026-05-01T10:00", "2026-05-01T12:00", "the window is over, it is 2026-06-01"),
        ("A01", "2026-06-02T10:00", "2027-07-02T10:00", "a recall takes 366 days at most"),
        ("A03", "2026-06-01T15:00", "2026-06-01T17:00", "not before 2026-06-02 00:01"),
    ],
)
def test_a_recall_that_cannot_be_is_refused_in_words(
    run: Run, reserved: ReservationId, space: str, from_: str, until: str, said: str
) -> None:
    code, _, err = run("offer", "recall", "--space", space, "--from", from_, "--until", until)

    assert code == REFUSED
    assert said in err


@pytest.mark.parametrize(
    "agree", ["", "-1", "0.5", "0.480", "0,48", "USD 0.48", "٠.٤٨", "9999999999999"]
)
def test_what_is_no_amount_of_the_site_is_wrong_input(offer: Run, agree: str) -> None:
    code, _, err = offer("recall", "--space", "A01", *AFTERNOON, f"--agree={agree}")

    assert (code, err) == (INPUT, f"--agree {agree}: should be an amount like EUR 4.80\n")


def test_a_window_that_ends_before_it_starts_is_wrong_input(offer: Run) -> None:
    backwards = "--from", "2026-06-01T17:00", "--until", "2026-06-01T15:00"

    assert offer("recall", "--space", "A01", *backwards) == (
        INPUT,
        "",
        "offer recall: --until should be later than --from\n",
    )
    for far in ("0001-01-01T00:00", "9999-12-31T23:59", "tomorrow"):
        with pytest.raises(SystemExit, match=f"^{INPUT}$"):
            offer("recall", "--space", "A01", "--from", far, "--until", "2026-06-01T15:00")
