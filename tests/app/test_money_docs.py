"""What the page about money shows is what the commands print, and what the rules say."""

from __future__ import annotations

import getpass
import re
import shlex
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.proved import PROVED
from kiosk.app.audit_key import audit_key
from kiosk.app.audit_table import AuditTable
from kiosk.app.board_tables import Table
from kiosk.app.config import DeskTable, SiteFile, SplitTable, read_site_file
from kiosk.app.main import SITES, main
from kiosk.app.money_tables import OperatorTable, PayeeKeys, PayoutsTable
from kiosk.app.payment_tables import OfflineTable, PaymentsTable
from kiosk.domain.disputes import DisputeKind
from kiosk.domain.ledger import ACCOUNT_KINDS
from kiosk.domain.money import Money
from kiosk.domain.outcomes import ExitCovered, TicketIssued
from kiosk.domain.payout import RELEASED_AFTER
from kiosk.domain.settlement import SplitRule, SplitTerms, split
from kiosk.domain.site import OfflineLimits
from kiosk.domain.validation import Given, ValidationKind
from kiosk.services import limits
from kiosk.services.audit_heads import HeadsFiles
from kiosk.services.bank_accounts import BankAccount, account_of
from kiosk.services.bank_file import SCHEMA
from kiosk.services.invoices import PAY_WITHIN
from tests.fakes.stage import CARD, DESK_PIN, EXIT, SITE_FILE, Stage, found
from tests.services.fleets import add_fleet
from tests.services.paying_out import GOOD_IBAN, OTHER_IBAN, WRONG_IBAN
from tests.services.test_shops import add_shop, validate

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "money.md").read_text("utf-8")
NAMES = {'"Always"': '"Frida"', '"Nights"': '"Office Nord"'}
LATER = datetime(2026, 7, 1, 8, tzinfo=UTC)
"""A Wednesday, when June is over."""
DESK_SCREENS = DOCS.parent / "resources" / "qml" / "Desk"
HOUR = timedelta(hours=1)
HEDGED = (
    "All transfers were summed anew, and hledger check --strict has read them.",
    "hledger is not installed: it was not asked. All transfers were summed anew.",
)
"""Which of the two is said depends on the machine."""


class _Later:
    """The clock of the command line, standing."""

    def now(self) -> datetime:
        return LATER


def site_file(folder: Path) -> Path:
    """The small site with the tables of the page."""
    text = SITE_FILE.read_text(encoding="utf-8")
    text = text.replace("tariffs/", f"{SITE_FILE.parent}/tariffs/")
    for before, after in NAMES.items():
        text = text.replace(before, after)
    text = text.replace('name = "Frida"', f'name = "Frida"\niban = "{GOOD_IBAN}"')
    text = text.replace('name = "Office Nord"', f'name = "Office Nord"\niban = "{WRONG_IBAN}"')
    text += f'simulator_authorises = true\n[operator]\niban = "{OTHER_IBAN}"\n'
    path = folder / "site.toml"
    path.write_text(text, encoding="utf-8")
    return path


def june(file: SiteFile, folder: Path) -> None:
    """Four stays: by wallet, by card, by a fleet, and one that a shop pays a part of."""
    found(file, folder)
    stage = Stage(folder, file=file, authorises=True)
    ada, courier, bakery = stage.wallet(), add_fleet(stage), add_shop(stage)
    for pay in (ada.proof, CARD, courier.proof):
        park(stage, stage.inside(pay))
    ticket = stage.inside(ada.proof, space_id=2)
    validate(stage, ticket, bakery, Given(ValidationKind.AMOUNT, 150))
    park(stage, ticket)
    HeadsFiles(
        stage.site.core, (folder / "audit.heads",), key=audit_key(folder / "audit.key")
    ).look()
    stage.close()
    # Where the provider's own process looks for what the one in virtual time has kept.
    shutil.copy(folder / "site.simulator.jsonl", folder / "simulator.jsonl")


