"""The door under schemathesis, which reads the API's description and sends what fits it and what does not."""

from __future__ import annotations

import copy
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.paths import ROOT
from bot.web.conversations.models import Conversation
from bot.web.openapi import document

from .conftest import Served, until
from .person import Person

TOOL = ROOT / "var" / "tools" / "bin" / "schemathesis"
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "ignored_auth",
)


@pytest.fixture(autouse=True)
def _wide(settings: Any) -> None:
    """Limits are tested elsewhere; here they would answer in the place of what is to be tested."""
    settings.RATES = dict.fromkeys(settings.RATES, (1_000_000, 1))
    settings.STREAM_LIFE = 0.05
    settings.LONGEST_WAIT = 0.05


def attack(door: Served, folder: Path, person: Person, *options: str) -> str:
    """Run it for a bounded number of examples, in one conversation; what it says, when all is well."""
    described = copy.deepcopy(document())
    described["components"]["parameters"]["Conversation"]["schema"] = {"enum": [person.id]}
    (folder / "openapi.json").write_text(json.dumps(described), "utf-8")
    command = [
        TOOL,
        "run",
        "openapi.json",
        f"--url={door.url}",
        f"--header=Authorization:{person.headers['Authorization']}",
        f"--checks={','.join(CHECKS)}",
        "--max-examples=8",
        "--phases=coverage,fuzzing",
        "--seed=1",
        "--generation-database=none",
        "--request-timeout=10",
        "--continue-on-failure",
        "--warnings=off",
        "--no-color",
        *options,
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def test_all_that_can_be_called(door: Served, person: Person, tmp_path: Path) -> None:
    until(person.heard)
    said = attack(door, tmp_path, person, "--exclude-operation-id=erase")
    assert re.search(r"Tested: 12\b", said), said
    assert Conversation.objects.filter(pk=person.id).exists()


def test_erasing(door: Served, person: Person, tmp_path: Path) -> None:
    said = attack(door, tmp_path, person, "--include-operation-id=erase")
    assert re.search(r"Tested: 1\b", said), said
    assert not Conversation.objects.filter(pk=person.id).exists()
