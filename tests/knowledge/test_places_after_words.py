"""Places and what is none, by the words before: a person's, a street's, an area's article, a postcode's."""

from __future__ import annotations

import pytest

from bot.knowledge import places


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("j'habite dans la marne", "Marne"), ("je cherche un stage dans la Drôme", "Drôme")),
        *(("formations dans la meuse", "Meuse"), ("je vis à la rochelle", "La Rochelle")),
    ],
)
def test_an_area_with_its_article_is_not_the_village(text: str, name: str) -> None:
    assert [span.found.place and span.found.place.name for span in places.spans(text, "FR")] == [name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("je m'appelle Florence", []), ("bonjour, M. Toulouse est là ?", []), ("me llamo Valencia", [])),
        *(("avenue de Toulouse", []), ("rue de Paris à Lille", ["Lille"]), ("vivo en calle de Barcelona", [])),
        *(("12 rue de Marseille, 69007 Lyon", ["69007 Lyon"]), ("il faut qu'il vienne", [])),
        *(("j'habite à Florence", ["Florence"]), ("je viens de Vienne", ["Vienne"])),
        *(("36 rue du faubourg saint denis", []), ("mon code postal est 1203", ["1203"])),
        *(("jsui du mans", ["mans"]), ("jhabite a nice", ["nice"]), ("chui au havre lol", ["havre"])),
        *(("le 9-4 je suis libre", []), ("je cherche le dr Metz", [])),
        *(("on se voit sur la place", []), ("un prénom en st ou ste", [])),
        *(("j'ai monté ma ste", []), ("je suis de sainté", ["sainté"])),
    ],
)
def test_the_words_before_a_name_tell_what_it_is_whatever_a_tagger_says(text: str, found: list[str]) -> None:
    tagged = places.spans(text, "FR", names=lambda: [(0, len(text))])
    assert [span.text for span in tagged] == found
