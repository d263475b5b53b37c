"""Time in which a space is out of order: never idle, without a buffer, and open again at once."""

from __future__ import annotations

from db.store import Tx
from tests.db.conftest import MIDNIGHT, NOON, Site, build, hours

END = 14 * 24 - 14
"""The end of what the test site has built, in hours after NOON."""


def close(site: Site, tx: Tx, first: float, last: float, *, reason: str = "works") -> None:
    tx.library.close_space(site.space_id, hours(first, last), reason=reason)
    build(tx, site.space_id)


def test_a_space_out_of_order_is_idle_to_the_second_around_it(site: Site) -> None:
    with site.store.transaction() as tx:
        close(site, tx, 2, 3)
        gaps = tx.library.gaps(site.space_id, hours(-14, END))

    assert gaps == (hours(-14, 2), hours(3, END))


def test_closures_that_lie_upon_one_another_close_the_sum(site: Site) -> None:
    with site.store.transaction() as tx:
        close(site, tx, 2, 4)
        close(site, tx, 3, 5, reason="flood")
        gaps = tx.library.gaps(site.space_id, hours(-14, END))
        closures = tx.library.closures(site.space_id, after=NOON)

    assert gaps == (hours(-14, 2), hours(5, END))
    assert closures == ((hours(2, 4), "works"), (hours(3, 5), "flood"))


def test_a_closure_that_is_over_is_not_told(site: Site) -> None:
    with site.store.transaction() as tx:
        close(site, tx, -2, 0)

        assert tx.library.closures(site.space_id, after=NOON) == ()
        assert tx.library.closures(site.space_id, after=MIDNIGHT) == ((hours(-2, 0), "works"),)


def test_a_space_that_is_open_again_is_idle_from_that_moment_on(site: Site) -> None:
    with site.store.transaction() as tx:
        close(site, tx, -1, 2)
        close(site, tx, 5, 6)
        tx.library.reopen_space(site.space_id, at=NOON)
        build(tx, site.space_id)
        gaps = tx.library.gaps(site.space_id, hours(-14, END))
        closures = tx.library.closures(site.space_id, after=MIDNIGHT)

    assert gaps == (hours(-14, -1), hours(0, END))
    assert closures == ((hours(-1, 0), "works"),)


def test_a_closure_that_begins_this_second_leaves_no_trace_when_it_ends_in_it(site: Site) -> None:
    with site.store.transaction() as tx:
        close(site, tx, 0, 2)
        tx.library.reopen_space(site.space_id, at=NOON)

        assert tx.library.closures(site.space_id, after=MIDNIGHT) == ()


def test_another_space_stays_closed(site: Site) -> None:
    with site.store.transaction() as tx:
        other = site.add_space(tx, "2")
        tx.library.close_space(other, hours(0, 2), reason="works")
        tx.library.reopen_space(site.space_id, at=NOON)

        assert tx.library.closures(other, after=NOON) == ((hours(0, 2), "works"),)


def test_a_reservation_beside_a_closure_keeps_only_its_own_buffer(site: Site) -> None:
    with site.store.transaction() as tx:
        site.reserve(tx, hours(3, 4))
        close(site, tx, 1, 2)
        gaps = tx.library.gaps(site.space_id, hours(0, 6))

    assert [gap.inside(hours(0, 6)) for gap in gaps] == [
        hours(0, 1),
        hours(2, 2.75),
        hours(4.25, 6),
    ]
