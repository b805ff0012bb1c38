"""Dates, hours, sums and the numbers of firms and of offers stay; phones beside them do not."""

from __future__ import annotations

import pytest

from bot.privacy.redaction import redact

STAYS = [
    # Times, from one to another
    "03/2017 - 11/2019 : vendeuse",
    "02.2016-07.2018 caissier chez Lidl",
    "CDD 01-2021 / 04-2022",
    "stage du 02/05/22-30/06/22",
    "03.09.18-21.06.19 : BTS",
    "Mo-Fr 8.00-12.00 14.00-18.30",
    "lun-ven 09.30-13.00 15.00-19.00",
    # Sums
    "fixe 1 900 - 2 300 selon profil",
    "fijo 18.000 - 22.000",
    "sin 15000 euros no puedo",
    "sin 30000 pesos",
    "I run 12000 steps a day",
    "cpf 300 900",
    # Numbers of firms, of offers, of places
    "code insee 38185",
    "BCE 0417.497.106",
    "numéro d'entreprise 0417.497.106",
    "ondernemingsnummer 0417497106",
    "btw-nr 0417497106",
    "KvK 30124358",
    "IDE CHE-116.281.710",
    "partita iva 07643520567",
    "P.IVA 07643520567",
    "NIPC 500 697 256",
    "le numéro de l'offre 4829317",
    "appelez pour l'annonce 4829317",
]
MASKED = [
    ("pas de siret, 0612345678", "pas de siret, [phone]"),
    ("je n'ai pas d'entreprise : 0612345678", "je n'ai pas d'entreprise : [phone]"),
    ("btw 0612345678 is my number", "btw [phone] is my number"),
    ("je suis IDE, 0612345678", "je suis IDE, [phone]"),
    ("pour l'offre 0612345678", "pour l'offre [phone]"),
    ("offre 5238817 tel 06 12 34 56 78", "offre 5238817 tel [phone]"),
    ("partita iva no, cell 347 123 4567", "partita iva no, cell [phone]"),
    ("06/12/20/18/22", "[phone]"),
    ("06.12.20.18.22-06.12.20.18.23", "[phone]-[phone]"),
    ("06.30-12.30 45", "[phone]"),
    ("02/201.48.87", "[phone]"),
    ("my SIN is 123456789", "my SIN is [national-number]"),
    ("cc 12345678", "cc [national-number]"),
    ("numéro insee 1850578006084", "numéro insee [national-number]"),
]


@pytest.mark.parametrize("text", STAYS)
def test_numbers_that_are_nobody_s_stay(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_what_looks_like_them_does_not_hide_a_person_s(text: str, masked: str) -> None:
    assert redact(text).text == masked
