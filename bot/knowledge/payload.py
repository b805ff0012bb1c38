"""The payload of a button, in Rasa's form: "/intent{"entity": value}"."""

from __future__ import annotations

import json
from typing import Any


def payload(intent: str, **entities: Any) -> str:
    """Return the payload that means `intent` with `entities`, those that are None left out."""
    told = {name: value for name, value in entities.items() if value is not None}
    return f"/{intent}" + (json.dumps(told, ensure_ascii=False) if told else "")
