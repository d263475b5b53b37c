"""Every time limit and size of the program in one place, named with its unit."""

from __future__ import annotations

from datetime import timedelta

WORK_QUEUE_LENGTH = 512
"""Commands that may wait; a screen is told to try again when it is more."""
WORK_STOP_S = 5.0
"""How long the shutdown waits for the work thread to drain."""
PAY_QUEUE_LENGTH = 32
"""Operations that may be under way at providers; more card payments are refused for now."""
DUE_EVERY_S = 1.0
"""How often time-driven changes are looked for: a pending reservation is freed within 1 s."""
IN_DOUBT_ASK_EVERY_S = 2.0
"""How soon a provider is asked again what became of a payment (docs/money.md)."""
ASK_STEADILY_TIMES = 15
"""So often at that pace, while a driver waits; then each pause is twice the one before."""
ASK_LONGEST_PAUSE_S = 300.0
REPORT_DAYS = 31
"""For so many days back a provider is asked for a report that was not compared yet."""
OUTBOX_AT_ONCE = 4
"""Operations that wait for nobody and are under way at once: a driver's payment comes first."""
OUTBOX_ALARM_TRIES = 20
"""An operation without an answer after so many tries is shown at the desk: about 3 minutes."""
ACTION_POLLED_EVERY_S = {"show-qr": 2.0, "scan-code": 5.0}
"""How often it is asked whether a driver has paid by a code (docs/money.md)."""
ACTION_LASTS_S = {"show-qr": 120.0, "scan-code": 30.0}
"""How long a driver has for it; then it is aborted, and queried a last time."""
AUTHORISATION_RESERVE_HOURS = 12
"""A booked window ends so long before its deposit could not be captured any more."""
PAY_DOUBT_S = 10.0
"""A provider that has not answered for so long is a reason to leave unpaid."""
PAY_LATER_HOURS = 72
"""How long a driver who has left has to pay the rest."""
PERSON_WITHIN_S = 60.0
"""Nobody waits longer at an exit before the desk is told."""
TARIFF_LOOK_EVERY_S = 60.0
"""How often the tariff files are looked at; only one that has changed is read."""
TICKET_KEYS_LOOK_EVERY_S = 60.0
"""How often the file of the ticket keys is read."""
REVOKED_WRITE_EVERY_S = 60.0
"""How old the written list of revoked tickets becomes at most."""
GAP_HORIZON_DAYS = 62
"""For how many days ahead idle gaps are kept; over the longest `booking_ahead` of a site."""
GAP_SPACES_A_TICK = 20
"""How many spaces are rolled forward in one commit, about a millisecond each."""
OFFER_MOST_WINDOWS = 1000
"""Windows, needs and blackouts of one offer; each is looked at when its gaps are renewed."""
OFFER_MOST_REPEATING = 60
"""Of these, how many may repeat: reading a rule takes a hundred times as long as a date."""
CALENDAR_LONGEST_BYTES = 5_000_000
"""A larger calendar is refused before it is read: ten years of appointments are smaller."""
CALENDAR_MOST_EVENTS = 20_000
CALENDAR_MOST_RULES = 200
"""Events that repeat and are not plainly over; checking a rule can take half a second."""
CALENDAR_MOST_REFUSED = 50
"""After so many events that cannot be kept the rest of a calendar is not looked at."""
CALENDAR_DEEPEST = 8
"""How deep parts of a calendar may stand in one another; no program writes more than four."""
DESK_ROWS_HOURS = 24
"""How long an ended stay remains in the desk's list."""
LATE_STAY_LOOK_EVERY_S = 5 * 60
"""How often those who come after a car that stays too long are looked at."""
ARRIVAL_LASTS_S = 30 * 60
"""For so long after the entry a driver alone is believed that the space is occupied."""
PLATE_LONGEST_SIGNS = 12
PLATE_LONGEST_WITH_MARKS = 48
"""Signs of a plate together with the marks that some scripts put on them."""
PIN_SHORTEST_DIGITS = 6
PIN_TRIES = 5
PIN_LOCK_S = 15
"""Wait after PIN_TRIES wrong PINs; doubles with each further one (security.md, 11)."""
PIN_LOCK_LONGEST_S = 3600
AMOUNT_MOST = 10**12
"""No fee, and nothing that a shop gives (minor units, minutes), is above this."""
TOP_UP_MOST_MINOR = 50_000
"""The largest single top-up at a desk, in minor units of the site's currency."""
TILL_MOST_MINOR = 1_000_000_000
"""More than this is a typing error, not what somebody has counted in a till."""
AUDIT_HEAD_EVERY_S = 3600
"""How often the head of the evidence is signed and stored elsewhere (security.md, 16)."""
VOUCHER_WAITS_S = 60
"""So long a voucher that was scanned first waits for its ticket."""
BAD_TICKETS_A_MINUTE = 10
"""Bad codes after which a lane's scanner is not listened to for a while (security.md, 17)."""
BAD_TICKETS_PAUSE_S = 30
DESK_LOCK_IDLE_S = 300
"""A desk that nobody touches locks itself (security.md, 15)."""
DESK_LOCK_LONGEST_S = 12 * 3600
"""A desk locks itself this long after the sign-in, however busy it is (security.md, 15)."""
DESK_SAYS_S = 10
"""How long a desk says what was just ordered."""
DESK_ANSWER_S = 5.0
"""After this long without its picture a desk asks again: the question was lost."""
DESK_REFRESH_MS = 250
"""A desk asks for a new picture at most this often, however much happens."""
LANE_SCREEN_IDLE_S = 45
"""Nothing touched or scanned at an exit screen for so long: it asks whether one is there."""
KIOSK_SCREEN_IDLE_S = 60
"""The same at an entry screen, where people read and choose (ux.md, 24)."""
STILL_THERE_S = 30
"""How long "Still there?" counts down before a session ends and its entries are wiped."""
MORE_TIME_TIMES = 3
"""How often the idle limit fits into the one that "More time" gives for a session."""
GOODBYE_S = 6
"""How long an exit screen says goodbye to a car that has passed."""


def ask_pause(tries: int, hint_s: float = 0.0) -> timedelta:
    """How long to wait before a provider is asked again, after so many tries before this one.

    At once after the first; a provider that asks for a longer pause gets it.
    """
    if not tries and hint_s <= IN_DOUBT_ASK_EVERY_S:
        return timedelta()
    doublings = min(max(tries - ASK_STEADILY_TIMES + 1, 0), 16)
    pause_s = max(IN_DOUBT_ASK_EVERY_S * 2**doublings, hint_s)
    return timedelta(seconds=min(pause_s, ASK_LONGEST_PAUSE_S))
