"""The door's settings, for a database that is in trouble: who must wait for SQLite's lock gives up soon."""

from typing import Any

from tests.soak.settings import *  # noqa: F403
from tests.soak.settings import DATABASES

DISPATCH_POLL = 0.2
_options: dict[str, Any] = DATABASES["default"]["OPTIONS"]
if "init_command" in _options:
    _options["timeout"] = 0.2
    _options["init_command"] = _options["init_command"].replace("busy_timeout=10000", "busy_timeout=200")
