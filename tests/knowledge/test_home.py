"""Where one is, told from where one would like to go."""

from __future__ import annotations

import pytest

from bot.knowledge.home import told_as_home


@pytest.mark.parametrize(
    "text",
    [
        "je suis à *Lyon, je veux travailler à Genève", "mon diplôme du Mali ne vaut rien ici à *Rennes",
        "I was a nurse in Manila and here in *Bristol nobody cares", "en Perú contable y aquí en *Bilbao friego",
        "sono infermiera in Ucraina e qui a *Torino faccio le pulizie", "tirei o curso em Luanda, cá em *Braga nada",
        "in Syrien war ich Lehrer, hier in *Bern putze ich", "in Aleppo was ik tandarts, hier in *Gent poets ik",
        "al Marroc era mestra i aquí a *Reus netejo",
    ],
)  # fmt: skip
def test_where_somebody_says_that_they_are(text: str) -> None:
    assert told_as_home(text.replace("*", ""), text.index("*"))


@pytest.mark.parametrize(
    "text",
    ["je veux travailler à *Genève", "I would like to work in *London", "quiero irme a *Berlín", "chi vota a *Roma?"],
)
def test_where_somebody_would_go(text: str) -> None:
    assert not told_as_home(text.replace("*", ""), text.index("*"))
