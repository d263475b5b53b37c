"""SVY21 metres to degrees, against points that others have worked out."""

from __future__ import annotations

import pytest

from kiosk.services.inventory_imports.svy21 import degrees_of

A_MILLIMETRE = 1e-8
"""In degrees, about."""


@pytest.mark.parametrize(
    ("east_m", "north_m", "latitude", "longitude"),
    [
        # The origin by definition (EPSG:3414): 1 degree 22 minutes, 103 degrees 50 minutes.
        (28_001.642, 38_744.572, 1 + 22 / 60, 103 + 50 / 60),
        # By PROJ 9 from EPSG:3414 to EPSG:4326: Arab Street, and the corners of the HDB list.
        (30_770.0173, 31_622.8216, 1.3022599571413986, 103.85820845289807),
        (30_314.7936, 31_490.4942, 1.3010632720874964, 103.85411804993062),
        (11_539.0898, 28_123.4116, 1.2706083833109083, 103.68541174782783),
        (45_264.5806, 48_691.4308, 1.4566171008282656, 103.98845855069568),
    ],
)
def test_a_known_point_comes_out_to_the_millimetre(
    east_m: float, north_m: float, latitude: float, longitude: float
) -> None:
    found = degrees_of(east_m=east_m, north_m=north_m)

    assert found == pytest.approx((latitude, longitude), rel=0, abs=A_MILLIMETRE)
