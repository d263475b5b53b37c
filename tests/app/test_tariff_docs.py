"""Holds docs/tariffs.md to its word: its board is built, its commands run, its prices come out.

What a fence of the page is, is told by its language and its place: `console` is a terminal, `toml`
before "Publish it" is a piece of the board, and under "How do I say" a recipe by itself.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage

from kiosk.app.main import main
from kiosk.domain.pricing.charge import charge_for
from kiosk.domain.pricing.charge_lines import Charge
from kiosk.services.charge_words import amount_text, no_price_name
from kiosk.services.refused import TariffFileRefused
from kiosk.services.tariff_files.file import read_tariff_file, tariff_schema

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tariffs.md").read_text(encoding="utf-8")
SHIPPED = ROOT / "resources" / "tariffs" / "example" / "your-car-park.toml"
HEAD = 'code = "recipe"\nversion = 1\nzone = "Europe/Berlin"\ncurrency = "EUR"\n'
PLAIN = "row = [{ price = 1.00, per_minutes = 30 }]\n"

MONDAY = date(2026, 3, 2)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLAIM = re.compile(
    r"\b(?P<day>[MTWFS][a-z]{2}) (?P<enter>\d\d:\d\d) to (?:(?P<later>[MTWFS][a-z]{2}) )?"
    r"(?P<leave>\d\d:\d\d)(?: \((?P<how>[^)]*)\))?: (?P<says>\d+\.\d\d|no price)"
)
HOW = {
    "free used": "free_used = true",
    "lost": "lost = true",
    "cash": "cash = true",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A fence of the page (its language and lines), or text (no language)."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """A ```console fence, with the board as it stands above it."""

    board: str
    text: str


def parts(text: str) -> Iterator[Part]:
    for number, piece in enumerate(re.split(r"^```(.*\n(?:(?!```).*\n)*)```$", text, flags=re.M)):
        if number % 2:
            language, _, lines = piece.partition("\n")
            yield Part(language, lines)
        else:
            yield Part("", piece)


def section(title: str) -> str:
    """The text from a heading of two signs to the next."""
    return next(each for each in PAGE.split("\n## ") if each.startswith(title))


def put(board: str, lines: str, said: str) -> str:
    """The board with a piece, at its end or under the lines that the text before it names."""
    instruction = re.search(r"Put this line\s+(under `[^:]*):$", said.strip())
    if instruction is None:
        return f"{board}\n{lines}"
    for line in re.findall(r"under\s+`([^`]*)`", instruction[1]):
        assert board.count(f"{line}\n") == 1, line
        board = board.replace(f"{line}\n", f"{line}\n{lines}")
    return board


def built() -> Iterator[tuple[str, Part]]:
    """Each part of the section in which the board is built, with the board as it is there."""
    board, said = "", ""
    for part in parts(section("The board")):
        if part.language == "toml":
            board = put(board, part.text, said)
        yield board, part
        said = part.text


def whole() -> str:
    return list(built())[-1][0]


def recipes() -> list[tuple[str, str]]:
    """Each recipe of the page as a whole file, with the prices that the page says of it."""
    found = []
    for part, then in pairwise(parts(section("How do I say"))):
        if part.language == "toml":
            found.append((recipe(part.text), then.text.partition("\n\n")[0]))
    return found


def recipe(piece: str) -> str:
    """A piece in a file in which all other hours cost 1.00 for each started half hour."""
    if piece.startswith("row"):
        return f'{HEAD}[[band]]\nname = "Parking"\n{piece}'
    hours = re.search(r'^from = (".*")\nuntil = (".*")$', piece, flags=re.M)
    other = '[[band]]\nname = "Other hours"\n'
    if "[[band]]" in piece and hours is not None:
        other += f"from = {hours[2]}\nuntil = {hours[1]}\n"
    before, bracket, tables = piece.partition("[")
    return f"{HEAD}{before}{other}{PLAIN}{bracket}{tables}"


def blocks(policy: str) -> str:
    """The car park of the page's section about blocks."""
    rows = ((4, "06:00", "18:00"), (6, "18:00", "06:00"))
    bands = (
        f'[[band]]\nname = "{price}"\nfrom = "{from_}"\nuntil = "{until}"\n'
        f"row = [{{ price = {price}, per_minutes = 60, block_minutes = 10 }}]\n"
        for price, from_, until in rows
    )
    return f'{HEAD}blocks = "{policy}"\n{"".join(bands)}'


def example(claim: re.Match[str]) -> str:
    """The claim as a worked example of a tariff file."""
    entered = MONDAY + timedelta(days=WEEKDAYS.index(claim["day"]))
    left = MONDAY + timedelta(days=WEEKDAYS.index(claim["later"] or claim["day"]))
    if left < entered:
        left += timedelta(days=7)
    lines = [
        "[[example]]",
        f'says = "{claim[0]}"',
        f'enter = "{entered} {claim["enter"]}"',
        f'leave = "{left} {claim["leave"]}"',
    ]
    says = claim["says"]
    lines.append('refused = "price-not-stated"' if says == "no price" else f"total = {says}")
    how, _, value = (claim["how"] or "").rpartition(" ")
    match how:
        case "validated":
            lines.append(f"validation_minutes = {value}")
        case "discount":
            lines.append(f'discounts = ["{value}"]')
        case "booked until":
            lines += [f'booked_from = "{entered} {claim["enter"]}"']
            lines += [f'booked_until = "{left} {value}"']
        case _:
            lines += [HOW[claim["how"]]] if claim["how"] else []
    return "\n".join(lines) + "\n"


def claims() -> list[tuple[str, str]]:
    """Every price that the page says in words, with the file that it is said of."""
    said = [(board, part.text) for board, part in built() if not part.language] + recipes()
    return [
        (board, example(claim))
        for board, text in said
        for claim in CLAIM.finditer(" ".join(text.split()))
    ]


def terminals() -> list[Terminal]:
    found = [Terminal(board, part.text) for board, part in built() if part.language == "console"]
    rest = PAGE.partition("\n## Publish it")[2]
    shown = [part.text for part in parts(rest) if part.language == "console"]
    return found + [Terminal(whole(), text) for text in shown]


def pattern(shown: str) -> str:
    """What is shown as a regular expression: `...` stands for any text, alone for any lines."""
    lines = [re.escape(line).replace(r"\.\.\.", ".*") for line in shown.splitlines()]
    return "".join(r"(?:.*\n)*" if line == ".*" else f"{line}\n" for line in lines)


def refused(board: str, folder: Path) -> list[str]:
    """Why a board may not be used, line by line."""
    file = folder / "board.toml"
    file.write_text(board, encoding="utf-8")
    try:
        read_tariff_file(file)
    except TariffFileRefused as error:
        return list(error.lines)
    return []


def answered(file: Path) -> list[tuple[str, str]]:
    """What the examples of a file come to, by what they say."""
    read = read_tariff_file(file)
    charges = [(each.says, charge_for(read.tariff, each.facts)) for each in read.examples]
    return [
        (says, amount_text(charge.total) if isinstance(charge, Charge) else no_price_name(charge))
        for says, charge in charges
    ]


def words(schema: object) -> Iterator[str]:
    """Every key and every word that a tariff file may have."""
    if isinstance(schema, list):
        for each in schema:
            yield from words(each)
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        yield from (each for each in schema.get("enum", ()) if isinstance(each, str))
        for each in schema.values():
            yield from words(each)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the project's files in it, to type commands in."""
    for name in ("resources", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ----------------------------------------------------------------------------------- the page


@pytest.mark.parametrize("terminal", terminals(), ids=lambda each: each.text.split("\n")[0])
def test_a_command_prints_what_the_page_shows(
    terminal: Terminal, desk: Path, capsys: pytest.CaptureFixture[str], qapp: QGuiApplication
) -> None:
    (desk / "your-car-park.toml").write_text(terminal.board, encoding="utf-8")
    for piece in re.split(r"^\$ kiosk ", terminal.text, flags=re.M)[1:]:
        command, _, shown = piece.partition("\n")
        arguments, _, target = command.partition(" > ")
        main(shlex.split(arguments))
        printed = capsys.readouterr()
        if target:
            (desk / target).write_text(printed.out, encoding="utf-8")
        else:
            assert re.fullmatch(pattern(shown), printed.out + printed.err), printed.out


def test_every_step_of_the_board_reads_and_lacks_at_most_hours_that_come_later(
    tmp_path: Path,
) -> None:
    boards = [board for board, part in built() if part.language == "toml"]
    lacking = [(number, refused(board, tmp_path)) for number, board in enumerate(boards)]

    # Before there is a band, with the day alone, and before Sundays have prices.
    assert [number for number, lines in lacking if lines] == [0, 1, 6]
    assert [line for _, lines in lacking for line in lines if ": band: " not in line] == []


@pytest.mark.parametrize(("board", "claim"), claims(), ids=lambda each: each[:60])
def test_a_price_that_the_page_says_comes_out(tmp_path: Path, board: str, claim: str) -> None:
    file = tmp_path / "board.toml"
    file.write_text(f"{board.partition('[[example]]')[0]}\n{claim}", encoding="utf-8")
    said = re.findall(r'says = "(.*)"\n', claim)[0]
    price = said.rpartition(": ")[2]

    assert answered(file) == [(said, "price-not-stated" if price == "no price" else price)]


def test_the_page_says_many_prices_and_each_recipe_has_one() -> None:
    assert len(claims()) > 30
    assert [text for _, text in recipes() if not CLAIM.search(" ".join(text.split()))] == []


@pytest.mark.parametrize(
    ("policy", "price"), re.findall(r"^\| `([a-z-]+)` \| .* \| (\d\.\d\d) \|$", PAGE, flags=re.M)
)
def test_the_car_at_the_edge_costs_what_the_page_says(
    tmp_path: Path, policy: str, price: str
) -> None:
    file = tmp_path / "board.toml"
    claim = CLAIM.fullmatch(f"Mon 17:57 to 18:24: {price}")
    assert claim is not None
    file.write_text(blocks(policy) + example(claim), encoding="utf-8")

    assert [amount for _, amount in answered(file)] == [price]


def test_all_four_policies_are_told_apart() -> None:
    prices = re.findall(r"^\| `([a-z-]+)` \| .* \| (\d\.\d\d) \|$", PAGE, flags=re.M)

    assert prices == [
        ("restart", "3.67"),
        ("run-through", "2.67"),
        ("round-once", "2.90"),
        ("pro-rata", "2.60"),
    ]


@pytest.mark.parametrize("policy", ["restart", "run-through", "round-once", "pro-rata"])
def test_the_drawn_blocks_come_to_the_price(policy: str) -> None:
    row = next(line for line in PAGE.splitlines() if re.match(rf"{policy} +\|-", line))
    edges = [place for place, sign in enumerate(row) if sign == "|"]
    minutes = [Fraction(after - before, 2) for before, after in pairwise(edges)]
    # Under restart the car park is paid for a whole block where 18:00 cuts one.
    paid = [max(each, Fraction(10)) if policy == "restart" else each for each in minutes]
    total = paid[0] * Fraction(4, 60) + sum(paid[1:]) * Fraction(6, 60)
    said = re.search(rf"^\| `{policy}` \| .* \| (\d\.\d\d) \|$", PAGE, flags=re.M)
    assert said is not None

    assert int(total * 100 + Fraction(1, 2)) == int(said[1].replace(".", ""))


@pytest.mark.parametrize(
    "keys",
    re.findall(r"^\| .* \| (`scope = .*`) \|$", PAGE, flags=re.M),
    ids=lambda keys: keys[9:],
)
def test_a_cap_of_the_table_is_one(tmp_path: Path, keys: str) -> None:
    scope, *others = re.findall(r"`(scope = [^`]*|[a-z_]+ = [^`]*)`", keys)
    scopes = [each for each in (scope, *others) if each.startswith("scope")]
    rest = [each for each in others if each not in scopes]
    caps = "".join("\n".join(["[[cap]]", each, *rest, "price = 12.00\n"]) for each in scopes)
    board = recipe(f'[[band]]\nname = "Evening"\nfrom = "18:00"\nuntil = "06:00"\n{PLAIN}{caps}')

    assert refused(board, tmp_path) == []


def test_the_finished_board_is_the_shipped_file(tmp_path: Path) -> None:
    file = tmp_path / "your-car-park.toml"
    file.write_text(whole(), encoding="utf-8")

    assert read_tariff_file(file) == read_tariff_file(SHIPPED)


def test_the_shipped_example_costs_what_it_says() -> None:
    read = read_tariff_file(SHIPPED)
    totals = [amount_text(each.total) for each in read.examples if each.total is not None]

    assert [amount for _, amount in answered(SHIPPED)] == totals
    assert len(totals) == len(read.examples) >= 2


def test_the_keys_and_words_that_the_page_names_are_those_of_a_tariff_file() -> None:
    named = re.findall(r"(?<!`)`([a-z_]+)(?: = [^`]*)?`", PAGE) + re.findall(
        r"(?<!`)`([a-z]+-[a-z0-9-]+)`", PAGE
    )
    others = {"kiosk", "replay", "key", "tariff", "found", "times", "min"}

    assert sorted(set(named) - set(words(tariff_schema())) - others) == []


def test_the_words_of_the_check_are_those_of_the_check() -> None:
    table = section("What the check may say").partition("**")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    said = re.findall(r"`([^`]+)`", "".join(rows))
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "kiosk" / "domain" / "checking").glob("*.py"))
        if path.stem != "findings"  # says the same once more, in other words
    )

    assert len(said) >= 9
    assert [words for words in said if words not in source] == []


def test_the_pictures_and_files_that_the_page_links_to_are_there() -> None:
    links = re.findall(r"\]\((?!https:)([^)#]+)\)", PAGE)

    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []


@pytest.mark.parametrize("name", re.findall(r"pictures/(tariff-[a-z-]+\.png)", PAGE))
def test_a_picture_is_as_large_as_the_chart_of_today(
    name: str, tmp_path: Path, qapp: QGuiApplication
) -> None:
    command = re.search(rf"^\$ kiosk (tariff chart .* --out {name[7:]} .*)$", PAGE, flags=re.M)
    assert command is not None
    arguments = shlex.split(command[1])
    file = SHIPPED if arguments[2] == SHIPPED.name else ROOT / arguments[2]
    drawn = tmp_path / name

    main(["tariff", "chart", str(file), "--out", str(drawn), *arguments[5:]])

    assert QImage(str(drawn)).size() == QImage(str(ROOT / "docs" / "pictures" / name)).size()


# --------------------------------------------------------------------------------- the README


def test_the_table_of_the_readme_is_that_of_the_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["tariff", "coverage", "--markdown"])
    table = capsys.readouterr().out
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert table in readme
