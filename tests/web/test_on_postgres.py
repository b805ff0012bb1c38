"""What hangs on a database's locks, once more on PostgreSQL, from its migrations on."""

from __future__ import annotations

import os
import subprocess
import sys

from bot.knowledge.paths import ROOT
from tests.postgres import Postgres, postgres

__all__ = ["postgres"]


def test_what_happens_at_the_same_time_happens_once_on_postgresql_too(postgres: Postgres) -> None:
    environment = {**os.environ, "DATABASE_URL": postgres.new("door")}
    command = [sys.executable, "-m", "pytest", "tests/web/test_at_the_same_time.py", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout[-4000:]
