"""Names given in German, Dutch, Catalan and the creoles, which the bot is written to now and then."""

from __future__ import annotations

import pytest

from bot.privacy.redaction import redact

MASKED = [
    # German
    ("Guten Tag, ich heiße Sabine Vogel und wohne in Bern", "Guten Tag, ich heiße [name] und wohne in Bern"),
    ("ich heisse yusuf, bin 19", "ich heisse [name], bin 19"),
    ("Mein Name ist Fritz Ammann. Ich suche eine Lehrstelle.", "Mein Name ist [name]. Ich suche eine Lehrstelle."),
    ("Ich bin Ursula Keller, 52 Jahre alt", "Ich bin [name], 52 Jahre alt"),
    ("mein Sohn heißt Jannik und ist 15", "mein Sohn heißt [name] und ist 15"),
    ("Frau Zbinden hat mir geholfen", "Frau [name] hat mir geholfen"),
    ("Nachname: Burri\nVorname: Reto", "Nachname: [name]\nVorname: [name]"),
    ("Mit freundlichen Grüßen\nHeidi Frei", "Mit freundlichen Grüßen\n[name]"),
    # Dutch
    ("Dag, ik heet Wouter De Smet en ik woon in Gent", "Dag, ik heet [name] en ik woon in Gent"),
    ("ik heet fatima en ik zoek werk", "ik heet [name] en ik zoek werk"),
    ("mijn naam is Sanne van der Linden", "mijn naam is [name]"),
    ("ik ben Pieter, 31 jaar", "ik ben [name], 31 jaar"),
    ("mijn dochter Lotte is 17", "mijn dochter [name] is 17"),
    ("mijn dochter heet Marieke", "mijn dochter heet [name]"),
    ("mevrouw Claes zei dat het kon", "mevrouw [name] zei dat het kon"),
    ("Met vriendelijke groeten,\nGreetje Maes", "Met vriendelijke groeten,\n[name]"),
    # Catalan
    ("Hola, em dic Oriol Serra i busco feina", "Hola, em dic [name] i busco feina"),
    ("el meu nom és Mireia", "el meu nom és [name]"),
    ("sóc la Meritxell, tinc 40 anys", "sóc la [name], tinc 40 anys"),
    ("sóc l'Arnau", "sóc l'[name]"),
    ("la meva filla es diu Aina", "la meva filla es diu [name]"),
    ("la senyora Puig em va atendre", "la senyora [name] em va atendre"),
    ("Salutacions,\nFerran Roca", "Salutacions,\n[name]"),
    # Creoles
    ("bonzour mo apel Kavita", "bonzour mo apel [name]"),
    ("mi apel Fabrice mi vien de Saint-Pierre", "mi apel [name] mi vien de Saint-Pierre"),
    ("mwen rele Widlyne Joseph", "mwen rele [name]"),
]
STAYS = [
    "Ich bin Krankenpfleger aus Luzern",
    "ich bin Portugiese und suche eine Stelle",
    "ich bin arbeitslos",
    "wie heißt die Ausbildung?",
    "der Beruf heißt Polymechaniker",
    "mein Name ist nicht auf der Liste",
    "meine Frau sucht auch Arbeit",
    "mein Sohn will Koch werden",
    "Guten Tag, ich hätte eine Frage",
    "Vielen Dank und freundliche Grüße",
    "ik ben werkzoekend",
    "ik ben Marokkaanse en ik ben 40",
    "ik ben te oud om te studeren",
    "hoe heet die opleiding?",
    "mijn naam is fout gespeld",
    "mijn zoon is gestopt met school",
    "meneer de directeur",
    "sóc de Vic i sóc cuinera",
    "en què soc bo",
    "soc pastora",
    "com es diu aquest curs?",
    "una senyora em va dir que vingués",
    "em dic que encara hi soc a temps",
    "mi apel pou in travay",
    "mi apel Pôle emploi, zot i réponn pa",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_names_are_masked(text: str, masked: str) -> None:
    assert redact(text).text == masked


@pytest.mark.parametrize("text", STAYS)
def test_other_words_stay(text: str) -> None:
    assert redact(text).text == text
