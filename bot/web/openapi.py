"""The API's description, kept as YAML beside this file and served as JSON."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("openapi.yml")


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8")))
