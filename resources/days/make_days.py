"""Makes the small file of real counts that `kiosk day` runs on, from the published data set.

    python resources/days/make_days.py birmingham_occupancy_2016-10_11.csv

Source: UCI Machine Learning Repository, "Parking Birmingham" (Stolfi, 2017), from Birmingham
City Council's open data, UK Open Government Licence v3.0. One car park is kept, with its rows
in order; rows that repeat an instant, are negative or above the capacity are left out.
"""

import csv
import sys
from pathlib import Path

CAR_PARK = "BHMBRCBRG02"
TARGET = Path(__file__).with_name("birmingham_brcbrg02.csv")
NOTICE = (
    "# Half-hourly occupancy of car park BHMBRCBRG02, Birmingham, October to December 2016.\n"
    "# Source: UCI Machine Learning Repository, 'Parking Birmingham' (Birmingham City Council),\n"
    "# UK Open Government Licence v3.0. Cut down by make_days.py; times are local.\n"
)


def main(source: Path) -> None:
    """Write TARGET from the data set at `source`."""
    kept: dict[str, tuple[int, int]] = {}
    with source.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["SystemCodeNumber"] != CAR_PARK:
                continue
            capacity, occupancy = int(row["Capacity"]), int(row["Occupancy"])
            if 0 <= occupancy <= capacity:
                kept.setdefault(row["LastUpdated"], (capacity, occupancy))
    lines = [f"{at},{capacity},{occupancy}" for at, (capacity, occupancy) in sorted(kept.items())]
    TARGET.write_text(NOTICE + "at,capacity,occupancy\n" + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
