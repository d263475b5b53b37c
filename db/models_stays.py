"""The tables of reservations, stays, tickets and lanes as peewee models, as in models.py."""

from __future__ import annotations

from peewee import (
    SQL,
    AutoField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from db.conditions import ENDED, UNREPORTED, live, one_of
from db.models import Attendant, Driver, Space, SplitTerms, Table, Tariff, Vehicle
from kiosk.domain.reservation import State


class Reservation(Table):
    """A right to a space for [t0, t1); triggers refuse overlaps and changes not allowed."""

    id = AutoField()
    space = ForeignKeyField(Space, index=False)
    vehicle = ForeignKeyField(Vehicle)
    driver = ForeignKeyField(Driver, null=True, index=False)
    t0 = IntegerField()
    t1 = IntegerField()
    state = TextField()
    quote_minor = IntegerField()
    currency = TextField()
    tariff = ForeignKeyField(Tariff, index=False)
    split_terms = ForeignKeyField(SplitTerms, index=False)
    pay_until = IntegerField()
    short_code = TextField(unique=True)
    created_at = IntegerField()
    width_mm = IntegerField(null=True)
    length_mm = IntegerField(null=True)
    height_mm = IntegerField(null=True)
    needs_charger = IntegerField(constraints=[SQL("DEFAULT 0")])
    needs_accessible = IntegerField(constraints=[SQL("DEFAULT 0")])
    needs_type = TextField(constraints=[SQL("DEFAULT 'car'")])
    linked_to = ForeignKeyField("self", null=True, column_name="linked_to", index=False)
    displaced_by = ForeignKeyField("self", null=True, column_name="displaced_by", index=False)

    class Meta:
        constraints = (
            Check("t1 > t0"),
            Check(one_of("state", *(state.value for state in State))),
            Check("quote_minor >= 0"),
            Check("length(currency) = 3"),
            Check("needs_charger IN (0, 1)"),
            Check("needs_accessible IN (0, 1)"),
        )


Reservation.add_index(
    SQL(f"CREATE INDEX res_live ON reservation(space_id, t0, t1) WHERE {live()}")
)
Reservation.add_index(
    SQL("CREATE INDEX res_inside ON reservation(t1, space_id) WHERE state = 'arrived'")
)
Reservation.add_index(
    SQL("CREATE INDEX res_settled ON reservation(space_id) WHERE state = 'settled'")
)
Reservation.add_index(
    SQL("CREATE INDEX res_displaced ON reservation(displaced_by) WHERE displaced_by IS NOT NULL")
)
Reservation.add_index(
    SQL("CREATE INDEX res_driver ON reservation(driver_id) WHERE driver_id IS NOT NULL")
)
Reservation.add_index(SQL(f"CREATE INDEX res_ended ON reservation(created_at) WHERE {ENDED}"))


class Stay(Table):
    """One car from entry to exit."""

    reservation = ForeignKeyField(Reservation, primary_key=True)
    entry_lane = TextField()
    entered_at = IntegerField()
    exit_lane = TextField(null=True)
    presented_at = IntegerField(null=True)
    left_at = IntegerField(null=True, index=True)
    re_entered_at = IntegerField(null=True)
    is_displaced = IntegerField(constraints=[SQL("DEFAULT 0"), Check("is_displaced IN (0, 1)")])

    class Meta:
        constraints = (Check("(exit_lane IS NULL) = (presented_at IS NULL)"),)


class PassageGrant(Table):
    """One permission for one passage; by hand it has an attendant and a reason."""

    token = TextField(primary_key=True)
    lane = TextField()
    direction = TextField()
    reservation = ForeignKeyField(Reservation, null=True)
    attendant = ForeignKeyField(Attendant, null=True, index=False)
    reason = TextField(null=True)
    state = TextField()
    granted_at = IntegerField()
    ended_at = IntegerField(null=True)
    why = TextField(null=True)

    class Meta:
        constraints = (
            Check("direction IN ('entry', 'exit')"),
            Check(one_of("state", "open", "passed", "void")),
            Check("(state = 'open') = (ended_at IS NULL)"),
            Check("(attendant_id IS NULL) = (reason IS NULL)"),
            Check("reservation_id IS NOT NULL OR attendant_id IS NOT NULL"),
        )


PassageGrant.add_index(
    SQL("CREATE UNIQUE INDEX grant_open ON passage_grant(lane) WHERE state = 'open'")
)
PassageGrant.add_index(
    SQL(
        "CREATE INDEX grant_unreported ON passage_grant(ended_at) "
        f"WHERE {one_of('why', *UNREPORTED)}"
    )
)


class LaneLock(Table):
    """A lane that takes no ticket until somebody unlocks it; who locked it stands in the audit."""

    lane = TextField(primary_key=True)
    reason = TextField()
    locked_at = IntegerField()

    class Meta:
        without_rowid = True
        constraints = (Check("length(reason) > 0"),)


class TicketUse(Table):
    """A ticket opens once each way; the grant it was used for is committed with it."""

    reservation = ForeignKeyField(Reservation, index=False)
    direction = TextField()
    token = ForeignKeyField(
        PassageGrant, column_name="token", index=False, deferrable="INITIALLY DEFERRED"
    )
    used_at = IntegerField()

    class Meta:
        primary_key = CompositeKey("reservation", "direction")
        without_rowid = True
        constraints = (Check("direction IN ('entry', 'exit')"),)


class Change(Table):
    """Another window or space that a driver chose and has not paid for; it is kept."""

    reservation = ForeignKeyField(Reservation, primary_key=True)
    space = ForeignKeyField(Space)
    t0 = IntegerField()
    t1 = IntegerField()
    quote_minor = IntegerField()
    tariff = ForeignKeyField(Tariff, index=False)
    split_terms = ForeignKeyField(SplitTerms, index=False)
    pay_until = IntegerField()

    class Meta:
        constraints = (Check("t1 > t0"), Check("quote_minor >= 0"))


class Move(Table):
    """A reservation got another space; only ever added to."""

    id = AutoField()
    reservation = ForeignKeyField(Reservation)
    from_space = ForeignKeyField(Space, index=False)
    to_space = ForeignKeyField(Space, index=False)
    at = IntegerField()
    why = TextField()

    class Meta:
        constraints = (Check("from_space_id <> to_space_id"), Check("length(why) > 0"))


class Due(Table):
    """What time itself will do to a reservation, unless it is dropped before."""

    reservation = ForeignKeyField(Reservation, index=False)
    kind = TextField()
    at = IntegerField(index=True)

    class Meta:
        primary_key = CompositeKey("reservation", "kind")
        without_rowid = True
        constraints = (
            Check(
                one_of(
                    "kind",
                    "pending-runs-out",
                    "start-missed",
                    "change-runs-out",
                    "stay-runs-late",
                )
            ),
        )


class Ticket(Table):
    """A ticket as it was printed; a revoked one opens nothing."""

    reservation = ForeignKeyField(Reservation, index=False)
    number = IntegerField()
    t0 = IntegerField()
    t1 = IntegerField()
    issued_at = IntegerField()
    revoked_at = IntegerField(null=True)
    why = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("reservation", "number")
        without_rowid = True
        constraints = (Check("t1 > t0"), Check("(revoked_at IS NULL) = (why IS NULL)"))


Ticket.add_index(SQL("CREATE INDEX ticket_revoked ON ticket(t1) WHERE revoked_at IS NOT NULL"))

TABLES: tuple[type[Table], ...] = (
    Reservation,
    Stay,
    PassageGrant,
    LaneLock,
    TicketUse,
    Change,
    Move,
    Due,
    Ticket,
)
"""Every table of this module, each after those that it refers to."""
