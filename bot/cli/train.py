"""`python -m bot train`: an up-to-date model, trained only when needed."""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bot.knowledge.paths import DATA, ROOT

MODELS = ROOT / "models"
MODEL = MODELS / "cites-des-metiers.tar.gz"
TRAINING_DATA = (DATA / "nlu", DATA / "rules")
_FINGERPRINT = MODELS / "cites-des-metiers.sha256"
_SECONDS = MODELS / "cites-des-metiers.seconds"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--force", action="store_true", help="train even when the model is up to date")


def run(arguments: argparse.Namespace) -> int:
    """Train if needed and say what was done."""
    if not arguments.force and is_up_to_date():
        print(f"{MODEL.relative_to(ROOT)} is up to date.")
        return 0
    return 0 if train() else 1


def is_up_to_date() -> bool:
    """Tell whether the model was trained from the data and settings there are now."""
    return MODEL.exists() and _FINGERPRINT.exists() and _FINGERPRINT.read_text().strip() == fingerprint()


def train(aside: bool = False) -> bool:
    """Train with Rasa, its progress on the terminal; returns whether it went well.

    `aside`: what is said goes to standard error, so that standard output holds the command's own lines alone.
    """
    out = sys.stderr if aside else sys.stdout
    print("Training the model: a few minutes the first time.", file=out, flush=True)
    started, wanted = time.monotonic(), fingerprint()
    # `check` validates; here it would only read everything twice. What Rasa kept of an earlier training knows the
    # settings and the data it came from, but not the code, and costs as much to look through as it saves.
    command = [sys.executable, "-m", "rasa", "train", "--skip-validation", "--force"]
    command += ["--fixed-model-name", MODEL.name.removesuffix(".tar.gz"), "--out", str(MODELS)]
    command += ["--data", *map(str, TRAINING_DATA)]
    done = subprocess.run(command, cwd=ROOT, env=quiet_environment(), stdout=out if aside else None)
    if done.returncode == 0:
        seconds = f"{time.monotonic() - started:.0f}"
        _FINGERPRINT.write_text(wanted + "\n")
        _SECONDS.write_text(seconds + "\n")
        print(f"Trained in {seconds} s.", file=out, flush=True)
    return done.returncode == 0


def last_seconds() -> float | None:
    """Return how long the training of the model took, None when nobody noted it."""
    return float(_SECONDS.read_text()) if _SECONDS.exists() else None


def quiet_environment() -> dict[str, str]:
    """Return the environment for Rasa: no telemetry, no chatter, one thread where more is slower."""
    return {
        "ACTIONS_URL": "http://127.0.0.1:5055/webhook",
        "OMP_NUM_THREADS": "1",
        "TF_INTER_OP_PARALLELISM_THREADS": str(os.cpu_count()),  # sentences side by side, each on one core
        "TF_INTRA_OP_PARALLELISM_THREADS": "1",
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def fingerprint() -> str:
    """Return a hash of all that training depends on: data, settings, the components and what they use."""
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    yield from (ROOT / "config.yml", ROOT / "domain.yml")
    for folder in TRAINING_DATA:
        yield from folder.rglob("*.yml")
    yield from (ROOT / "bot" / "nlu").rglob("*.py")
    yield from (ROOT / "bot" / "knowledge").glob("e5*.py")
    yield from (ROOT / "bot" / "knowledge" / name for name in ("encoder.py", "text.py"))
    yield ROOT / "requirements" / "rasa.txt"
