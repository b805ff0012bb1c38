"""Which associated centre is in a town: that of the town of the name which the Cité is near."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.centre_choice import centre_in
from bot.knowledge.cite_types import Centre
from bot.knowledge.cites import load_cites
from bot.knowledge.facts import Fact
from bot.knowledge.places import Place, find

CITES = load_cites()


def town(name: str, country: str, admin: str | None = None) -> Place:
    found = find(name, country)
    likely = [found.place] if found.place else list(found.candidates)
    return next(place for place in likely if place and admin in (None, place.admin))


@pytest.mark.parametrize(
    ("place", "cite"),
    [
        (town("Gap", "FR"), "marseille"),
        (town("La Garde", "FR"), "marseille"),
        (town("Annemasse", "FR"), "geneve"),
        (town("Bonneville", "CH", "Haute-Savoie"), "geneve"),
        (town("Bonneville", "CH", "Wallonie"), None),
        (replace(town("La Garde", "FR"), lat=43.83, lon=6.55), None),  # that of the Alpes-de-Haute-Provence
        (town("Nice", "FR"), None),
        (replace(town("Gap", "FR"), kind="postcode"), None),
    ],
)
def test_the_centre_of_a_town(place: Place, cite: str | None) -> None:
    found = centre_in(place, CITES.values())
    assert (found.cite.id if found else None) == cite


def test_what_is_known_of_it_comes_with_it_and_without_a_source_it_is_not_told() -> None:
    phone = Fact("+33 1", "https://example.org/")
    base = replace(CITES["caen"], status_fact=replace(CITES["caen"].status_fact, value="open"))
    lisieux = town("Lisieux", "FR")
    known = centre_in(lisieux, [replace(base, centres=(Centre("Lisieux", phone=phone),))])
    assert known and known.centre and (known.fact, known.centre.phone) == (phone, phone)
    assert centre_in(lisieux, [replace(base, centres=(Centre("Lisieux"),))]) is None
