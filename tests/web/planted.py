"""Secrets of the kinds that redaction masks, each valid and each another one, and the search for them on a disk."""

from __future__ import annotations

import random
import re
from pathlib import Path

from stdnum import luhn
from stdnum.iso7064 import mod_97_10

SAID = (
    "vous pouvez me joindre ici : {} pour en parler",
    "call me or write to {} please",
    "mi contacto es {} por favor",
    "ecco, mi trova qui: {} grazie",
    "aqui está o meu contacto: {} obrigado",
)


def secrets(number: int, seed: int = 5) -> list[str]:
    """So many of them: phones, e-mails, bank accounts, cards and national numbers in turn, as people write them."""
    chance = random.Random(seed)
    makers = (_phone, _email, _iban, _card, _nir)
    return [makers[at % len(makers)](chance) for at in range(number)]


def written(secret: str) -> set[bytes]:
    """How a secret may stand in a file: as it was written, and as its letters and digits alone."""
    bare = re.sub(r"[^\w@.]", "", secret)
    forms = {secret, secret.lower(), bare, bare.lower(), re.sub(r"\W", "", secret)}
    if secret[0] in "+0" and "@" not in secret:
        forms.add("+33" + re.sub(r"\D", "", secret)[-9:])
    return {form.encode() for form in forms}


def found_in(folder: Path, secrets: list[str]) -> list[tuple[str, str]]:
    """Which secrets stand in which files below `folder`."""
    files = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    forms = {secret: written(secret) for secret in secrets}
    return [
        (str(path.relative_to(folder)), secret)
        for path, content in files.items()
        for secret in secrets
        if any(form in content for form in forms[secret])
    ]


def _digits(chance: random.Random, number: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(number))


def _grouped(digits: str, size: int, between: str) -> str:
    return between.join(digits[at : at + size] for at in range(0, len(digits), size))


def _phone(chance: random.Random) -> str:
    own = chance.choice("67") + _digits(chance, 8)
    if chance.random() < 0.3:
        return f"+33 {own[0]} " + _grouped(own[1:], 2, " ")
    return _grouped("0" + own, 2, chance.choice([" ", ".", "-", ""]))


def _email(chance: random.Random) -> str:
    name = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(12))
    return f"{name}.{_digits(chance, 3)}@{chance.choice(['laposte.net', 'example.org', 'mail.example.com'])}"


def _iban(chance: random.Random) -> str:
    account = _digits(chance, 23)
    check = mod_97_10.calc_check_digits(f"{account}FR")
    return _grouped(f"FR{check}{account}", 4, chance.choice([" ", ""]))


def _card(chance: random.Random) -> str:
    body = "4" + _digits(chance, 14)
    return _grouped(body + luhn.calc_check_digit(body), 4, chance.choice([" ", "-", ""]))


def _nir(chance: random.Random) -> str:
    """A French social-security number of somebody born in a department of the mainland."""
    born = f"{_digits(chance, 2)}{chance.randint(1, 12):02}{chance.randint(21, 89)}"
    body = f"{chance.choice('12')}{born}{_digits(chance, 6)}"
    key = 97 - int(body) % 97
    whole = f"{body}{key:02}"
    if chance.random() < 0.5:
        return whole
    return " ".join([whole[0], whole[1:3], whole[3:5], whole[5:7], whole[7:10], whole[10:13], whole[13:]])