def park(stage: Stage, ticket: TicketIssued) -> None:
    """Fifty minutes, and an hour before the next one."""
    stage.wait(minutes=50)
    assert isinstance(stage.drive(EXIT, ticket.text), ExitCovered)
    stage.wait(minutes=70)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The site file of a small site whose June is over, and which is not at work."""
    path = site_file(tmp_path)
    june(read_site_file(path), tmp_path)
    monkeypatch.chdir(tmp_path)
    for module in ("import_calendar", "clocks"):
        monkeypatch.setattr(f"kiosk.app.{module}.SystemClock", _Later)
    return path


def agrees(shown: str, printed: str) -> bool:
    """Whether a page's lines are what was printed: "..." is anything, alone on a line any lines.

    How many rows and heads there are is not the page's business.
    """
    parts = []
    for line in shown.splitlines():
        words = r"\d+".join(map(re.escape, re.split(r"\d+", line)))
        is_counted = re.match(r"\d+ rows|head \d+:", line) is not None
        text = words if is_counted else re.escape(line)
        parts.append(r"(?:.*\n)*?" if line == "..." else text.replace(r"\.\.\.", ".*") + r" *\n")
    return re.fullmatch("".join(parts), printed) is not None


def test_each_command_of_the_page_prints_what_it_shows(
    site: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def at_the_terminal(prompt: str) -> str:
        print(prompt)
        return DESK_PIN

    monkeypatch.setattr(getpass, "getpass", at_the_terminal)
    where = ["--site", str(site), "--db", f"sqlite:///{site.parent / 'site.db'}"]
    wrong: list[str] = []
    for command, shown in re.findall(r"^\$ (kiosk .*)\n((?:(?!\$|```).*\n)*)", PAGE, re.M):
        words = shlex.split(command)[1:]
        main(words if words[0] == "replay" else [*words, *where])
        said = capsys.readouterr()
        printed = said.out + said.err
        if not agrees(shown.replace(*HEDGED), printed.replace(*HEDGED)):
            wrong.append(f"$ {command}\n{printed}")

    assert wrong == []


def test_every_kind_of_account_is_explained() -> None:
    table = PAGE.partition("## What the accounts mean")[2].partition("\n## ")[0]
    names = {name.partition(":")[0] for name in re.findall(r"^\| `([^`]+)`", table, re.M)}

    assert names == ACCOUNT_KINDS.keys()


SPLITS = re.findall(r"^\| (\d+\.\d\d) \| (.*?) \| (.*?) \|$", PAGE, re.M)


@pytest.mark.parametrize(("fee", "rest", "largest"), SPLITS)
def test_a_fee_is_divided_as_the_page_says(fee: str, rest: str, largest: str) -> None:
    def divided(rule: SplitRule) -> str:
        shares = split(cents(fee), SplitTerms(1500, 1900, 1000, rule))
        parts = (shares.owner, shares.commission, shares.vat, shares.manager)
        return ", ".join(f"{part.minor / 100:.2f}" for part in parts)

    assert (rest, largest) == (
        divided(SplitRule.OWNER_REST),
        divided(SplitRule.LARGEST_REMAINDER),
    )


def cents(text: str) -> Money:
    return Money(int(text.replace(".", "")), "EUR")


def test_there_are_three_worked_fees() -> None:
    assert [fee for fee, _, _ in SPLITS] == ["7.00", "9.00", "13.50"]


def test_limits_and_times_are_those_of_the_rules() -> None:
    text = PAGE.replace("\n", " ")
    defaults = OfflineLimits()

    for name in ("per_stay_minor", "per_plate_minor", "per_site_day_minor", "doubt_minor"):
        assert f"| `{name}` | {getattr(defaults, name)} |" in text
    assert f"does not answer for {limits.PAY_DOUBT_S:.0f} seconds" in text
    assert f"pay at the desk within {limits.PAY_LATER_HOURS} hours" in text
    assert f"released {RELEASED_AFTER // HOUR} hours after the car has left" in text
    assert f"(within {DisputeKind.COULD_NOT_PARK.open_for // HOUR} hours of the end)" in text
    assert f"the price ({DisputeKind.CHARGES.open_for.days} days)" in text
    assert f"payable within {PAY_WITHIN.days} days" in text
    assert f"up to {limits.REPORT_DAYS} of them" in text
    assert f"each row in {len(PROVED)} tables" in text
    assert f"each row of {len(PROVED)} tables" in (DOCS / "proofs.md").read_text("utf-8")
    assert f"`{SCHEMA}`" in text or f"{SCHEMA}," in text


TABLES: dict[str, type[Table]] = {
    "operator": OperatorTable,
    "owner": PayeeKeys,
    "split": SplitTable,
    "payments": PaymentsTable,
    "offline": OfflineTable,
    "payouts": PayoutsTable,
    "desk": DeskTable,
    "audit": AuditTable,
}


@pytest.mark.parametrize("name", TABLES)
def test_the_operators_page_has_every_key_about_money(name: str) -> None:
    page = (DOCS / "operator.md").read_text("utf-8")
    keys = set(re.findall(r"`([a-z_]+)(?: = [^`]*)?`", page))

    assert [key for key in TABLES[name].model_fields if key not in keys] == []


def test_the_demo_site_can_pay_its_owners() -> None:
    plan = read_site_file(SITES / "demo.toml").to_payees()

    accounts = [account_of(payee) for payee in (plan.operator, *plan.owners.values())]
    assert [each for each in accounts if not isinstance(each, BankAccount)] == []
    assert len({each.iban for each in accounts if isinstance(each, BankAccount)}) == 5


def test_the_owners_page_shows_the_statement_of_this_one() -> None:
    owners = (DOCS / "owner.md").read_text("utf-8")
    (example,) = re.findall(r"^\$ kiosk payout statement .*\n.*\n", owners, re.M)

    assert example in PAGE


def test_the_attendants_page_names_buttons_that_there_are() -> None:
    page = (DOCS / "attendant.md").read_text("utf-8")
    section = page.partition("## Money after the exit")[2].partition("\n## Check a ticket")[0]
    named = {
        " ".join(name.split()) for name in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", section)
    }
    screens = "".join(path.read_text("utf-8") for path in DESK_SCREENS.glob("*.qml"))

    assert sorted(name for name in named if f'qsTr("{name}' not in screens) == []
    assert len(named) > 15


@pytest.mark.parametrize("page", ["docs/proofs.md", "ARCHITECTURE.md", "README.md"])
def test_the_files_that_a_page_names_are_there(page: str) -> None:
    root = DOCS.parent
    text = (root / page).read_text("utf-8")
    named = {
        *re.findall(r"`((?:tests|kiosk|db|resources)/[\w./]+)`", text),
        *(f"{Path(page).parent}/{name}" for name in re.findall(r"\]\(([\w./-]+\.md)[)#]", text)),
    }

    assert sorted(name for name in named if not (root / name).exists()) == []
