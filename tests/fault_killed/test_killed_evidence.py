"""A kill at any moment leaves the chain of evidence whole, and the next life goes on with it."""

from __future__ import annotations

import pytest

from kiosk.services.audit_check import check_site
from tests.fault_killed.afterlife import Kill


@pytest.mark.parametrize("moment", ["inside_the_deposits_commit", "before_the_exit_opens"])
def test_a_kill_leaves_the_chain_whole(kill: Kill, moment: str) -> None:
    stage = kill(moment).stage
    stage.wait(minutes=10)

    with stage.site.core.store.reading() as tx:
        checked = check_site(tx)

    assert checked.findings == ()
    assert checked.rows == checked.head.row > 0
