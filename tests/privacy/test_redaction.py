"""What is masked, what stays, and how long it takes."""

from __future__ import annotations

import re
import time

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.es import dni
from stdnum.fr import nir

from bot.privacy import numbers
from bot.privacy.redaction import RedactionFailed, redact
from bot.privacy.spans import KINDS, even, visible
from bot.privacy.tokens import fold

MASKED = [
    # Phones, as they are typed in the nine countries
    ("mon tel 06 12 34 56 78 merci", "mon tel [phone] merci"),
    ("0612345678 69100 Villeurbanne", "[phone] 69100 Villeurbanne"),
    ("06.12.34.56.78", "[phone]"),
    ("06-12-34-56-78", "[phone]"),
    ("0 6 1 2 3 4 5 6 7 8", "[phone]"),
    ("+33 6 12 34 56 78", "[phone]"),
    ("(+33) 6 12 34 56 78", "[phone]"),
    ("+33 (0)6 12 34 56 78", "[phone]"),
    ("0033612345678", "[phone]"),
    ("0692 12 34 56 à La Réunion", "[phone] à La Réunion"),
    ("٠٦١٢٣٤٥٦٧٨", "[phone]"),
    ("0475/12.34.56 (Belgique)", "[phone] (Belgique)"),
    ("079 123 45 67 ou +41 79 123 45 67", "[phone] ou [phone]"),
    ("cellulare 347 123 4567", "cellulare [phone]"),
    ("llámame al 612 34 56 78", "llámame al [phone]"),
    ("ligue 912 345 678", "ligue [phone]"),
    ("514-333-4455", "[phone]"),
    ("(438) 333-4455", "[phone]"),
    ("call 5254 1234", "call [phone]"),
    ("+230 5254 1234", "[phone]"),
    ("+56 9 6123 4567", "[phone]"),
    # E-mails
    ("jean.dupont+cv@exemple.co.uk.", "[email]."),
    ("jean arobase exemple point com", "[email]"),
    ("jean (at) exemple.fr", "[email]"),
    ("écris à éric@exemple.fr stp", "écris à [email] stp"),
    # Accounts and cards
    ("FR76 3000 6000 0112 3456 7890 189", "[iban]"),
    ("be68539007547034 svp", "[iban] svp"),
    ("4970 1000 0000 0055", "[card]"),
    ("4111111111111111", "[card]"),
    # National numbers
    ("1 85 05 78 006 084 36", "[national-number]"),
    ("1850578006084", "[national-number]"),
    ("1 85 05 2A 006 084 36", "[national-number]"),
    ("AVS 756.9217.0769.85", "AVS [national-number]"),
    ("RSSMRA85T10A562S", "[national-number]"),
    ("DNI 12345678Z", "DNI [national-number]"),
    ("12.345.678-Z", "[national-number]"),
    ("X1234567L", "[national-number]"),
    ("NIF 123456789", "NIF [national-number]"),
    ("RUT 12.345.678-5", "RUT [national-number]"),
    ("85.07.30-033 28", "[national-number]"),
    ("06 12 34\n56 78", "[phone]"),
    ("mon tel\n06 12 34 56\n78 merci", "mon tel\n[phone] merci"),
    ("06\u200b12\u200b34\u200b56\u200b78", "[phone]"),
    ("06 12\u200b 34 56\u00ad 78", "[phone]"),
    ("jean.\u200bdupont@exemple.fr", "[email]"),
    ("FR76  3000  6000  0112  3456  7890  189", "[iban]"),
    ("FR76.3000.6000.0112.3456.7890.189", "[iban]"),
    ("FR76\n3000 6000 0112\n3456 7890 189", "[iban]"),
    ("mon RIB: 30006000011234567890189", "mon RIB: [iban]"),
    ("mon compte bancaire est le 20041 01005 0500013M026 06", "mon compte bancaire est le [iban]"),
    ("iban FR76 3000 6000 0112 3456 7890", "iban [iban]"),
    ("mon adresse jean.dupont at gmail.com", "mon adresse [email]"),
    ("jean.dupont AT gmail.com", "[email]"),
    ("jean'dupont@free.fr", "[email]"),
    ("o'connor@gmail.com", "[email]"),
    ("c'est l'adresse@exemple.fr", "c'est l'[email]"),
    ("numéro de demandeur d'emploi : 1234567A", "numéro de demandeur d'emploi : [national-number]"),
]
STAYS = [
    "je gagne 1 200 000 euros",
    "un budget de 2 500 000 €",
    "1 850,50 € net, 35 heures, 12 ans d'ancienneté, j'ai 45 ans",
    "né le 12/05/1984 à 10h30",
    "le 12 05 1984",
    "de 2019 à 2023, 2019-2020",
    "du 01/02/2024 12:30 au 02/02/2024 18:00",
    "SIRET 552 100 554 00025",
    "siren 552100554",
    "69100 75001 13001",
    "75001 Paris en 2024",
    "appelez le 3949, le 3114 ou le 112",
    "code ROME M1805, RNCP35584, décret 2014-935",
    "dossier 202411223344",
    "1607 heures, 24 h/24, 7j/7",
    "bac+2, bac + 5, B2, CM1, 3e",
    "entre 100 000 et 200 000 habitants",
    "@pole_emploi et #reconversion",
    "12345",
    "http://exemple.fr/a?b=2024",
    "",
    "38000\n69000\n01000\n13000",
    "1500\n20000\n31000",
    "2018\n2019\n2020",
    "look at gmail.com",
    "un compte CPF de 1 200 euros, ouvert le 01.02.2024 12.30",
    "mon compte 12 34 ne marche pas",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_personal_data_are_masked(text: str, masked: str) -> None:
    assert redact(text).text == masked


@pytest.mark.parametrize("text", STAYS)
def test_ordinary_numbers_stay(text: str) -> None:
    assert redact(text).text == text
    assert redact(text).kinds == ()


def test_the_kinds_are_told_once_each_and_sorted() -> None:
    redacted = redact("06 12 34 56 78, 06 12 34 56 79, a@b.fr, FR76 3000 6000 0112 3456 7890 189")
    assert redacted.kinds == ("email", "iban", "phone")
    assert redacted.text == "[phone], [phone], [email], [iban]"


def test_a_fault_lets_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> None:
        raise ValueError(text)

    monkeypatch.setattr(numbers, "find", broken)
    with pytest.raises(RedactionFailed) as failure:
        redact("mon secret 06 12 34 56 78")
    assert "06" not in str(failure.value)


COUNTRIES = ["FR", "BE", "CH", "IT", "ES", "PT", "CA", "MU", "CL"]


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("kind", [phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE])
def test_each_country_s_own_example_is_masked(country: str, kind: int) -> None:
    number = phonenumbers.example_number_for_type(country, kind)
    for form in phonenumbers.PhoneNumberFormat.INTERNATIONAL, phonenumbers.PhoneNumberFormat.E164:
        assert redact(f"voici {phonenumbers.format_number(number, form)} merci").text == "voici [phone] merci"
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert redact(f"mon téléphone : {national}").text == "mon téléphone : [phone]"


PIECES = [
    "\u200b", "\u00ad", "06 39", "98 12 34", "\n98 12",
    "je m'appelle", "Jean", "karim", "Mme", "mon fils", "12", "rue", "Pasteur", "via", "Roma", "Street", "Lyon",
    "06 39 98 12 34", "a@exemple.fr", "linkedin.com/in/x", "[phone]", "[name]", "carte", "4970100000000055", "tel",
    "merci", ",", "\n", ":", "et", "de", "la", "n°", "+33", "FR14", "(", "]", "arobase",
]  # fmt: skip
SECRETS = st.lists(st.sampled_from(PIECES), max_size=30).flatmap(
    lambda pieces: st.sampled_from(["", " ", " ", "\n"]).map(lambda gap: gap.join(pieces))
)


@given(st.one_of(st.text(max_size=2000), SECRETS))
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_and_twice_gives_the_same(text: str) -> None:
    once = redact(text)
    assert redact(once.text).text == once.text


@given(st.one_of(st.text(max_size=500), SECRETS))
@settings(max_examples=150, deadline=None)
def test_what_is_not_masked_stays_as_it_was_and_in_order(text: str) -> None:
    at = 0
    for piece in re.split(rf"\[(?:{'|'.join(KINDS)})\]", redact(text).text):
        assert piece in text[at:]
        at = text.index(piece, at) + len(piece)


@given(st.one_of(st.text(max_size=500), SECRETS))
@settings(max_examples=200, deadline=None)
def test_evening_keeps_every_character_in_its_place(text: str) -> None:
    assert len(even(text)) == len(text)
    assert len(fold(text)) == len(text)
    seen, places = visible(text)
    assert [text[at] for at in places] == list(seen)


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="@＠"), max_size=300))
@settings(max_examples=200, deadline=None)
def test_without_digits_and_at_signs_nothing_is_masked_but_words(text: str) -> None:
    assert set(redact(text).kinds) <= {"email", "link", "name"}


