"""Where the project keeps what it knows (`data/`) and what it writes (`var/`)."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("BOT_DATA") or ROOT / "data")
"""Folder of the data files; the environment variable BOT_DATA overrides it."""
VAR = Path(os.environ.get("BOT_VAR") or ROOT / "var")
"""Folder of everything written while running; the environment variable BOT_VAR overrides it."""
