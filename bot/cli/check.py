"""`python -m bot check`: all data, each fault with its file, line and mend."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from datetime import date

from bot.cli import train
from bot.knowledge import (
    canned,
    cites,
    concerns,
    distress,
    event_words,
    helplines,
    language,
    look_alikes,
    needs_person,
    notices,
    occupations,
    places,
    sensitive,
    sites,
    tags,
)
from bot.knowledge.catalogue import Catalogue, parity_faults
from bot.knowledge.errors import DataError, DataErrors
from bot.knowledge.paths import ROOT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--no-rasa", action="store_true", help="leave out Rasa's own validation, which takes longer")


def run(arguments: argparse.Namespace) -> int:
    """Check each part, print every fault, and return 1 when there is one."""
    faults: dict[str, DataError] = {}  # by their text: a part may stumble over the files of another
    for name, part in _PARTS.items():
        found = {str(fault): fault for fault in _faults(part)}
        print(f"{name}: {_verdict(len(found), len(found.keys() - faults.keys()))}", flush=True)
        faults |= found
    for fault in faults:
        print(fault, file=sys.stderr)
    rasa_is_content = arguments.no_rasa or _rasa_is_content()
    return 1 if faults or not rasa_is_content else 0


def _faults(part: Callable[[], list[DataError]]) -> list[DataError]:
    try:
        return part()
    except DataErrors as errors:
        return list(errors.errors)
    except DataError as error:
        return [error]


def _verdict(found: int, new: int) -> str:
    if found and not new:
        return "not checked, it needs what is to mend above"
    return f"{new} to mend" if found else "good"


def _cites() -> list[DataError]:
    cites.load_cites()
    return cites.files_faults(date.today())


def _notices() -> list[DataError]:
    return notices.faults(set(cites.load_cites()))


def _event_words() -> list[DataError]:
    event_words.load_event_words()
    return []


def _helplines() -> list[DataError]:
    helplines.load_helplines()
    return []


def _distress() -> list[DataError]:
    distress.load_phrases()
    return []


def _needs_person() -> list[DataError]:
    needs_person.load_phrases()
    return []


def _sensitive() -> list[DataError]:
    sensitive.load_sensitive()
    return []


def _concerns() -> list[DataError]:
    concerns.load_concerns()
    return concerns.wording_faults(Catalogue.load())


def _words() -> list[DataError]:
    return parity_faults(Catalogue.load())


def _look_alikes() -> list[DataError]:
    look_alikes.load_look_alikes()
    return look_alikes.wording_faults(Catalogue.load())


def _sites() -> list[DataError]:
    sites.load_sites()
    return []


def _desk() -> list[DataError]:
    canned.load_canned()
    return tags.wording_faults(Catalogue.load())


def _places() -> list[DataError]:
    places.find("Paris")
    return []


def _occupations() -> list[DataError]:
    occupations.find("boulanger")
    language.named("français")
    return []


_PARTS: dict[str, Callable[[], list[DataError]]] = {
    "Cités": _cites,
    "Announcements": _notices,
    "Event words": _event_words,
    "Helplines": _helplines,
    "Distress": _distress,
    "Sensitive": _sensitive,
    "Needs a person": _needs_person,
    "Concerns": _concerns,
    "Words": _words,
    "Look-alikes": _look_alikes,
    "Sites": _sites,
    "Desk": _desk,
    "Places": _places,
    "Occupations": _occupations,
}


def _rasa_is_content() -> bool:
    """Run `rasa data validate`; what it prints is shown only when it complains."""
    folders = map(str, train.TRAINING_DATA)
    command = [sys.executable, "-m", "rasa", "data", "validate", "--data", *folders, "--fail-on-warnings"]
    done = subprocess.run(command, cwd=ROOT, env=train.quiet_environment(), capture_output=True, text=True)
    print(f"Rasa's training data: {'good' if done.returncode == 0 else 'to mend'}", flush=True)
    if done.returncode:
        print(done.stdout[-6000:] + done.stderr[-6000:], file=sys.stderr)
    return done.returncode == 0
