"""The house's own words: the same in all languages, plain and polite in French, and none missing."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.knowledge.catalogue import SPOKEN, Catalogue, parity_faults
from bot.knowledge.helplines import load_helplines
from bot.knowledge.paths import DATA
from bot.knowledge.yamlfile import read_yaml

ROOT = Path(__file__).parents[2]
HOUSE = Catalogue.load()
FRENCH = HOUSE.entries["fr"]


def test_the_languages_match() -> None:
    assert [str(fault) for fault in parity_faults(HOUSE)] == []


@pytest.mark.parametrize(
    ("code", "name"), zip(SPOKEN, ("Français", "English", "Español", "Italiano", "Português"), strict=True)
)
def test_a_language_is_named_by_its_speakers(code: str, name: str) -> None:
    assert HOUSE.entries[code]["language_name"].text == name


FAMILIAR = re.compile(r"\b(?:tu|te|toi|ton|ta|tes|tien|tienne)\b|\bt['’](?=\w)", re.IGNORECASE)
GENDER_SIGNS = re.compile(
    r"\w\((?:e|ne|le|se|trice|rice|ère)s?\)"  # étudiant(e)s
    r"|\w[·•‧⋅]\w"  # étudiant·e·s
    r"|\w[./](?:e|ne|le|se|trice|rice|ère|euse)(?:[./]?s)?\b"  # étudiant.e.s, conseiller/ère
    r"|\w-(?:e|ne|le|se|trice|rice|ère|euse)-s\b"  # étudiant-e-s
    r"|\b(?:iels?|celleux|toustes)\b",
    re.IGNORECASE,
)
AGREEING = re.compile(
    r"\b(?:être|êtes|soyez|serez|étiez)\s+(?:pas\s+|bien\s+|déjà\s+)?"
    r"(?:sûre?|certaine?|prête?|seule?|inscrite?|intéressée?|venue?|satisfaite?|contente?|étudiante?|salariée?)s?\b",
    re.IGNORECASE,
)


def found(pattern: re.Pattern[str]) -> list[str]:
    """The French texts in which a pattern is found, with file and line; web addresses are set aside."""
    told = {key: re.sub(r"https?://\S+", "", entry.text) for key, entry in FRENCH.items()}
    return [
        f"{FRENCH[key].file}:{FRENCH[key].line}: {text}" for key, text in told.items() if pattern.search(text)
    ]


def test_people_are_called_vous() -> None:
    assert found(FAMILIAR) == []


def test_french_has_no_gender_signs() -> None:
    assert found(GENDER_SIGNS) == []


def test_french_does_not_guess_the_gender_of_the_reader() -> None:
    assert found(AGREEING) == []


@pytest.mark.parametrize(
    ("pattern", "caught", "let_through"),
    [
        (
            FAMILIAR,
            ["Tu peux venir", "ça t'aide", "dis-le-toi"],
            ["Y a-t-il", "vous êtes", "ce statut", "il l'a été"],
        ),
        (
            GENDER_SIGNS,
            ["étudiant(e)s", "étudiant·e·s", "prêt.e", "conseiller/ère", "étudiant-e-s", "iels"],
            [
                "une conseillère ou un conseiller",
                "(si besoin)",
                "dites-le-moi",
                "vérifiez-le avant",
                "ateliers. Et",
                "est-elle",
                "dit-elle",
            ],
        ),
        (
            AGREEING,
            ["Pour être sûr", "si vous êtes inscrite"],
            ["Le plus sûr est", "vous êtes dans une ville"],
        ),
    ],
)
def test_the_patterns_catch_what_they_should(
    pattern: re.Pattern[str], caught: list[str], let_through: list[str]
) -> None:
    assert [text for text in caught if not pattern.search(text)] == []
    assert [text for text in let_through if pattern.search(text)] == []


@pytest.mark.parametrize("language", ["fr", "pt"])
def test_no_preposition_clings_to_a_name(language: str) -> None:
    """Any name must do: "de Avignon" and "de Porto" are wrong ("d'Avignon", "do Porto")."""
    clinging = re.compile(r"\b(?:de|du|à|em|por) \{(?:cite|cites|place)\}")
    assert [key for key, entry in HOUSE.entries[language].items() if clinging.search(entry.text)] == []


# What the code and the domain name


def responses_named() -> set[str]:
    """The responses written out in the actions and in the domain."""
    sources = [*sorted((ROOT / "actions").glob("*.py")), ROOT / "domain.yml"]
    text = "\n".join(file.read_text("utf-8") for file in sources)
    return set(re.findall(r"(?<![.\w])utter_[a-z_]*[a-z]\b", text)) - {"utter_action"}  # Rasa's key of their name


def intents_of(action: str) -> set[str]:
    """The intents that the rules answer with an action."""
    steps = [
        rule["steps"].value
        for file in sorted((DATA / "rules").glob("*.yml"))
        for rule in read_yaml(file)["rules"]
        if "steps" in rule
    ]
    return {
        first["intent"]
        for path in steps
        for first, second in pairwise(path)
        if "intent" in first and second.get("action") == action
    }


def choices_named() -> set[str]:
    """The words of buttons that the actions and the domain name."""
    actions = "".join(file.read_text("utf-8") for file in sorted((ROOT / "actions").glob("*.py")))
    domain = (ROOT / "domain.yml").read_text("utf-8")
    told = re.findall(r'Choice\(payload\([^()]*\), "([a-z_]+)"', actions)
    return {*told, *re.findall(r"title: (\w+)", domain)}


def unworded(part: str, names: set[str]) -> list[str]:
    return sorted(name for name in names if f"{part}.{name}" not in FRENCH)


def test_every_response_named_is_worded() -> None:
    named = responses_named()
    assert {"utter_start_over", "utter_nearest", "utter_complaint", "utter_who_helps_perhaps"} <= named
    assert unworded("utterances", named) == []


def test_every_intent_answered_by_its_own_response_is_worded() -> None:
    answered = intents_of("action_answer") | intents_of("action_reply")
    assert {"greet", "affirm"} <= answered
    assert unworded("utterances", {f"utter_{intent}" for intent in answered}) == []


def test_every_question_on_a_cite_is_worded() -> None:
    """By utter_<question>, or by utter_<what is asked> when the answer is one Cité's facts."""
    asked = intents_of("action_cite_fact")
    assert {"ask_cost", "ask_directions"} <= asked
    general = {name for name in asked if f"utterances.utter_{name}" in FRENCH}
    assert unworded("utterances", {"utter_" + name.removeprefix("ask_") for name in asked - general}) == []


def test_every_button_named_is_worded() -> None:
    named = choices_named()
    assert {"talk_to_advisor", "share_request_only", "find_nearest_cite"} <= named
    assert unworded("choices", named) == []


def test_every_helpline_is_labelled() -> None:
    named = {line.key for lines in load_helplines().values() for line in lines}
    assert unworded("helplines", named) == []


def test_every_service_and_appointment_of_the_directory_is_worded() -> None:
    schema = (DATA / "cites" / "schema.json").read_text("utf-8")
    for part in ("services", "appointment"):
        match = re.search(rf'"{part}": .*?"enum": \[(.*?)\]', schema, re.DOTALL)
        assert match, part
        assert unworded(part, set(re.findall(r'"(\w+)"', match[1]))) == []
