"""Turns SVY21 metres, Singapore's map grid, into degrees; knows nothing of car parks.

EPSG:3414: Transverse Mercator (EPSG method 9807) on WGS 84 with its origin at 1°22' N,
103°50' E, scale 1, false easting 28,001.642 m and northing 38,744.572 m. The series and their
names are those of IOGP Publication 373-7-2, section 3.5.3.1 (the JHS formulas), which hold to
less than a millimetre there.
"""

from __future__ import annotations

from math import asin, asinh, atan, atanh, cos, cosh, degrees, radians, sin, sinh, sqrt, tan, tanh

_AXIS_M, _FLATTENING = 6_378_137.0, 1 / 298.257223563
_ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = radians(1 + 22 / 60), radians(103 + 50 / 60)
_FALSE_EASTING_M, _FALSE_NORTHING_M = 28_001.642, 38_744.572

_E = sqrt(_FLATTENING * (2 - _FLATTENING))
_N = _FLATTENING / (2 - _FLATTENING)
_B_M = _AXIS_M / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_FORWARD = (
    _N / 2 - 2 / 3 * _N**2 + 5 / 16 * _N**3 + 41 / 180 * _N**4,
    13 / 48 * _N**2 - 3 / 5 * _N**3 + 557 / 1440 * _N**4,
    61 / 240 * _N**3 - 103 / 140 * _N**4,
    49561 / 161280 * _N**4,
)
_BACK = (
    _N / 2 - 2 / 3 * _N**2 + 37 / 96 * _N**3 - 1 / 360 * _N**4,
    1 / 48 * _N**2 + 1 / 15 * _N**3 - 437 / 1440 * _N**4,
    17 / 480 * _N**3 - 37 / 840 * _N**4,
    4397 / 161280 * _N**4,
)
_ROUNDS = 6
"""Each makes the latitude about a hundred times truer; four are enough for a double."""


def degrees_of(*, east_m: float, north_m: float) -> tuple[float, float]:
    """Latitude and longitude in degrees of a point in Singapore."""
    eta = (east_m - _FALSE_EASTING_M) / _B_M
    xi = (north_m - _FALSE_NORTHING_M + _meridian_m(_ORIGIN_LATITUDE)) / _B_M
    steps = tuple(enumerate(_BACK, start=1))
    xi_0 = xi - sum(h * sin(2 * j * xi) * cosh(2 * j * eta) for j, h in steps)
    eta_0 = eta - sum(h * cos(2 * j * xi) * sinh(2 * j * eta) for j, h in steps)
    beta = asin(sin(xi_0) / cosh(eta_0))
    q_conformal = asinh(tan(beta))
    q = q_conformal
    for _ in range(_ROUNDS):
        q = q_conformal + _E * atanh(_E * tanh(q))
    longitude = _ORIGIN_LONGITUDE + asin(tanh(eta_0) / cos(beta))
    return degrees(atan(sinh(q))), degrees(longitude)


def _meridian_m(latitude: float) -> float:
    """How far a latitude is from the equator along its meridian (M in the publication)."""
    q = asinh(tan(latitude)) - _E * atanh(_E * sin(latitude))
    xi_0 = atan(sinh(q))
    xi = xi_0 + sum(h * sin(2 * j * xi_0) for j, h in enumerate(_FORWARD, start=1))
    return _B_M * xi
