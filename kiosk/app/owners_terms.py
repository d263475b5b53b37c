"""`kiosk offer terms`: notice, shortest and longest stay, price and split of an offer are changed.

Which terms can be kept is decided in kiosk.services.offers; prices and splits stand in the site
file, so that a new version of a price goes live wherever it holds.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, assert_never

from kiosk.app.attendant_pin import attendant_and_pin, signed_in
from kiosk.app.config import SiteFile, read_site_file
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE
from kiosk.app.import_calendar import core_at_rest, offer_of
from kiosk.app.offer_words import terms_words, words_of
from kiosk.app.owners_offers import refused, space_and_owner
from kiosk.domain.life_outcomes import OfferMoved, OfferRefused
from kiosk.domain.outcomes import NotSignedIn
from kiosk.services.commands import Actor, ActorKind
from kiosk.services.life_commands import SetOfferTerms
from kiosk.services.offers import set_offer_terms
from kiosk.services.tariffs import read_site_tariffs

if TYPE_CHECKING:
    from kiosk.domain.ids import OfferId
    from kiosk.domain.offer import OfferTerms
    from kiosk.domain.settlement import SplitTerms
    from kiosk.domain.tariff import Tariff
    from kiosk.services.core import Core

_TERMS = (
    "notice_minutes",
    "shortest_stay_minutes",
    "longest_stay_minutes",
    "own_tariff",
    "area_tariff",
    "split",
    "area_split",
)
"""What the command line may give, each of them only when it is given."""


def change_terms(options: argparse.Namespace) -> int:
    """Change what the command line gives of the offer in force, else of the latest draft.

    ConfigError for a space, a tariff or a split that is not known or a PIN that cannot be read;
    TariffFileRefused for a tariff file that the site cannot sell by; StoreBusy while the site is
    at work.
    """
    given = {name: value for name, value in vars(options).items() if name in _TERMS}
    if not given:
        options_of = ", ".join(f"--{name.replace('_', '-')}" for name in _TERMS)
        raise ConfigError(f"offer terms: give at least one of {options_of}")
    file = read_site_file(options.site)
    split_terms = _split_terms(file, given["split"]) if "split" in given else None
    attendant = attendant_and_pin(options)
    with core_at_rest(file, options.db, is_dry_run=False) as core:
        with core.store.reading() as tx:
            space, owner = space_and_owner(tx, options)
            offer = offer_of(tx, space)
        tariff = _own_tariff(file, owner) if "own_tariff" in given else None
        if offer is None:
            return refused(f"{space.label}: has no offer; `kiosk import calendar` makes a draft")
        command = SetOfferTerms(
            actor=Actor(ActorKind.OWNER, owner),
            owner_id=space.owner_id,
            offer_id=offer.id,
            terms=_changed(offer.terms, given),
            tariff=tariff,
            split_terms=split_terms,
        )
        if attendant is not None:
            actor, pin = attendant
            attendant_id = signed_in(core, actor, pin)
            if isinstance(attendant_id, str):
                return refused(attendant_id)
            command = replace(command, actor=actor, owner_id=None, attendant_id=attendant_id)
        outcome = set_offer_terms(core, command)
        match outcome:
            case OfferMoved(offer_id, state):
                words = terms_words(_terms_of(core, offer_id))
                print(f"{space.label}: offer {offer_id} is {words_of(state)}; its terms are now:")
                print(f"  {words}")
                return DONE
            case OfferRefused(problems):
                return refused(*(f"{space.label}: {problem}" for problem in problems))
            case NotSignedIn():
                why = f"offer {offer.id} is {words_of(offer.state.value)}"
                who = "an attendant changes its price and its split, with --attendant NAME"
                return refused(f"{space.label}: {why}: {who}")
            case _:
                assert_never(outcome)


def _changed(terms: OfferTerms, given: Mapping[str, Any]) -> OfferTerms:
    """The terms with what is given; a tariff or a split of its own comes from the site file."""
    return replace(
        terms,
        notice=given.get("notice_minutes", terms.notice),
        shortest=given.get("shortest_stay_minutes", terms.shortest),
        longest=given.get("longest_stay_minutes", terms.longest),
        tariff_id=None if "area_tariff" in given else terms.tariff_id,
        split_terms_id=None if "area_split" in given else terms.split_terms_id,
    )


def _own_tariff(file: SiteFile, owner: str) -> Tariff:
    path = file.owners_tariff_files().get(owner)
    if path is None:
        what = f"the site file gives {owner} no tariff"
        raise ConfigError(f"--own-tariff: {what}; write tariff = into its [[owner]] table first")
    return read_site_tariffs([path], file.to_site())[path]


def _split_terms(file: SiteFile, name: str) -> SplitTerms:
    if name not in file.split:
        known = ", ".join(file.split)
        raise ConfigError(f"--split {name}: the site file has no such split; it has {known}")
    return file.split[name].to_terms()


def _terms_of(core: Core, offer_id: OfferId) -> OfferTerms:
    with core.store.reading() as tx:
        offer = tx.library.offer(offer_id)
    assert offer is not None, "its terms were changed just now"
    return offer.terms
