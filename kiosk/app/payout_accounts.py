"""Says which accounts of a site file cannot be one; `kiosk check-config` refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.services.bank_accounts import AccountRefused, account_of

if TYPE_CHECKING:
    from kiosk.app.config import SiteFile


def account_faults(file: SiteFile) -> tuple[str, ...]:
    """A sentence for each account that is refused; the site works, and leaves these owners out."""
    plan = file.to_payees()
    named = (
        ("[operator]", plan.operator),
        *((f"owner {each}", plan.owners[each]) for each in plan.owners),
    )
    judged = ((name, account_of(payee)) for name, payee in named if payee.iban)
    faults = [
        f"{name}: {found.why}" for name, found in judged if isinstance(found, AccountRefused)
    ]
    alone = [
        f"{name}: a BIC without an IBAN" for name, payee in named if payee.bic and not payee.iban
    ]
    return (*faults, *alone)
