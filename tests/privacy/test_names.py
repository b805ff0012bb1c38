"""Names introduced as names; and what only looks like an introduction."""

from __future__ import annotations

import pytest

from bot.privacy.redaction import redact

MASKED = [
    ("je m'appelle Wiyam, j'ai 20 ans", "je m'appelle [name], j'ai 20 ans"),
    ("je mapel djamila g 34 an", "je mapel [name] g 34 an"),
    ("JE M'APPELLE KARIM ET JE CHERCHE UN STAGE", "JE M'APPELLE [name] ET JE CHERCHE UN STAGE"),
    ("Je m'appelle Sophie MARTIN.", "Je m'appelle [name]."),
    ("Je suis Mme MARTIN Sophie, née le 3/4/1970", "Je suis Mme [name], née le 3/4/1970"),
    ("Nom, prénom : Dupont Lina", "Nom, prénom : [name]"),
    ("mon fils Kylian Dupuis est en 3e", "mon fils [name] est en 3e"),
    ("je suis la maman de Lucas", "je suis la maman de [name]"),
    ("Merci, Sophie Martin", "Merci, [name]"),
    ("Cordialement.\nM. Dupont\nLyon", "Cordialement.\nM. [name]\nLyon"),
    ("merci de votre aide\nsophie", "merci de votre aide\n[name]"),
    ("Sophie Martin, 34 ans, Metz", "[name], 34 ans, Metz"),
    ("I'm Mary O'Neill, a nurse from Leeds", "I'm [name], a nurse from Leeds"),
    ("hi, Sam here", "hi, [name] here"),
    ("they call me Skip", "they call me [name]"),
    ("me llamo Ángel Luis de la Cruz Pérez", "me llamo [name]"),
    ("Soy Juan Carlos y vivo en Irun", "Soy [name] y vivo en Irun"),
    ("Sono Marco Rossi di Genova", "Sono [name] di Genova"),
    ("Il mio nome è Giovanni De Luca", "Il mio nome è [name]"),
    ("Sou o João e moro em Lisboa", "Sou o [name] e moro em Lisboa"),
    ("o meu filho, o Afonso, tem 14 anos", "o meu filho, o [name], tem 14 anos"),
    ("chamo-me Ana Luísa, sou de Braga", "chamo-me [name], sou de Braga"),
    ("chiamami Marco", "chiamami [name]"),
    ("vous pouvez m'appeler Momo", "vous pouvez m'appeler [name]"),
    ("podes chamar-me Zé", "podes chamar-me [name]"),
    ("puedes llamarme Nacho", "puedes llamarme [name]"),
    ("dona Maria e a senhora da Silva", "dona [name] e a senhora [name]"),
    ("Je suis Blanca et je suis Andalouse", "Je suis [name] et je suis Andalouse"),
    ("je m'appelle Amina Kurde", "je m'appelle [name]"),
    ("M.Dupont et M. P. Durand", "M.[name] et M. [name]"),
    ("je suis ghizlane j'ai 19 ans", "je suis [name] j'ai 19 ans"),
    ("ma cousine tiphaine cherche un stage", "ma cousine [name] cherche un stage"),
    ("moi c'est Mykola et je viens d'Odessa", "moi c'est [name] et je viens d'Odessa"),
    ("ici Nafissatou", "ici [name]"),
    ("sou joana e moro em Faro", "sou [name] e moro em Faro"),
]
STAYS = [
    "moi c'est Hénin-Beaumont, aide à domicile",
    "je suis à Vierzon, comment venir ?",
    "je suis menuisier à Dijon",
    "Je suis Ardéchoise, je cherche un stage",
    "il s'appelle reviens",
    "Madame la Directrice, je vous écris",
    "ma conseillère France Travail ne répond pas",
    "moi femme Afghane, jamais école",
    "le père Noël passe chez nous le 24",
    "ma ville c'est Rose Hill",
    "they call me names every day",
    "I'm a nurse, I'm in Paris",
    "soy de Andorra y no vivo en Barcelona",
    "mi mujer es Rumana",
    "sono di Torino, sono a Verbania",
    "come si chiama il corso?",
    "sou de Lisboa",
    "Merci, à lundi",
    "Lyon\nNancy",
    "je m'appelle [name]",
    "una señora de Dakar",
    "un signore di Torino e una signora di Bari",
    "el SOC et dóna diners mentre estudies?",
    "el sou és bo",
    "vous pouvez m'appeler demain",
    "pouvez-vous m'appeler Jeudi matin ?",
    "call me Friday",
    "my name is spelt badly on the list",
    "je suis Sérère et ma femme est Peule",
    "Je suis Bosniaque, je vis à Nîmes",
    "je suis Mahoraise",
    "I'm Somali and I speak English",
    "soy Aymara",
    "sono Moldava",
    "sou Galega",
    "mon mari Kosovar",
    "D.Lgs. 150/2015 e D.P.R. 445/2000",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_names_are_masked(text: str, masked: str) -> None:
    assert redact(text).text == masked
    assert redact(text).kinds == ("name",)


@pytest.mark.parametrize("text", STAYS)
def test_other_words_stay(text: str) -> None:
    assert redact(text).text == text
