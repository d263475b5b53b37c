"""`kiosk replay RECEIPT.json`: prices a receipt again, offline, and says whether it is true."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from kiosk.app.arguments import capitalised
from kiosk.app.exit_codes import DONE, REFUSED


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `replay`, which needs no site."""
    about = "price a receipt again and compare every cent"
    command = commands.add_parser("replay", help=about, description=f"{capitalised(about)}.")
    command.add_argument("receipt", type=Path, metavar="RECEIPT.json")
    command.add_argument("--tariff", type=Path, metavar="FILE", help="must be this tariff")
    command.set_defaults(command=_replay)


def _replay(options: argparse.Namespace) -> int:
    from kiosk.app.bill_text import bill_text
    from kiosk.domain.tariff_text import tariff_hash
    from kiosk.services.receipt_file import read_receipt, replay
    from kiosk.services.refused import ReceiptRefused
    from kiosk.services.tariff_files.file import read_tariff_file

    path: Path = options.receipt
    try:
        receipt = read_receipt(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ReceiptRefused([f"{path}: should be UTF-8 text"]) from error
    except ReceiptRefused as refused:
        raise ReceiptRefused(f"{path}: {line}" for line in refused.lines) from refused
    replayed = replay(receipt)
    differences = list(replayed.differences)
    if options.tariff is not None:
        given = read_tariff_file(options.tariff).tariff
        if tariff_hash(given) != tariff_hash(receipt.tariff):
            differences.append(f"tariff: {options.tariff} is not the tariff of the receipt")
    if replayed.charge is not None:
        print(bill_text(receipt.tariff, receipt.facts, replayed.charge))
    for difference in differences:
        print(f"{path}: {difference}", file=sys.stderr)
    if differences:
        return REFUSED
    print("The receipt is true: every line, the total and the tax come out again.")
    return DONE