WORDS = st.lists(st.sampled_from(["je", "suis", "à", "Lyon", "formation,", "bonjour !", "mon", "CV"]), max_size=6)


@given(WORDS, st.integers(0, 99_999_999), st.sampled_from(["", " ", ".", "-"]), WORDS)
@settings(max_examples=200, deadline=None)
def test_a_french_mobile_is_masked_wherever_it_stands(before: list[str], rest: int, gap: str, after: list[str]) -> None:
    digits = f"06{rest:08d}"
    written = gap.join(digits[at : at + 2] for at in range(0, 10, 2))
    redacted = redact(" ".join([*before, written, *after]))
    assert redacted.text == " ".join([*before, "[phone]", *after])


@given(st.integers(0, 10**14 - 1), st.sampled_from(["", " "]))
@settings(max_examples=200, deadline=None)
def test_a_valid_visa_card_is_masked(rest: int, gap: str) -> None:
    digits = f"4{rest:014d}"
    digits += luhn.calc_check_digit(digits)
    written = gap.join(digits[at : at + 4] for at in range(0, 16, 4))
    assert digits[-4:] not in redact(f"ma carte {written} ok").text


@given(st.integers(0, 99_999_999))
@settings(max_examples=200, deadline=None)
def test_a_spanish_dni_is_masked(number: int) -> None:
    digits = f"{number:08d}"
    assert redact(f"DNI {digits}{dni.calc_check_digit(digits)} gracias").text == "DNI [national-number] gracias"


