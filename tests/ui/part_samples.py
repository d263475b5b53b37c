"""Rows for parts that are tested alone: a level with its aisles, and a list of stays."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TileRow:
    key: str
    label: str
    condition: str
    feature: str
    spoken: str
    x_mm: int
    y_mm: int
    width_mm: int
    height_mm: int


@dataclass(frozen=True, slots=True)
class AisleRow:
    key: str
    x_mm: int
    y_mm: int
    width_mm: int
    height_mm: int
    heading: int


@dataclass(frozen=True, slots=True)
class StayRow:
    key: str
    plate: str
    space: str
    since: str
    condition: str
    kind: str
    charge: str


def tiles() -> list[TileRow]:
    """Four rows of spaces along two aisles, every condition somewhere."""
    conditions = ["idle", "taken", "idle", "taken", "taken"]
    conditions += ["idle", "notFitting", "taken", "idle", "taken"]
    rows = []
    for band, y_mm in enumerate((1000, 12000, 17200, 28000)):
        for place in range(11):
            number = band * 11 + place + 1
            condition = conditions[(number * 7 + band) % len(conditions)]
            condition = {7: "best", 18: "chosen"}.get(number, condition)
            label = f"A{number:02d}"
            rows.append(
                TileRow(
                    key=label,
                    label=label,
                    condition=condition,
                    feature={1: "accessible", 2: "charger", 7: "charger"}.get(number, ""),
                    spoken=f"{label} {condition}",
                    x_mm=1250 + place * 2500,
                    y_mm=y_mm,
                    width_mm=2500,
                    height_mm=5000,
                )
            )
    return rows


def aisles() -> list[AisleRow]:
    """Two one-way aisles."""
    return [
        AisleRow(key="1", x_mm=0, y_mm=6200, width_mm=30000, height_mm=5600, heading=90),
        AisleRow(key="2", x_mm=0, y_mm=22400, width_mm=30000, height_mm=5400, heading=270),
    ]


def stays() -> list[StayRow]:
    """Forty stays in four conditions."""
    kinds = (
        ("parked", "neutral"),
        ("overstay", "attention"),
        ("paid", "good"),
        ("no ticket", "bad"),
    )
    return [
        StayRow(
            key=str(number),
            plate=f"M PK {200 + number}",
            space=f"A{number:02d}",
            since=f"{8 + number // 10}:{number % 6}5",
            condition=kinds[number % 4][0],
            kind=kinds[number % 4][1],
            charge=f"€{number // 4}.{number % 4}0",
        )
        for number in range(1, 41)
    ]
