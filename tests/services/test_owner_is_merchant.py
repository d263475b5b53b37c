"""The owner is the merchant of record (money.md, row 11): in the end the owner holds nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fakes.stage import CARD, EXIT, Stage, Wallet


def make_owners_merchants(stage: Stage) -> None:
    """As if the site had been founded so: what is frozen is otherwise never changed."""
    with stage.site.core.store.transaction() as tx:
        tx.library._session.run("DROP TRIGGER split_terms_no_update")
        tx.library._session.run("UPDATE split_terms SET merchant = 'owner'")


@pytest.mark.parametrize("provider", ["stage", "authorising"])
def test_what_the_owner_took_is_passed_on_and_the_rest_goes_back(
    provider: str, request: pytest.FixtureRequest
) -> None:
    stage: Stage = request.getfixturevalue(provider)
    make_owners_merchants(stage)
    ticket = stage.inside(CARD)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))
    stage.wait(seconds=3)

    assert stage.books() == {"psp:operator": -42, "commission": 35, "vat": 7}
    assert stage.wrong() == []


def test_what_a_wallet_paid_the_owner_does_not_hold(stage: Stage, ada: Wallet) -> None:
    make_owners_merchants(stage)
    ticket = stage.inside(ada.proof)

    stage.drive(EXIT, ticket.text, at=ticket.window.from_ + timedelta(minutes=50))

    books = stage.books()
    assert (books["owner:1"], books["manager"]) == (174, 24)
    assert "psp:operator" not in books
