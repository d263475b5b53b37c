"""Typed ids, so that a space is never mistaken for an owner."""

from __future__ import annotations

from typing import NewType

AreaId = NewType("AreaId", int)
SpaceId = NewType("SpaceId", int)
OfferId = NewType("OfferId", int)
OwnerId = NewType("OwnerId", int)
DriverId = NewType("DriverId", int)
"""A driver known to the site by a wallet; names and contacts stand in the persons table."""
AttendantId = NewType("AttendantId", int)
ReservationId = NewType("ReservationId", int)
LaneName = NewType("LaneName", str)
GrantToken = NewType("GrantToken", str)
"""One permission for one passage; opaque to the lane and never used twice."""
OperationKey = NewType("OperationKey", str)
"""The idempotency key of one payment operation; the same key never moves money twice."""
FleetId = NewType("FleetId", int)
"""A firm whose cars park on one monthly invoice."""
ShopId = NewType("ShopId", int)
"""A shop that pays a part of the stays of those who buy there."""
PayoutId = NewType("PayoutId", int)
