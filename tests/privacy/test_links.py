"""Addresses on the web that lead to a person, and those that do not; e-mails mistyped, announced numbers."""

from __future__ import annotations

import pytest

from bot.privacy.redaction import redact

MASKED = [
    ("linkedin.com/in/jean.", "[link]."),
    ("https://www.facebook.com/profile.php?id=10001234", "[link]"),
    ("https://user:pass@exemple.fr/", "[link]"),
    ("https://exemple.fr/espace?token=8f7a2c11 ne marche plus", "[link] ne marche plus"),
    ("https://exemple.fr/users/jean", "[link]"),
    ("https://exemple.fr/~jean/cv.html", "[link]"),
    ("https://exemple.fr/contact/jean@exemple.fr", "[link]"),
    ("mon site : jean-menuisier.exemple.fr", "mon site : [link]"),
    ("https://drive.google.com/file/d/1a2B3c4D5e/view", "[link]"),
    ("mon insta c'est @lea.coiff59", "mon insta c'est [link]"),
    ("my insta is leacoiff", "my insta is [link]"),
    ("jean.dupont @ exemple . fr", "[email]"),
    ("c'est jean@gmail", "c'est [email]"),
    ("write to dan dot oconnor at example dot com", "write to [email]"),
    ("jean tiret paul arobase exemple point fr", "[email]"),
    ("passeport 12AB34567", "passeport [national-number]"),
    ("DNI 1234567", "DNI [national-number]"),
    ("titre de séjour n° 7503123456", "titre de séjour n° [national-number]"),
    ("RSSMRA85T10A562X", "[national-number]"),
    ("FR14 2004 1010 0505 0001 3M02 607", "[iban]"),
    ("carte 4970 1000 0000 0056", "carte [card]"),
    ("my number is 07700 900123", "my number is [phone]"),
    ("06, 39, 98, 14, 15", "[phone]"),
    ("O6 39 98 51 52", "[phone]"),
    ("352 621 123 456", "[phone]"),
    ("33639981234", "[phone]"),
    ("julie.morel@orangefr", "[email]"),
    ("w.claes apenstaartje skynet punt be", "[email]"),
    ("urs.frei (at) bluewin (punkt) ch", "[email]"),
    ("roser punt vila arrova gmail punt com", "[email]"),
    ("stuur maar naar jef at school punt nl", "stuur maar naar [email]"),
    ("snap : juliemrl", "snap : [link]"),
    ("Insta: mllejulie, tel plus tard", "Insta: [link], tel plus tard"),
    ("discord : petitloup#0042", "discord : [link]"),
    ("skype live:julie.morel", "skype [link]"),
    ("mijn insta heet jefdebakker", "mijn insta heet [link]"),
    ("mein Snap ist @ursf", "mein Snap ist [link]"),
    ("mijn BSN is 111222333", "mijn BSN is [national-number]"),
    ("Reisepass Nr. X1234567", "Reisepass Nr. [national-number]"),
    ("Steuer-ID: 86095742719", "Steuer-ID: [national-number]"),
    ("número de la Seguretat Social 08 12345678 40", "número de la Seguretat Social [national-number]"),
    ("mon numéro d'assurance sociale est 123 456 789", "mon numéro d'assurance sociale est [national-number]"),
    ("mijn rekening 001-2345678-90", "mijn rekening [iban]"),
    ("mo nimero 5712 3456", "mo nimero [phone]"),
    ("meine Handynummer: 0151 23456789", "meine Handynummer: [phone]"),
]
STAYS = [
    "https://www.francetravail.fr/candidat/soutenir-sa-recherche.html",
    "www.citedesmetiers.fr et facebook.com/citedesmetiersmarseille",
    "linkedin.com/company/cite-des-metiers",
    "https://www.eventbrite.fr/e/billets-atelier-123456789",
    "https://www.google.com/search?q=formation+soudeur",
    "mon espace sur www.francetravail.fr ne marche pas",
    "http://[mauvais",
    "mon insta c'est nul",
    "look at example.com",
    "mi DNI es caducado y vivo en Girona",
    "vos conseillers jusqu'à ce que",
    "numéro d'offre 1234567",
    "UAI 0750123A",
    "le 808 200 670",
    "mon profil LinkedIn. C'est fait. Merci",
    "mon insta c'est cool.",
    "insta : jamais",
    "discord : gaming",
    "skype : mardi",
    "Instagram : citedesmetiersparis",
    "snap : je ne connais pas",
    "we meet at noon point final",
    "le paspoort, de rekening, het nummer 12",
    "Steuern: 25000 Franken",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_what_leads_to_a_person_is_masked(text: str, masked: str) -> None:
    assert redact(text).text == masked


@pytest.mark.parametrize("text", STAYS)
def test_what_does_not_stays(text: str) -> None:
    assert redact(text).text == text