@given(
    st.sampled_from("12"),
    st.integers(0, 99),
    st.integers(1, 12),
    st.integers(1, 95),
    st.integers(1, 990),
    st.integers(1, 999),
    st.booleans(),
)
@settings(max_examples=200, deadline=None)
def test_a_french_nir_is_masked(sex: str, year: int, month: int, place: int, town: int, order: int, key: bool) -> None:
    number = f"{sex}{year:02d}{month:02d}{place:02d}{town:03d}{order:03d}"
    written = number + (nir.calc_check_digits(number) if key else "")
    assert number not in redact(f"numéro {written} voilà").text


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "0 6 ",
        "a@",
        "@",
        "a",
        "a.a.",
        "FR76",
        "FR76 ",
        "12 ",
        "06 12 34 56 78 ",
        "1-",
        "(+",
        "+1 ",
        "siret ",
        "1 000 ",
        "a point ",
        "jean arobase ",
        "2020-",
        "612 345 678 ",
        "tel 5 ",
        "x@a.",
        "A1",
        "\u0661 ",
        "(at)",
        "a (at) b.",
        "X1234567L",
        "je m'appelle ",
        "je m'appelle Jean de la ",
        "12 rue de ",
        "Baker Street ",
        "12 Baker Street ",
        "flat 3, ",
        "Mme ",
        "merci\n",
        "nom : ",
        "A.",
        "D'",
        "http://a.fr/?a=b&",
        "a.b.fr/",
        "mon site ",
        "mon insta c'est ",
        "carte 4 ",
        "mail a at ",
        "a'",
        "a'b@",
        "a at ",
        "12/",
        "06\n",
        "FR76. ",
        "compte 4 ",
        "0\u200b",
        "n° de sécu ",
        "[phone] ",
        "[",
    ],
)
def test_2000_characters_of_anything_take_about_as_long_as_a_letter(piece: str) -> None:
    letter = "Bonjour, je travaille depuis six ans dans un restaurant à Lyon et je voudrais changer de métier. " * 21
    assert _seconds((piece * 2000)[:2000]) < 40 * _seconds(letter[:2000])  # 7 times at most when this was written


def _seconds(text: str) -> float:
    """What redacting `text` takes of a processor, the least of three times; what is loaded once is not counted."""
    redact(text)
    times = []
    for _ in range(3):
        begun = time.thread_time()
        redact(text)
        times.append(time.thread_time() - begun)
    return min(times)
