"""Says which keys of the plate keyboard are possible next; draws nothing and checks no owner.

China: one province, one letter, then five signs, or six for new energy with D or F first or last
(GA 36-2018); I and O are never used; 挂学警港澳 only end a plate. Elsewhere: letters and digits.
"""

from typing import Literal, assert_never

Country = Literal["CN", "latin"]

PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云渝藏陕甘青宁新"
TAILS = "挂学警港澳"
DIGITS = "0123456789"
CHINESE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
LATIN_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LATIN_LENGTH_MAX = 10


def possible_keys(plate: str, country: Country) -> str:
    """The signs that can follow this plate; empty when it is full."""
    match country:
        case "CN":
            return _chinese(plate)
        case "latin":
            return LATIN_LETTERS + DIGITS if len(plate) < LATIN_LENGTH_MAX else ""
        case _:
            assert_never(country)


def is_complete(plate: str, country: Country) -> bool:
    """Whether the plate can be accepted as it stands."""
    match country:
        case "CN":
            return len(plate) == 7 or (len(plate) == 8 and not possible_keys(plate, "CN"))
        case "latin":
            return len(plate) >= 2
        case _:
            assert_never(country)


def _chinese(plate: str) -> str:
    ends = len(plate) == 8 or (plate != "" and plate[-1] in TAILS)
    if ends:
        return ""
    match len(plate):
        case 0:
            return PROVINCES
        case 1:
            return CHINESE_LETTERS
        case 6:
            return CHINESE_LETTERS + DIGITS + TAILS
        case 7:
            return _eighth(plate)
        case _:
            return CHINESE_LETTERS + DIGITS


def _eighth(plate: str) -> str:
    """New energy: D or F stands third (small cars) or eighth (large cars), digits elsewhere."""
    small = plate[2] in "DF" and plate[4:].isdigit()
    large = plate[2:].isdigit()
    return (DIGITS if small else "") + ("DF" if large else "")
