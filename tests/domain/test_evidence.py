"""The chain of evidence: what is one row's bytes, and which spoilt rows are named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.evidence import (
    EMPTY,
    START,
    ChainCheck,
    Finding,
    Head,
    Row,
    Seal,
    SignedHead,
    Value,
    canonical,
    check_heads,
    check_stay,
    digest,
    facts_of,
    facts_text,
    named,
    seal,
)

KEY = b"k" * 32


def columns(number: int, stay: int | None = None, detail: str = "") -> dict[str, Value]:
    """What a row says."""
    return {"id": number, "at": number, "detail": detail, "reservation_id": stay, "facts": None}


def chain(*stays: int | None, ids: tuple[int, ...] | None = None) -> list[Row]:
    """A good chain: one row for each of these stays, None for the site itself."""
    rows: list[Row] = []
    before, of_stay = START, dict[int | None, str]()
    for number, stay in zip(ids or range(1, len(stays) + 1), stays, strict=True):
        said = columns(number, stay, f"row {number}")
        sealed = seal(said, before=before, stay_before=of_stay.get(stay, START))
        rows.append(Row(said, sealed))
        before, of_stay[stay] = sealed.hash, sealed.stay_hash or START
    return rows


def found(rows: list[Row]) -> tuple[Finding, ...]:
    """What is wrong with a chain."""
    check = ChainCheck()
    for row in rows:
        check.see(row)
    return check.findings()


def places(rows: list[Row]) -> list[str]:
    """Where something is wrong."""
    return [finding.where for finding in found(rows)]


def said(row: Row, **changed: Value) -> Row:
    """The row with other content and the hashes that it had."""
    return replace(row, columns={**row.columns, **changed})


def test_a_row_has_these_very_bytes_for_ever() -> None:
    assert canonical({"b": "ä\n", "a": -1, "none": None}) == '{"a":-1,"b":"ä\\n","v":1}'.encode()


def test_a_digest_tells_where_one_row_ends_and_the_next_begins() -> None:
    assert digest((1, 2), (3,)) != digest((1,), (2, 3))
    assert digest((1,), (2,)) != digest((2,), (1,))
    assert digest((1,)) != digest(("1",))


def test_a_column_that_is_empty_changes_nothing_and_its_place_neither() -> None:
    assert named({"b": 2, "a": 1, "none": None}) == ("a", 1, "b", 2)


def test_facts_come_back_as_they_were_written() -> None:
    facts = (("journal", 1, "ab"), ("operation", "k", None))

    assert facts_of(facts_text(facts)) == facts
    assert facts_of(facts_text(())) == ()


@pytest.mark.parametrize(
    "text", ["{}", "[1]", "[[]]", "no json", "[" * 10_000, "[[1.5]]", '[["a",[1]]]']
)
def test_what_is_no_list_of_facts_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        facts_of(text)


def test_a_good_chain_ends_in_its_head() -> None:
    rows = chain(None, 1, 2, 1)
    check = ChainCheck()
    for row in rows:
        check.see(row)

    assert check.findings() == ()
    assert check.head == Head(4, rows[-1].seal.hash)


def test_an_empty_chain_is_good() -> None:
    assert ChainCheck().head == EMPTY
    assert found([]) == ()


def test_a_gap_from_before_the_chain_is_none_of_ours() -> None:
    assert found(chain(None, 1, None, ids=(6, 9, 10))) == ()


def test_an_edited_row_is_named_alone() -> None:
    rows = chain(None, 1, None)
    rows[0] = said(rows[0], detail="other")

    assert places(rows) == ["audit 1"]
    assert "no hash can tell" in found(rows)[0].what


def test_a_row_that_was_made_anew_spoils_the_next_of_each_chain() -> None:
    rows = chain(1, None, 1)
    content = {**rows[0].columns, "detail": "other"}
    rows[0] = Row(content, seal(content, before=START, stay_before=START))

    assert places(rows) == ["audit 2", "audit 3"]
    assert "reservation 1" in found(rows)[1].what


def test_a_changed_hash_spoils_its_row_and_the_next() -> None:
    rows = chain(1, 1)
    rows[0] = replace(rows[0], seal=rows[0].seal._replace(hash="0" * 64))

    assert places(rows) == ["audit 1", "audit 2"]
    assert "does not follow the row before" in found(rows)[1].what


def test_missing_rows_are_named() -> None:
    rows = chain(*[None] * 6)

    assert "row 2 is missing" in found(rows[:1] + rows[2:])[0].what
    assert "rows 2 to 4 are missing" in found(rows[:1] + rows[4:])[0].what
    assert "row 1 is missing" in found(rows[1:])[0].what


@pytest.mark.parametrize(("one", "other"), [(1, 2), (1, 3), (2, 4)])
def test_swapped_rows_are_named_as_such(one: int, other: int) -> None:
    rows = chain(None, None, 1, None, 1)
    first, second = rows[one - 1], rows[other - 1]
    rows[one - 1] = Row({**second.columns, "id": one}, second.seal)
    rows[other - 1] = Row({**first.columns, "id": other}, first.seal)

    swapped = {finding.where for finding in found(rows) if "swapped" in finding.what}
    assert swapped == {f"audit {one}", f"audit {other}"}


def test_the_chain_of_a_stay_is_checked_without_the_rows_of_others() -> None:
    rows = chain(None, 1, 2, 1, 1)
    stay = [row for row in rows if row.stay == 1]

    assert check_stay(stay) == (rows[-1].seal.stay_hash, ())
    assert [each.where for each in check_stay(stay[1:])[1]] == ["audit 4"]
    assert [each.where for each in check_stay([said(stay[0], at=9), *stay[1:]])[1]] == ["audit 2"]


def test_a_stay_whose_rows_stand_in_another_order_is_not_whole() -> None:
    stay = chain(1, 1)

    assert any("a later time" in each.what for each in check_stay(stay[::-1])[1])


def test_a_row_without_its_stay_hash_is_not_whole() -> None:
    (row,) = chain(1)

    head, findings = check_stay([replace(row, seal=Seal(row.seal.hash, None))])

    assert head == START
    assert len(findings) == 1


def heads(*rows: int) -> tuple[list[SignedHead], dict[int, str]]:
    """Signed heads of a chain at these rows, and the hashes of that chain."""
    written = chain(*[None] * max(rows))
    hashes = {0: START} | {row.id: row.seal.hash for row in written}
    signed: list[SignedHead] = []
    for number, row in enumerate(rows, start=1):
        before = signed[-1].mac if signed else START
        head = SignedHead(number, f"hour {number}", "hour", Head(row, hashes[row]))
        signed.append(head.signed(KEY, before=before))
    return signed, hashes


def test_good_heads_prove_a_chain() -> None:
    signed, hashes = heads(1, 3, 3)

    assert check_heads(signed, KEY, hashes) == ()


def test_a_cut_tail_is_found_by_the_head_that_names_it() -> None:
    signed, hashes = heads(1, 3)
    del hashes[3]

    (finding,) = check_heads(signed, KEY, hashes)
    assert finding.where == "head 2"
    assert "cut" in finding.what


def test_a_chain_that_was_made_anew_is_found_by_its_heads() -> None:
    signed, hashes = heads(1, 3)

    (finding,) = check_heads(signed, KEY, hashes | {3: "f" * 64})
    assert "is not what it was at hour 2" in finding.what


@pytest.mark.parametrize(
    "forged",
    [
        {"at": "later"},
        {"why": "close"},
        {"head": Head(1, "f" * 64)},
        {"mac": "f" * 64},
    ],
)
def test_a_head_that_was_changed_is_named(forged: dict[str, str]) -> None:
    signed, hashes = heads(1, 2, 3)
    signed[1] = replace(signed[1], **forged)  # type: ignore[arg-type]

    assert check_heads(signed, KEY, hashes)[0].where == "head 2"


def test_heads_of_another_key_are_forged() -> None:
    signed, hashes = heads(1)

    assert "forged" in check_heads(signed, b"o" * 32, hashes)[0].what


@pytest.mark.parametrize("missing", [0, 1])
def test_heads_that_were_taken_out_are_named(missing: int) -> None:
    signed, hashes = heads(1, 2, 3)
    del signed[missing]

    assert f"heads {missing + 1} to {missing + 1} before it are missing" in (
        check_heads(signed, KEY, hashes)[0].what
    )


stays = st.lists(st.sampled_from([None, 1, 2]), min_size=2, max_size=8)


@settings(max_examples=40)
@given(stays=stays, picked=st.data())
def test_whatever_is_done_to_one_row_of_a_chain_is_found(
    stays: list[int | None], picked: st.DataObject
) -> None:
    rows = chain(*stays)
    at = picked.draw(st.integers(0, len(rows) - 1))
    deed = picked.draw(st.sampled_from(["edit", "delete", "double", "hash", "stay"]))
    row = rows[at]
    match deed:
        case "edit":
            name = picked.draw(st.sampled_from(["at", "detail", "facts"]))
            rows[at] = said(row, **{name: "other"})
        case "delete":
            del rows[at]
        case "double":
            rows.insert(at, row)
        case "hash":
            rows[at] = replace(row, seal=row.seal._replace(hash="e" * 64))
        case _:
            rows[at] = replace(row, seal=row.seal._replace(stay_hash="e" * 64))

    is_last_gone = deed == "delete" and at == len(rows)
    assert bool(found(rows)) is not is_last_gone
