# mypy: ignore-errors
"""Settles stays with django-ledger, in a process and an environment of its own.

Run as `python django_ledger_process.py FOLDER COUNT`; prints the nanoseconds of each settlement as
JSON. The settings are as fair as they can be: WAL and FULL as ours, one commit a settlement.
"""

import json
import sys
import time
from decimal import Decimal
from pathlib import Path

import django
from django.conf import settings

FOLDER, COUNT = Path(sys.argv[1]), int(sys.argv[2])
SHARES = {"owner": "5.06", "commission": "1.04", "vat": "0.20", "manager": "0.70"}


def set_up():
    settings.configure(
        SECRET_KEY="bench",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(FOLDER / "peer.db"),
                "OPTIONS": {
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                    "transaction_mode": "IMMEDIATE",
                },
            }
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django_ledger",
        ],
    )
    django.setup()


def books():
    from django.contrib.auth import get_user_model
    from django_ledger.io import roles
    from django_ledger.models import EntityModel

    entity = EntityModel.create_entity(
        name="site",
        admin=get_user_model().objects.create_user("bench"),
        use_accrual_method=True,
        fy_start_month=1,
    )
    entity.create_chart_of_accounts(assign_as_default=True, commit=True, coa_name="coa")
    wanted = {
        name: (str(2010 + number), roles.LIABILITY_CL_OTHER)
        for number, name in enumerate(("escrow", "owner", "vat", "manager"))
    }
    wanted["commission"] = ("4010", roles.INCOME_OPERATIONAL)
    accounts = {
        name: entity.create_account(
            code=code, role=role, name=name, balance_type="credit", active=True
        )
        for name, (code, role) in wanted.items()
    }
    return entity, accounts, entity.create_ledger(name="stays", posted=True)


def settle(entity, accounts, ledger):
    from django.db import transaction
    from django.utils.timezone import now

    lines = [("escrow", "7.00", "debit"), *((to, much, "credit") for to, much in SHARES.items())]
    with transaction.atomic():
        entity.commit_txs(
            je_timestamp=now(),
            je_txs=[
                {
                    "account": accounts[name],
                    "amount": Decimal(amount),
                    "tx_type": side,
                    "description": "",
                }
                for name, amount, side in lines
            ],
            je_ledger_model=ledger,
            je_posted=True,
        )


def main():
    set_up()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    made = books()
    settle(*made)  # what is only done once is not counted
    took_ns = []
    for _ in range(COUNT):
        began_ns = time.perf_counter_ns()
        settle(*made)
        took_ns.append(time.perf_counter_ns() - began_ns)
    from django_ledger.models import TransactionModel

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
    assert TransactionModel.objects.count() == (COUNT + 1) * 5
    print(json.dumps({"took_ns": took_ns, "version": django_ledger_version()}))


def django_ledger_version():
    from importlib.metadata import version

    return version("django-ledger")


main()
