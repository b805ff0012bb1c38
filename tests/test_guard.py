"""A test that nothing else ends is ended with its process, and told where it stood."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.knowledge.paths import ROOT

_DEAF = """
import time, pytest

@pytest.mark.timeout(2)
def test_deaf():
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass
"""


def test_who_does_not_hear_of_its_time_limit_is_ended(tmp_path: Path) -> None:
    (tmp_path / "test_deaf.py").write_text(_DEAF, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.guard", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "Timeout (0:00:03)!" in done.stderr
    assert "test_deaf.py" in done.stderr
